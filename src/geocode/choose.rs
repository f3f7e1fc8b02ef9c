//! Which places are looked up.

use super::{query, wanted::Wanted};
use crate::model::{
    Books, GeocodingState,
    vocabulary::{LocationPrecision, PlaceStatus},
};

/// Which places are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Those without a location.
    Missing,
    /// Those whose point is not that of their address, or that have none.
    CoarserThanAddress,
}

/// The places to look up, by key. Closed ones are not: no list, map or figure shows them unless they are asked for.
///
/// A place about which a person said no, or has yet to say something, is not looked up again until its address changes.
pub fn wanted(books: &Books, only: Only) -> Vec<Wanted> {
    let places = books.facts.places.iter().filter(|place| place.status != Some(PlaceStatus::Closed));
    let places = places.filter(|place| match (&place.location, only) {
        (None, _) => true,
        (Some(location), Only::CoarserThanAddress) => location.precision != LocationPrecision::Address,
        (Some(_), Only::Missing) => false,
    });
    let wanted = places.map(|place| Wanted::of(place, books));
    wanted.filter(|wanted| !is_decided(wanted, books)).collect()
}

/// The place of that key as it would be looked up.
pub fn wanted_place(books: &Books, key: &str) -> Option<Wanted> {
    let place = books.facts.places.iter().find(|place| place.key == key)?;
    Some(Wanted::of(place, books))
}

fn is_decided(wanted: &Wanted, books: &Books) -> bool {
    books
        .ledger
        .geocodings
        .get(&wanted.place)
        .is_some_and(|found| found.state != GeocodingState::Accepted && found.asked == query::fingerprint(wanted))
}
