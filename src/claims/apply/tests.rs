use std::sync::LazyLock;

use super::*;
use crate::{
    claims::plausibility::Suspicion,
    model::{
        Address, Location,
        vocabulary::{FacilityType, LocationPrecision, PlaceKind},
    },
};

static BOOKS: LazyLock<Books> = LazyLock::new(crate::testing::books);
static EDITION: LazyLock<Edition> = LazyLock::new(|| edition(&BOOKS));

fn edition(books: &Books) -> Edition {
    Edition::build(books.facts.clone()).unwrap()
}

/// What the records of one sender did, and the books afterwards.
struct Took {
    books: Books,
    taken: Taken,
}

impl std::ops::Deref for Took {
    type Target = Taken;

    fn deref(&self) -> &Taken {
        &self.taken
    }
}

fn take(books: &Books, edition: &Edition, sender: &Sender, records: &[Record], now: DateTime<Utc>) -> Took {
    let mut intake = Intake::of(books, edition, now);
    let taken = intake.take(sender, records);
    Took { books: intake.into_books(), taken }
}

fn now() -> DateTime<Utc> {
    "2026-12-01T09:00:00Z".parse().unwrap()
}

fn sender(id: &str, authority: Authority) -> Sender {
    let layer = BOOKS.facts.layers[0].clone();
    let source = Source {
        id: id.to_owned(),
        layer: layer.key.clone(),
        title: format!("Opgave {id}"),
        url: None,
        licence: Some("CC0-1.0".to_owned()),
        published: None,
        retrieved: None,
    };
    Sender {
        source,
        authority,
        layer,
        may_repeat: authority == Authority::PollingPlaces,
        is_inventory: true,
        only_recognises: false,
        is_whole: false,
        restates: false,
    }
}

fn municipality() -> Sender {
    sender("municipality-GM0148", Authority::Municipality)
}

fn record(row: u32, statements: Vec<Statement>) -> Record {
    let at = At { file: "dalfsen.csv".into(), sheet: None, row };
    let (municipality, stated) = ("GM0148".parse().ok(), Some(now().date_naive()));
    Record { at, key: None, municipality, may_be_new: true, stated, statements, cleared: Vec::new() }
}

/// As a clerk sends them back, who states what was read from a name.
fn as_records(places: impl Iterator<Item = Place>) -> Vec<Record> {
    let stated = |statement| match statement {
        Statement::KindFromName(kind) => Statement::Kind(kind),
        other => other,
    };
    let record = |(row, place): (u32, Place)| {
        let statements = place.statements().into_iter().map(stated).collect();
        Record { key: Some(place.key.clone()), municipality: None, ..record(row, statements) }
    };
    (2..).zip(places).map(record).collect()
}

fn of_dalfsen() -> Vec<Record> {
    as_records(BOOKS.facts.places.iter().filter(|place| place.municipality.as_str() == "GM0148").cloned())
}

fn name(text: &str) -> Statement {
    Statement::Name(text.to_owned())
}

fn settlement(text: &str) -> Statement {
    Statement::Settlement(text.to_owned())
}

fn address(street: &str, number: &str, postcode: &str) -> Statement {
    let some = |text: &str| Some(text.to_owned());
    Statement::Address(Address { street: some(street), house_number: some(number), postcode: some(postcode) })
}

fn point(lon: f64, lat: f64) -> Statement {
    let precision = LocationPrecision::Address;
    Statement::Location(Location { lon, lat, precision, uncertainty_radius_m: 0.0, outline: None })
}

fn served<'a>(taken: &'a Took, key: &str) -> &'a Place {
    taken.books.facts.places.iter().find(|place| place.key == key).unwrap()
}

#[test]
fn an_unchanged_row_confirms_the_place_and_nothing_else() {
    let taken = take(&BOOKS, &EDITION, &municipality(), &of_dalfsen(), now());
    assert_eq!((taken.concerns.len(), taken.added.len(), taken.changed.len()), (0, 0, 0));
    assert_eq!(taken.confirmed.len(), of_dalfsen().len());
    assert!(taken.missing.is_empty());
    for before in &BOOKS.facts.places {
        let after = served(&taken, &before.key);
        let confirmed = before.municipality.as_str() == "GM0148";
        let mut expected = before.clone();
        if confirmed {
            expected.last_confirmed = Some("2026-12-01".parse().unwrap());
            expected.updated_at = now();
            if expected.kind.is_some() {
                expected.kind_basis = Some(crate::model::vocabulary::KindBasis::Stated);
            }
        }
        assert_eq!(after, &expected);
    }
    edition(&taken.books);
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let mut records = of_dalfsen();
    records
        .push(record(90, vec![name("Het Nieuwe Honk"), settlement("Dalfsen"), Statement::Kind(PlaceKind::Buurthuis)]));
    records.push(record(91, vec![name("Jeugdhonk"), settlement("Lemelerveld"), address("Nergens", "1", "8151 ZZ")]));
    let first = take(&BOOKS, &EDITION, &municipality(), &records, now());
    assert_eq!(first.added.len(), 2);
    let second = take(&first.books, &edition(&first.books), &municipality(), &records, now());
    assert_eq!(second.books, first.books);
    assert_eq!((second.added.len(), second.changed.len(), second.confirmed.len()), (0, 0, records.len()));
}

#[test]
fn a_row_that_cannot_be_taken_is_told_and_the_others_go_in() {
    let mut records = of_dalfsen();
    let first = records[0].clone();
    records.push(Record { at: At { row: 90, ..first.at.clone() }, ..first.clone() });
    records.push(Record { key: Some("no-such-place".to_owned()), ..record(91, vec![name("X")]) });
    records.push(Record {
        key: first.key.clone(),
        municipality: Some("GM0193".parse().unwrap()),
        ..record(92, vec![])
    });
    records.push(Record {
        municipality: Some("GM0363".parse().unwrap()),
        ..record(93, vec![name("X"), settlement("Amsterdam")])
    });
    records.push(Record { municipality: None, ..record(94, vec![name("X"), settlement("Dalfsen")]) });
    records.push(record(95, vec![name("Zonder plaats")]));
    let taken = take(&BOOKS, &EDITION, &municipality(), &records, now());
    let told: Vec<(u32, Concern)> = taken.concerns.iter().map(|(at, concern)| (at.row, concern.clone())).collect();
    assert_eq!(
        told,
        [
            (90, Concern::Repeated(2)),
            (91, Concern::UnknownKey("no-such-place".to_owned())),
            (92, Concern::OtherMunicipality(first.key.unwrap(), "GM0148".parse().unwrap())),
            (93, Concern::UnknownMunicipality("GM0363".parse().unwrap())),
            (94, Concern::NoMunicipality),
            (95, Concern::Nameless),
        ]
    );
    assert_eq!((taken.refused, taken.confirmed.len()), (6, of_dalfsen().len()));
}

#[test]
fn a_place_that_the_file_does_not_name_is_listed_and_stays_open() {
    let mut records = of_dalfsen();
    let left_out = records.remove(0).key.unwrap();
    let taken = take(&BOOKS, &EDITION, &municipality(), &records, now());
    assert_eq!(taken.missing, BTreeSet::from([left_out.clone()]));
    assert_eq!(Some(served(&taken, &left_out)), BOOKS.facts.places.iter().find(|place| place.key == left_out));
}

#[test]
fn a_place_that_the_municipality_closes_is_closed_and_no_longer_missed() {
    let closed = of_dalfsen()[0].key.clone();
    let row = Record { key: closed.clone(), ..record(2, vec![Statement::Status(PlaceStatus::Closed)]) };
    let first = take(&BOOKS, &EDITION, &municipality(), &[row], now());
    assert_eq!(served(&first, closed.as_deref().unwrap()).status, Some(PlaceStatus::Closed));
    let others = of_dalfsen().split_off(1);
    let second = take(&first.books, &edition(&first.books), &municipality(), &others, now());
    assert!(second.missing.is_empty());
}

#[test]
fn what_the_municipality_overrules_comes_back_when_it_says_so() {
    let key = of_dalfsen()[0].key.clone();
    let say = |present| {
        vec![Record { key: key.clone(), ..record(2, vec![Statement::Facility(FacilityType::Bibliotheek, present)]) }]
    };
    let first = take(&BOOKS, &EDITION, &municipality(), &say(false), now());
    assert_eq!(served(&first, key.as_deref().unwrap()).absent_facilities, [FacilityType::Bibliotheek]);
    let second = take(&first.books, &edition(&first.books), &municipality(), &say(true), now());
    assert!(served(&second, key.as_deref().unwrap()).facilities.contains(&FacilityType::Bibliotheek));
    // A weaker voice changes nothing, but is kept.
    let map = sender("osm", Authority::Openstreetmap);
    let third = take(&second.books, &edition(&second.books), &map, &say(false), now());
    assert!(served(&third, key.as_deref().unwrap()).facilities.contains(&FacilityType::Bibliotheek));
    let claims = &third.books.ledger.places.by_subject[key.as_deref().unwrap()];
    assert!(claims.iter().any(|claim| claim.source == "osm"));
}

#[test]
fn the_order_of_two_imports_does_not_matter_to_what_is_served() {
    let map = sender("osm", Authority::Openstreetmap);
    let key = of_dalfsen()[1].key.clone();
    let one = vec![Record { key: key.clone(), ..record(2, vec![name("Anders"), Statement::Kind(PlaceKind::Mfa)]) }];
    let other = vec![Record {
        key: key.clone(),
        ..record(2, vec![Statement::Kind(PlaceKind::Overig), Statement::WheelchairAccessible(true)])
    }];
    let both = |(a, first): (&Sender, &[Record]), (b, second): (&Sender, &[Record])| {
        let taken = take(&BOOKS, &EDITION, a, first, now());
        take(&taken.books, &edition(&taken.books), b, second, now()).books
    };
    let (municipality, map) = ((&municipality(), one.as_slice()), (&map, other.as_slice()));
    assert_eq!(both(municipality, map), both(map, municipality));
}

#[test]
fn a_point_far_from_its_village_or_in_another_municipality_is_left_out_and_the_row_is_taken() {
    let rows = [
        // Zwolle's market square, and a field between Dalfsen and Nieuwleusen.
        (vec![name("Honk A"), settlement("Dalfsen"), point(6.0918, 52.5126)], "OutsideMunicipality"),
        (vec![name("Honk B"), settlement("Dalfsen"), point(6.2790, 52.5830)], "OutsideSettlement"),
    ];
    for (statements, expected) in rows {
        let taken = take(&BOOKS, &EDITION, &municipality(), &[record(2, statements)], now());
        let [(_, Concern::Location(suspicion))] = taken.concerns.as_slice() else { panic!("{:?}", taken.concerns) };
        assert!(format!("{suspicion:?}").starts_with(expected), "{suspicion:?}");
        let key = taken.added.first().unwrap();
        assert_eq!(served(&taken, key).location, None);
    }
}

#[test]
fn two_addresses_on_one_point_are_both_suspect() {
    let at = point(6.2590, 52.5060);
    let rows = [
        record(2, vec![name("Honk A"), settlement("Dalfsen"), address("Straat", "1", "7721 AA"), at.clone()]),
        record(3, vec![name("Honk B"), settlement("Dalfsen"), address("Weg", "9", "7721 BB"), at.clone()]),
        record(
            4,
            vec![name("Honk C"), settlement("Dalfsen"), address("Plein", "2", "7721 CC"), point(6.2601, 52.5070)],
        ),
    ];
    let taken = take(&BOOKS, &EDITION, &municipality(), &rows, now());
    let told: Vec<u32> = taken.concerns.iter().map(|(at, _)| at.row).collect();
    assert_eq!(told, [2, 3]);
    assert!(taken.concerns.iter().all(|(_, concern)| matches!(concern, Concern::Location(Suspicion::SharedPoint(_)))));
}

#[test]
fn a_doubtful_row_waits_and_a_decision_is_respected() {
    let known = BOOKS.facts.places.iter().find(|place| {
        place.municipality.as_str() == "GM0148"
            && place
                .address
                .as_ref()
                .is_some_and(|address| address.house_number.is_some() && address.postcode.is_some())
    });
    let known = known.unwrap();
    let row = record(
        2,
        vec![
            name("Iets heel anders"),
            Statement::Settlement(known.settlement.clone()),
            Statement::Address(known.address.clone().unwrap()),
        ],
    );
    let taken = take(&BOOKS, &EDITION, &municipality(), std::slice::from_ref(&row), now());
    assert_eq!(taken.books.facts, BOOKS.facts);
    let (key, pair) = taken.books.ledger.pairs.first_key_value().unwrap();
    assert_eq!((key.place.as_str(), pair.same, pair.likeness.as_str()), (known.key.as_str(), None, "other-name"));
    for same in [true, false] {
        let mut books = taken.books.clone();
        books.ledger.pairs.get_mut(key).unwrap().same = Some(same);
        let again = take(&books, &EDITION, &municipality(), std::slice::from_ref(&row), now());
        assert_eq!(again.added.len(), usize::from(!same));
        assert_eq!(again.changed.contains_key(&known.key), same);
        assert_eq!(again.refused, 0);
    }
}

#[test]
fn what_was_said_later_stands_whichever_file_comes_first() {
    let key = of_dalfsen()[0].key.clone();
    let on = |date: &str, text: &str, present| Record {
        key: key.clone(),
        stated: Some(date.parse().unwrap()),
        ..record(2, vec![name(text), Statement::Facility(FacilityType::Bibliotheek, present)])
    };
    let (old, new) = (on("2026-03-01", "Oude Naam", true), on("2026-11-20", "Nieuwe Naam", false));
    let both = |first: &Record, second: &Record| {
        let taken = take(&BOOKS, &EDITION, &municipality(), std::slice::from_ref(first), now());
        take(&taken.books, &edition(&taken.books), &municipality(), std::slice::from_ref(second), now())
    };
    let (forth, back) = (both(&old, &new), both(&new, &old));
    let at = key.as_deref().unwrap();
    for taken in [&forth, &back] {
        let place = served(taken, at);
        assert_eq!(
            (place.name.as_str(), &place.absent_facilities[..]),
            ("Nieuwe Naam", &[FacilityType::Bibliotheek][..])
        );
        assert_eq!(place.last_confirmed.as_ref().map(|date| date.as_str()), Some("2026-11-20"));
    }
    assert!(served(&forth, at).alternative_names.contains(&"Oude Naam".to_owned()), "a former name stays a name");
    assert!(back.concerns.iter().any(|(_, concern)| *concern == Concern::Older));
    let new_alone = take(&BOOKS, &EDITION, &municipality(), std::slice::from_ref(&new), now());
    assert_eq!(back.books.facts, new_alone.books.facts, "the older file changes nothing that is served");
}

#[test]
fn a_place_that_was_withdrawn_does_not_come_back() {
    let mut books = BOOKS.clone();
    books.ledger.withdrawn.insert("het-nieuwe-honk-dalfsen".to_owned());
    let by_name = record(2, vec![name("Het nieuwe Honk"), settlement("Dalfsen")]);
    let by_key = Record { key: Some("het-nieuwe-honk-dalfsen".to_owned()), ..record(3, vec![name("Anders")]) };
    let taken = take(&books, &EDITION, &municipality(), &[by_name, by_key], now());
    let withdrawn = Concern::Withdrawn("het-nieuwe-honk-dalfsen".to_owned());
    let told: Vec<&Concern> = taken.concerns.iter().map(|(_, concern)| concern).collect();
    assert_eq!(told, [&withdrawn, &withdrawn]);
    assert_eq!(taken.books, books);
}

#[test]
fn several_polling_stations_in_one_building_are_one_place() {
    let polls = sender("polls", Authority::PollingPlaces);
    let row = |row, text| record(row, vec![name(text), settlement("Dalfsen"), address("Straat", "1", "7721 AA")]);
    let taken = take(&BOOKS, &EDITION, &polls, &[row(2, "De Zaal (A)"), row(3, "De Zaal (B)")], now());
    assert_eq!(
        (taken.added.len(), taken.concerns.iter().filter(|(_, c)| !matches!(c, Concern::Recognised(..))).count()),
        (1, 0)
    );
}

#[test]
fn a_part_of_an_address_that_is_not_said_stays_known() {
    let part = |street: &str, number: &str, postcode: &str| {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Statement::Address(Address { street: some(street), house_number: some(number), postcode: some(postcode) })
    };
    let key = "speeltuin-boswinkel-enschede";
    let row = |statement| Record { key: Some(key.to_owned()), municipality: None, ..record(2, vec![statement]) };
    let line = |books: &Books| {
        let place = books.facts.places.iter().find(|place| place.key == key).unwrap();
        (place.address.as_ref().map(|address| address.line("")), place.location.is_some())
    };
    let whole = line(&BOOKS);
    assert_eq!(whole, (Some("Beneluxlaan 50, 7543 XT ".to_owned()), true));
    for said in [part("Beneluxlaan", "50", ""), part("", "", "7543 XT"), part("Beneluxlaan", "", "")] {
        for authority in [Authority::Municipality, Authority::Web, Authority::PollingPlaces] {
            let took = take(&BOOKS, &EDITION, &sender("x", authority), &[row(said.clone())], now());
            assert_eq!(line(&took.books), whole, "{said:?}");
            assert!(took.changed.is_empty() && took.confirmed.contains(key));
            let link = took.books.facts.place_sources.iter().find(|link| link.place == key && link.source == "x");
            assert_eq!(link.unwrap().fields, ["address", "municipality"], "who says a part supports it");
        }
    }
    // Elsewhere, nothing of the old address holds, and neither does its point.
    let moved = take(&BOOKS, &EDITION, &municipality(), &[row(part("Dorpsstraat", "3", ""))], now());
    assert_eq!(line(&moved.books), (Some("Dorpsstraat 3, ".to_owned()), false));
    let next_door = take(&BOOKS, &EDITION, &municipality(), &[row(part("Beneluxlaan", "52", ""))], now());
    assert_eq!(line(&next_door.books).0.as_deref(), Some("Beneluxlaan 52, "), "no postcode of another number");
}

#[test]
fn what_a_source_said_of_a_part_stays_when_it_leaves_that_out_later_or_said_it_earlier() {
    let sender = municipality();
    let on = |date: &str, statement| Record {
        stated: date.parse().ok(),
        ..record(2, vec![name("Buurthuis De Verzonnen Hoek"), settlement("Dalfsen"), statement])
    };
    let some = |text: &str| Some(text.to_owned());
    let partial = Statement::Address(Address { street: some("Kerkstraat"), house_number: some("1"), postcode: None });
    let rows = [on("2026-01-10", address("Kerkstraat", "1", "7721 AA")), on("2026-02-10", partial)];
    for order in [[0, 1], [1, 0]] {
        let mut books = BOOKS.clone();
        for index in order {
            books = take(&books, &edition(&books), &sender, &rows[index..=index], now()).books;
        }
        let place = books.facts.places.iter().find(|place| place.name == "Buurthuis De Verzonnen Hoek").unwrap();
        let line = place.address.as_ref().map(|address| address.line("Dalfsen"));
        assert_eq!(line.as_deref(), Some("Kerkstraat 1, 7721 AA Dalfsen"), "{order:?}");
        assert_eq!(place.last_confirmed.as_ref().map(|day| day.as_str()), Some("2026-02-10"));
    }
}
