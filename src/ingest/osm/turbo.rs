//! The GeoJSON that overpass turbo exports: a feature an element, with its id in `@id` and its tags as properties.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::{
    element::{Element, ElementId, ElementKind, Tags, middle},
    tags,
};
use crate::spatial::Wgs84;

#[derive(Deserialize)]
struct Feature {
    id: Option<Value>,
    #[serde(default)]
    properties: Option<BTreeMap<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(default)]
    coordinates: Value,
}

/// The elements of interest, and how many features cannot be read; `None` where not one has the id of an element, so that this
/// is another GeoJSON.
pub(super) fn elements(features: &[&RawValue]) -> Option<(Vec<Element>, usize)> {
    let read: Vec<Feature> = features.iter().filter_map(|text| serde_json::from_str(text.get()).ok()).collect();
    let named: Vec<(ElementId, &Feature)> = read.iter().filter_map(|feature| Some((id(feature)?, feature))).collect();
    if named.is_empty() {
        return None;
    }
    let unreadable = features.len() - named.len();
    let elements = named.into_iter().filter_map(|(id, feature)| {
        let properties = feature.properties.iter().flatten();
        // What begins with an at-sign is said of the element itself, and no tag.
        let tags = properties.filter(|(key, _)| !key.starts_with('@'));
        let tags: Tags = tags.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect();
        let mut points = Vec::new();
        feature.geometry.iter().for_each(|geometry| positions(&geometry.coordinates, &mut points));
        tags::is_of_interest(&tags).then(|| Element { id, tags, at: middle(points) })
    });
    Some((elements.collect(), unreadable))
}

/// `way/123`, in `@id` or as the id of the feature.
fn id(feature: &Feature) -> Option<ElementId> {
    let own = feature.properties.as_ref().and_then(|properties| properties.get("@id"));
    let (kind, number) = own.or(feature.id.as_ref())?.as_str()?.split_once('/')?;
    let kind = match kind {
        "node" => ElementKind::Node,
        "way" => ElementKind::Way,
        "relation" => ElementKind::Relation,
        _ => return None,
    };
    Some(ElementId(kind, number.parse().ok()?))
}

/// The positions of a geometry, however deep they stand in it.
fn positions(coordinates: &Value, found: &mut Vec<Wgs84>) {
    let Some(inner) = coordinates.as_array() else { return };
    match (inner.first().and_then(Value::as_f64), inner.get(1).and_then(Value::as_f64)) {
        (Some(lon), Some(lat)) => found.push(Wgs84 { lon, lat }),
        _ => inner.iter().for_each(|coordinates| positions(coordinates, found)),
    }
}
