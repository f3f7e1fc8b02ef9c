//! What is kept beside the served facts, so that a later import can decide anew.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Claims, Facts, Geocoding, GeocodingState, Location, PolicyStatement, Statement};

/// The facts as they are served and the claims on which they rest: the whole of what an import reads and changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Books {
    /// What is served.
    pub facts: Facts,
    /// What is kept beside it.
    pub ledger: Ledger,
}

/// Claims of imports, what was there before them, where addresses were found, and what persons decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// What is said of places.
    pub places: Claims<Statement>,
    /// What is said of documents of municipal policy.
    pub policy: Claims<PolicyStatement>,
    /// Pairs of a record and a place that may be the same, by record and key of the place.
    pub pairs: BTreeMap<PairKey, Pair>,
    /// Keys of the places that were withdrawn for somebody's privacy; no import brings them back.
    pub withdrawn: BTreeSet<String>,
    /// Where addresses were found, by key of the place.
    pub geocodings: BTreeMap<String, Geocoding>,
}

impl Ledger {
    /// Where the address of a place was found, whatever became of that; `None` where it was not.
    pub fn found_at(&self, place: &str) -> Option<&Location> {
        let found = self.geocodings.get(place)?;
        match &found.state {
            GeocodingState::Waiting(location) | GeocodingState::Rejected(location) => Some(location),
            GeocodingState::Accepted => {
                let mut own = self.places.of(place).iter().filter(|claim| claim.source == found.source);
                own.find_map(|claim| claim.statement.location())
            }
        }
    }

    /// Leaves nothing of what was found for the address of a place: neither what is told of it nor the claim by which it is
    /// served. Whether there was anything.
    pub fn forget_geocoding(&mut self, place: &str) -> bool {
        let Some(found) = self.geocodings.remove(place) else { return false };
        self.places.take_out(place, |claim| claim.source == found.source && claim.statement.key() == "location");
        true
    }
}

/// A record of a source and a place it may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PairKey {
    /// What identifies the record: municipality, folded name and settlement; or source and element of a map.
    pub record: String,
    /// Key of the place.
    pub place: String,
}

/// A doubt, and what a person said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The source in which the record stands.
    pub source: String,
    /// The record as a person can recognise it: name, address, settlement.
    pub label: String,
    /// Why they may be the same.
    pub likeness: String,
    /// Whether they are; `None`: not decided yet.
    pub same: Option<bool>,
    /// When a person decided that.
    pub decided: Option<NaiveDate>,
}
