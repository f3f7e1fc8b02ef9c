//! Opening hours in OpenStreetMap's notation: whether it is open at a moment, and when that changes.
//!
//! The crate `opening-hours` evaluates the rules of a day. What is different here: a span that crosses midnight belongs to the evening on which
//! it begins, so that `Fr 20:00-02:00; Sa off` is open on Saturday at 1:00; what stands behind `||` counts whenever the rest is closed; and what
//! cannot be known is unknown, not closed: a comment such as "by appointment", an end that is left open, the sun, school holidays, and 5 May,
//! which the law calls a holiday and most employers do not, except in years of five.
//!
//! An oddity: the evaluator takes texts only, so rules are changed as values and written out again.

mod contexts;
mod faults;
mod rules;
mod text;

use std::fmt;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc, Weekday};
use opening_hours_syntax::rules::OpeningHoursExpression;

pub use self::faults::Fault;
use self::{contexts::Contexts, rules::Group};
use crate::clock;
pub use crate::words::Language;

/// How far ahead the next change is looked for, days: two years.
pub const HORIZON_DAYS: i64 = 731;

/// Weeks within which an opening counts as one of its weekday: a year, whatever its season.
const WEEKS: usize = 53;

/// Whether something is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Open.
    Open,
    /// Closed.
    Closed,
    /// Not known: a condition is not, such as an appointment.
    Unknown,
}

impl State {
    /// `None` where it is not known.
    pub fn is_open(self) -> Option<bool> {
        match self {
            Self::Open => Some(true),
            Self::Closed => Some(false),
            Self::Unknown => None,
        }
    }
}

/// Opening hours that can be asked.
pub struct Hours {
    /// As they are written.
    expression: OpeningHoursExpression,
    /// Whether comments alone make a condition: no rule says `open` in so many words.
    comments_are_conditions: bool,
    /// In the order of trying: the next one counts where those before are closed.
    groups: Vec<Group>,
    contexts: Contexts,
}

impl fmt::Debug for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hours({})", self.expression)
    }
}

impl Hours {
    /// Reads the notation.
    ///
    /// # Errors
    /// [`Fault::Syntax`] for what is not in it. What makes no sense is told by [`Hours::fault`] only, since it can be asked all the same.
    ///
    /// # Example
    /// ```
    /// use noaber_calendar::{Hours, State};
    /// let hours = Hours::parse("Mo-Fr 09:00-17:00; PH off").unwrap();
    /// assert_eq!(hours.at("2026-12-01T11:00:00Z".parse().unwrap()), State::Open);
    /// assert_eq!(hours.at("2026-12-25T11:00:00Z".parse().unwrap()), State::Closed); // Christmas Day, a Friday
    /// ```
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.chars().count() > faults::MOST_CHARS {
            return Err(Fault::Syntax { right: faults::MOST_CHARS });
        }
        let expression = opening_hours_syntax::parse(text).map_err(|cause| faults::syntax(text, &cause))?;
        Self::of(expression, !rules::says_open(text)).ok_or(Fault::Syntax { right: 0 })
    }

    fn of(expression: OpeningHoursExpression, comments_are_conditions: bool) -> Option<Self> {
        let groups = rules::groups(&expression, comments_are_conditions)?;
        let contexts = Contexts::of(&expression);
        Some(Self { expression, comments_are_conditions, groups, contexts })
    }

    /// What makes no sense about them, if anything.
    pub fn fault(&self) -> Option<Fault> {
        faults::of(self)
    }

    /// In words: `maandag tot en met vrijdag 9:00 tot 17:00 uur`. `None` for what is not put into words, such as weeks of the year.
    pub fn text(&self, language: Language) -> Option<String> {
        text::of(&self.expression, self.comments_are_conditions, language)
    }

    /// Whether it is open at a moment, in Europe/Amsterdam. It is as long as the clock shows the minutes of an opening: an opening that holds the
    /// hour that is left out in spring is an hour shorter.
    pub fn at(&self, moment: DateTime<Utc>) -> State {
        self.on(clock::local(moment))
    }

    /// The first moment after `moment`, up to [`HORIZON_DAYS`] later, at which it is not as it is at `moment`.
    pub fn next_change(&self, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = moment + Duration::days(HORIZON_DAYS);
        let state = self.at(moment);
        let mut from = moment;
        loop {
            // Until the clock is set otherwise, one time of day is one moment.
            let change = clock::next_change(from, until);
            let end = change.unwrap_or(until);
            let ahead = clock::ahead(from);
            let mut shown = clock::local(from);
            while let Some(next) = self.next_on(shown, (end + ahead).naive_utc()) {
                if self.on(next) != state {
                    return Some(next.and_utc() - ahead);
                }
                shown = next;
            }
            from = change?;
            if self.at(from) != state {
                return Some(from);
            }
        }
    }

    /// The first moment after `moment` at which it opens, and surely does. `None`: not within [`HORIZON_DAYS`], or it may be open before.
    pub fn next_opening(&self, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = moment + Duration::days(HORIZON_DAYS);
        let mut from = moment;
        loop {
            from = self.next_change(from).filter(|change| *change <= until)?;
            match self.at(from) {
                State::Open => return Some(from),
                State::Unknown => return None,
                State::Closed => {}
            }
        }
    }

    /// Whether it opens on a weekday within a year from `from`. What began on the evening before is of that evening.
    pub fn opens_on(&self, weekday: Weekday, from: NaiveDate) -> State {
        const MORNING: u32 = 6;
        let mut found = State::Closed;
        let weeks = if rules::is_weekly(&self.expression) { 1 } else { WEEKS };
        let days = from.iter_days().take(weeks * 7);
        for day in days.filter(|day| day.weekday() == weekday) {
            let (mut at, end) = (day.and_time(NaiveTime::MIN), day.and_time(NaiveTime::MIN) + Duration::days(1));
            let mut is_from_evening = self.on(at - Duration::minutes(1)) != State::Closed;
            loop {
                let (state, next) = (self.on(at), self.next_on(at, end).unwrap_or(end));
                let counts = !is_from_evening || next - day.and_time(NaiveTime::MIN) > Duration::hours(MORNING.into());
                match state {
                    State::Open if counts => return State::Open,
                    State::Unknown if counts => found = State::Unknown,
                    _ => {}
                }
                is_from_evening &= state != State::Closed;
                if next >= end {
                    break;
                }
                at = next;
            }
        }
        found
    }

    /// Whether it is open while the clock shows that time.
    fn on(&self, shown: NaiveDateTime) -> State {
        let mut states = self.contexts.iter(shown.year()).map(|context| {
            let states = self.groups.iter().map(|group| group.at(context, shown));
            states.into_iter().find(|state| *state != State::Closed).unwrap_or(State::Closed)
        });
        let Some(first) = states.next() else { return State::Unknown };
        if states.all(|state| state == first) { first } else { State::Unknown }
    }

    /// The next time at which a rule begins or ends, before `end`.
    fn next_on(&self, shown: NaiveDateTime, end: NaiveDateTime) -> Option<NaiveDateTime> {
        let changes = self
            .contexts
            .all()
            .flat_map(|context| self.groups.iter().filter_map(move |group| group.next_change(context, shown, end)));
        // A rule of which a context knows nothing may change with the year.
        changes.min()
    }
}

/// Drops the seconds: rules are of minutes.
fn minute(shown: NaiveDateTime) -> NaiveDateTime {
    shown.with_second(0).and_then(|shown| shown.with_nanosecond(0)).unwrap_or(shown)
}

#[cfg(test)]
mod tests;
