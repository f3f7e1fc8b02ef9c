//! Moments and spans, as far as they are known.
//!
//! Of a date that is a year or a month it is not known which day it is; so what is compared with it may be unknown. Days and moments are
//! compared as a day that lasts until its midnight (UTC).

use std::cmp::Ordering;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::{
    syntax::{Operator, Relation},
    truth::{self, Truth},
};
use crate::model::PartialDate;

/// What is told as one moment: all of a day, say.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    first: DateTime<Utc>,
    last: DateTime<Utc>,
}

/// A moment, as far as it is known: the earliest and the latest that it can be, which mostly are the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Instant {
    earliest: Stretch,
    latest: Stretch,
}

impl Instant {
    fn known(first: DateTime<Utc>, last: DateTime<Utc>) -> Self {
        let stretch = Stretch { first, last };
        Self { earliest: stretch, latest: stretch }
    }

    pub(super) fn moment(at: DateTime<Utc>) -> Self {
        Self::known(at, at)
    }

    pub(super) fn day(day: NaiveDate) -> Self {
        Self::known(start(day), end(day))
    }

    /// A day of which it may be known only in which month or year it is.
    pub(super) fn partial(date: &PartialDate) -> Self {
        Self { earliest: Self::day(date.first_day()).earliest, latest: Self::day(date.last_day()).latest }
    }

    /// One that somebody asks for: a year is all of it.
    pub(super) fn asked(text: &str) -> Option<Self> {
        if let Ok(date) = text.parse::<PartialDate>() {
            return Some(Self::known(start(date.first_day()), end(date.last_day())));
        }
        DateTime::parse_from_rfc3339(text).ok().map(|at| Self::moment(at.to_utc()))
    }

    /// The end of a span that is open.
    pub(super) fn open(is_end: bool) -> Self {
        Self::moment(if is_end { DateTime::<Utc>::MAX_UTC } else { DateTime::<Utc>::MIN_UTC })
    }

    /// Whether it stands so to another.
    pub(super) fn is(self, operator: Operator, other: Self) -> Truth {
        let possible = [
            (self.earliest.last < other.latest.first, Ordering::Less),
            (self.earliest.first <= other.latest.last && other.earliest.first <= self.latest.last, Ordering::Equal),
            (self.latest.first > other.earliest.last, Ordering::Greater),
        ];
        let mut all = possible.into_iter().filter(|(may_be, _)| *may_be).map(|(_, order)| operator.has(order));
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }
}

fn start(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn end(day: NaiveDate) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    start(next) - TimeDelta::milliseconds(1)
}

/// A span; an end of which nothing is known has none.
pub(super) type Span = [Option<Instant>; 2];

impl Relation {
    /// Whether two spans lie so.
    pub(super) fn holds(self, first: Span, second: Span) -> Truth {
        use Operator::{Equal, Less, More};
        let is = |operator, one: Option<Instant>, other: Option<Instant>| {
            one.zip(other).and_then(|(one, other)| one.is(operator, other))
        };
        let [from, until] = first;
        let [start, end] = second;
        match self {
            Self::After => is(More, from, end),
            Self::Before => is(Less, until, start),
            Self::Contains => truth::and([is(Less, from, start), is(More, until, end)]),
            Self::Disjoint => truth::or([is(More, from, end), is(Less, until, start)]),
            Self::During => truth::and([is(More, from, start), is(Less, until, end)]),
            Self::Equals => truth::and([is(Equal, from, start), is(Equal, until, end)]),
            Self::FinishedBy => truth::and([is(Less, from, start), is(Equal, until, end)]),
            Self::Finishes => truth::and([is(More, from, start), is(Equal, until, end)]),
            Self::Intersects => truth::not(Self::Disjoint.holds(first, second)),
            Self::Meets => is(Equal, until, start),
            Self::MetBy => is(Equal, from, end),
            Self::OverlappedBy => truth::and([is(More, from, start), is(Less, from, end), is(More, until, end)]),
            Self::Overlaps => truth::and([is(Less, from, start), is(More, until, start), is(Less, until, end)]),
            Self::StartedBy => truth::and([is(Equal, from, start), is(More, until, end)]),
            Self::Starts => truth::and([is(Equal, from, start), is(Less, until, end)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        let (from, until) = text.split_once('/').unwrap_or((text, text));
        [(from, false), (until, true)]
            .map(|(end, is_end)| Some(if end == ".." { Instant::open(is_end) } else { Instant::asked(end).unwrap() }))
    }

    /// Of two spans with different ends exactly one of Allen's thirteen relations holds, and which one is known from his table.
    #[test]
    fn two_spans_lie_as_allen_says() {
        const ALLEN: [(Relation, &str); 13] = [
            (Relation::Before, "2024-01-01/2024-01-02"),
            (Relation::Meets, "2024-01-01/2024-01-10"),
            (Relation::Overlaps, "2024-01-01/2024-01-15"),
            (Relation::FinishedBy, "2024-01-01/2024-01-20"),
            (Relation::Contains, "2024-01-01/2024-01-30"),
            (Relation::Starts, "2024-01-10/2024-01-15"),
            (Relation::Equals, "2024-01-10/2024-01-20"),
            (Relation::StartedBy, "2024-01-10/2024-01-30"),
            (Relation::During, "2024-01-12/2024-01-15"),
            (Relation::Finishes, "2024-01-12/2024-01-20"),
            (Relation::OverlappedBy, "2024-01-12/.."),
            (Relation::MetBy, "2024-01-20/2024-01-30"),
            (Relation::After, "2024-01-21/2024-01-30"),
        ];
        let other = span("2024-01-10/2024-01-20");
        for (expected, text) in ALLEN {
            for (relation, _) in ALLEN {
                assert_eq!(relation.holds(span(text), other), Some(relation == expected), "{relation:?} {text}");
            }
            let is_apart = matches!(expected, Relation::Before | Relation::After);
            assert_eq!(Relation::Disjoint.holds(span(text), other), Some(is_apart));
            assert_eq!(Relation::Intersects.holds(span(text), other), Some(!is_apart));
        }
    }

    #[test]
    fn of_a_year_it_is_not_known_which_day_it_is() {
        let known = |text: &str| Instant::partial(&text.parse().unwrap());
        for (date, operator, asked, truth) in [
            ("2024", Operator::More, "2023-12-31", Some(true)),
            ("2024", Operator::More, "2024-01-01", None),
            ("2024", Operator::AtLeast, "2024-01-01", Some(true)),
            ("2024", Operator::More, "2024-12-31", Some(false)),
            ("2024", Operator::Equal, "2024", Some(true)),
            ("2024-03", Operator::Equal, "2024", Some(true)),
            ("2024", Operator::Equal, "2024-03", None),
            ("2024-03-05", Operator::Equal, "2024-03-05T12:00:00Z", Some(true)),
            ("2024-03", Operator::Different, "2024-04-01", Some(true)),
        ] {
            assert_eq!(known(date).is(operator, Instant::asked(asked).unwrap()), truth, "{date} {operator:?} {asked}");
        }
        assert_eq!(known("2024").is(Operator::Equal, known("2024")), None);
    }
}
