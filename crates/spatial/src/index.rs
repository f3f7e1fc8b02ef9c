//! Which places lie in an area, and which are the nearest.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::{Area, Rd, Wgs84};

/// The located places of an edition by their index, which is their rank by id.
///
/// A place without a location is not in it, and so in none of its answers.
#[derive(Clone, Debug)]
pub struct PlaceIndex {
    // A box in one plane is no box in the other, so each kind of area has its own tree.
    degrees: RTree<GeomWithData<[f64; 2], (u32, Rd)>>,
    metres: RTree<GeomWithData<[f64; 2], (u32, Wgs84)>>,
}

impl PlaceIndex {
    /// Builds the index. A place whose coordinates are no place on earth is left out.
    pub fn new(places: impl IntoIterator<Item = (u32, Wgs84)>) -> Self {
        let (mut degrees, mut metres) = (Vec::new(), Vec::new());
        for (place, at) in places {
            let rd = at.to_rd();
            if !(rd.x.is_finite() && rd.y.is_finite()) {
                continue;
            }
            degrees.push(GeomWithData::new([at.lon, at.lat], (place, rd)));
            metres.push(GeomWithData::new([rd.x, rd.y], (place, at)));
        }
        Self { degrees: RTree::bulk_load(degrees), metres: RTree::bulk_load(metres) }
    }

    /// The places in an area or on its edge, ascending.
    #[must_use]
    pub fn within(&self, area: &Area) -> Vec<u32> {
        let mut places: Vec<u32> = if let Area::Circle(circle) = area {
            let (centre, radius) = (circle.centre(), circle.radius_m());
            // A metre more, so that rounding at the edge of the box cannot lose what the circle has.
            let reach = radius + 1.0;
            let around = AABB::from_corners([centre.x - reach, centre.y - reach], [centre.x + reach, centre.y + reach]);
            let candidates = self.metres.locate_in_envelope(&around);
            candidates.filter(|place| circle.contains(rd(place))).map(|place| place.data.0).collect()
        } else {
            let Some(bounds) = area.bounds() else {
                return Vec::new();
            };
            let around = AABB::from_corners([bounds.west(), bounds.south()], [bounds.east(), bounds.north()]);
            let candidates = self.degrees.locate_in_envelope(&around);
            let inside = candidates.filter(|place| {
                let [lon, lat] = *place.geom();
                area.contains(Wgs84 { lon, lat }, place.data.1)
            });
            inside.map(|place| place.data.0).collect()
        };
        places.sort_unstable();
        places
    }

    /// The places at most `max_distance_m` away, ascending: those that [`nearest`](Self::nearest) gives, without their order.
    #[must_use]
    pub fn reached(&self, centre: Rd, max_distance_m: f64) -> Vec<u32> {
        let reach = max_distance_m + 1.0;
        let around = AABB::from_corners([centre.x - reach, centre.y - reach], [centre.x + reach, centre.y + reach]);
        let candidates = self.metres.locate_in_envelope(&around);
        let is_reached = |place: &&GeomWithData<[f64; 2], (u32, Wgs84)>| rd(place).distance_m(centre) <= max_distance_m;
        let mut places: Vec<u32> = candidates.filter(is_reached).map(|place| place.data.0).collect();
        places.sort_unstable();
        places
    }

    /// All places with their distance in metres, nearest first; equal distances by ascending index. At most `max_distance_m`
    /// away when given, that distance included.
    ///
    /// The iterator is lazy: the first ten of many thousands cost little, so filter it and take what is needed.
    ///
    /// # Units
    /// Metres in the RD plane, whose scale is 0.99991 to 1.00003 over Overijssel.
    pub fn nearest(&self, centre: Rd, max_distance_m: Option<f64>) -> impl Iterator<Item = (u32, f64)> + '_ {
        let limit = max_distance_m.unwrap_or(f64::INFINITY);
        let mut ascending = self
            .metres
            .nearest_neighbor_iter_with_distance_2(&[centre.x, centre.y])
            .map(|(place, squared)| (place.data.0, squared.sqrt()))
            .take_while(move |(_, distance)| *distance <= limit)
            .peekable();
        // Places that share a point come in any order from the tree: each group of equal distances is sorted as it is reached.
        let mut group = Vec::new().into_iter();
        std::iter::from_fn(move || {
            if let Some(next) = group.next() {
                return Some(next);
            }
            let first = ascending.next()?;
            let mut equal = vec![first];
            while let Some(next) = ascending.next_if(|(_, distance)| *distance == first.1) {
                equal.push(next);
            }
            equal.sort_unstable_by_key(|(place, _)| *place);
            group = equal.into_iter();
            group.next()
        })
    }
}

fn rd(place: &GeomWithData<[f64; 2], (u32, Wgs84)>) -> Rd {
    let [x, y] = *place.geom();
    Rd { x, y }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::oracle::{self, comb, grid, overijssel, places, polygons};
    use super::*;

    fn index(places: &[Wgs84]) -> PlaceIndex {
        PlaceIndex::new((0..).zip(places.iter().copied()))
    }

    fn scan(places: &[Wgs84], holds: impl Fn(Wgs84) -> bool) -> Vec<u32> {
        (0..).zip(places).filter(|(_, at)| holds(**at)).map(|(place, _)| place).collect()
    }

    fn metres(a: Rd, b: Rd) -> f64 {
        ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt()
    }

    proptest! {
        #[test]
        fn within_a_box_equals_a_linear_scan(places in places(), a in grid(), width in 1..20_i64, height in 1..12_i64) {
            let low = a.wgs84();
            let high = oracle::Grid { east: a.east + width, north: a.north + height }.wgs84();
            let area = Area::bbox(low.lon, low.lat, high.lon, high.lat).unwrap();
            let expected = scan(&places, |at| at.lon >= low.lon && at.lon <= high.lon && at.lat >= low.lat && at.lat <= high.lat);
            prop_assert_eq!(index(&places).within(&area), expected);
        }

        #[test]
        fn within_a_circle_equals_a_linear_scan(places in places(), centre in overijssel(), radius_m in 1.0..80_000.0) {
            let centre = centre.to_rd();
            let area = Area::circle(centre, radius_m, 80_000.0).unwrap();
            prop_assert_eq!(index(&places).within(&area), scan(&places, |at| metres(at.to_rd(), centre) <= radius_m));
        }

        #[test]
        fn within_a_circle_up_to_a_place_that_place_is_found(places in places(), centre in overijssel()) {
            let centre = centre.to_rd();
            let index = index(&places);
            for (place, at) in (0..).zip(&places) {
                let radius_m = metres(at.to_rd(), centre);
                let area = Area::circle(centre, radius_m, 200_000.0).unwrap();
                prop_assert!(index.within(&area).contains(&place));
                prop_assert!(index.nearest(centre, Some(radius_m)).any(|(near, _)| near == place));
            }
        }

        #[test]
        fn within_polygons_equals_a_linear_scan(comb in comb(), points in proptest::collection::vec(grid(), 0..150)) {
            let places: Vec<Wgs84> = points.iter().map(|point| point.wgs84()).collect();
            let expected: Vec<u32> = (0..).zip(&points).filter(|(_, point)| oracle::holds(&comb, **point)).map(|(place, _)| place).collect();
            prop_assert_eq!(index(&places).within(&Area::polygon(polygons(&comb))), expected);
        }

        #[test]
        fn nearest_equals_sorting_by_distance_and_index(places in places(), centre in overijssel(), limit_m in proptest::option::of(0.0..80_000.0)) {
            let centre = centre.to_rd();
            let mut expected: Vec<(u32, f64)> = (0..).zip(&places).map(|(place, at)| (place, metres(at.to_rd(), centre))).collect();
            expected.sort_by(|(place, distance), (other, far)| distance.total_cmp(far).then(place.cmp(other)));
            expected.retain(|(_, distance)| limit_m.is_none_or(|limit_m| *distance <= limit_m));
            let index = index(&places);
            prop_assert_eq!(index.nearest(centre, limit_m).collect::<Vec<_>>(), expected.clone());
            let mut reached: Vec<u32> = expected.into_iter().map(|(place, _)| place).collect();
            reached.sort_unstable();
            prop_assert_eq!(index.reached(centre, limit_m.unwrap_or(1e9)), reached);
        }

        #[test]
        fn nearest_to_a_place_with_others_on_its_point_is_in_order_of_index(at in overijssel(), many in 1..200_u32) {
            // From the last to the first, so that the order of insertion cannot be what is seen.
            let index = PlaceIndex::new((0..many).rev().map(|place| (place, at)));
            let found: Vec<_> = index.nearest(at.to_rd(), Some(0.0)).collect();
            prop_assert_eq!(found, (0..many).map(|place| (place, 0.0)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_place_nowhere_is_in_no_answer() {
        let nowhere = Wgs84 { lon: f64::NAN, lat: 52.5 };
        let zwolle = Wgs84 { lon: 6.1, lat: 52.5 };
        let index = PlaceIndex::new([(0, nowhere), (1, zwolle)]);
        assert_eq!(index.nearest(zwolle.to_rd(), None).collect::<Vec<_>>(), [(1, 0.0)]);
    }

    #[test]
    fn an_empty_index_answers_with_nothing() {
        let index = index(&[]);
        let centre = Rd { x: 203_000.0, y: 503_000.0 };
        assert!(index.within(&Area::circle(centre, 1_000.0, 1_000.0).unwrap()).is_empty());
        assert!(index.within(&Area::bbox(5.0, 52.0, 7.0, 53.0).unwrap()).is_empty());
        assert_eq!(index.nearest(centre, None).next(), None);
    }
}
