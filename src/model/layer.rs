//! Layers of data, each with one licence and one attribution.
//!
//! Every source names the layer that it belongs to, so the licence of a fact is that of the layers of its sources.

use serde::{Deserialize, Serialize};

use super::PartialDate;

/// A layer of data with its licence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// Stable key.
    pub key: String,
    /// What it is.
    pub title: String,
    /// Licence, as an SPDX identifier where one exists.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// The attribution that the licence asks for.
    pub attribution: String,
    /// The date the layer describes.
    pub reference_date: Option<PartialDate>,
}

impl Layer {
    /// What municipalities and organisations state under a licence; a layer for each licence, since a layer has one.
    pub fn of_statements(licence: &str) -> Self {
        Self {
            key: format!("statements-{}", licence.to_lowercase()),
            title: "Opgaven van gemeenten en organisaties over hun ontmoetingsplekken".to_owned(),
            licence_url: (licence == "CC0-1.0").then(|| Self::CC0.to_owned()),
            licence: licence.to_owned(),
            attribution: "Bron: de gemeente of organisatie die bij de plek genoemd is".to_owned(),
            reference_date: None,
        }
    }

    /// The key of the layer of OpenStreetMap.
    pub const OPENSTREETMAP: &str = "openstreetmap";

    /// The key of the layer of all lists of polling places.
    pub const POLLING_PLACES: &str = "polling-places";

    /// Where the text of CC BY 4.0 stands.
    pub const CC_BY: &str = "https://creativecommons.org/licenses/by/4.0/deed.nl";
    /// Where the text of CC0 1.0 stands.
    pub const CC0: &str = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl";
}
