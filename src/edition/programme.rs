//! What is held at places and when: the activities that are served, with their rules read once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use roaring::RoaringBitmap;

use super::{
    Edition, NodeId, PlaceEntry,
    attribute::{Flag, One},
    index_of, position,
};
use crate::{
    calendar::{Schedule, clock, recurrence::Occurrence},
    model::{
        Activity, ActivitySchedule, Layer, Source, served,
        vocabulary::{ActivityType, Audience, PlaceStatus},
    },
};

/// No rule is looked at beyond this day.
const LAST_YEAR: i32 = 2_200;

/// An activity as it is served, with what follows from the other facts.
pub struct ActivityEntry {
    /// What is known of it, as the strongest voice says.
    pub facts: Activity,
    /// Index of its place.
    pub place: u32,
    /// Its rules, those that can be read.
    pub schedule: Vec<(ActivitySchedule, Schedule)>,
    /// Ids of all sources that tell of it, ascending.
    pub sources: Vec<String>,
    /// Positions in [`Edition::layers`] of the layers of its sources, ascending.
    pub layers: Box<[u16]>,
    /// For each rule the first day on which nothing of it is left, where it ends.
    over: Vec<Option<NaiveDate>>,
}

/// All activities with their columns.
pub(super) struct Programme {
    pub(super) activities: Vec<ActivityEntry>,
    pub(super) all: RoaringBitmap,
    pub(super) types: One<ActivityType>,
    pub(super) free: Flag,
    pub(super) registration_required: Flag,
    pub(super) referral_required: Flag,
    /// The days from which on a rule is over, ascending.
    ends: Vec<NaiveDate>,
}

impl ActivityEntry {
    /// Its id.
    pub fn id(&self) -> NodeId {
        NodeId::Activity(self.facts.key.clone())
    }

    /// Whether it is held no longer: it says so, or none of its rules has a day left on `today` or later.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.is_closed()
            || (!self.over.is_empty() && self.over.iter().all(|over| over.is_some_and(|over| over <= today)))
    }

    /// The times that it is held: those that have not ended at `from` and begin before `until`, ascending, at most `most`. None where the time of day
    /// is not known, and of what is said to be held no longer.
    pub fn occurrences(&self, from: DateTime<Utc>, until: DateTime<Utc>, most: usize) -> Vec<Occurrence> {
        let rules = self.schedule.iter().filter(|_| !self.is_closed());
        let mut all: Vec<Occurrence> = rules.flat_map(|(_, rule)| rule.occurrences(from, until, most)).collect();
        all.sort_unstable();
        all.dedup();
        all.truncate(most);
        all
    }

    /// When it next begins, later than `after`; `None`: not known, or not within two years.
    pub fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let rules = self.schedule.iter().filter(|_| !self.is_closed());
        rules.filter_map(|(_, rule)| rule.next(after)).min()
    }

    /// The weekdays of its rules that have a day left on `today`, of all rules where none has; `None` where a rule does not tell.
    pub(super) fn weekdays(&self, today: Option<NaiveDate>) -> Vec<Option<Weekday>> {
        let is_left = |over: &Option<NaiveDate>| today.is_none_or(|today| over.is_none_or(|over| over > today));
        let any_left = self.over.iter().any(is_left);
        let rules = self.schedule.iter().zip(&self.over).filter(|(_, over)| !any_left || is_left(over));
        rules
            .flat_map(|((_, rule), _)| match rule.weekdays() {
                days if days.is_empty() => vec![None],
                days => days.into_iter().map(Some).collect(),
            })
            .collect()
    }

    /// Whether it is for one of some audiences; `None`: not known. What is for everyone is for each.
    pub(super) fn is_for(&self, audiences: &[Audience]) -> Option<bool> {
        if audiences.is_empty() {
            return Some(false);
        }
        let own = &self.facts.audiences;
        let is_meant = |audience: &Audience| *audience == Audience::Iedereen || audiences.contains(audience);
        (!own.is_empty()).then(|| own.iter().any(is_meant))
    }

    /// Whether somebody of that age can come; `None`: no age is told. Where one is told, only that one bounds.
    pub(super) fn is_for_age(&self, age: i32) -> Option<bool> {
        let (least, most) = (self.facts.min_age, self.facts.max_age);
        (least.is_some() || most.is_some())
            .then(|| least.is_none_or(|least| age >= least) && most.is_none_or(|most| age <= most))
    }

    /// Whether it is held on a day; `None`: not known when.
    pub(super) fn is_on(&self, day: NaiveDate) -> Option<bool> {
        let next = day.succ_opt()?;
        (!self.schedule.is_empty()).then(|| self.schedule.iter().any(|(_, rule)| !rule.days(day, next).is_empty()))
    }

    /// Whether it is held at some moment from `from` until before `until`; `None`: not known when, or on a day of which only a part is asked.
    pub(super) fn is_between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<bool> {
        let mut is_known = !self.schedule.is_empty();
        for (told, rule) in &self.schedule {
            if told.start.is_some() {
                if !rule.occurrences(from, until, 1).is_empty() {
                    return Some(true);
                }
                continue;
            }
            let (first, last) = (clock::local(from).date(), clock::local(until).date());
            for day in last.succ_opt().map(|end| rule.days(first, end)).unwrap_or_default() {
                let moment = |day: NaiveDate| clock::moment_of(day.and_hms_opt(0, 0, 0)?);
                let (Some(begins), Some(ends)) = (moment(day), day.succ_opt().and_then(moment)) else { continue };
                if from <= begins && ends <= until {
                    return Some(true);
                }
                // On the day after, where nothing of it is asked, it says nothing.
                is_known &= begins >= until || ends <= from;
            }
        }
        is_known.then_some(false)
    }

    fn is_closed(&self) -> bool {
        self.facts.status == Some(PlaceStatus::Closed)
    }
}

impl Programme {
    /// What is served of `activities`; a place that is not there is a fault.
    pub(super) fn of(
        activities: &[Activity],
        places: &mut [PlaceEntry],
        layers: &[Layer],
        sources: &[Source],
        faults: &mut Vec<String>,
    ) -> Self {
        let layer_of = layers_by_source(layers, sources);
        let mut entries: Vec<ActivityEntry> = Vec::new();
        for (key, voices) in served(activities) {
            let Some(best) = voices.first() else { continue };
            let Some(place) = position(places, &best.place, |entry| &entry.facts.key) else {
                faults.push(format!("activity `{key}` is held at `{}`, which is no place", best.place));
                continue;
            };
            let sources: BTreeSet<&str> = voices.iter().map(|voice| voice.source.as_str()).collect();
            let layers: BTreeSet<u16> = sources.iter().filter_map(|source| layer_of.get(source).copied()).collect();
            let schedule: Vec<_> = best.schedule.iter().filter_map(|told| Some((told.clone(), read(told)?))).collect();
            let entry = &mut places[place as usize];
            entry.programme.push(index_of(entries.len()));
            entry.is_programme_known |= !schedule.is_empty();
            entries.push(ActivityEntry {
                over: schedule.iter().map(|(_, rule)| over_from(rule)).collect(),
                facts: (*best).clone(),
                place,
                schedule,
                sources: sources.into_iter().map(str::to_owned).collect(),
                layers: layers.into_iter().collect(),
            });
        }
        let indexed = || (0..).zip(entries.iter().map(|entry| &entry.facts));
        let mut ends: Vec<NaiveDate> = entries.iter().flat_map(|entry| entry.over.iter().flatten().copied()).collect();
        ends.sort_unstable();
        ends.dedup();
        Self {
            all: indexed().map(|(index, _)| index).collect(),
            types: One::of(indexed().map(|(index, facts)| (index, facts.activity_type))),
            free: Flag::of(indexed().map(|(index, facts)| (index, facts.free))),
            registration_required: Flag::of(indexed().map(|(index, facts)| (index, facts.registration_required))),
            referral_required: Flag::of(indexed().map(|(index, facts)| (index, facts.referral_required))),
            ends,
            activities: entries,
        }
    }
}

/// A rule as it can be asked; `None`: this release cannot read it.
fn read(told: &ActivitySchedule) -> Option<Schedule> {
    let ActivitySchedule { rrule, start, end, valid_from, valid_through, except } = told;
    Schedule::parse(rrule, *start, *end, *valid_from, *valid_through, except).ok()
}

/// The first day on which nothing of a rule is left; `None`: it does not end.
fn over_from(rule: &Schedule) -> Option<NaiveDate> {
    let mut open = NaiveDate::default();
    let mut over = NaiveDate::from_ymd_opt(LAST_YEAR, 1, 1)?;
    if rule.has_ended(open) {
        return Some(open);
    }
    if !rule.has_ended(over) {
        return None;
    }
    while let Some(middle) = open.checked_add_signed((over - open) / 2).filter(|middle| *middle > open) {
        if rule.has_ended(middle) { over = middle } else { open = middle }
    }
    Some(over)
}

fn layers_by_source<'a>(layers: &[Layer], sources: &'a [Source]) -> BTreeMap<&'a str, u16> {
    let index_of = |key: &str| layers.iter().position(|layer| layer.key == key).and_then(|at| u16::try_from(at).ok());
    sources.iter().filter_map(|source| Some((source.id.as_str(), index_of(&source.layer)?))).collect()
}

impl Edition {
    /// The activity of that index.
    pub fn activity(&self, index: u32) -> &ActivityEntry {
        &self.programme.activities[index as usize]
    }

    /// All activities, ascending by id.
    pub fn activities(&self) -> &[ActivityEntry] {
        &self.programme.activities
    }

    /// The activity of that key.
    pub fn activity_by_key(&self, key: &str) -> Option<u32> {
        position(&self.programme.activities, key, |entry| &entry.facts.key)
    }

    /// When the day begins on which the next rule is over, after a moment: until then lists of activities stay as they are. `None`: none ends.
    pub fn next_end_of_a_rule(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = clock::local(now).date();
        let ends = &self.programme.ends;
        let next = ends.get(ends.partition_point(|end| *end <= today))?;
        clock::moment_of(next.and_hms_opt(0, 0, 0)?)
    }

    /// The layers of the sources of these activities, by key, as [`Edition::layers_of`] has them of places.
    pub fn layers_of_activities(&self, activities: impl IntoIterator<Item = u32>) -> Vec<&Layer> {
        let found: BTreeSet<u16> =
            activities.into_iter().flat_map(|index| self.activity(index).layers.iter().copied()).collect();
        found.into_iter().filter_map(|layer| self.layers.get(usize::from(layer))).collect()
    }
}

#[cfg(test)]
mod tests;
