//! Items as they are written.

use serde_json::{Map, Value, json};

use super::{
    about::alternate,
    asked::Asked,
    choose,
    links::{Links, bare_link, link},
};
use crate::{
    collections::{Collection, Kind, Role},
    edition::{Edition, attribution_of, licences_of},
    http::problem::Problem,
    model::{Language, Layer},
};

const GEOJSON: &str = "application/geo+json";

/// A page of items as a FeatureCollection.
///
/// # Errors
/// When it cannot be written as JSON, which means out of memory.
pub(super) fn page(
    edition: &Edition,
    collection: &Collection,
    asked: &Asked,
    links: &Links,
) -> Result<Vec<u8>, Problem> {
    let rows = choose::rows(edition, collection, asked);
    let matched = rows.len();
    let shown: Vec<u32> = rows.into_iter().skip(asked.offset).take(asked.limit).collect();
    let mut around = vec![bare_link("self", GEOJSON, &links.here()), alternate(links)];
    let next = asked.offset.saturating_add(asked.limit);
    if next < matched {
        around.push(bare_link("next", GEOJSON, &links.at_offset(next)));
    }
    if asked.offset > 0 {
        around.push(bare_link("prev", GEOJSON, &links.at_offset(asked.offset.saturating_sub(asked.limit))));
    }
    let parent = format!("/ogc/collections/{}", collection.name);
    around.push(link("collection", "application/json", &links.to(&parent), collection.title.of(links.language())));
    let mut layers: Vec<&Layer> = Vec::new();
    for layer in shown.iter().flat_map(|row| collection.layers(edition, *row)) {
        if !layers.iter().any(|known| known.key == layer.key) {
            layers.push(layer);
        }
    }
    let mut value = json!({
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": shown.len(),
        "edition": edition.id,
        "attribution": attribution_of(layers.iter().copied()),
        "licences": licences_of(&layers),
        "links": around,
    });
    if !edition.withdrawn.is_empty() {
        value["withdrawn"] = json!(edition.withdrawn);
    }
    value["features"] = shown.iter().map(|row| feature(edition, collection, *row, asked)).collect();
    serde_json::to_vec(&value).map_err(Problem::internal)
}

/// One item as a Feature.
///
/// # Errors
/// As [`page`].
pub(super) fn one(
    edition: &Edition,
    collection: &Collection,
    row: u32,
    asked: &Asked,
    links: &Links,
) -> Result<Vec<u8>, Problem> {
    let parent = format!("/ogc/collections/{}", collection.name);
    let mut value = feature(edition, collection, row, asked);
    value["edition"] = json!(edition.id);
    value["links"] = json!([
        bare_link("self", GEOJSON, &links.here()),
        alternate(links),
        link("collection", "application/json", &links.to(&parent), collection.title.of(links.language())),
    ]);
    serde_json::to_vec(&value).map_err(Problem::internal)
}

/// A member that is null is not known.
fn feature(edition: &Edition, collection: &Collection, row: u32, asked: &Asked) -> Value {
    let language = if asked.is_english { Language::En } else { Language::Nl };
    let properties: Map<String, Value> = collection
        .columns
        .iter()
        .filter(|column| !matches!(column.role, Role::Id | Role::Coordinate))
        .map(|column| {
            let cell = column.cell(edition, row);
            let written = match column.kind {
                Kind::Words if !cell.is_unknown() => json!(cell.told(language)),
                _ => json!(cell),
            };
            (column.name.to_owned(), written)
        })
        .collect();
    json!({
        "type": "Feature",
        "id": collection.id(edition, row),
        "geometry": collection.geometry(edition, row).map(|geometry| asked.system.written(geometry)),
        "properties": properties,
    })
}
