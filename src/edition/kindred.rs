//! Places nearby that also have what a place has: whom its board can ask how they do it.

use super::Edition;
use crate::model::vocabulary::{ActivityType, FacilityType, PlaceStatus};

/// A place with something in common with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Kindred {
    /// Its index.
    pub place: u32,
    /// Distance between the two points, metres, great enough to matter only where both stand for a building.
    pub distance_m: f64,
    /// Facilities known of both, in the order of the vocabulary.
    pub facilities: Vec<FacilityType>,
    /// Activities known of both, in the order of the vocabulary.
    pub activities: Vec<ActivityType>,
}

impl Edition {
    /// Places within `max_distance_m` of the point of `place` that have facilities or activities in common with it, those
    /// with most in common first, then the nearest. Closed and planned ones are left out, and so is everything where the
    /// place has no point.
    pub fn kindred(&self, place: u32, max_distance_m: f64) -> Vec<Kindred> {
        let own = self.place(place);
        let Some(centre) = own.rd else { return Vec::new() };
        let mut found: Vec<Kindred> = self
            .nearest(centre, Some(max_distance_m))
            .filter(|(other, _)| *other != place)
            .filter_map(|(other, distance_m)| {
                let facts = &self.place(other).facts;
                if matches!(facts.status, Some(PlaceStatus::Closed | PlaceStatus::Planned)) {
                    return None;
                }
                let facilities = shared(&own.facts.facilities, &facts.facilities);
                let activities = shared(&own.facts.activities, &facts.activities);
                let has_any = !facilities.is_empty() || !activities.is_empty();
                has_any.then_some(Kindred { place: other, distance_m, facilities, activities })
            })
            .collect();
        let in_common = |kindred: &Kindred| kindred.facilities.len() + kindred.activities.len();
        found.sort_by(|a, b| {
            in_common(b)
                .cmp(&in_common(a))
                .then_with(|| a.distance_m.total_cmp(&b.distance_m))
                .then_with(|| a.place.cmp(&b.place))
        });
        found
    }
}

/// Both lists are in the order of the vocabulary.
fn shared<T: Copy + PartialEq>(one: &[T], other: &[T]) -> Vec<T> {
    one.iter().copied().filter(|term| other.contains(term)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;

    #[test]
    fn the_kindred_of_every_place_are_those_that_a_walk_over_all_pairs_finds() {
        let edition = Edition::build(seed::read().unwrap()).unwrap();
        let mut pairs = 0;
        for place in 0..u32::try_from(edition.places().len()).unwrap() {
            let own = edition.place(place);
            let mut expected: Vec<(usize, u32)> = Vec::new();
            for (other, entry) in (0..).zip(edition.places()) {
                let (Some(a), Some(b)) = (own.rd, entry.rd) else { continue };
                let count = entry.facts.facilities.iter().filter(|term| own.facts.facilities.contains(term)).count()
                    + entry.facts.activities.iter().filter(|term| own.facts.activities.contains(term)).count();
                let is_open = !matches!(entry.facts.status, Some(PlaceStatus::Closed | PlaceStatus::Planned));
                if other != place && (a.x - b.x).hypot(a.y - b.y) <= 15_000.0 && count > 0 && is_open {
                    expected.push((count, other));
                }
            }
            let kindred = edition.kindred(place, 15_000.0);
            let told: Vec<(usize, u32)> =
                kindred.iter().map(|one| (one.facilities.len() + one.activities.len(), one.place)).collect();
            assert!(kindred.is_sorted_by(|a, b| {
                let key = |one: &Kindred| one.facilities.len() + one.activities.len();
                key(a) > key(b) || (key(a) == key(b) && a.distance_m <= b.distance_m)
            }));
            let mut sorted = told.clone();
            sorted.sort_by_key(|(_, other)| *other);
            assert_eq!(sorted, expected);
            pairs += told.len();
        }
        assert!(pairs > 100, "{pairs} pairs have something in common");
    }
}
