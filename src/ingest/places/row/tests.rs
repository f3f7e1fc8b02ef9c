use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::{
    findings::Severity,
    ingest::tabular::{file, table::Geometry},
    model::{
        Address, Language, Location,
        vocabulary::{ActivityType, FacilityType, LegalForm, LocationPrecision, PlaceKind, PlaceStatus, RunBy},
    },
    spatial::Wgs84,
};

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(&crate::testing::facts(), NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()));

fn read(text: &str) -> (Vec<PlaceRow>, Report) {
    let tables = file::read_bytes(text.as_bytes()).unwrap();
    let mut report = Report::default();
    let rows = places(&tables[0], &Arc::from("plekken.csv"), &LEXICON, &mut report).unwrap_or_default();
    (rows, report)
}

fn rules(report: &Report) -> Vec<Rule> {
    report.findings().iter().map(|finding| finding.rule).collect()
}

/// The statements of the one row, besides its name, and the rules it ran into.
fn one(heading: &str, row: &str) -> (Vec<Statement>, Vec<Rule>) {
    let (mut rows, report) = read(&format!("naam;{heading}\nDe Schalm;{row}\n"));
    assert_eq!(rows.len(), 1, "{report:?}");
    let mut statements = rows.remove(0).statements;
    assert_eq!(statements.remove(0), Statement::Name("De Schalm".to_owned()));
    (statements, rules(&report))
}

fn at(lon: f64, lat: f64) -> Statement {
    Statement::Location(Location {
        lon,
        lat,
        precision: LocationPrecision::Address,
        uncertainty_radius_m: 0.0,
        outline: None,
    })
}

#[test]
fn a_row_states_all_that_a_place_has() {
    let text = "sleutel;naam;andere namen;soort;status;gemeente;plaats;wijk;straat;huisnummer;postcode;lengtegraad;breedtegraad;\
        website;rechtsvorm;opgericht;cultureel programma;wie draait de plek;openingstijden;rolstoeltoegankelijk;opgave datum;Bibliotheek;Sport;Bingo\n\
        de-schalm-dalfsen;De Schalm;'t Hoekje | Oude Schalm;dorpshuis;open;Dalfsen;Dalfsen;Oost;Kerkstraat;1a;7722ab;6,257;52,511;\
        https://deschalm.nl;stichting;1978;ja;vrijwilligers;Mo-Fr 09:00-17:00;nee;20-11-2026;ja;-;x\n";
    let (rows, report) = read(text);
    assert!(report.is_empty(), "{}", report.to_text(Language::Nl, 10));
    let owned = |text: &str| text.to_owned();
    let code: MunicipalityCode = "GM0148".parse().unwrap();
    assert_eq!(
        rows,
        [PlaceRow {
            sheet: None,
            row: 2,
            key: Some(owned("de-schalm-dalfsen")),
            name: Some(owned("De Schalm")),
            municipality: Some(code.clone()),
            settlement: Some(owned("Dalfsen")),
            is_elsewhere: false,
            stated: Stated::from(NaiveDate::from_ymd_opt(2026, 11, 20)),
            statements: vec![
                Statement::Name(owned("De Schalm")),
                Statement::AlternativeName(owned("'t Hoekje")),
                Statement::AlternativeName(owned("Oude Schalm")),
                Statement::Kind(PlaceKind::Dorpshuis),
                Statement::Status(PlaceStatus::Open),
                Statement::Municipality(code),
                Statement::Settlement(owned("Dalfsen")),
                Statement::Neighbourhood(owned("Oost")),
                Statement::Address(Address {
                    street: Some(owned("Kerkstraat")),
                    house_number: Some(owned("1a")),
                    postcode: Some(owned("7722 AB")),
                }),
                at(6.257, 52.511),
                Statement::Website(Some(owned("https://deschalm.nl"))),
                Statement::LegalForm(LegalForm::Stichting),
                Statement::FoundedYear(1978),
                Statement::Facility(FacilityType::Sport, false),
                Statement::Facility(FacilityType::Bibliotheek, true),
                Statement::Activity(ActivityType::Bingo, true),
                Statement::CulturalProgramme(true),
                Statement::RunBy(RunBy::Volunteers),
                Statement::OpeningHours(Some(owned("Mo-Fr 09:00-17:00"))),
                Statement::WheelchairAccessible(false),
            ],
            cleared: vec![],
        }]
    );
}

#[test]
fn an_empty_cell_says_nothing_and_a_dash_says_no() {
    assert_eq!(one("website;openingstijden;Bingo;Sport", ";;;"), (vec![], vec![]));
    let (statements, rules) = one("website;openingstijden;Bingo;Sport", "-;-;-;–");
    let expected = vec![
        Statement::Website(None),
        Statement::Facility(FacilityType::Sport, false),
        Statement::Activity(ActivityType::Bingo, false),
        Statement::OpeningHours(None),
    ];
    assert_eq!((statements, rules), (expected, vec![]));
    assert_eq!(one("straat;soort", "-;-"), (vec![], vec![Rule::DashNotAllowed; 2]));
    assert_eq!(one("soort;website", "onbekend;n.v.t."), (vec![], vec![Rule::SaysNothing; 2]));
}

#[test]
fn an_unknown_kind_stays_unknown_and_the_row_goes_in() {
    let (rows, report) = read("naam;soort;plaats\nDe Schalm;kroeg;Dalfsen\n");
    assert_eq!(rows[0].statements.len(), 2);
    let text = report.to_text(Language::Nl, 10);
    assert!(
        text.contains("soort (B2): “kroeg” is geen keuze van kolom “soort”. Kies uit: Kulturhus, Dorpshuis,"),
        "{text}"
    );
}

#[test]
fn lists_of_terms_are_read_and_may_not_contradict_a_column() {
    let (statements, rules) = one("facilities;voorzieningen;activiteiten", "SPORT|Theater;x;bingo, koren; kroeg");
    // The second column means the same, and the semicolon parts cells here.
    assert_eq!(rules, [Rule::DuplicateHeading, Rule::CellWithoutHeading]);
    assert_eq!(
        statements,
        [
            Statement::Facility(FacilityType::Sport, true),
            Statement::Facility(FacilityType::Theater, true),
            Statement::Activity(ActivityType::Bingo, true),
            Statement::Activity(ActivityType::Koren, true),
        ]
    );
    assert_eq!(one("voorzieningen;Sport", "sport | kroeg;-"), (vec![], vec![Rule::UnknownTerm, Rule::Contradiction]));
    assert_eq!(one("voorzieningen", &"x|".repeat(2_000)), (vec![], vec![Rule::TextTooLong]));
    let absent = one("absent_facilities", "SPORT");
    assert_eq!(absent, (vec![Statement::Facility(FacilityType::Sport, false)], vec![]));
}

#[test]
fn a_location_is_put_right_or_refused() {
    let rd = Wgs84 { lon: 6.0917, lat: 52.5117 }.to_rd();
    let (x, y) = (format!("{:.2}", rd.x), format!("{:.2}", rd.y));
    for (heading, row, expected) in [
        ("lon;lat", "6.0917;52.5117".to_owned(), vec![]),
        ("lon;lat", "6,0917;52,5117".to_owned(), vec![]),
        ("lon;lat", "52.5117;6.0917".to_owned(), vec![Rule::CoordinatesSwapped]),
        ("lon;lat", format!("{x};{y}"), vec![Rule::RdInDegrees]),
        ("lon;lat", "60917;525117".to_owned(), vec![Rule::DecimalPointLost]),
        ("x;y", format!("{x};{y}"), vec![]),
        ("x;y", "6.0917;52.5117".to_owned(), vec![Rule::DegreesInRd]),
        ("lon;lat;x;y", format!("6.0917;52.5117;{x};{y}"), vec![]),
    ] {
        let (statements, rules) = one(heading, &row);
        assert_eq!(rules, expected, "{row}");
        let [Statement::Location(location)] = statements.as_slice() else { panic!("{row}: {statements:?}") };
        let found = Wgs84 { lon: location.lon, lat: location.lat };
        assert!(found.to_rd().distance_m(rd) < 0.1, "{row}: {location:?}");
    }
    for (heading, row, expected) in [
        ("lon;lat", "0;0", Rule::NullIsland),
        ("lon;lat", "13,4;52,5", Rule::OutsideNetherlands),
        ("lon;lat", "6,1;", Rule::CoordinateAlone),
        ("lon;lat", ";52,5", Rule::CoordinateAlone),
        ("lon;lat", "6,1;noord", Rule::CoordinateNotNumber),
        ("lon;lat", "6,1;06-12345678", Rule::PersonalData),
        ("lon;lat;x;y", "6.0917;52.5117;203000;503000", Rule::LocationsDisagree),
        ("lon;lat;precision", "6.0917;52.5117;SETTLEMENT", Rule::CoarseLocation),
    ] {
        assert_eq!(one(heading, row), (vec![], vec![expected]), "{row}");
    }
}

fn address(street: &str, number: &str, postcode: &str) -> Statement {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Statement::Address(Address { street: some(street), house_number: some(number), postcode: some(postcode) })
}

#[test]
fn a_part_of_an_address_that_is_refused_leaves_the_others() {
    for (heading, row, expected, rule) in [
        ("straat;huisnummer;postcode", "Kerkstraat;1;77 AB", address("Kerkstraat", "1", ""), Rule::PostcodeShape),
        ("straat;huisnummer", "Kerkstraat;2026-11-15", address("Kerkstraat", "", ""), Rule::HouseNumberAsDate),
        (
            "straat;huisnummer;postcode",
            "Kerkstraat;\"12;14\";7721 AA",
            address("Kerkstraat", "", "7721 AA"),
            Rule::SeveralHouseNumbers,
        ),
        (
            "straat;huisnummer;postcode",
            "Kerkstraat;12,14;7721 AA",
            address("Kerkstraat", "", "7721 AA"),
            Rule::SeveralHouseNumbers,
        ),
        (
            "straat;toevoeging;postcode",
            "Kerkstraat;a;7721 AA",
            address("Kerkstraat", "", "7721 AA"),
            Rule::AdditionWithoutNumber,
        ),
        (
            "adres;postcode",
            "Hoek Kerkstraat/Weverstraat 1 en 2;7721 AA",
            address("", "", "7721 AA"),
            Rule::AddressNotSplit,
        ),
    ] {
        assert_eq!(one(heading, row), (vec![expected], vec![rule]), "{row}");
    }
    for (heading, row, rule) in [
        ("huisnummer", "12A", Rule::NumberWithoutStreet),
        ("straat;huisnummer", "<b>;12A", Rule::Html),
        ("toevoeging", "12A", Rule::AdditionWithoutNumber),
        ("adres", "Kerkstraat", Rule::AddressNotSplit),
    ] {
        assert_eq!(one(heading, row), (vec![], vec![rule]), "{row}");
    }
}

#[test]
fn an_address_stands_in_its_own_columns_or_in_one_or_in_both() {
    let town = || Statement::Settlement("Dalfsen".to_owned());
    for (heading, row, expected) in [
        ("straat;huisnummer;huisletter;toevoeging", "Kerkstraat;1;a;2", vec![address("Kerkstraat", "1a-2", "")]),
        ("straat;Huisnummer + toevoeging", "Kerkstraat;12a", vec![address("Kerkstraat", "12a", "")]),
        ("straat;huisnummer/toevoeging", "Kerkstraat;12a", vec![address("Kerkstraat", "12a", "")]),
        ("straat;huisnummer;postcode", "Kerkstraat;12.0;7721 AA", vec![address("Kerkstraat", "12", "7721 AA")]),
        ("adres;plaats", "Kerkstraat 1a, Dalfsen;Dalfsen", vec![town(), address("Kerkstraat", "1a", "")]),
        ("adres;plaats", "Kerkstraat 1a Dalfsen;Dalfsen", vec![town(), address("Kerkstraat", "1a", "")]),
        ("adres", "Kerkstraat 1a", vec![address("Kerkstraat", "1a", "")]),
        ("adres;postcode", "Kerkstraat 1a;7721AA", vec![address("Kerkstraat", "1a", "7721 AA")]),
        ("adres;huisnummer", "Kerkstraat;12", vec![address("Kerkstraat", "12", "")]),
        ("adres;postcode;plaats", "7721 AA Dalfsen;7721 AA;Dalfsen", vec![town(), address("", "", "7721 AA")]),
        // The town of the address is taken where there is no other.
        ("adres", "Kerkstraat 1a, Dalfsen", vec![town(), address("Kerkstraat", "1a", "")]),
        ("adres;plaats", "Dalfsen;Dalfsen", vec![town()]),
    ] {
        assert_eq!(one(heading, row).0, expected, "{heading}: {row}");
    }
}

#[test]
fn the_profile_of_a_person_is_no_website() {
    for profile in ["https://www.linkedin.com/in/jan-de-vries", "facebook.com/people/Jan-de-Vries/1000"] {
        for column in ["website", "contactpagina"] {
            let (rows, report) = read(&format!("naam;{column}\nDe Schalm;{profile}\n"));
            assert_eq!(rows[0].statements.len(), 1, "{column}: {:?}", rows[0].statements);
            assert_eq!(rules(&report), [Rule::PersonNamed], "{column}: {profile}");
            assert!(!format!("{:?}", report.findings()).contains("ries"), "{column}: {profile}");
        }
    }
}

#[test]
fn personal_data_goes_in_nowhere_and_is_shown_nowhere() {
    let mail = "jan.devries@example.nl";
    for column in [
        "andere namen",
        "plaats",
        "wijk",
        "straat",
        "website",
        "openingstijden",
        "soort",
        "Bingo",
        "huisnummer",
        "postcode",
        "opgericht",
        "voorzieningen",
        "adres",
        "opgave datum",
        "lon",
    ] {
        for value in [mail, "06-12345678", "bel 038 421 45 45 voor Jan"] {
            let (rows, report) = read(&format!("naam;{column}\nDe Schalm;{value}\n"));
            assert_eq!(rows[0].statements.len(), 1, "{column}: {:?}", rows[0].statements);
            let undated = (column == "opgave datum").then_some(Rule::Undated);
            assert_eq!(
                rules(&report),
                [Some(Rule::PersonalData), undated].into_iter().flatten().collect::<Vec<_>>(),
                "{column} {value}"
            );
            let csv = String::from_utf8(report.to_csv(Language::Nl).unwrap()).unwrap();
            assert!(!csv.contains("devries") && !csv.contains("12345678") && !csv.contains("421 45"), "{csv}");
        }
    }
    let (rows, report) = read(&format!("naam\n{mail}\nDe Spil\n"));
    assert_eq!((rows.len(), rules(&report)), (1, vec![Rule::PersonalData, Rule::RowWithoutName]));
}

#[test]
fn hostile_texts_are_refused_cell_by_cell() {
    let text = "naam;plaats;website\n=HYPERLINK(\"http://evil\");Dalfsen;https://a.nl\nDe Schalm;<script>x</script>;javascript:alert(1)\n\
        De Spil;@SUM(1);https://user:pw@a.nl\n'@home;'-Oost;www.a.nl\n";
    let (rows, report) = read(text);
    assert_eq!(
        rules(&report),
        [
            Rule::FormulaInText,
            Rule::RowWithoutName,
            Rule::Html,
            Rule::WebsiteShape,
            Rule::FormulaInText,
            Rule::PersonalData,
            Rule::WebsiteRepaired,
        ]
    );
    let told: Vec<(u32, usize)> = rows.iter().map(|row| (row.row, row.statements.len())).collect();
    assert_eq!(told, [(3, 1), (4, 1), (5, 3)]);
    assert_eq!((rows[2].name.as_deref(), rows[2].settlement.as_deref()), (Some("@home"), Some("-Oost")));
}

#[test]
fn keys_of_ours_are_known_and_other_numbers_are_told() {
    let key = |heading: &str, value: &str| {
        let (rows, report) = read(&format!("naam;{heading}\nDe Schalm;{value}\n"));
        (rows[0].key.clone(), rules(&report))
    };
    let ours = Some("de-schalm".to_owned());
    assert_eq!(key("id", "place:de-schalm"), (ours.clone(), vec![]));
    assert_eq!(key("sleutel", "de-schalm"), (ours.clone(), vec![]));
    assert_eq!(key("slug", "place:de-schalm"), (ours, vec![]));
    assert_eq!(key("id", "140"), (None, vec![Rule::ForeignId]));
    let (rows, report) = read("naam;id\na;1\nb;2\n");
    assert_eq!((rows.len(), rules(&report)), (2, vec![Rule::ForeignId]));
    assert_eq!(key("sleutel", "De Schalm!"), (None, vec![Rule::KeyShape]));
}

#[test]
fn name_and_code_of_the_municipality_agree() {
    let code = |row: &str| {
        let (rows, report) = read(&format!("naam;gemeente;gemeentecode\nDe Schalm;{row}\n"));
        (rows[0].municipality.as_ref().map(ToString::to_string), rules(&report))
    };
    let hengelo = Some("GM0164".to_owned());
    assert_eq!(code("Hengelo (O.);GM0164"), (hengelo.clone(), vec![]));
    assert_eq!(code("Hengelo;"), (hengelo.clone(), vec![]));
    assert_eq!(code(";164"), (hengelo, vec![Rule::MunicipalityCodeRepaired]));
    assert_eq!(code("Hengelo;GM0148"), (None, vec![Rule::MunicipalitiesDisagree]));
    assert_eq!(code("Arnhem;"), (None, vec![Rule::UnknownMunicipality]));
}

#[test]
fn headings_that_are_not_read_are_told_once() {
    let text = "naam;telefoon;postkode;Name;updated_at\nDe Schalm;038-4214545;7722 AB;x;2026-01-01\nDe Spil;x;;;\n";
    let (rows, report) = read(text);
    assert_eq!(rows.len(), 2);
    assert_eq!(rules(&report), [Rule::UnknownHeading, Rule::MisspeltHeading, Rule::DuplicateHeading]);
    assert_eq!(report.findings()[1].details, ["postcode"]);
    assert_eq!(report.findings()[0].cell().as_deref(), Some("B1"));
}

#[test]
fn a_table_without_names_is_refused_with_what_was_found() {
    let (rows, report) = read("plaats;soort\nDalfsen;dorpshuis\n");
    assert_eq!((rows.len(), report.findings()[0].rule), (0, Rule::MissingHeading));
    assert!(report.to_text(Language::Nl, 1).contains("Gevonden: plaats, soort."));
    // The number of another register names no place of ours.
    let (rows, report) = read("id;plaats\n140;Dalfsen\n141;Dalfsen\n");
    assert_eq!((rows.len(), rules(&report)), (0, vec![Rule::MissingHeading]));
    assert_eq!(read("id;plaats\n;x\nplace:de-schalm;Dalfsen\n").0.len(), 1);
}

#[test]
fn a_row_with_too_many_cells_and_an_empty_row_are_no_surprise() {
    let (rows, report) = read("naam;plaats\nDe Schalm;Dalfsen;extra\n;;\nDe Spil;Zwolle\n");
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 4]);
    let cell = report.findings()[0].cell();
    assert_eq!((rules(&report), cell.as_deref()), (vec![Rule::CellWithoutHeading], Some("C2")));
}

#[test]
fn dates_years_and_ticks_are_refused_when_they_are_something_else() {
    for (heading, value, rule) in [
        ("opgave datum", "2027-01-01", Rule::DateOutOfRange),
        ("opgave datum", "morgen", Rule::DateShape),
        ("opgericht", "voor 1900", Rule::YearShape),
        ("opgericht", "2037", Rule::YearShape),
        ("Bingo", "soms", Rule::NotYesOrNo),
        ("openingstijden", "dagelijks", Rule::OpeningHoursShape),
        ("status", "verbouwing", Rule::UnknownTerm),
    ] {
        let undated = (heading == "opgave datum").then_some(Rule::Undated);
        let rules = [Some(rule), undated].into_iter().flatten().collect();
        assert_eq!(one(heading, value), (vec![], rules), "{heading}");
    }
}

#[test]
fn the_errors_of_a_spreadsheet_are_no_values() {
    let (rows, report) = read("naam;plaats;website\n#N/B;Dalfsen;\nDe Schalm;#VERW!;#N/A\n");
    assert_eq!((rows.len(), rows[0].statements.len()), (1, 1));
    assert_eq!(rules(&report), [Rule::ErrorCell, Rule::RowWithoutName, Rule::ErrorCell, Rule::ErrorCell]);
}

/// A table of one row with the same text in every column.
fn everywhere(text: &str) -> Table {
    let headings: Vec<String> = LEXICON.columns().all().iter().map(|info| info.key.clone()).collect();
    let cell = |column| table::Cell { column, text: text.to_owned(), kind: table::CellKind::Plain };
    let columns = u16::try_from(headings.len()).unwrap();
    let geometry = Some(Geometry::Point(Wgs84 { lon: 6.1, lat: 52.5 }));
    let record = table::Record { row: 2, cells: (0..columns).map(cell).collect(), geometry };
    Table { heading_row: 1, headings, records: vec![record], ..Table::default() }
}

/// The texts of the statements of a row, aside from the mailbox and the number of a desk, which are those of no person.
fn texts(row: &PlaceRow) -> Vec<String> {
    fn collect(value: &serde_json::Value, texts: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => texts.push(text.clone()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
            serde_json::Value::Object(members) => {
                let others = members.iter().filter(|(name, _)| !["email", "phone"].contains(&name.as_str()));
                others.for_each(|(_, item)| collect(item, texts));
            }
            _ => {}
        }
    }
    let mut texts = Vec::new();
    collect(&serde_json::to_value(&row.statements).unwrap(), &mut texts);
    texts
}

proptest! {
    #[test]
    fn whatever_stands_in_the_cells_nothing_personal_or_invisible_comes_out(
        text in "(.{0,20}|[a-z0-9 @.+=<>&;:/-]{0,24}|06[ -]?[0-9]{8}|[a-z]{1,5}[.]?[a-z]{1,5}@[a-z]{1,5}[.](nl|com)|[0-9a-z -]{0,9}0[1-9][0-9] ?[0-9]{7}[a-z ]{0,5})"
    ) {
        let mut report = Report::default();
        let rows = places(&everywhere(&text), &Arc::from("x"), &LEXICON, &mut report).unwrap();
        for text in rows.iter().flat_map(texts) {
            prop_assert!(!personal_data::is_personal(&text), "{text}");
            prop_assert!(!text.contains(|c: char| c.is_control() || c == '\u{202E}'), "{text:?}");
            prop_assert!(!text.contains("<script") && !text.to_lowercase().starts_with("javascript:"), "{text}");
        }
        for finding in report.findings() {
            prop_assert!(!personal_data::is_personal(&finding.value), "{}", finding.value);
            prop_assert!(!finding.details.iter().any(|detail| personal_data::is_personal(detail)), "{:?}", finding.details);
        }
    }
}

#[test]
fn repairs_are_told_apart_from_refusals() {
    let (_, report) = read("naam;plaats\n\"Caf&eacute; Zo\";<b>\n");
    let counts = [Severity::Refused, Severity::Repaired, Severity::Note].map(|severity| report.count(severity));
    assert_eq!(counts, [1, 1, 0]);
}

#[test]
fn every_plain_field_is_read_from_the_cell_that_a_download_writes() {
    use crate::model::{Cell, PLAIN, Place, every_field};

    let full = every_field();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = PLAIN.iter().map(crate::model::PlainField::column);
    writer.write_record(["id".to_owned(), "name".to_owned()].into_iter().chain(columns)).unwrap();
    let cells = PLAIN.iter().map(|plain| match (plain.of)(&full) {
        Cell::Term(_, name) => name.to_owned(),
        Cell::Is(is) => is.to_string(),
        cell => cell.told(crate::model::Language::En).unwrap(),
    });
    let named = [format!("place:{}", full.key), full.name.clone()];
    writer.write_record(named.into_iter().chain(cells)).unwrap();
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let (rows, report) = read(&text);
    assert!(report.is_empty(), "{}", report.to_text(crate::model::Language::En, 20));
    let mut place = Place::unsaid(full.key.clone(), full.municipality.clone());
    rows[0].statements.iter().for_each(|statement| statement.apply_to(&mut place));
    for plain in PLAIN {
        assert_eq!((plain.of)(&place), (plain.of)(&full), "{}", plain.name);
    }
}

#[test]
fn every_plain_field_has_a_column_of_the_template_under_the_name_that_everybody_uses() {
    let lexicon = &*LEXICON;
    for plain in crate::model::PLAIN {
        let info = lexicon.columns().all().iter().find(|info| info.key == plain.name);
        assert!(info.is_some_and(|info| info.heading == plain.nl && info.is_in_template), "{}", plain.name);
    }
}

#[test]
fn a_pair_a_postcode_with_its_town_and_hours_by_day_are_read() {
    for pair in ["52.5117, 6.0917", "52,5117; 6,0917", "6.0917 52.5117", "POINT (6.0917 52.5117)", "[6.0917,52.5117]"] {
        let (statements, rules) = one("geo_point_2d", &format!("\"{pair}\""));
        assert_eq!((statements, rules), (vec![at(6.0917, 52.5117)], vec![]), "{pair}");
    }
    for wrong in ["52.5117", "a, b", "1 2 3"] {
        assert_eq!(one("coördinaten", &format!("\"{wrong}\"")), (vec![], vec![Rule::CoordinateNotNumber]), "{wrong}");
    }
    let town = Statement::Settlement("Dalfsen".to_owned());
    let whole = vec![town, address("Kerkstraat", "1a", "7721 AA")];
    assert_eq!(one("Straat + huisnummer;Postcode/woonplaats", "Kerkstraat 1a;7721AA Dalfsen"), (whole, vec![]));
    let hours = |text: &str| vec![Statement::OpeningHours(Some(text.to_owned()))];
    assert_eq!(
        one("maandag;dinsdag;zondag", "9:00-17:00;9-12 en 13-17 uur;gesloten"),
        (hours("Mo 09:00-17:00; Tu 09:00-12:00,13:00-17:00; Su off"), vec![])
    );
    assert_eq!(one("maandag;dinsdag", "9:00-17:00;bel even"), (vec![], vec![Rule::OpeningHoursShape]));
}

#[test]
fn a_table_of_which_the_values_slid_along_the_headings_is_refused() {
    let headings = "sleutel;naam;soort;gemeente;postcode;website\n";
    let row = |before: &str, number: u32| format!("{before};Het Honk {number};Dorpshuis;Dalfsen;7721 AA;\n");
    let table =
        |before: &str| format!("{headings}{}{}{}{}", row(before, 1), row(before, 2), row(before, 3), row(before, 4));
    let (rows, report) = read(&table(""));
    assert_eq!((rows.len(), report.is_empty()), (4, true));
    let (rows, report) = read(&table(";"));
    assert_eq!(rows, []);
    let told = report.to_text(Language::Nl, 10);
    assert!(
        told.contains("onder “gemeente” staat in 4 rijen wat onder “soort” hoort")
            && told.contains("[columns-shifted]"),
        "{told}"
    );
}
