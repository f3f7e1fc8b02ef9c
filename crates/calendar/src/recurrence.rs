//! Recurrence rules of iCalendar (RFC 5545): on which days and at what moments something is held again.
//!
//! Days are made of rules without a zone, and moments of days by the clock of the Netherlands, so that what is at half past seven stays there when the
//! clock is set. The crate `rrule` reads and expands; the rule by which nearly everything is held, so many weeks apart on these weekdays, is also
//! answered by counting, and a test holds the two against one another.
//!
//! What is refused: rules by the hour or shorter, times within a rule, rules that never hold, more than [`MOST_DAYS`] counted days, and rules that
//! count from a first day that is not said.

mod rule;
mod text;

use std::fmt;

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc, Weekday};

use self::rule::Rule;
use crate::clock;
pub use crate::words::Language;

/// The most days that a rule may count (`COUNT`).
pub const MOST_DAYS: u32 = 1_000;

/// How far ahead the next moment is looked for, days: two years.
pub const HORIZON_DAYS: i64 = 731;

/// Why a rule cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no recurrence rule of RFC 5545.
    Syntax,
    /// It holds more often than once a day.
    MoreThanDaily,
    /// It says times of day, which belong beside it.
    TimesInRule,
    /// It counts from a first day, and there is none.
    NoFirstDay,
    /// It holds on no day.
    Never,
    /// It counts more than [`MOST_DAYS`] days.
    TooMany,
    /// Its last day is before its first.
    EndsBeforeItBegins,
}

/// One time that something is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// When it begins.
    pub start: DateTime<Utc>,
    /// When it ends, where that is known.
    pub end: Option<DateTime<Utc>>,
}

/// A rule with its times and its first and last day, in Europe/Amsterdam.
#[derive(Clone)]
pub struct Schedule {
    /// As it is written, without `UNTIL`.
    written: String,
    rule: Rule,
    start: Option<NaiveTime>,
    end: Option<NaiveTime>,
    from: Option<NaiveDate>,
    through: Option<NaiveDate>,
    /// Ascending.
    except: Vec<NaiveDate>,
}

impl fmt::Debug for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Schedule({})", self.text(Language::English))
    }
}

impl Schedule {
    /// Reads a rule, with or without `RRULE:` before it. An end that is not after the start is on the next day. What stands behind `UNTIL` is one more
    /// last day.
    ///
    /// # Errors
    /// [`Fault`].
    ///
    /// # Example
    /// ```
    /// use noaber_calendar::{Schedule, recurrence::Language};
    /// let at = |hour, minute| chrono::NaiveTime::from_hms_opt(hour, minute, 0);
    /// let schedule = Schedule::parse("FREQ=WEEKLY;BYDAY=TU", at(19, 30), at(22, 0), None, None, &[]).unwrap();
    /// assert_eq!(schedule.text(Language::English), "every Tuesday, 19:30 to 22:00");
    /// let next = schedule.next("2026-12-01T12:00:00Z".parse().unwrap()); // a Tuesday
    /// assert_eq!(next, Some("2026-12-01T18:30:00Z".parse().unwrap()));
    /// ```
    pub fn parse(
        rrule: &str,
        start: Option<NaiveTime>,
        end: Option<NaiveTime>,
        from: Option<NaiveDate>,
        through: Option<NaiveDate>,
        except: &[NaiveDate],
    ) -> Result<Self, Fault> {
        let rule::Read { rule, until, written } = Rule::parse(rrule, from)?;
        // On the last day itself a moment may be too early for it.
        let until = until.map(|(day, time)| match (time, start) {
            (Some(time), Some(start)) if time < start => day.pred_opt().unwrap_or(day),
            _ => day,
        });
        let through = match (through, until) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        if through.zip(from).is_some_and(|(through, from)| through < from) {
            return Err(Fault::EndsBeforeItBegins);
        }
        let mut except = except.to_vec();
        except.sort_unstable();
        except.dedup();
        Ok(Self { written, rule, start, end, from, through, except })
    }

    /// The rule as it is written, in capitals, without `RRULE:` and `UNTIL`: `FREQ=WEEKLY;BYDAY=TU`.
    pub fn rrule(&self) -> String {
        self.written.clone()
    }

    /// The last day, where there is one, that of `UNTIL` included.
    pub fn through(&self) -> Option<NaiveDate> {
        self.through
    }

    /// The weekdays on which it is held. Empty where the rule does not tell, such as "the 15th of the month".
    pub fn weekdays(&self) -> Vec<Weekday> {
        let is = self.rule.weekdays();
        let mut days = Vec::new();
        let mut day = Weekday::Mon;
        for is in is {
            days.extend(is.then_some(day));
            day = day.succ();
        }
        days
    }

    /// The days on which it is held, from `from` until before `until`, ascending; at most [`MOST_DAYS`].
    pub fn days(&self, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
        let from = self.from.map_or(from, |first| first.max(from));
        let last = self.through.and_then(|last| last.succ_opt()).map_or(until, |after| after.min(until));
        if from >= last {
            return Vec::new();
        }
        let mut days = self.rule.days(self.from, from, last);
        days.retain(|day| self.except.binary_search(day).is_err());
        days
    }

    /// The times that it is held: those that have not ended at `from` and begin before `until`, ascending; at most `most`. None where the time of day is
    /// not known. One of which the end is not known has ended when it has begun.
    pub fn occurrences(&self, from: DateTime<Utc>, until: DateTime<Utc>, most: usize) -> Vec<Occurrence> {
        let Some(start) = self.start else { return Vec::new() };
        let mut found = Vec::new();
        let mut first = clock::local(from).date() - Days::new(1);
        let end = clock::local(until).date() + Days::new(1);
        // In steps, so that a rule of every day is not written out for years when a few times are asked.
        let mut step = Duration::days(16);
        while first < end && found.len() < most {
            let next = first.checked_add_signed(step).unwrap_or(end).min(end);
            let occurrences = self.days(first, next).into_iter().filter_map(|day| self.on(day, start));
            let is_asked = |one: &Occurrence| {
                let has_ended = one.end.map_or(one.start < from, |end| end <= from);
                !has_ended && one.start < until
            };
            found.extend(occurrences.filter(is_asked));
            first = next;
            step = (step * 4).min(Duration::days(366));
        }
        found.truncate(most);
        found
    }

    /// The first time that it begins after `after`, within two years.
    pub fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = after + Duration::days(HORIZON_DAYS);
        // One may have begun before and not have ended.
        self.occurrences(after, until, 3).into_iter().map(|one| one.start).find(|start| *start > after)
    }

    /// Whether no day of it is left on that day or later.
    pub fn has_ended(&self, on: NaiveDate) -> bool {
        let last = match (self.through, self.rule.last()) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        last.is_some_and(|last| last < on)
    }

    /// In words: `elke dinsdag, 19:30 tot 22:00 uur`.
    pub fn text(&self, language: Language) -> String {
        text::of(self, language)
    }

    /// The time on a day; in the hour that is left out in spring it is an hour later on the clock, as RFC 5545 says.
    fn on(&self, day: NaiveDate, start: NaiveTime) -> Option<Occurrence> {
        let moment =
            |at: chrono::NaiveDateTime| clock::moment_of(at).or_else(|| clock::moment_of(at + Duration::hours(1)));
        let begins = moment(day.and_time(start))?;
        let end = self.end.and_then(|end| {
            let day = if end > start { day } else { day.succ_opt()? };
            moment(day.and_time(end))
        });
        Some(Occurrence { start: begins, end: end.filter(|end| *end > begins) })
    }
}

#[cfg(test)]
mod tests;
