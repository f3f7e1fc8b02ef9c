//! When a service is held.

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use super::day;
use crate::{
    findings::Rule,
    ingest::activities::{
        draft::{self, Times},
        when::{self, Days},
    },
    model::ActivitySchedule,
};

/// A rule, as a service or a location has it.
#[derive(Deserialize, Clone)]
pub(super) struct Schedule {
    freq: Option<String>,
    interval: Option<u16>,
    byday: Option<String>,
    bymonthday: Option<String>,
    count: Option<u32>,
    until: Option<String>,
    dtstart: Option<String>,
    opens_at: Option<String>,
    closes_at: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    notes: Option<String>,
}

impl Schedule {
    /// The rule.
    ///
    /// # Errors
    /// The rule of the findings that it runs into.
    pub(super) fn read(&self) -> Result<ActivitySchedule, Rule> {
        let until = self.until.as_deref().and_then(day);
        let from = self
            .dtstart
            .as_deref()
            .or(self.valid_from.as_deref())
            .map(|text| day(text).ok_or(Rule::DateShape))
            .transpose()?;
        let through = self.valid_to.as_deref().map(|text| day(text).ok_or(Rule::DateShape)).transpose()?;
        let through = match (until, through) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let (rule, except) = self.noted();
        let (start, end) = self.times()?;
        let times = Times { start, end, from, through };
        if let Some(rule) = rule {
            return draft::schedule(&Days::of(rule), times, &except);
        }
        let mut parts = Vec::new();
        let byday = self.byday.as_deref().filter(|days| !days.is_empty());
        let freq = match (self.freq.as_deref().filter(|freq| !freq.is_empty()), byday) {
            (Some(freq), _) => freq.to_owned(),
            (None, Some(_)) => "WEEKLY".to_owned(),
            (None, None) => {
                let once = from.map(Days::once).ok_or(Rule::RecurrenceShape)?;
                return draft::schedule(&once, Times { through: None, ..times }, &except);
            }
        };
        parts.push(format!("FREQ={freq}"));
        parts.extend(self.interval.filter(|interval| *interval > 1).map(|interval| format!("INTERVAL={interval}")));
        parts.extend(byday.map(|days| format!("BYDAY={days}")));
        parts.extend(
            self.bymonthday.as_deref().filter(|days| !days.is_empty()).map(|days| format!("BYMONTHDAY={days}")),
        );
        parts.extend(self.count.map(|count| format!("COUNT={count}")));
        draft::schedule(&Days::of(parts.join(";")), times, &except)
    }

    /// What HSDS has no field for, as iCalendar writes it: a rule, and days on which it does not hold.
    fn noted(&self) -> (Option<&str>, Vec<NaiveDate>) {
        let lines = || self.notes.iter().flat_map(|notes| notes.lines()).map(str::trim);
        let rule = lines().find_map(|line| line.strip_prefix("RRULE:"));
        let except = lines().filter_map(|line| line.strip_prefix("EXDATE;VALUE=DATE:"));
        let days = except.flat_map(|days| days.split(','));
        (rule, days.filter_map(|day| NaiveDate::parse_from_str(day.trim(), "%Y%m%d").ok()).collect())
    }

    fn times(&self) -> Result<(Option<NaiveTime>, Option<NaiveTime>), Rule> {
        let read = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
            // `19:30:00+01:00`: the clock of the place, whatever stands behind it.
            let bare = text.map(|text| text.split(['+', 'Z']).next().unwrap_or(text));
            bare.map(|text| when::span(text).and_then(|span| span.start).ok_or(Rule::TimeShape)).transpose()
        };
        Ok((read(&self.opens_at)?, read(&self.closes_at)?))
    }
}
