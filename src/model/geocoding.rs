//! Where an address was found, and what became of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Location;

/// What a geocoder found for a place.
///
/// An accepted one is served through a claim of its `source`; this is what is told of it besides.
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
    /// Where that is.
    pub location: Location,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GeocodingState {
    /// It is served.
    Accepted,
    /// A person has to say.
    Waiting,
    /// A person said that it is wrong.
    Rejected,
}
