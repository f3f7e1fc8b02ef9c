//! Outlines of municipalities and settlements: which one holds a point, how large it is, which ones are its neighbours.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use geo::orient::Direction;
use geo::{Area as _, Coord, Intersects as _, Line, LinesIter, Orient, Relate as _};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree, RTreeObject};

use super::crs::to_rd;
use super::{MultiPolygon, Region, Wgs84};

/// How far apart two borders may run and still be one: the published borders share their vertices, but are rounded, and a
/// vertex of one may lie in the middle of an edge of the other. A metre is far below the precision of any of them.
const TOLERANCE_M: f64 = 1.0;

/// How much border two neighbours have in common at least. Within the tolerance a corner looks like a border of up to
/// a few metres; ten metres is more than that, and less than any border of a real municipality.
const SHORTEST_BORDER_M: f64 = 10.0;

/// Outlines in longitude and latitude, whose coordinates are finite, known by the order in which they are given (0, 1, …).
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
        let areas_m2 = regions.iter().map(|region| to_rd(region.polygons()).unsigned_area()).collect();
        let bounds = (0..).zip(&regions).filter_map(|(outline, region)| {
            let bounds = region.bounds()?;
            let rectangle = Rectangle::from_corners([bounds.west(), bounds.south()], [bounds.east(), bounds.north()]);
            Some(GeomWithData::new(rectangle, outline))
        });
        Self { areas_m2, bounds: RTree::bulk_load(bounds.collect()), regions, adjacent: OnceLock::new() }
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
        let candidates = self.bounds.locate_in_envelope_intersecting(&at).map(|outline| outline.data);
        let mut holding: Vec<u32> = candidates.filter(|&outline| self.contains(outline, point)).collect();
        holding.sort_unstable();
        holding
    }

    /// The outlines that share a point with a region, ascending; a shared border is enough.
    #[must_use]
    pub fn meeting(&self, region: &Region) -> Vec<u32> {
        let Some(bounds) = region.bounds() else { return Vec::new() };
        let around = AABB::from_corners([bounds.west(), bounds.south()], [bounds.east(), bounds.north()]);
        let candidates = self.bounds.locate_in_envelope_intersecting(&around).map(|outline| outline.data);
        let meets = |outline: &u32| self.get(*outline).is_some_and(|own| own.polygons().intersects(region.polygons()));
        let mut meeting: Vec<u32> = candidates.filter(meets).collect();
        meeting.sort_unstable();
        meeting
    }

    /// Whether an outline holds the whole of a region, which may touch its boundary.
    #[must_use]
    pub fn holds(&self, outline: u32, region: &Region) -> bool {
        self.get(outline).is_some_and(|own| own.polygons().relate(region.polygons()).is_contains())
    }

    /// Whether an outline holds a point, inside or on its boundary.
    #[must_use]
    pub fn contains(&self, outline: u32, point: Wgs84) -> bool {
        self.get(outline).is_some_and(|region| region.contains(point))
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
            let oriented = to_rd(region.polygons()).orient(Direction::Default);
            let edges: Vec<_> = oriented.lines_iter().map(|edge| GeomWithData::new(edge, outline)).collect();
            edges
        });
        let edges: RTree<GeomWithData<Line<f64>, u32>> = RTree::bulk_load(edges.collect());
        let mut shared_m: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for edge in &edges {
            let envelope = edge.envelope();
            let reach = |coord: geo::Point<f64>, by: f64| geo::Point::new(coord.x() + by, coord.y() + by);
            let around =
                AABB::from_corners(reach(envelope.lower(), -TOLERANCE_M), reach(envelope.upper(), TOLERANCE_M));
            for other in edges.locate_in_envelope_intersecting(&around).filter(|other| other.data > edge.data) {
                *shared_m.entry((edge.data, other.data)).or_default() += overlap_m(*edge.geom(), *other.geom());
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

/// Over how many metres two edges are one border: the part of `edge` beside `other`, when they run in opposite directions
/// and both ends of that part are within the tolerance of the line through `other`.
///
/// Looking at both ends of the whole part keeps two edges that leave one corner at an acute angle from counting.
fn overlap_m(edge: Line<f64>, other: Line<f64>) -> f64 {
    let along = edge.delta();
    let length = along.x.hypot(along.y);
    if length == 0.0 {
        return 0.0;
    }
    // Metres along `edge` from its start, and metres to the right of it.
    let place = |coord: Coord<f64>| {
        let from = coord - edge.start;
        ((from.x * along.x + from.y * along.y) / length, (from.x * along.y - from.y * along.x) / length)
    };
    // The other runs backwards: its end comes first. One that runs forwards or across overlaps nowhere.
    let ((first, first_off), (last, last_off)) = (place(other.end), place(other.start));
    let (from, to) = (first.max(0.0), last.min(length));
    if to <= from {
        return 0.0;
    }
    let off = |at: f64| first_off + (last_off - first_off) * (at - first) / (last - first);
    if off(from).abs() <= TOLERANCE_M && off(to).abs() <= TOLERANCE_M { to - from } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use geo::{CoordsIter, GeodesicArea};
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::oracle::{self, Grid, comb, grid, polygons};
    use super::super::{Rd, geojson};
    use super::*;

    /// The published borders of the 25 municipalities, with their names.
    fn municipalities() -> (Vec<String>, Vec<MultiPolygon<f64>>) {
        let text =
            fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../seed/municipalities.geojson")).unwrap();
        let collection: Value = serde_json::from_str(&text).unwrap();
        let features = collection["features"].as_array().unwrap();
        features
            .iter()
            .map(|feature| {
                let name = feature["properties"]["name"].as_str().unwrap().to_owned();
                (name, geojson::parse_area(feature, 10_000).unwrap())
            })
            .unzip()
    }

    #[test]
    fn an_outline_holds_what_lies_in_it_and_meets_what_shares_a_point() {
        let square = |west: f64, south: f64, side: f64| {
            let (east, north) = (west + side, south + side);
            let ring = vec![(west, south), (east, south), (east, north), (west, north), (west, south)];
            MultiPolygon(vec![geo::Polygon::new(ring.into(), Vec::new())])
        };
        // Two beside one another, and one far away.
        let outlines = Outlines::new([square(6.0, 52.0, 1.0), square(7.0, 52.0, 1.0), square(9.0, 52.0, 1.0)]);
        for (name, asked, meeting, held) in [
            ("inside", square(6.2, 52.2, 0.2), &[0][..], &[0][..]),
            ("inside, along the border of the two", square(6.8, 52.2, 0.2), &[0, 1], &[0]),
            ("across that border", square(6.9, 52.2, 0.2), &[0, 1], &[]),
            ("the same", square(6.0, 52.0, 1.0), &[0, 1], &[0]),
            ("around all", square(5.0, 51.0, 6.0), &[0, 1, 2], &[]),
            ("elsewhere", square(3.0, 50.0, 0.5), &[], &[]),
        ] {
            let asked = Region::new(asked);
            assert_eq!(outlines.meeting(&asked), meeting, "{name}");
            let holding: Vec<u32> = (0..3).filter(|outline| outlines.holds(*outline, &asked)).collect();
            assert_eq!(holding, held, "{name}");
        }
        // Two parts, of which one lies elsewhere.
        let parts = MultiPolygon(vec![square(6.2, 52.2, 0.2).0.remove(0), square(9.2, 52.2, 0.2).0.remove(0)]);
        let asked = Region::new(parts);
        assert_eq!(outlines.meeting(&asked), [0, 2]);
        assert!((0..4).all(|outline| !outlines.holds(outline, &asked)));
    }

    /// Shared borders longer than a metre on the same boundaries, computed with shapely 2.2 / GEOS 3.14; the shortest
    /// (Ommen and Raalte) is 687 m, and no two municipalities meet in a point only.
    const NEIGHBOURS: &str = "\
Almelo: Borne, Hof van Twente, Tubbergen, Twenterand, Wierden
Borne: Almelo, Dinkelland, Hengelo, Hof van Twente, Tubbergen
Dalfsen: Hardenberg, Ommen, Raalte, Staphorst, Zwolle
Deventer: Olst-Wijhe, Raalte, Rijssen-Holten
Dinkelland: Borne, Enschede, Hengelo, Losser, Oldenzaal, Tubbergen
Enschede: Dinkelland, Haaksbergen, Hengelo, Losser, Oldenzaal
Haaksbergen: Enschede, Hengelo, Hof van Twente
Hardenberg: Dalfsen, Ommen, Staphorst, Twenterand
Hellendoorn: Ommen, Raalte, Rijssen-Holten, Twenterand, Wierden
Hengelo: Borne, Dinkelland, Enschede, Haaksbergen, Hof van Twente
Hof van Twente: Almelo, Borne, Haaksbergen, Hengelo, Rijssen-Holten, Wierden
Kampen: Zwartewaterland, Zwolle
Losser: Dinkelland, Enschede, Oldenzaal
Oldenzaal: Dinkelland, Enschede, Losser
Olst-Wijhe: Deventer, Raalte, Zwolle
Ommen: Dalfsen, Hardenberg, Hellendoorn, Raalte, Twenterand
Raalte: Dalfsen, Deventer, Hellendoorn, Olst-Wijhe, Ommen, Rijssen-Holten, Zwolle
Rijssen-Holten: Deventer, Hellendoorn, Hof van Twente, Raalte, Wierden
Staphorst: Dalfsen, Hardenberg, Steenwijkerland, Zwartewaterland, Zwolle
Steenwijkerland: Staphorst, Zwartewaterland
Tubbergen: Almelo, Borne, Dinkelland, Twenterand
Twenterand: Almelo, Hardenberg, Hellendoorn, Ommen, Tubbergen, Wierden
Wierden: Almelo, Hellendoorn, Hof van Twente, Rijssen-Holten, Twenterand
Zwartewaterland: Kampen, Staphorst, Steenwijkerland, Zwolle
Zwolle: Dalfsen, Kampen, Olst-Wijhe, Raalte, Staphorst, Zwartewaterland
";

    fn table(names: &[String], outlines: &Outlines) -> String {
        let mut rows: Vec<String> = (0..)
            .zip(names)
            .map(|(outline, name)| {
                let mut neighbours: Vec<&str> =
                    outlines.adjacent(outline).iter().map(|&other| names[other as usize].as_str()).collect();
                neighbours.sort_unstable();
                format!("{name}: {}\n", neighbours.join(", "))
            })
            .collect();
        rows.sort_unstable();
        rows.concat()
    }

    #[test]
    fn the_municipalities_have_the_neighbours_that_another_library_finds() {
        let (names, outlines) = municipalities();
        assert_eq!(table(&names, &Outlines::new(outlines)), NEIGHBOURS);
    }

    #[test]
    fn a_vertex_that_only_one_of_two_neighbours_has_does_not_part_them() {
        let (names, mut outlines) = municipalities();
        for (every, outline) in (2..5).cycle().zip(&mut outlines) {
            // Points halfway along the edges, rounded as published coordinates are, in a different rhythm for each.
            let denser = |ring: &geo::LineString<f64>| -> geo::LineString<f64> {
                let mut coords = Vec::new();
                for (place, edge) in ring.lines().enumerate() {
                    coords.push(edge.start);
                    if place % every == 0 {
                        let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
                        coords.push(Coord {
                            x: round((edge.start.x + edge.end.x) / 2.0),
                            y: round((edge.start.y + edge.end.y) / 2.0),
                        });
                    }
                }
                geo::LineString(coords)
            };
            for polygon in &mut outline.0 {
                let (exterior, interiors) =
                    (denser(polygon.exterior()), polygon.interiors().iter().map(denser).collect());
                *polygon = geo::Polygon::new(exterior, interiors);
            }
        }
        assert_eq!(table(&names, &Outlines::new(outlines)), NEIGHBOURS);
    }

    fn square(east: i64, north: i64, side: i64) -> oracle::Corners {
        let at = |east, north| Grid { east, north };
        vec![at(east, north), at(east + side, north), at(east + side, north + side), at(east, north + side)]
    }

    #[test]
    fn four_squares_around_a_point_are_neighbours_along_their_sides_only() {
        let squares = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(east, north)| polygons(&[vec![square(east, north, 1)]]));
        let outlines = Outlines::new(squares);
        let neighbours: Vec<_> = (0..4).map(|outline| outlines.adjacent(outline).to_vec()).collect();
        assert_eq!(neighbours, [vec![1, 2], vec![0, 3], vec![0, 3], vec![1, 2]]);
    }

    #[test]
    fn wedges_that_leave_one_point_at_an_acute_angle_are_not_neighbours() {
        let at = |east, north| Grid { east, north };
        let wedges = [vec![at(0, 0), at(20, 1), at(20, 2)], vec![at(0, 0), at(20, -1), at(20, 0)]];
        let outlines = Outlines::new(wedges.map(|wedge| polygons(&[vec![wedge]])));
        assert!(outlines.adjacent(0).is_empty());
        assert!(outlines.adjacent(1).is_empty());
    }

    #[test]
    fn edges_count_where_they_run_side_by_side_in_opposite_directions() {
        let line = |from: (f64, f64), to: (f64, f64)| Line::new(from, to);
        let edge = line((0.0, 0.0), (100.0, 0.0));
        assert_eq!(overlap_m(edge, line((100.0, 0.0), (0.0, 0.0))), 100.0);
        assert_eq!(overlap_m(edge, line((30.0, 0.9), (-50.0, 0.9))), 30.0);
        // Half a metre off at the end of the edge, five metres off at its own.
        assert_eq!(overlap_m(edge, line((1_000.0, 5.0), (0.0, 0.0))), 100.0);
        assert_eq!(overlap_m(edge, line((1_000.0, 50.0), (0.0, 0.0))), 0.0);
        assert_eq!(overlap_m(edge, line((30.0, 1.1), (-50.0, 1.1))), 0.0);
        assert_eq!(overlap_m(edge, line((0.0, 0.0), (100.0, 0.0))), 0.0);
        assert_eq!(overlap_m(edge, line((50.0, 0.5), (50.0, -0.5))), 0.0);
        assert_eq!(overlap_m(edge, line((200.0, 0.0), (100.0, 0.0))), 0.0);
    }

    #[test]
    fn an_enclave_is_a_neighbour_and_a_part_is_not() {
        let around = polygons(&[vec![square(0, 0, 9), square(3, 3, 2)]]);
        let enclave = polygons(&[vec![square(3, 3, 2)]]);
        let part = polygons(&[vec![square(0, 0, 2)]]);
        let outlines = Outlines::new([around, enclave, part]);
        let neighbours: Vec<_> = (0..3).map(|outline| outlines.adjacent(outline).to_vec()).collect();
        assert_eq!(neighbours, [vec![1], vec![0], vec![]]);
    }

    #[test]
    fn the_areas_are_those_on_the_ellipsoid_and_in_the_statistics() {
        let (names, polygons) = municipalities();
        let outlines = Outlines::new(polygons.clone());
        let mut sum_m2 = 0.0;
        for ((outline, name), polygons) in (0..).zip(&names).zip(&polygons) {
            let (planar, geodesic) = (outlines.area_m2(outline), polygons.geodesic_area_unsigned());
            sum_m2 += planar;
            // The scale of RD is 0.99991 to 1.00003 over the province, squared.
            assert!((planar / geodesic - 1.0).abs() < 0.0002, "{name}: {planar} and {geodesic} m²");
        }
        // CBS: 3,319.0 km² land and 101.8 km² water, of which these boundaries leave out 12 km² near Kampen.
        assert!((sum_m2 / 3_408.8e6 - 1.0).abs() < 0.001, "{sum_m2} m²");
    }

    #[test]
    fn a_known_point_lies_in_its_municipality_and_one_abroad_in_none() {
        let (names, outlines) = municipalities();
        let outlines = Outlines::new(outlines);
        let at = |lon, lat| -> Vec<&str> {
            outlines
                .containing(Wgs84 { lon, lat })
                .into_iter()
                .map(|outline| names[outline as usize].as_str())
                .collect()
        };
        // The Peperbus of Zwolle, the Lebuïnus church of Deventer, Giethoorn; Bad Bentheim.
        assert_eq!(at(6.0895, 52.5118), ["Zwolle"]);
        assert_eq!(at(6.1553, 52.2518), ["Deventer"]);
        assert_eq!(at(6.0770, 52.7390), ["Steenwijkerland"]);
        assert_eq!(at(7.1570, 52.3010), [""; 0]);
    }

    #[test]
    fn a_point_on_a_shared_border_lies_in_both() {
        let (names, outlines) = municipalities();
        let zwolle = names.iter().position(|name| name == "Zwolle").unwrap();
        let vertices: Vec<Wgs84> = outlines[zwolle].exterior_coords_iter().map(Wgs84::from_coord).collect();
        let outlines = Outlines::new(outlines);
        let shared = vertices.iter().filter(|vertex| outlines.containing(**vertex).len() > 1).count();
        // All but the stretch along the IJssel, where Gelderland lies on the other side.
        assert!(shared > vertices.len() / 2, "{shared} of {}", vertices.len());
        for vertex in vertices {
            assert!(outlines.contains(u32::try_from(zwolle).unwrap(), vertex), "{vertex:?}");
        }
    }

    proptest! {
        #[test]
        fn containing_equals_asking_each(combs in proptest::collection::vec(comb(), 0..6), points in proptest::collection::vec(grid(), 40)) {
            let outlines = Outlines::new(combs.iter().map(|comb| polygons(comb)));
            for point in points {
                let expected: Vec<u32> = (0..).zip(&combs).filter(|(_, comb)| oracle::holds(comb, point)).map(|(outline, _)| outline).collect();
                prop_assert_eq!(outlines.containing(point.wgs84()), expected);
            }
        }
    }

    #[test]
    fn an_index_that_was_not_given_has_nothing() {
        let outlines = Outlines::new([polygons(&[vec![square(0, 0, 1)]])]);
        assert_eq!((outlines.len(), outlines.is_empty()), (1, false));
        assert!(!outlines.contains(7, Rd { x: 203_000.0, y: 503_000.0 }.to_wgs84()));
        assert_eq!(outlines.area_m2(7), 0.0);
        assert!(outlines.adjacent(7).is_empty());
        assert!(outlines.get(7).is_none());
    }
}
