//! What the seed that a database was filled with says of areas and layers, and which places and documents it has.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Facts, Layer, Municipality, Neighbourhood, Settlement};

/// What has to be known of a seed to tell what imports made of it, when a newer one takes its place.
///
/// Of places and documents the ledger tells that. Of what they say there is nothing here, so that nothing is left of a place
/// that is withdrawn but its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeedBase {
    /// Its layers.
    pub layers: Vec<Layer>,
    /// Its municipalities.
    pub municipalities: Vec<Municipality>,
    /// Its settlements.
    pub settlements: Vec<Settlement>,
    /// Its neighbourhoods.
    pub neighbourhoods: Vec<Neighbourhood>,
    /// Keys of its places.
    pub places: BTreeSet<String>,
    /// Keys of its documents of policy.
    pub documents: BTreeSet<String>,
}

impl SeedBase {
    /// Of the facts of a seed.
    pub fn of(seed: &Facts) -> Self {
        Self {
            layers: seed.layers.clone(),
            municipalities: seed.municipalities.clone(),
            settlements: seed.settlements.clone(),
            neighbourhoods: seed.neighbourhoods.clone(),
            places: seed.places.iter().map(|place| place.key.clone()).collect(),
            documents: seed.policy_documents.iter().map(|document| document.key.clone()).collect(),
        }
    }
}
