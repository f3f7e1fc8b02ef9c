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
    /// Builds the index.
    pub fn new(places: impl IntoIterator<Item = (u32, Wgs84)>) -> Self {
        let (mut degrees, mut metres) = (Vec::new(), Vec::new());
        for (place, at) in places {
            let rd = at.to_rd();
            degrees.push(GeomWithData::new([at.lon, at.lat], (place, rd)));
            metres.push(GeomWithData::new([rd.x, rd.y], (place, at)));
        }
        Self {
            degrees: RTree::bulk_load(degrees),
            metres: RTree::bulk_load(metres),
        }
    }

    /// The places in an area or on its edge, ascending.
    #[must_use]
    pub fn within(&self, area: &Area) -> Vec<u32> {
        let mut places: Vec<u32> = if let Area::Circle(circle) = area {
            let (centre, radius) = (circle.centre(), circle.radius_m());
            // A metre more, so that rounding at the edge of the box cannot lose what the circle has.
            let reach = radius + 1.0;
            let around = AABB::from_corners(
                [centre.x - reach, centre.y - reach],
                [centre.x + reach, centre.y + reach],
            );
            let candidates = self.metres.locate_in_envelope(&around);
            candidates
                .filter(|place| circle.contains(rd(place)))
                .map(|place| place.data.0)
                .collect()
        } else {
            let Some(bounds) = area.bounds() else {
                return Vec::new();
            };
            let around = AABB::from_corners(
                [bounds.west(), bounds.south()],
                [bounds.east(), bounds.north()],
            );
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

    /// All places with their distance in metres, nearest first; equal distances by ascending index. At most `max_distance_m`
    /// away when given, that distance included.
    ///
    /// The iterator is lazy: the first ten of many thousands cost little, so filter it and take what is needed.
    ///
    /// # Units
    /// Metres in the RD plane, whose scale is 0.99991 to 1.00003 over Overijssel.
    pub fn nearest(
        &self,
        centre: Rd,
        max_distance_m: Option<f64>,
    ) -> impl Iterator<Item = (u32, f64)> + '_ {
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
