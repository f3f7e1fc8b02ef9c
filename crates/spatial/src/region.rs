//! Polygons in longitude and latitude, prepared for many questions.

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{BoundingRect, InteriorPoint, Rect};

use super::{MultiPolygon, Wgs84, bbox::Bbox};

/// Polygons with holes, whose edges are straight in longitude and latitude (RFC 7946). The boundary, also that of a hole,
/// belongs to the region.
#[derive(Clone, Debug)]
pub struct Region {
    polygons: MultiPolygon<f64>,
    /// One for each polygon, in the same order.
    bounds: Vec<Rect<f64>>,
}

impl Region {
    /// Prepares polygons; the winding of their rings does not matter. Polygons without positions are dropped.
    #[must_use]
    pub fn new(mut polygons: MultiPolygon<f64>) -> Self {
        polygons.0.retain(|polygon| !polygon.exterior().0.is_empty());
        let bounds = polygons.iter().filter_map(BoundingRect::bounding_rect).collect();
        Self { polygons, bounds }
    }

    /// Whether a point lies inside or on the boundary.
    #[must_use]
    pub fn contains(&self, point: Wgs84) -> bool {
        let coord = point.coord();
        self.polygons.iter().zip(&self.bounds).any(|(polygon, bounds)| {
            Bbox::of(*bounds).contains(point) && polygon.coordinate_position(&coord) != CoordPos::Outside
        })
    }

    /// The smallest box around all polygons; `None` when there are none.
    #[must_use]
    pub fn bounds(&self) -> Option<Bbox> {
        self.polygons.bounding_rect().map(Bbox::of)
    }

    /// A point inside, near the middle; `None` when there are no polygons.
    #[must_use]
    pub fn inner_point(&self) -> Option<Wgs84> {
        self.polygons.interior_point().map(|point| Wgs84 { lon: point.x(), lat: point.y() })
    }

    /// The polygons, in longitude and latitude.
    #[must_use]
    pub fn polygons(&self) -> &MultiPolygon<f64> {
        &self.polygons
    }
}
