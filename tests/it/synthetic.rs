//! Answers that nobody gave: 140 rows that reproduce every figure about places that the report publishes and that can be
//! read, and say on each row that they are synthetic.
//!
//! Which row gives which answer is arbitrary, and so is everything that the report has no legible figure for: the kinds,
//! how many are a foundation and how many an association, and which rows have consent. Support and income are left empty.

use serde_json::Value;

/// As many as answered.
pub(crate) const ROWS: usize = 140;

/// Municipality and town. One for each row with consent: names that differ by the number behind them only are taken for
/// polling stations in one building.
const TOWNS: [(&str, &str); 20] = [
    ("Almelo", "Almelo"),
    ("Borne", "Borne"),
    ("Dalfsen", "Dalfsen"),
    ("Deventer", "Deventer"),
    ("Enschede", "Enschede"),
    ("Haaksbergen", "Haaksbergen"),
    ("Hardenberg", "Hardenberg"),
    ("Hellendoorn", "Hellendoorn"),
    ("Hengelo", "Hengelo"),
    ("Hof van Twente", "Goor"),
    ("Kampen", "Kampen"),
    ("Losser", "Losser"),
    ("Oldenzaal", "Oldenzaal"),
    ("Ommen", "Ommen"),
    ("Raalte", "Raalte"),
    ("Staphorst", "Staphorst"),
    ("Tubbergen", "Tubbergen"),
    ("Twenterand", "Vriezenveen"),
    ("Wierden", "Wierden"),
    ("Zwolle", "Zwolle"),
];

const HEADINGS: [&str; 16] = [
    "synthetisch",
    "toestemming",
    "naam",
    "gemeente",
    "plaats",
    "soort",
    "rechtsvorm",
    "voorzieningen",
    "activiteiten",
    "bestuursleden",
    "bemensing",
    "geen voorzieningen",
    "cultureel programma",
    "ontvangen ondersteuning",
    "gemiste ondersteuning",
    "inkomsten",
];

/// The committed report, read without the code under test.
pub(crate) fn report() -> Value {
    serde_json::from_str(include_str!("../../seed/report.json")).expect("the report is JSON")
}

/// A question of the report.
pub(crate) fn question<'a>(report: &'a Value, key: &str) -> &'a Value {
    let mut questions = report["questions"].as_array().expect("a list").iter();
    questions.find(|question| question["key"] == key).unwrap_or_else(|| panic!("the report has no question {key}"))
}

/// Each answer as many times as the report counts it, in its order; `rest` fills up to all rows.
fn as_counted(report: &Value, key: &str, rest: Option<&str>) -> Vec<String> {
    let mut given = Vec::new();
    for answer in question(report, key)["answers"].as_array().expect("a list") {
        let count = answer["count"].as_u64().expect("a count that can be read");
        let label = answer["labelNl"].as_str().expect("a text");
        // Yes to the only answer that there is.
        let text = if rest.is_some() { "ja" } else { label };
        given.extend((0..count).map(|_| text.to_owned()));
    }
    given.resize(ROWS, rest.unwrap_or_default().to_owned());
    given
}

/// The file: UTF-8, semicolons.
pub(crate) fn synthetic() -> String {
    let report = report();
    // 5 per cent of 140 are 7.
    let other = question(&report, "place.legal-form")["answers"][2]["publishedPercentage"].as_f64().expect("a number");
    let is_other = |row: usize| (row as f64) < other / 100.0 * ROWS as f64;
    let (board, staffing) =
        (as_counted(&report, "place.board-size", None), as_counted(&report, "place.staffing", None));
    let none = as_counted(&report, "place.no-facilities", Some("nee"));
    let culture = as_counted(&report, "place.cultural-programme", Some("nee"));
    // Steps that share no factor with 140 reach every row once, and make every row another mixture.
    let of = |given: &[String], row: usize, step: usize| given[row * step % ROWS].clone();
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(HEADINGS).expect("it fits in memory");
    for row in 0..ROWS {
        let has_consent = row % 7 == 3;
        let (municipality, town) = TOWNS[row / 7];
        let is_without = of(&none, row, 11) == "ja";
        let with_consent = |text: &str| if has_consent { text.to_owned() } else { String::new() };
        let legal_form = match row * 3 % ROWS {
            step if is_other(step) => "Andere (kerkelijke organisatie, VOF)",
            step if step % 4 == 0 => "Vereniging",
            _ => "Stichting",
        };
        writer
            .write_record([
                "ja".to_owned(),
                if has_consent { "ja" } else { "nee" }.to_owned(),
                format!("Synthetische plek {:03}", row + 1),
                municipality.to_owned(),
                town.to_owned(),
                with_consent(["Buurthuis", "Kulturhus", "Dorpshuis", "Wijkcentrum"][row % 4]),
                legal_form.to_owned(),
                with_consent(if is_without { "" } else { "Bibliotheek|Sport" }),
                with_consent("Bingo"),
                of(&board, row, 9),
                of(&staffing, row, 13),
                of(&none, row, 11),
                of(&culture, row, 17),
                String::new(),
                String::new(),
                String::new(),
            ])
            .expect("it fits in memory");
    }
    String::from_utf8(writer.into_inner().expect("it fits in memory")).expect("it was text")
}
