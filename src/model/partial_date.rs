//! A date as precise as its source tells it.

use std::{fmt, str::FromStr};

use chrono::{Datelike as _, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Why a text is no [`PartialDate`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; expected a year, a month or a day, such as `2024`, `2024-03` or `2024-03-15`")]
pub struct PartialDateError(String);

/// A year, a month or a day of the Gregorian calendar, years 1000 to 9999: as much as the source tells.
///
/// Ordered by text, so that `2024` stands before `2024-03`, and that before `2024-03-15`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate(String);

impl PartialDate {
    /// The date in ISO 8601 notation, such as `2024-03`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The year.
    pub fn year(&self) -> i32 {
        self.first_day().year()
    }

    /// The first day that it can be.
    pub fn first_day(&self) -> NaiveDate {
        let parts: Vec<u32> = self.0.split('-').filter_map(|part| part.parse().ok()).collect();
        let part = |index: usize| parts.get(index).copied().unwrap_or(1);
        // Checked when it was read.
        NaiveDate::from_ymd_opt(i32::try_from(part(0)).unwrap_or(1), part(1), part(2)).unwrap_or_default()
    }

    /// The last day that it can be.
    pub fn last_day(&self) -> NaiveDate {
        let first = self.first_day();
        let after = match self.0.len() {
            4 => first.checked_add_months(Months::new(12)),
            7 => first.checked_add_months(Months::new(1)),
            _ => return first,
        };
        after.and_then(|after| after.pred_opt()).unwrap_or(first)
    }

    /// Whether it is on or after the first day of `since`; `None`: it may be.
    pub fn is_since(&self, since: &Self) -> Option<bool> {
        let since = since.first_day();
        if self.first_day() >= since { Some(true) } else { (self.last_day() < since).then_some(false) }
    }
}

impl FromStr for PartialDate {
    type Err = PartialDateError;

    fn from_str(text: &str) -> Result<Self, PartialDateError> {
        let pattern: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let completed = match pattern.as_str() {
            "0000" => format!("{text}-01-01"),
            "0000-00" => format!("{text}-01"),
            "0000-00-00" => text.to_owned(),
            _ => return Err(PartialDateError(super::code::excerpt(text))),
        };
        let real = completed.parse::<NaiveDate>().is_ok() && !text.starts_with('0');
        if real { Ok(Self(text.to_owned())) } else { Err(PartialDateError(text.to_owned())) }
    }
}

impl From<NaiveDate> for PartialDate {
    /// Years outside 1000 to 9999 give a text that no longer sorts.
    fn from(date: NaiveDate) -> Self {
        Self(date.to_string())
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_may_be_before_or_after_a_month_of_it() {
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        for (known, since, is_since) in [
            ("2023-03-15", "2023", Some(true)),
            ("2023", "2023", Some(true)),
            ("2022-12-31", "2023", Some(false)),
            ("2022", "2022-06", None),
            ("2022", "2022-01-01", Some(true)),
            ("2022-06", "2022-06-15", None),
            ("2024-02", "2024-03", Some(false)),
            ("2021", "2022-06", Some(false)),
        ] {
            assert_eq!(date(known).is_since(&date(since)), is_since, "{known} since {since}");
        }
        assert_eq!(date("2024-02").last_day().to_string(), "2024-02-29");
        assert_eq!((date("2024").last_day().to_string(), date("2024").year()), ("2024-12-31".to_owned(), 2024));
    }

    #[test]
    fn a_date_is_as_precise_as_it_is_written() {
        for right in ["2024", "2024-03", "2024-02-29"] {
            assert_eq!(right.parse::<PartialDate>().map(|date| date.to_string()), Ok(right.to_owned()));
        }
        for wrong in ["", "24", "2024-3", "2024-13", "2023-02-29", "2024-03-15T00:00:00Z", "0024", "march 2024"] {
            assert!(wrong.parse::<PartialDate>().is_err(), "{wrong}");
        }
    }
}
