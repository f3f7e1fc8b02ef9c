//! The border of an area, for the distance to it from many points.

use geo::{Distance as _, Euclidean, Line, LinesIter as _, Point};

use super::{MultiPolygon, Rd};

/// So many edges in a row are passed over together where all of them are too far.
const EDGES_A_STRETCH: usize = 24;

/// Rounding can put an edge so much nearer than the box around it.
const ROUNDING_M: f64 = 1e-6;

/// The outer rings of polygons in RD metres.
///
/// Holes do not count, and the border between two polygons does: give the [`union`](super::coverage::union) of neighbours.
#[derive(Clone, Debug)]
pub struct Border(Vec<Stretch>);

/// Edges in a row, and the box around them.
#[derive(Clone, Debug)]
struct Stretch {
    edges: Vec<Line<f64>>,
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Border {
    /// The border of an area.
    #[must_use]
    pub fn of(area: &MultiPolygon<f64>) -> Self {
        let rings = area.iter().map(|polygon| polygon.exterior().lines_iter().collect::<Vec<_>>());
        Self(rings.flat_map(|edges| edges.chunks(EDGES_A_STRETCH).map(Stretch::of).collect::<Vec<_>>()).collect())
    }

    /// The distance in metres from a point, inside or outside, to the nearest edge; infinite when there is none.
    #[must_use]
    pub fn distance_m(&self, from: Rd) -> f64 {
        let mut stretches: Vec<(f64, &Stretch)> =
            self.0.iter().map(|stretch| (stretch.at_least_m(from), stretch)).collect();
        stretches.sort_unstable_by(|(one, _), (other, _)| one.total_cmp(other));
        let from = Point::new(from.x, from.y);
        let mut nearest_m = f64::INFINITY;
        for (at_least_m, stretch) in stretches {
            if at_least_m > nearest_m + ROUNDING_M {
                break;
            }
            let distances = stretch.edges.iter().map(|edge| Euclidean.distance(edge, &from));
            nearest_m = distances.fold(nearest_m, f64::min);
        }
        nearest_m
    }
}

impl Stretch {
    fn of(edges: &[Line<f64>]) -> Self {
        let (least, most) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut stretch = Self { edges: edges.to_vec(), west: least, south: least, east: most, north: most };
        for end in edges.iter().flat_map(|edge| [edge.start, edge.end]) {
            stretch.west = stretch.west.min(end.x);
            stretch.south = stretch.south.min(end.y);
            stretch.east = stretch.east.max(end.x);
            stretch.north = stretch.north.max(end.y);
        }
        stretch
    }

    /// No edge of it is nearer than this, metres.
    fn at_least_m(&self, from: Rd) -> f64 {
        let beside = |low: f64, at: f64, high: f64| (low - at).max(at - high).max(0.0);
        beside(self.west, from.x, self.east).hypot(beside(self.south, from.y, self.north))
    }
}

#[cfg(test)]
mod tests {
    use geo::{Polygon, polygon};
    use proptest::prelude::*;

    use super::*;

    fn square(x: f64, y: f64, side_m: f64) -> Polygon<f64> {
        polygon![(x: x, y: y), (x: x + side_m, y: y), (x: x + side_m, y: y + side_m), (x: x, y: y + side_m)]
    }

    #[test]
    fn the_distance_to_the_border_is_to_the_nearest_edge_of_an_outer_ring() {
        let mut first = square(0.0, 0.0, 1_000.0);
        first.interiors_push(square(400.0, 400.0, 200.0).exterior().clone());
        let border = Border::of(&MultiPolygon(vec![first, square(5_000.0, 0.0, 1_000.0)]));
        for (x, y, expected_m) in [
            (500.0, 100.0, 100.0),
            (500.0, 500.0, 500.0),
            (1_000.0, 300.0, 0.0),
            (-300.0, -400.0, 500.0),
            (5_990.0, 500.0, 10.0),
            (3_400.0, 500.0, 1_600.0),
        ] {
            assert!((border.distance_m(Rd { x, y }) - expected_m).abs() < 1e-9, "{x}, {y}");
        }
        assert!(Border::of(&MultiPolygon(Vec::new())).distance_m(Rd { x: 0.0, y: 0.0 }).is_infinite());
    }

    proptest! {
        /// What is passed over is never nearer: the very number that all edges one by one give.
        #[test]
        fn no_edge_that_is_passed_over_is_nearer(
            rings in prop::collection::vec(prop::collection::vec((0.0..9_000.0, 0.0..9_000.0), 3..90), 1..4),
            x in -3_000.0..12_000.0,
            y in -3_000.0..12_000.0,
        ) {
            let polygons = rings.into_iter().map(|ring| Polygon::new(ring.into(), Vec::new())).collect();
            let area = MultiPolygon::<f64>(polygons);
            let edges = area.iter().flat_map(|polygon| polygon.exterior().lines_iter());
            let from = Point::new(x, y);
            let nearest_m = edges.map(|edge| Euclidean.distance(&edge, &from)).fold(f64::INFINITY, f64::min);
            prop_assert_eq!(Border::of(&area).distance_m(Rd { x, y }), nearest_m);
        }
    }
}
