//! The rule itself: on which days, without times.

use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use rrule::{Frequency, NWeekday, RRule, RRuleSet, Tz};

use super::{Fault, MOST_DAYS};
use crate::clock;

/// The longest text that is read, bytes.
const MOST_CHARS: usize = 500;

/// The most values of one kind, such as days of the month: all of them, both ways.
const MOST_VALUES: usize = 400;

/// A rule as it is answered.
#[derive(Clone)]
pub(super) enum Rule {
    /// On these weekdays, Monday first, every so many weeks from the Monday of a week on.
    Weekly { weekdays: [bool; 7], interval: i64, from: Option<NaiveDate> },
    /// On these days, ascending, and no other: a rule that counts.
    Days(Vec<NaiveDate>),
    /// Any other.
    Other(Box<RRule>),
}

/// Where a rule says its last moment: the day, and the time where it says one.
type Until = (NaiveDate, Option<NaiveTime>);

/// A rule that was read.
pub(super) struct Read {
    pub(super) rule: Rule,
    /// What stands behind `UNTIL`.
    pub(super) until: Option<Until>,
    /// The rest as it is written.
    pub(super) written: String,
}

impl Rule {
    /// Reads a rule that counts from `from`.
    pub(super) fn parse(text: &str, from: Option<NaiveDate>) -> Result<Read, Fault> {
        let text = text.trim();
        // The parser cuts texts between bytes.
        if text.len() > MOST_CHARS || !text.is_ascii() {
            return Err(Fault::Syntax);
        }
        let text = text.to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let mut kept = Vec::new();
        let mut until = None;
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(Fault::Syntax)?;
            match name.trim() {
                "UNTIL" => until = Some(self::until(value.trim()).ok_or(Fault::Syntax)?),
                "BYHOUR" | "BYMINUTE" | "BYSECOND" => return Err(Fault::TimesInRule),
                "FREQ" if ["SECONDLY", "MINUTELY", "HOURLY"].contains(&value.trim()) => {
                    return Err(Fault::MoreThanDaily);
                }
                "COUNT" => {
                    let count: u32 = value.trim().parse().map_err(|_| Fault::Syntax)?;
                    match count {
                        0 => return Err(Fault::Never),
                        count if count > MOST_DAYS => return Err(Fault::TooMany),
                        count => kept.push(format!("COUNT={count}")),
                    }
                }
                "INTERVAL" if value.trim().parse::<u16>().is_ok_and(|interval| interval == 0) => {
                    return Err(Fault::Syntax);
                }
                name => {
                    if value.split(',').count() > MOST_VALUES {
                        return Err(Fault::Syntax);
                    }
                    kept.push(format!("{name}={}", value.trim()));
                }
            }
        }
        let written = kept.join(";");
        let read = RRule::from_str(&written).map_err(|_| Fault::Syntax)?;
        if from.is_none() && counts_from_a_day(&read) {
            return Err(Fault::NoFirstDay);
        }
        let first = from.unwrap_or_default();
        let count = read.get_count();
        let rule = read.validate(at(first)).map_err(|_| Fault::Syntax)?;
        if let Some(weekly) = weekly(&rule, from) {
            return Ok(Read { rule: weekly, until, written });
        }
        let days = RRuleSet::new(at(first)).rrule(rule.clone()).limit();
        if count.is_some() {
            let days: Vec<NaiveDate> = days.all(MOST_DAYS as u16).dates.iter().map(day).collect();
            let rule = Self::Days(days);
            return if rule.last().is_none() { Err(Fault::Never) } else { Ok(Read { rule, until, written }) };
        }
        // Far less than the calendar repeats in, and more than any rule that is meant needs.
        let soon = first.checked_add_months(Months::new(12 * 30)).unwrap_or(first);
        match days.into_iter().next() {
            Some(next) if day(&next) < soon => Ok(Read { rule: Self::Other(Box::new(rule)), until, written }),
            _ => Err(Fault::Never),
        }
    }

    /// The days from `from` until before `until`, ascending; `first` is what the rule counts from.
    pub(super) fn days(&self, first: Option<NaiveDate>, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
        let most = MOST_DAYS as usize;
        match self {
            Self::Days(days) => {
                days.iter().skip_while(|day| **day < from).take_while(|day| **day < until).copied().collect()
            }
            Self::Weekly { weekdays, interval, from: monday } => {
                let monday = monday.unwrap_or_else(|| monday_of(from));
                let is_on = |day: &NaiveDate| {
                    let weeks = (monday_of(*day) - monday).num_weeks();
                    weekdays[day.weekday().num_days_from_monday() as usize] && weeks.rem_euclid(*interval) == 0
                };
                from.iter_days().take_while(|day| *day < until).filter(is_on).take(most).collect()
            }
            Self::Other(rule) => {
                let near = near(rule, first.unwrap_or(from), from);
                let set = RRuleSet::new(at(near)).rrule((**rule).clone()).limit();
                let days = set.into_iter().map(|moment| day(&moment));
                days.take_while(|day| *day < until).filter(|day| *day >= from).take(most).collect()
            }
        }
    }

    /// The weekdays that the rule tells, Monday first; none where it does not.
    pub(super) fn weekdays(&self) -> [bool; 7] {
        let mut is = [false; 7];
        let mut add = |day: Weekday| is[day.num_days_from_monday() as usize] = true;
        match self {
            Self::Weekly { weekdays, .. } => return *weekdays,
            Self::Days(days) => days.iter().for_each(|day| add(day.weekday())),
            Self::Other(rule) => {
                rule.get_by_weekday().iter().for_each(|(NWeekday::Every(day) | NWeekday::Nth(_, day))| add(*day))
            }
        }
        is
    }

    /// The last day, of a rule that counts.
    pub(super) fn last(&self) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => days.last().copied(),
            _ => None,
        }
    }
}

/// Whether other days come of it when it begins on another day.
fn counts_from_a_day<S>(rule: &RRule<S>) -> bool {
    let has_weekdays = !rule.get_by_weekday().is_empty();
    let has_days = has_weekdays || !rule.get_by_month_day().is_empty();
    let says_which = match rule.get_freq() {
        Frequency::Daily => true,
        Frequency::Weekly => has_weekdays,
        Frequency::Monthly => has_days,
        _ => {
            has_days && !rule.get_by_month().is_empty()
                || !rule.get_by_year_day().is_empty()
                || has_weekdays && !rule.get_by_week_no().is_empty()
        }
    };
    !says_which || rule.get_interval() != 1 || rule.get_count().is_some()
}

/// A rule that can be counted out: so many weeks apart, on weekdays.
fn weekly(rule: &RRule, from: Option<NaiveDate>) -> Option<Rule> {
    let has_more = rule.get_count().is_some()
        || !rule.get_by_set_pos().is_empty()
        || !rule.get_by_month().is_empty()
        || !rule.get_by_month_day().is_empty()
        || !rule.get_by_year_day().is_empty()
        || !rule.get_by_week_no().is_empty()
        // Not every day of the month has its own list: that of days from its end is not told.
        || rule.to_string().contains("BYMONTHDAY");
    let interval = i64::from(rule.get_interval());
    let is_daily = rule.get_freq() == Frequency::Daily && interval == 1;
    // Weeks that are not counted from Monday differ where some are left out.
    let is_weekly = rule.get_freq() == Frequency::Weekly && (interval == 1 || rule.get_week_start() == Weekday::Mon);
    if has_more || !(is_daily || is_weekly) {
        return None;
    }
    let mut weekdays = [is_daily && rule.get_by_weekday().is_empty(); 7];
    for weekday in rule.get_by_weekday() {
        let NWeekday::Every(day) = weekday else { return None };
        weekdays[day.num_days_from_monday() as usize] = true;
    }
    Some(Rule::Weekly { weekdays, interval, from: from.map(monday_of) })
}

/// A day not after `from` and not before `first` from which the rule gives the same days from `from` on: a whole number of its intervals later.
fn near(rule: &RRule, first: NaiveDate, from: NaiveDate) -> NaiveDate {
    if from <= first {
        return first;
    }
    let interval = i64::from(rule.get_interval().max(1));
    let whole = |passed: i64| passed - passed.rem_euclid(interval);
    let months = |months: i64| {
        let start = first.with_day(1)?;
        start.checked_add_months(Months::new(u32::try_from(months).ok()?))
    };
    let between = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let near = match rule.get_freq() {
        Frequency::Daily => add_days(first, whole((from - first).num_days())),
        Frequency::Weekly => {
            let start = first.week(rule.get_week_start()).first_day();
            add_days(start, 7 * whole((from - start).num_days() / 7))
        }
        Frequency::Monthly => months(whole(between(from) - between(first))),
        _ => NaiveDate::from_ymd_opt(first.year() + whole(i64::from(from.year() - first.year())) as i32, 1, 1),
    };
    // The interval in which it begins has nothing before its first day.
    near.map_or(first, |near| near.max(first))
}

fn add_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(u64::try_from(days).ok()?))
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).first_day()
}

/// Days are made in UTC, where each has its noon.
fn at(day: NaiveDate) -> DateTime<Tz> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    Tz::UTC.from_utc_datetime(&day.and_time(noon))
}

fn day(moment: &DateTime<Tz>) -> NaiveDate {
    moment.naive_utc().date()
}

/// `20261231`, `20261231T225900` on the clock, or `20261231T225900Z` in UTC.
fn until(text: &str) -> Option<Until> {
    if text.len() == 8 {
        return Some((NaiveDate::parse_from_str(text, "%Y%m%d").ok()?, None));
    }
    let (text, is_utc) = text.strip_suffix('Z').map_or((text, false), |text| (text, true));
    let at = chrono::NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok()?;
    let at = if is_utc { clock::local(Utc.from_utc_datetime(&at)) } else { at };
    Some((at.date(), Some(at.time())))
}
