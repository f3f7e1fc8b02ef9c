//! One vocabulary of parameters: which address takes which, what each refuses, and that a value means the same places everywhere.

use std::collections::BTreeSet;

use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use crate::support::TestApp;

const OF_PLACES: [&str; 11] = [
    "municipality",
    "settlement",
    "kind",
    "facility",
    "activity",
    "status",
    "bbox",
    "near",
    "postcode",
    "radius",
    "text",
];

/// Every address but `/graphql` and what takes no question, with what it takes beside [`OF_PLACES`] where it has places. A map is small,
/// so that the test is not slow.
const ADDRESSES: [(&str, bool, &[&str]); 45] = [
    ("/", true, &["lang", "edition", "without", "page"]),
    ("/en/places", true, &["lang", "edition", "without", "page"]),
    ("/search", false, &["lang", "edition", "text"]),
    ("/agenda", true, &["weekday", "on", "week", "audience", "age", "free", "lang", "edition", "without"]),
    ("/en/changes", false, &["municipality", "since", "page", "lang", "edition"]),
    ("/data", false, &["lang", "edition"]),
    ("/en/settlement/oldemarkt", false, &["lang", "edition"]),
    (
        "/map/maker",
        true,
        &["lang", "edition", "without", "coverage", "theme", "labels", "title", "width", "height", "scale"],
    ),
    ("/places.csv", true, &["edition", "without", "format"]),
    ("/places.geojson", true, &["edition", "without", "crs"]),
    ("/places.xlsx", true, &["edition", "without", "lang"]),
    ("/sources.csv", false, &["edition", "without", "format"]),
    ("/municipalities.fgb", false, &["municipality", "edition", "without", "crs"]),
    (
        "/coverage.csv",
        false,
        &["municipality", "kind", "facility", "activity", "status", "text", "distance", "edition", "without", "format"],
    ),
    ("/noaber.gpkg", false, &["edition", "without"]),
    ("/activities.csv", true, &["weekday", "on", "audience", "age", "free", "edition", "without"]),
    ("/activities.ics", true, &["weekday", "on", "audience", "age", "free", "edition", "without"]),
    ("/map.svg", true, &["lang", "edition", "without", "coverage", "theme", "labels", "title", "width", "height"]),
    (
        "/map.png",
        true,
        &["lang", "edition", "without", "coverage", "theme", "labels", "title", "width", "height", "scale"],
    ),
    ("/embed", true, &["lang", "edition", "without", "basemap", "accent", "font"]),
    ("/embed/theme.css", false, &["accent", "font"]),
    ("/embed/maker", true, &["lang", "edition", "without", "basemap", "accent", "font", "geolocation", "height"]),
    ("/en/embed/maker", true, &["lang", "edition", "without", "basemap", "accent", "font", "geolocation", "height"]),
    ("/embed/ground.geojson", false, &["edition"]),
    ("/place/kulturhus-trefkoele-dalfsen", false, &["lang", "edition"]),
    ("/en/place/kulturhus-trefkoele-dalfsen", false, &["lang", "edition"]),
    ("/municipality/dalfsen", false, &["lang", "edition"]),
    ("/en/municipality/dalfsen", false, &["lang", "edition"]),
    ("/gaps", true, &["lang", "edition", "without"]),
    ("/en/gaps", true, &["lang", "edition", "without"]),
    ("/gaps.csv", true, &["edition", "without"]),
    ("/privacy", false, &["lang", "edition"]),
    ("/en/privacy", false, &["lang", "edition"]),
    ("/examples", false, &["lang", "edition"]),
    ("/en/examples", false, &["lang", "edition"]),
    ("/graphiql", false, &["lang", "example", "query", "variables"]),
    ("/schema.graphql", false, &[]),
    ("/robots.txt", false, &[]),
    ("/llms.txt", false, &[]),
    ("/tiles/places", true, &["edition", "without"]),
    ("/tiles/municipalities", false, &["edition", "without"]),
    ("/openapi.json", false, &["lang"]),
    ("/dcat.ttl", false, &["edition"]),
    ("/dcat.jsonld", false, &["edition"]),
    ("/sitemap.xml", false, &["page"]),
];

/// Every parameter with a value, as people write them.
fn values(edition: &str) -> Vec<(&'static str, String)> {
    let values = [
        ("municipality", "gm0148,%20Ommen,"),
        ("settlement", "Lemelerveld,"),
        ("kind", "dorpshuis,%20Kulturhus,"),
        ("facility", "bibliotheek,"),
        ("activity", "bridge,%20kaarten"),
        ("status", "open,%20closed,"),
        ("bbox", "6.0,%2052.4,6.4,52.6,"),
        ("near", "6.257,%2052.509"),
        ("radius", "5000&near=6.257,52.509"),
        ("text", "kulturhus"),
        ("lang", "EN"),
        ("edition", edition),
        ("without", "OpenStreetMap"),
        ("crs", "28992"),
        ("distance", "3500"),
        ("format", "NL"),
        ("basemap", "own"),
        ("height", "300"),
        ("coverage", "2000"),
        ("theme", "Per10000"),
        ("labels", "None"),
        ("title", "Ontmoeten"),
        ("width", "120"),
        ("scale", "40"),
        ("weekday", "tu,%20WE"),
        ("on", "2026-12-05"),
        ("audience", "ouderen,%20mannen,"),
        ("age", "12"),
        ("free", "Yes"),
        ("accent", "%237A1F5C"),
        ("font", "Serif"),
        ("geolocation", "yes"),
        ("week", "2026-12-07"),
        ("since", edition),
        ("postcode", "7722%20st"),
        ("page", "1"),
        ("example", "nearest-places"),
        ("query", "%7B__typename%7D"),
        ("variables", "%7B%7D"),
    ];
    values.map(|(name, value)| (name, value.to_owned())).to_vec()
}

fn is_page(path: &str) -> bool {
    !path.contains('.') && !path.starts_with("/tiles/")
}

/// A service that has a layer which can be left out.
async fn with_openstreetmap() -> TestApp {
    let app = TestApp::start().await;
    let before = app.edition();
    app.run(&["ingest", "osm", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/overpass.json")]);
    app.until("the import is served", |library| library.served().id != before).await;
    app
}

#[tokio::test]
async fn an_address_answers_what_it_takes_and_refuses_the_rest_by_name_in_its_language() {
    let app = with_openstreetmap().await;
    let values = values(&app.edition());
    for (path, has_places, own) in ADDRESSES {
        let taken: Vec<&str> = if has_places { [&OF_PLACES[..], own].concat() } else { own.to_vec() };
        let small = if path == "/map.png" { "&scale=36" } else { "" };
        let mut asked: Vec<(&str, String)> = values.clone();
        asked.push(("gemeente", "Zwolle".to_owned()));
        for (name, value) in asked {
            let small = if name == "scale" { "" } else { small };
            let response = app.get(&format!("{path}?{name}={value}{small}")).await;
            let (status, kind) = (response.status(), response.headers()[header::CONTENT_TYPE].clone());
            let body = response.text().await.unwrap_or_default();
            if taken.contains(&name) {
                assert_eq!(status, StatusCode::OK, "{path}?{name}={value}: {body}");
                continue;
            }
            assert_eq!(status, StatusCode::BAD_REQUEST, "{path}?{name}={value}");
            let is_dutch = is_page(path) && !path.starts_with("/en");
            let list = |last: &str| match taken.split_last() {
                Some((one, [])) => (*one).to_owned(),
                Some((last_name, others)) => format!("{} {last} {last_name}", others.join(", ")),
                None => String::new(),
            };
            let sentence = match (taken.is_empty(), is_dutch) {
                (true, _) => format!("`{name}` is not a parameter here; there are none"),
                (false, true) => format!("`{name}` is hier geen parameter; gebruik {}", list("of")),
                (false, false) => format!("`{name}` is not a parameter here; use {}", list("or")),
            };
            assert!(body.contains(&sentence), "{path}?{name}={value}: {sentence}\n{body}");
            let expected = if is_page(path) { "text/html; charset=utf-8" } else { "application/problem+json" };
            assert_eq!(kind, expected, "{path}?{name}={value}");
        }
    }
}

#[tokio::test]
async fn what_counts_visitors_is_neither_refused_nor_seen() {
    let app = TestApp::shared().await;
    for (path, _, _) in ADDRESSES {
        let plain = app.get(path).await;
        let tag = plain.headers()[header::ETAG].clone();
        let tracked =
            app.get(&format!("{path}?utm_source=brief&UTM_Medium=mail&fbclid=1&gclid=2&mc_cid=3&ref=x")).await;
        assert_eq!(tracked.status(), StatusCode::OK, "{path}");
        // An address that is written on what is answered would make it another.
        assert_eq!(tracked.headers()[header::ETAG], tag, "{path}");
    }
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let moved =
        client.get(format!("{}/place/De-Wiekelaar-Oudleusen?utm_source=x&lang=en", app.url)).send().await.unwrap();
    assert_eq!(moved.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(moved.headers()[header::LOCATION], "/en/place/de-wiekelaar-oudleusen?lang=en");
}

#[tokio::test]
async fn a_language_is_spoken_wherever_it_is_named() {
    let app = TestApp::shared().await;
    for (path, _, own) in ADDRESSES {
        // The maker's is that of the frame which it makes.
        if !own.contains(&"lang") || !is_page(path) || path.ends_with("/maker") {
            continue;
        }
        for lang in ["nl", "en"] {
            for wrong in ["", "&gemeente=Zwolle"] {
                let page = app.get(&format!("{path}?lang={lang}{wrong}")).await.text().await.unwrap();
                assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}?lang={lang}{wrong}");
                let is_told =
                    page.contains(if lang == "nl" { "is hier geen parameter" } else { "is not a parameter here" });
                assert_eq!(is_told, !wrong.is_empty(), "{path}?lang={lang}{wrong}");
            }
        }
    }
}

/// What stands between each `begin` and the next quotation mark.
fn marked<'a>(text: &'a str, begin: &str) -> impl Iterator<Item = &'a str> {
    text.split(begin).skip(1).map(|rest| rest.split('"').next().unwrap())
}

/// The ids of the places that an address gives.
fn places(path: &str, body: &str) -> BTreeSet<String> {
    let ids: Vec<String> = match path {
        "/places.csv" => {
            let mut reader = csv::Reader::from_reader(body.as_bytes());
            reader.records().map(|row| row.unwrap()[0].to_owned()).collect()
        }
        "/places.geojson" => {
            let collection: Value = serde_json::from_str(body).unwrap();
            let features = collection["features"].as_array().unwrap();
            features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
        }
        "/map.svg" => marked(body, "data-id=\"").flat_map(|ids| ids.split(' ')).map(str::to_owned).collect(),
        _ => marked(body, "<li id=\"plek-").map(|key| format!("place:{key}")).collect(),
    };
    let set: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(set.len(), ids.len(), "{path} gives a place twice");
    set
}

/// Parameters and the filter of the API that asks the same.
fn questions() -> Vec<(&'static str, Value)> {
    let circle =
        |radius: u32| json!({ "circle": { "center": { "wgs84": { "lon": 6.257, "lat": 52.509 } }, "radius": radius } });
    let bbox = json!({ "bbox": { "west": 6.0, "south": 52.4, "east": 6.4, "north": 52.65 } });
    let nieuwleusen = json!({ "settlements": ["settlement:NL.TOP10NL.132596129"] });
    vec![
        ("", json!({})),
        ("municipality=gm0148,%20Ommen,", json!({ "within": { "municipalities": ["GM0148", "GM0175"] } })),
        ("municipality=dalfsen&municipality=GM0193", json!({ "within": { "municipalities": ["GM0148", "GM0193"] } })),
        ("settlement=nieuwleusen", json!({ "within": nieuwleusen })),
        ("settlement=Nieuwleusen,", json!({ "within": nieuwleusen })),
        ("settlement=NL.TOP10NL.132596129", json!({ "within": nieuwleusen })),
        ("kind=mfa,%20Kulturhus", json!({ "kinds": ["MFA", "KULTURHUS"] })),
        ("facility=bibliotheek,", json!({ "facilities": { "any": ["BIBLIOTHEEK"] } })),
        (
            "facility=huiskamer-van-de-wijk,Sport",
            json!({ "facilities": { "any": ["HUISKAMER_VAN_DE_WIJK", "SPORT"] } }),
        ),
        ("activity=bridge,soos", json!({ "activities": { "any": ["BRIDGE", "SOOS"] } })),
        ("status=closed", json!({ "status": ["CLOSED"] })),
        (
            "status=open,%20closed&municipality=Borne",
            json!({ "status": ["OPEN", "CLOSED"], "within": { "municipalities": ["GM0147"] } }),
        ),
        ("bbox=6.0,%2052.4,6.4,52.65,", json!({ "within": bbox })),
        ("near=6.257,%2052.509&radius=5000", json!({ "within": circle(5_000) })),
        // Only the order is another.
        ("near=6.257,52.509", json!({})),
        ("text=kulturhus", json!({ "text": "kulturhus" })),
        ("text=biblioteek", json!({ "text": "biblioteek" })),
        (
            "text=dorpshuis&municipality=hardenberg&kind=dorpshuis",
            json!({ "text": "dorpshuis", "kinds": ["DORPSHUIS"], "within": { "municipalities": ["GM0160"] } }),
        ),
        (
            "municipality=GM0148&bbox=6.0,52.4,6.4,52.65&near=6.257,52.509&radius=9000",
            json!({ "and": [
                { "within": { "municipalities": ["GM0148"] } }, { "within": bbox }, { "within": circle(9_000) },
            ] }),
        ),
        (
            "municipality=ommen,dalfsen&settlement=nieuwleusen",
            json!({ "and": [{ "within": { "municipalities": ["GM0148", "GM0175"] } }, { "within": nieuwleusen }] }),
        ),
    ]
}

#[tokio::test]
async fn the_same_value_means_the_same_places_everywhere() {
    let app = TestApp::shared().await;
    for (parameters, filter) in questions() {
        let expected: BTreeSet<String> = app.places(&filter, false).await.into_iter().collect();
        assert!(!expected.is_empty(), "{parameters} finds nothing");
        for path in ["/places", "/en/places", "/places.csv", "/places.geojson", "/map.svg", "/embed"] {
            let (status, body) = app.body(&format!("{path}?{parameters}")).await;
            assert_eq!(status, 200, "{path}?{parameters}: {body}");
            let body = if body.contains("rel=\"next\"") {
                app.pages(&format!("{path}?{parameters}")).await.concat()
            } else {
                body
            };
            assert_eq!(places(path, &body), expected, "{path}?{parameters}");
        }
        // What the maker makes is what was asked of it.
        let made = app.get(&format!("/embed/maker?{parameters}")).await.text().await.unwrap();
        let address = marked(&made, "<iframe class=\"preview\" src=\"").next().unwrap().replace("&#38;", "&");
        assert_eq!(places("/embed", &app.body(&address).await.1), expected, "{address}");
    }
}

#[tokio::test]
async fn a_layer_is_left_out_alike_everywhere() {
    let app = TestApp::start().await;
    let without: BTreeSet<String> = app.places(&json!({}), false).await.into_iter().collect();
    drop(app);
    let app = with_openstreetmap().await;
    assert!(app.places(&json!({}), false).await.len() > without.len());
    for path in ["/", "/en", "/places.csv", "/places.geojson", "/map.svg", "/embed"] {
        let (status, body) = app.body(&format!("{path}?without=OpenStreetMap")).await;
        assert_eq!(status, 200, "{path}: {body}");
        let body = match path {
            "/" | "/en" => app.pages(&format!("{path}?without=OpenStreetMap")).await.concat(),
            _ => body,
        };
        assert_eq!(places(path, &body), without, "{path}");
        for (wrong, reason) in [
            ("without=place-facts", "place-facts"),
            ("without=openstreetmap&edition=2026-11-30-2f7330b9f63e", "`without`"),
        ] {
            let (status, body) = app.body(&format!("{path}?{wrong}")).await;
            assert_eq!(status, 400, "{path}?{wrong}");
            assert!(body.contains(reason), "{path}?{wrong}: {body}");
        }
    }
    // What a page without the layer links to is without it too.
    let page = app.get("/?without=openstreetmap&kind=mfa").await.text().await.unwrap();
    assert!(page.contains("href=\"/places.csv?kind=MFA&#38;without=openstreetmap\""));
    let embed = app.get("/embed?without=openstreetmap").await.text().await.unwrap();
    for begin in ["data-ground=\"", "<noscript><img src=\""] {
        let address = marked(&embed, begin).next().unwrap().replace("&#38;", "&");
        assert_eq!(app.get(&address).await.status(), StatusCode::OK, "{address}");
    }
}

#[tokio::test]
async fn the_nearest_come_first_in_a_download() {
    let app = TestApp::shared().await;
    let query = "query ($after: String) {
        nearestPlaces(to: { wgs84: { lon: 6.257, lat: 52.509 } }, maxDistance: 12000, first: 100, after: $after) {
            nodes { id }
            pageInfo { hasNextPage endCursor }
        }
    }";
    let nearest = app.walk(query, json!({}), "nearestPlaces").await;
    let nearest: Vec<&str> = nearest.iter().map(|node| node["id"].as_str().unwrap()).collect();
    assert!(nearest.len() > 5);
    let (_, text) = app.body("/places.csv?near=6.257,52.509&radius=12000").await;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let listed: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert_eq!(listed, nearest);
}

#[tokio::test]
async fn a_value_that_is_wrong_is_told_in_the_language_of_the_page() {
    let app = TestApp::shared().await;
    for (parameter, dutch, english) in [
        (
            "municipality=Amsterdam",
            "`Amsterdam` is niet een van de 25 gemeenten",
            "`Amsterdam` is not one of the 25 municipalities",
        ),
        ("settlement=nergens", "`nergens` is geen kern", "`nergens` is no settlement"),
        ("kind=kerk", "`kerk` is geen waarde van `kind`; er zijn", "`kerk` is not a value of `kind`; there are"),
        ("bbox=52.4,6.0,52.65,6.4", "verwacht wordt west,zuid,oost,noord", "the box looks swapped"),
        ("bbox=noord", "verwacht wordt west,zuid,oost,noord", "expected west,south,east,north"),
        ("near=6.257", "verwacht wordt lengte,breedte", "expected longitude,latitude"),
        ("near=6.257,52.509&radius=-5", "hoogstens 150000 meter", "at most 150000 metres"),
        ("near=6.257,52.509&near=6.3,52.5", "staat er twee keer", "is given twice"),
        ("without=x", "`x` is geen laag", "`x` is not a layer"),
    ] {
        for (path, sentence) in [
            ("/", dutch),
            ("/en", english),
            ("/embed", dutch),
            ("/embed?lang=en", english),
            ("/embed/maker", dutch),
            ("/en/embed/maker", english),
            ("/places.csv", english),
            ("/places.geojson", english),
            ("/map.svg", english),
            ("/map.png", english),
        ] {
            let separator = if path.contains('?') { '&' } else { '?' };
            let (status, body) = app.body(&format!("{path}{separator}{parameter}")).await;
            assert_eq!(status, 400, "{path} {parameter}");
            assert!(body.contains(sentence), "{path} {parameter}: {sentence}\n{body}");
        }
    }
    let long = "a".repeat(201);
    for path in ["/", "/places.csv", "/map.svg", "/embed"] {
        assert_eq!(app.get(&format!("{path}?text={long}")).await.status(), StatusCode::BAD_REQUEST, "{path}");
    }
    for path in ["/", "/places.csv", "/map.svg"] {
        let (status, body) = app.body(&format!("{path}?radius=5000")).await;
        assert!(status == 400 && body.contains("near=6.257,52.509"), "{path}: {body}");
    }
}
