//! Collections written as files, with sources, licences and edition inside: one writer a format, for whatever is described in `collections`.
//!
//! Each writes row after row and holds nothing of the whole, so that a file may be larger than what is free of memory.

mod about;
mod csv;
mod flatgeobuf;
mod geojson;
mod geopackage;
mod placed;
mod rtree;
mod xlsx;

use std::{collections::BTreeSet, io::Write};

use roaring::RoaringBitmap;
use sea_orm::sqlx;

pub use self::geopackage::write_geopackage;

use crate::{
    collections::{self, Collection, Reached},
    edition::{Direction, Edition, PlaceOrderField},
    model::{Language, Layer},
    spatial::Crs,
};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CSV (RFC 4180) as programs read it: UTF-8, commas, names of terms.
    Csv,
    /// CSV as a Dutch spreadsheet opens it by a double click: semicolons, decimal commas, a byte order mark, Dutch headings and labels.
    DutchCsv,
    /// GeoJSON (RFC 7946), and in another system than CRS84 as GDAL reads it.
    Geojson(Crs),
    /// FlatGeobuf with its index.
    Flatgeobuf(Crs),
    /// An Excel workbook: typed cells, headings and labels in a language, a sheet on sources and edition.
    Xlsx(Language),
}

/// Why a file could not be written: but for temporary files none of these is known.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// As CSV.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// As JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// As a workbook.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// As FlatGeobuf.
    #[error(transparent)]
    Flatgeobuf(#[from] ::flatgeobuf::Error),
    /// A feature of FlatGeobuf.
    #[error(transparent)]
    Feature(#[from] geozero::error::GeozeroError),
    /// As GeoPackage.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// The temporary file of a format whose beginning is known last.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// What rows are of: an edition, or what was asked of one.
pub trait OfEdition {
    /// The edition.
    fn edition(&self) -> &Edition;
}

impl OfEdition for Reached {
    fn edition(&self) -> &Edition {
        self.edition()
    }
}

impl OfEdition for Edition {
    fn edition(&self) -> &Edition {
        self
    }
}

/// Writes rows of a collection as a file.
///
/// # Errors
/// [`ExportError`]
pub fn write<S: OfEdition>(
    collection: &Collection<S>,
    of: &S,
    rows: &[u32],
    format: Format,
    into: &mut (impl Write + Send),
) -> Result<(), ExportError> {
    match format {
        Format::Csv => csv::write(collection, of, rows, into),
        Format::DutchCsv => csv::write_dutch(collection, of, rows, into),
        Format::Geojson(crs) => geojson::write(collection, of, rows, crs, into),
        Format::Flatgeobuf(crs) => flatgeobuf::write(collection, of, rows, crs, into),
        Format::Xlsx(language) => xlsx::write(collection, of, rows, language, into),
    }
}

/// Places as the downloads list them: by municipality and name.
pub fn in_order(edition: &Edition, places: &RoaringBitmap) -> Vec<u32> {
    edition.sorted(places, PlaceOrderField::Municipality, Direction::Asc)
}

/// Places of an edition as a FeatureCollection in CRS84.
///
/// # Errors
/// [`ExportError`]
pub fn write_geojson(edition: &Edition, places: &[u32]) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    write(collections::places(), edition, places, Format::Geojson(Crs::Crs84), &mut bytes)?;
    Ok(bytes)
}

/// Places of an edition as CSV.
///
/// # Errors
/// [`ExportError`]
pub fn write_csv(edition: &Edition, places: &[u32]) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    write(collections::places(), edition, places, Format::Csv, &mut bytes)?;
    Ok(bytes)
}

/// The layers that some rows come from, in the order of the edition.
fn layers_of<'a, S: OfEdition>(collection: &Collection<S>, of: &'a S, rows: &[u32]) -> Vec<&'a Layer> {
    let keys: BTreeSet<&str> =
        rows.iter().flat_map(|row| collection.layers(of, *row)).map(|layer| layer.key.as_str()).collect();
    of.edition().layers.iter().filter(|layer| keys.contains(layer.key.as_str())).collect()
}
