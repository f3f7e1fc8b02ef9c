use proptest::prelude::*;

use super::*;
use crate::model::vocabulary::{FacilityType as Facility, LegalForm as Form, PlaceKind as Kind};

fn today() -> NaiveDate {
    "2026-11-27".parse().unwrap()
}

fn words() -> Words {
    Words::of_this_release()
}

fn tags(pairs: &[(&str, &str)]) -> Tags {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// What the tags say of something with a name.
fn said(pairs: &[(&str, &str)]) -> Said {
    let mut tags = tags(pairs);
    tags.entry("name".to_owned()).or_insert_with(|| "De Fabel".to_owned());
    assert!(is_of_interest(&tags), "{pairs:?}");
    read(&tags, &words(), today())
}

/// What a community centre with these tags besides says.
fn centre(pairs: &[(&str, &str)]) -> Said {
    said(&[&[("amenity", "community_centre")], pairs].concat())
}

fn rules(said: &Said) -> Vec<(&str, Rule)> {
    said.troubles.iter().map(|trouble| (trouble.key.as_str(), trouble.rule)).collect()
}

#[test]
fn a_centre_may_be_new_and_a_library_an_arts_centre_or_the_house_of_a_club_may_not() {
    for pairs in [
        &[("amenity", "community_centre")][..],
        &[("amenity", "social_centre")],
        &[("community_centre", "village_hall"), ("building", "yes")],
        &[("amenity", "library;community_centre")],
        &[("amenity", "arts_centre"), ("name", "Kulturhus De Fabel")],
    ] {
        let said = said(pairs);
        assert_eq!((said.part, said.may_be_new), (Part::Place, true), "{pairs:?}");
    }
    for pairs in [
        &[("amenity", "library")][..],
        &[("amenity", "library"), ("name", "Dorpshuis De Fabel")],
        &[("amenity", "arts_centre")],
        &[("leisure", "sports_hall")],
        &[("amenity", "community_centre"), ("community_centre", "club_home")],
        &[("amenity", "community_centre"), ("club", "scout")],
        &[("amenity", "community_centre"), ("access", "private")],
    ] {
        let said = said(pairs);
        assert_eq!((said.part, said.may_be_new), (Part::Something, false), "{pairs:?}");
    }
}

#[test]
fn what_is_no_meeting_place_is_not_looked_at() {
    for pairs in [
        &[("amenity", "townhall")][..],
        &[("amenity", "cafe")],
        &[("office", "ngo")],
        &[("leisure", "playground")],
        &[("community_centre", "no"), ("amenity", "school")],
        &[("disused:amenity", "library")],
        &[("name", "Buurthuis")],
        &[],
    ] {
        assert!(!is_of_interest(&tags(pairs)), "{pairs:?}");
    }
}

#[test]
fn what_is_gone_is_closed_and_never_new() {
    for key in ["disused:amenity", "abandoned:amenity", "was:amenity", "demolished:amenity"] {
        let said = said(&[(key, "community_centre")]);
        assert!(said.statements.contains(&Statement::Status(PlaceStatus::Closed)) && !said.may_be_new, "{key}");
    }
    let open = centre(&[("was:amenity", "pub"), ("old_name", "Café De Fabel")]);
    assert!(open.may_be_new && !open.statements.iter().any(|said| matches!(said, Statement::Status(_))));
}

#[test]
fn the_kind_is_what_it_is_called_and_else_what_its_tag_says() {
    let kind = |name: &str, subkind: &str| {
        let said = centre(&[("name", name), ("community_centre", subkind)]);
        said.statements.into_iter().find(|said| said.field() == "kind")
    };
    assert_eq!(kind("De Fabel", "village_hall"), Some(Statement::Kind(Kind::Dorpshuis)));
    assert_eq!(kind("Dorpshuis De Fabel", "village_hall"), Some(Statement::Kind(Kind::Dorpshuis)));
    assert_eq!(kind("Kulturhus De Fabel", "village_hall"), Some(Statement::KindFromName(Kind::Kulturhus)));
    assert_eq!(kind("Buurthuis De Fabel", ""), Some(Statement::KindFromName(Kind::Buurthuis)));
    assert_eq!(kind("De Fabel", "family_centre;youth_centre"), Some(Statement::Kind(Kind::Overig)));
    assert_eq!(kind("De Fabel", "cultural_centre"), None);
}

#[test]
fn a_name_in_dutch_comes_first_and_the_others_are_names_besides() {
    let said = centre(&[
        ("name", "De Fabel"),
        ("official_name", "Stichting Wijkcentrum De Fabel"),
        ("alt_name", "Fabel; 't Fabeltje"),
        ("old_name", "DE FABEL"),
        ("name:en", "The Fable"),
    ]);
    assert_eq!(said.name.as_deref(), Some("De Fabel"));
    let others = ["Stichting Wijkcentrum De Fabel", "Fabel", "'t Fabeltje"];
    assert_eq!(said.statements, others.map(|name| Statement::AlternativeName(name.to_owned())));
    let tags = tags(&[("amenity", "community_centre"), ("name:nl", "De Fabel")]);
    assert_eq!(read(&tags, &words(), today()).name.as_deref(), Some("De Fabel"));
}

#[test]
fn a_name_that_holds_something_personal_is_refused_and_told() {
    let said = centre(&[("name", "Bel Jan: 06-12345678")]);
    assert_eq!((said.name.as_deref(), rules(&said)), (None, vec![("name", Rule::PersonalData)]));
}

#[test]
fn of_an_address_the_parts_are_taken_that_can_be() {
    let address = |pairs: &[(&str, &str)]| {
        let said = centre(pairs);
        let rules: Vec<Rule> = said.troubles.iter().map(|trouble| trouble.rule).collect();
        let address = said.statements.into_iter().find_map(|said| match said {
            Statement::Address(address) => Some(address.line("Dalfsen")),
            _ => None,
        });
        (address, rules)
    };
    let street = ("addr:street", "Fabelweg");
    assert_eq!(
        address(&[street, ("addr:housenumber", "7a"), ("addr:postcode", "7721zz")]),
        (Some("Fabelweg 7a, 7721 ZZ Dalfsen".to_owned()), vec![])
    );
    assert_eq!(
        address(&[street, ("addr:housenumber", "7;9")]),
        (Some("Fabelweg, Dalfsen".to_owned()), vec![Rule::SeveralHouseNumbers])
    );
    assert_eq!(
        address(&[street, ("addr:housenumber", "7,9"), ("addr:postcode", "7721 ZZ")]),
        (Some("Fabelweg, 7721 ZZ Dalfsen".to_owned()), vec![Rule::SeveralHouseNumbers])
    );
    assert_eq!(
        address(&[street, ("addr:postcode", "D-48529")]),
        (Some("Fabelweg, Dalfsen".to_owned()), vec![Rule::PostcodeShape])
    );
    assert_eq!(address(&[("addr:housenumber", "7")]), (None, vec![]));
}

#[test]
fn a_site_is_the_first_that_is_given_and_telephone_and_mail_are_never_read() {
    let site = |pairs: &[(&str, &str)]| {
        centre(pairs).statements.into_iter().find_map(|said| match said {
            Statement::Website(site) => site,
            _ => None,
        })
    };
    let (own, contact) = (("website", "https://fabel.example.org"), ("contact:website", "https://other.example.org"));
    assert_eq!(site(&[own, contact]).as_deref(), Some("https://fabel.example.org"));
    assert_eq!(site(&[contact]).as_deref(), Some("https://other.example.org"));
    assert_eq!(site(&[("url", "www.fabel.example.org")]).as_deref(), Some("https://www.fabel.example.org"));
    let two = ("website", "https://fabel.example.org/a;b; https://other.example.org");
    assert_eq!(site(&[two]).as_deref(), Some("https://fabel.example.org/a;b"));
    let said = centre(&[
        ("phone", "+31 6 12345678"),
        ("contact:email", "jan@example.org"),
        ("contact:mobile", "06-12345678"),
        ("operator", "J. de Vries"),
        ("note", "vraag naar Jan"),
        ("website", "mailto:jan@example.org"),
    ]);
    assert_eq!(rules(&said), [("website", Rule::PersonalData)]);
    assert_eq!(said.statements, []);
}

#[test]
fn limited_is_neither_yes_nor_no() {
    let wheelchair = |value: &str| {
        let said = centre(&[("wheelchair", value)]).statements;
        said.into_iter().find_map(|said| if let Statement::WheelchairAccessible(is) = said { Some(is) } else { None })
    };
    assert_eq!(
        ["yes", "designated", "no", "limited", "Yes?"].map(wheelchair),
        [Some(true), Some(true), Some(false), None, None]
    );
}

#[test]
fn of_an_operator_nothing_but_the_legal_form_is_read() {
    let form = |operator: &str| {
        let said = centre(&[("operator", operator)]).statements;
        said.into_iter().find_map(|said| if let Statement::LegalForm(form) = said { Some(form) } else { None })
    };
    assert_eq!(form("Stichting De Fabel"), Some(Form::Stichting));
    assert_eq!(form("Buurtvereniging De Fabel"), Some(Form::Vereniging));
    assert_eq!(form("Dorpscoöperatie"), None);
    assert_eq!(form("Coöperatie De Fabel"), Some(Form::Overig));
    assert_eq!(form("Jan de Vries"), None);
}

#[test]
fn opening_hours_are_those_that_every_import_takes() {
    let said = centre(&[("opening_hours", "Mo-Fr 09:00-17:00; PH off")]);
    assert_eq!(said.statements, [Statement::OpeningHours(Some("Mo-Fr 09:00-17:00; PH off".to_owned()))]);
    let said = centre(&[("opening_hours", "Mo 10:00 \"bel Jan: 06-12345678\"")]);
    assert_eq!((said.statements.len(), rules(&said)), (0, vec![("opening_hours", Rule::PersonalData)]));
    let said = centre(&[("opening_hours", "dagelijks")]);
    assert_eq!(rules(&said), [("opening_hours", Rule::OpeningHoursShape)]);
}

#[test]
fn the_hours_of_a_library_are_not_those_of_the_house_it_is_in() {
    let library = said(&[
        ("amenity", "library"),
        ("opening_hours", "Mo 10:00-12:00"),
        ("website", "https://bieb.example.org"),
        ("wheelchair", "yes"),
        ("operator", "Stichting Bibliotheek"),
        ("addr:postcode", "7721 ZZ"),
    ]);
    let postcode = Address { street: None, house_number: None, postcode: Some("7721 ZZ".to_owned()) };
    let expected = [Statement::Address(postcode), Statement::Facility(Facility::Bibliotheek, true)];
    assert_eq!(library.statements, expected);
}

#[test]
fn a_tag_of_one_term_tells_a_facility_and_a_tag_of_several_tells_none() {
    let facilities = |pairs: &[(&str, &str)]| -> Vec<Facility> {
        let facility = |said| if let Statement::Facility(facility, true) = said { Some(facility) } else { None };
        centre(pairs).statements.into_iter().filter_map(facility).collect()
    };
    assert_eq!(facilities(&[]), [], "a centre is no living room of the district by its tag");
    assert_eq!(facilities(&[("leisure", "sports_hall")]), [Facility::Sport]);
    assert_eq!(facilities(&[("social_facility:for", "migrant;refugee")]), [Facility::Vluchtelingenwerk]);
    let childcare = said(&[("amenity", "community_centre;childcare;cafe")]).statements;
    assert_eq!(childcare, [Statement::Facility(Facility::Horeca, true)]);
}

#[test]
fn the_last_day_on_which_somebody_looked_is_the_day_of_the_statement() {
    let day = |pairs: &[(&str, &str)]| centre(pairs).checked.map(|day| day.to_string());
    assert_eq!(day(&[("check_date", "2026-05-17")]).as_deref(), Some("2026-05-17"));
    assert_eq!(day(&[("check_date", "2026-05"), ("survey:date", "2025-12-31")]).as_deref(), Some("2026-05-01"));
    assert_eq!(day(&[("source:date", "2026-05-17")]), None);
    assert_eq!(rules(&centre(&[("check_date", "2027-01-01")])), [("check_date", Rule::DateOutOfRange)]);
    assert_eq!(rules(&centre(&[("check_date", "vorige week")])), [("check_date", Rule::DateShape)]);
}

/// The mapping as a table of Markdown, made of the tables that are read by.
fn documentation() -> String {
    let code = |items: &[&str]| items.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ");
    let features = |part: Part| {
        let tags = FEATURES.iter().filter(move |feature| feature.part == part);
        tags.map(|feature| format!("`{}={}`", feature.key, feature.value)).collect::<Vec<_>>().join(", ")
    };
    let kinds = SUBKINDS.iter().map(|(value, kind)| format!("`{value}` `{}`", kind.name())).collect::<Vec<_>>();
    let gone = GONE.iter().map(|prefix| format!("`{prefix}:*`")).collect::<Vec<_>>().join(", ");
    let forms = LEGAL_FORMS.iter().map(|(word, ..)| *word).collect::<Vec<_>>();
    let rows: Vec<(String, String)> = vec![
        (format!("{}, `{SUBKIND}=*`", features(Part::Place)), "a meeting place; may be a new one".to_owned()),
        (
            format!(
                "the same with `{SUBKIND}=` {}, with `club=*`, or with `access=` {}",
                code(&CLUB_HOUSES),
                code(&CLOSED_TO_OTHERS)
            ),
            "for some only; as the next row".to_owned(),
        ),
        (
            features(Part::Something),
            "something that may be in a meeting place: address, location, names and facilities of a known one with that \
             name; new only where the name begins with a word such as Dorpshuis, and never a library"
                .to_owned(),
        ),
        (
            format!("{gone} before `amenity` or `{SUBKIND}` of a meeting place"),
            "`status` `CLOSED` of a known one; never a new one".to_owned(),
        ),
        (format!("`{}`", NAMES[0]), "`name`; without any of these names the element is left aside".to_owned()),
        (code(&NAMES[1..]), "`alternativeNames`, or `name` where that is missing".to_owned()),
        ("the name".to_owned(), "`kind` with `kindBasis` `FROM_NAME`, where a word of it tells".to_owned()),
        (
            format!("`{SUBKIND}=` {}", kinds.join(", ")),
            "`kind` with `kindBasis` `STATED`, unless the name tells another".to_owned(),
        ),
        (
            "`addr:street`, `addr:housenumber`, `addr:postcode`".to_owned(),
            "`address`; a part that cannot be read is left out".to_owned(),
        ),
        (
            "`addr:city`".to_owned(),
            "`settlement`, where it is one of the municipality and not far; else the outline that holds the point"
                .to_owned(),
        ),
        (
            "the node, or the middle of the box around a way or relation".to_owned(),
            "`location` at `ADDRESS`, and the municipality".to_owned(),
        ),
        (format!("the first of {}", code(&SITES)), "`website`".to_owned()),
        ("`opening_hours`".to_owned(), "`openingHours`".to_owned()),
        (
            "`wheelchair`".to_owned(),
            "`wheelchairAccessible`: `yes` and `designated` true, `no` false; `limited` is neither".to_owned(),
        ),
        (
            format!("`operator` with the word {}", code(&forms)),
            "`legalForm`; the name itself is not kept".to_owned(),
        ),
        (
            "the tags of one term of `FacilityType` in the vocabulary".to_owned(),
            "`facilities`; a tag of several terms, such as `amenity=childcare`, says none".to_owned(),
        ),
        (format!("the last of {}", code(&CHECKED)), "the day of the statement, else that of the extract".to_owned()),
    ];
    let rows = rows.iter().map(|(tags, says)| format!("| {tags} | {says} |\n"));
    format!("| tags | what they say |\n|---|---|\n{}", rows.collect::<String>())
}

#[test]
fn the_documentation_has_the_tables_that_are_read_by() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/DATA.md");
    let data = std::fs::read_to_string(path).unwrap();
    let table = documentation();
    assert!(data.contains(&table), "the mapping in DATA.md is to be:\n{table}");
}

proptest! {
    #[test]
    fn no_tags_make_the_reader_panic(pairs in prop::collection::btree_map("[a-z:_]{1,12}|name|addr:street|website", any::<String>(), 0..6)) {
        let mut tags: Tags = pairs;
        tags.insert("amenity".to_owned(), "community_centre".to_owned());
        let said = read(&tags, &words(), today());
        prop_assert!(said.name.is_none_or(|name| !name.is_empty() && name.chars().count() <= 200));
    }
}
