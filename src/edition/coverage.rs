//! How far people live from places, as bounds.
//!
//! A place is known to within its `uncertainty_radius_m` *r*, so its distance to a point *d* away lies between max(0, *d* − *r*)
//! and *d* + *r*; and whether it is a place of the kind asked for may not be known. **At least** so many people are within
//! reach: by the upper distances to the places for which the filter is TRUE. **At most** so many: by the lower distances to
//! those for which it may be. As the data improves the two close in on one another.
//!
//! People are counted at the inner point of their settlement, with the inhabitants that belong to none of its parts, which
//! add up. Places outside the asked area serve its people as well; closed ones serve nobody.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::{Edition, PlaceFilter, Selection, Within};
use crate::{
    model::vocabulary::PlaceStatus,
    spatial::{
        MultiPolygon, Rd, Region,
        coverage::{area_polygons, intersection, union},
        crs::to_rd,
    },
};

/// A place that may serve people, with what its distance needs.
struct LocatedPlace {
    index: u32,
    at: Rd,
    uncertainty_m: f64,
    /// Whether it surely serves them.
    is_certain: bool,
}

/// The places that may serve people and have a location, from west to east. For a few hundred of them, asked by every
/// settlement, looking along this line takes a fraction of what walking an R-tree does.
struct Located {
    places: Vec<LocatedPlace>,
    most_uncertain_m: f64,
}

impl Located {
    fn of(edition: &Edition, places: &Selection) -> Self {
        let located = |index| {
            let entry = edition.place(index);
            let (location, at) = entry.facts.location.as_ref().zip(entry.rd)?;
            let (uncertainty_m, is_certain) = (location.uncertainty_radius_m, places.certain.contains(index));
            let is_finite = at.x.is_finite() && at.y.is_finite();
            is_finite.then_some(LocatedPlace { index, at, uncertainty_m, is_certain })
        };
        let mut places: Vec<LocatedPlace> = places.possible.iter().filter_map(located).collect();
        places.sort_by(|a, b| a.at.x.total_cmp(&b.at.x));
        let most_uncertain_m = places.iter().map(|place| place.uncertainty_m).fold(0.0, f64::max);
        Self { places, most_uncertain_m }
    }

    /// The places to the west and to the east of a point.
    fn beside(&self, from: Rd) -> (&[LocatedPlace], &[LocatedPlace]) {
        self.places.split_at(self.places.partition_point(|place| place.at.x < from.x))
    }
}

/// A distance in metres and the place that far away.
type Nearest = Option<(f64, u32)>;

/// Distances within which places are counted, metres.
const COUNTED_WITHIN_M: [f64; 3] = [1_000.0, 3_000.0, 5_000.0];

/// Who is within reach of a place.
pub struct Coverage {
    /// The reach, metres in the RD plane.
    pub max_distance_m: f64,
    /// Settlements of the area that have inhabitants of their own, ascending by id.
    pub settlements: Vec<SettlementCoverage>,
    /// The places for which the filter is TRUE, and for which it may be; not those that are closed.
    pub places: Selection,
    /// Of these the ones that may be, without a location.
    pub unlocated: RoaringBitmap,
    /// Of these the ones that may be, located more coarsely than at an address.
    pub coarse: RoaringBitmap,
}

/// A settlement's people and their nearest place.
pub struct SettlementCoverage {
    /// Index of the settlement.
    pub settlement: u32,
    /// Inhabitants that belong to none of its parts.
    pub population: f64,
    /// What is known of them.
    pub status: Reach,
    /// The place that is surely nearest at most so far away; where there is none, the one that may be nearest.
    pub place: Option<u32>,
    /// No place is nearer than this, metres; `None` when there may be no place at all.
    pub at_least_m: Option<f64>,
    /// A place is surely this near, metres; `None` when no place is sure.
    pub at_most_m: Option<f64>,
    /// Places surely within 1, 3 and 5 kilometres.
    pub within: [u32; 3],
    /// Whether the border of the data is nearer than the nearest sure place, so that one beyond it may be nearer.
    pub is_border_nearer: bool,
}

/// Whether people are within reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Surely.
    Covered,
    /// It depends on what is not known.
    Uncertain,
    /// Surely not, as far as places are known.
    Uncovered,
}

/// Sums over settlements.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// People.
    pub population: f64,
    /// People within reach.
    pub covered: f64,
    /// Their mean distance to the nearest place, metres; `None` without people or places.
    pub average_distance_m: Option<f64>,
}

/// Something unknown, and how many people's answer hangs on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Improvement {
    /// Index of the place.
    pub place: u32,
    /// What would have to be known.
    pub need: Need,
    /// People whose answer it could decide.
    pub population: f64,
}

/// What is not known of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Where exactly it is.
    Location,
    /// Which facilities it has.
    Facilities,
    /// Which activities are held there.
    Activities,
    /// Something else that the filter asks.
    OtherFacts,
}

/// Which of the two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Upper distances to sure places.
    AtLeast,
    /// Lower distances to possible places.
    AtMost,
}

impl Edition {
    /// Who lives within `max_distance_m` of a place for which `filter` holds; people of `area`, or of everywhere.
    pub fn coverage(&self, max_distance_m: f64, filter: &PlaceFilter, area: Option<&Within>) -> Coverage {
        let places = self.serving(filter);
        let located = &places.possible & &self.attributes.located;
        let is_coarse = |index: &u32| !self.place(*index).facts.is_at_address();
        let coarse: RoaringBitmap = located.iter().filter(is_coarse).collect();
        let served = Located::of(self, &places);
        let settlements = (0..)
            .zip(self.settlements())
            .filter(|(index, _)| area.is_none_or(|area| self.is_settlement_within(*index, area)))
            .filter_map(|(index, entry)| {
                let population = entry.facts.own_population.filter(|own| *own > 0.0)?;
                Some(self.reach(index, population, max_distance_m, &served))
            })
            .collect();
        Coverage { max_distance_m, settlements, unlocated: &places.possible - &located, coarse, places }
    }

    /// The places that serve people: closed ones never do, planned ones where the filter asks for a status.
    fn serving(&self, filter: &PlaceFilter) -> Selection {
        let status = &self.attributes.status;
        let mut serving = &self.attributes.all - status.with(PlaceStatus::Closed);
        if !filter.asks_for_status() {
            serving -= status.with(PlaceStatus::Planned);
        }
        self.select(filter).and(&Selection::known(serving))
    }

    fn uncertainty_m(&self, place: u32) -> f64 {
        self.place(place).facts.location.as_ref().map_or(0.0, |location| location.uncertainty_radius_m)
    }

    /// An area in the RD plane, the part of it in Overijssel; without one, all Overijssel.
    pub fn area_rd(&self, area: Option<&Within>) -> MultiPolygon<f64> {
        let regions = |regions: Vec<&Region>| {
            let metres: Vec<_> = regions.into_iter().map(|region| to_rd(region.polygons())).collect();
            union(&metres)
        };
        let asked = match area {
            None => return self.province.clone(),
            Some(Within::Area(area)) => area_polygons(area),
            Some(Within::Municipalities(indices)) => {
                return regions(indices.iter().filter_map(|index| self.boundary(*index)).collect());
            }
            Some(Within::Neighbourhoods(indices)) => {
                regions(indices.iter().map(|index| &self.neighbourhood(*index).region).collect())
            }
            Some(Within::Settlements(indices)) => {
                regions(indices.iter().map(|index| &self.settlement(*index).region).collect())
            }
        };
        intersection(&asked, &self.province)
    }

    /// The inner point of a settlement.
    pub fn inner_point(&self, settlement: u32) -> Rd {
        self.settlement(settlement).inner_point
    }

    fn reach(&self, settlement: u32, population: f64, max_distance_m: f64, places: &Located) -> SettlementCoverage {
        let (mut lower, mut upper): (Nearest, Nearest) = (None, None);
        let mut within = [0; 3];
        let from = self.inner_point(settlement);
        let (west, east) = places.beside(from);
        let mut weigh = |place: &LocatedPlace| {
            let across_m = (place.at.x - from.x).abs();
            let is_decided = lower.is_some_and(|(best, _)| across_m - places.most_uncertain_m > best)
                && upper.is_some_and(|(best, _)| across_m > best)
                && across_m > COUNTED_WITHIN_M[2];
            if is_decided {
                return false;
            }
            let distance_m = from.distance_m(place.at);
            let (nearest_m, farthest_m) =
                ((distance_m - place.uncertainty_m).max(0.0), distance_m + place.uncertainty_m);
            if lower.is_none_or(|best| (nearest_m, place.index) < best) {
                lower = Some((nearest_m, place.index));
            }
            if place.is_certain {
                if upper.is_none_or(|best| (farthest_m, place.index) < best) {
                    upper = Some((farthest_m, place.index));
                }
                for (count, limit_m) in within.iter_mut().zip(COUNTED_WITHIN_M) {
                    *count += u32::from(farthest_m <= limit_m);
                }
            }
            true
        };
        // Away from the point on either side, until no place farther on can change anything.
        let _ = west.iter().rev().all(&mut weigh);
        let _ = east.iter().all(&mut weigh);
        let is_within = |bound: Nearest| bound.is_some_and(|(distance_m, _)| distance_m <= max_distance_m);
        let status = match (is_within(upper), is_within(lower)) {
            (true, _) => Reach::Covered,
            (false, true) => Reach::Uncertain,
            (false, false) => Reach::Uncovered,
        };
        SettlementCoverage {
            settlement,
            population,
            status,
            place: upper.or(lower).map(|(_, place)| place),
            at_least_m: lower.map(|(distance_m, _)| distance_m),
            at_most_m: upper.map(|(distance_m, _)| distance_m),
            within,
            is_border_nearer: upper.is_none_or(|(distance_m, _)| self.settlement(settlement).border_m < distance_m),
        }
    }

    /// What would narrow the bounds of `coverage` most, most people first.
    pub fn improvements(&self, coverage: &Coverage, filter: &PlaceFilter) -> Vec<Improvement> {
        let mut people: BTreeMap<u32, f64> = BTreeMap::new();
        for row in coverage.settlements.iter().filter(|row| row.status == Reach::Uncertain) {
            let reach = coverage.max_distance_m;
            let from = self.inner_point(row.settlement);
            for place in &coverage.places.possible {
                let Some(at) = self.place(place).rd else { continue };
                if (from.distance_m(at) - self.uncertainty_m(place)).max(0.0) <= reach {
                    *people.entry(place).or_default() += row.population;
                }
            }
        }
        let mut improvements: Vec<Improvement> = people
            .into_iter()
            .map(|(place, population)| Improvement { place, need: self.need(place, coverage, filter), population })
            .collect();
        improvements.sort_by(|a, b| b.population.total_cmp(&a.population).then(a.place.cmp(&b.place)));
        improvements
    }

    /// The first thing to find out of a place that may serve people.
    fn need(&self, place: u32, coverage: &Coverage, filter: &PlaceFilter) -> Need {
        if coverage.places.certain.contains(place) {
            return Need::Location;
        }
        let columns = &self.attributes;
        let is_unknown = |selected: Selection| !selected.certain.contains(place) && selected.possible.contains(place);
        let (mut facilities, mut activities) = (Vec::new(), Vec::new());
        filter.term_sets(&mut facilities, &mut activities);
        if facilities.into_iter().any(|set| is_unknown(self.term_set(&columns.facilities, set))) {
            Need::Facilities
        } else if activities.into_iter().any(|set| is_unknown(self.term_set(&columns.activities, set))) {
            Need::Activities
        } else {
            Need::OtherFacts
        }
    }
}

impl Coverage {
    /// Sums over the settlements that `is_meant`.
    pub fn figures(&self, bound: Bound, is_meant: impl Fn(&SettlementCoverage) -> bool) -> Figures {
        let mut figures = Figures::default();
        let (mut metres, mut measured) = (0.0, 0.0);
        for row in self.settlements.iter().filter(|row| is_meant(row)) {
            figures.population += row.population;
            let distance_m = match bound {
                Bound::AtLeast => row.at_most_m,
                Bound::AtMost => row.at_least_m,
            };
            let Some(distance_m) = distance_m else { continue };
            metres += row.population * distance_m;
            measured += row.population;
            if distance_m <= self.max_distance_m {
                figures.covered += row.population;
            }
        }
        figures.average_distance_m = (measured > 0.0).then(|| metres / measured);
        figures
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        model::{
            Facts, Location,
            vocabulary::{LocationPrecision, PlaceKind},
        },
        seed,
        spatial::Wgs84,
    };

    const REACH_M: f64 = 2_000.0;

    /// What converting a point to degrees and back leaves, metres.
    const SLACK_M: f64 = 1e-3;

    /// Numbers from 0 to 1, the same in each run.
    struct Random(u64);

    impl Random {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            #[expect(clippy::cast_precision_loss, reason = "31 bits")]
            let number = (self.0 >> 33) as f64 / (1_u64 << 31) as f64;
            number
        }
    }

    fn filters() -> [PlaceFilter; 2] {
        let kinds = Some(vec![PlaceKind::Dorpshuis, PlaceKind::Kulturhus]);
        [PlaceFilter::default(), PlaceFilter { kinds, ..PlaceFilter::default() }]
    }

    /// Coverage by both filters, each row held against all places.
    fn measured(facts: &Facts) -> [Coverage; 2] {
        let edition = Edition::build(facts.clone().in_order()).unwrap();
        filters().map(|filter| {
            let coverage = edition.coverage(REACH_M, &filter, None);
            let selected = edition.select(&filter);
            for row in &coverage.settlements {
                let from = edition.inner_point(row.settlement);
                let (mut lower, mut upper) = (f64::INFINITY, f64::INFINITY);
                for (index, entry) in (0..).zip(edition.places()) {
                    let Some((location, at)) = entry.facts.location.as_ref().zip(entry.rd) else { continue };
                    if matches!(entry.facts.status, Some(PlaceStatus::Closed | PlaceStatus::Planned)) {
                        continue;
                    }
                    let (metres, uncertainty_m) = (from.distance_m(at), location.uncertainty_radius_m);
                    if selected.possible.contains(index) {
                        lower = lower.min((metres - uncertainty_m).max(0.0));
                    }
                    if selected.certain.contains(index) {
                        upper = upper.min(metres + uncertainty_m);
                    }
                }
                assert_eq!(
                    (row.at_least_m.unwrap_or(f64::INFINITY), row.at_most_m.unwrap_or(f64::INFINITY)),
                    (lower, upper)
                );
            }
            coverage
        })
    }

    /// That no bound of a row became worse, and how many became better.
    fn narrowed(before: &Coverage, after: &Coverage, is_nearer_allowed: bool) -> usize {
        let (old, new) = (before.figures(Bound::AtLeast, |_| true), after.figures(Bound::AtLeast, |_| true));
        assert!(new.covered >= old.covered, "{old:?} {new:?}");
        let mut narrowed = 0;
        for (old, new) in before.settlements.iter().zip(&after.settlements) {
            assert_eq!(old.settlement, new.settlement);
            let metres = |bound: Option<f64>| bound.unwrap_or(f64::INFINITY);
            assert!(metres(new.at_most_m) <= metres(old.at_most_m) + SLACK_M, "{}", old.settlement);
            assert!(
                is_nearer_allowed || metres(new.at_least_m) >= metres(old.at_least_m) - SLACK_M,
                "{}",
                old.settlement
            );
            narrowed += usize::from(metres(new.at_most_m) < metres(old.at_most_m) - SLACK_M);
        }
        narrowed
    }

    #[test]
    fn a_place_or_a_coordinate_more_never_lowers_at_least_and_geocoding_never_widens_an_interval() {
        let seed = seed::read().unwrap();
        let mut random = Random(7);
        let mut seen = [0; 3];
        for _ in 0..3 {
            let is_meant: Vec<bool> = seed.places.iter().map(|_| random.next() < 0.4).collect();
            let mut fewer = seed.clone();
            let mut meant = is_meant.iter();
            fewer.places.retain(|_| meant.next() != Some(&true));
            let left: BTreeSet<&str> = fewer.places.iter().map(|place| place.key.as_str()).collect();
            fewer.place_sources.retain(|link| left.contains(link.place.as_str()));

            // The same places without a location, with a coarse one, and with one at an address within the coarse one.
            let [mut unlocated, mut coarse, mut exact] = [seed.clone(), seed.clone(), seed.clone()];
            for place in (0..is_meant.len()).filter(|place| is_meant[*place]) {
                let Some(location) = seed.places[place].location.clone() else { continue };
                let uncertainty_radius_m = 50.0 + 2_500.0 * random.next();
                let precision = LocationPrecision::Settlement;
                unlocated.places[place].location = None;
                coarse.places[place].location = Some(Location { uncertainty_radius_m, precision, ..location.clone() });
                let Rd { x, y } = Wgs84 { lon: location.lon, lat: location.lat }.to_rd();
                let (turn, off_m) = (std::f64::consts::TAU * random.next(), uncertainty_radius_m * random.next());
                let Wgs84 { lon, lat } = Rd { x: x + off_m * turn.cos(), y: y + off_m * turn.sin() }.to_wgs84();
                let precision = LocationPrecision::Address;
                exact.places[place].location =
                    Some(Location { lon, lat, uncertainty_radius_m: 0.0, precision, outline: None });
            }
            let [fewer, unlocated, coarse, exact] = [&fewer, &unlocated, &coarse, &exact].map(measured);
            for (((fewer, unlocated), coarse), exact) in fewer.iter().zip(&unlocated).zip(&coarse).zip(&exact) {
                seen[0] += narrowed(fewer, unlocated, false);
                seen[1] += narrowed(unlocated, coarse, true);
                seen[2] += narrowed(coarse, exact, false);
                // With the location at once.
                narrowed(fewer, exact, true);
            }
        }
        // A place without a location serves nobody; a coordinate and a better one serve many.
        assert!(seen[0] == 0 && seen[1] > 300 && seen[2] > 300, "{seen:?}");
    }
}
