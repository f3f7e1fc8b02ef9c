//! Files of every collection: the same rows in every format, typed where the format has types, and text where it is text.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use flate2::read::GzDecoder;
use reqwest::{StatusCode, header};
use sea_orm::sqlx::{self, ConnectOptions as _, sqlite::SqliteConnectOptions};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{oracle::Row, support::TestApp};

const WITH_GEOMETRY: [&str; 4] = ["places", "municipalities", "settlements", "neighbourhoods"];
const TABLES: [&str; 6] = ["policies", "policy-grounds", "policy-documents", "survey", "sources", "layers"];

async fn csv_rows(app: &TestApp, path: &str) -> Vec<Row> {
    let response = app.get(path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let text = response.text().await.unwrap();
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

async fn workbook(app: &TestApp, path: &str) -> Xlsx<Cursor<Vec<u8>>> {
    let response = app.get(path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    Xlsx::new(Cursor::new(response.bytes().await.unwrap().to_vec())).unwrap()
}

#[tokio::test]
async fn every_collection_has_the_same_rows_in_every_format_and_no_cell_is_a_formula() {
    let app = TestApp::shared().await;
    for name in WITH_GEOMETRY.into_iter().chain(TABLES) {
        let rows = csv_rows(&app, &format!("/{name}.csv")).await;
        assert!(!rows.is_empty(), "{name}");
        let mut book = workbook(&app, &format!("/{name}.xlsx?lang=en")).await;
        let sheets = book.sheet_names();
        assert_eq!((sheets.len(), sheets[1].as_str()), (2, "Sources and edition"));
        let sheet = book.worksheet_range(&sheets[0]).unwrap();
        let ids: Vec<String> = sheet.rows().skip(1).map(|row| row[0].to_string()).collect();
        assert_eq!(ids, rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>(), "{name}");
        for sheet in &sheets {
            assert!(book.worksheet_formula(sheet).unwrap().is_empty(), "{name}: {sheet}");
        }
        let about = book.worksheet_range(&sheets[1]).unwrap();
        let told: Vec<String> = about.rows().flatten().map(ToString::to_string).collect();
        if let Some(edition) = rows[0].get("edition") {
            assert!(
                told.contains(edition)
                    && told.iter().any(|text| text.contains("CC-BY-4.0") || text.contains("cited-facts")),
                "{name}"
            );
        }
        if WITH_GEOMETRY.contains(&name) {
            let layer: Value = app.get(&format!("/{name}.geojson")).await.json().await.unwrap();
            let features = layer["features"].as_array().unwrap();
            let found: Vec<&str> = features.iter().map(|feature| feature["id"].as_str().unwrap()).collect();
            assert_eq!(found, ids, "{name}");
            assert_eq!(layer["edition"], rows[0]["edition"].as_str());
            assert!(features.iter().all(|feature| !feature["geometry"].is_null()), "{name}");
        }
    }
}

#[tokio::test]
async fn cells_of_a_workbook_are_typed_in_the_language_that_is_asked() {
    let app = TestApp::shared().await;
    for (path, kind, facility, heading) in [
        ("/places.xlsx", "Buurthuis", "Huiskamer van de wijk", "huisnummer"),
        ("/places.xlsx?lang=en", "Neighbourhood house", "Neighbourhood living room", "house number"),
    ] {
        let mut book = workbook(&app, path).await;
        let first = book.sheet_names()[0].clone();
        let sheet = book.worksheet_range(&first).unwrap();
        let headings: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
        let at = |heading: &str| headings.iter().position(|one| one == heading).unwrap();
        let row = sheet.rows().find(|row| row[0] == "place:buurtkamer-de-riet-almelo").unwrap();
        assert_eq!(row[3], *kind);
        let facilities = row[19].to_string();
        assert!(facilities.split("; ").any(|one| one.eq_ignore_ascii_case(facility)), "{facilities}");
        let number = at(heading);
        let hyphen = sheet.rows().find(|row| row[0] == "place:de-cirkel-nijverdal").unwrap();
        assert_eq!(hyphen[number], Data::String("15-11".to_owned()));
        assert!(sheet.rows().skip(1).all(|row| matches!(row[number], Data::String(_) | Data::Empty)));
        // Longitude, metres, a day.
        assert!(matches!((&row[13], &row[15]), (Data::Float(lon), Data::Float(x)) if *lon > 5.0 && *x > 180_000.0));
        let days = if heading == "huisnummer" { "bevestigd vanaf" } else { "confirmed from" };
        assert!(matches!(row[at(days)], Data::DateTime(_)), "{:?}", row[at(days)]);
    }
}

#[tokio::test]
async fn the_dutch_csv_has_semicolons_decimal_commas_and_keeps_a_house_number_text() {
    let app = TestApp::shared().await;
    let text = app.get("/places.csv?format=nl&municipality=hellendoorn").await.text().await.unwrap();
    let text = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let rows: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| row["id"] == "place:de-cirkel-nijverdal").unwrap();
    assert_eq!((row["huisnummer"].as_str(), row["lengtegraad"].as_str()), ("\u{2060}15-11", "6,467551"));
    assert_eq!((row["soort"].as_str(), row["voorzieningen"].as_str()), ("Overig", "Welzijnswerk"));
    assert!(rows.iter().all(|row| row["gemeente"] == "Hellendoorn"));
    let refused = app.get("/places.csv?format=nl&lang=en").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_municipality_selects_rows_and_a_system_places_them() {
    let app = TestApp::shared().await;
    let data = app
        .graphql(
            "{ municipality(by: { code: \"GM0148\" }) { boundary(crs: RD) settlements { id } policy { documents { title } } } }",
            json!({}),
        )
        .await;
    let dalfsen = &data["municipality"];
    let ids = |rows: &[Row]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    let settlements: Vec<String> = serde_json::from_value(
        dalfsen["settlements"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect(),
    )
    .unwrap();
    assert_eq!(ids(&csv_rows(&app, "/settlements.csv?municipality=dalfsen").await), settlements);
    let documents = csv_rows(&app, "/policy-documents.csv?municipality=GM0148").await;
    assert_eq!(documents.len(), dalfsen["policy"]["documents"].as_array().unwrap().len());
    assert_eq!(ids(&csv_rows(&app, "/municipalities.csv?municipality=Dalfsen").await), ["municipality:GM0148"]);

    let layer: Value = app.get("/municipalities.geojson?municipality=GM0148&crs=28992").await.json().await.unwrap();
    assert_eq!(layer["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::28992");
    assert_eq!(layer["features"][0]["geometry"], dalfsen["boundary"]);
}

#[tokio::test]
async fn a_file_says_what_it_is_and_gives_parts_of_itself() {
    let app = TestApp::shared().await;
    for (path, media_type, name) in [
        ("/settlements.fgb?municipality=GM0148", "application/flatgeobuf", "settlements.fgb"),
        ("/policies.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "policies.xlsx"),
        ("/neighbourhoods.geojson", "application/geo+json", "neighbourhoods.geojson"),
        ("/survey.csv", "text/csv; charset=utf-8; header=present", "survey.csv"),
    ] {
        let response = app.get(path).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], media_type);
        assert!(response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().contains(name), "{path}");
        assert_eq!(response.headers()[header::ACCEPT_RANGES], "bytes");
        let whole = response.bytes().await.unwrap();
        let part =
            app.client.get(format!("{}{path}", app.url)).header(header::RANGE, "bytes=4-11").send().await.unwrap();
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT, "{path}");
        assert_eq!(part.bytes().await.unwrap(), whole[4..12]);
    }
    let fgb = app.get("/places.fgb").await.bytes().await.unwrap();
    assert_eq!(&fgb[..3], b"fgb");
    // Nothing selected is a layer too.
    assert!(app.get("/places.fgb?bbox=6,52,6.0001,52.0001").await.bytes().await.unwrap().starts_with(b"fgb"));
}

#[tokio::test]
async fn a_geopackage_has_every_collection_with_its_rows_in_rd_new() {
    let app = TestApp::shared().await;
    let response = app.get("/noaber.gpkg").await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/geopackage+sqlite3");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), response.bytes().await.unwrap()).unwrap();
    let mut db = SqliteConnectOptions::new().filename(file.path()).read_only(true).connect().await.unwrap();
    /// Its name, what it is, its system, and two sides of it.
    type Content = (String, String, Option<i32>, Option<f64>, Option<f64>);
    let contents: Vec<Content> =
        sqlx::query_as("SELECT table_name, data_type, srs_id, min_x, max_y FROM gpkg_contents")
            .fetch_all(&mut db)
            .await
            .unwrap();
    // Activities are none in the seed, and a table all the same.
    assert_eq!(contents.len(), WITH_GEOMETRY.len() + TABLES.len() + 1);
    for (table, kind, system, min_x, max_y) in contents {
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")));
        let count: i64 = count.fetch_one(&mut db).await.unwrap();
        let name = table.replace('_', "-");
        if name == "activities" {
            assert_eq!((kind.as_str(), count, min_x), ("features", 0, None));
            continue;
        }
        assert_eq!(count as usize, csv_rows(&app, &format!("/{name}.csv")).await.len(), "{name}");
        let has_geometry = WITH_GEOMETRY.contains(&name.as_str());
        assert_eq!(
            (kind.as_str(), system),
            if has_geometry { ("features", Some(28992)) } else { ("attributes", None) }
        );
        if has_geometry {
            assert!(min_x.is_some_and(|x| x > 180_000.0) && max_y.is_some_and(|y| y < 545_000.0), "{name}");
        }
    }
}

#[tokio::test]
async fn what_stands_in_a_file_is_served_as_what_is_in_memory_is() {
    let app = TestApp::shared().await;
    let get = |name: header::HeaderName, value: &str| {
        app.client.get(format!("{}/noaber.gpkg", app.url)).header(name, value).send()
    };
    let response = app.get("/noaber.gpkg").await;
    let tag = response.headers()[header::ETAG].to_str().unwrap().to_owned();
    let length = response.headers()[header::CONTENT_LENGTH].clone();
    let whole = response.bytes().await.unwrap();
    assert_eq!(length.to_str().unwrap(), whole.len().to_string());
    let hex: String = Sha256::digest(&whole).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(tag, format!("\"{hex}\""));

    let head = app.client.head(format!("{}/noaber.gpkg", app.url)).send().await.unwrap();
    assert_eq!((&head.headers()[header::CONTENT_LENGTH], head.status().as_u16()), (&length, 200));
    assert!(head.bytes().await.unwrap().is_empty());

    for (range, expected) in [
        ("bytes=0-15", &whole[..16]),
        ("bytes=70000-200000", &whole[70_000..=200_000]),
        ("bytes=-5", &whole[whole.len() - 5..]),
    ] {
        let part = get(header::RANGE, range).await.unwrap();
        assert_eq!(part.status(), 206, "{range}");
        assert!(part.bytes().await.unwrap() == expected, "{range}");
    }
    assert_eq!(get(header::RANGE, &format!("bytes={}-", whole.len())).await.unwrap().status(), 416);
    assert_eq!(get(header::IF_NONE_MATCH, &tag).await.unwrap().status(), 304);

    let packed = get(header::ACCEPT_ENCODING, "gzip").await.unwrap();
    assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
    let told: usize = packed.headers()[header::CONTENT_LENGTH].to_str().unwrap().parse().unwrap();
    let packed = packed.bytes().await.unwrap();
    assert!(packed.len() == told && told < whole.len());
    let mut unpacked = Vec::new();
    GzDecoder::new(&packed[..]).read_to_end(&mut unpacked).unwrap();
    assert!(unpacked == whole);
}

#[tokio::test]
async fn coverage_by_settlement_adds_up_to_the_two_bounds_of_the_query() {
    let app = TestApp::shared().await;
    let query = "query ($distance: Float!, $places: PlaceFilter, $area: AreaInput) {
        coverage(maxDistance: $distance, places: $places, area: $area) {
            population atLeast { populationCovered } atMost { populationCovered }
        }
    }";
    for (parameters, variables) in [
        ("", json!({ "distance": 2000 })),
        (
            "?distance=3500&facility=bibliotheek",
            json!({ "distance": 3500, "places": { "facilities": { "any": ["BIBLIOTHEEK"] } } }),
        ),
        ("?distance=1000&municipality=GM0148", json!({ "distance": 1000, "area": { "municipalities": ["GM0148"] } })),
    ] {
        let told = &app.graphql(query, variables).await["coverage"];
        let rows = csv_rows(&app, &format!("/coverage.csv{parameters}")).await;
        let people = |is_meant: &dyn Fn(&Row) -> bool| {
            let own = rows.iter().filter(|row| is_meant(row)).map(|row| row["population"].parse::<f64>().unwrap());
            own.sum::<f64>().round()
        };
        let figures =
            [people(&|_| true), people(&|row| row["status"] == "COVERED"), people(&|row| row["status"] != "UNCOVERED")];
        let expected =
            [&told["population"], &told["atLeast"]["populationCovered"], &told["atMost"]["populationCovered"]];
        assert_eq!(figures, expected.map(|figure| figure.as_f64().unwrap()), "{parameters}");
        for row in &rows {
            let bounds = ["distance_at_least", "distance_at_most"].map(|bound| row[bound].parse::<f64>().ok());
            assert!(bounds[0].zip(bounds[1]).is_none_or(|(least, most)| least <= most), "{row:?}");
        }
    }
    let layer: Value = app.get("/coverage.geojson?distance=2000&crs=28992").await.json().await.unwrap();
    assert!(layer["features"].as_array().unwrap().iter().all(|feature| !feature["geometry"].is_null()));
    let refused = app.get("/coverage.csv?distance=0").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert!(refused.text().await.unwrap().contains("`distance` is `0`; expected more than 0 and at most"));
}
