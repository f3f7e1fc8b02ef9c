use chrono::NaiveDate;
use rust_xlsxwriter::Workbook as Written;

use super::*;
use crate::{edition::Edition, findings::Severity, spatial::Crs};

fn lexicon() -> Lexicon {
    Lexicon::new(&crate::testing::facts(), NaiveDate::from_ymd_opt(2026, 11, 25).unwrap())
}

fn sheets(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut written = Written::new();
    for (name, rows) in sheets {
        let sheet = written.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    written.save_to_buffer().unwrap()
}

#[test]
fn the_sheets_are_told_apart_by_name_and_by_headings() {
    let bytes = sheets(&[
        ("Uitleg", &[&["naam"], &["zo vult u dit in"]]),
        ("GEMEENTE", &[&["vraag", "antwoord"], &["gemeente", "Dalfsen"], &["lijst volledig", "ja"]]),
        ("Oud", &[&["naam"], &["De Oude"]]),
        ("Plekken", &[&["naam", "plaats"], &["De Schalm", "Dalfsen"]]),
        ("Notities", &[&["iets"], &["anders"]]),
    ]);
    let read = read_bytes("a.xlsx", &bytes, &lexicon()).unwrap();
    assert_eq!(read.rows.iter().map(|row| row.name.as_deref()).collect::<Vec<_>>(), [Some("De Schalm")]);
    assert_eq!(read.rows[0].sheet.as_deref(), Some("Plekken"));
    assert!(read.municipality.unwrap().inventory.is_some());
    let told: Vec<(Rule, &str)> =
        read.report.findings().iter().map(|finding| (finding.rule, finding.value.as_str())).collect();
    assert_eq!(told, [(Rule::SheetNotRead, "Oud"), (Rule::SheetNotRead, "Notities")]);
}

#[test]
fn a_sheet_of_any_name_will_do_and_one_without_names_is_told() {
    let read = read_bytes("a.xlsx", &sheets(&[("Blad1", &[&["Naam"], &["De Schalm"]])]), &lexicon()).unwrap();
    assert_eq!((read.rows.len(), read.municipality, read.report.is_empty()), (1, None, true));
    let read = read_bytes("a.xlsx", &sheets(&[("Blad1", &[&["iets"], &["anders"]])]), &lexicon()).unwrap();
    assert_eq!(read.report.findings()[0].rule, Rule::MissingHeading);
}

#[test]
fn a_table_of_questions_is_the_municipality_also_as_csv() {
    let read =
        read_bytes("gemeente.csv", b"vraag;antwoord\ngemeente;Dalfsen\nlijst volledig;ja\n", &lexicon()).unwrap();
    assert!(read.municipality.is_some() && read.rows.is_empty() && read.report.is_empty(), "{read:?}");
}

#[test]
fn a_row_of_a_spreadsheet_is_found_again_by_its_number() {
    let bytes = sheets(&[("Plekken", &[&[], &["naam", "postcode"], &[], &["De Schalm", "77 AB"]])]);
    let read = read_bytes("a.xlsx", &bytes, &lexicon()).unwrap();
    assert_eq!((read.rows[0].row, read.report.findings()[0].cell().as_deref()), (4, Some("B4")));
}

/// Our own download as it is published; the CSV is read back by `tests/it/api`, which has a server.
#[test]
fn our_own_geojson_is_read_back() {
    let facts = crate::testing::facts();
    let known = facts.places.clone();
    let edition = Edition::build(facts).unwrap();
    let all = 0..u32::try_from(known.len()).unwrap();
    for crs in [Crs::Crs84, Crs::Rd] {
        let text = edition.feature_collection(all.clone(), crs).to_string();
        let read = read_bytes("places.geojson", text.as_bytes(), &lexicon()).unwrap();
        assert_eq!(read.rows.len(), known.len());
        assert_eq!(read.report.count(Severity::Refused), 0, "{}", read.report.to_text(Default::default(), 10));
        for (row, place) in read.rows.iter().zip(&known) {
            assert_eq!(row.key.as_ref(), Some(&place.key));
            assert_eq!((row.name.as_ref(), row.settlement.as_ref()), (Some(&place.name), Some(&place.settlement)));
            let address = row.statements.iter().find_map(|statement| match statement {
                crate::model::Statement::Address(address) => Some(address.line(&place.settlement)),
                _ => None,
            });
            // A house number without its street, or a town alone, is not in the one line of an address.
            let line = place.address.as_ref().map(|address| address.line(&place.settlement));
            assert_eq!(address, line.filter(|line| *line != place.settlement), "{}", place.key);
            let has_location = row.statements.iter().any(|statement| statement.field() == "location");
            assert_eq!(has_location, place.is_at_address(), "{}", place.key);
        }
    }
}

#[test]
fn headings_are_found_below_a_title() {
    let text =
        "Ontmoetingsplekken van Dalfsen, 2026;;\n;;\nnaam;plaats;wat we ervan vinden\nDe Spil;Nieuwleusen;mooi\n";
    let workbook = read_bytes("x.csv", text.as_bytes(), &lexicon()).unwrap();
    let rules: Vec<Rule> = workbook.report.findings().iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [Rule::HeadingsBelow, Rule::UnknownHeading]);
    assert_eq!(
        workbook.rows.iter().map(|row| (row.row, row.name.as_deref())).collect::<Vec<_>>(),
        [(4, Some("De Spil"))]
    );
    // A place that is called as a heading is none.
    let text = "Lijst\nnaam\nDe Spil\n";
    assert_eq!(read_bytes("x.csv", text.as_bytes(), &lexicon()).unwrap().rows.len(), 0);
}
