//! Outlines of municipalities and settlements: which one holds a point, how large it is, which ones are its neighbours.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use geo::orient::Direction;
use geo::{Area as _, Coord, Line, LinesIter, MapCoords, Orient};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree, RTreeObject};

use super::{MultiPolygon, Region, Wgs84};

/// How far apart two borders may run and still be one: the published borders share their vertices, but are rounded, and a
/// vertex of one may lie in the middle of an edge of the other. A metre is far below the precision of any of them.
const TOLERANCE_M: f64 = 1.0;

/// How much border two neighbours have in common at least. Within the tolerance a corner looks like a border of up to
/// a few metres; ten metres is more than that, and less than any border of a real municipality.
const SHORTEST_BORDER_M: f64 = 10.0;

/// Outlines in longitude and latitude, known by the order in which they are given (0, 1, …).
///
/// An index that was not given has no points, no area and no neighbours.
#[derive(Debug)]
pub struct Outlines {
    regions: Vec<Region>,
    areas_m2: Vec<f64>,
    bounds: RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>,
    adjacent: OnceLock<Vec<Vec<u32>>>,
}

impl Outlines {
    /// Prepares the outlines.
    #[must_use]
    pub fn new(outlines: impl IntoIterator<Item = MultiPolygon<f64>>) -> Self {
        let regions: Vec<Region> = outlines.into_iter().map(Region::new).collect();
        let areas_m2 = regions
            .iter()
            .map(|region| in_metres(region.polygons()).unsigned_area())
            .collect();
        let bounds = (0..).zip(&regions).filter_map(|(outline, region)| {
            let bounds = region.bounds()?;
            let rectangle = Rectangle::from_corners(
                [bounds.west(), bounds.south()],
                [bounds.east(), bounds.north()],
            );
            Some(GeomWithData::new(rectangle, outline))
        });
        Self {
            areas_m2,
            bounds: RTree::bulk_load(bounds.collect()),
            regions,
            adjacent: OnceLock::new(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.regions.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// The outlines that hold a point, ascending. A point on a shared border lies in both.
    #[must_use]
    pub fn containing(&self, point: Wgs84) -> Vec<u32> {
        let at = AABB::from_point([point.lon, point.lat]);
        let candidates = self
            .bounds
            .locate_in_envelope_intersecting(&at)
            .map(|outline| outline.data);
        let mut holding: Vec<u32> = candidates
            .filter(|&outline| self.contains(outline, point))
            .collect();
        holding.sort_unstable();
        holding
    }

    /// Whether an outline holds a point, inside or on its boundary.
    #[must_use]
    pub fn contains(&self, outline: u32, point: Wgs84) -> bool {
        self.get(outline)
            .is_some_and(|region| region.contains(point))
    }

    /// One outline.
    #[must_use]
    pub fn get(&self, outline: u32) -> Option<&Region> {
        self.regions.get(outline as usize)
    }

    /// The area in square metres, in the RD plane, holes left out; water that lies within the outline is counted.
    ///
    /// Only the vertices are converted to RD: the edges are straight in either plane, which differs by far less than the
    /// precision of the outlines.
    #[must_use]
    pub fn area_m2(&self, outline: u32) -> f64 {
        self.areas_m2.get(outline as usize).copied().unwrap_or(0.0)
    }

    /// The outlines with which one shares a stretch of border, ascending; computed for all at the first question.
    ///
    /// The two lie on different sides of the stretch, so a village within a municipality is not its neighbour, but an
    /// enclave and the municipality around it are neighbours. Meeting in a point, as four corners do, is not enough:
    /// edges that run within a metre of each other over at least ten metres together are.
    #[must_use]
    pub fn adjacent(&self, outline: u32) -> &[u32] {
        let adjacent = self.adjacent.get_or_init(|| self.shared_borders());
        adjacent.get(outline as usize).map_or(&[], Vec::as_slice)
    }

    fn shared_borders(&self) -> Vec<Vec<u32>> {
        let edges = (0..).zip(&self.regions).flat_map(|(outline, region)| {
            // Wound alike, neighbours run along their border in opposite directions.
            let oriented = in_metres(region.polygons()).orient(Direction::Default);
            let edges: Vec<_> = oriented
                .lines_iter()
                .map(|edge| GeomWithData::new(edge, outline))
                .collect();
            edges
        });
        let edges: RTree<GeomWithData<Line<f64>, u32>> = RTree::bulk_load(edges.collect());
        let mut shared_m: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for edge in &edges {
            let envelope = edge.envelope();
            let reach =
                |coord: geo::Point<f64>, by: f64| geo::Point::new(coord.x() + by, coord.y() + by);
            let around = AABB::from_corners(
                reach(envelope.lower(), -TOLERANCE_M),
                reach(envelope.upper(), TOLERANCE_M),
            );
            for other in edges
                .locate_in_envelope_intersecting(&around)
                .filter(|other| other.data > edge.data)
            {
                *shared_m.entry((edge.data, other.data)).or_default() +=
                    overlap_m(*edge.geom(), *other.geom());
            }
        }
        let mut adjacent = vec![Vec::new(); self.regions.len()];
        for ((one, other), length_m) in shared_m {
            if length_m >= SHORTEST_BORDER_M {
                adjacent[one as usize].push(other);
                adjacent[other as usize].push(one);
            }
        }
        for neighbours in &mut adjacent {
            neighbours.sort_unstable();
        }
        adjacent
    }
}

/// The vertices in RD metres.
fn in_metres(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    polygons.map_coords(|coord| {
        let rd = Wgs84::from_coord(coord).to_rd();
        Coord { x: rd.x, y: rd.y }
    })
}

/// Over how many metres two edges are one border: the part of `edge` beside `other`, when they run in opposite directions
/// and both ends of that part are within the tolerance of the line through `other`.
///
/// Looking at both ends of the whole part keeps two edges that leave one corner at an acute angle from counting.
fn overlap_m(edge: Line<f64>, other: Line<f64>) -> f64 {
    let along = edge.delta();
    let length = along.x.hypot(along.y);
    let across = other.delta();
    let other_length = across.x.hypot(across.y);
    if length == 0.0 || other_length == 0.0 || along.x * across.x + along.y * across.y >= 0.0 {
        return 0.0;
    }
    // Along the shorter of the two lines the slope of the other matters least, so `edge` is the ruler.
    let place = |coord: Coord<f64>| {
        let from = coord - edge.start;
        (
            (from.x * along.x + from.y * along.y) / length,
            (from.x * along.y - from.y * along.x) / length,
        )
    };
    // The other runs backwards: its end comes first.
    let ((first, first_off), (last, last_off)) = (place(other.end), place(other.start));
    let (from, to) = (first.max(0.0), last.min(length));
    if to <= from {
        return 0.0;
    }
    let off = |at: f64| first_off + (last_off - first_off) * (at - first) / (last - first);
    if off(from).abs() <= TOLERANCE_M && off(to).abs() <= TOLERANCE_M {
        to - from
    } else {
        0.0
    }
}
