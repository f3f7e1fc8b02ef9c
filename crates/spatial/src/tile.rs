//! A tile of a web map (OGC two-dimensional tile matrix set WebMercatorQuad), and what of a shape is in it.
//!
//! Coordinates in a tile are whole numbers from its northwestern corner, x to the east and y to the south, [`EXTENT`] to a
//! side, as in the Mapbox Vector Tile Specification 2.1. Edges are drawn straight between vertices, as every web map does.

use geo::{Area as _, Coord, LineString, MapCoords, Polygon, Rect};

use super::{Bbox, MultiPolygon, Rd, SpatialError, Wgs84, Zoom, cluster, snap::to_grid};

/// Units to a side of a tile.
pub const EXTENT: u32 = 4096;

/// So far beyond its sides is drawn, so that marks and lines are whole at them: 16 pixels of 256.
const BUFFER: f64 = 256.0;

/// A polygon or hole smaller than this is not drawn: a sixteenth of a pixel of 256, square.
const SMALLEST: f64 = 16.0;

/// A tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    zoom: Zoom,
    column: u32,
    row: u32,
}

impl Tile {
    /// The tile of a zoom level from 0 to 22, a column from the west and a row from the north.
    ///
    /// # Errors
    /// [`SpatialError::Zoom`] for another level, [`SpatialError::Tile`] for a column or row that the level does not have.
    pub fn new(zoom: i32, column: u32, row: u32) -> Result<Self, SpatialError> {
        let level = Zoom::new(zoom)?;
        let most = level.tiles() - 1;
        if column > most || row > most {
            return Err(SpatialError::Tile { zoom, column, row, most });
        }
        Ok(Self { zoom: level, column, row })
    }

    /// What it shows, its buffer included.
    ///
    /// # Units
    /// Degrees, CRS84.
    #[must_use]
    pub fn bounds(self) -> Bbox {
        let side = f64::from(EXTENT);
        let (west, north) = self.degrees(-BUFFER, -BUFFER);
        let (east, south) = self.degrees(side + BUFFER, side + BUFFER);
        Bbox::of(geo::Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }))
    }

    /// A point in it, or in its buffer.
    #[must_use]
    pub fn point(self, at: Wgs84) -> Option<[i32; 2]> {
        let Coord { x, y } = self.place(at.coord());
        let reach = -BUFFER..f64::from(EXTENT) + BUFFER;
        #[expect(clippy::cast_possible_truncation, reason = "within the tile and its buffer")]
        let whole = |number: f64| number.round() as i32;
        (reach.contains(&x) && reach.contains(&y)).then(|| [whole(x), whole(y)])
    }

    /// What of polygons in longitude and latitude is in it and its buffer: valid as it is written in whole numbers, the outer
    /// rings of positive area by the surveyor's formula.
    #[must_use]
    pub fn polygons(self, polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let placed = polygons.map_coords(|at| self.place(at));
        let side = f64::from(EXTENT) + BUFFER;
        let clipped = clipped(&placed, Rect::new((-BUFFER, -BUFFER), (side, side)));
        // Where a ring leaves the tile and returns, cutting leaves edges over each other along the side; the even-odd rule
        // takes them away.
        let drawn = to_grid(&clipped, SMALLEST);
        if drawn.unsigned_area() < SMALLEST { MultiPolygon(Vec::new()) } else { drawn }
    }

    /// The same of polygons in RD metres whose vertices are close together. What lies far from the tile is not converted.
    #[must_use]
    pub fn polygons_rd(self, polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let bounds = self.bounds();
        let corners = [
            (bounds.west(), bounds.south()),
            (bounds.west(), bounds.north()),
            (bounds.east(), bounds.south()),
            (bounds.east(), bounds.north()),
        ];
        let corners = corners.map(|(lon, lat)| Wgs84 { lon, lat }.to_rd());
        let within = |axis: fn(&Rd) -> f64| {
            let sides = corners.iter().map(axis);
            (sides.clone().fold(f64::INFINITY, f64::min), sides.fold(f64::NEG_INFINITY, f64::max))
        };
        let ((west, east), (south, north)) = (within(|at| at.x), within(|at| at.y));
        // A side of a tile is bent in metres, by less than this part of its length.
        let spare = ((east - west).max(north - south)) * 0.1;
        let is_near = corners.iter().all(|at| Rd::checked(at.x, at.y).is_ok());
        let near = if is_near {
            clipped(polygons, Rect::new((west - spare, south - spare), (east + spare, north + spare)))
        } else {
            polygons.clone()
        };
        self.polygons(&near.map_coords(|at| {
            let at = Rd { x: at.x, y: at.y }.to_wgs84();
            Coord { x: at.lon, y: at.lat }
        }))
    }

    /// Where a position in degrees lies in the coordinates of the tile.
    fn place(self, at: Coord<f64>) -> Coord<f64> {
        let (across, down) = cluster::mercator(Wgs84 { lon: at.x, lat: at.y });
        let tiles = f64::from(self.zoom.tiles());
        let within = |part: f64, index: u32| (part * tiles - f64::from(index)) * f64::from(EXTENT);
        Coord { x: within(across, self.column), y: within(down, self.row) }
    }

    fn degrees(self, x: f64, y: f64) -> (f64, f64) {
        let tiles = f64::from(self.zoom.tiles());
        let part = |at: f64, index: u32| ((f64::from(index) + at / f64::from(EXTENT)) / tiles).clamp(0.0, 1.0);
        let Wgs84 { lon, lat } = cluster::unmercator(part(x, self.column), part(y, self.row));
        (lon, lat)
    }
}

/// What of polygons lies within a box; rings may then have edges over each other along its sides.
fn clipped(polygons: &MultiPolygon<f64>, within: Rect<f64>) -> MultiPolygon<f64> {
    let ring = |ring: &LineString<f64>| clip(&ring.0, within);
    let clipped = polygons.iter().filter_map(|polygon| {
        let outer = ring(polygon.exterior());
        (outer.len() > 2).then(|| {
            let holes = polygon.interiors().iter().map(ring).filter(|hole| hole.len() > 2);
            Polygon::new(LineString(outer), holes.map(LineString).collect())
        })
    });
    MultiPolygon(clipped.collect())
}

/// What of a ring lies within a box (Sutherland and Hodgman, 1974).
fn clip(ring: &[Coord<f64>], within: Rect<f64>) -> Vec<Coord<f64>> {
    let (low, high) = (within.min(), within.max());
    let mut clipped = ring.to_vec();
    for (is_x, limit, keeps_above) in
        [(true, low.x, true), (true, high.x, false), (false, low.y, true), (false, high.y, false)]
    {
        let of = |at: &Coord<f64>| if is_x { at.x } else { at.y };
        let is_in = |at: &Coord<f64>| if keeps_above { of(at) >= limit } else { of(at) <= limit };
        let mut kept = Vec::with_capacity(clipped.len());
        for (index, to) in clipped.iter().enumerate() {
            let from = &clipped[if index == 0 { clipped.len() - 1 } else { index - 1 }];
            if is_in(from) != is_in(to) {
                let part = (limit - of(from)) / (of(to) - of(from));
                let mut at = *from + (*to - *from) * part;
                // On the side itself, so that the neighbouring polygon has the same vertex.
                *(if is_x { &mut at.x } else { &mut at.y }) = limit;
                kept.push(at);
            }
            if is_in(to) {
                kept.push(*to);
            }
        }
        clipped = kept;
    }
    if let (Some(first), Some(last)) = (clipped.first().copied(), clipped.last())
        && first != *last
    {
        clipped.push(first);
    }
    clipped
}

#[cfg(test)]
mod tests {
    use geo::{BooleanOps, Validation};
    use proptest::prelude::*;

    use super::*;

    fn tile(zoom: i32, column: u32, row: u32) -> Tile {
        Tile::new(zoom, column, row).unwrap()
    }

    /// Degrees and tiles from the examples of mercantile, another program.
    #[test]
    fn a_tile_is_where_others_have_it() {
        // mercantile.bounds(Tile(x=33, y=21, z=6)), without a buffer
        let (west, north) = tile(6, 33, 21).degrees(0.0, 0.0);
        let (east, south) = tile(6, 33, 21).degrees(4096.0, 4096.0);
        let expected = [5.625, 48.922_499_263_758_24, 11.25, 52.482_780_222_078_21];
        for (found, expected) in [west, south, east, north].into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
        // Dalfsen at zoom 14: mercantile.tile(6.2563, 52.5103, 14)
        assert!(tile(14, 8476, 5373).point(Wgs84 { lon: 6.2563, lat: 52.5103 }).is_some());
        assert_eq!(tile(0, 0, 0).point(Wgs84 { lon: 0.0, lat: 0.0 }), Some([2048, 2048]));
    }

    #[test]
    fn a_tile_that_there_is_not_is_refused() {
        assert_eq!(Tile::new(23, 0, 0), Err(SpatialError::Zoom(23)));
        assert_eq!(Tile::new(-1, 0, 0), Err(SpatialError::Zoom(-1)));
        assert_eq!(Tile::new(1, 2, 0), Err(SpatialError::Tile { zoom: 1, column: 2, row: 0, most: 1 }));
        assert!(Tile::new(22, (1 << 22) - 1, (1 << 22) - 1).is_ok());
    }

    /// A star around a centre in Overijssel, valid or not.
    fn star() -> impl Strategy<Value = Polygon<f64>> {
        let centre = (5.8..7.0, 52.2..52.8);
        (centre, prop::collection::vec(0.001..0.6_f64, 3..24)).prop_map(|((lon, lat), spokes)| {
            let count = spokes.len();
            let vertex = |(index, length): (usize, &f64)| {
                let turn = std::f64::consts::TAU * index as f64 / count as f64;
                Coord { x: lon + length * turn.cos(), y: lat + length * turn.sin() }
            };
            Polygon::new(spokes.iter().enumerate().map(vertex).collect(), Vec::new())
        })
    }

    proptest! {
        /// Compared with the intersection that `geo` computes.
        #[test]
        fn what_is_drawn_of_a_polygon_is_what_lies_in_the_tile(
            star in star(), zoom in 6..12_i32, dx in 0..3_u32, dy in 0..3_u32,
        ) {
            let at = star.exterior().0[0];
            let (across, down) = cluster::mercator(Wgs84 { lon: at.x, lat: at.y });
            let tiles = f64::from(1_u32 << zoom);
            let (column, row) = ((across * tiles) as u32 + dx - 1, (down * tiles) as u32 + dy - 1);
            let tile = tile(zoom, column, row);
            let drawn = tile.polygons(&star.clone().into());
            prop_assert!(drawn.is_valid(), "{drawn:?}");
            let side = f64::from(EXTENT) + BUFFER;
            let square = geo::Rect::new(Coord { x: -BUFFER, y: -BUFFER }, Coord { x: side, y: side }).to_polygon();
            let expected = star.map_coords(|at| tile.place(at)).intersection(&square);
            let (found, expected) = (drawn.unsigned_area(), expected.unsigned_area());
            // Half a unit along the outline, and what is too small to be drawn.
            let slack = 40.0 * side + 100.0;
            prop_assert!((found - expected).abs() <= slack, "{found} {expected}");
            for polygon in &drawn {
                prop_assert!(polygon.signed_area() > 0.0);
                for at in &polygon.exterior().0 {
                    prop_assert!(at.x.fract() == 0.0 && at.x >= -BUFFER && at.x <= side && at.y >= -BUFFER && at.y <= side);
                }
            }
            // Of the same in metres, whose edges are bent a little in degrees.
            let rd = tile.polygons_rd(&crate::crs::to_rd(&star.into()));
            prop_assert!((rd.unsigned_area() - found).abs() <= slack * f64::from(1 << (zoom - 6)), "{} {found}", rd.unsigned_area());
        }

        /// So that no line shows between two tiles: what two of them show of one polygon along the side that they share is the same.
        #[test]
        fn tiles_agree_along_the_side_that_they_share(star in star(), zoom in 7..11_i32) {
            let at = star.exterior().0[0];
            let (across, down) = cluster::mercator(Wgs84 { lon: at.x, lat: at.y });
            let tiles = f64::from(1_u32 << zoom);
            let (column, row) = ((across * tiles) as u32, (down * tiles) as u32);
            let near_side = |drawn: MultiPolygon<f64>, from: f64| {
                let square = geo::Rect::new(Coord { x: from - 100.0, y: 0.0 }, Coord { x: from + 100.0, y: 4096.0 });
                drawn.intersection(&square.to_polygon()).unsigned_area()
            };
            let left = near_side(tile(zoom, column, row).polygons(&star.clone().into()), 4096.0);
            let right = near_side(tile(zoom, column + 1, row).polygons(&star.clone().into()), 0.0);
            prop_assert!((left - right).abs() < 40.0 * 200.0, "{left} {right}");
        }
    }

    #[test]
    fn what_lies_elsewhere_is_not_drawn() {
        let far = Polygon::new(LineString::from(vec![(4.0, 51.0), (4.1, 51.0), (4.1, 51.1), (4.0, 51.0)]), Vec::new());
        assert!(tile(10, 530, 335).polygons(&far.into()).0.is_empty());
        assert_eq!(tile(10, 530, 335).point(Wgs84 { lon: 4.0, lat: 51.0 }), None);
    }
}
