//! GeoJSON: a FeatureCollection with edition, licences and attribution before its features.

use std::io::Write;

use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::json;

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
    into: &mut impl Write,
) -> Result<(), ExportError> {
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
    let mut head = serde_json::to_vec(&head)?;
    // The closing brace, until the features are in.
    head.pop();
    into.write_all(&head)?;
    into.write_all(b",\"features\":[")?;
    for (position, row) in rows.iter().enumerate() {
        if position > 0 {
            into.write_all(b",")?;
        }
        serde_json::to_writer(&mut *into, &Feature { collection, of, row: *row, crs })?;
    }
    Ok(into.write_all(b"]}")?)
}

/// A row, written as it is read: of a hundred thousand none is made into a tree first.
struct Feature<'a, S: 'static> {
    collection: &'a Collection<S>,
    of: &'a S,
    row: u32,
    crs: Crs,
}

impl<S: 'static> Serialize for Feature<'_, S> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        let Self { collection, of, row, crs } = *self;
        let geometry = collection.geometry(of, row).map(|geometry| match geometry {
            Geometry::Point(at) => geojson::point(at, crs),
            Geometry::Area(area) => geojson::geometry(area, crs),
        });
        let mut feature = serializer.serialize_map(Some(4))?;
        feature.serialize_entry("type", "Feature")?;
        feature.serialize_entry("id", &collection.id(of, row))?;
        feature.serialize_entry("geometry", &geometry)?;
        feature.serialize_entry("properties", &Properties(self))?;
        feature.end()
    }
}

struct Properties<'a, 'b, S: 'static>(&'a Feature<'b, S>);

impl<S: 'static> Serialize for Properties<'_, '_, S> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        let Feature { collection, of, row, .. } = *self.0;
        let mut properties = serializer.serialize_map(None)?;
        for column in &collection.columns {
            if matches!(column.role, Role::Attribute | Role::Label) {
                properties.serialize_entry(column.name, &column.cell(of, row))?;
            }
        }
        let sources = collection.sources(of, row).into_iter().map(|(source, fields)| {
            json!({ "title": source.title, "url": source.url, "licence": source.licence, "fields": fields })
        });
        properties.serialize_entry("sources", &sources.collect::<Vec<_>>())?;
        let layers = collection.layers(of, row);
        properties.serialize_entry("licences", &licences_of(&layers))?;
        properties.serialize_entry("attribution", &attribution_of(layers))?;
        properties.end()
    }
}
