//! Municipalities: where they lie, what they border on, their orders and figures.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    oracle::{Degrees, Metres, Oracle, Outline, Truth, seed_json, sort_key},
    support::TestApp,
};

/// Properties and outline of each municipality of the seed.
fn seed() -> Vec<(Value, Outline)> {
    let features = seed_json("municipalities.geojson");
    let feature = |feature: &Value| (feature["properties"].clone(), Outline::of(&feature["geometry"]));
    features["features"].as_array().unwrap().iter().map(feature).collect()
}

fn code(properties: &Value) -> &str {
    properties["code"].as_str().unwrap()
}

#[tokio::test]
async fn a_municipality_is_served_as_its_feature_says() {
    let app = TestApp::shared().await;
    let query = "{ municipalities(orderBy: { field: CODE, direction: ASC }) {
        id code slug name population landArea labelPoint { lon lat } inventory expectedPlaces contactPoint { role }
        placeCount placesPer10000 settlements { id }
    } }";
    let data = app.graphql(query, json!({})).await;
    let served = data["municipalities"].as_array().unwrap();
    let oracle = Oracle::seed();
    let mut seed = seed();
    seed.sort_by(|a, b| code(&a.0).cmp(code(&b.0)));
    assert_eq!((served.len(), seed.len()), (25, 25));
    let mut inhabitants = 0;
    for (served, (expected, _)) in served.iter().zip(&seed) {
        let of = |place: &&crate::oracle::Place| !place.is_closed() && place.row["municipality"] == code(expected);
        let places = oracle.places.iter().filter(of).count();
        let population = expected["population"].as_u64().unwrap();
        inhabitants += population;
        let settlements: Vec<Value> = oracle
            .settlements
            .iter()
            .filter(|settlement| settlement.properties["municipality"] == expected["code"])
            .map(|settlement| json!({ "id": settlement.id() }))
            .collect();
        let per_10000 =
            10_000.0 * f64::from(u32::try_from(places).unwrap()) / f64::from(u32::try_from(population).unwrap());
        assert_eq!(
            *served,
            json!({
                "id": format!("municipality:{}", code(expected)), "code": expected["code"], "slug": expected["slug"],
                "name": expected["name"], "population": population, "landArea": expected["landAreaKm2"],
                "labelPoint": { "lon": expected["labelLon"], "lat": expected["labelLat"] },
                "inventory": "UNKNOWN", "expectedPlaces": null, "contactPoint": null, "placeCount": places,
                "placesPer10000": (per_10000 * 100.0).round() / 100.0, "settlements": settlements,
            })
        );
    }
    // CBS, Gebieden in Nederland 2024: inhabitants of Overijssel on 1 January 2024.
    assert_eq!(inhabitants, 1_189_033);
}

#[tokio::test]
async fn at_its_label_point_lies_the_municipality() {
    let app = TestApp::shared().await;
    let query = "query ($by: MunicipalityBy!) { municipality(by: $by) { code labelPoint { rd { x y } } } }";
    for (municipality, _) in seed() {
        let at = json!({ "wgs84": { "lon": municipality["labelLon"], "lat": municipality["labelLat"] } });
        let data = app.graphql(query, json!({ "by": { "at": at } })).await;
        assert_eq!(data["municipality"]["code"], municipality["code"]);
        let rd = &data["municipality"]["labelPoint"]["rd"];
        let data = app.graphql(query, json!({ "by": { "at": { "rd": rd } } })).await;
        assert_eq!(data["municipality"]["code"], municipality["code"]);
    }
}

#[tokio::test]
async fn at_any_point_lies_the_municipality_whose_outline_holds_it_or_none() {
    let app = TestApp::shared().await;
    let seed = seed();
    let query =
        "query ($lon: Float!, $lat: Float!) { municipality(by: { at: { wgs84: { lon: $lon, lat: $lat } } }) { code } }";
    let mut random = crate::oracle::Random(3);
    let (mut inside, mut outside) = (0, 0);
    for _ in 0..400 {
        let at = Degrees { lon: random.between(5.6, 7.2), lat: random.between(52.0, 53.0) };
        let holding = seed.iter().filter(|(_, outline)| outline.contains(at)).map(|(properties, _)| code(properties));
        let expected = holding.min().map_or(Value::Null, |code| json!({ "code": code }));
        let data = app.graphql(query, json!({ "lon": at.lon, "lat": at.lat })).await;
        assert_eq!(data["municipality"], expected, "{at:?}");
        *(if expected.is_null() { &mut outside } else { &mut inside }) += 1;
    }
    assert!(inside > 100 && outside > 50, "{inside}, {outside}");
    // Amsterdam, Arnhem, Assen and the German side of the border at Losser.
    for (lon, lat) in [(4.9, 52.37), (5.9, 51.98), (6.56, 52.99), (7.08, 52.26)] {
        let data = app.graphql(query, json!({ "lon": lon, "lat": lat })).await;
        assert_eq!(data["municipality"], Value::Null, "{lon} {lat}");
    }
}

#[tokio::test]
async fn on_a_border_lies_the_municipality_with_the_lower_code() {
    let app = TestApp::shared().await;
    let seed = seed();
    let query =
        "query ($lon: Float!, $lat: Float!) { municipality(by: { at: { wgs84: { lon: $lon, lat: $lat } } }) { code } }";
    let mut owners: BTreeMap<String, (Degrees, BTreeSet<&str>)> = BTreeMap::new();
    for (properties, outline) in &seed {
        for at in outline.polygons().iter().flatten().flatten() {
            let entry = owners.entry(format!("{} {}", at.lon, at.lat)).or_insert((*at, BTreeSet::new()));
            entry.1.insert(code(properties));
        }
    }
    let shared: Vec<_> = owners.into_values().filter(|(_, codes)| codes.len() > 1).collect();
    assert!(shared.len() > 500, "{}", shared.len());
    for (at, codes) in shared.iter().step_by(25).chain(shared.iter().filter(|(_, codes)| codes.len() > 2)) {
        let data = app.graphql(query, json!({ "lon": at.lon, "lat": at.lat })).await;
        assert_eq!(data["municipality"]["code"], **codes.first().unwrap(), "{at:?} {codes:?}");
    }
}

#[tokio::test]
async fn adjacent_are_the_municipalities_with_a_stretch_of_border_in_common() {
    let app = TestApp::shared().await;
    // An edge of a ring, whichever way it runs, and who has it: the outlines of CBS share their vertices.
    let mut edges: BTreeMap<[String; 2], BTreeSet<String>> = BTreeMap::new();
    for (properties, outline) in seed() {
        for ring in outline.polygons().iter().flatten() {
            for edge in ring.windows(2) {
                let mut ends = [edge[0], edge[1]].map(|at| format!("{} {}", at.lon, at.lat));
                ends.sort();
                edges.entry(ends).or_default().insert(code(&properties).to_owned());
            }
        }
    }
    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for codes in edges.into_values().filter(|codes| codes.len() == 2) {
        for code in &codes {
            expected.entry(code.clone()).or_default().extend(codes.iter().filter(|other| *other != code).cloned());
        }
    }
    let data = app.graphql("{ municipalities { code adjacent { code } } }", json!({})).await;
    let mut served: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for municipality in data["municipalities"].as_array().unwrap() {
        let adjacent = municipality["adjacent"].as_array().unwrap().iter().map(|other| code(other).to_owned());
        let adjacent: Vec<String> = adjacent.collect();
        assert!(adjacent.is_sorted(), "{adjacent:?}");
        served.insert(code(municipality).to_owned(), adjacent.into_iter().collect());
    }
    assert_eq!(served, expected);
    for (code, adjacent) in &served {
        assert!(!adjacent.is_empty() && adjacent.iter().all(|other| served[other].contains(code)), "{code}");
    }
    // Zwolle borders on Dalfsen, Kampen, Raalte, Staphorst, Olst-Wijhe and Zwartewaterland (and on Gelderland).
    let zwolle: BTreeSet<String> =
        ["GM0148", "GM0166", "GM0177", "GM0180", "GM1773", "GM1896"].map(str::to_owned).into();
    assert_eq!(served["GM0193"], zwolle);
}

#[tokio::test]
async fn municipalities_come_in_the_order_that_is_asked() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let seed: Vec<Value> = seed().into_iter().map(|(properties, _)| properties).collect();
    let places = |properties: &Value| {
        let of = |place: &&crate::oracle::Place| !place.is_closed() && place.row["municipality"] == code(properties);
        u64::try_from(oracle.places.iter().filter(of).count()).unwrap()
    };
    // Compared crosswise, in whole numbers.
    let compare = |field: &str, a: &Value, b: &Value| match field {
        "NAME" => sort_key(a["name"].as_str().unwrap()).cmp(&sort_key(b["name"].as_str().unwrap())),
        "CODE" => code(a).cmp(code(b)),
        "POPULATION" => a["population"].as_u64().cmp(&b["population"].as_u64()),
        "PLACE_COUNT" => places(a).cmp(&places(b)),
        _ => (places(a) * b["population"].as_u64().unwrap()).cmp(&(places(b) * a["population"].as_u64().unwrap())),
    };
    for field in ["NAME", "CODE", "POPULATION", "PLACE_COUNT", "PLACES_PER_10000"] {
        for direction in ["ASC", "DESC"] {
            let mut expected: Vec<&Value> = seed.iter().collect();
            expected.sort_by(|a, b| {
                let by_field = compare(field, a, b);
                let by_field = if direction == "DESC" { by_field.reverse() } else { by_field };
                by_field.then(code(a).cmp(code(b)))
            });
            let query =
                format!("{{ municipalities(orderBy: {{ field: {field}, direction: {direction} }}) {{ code }} }}");
            let data = app.graphql(&query, json!({})).await;
            let served: Vec<&str> = data["municipalities"].as_array().unwrap().iter().map(code).collect();
            assert_eq!(served, expected.into_iter().map(code).collect::<Vec<_>>(), "{field} {direction}");
        }
    }
    let by_name = app.graphql("{ municipalities(orderBy: { field: NAME, direction: ASC }) { code } }", json!({})).await;
    assert_eq!(app.graphql("{ municipalities { code } }", json!({})).await, by_name);
}

#[tokio::test]
async fn a_municipality_of_unknown_population_comes_last_in_both_directions() {
    let unknown = ["UPDATE municipality SET population = NULL WHERE code IN ('GM0193', 'GM0148')".to_owned()];
    let app = TestApp::start_changed(&unknown).await;
    for field in ["POPULATION", "PLACES_PER_10000"] {
        for direction in ["ASC", "DESC"] {
            let query = format!(
                "{{ municipalities(orderBy: {{ field: {field}, direction: {direction} }}) {{ code population placesPer10000 }} }}"
            );
            let data = app.graphql(&query, json!({})).await;
            let served = data["municipalities"].as_array().unwrap();
            assert_eq!([code(&served[23]), code(&served[24])], ["GM0148", "GM0193"], "{field} {direction}");
            assert_eq!([&served[24]["population"], &served[24]["placesPer10000"]], [&Value::Null; 2]);
        }
    }
}

async fn selected(app: &TestApp, filter: &Value) -> BTreeSet<String> {
    let query = "query ($filter: MunicipalityFilter) { municipalities(filter: $filter) { code } }";
    let data = app.graphql(query, json!({ "filter": filter })).await;
    data["municipalities"].as_array().unwrap().iter().map(|one| code(one).to_owned()).collect()
}

#[tokio::test]
async fn a_policy_filter_answers_with_what_is_known_only() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let filters = [
        json!({ "vision": ["ADOPTED"] }),
        json!({ "vision": ["NONE", "PLANNED"] }),
        json!({ "financialSupport": ["ACTIVITIES"] }),
        json!({ "otherSupport": ["NETWORK", "BOARD_COACHES"] }),
        json!({ "ambition": ["YES"], "vision": ["ADOPTED"] }),
        json!({ "contactMoment": ["ORGANISED", "NONE"] }),
        json!({ "unknown": ["VISION"] }),
        json!({ "unknown": ["CONTACT_MOMENT", "AMBITION"] }),
        json!({ "vision": ["ADOPTED"], "unknown": ["AMBITION"] }),
        json!({ "vision": [] }),
        json!({}),
    ];
    let mut sizes = Vec::new();
    for filter in filters {
        let expected: BTreeSet<String> = seed()
            .iter()
            .map(|(properties, _)| code(properties).to_owned())
            .filter(|code| oracle.policy(&filter, code) == Truth::True)
            .collect();
        assert_eq!(selected(&app, &json!({ "policy": filter })).await, expected, "{filter}");
        sizes.push(expected.len());
    }
    // seed/policy_status.csv: visions of Dalfsen and Deventer, an ambition of Deventer, support by two municipalities.
    assert_eq!(sizes, [2, 0, 1, 1, 1, 0, 23, 25, 1, 0, 25]);
}

#[tokio::test]
async fn an_area_selects_the_municipalities_that_share_a_point_with_it() {
    let app = TestApp::shared().await;
    let seed = seed();
    for (properties, outline) in &seed {
        // A box around one vertex is shared by all who have that vertex, and by those whose outline holds a corner.
        let at = outline.polygons()[0][0][0];
        let (west, south, east, north) = (at.lon - 1e-4, at.lat - 1e-4, at.lon + 1e-4, at.lat + 1e-4);
        let filter = json!({ "within": { "bbox": { "west": west, "south": south, "east": east, "north": north } } });
        let corners =
            [(west, south), (east, south), (east, north), (west, north)].map(|(lon, lat)| Degrees { lon, lat });
        let expected: BTreeSet<String> = seed
            .iter()
            .filter(|(_, other)| {
                let has_vertex = other.polygons().iter().flatten().flatten().any(|vertex| *vertex == at);
                has_vertex || corners.iter().any(|corner| other.contains(*corner))
            })
            .map(|(properties, _)| code(properties).to_owned())
            .collect();
        let found = selected(&app, &filter).await;
        assert!(found.contains(code(properties)), "{filter}");
        assert_eq!(found, expected, "{filter}");
    }
    let settlement = json!({ "within": { "settlements": ["settlement:NL.TOP10NL.132597206"] } });
    assert_eq!(selected(&app, &settlement).await.len(), 1);
    let codes = json!({ "codes": ["GM0193", "GM0148", "GM0193"], "within": { "municipalities": ["GM0193"] } });
    assert_eq!(selected(&app, &codes).await, BTreeSet::from(["GM0193".to_owned()]));
    assert_eq!(selected(&app, &json!({ "codes": [] })).await, BTreeSet::new());
}

#[tokio::test]
async fn a_municipality_is_found_by_each_of_its_names() {
    let app = TestApp::shared().await;
    let query = "query ($by: MunicipalityBy!) { municipality(by: $by) { name } }";
    for by in [
        json!({ "id": "municipality:GM0193" }),
        json!({ "code": "GM0193" }),
        json!({ "name": "Zwolle" }),
        json!({ "name": "ZWOLLE" }),
        json!({ "name": " zwölle " }),
    ] {
        assert_eq!(
            app.graphql(query, json!({ "by": by })).await,
            json!({ "municipality": { "name": "Zwolle" } }),
            "{by}"
        );
    }
    for name in ["Amsterdam", "", "Zwoll"] {
        assert_eq!(app.graphql(query, json!({ "by": { "name": name } })).await, json!({ "municipality": null }));
    }
}

#[tokio::test]
async fn a_boundary_is_the_seed_s_in_each_reference_system() {
    let app = TestApp::shared().await;
    let query = "query ($code: String!) { municipality(by: { code: $code }) {
        default: boundary crs84: boundary(crs: CRS84) rd: boundary(crs: RD) etrs89: boundary(crs: ETRS89)
    } }";
    // Two places of a municipality tell where its degrees and metres lie.
    let mut oracle = Oracle::seed();
    oracle.measure(&app.located().await);
    for (properties, outline) in seed() {
        let data = app.graphql(query, json!({ "code": properties["code"] })).await;
        let served = &data["municipality"];
        assert_eq!(served["default"], served["crs84"]);
        for crs in ["crs84", "etrs89", "rd"] {
            served[crs].to_string().parse::<geojson::Geometry>().unwrap();
            let found = Outline::of(&served[crs]);
            let sizes = |outline: &Outline| -> Vec<Vec<usize>> {
                outline.polygons().iter().map(|rings| rings.iter().map(Vec::len).collect()).collect()
            };
            assert_eq!(sizes(&found), sizes(&outline), "{crs} {properties}");
            for ring in found.polygons().iter().flatten() {
                assert_eq!(ring.first(), ring.last(), "{crs}: a ring is closed");
            }
            let pairs =
                || found.polygons().iter().flatten().flatten().zip(outline.polygons().iter().flatten().flatten());
            if crs != "rd" {
                assert!(pairs().all(|(a, b)| (a.lon - b.lon).abs() < 1e-5 && (a.lat - b.lat).abs() < 1e-5), "{crs}");
                continue;
            }
            // Its places lie in the RD outline as they lie in the other.
            for place in oracle.places.iter().filter(|place| place.row["municipality"] == code(&properties)) {
                let Metres { x, y } = place.rd.unwrap();
                let inside = found.contains(Degrees { lon: x, lat: y });
                assert_eq!(inside, outline.contains(place.at.unwrap()), "{}", place.id());
            }
        }
    }
}
