use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::{
    claims::{At, Intake, Record, Sender},
    edition::Edition,
    model::{
        Address, Authority, Claim, Geocoding, GeocodingState, Layer, Ledger, Location, Place, PolicyStatement,
        Provider, Source, Statement,
        vocabulary::{ActivityType, FacilityType, LocationPrecision, NeighbourhoodLevel, PlaceKind, PlaceStatus},
    },
    seed,
};

/// What today's binary knows.
static NEWER: LazyLock<Facts> = LazyLock::new(|| seed::read().unwrap().in_order());

static EDITION: LazyLock<Edition> = LazyLock::new(|| Edition::build(NEWER.clone()).unwrap());

/// A place that the newer seed no longer has.
const GONE: &str = "het-oude-honk-ommen";

/// Places about which imports speak, of which some are unlike in the two seeds.
const ABOUT: [&str; 6] = [
    "de-wiekelaar-oudleusen",
    "mfa-de-beuk-de-krim",
    "sportorant-sprengendal-haarle",
    "verenigingsgebouw-de-bastiaan-olst",
    "wijkcentrum-gerenlanden-zwolle",
    "berflo-bedrijf-hengelo",
];

fn now() -> DateTime<Utc> {
    "2026-12-01T09:00:00Z".parse().unwrap()
}

/// A seed of before the newer one: without its wijken, documents and places of some numbers, and with less or something else known
/// of others.
fn older(unlike: &[(usize, u8)]) -> Facts {
    let mut facts = NEWER.clone();
    facts.neighbourhoods.clear();
    facts.layers.retain(|layer| layer.key != "neighbourhoods");
    facts.sources.retain(|source| source.layer != "neighbourhoods");
    facts.policy_documents.retain(|document| document.key.as_str() < "policy-234");
    facts.municipalities[3].population = Some(1);
    let count = facts.places.len();
    let mut gone = BTreeSet::new();
    for (number, variant) in unlike {
        let place = &mut facts.places[number % count];
        match variant % 5 {
            0 if !ABOUT.contains(&place.key.as_str()) => drop(gone.insert(place.key.clone())),
            0 | 1 => (place.website, place.status, place.owned_by) = (None, None, None),
            2 => place.facilities = vec![FacilityType::Filmhuis],
            3 => (place.founded_year, place.kind) = (Some(1850), Some(PlaceKind::Overig)),
            _ => (place.opening_hours, place.activities) = (Some("Mo 09:00-10:00".to_owned()), Vec::new()),
        }
    }
    facts.places.retain(|place| !gone.contains(&place.key));
    facts.place_sources.retain(|link| !gone.contains(&link.place));
    let old = Place { key: GONE.to_owned(), name: "Het Oude Honk".to_owned(), ..facts.places[0].clone() };
    let source = facts.place_sources[0].source.clone();
    facts.place_sources.push(PlaceSource { place: GONE.to_owned(), source, fields: vec!["location".to_owned()] });
    facts.places.push(old);
    facts.in_order()
}

fn sender(id: &str, authority: Authority) -> Sender {
    let layer = Layer::of_statements("CC0-1.0");
    Sender {
        source: Source {
            id: id.to_owned(),
            layer: layer.key.clone(),
            title: id.to_owned(),
            url: None,
            licence: Some("CC0-1.0".to_owned()),
            published: None,
            retrieved: None,
        },
        authority,
        layer,
        may_repeat: true,
        is_inventory: false,
        is_whole: false,
        restates: false,
        only_recognises: false,
    }
}

fn about(key: &str, day: &str, statements: Vec<Statement>) -> Record {
    Record {
        at: At { file: "x.csv".into(), sheet: None, row: 2 },
        key: Some(key.to_owned()),
        municipality: None,
        may_be_new: true,
        stated: day.parse().ok(),
        statements,
        cleared: Vec::new(),
    }
}

fn new_place(name: &str, day: &str) -> Record {
    let statements = vec![Statement::Name(name.to_owned()), Statement::Settlement("Dalfsen".to_owned())];
    Record { key: None, municipality: "GM0148".parse().ok(), ..about("", day, statements) }
}

/// What an import may say of a place of [`ABOUT`], or of one that nobody knew.
fn record((number, variant): &(usize, u8)) -> Record {
    let key = ABOUT[number % ABOUT.len()];
    let day = ["2020-05-05", "2023-06-01", "2026-11-30"][usize::from(variant % 3)];
    let some = |text: &str| Some(text.to_owned());
    let address = Address { street: some("Fabelweg"), house_number: some("1"), postcode: some("7999 ZZ") };
    match variant / 3 % 7 {
        0 => new_place(["Het Verzonnen Honk", "De Fabel", "Zaal Nergens"][number % 3], day),
        1 => about(key, day, vec![Statement::Website(some("https://voorbeeld.example"))]),
        2 => about(key, day, vec![Statement::Facility(FacilityType::Filmhuis, false)]),
        3 => about(key, day, vec![Statement::Kind(PlaceKind::Kulturhus), Statement::Status(PlaceStatus::Closed)]),
        4 => about(key, day, vec![Statement::Name("Zo heet het nu".to_owned())]),
        5 => about(key, day, vec![Statement::Address(address), Statement::WheelchairAccessible(false)]),
        _ => about(
            key,
            day,
            vec![Statement::Activity(ActivityType::Bridge, true), Statement::OpeningHours(some("Tu 10:00-12:00"))],
        ),
    }
}

fn imported(seed: &Facts, records: &[(usize, u8)]) -> Books {
    let mut books = Books { facts: seed.clone(), ledger: Ledger::default() };
    let senders = [
        sender("municipality-GM0148", Authority::Municipality),
        sender("list-web", Authority::Web),
        sender("list-polls", Authority::PollingPlaces),
    ];
    for (number, said) in records.iter().enumerate() {
        let mut intake = Intake::of(&books, &EDITION, now());
        intake.take(&senders[number % senders.len()], &[record(said)]);
        books = intake.into_books();
    }
    state_policy(&mut books);
    books
}

/// Zwolle says of a document of the seed that it is of another year.
fn state_policy(books: &mut Books) {
    let document = books.facts.policy_documents.iter().find(|document| document.municipality.as_str() == "GM0193");
    let (key, municipality) = document.map(|document| (document.key.clone(), document.municipality.clone())).unwrap();
    policy::remember(&mut books.ledger.policy, &books.facts, &municipality);
    for statement in [PolicyStatement::Municipality(municipality.clone()), PolicyStatement::Year(1999)] {
        books.ledger.policy.note(Claim {
            subject: key.clone(),
            source: "municipality-GM0148".to_owned(),
            authority: Authority::Municipality,
            statement,
            stated: now().date_naive().into(),
        });
    }
    policy::serve(&mut books.facts, &books.ledger.policy, &municipality);
    books.facts = books.facts.clone().in_order();
}

/// What is served, and why; not when it changed.
fn timeless(books: &Books) -> Books {
    let mut books = books.clone();
    for place in &mut books.facts.places {
        place.updated_at = DateTime::<Utc>::MIN_UTC;
    }
    books
}

fn place<'a>(books: &'a Books, key: &str) -> Option<&'a Place> {
    books.facts.places.iter().find(|place| place.key == key)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_older_seed_with_imports_and_then_the_newer_is_the_newer_with_the_same_imports(
        unlike in prop::collection::vec((0..1_000_usize, 0..5_u8), 0..40),
        records in prop::collection::vec((0..60_usize, 0..42_u8), 0..12),
    ) {
        let older = older(&unlike);
        let renewed = on_seed(&imported(&older, &records), &SeedBase::of(&older), &NEWER, now());
        let expected = timeless(&imported(&NEWER, &records));
        let told = timeless(&renewed);
        prop_assert_eq!(&told.facts.places, &expected.facts.places);
        prop_assert_eq!(&told.facts.place_sources, &expected.facts.place_sources);
        prop_assert_eq!(&told.facts, &expected.facts);
        prop_assert_eq!(&told.ledger, &expected.ledger);
        // And once more nothing changes.
        let later = "2026-12-02T09:00:00Z".parse().unwrap();
        prop_assert_eq!(on_seed(&renewed, &SeedBase::of(&NEWER), &NEWER, later), renewed);
    }
}

#[test]
fn without_imports_it_is_the_newer_seed() {
    let older = older(&[(3, 0), (8, 2), (15, 4)]);
    let books = Books { facts: older.clone(), ledger: Ledger::default() };
    assert_eq!(on_seed(&books, &SeedBase::of(&older), &NEWER, now()).facts, *NEWER);
}

#[test]
fn a_place_that_was_withdrawn_stays_so_with_the_sources_that_nothing_else_rests_on() {
    let older = older(&[]);
    let key = "kulturhus-de-mozaiek-lemelerveld";
    let mut books = Books { facts: older.clone(), ledger: Ledger::default() };
    let own: Vec<String> =
        NEWER.place_sources.iter().filter(|link| link.place == key).map(|link| link.source.clone()).collect();
    let is_only = |id: &String| !NEWER.place_sources.iter().any(|link| link.source == *id && link.place != key);
    let only: Vec<&String> = own.iter().filter(|id| is_only(id)).collect();
    assert!(!only.is_empty());
    books.facts.places.retain(|place| place.key != key);
    books.facts.place_sources.retain(|link| link.place != key);
    books.facts.sources.retain(|source| !only.contains(&&source.id));
    books.ledger.withdrawn.insert(key.to_owned());
    let renewed = on_seed(&books, &SeedBase::of(&older), &NEWER, now());
    assert!(place(&renewed, key).is_none());
    assert!(!renewed.facts.place_sources.iter().any(|link| link.place == key));
    assert!(!renewed.facts.sources.iter().any(|source| only.contains(&&source.id)));
    assert_eq!(renewed.facts.places.len(), NEWER.places.len() - 1);
    Edition::build(renewed.facts).unwrap();
}

#[test]
fn a_point_that_was_looked_up_stays_where_the_address_does_and_goes_where_it_moved() {
    let mut older = older(&[]);
    let stays = "kulturhus-hoonhorst";
    let moves = "mfa-de-beuk-de-krim";
    let beuk = older.places.iter_mut().find(|place| place.key == moves).unwrap();
    beuk.address = Some(Address {
        street: Some("Planetenstraat".to_owned()),
        house_number: Some("6".to_owned()),
        postcode: Some("7782 RN".to_owned()),
    });
    let mut books = Books { facts: older.clone(), ledger: Ledger::default() };
    for (key, lon, lat) in [(stays, 6.2, 52.49), (moves, 6.62, 52.65)] {
        let at = Location { lon, lat, precision: LocationPrecision::Address, uncertainty_radius_m: 0.0, outline: None };
        let known = place(&books, key).unwrap().clone();
        let links: Vec<PlaceSource> =
            books.facts.place_sources.iter().filter(|link| link.place == key).cloned().collect();
        books.ledger.places.remember(key, || Original { subject: known, support: links });
        books.ledger.places.note(Claim {
            subject: key.to_owned(),
            source: "pdok".to_owned(),
            authority: Authority::Web,
            statement: Statement::Location(at),
            stated: now().date_naive().into(),
        });
        let found = Geocoding {
            provider: Provider::Pdok,
            source: "pdok".to_owned(),
            asked: String::new(),
            matched: String::new(),
            score: None,
            found_on: now().date_naive(),
            nummeraanduiding: None,
            adresseerbaar_object: None,
            state: GeocodingState::Accepted,
            reason: None,
        };
        books.ledger.geocodings.insert(key.to_owned(), found);
    }
    let renewed = on_seed(&books, &SeedBase::of(&older), &NEWER, now());
    let point = |key: &str| place(&renewed, key).unwrap().location.clone().unwrap();
    assert_eq!((point(stays).lon, point(stays).lat), (6.2, 52.49));
    assert!((point(moves).lon - 6.62).abs() > 1e-6, "it stands at the other address");
    assert_eq!(renewed.ledger.geocodings.keys().collect::<Vec<_>>(), [stays]);
}

#[test]
fn a_place_that_an_import_knew_first_keeps_its_key_and_rests_on_the_seed_as_well() {
    let older = older(&[]);
    let mut facts = older.clone();
    let key = "de-hagedoorn-almelo";
    facts.places.retain(|place| place.key != key);
    facts.place_sources.retain(|link| link.place != key);
    let held = SeedBase::of(&facts);
    let said = |name: &str, settlement: &str, more: Vec<Statement>| {
        let own = vec![Statement::Name(name.to_owned()), Statement::Settlement(settlement.to_owned())];
        let statements = own.into_iter().chain(more).collect();
        Record { key: None, municipality: "GM0141".parse().ok(), ..about("", "2026-11-30", statements) }
    };
    let books = Books { facts, ledger: Ledger::default() };
    let edition = Edition::build(books.facts.clone()).unwrap();
    let mut intake = Intake::of(&books, &edition, now());
    let hours = Statement::OpeningHours(Some("Mo-Fr 09:00-17:00".to_owned()));
    intake.take(
        &sender("municipality-GM0141", Authority::Municipality),
        &[said("Bewonersinitiatief De Hagedoorn", "Almelo", vec![hours])],
    );
    let books = intake.into_books();
    let own =
        books.facts.places.iter().find(|place| place.name == "Bewonersinitiatief De Hagedoorn").unwrap().key.clone();
    assert_ne!(own, key);
    let renewed = on_seed(&books, &held, &NEWER, now());
    assert!(place(&renewed, key).is_none(), "it is one place");
    let renewed_place = place(&renewed, &own).unwrap();
    assert_eq!(renewed_place.founded_year, Some(2018), "of the seed");
    assert_eq!(renewed_place.opening_hours.as_deref(), Some("Mo-Fr 09:00-17:00"), "of the municipality");
    let again = on_seed(&renewed, &SeedBase::of(&NEWER), &NEWER, now());
    assert_eq!(again, renewed);
}

#[test]
fn areas_that_were_imported_stand_unless_the_seed_has_them_of_a_later_day() {
    let older = older(&[]);
    let held = SeedBase::of(&older);
    let wijk = |code: &str, name: &str| Neighbourhood {
        code: code.parse().unwrap(),
        name: name.to_owned(),
        level: NeighbourhoodLevel::Wijk,
        municipality: "GM0148".parse().unwrap(),
        population: Some(7),
        boundary: NEWER.municipalities.iter().find(|known| known.code.as_str() == "GM0148").unwrap().boundary.clone(),
    };
    for (year, stands) in [("2023", false), ("2024", true), ("2025", true)] {
        let mut books = Books { facts: older.clone(), ledger: Ledger::default() };
        books.facts.neighbourhoods = vec![wijk("WK014877", "Ingelezen")];
        let mut layer = NEWER.layers.iter().find(|layer| layer.key == "neighbourhoods").unwrap().clone();
        layer.reference_date = year.parse().ok();
        books.facts.layers.push(layer);
        books.facts = books.facts.in_order();
        let renewed = on_seed(&books, &held, &NEWER, now()).facts;
        let own: Vec<&str> = (renewed.neighbourhoods.iter())
            .filter(|area| area.municipality.as_str() == "GM0148")
            .map(|area| area.name.as_str())
            .collect();
        assert_eq!(own == ["Ingelezen"], stands, "{year}: {own:?}");
        let of_dalfsen = NEWER.neighbourhoods.iter().filter(|area| area.municipality.as_str() == "GM0148").count();
        assert_eq!(renewed.neighbourhoods.len(), if stands { 276 - of_dalfsen + 1 } else { 276 }, "{year}");
        // A layer is as old as its oldest part.
        let date = renewed.layers.iter().find(|layer| layer.key == "neighbourhoods").unwrap().reference_date.clone();
        assert_eq!(date, "2024".parse().ok(), "{year}");
        Edition::build(renewed).unwrap();
    }
}
