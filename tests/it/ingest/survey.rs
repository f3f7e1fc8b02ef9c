//! The report's questionnaire with the real program: synthetic answers that give the published figures, consent given and
//! taken back, too few answers, columns of persons; and the totals over HTTP.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use noaber::{
    app::App,
    config::Config,
    model::{Authority, Books, Place, SurveyTotal},
    store::Store,
};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::{
    database::{column, tables},
    desk::{Desk, Said, ending},
    synthetic::{ROWS, question, report, synthetic},
};

/// What must not be found anywhere.
const SECRET: &str = "Zorgvuldigverborgen";

/// Runs the program with as much logged as can be, so that what must not be would be seen.
fn run(desk: &Desk, arguments: &[&str]) -> Said {
    desk.run(&[arguments, &["--log", "noaber=trace"]].concat())
}

/// Imports what has to go well.
fn ingest(desk: &Desk, arguments: &[&str]) -> String {
    let said = run(desk, &[&["ingest", "survey"], arguments].concat());
    assert_eq!(said.code, Some(0), "{arguments:?}: {}{}", said.out, said.error);
    said.out
}

/// Everything in every table, as text, compressed content taken for what it is.
async fn everything(desk: &Desk) -> String {
    let db = desk.database.connect().await;
    let mut all = String::new();
    for table in tables(&db).await.iter().filter(|table| !["archive", "seed"].contains(&table.as_str())) {
        let sqlite = format!("SELECT name FROM pragma_table_info('{table}')");
        let postgres = format!("SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}'");
        for name in column(&db, &sqlite, &postgres).await {
            let query = format!("SELECT coalesce(CAST({name} AS TEXT), '') FROM {table}");
            all.push_str(&column(&db, &query, &query).await.join("\n"));
        }
    }
    db.close().await.expect("the connection closes");
    let store = Store::open(&desk.database.url).await.expect("the database opens");
    for edition in store.editions().await.expect("the editions can be read") {
        let facts = store.facts_of(&edition.id).await.expect("it can be read").expect("it is there");
        all.push_str(&serde_json::to_string(&facts).expect("facts are JSON"));
    }
    let base = store.seed_base().await.expect("it can be read");
    all.push_str(&serde_json::to_string(&base).expect("it is JSON"));
    store.close().await;
    all
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/survey_synthetic.csv")
}

fn place<'a>(books: &'a Books, key: &str) -> &'a Place {
    let found = books.facts.places.iter().find(|place| place.key == key);
    found.unwrap_or_else(|| panic!("{key} is not there"))
}

/// Count and base by question and answer.
fn totals(books: &Books) -> BTreeMap<(String, String), (i32, i32)> {
    let totals = books.facts.survey_totals.iter();
    totals.map(|total| ((total.question.clone(), total.answer.clone()), (total.count, total.base))).collect()
}

/// A file of answers: so many rows on their board without a name, and the rows given, all under `headings`.
fn answers(headings: &str, rows: &[&str], others: usize) -> String {
    let width = headings.split(';').count();
    assert!(headings.ends_with(";bestuursleden"), "{headings}");
    let mut text = format!("{headings}\n");
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    for _ in 0..others {
        text.push_str(&format!("{}5\n", ";".repeat(width - 1)));
    }
    text
}

#[test]
fn the_synthetic_file_is_what_its_generator_makes() {
    let made = synthetic();
    let committed = fs::read_to_string(fixture()).unwrap_or_default();
    if made != committed {
        let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join("survey_synthetic.csv");
        fs::write(&beside, &made).unwrap();
        panic!("tests/fixtures/survey_synthetic.csv is another file than {}", beside.display());
    }
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(made.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), ROWS);
    for row in &rows {
        assert_eq!((&row[0], row[2].starts_with("Synthetische plek ")), ("ja", true), "{row:?}");
    }
}

/// The rows of the file counted by hand: what the report publishes and what can be read of it.
#[test]
fn the_synthetic_file_has_every_published_count() {
    let report = report();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(fixture()).unwrap();
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let with = |heading: &str, text: &str| {
        let column = headings.iter().position(|other| other == heading).unwrap();
        rows.iter().filter(|row| &row[column] == text).count() as u64
    };
    for (key, heading) in [("place.board-size", "bestuursleden"), ("place.staffing", "bemensing")] {
        for answer in question(&report, key)["answers"].as_array().unwrap() {
            assert_eq!(
                with(heading, answer["labelNl"].as_str().unwrap()),
                answer["count"].as_u64().unwrap(),
                "{answer}"
            );
        }
    }
    for (key, heading) in
        [("place.no-facilities", "geen voorzieningen"), ("place.cultural-programme", "cultureel programma")]
    {
        let count = question(&report, key)["answers"][0]["count"].as_u64().unwrap();
        assert_eq!((with(heading, "ja"), with(heading, "nee")), (count, 140 - count), "{key}");
    }
}

#[tokio::test]
async fn the_totals_of_the_synthetic_file_are_the_published_figures() {
    let desk = Desk::new().await;
    let out = ingest(&desk, &[fixture().to_str().unwrap(), "--synthetic"]);
    let books = desk.books().await;
    let (counted, report) = (totals(&books), report());
    let (mut counts, mut percentages, mut illegible) = (0, 0, BTreeSet::new());
    for question in report["questions"].as_array().unwrap().iter().filter(|question| question["about"] == "PLACES") {
        for answer in question["answers"].as_array().unwrap() {
            assert!(answer["ofWhich"].as_array().unwrap().is_empty(), "no part of an answer about places is published");
            let key = [&question["key"], &answer["key"]].map(|key| key.as_str().unwrap().to_owned());
            let found = counted.get(&(key[0].clone(), key[1].clone()));
            if answer["legibility"] != "READ" {
                illegible.insert(key[0].clone());
                continue;
            }
            let (count, base) = *found.unwrap_or_else(|| panic!("{key:?} has no total"));
            assert_eq!(base, 140, "{key:?}");
            if let Some(published) = answer["count"].as_i64() {
                assert_eq!(i64::from(count), published, "{key:?}");
                counts += 1;
            }
            if let Some(published) = answer["publishedPercentage"].as_f64() {
                // The report rounds to half a per cent.
                assert!((f64::from(count) / 1.4 - published).abs() <= 0.3, "{key:?}: {count} of 140, {published} %");
                percentages += 1;
            }
        }
    }
    assert_eq!((counts, percentages), (19, 6));
    let without = ["place.income", "place.kind", "place.legal-form", "place.support-missed", "place.support-received"];
    assert_eq!(illegible, without.map(str::to_owned).into(), "what cannot be reproduced");

    let source = books.facts.sources.iter().find(|source| source.id == "survey-synthetic").unwrap();
    assert!(source.title.ends_with("(synthetisch, geen echte antwoorden)"), "{}", source.title);
    assert!(books.facts.layers.iter().any(|layer| layer.title.contains("(synthetisch, geen echte antwoorden)")));
    assert!(books.facts.survey_totals.iter().all(SurveyTotal::is_synthetic));

    for line in [
        "Rijen met antwoorden: 140, met toestemming: 20, zonder antwoorden: 0.",
        "Deze rijen zijn synthetisch: het zijn geen echte antwoorden, en de bron zegt dat ook.",
        "Inzet vrijwilligers en mensen in loondienst [place.staffing], geteld over 140:",
        "Minder dan tien plekken gaven antwoord, of minder dan tien van wie het antwoord niet openbaar is, dus geen totaal:",
        "  Inkomstenbronnen van de sociale ontmoetingsplekken [place.income]",
    ] {
        assert!(out.lines().any(|other| other == line), "{line}\n{out}");
    }
    let volunteers = out.lines().find(|line| line.contains("Alleen vrijwilligers")).unwrap();
    let told: Vec<&str> = volunteers.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    assert_eq!(told[1..], ["86 (61,5%)", "86 (61,4%)", "0 (-0,1 procentpunt)"], "{volunteers}");
    assert!(out.contains("niet leesbaar"), "{out}");

    // Of the places only what they consented to.
    let made: Vec<&Place> = books.facts.places.iter().filter(|place| place.name.starts_with("Synthetische")).collect();
    assert_eq!(made.len(), 20);
    for place in made {
        assert!(place.kind.is_some() && place.legal_form.is_some() && place.activities.len() == 1, "{place:?}");
        assert!(place.absent_facilities.is_empty() && place.cultural_programme.is_none(), "{place:?}");
        let nothing = place.address.is_none() && place.run_by.is_none() && place.website.is_none();
        assert!(nothing, "{place:?}");
    }
    let of_survey = || books.ledger.places.all().filter(|claim| claim.source == "survey-synthetic");
    let claimed: BTreeSet<&str> = of_survey().map(|claim| claim.statement.field()).collect();
    let allowed = ["activities", "facilities", "kind", "legalForm", "municipality", "name", "settlement"];
    assert_eq!(claimed, allowed.into());
    assert!(of_survey().all(|claim| claim.authority == Authority::Organisation));
    // Where their villages are is known from another map.
    let others: BTreeSet<&str> = books
        .ledger
        .places
        .all()
        .filter(|claim| claim.source != "survey-synthetic")
        .map(|claim| claim.statement.field())
        .collect();
    assert_eq!(others, ["location"].into());

    let again = ingest(&desk, &[fixture().to_str().unwrap(), "--synthetic"]);
    assert_eq!(ending(&again), "Er is niets veranderd; de editie blijft dezelfde.", "{again}");
    assert_eq!(desk.books().await, books);
}

#[tokio::test]
async fn without_consent_a_place_leaves_nothing_but_its_part_in_the_totals() {
    let desk = Desk::new().await;
    let headings = "naam;gemeente;plaats;straat;toestemming;soort;rechtsvorm;voorzieningen;bemensing;contactpersoon;e-mail;anders, namelijk;bestuursleden";
    let row = |consent: &str, kind: &str, board: &str| {
        format!(
            "{SECRET} {consent};Dalfsen;Dalfsen;{SECRET}straat;{consent};{kind};Stichting {SECRET};{SECRET};{SECRET};{SECRET};{SECRET}@example.org;{SECRET};{board}"
        )
    };
    // Anything but a plain yes is no; what cannot be read is told by its place in the file.
    let rows: Vec<String> = ["nee", "", "jaa", "misschien", "ja hoor", "onbekend", "x"]
        .iter()
        .map(|consent| row(consent, SECRET, SECRET))
        .chain([row("nee", "Buurthuis", "4")])
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    desk.write("antwoorden.csv", answers(headings, &rows, 12));
    let mut told = String::new();
    for report in ["r.csv", "r.json", "r.txt"] {
        told.push_str(&ingest(&desk, &["antwoorden.csv", "--dry-run", "--report", report]));
        told.push_str(&fs::read_to_string(desk.path(report)).unwrap());
    }
    let before = desk.books().await;
    let said = run(&desk, &["ingest", "survey", "antwoorden.csv"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.error);
    told.push_str(&said.out);
    told.push_str(&said.error);
    assert!(!told.to_lowercase().contains(&SECRET.to_lowercase()), "{told}");
    for rule in ["consent-unclear", "survey-answer", "personal-column"] {
        assert!(told.contains(rule), "{rule}\n{told}");
    }
    let books = desk.books().await;
    assert_eq!((&books.facts.places, &books.ledger), (&before.facts.places, &before.ledger));
    let board = |answer: &str| totals(&books)[&("place.board-size".to_owned(), answer.to_owned())];
    assert_eq!((board("5"), board("4")), ((12, 13), (1, 13)), "its answer counts");
    let everything = everything(&desk).await.to_lowercase();
    assert!(everything.contains("place.board-size") && !everything.contains(&SECRET.to_lowercase()));
    for file in fs::read_dir(desk.folder.path()).unwrap().map(|file| file.unwrap().path()) {
        let is_own = file.file_name().is_some_and(|name| name == "antwoorden.csv");
        let bytes = fs::read(&file).unwrap();
        assert!(is_own || !bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()), "{}", file.display());
    }
    if let Some(file) = desk.database.url.strip_prefix("sqlite://").and_then(|rest| rest.split('?').next()) {
        let bytes = fs::read(file).unwrap();
        assert!(!bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()), "the file of the database");
    }
}

#[tokio::test]
async fn persons_and_open_answers_are_not_stored_of_a_place_with_consent_either() {
    let desk = Desk::new().await;
    let headings =
        "naam;gemeente;plaats;toestemming;soort;website;contactpersoon;telefoon;toelichting;bemensing;bestuursleden";
    let row = format!(
        "Het Nieuwe Honk;Dalfsen;Dalfsen;ja;Buurthuis;https://{SECRET}.example.org;{SECRET};06-12345678;{SECRET};{SECRET};3"
    );
    desk.write("a.csv", answers(headings, &[&row], 10));
    let said = run(&desk, &["ingest", "survey", "a.csv"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.error);
    let told = format!("{}{}", said.out, said.error);
    assert!(!told.contains(SECRET) && !told.contains("12345678"), "{told}");
    for rule in ["personal-column", "column-not-served", "survey-answer"] {
        assert!(told.contains(rule), "{rule}\n{told}");
    }
    let books = desk.books().await;
    let honk = place(&books, "het-nieuwe-honk-dalfsen");
    assert_eq!(
        (honk.website.as_ref(), honk.kind.map(|kind| format!("{kind:?}")).as_deref()),
        (None, Some("Buurthuis"))
    );
    let everything = everything(&desk).await;
    assert!(everything.contains("Het Nieuwe Honk") && !everything.contains(SECRET) && !everything.contains("12345678"));
}

#[tokio::test]
async fn a_known_place_gets_four_things_and_keeps_its_name_and_address() {
    let desk = Desk::new().await;
    let headings = "sleutel;naam;gemeente;plaats;straat;huisnummer;postcode;toestemming;soort;rechtsvorm;Bingo;Bibliotheek;Theater;bestuursleden";
    let row =
        "kulturhus-hoonhorst;De Potkamp;Dalfsen;Dalfsen;Andere straat;1;7722 AA;ja;Kulturhus;Vereniging;ja;nee;x;7";
    desk.write("a.csv", answers(headings, &[row], 9));
    desk.write("empty.csv", "naam\n");
    run(&desk, &["ingest", "survey", "empty.csv"]);
    let before = desk.books().await;
    ingest(&desk, &["a.csv", "--date", "2024-09-15"]);
    let after = desk.books().await;
    let (was, is) = (place(&before, "kulturhus-hoonhorst"), place(&after, "kulturhus-hoonhorst"));
    let mut expected = was.clone();
    expected.legal_form = is.legal_form;
    expected.kind_basis = is.kind_basis;
    expected.activities.clone_from(&is.activities);
    expected.facilities.clone_from(&is.facilities);
    expected.updated_at = is.updated_at;
    expected.last_confirmed = is.last_confirmed.clone();
    assert_eq!(is, &expected, "everything else stays");
    assert_eq!(is.legal_form.map(|form| format!("{form:?}")).as_deref(), Some("Vereniging"));
    let names = |place: &Place| format!("{:?} {:?}", place.activities, place.facilities);
    assert!(names(is).contains("Bingo") && names(is).contains("Theater"), "{}", names(is));
    // A no is no statement: the questionnaire asks what there is.
    assert!(is.absent_facilities.is_empty());
    let source = after.facts.sources.iter().find(|source| source.id == "survey-2024").unwrap();
    assert_eq!(source.published.as_ref().map(|date| date.as_str()), Some("2024-09-15"));
    assert_eq!(source.licence.as_deref(), Some("CC0-1.0"));
}

#[tokio::test]
async fn consent_can_be_taken_back() {
    let desk = Desk::new().await;
    let headings = "naam;gemeente;plaats;toestemming;soort;Bingo;bestuursleden";
    let file = |known: &str, new: &str| {
        let rows = [
            format!("Kulturhus Hoonhorst;Dalfsen;Hoonhorst;{known};Dorpshuis;ja;4"),
            format!("{SECRET};Dalfsen;Dalfsen;{new};Buurthuis;ja;4"),
        ];
        answers(headings, &[&rows[0], &rows[1]], 10)
    };
    let new = format!("{}-dalfsen", SECRET.to_lowercase());
    desk.write("empty.csv", "naam\n");
    run(&desk, &["ingest", "survey", "empty.csv"]);
    let before = desk.books().await;
    desk.write("a.csv", file("ja", "ja"));
    ingest(&desk, &["a.csv"]);
    let with = desk.books().await;
    assert!(format!("{:?}", place(&with, "kulturhus-hoonhorst").activities).contains("Bingo"));
    assert!(format!("{:?}", place(&with, &new).activities).contains("Bingo"));

    // One of the two, by a row that says no.
    desk.write("b.csv", file("ja", "nee"));
    let out = ingest(&desk, &["b.csv"]);
    assert!(out.contains("gegevens van 1 plek(ken)") && !out.contains(SECRET), "{out}");
    let without = desk.books().await;
    assert!(!without.facts.places.iter().any(|place| place.key == new), "nobody else names it");
    assert!(!without.ledger.places.by_subject.contains_key(&new));
    assert_eq!(place(&without, "kulturhus-hoonhorst"), place(&with, "kulturhus-hoonhorst"));
    assert_eq!(totals(&without), totals(&with), "its answers still count");

    // The other, by a row that is left out.
    desk.write("c.csv", answers(headings, &[], 12));
    ingest(&desk, &["c.csv"]);
    let after = desk.books().await;
    assert_eq!(after.ledger, before.ledger, "nothing is left");
    let mut expected = place(&before, "kulturhus-hoonhorst").clone();
    expected.updated_at = place(&after, "kulturhus-hoonhorst").updated_at;
    assert_eq!(place(&after, "kulturhus-hoonhorst"), &expected, "as it was before");
    assert_eq!(after.facts.places.len(), before.facts.places.len());
    assert_eq!(after.facts.place_sources, before.facts.place_sources);

    // And it can be given again.
    ingest(&desk, &["a.csv"]);
    assert!(format!("{:?}", place(&desk.books().await, &new).activities).contains("Bingo"));
}

#[tokio::test]
async fn fewer_than_ten_answers_are_told_nowhere() {
    let desk = Desk::new().await;
    let headings = "bemensing;bestuursleden";
    let row = "Alleen betaalde krachten;9";
    desk.write("nine.csv", answers(headings, &[row], 8));
    let said = run(&desk, &["ingest", "survey", "nine.csv"]);
    assert_eq!(said.code, Some(1), "nothing could be taken: {}", said.out);
    assert!(!said.out.contains("Alleen betaalde krachten") && !said.out.contains("geteld over"), "{}", said.out);
    assert!(said.out.contains("[place.board-size]") && said.out.contains("Minder dan tien"), "{}", said.out);
    let books = desk.books().await;
    assert_eq!(books.facts.survey_totals, []);
    assert!(!books.facts.sources.iter().any(|source| source.id.starts_with("survey-")));

    desk.write("ten.csv", answers(headings, &[row], 9));
    let out = ingest(&desk, &["ten.csv"]);
    let books = desk.books().await;
    let told: BTreeSet<&str> = books.facts.survey_totals.iter().map(|total| total.question.as_str()).collect();
    assert_eq!(told, ["place.board-size"].into(), "one question of the two: {out}");
    assert_eq!(totals(&books)[&("place.board-size".to_owned(), "9".to_owned())], (1, 10));

    // One row more would be read off the difference.
    desk.write("eleven.csv", answers(headings, &[row, "Alleen betaalde krachten;2"], 9));
    let out = ingest(&desk, &["eleven.csv"]);
    assert!(out.contains("die telling blijft staan"), "{out}");
    assert_eq!(totals(&desk.books().await), totals(&books));
    // Ten rows more would not.
    desk.write("twenty.csv", answers(headings, &[row], 19));
    ingest(&desk, &["twenty.csv"]);
    assert_eq!(totals(&desk.books().await)[&("place.board-size".to_owned(), "5".to_owned())], (19, 20));
}

#[tokio::test]
async fn real_answers_take_the_place_of_synthetic_ones_and_are_not_mixed_with_them() {
    let desk = Desk::new().await;
    let synthetic = fixture();
    let synthetic = synthetic.to_str().unwrap();
    desk.write("real.csv", answers("naam;toestemming;bestuursleden", &[], 30));
    desk.done(&["export", "places", "--output", "seed.csv"]);
    let before = desk.books().await;
    for (arguments, said) in [
        (
            &["ingest", "survey", synthetic][..],
            "geef --synthetic voor een proef op een database die alleen daarvoor is",
        ),
        (&["ingest", "survey", synthetic, "--language", "en"], "give --synthetic for a trial on a database of its own"),
        (&["ingest", "survey", "real.csv", "--synthetic"], "laat de optie weg"),
    ] {
        let refused = desk.run(arguments);
        assert_eq!((refused.code, refused.out.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(refused.error.contains(said) && refused.error.trim_end().lines().count() == 1, "{}", refused.error);
    }
    assert_eq!(desk.books().await, before);
    let mixed = run(&desk, &["ingest", "survey", synthetic, "real.csv"]);
    assert_eq!((mixed.code, mixed.out.contains("[synthetic-mixed]")), (Some(1), true), "{}", mixed.out);
    ingest(&desk, &[synthetic, "--synthetic"]);
    ingest(&desk, &["real.csv", "--date", "2024-05-01"]);
    let books = desk.books().await;
    assert!(!desk_names_synthetic(&books), "nothing made up is left beside real answers");
    assert_eq!(books.facts.survey_totals.len(), 12, "one question with twelve answers");
    let again = run(&desk, &["ingest", "survey", synthetic, "--synthetic"]);
    assert_eq!((again.code, again.out.contains("[synthetic-over-real]")), (Some(1), true), "{}", again.out);
    let older = run(&desk, &["ingest", "survey", "real.csv", "--date", "2023-05-01"]);
    assert_eq!((older.code, older.out.contains("[older-questionnaire]")), (Some(1), true), "{}", older.out);
    assert_eq!(desk.books().await, books);
    // Only who gives the file can say that it is an older one.
    desk.write("fewer.csv", answers("naam;toestemming;bestuursleden", &[], 20));
    ingest(&desk, &["fewer.csv"]);
    assert!(desk.books().await.facts.survey_totals.iter().all(|total| total.base == 20));
}

fn desk_names_synthetic(books: &Books) -> bool {
    serde_json::to_string(&books.facts).expect("facts are JSON").to_lowercase().contains("syntheti")
        || !books.ledger.places.is_empty()
}

#[tokio::test]
async fn what_can_not_be_read_ends_with_1_and_a_wrong_argument_with_2() {
    let desk = Desk::new().await;
    desk.write("list.csv", "naam;gemeente\nHonk;Dalfsen\n");
    desk.write("empty.csv", "");
    for (arguments, code, said) in [
        (vec!["ingest", "survey", "list.csv"], 1, "[sheet-without-questions]"),
        (vec!["ingest", "survey", "empty.csv"], 1, "leeg"),
        (vec!["ingest", "survey", "absent.csv"], 1, "absent.csv"),
        (vec!["ingest", "survey", "list.csv", "--date", "2999-01-01"], 2, "yet to come"),
        (vec!["ingest", "survey"], 2, "FILE"),
    ] {
        let answer = run(&desk, &arguments);
        let told = format!("{}{}", answer.out, answer.error);
        assert_eq!(answer.code, Some(code), "{arguments:?}: {told}");
        assert!(told.contains(said) && !told.contains("panicked"), "{arguments:?}: {told}");
    }
}

#[tokio::test]
async fn the_totals_stand_beside_the_published_figures_over_http() {
    let desk = Desk::new().await;
    let config = Config {
        listen: "127.0.0.1:0".parse().unwrap(),
        database: desk.database.url.parse().unwrap(),
        log: "warn".to_owned(),
        pdok: String::new(),
        contact: None,
        publisher: None,
        publisher_url: None,
        memory: noaber::admission::Memory::default(),
        rate_limit: None,
        trusted_proxies: Vec::new(),
        metrics: None,
        access: noaber::store::Access::default(),
        trust_clock: false,
    };
    let app = App::start(&config).await.unwrap();
    let url = format!("http://{}/graphql", app.address);
    let library = app.library.clone();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(app.serve(async move {
        let _ = stopped.await;
    }));
    let query =
        "{ survey { questions(about: PLACES) { key base answers { key count publishedPercentage legibility total {
        count base share countDifference percentageDifference synthetic source { title licence publishedAt }
    } } } } }";
    let client = reqwest::Client::new();
    let ask = async || -> Value {
        let sent = client.post(&url).json(&json!({ "query": query })).send().await.unwrap();
        let answer: Value = sent.json().await.unwrap();
        answer["data"]["survey"]["questions"].clone()
    };
    for question in ask().await.as_array().unwrap() {
        assert!(question["answers"].as_array().unwrap().iter().all(|answer| answer["total"].is_null()), "{question}");
    }
    ingest(&desk, &[fixture().to_str().unwrap(), "--synthetic"]);
    let id = noaber::edition::Edition::id_of(&desk.books().await.facts).unwrap();
    for _ in 0..500 {
        if library.served().id == id {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let questions = ask().await;
    let answer = |question: &str, key: &str| -> Value {
        let found = questions.as_array().unwrap().iter().find(|one| one["key"] == question).unwrap();
        found["answers"].as_array().unwrap().iter().find(|one| one["key"] == key).unwrap().clone()
    };
    let volunteers = answer("place.staffing", "volunteers-only");
    // 86 of 140 are 61.43 per cent; the report publishes 61.5.
    let expected = json!({
        "count": 86, "base": 140, "share": 0.6143, "countDifference": 0, "percentageDifference": -0.07, "synthetic": true,
        "source": {
            "title": "Vragenlijst sociale ontmoetingsplekken 2024 (synthetisch, geen echte antwoorden)",
            "licence": "CC0-1.0", "publishedAt": "2024",
        },
    });
    assert_eq!((&volunteers["count"], &volunteers["total"]), (&json!(86), &expected));
    let other = answer("place.legal-form", "other");
    assert_eq!(
        (
            &other["count"],
            &other["total"]["count"],
            &other["total"]["countDifference"],
            &other["total"]["percentageDifference"]
        ),
        (&Value::Null, &json!(7), &Value::Null, &json!(0.0))
    );
    let kind = answer("place.kind", "buurthuis");
    assert_eq!(kind["legibility"], "RECONSTRUCTED");
    assert!(kind["total"]["count"].is_i64() && kind["total"]["percentageDifference"].is_null(), "{kind}");
    assert_eq!(answer("place.income", "subsidy")["total"], Value::Null, "nobody answered");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
}
