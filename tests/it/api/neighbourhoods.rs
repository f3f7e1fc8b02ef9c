//! The wijken of the seed; and wijken and buurten as they are served once a map of CBS has been imported: one wijk for each
//! municipality, with its border, and a buurt of a kilometre square around some places.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::TestApp;
use noaber::{
    ingest::cbs_areas::source::Areas,
    spatial::{Rd, Wgs84},
};
use serde_json::{Value, json};

/// Places by address in four municipalities, kilometres apart.
const AROUND: [&str; 4] = [
    "kulturhus-trefkoele-dalfsen",
    "kulturhus-hoge-hexel",
    "hervormd-dienstgebouw-rouveen",
    "gemeenschapscentrum-de-driester-kamperzeedijk",
];

/// The map, and the code of the buurt around each of those places.
fn map() -> (String, BTreeMap<&'static str, String>) {
    let facts = noaber::seed::read().unwrap();
    let mut features = Vec::new();
    for municipality in &facts.municipalities {
        let code = format!("WK{}00", &municipality.code.as_str()[2..]);
        let geometry: Value = serde_json::from_str(&municipality.boundary).unwrap();
        let properties = json!({
            "wijkcode": code, "wijknaam": format!("Wijk 00 {}", municipality.name), "gemeentecode": municipality.code,
            "water": "NEE", "aantal_inwoners": municipality.population, "jaar": 2024,
        });
        features.push(json!({ "type": "Feature", "properties": properties, "geometry": geometry }));
    }
    let mut buurten = BTreeMap::new();
    for key in AROUND {
        let place = facts.places.iter().find(|place| place.key == key).unwrap();
        let at = place.location.as_ref().unwrap();
        let Rd { x, y } = Wgs84 { lon: at.lon, lat: at.lat }.to_rd();
        let corners = [(-500.0, -500.0), (500.0, -500.0), (500.0, 500.0), (-500.0, 500.0), (-500.0, -500.0)];
        let ring = corners.map(|(east, north)| {
            let Wgs84 { lon, lat } = Rd { x: x + east, y: y + north }.to_wgs84();
            [lon, lat]
        });
        let code = format!("BU{}0000", &place.municipality.as_str()[2..]);
        let properties = json!({
            "buurtcode": code, "buurtnaam": format!("Vlak om {}", place.name), "gemeentecode": place.municipality,
            "water": "NEE", "aantal_inwoners": 1_000, "jaar": 2024,
        });
        let geometry = json!({ "type": "Polygon", "coordinates": [ring] });
        features.push(json!({ "type": "Feature", "properties": properties, "geometry": geometry }));
        buurten.insert(key, code);
    }
    (json!({ "type": "FeatureCollection", "features": features }).to_string(), buurten)
}

async fn imported() -> (TestApp, BTreeMap<&'static str, String>) {
    let app = TestApp::start().await;
    let (map, buurten) = map();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.geojson");
    std::fs::write(&path, map).unwrap();
    let facts = noaber::seed::read().unwrap();
    let mut areas = Areas::of(facts.municipalities.iter().map(|known| &known.code));
    areas.read(&path, &"map.geojson".into(), &noaber::ingest::progress::unwatched()).await.unwrap();
    let id = app.import(move |books| areas.into_books(books, None)).await;
    app.until("the map is served", |library| library.served().id == id).await;
    (app, buurten)
}

#[tokio::test]
async fn a_map_is_listed_looked_up_and_found_by_name() {
    let (app, _) = imported().await;
    let all = app
        .all(
            "neighbourhoods",
            "id code name level population municipality { code } nearestPlaces(first: 1) { edges { distance } }",
        )
        .await;
    assert_eq!(all.len(), 29);
    let codes: Vec<&str> = all.iter().map(|node| node["code"].as_str().unwrap()).collect();
    assert!(codes.is_sorted(), "by code: {codes:?}");
    for node in &all {
        assert_eq!(node["code"].as_str().unwrap()[2..6], node["municipality"]["code"].as_str().unwrap()[2..]);
        assert_eq!(node["nearestPlaces"]["edges"].as_array().unwrap().len(), 1, "{node}");
    }
    let buurten = app.all("neighbourhoods", "code").await.len();
    let level = app.graphql("{ neighbourhoods(filter: { level: BUURT }) { totalCount } }", json!({})).await;
    assert_eq!((buurten, &level["neighbourhoods"]["totalCount"]), (29, &json!(4)));
    let query = r#"{
        node(id: "neighbourhood:WK014800") { ... on Neighbourhood { name population boundary } }
        municipality(by: { code: "GM0148" }) { boundary neighbourhoods { code level } }
        search(text: "vlak om kulturhus trefkoele", first: 1) { ... on Neighbourhood { code } }
        dataset { licences { layer licence referenceDate } attribution }
    }"#;
    let data = app.graphql(query, json!({})).await;
    assert_eq!(data["node"]["name"], "Wijk 00 Dalfsen");
    assert_eq!(data["node"]["boundary"], data["municipality"]["boundary"], "a border comes out as it went in");
    let of_dalfsen = json!([{ "code": "BU01480000", "level": "BUURT" }, { "code": "WK014800", "level": "WIJK" }]);
    assert_eq!(data["municipality"]["neighbourhoods"], of_dalfsen);
    assert_eq!(data["search"], json!([{ "code": "BU01480000" }]));
    let layers = data["dataset"]["licences"].as_array().unwrap();
    let layer = layers.iter().find(|layer| layer["layer"] == "Wijken en buurten (CBS Wijk- en Buurtkaart)");
    assert_eq!(layer.unwrap()["referenceDate"], "2024", "{layers:?}");
}

#[tokio::test]
async fn a_place_is_in_the_finest_neighbourhood_around_its_address_and_coarse_ones_in_what_holds_all_of_their_outline()
{
    let (app, buurten) = imported().await;
    let query = "query ($after: String) {
        places(filter: { status: [OPEN, PLANNED, CLOSED] }, includeUnknown: true, first: 100, after: $after) {
            nodes { slug municipality { code } location { precision } neighbourhood { code } }
            pageInfo { hasNextPage endCursor }
        }
    }";
    let places = app.walk(query, json!({}), "places").await;
    assert_eq!(places.len(), 285);
    let mut by_wijk: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut coarse: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut held = 0;
    for place in &places {
        let (slug, code) = (place["slug"].as_str().unwrap(), place["neighbourhood"]["code"].as_str());
        let digits = &place["municipality"]["code"].as_str().unwrap()[2..];
        let wijk = format!("WK{digits}00");
        if place["location"]["precision"] != "ADDRESS" {
            // Of an outline that crosses the border of the municipality nobody knows on which side of it the place is.
            assert!(code.is_none() || code == Some(wijk.as_str()), "{slug}: {code:?}");
            if code.is_none() {
                coarse.entry(wijk).or_default().insert(format!("place:{slug}"));
                continue;
            }
            held += 1;
            by_wijk.entry(wijk).or_default().insert(format!("place:{slug}"));
            continue;
        }
        match buurten.get(slug) {
            Some(buurt) => assert_eq!(code, Some(buurt.as_str()), "{slug}"),
            // Another place may stand in one of the squares.
            None => {
                assert!(code == Some(wijk.as_str()) || code == Some(&format!("BU{digits}0000")), "{slug}: {code:?}")
            }
        }
        by_wijk.entry(wijk).or_default().insert(format!("place:{slug}"));
    }
    assert!(held > 80, "{held}");
    for wijk in ["WK014800", "WK018900", "WK019300"] {
        let filter = json!({ "within": { "neighbourhoods": [wijk] }, "status": ["OPEN", "PLANNED", "CLOSED"] });
        let known: BTreeSet<String> = app.places(&filter, false).await.into_iter().collect();
        // A place whose status is not known is UNKNOWN by the filter on status.
        let possible: BTreeSet<String> = app.places(&filter, true).await.into_iter().collect();
        let all = &by_wijk[wijk] | coarse.get(wijk).unwrap_or(&BTreeSet::new());
        assert!(known.is_subset(&by_wijk[wijk]) && possible == all, "{wijk}: {known:?} {possible:?} {all:?}");
    }
    let filter = json!({ "within": { "neighbourhoods": ["BU01480000"] } });
    assert!(app.places(&filter, false).await.contains(&"place:kulturhus-trefkoele-dalfsen".to_owned()));
}

/// The wijk of each place, empty where there is none.
fn wijken() -> BTreeMap<&'static str, &'static str> {
    let text = include_str!("../../fixtures/wijk_of_places_shapely.csv");
    text.lines().skip(2).map(|line| line.split_once(',').unwrap()).collect()
}

#[tokio::test]
async fn places_of_the_seed_are_in_the_wijken_in_which_shapely_has_them() {
    let app = TestApp::shared().await;
    let query = "query ($after: String) {
        places(filter: { status: [OPEN, PLANNED, CLOSED] }, includeUnknown: true, first: 100, after: $after) {
            nodes { slug location { precision } municipality { code } neighbourhood { code level } }
            pageInfo { hasNextPage endCursor }
        }
    }";
    let (places, wijken) = (app.walk(query, json!({}), "places").await, wijken());
    assert_eq!((places.len(), wijken.len()), (285, 285));
    let mut at_an_address = 0;
    for place in &places {
        let (slug, code) = (place["slug"].as_str().unwrap(), place["neighbourhood"]["code"].as_str());
        assert_eq!(code.unwrap_or_default(), wijken[slug], "{slug}");
        if place["location"]["precision"] == "ADDRESS" {
            at_an_address += 1;
            assert_eq!(code.unwrap()[2..6], place["municipality"]["code"].as_str().unwrap()[2..], "{slug}");
        }
    }
    assert_eq!(at_an_address, 177);
    // A place is in at most one wijk: those that surely lie in one add up.
    let query = "{ neighbourhoods(first: 100) { totalCount } places(filter: { status: [OPEN, PLANNED, CLOSED] }, includeUnknown: true) {
        facets { neighbourhoods { value label count parent } settlements { value label count parent neighbourhood } }
    } }";
    let data = app.graphql(query, json!({})).await;
    assert_eq!(data["neighbourhoods"]["totalCount"], 276);
    let facets = &data["places"]["facets"];
    let rows = facets["neighbourhoods"].as_array().unwrap();
    let counted: u64 = rows.iter().map(|row| row["count"].as_u64().unwrap()).sum();
    assert_eq!(counted, wijken.values().filter(|wijk| !wijk.is_empty()).count() as u64);
    for row in rows {
        let of_wijk = wijken.values().filter(|wijk| row["value"] == **wijk).count();
        assert_eq!((&row["count"], &row["parent"]), (&json!(of_wijk), &Value::Null), "{row}");
    }
    // Bathmen is a wijk of Deventer and a village in it; the town of Deventer lies in several.
    let settlements = facets["settlements"].as_array().unwrap();
    let row = |label: &str| settlements.iter().find(|row| row["label"] == label).unwrap();
    let wijk =
        |row: &Value| row["neighbourhood"].as_str().and_then(|code| rows.iter().find(|wijk| wijk["value"] == code));
    assert_eq!(wijk(row("Bathmen")).unwrap()["label"], "Bathmen");
    assert_eq!((&row("Deventer")["parent"], &row("Deventer")["neighbourhood"]), (&Value::Null, &Value::Null));
    assert_eq!(row("Rivierenwijk")["parent"], row("Deventer")["value"]);
}

#[tokio::test]
async fn a_wijk_counts_its_places_inhabitants_and_coverage() {
    let app = TestApp::shared().await;
    let all = app.all("neighbourhoods", "code name level population municipality { code population }").await;
    let inhabitants: u64 = all.iter().map(|wijk| wijk["population"].as_u64().unwrap()).sum();
    assert_eq!((all.len(), inhabitants), (276, 1_188_985));
    let wijken = wijken();
    for code in ["WK015015", "WK019351", "WK016028"] {
        let filter = json!({ "within": { "neighbourhoods": [code] } });
        let known = app.places(&filter, false).await;
        assert!(
            !known.is_empty() && known.iter().all(|place| wijken[&place["place:".len()..]] == code),
            "{code}: {known:?}"
        );
        assert!(known.len() <= app.places(&filter, true).await.len(), "{code}");
    }
    // Of the 276 each is told, with those of which nothing is known besides; inhabitants as CBS has them.
    let query = "{ placeStatistics(groupBy: [NEIGHBOURHOOD]) { keys { value } count placesPer10000 } }";
    let rows = app.graphql(query, json!({})).await;
    let rows = rows["placeStatistics"].as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| !row["keys"][0]["value"].is_null()).count(), 276);
    let bathmen = rows.iter().find(|row| row["keys"][0]["value"] == "WK015015").unwrap();
    assert_eq!(
        (&bathmen["count"], bathmen["placesPer10000"].as_f64()),
        (&json!(2), Some(3.38)),
        "2 of 5925 inhabitants"
    );
    // Who lives in the settlements whose point lies in a wijk: Bathmen and the hamlets around it.
    let query = r#"{ coverage(maxDistance: 2000, area: { neighbourhoods: ["WK015015"] }) {
        population atLeast { populationCovered } atMost { populationCovered }
        settlements(first: 20) { nodes { settlement { name } } }
    } }"#;
    let coverage = app.graphql(query, json!({})).await;
    let coverage = &coverage["coverage"];
    let names: Vec<&str> = coverage["settlements"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["settlement"]["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"Bathmen") && !names.contains(&"Deventer"), "{names:?}");
    let [total, least, most] = ["/population", "/atLeast/populationCovered", "/atMost/populationCovered"]
        .map(|path| coverage.pointer(path).unwrap().as_f64().unwrap());
    assert!(total > 3_000.0 && total < 5_925.0 && least > 0.0 && least <= most && most <= total, "{coverage}");
}
