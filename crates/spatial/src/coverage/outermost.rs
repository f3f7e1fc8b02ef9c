//! The union of many discs by those at its edge.
//!
//! The edge of a union is made of edges of its parts. A disc whose edge lies inside others altogether adds nothing to it and is left out:
//! in a town of a thousand places nearly all of them. What is left has the right edge, and where whole crowds were left out it may have
//! holes that are none. Each hole is covered by what was left out as a whole or not at all, since no edge runs through it: one point of it
//! tells which.

use std::collections::BTreeMap;
use std::f64::consts::{PI, TAU};

use geo::{BooleanOps, BoundingRect, Contains, Coord, InteriorPoint, MultiPolygon, Point, Polygon, unary_union};
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::{Disc, SIDES, circle_polygon, corner_m};

/// Into so many sectors, a bit each, an edge is divided to see whether others hold it.
const SECTORS: u32 = u128::BITS;

/// So many of the nearest others are looked at. Where they do not hold an edge it counts as one of the union, whether it is or not.
const LOOKED_AT: usize = 256;

/// Of the discs in one square of this part of a radius one is looked at for all: beside its next neighbour a disc holds little more.
const SQUARES: f64 = 16.0;

/// How much less than the disc is taken to be inside it, so that no rounding makes a point of an edge one of the inside.
const SURELY: f64 = 1.0 - 1e-6;

/// Discs by their centres.
type Tree = RTree<GeomWithData<[f64; 2], f64>>;

fn tree<'a>(discs: impl IntoIterator<Item = &'a Disc>) -> Tree {
    let place = |disc: &Disc| GeomWithData::new([disc.centre.x, disc.centre.y], disc.radius_m);
    RTree::bulk_load(discs.into_iter().map(place).collect())
}

/// The radius of what the polygon of a circle surely holds.
fn inner_m(radius_m: f64) -> f64 {
    corner_m(radius_m) * (PI / f64::from(SIDES)).cos() * SURELY
}

/// Polygons whose union is that of the circles of some discs, no two of which have one centre.
pub(super) fn outermost(discs: &[Disc]) -> Vec<Polygon<f64>> {
    let widest_m = discs.iter().map(|disc| disc.radius_m).fold(0.0, f64::max);
    let others = tree(&one_a_square(discs));
    let at_edge: Vec<Polygon<f64>> = discs
        .iter()
        .filter(|disc| !is_inside(disc, &others, widest_m))
        .map(|disc| circle_polygon(disc.centre, disc.radius_m))
        .collect();
    if at_edge.len() == discs.len() {
        return at_edge;
    }
    let mut union = unary_union(&at_edge);
    let holes = holes(&union);
    if !holes.is_empty() {
        let all = tree(discs);
        union.0.extend(holes.into_iter().filter(|hole| is_covered(hole, &all, widest_m)));
    }
    union.0
}

/// The widest disc of each square.
fn one_a_square(discs: &[Disc]) -> Vec<Disc> {
    let mut radii: Vec<f64> = discs.iter().map(|disc| disc.radius_m).collect();
    let middle = radii.len() / 2;
    if radii.is_empty() {
        return Vec::new();
    }
    let side_m = *radii.select_nth_unstable_by(middle, f64::total_cmp).1 / SQUARES;
    // In one order, so that the same discs give the same polygons.
    let mut squares: BTreeMap<(u64, u64), Disc> = BTreeMap::new();
    for disc in discs {
        let square = |at: f64| (at / side_m).floor().to_bits();
        let widest = squares.entry((square(disc.centre.x), square(disc.centre.y))).or_insert(*disc);
        if disc.radius_m > widest.radius_m {
            *widest = *disc;
        }
    }
    squares.into_values().collect()
}

/// Whether other discs surely hold all of the edge of one.
fn is_inside(disc: &Disc, others: &Tree, widest_m: f64) -> bool {
    let centre = [disc.centre.x, disc.centre.y];
    let reach_m = corner_m(disc.radius_m) + widest_m;
    let near = others.nearest_neighbor_iter_with_distance_2(&centre).take(LOOKED_AT);
    let mut open = u128::MAX;
    for (other, distance_2) in near {
        let distance_m = distance_2.sqrt();
        if distance_m > reach_m {
            break;
        }
        // That is itself.
        if distance_m > 0.0 {
            let [x, y] = *other.geom();
            let towards = (y - centre[1]).atan2(x - centre[0]);
            open &= !held(disc.radius_m, distance_m, towards, other.data);
        }
        if open == 0 {
            return true;
        }
    }
    false
}

/// The sectors of the edge of a disc that lie in another altogether.
fn held(radius_m: f64, distance_m: f64, towards: f64, other_radius_m: f64) -> u128 {
    let other_m = inner_m(other_radius_m);
    // The edge of the polygon lies between these two circles. A disc holds what is between two points that it holds.
    let half = |edge_m: f64| {
        let cosine = (distance_m * distance_m + edge_m * edge_m - other_m * other_m) / (2.0 * distance_m * edge_m);
        // Beyond these bounds it holds none of the circle, or all of it.
        cosine.clamp(-1.0, 1.0).acos()
    };
    let half = half(corner_m(radius_m)).min(half(inner_m(radius_m)));
    if half >= PI {
        return u128::MAX;
    }
    let step = TAU / f64::from(SECTORS);
    let (first, end) = (((towards - half) / step).ceil(), ((towards + half) / step).floor());
    if end <= first {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between none and all of the sectors")]
    let (count, first) = ((end - first) as u32, first.rem_euclid(f64::from(SECTORS)) as u32);
    (u128::MAX >> (SECTORS - count.min(SECTORS))).rotate_left(first)
}

/// What a union surrounds and does not hold, each piece by itself.
fn holes(union: &MultiPolygon<f64>) -> Vec<Polygon<f64>> {
    if union.iter().all(|polygon| polygon.interiors().is_empty()) {
        return Vec::new();
    }
    let Some(bounds) = union.bounding_rect() else { return Vec::new() };
    let beside = Coord { x: 1.0, y: 1.0 };
    let around = geo::Rect::new(bounds.min() - beside, bounds.max() + beside).to_polygon();
    let outside = MultiPolygon(vec![around]).difference(union);
    // What reaches the rectangle is beyond the union, and not in it.
    let is_hole = |piece: &Polygon<f64>| {
        piece.bounding_rect().is_some_and(|of| of.min().x > bounds.min().x - 0.5 && of.max().x < bounds.max().x + 0.5)
    };
    outside.into_iter().filter(is_hole).collect()
}

/// Whether a piece without an edge in it is in one of the discs.
fn is_covered(piece: &Polygon<f64>, all: &Tree, widest_m: f64) -> bool {
    let Some(point) = piece.interior_point() else { return false };
    let within_m = corner_m(widest_m);
    all.nearest_neighbor_iter_with_distance_2(&[point.x(), point.y()])
        .take_while(|(_, distance_2)| *distance_2 <= within_m * within_m)
        .any(|(disc, distance_2)| holds(disc, distance_2.sqrt(), point))
}

fn holds(disc: &GeomWithData<[f64; 2], f64>, distance_m: f64, point: Point<f64>) -> bool {
    let [x, y] = *disc.geom();
    distance_m <= inner_m(disc.data)
        || (distance_m <= corner_m(disc.data) && circle_polygon(super::Rd { x, y }, disc.data).contains(&point))
}

#[cfg(test)]
mod tests {
    use geo::Area as _;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::Rd;
    use super::*;

    fn disc(x: f64, y: f64, radius_m: f64) -> Disc {
        Disc { centre: Rd { x: 203_000.0 + x, y: 503_000.0 + y }, radius_m }
    }

    /// How many square metres the union of `outermost` and that of every circle differ.
    fn difference_m2(discs: &[Disc]) -> f64 {
        let every: Vec<_> = discs.iter().map(|disc| circle_polygon(disc.centre, disc.radius_m)).collect();
        unary_union(&outermost(discs)).xor(&unary_union(&every)).unsigned_area()
    }

    fn square(side: u32, step_m: f64, is_there: impl Fn(u32, u32) -> bool) -> Vec<Disc> {
        let all = (0..side).flat_map(|x| (0..side).map(move |y| (x, y)));
        all.filter(|(x, y)| is_there(*x, *y))
            .map(|(x, y)| disc(f64::from(x) * step_m, f64::from(y) * step_m, 1_000.0))
            .collect()
    }

    #[test]
    fn of_a_crowd_only_those_at_its_edge_are_left_and_what_they_surround_is_held() {
        let crowd = square(60, 100.0, |_, _| true);
        let at_edge = outermost(&crowd);
        assert!(difference_m2(&crowd) < 1.0);
        assert!(at_edge.iter().all(|polygon| polygon.interiors().is_empty() || at_edge.len() > 1));
        let corners: usize = at_edge.iter().map(|polygon| polygon.exterior().0.len()).sum();
        assert!(corners < 2_000, "{corners} of {}", crowd.len() * 128);
    }

    #[test]
    fn a_hole_that_nobody_holds_stays_one_and_so_does_an_island_in_it() {
        let is_far = |x: u32, y: u32| !(15..45).contains(&x) || !(15..45).contains(&y);
        let mut around = square(60, 100.0, is_far);
        around.push(disc(2_950.0, 2_950.0, 200.0));
        assert!(difference_m2(&around) < 1.0);
        let held_m2 = unary_union(&outermost(&around)).unsigned_area();
        assert!(held_m2 < unary_union(&outermost(&square(60, 100.0, |_, _| true))).unsigned_area() - 100_000.0);
    }

    #[test]
    fn nothing_and_one_are_what_they_are() {
        assert!(outermost(&[]).is_empty());
        assert_eq!(outermost(&[disc(0.0, 0.0, 10.0)]).len(), 1);
        // In the middle of another.
        let two = [disc(0.0, 0.0, 1_000.0), disc(1.0, 0.0, 10.0)];
        assert!(outermost(&two).len() == 1 && difference_m2(&two) < 1e-3);
    }

    proptest! {
        #[test]
        fn the_union_is_that_of_every_circle(
            towns in vec((0.0..20_000.0, 0.0..20_000.0, 50.0..2_000.0, 1..60_usize), 1..6),
            seeds in vec((-1.0..1.0, -1.0..1.0, 0.0..1.0), 60),
            radius_m in 200.0..3_000.0,
            spread_m in prop::sample::select(vec![0.0, 0.0, 500.0, 3_000.0]),
        ) {
            let discs: Vec<Disc> = towns
                .iter()
                .flat_map(|(x, y, reach_m, count)| {
                    let one = move |(east, north, wide): &(f64, f64, f64)| {
                        disc(x + east * reach_m, y + north * reach_m, radius_m + wide * spread_m)
                    };
                    seeds.iter().take(*count).map(one)
                })
                .collect();
            let difference_m2 = difference_m2(&discs);
            prop_assert!(difference_m2 < 5.0, "{difference_m2}");
        }
    }
}
