//! Lists of activities: which are in them, in which order, and how many there are of each value. The GraphQL derive stands here for the reason told
//! in [`vocabulary`](crate::model::vocabulary).

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use roaring::RoaringBitmap;

use super::{ActivityEntry, ActivityFilter, Count, DimensionValue, Direction, Edition, Selection, named};
use crate::{
    model::vocabulary::{ActivityType, Audience, PlaceStatus, Term},
    search::fold,
};

/// What activities are sorted by.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityOrderField {
    /// Eerstvolgende: by the next time that it begins, from the moment of the request; those of which that is not known last in both directions.
    Next,
    /// Naam: by name, without regard to case, accents and punctuation.
    Name,
    /// Plek: by name of the place, then of the activity.
    Place,
}

/// What activities are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityDimension {
    /// Type of the report.
    Type,
    /// Weekday of its rules.
    Weekday,
    /// For whom it is; what is for everyone counts in each that another is for.
    Audience,
    /// Municipality of its place.
    Municipality,
}

impl Edition {
    /// The activities for which `filter` is TRUE and those for which it may be. In neither are activities that are held no longer on the day of the
    /// filter, unless it asks for a day or span, and those at closed places, unless it asks for a status of places.
    pub fn select_activities(&self, filter: &ActivityFilter) -> Selection {
        let all = &self.programme.all;
        let selected = self.current(filter, all);
        if filter.asks_for_status() {
            return selected;
        }
        let is_closed = |entry: &ActivityEntry| self.place(entry.place).facts.status == Some(PlaceStatus::Closed);
        selected.and(&Selection::known(self.activities_where(all, |entry| !is_closed(entry))))
    }

    /// The activities of a place for which `filter` is TRUE and those for which it may be, be the place closed or not; as
    /// [`Edition::select_activities`].
    pub fn programme_of(&self, place: u32, filter: &ActivityFilter) -> Selection {
        self.current(filter, &self.place(place).programme.iter().copied().collect())
    }

    /// The places at which an activity is held for which `filter` is TRUE; UNKNOWN where it may be, and where no activity is known.
    pub(super) fn offering(&self, filter: &ActivityFilter) -> Selection {
        let all = &self.programme.all;
        let current = self.current(&ActivityFilter { today: filter.today, ..ActivityFilter::default() }, all).possible;
        let selected = self.current(filter, all);
        let of_unknown = filter.of_unknown();
        Selection::of((0..).zip(&self.places).map(|(index, entry)| {
            let has = |activities: &RoaringBitmap| entry.programme.iter().any(|own| activities.contains(*own));
            let value = match () {
                () if has(&selected.certain) => Some(true),
                () if has(&selected.possible) => None,
                () if has(&current) => Some(false),
                () => of_unknown,
            };
            (index, value)
        }))
    }

    /// As [`Edition::select_activities`] among some activities, at closed places too.
    fn current(&self, filter: &ActivityFilter, among: &RoaringBitmap) -> Selection {
        let selected = self.evaluate_activities(filter, among);
        let today = filter.today.filter(|_| !filter.asks_for_days());
        // Without a day only what says itself that it is held no longer.
        let today = today.unwrap_or(NaiveDate::MIN);
        selected.and(&Selection::known(self.activities_where(among, |entry| !entry.is_over(today))))
    }

    fn activities_where(&self, among: &RoaringBitmap, holds: impl Fn(&ActivityEntry) -> bool) -> RoaringBitmap {
        among.iter().filter(|index| holds(self.activity(*index))).collect()
    }

    fn evaluate_activities(&self, filter: &ActivityFilter, among: &RoaringBitmap) -> Selection {
        let columns = &self.programme;
        let by = |value: &dyn Fn(&ActivityEntry) -> Option<bool>| {
            Selection::of(among.iter().map(|index| (index, value(self.activity(index)))))
        };
        let mut selected = Selection::known(among.clone());
        let mut require = |condition: Selection| {
            let so_far = std::mem::replace(&mut selected, Selection::known(RoaringBitmap::new()));
            selected = so_far.and(&condition);
        };
        if let Some(text) = &filter.text {
            require(Selection::known(self.activity_texts.matching(named::without_province(text))));
        }
        if let Some(types) = &filter.types {
            require(columns.types.any_of(types));
        }
        if let Some(weekdays) = &filter.weekdays {
            require(by(&|entry| is_on_weekday(entry, weekdays, filter.today)));
        }
        if let Some(day) = filter.on {
            require(by(&|entry| entry.is_on(day)));
        }
        if let Some((from, until)) = filter.between {
            require(by(&|entry| entry.is_between(from, until)));
        }
        if let Some(audiences) = &filter.audiences {
            require(by(&|entry| entry.is_for(audiences)));
        }
        if let Some(age) = filter.age {
            require(by(&|entry| entry.is_for_age(age)));
        }
        if let Some(wanted) = filter.free {
            require(columns.free.is(wanted));
        }
        if let Some(wanted) = filter.registration_required {
            require(columns.registration_required.is(wanted));
        }
        if let Some(wanted) = filter.referral_required {
            require(columns.referral_required.is(wanted));
        }
        if let Some(places) = &filter.places {
            require(self.at(&self.evaluate(places), among));
        }
        for condition in filter.and.iter().flatten() {
            require(self.evaluate_activities(condition, among));
        }
        if let Some(conditions) = &filter.or {
            let none = Selection::known(RoaringBitmap::new());
            require(
                conditions.iter().fold(none, |found, condition| found.or(&self.evaluate_activities(condition, among))),
            );
        }
        if let Some(condition) = &filter.not {
            require(self.evaluate_activities(condition, among).not(among));
        }
        selected
    }

    /// What holds for a place holds for what is held there.
    fn at(&self, places: &Selection, among: &RoaringBitmap) -> Selection {
        let held = |places: &RoaringBitmap| self.activities_where(among, |entry| places.contains(entry.place));
        Selection { certain: held(&places.certain), possible: held(&places.possible) }
    }

    /// The members of a set in order, equals by ascending id in both directions; and until when that order holds, where it depends on `now`.
    pub fn sorted_activities(
        &self,
        members: &RoaringBitmap,
        field: ActivityOrderField,
        direction: Direction,
        now: DateTime<Utc>,
    ) -> (Vec<u32>, Option<DateTime<Utc>>) {
        let place = |entry: &ActivityEntry| fold(&self.place(entry.place).facts.name);
        match field {
            ActivityOrderField::Name => (self.by(members, direction, |entry| Some(fold(&entry.facts.name))), None),
            ActivityOrderField::Place => {
                (self.by(members, direction, |entry| Some((place(entry), fold(&entry.facts.name)))), None)
            }
            ActivityOrderField::Next => {
                let first = members.iter().filter_map(|index| self.activity(index).next(now)).min();
                (self.by(members, direction, |entry| entry.next(now)), first)
            }
        }
    }

    fn by<K: Ord>(
        &self,
        members: &RoaringBitmap,
        direction: Direction,
        key: impl Fn(&ActivityEntry) -> Option<K>,
    ) -> Vec<u32> {
        let mut keyed: Vec<(Option<K>, u32)> = members.iter().map(|index| (key(self.activity(index)), index)).collect();
        keyed.sort_by(|(a, one), (b, other)| {
            let by_key = match direction {
                Direction::Asc => a.cmp(b),
                Direction::Desc => b.cmp(a),
            };
            a.is_none().cmp(&b.is_none()).then(by_key).then(one.cmp(other))
        });
        keyed.into_iter().map(|(_, index)| index).collect()
    }

    /// The number of `members` by each value of `dimension`, most first, then by value; values without any, and activities whose value is not known,
    /// are in no row. Filtering by a value on `today` gives as many as its row says.
    pub fn count_activities_by(
        &self,
        members: &RoaringBitmap,
        dimension: ActivityDimension,
        today: Option<NaiveDate>,
    ) -> Vec<Count> {
        let count = |holds: &dyn Fn(&ActivityEntry) -> bool| {
            members.iter().filter(|index| holds(self.activity(*index))).count() as u64
        };
        let term = |vocabulary, term| DimensionValue::Term { vocabulary, term };
        let counts: Vec<(DimensionValue, u64)> = match dimension {
            ActivityDimension::Type => ActivityType::all()
                .map(|kind| {
                    let has = |entry: &ActivityEntry| entry.facts.activity_type == Some(kind);
                    (term(ActivityType::VOCABULARY, kind.name()), count(&has))
                })
                .collect(),
            ActivityDimension::Weekday => std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ()))
                .take(7)
                .map(|day| {
                    let is_on = |entry: &ActivityEntry| is_on_weekday(entry, &[day], today) == Some(true);
                    (DimensionValue::Weekday(day), count(&is_on))
                })
                .collect(),
            ActivityDimension::Audience => Audience::all()
                .filter(|audience| count(&|entry| entry.facts.audiences.contains(audience)) > 0)
                .map(|audience| {
                    let is_for = |entry: &ActivityEntry| entry.is_for(&[audience]) == Some(true);
                    (term(Audience::VOCABULARY, audience.name()), count(&is_for))
                })
                .collect(),
            ActivityDimension::Municipality => (0..)
                .zip(&self.municipalities)
                .map(|(index, entry)| {
                    let is_there = |activity: &ActivityEntry| entry.places.contains(activity.place);
                    (DimensionValue::Municipality(index), count(&is_there))
                })
                .collect(),
        };
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let mut counts: Vec<Count> = counts.map(|(value, count)| Count { value, count }).collect();
        counts.sort_by_cached_key(|count| (Reverse(count.count), self.value_text(count.value).into_owned()));
        counts
    }
}

/// Whether it is held on one of some weekdays; `None`: not known.
fn is_on_weekday(entry: &ActivityEntry, weekdays: &[Weekday], today: Option<NaiveDate>) -> Option<bool> {
    if weekdays.is_empty() {
        return Some(false);
    }
    let own = entry.weekdays(today);
    if own.iter().flatten().any(|day| weekdays.contains(day)) {
        return Some(true);
    }
    (!own.is_empty() && !own.contains(&None)).then_some(false)
}
