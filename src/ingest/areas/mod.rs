//! Areas in the files of CBS and Kadaster: GeoPackage, GeoJSON and GML, told apart by what is in them.
//!
//! A file gives [`Feature`]s, one after the other, to a [`Sink`] that says by their columns which ones it wants before a
//! geometry is read: a national file has fourteen thousand buurten of which we want one in twelve. [`cbs`] and [`plaats`]
//! know what the columns mean and take the features into the books; [`mod@derive`] computes what the tables have besides.

pub mod cbs;
mod dated;
pub mod derive;
mod error;
mod fault;
mod geojson;
mod geometry;
mod geopackage;
mod gml;
mod open;
pub mod plaats;

use std::{collections::HashMap, path::Path, sync::Arc};

use chrono::NaiveDate;

pub use error::AreaError;
pub use geometry::Flaw;

use super::{
    report::{Finding, Language, Report},
    rule::Rule,
    watch::Watch,
};
use crate::{
    model::PartialDate,
    spatial::{MultiPolygon, SpatialError},
};

/// The most positions that are kept of a file: some forty times the wijken and buurten of a province.
const MOST_POSITIONS: usize = 20_000_000;

/// A thing with columns and an area.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// The table of a GeoPackage.
    pub layer: Option<Arc<str>>,
    /// Its number: `fid` in a GeoPackage, else its place in the file from 1.
    pub number: u32,
    /// Its columns by [`folded`] name; what says nothing is left out.
    pub columns: Columns,
    /// Its area in longitude and latitude; every coordinate is in the Netherlands.
    pub area: Result<MultiPolygon<f64>, Flaw>,
}

/// The columns of a feature by [`folded`] name.
pub type Columns = HashMap<String, String>;

/// Who takes the features of a file.
pub trait Sink {
    /// The [`folded`] names of the columns to be read.
    fn columns(&self) -> &'static [&'static str];

    /// The GML element that is a feature; `None` where GML is not taken.
    fn element(&self) -> Option<&'static str>;

    /// Whether a table with these [`folded`] columns is to be read.
    fn reads(&self, columns: &[String]) -> bool;

    /// Whether the feature with these columns is wanted; its geometry is read only then.
    fn wants(&mut self, columns: &Columns) -> bool;

    /// Takes a feature that was wanted.
    fn take(&mut self, feature: Feature);
}

/// Reads a file; what it holds has been given to `sink` when this ends without an error.
///
/// # Errors
/// [`AreaError`], one sentence. Some features may have been given by then.
pub async fn read(path: &Path, sink: &mut (dyn Sink + Send), watch: &Watch) -> Result<(), AreaError> {
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

/// A sink that is given no more than fits.
struct Bounded<'a> {
    sink: &'a mut (dyn Sink + Send),
    positions: usize,
}

impl Bounded<'_> {
    fn take(&mut self, feature: Feature) {
        use geo::CoordsIter as _;
        self.positions += feature.area.as_ref().map_or(1, MultiPolygon::coords_count);
        if self.positions <= MOST_POSITIONS {
            self.sink.take(feature);
        }
    }
}

/// The name of a column without case and underscores: `AANTAL_INWONERS`, `aantalInwoners` and `aantal_inwoners` are one.
pub fn folded(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// Where a feature stands.
#[derive(Clone, Debug, PartialEq)]
struct At {
    file: Arc<str>,
    layer: Option<Arc<str>>,
    number: u32,
}

impl At {
    fn finding(&self, column: Option<&str>, rule: Rule, value: &str) -> Finding {
        let mut finding = Finding::new(&self.file, self.layer.as_ref(), rule, value);
        finding.row = Some(self.number);
        finding.column = column.map(Arc::from);
        finding
    }

    /// That the layer, by its title, is known of a later date than that of this file.
    fn older(&self, layer: &str, date: NaiveDate, known: &PartialDate) -> Finding {
        let mut finding = Finding::new(&self.file, self.layer.as_ref(), Rule::OlderAreas, &date.to_string());
        finding.details = vec![layer.to_owned(), known.to_string()];
        finding
    }

    /// Tells what is wrong with the geometry of a feature that is left out.
    fn refuse(&self, flaw: &Flaw, report: &mut Report) {
        let (rule, value) = match flaw {
            Flaw::Missing => (Rule::AreaMissing, ""),
            Flaw::NotAnArea(kind) => (Rule::NotAnArea, kind.as_str()),
            Flaw::Damaged => (Rule::GeometryDamaged, ""),
            Flaw::Position(position) => (Rule::PositionElsewhere, position.as_str()),
        };
        report.add(self.finding(Some("geometry"), rule, value));
    }

    /// Tells that a geometry was mended.
    fn mended(&self, name: &str, fault: &SpatialError, report: &mut Report) {
        let mut finding = self.finding(Some("geometry"), Rule::GeometryMended, name);
        finding.details = [Language::Nl, Language::En].map(|language| fault::reason(fault, language)).to_vec();
        report.add(finding);
    }
}
