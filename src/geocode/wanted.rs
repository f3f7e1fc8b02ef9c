//! What is known of a place that is looked up.

use crate::{
    claims::{PollingLists, place::authority_of_address},
    model::{Address, Authority, Books, Location, MunicipalityCode, Original, Place, vocabulary::LocationPrecision},
};

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
    pub(super) fn of(place: &Place, books: &Books) -> Self {
        let claims = books.ledger.places.of(&place.key);
        let lists = PollingLists::of(&books.facts.sources);
        let authority = match books.ledger.places.originals.get(&place.key) {
            // All that stands in the seed, and on which nobody has said anything.
            None if claims.is_empty() => {
                let links = books.facts.place_sources.iter().filter(|link| link.place == place.key);
                let original = Original { subject: place.clone(), support: links.cloned().collect() };
                authority_of_address(Some(&original), claims, &lists)
            }
            original => authority_of_address(original, claims, &lists),
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
