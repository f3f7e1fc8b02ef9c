//! GeoJSON: a FeatureCollection with edition, licences and attribution before its features.

use std::io::Write as _;

use serde_json::{Map, Value as Json, json};

use super::{ExportError, OfEdition, layers_of};
use crate::{
    collections::{Collection, Geometry, Role},
    edition::{attribution_of, licences_of},
    spatial::{Crs, geojson},
};

/// Rows as features, those without a geometry with a null one. A property that is null is not known.
pub(super) fn write<S: OfEdition>(
    collection: &Collection<S>,
    of: &S,
    rows: &[u32],
    crs: Crs,
) -> Result<Vec<u8>, ExportError> {
    let edition = of.edition();
    let layers = layers_of(collection, of, rows);
    let mut head = json!({ "type": "FeatureCollection", "name": collection.name });
    // Before the features, where readers look for it.
    geojson::name_system(&mut head, crs);
    head["edition"] = json!(edition.id);
    if !edition.withdrawn.is_empty() {
        head["withdrawn"] = json!(edition.withdrawn);
    }
    head["attribution"] = json!(attribution_of(layers.iter().copied()));
    head["licences"] = licences_of(&layers);
    let mut bytes = serde_json::to_vec(&head)?;
    // The closing brace, until the features are in.
    bytes.pop();
    bytes.extend_from_slice(b",\"features\":[");
    for (position, row) in rows.iter().enumerate() {
        if position > 0 {
            bytes.push(b',');
        }
        serde_json::to_writer(&mut bytes, &feature(collection, of, *row, crs)?)?;
    }
    let _ = bytes.write_all(b"]}");
    Ok(bytes)
}

fn feature<S: OfEdition>(collection: &Collection<S>, of: &S, row: u32, crs: Crs) -> Result<Json, ExportError> {
    let geometry = collection.geometry(of, row).map(|geometry| match geometry {
        Geometry::Point(at) => geojson::point(at, crs),
        Geometry::Area(area) => geojson::geometry(area, crs),
    });
    let mut properties = Map::new();
    for column in &collection.columns {
        if matches!(column.role, Role::Attribute | Role::Label) {
            properties.insert(column.name.to_owned(), serde_json::to_value(column.cell(of, row))?);
        }
    }
    let sources = collection.sources(of, row).into_iter().map(|(source, fields)| {
        json!({ "title": source.title, "url": source.url, "licence": source.licence, "fields": fields })
    });
    let layers = collection.layers(of, row);
    properties.insert("sources".to_owned(), sources.collect());
    properties.insert("licences".to_owned(), licences_of(&layers));
    properties.insert("attribution".to_owned(), json!(attribution_of(layers)));
    Ok(json!({ "type": "Feature", "id": collection.id(of, row), "geometry": geometry, "properties": properties }))
}
