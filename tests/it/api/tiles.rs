//! Vector tiles, read by a reader of our own and placed by the formula of the standard.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::{StatusCode, header};

use crate::support::TestApp;

/// The fields of a message of Protocol Buffers: number, and what stands there. Enough for tiles.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let field = match key & 7 {
            0 => {
                varint(&mut bytes);
                Field::Number
            }
            1 => Field::Bytes(taken(&mut bytes, 8)),
            2 => {
                let length = varint(&mut bytes) as usize;
                Field::Bytes(taken(&mut bytes, length))
            }
            5 => Field::Bytes(taken(&mut bytes, 4)),
            kind => panic!("a field of kind {kind}"),
        };
        found.push((key >> 3, field));
    }
    found
}

enum Field<'a> {
    Number,
    Bytes(&'a [u8]),
}

fn taken<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(length);
    *bytes = rest;
    taken
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let byte = taken(bytes, 1)[0];
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            break;
        }
    }
    value
}

fn packed(mut bytes: &[u8]) -> Vec<u64> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        all.push(varint(&mut bytes));
    }
    all
}

/// The points of a tile with one layer: id of each place, and where it is in the tile.
fn points(tile: &[u8]) -> BTreeMap<String, [i64; 2]> {
    let mut found = BTreeMap::new();
    for (_, layer) in fields(tile) {
        let Field::Bytes(layer) = layer else { panic!("a layer is a message") };
        let (mut keys, mut values, mut features) = (Vec::new(), Vec::new(), Vec::new());
        for (number, field) in fields(layer) {
            match (number, field) {
                (2, Field::Bytes(feature)) => features.push(fields(feature)),
                (3, Field::Bytes(key)) => keys.push(String::from_utf8(key.to_vec()).unwrap()),
                (4, Field::Bytes(value)) => values.push(match fields(value).pop() {
                    Some((1, Field::Bytes(text))) => String::from_utf8(text.to_vec()).unwrap(),
                    _ => String::new(),
                }),
                _ => {}
            }
        }
        let id = keys.iter().position(|key| key == "id").unwrap() as u64;
        for feature in features {
            let part = |number: u64| {
                feature.iter().find_map(|(found, field)| match field {
                    Field::Bytes(bytes) if *found == number => Some(packed(bytes)),
                    _ => None,
                })
            };
            let tags = part(2).unwrap();
            let value = tags.chunks(2).find(|pair| pair[0] == id).unwrap()[1];
            let zigzag = |number: u64| (number >> 1) as i64 ^ -((number & 1) as i64);
            let [command, x, y] = part(4).unwrap()[..] else { panic!("a point has three numbers") };
            assert_eq!(command, 9, "one point");
            let before = found.insert(values[value as usize].clone(), [zigzag(x), zigzag(y)]);
            assert_eq!(before, None, "a place is there twice");
        }
    }
    found
}

/// Column and row of a point, and where in the tile it is, by the formula of WebMercatorQuad.
fn placed(lon: f64, lat: f64, zoom: i32) -> ([u32; 2], [f64; 2]) {
    let count = f64::from(zoom).exp2();
    let x = (lon + 180.0) / 360.0 * count;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * count;
    ([x as u32, y as u32], [x.fract() * 4096.0, y.fract() * 4096.0])
}

async fn tile(app: &TestApp, path: &str) -> Vec<u8> {
    let response = app.get(path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/vnd.mapbox-vector-tile");
    response.bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn every_place_is_in_the_tile_of_its_point_at_its_point_and_in_no_other() {
    let app = TestApp::shared().await;
    let open: BTreeSet<String> = app.places(&serde_json::json!({}), false).await.into_iter().collect();
    let zoom = 9;
    let mut expected: BTreeMap<[u32; 2], BTreeMap<String, [f64; 2]>> = BTreeMap::new();
    for place in app.located().await {
        let (Some(lon), Some(lat)) = (place["location"]["lon"].as_f64(), place["location"]["lat"].as_f64()) else {
            continue;
        };
        let id = place["id"].as_str().unwrap().to_owned();
        if open.contains(&id) {
            let (at, within) = placed(lon, lat, zoom);
            expected.entry(at).or_default().insert(id, within);
        }
    }
    assert!(expected.len() > 3 && expected.values().map(BTreeMap::len).sum::<usize>() > 250);
    for ([column, row], places) in &expected {
        let found = points(&tile(&app, &format!("/tiles/places/{zoom}/{column}/{row}")).await);
        // What lies in the margin belongs to a neighbour.
        let within = found.iter().filter(|(_, at)| at.iter().all(|number| (0..=4096).contains(number)));
        for (id, [x, y]) in within {
            let is_at_edge = [x, y].iter().any(|number| **number == 0 || **number == 4096);
            assert!(places.contains_key(id) || is_at_edge, "{id} is not of {column} {row}");
        }
        for (id, expected) in places {
            for axis in 0..2 {
                assert!((found[id][axis] as f64 - expected[axis]).abs() <= 0.51, "{id}: {:?} {expected:?}", found[id]);
            }
        }
    }
    // A filter of places is one here.
    let [[column, row]] = [*expected.keys().next().unwrap()];
    let mfa: BTreeSet<String> = app.places(&serde_json::json!({ "kinds": ["MFA"] }), false).await.into_iter().collect();
    let found = points(&tile(&app, &format!("/tiles/places/{zoom}/{column}/{row}.mvt?kind=mfa")).await);
    assert!(found.keys().all(|id| mfa.contains(id)));
}

#[tokio::test]
async fn an_empty_tile_is_empty_and_the_same_tile_is_sent_once() {
    let app = TestApp::shared().await;
    assert_eq!(tile(&app, "/tiles/places/9/0/0").await, Vec::<u8>::new());
    assert_eq!(tile(&app, "/tiles/municipalities/9/0/0.pbf").await, Vec::<u8>::new());
    let first = app.get("/tiles/municipalities/8/132/83").await;
    let tag = first.headers()[header::ETAG].clone();
    let again =
        app.client.get(format!("{}/tiles/municipalities/8/132/83.mvt", app.url)).header(header::IF_NONE_MATCH, tag);
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn what_there_is_not_is_refused_by_name() {
    let app = TestApp::shared().await;
    for (path, status, sentence) in [
        ("/tiles/policies", 404, "there is no layer `policies`; there are places"),
        ("/tiles/places/23/0/0", 400, "23"),
        ("/tiles/places/1/2/0", 400, "2"),
        ("/tiles/places/a/b/c", 400, "`a/b/c` is no tile; it is a zoom level from 0 to 22"),
        ("/tiles/coverage/9/264/168?distance=-1", 400, "`distance` is `-1`; expected more than 0 and at most"),
        ("/tiles/municipalities?kind=mfa", 400, "`kind` is not a parameter here; use edition or without"),
        ("/tiles/places?kind=kerk", 400, "`kerk` is not a value of `kind`"),
    ] {
        let (found, body) = app.body(path).await;
        assert_eq!(found, status, "{path}: {body}");
        assert!(body.contains(sentence), "{path}: {body}");
    }
}
