//! Postcodes with the real program, in the columns of the maps of CBS.
//!
//! The squares are made here, so that their middles and corners are known without computing. On PostgreSQL where
//! `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use noaber::{
    edition::{Edition, PostcodeArea},
    model::Facts,
    spatial::{Rd, Wgs84},
};
use serde_json::{Value, json};

use crate::desk::{Desk, ending};

/// The middle of a square in Dalfsen, and of one in Deventer, RD metres.
const DALFSEN: Rd = Rd { x: 214_000.0, y: 503_000.0 };
const DEVENTER: Rd = Rd { x: 207_500.0, y: 474_000.0 };
/// In Amsterdam, though its postcode here is one that Overijssel may have.
const ELSEWHERE: Rd = Rd { x: 121_500.0, y: 487_500.0 };

/// A map of squares of 200 m, each with the column of its postcode.
fn map(year: Option<i32>, squares: &[(&str, &str, Rd)]) -> String {
    let feature = |(column, postcode, middle): &(&str, &str, Rd)| {
        let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)];
        let ring = corners.map(|(x, y)| {
            let at = Rd { x: middle.x + 100.0 * x, y: middle.y + 100.0 * y }.to_wgs84();
            [at.lon, at.lat]
        });
        let mut properties = json!({ *column: postcode, "aantal_inwoners": -99997 });
        if let Some(year) = year {
            properties["jaar"] = json!(year);
        }
        json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let features: Vec<Value> = squares.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

async fn edition(desk: &Desk) -> (Facts, Edition) {
    let facts = desk.facts().await;
    (facts.clone(), Edition::build(facts).unwrap())
}

fn of<'a>(edition: &'a Edition, postcode: &str) -> &'a PostcodeArea {
    edition.postcode(&postcode.parse().unwrap()).unwrap_or_else(|| panic!("{postcode} is known"))
}

#[tokio::test]
async fn a_postcode_is_where_its_outline_is_and_the_newest_map_replaces_its_neighbours() {
    let desk = Desk::new().await;
    let squares = [
        ("postcode6", "7721AB", DALFSEN),
        ("postcode6", "7721AC", Rd { x: 214_200.0, ..DALFSEN }),
        ("postcode6", "7411 AB", DEVENTER),
        ("postcode6", "1012AB", ELSEWHERE),
        ("postcode6", "7799ZZ", ELSEWHERE),
        ("postcode6", "77?1", DALFSEN),
    ];
    desk.write("pc6.geojson", map(Some(2023), &squares));
    let trial = desk.done(&["ingest", "postcodes", "pc6.geojson", "--dry-run"]);
    assert!(ending(&trial).starts_with("Proef"), "{trial}");
    assert!(desk.facts().await.postcodes.is_empty());
    let out = desk.done(&["ingest", "postcodes", "pc6.geojson"]);
    for line in ["Rijen: 4, niet overgenomen: 1.", "Postcodes: nieuw 3, gewijzigd 0, verdwenen 0, gelijk gebleven 0."] {
        assert!(out.lines().any(|other| other == line), "{line}\n{out}");
    }
    assert!(out.contains("[postcode-shape]") && out.contains("77?1"), "{out}");

    let (facts, served) = edition(&desk).await;
    let known: Vec<String> = facts.postcodes.iter().map(|point| point.postcode.to_string()).collect();
    assert_eq!(known, ["7411 AB", "7721 AB", "7721 AC"]);
    let whole = of(&served, "7721 AB");
    // Half the diagonal of the square, in whole metres.
    assert!(whole.middle.distance_m(DALFSEN) < 0.2 && whole.uncertainty_m == 142.0, "{whole:?}");
    // Of the four digits the middle of both, from which the farthest corner is 100 and 142 m away.
    let four = of(&served, "7721");
    assert!(four.middle.distance_m(Rd { x: 214_100.0, ..DALFSEN }) < 0.2, "{four:?}");
    assert!((242.0..=243.0).contains(&four.uncertainty_m), "{four:?}");
    assert_eq!(of(&served, "7721 ZZ"), four);
    let layer = facts.layers.iter().find(|layer| layer.key == "postcodes").unwrap();
    assert_eq!((layer.licence.as_str(), layer.reference_date.as_ref().unwrap().as_str()), ("CC-BY-4.0", "2023"));

    let again = desk.done(&["ingest", "postcodes", "pc6.geojson"]);
    assert!(ending(&again).starts_with("Er is niets veranderd"), "{again}");

    // What another file has of the same four digits stands alone; the rest stays.
    desk.write("nieuw.geojson", map(None, &[("PC6", "7721AD", DALFSEN), ("pc4", "7721", DALFSEN)]));
    let said = desk.run(&["ingest", "postcodes", "nieuw.geojson"]);
    assert!(said.code == Some(1) && said.error.contains("--date 2024-01-01"), "{said:?}");
    let out = desk.done(&["ingest", "postcodes", "nieuw.geojson", "--date", "2024-01-01"]);
    assert!(out.contains("Postcodes: nieuw 2, gewijzigd 0, verdwenen 2, gelijk gebleven 0."), "{out}");
    let (facts, served) = edition(&desk).await;
    let known: Vec<String> = facts.postcodes.iter().map(|point| point.postcode.to_string()).collect();
    assert_eq!(known, ["7411 AB", "7721", "7721 AD"]);
    assert_eq!((of(&served, "7721").uncertainty_m, of(&served, "7721 AB")), (142.0, of(&served, "7721")));

    // A row that is damaged takes nothing away.
    let mut damaged: Value =
        serde_json::from_str(&map(Some(2024), &[("pc6", "7721AD", DALFSEN), ("pc6", "7721AE", DALFSEN)])).unwrap();
    damaged["features"][0]["geometry"] = Value::Null;
    desk.write("stuk.geojson", damaged.to_string());
    let out = desk.done(&["ingest", "postcodes", "stuk.geojson", "--dry-run"]);
    assert!(out.contains("[area-missing]") && out.contains("Postcodes: nieuw 1, gewijzigd 0, verdwenen 0"), "{out}");

    // An older map changes nothing, and taking the newer one back leaves the first.
    desk.write("oud.geojson", map(Some(2020), &[("postcode4", "7721", DEVENTER)]));
    let said = desk.run(&["ingest", "postcodes", "oud.geojson"]);
    assert!(said.code == Some(1) && said.out.contains("[older-areas]"), "{said:?}");
    let newest = desk.done(&["editions"]);
    let newest = newest.lines().find_map(|line| line.split_whitespace().find(|word| word.starts_with("20"))).unwrap();
    let out = desk.done(&["revert", newest]);
    let facts = desk.facts().await;
    let known: Vec<String> = facts.postcodes.iter().map(|point| point.postcode.to_string()).collect();
    assert_eq!(known, ["7411 AB", "7721 AB", "7721 AC"], "{out}");
}

#[tokio::test]
async fn what_has_no_postcode_of_ours_is_refused_in_a_sentence() {
    let desk = Desk::new().await;
    let before = desk.facts().await;
    desk.write("elders.geojson", map(Some(2024), &[("postcode6", "1012AB", ELSEWHERE)]));
    desk.write("kolommen.geojson", map(Some(2024), &[("plaats", "Dalfsen", DALFSEN)]));
    let at = Wgs84 { lon: 6.25, lat: 52.5 };
    let point = json!({ "type": "Feature", "properties": { "postcode": "7721AB", "jaar": 2024 },
        "geometry": { "type": "Point", "coordinates": [at.lon, at.lat] } });
    desk.write("punten.geojson", json!({ "type": "FeatureCollection", "features": [point] }).to_string());
    for (file, sentence) in [
        ("elders.geojson", "geen postcode van Overijssel"),
        ("kolommen.geojson", "kolom"),
        ("punten.geojson", "[not-an-area]"),
    ] {
        let said = desk.run(&["ingest", "postcodes", file]);
        assert!(said.code == Some(1), "{file}: {said:?}");
        assert!(format!("{}{}", said.out, said.error).contains(sentence), "{file}: {said:?}");
    }
    assert_eq!(desk.facts().await, before);
}
