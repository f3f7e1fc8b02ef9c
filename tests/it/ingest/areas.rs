//! Areas with the real program: wijken, buurten and borders as CBS has them, settlements as Kadaster has them.
//!
//! The GeoPackage is made here, by its specification; the figures of its squares are known without computing. On PostgreSQL
//! where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use std::{fs, io::Write as _, path::Path};

use flate2::{Compression, write::GzEncoder};
use geo::{Area as _, CoordsIter as _};
use noaber::{
    edition::Edition,
    model::{Facts, Municipality, Neighbourhood, Settlement, vocabulary::NeighbourhoodLevel},
    spatial::{Rd, Region, Wgs84, crs, geojson::parse_area},
};
use sea_orm::sqlx::{
    ConnectOptions as _, Executor as _, SqliteConnection, query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};
use serde_json::{Value, json};

use crate::desk::{Desk, ending};

/// An area of a GeoPackage: its columns as text, and its rectangle in RD metres.
type Row<'a> = (&'a [(&'a str, &'a str)], Option<[f64; 4]>);

async fn geopackage(path: &Path, layers: &[(&str, &[Row<'_>])]) {
    let _ = fs::remove_file(path);
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut db: SqliteConnection =
        options.journal_mode(SqliteJournalMode::Delete).connect().await.expect("a file can be made");
    const TABLES: &str = "PRAGMA application_id = 1196444487;
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
            organization_coordsys_id INTEGER, definition TEXT, description TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES ('Amersfoort / RD New', 100000, 'EPSG', 28992, 'undefined', NULL);
        CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
            last_change DATETIME, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
            srs_id INTEGER, z TINYINT, m TINYINT);";
    db.execute(TABLES).await.expect("the tables of a GeoPackage");
    for (layer, rows) in layers {
        let columns: Vec<&str> = rows[0].0.iter().map(|(name, _)| *name).collect();
        let statement = format!(
            "CREATE TABLE \"{layer}\" (fid INTEGER PRIMARY KEY, \"geom\" BLOB, {} TEXT);
             INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES ('{layer}', 'features', 100000);
             INSERT INTO gpkg_geometry_columns VALUES ('{layer}', 'geom', 'MULTIPOLYGON', 100000, 0, 0);",
            columns.join(" TEXT, ")
        );
        db.execute(sea_orm::sqlx::AssertSqlSafe(statement)).await.expect("a layer");
        for (values, rectangle) in *rows {
            let marks = ", ?".repeat(columns.len());
            let statement = format!("INSERT INTO \"{layer}\" (geom, {}) VALUES (?{marks})", columns.join(", "));
            let mut statement = query(sea_orm::sqlx::AssertSqlSafe(statement)).bind(rectangle.map(geometry));
            for (_, value) in *values {
                statement = statement.bind(Some(*value).filter(|value| !value.is_empty()));
            }
            statement.execute(&mut db).await.expect("a row");
        }
    }
    sea_orm::sqlx::Connection::close(db).await.expect("the file closes");
}

/// A rectangle as a MultiPolygon of one, with its envelope.
fn geometry([west, south, east, north]: [f64; 4]) -> Vec<u8> {
    let mut bytes = b"GP\0\x03".to_vec();
    bytes.extend(100_000_i32.to_le_bytes());
    [west, east, south, north].into_iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    bytes.extend([1, 6, 0, 0, 0, 1, 0, 0, 0]);
    bytes.extend([1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0]);
    for (x, y) in [(west, south), (west, north), (east, north), (east, south), (west, south)] {
        [x, y].into_iter().for_each(|number: f64| bytes.extend(number.to_le_bytes()));
    }
    bytes
}

fn region(text: &str) -> Region {
    Region::new(parse_area(&serde_json::from_str(text).expect("JSON"), usize::MAX).expect("a valid area"))
}

fn area_m2(text: &str) -> f64 {
    crs::to_rd(region(text).polygons()).unsigned_area()
}

fn municipality<'a>(facts: &'a Facts, code: &str) -> &'a Municipality {
    facts.municipalities.iter().find(|known| known.code.as_str() == code).expect("one of ours")
}

fn neighbourhood<'a>(facts: &'a Facts, code: &str) -> Option<&'a Neighbourhood> {
    facts.neighbourhoods.iter().find(|known| known.code.as_str() == code)
}

fn settlement<'a>(facts: &'a Facts, id: &str) -> Option<&'a Settlement> {
    facts.settlements.iter().find(|known| known.id == format!("NL.TOP10NL.{id}"))
}

fn reference<'a>(facts: &'a Facts, layer: &str) -> Option<&'a str> {
    facts.layers.iter().find(|known| known.key == layer)?.reference_date.as_ref().map(|date| date.as_str())
}

/// The Kulturhus of Dalfsen, by its address.
const TREFKOELE: &str = "kulturhus-trefkoele-dalfsen";

/// So many metres around the Kulturhus.
fn around(facts: &Facts, metres: f64) -> [f64; 4] {
    let place = facts.places.iter().find(|place| place.key == TREFKOELE).expect("it is in the seed");
    let at = place.location.as_ref().expect("it is located");
    let Rd { x, y } = Wgs84 { lon: at.lon, lat: at.lat }.to_rd();
    [x - metres, y - metres, x + metres, y + metres]
}

const EMPTY: [f64; 4] = [121_000.0, 487_000.0, 122_000.0, 488_000.0];

/// A map of two wijken and three buurten in Dalfsen, one in Amsterdam, one of water and one of a municipality that is gone.
async fn map(path: &Path, facts: &Facts, year: &str, last: bool) {
    let square = around(facts, 1_000.0);
    let [west, south, east, north] = square;
    let next = [east, south, east + 500.0, north];
    let wijk = |code, name, gemeente, water, inwoners| {
        [
            ("wijkcode", code),
            ("wijknaam", name),
            ("gemeentecode", gemeente),
            ("water", water),
            ("aantal_inwoners", inwoners),
            ("jaar", year),
        ]
    };
    let buurt = |code, name, gemeente, water, inwoners| {
        [
            ("BU_CODE", code),
            ("BU_NAAM", name),
            ("GM_CODE", gemeente),
            ("WATER", water),
            ("AANT_INW", inwoners),
            ("jrstatcode", year),
        ]
    };
    let wijken = [
        wijk("WK014800", "Wijk 00 Dalfsen", "GM0148", "NEE", "10005"),
        wijk("WK014801", "Wijk 01 Rand", "GM0148", "NEE", "-99997"),
        wijk("WK036300", "Centrum", "GM0363", "NEE", "86000"),
        wijk("WK014300", "Avereest", "GM0143", "NEE", "1"),
    ];
    let buurten = [
        buurt("BU01480000", "Dalfsen-Kern", "GM0148", "NEE", "7550"),
        buurt("BU01480001", "De Rand", "GM0148", "NEE", "-99999999"),
        buurt("BU01480099", "Vecht", "GM0148", "JA", "0"),
        buurt("BU03630000", "Kop Zeedijk", "GM0363", "NEE", "900"),
        buurt("BU01480100", "Rand-Oost", "GM0148", "NEE", ""),
    ];
    let of_wijken: Vec<Row<'_>> =
        wijken.iter().map(|row| &row[..]).zip([Some(square), Some(next), Some(EMPTY), Some(EMPTY)]).collect();
    let of_buurten: Vec<Row<'_>> = buurten
        .iter()
        .map(|row| &row[..])
        .zip([
            Some([west, south, east, north - 400.0]),
            Some([west, north - 400.0, east, north]),
            Some(square),
            Some(EMPTY),
            Some(next),
        ])
        .take(if last { 5 } else { 4 })
        .collect();
    geopackage(path, &[("wijken", &of_wijken), ("buurten", &of_buurten)]).await;
}

#[tokio::test]
async fn wijken_and_buurten_come_in_once_and_are_replaced_as_a_whole() {
    let desk = Desk::without_wijken().await;
    desk.done(&["migrate"]);
    desk.done(&["editions"]);
    let seed = noaber::seed::read().unwrap();
    map(&desk.path("wbk.gpkg"), &seed, "2024", true).await;

    let trial = desk.done(&["ingest", "cbs-areas", "wbk.gpkg", "--dry-run"]);
    assert!(ending(&trial).starts_with("Proef"), "{trial}");
    assert!(desk.facts().await.neighbourhoods.is_empty());
    let out = desk.done(&["ingest", "cbs-areas", "wbk.gpkg"]);
    for line in [
        "Rijen: 5, niet overgenomen: 0.",
        "Wijken: nieuw 2, gewijzigd 0, verdwenen 0, gelijk gebleven 0.",
        "Buurten: nieuw 3, gewijzigd 0, verdwenen 0, gelijk gebleven 0.",
    ] {
        assert!(out.lines().any(|other| other == line), "{line}\n{out}");
    }
    assert!(out.contains("GM0143 was een gemeente in Overijssel") && !out.contains("[municipality-missing]"), "{out}");
    let facts = desk.facts().await;
    let codes: Vec<&str> = facts.neighbourhoods.iter().map(|known| known.code.as_str()).collect();
    assert_eq!(codes, ["BU01480000", "BU01480001", "BU01480100", "WK014800", "WK014801"]);
    let kern = neighbourhood(&facts, "BU01480000").unwrap();
    assert_eq!(
        (kern.name.as_str(), kern.level, kern.population),
        ("Dalfsen-Kern", NeighbourhoodLevel::Buurt, Some(7_550))
    );
    // 2,000 by 1,600 metres, to a ten-thousandth.
    assert!((area_m2(&kern.boundary) / 3_200_000.0 - 1.0).abs() < 1e-4, "{}", area_m2(&kern.boundary));
    assert_eq!(neighbourhood(&facts, "BU01480001").unwrap().population, None, "not known is not negative");
    assert_eq!(neighbourhood(&facts, "WK014801").unwrap().population, None);
    assert_eq!(reference(&facts, "neighbourhoods"), Some("2024"));
    let mut others = desk_seed();
    others.neighbourhoods.clear();
    others.sources.retain(|source| source.layer != "neighbourhoods");
    assert_eq!(
        Facts { neighbourhoods: Vec::new(), layers: seed.layers.clone(), ..facts.clone() },
        others,
        "nothing else changed"
    );

    let again = desk.done(&["ingest", "cbs-areas", "wbk.gpkg"]);
    assert_eq!(ending(&again), "Er is niets veranderd; de editie blijft dezelfde.");

    // A year later one buurt is gone, and no other municipality is touched.
    map(&desk.path("later.gpkg"), &seed, "2025", false).await;
    let later = desk.done(&["ingest", "cbs-areas", "later.gpkg"]);
    assert!(later.contains("nieuw 0, gewijzigd 0, verdwenen 1, gelijk gebleven 2."), "{later}");
    assert!(later.contains("BU01480100 Rand-Oost"), "{later}");
    let facts = desk.facts().await;
    assert_eq!((facts.neighbourhoods.len(), reference(&facts, "neighbourhoods")), (4, Some("2025")));

    let older = desk.run(&["ingest", "cbs-areas", "wbk.gpkg"]);
    assert_eq!(older.code, Some(1), "{}", older.out);
    assert!(older.out.contains("[older-areas]") && desk.facts().await == facts, "{}", older.out);
    assert!(!older.out.contains("plekken"), "no place was counted: {}", older.out);
    assert!(older.out.contains("laag “Wijken en buurten (CBS Wijk- en Buurtkaart)”"), "{}", older.out);
}

#[tokio::test]
async fn the_wijken_of_a_map_take_the_place_of_those_of_the_seed() {
    let desk = Desk::new().await;
    let seed = desk_seed();
    let own = |facts: &Facts| -> Vec<String> {
        let of_dalfsen = facts.neighbourhoods.iter().filter(|area| area.municipality.as_str() == "GM0148");
        of_dalfsen.map(|area| area.code.to_string()).collect()
    };
    let others = |facts: &Facts| -> Vec<Neighbourhood> {
        facts.neighbourhoods.iter().filter(|area| area.municipality.as_str() != "GM0148").cloned().collect()
    };
    // An older map than that of the seed is not taken.
    map(&desk.path("older.gpkg"), &seed, "2023", true).await;
    let older = desk.run(&["ingest", "cbs-areas", "older.gpkg"]);
    assert!(older.code == Some(1) && older.out.contains("[older-areas]"), "{}", older.out);
    assert_eq!(desk.facts().await, seed);
    // A newer one replaces the wijken of its municipality, brings its buurten, and leaves the others.
    map(&desk.path("newer.gpkg"), &seed, "2025", true).await;
    let out = desk.done(&["ingest", "cbs-areas", "newer.gpkg"]);
    let (was, now) = (own(&seed), desk.facts().await);
    let gone = was.iter().filter(|code| !["WK014800", "WK014801"].contains(&code.as_str())).count();
    assert!(out.contains(&format!("verdwenen {gone}, gelijk gebleven 0.")), "{out}");
    assert_eq!(own(&now), ["BU01480000", "BU01480001", "BU01480100", "WK014800", "WK014801"]);
    assert_eq!(others(&now), others(&seed));
    assert_eq!(reference(&now, "neighbourhoods"), Some("2024"), "as old as the oldest part");
    assert!(out.contains("[layer-of-several-dates]"), "{out}");
}

/// GeoJSON of wijken or buurten, each with its code, year and geometry.
fn features(rows: &[(&str, i32, Value)]) -> String {
    let feature = |(code, year, geometry): &(&str, i32, Value)| {
        let level = if code.starts_with("WK") { "wijk" } else { "buurt" };
        let properties = json!({ (format!("{level}code")): code, (format!("{level}naam")): "Nieuw", "jaar": year });
        json!({ "type": "Feature", "properties": properties, "geometry": geometry })
    };
    json!({ "type": "FeatureCollection", "features": rows.iter().map(feature).collect::<Vec<_>>() }).to_string()
}

/// A square with this corner.
fn square(west: f64, south: f64, side: f64) -> Value {
    let (east, north) = (west + side, south + side);
    json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
}

#[tokio::test]
async fn a_row_that_was_refused_makes_nothing_go_and_a_file_of_such_rows_changes_nothing() {
    let desk = Desk::without_wijken().await;
    map(&desk.path("wbk.gpkg"), &noaber::seed::read().unwrap(), "2024", true).await;
    desk.done(&["ingest", "cbs-areas", "wbk.gpkg"]);
    let before = desk.facts().await;
    // RD metres, and no word of it.
    let metres = square(215_000.0, 503_000.0, 500.0);
    let rows = ["BU01480007", "WK014807", "WK014808"].map(|code| (code, 2025, metres.clone()));
    desk.write("rd.geojson", features(&rows));
    let refused = desk.run(&["ingest", "cbs-areas", "rd.geojson"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(refused.out.contains("Rijen: 3, niet overgenomen: 3."), "{}", refused.out);
    assert_eq!(ending(&refused.out), "Er is niets veranderd; de editie blijft dezelfde.");
    assert!(desk.facts().await == before);

    // One buurt is good, one is refused, one has a code that is none; the other municipality is whole.
    let good = |west| square(west, 52.5, 0.01);
    desk.write("zwolle.geojson", features(&[("BU01930000", 2024, good(6.08)), ("BU01930001", 2024, good(6.1))]));
    desk.done(&["ingest", "cbs-areas", "zwolle.geojson"]);
    desk.write(
        "part.geojson",
        features(&[
            ("BU01480000", 2024, good(6.2)),
            ("BU01480001", 2024, Value::Null),
            ("BU01930000", 2024, good(6.08)),
        ]),
    );
    let part = desk.done(&["ingest", "cbs-areas", "part.geojson"]);
    assert!(part.contains("Buurten: nieuw 0, gewijzigd 1, verdwenen 1, gelijk gebleven 1."), "{part}");
    assert!(part.contains("Van gemeente GM0148 is een rij op het niveau buurt geweigerd; daarom blijven 2 gebieden"));
    let facts = desk.facts().await;
    assert!(neighbourhood(&facts, "BU01480001").is_some() && neighbourhood(&facts, "BU01480100").is_some());
    assert!(neighbourhood(&facts, "BU01930001").is_none());
    // Whose a code is that cannot be read is told by its digits.
    desk.write("code.geojson", features(&[("BU01480000", 2024, good(6.2)), ("BU0148000", 2024, good(6.3))]));
    let code = desk.done(&["ingest", "cbs-areas", "code.geojson"]);
    assert!(code.contains("verdwenen 0") && desk.facts().await == facts, "{code}");
}

#[tokio::test]
async fn a_layer_is_as_old_as_its_oldest_part_and_what_is_of_another_year_is_told() {
    let desk = Desk::without_wijken().await;
    map(&desk.path("wbk.gpkg"), &noaber::seed::read().unwrap(), "2024", true).await;
    desk.done(&["ingest", "cbs-areas", "wbk.gpkg"]);
    let good = |west| square(west, 52.5, 0.01);
    desk.write("wijken.geojson", features(&[("WK014800", 2025, good(6.2)), ("WK014801", 2025, good(6.3))]));
    let out = desk.done(&["ingest", "cbs-areas", "wijken.geojson"]);
    assert!(
        out.contains("Van laag “Wijken en buurten (CBS Wijk- en Buurtkaart)” zijn 2 van de 5 gebieden nu van 2025, de andere van 2024 of later"),
        "{out}"
    );
    assert_eq!(reference(&desk.facts().await, "neighbourhoods"), Some("2024"));
    // So a file of another municipality is not older than the layer.
    desk.write("zwolle.geojson", features(&[("BU01930000", 2024, good(6.08))]));
    desk.done(&["ingest", "cbs-areas", "zwolle.geojson"]);
    // All of it: the date of the layer is that of the map.
    desk.write(
        "all.geojson",
        features(&[("WK014800", 2025, good(6.2)), ("BU01480000", 2025, good(6.2)), ("BU01930000", 2025, good(6.08))]),
    );
    let out = desk.done(&["ingest", "cbs-areas", "all.geojson"]);
    assert!(!out.contains("[layer-of-several-dates]"), "{out}");
    assert_eq!(reference(&desk.facts().await, "neighbourhoods"), Some("2025"));
}

/// The facts of the seed as a database gives them.
fn desk_seed() -> Facts {
    noaber::seed::read().expect("the seed can be read").in_order()
}

/// The borders of the seed in the columns of the Gebiedsindelingen.
fn borders(change: impl Fn(&str, &mut Value)) -> String {
    let text = include_str!("../../../seed/municipalities.geojson");
    let mut file: Value = serde_json::from_str(text).expect("the seed is JSON");
    for feature in file["features"].as_array_mut().expect("features") {
        let code = feature["properties"]["code"].as_str().expect("a code").to_owned();
        let name = feature["properties"]["name"].as_str().expect("a name").replace("Hengelo", "Hengelo (O.)");
        feature["properties"] =
            json!({ "statcode": code, "statnaam": name, "jrstatcode": format!("2026{code}"), "rubriek": "gemeente" });
        change(&code, feature);
    }
    file.to_string()
}

#[tokio::test]
async fn the_published_borders_give_the_borders_of_the_seed_again() {
    let desk = Desk::new().await;
    desk.write("gemeenten.geojson", borders(|_, _| {}));
    let out = desk.done(&["ingest", "cbs-areas", "gemeenten.geojson"]);
    assert!(out.contains("Gemeenten: nieuw 0, gewijzigd 0, verdwenen 0, gelijk gebleven 25."), "{out}");
    assert_eq!(ending(&out), "Er is niets veranderd; de editie blijft dezelfde.");
    // A file that has most of ours is asked for the others.
    let mut some: Value = serde_json::from_str(&borders(|_, _| {})).unwrap();
    let is_kept =
        |feature: &Value| !["GM0141", "GM0193"].contains(&feature["properties"]["statcode"].as_str().unwrap());
    some["features"].as_array_mut().unwrap().retain(is_kept);
    desk.write("some.geojson", some.to_string());
    let out = desk.done(&["ingest", "cbs-areas", "some.geojson"]);
    assert!(out.contains("Niet in dit bestand: 2 gemeente(n) (GM0141, GM0193);"), "{out}");
    assert_eq!(out.matches("[municipality-missing]").count(), 1, "{out}");
    // As it was published, with seven decimals, where it stands beside the project.
    let raw = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/municipalities-detailed.geojson");
    let Ok(text) = fs::read_to_string(raw) else {
        eprintln!("left out: {raw} is not there");
        return;
    };
    desk.write("raw.geojson", text.replace("\"code\"", "\"statcode\"").replace("\"name\"", "\"statnaam\""));
    let untold = desk.run(&["ingest", "cbs-areas", "raw.geojson"]);
    assert!(untold.code == Some(1) && untold.error.contains("--date"), "{}", untold.error);
    desk.done(&["ingest", "cbs-areas", "raw.geojson", "--date", "2026-01-01"]);
    let (seed, facts) = (desk_seed(), desk.facts().await);
    for (was, is) in seed.municipalities.iter().zip(&facts.municipalities) {
        let [before, after] = [was, is].map(|known| region(&known.boundary).polygons().clone());
        assert_eq!(before.coords_count(), after.coords_count(), "{}", was.code);
        // A seventh decimal of 5 is rounded up here and was rounded to even there.
        let off = before.coords_iter().zip(after.coords_iter()).map(|(a, b)| (a.x - b.x).abs().max((a.y - b.y).abs()));
        assert!(off.fold(0.0, f64::max) < 1.01e-6, "{}", was.code);
        assert_eq!(Municipality { boundary: was.boundary.clone(), ..is.clone() }, *was);
    }
}

#[tokio::test]
async fn a_new_border_keeps_the_name_and_tells_the_places_it_leaves_outside() {
    let desk = Desk::new().await;
    desk.done(&["migrate"]);
    let seed = noaber::seed::read().unwrap();
    let [west, south, east, north] = around(&seed, 1_500.0);
    // In RD, with the member that names it: all of Dalfsen but a square around the Kulturhus, wound the wrong way.
    let hole = json!([[west, south], [west, north], [east, north], [east, south], [west, south]]);
    let rectangle =
        json!([[205_000, 495_000], [205_000, 515_000], [226_000, 515_000], [226_000, 495_000], [205_000, 495_000]]);
    let hengelo: Value = serde_json::from_str(&municipality(&seed, "GM0164").boundary).unwrap();
    let part = |feature: &Value| {
        let polygons = region(&feature.to_string());
        let rd = crs::to_rd(polygons.polygons());
        let ring: Vec<Value> = rd.0[0].exterior().coords().map(|at| json!([at.x, at.y])).collect();
        json!({ "type": "Polygon", "coordinates": [ring] })
    };
    let file = json!({
        "type": "FeatureCollection",
        "features": [
            { "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [rectangle, hole] },
              "properties": { "gemeentecode": "GM0148", "gemeentenaam": "Dalfsen", "water": "NEE", "aantal_inwoners": 30_000, "jaar": 2026 } },
            { "type": "Feature", "geometry": part(&hengelo),
              "properties": { "gemeentecode": "GM0164", "gemeentenaam": "Hengelo (O.)", "water": "NEE", "aantal_inwoners": -99_997, "jaar": 2026 } },
        ],
        "crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::28992" } },
    });
    desk.write("grens.geojson", file.to_string());
    let out = desk.done(&["ingest", "cbs-areas", "grens.geojson", "--language", "en"]);
    assert!(out.contains("“kulturhus-trefkoele-dalfsen” lies outside the new border of Dalfsen"), "{out}");
    let facts = desk.facts().await;
    let dalfsen = municipality(&facts, "GM0148");
    assert_eq!(
        (dalfsen.population, dalfsen.population_date.unwrap().to_string().as_str()),
        (Some(30_000), "2026-01-01")
    );
    // 21 by 20 km less 3 by 3.
    assert!((area_m2(&dalfsen.boundary) / 411e6 - 1.0).abs() < 1e-4, "{}", area_m2(&dalfsen.boundary));
    assert!(region(&dalfsen.boundary).contains(Wgs84 { lon: dalfsen.label_lon, lat: dalfsen.label_lat }));
    let (was, is) = (municipality(&seed, "GM0164"), municipality(&facts, "GM0164"));
    assert_eq!((is.name.as_str(), is.population, is.population_date), ("Hengelo", was.population, was.population_date));
    assert_eq!(
        (reference(&facts, "municipalities"), reference(&facts, "population")),
        (Some("2026"), reference(&seed, "population")),
        "the inhabitants of the others are of an earlier day"
    );
    assert!(out.contains("1 of 25 areas are of 2026-01-01 now"), "{out}");
    // The layer is older, the number of this municipality is not.
    desk.write("eerder.geojson", file.to_string().replace("30000", "29000").replace("2026", "2025"));
    let earlier = desk.run(&["ingest", "cbs-areas", "eerder.geojson"]);
    assert!(earlier.out.contains("[older-areas]"), "{}", earlier.out);
    assert_eq!(municipality(&desk.facts().await, "GM0148").population, Some(30_000));
    assert_eq!((facts.municipalities.len(), &facts.places), (25, &desk_seed().places), "no place was moved");
}

#[tokio::test]
async fn what_is_wrong_with_an_area_is_told_by_layer_and_number_and_the_others_go_in() {
    let desk = Desk::without_wijken().await;
    let square =
        |west: f64| json!([[west, 52.5], [west + 0.01, 52.5], [west + 0.01, 52.51], [west, 52.51], [west, 52.5]]);
    let buurt = |code: &str, geometry: Value| {
        let properties = json!({ "buurtcode": code, "buurtnaam": "Buurt", "gemeentecode": "GM0148", "aantalInwoners": "veel", "jaar": 2024 });
        json!({ "type": "Feature", "properties": properties, "geometry": geometry })
    };
    let polygon = |ring: Value| json!({ "type": "Polygon", "coordinates": [ring] });
    let mut features = vec![
        buurt("BU01480001", polygon(square(6.2))),
        // A bow tie.
        buurt("BU01480002", polygon(json!([[6.3, 52.5], [6.32, 52.52], [6.32, 52.5], [6.3, 52.52], [6.3, 52.5]]))),
        buurt("BU01480003", Value::Null),
        buurt("BU01480004", json!({ "type": "Point", "coordinates": [6.2, 52.5] })),
        buurt("BU01480005", polygon(json!([[52.5, 6.2], [52.5, 6.3], [52.6, 6.3], [52.5, 6.2]]))),
        buurt("BU01480006", polygon(json!([["x"]]))),
        buurt("BU01480001", polygon(square(6.25))),
        buurt("BU01930001", polygon(square(6.26))),
        buurt("BU0148", polygon(square(6.27))),
        buurt("BU01480010", polygon(square(6.29))),
    ];
    features[9]["properties"]["buurtnaam"] = Value::Null;
    desk.write("b.geojson", json!({ "type": "FeatureCollection", "features": features }).to_string());
    let strict = desk.run(&["ingest", "cbs-areas", "b.geojson", "--strict"]);
    assert_eq!(strict.code, Some(1), "{}", strict.error);
    assert!(desk.facts().await.neighbourhoods.is_empty());
    let out = desk.done(&["ingest", "cbs-areas", "b.geojson", "--report", "r.json"]);
    assert!(out.contains("Rijen: 10, niet overgenomen: 8."), "{out}");
    let report: Value = serde_json::from_slice(&fs::read(desk.path("r.json")).unwrap()).unwrap();
    let mut told: Vec<(u64, &str)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["row"].as_u64().unwrap(), finding["rule"].as_str().unwrap()))
        .filter(|(_, rule)| *rule != "inhabitants-shape")
        .collect();
    told.sort_unstable();
    let expected = [
        (2, "geometry-mended"),
        (3, "area-missing"),
        (4, "not-an-area"),
        (5, "position-elsewhere"),
        (6, "geometry-damaged"),
        (7, "repeated-area"),
        (8, "area-code-shape"),
        (9, "area-code-shape"),
        (10, "area-without-name"),
    ];
    assert_eq!(told, expected);
    assert!(out.contains("“veel” is geen aantal inwoners"), "{out}");
    assert!(out.contains("kruist zichzelf bij [") && !out.contains("crosses itself"), "{out}");
    let facts = desk.facts().await;
    let codes: Vec<&str> = facts.neighbourhoods.iter().map(|known| known.code.as_str()).collect();
    assert_eq!(codes, ["BU01480001", "BU01480002"]);
    assert!(facts.neighbourhoods.iter().all(|known| known.population.is_none()));
    assert_eq!(region(&neighbourhood(&facts, "BU01480002").unwrap().boundary).polygons().0.len(), 2);
    Edition::build(facts).unwrap();
}

const PLAATSEN: &str = include_str!("../../fixtures/top10nl_plaats.gml");

#[tokio::test]
async fn settlements_of_gml_replace_those_of_their_municipality_and_keep_their_links() {
    let desk = Desk::new().await;
    desk.done(&["migrate"]);
    let seed = desk_seed();
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(PLAATSEN.as_bytes()).unwrap();
    desk.write("plaats.gml.gz", packed.finish().unwrap());
    let out = desk.done(&["ingest", "settlements", "plaats.gml.gz"]);
    assert!(
        out.contains("“kasteel” is geen soort plaats") && out.contains("geen vlak met rechte zijden maar Arc"),
        "{out}"
    );
    // IJhorst: a place says that it stands there.
    assert!(out.contains("Plaats IJhorst (NL.TOP10NL.103072527) staat niet meer"), "{out}");
    let facts = desk.facts().await;
    let staphorst = settlement(&facts, "132597229").unwrap();
    assert_eq!(
        (staphorst.slug.as_str(), staphorst.population, staphorst.population_date),
        ("staphorst", Some(10_000), None)
    );
    // 3 by 3 km less 800 by 500 m, and 400 by 500 m beside it.
    assert_eq!((staphorst.area_ha, region(&staphorst.outline).polygons().0.len()), (880.0, 2));
    let was = settlement(&seed, "132597229").unwrap();
    assert_eq!((staphorst.lon, staphorst.lat), (was.lon, was.lat), "it still lies inside, and a place stands at it");
    let new = settlement(&facts, "900000001").unwrap();
    assert_eq!((new.name.as_str(), new.slug.as_str()), ("’t Nië-Veld & Erf", "t-nie-veld-erf"));
    assert_eq!((new.municipality.as_str(), new.share_in_municipality), ("GM0180", 1.0));
    assert_eq!(new.parent.as_deref(), Some("NL.TOP10NL.132597229"));
    assert_eq!((new.own_population, staphorst.own_population), (Some(2_500.0), Some(7_500.0)));
    assert!(region(&new.outline).contains(Wgs84 { lon: new.lon, lat: new.lat }));
    let streek = settlement(&facts, "132598257").unwrap();
    assert_eq!(
        (streek.name.as_str(), streek.slug.as_str(), streek.population),
        ("Streek en Omstreken", "de-streek", None)
    );
    let kept = settlement(&facts, "103072527").unwrap();
    let was = settlement(&seed, "103072527").unwrap();
    assert_eq!(
        (kept.population, kept.own_population, &kept.outline, &kept.slug),
        (None, None, &was.outline, &was.slug)
    );
    for gone in ["126379528", "132597663", "900000002", "900000003", "900000004", "900000005"] {
        assert!(settlement(&facts, gone).is_none(), "{gone}");
    }
    let elsewhere = |facts: &Facts| -> Vec<Settlement> {
        facts.settlements.iter().filter(|known| known.municipality.as_str() != "GM0180").cloned().collect()
    };
    let text = |known: &Settlement| (known.id.clone(), known.slug.clone(), known.outline.clone(), known.population);
    let [was, is] = [&seed, &facts].map(|facts| elsewhere(facts).iter().map(text).collect::<Vec<_>>());
    assert_eq!(is, was, "other municipalities are not in the file");
    assert_eq!(reference(&facts, "settlements"), reference(&seed, "settlements"), "that of the other municipalities");
    assert!(out.contains("gebieden nu van 2026-05-01, de andere van"), "{out}");
    assert_eq!(facts.places, seed.places);

    let again = desk.done(&["ingest", "settlements", "plaats.gml.gz"]);
    assert_eq!(ending(&again), "Er is niets veranderd; de editie blijft dezelfde.");
    let older = desk.run(&["ingest", "settlements", "plaats.gml.gz", "--date", "2020-07-01"]);
    assert!(older.code == Some(1) && older.out.contains("[older-areas]"), "{}", older.out);
}

/// The settlements of the seed in the attributes of TOP10NL.
fn plaatsen() -> Value {
    let text = include_str!("../../../seed/settlements.geojson");
    let mut file: Value = serde_json::from_str(text).expect("the seed is JSON");
    for feature in file["features"].as_array_mut().expect("features") {
        let old = feature["properties"].take();
        feature["properties"] = json!({
            "lokaalid": old["id"], "typegebied": old["kind"].as_str().expect("a kind").to_lowercase(), "naamnl": old["name"],
            "aantalinwoners": old["population"], "objectbegintijd": "2026-04-01", "objecteindtijd": null,
        });
    }
    file
}

#[tokio::test]
async fn settlements_without_an_id_change_nothing_and_make_nothing_go() {
    let desk = Desk::new().await;
    desk.done(&["migrate"]);
    let mut file = plaatsen();
    for feature in file["features"].as_array_mut().unwrap() {
        feature["properties"]["lokaalid"] = json!("");
    }
    desk.write("none.geojson", file.to_string());
    let refused = desk.run(&["ingest", "settlements", "none.geojson"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(refused.out.contains("Rijen: 1138, niet overgenomen: 1138."), "{}", refused.out);
    assert_eq!(ending(&refused.out), "Er is niets veranderd; de editie blijft dezelfde.");
    assert!(desk.facts().await == desk_seed());
    // A row in Staphorst that may be any of its settlements, and one that is known.
    let mut file = plaatsen();
    let features = file["features"].as_array_mut().unwrap();
    features.retain(|feature| {
        let id = feature["properties"]["lokaalid"].as_str().unwrap();
        ["NL.TOP10NL.132597229", "NL.TOP10NL.132598257"].contains(&id)
    });
    assert_eq!(features.len(), 2);
    features[1]["properties"]["lokaalid"] = json!("");
    desk.write("one.geojson", file.to_string());
    let out = desk.done(&["ingest", "settlements", "one.geojson", "--date", "2025-07-01"]);
    assert!(out.contains("verdwenen 0") && desk.facts().await.settlements.len() == 1_138, "{out}");
}

#[tokio::test]
async fn the_settlements_of_the_seed_come_in_again_with_the_same_links() {
    let desk = Desk::new().await;
    let file = plaatsen();
    desk.write("plaats.geojson", file.to_string());
    let out = desk.done(&["ingest", "settlements", "plaats.geojson", "--date", "2025-07-01"]);
    assert!(out.contains("nieuw 0,") && out.contains("verdwenen 0,"), "{out}");
    let (seed, facts) = (desk_seed(), desk.facts().await);
    assert_eq!(facts.settlements.len(), 1_138);
    let named =
        |known: &Settlement| (known.slug.clone(), known.municipality.clone(), known.population, known.population_date);
    for (was, is) in seed.settlements.iter().zip(&facts.settlements) {
        assert_eq!(named(is), named(was), "{}", was.id);
        assert_eq!((is.lon, is.lat), (was.lon, was.lat), "{}", was.id);
    }
    let again = desk.done(&["ingest", "settlements", "plaats.geojson", "--date", "2025-07-01"]);
    assert!(again.contains("gelijk gebleven 1138") && ending(&again).starts_with("Er is niets veranderd"), "{again}");
}

#[tokio::test]
async fn a_file_that_is_cut_off_or_of_another_kind_is_refused_with_a_sentence() {
    let desk = Desk::new().await;
    map(&desk.path("wbk.gpkg"), &noaber::seed::read().unwrap(), "2024", true).await;
    let package = fs::read(desk.path("wbk.gpkg")).unwrap();
    let json = borders(|_, _| {});
    let at = |text: &str, per_mille: usize| text.len() * per_mille / 1_000;
    let cut = |text: &str, per_mille: usize| text.as_bytes()[..at(text, per_mille)].to_vec();
    let half = package.len() / 2;
    for (source, name, bytes, said) in [
        ("cbs-areas", "a.gpkg", package[..half].to_vec(), "GeoPackage"),
        ("cbs-areas", "b.gpkg", package[..100].to_vec(), "GeoPackage"),
        ("settlements", "c.gpkg", package, "buurten, wijken"),
        ("cbs-areas", "a.geojson", cut(&json, 500), "regel 1"),
        ("cbs-areas", "b.geojson", cut(&json, 1), "regel 1"),
        ("cbs-areas", "c.geojson", b"[1]".to_vec(), "geen GeoJSON"),
        (
            "cbs-areas",
            "d.geojson",
            borders(|_, _| {}).replacen('{', r#"{"crs":{"properties":{"name":"EPSG:3857"}},"#, 1).into_bytes(),
            "EPSG:3857",
        ),
        ("cbs-areas", "a.gml", PLAATSEN.as_bytes().to_vec(), "GeoPackage (.gpkg) of GeoJSON"),
        ("settlements", "b.gml", cut(PLAATSEN, 700), "byte"),
        ("settlements", "c.gml", b"<a><b/></a>".to_vec(), "Plaats"),
        ("settlements", "d.gml", b"<Plaats><x></y></Plaats>".to_vec(), "byte"),
        ("settlements", "a.zip", b"PK\x03\x04....".to_vec(), "zip"),
        ("settlements", "empty.gml", Vec::new(), "leeg"),
        ("settlements", "cut.gz", b"\x1f\x8b\x08\x00".to_vec(), "te lezen"),
        ("cbs-areas", "none.geojson", br#"{"type":"FeatureCollection","features":[]}"#.to_vec(), "geen wijk"),
        ("settlements", "none.geojson", br#"{"type":"FeatureCollection","features":[]}"#.to_vec(), "geen plaats"),
    ] {
        desk.write(name, bytes);
        let answer = desk.run(&["ingest", source, name]);
        assert_eq!(answer.code, Some(1), "{name}: {}{}", answer.out, answer.error);
        assert!(answer.error.contains(said) && !answer.error.contains("panicked"), "{name}: {}", answer.error);
    }
    assert_eq!(desk.facts().await, desk_seed());
    let wrong = desk.run(&["ingest", "cbs-areas", "a.gpkg", "--date", "2999-01-01"]);
    assert_eq!(wrong.code, Some(2), "{}", wrong.error);
}

#[tokio::test]
async fn a_border_that_takes_in_a_municipality_that_is_not_in_the_file_is_refused() {
    let desk = Desk::new().await;
    let before = desk.facts().await;
    let [almelo, wierden] = ["GM0141", "GM0189"].map(|code| municipality(&before, code).clone());
    let corners = [&almelo, &wierden].map(|of| {
        let region = region(&of.boundary);
        let corners: Vec<[f64; 2]> =
            region.polygons().iter().flat_map(|part| part.exterior().coords_iter()).map(|at| [at.x, at.y]).collect();
        corners
    });
    let all = corners.concat();
    let least = |axis: usize| all.iter().map(|at| at[axis]).fold(f64::INFINITY, f64::min);
    let most = |axis: usize| all.iter().map(|at| at[axis]).fold(f64::NEG_INFINITY, f64::max);
    let (west, south, east, north) = (least(0), least(1), most(0), most(1));
    let map = json!({"type": "FeatureCollection", "features": [{
        "type": "Feature",
        "properties": {"gemeentecode": "GM0141", "gemeentenaam": "Almelo", "jaar": 2027, "aantal_inwoners": 98000},
        "geometry": {"type": "Polygon", "coordinates":
            [[[west, south], [east, south], [east, north], [west, north], [west, south]]]},
    }]});
    desk.write("2027.geojson", map.to_string());
    let said = desk.run(&["ingest", "cbs-areas", "2027.geojson"]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(
        said.out.contains("De grens van Almelo valt over ") && said.out.contains("[border-overlaps]"),
        "{}",
        said.out
    );
    assert_eq!(municipality(&desk.facts().await, "GM0141"), &almelo);
    assert_eq!(municipality(&desk.facts().await, "GM0189"), &wierden);
}
