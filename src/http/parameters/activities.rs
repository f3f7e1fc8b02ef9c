//! What is asked of activities, beside the places at which they are held.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::{Name, Parameters, PlaceChoice, Refused, places::terms, read::items, words::Words};
use crate::{
    edition::{ActivityFilter, PlaceFilter},
    model::vocabulary::{ActivityType, Audience},
};

/// The weekdays as iCalendar has them, Monday first.
pub(in crate::http) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

/// What is asked of activities. Everything that is given holds together.
#[derive(Clone, Debug, Default)]
pub(in crate::http) struct ActivityChoice {
    types: Option<Vec<ActivityType>>,
    text: Option<String>,
    pub(in crate::http) weekdays: Option<Vec<Weekday>>,
    pub(in crate::http) on: Option<NaiveDate>,
    /// The first day of the week that is asked for.
    pub(in crate::http) week: Option<NaiveDate>,
    audiences: Option<Vec<Audience>>,
    age: Option<i32>,
    free: Option<bool>,
}

impl ActivityChoice {
    /// Understands parameters.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter.
    pub(in crate::http) fn of(parameters: &Parameters) -> Result<Self, Refused> {
        let get = |name| parameters.get(name);
        Ok(Self {
            types: terms(parameters, Name::Activity)?,
            text: get(Name::Text).map(str::to_owned),
            weekdays: get(Name::Weekday).map(weekdays).transpose()?,
            on: get(Name::On).map(|text| day(text, |t| t.no_day)).transpose()?,
            week: get(Name::Week).map(|text| day(text, |t| t.no_week)).transpose()?,
            audiences: terms(parameters, Name::Audience)?,
            age: get(Name::Age).map(age).transpose()?,
            free: get(Name::Free).map(|value| value == "yes"),
        })
    }

    /// As a filter of the API, of what is held at some places. `activity` and `text` ask for what is held and not for what the place has.
    pub(in crate::http) fn filter(self, places: &PlaceChoice, today: NaiveDate) -> ActivityFilter {
        let of_places = PlaceFilter { activities: None, text: None, ..places.filter() };
        ActivityFilter {
            today: Some(today),
            types: self.types,
            text: self.text,
            weekdays: self.weekdays,
            on: self.on,
            audiences: self.audiences,
            age: self.age,
            free: self.free,
            places: Some(Box::new(of_places)).filter(|_| places.is_filtered),
            ..ActivityFilter::default()
        }
    }
}

fn weekdays(text: &str) -> Result<Vec<Weekday>, Refused> {
    let known: Vec<&str> = WEEKDAYS.iter().map(|(name, _)| *name).collect();
    let one = |value: &str| {
        let found = WEEKDAYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(value));
        found.map(|(_, day)| *day).ok_or_else(|| Refused::no_value(Name::Weekday.text(), value, &known))
    };
    items(text).map(one).collect()
}

/// A day of the years that a calendar knows.
fn day(text: &str, sentence: fn(&'static Words) -> &'static str) -> Result<NaiveDate, Refused> {
    let day = text.parse().ok().filter(|day: &NaiveDate| (1_900..=2_199).contains(&day.year()));
    day.ok_or_else(|| Refused::value(sentence, text))
}

fn age(text: &str) -> Result<i32, Refused> {
    let age = text.parse().ok().filter(|age| (0..=120).contains(age));
    age.ok_or_else(|| Refused::value(|t| t.no_age, text))
}
