//! Places as GeoJSON (RFC 7946), with edition, licence and attribution inside.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Edition;
use crate::{
    model::{
        Layer, PLAIN,
        vocabulary::{PlaceKind, Term},
    },
    spatial::{Crs, Wgs84, geojson},
};

impl Edition {
    /// The texts with which the sources of the whole edition ask to be named, each once.
    pub fn attribution(&self) -> Vec<&str> {
        attribution_of(&self.layers)
    }

    /// The layers of the sources of these places, by key: under their licences the places are given, and their attribution
    /// is to be shown.
    pub fn layers_of(&self, places: impl IntoIterator<Item = u32>) -> Vec<&Layer> {
        let found: BTreeSet<u16> =
            places.into_iter().flat_map(|place| self.place(place).layers.iter().copied()).collect();
        found.into_iter().filter_map(|layer| self.layers.get(usize::from(layer))).collect()
    }

    /// A place as a Feature. A member that is null is not known.
    pub fn feature(&self, place: u32, crs: Crs) -> Value {
        let mut feature = self.bare_feature(place, crs);
        feature["edition"] = json!(self.id);
        let layers = self.layers_of([place]);
        feature["attribution"] = attributions(&layers);
        feature["licences"] = licences_of(&layers);
        feature
    }

    /// Places as a FeatureCollection, in the order given. A place without a location has a null geometry.
    pub fn feature_collection(&self, places: impl Iterator<Item = u32>, crs: Crs) -> Value {
        let places: Vec<u32> = places.collect();
        let layers = self.layers_of(places.iter().copied());
        let mut collection = json!({ "type": "FeatureCollection" });
        // Before the features, where readers look for it.
        geojson::name_system(&mut collection, crs);
        collection["edition"] = json!(self.id);
        if !self.withdrawn.is_empty() {
            collection["withdrawn"] = json!(self.withdrawn);
        }
        collection["attribution"] = attributions(&layers);
        collection["licences"] = licences_of(&layers);
        collection["features"] = places.into_iter().map(|place| self.bare_feature(place, crs)).collect();
        collection
    }

    fn bare_feature(&self, place: u32, crs: Crs) -> Value {
        let entry = self.place(place);
        let facts = &entry.facts;
        let municipality = &self.municipality(entry.municipality).facts;
        let location = facts.location.as_ref();
        let label = facts.kind.and_then(|kind| self.label(PlaceKind::VOCABULARY, kind.name()));
        let mut feature = json!({
            "type": "Feature",
            "id": super::NodeId::Place(facts.key.clone()).to_string(),
            "geometry": location.map(|at| geojson::point(Wgs84 { lon: at.lon, lat: at.lat }, crs)),
            "properties": {
                "slug": facts.key,
                "name": facts.name,
                "alternativeNames": facts.alternative_names,
                "kind": facts.kind,
                "kindLabel": label.map(|label| &label.label_nl),
                "status": facts.status,
                "lastConfirmed": facts.last_confirmed,
                "municipality": municipality.name,
                "municipalityCode": municipality.code,
                "settlement": facts.settlement,
                "address": facts.address.as_ref().map(|address| address.line(&facts.settlement)),
                "precision": location.map(|at| at.precision),
                "uncertaintyRadius": location.map(|at| at.uncertainty_radius_m),
                "facilities": facts.facilities,
                "activities": facts.activities,
                "updatedAt": facts.updated_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            },
        });
        for plain in PLAIN {
            feature["properties"][plain.name] = json!((plain.of)(facts));
        }
        feature
    }
}

/// The texts with which layers ask to be named, each once.
pub fn attribution_of<'a>(layers: impl IntoIterator<Item = &'a Layer>) -> Vec<&'a str> {
    let mut texts: Vec<&str> = Vec::new();
    for layer in layers {
        if !texts.contains(&layer.attribution.as_str()) {
            texts.push(&layer.attribution);
        }
    }
    texts
}

fn attributions(layers: &[&Layer]) -> Value {
    json!(attribution_of(layers.iter().copied()))
}

/// Layers with their licences, as a download tells them.
pub fn licences_of(layers: &[&Layer]) -> Value {
    layers
        .iter()
        .map(|layer| json!({ "layer": layer.title, "licence": layer.licence, "url": layer.licence_url }))
        .collect()
}
