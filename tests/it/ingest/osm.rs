//! OpenStreetMap with the real program: taken, recognised, left out again. The fixtures hold the same elements in two
//! formats; nothing in them exists but the Trefkoele in Dalfsen.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Stdio},
};

use noaber::model::{
    Books, Place,
    vocabulary::{FacilityType, KindBasis, LegalForm, PlaceKind},
};
use serde_json::Value;

use crate::desk::{Desk, Said, ending};

const OVERPASS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/overpass.json");
const PBF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/places.osm.pbf");
const NEW: [&str; 3] =
    ["buurthuis-het-verzonnen-honk-dalfsen", "de-bedachte-hoeve-hoonhorst", "inloop-de-fabel-lemelerveld"];
const NOTHING_CHANGED: &str = "Er is niets veranderd; de editie blijft dezelfde.";

/// A running service, which goes when it is dropped.
struct Service {
    child: Child,
    url: String,
}

impl Service {
    fn start(desk: &Desk) -> Self {
        let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("it was piped"));
        let mut words = out
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned));
        let url = words.next().expect("it says where it listens").trim_end_matches('/').to_owned();
        Self { child, url }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("{}{path}", self.url)).await.expect("it answers");
        (answer.status().as_u16(), answer.text().await.expect("it answers in text"))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have gone by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn by_key(books: &Books) -> BTreeMap<&str, &Place> {
    books.facts.places.iter().map(|place| (place.key.as_str(), place)).collect()
}

/// The rows of a download by id, each as cells by column; the edition apart.
fn table(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("a row"));
    rows.map(|mut row| {
        row.remove("edition");
        (row["id"].clone(), row)
    })
    .collect()
}

#[tokio::test]
async fn a_map_is_taken_what_is_known_is_recognised_and_the_other_format_says_nothing_new() {
    let desk = Desk::new().await;
    desk.done(&["export", "places", "--output", "seed.csv"]);
    let before = desk.books().await;
    let trial = desk.done(&["ingest", "osm", OVERPASS, "--dry-run", "--language", "en"]);
    assert_eq!(ending(&trial), "A trial: nothing was stored.");
    assert_eq!(desk.books().await, before);

    let out = desk.done(&["ingest", "osm", OVERPASS, "--report", "r.json"]);
    for line in [
        "Rijen: 10. Nieuwe plekken: 3, gewijzigd: 1, bevestigd: 0, niet overgenomen: 0.",
        "Overgeslagen, omdat niets zegt dat het een ontmoetingsplek is: 3.",
        "    openingstijden: niet bekend → Mo-Fr 09:00-17:00; PH off",
    ] {
        assert!(out.lines().any(|other| other == line), "{line}\n{out}");
    }
    assert!(out.contains("node/108") && !out.contains("rij 0"), "{out}");
    let after = desk.books().await;
    let (was, is) = (by_key(&before), by_key(&after));
    let new: Vec<&str> = is.keys().filter(|key| !was.contains_key(*key)).copied().collect();
    assert_eq!(new, NEW);
    let home = is[NEW[0]];
    assert_eq!(home.name, "Buurthuis Het Verzonnen Honk", "not as the library in it spells it");
    assert_eq!((home.kind, home.kind_basis), (Some(PlaceKind::Buurthuis), Some(KindBasis::FromName)));
    assert_eq!(home.facilities, [FacilityType::Bibliotheek], "of the library in it");
    assert_eq!((home.legal_form, home.wheelchair_accessible), (Some(LegalForm::Stichting), Some(true)));
    assert_eq!(home.opening_hours.as_deref(), Some("Tu,Th 19:00-22:00"));
    assert_eq!(home.address.as_ref().unwrap().line("Dalfsen"), "Verzonnenstraat 1, 7721 ZZ Dalfsen");
    assert_eq!((home.status, home.last_confirmed.as_ref()), (None, None), "a map confirms nothing");
    let hall = is[NEW[1]];
    assert_eq!((hall.kind, hall.wheelchair_accessible), (Some(PlaceKind::Dorpshuis), Some(false)));
    let known = is["kulturhus-trefkoele-dalfsen"];
    let expected = Place {
        opening_hours: Some("Mo-Fr 09:00-17:00; PH off".to_owned()),
        updated_at: known.updated_at,
        ..was["kulturhus-trefkoele-dalfsen"].clone()
    };
    assert_eq!(*known, expected, "the weakest voice fills in and overrules nothing");
    let everything = format!("{after:?}");
    for personal in ["529 000000", "bel.jan", "J. Verzonnen"] {
        assert!(!everything.contains(personal) && !out.contains(personal), "{personal}");
    }

    let editions = desk.done(&["editions"]);
    for file in [OVERPASS, PBF] {
        assert_eq!(ending(&desk.done(&["ingest", "osm", file])), NOTHING_CHANGED, "{file}");
    }
    assert_eq!(desk.done(&["editions"]), editions);
    let mut files = vec!["ingest", "osm", OVERPASS, PBF, "--strict"];
    let Said { code, out, .. } = desk.run(&files);
    assert_eq!(code, Some(1), "a cell has to be refused: {out}");
    files.pop();
    assert_eq!(ending(&desk.done(&files)), NOTHING_CHANGED);
}

#[tokio::test]
async fn what_is_renamed_on_the_map_is_what_it_was() {
    let desk = Desk::new().await;
    desk.done(&["ingest", "osm", OVERPASS]);
    let renamed = fs::read_to_string(OVERPASS).unwrap().replace("Buurthuis Het Verzonnen Honk", "De Andere Naam");
    let renamed = renamed.replace("Het Honk;'t Verzinsel", "Van Alles");
    fs::write(desk.path("renamed.json"), &renamed).unwrap();
    let before = desk.books().await;
    // Drawn anew under another number: nothing says that it is the same.
    fs::write(desk.path("redrawn.json"), renamed.replace("\"id\": 201", "\"id\": 999")).unwrap();
    let out = desk.done(&["ingest", "osm", "redrawn.json", "--dry-run"]);
    assert!(out.contains("[map-element-doubtful]"), "{out}");
    let out = desk.done(&["ingest", "osm", "renamed.json"]);
    assert!(!out.contains("[map-element-doubtful]"), "{out}");
    let after = desk.books().await;
    assert_eq!(by_key(&before).keys().collect::<Vec<_>>(), by_key(&after).keys().collect::<Vec<_>>());
    assert_eq!(by_key(&after)[NEW[0]].name, "De Andere Naam");
    assert_eq!(desk.done(&["pairs", "list", "--all"]), "er wacht geen paar op een beslissing\n");
    // A person may know better.
    desk.done(&["pairs", "different", "openstreetmap/way/201", NEW[0]]);
    let again = renamed.replace("De Andere Naam", "Weer Wat Nieuws").replace("Van Alles", "Nog Iets");
    fs::write(desk.path("again.json"), again).unwrap();
    let out = desk.done(&["ingest", "osm", "again.json", "--dry-run"]);
    assert!(out.contains("[map-element-doubtful]"), "{out}");
}

#[tokio::test]
async fn what_a_newer_map_no_longer_says_is_taken_back() {
    let desk = Desk::new().await;
    let map = |day: &str, change: &dyn Fn(&mut Vec<Value>)| -> String {
        let mut map: Value = serde_json::from_slice(&fs::read(OVERPASS).unwrap()).unwrap();
        map["osm3s"]["timestamp_osm_base"] = format!("{day}T06:00:00Z").into();
        change(map["elements"].as_array_mut().unwrap());
        map.to_string()
    };
    let without = |elements: &mut Vec<Value>, id: u64, keys: &[&str]| {
        let element = elements.iter_mut().find(|element| element["id"] == id).unwrap();
        let tags = element["tags"].as_object_mut().unwrap();
        keys.iter().for_each(|key| drop(tags.remove(*key).unwrap()));
    };
    let gone = ["website", "opening_hours", "operator"];
    desk.write("whole.json", map("2026-11-20", &|_| {}));
    desk.write("older.json", map("2026-11-10", &|_| {}));
    desk.write(
        "newer.json",
        map("2026-11-22", &|elements| {
            without(elements, 201, &gone);
            without(elements, 101, &["opening_hours"]);
        }),
    );
    // The library without the house that it is in.
    desk.write(
        "libraries.json",
        map("2026-11-23", &|elements| elements.retain(|element| element["tags"]["amenity"] == "library")),
    );
    desk.done(&["export", "places", "--output", "seed.csv"]);
    let seed = desk.books().await;
    desk.done(&["ingest", "osm", "whole.json"]);
    let whole = desk.books().await;
    let house = by_key(&whole)[NEW[0]];
    assert_eq!(house.website.as_deref(), Some("https://honk.example.org"));
    assert!(house.opening_hours.is_some() && house.legal_form.is_some());

    // An older map than the newest takes nothing back, and a part of one only what it has.
    desk.write("older-without.json", map("2026-11-10", &|elements| without(elements, 201, &gone)));
    assert_eq!(ending(&desk.done(&["ingest", "osm", "older-without.json"])), NOTHING_CHANGED);
    let out = desk.done(&["ingest", "osm", "libraries.json", "--dry-run"]);
    assert!(!out.contains("Ingetrokken"), "{out}");
    let lines: Vec<&str> = out.lines().filter(|line| line.contains("[map-elements-lacking]")).collect();
    assert_eq!(lines.len(), 1, "{out}");
    assert!(lines[0].contains("4 (node/101, node/108, relation/301, way/201)"), "{}", lines[0]);

    let out = desk.done(&["ingest", "osm", "newer.json"]);
    assert!(out.contains("gegevens van 2 plek(ken)") && !out.contains("[map-elements-lacking]"), "{out}");
    let newer = desk.books().await;
    let expected = Place {
        website: None,
        opening_hours: None,
        legal_form: None,
        updated_at: by_key(&newer)[NEW[0]].updated_at,
        ..house.clone()
    };
    assert_eq!(*by_key(&newer)[NEW[0]], expected, "and nothing else");
    let known = "kulturhus-trefkoele-dalfsen";
    let was = by_key(&seed)[known];
    assert_eq!(by_key(&newer)[known].opening_hours, was.opening_hours);
    // Nor does an older map bring it back.
    let out = desk.done(&["ingest", "osm", "older.json"]);
    assert!(out.contains("[map-element-older]"), "{out}");
    assert_eq!(desk.books().await, newer);
    assert_eq!(
        desk.done(&["ingest", "osm", "newer.json", "older.json", "--dry-run"]).matches("Ingetrokken").count(),
        0
    );
}

#[tokio::test]
async fn the_data_without_openstreetmap_is_what_it_was_before() {
    let desk = Desk::new().await;
    let whole = |format: &str| desk.done(&["export", "places", "--format", format]);
    let without = |format: &str| desk.done(&["export", "places", "--format", format, "--without", "openstreetmap"]);
    let seed = table(&whole("csv"));
    let Said { code, error, .. } = desk.run(&["export", "places", "--without", "openstreetmap"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("`openstreetmap` is not a layer that can be left out"), "{error}");

    desk.done(&["ingest", "osm", PBF]);
    let with = table(&whole("csv"));
    assert_eq!(with.len(), seed.len() + NEW.len());
    let names_it = |row: &BTreeMap<String, String>| {
        let is_under_odbl = row["licence"].split('|').any(|licence| licence == "ODbL-1.0");
        assert_eq!(is_under_odbl, row["attribution"].contains("© OpenStreetMap-bijdragers"));
        assert_eq!(is_under_odbl, row["sources"].contains("openstreetmap.org"));
        is_under_odbl
    };
    let under_odbl: Vec<&str> = with.iter().filter(|(_, row)| names_it(row)).map(|(id, _)| id.as_str()).collect();
    let mut expected = NEW.map(|key| format!("place:{key}")).to_vec();
    expected.push("place:kulturhus-trefkoele-dalfsen".to_owned());
    assert_eq!(under_odbl, expected);

    let csv = without("csv");
    assert_eq!(table(&csv), seed);
    assert!(!csv.contains("ODbL") && csv.contains(" without openstreetmap"), "no trace but that it says so");
    let geojson: Value = serde_json::from_str(&without("geojson")).unwrap();
    assert_eq!(geojson["features"].as_array().unwrap().len(), seed.len());
    assert!(!geojson.to_string().contains("ODbL") && !geojson.to_string().contains("OpenStreetMap-"));
    let geojson: Value = serde_json::from_str(&whole("geojson")).unwrap();
    assert!(geojson["licences"].to_string().contains("ODbL-1.0"));

    // The same over HTTP, with the other parameters.
    let service = Service::start(&desk);
    let (status, body) = service.get("/places.csv?without=openstreetmap").await;
    assert_eq!((status, &body), (200, &csv));
    assert_eq!(service.get("/places.csv?without=OpenStreetMap").await, (200, csv));
    let (_, body) = service.get("/places.csv?without=openstreetmap&municipality=GM0148").await;
    assert_eq!(table(&body).len(), seed.values().filter(|row| row["municipality_code"] == "GM0148").count());
    let (_, body) = service.get("/places.csv").await;
    assert_eq!(table(&body), with);
    let (_, body) = service.get("/places.geojson?without=openstreetmap").await;
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["features"].as_array().unwrap().len(), seed.len());
    for (parameters, said) in [
        ("?without=castles", "`castles` is not a layer that can be left out; what can be left out: openstreetmap"),
        ("?without=polling-places", "what can be left out: openstreetmap"),
        ("?without=openstreetmap&edition=2026-11-30-2f7330b9f63e", "do not go together"),
    ] {
        let (status, body) = service.get(&format!("/places.csv{parameters}")).await;
        assert!(status == 400 && body.contains(said), "{parameters}: {status} {body}");
    }
    let (_, answer) =
        service.get("/graphql?query=%7Bdataset%7Blicences%7Blayer%20licence%20url%7Dattribution%7D%7D").await;
    assert!(answer.contains("ODbL-1.0") && answer.contains("© OpenStreetMap-bijdragers"), "{answer}");
    let id = "%7Bid:%22place:kulturhus-trefkoele-dalfsen%22%7D";
    let query = format!("/graphql?query=%7Bplace(by:{id})%7Bsources%7Btitle%20fields%7D%7D%7D");
    let (_, answer) = service.get(&query).await;
    let fields = r#"{"title":"OpenStreetMap","fields":["address","municipality","openingHours","settlement"]}"#;
    assert!(answer.contains(fields), "what it says and what it confirms: {answer}");
}

#[tokio::test]
async fn what_cannot_be_read_is_told_in_one_sentence_and_a_map_of_elsewhere_is_no_error() {
    let desk = Desk::new().await;
    let pbf = fs::read(PBF).unwrap();
    fs::write(desk.path("cut.json"), &pbf[..pbf.len() - 7]).unwrap();
    fs::write(desk.path("map.osm.pbf"), "<osm version='0.6'/>").unwrap();
    fs::write(desk.path("empty.json"), "").unwrap();
    for (file, said) in [
        ("cut.json", "cut.json: The end of the file is missing; fetch it again."),
        ("map.osm.pbf", "map.osm.pbf: This is XML"),
        ("empty.json", "empty.json: The file is empty."),
        ("absent.json", "absent.json is not there"),
    ] {
        let Said { code, error, .. } = desk.run(&["ingest", "osm", file, "--language", "en"]);
        assert_eq!(code, Some(1), "{file}");
        assert!(error.contains(said) && error.trim_end().lines().count() == 1, "{file}: {error}");
    }
    fs::write(
        desk.path("elsewhere.json"),
        r#"{"elements":[{"type":"node","id":1,"lat":52.37,"lon":4.89,"tags":{"amenity":"community_centre","name":"x"}}]}"#,
    )
    .unwrap();
    let out = desk.done(&["ingest", "osm", "elsewhere.json", "--date", "2026-11-01"]);
    assert!(out.contains("[map-element-elsewhere]"), "{out}");
    assert_eq!(ending(&out), NOTHING_CHANGED);

    let real =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/raw/osm-overpass-den-haag/overpass-response.json");
    if !real.is_file() {
        eprintln!("NOT RUN: the real answer of Overpass is not there ({})", real.display());
        return;
    }
    let out = desk.done(&["ingest", "osm", real.to_str().unwrap()]);
    assert_eq!(ending(&out), NOTHING_CHANGED, "The Hague is not in Overijssel");
}
