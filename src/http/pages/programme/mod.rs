//! What is held in some days, as the pages show it: an entry a time, by day, and what of which nobody knows when.

mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc, Weekday};

pub(in crate::http) use self::words::Words;
use super::{language::Language, words::with};
use crate::{
    calendar::{clock, local, recurrence},
    edition::{ActivityEntry, Edition},
    http::activities::words::details,
    search::fold,
};

/// Days in a week.
pub(in crate::http) const A_WEEK: u64 = 7;

/// Times of one activity on one day: nothing is held more often.
const MOST_A_DAY: usize = 20;

/// Some days, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Span {
    /// The first.
    pub(in crate::http) from: NaiveDate,
    /// The day after the last.
    pub(in crate::http) until: NaiveDate,
}

/// What is held on a day.
#[derive(Clone, Debug)]
pub(in crate::http) struct Day {
    /// `dinsdag 1 december`, with `vandaag` or `morgen` before it.
    pub(in crate::http) title: String,
    /// As attributes have it.
    pub(in crate::http) iso: String,
    /// By time, those of which the time is not known last.
    pub(in crate::http) items: Vec<Item>,
    /// How many more there are.
    pub(in crate::http) more: usize,
}

/// One time that something is held, or, without one, something of which it is not known when.
#[derive(Clone, Debug)]
pub(in crate::http) struct Item {
    /// `19:30–22:00`; none: not known.
    pub(in crate::http) time: Option<String>,
    /// Its name.
    pub(in crate::http) name: String,
    /// For the address of its page.
    pub(in crate::http) slug: String,
    /// Name of the place.
    pub(in crate::http) place: String,
    /// For the address of the page of the place.
    pub(in crate::http) place_slug: String,
    /// Village or town.
    pub(in crate::http) settlement: String,
    /// For whom, at what price and so on, in one line.
    pub(in crate::http) details: String,
}

/// What is held in some days.
#[derive(Clone, Debug, Default)]
pub(in crate::http) struct Programme {
    /// The days on which something is, ascending.
    pub(in crate::http) days: Vec<Day>,
    /// What is held, and nobody says when.
    pub(in crate::http) undated: Vec<Item>,
}

impl Span {
    /// Seven days from `from` on.
    pub(in crate::http) fn week(from: NaiveDate) -> Self {
        Self { from, until: from.checked_add_days(Days::new(A_WEEK)).unwrap_or(from) }
    }

    /// One day.
    pub(in crate::http) fn day(day: NaiveDate) -> Self {
        Self { from: day, until: day.succ_opt().unwrap_or(day) }
    }

    /// The days in words: `1 december 2026` or `1 december 2026 tot en met 7 december 2026`.
    pub(in crate::http) fn text(self, language: Language) -> String {
        let last = self.until.pred_opt().unwrap_or(self.from);
        let (from, until) = (language.date(self.from), language.date(last));
        if self.from == last {
            return from;
        }
        with(Words::of(language).from_until, &[("from", &from), ("until", &until)])
    }
}

impl Programme {
    /// What of some activities is held in some days, on these weekdays where any are named, at most `most` a day.
    pub(in crate::http) fn of(
        edition: &Edition,
        activities: impl IntoIterator<Item = u32>,
        span: Span,
        (weekdays, most): (Option<&[Weekday]>, usize),
        (today, language): (NaiveDate, Language),
    ) -> Self {
        let is_asked = |day: NaiveDate| weekdays.is_none_or(|days| days.contains(&chrono::Datelike::weekday(&day)));
        let mut days: BTreeMap<NaiveDate, Vec<(Option<NaiveTime>, u32, Option<String>)>> = BTreeMap::new();
        let mut undated = Vec::new();
        for index in activities {
            let entry = edition.activity(index);
            if entry.schedule.is_empty() {
                undated.push(index);
            }
            for (day, start, time) in times(entry, span) {
                if is_asked(day) {
                    days.entry(day).or_default().push((start, index, time));
                }
            }
        }
        let item = |index: u32, time| item(edition, index, time, language);
        let name = |index: &u32| fold(&edition.activity(*index).facts.name);
        let day = |(day, mut found): (NaiveDate, Vec<(Option<NaiveTime>, u32, Option<String>)>)| {
            found.sort_by_cached_key(|(start, index, _)| (start.is_none(), *start, name(index)));
            let more = found.len().saturating_sub(most);
            Day {
                title: titled(day, today, language),
                iso: day.to_string(),
                items: found.into_iter().take(most).map(|(_, index, time)| item(index, time)).collect(),
                more,
            }
        };
        undated.sort_by_cached_key(name);
        Self {
            days: days.into_iter().map(day).collect(),
            undated: undated.into_iter().take(most).map(|index| item(index, None)).collect(),
        }
    }

    /// Whether nothing is known.
    pub(in crate::http) fn is_empty(&self) -> bool {
        self.days.is_empty() && self.undated.is_empty()
    }
}

/// The times of an activity in some days.
fn times(entry: &ActivityEntry, span: Span) -> Vec<(NaiveDate, Option<NaiveTime>, Option<String>)> {
    let moment = |day: NaiveDate| clock::moment_of(day.and_time(NaiveTime::MIN));
    let (Some(from), Some(until)) = (moment(span.from), moment(span.until)) else { return Vec::new() };
    let most = MOST_A_DAY * usize::try_from((span.until - span.from).num_days()).unwrap_or_default();
    let begins_in_span = |one: &recurrence::Occurrence| one.start >= from;
    let timed = entry.occurrences(from, until, most).into_iter().filter(begins_in_span).map(|one| {
        let start = local(one.start);
        (start.date(), Some(start.time()), Some(written(one.start, one.end)))
    });
    let without_time = entry.schedule.iter().filter(|(told, _)| told.start.is_none());
    let whole = without_time.flat_map(|(_, rule)| rule.days(span.from, span.until)).map(|day| (day, None, None));
    timed.chain(whole).collect()
}

/// `19:30–22:00`, on the clock of the Netherlands.
fn written(start: DateTime<Utc>, end: Option<DateTime<Utc>>) -> String {
    let time = |moment: DateTime<Utc>| local(moment).format("%H:%M").to_string();
    end.map_or_else(|| time(start), |end| format!("{}–{}", time(start), time(end)))
}

fn item(edition: &Edition, index: u32, time: Option<String>, language: Language) -> Item {
    let entry = edition.activity(index);
    let place = &edition.place(entry.place).facts;
    Item {
        time,
        name: entry.facts.name.clone(),
        slug: entry.facts.key.clone(),
        place: place.name.clone(),
        place_slug: place.key.clone(),
        settlement: place.settlement.clone(),
        details: details(&entry.facts, language).join(" · "),
    }
}

/// A day in words, with its distance from today where that is a word.
pub(in crate::http) fn titled(day: NaiveDate, today: NaiveDate, language: Language) -> String {
    let date = language.date(day);
    // The year says nothing here.
    let date = date.rsplit_once(' ').map_or(date.as_str(), |(day_and_month, _)| day_and_month);
    let weekday = language.weekday(chrono::Datelike::weekday(&day));
    let t = Words::of(language);
    match (day - today).num_days() {
        0 => with(t.today, &[("day", weekday), ("date", date)]),
        1 => with(t.tomorrow, &[("day", weekday), ("date", date)]),
        _ => format!("{weekday} {date}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_told_as_people_say_them() {
        let today = day("2026-12-01");
        assert_eq!(titled(today, today, Language::Nl), "vandaag, dinsdag 1 december");
        assert_eq!(titled(day("2026-12-02"), today, Language::En), "tomorrow, Wednesday 2 December");
        assert_eq!(titled(day("2026-12-05"), today, Language::Nl), "zaterdag 5 december");
        assert_eq!(Span::week(today).text(Language::Nl), "1 december 2026 tot en met 7 december 2026");
        assert_eq!(Span::day(today).text(Language::En), "1 December 2026");
    }
}
