//! The words that times are told in.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

/// A language of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Dutch.
    Dutch,
    /// English.
    English,
}

use Language::{Dutch, English};

impl Language {
    pub(crate) fn choose<T>(self, dutch: T, english: T) -> T {
        match self {
            Dutch => dutch,
            English => english,
        }
    }
}

/// A weekday.
pub(crate) fn weekday(day: Weekday, language: Language) -> &'static str {
    const DUTCH: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
    const ENGLISH: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    language.choose(DUTCH, ENGLISH)[day.num_days_from_monday() as usize]
}

/// A month, counted from 1.
pub(crate) fn month(month: u32, language: Language) -> &'static str {
    const DUTCH: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    language.choose(DUTCH, ENGLISH)[(month as usize + 11) % 12]
}

/// A day with its year: `5 december 2026`.
pub(crate) fn date(date: NaiveDate, language: Language) -> String {
    format!("{} {} {}", date.day(), month(date.month(), language), date.year())
}

/// A time of day: `9:00`.
pub(crate) fn time(time: NaiveTime) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// From one to the other, both included, or the one that both are.
pub(crate) fn span(from: String, to: String, language: Language) -> String {
    if from == to { from } else { language.choose(format!("{from} tot en met {to}"), format!("{from} to {to}")) }
}

/// What is listed, with "and" before the last.
pub(crate) fn list(words: &[String], language: Language) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => {
            format!("{} {} {last}", rest.join(", "), language.choose("en", "and"))
        }
        _ => words.join(""),
    }
}

/// First to fifth, and last and last but one: what the place of a weekday in its month is called.
pub(crate) fn ordinal(place: i32, language: Language) -> Option<&'static str> {
    Some(match place {
        1 => language.choose("eerste", "first"),
        2 => language.choose("tweede", "second"),
        3 => language.choose("derde", "third"),
        4 => language.choose("vierde", "fourth"),
        5 => language.choose("vijfde", "fifth"),
        -1 => language.choose("laatste", "last"),
        -2 => language.choose("een-na-laatste", "last but one"),
        _ => return None,
    })
}
