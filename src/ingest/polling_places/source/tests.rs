use std::{fs, path::Path, sync::LazyLock};

use rust_xlsxwriter::Workbook;

use super::*;
use crate::{ingest::tabular::file, model::Facts, testing::EDITION};

static FACTS: LazyLock<Facts> = LazyLock::new(crate::testing::facts);

const TODAY: &str = "2026-11-27";

fn read_on(bytes: &[u8], on: Option<&str>) -> Result<Batch, Lack> {
    let today = TODAY.parse().unwrap();
    let lexicon = Lexicon::new(&FACTS, today);
    let whereabouts = Whereabouts::of(&FACTS, &EDITION, None);
    let mut batch = Batch::default();
    let said = Said { on: on.map(|day| day.parse().unwrap()), url: None, today };
    let tables = file::read_bytes(bytes).unwrap();
    add(&mut batch, &"lijst".into(), &tables, &lexicon, &whereabouts, &said).map(|()| batch)
}

fn read(bytes: &[u8]) -> Batch {
    read_on(bytes, None).unwrap()
}

/// Day, sheet, row, name and municipality of each record.
fn told(batch: &Batch) -> Vec<String> {
    let of = |(sender, records): &(Sender, Vec<Record>)| {
        let day = sender.source.published.as_ref().unwrap().as_str().to_owned();
        let line = |record: &Record| {
            let municipality = record.municipality.as_ref().map_or("-", |code| code.as_str()).to_owned();
            let At { sheet, row, .. } = &record.at;
            let name = record.name().unwrap_or("-");
            format!("{day} {}:{row} {name} {municipality}", sheet.as_deref().unwrap_or("-"))
        };
        records.iter().map(line).collect::<Vec<_>>()
    };
    batch.groups.iter().flat_map(of).collect()
}

fn codes(batch: &Batch) -> Vec<&'static str> {
    batch.report.findings().iter().map(|finding| finding.rule.code()).collect()
}

/// An invented form: attributes with what explains them, and below `Invulveld 1` and on what is given.
fn form(attributes: &[(&str, &[&str])], fields: u16) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let notes = workbook.add_worksheet().set_name("Toelichting").unwrap();
    notes.write_string(0, 0, "Vul per stembureau een kolom in").unwrap();
    let sheet = workbook.add_worksheet().set_name("Attributen").unwrap();
    for (column, heading) in (0..).zip(["Attributen", "Verplicht (ja/nee)", "Opmerkingen", "Format", "Voorbeeld"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for field in 0..fields {
        sheet.write_string(0, field + 5, format!("Invulveld {}", field + 1)).unwrap();
    }
    for (row, (attribute, values)) in (1..).zip(attributes) {
        for (column, text) in (0..).zip([*attribute, "ja", "Uitleg", "tekst", "Stadhuis"]) {
            sheet.write_string(row, column, text).unwrap();
        }
        for (column, value) in (5..).zip(*values).filter(|(_, value)| !value.is_empty()) {
            sheet.write_string(row, column, *value).unwrap();
        }
    }
    workbook.add_worksheet().set_name("Metadata").unwrap().write_string(0, 0, "Metadata").unwrap();
    workbook.save_to_buffer().unwrap()
}

/// One in Dalfsen by degrees, one in Enschede by metres two columns further, one in Groningen.
const FILLED: [(&str, &[&str]); 8] = [
    ("Nummer stembureau", &["1", "", "3", "4"]),
    ("Naam stembureau", &["Dorpshuis Het Verzonnen Dorp", "", "Wijkcentrum 't Verzonnen Plein", "Martinikerk"]),
    ("Postcode", &["7721 AA", "", "75 AB", ""]),
    ("X", &["", "", "257800", "233900"]),
    ("Y", &["", "", "471500", "582100"]),
    ("Latitude", &["52.5093", "", "", ""]),
    ("Longitude", &["6.2577", "", "", ""]),
    ("Openingstijd", &["2026-03-18T07:30:00", "", "2026-03-17T07:30:00", "2026-03-18T07:30:00"]),
];

#[test]
fn a_form_has_a_polling_place_a_column_and_its_municipality_is_where_it_lies() {
    for fields in [1_000, 4, 0] {
        let batch = read(&form(&FILLED, fields));
        assert_eq!(
            told(&batch),
            [
                "2026-03-17 Attributen!H:3 Wijkcentrum 't Verzonnen Plein GM0153",
                "2026-03-18 Attributen!F:3 Dorpshuis Het Verzonnen Dorp GM0148",
                "2026-03-18 Attributen!I:3 Martinikerk -",
            ],
            "{fields}"
        );
        // The sheets beside it are not told, and a cell is the one of the form.
        let wrong = batch.report.findings().iter().find(|finding| finding.rule == Rule::PostcodeShape).unwrap();
        assert_eq!((wrong.cell().as_deref(), wrong.sheet.as_deref()), (Some("H4"), Some("Attributen")));
        assert!(!codes(&batch).contains(&"sheet-not-read"), "{:?}", codes(&batch));
    }
}

#[test]
fn a_form_as_csv_is_read_as_well_and_the_example_is_nobodys() {
    let csv = "Attributen;Voorbeeld;;\nNaam stembureau;Stadhuis;Het Verzonnen Huis;\nLatitude;52.08;52,5093;\n\
        Longitude;4.32;6,2577;\n";
    let batch = read_on(csv.as_bytes(), Some("2026-03-18")).unwrap();
    assert_eq!(told(&batch), ["2026-03-18 C:2 Het Verzonnen Huis GM0148"]);
    assert_eq!(read_on(csv.as_bytes(), None).unwrap_err(), Lack::Day);
}

#[test]
fn what_a_polling_place_of_a_form_runs_into_is_told_at_its_name() {
    let nameless: [(&str, &[&str]); 3] = [
        ("Naam stembureau", &["", "Het Verzonnen Huis"]),
        ("Plaats", &["Dalfsen", "Atlantis"]),
        ("Gemeente", &["Dalfsen"; 2]),
    ];
    let batch = read_on(&form(&nameless, 10), Some("2026-03-18")).unwrap();
    let at = |rule| {
        let finding = batch.report.findings().iter().find(|finding| finding.rule == rule).unwrap();
        (finding.sheet.as_deref().unwrap().to_owned(), finding.cell().unwrap())
    };
    assert_eq!(at(Rule::RowWithoutName), ("Attributen!F".to_owned(), "F2".to_owned()));
    assert_eq!(at(Rule::SettlementUnknown), ("Attributen!G".to_owned(), "G2".to_owned()));
}

#[test]
fn a_form_without_a_polling_place_is_told_to_be_empty() {
    let empty: [(&str, &[&str]); 2] = [("Naam stembureau", &[]), ("Openingstijd", &[])];
    for fields in [0, 1_000] {
        assert_eq!(read_on(&form(&empty, fields), None).unwrap_err(), Lack::PollingPlaces, "{fields}");
    }
}

#[test]
fn the_rows_of_the_rest_of_the_country_are_counted_in_one_line() {
    let list = "Gemeente;CBS gemeentecode;Naam stembureau;Type stembureau;Plaats;Postcode\n\
        Pekela;GM0765;Dorpshuis Hier Niet;regulier;Oude Pekela;geen\n\
        Emmen;114;Buurthuis Ook Niet;regulier;Emmen;\n\
        Dalfsen;GM0148;Dorpshuis Het Verzonnen Dorp;regulier;Dalfsen;\n\
        Pekela;GM0765;Stembus;mobiel;Oude Pekela;\n\
        Zwole;GM0193;Wijkcentrum De Vergissing;regulier;Zwolle;\n\
        Ommen;GM0175;Stembus;mobiel;Ommen;\n";
    let batch = read_on(list.as_bytes(), Some("2023-11-22")).unwrap();
    assert_eq!(
        told(&batch),
        ["2023-11-22 -:4 Dorpshuis Het Verzonnen Dorp GM0148", "2023-11-22 -:6 Wijkcentrum De Vergissing GM0193",]
    );
    let findings = batch.report.findings().iter();
    let said: Vec<_> =
        findings.map(|finding| (finding.rule, finding.value.as_str(), finding.details.join(" "))).collect();
    assert_eq!(
        said,
        [
            (Rule::MobilePollingPlaces, "2", String::new()),
            (Rule::RowsElsewhere, "2", "Emmen, Pekela".to_owned()),
            (Rule::UnknownMunicipality, "Zwole", String::new()),
        ]
    );
    assert_eq!((batch.left_aside, batch.refused), (4, 0));
}

#[test]
fn without_codes_a_slip_and_a_village_are_told_and_what_is_elsewhere_is_counted() {
    let list = "Gemeente;Naam stembureau\nPekela;A\nZwole;B\nHasselt;C\nzwolle;D\n;E\n#N/A;F\nHengelo (O);G\nEmmen;H\nWOERDEN;I\nOmen;J\n";
    let batch = read_on(list.as_bytes(), Some("2023-11-22")).unwrap();
    let names: Vec<_> = batch.groups[0].1.iter().map(|record| record.name().unwrap()).collect();
    assert_eq!(names, ["B", "C", "D", "E", "F", "G", "J"]);
    let elsewhere = batch.report.findings().iter().find(|finding| finding.rule == Rule::RowsElsewhere).unwrap();
    assert_eq!((elsewhere.value.as_str(), &elsewhere.details[..]), ("3", &["Emmen, Pekela, WOERDEN".to_owned()][..]));
}

#[test]
fn the_real_forms_are_read_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/raw/stemlokalen-form");
    let real = |name: &str| fs::read(folder.join(name)).ok();
    let Some(filled) = real("invul_filled.xlsx") else {
        eprintln!("NOT RUN: the real forms are not there ({})", folder.display());
        return;
    };
    let batch = read(&filled);
    let told = told(&batch);
    assert_eq!(told.len(), 29, "{told:?}");
    assert!(told.iter().all(|line| line.starts_with("2023-03-15 ") && line.ends_with(" GM1708")), "{told:?}");
    assert_eq!(codes(&batch), ["municipality-by-location"]);
    for empty in ["waarismijnstemlokaal-invulformulier-leeg.xlsx", "stembureaus-standaard-1.7-gr2026-voorbeeld.xlsx"] {
        assert_eq!(read_on(&real(empty).unwrap(), None).unwrap_err(), Lack::PollingPlaces, "{empty}");
    }
}
