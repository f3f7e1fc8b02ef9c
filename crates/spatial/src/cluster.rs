//! Places that lie close together on a map, drawn as one.
//!
//! With `tile` the one place where Web Mercator (EPSG:3857) is used: its pixels are what a web map shows. Its scale over Overijssel is
//! 1.63 to 1.66, so nothing is measured in it.

use std::collections::HashMap;
use std::f64::consts::PI;

use super::{SpatialError, Wgs84};

/// Width of a tile of a web map, pixels.
const TILE_PX: u32 = 256;
/// Width of the square in which places become one, pixels: a mark of 40 pixels with some room.
const CELL_PX: u32 = 64;
/// Where Web Mercator ends, degrees: the latitude at which the world is a square.
const MAX_LATITUDE: f64 = 85.051_128_779_806_6;

/// A zoom level of a web map: at 0 the world is one tile of 256 pixels, each level doubles its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zoom(u8);

impl Zoom {
    /// The deepest level.
    pub const MAX: u8 = 22;

    /// A level from 0 to [`Self::MAX`].
    ///
    /// # Errors
    /// [`SpatialError::Zoom`] for another.
    pub fn new(level: i32) -> Result<Self, SpatialError> {
        let known = u8::try_from(level).ok().filter(|level| *level <= Self::MAX);
        known.map(Self).ok_or(SpatialError::Zoom(level))
    }

    /// How many cells the world is wide.
    fn cells(self) -> f64 {
        f64::from((TILE_PX / CELL_PX) << self.0)
    }

    /// How many tiles the world is wide.
    pub(super) fn tiles(self) -> u32 {
        1 << self.0
    }

    /// The cell of a point, from the northwest.
    fn cell(self, at: Wgs84) -> Cell {
        let (across, down) = mercator(at);
        // The eastern and southern edge of the world belong to the last cell. A float below zero becomes zero.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 2^24 cells")]
        let cell = |part: f64| (part * self.cells()).floor().min(self.cells() - 1.0) as u32;
        Cell { column: cell(across), row: cell(down) }
    }
}

/// Where a point lies in the square of the world, from the northwest: parts of its width and height.
pub(super) fn mercator(at: Wgs84) -> (f64, f64) {
    let latitude = at.lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    ((at.lon + 180.0) / 360.0, (1.0 - latitude.tan().asinh() / PI) / 2.0)
}

/// The point that lies there.
pub(super) fn unmercator(across: f64, down: f64) -> Wgs84 {
    Wgs84 { lon: across * 360.0 - 180.0, lat: ((1.0 - 2.0 * down) * PI).sinh().atan().to_degrees() }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Cell {
    column: u32,
    row: u32,
}

/// Places in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The mean of their longitudes and latitudes, six decimals (a decimetre), within `extent`.
    pub centre: Wgs84,
    /// West, south, east and north of them, CRS84 degrees.
    pub extent: [f64; 4],
    /// The places by index, in the order given; at least one.
    pub members: Vec<u32>,
}

/// Groups places by the cells of 64 by 64 pixels of a web map; most places first, equal ones in the order of their first
/// place. Each place is in one cluster.
///
/// The same places in the same order give the same clusters. A place farther than a cell from another is never with it, but
/// two on both sides of a cell's edge may lie close together. Deeper in, clusters only fall apart.
///
/// # Example
/// ```
/// use noaber_spatial::{Wgs84, Zoom, cluster::clusters};
///
/// let (dalfsen, zwolle) = (Wgs84 { lon: 6.26, lat: 52.51 }, Wgs84 { lon: 6.09, lat: 52.51 });
/// assert_eq!(clusters([(0, dalfsen), (1, zwolle)], Zoom::new(5)?)[0].members, [0, 1]);
/// assert_eq!(clusters([(0, dalfsen), (1, zwolle)], Zoom::new(10)?).len(), 2);
/// # Ok::<(), noaber_spatial::SpatialError>(())
/// ```
pub fn clusters(places: impl IntoIterator<Item = (u32, Wgs84)>, zoom: Zoom) -> Vec<Cluster> {
    let mut cells: HashMap<Cell, usize> = HashMap::new();
    let mut clusters: Vec<Cluster> = Vec::new();
    for (place, at) in places {
        let slot = *cells.entry(zoom.cell(at)).or_insert(clusters.len());
        if slot == clusters.len() {
            // A sum until the end.
            let centre = Wgs84 { lon: 0.0, lat: 0.0 };
            clusters.push(Cluster { centre, extent: [at.lon, at.lat, at.lon, at.lat], members: Vec::new() });
        }
        let cluster = &mut clusters[slot];
        cluster.members.push(place);
        cluster.centre = Wgs84 { lon: cluster.centre.lon + at.lon, lat: cluster.centre.lat + at.lat };
        let [west, south, east, north] = cluster.extent;
        cluster.extent = [west.min(at.lon), south.min(at.lat), east.max(at.lon), north.max(at.lat)];
    }
    for cluster in &mut clusters {
        #[expect(clippy::cast_precision_loss, reason = "a count of places is far below 2^53")]
        let count = cluster.members.len() as f64;
        let [west, south, east, north] = cluster.extent;
        // Rounding may step over the extent, which for places on one point has no width.
        let mean = |sum: f64, low: f64, high: f64| ((sum / count * 1e6).round() / 1e6).clamp(low, high);
        cluster.centre =
            Wgs84 { lon: mean(cluster.centre.lon, west, east), lat: mean(cluster.centre.lat, south, north) };
    }
    // Stable: clusters were made in the order of their first place.
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.members.len()));
    clusters
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::oracle::places;
    use super::*;

    fn at(places: &[Wgs84], level: i32) -> Vec<Cluster> {
        clusters((0..).zip(places.iter().copied()), Zoom::new(level).unwrap())
    }

    fn members(clusters: &[Cluster]) -> BTreeSet<Vec<u32>> {
        clusters.iter().map(|cluster| cluster.members.clone()).collect()
    }

    #[test]
    fn a_zoom_that_web_maps_do_not_have_is_refused() {
        assert_eq!(Zoom::new(0), Ok(Zoom(0)));
        assert_eq!(Zoom::new(22), Ok(Zoom(22)));
        insta::assert_snapshot!(Zoom::new(23).unwrap_err(), @"zoom 23 is not between 0 and 22; 0 shows the whole world in one tile, 9 the province, 15 a village");
        for level in [-1, 256, 278, i32::MIN, i32::MAX] {
            assert_eq!(Zoom::new(level), Err(SpatialError::Zoom(level)));
        }
    }

    /// The tiles in which <https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames> puts them: four cells a tile's width.
    #[test]
    fn cells_are_quarters_of_the_tiles_of_web_maps() {
        let tile = |lon, lat, level| {
            let cell = Zoom::new(level).unwrap().cell(Wgs84 { lon, lat });
            (cell.column / 4, cell.row / 4)
        };
        // The corners of the world, and Zwolle, worked out by the formula of that page.
        assert_eq!(tile(0.0, 0.0, 1), (1, 1));
        assert_eq!(tile(-180.0, MAX_LATITUDE, 5), (0, 0));
        assert_eq!(tile(-180.0, 90.0, 5), (0, 0));
        assert_eq!(tile(179.999, -89.0, 5), (31, 31));
        assert_eq!(tile(6.0919, 52.5126, 10), (529, 335));
    }

    #[test]
    fn no_places_are_no_clusters() {
        assert_eq!(at(&[], 7), []);
    }

    proptest! {
        #[test]
        fn each_place_is_in_one_cluster_and_each_cluster_holds_its_centre(places in places(), level in 0..=22) {
            let clusters = at(&places, level);
            let mut all: Vec<u32> = clusters.iter().flat_map(|cluster| cluster.members.clone()).collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..u32::try_from(places.len()).unwrap()).collect::<Vec<_>>());
            for Cluster { centre, extent: [west, south, east, north], members } in clusters {
                prop_assert!((west..=east).contains(&centre.lon) && (south..=north).contains(&centre.lat));
                let own = || members.iter().map(|place| places[*place as usize]);
                for (edge, place) in [
                    (west, own().map(|place| place.lon).fold(f64::INFINITY, f64::min)),
                    (south, own().map(|place| place.lat).fold(f64::INFINITY, f64::min)),
                    (east, own().map(|place| place.lon).fold(f64::NEG_INFINITY, f64::max)),
                    (north, own().map(|place| place.lat).fold(f64::NEG_INFINITY, f64::max)),
                ] {
                    prop_assert_eq!(edge.to_bits(), place.to_bits());
                }
            }
        }

        #[test]
        fn deeper_in_clusters_only_fall_apart(places in places(), level in 0..22) {
            let coarse = at(&places, level);
            for fine in at(&places, level + 1) {
                prop_assert!(coarse.iter().any(|cluster| fine.members.iter().all(|place| cluster.members.contains(place))));
            }
        }

        #[test]
        fn at_the_deepest_zoom_only_places_on_a_point_are_together(places in places()) {
            // A cell is a few metres wide there; random points are farther apart.
            let mut by_point: BTreeMap<(u64, u64), Vec<u32>> = BTreeMap::new();
            for (place, at) in (0..).zip(&places) {
                by_point.entry((at.lon.to_bits(), at.lat.to_bits())).or_default().push(place);
            }
            prop_assert_eq!(members(&at(&places, 22)), by_point.into_values().collect::<BTreeSet<_>>());
        }

        #[test]
        fn the_order_of_places_changes_no_group(places in places(), level in 0..=22) {
            let forward = members(&at(&places, level));
            let backward = clusters((0..).zip(places.iter().copied()).collect::<Vec<_>>().into_iter().rev(), Zoom::new(level).unwrap());
            let backward = backward.into_iter().map(|mut cluster| { cluster.members.reverse(); cluster.members });
            prop_assert_eq!(backward.collect::<BTreeSet<_>>(), forward);
        }
    }
}
