//! Downloads: the same places as the query gives, with their sources and licences inside.

use std::{collections::BTreeSet, io::Read};

use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use crate::{
    oracle::{Oracle, Row, seed_csv},
    support::TestApp,
};

/// Parameters of a download and the filter that asks the same.
fn cases() -> Vec<(&'static str, Value)> {
    let bbox = json!({ "west": 6.0, "south": 52.4, "east": 6.4, "north": 52.65 });
    vec![
        ("", json!({})),
        ("?municipality=GM0148", json!({ "within": { "municipalities": ["GM0148"] } })),
        ("?municipality=Dalfsen,GM0193", json!({ "within": { "municipalities": ["GM0148", "GM0193"] } })),
        ("?municipality=olst-wijhe", json!({ "within": { "municipalities": ["GM1773"] } })),
        ("?kind=MFA", json!({ "kinds": ["MFA"] })),
        ("?kind=mfa,kulturhus", json!({ "kinds": ["MFA", "KULTURHUS"] })),
        ("?facility=BIBLIOTHEEK", json!({ "facilities": { "any": ["BIBLIOTHEEK"] } })),
        ("?facility=SPORT,THEATER&kind=", json!({ "facilities": { "any": ["SPORT", "THEATER"] } })),
        ("?activity=bridge,SOOS", json!({ "activities": { "any": ["BRIDGE", "SOOS"] } })),
        (
            "?status=closed,open&municipality=Borne,Dalfsen",
            json!({
                "status": ["OPEN", "CLOSED"], "within": { "municipalities": ["GM0147", "GM0148"] },
            }),
        ),
        ("?bbox=6.0,52.4,6.4,52.65", json!({ "within": { "bbox": bbox } })),
        (
            "?kind=DORPSHUIS&bbox=6.0,52.4,6.4,52.65&facility=HORECA",
            json!({
                "kinds": ["DORPSHUIS"], "facilities": { "any": ["HORECA"] }, "within": { "bbox": bbox },
            }),
        ),
    ]
}

/// The places of a filter, in the order of the downloads.
async fn listed(app: &TestApp, filter: &Value) -> Vec<Value> {
    let query = "query ($filter: PlaceFilter, $after: String) {
        places(filter: $filter, orderBy: { field: MUNICIPALITY, direction: ASC }, first: 100, after: $after) {
            nodes { id name location { rd { x y } } sources { title url licence fields } }
            pageInfo { hasNextPage endCursor }
        }
    }";
    app.walk(query, json!({ "filter": filter }), "places").await
}

async fn edition(app: &TestApp) -> String {
    let data = app.graphql("{ dataset { edition } }", json!({})).await;
    data["dataset"]["edition"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_csv_has_the_places_of_the_query_with_sources_licence_and_edition() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let municipalities = app.graphql("{ municipalities { code name } }", json!({})).await;
    let edition = edition(&app).await;
    let [links, sources_of_seed, layers] = ["place_sources.csv", "sources.csv", "layers.csv"].map(seed_csv);
    for (parameters, filter) in cases() {
        let response = app.get(&format!("/places.csv{parameters}")).await;
        assert_eq!(response.status(), StatusCode::OK, "{parameters}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/csv; charset=utf-8; header=present");
        let text = response.text().await.unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
        let places = listed(&app, &filter).await;
        let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str()).collect();
        assert_eq!(ids, places.iter().map(|place| place["id"].as_str().unwrap()).collect::<Vec<_>>(), "{parameters}");
        assert_eq!(places.len(), oracle.answer(&filter, false).len());
        for (row, served) in rows.iter().zip(&places) {
            let place = oracle.place(&row["id"]);
            // What the seed says, cell for cell.
            for column in [
                "name",
                "alternative_names",
                "kind",
                "kind_basis",
                "status",
                "last_confirmed",
                "settlement",
                "street",
                "house_number",
                "postcode",
                "cultural_programme",
                "legal_form",
                "founded_year",
                "run_by",
                "opening_hours",
                "wheelchair_accessible",
                "website",
                "updated_at",
            ] {
                assert_eq!(row[column], place.row[column], "{} {column}", row["id"]);
            }
            let set = |list: &str| -> BTreeSet<String> { list.split('|').map(str::to_owned).collect() };
            assert_eq!(set(&row["facilities"]), set(&place.row["facilities"]));
            assert_eq!(set(&row["activities"]), set(&place.row["activities"]));
            let number = |cell: &str| cell.parse::<f64>().unwrap();
            let at = place.at.unwrap();
            assert_eq!((number(&row["lon"]), number(&row["lat"])), (at.lon, at.lat));
            let rd = &served["location"]["rd"];
            assert!((number(&row["rd_x"]) - rd["x"].as_f64().unwrap()).abs() <= 0.06, "{row:?}");
            assert!((number(&row["rd_y"]) - rd["y"].as_f64().unwrap()).abs() <= 0.06, "{row:?}");
            assert_eq!(row["location_precision"], place.row["precision"]);
            assert_eq!(number(&row["uncertainty_radius_m"]), number(&place.row["uncertainty_radius"]));
            assert_eq!(row["municipality_code"], place.row["municipality"]);
            let named = municipalities["municipalities"].as_array().unwrap().iter();
            assert!(
                named
                    .clone()
                    .any(|one| one["code"] == *row["municipality_code"] && one["name"] == *row["municipality"])
            );
            let sources = served["sources"].as_array().unwrap().iter();
            let told: Vec<&str> =
                sources.map(|source| source["url"].as_str().or(source["title"].as_str()).unwrap()).collect();
            assert_eq!(row["sources"], told.join("|"));
            // Those of the layers of its own sources, side by side.
            let terms: BTreeSet<(&str, &str)> = row["licence"].split('|').zip(row["attribution"].split('|')).collect();
            assert_eq!(row["licence"].split('|').count(), row["attribution"].split('|').count(), "{row:?}");
            let key = row["id"].trim_start_matches("place:");
            let of_sources = links.iter().filter(|link| link["place"] == key).map(|link| {
                let source = sources_of_seed.iter().find(|source| source["id"] == link["source"]).unwrap();
                let layer = layers.iter().find(|layer| layer["layer"] == source["layer"]).unwrap();
                (layer["licence"].as_str(), layer["attribution"].as_str())
            });
            assert_eq!(terms, of_sources.collect(), "{row:?}");
            assert_eq!(row["edition"], edition);
        }
    }
}

#[tokio::test]
async fn a_kind_is_labelled_in_dutch_in_the_csv() {
    let app = TestApp::shared().await;
    let labels = seed_csv("vocabularies.csv");
    let text = app.get("/places.csv").await.text().await.unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.deserialize::<Row>().map(Result::unwrap) {
        let label = labels.iter().find(|label| label["vocabulary"] == "PlaceKind" && label["value"] == row["kind"]);
        // The row without a term has the label of the vocabulary itself.
        let expected = if row["kind"].is_empty() { "" } else { &label.unwrap()["label_nl"] };
        assert_eq!(row["kind_label"], expected);
    }
}

#[tokio::test]
async fn the_geojson_has_the_places_of_the_query_with_sources_licences_and_edition() {
    let app = TestApp::shared().await;
    let edition = edition(&app).await;
    let layers = seed_csv("layers.csv");
    for (parameters, filter) in cases() {
        let response = app.get(&format!("/places.geojson{parameters}")).await;
        assert_eq!(response.status(), StatusCode::OK, "{parameters}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/geo+json");
        let text = response.text().await.unwrap();
        let collection: geojson::FeatureCollection = text.parse().unwrap();
        let places = listed(&app, &filter).await;
        let ids: Vec<Value> =
            collection.features.iter().map(|feature| serde_json::to_value(&feature.id).unwrap()).collect();
        assert_eq!(ids, places.iter().map(|place| place["id"].clone()).collect::<Vec<_>>(), "{parameters}");
        let whole: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(whole["edition"], edition);
        // The layers of the sources of what is in it, and no others.
        let sources = seed_csv("sources.csv");
        let layer_of = |url_or_title: &Value| -> String {
            let is_it = |row: &&Row| [&row["url"], &row["title"]].iter().any(|text| url_or_title == text.as_str());
            sources.iter().find(is_it).unwrap()["layer"].clone()
        };
        let named = |source: &Value| layer_of(if source["url"].is_null() { &source["title"] } else { &source["url"] });
        let of_places: BTreeSet<String> =
            places.iter().flat_map(|place| place["sources"].as_array().unwrap()).map(named).collect();
        let layers: Vec<_> = layers.iter().filter(|row| of_places.contains(&row["layer"])).collect();
        let licences: Vec<Value> = layers
            .iter()
            .map(|row| {
                let url = Some(row["licence_url"].as_str()).filter(|url| !url.is_empty());
                json!({ "layer": row["title"], "licence": row["licence"], "url": url })
            })
            .collect();
        assert_eq!(whole["licences"], json!(licences));
        let attributions: Vec<&str> = layers.iter().map(|row| row["attribution"].as_str()).collect();
        assert_eq!(whole["attribution"], json!(attributions));
        for (feature, place) in whole["features"].as_array().unwrap().iter().zip(&places) {
            let sources = feature["properties"]["sources"].as_array().unwrap();
            assert_eq!(json!(sources), place["sources"]);
        }
    }
}

#[tokio::test]
async fn a_download_needs_no_statement() {
    let app = TestApp::start().await;
    for path in ["/places.csv", "/places.geojson"] {
        let before = app.statements();
        app.get(path).await.bytes().await.unwrap();
        assert_eq!(app.statements() - before, 0, "{path}");
    }
}

#[tokio::test]
async fn a_wrong_parameter_is_a_problem_that_says_what_would_be_right() {
    let app = TestApp::shared().await;
    let mut told = Vec::new();
    for parameters in [
        "?gemeente=Zwolle",
        "?municipality=Amsterdam",
        "?municipality=GM0363",
        "?bbox=6.0,52.4,6.4,52.6&bbox=6.0,52.4,6.4,52.6",
        "?kind=kerk",
        "?facility=zwembad",
        "?bbox=6.0,52.4,6.4",
        "?bbox=52.4,6.0,52.65,6.4",
        "?bbox=6.4,52.4,6.0,52.65",
        "?bbox=noord",
        "?municipality=%FF",
        "?without=openstreetmap",
        "?without=openstreetmap&without=polling-places",
        "?without=openstreetmap&edition=2026-11-30-2f7330b9f63e",
    ] {
        let mut both = Vec::new();
        for path in ["/places.csv", "/places.geojson"] {
            let response = app.get(&format!("{path}{parameters}")).await;
            assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{parameters}");
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
            let problem: Value = response.json().await.unwrap();
            assert_eq!((&problem["status"], &problem["title"]), (&json!(400), &json!("Bad Request")));
            both.push(problem["detail"].as_str().unwrap().to_owned());
        }
        assert_eq!(both[0].replace("or format", "or crs"), both[1]);
        told.push(both.remove(0));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
        `gemeente` is not a parameter here; use municipality, settlement, kind, facility, activity, status, bbox, near, postcode, radius, text, edition, without or format
        `Amsterdam` is not one of the 25 municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle
        `GM0363` is not one of the 25 municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle
        `bbox` is given twice; name one
        `kerk` is not a value of `kind`; there are KULTURHUS, DORPSHUIS, BUURTHUIS, WIJKCENTRUM, MFA, GEMEENSCHAPSHUIS and OVERIG
        `zwembad` is not a value of `facility`; there are SPORT, BIBLIOTHEEK, FILMHUIS, MUZIEKONDERWIJS, THEATER, HORECA, WELZIJNSWERK, VLUCHTELINGENWERK, VERGADERRUIMTES, GGD, KINDEROPVANG, BSO, MAATSCHAPPELIJK_WERK, CONSULTATIEBUREAU, DAGBESTEDING, VERLOSKUNDIGEN, HUISKAMER_VAN_DE_WIJK and THUISZORG
        `bbox` is `6.0,52.4,6.4`; expected west,south,east,north in degrees, such as 6.0,52.4,6.4,52.6
        the box looks swapped; send west 6, south 52.4, east 6.4, north 52.65
        the box has west 6.4 and east 6; west must not be more than east
        `bbox` is `noord`; expected west,south,east,north in degrees, such as 6.0,52.4,6.4,52.6
        `�` is not one of the 25 municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle
        `openstreetmap` is not a layer that can be left out; no import has brought one yet
        `without` is given twice; name one
        `without` and `edition` do not go together: what each source says is kept of the newest edition only
    ");
}

#[tokio::test]
async fn a_download_that_is_known_is_not_sent_again() {
    let app = TestApp::shared().await;
    for path in ["/places.csv", "/places.geojson?kind=MFA", "/schema.graphql", "/"] {
        let first = app.get(path).await;
        let tag = first.headers()[header::ETAG].clone();
        assert_eq!(first.headers()[header::VARY], "Accept-Encoding");
        let again =
            app.client.get(format!("{}{path}", app.url)).header(header::IF_NONE_MATCH, &tag).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(again.headers()[header::ETAG], tag);
        assert!(again.bytes().await.unwrap().is_empty());
        let other = app
            .client
            .get(format!("{}{path}", app.url))
            .header(header::IF_NONE_MATCH, "\"other\"")
            .send()
            .await
            .unwrap();
        assert_eq!(other.status(), StatusCode::OK, "{path}");
    }
    let (all, some) = (app.get("/places.csv").await, app.get("/places.csv?kind=MFA").await);
    assert_ne!(all.headers()[header::ETAG], some.headers()[header::ETAG]);
}

#[tokio::test]
async fn a_large_answer_is_compressed_for_whoever_reads_gzip() {
    let app = TestApp::shared().await;
    for path in ["/places.csv", "/places.geojson", "/schema.graphql", "/"] {
        let plain = app.get(path).await;
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING), "{path}");
        let tag = plain.headers()[header::ETAG].clone();
        let plain = plain.bytes().await.unwrap();
        let request = app.client.get(format!("{}{path}", app.url)).header(header::ACCEPT_ENCODING, "gzip");
        let packed = request.send().await.unwrap();
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip", "{path}");
        assert_ne!(packed.headers()[header::ETAG], tag, "another representation has another tag");
        let packed = packed.bytes().await.unwrap();
        assert!(packed.len() < plain.len() / 2, "{path}: {} of {}", packed.len(), plain.len());
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(packed.as_ref()).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain, "{path}");
    }
}
