//! A date as precise as its source tells it.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
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
    fn a_date_is_as_precise_as_it_is_written() {
        for right in ["2024", "2024-03", "2024-02-29"] {
            assert_eq!(right.parse::<PartialDate>().map(|date| date.to_string()), Ok(right.to_owned()));
        }
        for wrong in ["", "24", "2024-3", "2024-13", "2023-02-29", "2024-03-15T00:00:00Z", "0024", "march 2024"] {
            assert!(wrong.parse::<PartialDate>().is_err(), "{wrong}");
        }
    }
}
