//! Points and polygons in RD as `drawing` has them.

use crate::{
    drawing::map::{Point, Shape},
    spatial::{MultiPolygon, Rd},
};

/// A point in RD metres as it is drawn.
pub(super) fn point(at: Rd) -> Point {
    Point { x: at.x, y: at.y }
}

/// Polygons in RD metres as they are drawn.
pub(super) fn shape(polygons: &MultiPolygon<f64>) -> Shape {
    let ring = |ring: &geo::LineString<f64>| ring.coords().map(|at| Point { x: at.x, y: at.y }).collect();
    polygons
        .iter()
        .map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect())
        .collect()
}
