//! When a place is open: now, for who stands before the door, and in the words of schema.org, for machines.

use chrono::{DateTime, Utc};

use super::words::Words;
use crate::{
    calendar::local,
    edition::PlaceEntry,
    http::pages::{language::Language, words::with},
    model::vocabulary::PlaceStatus,
};

/// Whether it is open at a moment, and until when that is so.
pub(super) struct Opening {
    /// One sentence; none: not known, or the place is not in use.
    pub(super) now: Option<String>,
    /// Until when it is true; none: as long as the edition.
    pub(super) until: Option<DateTime<Utc>>,
}

impl Opening {
    pub(super) fn of(entry: &PlaceEntry, now: DateTime<Utc>, language: Language) -> Self {
        let none = Self { now: None, until: entry.next_change(now) };
        if matches!(entry.facts.status, Some(PlaceStatus::Closed | PlaceStatus::Planned)) {
            return none;
        }
        let t = Words::of(language);
        let sentence = match entry.is_open(now) {
            None => return none,
            Some(true) => match none.until {
                Some(until) => with(t.open_until, &[("when", &when(until, now, language))]),
                None => t.open_now.to_owned(),
            },
            Some(false) => match entry.next_opening(now) {
                Some(next) => with(t.closed_until, &[("when", &when(next, now, language))]),
                None => t.closed_now.to_owned(),
            },
        };
        // Today, tomorrow and the names of days are told, which change at midnight.
        let midnight = crate::calendar::next_midnight(now);
        Self { now: Some(sentence), until: none.until.map(|until| until.min(midnight)).or(Some(midnight)) }
    }
}

/// A moment to come, as it is told: `17:00 uur`, `morgen 9:00 uur`, `maandag 9:00 uur`, `3 januari 2027 9:00 uur`.
fn when(moment: DateTime<Utc>, now: DateTime<Utc>, language: Language) -> String {
    let t = Words::of(language);
    let (then, today) = (local(moment), local(now).date());
    let time = with(t.clock, &[("time", &then.format("%-H:%M").to_string())]);
    let day = match (then.date() - today).num_days() {
        0 => return time,
        1 => t.tomorrow.to_owned(),
        2..7 => language.weekday(chrono::Datelike::weekday(&then.date())).to_owned(),
        _ => language.date(then.date()),
    };
    format!("{day} {time}")
}

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// Hours in the notation of schema.org, which has days and times and nothing else; none where they say more than that.
pub(super) fn for_machines(hours: &str) -> Option<Vec<String>> {
    if hours.trim() == "24/7" {
        return Some(vec!["Mo-Su".to_owned()]);
    }
    let mut told = Vec::new();
    let mut days_told = [false; 7];
    for rule in hours.split(';').map(str::trim).filter(|rule| !rule.is_empty() && *rule != "PH off") {
        let (days, times) = rule.split_once(' ')?;
        for day in indices(days)? {
            // A later rule takes the place of an earlier one there, and adds to it here.
            if std::mem::replace(days_told.get_mut(day)?, true) {
                return None;
            }
        }
        for span in times.split(',').map(str::trim) {
            let (start, end) = span.split_once('-')?;
            if !is_time(start) || !is_time(end) {
                return None;
            }
            told.push(format!("{days} {start}-{end}"));
        }
    }
    (!told.is_empty()).then_some(told)
}

/// The days of `Mo-We,Fr`.
fn indices(days: &str) -> Option<Vec<usize>> {
    let index = |name: &str| DAYS.iter().position(|day| *day == name);
    let mut found = Vec::new();
    for part in days.split(',') {
        match part.split_once('-') {
            None => found.push(index(part)?),
            Some((from, until)) => {
                let (from, until) = (index(from)?, index(until)?);
                if from > until {
                    return None;
                }
                found.extend(from..=until);
            }
        }
    }
    Some(found)
}

/// `HH:MM` of one day.
fn is_time(text: &str) -> bool {
    text.len() == 5 && chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok() || text == "24:00"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_told_what_their_notation_can_say_and_else_nothing() {
        let told = |hours| for_machines(hours).map(|rules| rules.join(" | "));
        assert_eq!(
            told("Mo-Fr 09:00-17:00; Sa 10:00-12:00,13:00-15:00").unwrap(),
            "Mo-Fr 09:00-17:00 | Sa 10:00-12:00 | Sa 13:00-15:00"
        );
        assert_eq!(told("Mo,We-Th 19:00-23:00; PH off").unwrap(), "Mo,We-Th 19:00-23:00");
        assert_eq!(told("24/7").unwrap(), "Mo-Su");
        for more in [
            "Mo-Fr 09:00-17:00; We 12:00-14:00",
            "Mo-Fr 09:00-17:00 \"op afspraak\"",
            "week 1-20 Mo 09:00-12:00",
            "Fr-Mo 09:00-12:00",
            "Mo 09:00+",
            "Mo off",
            "sunrise-sunset",
            "",
        ] {
            assert_eq!(told(more), None, "{more}");
        }
    }
}
