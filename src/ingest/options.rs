//! What is said with a command, read from its text.

use chrono::{NaiveDate, Utc};

/// An address on the web.
pub(super) fn web_address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_address = rest.is_some_and(|rest| !rest.is_empty() && !text.contains(char::is_whitespace));
    if is_address { Ok(text.to_owned()) } else { Err("expected an address such as https://www.dalfsen.nl".to_owned()) }
}

/// A licence.
pub(super) fn spdx(text: &str) -> Result<String, String> {
    let is_identifier = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    if is_identifier {
        Ok(text.to_owned())
    } else {
        Err("expected an SPDX identifier such as CC0-1.0 or CC-BY-4.0".to_owned())
    }
}

/// A day that has been: a statement of the future could never be corrected.
pub(super) fn past_day(text: &str) -> Result<NaiveDate, String> {
    match text.parse::<NaiveDate>() {
        Ok(day) if day <= Utc::now().date_naive() => Ok(day),
        Ok(_) => Err("this day is yet to come".to_owned()),
        Err(_) => Err("expected a day such as 2026-03-15".to_owned()),
    }
}
