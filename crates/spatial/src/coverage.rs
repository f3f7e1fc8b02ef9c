//! Which part of an area is within reach of places, in the RD plane.
//!
//! Where a place is known coarsely, its reach is two: a disc that it surely reaches, and a wider one, or all that is near the
//! outline in which it is, that it possibly reaches. So an area has three [`Parts`].

mod outermost;

use std::{cmp::Ordering, f64::consts::TAU};

use geo::algorithm::buffer::{BufferStyle, LineJoin};
use geo::orient::Direction;
use geo::{
    Area as _, BooleanOps, BoundingRect, Buffer as _, Coord, CoordsIter, Distance, Euclidean, LineString, Orient,
    Point, Polygon, Rect, unary_union,
};

use self::outermost::outermost;
use super::snap::without;
use super::{Area, Bbox, MultiPolygon, Rd, Wgs84};

/// The sides of the polygon that stands for a circle. Its edge is at most 0.02 % of the radius beside the circle's.
const SIDES: u32 = 128;

/// The smallest part that is told, square metres. Overlaying rounds to a grid of about 0.1 mm (a thirty-bit fraction of the
/// extent), which leaves specks where edges of two parts meet.
const SMALLEST_M2: f64 = 1.0;

/// The thinnest part that is told, metres on average: a rounded edge of kilometres is a speck of more than
/// [`SMALLEST_M2`], but never as wide as this.
const THINNEST_M: f64 = 0.01;

/// How far apart the borders of two neighbours may run and still be one, as in [`Outlines`](super::Outlines).
const BORDER_M: f64 = 1.0;

/// How long an edge may be before its bend counts. A line of 4 km along a parallel is in RD at most 0.4 m beside the
/// straight one between its ends (length² · tan φ / 8 R).
const STRAIGHT_M: f64 = 4_000.0;

/// Degrees beyond which nothing is converted to RD: the generous box around the Netherlands of [`Wgs84::checked`].
const SOUTH_WEST: Coord<f64> = Coord { x: 3.0, y: 50.0 };
const NORTH_EAST: Coord<f64> = Coord { x: 8.0, y: 54.0 };

/// What a place reaches: all points at most `radius_m` from `centre`, in the RD plane.
///
/// One whose radius is not a finite number above 0, or whose centre is not finite, reaches nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disc {
    /// The centre, RD metres.
    pub centre: Rd,
    /// The radius, metres.
    pub radius_m: f64,
}

/// What a place may reach that is anywhere in an area: all points at most `distance_m` from it, in the RD plane.
///
/// One whose distance is not a finite number above 0 reaches nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around<'a> {
    /// The area, RD metres; its holes do not count.
    pub area: &'a MultiPolygon<f64>,
    /// How far around it, metres.
    pub distance_m: f64,
}

/// The parts of an area by whether a point in it is within reach of a place, in RD metres.
///
/// Together they are the area, and no two of them share more than an edge. All are valid polygons with the outer rings
/// counter-clockwise. A part below a square metre, or thinner than a centimetre, is left out (unless the area itself is
/// so small), as is a hole of that size: so the sum may be off by that much for each.
///
/// They are valid in RD; [`geojson::computed`](super::geojson::computed) writes them so that they stay valid in the decimals
/// of any system.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Surely within reach.
    pub covered: MultiPolygon<f64>,
    /// Within reach or not: that depends on where exactly the places are.
    pub uncertain: MultiPolygon<f64>,
    /// Surely not within reach.
    pub uncovered: MultiPolygon<f64>,
}

/// One of the three [`Parts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Surely within reach.
    Covered,
    /// Within reach or not.
    Uncertain,
    /// Surely not within reach.
    Uncovered,
}

impl Part {
    /// All, in this order.
    pub const ALL: [Self; 3] = [Self::Covered, Self::Uncertain, Self::Uncovered];
}

impl Parts {
    /// One of them.
    #[must_use]
    pub fn get(&self, part: Part) -> &MultiPolygon<f64> {
        match part {
            Part::Covered => &self.covered,
            Part::Uncertain => &self.uncertain,
            Part::Uncovered => &self.uncovered,
        }
    }

    /// The area that is surely within reach, square kilometres in the RD plane.
    #[must_use]
    pub fn covered_km2(&self) -> f64 {
        km2(&self.covered)
    }

    /// The area that may be within reach, square kilometres in the RD plane.
    #[must_use]
    pub fn uncertain_km2(&self) -> f64 {
        km2(&self.uncertain)
    }

    /// The area that is surely not within reach, square kilometres in the RD plane.
    #[must_use]
    pub fn uncovered_km2(&self) -> f64 {
        km2(&self.uncovered)
    }
}

/// Divides an area by discs that are surely and that are possibly reached.
///
/// - covered: in the area and in a `sure` disc
/// - uncovered: in the area and in no disc at all; a `sure` disc counts as possible whether it is given twice or not
/// - uncertain: the rest
///
/// Discs that are equal, within another of the same centre, or away from the area cost next to nothing. An area without
/// polygons has three empty parts.
///
/// # Units
/// RD New (EPSG:28992), metres. Each polygon of `area` is valid and within the bounds of RD New; they may touch or overlap,
/// as neighbours do. A polygon whose positions are not finite is left out.
///
/// # Accuracy
/// A circle is a polygon of 128 sides with the circle's area; a point within 0.02 % of the radius of an edge (2 m for
/// 10 km) may be in the part beside it.
///
/// # Example
/// ```
/// use noaber_spatial::coverage::{Disc, circle_polygon, parts};
/// use noaber_spatial::{MultiPolygon, Rd};
///
/// let centre = Rd { x: 203_000.0, y: 503_000.0 };
/// let area = MultiPolygon(vec![circle_polygon(centre, 3_000.0)]);
/// let parts = parts(&area, &[Disc { centre, radius_m: 1_000.0 }], &[Disc { centre, radius_m: 2_000.0 }]);
/// assert!((parts.covered_km2() - 3.1416).abs() < 0.001);
/// assert!((parts.uncertain_km2() - 3.0 * 3.1416).abs() < 0.001);
/// assert!((parts.uncovered_km2() - 5.0 * 3.1416).abs() < 0.001);
/// ```
#[must_use]
pub fn parts(area: &MultiPolygon<f64>, sure: &[Disc], possible: &[Disc]) -> Parts {
    parts_around(area, sure, possible, &[])
}

/// The same where some places may be anywhere in an area: what is in no `sure` disc and `around` one of these is uncertain too.
///
/// # Units, accuracy
/// As of [`parts`]; a rounded corner has sides as long as those of a circle.
#[must_use]
pub fn parts_around(area: &MultiPolygon<f64>, sure: &[Disc], possible: &[Disc], around: &[Around<'_>]) -> Parts {
    let nothing = || MultiPolygon(vec![]);
    let parts = parts_unless(&|| false, area, sure, possible, around);
    parts.unwrap_or_else(|| Parts { covered: nothing(), uncertain: nothing(), uncovered: nothing() })
}

/// The same, one step after the other on this thread; `None` where `is_stopped` says so after one of them.
#[must_use]
pub fn parts_unless(
    is_stopped: &dyn Fn() -> bool,
    area: &MultiPolygon<f64>,
    sure: &[Disc],
    possible: &[Disc],
    around: &[Around<'_>],
) -> Option<Parts> {
    let go_on = || (!is_stopped()).then_some(());
    let area = unary_union(&oriented(area));
    let Some(bounds) = area.bounding_rect() else {
        return Some(Parts { covered: area.clone(), uncertain: area.clone(), uncovered: area });
    };
    go_on()?;
    let whole_m2 = area.unsigned_area();
    let possible = relevant(sure.iter().chain(possible), bounds);
    let sure = relevant(sure, bounds);
    // What is surely reached is not uncertain by an equal disc. With it, the overlay would compare an arc with its own
    // copy, rounded elsewhere, and leave hairs of a tenth of a millimetre along it.
    let wider: Vec<Disc> = possible.into_iter().filter(|disc| !has(&sure, disc)).collect();
    // By the even-odd rule of `intersection` and `difference`. An overlay leaves edges that cross by a rounding, which
    // turns the winding there: by the non-zero rule one cut of the province was wrong by a hectare.
    let around = near(around, bounds);
    let surely = reach(&sure, &[], bounds);
    go_on()?;
    let covered = area.intersection(&surely);
    go_on()?;
    let beyond = area.difference(&surely);
    go_on()?;
    let (uncertain, uncovered) = if wider.is_empty() && around.is_empty() {
        (MultiPolygon(vec![]), beyond)
    } else {
        let possibly = reach(&wider, &around, bounds);
        go_on()?;
        let uncertain = beyond.intersection(&possibly);
        go_on()?;
        (uncertain, beyond.difference(&possibly))
    };
    go_on()?;
    Some(Parts {
        covered: without_specks(covered, whole_m2),
        uncertain: without_specks(uncertain, whole_m2),
        uncovered: without_specks(uncovered, whole_m2),
    })
}

/// The discs that say something about a box: one for each centre, the widest, in an order that does not depend on theirs.
fn relevant<'a>(discs: impl IntoIterator<Item = &'a Disc>, bounds: Rect<f64>) -> Vec<Disc> {
    let touches = |disc: &&Disc| {
        let Disc { centre: Rd { x, y }, radius_m } = **disc;
        let (min, max) = (bounds.min(), bounds.max());
        let finite = x.is_finite() && y.is_finite() && radius_m.is_finite();
        finite && radius_m > 0.0 && (x.clamp(min.x, max.x) - x).hypot(y.clamp(min.y, max.y) - y) <= radius_m
    };
    let mut discs: Vec<Disc> = discs.into_iter().filter(touches).copied().collect();
    discs.sort_by(|a, b| by_centre(a, b).then(b.radius_m.total_cmp(&a.radius_m)));
    discs.dedup_by_key(|disc| disc.centre);
    discs
}

fn by_centre(a: &Disc, b: &Disc) -> Ordering {
    a.centre.x.total_cmp(&b.centre.x).then(a.centre.y.total_cmp(&b.centre.y))
}

/// Whether a disc is among [`relevant`] ones.
fn has(discs: &[Disc], disc: &Disc) -> bool {
    discs.binary_search_by(|other| by_centre(other, disc)).is_ok_and(|at| discs[at] == *disc)
}

/// What is around areas that says something about a box.
fn near<'a>(around: &[Around<'a>], bounds: Rect<f64>) -> Vec<Around<'a>> {
    let touches = |around: &&Around<'a>| {
        let is_reach = around.distance_m.is_finite() && around.distance_m > 0.0;
        let box_of = around.area.bounding_rect().filter(|_| is_reach);
        box_of.is_some_and(|of| {
            let beside = |low: f64, high: f64, least: f64, most: f64| (low - most).max(least - high).max(0.0);
            let x = beside(bounds.min().x, bounds.max().x, of.min().x, of.max().x);
            let y = beside(bounds.min().y, bounds.max().y, of.min().y, of.max().y);
            x.hypot(y) <= around.distance_m
        })
    };
    around.iter().filter(touches).copied().collect()
}

/// All points that are near areas, those of one distance together.
fn widened(around: &[Around<'_>]) -> Vec<Polygon<f64>> {
    let mut distances: Vec<f64> = around.iter().map(|around| around.distance_m).collect();
    distances.sort_by(f64::total_cmp);
    distances.dedup();
    let step = TAU / f64::from(SIDES);
    let of_distance = |distance_m: f64| {
        let of = around.iter().filter(|around| around.distance_m.total_cmp(&distance_m).is_eq());
        let filled = of.flat_map(|around| oriented(around.area).0);
        let filled: Vec<_> = filled.map(|polygon| Polygon::new(polygon.exterior().clone(), vec![])).collect();
        // A corner as a part of the circle that `circle_polygon` gives.
        let style = BufferStyle::new(corner_m(distance_m)).line_join(LineJoin::Round(step));
        unary_union(&filled).buffer_with_style(style)
    };
    distances.into_iter().flat_map(of_distance).collect()
}

/// The union of discs and of what is around areas, as far as it concerns a box.
fn reach(discs: &[Disc], around: &[Around<'_>], bounds: Rect<f64>) -> MultiPolygon<f64> {
    let holds_all = |disc: &Disc| {
        let Rd { x, y } = disc.centre;
        let across = |min: f64, max: f64, at: f64| (at - min).abs().max((max - at).abs());
        let (min, max) = (bounds.min(), bounds.max());
        across(min.x, max.x, x).hypot(across(min.y, max.y, y)) <= disc.radius_m
    };
    // What is around an area holds the disc around each of its corners.
    let corner_disc = |around: &Around<'_>| {
        let Coord { x, y } = around.area.coords_iter().next()?;
        Some(Disc { centre: Rd { x, y }, radius_m: around.distance_m })
    };
    if discs.iter().copied().chain(around.iter().filter_map(corner_disc)).any(|disc| holds_all(&disc)) {
        // Instead of a circle of any size, which would make the grid of the overlay as coarse as it is large.
        let around = Coord { x: 1.0, y: 1.0 };
        return MultiPolygon(vec![Rect::new(bounds.min() - around, bounds.max() + around).to_polygon()]);
    }
    let mut reached = outermost(discs);
    reached.extend(widened(around));
    unary_union(&reached)
}

fn without_specks(polygons: MultiPolygon<f64>, whole_m2: f64) -> MultiPolygon<f64> {
    let speck = |area_m2: f64, edge_m: f64| {
        area_m2 < whole_m2 * 1e-4 && (area_m2 < SMALLEST_M2 || 2.0 * area_m2 < THINNEST_M * edge_m)
    };
    without(polygons, speck, speck)
}

/// Wound alike, without what is not finite: what the overlay asks.
fn oriented(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let finite = |polygon: &&Polygon<f64>| polygon.coords_iter().all(|at| at.x.is_finite() && at.y.is_finite());
    polygons.iter().filter(finite).map(|polygon| polygon.orient(Direction::Default)).collect()
}

fn km2(polygons: &MultiPolygon<f64>) -> f64 {
    polygons.unsigned_area() / 1e6
}

/// A circle as a regular polygon of 128 sides with the area of the circle, counter-clockwise; the centre and the radius
/// are RD metres.
///
/// Its corners lie 0.02 % of the radius outside the circle, the middles of its sides as far inside.
#[must_use]
pub fn circle_polygon(centre: Rd, radius_m: f64) -> Polygon<f64> {
    let (step, corner_m) = (TAU / f64::from(SIDES), corner_m(radius_m));
    let corner = |number: u32| {
        let (sin, cos) = (f64::from(number) * step).sin_cos();
        Coord { x: centre.x + corner_m * cos, y: centre.y + corner_m * sin }
    };
    Polygon::new((0..SIDES).map(corner).collect(), vec![])
}

/// How far the corners of [`circle_polygon`] are from its centre.
fn corner_m(radius_m: f64) -> f64 {
    let step = TAU / f64::from(SIDES);
    // The polygon's area is n/2 · sin(2π/n) · r², the circle's π · r².
    radius_m * (step / step.sin()).sqrt()
}

/// Polygons whose edges are straight in longitude and latitude (RFC 7946), in RD metres: edges longer than 4 km get
/// vertices on their way, so that none is more than a metre beside its line.
///
/// # Cost
/// Up to 150 vertices for an edge across the whole of the Netherlands: intersect with the province first.
#[must_use]
pub fn to_rd_along_edges(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let along = |ring: &LineString<f64>| -> LineString<f64> {
        let mut vertices: Vec<Coord<f64>> = ring.coords().take(1).map(|&first| rd(first)).collect();
        for edge in ring.lines() {
            let length_m = Euclidean.distance(Point::from(rd(edge.start)), Point::from(rd(edge.end)));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative; clamped")]
            let pieces = (length_m / STRAIGHT_M).ceil().clamp(1.0, 1_000.0) as u32;
            vertices.extend((1..=pieces).map(|piece| {
                if piece == pieces {
                    return rd(edge.end);
                }
                rd(edge.start + edge.delta() * (f64::from(piece) / f64::from(pieces)))
            }));
        }
        LineString(vertices)
    };
    let polygon = |polygon: &Polygon<f64>| {
        Polygon::new(along(polygon.exterior()), polygon.interiors().iter().map(along).collect())
    };
    polygons.iter().map(polygon).collect()
}

/// A box in RD metres, with vertices on its edges as [`to_rd_along_edges`] gives them.
///
/// It is cut to longitude 3 to 8 and latitude 50 to 54, a generous box around the Netherlands; a box outside it has no polygons.
#[must_use]
pub fn bbox_polygons(bbox: &Bbox) -> MultiPolygon<f64> {
    let south_west = Coord { x: bbox.west().max(SOUTH_WEST.x), y: bbox.south().max(SOUTH_WEST.y) };
    let north_east = Coord { x: bbox.east().min(NORTH_EAST.x), y: bbox.north().min(NORTH_EAST.y) };
    if south_west.x >= north_east.x || south_west.y >= north_east.y {
        return MultiPolygon(vec![]);
    }
    to_rd_along_edges(&MultiPolygon(vec![Rect::new(south_west, north_east).to_polygon()]))
}

/// An area that a caller asks about, in RD metres: [`bbox_polygons`], [`circle_polygon`] or [`to_rd_along_edges`].
#[must_use]
pub fn area_polygons(area: &Area) -> MultiPolygon<f64> {
    match area {
        Area::Bbox(bbox) => bbox_polygons(bbox),
        Area::Circle(circle) => MultiPolygon(vec![circle_polygon(circle.centre(), circle.radius_m())]),
        Area::Polygon(region) => to_rd_along_edges(region.polygons()),
    }
}

/// The union of outlines in RD metres: of municipalities, for instance.
///
/// Published borders are rounded, so between two neighbours gaps may be left; a hole less than a metre wide on average is such a gap and is closed.
#[must_use]
pub fn union<'a>(outlines: impl IntoIterator<Item = &'a MultiPolygon<f64>>) -> MultiPolygon<f64> {
    let outlines: Vec<_> = outlines.into_iter().map(oriented).collect();
    let gap = |area_m2: f64, edge_m: f64| 2.0 * area_m2 < BORDER_M * edge_m;
    without(unary_union(&outlines), |_, _| false, gap)
}

/// What two areas share, both in RD metres: of a caller's area and the province, for instance. Each may have polygons that overlap.
#[must_use]
pub fn intersection(of: &MultiPolygon<f64>, with: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let (of, with) = (unary_union(&oriented(of)), unary_union(&oriented(with)));
    let whole_m2 = of.unsigned_area().min(with.unsigned_area());
    without_specks(of.intersection(&with), whole_m2)
}

fn rd(degrees: Coord<f64>) -> Coord<f64> {
    let Rd { x, y } = Wgs84::from_coord(degrees).to_rd();
    Coord { x, y }
}

#[cfg(test)]
mod tests;
