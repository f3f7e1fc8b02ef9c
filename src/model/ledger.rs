//! What is kept beside the served facts, so that a later import can decide anew.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Base, Claim, Facts, Geocoding, PolicyBase, PolicyClaim};

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
    /// Places of the seed on which there are claims, as they were before, by key.
    pub bases: BTreeMap<String, Base>,
    /// Claims by key of the place, ascending by key of the statement and source.
    pub claims: BTreeMap<String, Vec<Claim>>,
    /// Pairs of a record and a place that may be the same, by record and key of the place.
    pub pairs: BTreeMap<PairKey, Pair>,
    /// Keys of the places that were withdrawn for somebody's privacy; no import brings them back.
    pub withdrawn: BTreeSet<String>,
    /// Where addresses were found, by key of the place.
    pub geocodings: BTreeMap<String, Geocoding>,
    /// Policy documents of municipalities on whose policy there are claims, as they were before, by key.
    pub policy_bases: BTreeMap<String, PolicyBase>,
    /// Claims by key of the policy document, ascending by key of the statement and source.
    pub policy_claims: BTreeMap<String, Vec<PolicyClaim>>,
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

impl Ledger {
    /// Notes a claim; it takes the place of what the same source said of the same property before, unless that was said on
    /// a later day. Whether it was noted.
    pub fn note(&mut self, claim: Claim) -> bool {
        let claims = self.claims.entry(claim.place.clone()).or_default();
        let key = |claim: &Claim| (claim.statement.key(), claim.source.clone());
        match claims.binary_search_by_key(&key(&claim), key) {
            Ok(index) if claims[index].stated > claim.stated => return false,
            Ok(index) => claims[index] = claim,
            Err(index) => claims.insert(index, claim),
        }
        true
    }

    /// [`Ledger::note`] for a claim on a policy document.
    pub fn note_policy(&mut self, claim: PolicyClaim) -> bool {
        let claims = self.policy_claims.entry(claim.document.clone()).or_default();
        let key = |claim: &PolicyClaim| (claim.statement.key(), claim.source.clone());
        match claims.binary_search_by_key(&key(&claim), key) {
            Ok(index) if claims[index].stated > claim.stated => return false,
            Ok(index) => claims[index] = claim,
            Err(index) => claims.insert(index, claim),
        }
        true
    }
}
