//! A layer as TileJSON 3.0 describes it.

use serde_json::{Map, Value, json};

use super::layer::Layer;
use crate::{
    collections::{Column, Kind},
    edition::Edition,
    http::ogc::links::Links,
    model::Language,
};

/// Beyond this a library enlarges what it has: outlines have no more detail.
const DEEPEST: u8 = 14;

/// The description of a layer; `asked` is what its tiles are asked.
pub(super) fn tilejson(edition: &Edition, layer: Layer, asked: &str, links: &Links) -> Value {
    let mut fields = Map::new();
    let (title, description) = match layer {
        Layer::Of(collection) => {
            for column in collection.columns.iter().filter(|column| super::draw::is_drawn(column)) {
                fields.insert(column.name.to_owned(), json!(meaning(column)));
            }
            (collection.title.of(Language::Nl), collection.description.of(Language::Nl))
        }
        Layer::Coverage => {
            fields.insert("part".to_owned(), json!("COVERED, UNCERTAIN of UNCOVERED"));
            ("Bereik", "Wat zeker, misschien en niet binnen een afstand van een plek ligt, hemelsbreed.")
        }
    };
    let [west, south, east, north] = edition.bounds();
    json!({
        "tilejson": "3.0.0",
        "name": title,
        "description": description,
        "version": "1.0.0",
        "attribution": edition.attribution().join("; "),
        "scheme": "xyz",
        "tiles": [links.plain(&format!("/tiles/{}/{{z}}/{{x}}/{{y}}.mvt{asked}", layer.name()))],
        "minzoom": 0,
        "maxzoom": DEEPEST,
        "bounds": [west, south, east, north],
        "center": [(west + east) / 2.0, (south + north) / 2.0, 8],
        "vector_layers": [{
            "id": layer.name(),
            "description": description,
            "minzoom": 0,
            "maxzoom": DEEPEST,
            "fields": fields,
        }],
        "edition": edition.id,
    })
}

fn meaning(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Integer | Kind::Number { .. } => "Number",
        Kind::Boolean => "Boolean",
        _ => "String",
    };
    format!("{kind}: {}", column.description.of(Language::Nl))
}
