use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;
use crate::{
    claims::{At, Intake, Record, Sender},
    edition::Edition,
    model::{
        Address, Authority, Claim, Geocoding, GeocodingState, Location, Provider, Statement,
        vocabulary::{FacilityType, LocationPrecision, PlaceKind},
    },
    testing::EDITION,
};

static BOOKS: LazyLock<Books> = LazyLock::new(crate::testing::books);

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn sender(source: &str, authority: Authority, layer: &str, licence: &str) -> Sender {
    let source = Source {
        id: source.to_owned(),
        layer: layer.to_owned(),
        title: source.to_owned(),
        url: None,
        licence: Some(licence.to_owned()),
        published: None,
        retrieved: None,
    };
    let layer = Layer {
        key: layer.to_owned(),
        title: layer.to_owned(),
        licence: licence.to_owned(),
        licence_url: None,
        attribution: layer.to_owned(),
        reference_date: None,
    };
    Sender {
        source,
        authority,
        layer,
        may_repeat: true,
        is_inventory: false,
        is_whole: false,
        restates: false,
        only_recognises: false,
    }
}

fn map() -> Sender {
    sender("openstreetmap", Authority::Openstreetmap, "openstreetmap", "ODbL-1.0")
}

fn polls() -> Sender {
    sender("polling-places-2027-03-17", Authority::PollingPlaces, "polling-places", "CC0-1.0")
}

fn municipality() -> Sender {
    sender("municipality-GM0148", Authority::Municipality, "statements-cc0-1.0", "CC0-1.0")
}

fn taken(books: &Books, sender: &Sender, records: &[Record], now: &str) -> Books {
    // Outlines and addresses of before the first import do for the second too.
    let mut intake = Intake::of(books, &EDITION, moment(now));
    intake.take(sender, records);
    intake.into_books()
}

/// What a source might say of the place of that number: something other than the seed does, more, or the same.
fn record((number, variant): &(usize, u8)) -> Record {
    let place = &BOOKS.facts.places[number % BOOKS.facts.places.len()];
    let some = |text: &str| Some(text.to_owned());
    let elsewhere = Address { street: some("Fabelweg"), house_number: some("1"), postcode: some("9999 ZZ") };
    let mut statements = match variant % 4 {
        0 => place.statements(),
        1 => vec![Statement::Kind(PlaceKind::Overig), Statement::Facility(FacilityType::Sport, true)],
        2 => vec![Statement::Address(elsewhere), Statement::WheelchairAccessible(false)],
        _ => vec![Statement::AlternativeName("De Fabel".to_owned()), Statement::Name("De Fabel".to_owned())],
    };
    let is_new = variant % 8 > 5;
    if is_new {
        statements = vec![
            Statement::Name(format!("Buurthuis De Fabel {number}")),
            Statement::Settlement(place.settlement.clone()),
            Statement::Kind(PlaceKind::Buurthuis),
        ];
    }
    Record {
        at: At { file: "map".into(), sheet: None, row: u32::try_from(*number).unwrap_or_default() + 2 },
        key: (!is_new).then(|| place.key.clone()),
        municipality: Some(place.municipality.clone()),
        may_be_new: true,
        stated: "2026-05-01".parse().ok(),
        statements,
        cleared: Vec::new(),
    }
}

/// When something last changed in the data is not undone.
fn timeless(mut books: Books) -> Books {
    for place in &mut books.facts.places {
        place.updated_at = DateTime::<Utc>::MIN_UTC;
    }
    books
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn what_was_imported_and_is_left_out_again_leaves_no_trace(
        said in prop::collection::vec((0..300_usize, any::<u8>()), 1..20),
        layer in 0..3_usize,
    ) {
        let sender = [map, polls, municipality][layer]();
        let records: Vec<Record> = said.iter().map(record).collect();
        let with = taken(&BOOKS, &sender, &records, "2026-12-01T10:00:00Z");
        prop_assert_ne!(&with, &*BOOKS);
        prop_assert_eq!(&without_layer(&with, &sender.layer.key), &*BOOKS);
    }

    #[test]
    fn what_others_say_stays_and_comes_back_whichever_came_first(
        said in prop::collection::vec((0..40_usize, any::<u8>()), 1..12),
        others in prop::collection::vec((0..40_usize, 0..6_u8), 1..12),
        map_is_first in any::<bool>(),
    ) {
        let (said, others): (Vec<Record>, Vec<Record>) =
            (said.iter().map(record).collect(), others.iter().map(|other| record(&(other.0, other.1 % 4))).collect());
        let alone = taken(&BOOKS, &municipality(), &others, "2026-12-01T10:00:00Z");
        let both = if map_is_first {
            let first = taken(&BOOKS, &map(), &said, "2026-12-01T10:00:00Z");
            taken(&first, &municipality(), &others, "2026-12-02T10:00:00Z")
        } else {
            taken(&alone, &map(), &said, "2026-12-02T10:00:00Z")
        };
        prop_assert_eq!(timeless(without_layer(&both, "openstreetmap")), timeless(alone));
        let left = without_layer(&both, "openstreetmap").facts;
        prop_assert!(Edition::build(left).is_ok());
    }
}

#[test]
fn only_a_layer_that_nothing_else_rests_on_can_be_left_out() {
    let keys = |books: &Books| separable_layers(books).iter().map(|layer| layer.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&BOOKS), [] as [&str; 0]);
    let refused = leave_out(&BOOKS, "openstreetmap").unwrap_err();
    assert!(refused.to_string().contains("no import has brought one"), "{refused}");

    let books = taken(&BOOKS, &map(), &[record(&(1, 1))], "2026-12-01T10:00:00Z");
    let books = taken(&books, &polls(), &[record(&(2, 1))], "2026-12-01T10:00:00Z");
    let books = taken(&books, &municipality(), &[record(&(3, 1))], "2026-12-01T10:00:00Z");
    // The seed has facts of other lists of polling places.
    assert_eq!(keys(&books), ["openstreetmap", "statements-cc0-1.0"]);
    let refused = leave_out(&books, "polling-places").unwrap_err().to_string();
    assert_eq!(
        refused,
        "`polling-places` is not a layer that can be left out; what can be left out: openstreetmap, statements-cc0-1.0"
    );
    for layer in ["openstreetmap", "OpenStreetMap"] {
        let (key, left) = leave_out(&books, layer).unwrap();
        assert_eq!((key.as_str(), left), ("openstreetmap", without_layer(&books, "openstreetmap")));
    }
}

#[test]
fn the_point_of_an_address_goes_with_the_address() {
    let place = BOOKS.facts.places.iter().position(|place| place.address.is_none()).unwrap();
    let key = &BOOKS.facts.places[place].key;
    let mut books = taken(&BOOKS, &map(), &[record(&(place, 2))], "2026-12-01T10:00:00Z");
    let location = Location {
        lon: 6.2570,
        lat: 52.5065,
        precision: LocationPrecision::Address,
        uncertainty_radius_m: 0.0,
        outline: None,
    };
    let pdok = sender("pdok-locatieserver", Authority::Openstreetmap, "addresses", "CC-BY-4.0");
    books.facts.sources.push(pdok.source);
    books.facts.layers.push(pdok.layer);
    books.ledger.geocodings.insert(
        key.clone(),
        Geocoding {
            provider: Provider::Pdok,
            source: "pdok-locatieserver".to_owned(),
            asked: "Fabelweg 1".to_owned(),
            matched: "Fabelweg 1".to_owned(),
            score: None,
            found_on: "2026-12-01".parse().unwrap(),
            nummeraanduiding: None,
            adresseerbaar_object: None,
            state: GeocodingState::Accepted,
            reason: None,
        },
    );
    books.ledger.places.note(Claim {
        subject: key.clone(),
        source: "pdok-locatieserver".to_owned(),
        authority: Authority::Openstreetmap,
        statement: Statement::Location(location),
        stated: None,
    });
    let left = without_layer(&books, "openstreetmap");
    assert!(left.ledger.geocodings.is_empty() && left.ledger.places.is_empty());
    assert_eq!(left.facts.places, BOOKS.facts.places);
}
