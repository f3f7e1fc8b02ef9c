//! What the tests judge by: brute force in whole numbers, which shares nothing with the code it judges.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;

use super::Wgs84;

/// A point of a grid over Overijssel. Degrees of a grid point are exact in binary, so that "on the edge" is exact, too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) east: i64,
    pub(super) north: i64,
}

/// Grid points a degree: a coarse grid, so that random points are often on an edge or on each other.
const A_DEGREE: i64 = 32;
/// From longitude 5.75 and latitude 52.125 to 7.125 and 52.875.
pub(super) const COLUMNS: i64 = 44;
pub(super) const ROWS: i64 = 24;

impl Grid {
    pub(super) fn wgs84(self) -> Wgs84 {
        #[expect(clippy::cast_precision_loss, reason = "whole numbers below a hundred")]
        let degrees = |from: f64, steps: i64| from + steps as f64 / A_DEGREE as f64;
        Wgs84 { lon: degrees(5.75, self.east), lat: degrees(52.125, self.north) }
    }
}

pub(super) fn grid() -> impl Strategy<Value = Grid> {
    (0..=COLUMNS, 0..=ROWS).prop_map(|(east, north)| Grid { east, north })
}

/// Any point of the province and some way around it.
pub(super) fn overijssel() -> impl Strategy<Value = Wgs84> {
    (5.75..7.1, 52.1..52.9).prop_map(|(lon, lat)| Wgs84 { lon, lat })
}

/// Points among which several are the same.
pub(super) fn places() -> impl Strategy<Value = Vec<Wgs84>> {
    let place = prop_oneof![2 => overijssel(), 1 => grid().prop_map(Grid::wgs84)];
    proptest::collection::vec(place, 0..120)
}

/// A ring of grid points, without its closing one.
pub(super) type Corners = Vec<Grid>;

/// Polygons, each an outer ring and its holes.
pub(super) fn polygons(of: &[Vec<Corners>]) -> MultiPolygon<f64> {
    let ring = |corners: &Corners| -> LineString<f64> {
        let closed = corners.iter().chain(corners.first());
        closed.map(|corner| corner.wgs84()).map(|Wgs84 { lon, lat }| Coord { x: lon, y: lat }).collect()
    };
    of.iter().map(|rings| Polygon::new(ring(&rings[0]), rings[1..].iter().map(ring).collect())).collect()
}

/// Inside or on the boundary: a ray to the east, in whole numbers.
pub(super) fn holds(of: &[Vec<Corners>], point: Grid) -> bool {
    of.iter().any(|rings| {
        let mut crossings = 0;
        for corners in rings {
            for (index, a) in corners.iter().enumerate() {
                let b = corners[(index + 1) % corners.len()];
                let turn = (b.east - a.east) * (point.north - a.north) - (b.north - a.north) * (point.east - a.east);
                let beside = point.east >= a.east.min(b.east) && point.east <= a.east.max(b.east);
                let level = point.north >= a.north.min(b.north) && point.north <= a.north.max(b.north);
                if turn == 0 && beside && level {
                    return true;
                }
                let up = a.north <= point.north && point.north < b.north;
                let down = b.north <= point.north && point.north < a.north;
                if (up && turn > 0) || (down && turn < 0) {
                    crossings += 1;
                }
            }
        }
        crossings % 2 == 1
    })
}

/// Rings that may be anything: crossing, flat, nested, apart, and valid often enough (a test counts).
pub(super) fn any_rings() -> impl Strategy<Value = Vec<Vec<Corners>>> {
    let corner = (0..7_i64, 0..7_i64).prop_map(|(east, north)| Grid { east, north });
    let wide = proptest::collection::vec(corner, 3..6);
    let square = ((0..7_i64, 0..7_i64), (1..7_i64, 1..7_i64)).prop_map(|((east, north), (width, height))| {
        let at = |east, north| Grid { east, north };
        vec![at(east, north), at(east + width, north), at(east + width, north + height), at(east, north + height)]
    });
    let ring = prop_oneof![wide, square];
    proptest::collection::vec(proptest::collection::vec(ring, 1..4), 1..3)
}

/// A stack of bays and teeth on either side of a line: valid, concave, with square holes in its trunk.
pub(super) fn comb() -> impl Strategy<Value = Vec<Vec<Corners>>> {
    let teeth = proptest::collection::vec(1..=12_i64, 2..COLUMNS as usize - 4);
    let holes = proptest::collection::vec(any::<bool>(), 2..COLUMNS as usize - 4);
    (teeth, holes, 0..4_i64).prop_map(|(teeth, holes, west)| {
        let at = |east, north| Grid { east, north };
        let mut outer = vec![at(west, 4), at(west + teeth.len() as i64, 4)];
        let tops = (0..).zip(&teeth).map(|(column, tooth)| at(west + column, 9 + tooth));
        outer.extend(tops.collect::<Vec<_>>().into_iter().rev());
        let mut rings = vec![outer];
        let columns = (1..teeth.len() as i64 - 1).step_by(2);
        for (column, _) in columns.zip(holes).filter(|(_, hole)| *hole) {
            let (left, right) = (west + column, west + column + 1);
            rings.push(vec![at(left, 5), at(left, 7), at(right, 7), at(right, 6)]);
        }
        vec![rings]
    })
}
