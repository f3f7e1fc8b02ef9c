//! How far people live from places, as bounds.
//!
//! A place is at most its uncertainty from its point, or without a location anywhere in or beside its settlement ([`Whereabouts`]); so its
//! distance lies between two; and whether it is a place of the kind asked for, and still in use, may not be known. **At least** so many
//! people are within reach: by the upper distances to the places in use for which the filter is TRUE and whose location is known. **At
//! most** so many: by the lower distances to those that may be. As the data improves the two close in on one another, and whatever is
//! left out of it never narrows them.
//!
//! People are counted at the inner point of their settlement, with the inhabitants that belong to none of its parts, which
//! add up. Places outside the asked area serve its people as well; closed ones serve nobody.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::{Edition, PlaceFilter, Selection, Whereabouts, Within};
use crate::{
    model::vocabulary::PlaceStatus,
    spatial::{
        MultiPolygon, Rd, Region,
        coverage::{area_polygons, intersection, union},
        crs::to_rd,
    },
};

/// A place that may serve people, known by a point or a circle.
struct InCircle {
    index: u32,
    at: Rd,
    spread_m: f64,
    /// Whether it surely serves them.
    is_certain: bool,
}

/// Places without a location that may serve people and can be in the same outlines.
struct InOutlines<'a> {
    of: Whereabouts<'a>,
    /// The first of them.
    index: u32,
}

/// The places that may serve people. Those known by a point stand from west to east: for a few hundred of them, asked by every
/// settlement, looking along this line takes a fraction of what walking an R-tree does.
struct Serving<'a> {
    in_circles: Vec<InCircle>,
    widest_m: f64,
    in_outlines: Vec<InOutlines<'a>>,
}

impl<'a> Serving<'a> {
    fn of(edition: &'a Edition, places: &Selection) -> Self {
        let mut in_circles = Vec::new();
        let mut in_outlines: Vec<InOutlines<'a>> = Vec::new();
        for index in &places.possible {
            let Some(of) = edition.whereabouts(index) else { continue };
            if of.is_located() {
                let is_certain = places.certain.contains(index);
                in_circles.push(InCircle { index, at: of.middle, spread_m: of.spread_m, is_certain });
            } else if !in_outlines.iter().any(|group| group.of.is_same(&of)) {
                in_outlines.push(InOutlines { of, index });
            }
        }
        in_circles.sort_by(|a, b| a.at.x.total_cmp(&b.at.x));
        let widest_m = in_circles.iter().map(|place| place.spread_m).fold(0.0, f64::max);
        Self { in_circles, widest_m, in_outlines }
    }

    /// The places known by a point to the west and to the east of another.
    fn beside(&self, from: Rd) -> (&[InCircle], &[InCircle]) {
        self.in_circles.split_at(self.in_circles.partition_point(|place| place.at.x < from.x))
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
    /// Settlements of the area that have inhabitants of their own, ascending by id. These add up.
    pub settlements: Vec<SettlementCoverage>,
    /// Settlements of the area all of whose inhabitants belong to their parts, ascending by id: what holds for their parts in the area
    /// together.
    pub divided: Vec<SettlementCoverage>,
    /// The places that surely serve people, and those that may: closed ones never, and one whose status is not known never surely.
    pub places: Selection,
    /// The places for which the filter is TRUE that are not known to be out of use.
    pub matching: RoaringBitmap,
    /// Of those that may serve, the ones of whose status nothing is known.
    pub perhaps_closed: RoaringBitmap,
    /// Of those that may serve, the ones without a location.
    pub unlocated: RoaringBitmap,
    /// Of those that may serve, the ones located more coarsely than at an address.
    pub coarse: RoaringBitmap,
}

/// A settlement's people and their nearest place.
#[derive(Clone, Debug)]
pub struct SettlementCoverage {
    /// Index of the settlement.
    pub settlement: u32,
    /// Inhabitants that belong to none of its parts; of one that is divided, those of its parts.
    pub population: f64,
    /// Whether it stands for its parts: the least and the greatest of what is told of them.
    pub is_divided: bool,
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
    /// Of one that is divided: surely some of them, and surely not others.
    Partly,
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
    /// Whether it is in use.
    Status,
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
        let (places, matching) = self.serving(filter);
        let located = &places.possible & &self.attributes.located;
        let is_coarse = |index: &u32| !self.place(*index).facts.is_at_address();
        let coarse: RoaringBitmap = located.iter().filter(is_coarse).collect();
        let serving = Serving::of(self, &places);
        let settlements: Vec<SettlementCoverage> = (0..)
            .zip(self.settlements())
            .filter(|(index, _)| area.is_none_or(|area| self.is_settlement_within(*index, area)))
            .filter_map(|(index, entry)| {
                let population = entry.facts.own_population.filter(|own| *own > 0.0)?;
                Some(self.reach(index, population, max_distance_m, &serving))
            })
            .collect();
        Coverage {
            max_distance_m,
            divided: self.divided(&settlements, area),
            settlements,
            matching,
            perhaps_closed: &places.possible & self.attributes.status.unknown(),
            unlocated: &places.possible - &located,
            coarse,
            places,
        }
    }

    /// The settlements whose inhabitants all belong to their parts, from the rows of these.
    fn divided(&self, rows: &[SettlementCoverage], area: Option<&Within>) -> Vec<SettlementCoverage> {
        let mut parts: BTreeMap<u32, Vec<&SettlementCoverage>> = BTreeMap::new();
        for row in rows {
            for whole in self.with_ancestors(row.settlement).skip(1) {
                let facts = &self.settlement(whole).facts;
                let is_meant = area.is_none_or(|area| self.is_settlement_within(whole, area));
                if is_meant && facts.own_population.is_some_and(|own| own <= 0.0) {
                    parts.entry(whole).or_default().push(row);
                }
            }
        }
        parts.into_iter().filter_map(|(whole, parts)| SettlementCoverage::of_parts(whole, &parts)).collect()
    }

    /// The places that serve people: closed ones never do, planned ones where the filter asks for a status, and those whose status is
    /// not known perhaps. With them those for which the filter is TRUE and that are not known to be out of use.
    fn serving(&self, filter: &PlaceFilter) -> (Selection, RoaringBitmap) {
        let status = &self.attributes.status;
        let mut possible = &self.attributes.all - status.with(PlaceStatus::Closed);
        if !filter.asks_for_status() {
            possible -= status.with(PlaceStatus::Planned);
        }
        let selected = self.select(filter);
        let matching = &selected.certain & &possible;
        let certain = &possible - status.unknown();
        (selected.and(&Selection { certain, possible }), matching)
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

    fn reach(
        &self,
        settlement: u32,
        population: f64,
        max_distance_m: f64,
        serving: &Serving<'_>,
    ) -> SettlementCoverage {
        let (mut lower, mut upper): (Nearest, Nearest) = (None, None);
        let mut within = [0; 3];
        let from = self.inner_point(settlement);
        let is_better = |best: Nearest, found: (f64, u32)| best.is_none_or(|best| found < best);
        let (west, east) = serving.beside(from);
        let mut weigh = |place: &InCircle| {
            let across_m = (place.at.x - from.x).abs();
            let is_decided = lower.is_some_and(|(best, _)| across_m - serving.widest_m > best)
                && upper.is_some_and(|(best, _)| across_m > best)
                && across_m > COUNTED_WITHIN_M[2];
            if is_decided {
                return false;
            }
            let distance_m = from.distance_m(place.at);
            let (nearest_m, farthest_m) = ((distance_m - place.spread_m).max(0.0), distance_m + place.spread_m);
            if is_better(lower, (nearest_m, place.index)) {
                lower = Some((nearest_m, place.index));
            }
            if place.is_certain {
                if is_better(upper, (farthest_m, place.index)) {
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
        for group in &serving.in_outlines {
            // The distance to an outline takes a while; most are too far by the circle around them.
            if is_better(lower, (group.of.in_circle_at_least_m(from), group.index)) {
                let nearest_m = group.of.at_least_m(from);
                if is_better(lower, (nearest_m, group.index)) {
                    lower = Some((nearest_m, group.index));
                }
            }
        }
        let is_within = |bound: Nearest| bound.is_some_and(|(distance_m, _)| distance_m <= max_distance_m);
        let status = match (is_within(upper), is_within(lower)) {
            (true, _) => Reach::Covered,
            (false, true) => Reach::Uncertain,
            (false, false) => Reach::Uncovered,
        };
        SettlementCoverage {
            settlement,
            population,
            is_divided: false,
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
        let places = coverage.places.possible.iter();
        let places: Vec<_> = places.filter_map(|place| Some((place, self.whereabouts(place)?))).collect();
        for row in coverage.settlements.iter().filter(|row| row.status == Reach::Uncertain) {
            let reach = coverage.max_distance_m;
            let from = self.inner_point(row.settlement);
            for (place, of) in &places {
                if of.in_circle_at_least_m(from) <= reach && of.at_least_m(from) <= reach {
                    *people.entry(*place).or_default() += row.population;
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
        } else if coverage.perhaps_closed.contains(place) {
            Need::Status
        } else {
            Need::OtherFacts
        }
    }
}

impl SettlementCoverage {
    /// What holds for the parts of a settlement together; `None` without parts.
    fn of_parts(settlement: u32, parts: &[&Self]) -> Option<Self> {
        let is_any = |wanted: &[Reach]| parts.iter().any(|part| wanted.contains(&part.status));
        let (is_some_in, is_some_out) =
            (is_any(&[Reach::Covered, Reach::Partly]), is_any(&[Reach::Uncovered, Reach::Partly]));
        let status = match (is_some_in, is_some_out) {
            (true, true) => Reach::Partly,
            (true, false) if !is_any(&[Reach::Uncertain]) => Reach::Covered,
            (false, true) if !is_any(&[Reach::Uncertain]) => Reach::Uncovered,
            _ => Reach::Uncertain,
        };
        let metres = |bound: Option<f64>| bound.unwrap_or(f64::INFINITY);
        let nearest = parts.iter().copied().min_by(|a, b| metres(a.at_least_m).total_cmp(&metres(b.at_least_m)))?;
        let farthest = parts.iter().copied().max_by(|a, b| metres(a.at_most_m).total_cmp(&metres(b.at_most_m)))?;
        let least_within = |limit: usize| parts.iter().map(|part| part.within[limit]).min().unwrap_or_default();
        Some(Self {
            settlement,
            population: parts.iter().map(|part| part.population).sum(),
            is_divided: true,
            status,
            place: if farthest.at_most_m.is_some() { farthest.place } else { nearest.place },
            at_least_m: nearest.at_least_m,
            at_most_m: farthest.at_most_m,
            within: [0, 1, 2].map(least_within),
            is_border_nearer: parts.iter().any(|part| part.is_border_nearer),
        })
    }
}

impl Coverage {
    /// The row of a settlement, divided or not.
    pub fn row(&self, settlement: u32) -> Option<&SettlementCoverage> {
        let find = |rows: &'_ [SettlementCoverage]| rows.binary_search_by_key(&settlement, |row| row.settlement).ok();
        let own = find(&self.settlements).and_then(|at| self.settlements.get(at));
        own.or_else(|| find(&self.divided).and_then(|at| self.divided.get(at)))
    }

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

    /// Coverage by some filters, each row held against all places.
    fn measured<const N: usize>(facts: &Facts, filters: &[PlaceFilter; N]) -> [Coverage; N] {
        let edition = Edition::build(facts.clone().in_order()).unwrap();
        filters.each_ref().map(|filter| {
            let coverage = edition.coverage(REACH_M, filter, None);
            let selected = edition.select(filter);
            for row in &coverage.settlements {
                let from = edition.inner_point(row.settlement);
                let (mut lower, mut upper) = (f64::INFINITY, f64::INFINITY);
                for (index, entry) in (0..).zip(edition.places()) {
                    let Some(of) = edition.whereabouts(index) else { continue };
                    let status = entry.facts.status;
                    let is_planned = status == Some(PlaceStatus::Planned) && !filter.asks_for_status();
                    if status == Some(PlaceStatus::Closed) || is_planned {
                        continue;
                    }
                    if selected.possible.contains(index) {
                        lower = lower.min(of.at_least_m(from));
                    }
                    if selected.certain.contains(index) && status.is_some() {
                        upper = upper.min(of.at_most_m(from).unwrap_or(f64::INFINITY));
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

    /// Filters of every sort that asks something of places, and not of what is held of them.
    fn questions() -> [PlaceFilter; 9] {
        use crate::{
            edition::TermSet,
            model::vocabulary::{ActivityType, FacilityType},
        };
        let library = || Some(TermSet::any(vec![FacilityType::Bibliotheek]));
        let no_library = TermSet { all: None, any: None, none: Some(vec![FacilityType::Bibliotheek]) };
        let status = |status: &[PlaceStatus]| Some(status.to_vec());
        let plain = PlaceFilter::default;
        let [all, kinds] = filters();
        [
            all,
            kinds.clone(),
            PlaceFilter { facilities: library(), ..plain() },
            PlaceFilter { facilities: Some(no_library), ..plain() },
            PlaceFilter { activities: Some(TermSet::any(vec![ActivityType::Bingo])), ..plain() },
            PlaceFilter { status: status(&[PlaceStatus::Open]), ..plain() },
            PlaceFilter { status: status(&[PlaceStatus::Open, PlaceStatus::Planned]), ..plain() },
            PlaceFilter {
                not: Some(Box::new(PlaceFilter { status: status(&[PlaceStatus::Planned]), ..plain() })),
                ..plain()
            },
            PlaceFilter {
                or: Some(vec![PlaceFilter { facilities: library(), ..plain() }, kinds]),
                within: Some(Within::Municipalities((0..20).collect())),
                ..plain()
            },
        ]
    }

    /// Leaves out of some places what is known of them.
    fn left_out(facts: &Facts, random: &mut Random) -> Facts {
        let mut less = facts.clone();
        for place in &mut less.places {
            if random.next() < 0.5 {
                continue;
            }
            if random.next() < 0.5 {
                place.location = None;
            }
            if random.next() < 0.4 {
                place.status = None;
            }
            if random.next() < 0.4 {
                place.facilities.clear();
                place.absent_facilities.clear();
            }
            if random.next() < 0.2 {
                place.activities.clear();
                place.absent_activities.clear();
            }
            if random.next() < 0.3 {
                (place.kind, place.kind_basis) = (None, None);
            }
            if random.next() < 0.5 {
                place.address = None;
            }
        }
        less
    }

    #[test]
    fn what_is_left_out_never_raises_at_least_never_lowers_at_most_and_makes_nothing_sure() {
        let mut seed = seed::read().unwrap();
        let mut random = Random(11);
        // The seed has one closed place and none that is planned.
        for place in &mut seed.places {
            match random.next() {
                closed if closed < 0.05 => place.status = Some(PlaceStatus::Closed),
                planned if planned < 0.1 => place.status = Some(PlaceStatus::Planned),
                _ => {}
            }
        }
        let questions = questions();
        let whole = measured(&seed, &questions);
        let (mut raised, mut changed) = (0, 0);
        for _ in 0..4 {
            let less = measured(&left_out(&seed, &mut random), &questions);
            for (whole, less) in whole.iter().zip(&less) {
                let rows = |coverage: &Coverage| [coverage.settlements.clone(), coverage.divided.clone()].concat();
                for (whole, less) in rows(whole).iter().zip(&rows(less)) {
                    assert_eq!((whole.settlement, whole.is_divided), (less.settlement, less.is_divided));
                    let metres = |bound: Option<f64>| bound.unwrap_or(f64::INFINITY);
                    assert!(metres(less.at_least_m) <= metres(whole.at_least_m) + SLACK_M, "{whole:?} {less:?}");
                    assert!(metres(less.at_most_m) >= metres(whole.at_most_m) - SLACK_M, "{whole:?} {less:?}");
                    assert!(less.within.iter().zip(whole.within).all(|(less, whole)| *less <= whole));
                    let is_sure = |row: &SettlementCoverage| row.status != Reach::Uncertain;
                    assert!(!is_sure(less) || less.status == whole.status, "{whole:?} {less:?}");
                    raised += usize::from(metres(less.at_least_m) < metres(whole.at_least_m));
                    changed += usize::from(less.status != whole.status);
                }
                for bound in [Bound::AtLeast, Bound::AtMost] {
                    let [of_whole, of_less] = [whole, less].map(|coverage| coverage.figures(bound, |_| true).covered);
                    assert!(if bound == Bound::AtLeast { of_less <= of_whole } else { of_less >= of_whole });
                }
            }
        }
        assert!(raised > 1_000 && changed > 1_000, "{raised} {changed}");
    }

    #[test]
    fn a_place_is_as_near_without_its_location_as_it_may_be_and_no_nearer_than_its_village() {
        let mut facts = seed::read().unwrap();
        facts.places.retain(|place| place.settlement == "Ommen");
        facts.places.truncate(1);
        let keys: BTreeSet<String> = facts.places.iter().map(|place| place.key.clone()).collect();
        facts.place_sources.retain(|link| keys.contains(&link.place));
        let place = facts.places.first_mut().unwrap();
        (place.location, place.neighbourhood, place.status) = (None, None, Some(PlaceStatus::Open));
        let status_of = |facts: &Facts, slug: &str| {
            let edition = Edition::build(facts.clone().in_order()).unwrap();
            let coverage = edition.coverage(REACH_M, &PlaceFilter::default(), None);
            let all = coverage.settlements.iter().chain(&coverage.divided);
            let mut rows = all.map(|row| (edition.settlement(row.settlement).facts.slug.clone(), row.status));
            let figures = coverage.figures(Bound::AtLeast, |_| true);
            assert!(figures.covered.abs() < f64::EPSILON, "nobody is surely near");
            rows.find(|(other, _)| other == slug).unwrap().1
        };
        assert_eq!(status_of(&facts, "ommen"), Reach::Uncertain);
        assert_eq!(status_of(&facts, "lemele"), Reach::Uncovered);
        // In a village without an outline it may be anywhere in the municipality, and not in another.
        facts.places[0].settlement = "Nergenshuizen".to_owned();
        assert_eq!(status_of(&facts, "lemele"), Reach::Uncertain);
        assert_eq!(status_of(&facts, "vasse"), Reach::Uncovered);
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
                let outline = None;
                unlocated.places[place].location = None;
                coarse.places[place].location =
                    Some(Location { uncertainty_radius_m, precision, outline, ..location.clone() });
                let Rd { x, y } = Wgs84 { lon: location.lon, lat: location.lat }.to_rd();
                let (turn, off_m) = (std::f64::consts::TAU * random.next(), uncertainty_radius_m * random.next());
                let Wgs84 { lon, lat } = Rd { x: x + off_m * turn.cos(), y: y + off_m * turn.sin() }.to_wgs84();
                let precision = LocationPrecision::Address;
                exact.places[place].location =
                    Some(Location { lon, lat, uncertainty_radius_m: 0.0, precision, outline: None });
            }
            let [fewer, unlocated, coarse, exact] =
                [&fewer, &unlocated, &coarse, &exact].map(|facts| measured(facts, &filters()));
            for (((fewer, unlocated), coarse), exact) in fewer.iter().zip(&unlocated).zip(&coarse).zip(&exact) {
                seen[0] += narrowed(fewer, unlocated, true);
                seen[1] += narrowed(unlocated, coarse, true);
                seen[2] += narrowed(coarse, exact, false);
                // With the location at once.
                narrowed(fewer, exact, true);
            }
        }
        // A place without a location surely serves nobody; a coordinate and a better one serve many.
        assert!(seen[0] == 0 && seen[1] > 300 && seen[2] > 300, "{seen:?}");
    }
}
