//! Places as GeoJSON (RFC 7946), with edition, licence and attribution inside.

use serde_json::{Value, json};

use super::Edition;
use crate::{
    model::{
        Layer,
        vocabulary::{PlaceKind, Term},
    },
    spatial::{Crs, Wgs84, geojson},
};

impl Edition {
    /// The texts with which the sources ask to be named, each once.
    pub fn attribution(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = Vec::new();
        for layer in &self.layers {
            if !texts.contains(&layer.attribution.as_str()) {
                texts.push(&layer.attribution);
            }
        }
        texts
    }

    /// The layers that places are made of: their facts, the lists of polling places, the points of settlements, addresses that
    /// were looked up, what municipalities and organisations state, and OpenStreetMap.
    pub fn place_layers(&self) -> impl Iterator<Item = &Layer> {
        const OF_PLACES: [&str; 5] = ["place-facts", "polling-places", "settlements", "addresses", "openstreetmap"];
        let is_of_places = |key: &str| OF_PLACES.contains(&key) || key.starts_with("statements-");
        self.layers.iter().filter(move |layer| is_of_places(&layer.key))
    }

    /// A place as a Feature. A member that is null is not known.
    pub fn feature(&self, place: u32, crs: Crs) -> Value {
        let mut feature = self.bare_feature(place, crs);
        feature["edition"] = json!(self.id);
        feature["attribution"] = self.place_attribution();
        feature
    }

    /// Places as a FeatureCollection, in the order given. A place without a location has a null geometry.
    pub fn feature_collection(&self, places: impl Iterator<Item = u32>, crs: Crs) -> Value {
        let licences = self
            .place_layers()
            .map(|layer| json!({ "layer": layer.title, "licence": layer.licence, "url": layer.licence_url }));
        let mut collection = json!({ "type": "FeatureCollection" });
        // Before the features, where readers look for it.
        geojson::name_system(&mut collection, crs);
        collection["edition"] = json!(self.id);
        if !self.withdrawn.is_empty() {
            collection["withdrawn"] = json!(self.withdrawn);
        }
        collection["attribution"] = self.place_attribution();
        collection["licences"] = licences.collect();
        collection["features"] = places.map(|place| self.bare_feature(place, crs)).collect();
        collection
    }

    fn place_attribution(&self) -> Value {
        self.place_layers().map(|layer| layer.attribution.as_str()).collect()
    }

    fn bare_feature(&self, place: u32, crs: Crs) -> Value {
        let entry = self.place(place);
        let facts = &entry.facts;
        let municipality = &self.municipality(entry.municipality).facts;
        let location = facts.location.as_ref();
        let label = facts.kind.and_then(|kind| self.label(PlaceKind::VOCABULARY, kind.name()));
        json!({
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
                "culturalProgramme": facts.cultural_programme,
                "legalForm": facts.legal_form,
                "foundedYear": facts.founded_year,
                "runBy": facts.run_by,
                "openingHours": facts.opening_hours,
                "wheelchairAccessible": facts.wheelchair_accessible,
                "website": facts.website,
                "updatedAt": facts.updated_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            },
        })
    }
}
