//! Areas in the files of CBS and Kadaster: GeoPackage, GeoJSON and GML, told apart by what is in them.
//!
//! A file gives [features](feature::Feature), one after the other, to a [sink](feature::Sink) that says by their columns
//! which ones it wants before a geometry is read: a national file has fourteen thousand buurten of which we want one in
//! twelve. What the columns mean is known to the sources, [`cbs_areas`](super::cbs_areas) and
//! [`settlements`](super::settlements).

pub(crate) mod dated;
pub mod error;
mod fault;
pub mod feature;
mod geojson;
pub(crate) mod geometry;
mod geopackage;
mod gml;
mod open;
pub(crate) mod read;
