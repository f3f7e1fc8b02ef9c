//! The source `osm`: OpenStreetMap, as the JSON of Overpass and as `.osm.pbf`.
//!
//! Both formats become [`element::Element`]s with their tags and one point; what the tags say of a meeting place is decided in
//! [`tags`] alone. The values are under the ODbL: they stay claims of one source in one layer, and
//! [`without_layer`](crate::claims::without_layer::without_layer) makes the data without them again.

pub mod element;
pub mod error;
pub mod import;
mod overpass;
mod pbf;
pub mod source;
pub mod tags;
mod turbo;
mod wire;
