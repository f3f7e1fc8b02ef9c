//! Finds where addresses are: by asking PDOK Locatieserver, or from what is known already.
//!
//! Only the command `noaber geocode` comes here. A user's query never calls the network: what was found is in the
//! database, as a claim beside the others, and so in the edition.
//!
//! - [`wanted()`]: which places are looked up
//! - [`query`]: an address as questions, [`answer`]: what came back, [`accept`]: whether that is it
//! - [`pdok`]: the client, [`run`]: the loop around it
//! - [`offline`]: what is known already
//! - [`apply`]: what was found, put into the books

pub mod accept;
pub mod answer;
pub mod apply;
pub mod offline;
pub mod pdok;
pub mod query;
pub mod run;

use crate::{
    ingest::resolve::authority_of_address,
    model::{
        Address, Authority, Books, GeocodingState, Location, MunicipalityCode, Place,
        vocabulary::{LocationPrecision, PlaceStatus},
    },
};

/// Which places are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Those without a location.
    Missing,
    /// Those whose point is not that of their address, or that have none.
    CoarserThanAddress,
}

/// A place that is looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Its key.
    pub place: String,
    /// Its municipality.
    pub municipality: MunicipalityCode,
    /// Its village or town.
    pub settlement: String,
    /// Its district.
    pub neighbourhood: Option<String>,
    /// Its address, as far as it is known.
    pub address: Option<Address>,
    /// Where it is by now; what is found has to be finer.
    pub location: Option<Location>,
    /// How much the word of the address counts, and so that of the point found for it.
    pub authority: Authority,
}

impl Wanted {
    fn of(place: &Place, books: &Books) -> Self {
        let claims = books.ledger.claims.get(&place.key).map(Vec::as_slice).unwrap_or_default();
        let authority = match books.ledger.bases.get(&place.key) {
            // All that stands in the seed, and on which nobody has said anything.
            None if claims.is_empty() => None,
            base => authority_of_address(base, claims),
        };
        Self {
            place: place.key.clone(),
            municipality: place.municipality.clone(),
            settlement: place.settlement.clone(),
            neighbourhood: place.neighbourhood.clone(),
            address: place.address.clone(),
            location: place.location.clone(),
            authority: authority.unwrap_or(Authority::Web),
        }
    }

    /// Whether a location says more than the one that the place has.
    pub fn is_improved_by(&self, found: &Location) -> bool {
        self.location.as_ref().is_none_or(|has| {
            found.precision < has.precision && found.uncertainty_radius_m <= has.uncertainty_radius_m
                || found.precision == LocationPrecision::Address && has.precision != LocationPrecision::Address
        })
    }
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
