//! The shapes and symbols by which a map shows what there is.

use crate::{
    drawing::{
        map::{Point, Shape},
        symbols::Symbol,
    },
    model::vocabulary::PlaceKind,
    spatial::{MultiPolygon, Rd},
};

/// The symbol of a kind.
pub(in crate::http) fn symbol(kind: Option<PlaceKind>) -> Symbol {
    match kind {
        Some(PlaceKind::Kulturhus) => Symbol::Disc,
        Some(PlaceKind::Dorpshuis) => Symbol::Square,
        Some(PlaceKind::Buurthuis) => Symbol::Up,
        Some(PlaceKind::Wijkcentrum) => Symbol::Diamond,
        Some(PlaceKind::Mfa) => Symbol::Plus,
        Some(PlaceKind::Gemeenschapshuis) => Symbol::Down,
        Some(PlaceKind::Overig) => Symbol::Star,
        None => Symbol::Ring,
    }
}

/// A point in RD metres as it is drawn.
pub(in crate::http) fn point(at: Rd) -> Point {
    Point { x: at.x, y: at.y }
}

/// Polygons in RD metres as they are drawn.
pub(in crate::http) fn shape(polygons: &MultiPolygon<f64>) -> Shape {
    let ring = |ring: &geo::LineString<f64>| ring.coords().map(|at| Point { x: at.x, y: at.y }).collect();
    polygons
        .iter()
        .map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect())
        .collect()
}
