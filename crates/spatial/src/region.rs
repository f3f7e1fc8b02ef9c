//! Polygons in longitude and latitude, prepared for many questions.

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{BoundingRect, Coord, Distance, Euclidean, InteriorPoint, Intersects, Point, Rect};

use super::coverage::to_rd;
use super::{Area, Bbox, MultiPolygon, Wgs84};

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

    /// Whether the region and an area share a point, edges included.
    #[must_use]
    pub fn intersects(&self, area: &Area) -> bool {
        let Some((own, others)) = self.bounds().zip(area.bounds()) else { return false };
        if own.east() < others.west()
            || others.east() < own.west()
            || own.north() < others.south()
            || others.north() < own.south()
        {
            return false;
        }
        match area {
            Area::Bbox(bbox) => self.polygons.intersects(&Rect::new(
                Coord { x: bbox.west(), y: bbox.south() },
                Coord { x: bbox.east(), y: bbox.north() },
            )),
            Area::Circle(circle) => {
                let centre = circle.centre();
                Euclidean.distance(&Point::new(centre.x, centre.y), &to_rd(&self.polygons)) <= circle.radius_m()
            }
            Area::Polygon(other) => self.polygons.intersects(&other.polygons),
        }
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
