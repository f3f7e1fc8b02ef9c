//! When places are open.

use chrono::{DateTime, Utc, Weekday};

use super::{Edition, PlaceEntry, Selection};
use crate::{
    calendar::{Hours, State, clock, hours},
    model::{Language, Place, vocabulary::PlaceStatus},
};

/// The hours of a place that can be asked; `None` where they are not known, or cannot be read.
pub(super) fn hours_of(place: &Place) -> Option<Hours> {
    Hours::parse(place.opening_hours.as_deref()?).ok()
}

impl PlaceEntry {
    /// Whether it is open at a moment; `None`: not known. One that is closed for good or planned is not.
    pub fn is_open(&self, moment: DateTime<Utc>) -> Option<bool> {
        if self.is_not_in_use() { Some(false) } else { self.hours.as_ref()?.at(moment).is_open() }
    }

    /// When it next opens after a moment; `None`: not known, or not within two years.
    pub fn next_opening(&self, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.hours.as_ref().filter(|_| !self.is_not_in_use())?.next_opening(moment)
    }

    /// Until when [`Self::is_open`] answers as it does at a moment; `None`: for two years at least.
    pub fn next_change(&self, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.hours.as_ref().filter(|_| !self.is_not_in_use())?.next_change(moment)
    }

    /// Its hours in words; `None`: not known, or not put into words.
    pub fn hours_text(&self, language: Language) -> Option<String> {
        let language = match language {
            Language::Nl => hours::Language::Dutch,
            Language::En => hours::Language::English,
        };
        self.hours.as_ref()?.text(language)
    }

    fn is_not_in_use(&self) -> bool {
        matches!(self.facts.status, Some(PlaceStatus::Closed | PlaceStatus::Planned))
    }
}

impl Edition {
    /// The places that are open at a moment; UNKNOWN where that is not known.
    pub(super) fn open_at(&self, moment: DateTime<Utc>) -> Selection {
        self.by_state(|entry| entry.is_open(moment))
    }

    /// The places that open on one of some weekdays within a year from the date of the edition.
    pub(super) fn open_on(&self, weekdays: &[Weekday]) -> Selection {
        let from = clock::local(self.published_at).date();
        self.by_state(|entry| {
            if weekdays.is_empty() || entry.is_not_in_use() {
                return Some(false);
            }
            let hours = entry.hours.as_ref()?;
            let states: Vec<State> = weekdays.iter().map(|weekday| hours.opens_on(*weekday, from)).collect();
            let has = |state| states.contains(&state);
            if has(State::Open) { Some(true) } else { (!has(State::Unknown)).then_some(false) }
        })
    }

    fn by_state(&self, state: impl Fn(&PlaceEntry) -> Option<bool>) -> Selection {
        Selection::of((0..).zip(&self.places).map(|(index, entry)| (index, state(entry))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{edition::PlaceFilter, seed};

    /// An edition in which the first places have these hours and statuses.
    fn edition(hours: &[(Option<&str>, Option<PlaceStatus>)]) -> Edition {
        let mut facts = seed::read().unwrap();
        facts.places.truncate(hours.len());
        let keys: Vec<String> = facts.places.iter().map(|place| place.key.clone()).collect();
        facts.place_sources.retain(|link| keys.contains(&link.place));
        for (place, (hours, status)) in facts.places.iter_mut().zip(hours) {
            place.opening_hours = hours.map(str::to_owned);
            place.status = *status;
        }
        Edition::build(facts).unwrap()
    }

    fn sets(edition: &Edition, filter: PlaceFilter) -> (Vec<u32>, Vec<u32>) {
        let selected = edition.select(&filter);
        (selected.certain.iter().collect(), (selected.possible - selected.certain).iter().collect())
    }

    #[test]
    fn a_place_is_open_closed_or_nobody_knows() {
        let open = Some(PlaceStatus::Open);
        let edition = edition(&[
            (Some("Mo-Fr 09:00-17:00"), open),
            (Some("Mo-Fr 19:00-22:00"), None),
            (None, open),
            (Some("Mo-Fr 09:00-17:00 \"op afspraak\""), open),
            (Some("geen notatie"), open),
            (Some("24/7"), Some(PlaceStatus::Planned)),
            (Some("24/7"), Some(PlaceStatus::Closed)),
            (Some("Sa 20:00-02:00"), open),
        ]);
        // A Tuesday.
        let noon: DateTime<Utc> = "2026-12-01T12:00:00+01:00".parse().unwrap();
        let at = |moment| PlaceFilter { open_at: Some(moment), ..PlaceFilter::default() };
        assert_eq!(sets(&edition, at(noon)), (vec![0], vec![2, 3, 4]));
        let not = PlaceFilter { not: Some(Box::new(at(noon))), ..PlaceFilter::default() };
        assert_eq!(sets(&edition, not), (vec![1, 5, 7], vec![2, 3, 4]));
        let on = |days: &[Weekday]| PlaceFilter { open_on: Some(days.to_vec()), ..PlaceFilter::default() };
        assert_eq!(sets(&edition, on(&[Weekday::Mon])), (vec![0, 1], vec![2, 3, 4]));
        assert_eq!(sets(&edition, on(&[Weekday::Sun, Weekday::Sat])), (vec![7], vec![2, 4]));
        assert_eq!(sets(&edition, on(&[])), (vec![], vec![]));
        let entry = |index| edition.place(index);
        assert_eq!(entry(0).next_opening(noon), Some("2026-12-02T09:00:00+01:00".parse().unwrap()));
        assert_eq!(entry(0).next_change(noon), Some("2026-12-01T17:00:00+01:00".parse().unwrap()));
        for closed in [5, 6] {
            assert_eq!((entry(closed).is_open(noon), entry(closed).next_opening(noon)), (Some(false), None));
        }
        assert_eq!(
            (entry(2).is_open(noon), entry(2).next_opening(noon), entry(2).next_change(noon)),
            (None, None, None)
        );
    }
}
