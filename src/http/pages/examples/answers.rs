//! What several answers have in common.

use serde::Deserialize;

use super::section::Fault;
use crate::drawing::map::{Point, Shape};

/// Something with a name.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(in crate::http) name: String,
}

/// Whether people are within reach.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    Covered,
    Partly,
    Uncertain,
    Uncovered,
}

/// A point in RD New.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Rd {
    pub(in crate::http) x: f64,
    pub(in crate::http) y: f64,
}

/// Where a settlement stands.
#[derive(Deserialize)]
pub(super) struct At {
    pub(in crate::http) rd: Rd,
}

/// Where a place stands.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    pub(in crate::http) rd: Rd,
    pub(in crate::http) precision: String,
    pub(in crate::http) uncertainty_radius: f64,
}

/// A list of which only the items count.
#[derive(Deserialize)]
pub(super) struct Nodes<T> {
    pub(in crate::http) nodes: Vec<T>,
}

/// A list with how many there are in all.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counted<T> {
    pub(in crate::http) total_count: usize,
    pub(in crate::http) nodes: Vec<T>,
}

/// A closed list with its labels.
#[derive(Deserialize)]
pub(super) struct Vocabulary {
    pub(in crate::http) name: String,
    pub(in crate::http) terms: Vec<Term>,
}

/// A term with its label.
#[derive(Deserialize)]
pub(super) struct Term {
    pub(in crate::http) value: String,
    pub(in crate::http) label: String,
}

impl Rd {
    pub(super) fn point(self) -> Point {
        Point { x: self.x, y: self.y }
    }
}

impl Location {
    /// Known to its address: else its point is the middle of where it may be.
    pub(super) fn is_exact(&self) -> bool {
        self.precision == "ADDRESS"
    }
}

/// The label of a term; the term itself where it has none.
pub(super) fn label<'a>(vocabularies: &'a [Vocabulary], name: &str, value: &'a str) -> &'a str {
    let vocabulary = vocabularies.iter().find(|vocabulary| vocabulary.name == name);
    let term = vocabulary.and_then(|vocabulary| vocabulary.terms.iter().find(|term| term.value == value));
    term.map_or(value, |term| &term.label)
}

/// The polygons of a GeoJSON geometry in RD.
pub(super) fn shape(geometry: &serde_json::Value) -> Result<Shape, Fault> {
    type Ring = Vec<Vec<f64>>;
    let coordinates = &geometry["coordinates"];
    let polygons: Vec<Vec<Ring>> = match geometry["type"].as_str() {
        Some("Polygon") => vec![serde_json::from_value(coordinates.clone())?],
        Some("MultiPolygon") => serde_json::from_value(coordinates.clone())?,
        kind => return Err(format!("a geometry of type {kind:?} has no polygons").into()),
    };
    let point = |position: Vec<f64>| match position[..] {
        [x, y, ..] => Ok(Point { x, y }),
        _ => Err("a position has two numbers".into()),
    };
    let ring = |ring: Ring| ring.into_iter().map(point).collect::<Result<Vec<_>, Fault>>();
    polygons.into_iter().map(|polygon| polygon.into_iter().map(ring).collect()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn polygons_are_read_whatever_their_number() {
        let ring = json!([[0, 0], [1, 0], [1, 1], [0, 0]]);
        let one = shape(&json!({ "type": "Polygon", "coordinates": [ring] })).unwrap();
        let two = shape(&json!({ "type": "MultiPolygon", "coordinates": [[ring], [ring]] })).unwrap();
        assert_eq!((one.len(), two.len(), two[1][0][2]), (1, 2, Point { x: 1.0, y: 1.0 }));
        assert!(shape(&json!({ "type": "MultiPolygon", "coordinates": [] })).unwrap().is_empty());
        for wrong in [json!(null), json!({ "type": "Point", "coordinates": [0, 0] })] {
            assert!(shape(&wrong).is_err());
        }
        assert!(shape(&json!({ "type": "Polygon", "coordinates": [[[1]]] })).is_err());
    }
}
