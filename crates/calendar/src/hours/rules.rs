//! Rules parted so that the evaluator answers as people mean them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{Duration, NaiveDateTime};
use opening_hours::{Context, OpeningHours};
use opening_hours_syntax::{
    ExtendedTime, RuleKind,
    rules::{
        OpeningHoursExpression, RuleOperator, RuleSequence,
        day::WeekDayRange,
        time::{Time, TimeSelector, TimeSpan},
    },
};

use super::{State, minute};

/// Rules up to a `||`.
pub(super) struct Group {
    /// What they say of a day up to its midnight.
    day: OpeningHours,
    /// What they say of the hours behind that midnight, a day too early; `None` where they say nothing.
    night: Option<OpeningHours>,
}

impl Group {
    pub(super) fn at(&self, context: &Context, shown: NaiveDateTime) -> State {
        let of = |hours: &OpeningHours, shown: NaiveDateTime| {
            let hours = hours.clone().with_context(context.clone());
            // A fault of the evaluator is no reason to say that it is closed.
            match catch_unwind(AssertUnwindSafe(|| hours.state(minute(shown)).0)) {
                Ok(RuleKind::Open) => State::Open,
                Ok(RuleKind::Closed) => State::Closed,
                Ok(RuleKind::Unknown) | Err(_) => State::Unknown,
            }
        };
        let day = of(&self.day, shown);
        match (day, &self.night) {
            (State::Open, _) | (_, None) => day,
            (_, Some(night)) => match of(night, shown - Duration::days(1)) {
                State::Closed => day,
                night => night,
            },
        }
    }

    pub(super) fn next_change(
        &self,
        context: &Context,
        shown: NaiveDateTime,
        end: NaiveDateTime,
    ) -> Option<NaiveDateTime> {
        let of = |hours: &OpeningHours, from: NaiveDateTime, end: NaiveDateTime| {
            let hours = hours.clone().with_context(context.clone());
            let first = catch_unwind(AssertUnwindSafe(|| hours.iter_range(from, end).next())).ok().flatten();
            first.map(|first| first.range.end).filter(|change| *change < end && *change > from)
        };
        let day = of(&self.day, shown, end);
        let a_day = Duration::days(1);
        let night = self.night.as_ref().and_then(|night| of(night, shown - a_day, end - a_day));
        [day, night.map(|change| change + a_day)].into_iter().flatten().min()
    }
}

/// Whether the word `open` stands outside comments.
pub(super) fn says_open(text: &str) -> bool {
    let outside = text.split('"').step_by(2);
    outside.flat_map(|part| part.split(|c: char| !c.is_alphabetic())).any(|word| word.eq_ignore_ascii_case("open"))
}

/// Whether every week is as any other.
pub(super) fn is_weekly(expression: &OpeningHoursExpression) -> bool {
    expression.rules.iter().all(|rule| {
        let days = &rule.day_selector;
        let is_plain = |range: &WeekDayRange| {
            matches!(range, WeekDayRange::Fixed { nth_from_start, nth_from_end, .. } if *nth_from_start == [true; 5] && *nth_from_end == [true; 5])
        };
        days.year.is_empty() && days.monthday.is_empty() && days.week.is_empty() && days.weekday.iter().all(is_plain)
    })
}

/// The groups of an expression; `None` where they cannot be written down again.
pub(super) fn groups(expression: &OpeningHoursExpression, comments_are_conditions: bool) -> Option<Vec<Group>> {
    let mut parted: Vec<Vec<RuleSequence>> = Vec::new();
    for rule in &expression.rules {
        let mut rule = rule.clone();
        match parted.last_mut().filter(|_| rule.operator != RuleOperator::Fallback) {
            Some(group) => group.extend(plain(rule, comments_are_conditions)),
            None => {
                rule.operator = RuleOperator::Normal;
                parted.push(plain(rule, comments_are_conditions));
            }
        }
    }
    parted.iter().map(|rules| group(rules)).collect()
}

/// A rule as rules of fixed times, each of one kind.
fn plain(rule: RuleSequence, comments_are_conditions: bool) -> Vec<RuleSequence> {
    let is_condition = rule.kind == RuleKind::Open && comments_are_conditions && !rule.comment.is_empty();
    let kind = if is_condition { RuleKind::Unknown } else { rule.kind };
    let (mut sure, mut unsure) = (Vec::new(), Vec::new());
    for span in &rule.time_selector.spans {
        let fixed = |time: Time| if let Time::Fixed(time) = time { Some(time) } else { None };
        let (start, end) = (fixed(span.range.start), fixed(span.range.end));
        match (start, end) {
            // Points of time within a span, such as of a tour.
            (Some(start), Some(end)) if span.repeats.is_some() => unsure.push((start, end)),
            (Some(start), Some(end)) if span.open_end && end == ExtendedTime::MIDNIGHT_24 => unsure.push((start, end)),
            (Some(start), Some(end)) if span.open_end && end < ExtendedTime::MIDNIGHT_24 && start < end => {
                sure.push((start, end));
                unsure.push((end, ExtendedTime::MIDNIGHT_24));
            }
            (Some(start), Some(end)) => sure.push((start, end)),
            // Between the earliest and latest sun of these latitudes anything can be.
            _ => unsure.push((start.unwrap_or(ExtendedTime::MIDNIGHT_00), end.unwrap_or(ExtendedTime::MIDNIGHT_24))),
        }
    }
    let with = |spans: Vec<(ExtendedTime, ExtendedTime)>, kind, operator| RuleSequence {
        time_selector: TimeSelector { spans: spans.into_iter().map(|(a, b)| TimeSpan::fixed_range(a, b)).collect() },
        kind,
        operator,
        comment: "".into(),
        day_selector: rule.day_selector.clone(),
    };
    let first = (!sure.is_empty()).then(|| with(sure, kind, rule.operator));
    let operator = if first.is_some() { RuleOperator::Additional } else { rule.operator };
    let second = (!unsure.is_empty()).then(|| with(unsure, RuleKind::Unknown, operator));
    first.into_iter().chain(second).collect()
}

fn group(rules: &[RuleSequence]) -> Option<Group> {
    let day = part(rules, ExtendedTime::MIDNIGHT_00, ExtendedTime::MIDNIGHT_24);
    let night = part(rules, ExtendedTime::MIDNIGHT_24, ExtendedTime::MIDNIGHT_48);
    let opens = night.iter().any(|rule| rule.kind != RuleKind::Closed);
    Some(Group { day: written(day)?, night: if opens { Some(written(night)?) } else { None } })
}

/// The rules within a day, counted from the midnight on which their days begin.
fn part(rules: &[RuleSequence], from: ExtendedTime, until: ExtendedTime) -> Vec<RuleSequence> {
    let within = |span: &TimeSpan| {
        let (Time::Fixed(start), Time::Fixed(end)) = (span.range.start, span.range.end) else { return None };
        // `20:00-02:00` ends on the next day.
        let end = if end <= start { end.add_hours(24).unwrap_or(ExtendedTime::MIDNIGHT_48) } else { end };
        let (start, end) = (start.max(from), end.min(until));
        let shift = -i8::try_from(from.hour()).ok()?;
        (start < end).then_some(())?;
        Some(TimeSpan::fixed_range(start.add_hours(shift)?, end.add_hours(shift)?))
    };
    let whole_day = || TimeSelector::default();
    rules
        .iter()
        .filter_map(|rule| {
            let spans: Vec<TimeSpan> = rule.time_selector.spans.iter().filter_map(within).collect();
            let mut rule = rule.clone();
            if rule.kind == RuleKind::Closed && rule.time_selector == whole_day() {
                // A closed day has no night.
                return Some(rule);
            }
            if !spans.is_empty() {
                rule.time_selector = TimeSelector { spans };
            } else if rule.kind != RuleKind::Closed && rule.operator == RuleOperator::Normal {
                // It opens nothing here, and takes the place of what was said of its days before.
                rule.kind = RuleKind::Closed;
                rule.time_selector = whole_day();
            } else {
                return None;
            }
            Some(rule)
        })
        .collect()
}

/// What the evaluator makes of rules; `None` where it reads them otherwise than they were written.
fn written(rules: Vec<RuleSequence>) -> Option<OpeningHours> {
    let expression = OpeningHoursExpression { rules };
    let hours: OpeningHours = expression.to_string().parse().ok()?;
    Some(hours)
}
