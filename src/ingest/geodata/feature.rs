//! The features of a map, whatever its format.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;

use super::{fault, geometry::Flaw};
use crate::{
    findings::{Finding, Report, Rule},
    model::{Language, PartialDate},
    spatial::{MultiPolygon, SpatialError},
};

/// The most positions that are kept of a file: some forty times the wijken and buurten of a province.
pub(super) const MOST_POSITIONS: usize = 20_000_000;

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

/// A sink that is given no more than fits.
pub(super) struct Bounded<'a> {
    pub(super) sink: &'a mut (dyn Sink + Send),
    pub(super) positions: usize,
}

impl Bounded<'_> {
    pub(super) fn take(&mut self, feature: Feature) {
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
pub(crate) struct At {
    pub(crate) file: Arc<str>,
    pub(crate) layer: Option<Arc<str>>,
    pub(crate) number: u32,
}

impl At {
    pub(crate) fn finding(&self, column: Option<&str>, rule: Rule, value: &str) -> Finding {
        let mut finding = Finding::new(&self.file, self.layer.as_ref(), rule, value);
        finding.row = Some(self.number);
        finding.column = column.map(Arc::from);
        finding
    }

    /// That the layer, by its title, is known of a later date than that of this file.
    pub(crate) fn older(&self, layer: &str, date: NaiveDate, known: &PartialDate) -> Finding {
        let mut finding = Finding::new(&self.file, self.layer.as_ref(), Rule::OlderAreas, &date.to_string());
        finding.details = vec![layer.to_owned(), known.to_string()];
        finding
    }

    /// Tells what is wrong with the geometry of a feature that is left out.
    pub(crate) fn refuse(&self, flaw: &Flaw, report: &mut Report) {
        let (rule, value) = match flaw {
            Flaw::Missing => (Rule::AreaMissing, ""),
            Flaw::NotAnArea(kind) => (Rule::NotAnArea, kind.as_str()),
            Flaw::Damaged => (Rule::GeometryDamaged, ""),
            Flaw::Position(position) => (Rule::PositionElsewhere, position.as_str()),
        };
        report.add(self.finding(Some("geometry"), rule, value));
    }

    /// Tells that a geometry was mended.
    pub(crate) fn mended(&self, name: &str, fault: &SpatialError, report: &mut Report) {
        let mut finding = self.finding(Some("geometry"), Rule::GeometryMended, name);
        finding.details = [Language::Nl, Language::En].map(|language| fault::reason(fault, language)).to_vec();
        report.add(finding);
    }
}

/// A number of inhabitants. CBS writes -99995, -99997 or -99999999 for what is not known or kept secret.
pub(crate) fn inhabitants(text: &str) -> Result<Option<i32>, ()> {
    let number: f64 = text.replace(',', ".").parse().map_err(|_| ())?;
    match number {
        _ if number < 0.0 => Ok(None),
        #[expect(clippy::cast_possible_truncation, reason = "a whole number within the range")]
        _ if number <= f64::from(i32::MAX) && number.fract() == 0.0 => Ok(Some(number as i32)),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_below_zero_are_not_known_and_others_are_whole() {
        for unknown in ["-99995", "-99997", "-99999999", "-99997.0"] {
            assert_eq!(inhabitants(unknown), Ok(None), "{unknown}");
        }
        for (text, expected) in [("0", 0), ("12345", 12_345), ("12345.0", 12_345), ("5,0", 5)] {
            assert_eq!(inhabitants(text), Ok(Some(expected)), "{text}");
        }
        for wrong in ["", "veel", "1.5", "1e12", "NaN", "inf"] {
            assert_eq!(inhabitants(wrong), Err(()), "{wrong}");
        }
    }
}
