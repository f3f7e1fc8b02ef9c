//! The elements of a map of OpenStreetMap.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;

use crate::spatial::Wgs84;

/// What an element is; nodes come first, as in every file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementKind {
    /// A point.
    Node,
    /// A line, or the outline of something.
    Way,
    /// Several of them together.
    Relation,
}

/// How OpenStreetMap names an element: `node/123`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub ElementKind, pub i64);

impl fmt::Display for ElementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.0 {
            ElementKind::Node => "node",
            ElementKind::Way => "way",
            ElementKind::Relation => "relation",
        };
        write!(f, "{kind}/{}", self.1)
    }
}

/// The tags of an element by key.
pub type Tags = BTreeMap<String, String>;

/// An element that may have to do with meeting places.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// How OpenStreetMap names it.
    pub id: ElementId,
    /// What is said of it.
    pub tags: Tags,
    /// Where a node lies, or the middle of the box around anything else, with seven decimals as Overpass gives it; `None`:
    /// the file does not tell.
    pub at: Option<Wgs84>,
}

/// What was read from one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extract {
    /// The day of the map, where the file tells.
    pub day: Option<NaiveDate>,
    /// Why the file is not complete, as Overpass says it.
    pub remark: Option<String>,
    /// How many elements cannot be read.
    pub unreadable: usize,
    /// The elements that [`tags::is_of_interest`](super::tags::is_of_interest), in the order of the file.
    pub elements: Vec<Element>,
}

/// The middle of the box around points, with seven decimals; `None` where there are no points.
pub(super) fn middle(points: impl IntoIterator<Item = Wgs84>) -> Option<Wgs84> {
    let mut points = points.into_iter();
    let first = points.next()?;
    let (low, high) = points.fold((first, first), |(low, high), point| {
        let low = Wgs84 { lon: low.lon.min(point.lon), lat: low.lat.min(point.lat) };
        (low, Wgs84 { lon: high.lon.max(point.lon), lat: high.lat.max(point.lat) })
    });
    let middle = |low: f64, high: f64| (f64::midpoint(low, high) * 1e7).round() / 1e7;
    Some(Wgs84 { lon: middle(low.lon, high.lon), lat: middle(low.lat, high.lat) })
}
