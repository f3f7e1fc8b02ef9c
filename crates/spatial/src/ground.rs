//! An area in which something is, for how near and how far it can be from a point.

use geo::{BoundingRect as _, Coord, CoordsIter as _, LineString, MultiPolygon, Polygon};

use super::{Border, Rd};

/// An area in RD metres without its holes.
#[derive(Clone, Debug)]
pub struct Ground {
    area: MultiPolygon<f64>,
    border: Border,
}

impl Ground {
    /// The area within the outer rings of polygons in RD metres; a polygon whose positions are not finite is left out.
    #[must_use]
    pub fn of(polygons: &MultiPolygon<f64>) -> Self {
        let finite = |ring: &&LineString<f64>| ring.coords().all(|at| at.x.is_finite() && at.y.is_finite());
        let rings = polygons.iter().map(Polygon::exterior).filter(finite);
        let area: MultiPolygon<f64> = rings.map(|ring| Polygon::new(ring.clone(), vec![])).collect();
        Self { border: Border::of(&area), area }
    }

    /// The area; it has no polygon when nothing could be read.
    #[must_use]
    pub fn area(&self) -> &MultiPolygon<f64> {
        &self.area
    }

    /// The distance in metres from a point to the area: 0 inside, infinite when there is no area.
    ///
    /// # Example
    /// ```
    /// use geo::Rect;
    /// use noaber_spatial::{Ground, MultiPolygon, Rd};
    ///
    /// let field = Rect::new((200_000.0, 500_000.0), (201_000.0, 501_000.0)).to_polygon();
    /// let ground = Ground::of(&MultiPolygon(vec![field]));
    /// assert_eq!(ground.nearest_m(Rd { x: 200_300.0, y: 500_400.0 }), 0.0);
    /// assert_eq!(ground.nearest_m(Rd { x: 202_000.0, y: 500_400.0 }), 1_000.0);
    /// assert_eq!(ground.farthest_m(Rd { x: 201_000.0, y: 501_000.0 }), 2_000_000.0_f64.sqrt());
    /// ```
    #[must_use]
    pub fn nearest_m(&self, from: Rd) -> f64 {
        if self.holds(Coord { x: from.x, y: from.y }) { 0.0 } else { self.border.distance_m(from) }
    }

    /// The distance in metres from a point to the farthest point of the area; 0 when there is no area.
    #[must_use]
    pub fn farthest_m(&self, from: Rd) -> f64 {
        self.area.coords_iter().map(|at| (at.x - from.x).hypot(at.y - from.y)).fold(0.0, f64::max)
    }

    /// The middle of the box around the area; `None` when there is no area.
    #[must_use]
    pub fn middle(&self) -> Option<Rd> {
        let Coord { x, y } = self.area.bounding_rect()?.center();
        Some(Rd { x, y })
    }

    /// Whether a ray to the east crosses one of the rings an odd number of times. On an edge either may come out; there the distance
    /// is 0 both ways.
    fn holds(&self, at: Coord<f64>) -> bool {
        let crosses = |ends: &[Coord<f64>]| match *ends {
            [a, b] => (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x,
            _ => false,
        };
        let is_in = |ring: &LineString<f64>| ring.0.windows(2).filter(|ends| crosses(ends)).count() % 2 == 1;
        self.area.iter().any(|polygon| is_in(polygon.exterior()))
    }
}

#[cfg(test)]
mod tests {
    use geo::{Distance as _, Euclidean, Intersects as _, Point, polygon};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hole_is_a_part_of_the_ground_and_nothing_is_infinitely_far() {
        let mut ring = polygon![(x: 0.0, y: 0.0), (x: 900.0, y: 0.0), (x: 900.0, y: 900.0), (x: 0.0, y: 900.0)];
        ring.interiors_push(vec![(300.0, 300.0), (600.0, 300.0), (600.0, 600.0), (300.0, 300.0)]);
        let ground = Ground::of(&MultiPolygon(vec![ring]));
        assert!(ground.nearest_m(Rd { x: 500.0, y: 400.0 }).abs() < f64::EPSILON);
        assert_eq!(ground.middle(), Some(Rd { x: 450.0, y: 450.0 }));
        let nothing = Ground::of(&MultiPolygon(Vec::new()));
        assert!(nothing.nearest_m(Rd { x: 0.0, y: 0.0 }).is_infinite() && nothing.middle().is_none());
        assert!(nothing.farthest_m(Rd { x: 1.0, y: 1.0 }).abs() < f64::EPSILON);
    }

    proptest! {
        /// By `geo`, whose distance to a polygon is another computation.
        #[test]
        fn near_and_far_are_those_of_every_point_of_the_area(
            corners in prop::collection::vec((0.0..9_000.0, 0.0..9_000.0), 3..30),
            x in -3_000.0..12_000.0,
            y in -3_000.0..12_000.0,
        ) {
            // Corners in order of their direction from the middle make a ring that does not cross itself.
            let (mut ring, middle) = (corners, (4_500.0, 4_500.0));
            ring.sort_by(|a: &(f64, f64), b| {
                let turn = |at: &(f64, f64)| (at.1 - middle.1).atan2(at.0 - middle.0);
                turn(a).total_cmp(&turn(b))
            });
            let area = Polygon::new(ring.into(), Vec::new());
            let (ground, from, at) = (Ground::of(&MultiPolygon(vec![area.clone()])), Point::new(x, y), Rd { x, y });
            let expected_m = if area.intersects(&from) { 0.0 } else { Euclidean.distance(&area, &from) };
            prop_assert!((ground.nearest_m(at) - expected_m).abs() < 1e-6);
            let farthest_m = area.exterior().points().map(|at| Euclidean.distance(at, from)).fold(0.0, f64::max);
            prop_assert!((ground.farthest_m(at) - farthest_m).abs() < 1e-6);
        }
    }
}
