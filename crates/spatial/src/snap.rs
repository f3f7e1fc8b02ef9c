//! Polygons on the grid of the decimals that they are written with.
//!
//! Rounding moves a vertex by up to half a decimal, so that where a polygon is thinner than that its edges fall upon each
//! other or cross: the tip between two circles becomes a spike, a narrow neck a point. Rounding each vertex is then not
//! enough. Here polygons are taken apart into edges, all points that edges share are put on the grid (the snap rounding of
//! Hobby, 1999), and polygons are made anew of what is left. Everything is whole numbers and exact. As no edge is left that
//! passes a vertex without having it, the polygons stay valid in whatever the numbers are written.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use geo::{Area as _, Coord, Euclidean, Length, LineString, Polygon};

use super::MultiPolygon;

/// Beyond this no coordinate is taken, so that products of two differences are whole numbers of 64 bits.
const FARTHEST: f64 = (1 << 29) as f64;

/// How often edges are put on the grid. Once is enough but for an edge that comes to lie on a vertex by that, which the
/// second time divides; no input is known that needs a third.
const ROUNDS: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct At {
    x: i64,
    y: i64,
}

impl At {
    fn coord(self) -> Coord<f64> {
        #[expect(clippy::cast_precision_loss, reason = "below 2^29")]
        let coord = Coord { x: self.x as f64, y: self.y as f64 };
        coord
    }

    /// Above 0 when `self` → `to` → `then` turns to the left.
    fn turn(self, to: Self, then: Self) -> i64 {
        (to.x - self.x) * (then.y - self.y) - (to.y - self.y) * (then.x - self.x)
    }
}

/// From the lesser to the greater end, so from west to east.
type Edge = (At, At);

/// Things by their height, in strips: as many as there are things in a strip, more or less. An R-tree takes three times as
/// long.
struct Strips<T> {
    bottom: i64,
    height: i64,
    strips: Vec<Vec<T>>,
}

impl<T> Strips<T> {
    /// Empty strips for so many things at these heights.
    fn new(count: usize, heights: impl Iterator<Item = i64> + Clone) -> Self {
        let (bottom, top) = (heights.clone().min().unwrap_or(0), heights.max().unwrap_or(0));
        let wanted = i64::try_from(count.isqrt()).unwrap_or(i64::MAX).max(1);
        let height = (top - bottom) / wanted + 1;
        let strips = (0..=(top - bottom) / height).map(|_| Vec::new()).collect();
        Self { bottom, height, strips }
    }

    /// The strips from one height to another, those that there are.
    fn between(&self, low: i64, high: i64) -> RangeInclusive<usize> {
        let strip = |at: i64| usize::try_from((at - self.bottom).max(0) / self.height).unwrap_or(usize::MAX);
        strip(low)..=strip(high).min(self.strips.len() - 1)
    }
}

impl Strips<Edge> {
    /// Each edge in every strip that it passes, from west to east.
    fn of(edges: &[Edge]) -> Self {
        let mut strips = Self::new(edges.len(), edges.iter().flat_map(|(from, to)| [from.y, to.y]));
        for edge @ (from, to) in edges {
            for strip in strips.between(from.y.min(to.y), from.y.max(to.y)) {
                strips.strips[strip].push(*edge);
            }
        }
        strips
    }
}

/// Polygons whose coordinates are whole numbers, made of polygons whose coordinates are not: valid, the outer rings
/// counter-clockwise, no position farther than one from where it was.
///
/// What a point belongs to is decided by the even-odd rule, so the winding of the rings does not matter. A polygon or hole
/// with an area below `smallest` is left out, as is a polygon thinner than one on average, unless all together is so small;
/// and a polygon with a coordinate that is not finite, or beyond 2²⁹.
pub(super) fn to_grid(polygons: &MultiPolygon<f64>, smallest: f64) -> MultiPolygon<f64> {
    let mut edges: Vec<Edge> = Vec::new();
    for polygon in polygons {
        let rings: Option<Vec<Vec<At>>> = rings(polygon).map(rounded).collect();
        for ring in rings.into_iter().flatten() {
            edges.extend(ring.windows(2).map(|ends| edge(ends[0], ends[1])));
        }
    }
    keep_odd(&mut edges);
    for _ in 0..ROUNDS {
        match divided(&edges) {
            Some(divided) => edges = divided,
            None => break,
        }
    }
    let made = Arrangement::new(&edges).polygons();
    let whole = made.unsigned_area();
    let small = |area: f64| area < whole * 1e-4 && area < smallest;
    let thin = |area: f64, edge: f64| area < whole * 1e-4 && 2.0 * area < edge;
    // A thin hole stays: there may be an island in it that is not thin. What is in a small one is small.
    without(made, |area, edge| small(area) || thin(area, edge), |area, _| small(area))
}

fn rounded(ring: &LineString<f64>) -> Option<Vec<At>> {
    #[expect(clippy::cast_possible_truncation, reason = "below 2^29")]
    let whole = |number: f64| (number.abs() < FARTHEST).then(|| number.round() as i64);
    ring.0.iter().map(|at| Some(At { x: whole(at.x)?, y: whole(at.y)? })).collect()
}

fn edge(one: At, other: At) -> Edge {
    (one.min(other), one.max(other))
}

/// Sorts edges, and leaves one of those that there are an odd number of times: an even number divides nothing.
fn keep_odd(edges: &mut Vec<Edge>) {
    edges.retain(|(from, to)| from != to);
    edges.sort_unstable();
    let odd = edges.chunk_by(|one, other| one == other).filter(|same| same.len() % 2 == 1);
    *edges = odd.filter_map(|same| same.first().copied()).collect();
}

/// The same edges by way of every point of the grid near which they pass and at which an edge ends or two cross; `None`
/// when they pass none.
fn divided(edges: &[Edge]) -> Option<Vec<Edge>> {
    let mut shared: Vec<At> = edges.iter().flat_map(|&(from, to)| [from, to]).collect();
    for strip in Strips::of(edges).strips {
        for (place, one) in strip.iter().enumerate() {
            let (low, high) = (one.0.y.min(one.1.y), one.0.y.max(one.1.y));
            let beside = strip[place + 1..].iter().take_while(|other| other.0.x <= one.1.x);
            let across = beside.filter(|other| other.0.y.min(other.1.y) <= high && other.0.y.max(other.1.y) >= low);
            shared.extend(across.filter_map(|other| crossing(*one, *other)));
        }
    }
    shared.sort_unstable();
    shared.dedup();
    let mut points = Strips::new(shared.len(), shared.iter().map(|at| at.y));
    for at in shared {
        for strip in points.between(at.y, at.y) {
            points.strips[strip].push(at);
        }
    }
    let (mut made, mut is_divided) = (Vec::with_capacity(edges.len()), false);
    let mut stops: Vec<At> = Vec::new();
    for &(from, to) in edges {
        stops.clear();
        for strip in points.between(from.y.min(to.y) - 1, from.y.max(to.y) + 1) {
            let strip = &points.strips[strip];
            let first = strip.partition_point(|at| at.x < from.x - 1);
            let near = strip[first..].iter().take_while(|at| at.x <= to.x + 1);
            stops.extend(near.filter(|&&at| at != from && at != to && passes(from, to, at)));
        }
        is_divided |= !stops.is_empty();
        stops.sort_by_key(|at| (at.x - from.x) * (to.x - from.x) + (at.y - from.y) * (to.y - from.y));
        stops.push(to);
        let mut last = from;
        for &stop in &stops {
            made.push(edge(last, stop));
            last = stop;
        }
    }
    keep_odd(&mut made);
    is_divided.then_some(made)
}

/// Where two edges cross within both, rounded to the grid (a half upwards).
fn crossing((a, b): Edge, (c, d): Edge) -> Option<At> {
    let (from, to) = (c.turn(d, a), c.turn(d, b));
    if from.signum() * to.signum() >= 0 || a.turn(b, c).signum() * a.turn(b, d).signum() >= 0 {
        return None;
    }
    let (part, whole) = (i128::from(from), i128::from(from) - i128::from(to));
    let along = |start: i64, end: i64| {
        let (numerator, denominator) = (i128::from(end - start) * part * whole.signum(), whole.abs());
        let steps = (2 * numerator + denominator).div_euclid(2 * denominator);
        // Between 0 and the length of the edge.
        i64::try_from(steps).ok().map(|steps| start + steps)
    };
    Some(At { x: along(a.x, b.x)?, y: along(a.y, b.y)? })
}

/// Whether an edge passes through the square of side one around a point of the grid, its left and lower side included and
/// the others not, so that a point of the plane is in the square of the point to which [`crossing`] rounds it.
fn passes(from: At, to: At, at: At) -> bool {
    // Twice as large, the corners of the square are whole numbers.
    let double = |at: At| At { x: 2 * at.x, y: 2 * at.y };
    let (from, to, middle) = (double(from), double(to), double(at));
    let is_beside = |one: i64, other: i64, at: i64| one.max(other) < at - 1 || one.min(other) > at + 1;
    if is_beside(from.x, to.x, middle.x) || is_beside(from.y, to.y, middle.y) {
        return false;
    }
    let side = |x: i64, y: i64| from.turn(to, At { x: middle.x + x, y: middle.y + y }).signum();
    let (lower_left, others) = (side(-1, -1), [side(1, -1), side(1, 1), side(-1, 1)]);
    // An edge that touches one corner only passes when it is the lower left one.
    lower_left == 0 || others.iter().any(|side| side * lower_left < 0)
}

/// The place of a point among all, ascending.
fn number(points: &[At], at: At) -> usize {
    points.binary_search(&at).unwrap_or_default()
}

/// Whether of two edges, from the lower to the upper end, the first is farther to the right at a height, or just above it.
fn is_east_of(one: Edge, other: Edge, y: i64) -> bool {
    let line = |(low, high): Edge| {
        let (across, up) = (i128::from(high.x - low.x), i128::from(high.y - low.y));
        (i128::from(low.x) * up + across * i128::from(y - low.y), across, up)
    };
    let ((at, across, up), (other_at, other_across, other_up)) = (line(one), line(other));
    let order = (at * other_up).cmp(&(other_at * up)).then((across * other_up).cmp(&(other_across * up)));
    order == Ordering::Greater
}

/// Edges that meet at their ends only, an even number at each point.
struct Arrangement {
    /// Ascending.
    points: Vec<At>,
    /// For each point the ends of the edges that leave it, counter-clockwise, from just right of straight down.
    ends: Vec<Vec<usize>>,
    /// For each of those, whether what lies to its left is inside.
    is_inside: Vec<Vec<bool>>,
    edges: Strips<Edge>,
}

/// An edge in one of its directions: from a point, by its place among those that leave it.
type Half = (usize, usize);

/// The inner rings of a polygon.
type Holes = Vec<LineString<f64>>;

impl Arrangement {
    fn new(edges: &[Edge]) -> Self {
        let mut points: Vec<At> = edges.iter().flat_map(|&(from, to)| [from, to]).collect();
        points.sort_unstable();
        points.dedup();
        let mut ends = vec![Vec::new(); points.len()];
        for (from, to) in edges {
            let (from, to) = (number(&points, *from), number(&points, *to));
            ends[from].push(to);
            ends[to].push(from);
        }
        for (from, ends) in ends.iter_mut().enumerate() {
            let from = points[from];
            ends.sort_by(|a, b| {
                let (a, b) = (points[*a], points[*b]);
                // Points are ascending, from west to east.
                (a < from).cmp(&(b < from)).then_with(|| 0.cmp(&from.turn(a, b)))
            });
        }
        let is_inside = ends.iter().map(|ends| vec![false; ends.len()]).collect();
        Self { points, ends, is_inside, edges: Strips::of(edges) }
    }

    /// The same edge the other way.
    fn twin(&self, (from, place): Half) -> Half {
        let to = self.ends[from][place];
        (to, self.ends[to].iter().position(|end| *end == from).unwrap_or_default())
    }

    /// The edge after this one around what lies to its left.
    fn next(&self, half: Half) -> Half {
        let (from, place) = self.twin(half);
        (from, place.checked_sub(1).unwrap_or(self.ends[from].len() - 1))
    }

    /// The nearest edge to the left of a point, pointing down, so that the point is to the left of it; and whether the
    /// number of edges there is odd. Of an edge the lower end counts and the upper one does not.
    fn west_of(&self, at: At) -> (Option<Half>, bool) {
        let mut odd = false;
        let mut nearest: Option<Edge> = None;
        for strip in self.edges.between(at.y, at.y) {
            for &(west, east) in self.edges.strips[strip].iter().take_while(|edge| edge.0.x < at.x) {
                let (low, high) = if west.y < east.y { (west, east) } else { (east, west) };
                if low.y > at.y || high.y <= at.y || low.turn(high, at) >= 0 {
                    continue;
                }
                odd = !odd;
                if nearest.is_none_or(|best| is_east_of((low, high), best, at.y)) {
                    nearest = Some((low, high));
                }
            }
        }
        let down = nearest.map(|(low, high)| {
            let (low, high) = (number(&self.points, low), number(&self.points, high));
            (high, self.ends[high].iter().position(|end| *end == low).unwrap_or_default())
        });
        (down, odd)
    }

    /// Finds out what is inside; for each first point of edges that hang together, the edge to the left of it.
    fn look_around(&mut self) -> HashMap<usize, Option<Half>> {
        let mut seen = vec![false; self.points.len()];
        let mut firsts = HashMap::new();
        for first in 0..self.points.len() {
            if seen[first] {
                continue;
            }
            let (west, is_within) = self.west_of(self.points[first]);
            firsts.insert(first, west);
            seen[first] = true;
            // All edges of the first point run to the right, so to the left of the last is what is to the left of it.
            let mut open = vec![((first, self.ends[first].len() - 1), is_within)];
            while let Some(((point, place), is_inside)) = open.pop() {
                let count = self.ends[point].len();
                for step in 0..count {
                    let half = (point, (place + step) % count);
                    let here = is_inside == (step % 2 == 0);
                    self.is_inside[point][half.1] = here;
                    let twin = self.twin(half);
                    if !seen[twin.0] {
                        seen[twin.0] = true;
                        open.push((twin, !here));
                    }
                }
            }
        }
        firsts
    }

    fn polygons(mut self) -> MultiPolygon<f64> {
        let firsts = self.look_around();
        let mut polygons: Vec<(Option<LineString<f64>>, Holes)> = Vec::new();
        // For each edge with the inside to the left, the polygon that it bounds.
        let mut bounds: Vec<Vec<Option<usize>>> = self.ends.iter().map(|ends| vec![None; ends.len()]).collect();
        let mut seen = vec![None; self.points.len()];
        // In ascending order of points, so that what lies to the left is known.
        for from in 0..self.points.len() {
            for place in 0..self.ends[from].len() {
                if !self.is_inside[from][place] || bounds[from][place].is_some() {
                    continue;
                }
                let mut walk = vec![(from, place)];
                let mut half = self.next((from, place));
                while half != (from, place) {
                    walk.push(half);
                    half = self.next(half);
                }
                let rings = self.simple(&walk, &mut seen);
                let has_outer = rings.iter().any(|(_, doubled)| *doubled > 0);
                // A walk around holes begins at the first of its points, as it is the first of all that hang together.
                let around = firsts.get(&from).copied().flatten().filter(|_| !has_outer);
                let polygon = around.and_then(|(west, place)| bounds[west][place]).unwrap_or(polygons.len());
                if polygon == polygons.len() {
                    polygons.push((None, Vec::new()));
                }
                for (ring, doubled) in rings {
                    if doubled > 0 {
                        polygons[polygon].0 = Some(ring);
                    } else {
                        polygons[polygon].1.push(ring);
                    }
                }
                for (from, place) in walk {
                    bounds[from][place] = Some(polygon);
                }
            }
        }
        polygons.into_iter().filter_map(|(outer, holes)| Some(Polygon::new(outer?, holes))).collect()
    }

    /// The rings of a walk that pass each point once, with twice their area, above 0 when counter-clockwise. `seen` is a place
    /// to note for each point where it is on the way, empty before and after.
    fn simple(&self, walk: &[Half], seen: &mut [Option<usize>]) -> Vec<(LineString<f64>, i128)> {
        let mut rings = Vec::new();
        let mut path: Vec<usize> = Vec::new();
        for point in walk.iter().map(|(from, _)| *from).chain(walk.first().map(|(from, _)| *from)) {
            if let Some(since) = seen[point] {
                let ring: Vec<usize> = path.drain(since..).collect();
                for point in &ring {
                    seen[*point] = None;
                }
                let ring: Vec<At> = ring.into_iter().map(|point| self.points[point]).collect();
                let doubled = ring.windows(2).map(|edge| i128::from(ring[0].turn(edge[0], edge[1]))).sum();
                rings.push((ring.iter().chain(ring.first()).map(|at| at.coord()).collect(), doubled));
            }
            seen[point] = Some(path.len());
            path.push(point);
        }
        for point in path {
            seen[point] = None;
        }
        rings
    }
}

/// Leaves out the polygons and the holes that a test of area and length of edge says.
pub(super) fn without(
    polygons: MultiPolygon<f64>,
    polygon_goes: impl Fn(f64, f64) -> bool,
    hole_goes: impl Fn(f64, f64) -> bool,
) -> MultiPolygon<f64> {
    let tidied = polygons.into_iter().filter_map(|polygon| {
        let edge: f64 = rings(&polygon).map(|ring| Euclidean.length(ring)).sum();
        if polygon_goes(polygon.unsigned_area(), edge) {
            return None;
        }
        let (exterior, mut holes) = polygon.into_inner();
        holes.retain(|hole| !hole_goes(Polygon::new(hole.clone(), vec![]).unsigned_area(), Euclidean.length(hole)));
        Some(Polygon::new(exterior, holes))
    });
    tidied.collect()
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

#[cfg(test)]
mod tests {
    use geo::{CoordsIter, MapCoords};
    use proptest::prelude::*;

    use super::super::oracle::{any_rings, polygons};
    use super::super::validity;
    use super::*;

    fn fault(polygons: &MultiPolygon<f64>) -> Option<String> {
        validity::check(polygons, |polygon, ring| format!("{polygon} {ring:?}")).err().map(|error| error.to_string())
    }

    fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
        LineString::from(corners.to_vec())
    }

    #[test]
    fn what_is_thinner_than_the_grid_falls_together_and_the_rest_stays() {
        // A square with a tail of a tenth.
        let square = [(0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (20.2, 5.1), (9.0, 5.2), (9.0, 9.0), (0.0, 9.0)];
        let made = to_grid(&MultiPolygon(vec![Polygon::new(ring(&square), vec![])]), 0.0);
        assert_eq!(made.unsigned_area(), 81.0);
        assert_eq!(made.0.len(), 1);
        // Two squares and a neck of a tenth between them.
        let mut neck = square.to_vec();
        neck.splice(3..4, [(20.2, 5.1), (20.2, 0.0), (25.0, 0.0), (25.0, 9.0), (20.2, 9.0), (20.2, 5.2)]);
        let made = to_grid(&MultiPolygon(vec![Polygon::new(ring(&neck), vec![])]), 0.0);
        assert_eq!((made.0.len(), made.unsigned_area()), (2, 81.0 + 45.0));
    }

    #[test]
    fn a_hole_may_touch_its_ring_and_hold_an_island() {
        let square = |from: f64, to: f64| ring(&[(from, from), (to, from), (to, to), (from, to)]);
        let touching = ring(&[(0.0, 45.0), (10.0, 40.0), (10.0, 50.0)]);
        let polygons = MultiPolygon(vec![
            Polygon::new(square(0.0, 100.0), vec![square(60.0, 90.0), touching.clone()]),
            Polygon::new(square(70.0, 80.0), vec![]),
        ]);
        let made = to_grid(&polygons, 1.0);
        assert_eq!(made.unsigned_area(), polygons.unsigned_area());
        let holes: Vec<usize> = made.iter().map(|polygon| polygon.interiors().len()).collect();
        assert_eq!(holes, [2, 0]);
        // Both rings have the point where they touch, which is a corner of one.
        let outer = made.0[0].exterior();
        assert!(outer.0.contains(&Coord { x: 0.0, y: 45.0 }) && outer.0.len() == 6, "{outer:?}");
    }

    #[test]
    fn specks_are_left_out_and_what_is_not_finite_too() {
        let square = |at: f64, side: f64| {
            Polygon::new(ring(&[(at, at), (at + side, at), (at + side, at + side), (at, at + side)]), vec![])
        };
        let mut large = square(0.0, 1_000.0);
        large.interiors_push(square(10.0, 2.0).exterior().clone());
        let speck = square(2_000.0, 2.0);
        let made = to_grid(&MultiPolygon(vec![large, speck.clone(), square(f64::NAN, 3.0), square(1e12, 3.0)]), 5.0);
        assert_eq!((made.0.len(), made.unsigned_area()), (1, 1e6));
        assert_eq!(to_grid(&MultiPolygon(vec![speck]), 5.0).unsigned_area(), 4.0);
        assert_eq!(to_grid(&MultiPolygon(vec![]), 5.0), MultiPolygon(vec![]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn valid_polygons_squeezed_to_a_few_units_stay_valid(
            rings in any_rings(), across in 0.2..4.0_f64, up in 0.2..4.0_f64, slant in -3.0..3.0_f64,
        ) {
            let steps = polygons(&rings).map_coords(|at| Coord { x: (at.x - 5.75) * 32.0, y: (at.y - 52.125) * 32.0 });
            let squeezed = steps.map_coords(|at| Coord { x: at.x * across + at.y * slant, y: at.y * up + at.x * slant / 3.0 });
            let made = to_grid(&squeezed, 0.0);
            prop_assert_eq!(fault(&made), None);
            let decimal = made.map_coords(|at| Coord { x: 6.0 + at.x / 1e6, y: 52.0 + at.y / 1e6 });
            prop_assert_eq!(fault(&decimal), None);
            prop_assert!(made.coords_iter().all(|at| at.x.fract() == 0.0 && at.y.fract() == 0.0));
        }
    }
}
