//! Days and times as volunteers write them: `ma en do`, `1e dinsdag van de maand`, `om de week op vrijdag`, `19.30 - 22.00 uur`.
//!
//! What is not sure is not read: `half acht` may be in the morning, and even weeks are not every other week in a year of 53.

use chrono::{NaiveDate, NaiveTime};

use crate::{ingest::tabular::cell, search::fold};

/// On which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Days {
    /// A rule of RFC 5545.
    pub(super) rrule: String,
    /// The day itself, where it is held once.
    pub(super) once: Option<NaiveDate>,
}

impl Days {
    pub(super) fn of(rrule: impl Into<String>) -> Self {
        Self { rrule: rrule.into(), once: None }
    }

    /// On one day only.
    pub(super) fn once(day: NaiveDate) -> Self {
        Self { rrule: "FREQ=DAILY;COUNT=1".to_owned(), once: Some(day) }
    }
}

/// From when to when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: Option<NaiveTime>,
    pub(super) end: Option<NaiveTime>,
}

/// The weekdays by what they begin with, in Dutch and English, and their names in a rule.
const WEEKDAYS: [(&str, &str); 14] = [
    ("maandag", "MO"),
    ("dinsdag", "TU"),
    ("woensdag", "WE"),
    ("donderdag", "TH"),
    ("vrijdag", "FR"),
    ("zaterdag", "SA"),
    ("zondag", "SU"),
    ("monday", "MO"),
    ("tuesday", "TU"),
    ("wednesday", "WE"),
    ("thursday", "TH"),
    ("friday", "FR"),
    ("saturday", "SA"),
    ("sunday", "SU"),
];

const WEEK: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Words that say nothing about which days.
const FILLERS: [&str; 18] = [
    "op",
    "elke",
    "iedere",
    "elk",
    "ieder",
    "de",
    "van",
    "en",
    "wekelijks",
    "every",
    "on",
    "the",
    "of",
    "and",
    "each",
    "in",
    "vanaf",
    "om",
];

/// The days that a text says, and what of it is about times. `None`: it says something else as well, or nothing.
pub(super) fn days(text: &str) -> Option<(Days, Option<Span>)> {
    // Before anything is folded: a date has its own signs.
    if let Some(day) = cell::date(text) {
        return Some((Days::once(day), span(after_date(text)).filter(|span| span.start.is_some())));
    }
    let (text, span) = without_times(text);
    let days = recurring(&fold(&text.replace(['–', '—'], "-").replace('-', " t/m ")))?;
    Some((days, span))
}

/// What follows a day in a text such as `15-3-2026 19:30`.
fn after_date(text: &str) -> &str {
    text.find(':').and_then(|colon| text[..colon].rfind(' ')).map_or("", |space| text[space..].trim())
}

fn recurring(text: &str) -> Option<Days> {
    let text = text.replace("tot en met", "tm").replace(" t m ", " tm ");
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    match text.as_str() {
        "elke dag" | "iedere dag" | "dagelijks" | "alle dagen" | "every day" | "daily" => {
            return Some(Days::of("FREQ=DAILY"));
        }
        "werkdagen" | "elke werkdag" | "op werkdagen" | "doordeweeks" | "door de weeks" | "weekdays" => {
            return Some(Days::of("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"));
        }
        "weekend" | "in het weekend" | "elk weekend" | "weekends" => return Some(Days::of("FREQ=WEEKLY;BYDAY=SA,SU")),
        _ => {}
    }
    let (interval, words) = interval(&words);
    let of_month = words.iter().any(|word| matches!(*word, "maand" | "month" | "maandelijks" | "monthly"));
    let mut rest = words.iter().copied().peekable();
    let (mut ordinals, mut nth, mut weekdays, mut days_of_month) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    while let Some(word) = rest.next() {
        if let Some(place) = ordinal(word) {
            ordinals.push(place);
        } else if let Some(first) = weekday(word) {
            if rest.next_if(|word| matches!(*word, "tm" | "tot" | "to" | "through")).is_some() {
                let last = weekday(rest.next()?)?;
                if !ordinals.is_empty() {
                    return None;
                }
                let from = WEEK.iter().position(|day| *day == first)?;
                let days = WEEK.iter().cycle().skip(from).take(7);
                let length = days.clone().position(|day| *day == last)?;
                weekdays.extend(days.take(length + 1).copied());
            } else if ordinals.is_empty() {
                weekdays.push(first);
            } else {
                nth.extend(ordinals.drain(..).map(|place| format!("{place}{first}")));
            }
        } else if matches!(word, "dag" | "day") && !ordinals.is_empty() {
            days_of_month.append(&mut ordinals);
        } else if !(FILLERS.contains(&word) || matches!(word, "maand" | "month" | "maandelijks" | "monthly")) {
            return None;
        }
    }
    if of_month && nth.is_empty() && weekdays.is_empty() {
        days_of_month.append(&mut ordinals);
    }
    if !ordinals.is_empty() {
        return None;
    }
    let every = |frequency: &str| match interval {
        1 => format!("FREQ={frequency}"),
        interval => format!("FREQ={frequency};INTERVAL={interval}"),
    };
    match (weekdays.is_empty(), nth.is_empty(), days_of_month.is_empty()) {
        (false, true, true) if !of_month => {
            let days: Vec<&str> = WEEK.into_iter().filter(|day| weekdays.contains(day)).collect();
            Some(Days::of(format!("{};BYDAY={}", every("WEEKLY"), days.join(","))))
        }
        (true, false, true) => Some(Days::of(format!("{};BYDAY={}", every("MONTHLY"), nth.join(",")))),
        (true, true, false) if days_of_month.iter().all(|day| (-1..=31).contains(day) && *day != 0) => {
            let days: Vec<String> = days_of_month.iter().map(ToString::to_string).collect();
            Some(Days::of(format!("{};BYMONTHDAY={}", every("MONTHLY"), days.join(","))))
        }
        _ => None,
    }
}

/// How many weeks or months apart, and the words that do not say so.
fn interval<'a>(words: &[&'a str]) -> (u16, Vec<&'a str>) {
    const SAID: [(&[&str], u16); 14] = [
        (&["om", "de", "week"], 2),
        (&["om", "de", "andere", "week"], 2),
        (&["om", "de", "twee", "weken"], 2),
        (&["om", "de", "2", "weken"], 2),
        (&["elke", "twee", "weken"], 2),
        (&["eens", "per", "twee", "weken"], 2),
        (&["eens", "per", "14", "dagen"], 2),
        (&["tweewekelijks"], 2),
        (&["twee", "wekelijks"], 2),
        (&["2", "wekelijks"], 2),
        (&["every", "other", "week"], 2),
        (&["every", "two", "weeks"], 2),
        (&["om", "de", "maand"], 2),
        (&["elke", "twee", "maanden"], 2),
    ];
    for (said, interval) in SAID {
        if let Some(at) = words.windows(said.len()).position(|window| window == said) {
            let mut rest: Vec<&str> = [&words[..at], &words[at + said.len()..]].concat();
            if said.last().is_some_and(|word| word.starts_with("maand")) {
                rest.push("maand");
            }
            return (interval, rest);
        }
    }
    // elke 3 weken
    for (at, window) in words.windows(3).enumerate() {
        if let ["elke" | "iedere" | "every" | "om", number, unit @ ("weken" | "weeks" | "maanden" | "months")] = window
            && let Some(interval @ 2..=52) = number.parse::<u16>().ok()
        {
            let mut rest: Vec<&str> = [&words[..at], &words[at + 3..]].concat();
            rest.extend(unit.starts_with('m').then_some("maand"));
            return (interval, rest);
        }
    }
    (1, words.to_vec())
}

fn weekday(word: &str) -> Option<&'static str> {
    // dinsdagavond, dinsdags, dinsdagen
    const ENDINGS: [&str; 9] = ["", "s", "en", "avond", "middag", "ochtend", "morgen", "avonden", "nacht"];
    let of = |(name, day): &(&str, &'static str)| {
        let is_short = matches!(word.len(), 2 | 3) && name.starts_with(word);
        let is_long = word.strip_prefix(name).is_some_and(|ending| ENDINGS.contains(&ending));
        (is_short || is_long).then_some(*day)
    };
    // `mo` and `tu` of English stand after the Dutch ones, of which none begins so.
    WEEKDAYS.iter().find_map(of)
}

/// The place in its month: `1e`, `eerste`, `laatste`, `15`.
fn ordinal(word: &str) -> Option<i8> {
    const WORDS: [(&str, i8); 13] = [
        ("eerste", 1),
        ("tweede", 2),
        ("derde", 3),
        ("vierde", 4),
        ("vijfde", 5),
        ("laatste", -1),
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("fifth", 5),
        ("last", -1),
        ("2de", 2),
    ];
    if let Some((_, place)) = WORDS.iter().find(|(known, _)| *known == word) {
        return Some(*place);
    }
    let digits =
        ["ste", "de", "st", "nd", "rd", "th", "e"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|place| is_number && (1..=31).contains(place))
}

/// A text without the times at its end, and what they are.
fn without_times(text: &str) -> (String, Option<Span>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    // The longest end of it that is times.
    for at in 1..words.len() {
        if let Some(span) = span(&words[at..].join(" ")).filter(|span| span.start.is_some()) {
            // `1e dinsdag van de maand 15` is no time.
            if words[at..].concat().contains([':', '.', 'u', 'h']) {
                return (words[..at].join(" "), Some(span));
            }
        }
    }
    (text.to_owned(), None)
}

/// A time, or two: `19:30`, `19.30-22.00 uur`, `van 9 tot 12 uur`. `None`: it is none.
pub(super) fn span(text: &str) -> Option<Span> {
    let text = text.trim().to_lowercase().replace(['–', '—'], "-");
    let text =
        ["van ", "vanaf ", "om ", "from ", "at "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
    let parts: Vec<&str> = match text.split_once(" tot ").or_else(|| text.split_once(" to ")) {
        Some((start, end)) => vec![start, end],
        None => text.split('-').collect(),
    };
    match parts.as_slice() {
        [""] => None,
        [start] => Some(Span { start: Some(time(start)?), end: None }),
        [start, end] => Some(Span { start: Some(time(start)?), end: Some(time(end)?) }),
        _ => None,
    }
}

/// One time of day.
fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let bare = ["uur", "u.", "u", "h", "hrs"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim();
    // A spreadsheet keeps a time as a part of a day.
    if let Some(part) = bare.strip_prefix("0.").filter(|rest| rest.len() > 2) {
        let minutes = (format!("0.{part}").parse::<f64>().ok()? * 1_440.0).round();
        return (0.0..1_440.0)
            .contains(&minutes)
            .then(|| NaiveTime::from_num_seconds_from_midnight_opt(minutes as u32 * 60, 0))?;
    }
    let (hour, minute) = match bare.split_once([':', '.', 'u', 'h']) {
        // Seconds of a program's clock: 19:30:00.
        Some((hour, minute)) => (hour, minute.strip_suffix(":00").unwrap_or(minute)),
        None if bare.len() == 4 => bare.split_at_checked(2)?,
        None => (bare, "00"),
    };
    let number = |text: &str, longest: usize| {
        let is_number = (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| is_number)
    };
    let (hour, minute) = (number(hour, 2)?, number(minute, 2).filter(|_| minute.len() == 2)?);
    // The end of the day.
    if (hour, minute) == (24, 0) {
        return Some(NaiveTime::MIN);
    }
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_volunteers_write_them() {
        for (text, rrule) in [
            ("dinsdag", "FREQ=WEEKLY;BYDAY=TU"),
            ("Dinsdagavond", "FREQ=WEEKLY;BYDAY=TU"),
            ("elke di.", "FREQ=WEEKLY;BYDAY=TU"),
            ("ma en do", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("do, ma", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("maandag/woensdag/vrijdag", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
            ("ma t/m vr", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("ma-vr", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("vrijdag tot en met maandag", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU"),
            ("werkdagen", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("dagelijks", "FREQ=DAILY"),
            ("1e dinsdag van de maand", "FREQ=MONTHLY;BYDAY=1TU"),
            ("elke eerste en derde donderdag van de maand", "FREQ=MONTHLY;BYDAY=1TH,3TH"),
            ("laatste vrijdag van de maand", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("2e en 4e wo", "FREQ=MONTHLY;BYDAY=2WE,4WE"),
            ("15e van de maand", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("de laatste dag van de maand", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("om de week op vrijdag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
            ("tweewekelijks op ma", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            ("elke 3 weken op zaterdag", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA"),
            ("om de maand, eerste zondag", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU"),
            ("every Tuesday", "FREQ=WEEKLY;BYDAY=TU"),
        ] {
            assert_eq!(days(text), Some((Days::of(rrule), None)), "{text}");
        }
        let christmas = NaiveDate::from_ymd_opt(2026, 12, 25).unwrap();
        assert_eq!(days("25-12-2026"), Some((Days::once(christmas), None)));
        assert_eq!(days("25 december 2026"), Some((Days::once(christmas), None)));
    }

    #[test]
    fn what_is_not_sure_is_not_read() {
        for text in [
            "even weken op dinsdag",
            "in overleg",
            "zomer",
            "1e van de",
            "dinsdag in de vakantie",
            "eerste t/m derde dinsdag",
            "32e van de maand",
            "elke 0 weken op ma",
            "?",
            "",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
        for text in ["half acht", "25:00", "19:3", "19:300", "avond", "12-13-14", "-", "", "19:60"] {
            assert_eq!(span(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_in_every_notation() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        for (text, start, end) in [
            ("19:30", at(19, 30), None),
            ("19.30 uur", at(19, 30), None),
            ("19u30", at(19, 30), None),
            ("1930", at(19, 30), None),
            ("19:30:00", at(19, 30), None),
            ("0.8125", at(19, 30), None),
            ("9 uur", at(9, 0), None),
            ("19:30-22:00", at(19, 30), at(22, 0)),
            ("19.30 – 22.00 uur", at(19, 30), at(22, 0)),
            ("van 9 tot 12 uur", at(9, 0), at(12, 0)),
            ("20:00-24:00", at(20, 0), at(0, 0)),
        ] {
            assert_eq!(span(text), Some(Span { start, end }), "{text}");
        }
        let span = Some(Span { start: at(19, 30), end: at(22, 0) });
        assert_eq!(days("dinsdag 19.30-22.00 uur"), Some((Days::of("FREQ=WEEKLY;BYDAY=TU"), span)));
        assert_eq!(days("1e di van de maand 19:30 - 22:00"), Some((Days::of("FREQ=MONTHLY;BYDAY=1TU"), span)));
    }
}
