//! Where an address was found, and what became of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Location;

/// What a geocoder found for a place.
///
/// Where that is stands once: of an accepted one in the claim of its `source`, as whose word it is served, else in the state;
/// [`Ledger::found_at`](super::Ledger::found_at) tells it of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Geocoding {
    /// Who found it.
    pub provider: Provider,
    /// Id of the source under which the location is served.
    pub source: String,
    /// The address that was looked up, in the one form in which addresses are compared. Another address is a new question.
    pub asked: String,
    /// What was found, in the words of who found it.
    pub matched: String,
    /// How well it matched by the provider's own measure, which says nothing outside one answer.
    pub score: Option<f64>,
    /// The day on which it was found.
    pub found_on: NaiveDate,
    /// BAG id of the nummeraanduiding, 16 digits.
    pub nummeraanduiding: Option<String>,
    /// BAG id of the verblijfsobject, standplaats or ligplaats, 16 digits.
    pub adresseerbaar_object: Option<String>,
    /// What became of it.
    pub state: GeocodingState,
    /// Why it waits or waited for a person.
    pub reason: Option<String>,
}

/// Who finds places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Provider {
    /// PDOK Locatieserver.
    Pdok,
    /// What is known already.
    Offline,
}

/// What became of something that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GeocodingState {
    /// It is served, by a claim.
    Accepted,
    /// A person has to say whether it is there.
    Waiting(Location),
    /// A person said that it is not there.
    Rejected(Location),
}
