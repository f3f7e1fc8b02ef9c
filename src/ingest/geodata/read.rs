//! Reads a file of areas, whatever its format.

use std::path::Path;

use super::{
    error::AreaError,
    feature::{Bounded, MOST_POSITIONS, Sink},
    geojson, geopackage, gml, open,
};
use crate::ingest::progress::Watch;

/// Reads a file; what it holds has been given to `sink` when this ends without an error.
///
/// # Errors
/// [`AreaError`], one sentence. Some features may have been given by then.
pub(crate) async fn read(path: &Path, sink: &mut (dyn Sink + Send), watch: &Watch) -> Result<(), AreaError> {
    let mut sink = Bounded { sink, positions: 0 };
    match open::kind(path)? {
        open::Kind::GeoPackage => geopackage::read(path, &mut sink, watch).await?,
        open::Kind::GeoJson => geojson::read(path, &mut sink, watch)?,
        open::Kind::Xml => {
            let element = sink.sink.element().ok_or(AreaError::NoGml)?;
            gml::read(open::text(path, watch)?, element, &mut sink)?;
        }
    }
    if sink.positions > MOST_POSITIONS { Err(AreaError::TooMuch { most: MOST_POSITIONS }) } else { Ok(()) }
}
