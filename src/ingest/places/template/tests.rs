use std::collections::HashMap;

use super::*;
use crate::{
    ingest::{places::workbook, tabular::stated::Stated},
    model::{
        ContactPoint, Language, Statement,
        vocabulary::{ActivityType, FacilityType},
    },
};

const FORMATS: [TemplateFormat; 2] = [TemplateFormat::Xlsx, TemplateFormat::Csv];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

/// What is known of a place, but for a coarse location: by its fields, without the code under test.
fn statements(place: &Place) -> Vec<Statement> {
    let mut statements = vec![Statement::Name(place.name.clone())];
    statements.extend(place.alternative_names.iter().cloned().map(Statement::AlternativeName));
    statements.extend(place.kind.map(Statement::Kind));
    statements.extend(place.status.map(Statement::Status));
    statements.push(Statement::Municipality(place.municipality.clone()));
    statements.push(Statement::Settlement(place.settlement.clone()));
    statements.extend(place.neighbourhood.clone().map(Statement::Neighbourhood));
    statements.extend(place.address.clone().map(Statement::Address));
    statements.extend(place.location.clone().filter(|_| place.is_at_address()).map(Statement::Location));
    statements.extend(place.website.clone().map(|site| Statement::Website(Some(site))));
    statements.extend(place.legal_form.map(Statement::LegalForm));
    statements.extend(place.founded_year.map(Statement::FoundedYear));
    let mut facilities: Vec<(FacilityType, bool)> = place.facilities.iter().map(|term| (*term, true)).collect();
    facilities.extend(place.absent_facilities.iter().map(|term| (*term, false)));
    facilities.sort_unstable();
    statements.extend(facilities.into_iter().map(|(term, is_there)| Statement::Facility(term, is_there)));
    let mut activities: Vec<(ActivityType, bool)> = place.activities.iter().map(|term| (*term, true)).collect();
    activities.extend(place.absent_activities.iter().map(|term| (*term, false)));
    activities.sort_unstable();
    statements.extend(activities.into_iter().map(|(term, is_there)| Statement::Activity(term, is_there)));
    statements.extend(place.cultural_programme.map(Statement::CulturalProgramme));
    statements.extend(place.run_by.map(Statement::RunBy));
    statements.extend(place.owned_by.map(Statement::OwnedBy));
    statements.extend(place.opening_hours.clone().map(|hours| Statement::OpeningHours(Some(hours))));
    statements.extend(place.wheelchair_accessible.map(Statement::WheelchairAccessible));
    statements
}

fn round_trip(facts: &Facts, municipality: &MunicipalityCode, format: TemplateFormat) -> workbook::Workbook {
    let bytes = template(facts, municipality, true, format, today()).unwrap();
    workbook::read_bytes("plekken", &bytes, &Lexicon::new(facts, today())).unwrap()
}

fn assert_comes_back(facts: &Facts) {
    let mut read = 0;
    for municipality in &facts.municipalities {
        let known: HashMap<&str, &Place> = facts
            .places
            .iter()
            .filter(|place| place.municipality == municipality.code)
            .map(|place| (place.key.as_str(), place))
            .collect();
        for format in FORMATS {
            let back = round_trip(facts, &municipality.code, format);
            assert!(back.report.is_empty(), "{}", back.report.to_text(Language::Nl, 20));
            assert_eq!(back.rows.len(), known.len(), "{}", municipality.name);
            for row in &back.rows {
                let place = known[row.key.as_deref().unwrap()];
                assert_eq!(row.statements, statements(place), "{} {format:?}", place.key);
                assert_eq!((row.name.as_deref(), row.stated), (Some(place.name.as_str()), Stated::Unsaid));
            }
            read += back.rows.len();
            assert_eq!(back.municipality.is_some(), format == TemplateFormat::Xlsx);
            if let Some(sheet) = back.municipality {
                assert_eq!(sheet.municipality.as_ref(), Some(&municipality.code));
            }
        }
    }
    assert_eq!(read, facts.places.len() * FORMATS.len());
}

#[test]
fn what_is_known_comes_back_exactly_from_every_municipality_in_both_formats() {
    let facts = crate::testing::facts();
    assert_eq!((facts.municipalities.len(), facts.places.len()), (25, 285));
    assert_comes_back(&facts);
}

/// Names, numbers and lists as they are seldom met.
#[test]
fn odd_values_come_back_exactly_too() {
    let mut facts = crate::testing::facts();
    let odd = ["@home", "=x", "-Oost", "+Punt", "'=y", "'t Hoekje", "Café “Zo”; en \"zo\"", "12", "1e5", "x, y; z"];
    let municipality = facts.places[0].municipality.clone();
    for (place, name) in
        facts.places.iter_mut().filter(|place| place.municipality == municipality).zip(odd.iter().cycle())
    {
        place.name = (*name).to_owned();
        place.alternative_names = vec![format!("{name} ook")];
        place.settlement = (*name).to_owned();
        place.absent_facilities = vec![FacilityType::Ggd];
        place.facilities = vec![FacilityType::Sport];
        place.absent_activities = ActivityType::all_in_order();
        place.activities = Vec::new();
        place.opening_hours = Some("Mo-Fr 09:00-17:00; PH off".to_owned());
        place.cultural_programme = Some(false);
        place.wheelchair_accessible = Some(false);
        place.founded_year = Some(1200);
    }
    assert_comes_back(&facts);
}

trait InOrder: Sized {
    fn all_in_order() -> Vec<Self>;
}

impl InOrder for ActivityType {
    fn all_in_order() -> Vec<Self> {
        let mut all: Vec<Self> = <Self as crate::model::vocabulary::Term>::all().collect();
        all.sort_unstable();
        all
    }
}

#[test]
fn the_municipality_finds_what_it_said_before_on_its_own_sheet() {
    let mut facts = crate::testing::facts();
    let municipality = &mut facts.municipalities[3];
    municipality.inventory = InventoryStatus::Complete;
    municipality.expected_places = Some(24);
    municipality.contact = Some(ContactPoint {
        organisation: None,
        phone: None,
        role: "accommodatiebeleid".to_owned(),
        url: Some("https://www.example.nl/contact".to_owned()),
        email: Some("gemeente@example.nl".to_owned()),
    });
    let code = municipality.code.clone();
    let back = round_trip(&facts, &code, TemplateFormat::Xlsx);
    assert!(back.report.is_empty(), "{}", back.report.to_text(Language::Nl, 20));
    let sheet = back.municipality.unwrap();
    assert_eq!((sheet.inventory, sheet.expected_places), (Some(InventoryStatus::Complete), Some(24)));
    assert_eq!(sheet.contact_role.as_deref(), Some("accommodatiebeleid"));
    assert_eq!(sheet.contact_url.as_deref(), Some("https://www.example.nl/contact"));
    assert_eq!(sheet.contact_mailbox.as_deref(), Some("gemeente@example.nl"));
    assert_eq!(sheet.stated, Stated::Unsaid);
}

#[test]
fn the_same_facts_on_the_same_day_give_the_same_bytes() {
    let facts = crate::testing::facts();
    let code = facts.municipalities[0].code.clone();
    for format in FORMATS {
        let [one, other] = [(); 2].map(|()| template(&facts, &code, true, format, today()).unwrap());
        assert_eq!(one, other);
        let later = template(&facts, &code, true, format, today().succ_opt().unwrap()).unwrap();
        assert_eq!(one == later, format == TemplateFormat::Csv);
    }
}

#[test]
fn an_empty_template_has_headings_and_asks() {
    let facts = crate::testing::facts();
    let code: MunicipalityCode = "GM0148".parse().unwrap();
    let bytes = template(&facts, &code, false, TemplateFormat::Xlsx, today()).unwrap();
    let back = workbook::read_bytes("plekken.xlsx", &bytes, &Lexicon::new(&facts, today())).unwrap();
    assert!(back.rows.is_empty());
    assert_eq!(back.municipality.unwrap().municipality, Some(code.clone()));
    let text = String::from_utf8(template(&facts, &code, false, TemplateFormat::Csv, today()).unwrap()).unwrap();
    assert!(text.starts_with("\u{feff}sleutel;naam;andere namen;soort;status;gemeente;plaats;wijk;"), "{text}");
    assert_eq!(text.lines().count(), 1);
    assert!(text.ends_with("Jeu de boules;Samen koken\r\n"), "{text}");
}

#[test]
fn another_municipality_has_no_template() {
    let facts = crate::testing::facts();
    let error = template(&facts, &"GM0363".parse().unwrap(), true, TemplateFormat::Csv, today()).unwrap_err();
    assert_eq!(error.to_string(), "`GM0363` is not a municipality of Overijssel; expected a code such as `GM0148`");
}

/// What a clerk with a spreadsheet gets to see, out of the parts of the file.
#[test]
fn the_workbook_has_drop_downs_a_frozen_heading_and_no_formula() {
    use std::io::Read as _;
    let facts = crate::testing::facts();
    let bytes = template(&facts, &"GM0148".parse().unwrap(), true, TemplateFormat::Xlsx, today()).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let places = part("xl/worksheets/sheet3.xml");
    // Kind, status, legal form, who runs it, who owns it; what is there; yes or no.
    for (column, last) in [('A', 9), ('B', 5), ('C', 5), ('D', 6), ('E', 7), ('F', 4), ('G', 4)] {
        let list = format!("Lijsten!${column}$2:${column}${last}<");
        assert!(places.contains(&list), "{list}");
    }
    let drop_downs = places.matches("type=\"list\"").count();
    // The five terms of one choice, programme, wheelchair; 18 facilities and 22 activities.
    assert_eq!(drop_downs, 7 + 18 + 22);
    assert!(places.contains("state=\"frozen\"") && places.contains("<autoFilter "));
    assert!(!places.contains("<f>"));
    assert!(part("docProps/core.xml").contains("2026-11-25T00:00:00Z"));
}
