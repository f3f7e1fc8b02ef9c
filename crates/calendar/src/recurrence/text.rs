//! A rule in words.

use chrono::{NaiveDate, Weekday};
use rrule::{Frequency, NWeekday, RRule};

use super::{Schedule, rule::Rule};
use crate::words::{self, Language, date, list, span, weekday};

/// The most days that are listed one by one.
const MOST_LISTED: usize = 6;

/// Days, times, first and last day, and the days without it.
pub(super) fn of(schedule: &Schedule, language: Language) -> String {
    let mut parts = vec![days(&schedule.rule, language)];
    parts.extend(times(schedule, language));
    if !matches!(schedule.rule, Rule::Days(_)) {
        parts.extend(validity(schedule, language));
    }
    parts.extend(exceptions(&schedule.except, language));
    parts.join(", ")
}

fn times(schedule: &Schedule, language: Language) -> Option<String> {
    let start = words::time(schedule.start?);
    Some(match schedule.end.map(words::time) {
        Some(end) => language.choose(format!("{start} tot {end} uur"), format!("{start} to {end}")),
        None => language.choose(format!("om {start} uur"), format!("at {start}")),
    })
}

fn validity(schedule: &Schedule, language: Language) -> Option<String> {
    let (from, through) =
        (schedule.from.map(|day| date(day, language)), schedule.through.map(|day| date(day, language)));
    Some(match (from, through) {
        (Some(from), Some(through)) => {
            format!("{} {}", language.choose("van", "from"), span(from, through, language))
        }
        (Some(from), None) => language.choose(format!("vanaf {from}"), format!("from {from}")),
        (None, Some(through)) => language.choose(format!("tot en met {through}"), format!("until {through}")),
        (None, None) => return None,
    })
}

fn exceptions(except: &[NaiveDate], language: Language) -> Option<String> {
    let listed: Vec<String> = except.iter().map(|day| date(*day, language)).collect();
    match listed.len() {
        0 => None,
        1..=3 => Some(format!("{} {}", language.choose("niet op", "not on"), list(&listed, language))),
        count => Some(language.choose(format!("niet op {count} dagen"), format!("not on {count} days"))),
    }
}

fn days(rule: &Rule, language: Language) -> String {
    match rule {
        Rule::Weekly { weekdays, interval, .. } => weekly(*weekdays, *interval, language),
        Rule::Days(days) => counted(days, language),
        Rule::Other(rule) => other(rule, language)
            .unwrap_or_else(|| language.choose("op wisselende dagen", "on varying days").to_owned()),
    }
}

fn weekly(is: [bool; 7], interval: i64, language: Language) -> String {
    let days: Vec<Weekday> =
        (0..7u8).filter(|index| is[usize::from(*index)]).filter_map(|index| Weekday::try_from(index).ok()).collect();
    let name = |day: &Weekday| weekday(*day, language).to_owned();
    let in_a_row = days.windows(2).all(|pair| matches!(pair, [one, next] if one.succ() == *next));
    let names = match days.as_slice() {
        [first, .., last] if days.len() > 2 && in_a_row => span(name(first), name(last), language),
        days => list(&days.iter().map(name).collect::<Vec<_>>(), language),
    };
    match (interval, days.len()) {
        (1, 7) => language.choose("elke dag", "every day").to_owned(),
        (1, 3..) if in_a_row => names,
        (1, _) => format!("{} {names}", language.choose("elke", "every")),
        (2, _) => language.choose(format!("om de week op {names}"), format!("every other week on {names}")),
        _ => language.choose(format!("elke {interval} weken op {names}"), format!("every {interval} weeks on {names}")),
    }
}

fn counted(days: &[NaiveDate], language: Language) -> String {
    let on = language.choose("op", "on");
    if days.len() <= MOST_LISTED {
        return format!("{on} {}", list(&days.iter().map(|day| date(*day, language)).collect::<Vec<_>>(), language));
    }
    let ends = days
        .first()
        .zip(days.last())
        .map(|(first, last)| span(date(*first, language), date(*last, language), language));
    let from = language.choose("van", "from");
    let count = days.len();
    let ends = ends.unwrap_or_default();
    language.choose(format!("{count} keer {from} {ends}"), format!("{count} times {from} {ends}"))
}

/// `None` for what has no words here.
fn other(rule: &RRule, language: Language) -> Option<String> {
    let written = rule.to_string();
    let has = |name: &str| written.split(';').any(|part| part.starts_with(name));
    let interval = rule.get_interval();
    if has("BYSETPOS=") || has("BYYEARDAY=") || has("BYWEEKNO=") {
        return None;
    }
    match (rule.get_freq(), rule.get_by_month()) {
        (Frequency::Daily, []) if !has("BYMONTHDAY=") && !has("BYDAY=") => {
            Some(language.choose(format!("elke {interval} dagen"), format!("every {interval} days")))
        }
        (Frequency::Monthly, []) => {
            let day = day_of_month(rule, &written, language)?;
            Some(match interval {
                1 => language.choose(format!("{day} van de maand"), format!("{day} of the month")),
                2 => language.choose(format!("om de maand, {day}"), format!("every other month, {day}")),
                _ => language
                    .choose(format!("elke {interval} maanden, {day}"), format!("every {interval} months, {day}")),
            })
        }
        (Frequency::Yearly, [month]) if interval == 1 => {
            let month = words::month(u32::from(*month), language);
            if let ([day], false) = (rule.get_by_month_day(), has("BYDAY=")) {
                return Some(
                    language.choose(format!("elk jaar op {day} {month}"), format!("every year on {day} {month}")),
                );
            }
            let day = day_of_month(rule, &written, language).filter(|_| !has("BYMONTHDAY="))?;
            Some(language.choose(format!("elk jaar, {day} van {month}"), format!("every year, {day} of {month}")))
        }
        _ => None,
    }
}

/// `de tweede dinsdag`, `de 15e`.
fn day_of_month(rule: &RRule, written: &str, language: Language) -> Option<String> {
    let the = language.choose("de", "the");
    let has_days = written.contains("BYMONTHDAY=");
    let days = match (rule.get_by_weekday(), rule.get_by_month_day()) {
        ([], days) if !days.is_empty() && !written.contains("BYMONTHDAY=-") && !written.contains(",-") => {
            days.iter().map(|day| numbered(*day, language)).collect()
        }
        (weekdays, []) if !weekdays.is_empty() && !has_days => {
            let mut weekdays = weekdays.to_vec();
            // Those counted from the end of the month come last.
            weekdays.sort_by_key(|nth| matches!(nth, NWeekday::Nth(..=-1, _)));
            let said = weekdays.iter().map(|nth| match nth {
                NWeekday::Nth(place, day) => {
                    let place = words::ordinal(i32::from(*place), language)?;
                    Some(format!("{place} {}", weekday(*day, language)))
                }
                NWeekday::Every(_) => None,
            });
            said.collect::<Option<Vec<String>>>()?
        }
        _ => return None,
    };
    Some(format!("{the} {}", list(&days, language)))
}

fn numbered(day: i8, language: Language) -> String {
    let ending = match (language, day) {
        (Language::Dutch, _) => "e",
        (Language::English, 1 | 21 | 31) => "st",
        (Language::English, 2 | 22) => "nd",
        (Language::English, 3 | 23) => "rd",
        (Language::English, _) => "th",
    };
    format!("{day}{ending}")
}
