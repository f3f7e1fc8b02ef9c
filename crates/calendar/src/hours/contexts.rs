//! Which days are holidays, as far as that is known.

use std::sync::{Arc, LazyLock};

use chrono::{Datelike, NaiveDate};
use compact_calendar::CompactCalendar;
use opening_hours::{Context, ContextHolidays, localization::Country};
use opening_hours_syntax::rules::{
    OpeningHoursExpression,
    day::{HolidayKind, WeekDayRange},
};

/// Of these years the public holidays are known.
const KNOWN: std::ops::RangeInclusive<i32> = 2000..=2075;

/// What may be the case, one of which is: the rules are asked in each.
pub(super) struct Contexts {
    contexts: Vec<Context>,
    uses_public_holidays: bool,
}

impl Contexts {
    pub(super) fn of(expression: &OpeningHoursExpression) -> Self {
        let uses = |wanted: HolidayKind| {
            expression
                .rules
                .iter()
                .flat_map(|rule| &rule.day_selector.weekday)
                .any(|range| matches!(range, WeekDayRange::Holiday { kind, .. } if *kind == wanted))
        };
        let uses_public_holidays = uses(HolidayKind::Public);
        let no_public = LazyLock::force(&PUBLIC);
        let public: Vec<_> = if uses_public_holidays { PUBLIC.to_vec() } else { no_public[..1].to_vec() };
        let school: Vec<_> = if uses(HolidayKind::School) { SCHOOL.to_vec() } else { vec![Arc::default()] };
        let contexts = public
            .iter()
            .flat_map(|public| school.iter().map(|school| ContextHolidays::new(public.clone(), school.clone())))
            .map(|holidays| Context::default().with_holidays(holidays))
            .collect();
        Self { contexts, uses_public_holidays }
    }

    /// Those of a year; none where its holidays matter and are not known.
    pub(super) fn iter(&self, year: i32) -> impl Iterator<Item = &Context> {
        let is_known = !self.uses_public_holidays || KNOWN.contains(&year);
        self.contexts.iter().filter(move |_| is_known)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Context> {
        self.contexts.iter()
    }
}

/// The holidays without and with Liberation Day: each year by the law (Algemene termijnenwet, article 3), a day off mostly in years of five.
static PUBLIC: LazyLock<[Arc<CompactCalendar>; 2]> = LazyLock::new(|| {
    let holidays = Country::NL.holidays();
    let with = |is_holiday: fn(i32) -> bool| {
        let mut calendar = holidays.get_public().clone();
        for year in KNOWN.filter(|year| is_holiday(*year)) {
            calendar.insert(NaiveDate::from_ymd_opt(year, 5, 5).unwrap_or_default());
        }
        Arc::new(calendar)
    };
    [with(|year| year % 5 == 0), with(|_| true)]
});

/// School holidays differ by school and region and are not known: no day, every day, every other day. A rule looks at a day and the one before.
static SCHOOL: LazyLock<[Arc<CompactCalendar>; 4]> = LazyLock::new(|| {
    let days = || {
        let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
        first.iter_days().take_while(|day| day.year() < 2100)
    };
    let of = |is_holiday: fn(i32) -> bool| {
        let mut calendar = CompactCalendar::default();
        for day in days().filter(|day| is_holiday(day.num_days_from_ce())) {
            calendar.insert(day);
        }
        Arc::new(calendar)
    };
    [of(|_| false), of(|_| true), of(|day| day % 2 == 0), of(|day| day % 2 != 0)]
});
