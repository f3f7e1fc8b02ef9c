//! A box or another geometry in one of several systems, as OGC API Features asks by `bbox` and `filter`.

use geo::{BoundingRect, Geometry, Intersects, Rect};

use super::{MultiPolygon, Rd, Wgs84, crs};

/// Metres become degrees that are off by less than this over the Netherlands, where an edge of a box in the one is drawn in the other.
const BEND: f64 = 0.1;

/// A box or another geometry whose edges are straight in its own system; they belong to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// One, or the two boxes on both sides of the antimeridian.
    shapes: Vec<Geometry<f64>>,
    /// In metres: beyond this box in degrees nothing lies in it.
    within: Option<Rect<f64>>,
    is_rd: bool,
}

impl Window {
    /// A box in degrees, longitude before latitude; where `west` is more than `east` it lies over the antimeridian.
    ///
    /// `None` where a number is not finite, or `south` is more than `north`.
    #[must_use]
    pub fn degrees([west, south, east, north]: [f64; 4]) -> Option<Self> {
        let boxes = if west > east {
            vec![rect([west, south, 180.0, north])?, rect([-180.0, south, east, north])?]
        } else {
            vec![rect([west, south, east, north])?]
        };
        Some(Self { shapes: boxes.into_iter().map(Geometry::Rect).collect(), within: None, is_rd: false })
    }

    /// A box in RD New metres.
    ///
    /// `None` where a number is not finite, or a lower one is more than its upper one.
    #[must_use]
    pub fn rd(sides: [f64; 4]) -> Option<Self> {
        rect(sides).map(|own| Self::around_rd(Geometry::Rect(own)))
    }

    /// A geometry in degrees, longitude before latitude.
    #[must_use]
    pub fn around(geometry: Geometry<f64>) -> Self {
        Self { shapes: vec![geometry], within: None, is_rd: false }
    }

    /// A geometry in RD New metres.
    #[must_use]
    pub fn around_rd(geometry: Geometry<f64>) -> Self {
        let within = geometry.bounding_rect().and_then(beyond_in_degrees);
        Self { shapes: vec![geometry], within, is_rd: true }
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn has_point(&self, at: Wgs84) -> bool {
        let coord = if self.is_rd {
            let rd = at.to_rd();
            geo::Coord { x: rd.x, y: rd.y }
        } else {
            at.coord()
        };
        self.shapes.iter().any(|shape| shape.intersects(&coord))
    }

    /// Whether any of an area in degrees lies in it.
    #[must_use]
    pub fn meets(&self, area: &MultiPolygon<f64>) -> bool {
        if !self.is_rd {
            return self.shapes.iter().any(|shape| shape.intersects(area));
        }
        let bounds = area.bounding_rect();
        if self.within.zip(bounds).is_some_and(|(within, bounds)| !within.intersects(&bounds)) {
            return false;
        }
        let area = crs::to_rd(area);
        self.shapes.iter().any(|shape| shape.intersects(&area))
    }
}

/// A box in degrees outside which nothing lies in a box in metres; `None` far from the Netherlands, where there is nothing to save, and
/// degrees may be none.
fn beyond_in_degrees(own: Rect<f64>) -> Option<Rect<f64>> {
    let corners = [own.min(), own.max(), (own.min().x, own.max().y).into(), (own.max().x, own.min().y).into()];
    let corners = corners.map(|at| Rd { x: at.x, y: at.y }.to_wgs84());
    if corners.iter().any(|at| Wgs84::checked(at.lon, at.lat).is_err()) {
        return None;
    }
    let sides = corners.map(|at| (at.lon, at.lat));
    let (low, high) = sides.into_iter().fold((sides[0], sides[0]), |(low, high), (lon, lat)| {
        ((low.0.min(lon), low.1.min(lat)), (high.0.max(lon), high.1.max(lat)))
    });
    Some(Rect::new((low.0 - BEND, low.1 - BEND), (high.0 + BEND, high.1 + BEND)))
}

/// West, south, east and north of polygons, in their own numbers; `None` when there are none.
#[must_use]
pub fn bounds(polygons: &MultiPolygon<f64>) -> Option<[f64; 4]> {
    let rect = polygons.bounding_rect()?;
    Some([rect.min().x, rect.min().y, rect.max().x, rect.max().y])
}

/// `None` where it is none.
fn rect([west, south, east, north]: [f64; 4]) -> Option<Rect<f64>> {
    let are_finite = [west, south, east, north].iter().all(|number| number.is_finite());
    // `Rect::new` would exchange them.
    (are_finite && west <= east && south <= north).then(|| Rect::new((west, south), (east, north)))
}

#[cfg(test)]
mod tests {
    use geo::{Coord, MapCoords, Polygon};

    use super::*;

    const DALFSEN: Wgs84 = Wgs84 { lon: 6.256, lat: 52.51 };

    fn around(at: Wgs84) -> MultiPolygon<f64> {
        let corners = [(-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01), (-0.01, -0.01)];
        let ring = corners.map(|(lon, lat)| Coord { x: at.lon + lon, y: at.lat + lat });
        Polygon::new(ring.to_vec().into(), Vec::new()).into()
    }

    #[test]
    fn a_box_has_its_edges_in_degrees_and_in_metres() {
        let degrees = Window::degrees([6.256, 52.5, 6.3, 52.51]).unwrap();
        assert!(degrees.has_point(DALFSEN));
        assert!(!degrees.has_point(Wgs84 { lon: 6.255_999, ..DALFSEN }));
        let rd = DALFSEN.to_rd();
        let metres = Window::rd([rd.x - 1.0, rd.y - 1.0, rd.x + 1.0, rd.y + 1.0]).unwrap();
        assert!(metres.has_point(DALFSEN));
        assert!(!metres.has_point(Wgs84 { lat: DALFSEN.lat + 0.000_02, ..DALFSEN }));
    }

    #[test]
    fn an_area_meets_a_box_that_lies_within_it_and_one_that_it_lies_within() {
        let area = around(DALFSEN);
        let rd = DALFSEN.to_rd();
        for window in [
            Window::degrees([6.2559, 52.5099, 6.2561, 52.5101]),
            Window::degrees([5.0, 52.0, 7.0, 53.0]),
            Window::degrees([6.265, 52.519, 6.3, 52.6]),
            Window::rd([rd.x, rd.y, rd.x, rd.y]),
            Window::rd([0.0, 300_000.0, 300_000.0, 600_000.0]),
        ] {
            let window = window.unwrap();
            assert!(window.meets(&area), "{window:?}");
        }
        let beside = Window::degrees([6.267, 52.5, 6.3, 52.52]).unwrap();
        assert!(!beside.meets(&area));
        let hole = area.map_coords(|at| Coord { x: 6.256 + (at.x - 6.256) / 2.0, y: 52.51 + (at.y - 52.51) / 2.0 });
        let ring = Polygon::new(area.0[0].exterior().clone(), vec![hole.0[0].exterior().clone()]);
        let within_the_hole = Window::degrees([6.255, 52.509, 6.257, 52.511]).unwrap();
        assert!(!within_the_hole.meets(&ring.into()));
    }

    #[test]
    fn a_box_over_the_antimeridian_is_two() {
        let window = Window::degrees([170.0, 50.0, 7.0, 53.0]).unwrap();
        assert!(window.has_point(DALFSEN) && window.has_point(Wgs84 { lon: 175.0, lat: 51.0 }));
        assert!(!window.has_point(Wgs84 { lon: 20.0, lat: 51.0 }));
    }

    #[test]
    fn what_is_no_box_is_none() {
        assert_eq!(Window::degrees([6.0, 53.0, 7.0, 52.0]), None);
        assert_eq!(Window::degrees([f64::NAN, 52.0, 7.0, 53.0]), None);
        assert_eq!(Window::rd([2.0, 0.0, 1.0, 1.0]), None);
    }
}
