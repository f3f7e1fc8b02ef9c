//! Filters and what they say of each place: TRUE, UNKNOWN or FALSE.

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use roaring::RoaringBitmap;

use super::{Edition, PlaceField, Policy, Selection, attribute::Several};
use crate::{
    model::{
        PartialDate,
        vocabulary::{
            ActivityType, AmbitionStatus, Audience, ContactMoment, FacilityType, FinancialSupport, LegalForm,
            LocationPrecision, OtherSupport, Owner, PlaceKind, PlaceStatus, PolicyTheme, RunBy, Term, VisionStatus,
        },
    },
    spatial::{Area, Wgs84},
};

/// What is asked of places. All given conditions hold together; an absent one asks nothing.
///
/// A list means "one of these", so an empty list is FALSE for every place; `and` of nothing is TRUE, `or` of nothing FALSE.
#[derive(Clone, Debug, Default)]
pub struct PlaceFilter {
    /// Words of names, settlements and labels.
    pub text: Option<String>,
    /// One of these kinds.
    pub kinds: Option<Vec<PlaceKind>>,
    /// In an area, or belonging to one.
    pub within: Option<Within>,
    /// By facilities.
    pub facilities: Option<TermSet<FacilityType>>,
    /// By activities.
    pub activities: Option<TermSet<ActivityType>>,
    /// One of these legal forms.
    pub legal_forms: Option<Vec<LegalForm>>,
    /// Run by one of these.
    pub run_by: Option<Vec<RunBy>>,
    /// Owned by one of these.
    pub owned_by: Option<Vec<Owner>>,
    /// With or without a cultural programme.
    pub cultural_programme: Option<bool>,
    /// With or without a location.
    pub located: Option<bool>,
    /// Located with one of these precisions.
    pub precision: Option<Vec<LocationPrecision>>,
    /// One of these statuses.
    pub status: Option<Vec<PlaceStatus>>,
    /// Open at this moment.
    pub open_at: Option<DateTime<Utc>>,
    /// Opening on one of these weekdays.
    pub open_on: Option<Vec<Weekday>>,
    /// With or without access for a wheelchair.
    pub wheelchair_accessible: Option<bool>,
    /// Confirmed on or after the first day of this date.
    pub confirmed_since: Option<PartialDate>,
    /// Not confirmed since then.
    pub not_confirmed_since: Option<PartialDate>,
    /// One of these fields is not known.
    pub missing: Option<Vec<PlaceField>>,
    /// With an activity for which this is TRUE.
    pub programme: Option<Box<ActivityFilter>>,
    /// By the policy of its municipality.
    pub policy: Option<PolicyFilter>,
    /// A fact changed at or after this moment.
    pub updated_since: Option<DateTime<Utc>>,
    /// All of these.
    pub and: Option<Vec<PlaceFilter>>,
    /// One of these.
    pub or: Option<Vec<PlaceFilter>>,
    /// Not this.
    pub not: Option<Box<PlaceFilter>>,
}

/// What is asked of activities. All given conditions hold together; lists, `and` and `or` are as those of [`PlaceFilter`].
#[derive(Clone, Debug, Default)]
pub struct ActivityFilter {
    /// The day on which it is asked: what is over by then is left out, and the weekdays of rules that are over do not count. `None`: nothing is over.
    pub today: Option<NaiveDate>,
    /// Words of name, type, organiser and place.
    pub text: Option<String>,
    /// One of these types.
    pub types: Option<Vec<ActivityType>>,
    /// Held on one of these weekdays.
    pub weekdays: Option<Vec<Weekday>>,
    /// Held on this day.
    pub on: Option<NaiveDate>,
    /// Held at some moment from the first until before the second.
    pub between: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// For one of these.
    pub audiences: Option<Vec<Audience>>,
    /// For somebody of this age, years.
    pub age: Option<i32>,
    /// Free, or not.
    pub free: Option<bool>,
    /// One has to register, or not.
    pub registration_required: Option<bool>,
    /// One has to be referred, or not.
    pub referral_required: Option<bool>,
    /// At one of these places.
    pub places: Option<Box<PlaceFilter>>,
    /// All of these.
    pub and: Option<Vec<ActivityFilter>>,
    /// One of these.
    pub or: Option<Vec<ActivityFilter>>,
    /// Not this.
    pub not: Option<Box<ActivityFilter>>,
}

impl ActivityFilter {
    fn any(&self, holds: &dyn Fn(&Self) -> bool) -> bool {
        let mut nested = self.and.iter().flatten().chain(self.or.iter().flatten()).chain(self.not.as_deref());
        holds(self) || nested.any(|filter| filter.any(holds))
    }

    /// Whether a day or span is asked for somewhere in the filter; if not, what is over is left out.
    pub fn asks_for_days(&self) -> bool {
        self.any(&|filter| filter.on.is_some() || filter.between.is_some())
    }

    /// Whether a status of places is asked for somewhere in the filter; if not, what is held at closed ones is left out.
    pub(super) fn asks_for_status(&self) -> bool {
        self.any(&|filter| filter.places.as_ref().is_some_and(|places| places.asks_for_status()))
    }

    /// What the filter says of an activity of which nothing is known.
    pub(super) fn of_unknown(&self) -> Option<bool> {
        let is_empty = [
            self.types.as_ref().is_some_and(Vec::is_empty),
            self.weekdays.as_ref().is_some_and(Vec::is_empty),
            self.audiences.as_ref().is_some_and(Vec::is_empty),
        ];
        let and = self.and.iter().flatten().map(Self::of_unknown);
        let or = self.or.as_ref().map(|any| {
            let any: Vec<_> = any.iter().map(Self::of_unknown).collect();
            if any.iter().all(|one| *one == Some(false)) { Some(false) } else { None }
        });
        let not = self.not.as_ref().map(|filter| filter.of_unknown().map(|is| !is));
        let is_false = is_empty.contains(&true) || and.chain(or).chain(not).any(|one| one == Some(false));
        if is_false { Some(false) } else { None }
    }
}

/// An area by geometry, or areas by index to which a place belongs.
#[derive(Clone, Debug)]
pub enum Within {
    /// A box, circle or polygon that holds the place's point.
    Area(Area),
    /// Municipalities.
    Municipalities(Vec<u32>),
    /// Neighbourhoods; a wijk holds its buurten.
    Neighbourhoods(Vec<u32>),
    /// Settlements; one holds its parts.
    Settlements(Vec<u32>),
}

/// All, any and none of some terms.
#[derive(Clone, Debug)]
pub struct TermSet<T> {
    /// All of these.
    pub all: Option<Vec<T>>,
    /// At least one of these.
    pub any: Option<Vec<T>>,
    /// None of these.
    pub none: Option<Vec<T>>,
}

impl<T> TermSet<T> {
    /// At least one of `terms`.
    pub fn any(terms: Vec<T>) -> Self {
        Self { all: None, any: Some(terms), none: None }
    }
}

/// What is asked of a municipality's policy.
#[derive(Clone, Debug, Default)]
pub struct PolicyFilter {
    /// One of these.
    pub vision: Option<Vec<VisionStatus>>,
    /// At least one of these.
    pub financial_support: Option<Vec<FinancialSupport>>,
    /// At least one of these.
    pub other_support: Option<Vec<OtherSupport>>,
    /// One of these.
    pub ambition: Option<Vec<AmbitionStatus>>,
    /// One of these.
    pub contact_moment: Option<Vec<ContactMoment>>,
    /// Nothing is known on at least one of these themes.
    pub unknown: Option<Vec<PolicyTheme>>,
}

/// What is asked of municipalities.
#[derive(Clone, Debug, Default)]
pub struct MunicipalityFilter {
    /// One of these, by index.
    pub municipalities: Option<Vec<u32>>,
    /// By policy.
    pub policy: Option<PolicyFilter>,
    /// Those that share a point with an area.
    pub within: Option<Within>,
}

impl PlaceFilter {
    /// Whether the status is asked for somewhere in the filter; if not, closed places are left out.
    pub(super) fn asks_for_status(&self) -> bool {
        let nested = |filters: &Option<Vec<Self>>| filters.iter().flatten().any(Self::asks_for_status);
        self.status.is_some()
            || nested(&self.and)
            || nested(&self.or)
            || self.not.as_ref().is_some_and(|filter| filter.asks_for_status())
    }
}

impl PlaceFilter {
    /// Whether activities are asked for somewhere in the filter: what it says then depends on the day.
    pub fn asks_for_programme(&self) -> bool {
        let mut nested = self.and.iter().flatten().chain(self.or.iter().flatten()).chain(self.not.as_deref());
        self.programme.is_some() || nested.any(Self::asks_for_programme)
    }

    /// The sets of facilities and activities that are asked for anywhere in the filter.
    pub(super) fn term_sets<'a>(
        &'a self,
        facilities: &mut Vec<&'a TermSet<FacilityType>>,
        activities: &mut Vec<&'a TermSet<ActivityType>>,
    ) {
        facilities.extend(&self.facilities);
        activities.extend(&self.activities);
        let nested = self.and.iter().flatten().chain(self.or.iter().flatten()).chain(self.not.as_deref());
        nested.for_each(|filter| filter.term_sets(facilities, activities));
    }
}

impl Edition {
    /// The places for which `filter` is TRUE and those for which it may be. Closed places are in neither, unless the
    /// filter asks for a status.
    pub fn select(&self, filter: &PlaceFilter) -> Selection {
        let mut selected = self.evaluate(filter);
        if !filter.asks_for_status() {
            let closed = self.attributes.status.with(PlaceStatus::Closed);
            selected.certain -= closed;
            selected.possible -= closed;
        }
        selected
    }

    pub(super) fn evaluate(&self, filter: &PlaceFilter) -> Selection {
        let columns = &self.attributes;
        // So far; all of them, where nothing has been asked yet.
        let mut selected: Option<Selection> = None;
        let mut require = |condition: Selection| {
            selected = Some(match selected.take() {
                Some(so_far) => so_far.and(&condition),
                None => condition,
            });
        };
        if let Some(text) = &filter.text {
            require(Selection::known(self.place_texts.matching(super::named::without_province(text))));
        }
        if let Some(kinds) = &filter.kinds {
            require(columns.kind.any_of(kinds));
        }
        if let Some(within) = &filter.within {
            require(self.places_within(within));
        }
        if let Some(set) = &filter.facilities {
            require(self.term_set(&columns.facilities, set));
        }
        if let Some(set) = &filter.activities {
            require(self.term_set(&columns.activities, set));
        }
        if let Some(forms) = &filter.legal_forms {
            require(columns.legal_form.any_of(forms));
        }
        if let Some(owners) = &filter.owned_by {
            require(columns.owned_by.any_of(owners));
        }
        if let Some(run_by) = &filter.run_by {
            require(columns.run_by.any_of(run_by));
        }
        if let Some(wanted) = filter.cultural_programme {
            require(columns.cultural_programme.is(wanted));
        }
        if let Some(wanted) = filter.located {
            let located = columns.located.clone();
            require(Selection::known(if wanted { located } else { &columns.all - located }));
        }
        if let Some(precision) = &filter.precision {
            // Whether we hold a location is known: a place without one has none of the precisions.
            require(Selection::known(columns.precision.any_of(precision).certain));
        }
        if let Some(status) = &filter.status {
            require(columns.status.any_of(status));
        }
        if let Some(wanted) = filter.wheelchair_accessible {
            require(columns.wheelchair_accessible.is(wanted));
        }
        if let Some(since) = &filter.confirmed_since {
            require(self.confirmed_since(since));
        }
        if let Some(since) = &filter.not_confirmed_since {
            require(self.confirmed_since(since).not(&columns.all));
        }
        if let Some(fields) = &filter.missing {
            require(self.lacking(fields));
        }
        if let Some(moment) = filter.open_at {
            require(self.open_at(moment));
        }
        if let Some(weekdays) = &filter.open_on {
            require(self.open_on(weekdays));
        }
        if let Some(programme) = &filter.programme {
            require(self.offering(programme));
        }
        if let Some(policy) = &filter.policy {
            require(self.of_municipalities(self.policies(policy)));
        }
        if let Some(since) = filter.updated_since {
            let is_newer = |index: &u32| self.place(*index).facts.updated_at >= since;
            require(Selection::known(columns.all.iter().filter(is_newer).collect()));
        }
        for condition in filter.and.iter().flatten() {
            require(self.evaluate(condition));
        }
        if let Some(conditions) = &filter.or {
            let none = Selection::known(RoaringBitmap::new());
            require(conditions.iter().fold(none, |found, condition| found.or(&self.evaluate(condition))));
        }
        if let Some(condition) = &filter.not {
            require(self.evaluate(condition).not(&columns.all));
        }
        selected.unwrap_or_else(|| Selection::known(columns.all.clone()))
    }

    pub(super) fn term_set<T: Term>(&self, column: &Several<T>, set: &TermSet<T>) -> Selection {
        let all = &self.attributes.all;
        let any_of = |terms: &[T]| {
            terms.iter().fold(Selection::known(RoaringBitmap::new()), |found, term| found.or(&column.has(*term)))
        };
        let mut selected = Selection::known(all.clone());
        for term in set.all.iter().flatten() {
            selected = selected.and(&column.has(*term));
        }
        if let Some(terms) = &set.any {
            selected = selected.and(&any_of(terms));
        }
        if let Some(terms) = &set.none {
            selected = selected.and(&any_of(terms).not(all));
        }
        selected
    }

    /// Places whose point lies in the area or on its edge.
    pub(super) fn places_in(&self, area: &Area) -> RoaringBitmap {
        // Ascending, as the index gives them; else each would be put in its place.
        RoaringBitmap::from_sorted_iter(self.index.within(area)).unwrap_or_default()
    }

    /// Places whose point lies in the area or on its edge, or that belong to one of the named areas. UNKNOWN is a
    /// place without a location, and one that is known only to something larger that holds the named area.
    pub(super) fn places_within(&self, within: &Within) -> Selection {
        let empty = || Selection::known(RoaringBitmap::new());
        match within {
            Within::Area(area) => {
                let certain = self.places_in(area);
                let unlocated = &self.attributes.all - &self.attributes.located;
                Selection { possible: &certain | unlocated, certain }
            }
            Within::Municipalities(municipalities) => municipalities.iter().fold(empty(), |found, municipality| {
                found.or(&Selection::known(self.municipality(*municipality).places.clone()))
            }),
            Within::Neighbourhoods(neighbourhoods) => neighbourhoods
                .iter()
                .fold(empty(), |found, neighbourhood| found.or(&self.neighbourhood(*neighbourhood).places)),
            Within::Settlements(settlements) => {
                settlements.iter().fold(empty(), |found, settlement| found.or(&self.settlement(*settlement).places))
            }
        }
    }

    /// What holds for a municipality holds for its places.
    fn of_municipalities(&self, municipalities: Selection) -> Selection {
        let places = |municipalities: RoaringBitmap| {
            municipalities
                .iter()
                .fold(RoaringBitmap::new(), |found, municipality| found | &self.municipality(municipality).places)
        };
        Selection { certain: places(municipalities.certain), possible: places(municipalities.possible) }
    }

    /// The municipalities for which a policy filter is TRUE, and for which it may be.
    fn policies(&self, filter: &PolicyFilter) -> Selection {
        let mut selected = Selection::known(RoaringBitmap::new());
        for (index, entry) in (0..).zip(&self.municipalities) {
            let (certain, possible) = filter.of(&entry.policy);
            if certain {
                selected.certain.insert(index);
            }
            if possible {
                selected.possible.insert(index);
            }
        }
        selected
    }

    /// The municipalities for which `filter` is TRUE, ascending by code.
    pub fn select_municipalities(&self, filter: &MunicipalityFilter) -> Vec<u32> {
        let mut selected: RoaringBitmap = (0..).zip(&self.municipalities).map(|(index, _)| index).collect();
        if let Some(municipalities) = &filter.municipalities {
            selected &= municipalities.iter().copied().collect::<RoaringBitmap>();
        }
        if let Some(policy) = &filter.policy {
            selected &= self.policies(policy).certain;
        }
        if let Some(within) = &filter.within {
            selected &= self.municipalities_touching(within);
        }
        selected.iter().collect()
    }

    fn municipalities_touching(&self, within: &Within) -> RoaringBitmap {
        match within {
            Within::Area(area) => (0..)
                .zip(&self.municipalities)
                .filter(|(index, _)| self.boundary(*index).is_some_and(|region| region.intersects(area)))
                .map(|(index, _)| index)
                .collect(),
            Within::Municipalities(municipalities) => municipalities.iter().copied().collect(),
            Within::Neighbourhoods(neighbourhoods) => {
                neighbourhoods.iter().map(|index| self.neighbourhood(*index).municipality).collect()
            }
            Within::Settlements(settlements) => {
                settlements.iter().map(|index| self.settlement(*index).municipality).collect()
            }
        }
    }

    /// Whether a settlement belongs to an area: its inner point lies in it, or it is part of a named one.
    pub fn is_settlement_within(&self, settlement: u32, within: &Within) -> bool {
        let entry = self.settlement(settlement);
        let at = Wgs84 { lon: entry.facts.lon, lat: entry.facts.lat };
        match within {
            Within::Area(area) => area.contains(at, at.to_rd()),
            Within::Municipalities(municipalities) => municipalities.contains(&entry.municipality),
            Within::Neighbourhoods(neighbourhoods) => {
                neighbourhoods.iter().any(|index| self.neighbourhood(*index).region.contains(at))
            }
            Within::Settlements(settlements) => {
                self.with_ancestors(settlement).any(|index| settlements.contains(&index))
            }
        }
    }

    /// Whether a neighbourhood shares a point with an area, or is part of a named one.
    pub fn is_neighbourhood_within(&self, neighbourhood: u32, within: &Within) -> bool {
        let entry = self.neighbourhood(neighbourhood);
        match within {
            Within::Area(area) => entry.region.intersects(area),
            Within::Municipalities(municipalities) => municipalities.contains(&entry.municipality),
            Within::Neighbourhoods(neighbourhoods) => neighbourhoods.iter().any(|index| {
                *index == neighbourhood || self.neighbourhood(*index).facts.code.is_wijk_of(&entry.facts.code)
            }),
            Within::Settlements(settlements) => settlements
                .iter()
                .any(|index| entry.region.intersects(&Area::Polygon(self.settlement(*index).region.clone()))),
        }
    }

    /// A settlement and what holds it, inmost first.
    pub fn with_ancestors(&self, settlement: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(settlement), |index| self.settlement(*index).parent)
    }
}

impl PolicyFilter {
    /// Whether the filter is TRUE for a policy, and whether it is TRUE or UNKNOWN.
    fn of(&self, policy: &Policy) -> (bool, bool) {
        fn one<T: PartialEq>(wanted: &Option<Vec<T>>, known: Option<&T>) -> (bool, bool) {
            match (wanted, known) {
                (None, _) => (true, true),
                (Some(wanted), _) if wanted.is_empty() => (false, false),
                (Some(_), None) => (false, true),
                (Some(wanted), Some(known)) => (wanted.contains(known), wanted.contains(known)),
            }
        }
        /// A list of support holds what documents show; that they show nothing else says nothing of the rest.
        fn several<T: PartialEq>(wanted: &Option<Vec<T>>, known: Option<&Vec<T>>) -> (bool, bool) {
            let Some(wanted) = wanted else { return (true, true) };
            let found = known.is_some_and(|known| wanted.iter().any(|value| known.contains(value)));
            (found, !wanted.is_empty())
        }
        let unknown = self.unknown.as_ref().is_none_or(|themes| themes.iter().any(|theme| policy.is_unknown(*theme)));
        [
            one(&self.vision, policy.vision.as_ref()),
            several(&self.financial_support, policy.financial_support.as_ref()),
            several(&self.other_support, policy.other_support.as_ref()),
            one(&self.ambition, policy.ambition.as_ref()),
            one(&self.contact_moment, policy.contact_moment.as_ref()),
            (unknown, unknown),
        ]
        .into_iter()
        .fold((true, true), |(certain, possible), (also_certain, also_possible)| {
            (certain && also_certain, possible && also_possible)
        })
    }
}
