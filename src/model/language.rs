//! The languages in which sentences are told, and how each writes numbers, distances, dates and lists.
//!
//! One function for each of these, for pages, maps, notes and reports alike.

use async_graphql::Enum;
use chrono::{NaiveDate, Weekday};

/// Language of a label (taal).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum Language {
    /// Nederlands: Dutch.
    #[default]
    Nl,
    /// Engels: English.
    En,
}

/// What stands before the last item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    /// All of them.
    And,
    /// One of them.
    Or,
}

const MONTHS: [[&str; 2]; 12] = [
    ["januari", "January"],
    ["februari", "February"],
    ["maart", "March"],
    ["april", "April"],
    ["mei", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["augustus", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["december", "December"],
];

impl Language {
    /// Yes or no.
    pub fn yes_or_no(self, is: bool) -> &'static str {
        match (self, is) {
            (Self::Nl, true) => "ja",
            (Self::Nl, false) => "nee",
            (Self::En, true) => "yes",
            (Self::En, false) => "no",
        }
    }

    /// A day of the week.
    pub fn weekday(self, day: Weekday) -> &'static str {
        let [nl, en] = match day {
            Weekday::Mon => ["maandag", "Monday"],
            Weekday::Tue => ["dinsdag", "Tuesday"],
            Weekday::Wed => ["woensdag", "Wednesday"],
            Weekday::Thu => ["donderdag", "Thursday"],
            Weekday::Fri => ["vrijdag", "Friday"],
            Weekday::Sat => ["zaterdag", "Saturday"],
            Weekday::Sun => ["zondag", "Sunday"],
        };
        if self == Self::Nl { nl } else { en }
    }

    /// What groups thousands, and what stands before decimals.
    fn signs(self) -> (char, char) {
        match self {
            Self::Nl => ('.', ','),
            Self::En => (',', '.'),
        }
    }

    /// A whole number: 1.138 in Dutch, 1,138 in English.
    pub fn number(self, number: usize) -> String {
        self.grouped(&number.to_string())
    }

    /// A number rounded to so many decimals: 1.138,5 in Dutch, 1,138.5 in English.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", number.abs());
        let sign = if number < 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) { "−" } else { "" };
        format!("{sign}{}", self.grouped(&text))
    }

    /// A number as exact as it is given.
    pub fn exact(self, number: f64) -> String {
        let sign = if number < 0.0 { "−" } else { "" };
        format!("{sign}{}", self.grouped(&number.abs().to_string()))
    }

    /// A share from 0 to 1 in per cent, to a tenth: 18,0%.
    pub fn share(self, share: f64) -> String {
        format!("{}%", self.decimal(share * 100.0, 1))
    }

    /// A distance in metres as exact as it is given: 390 m, 1,2345 km.
    pub fn distance(self, metres: f64) -> String {
        if metres < 1_000.0 {
            return format!("{} m", self.exact(metres));
        }
        // Below a tenth of a millimetre is what dividing brought in.
        let kilometres = format!("{:.7}", metres / 1_000.0);
        format!("{} km", self.grouped(kilometres.trim_end_matches('0').trim_end_matches('.')))
    }

    /// About how far it is, from metres: 390 m, 1,2 km.
    pub fn about(self, metres: f64) -> String {
        let whole = metres.max(0.0).round();
        self.distance(if whole < 1_000.0 { whole } else { (whole / 100.0).round() * 100.0 })
    }

    /// A day: 15 maart 2024.
    pub fn date(self, day: NaiveDate) -> String {
        self.partial_date(&day.to_string())
    }

    /// A date as precisely as it is known: `2024`, `maart 2024` or `15 maart 2024`.
    pub fn partial_date(self, iso: &str) -> String {
        let mut parts = iso.split('-');
        let year = parts.next().unwrap_or(iso);
        let month = parts.next().and_then(|month| month.parse::<usize>().ok()?.checked_sub(1));
        let name = month.and_then(|month| MONTHS.get(month)).map(|names| names[usize::from(self == Self::En)]);
        let day = parts.next().and_then(|day| day.parse::<u8>().ok());
        match (name, day) {
            (Some(name), Some(day)) => format!("{day} {name} {year}"),
            (Some(name), None) => format!("{name} {year}"),
            _ => year.to_owned(),
        }
    }

    /// A list of things: Ommen, Dalfsen en Zwolle.
    pub fn list(self, things: &[impl AsRef<str>], last: Last) -> String {
        let word = match (last, self) {
            (Last::And, Self::Nl) => "en",
            (Last::And, Self::En) => "and",
            (Last::Or, Self::Nl) => "of",
            (Last::Or, Self::En) => "or",
        };
        let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
        match things.split_last() {
            Some((thing, others)) if !others.is_empty() => format!("{} {word} {thing}", others.join(", ")),
            _ => things.concat(),
        }
    }

    /// Digits with a point before the decimals, as this language groups and parts them.
    fn grouped(self, digits: &str) -> String {
        let (thousands, decimals) = self.signs();
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut grouped = String::with_capacity(digits.len() + whole.len() / 3);
        for (position, digit) in whole.chars().enumerate() {
            if position > 0 && (whole.len() - position).is_multiple_of(3) {
                grouped.push(thousands);
            }
            grouped.push(digit);
        }
        if !fraction.is_empty() {
            grouped.push(decimals);
            grouped.push_str(fraction);
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        assert_eq!(Language::Nl.number(1_138), "1.138");
        assert_eq!(Language::En.number(1_189_033), "1,189,033");
        assert_eq!(Language::Nl.number(256), "256");
        assert_eq!(Language::Nl.decimal(1_138.46, 1), "1.138,5");
        assert_eq!(Language::En.decimal(-0.04, 1), "0.0");
        assert_eq!(Language::En.decimal(-1_234.0, 0), "−1,234");
        assert_eq!(Language::Nl.share(0.8937), "89,4%");
    }

    #[test]
    fn a_number_is_written_as_exactly_as_it_is_given() {
        for (number, nl, en) in [
            (0.3, "0,3", "0.3"),
            (0.05, "0,05", "0.05"),
            (0.000_000_1, "0,0000001", "0.0000001"),
            (1.0, "1", "1"),
            (1.5, "1,5", "1.5"),
            (999.99, "999,99", "999.99"),
            (1_234.5, "1.234,5", "1,234.5"),
            (2_000.0, "2.000", "2,000"),
            (1_234_567.0, "1.234.567", "1,234,567"),
        ] {
            assert_eq!([Language::Nl.exact(number), Language::En.exact(number)], [nl, en]);
        }
    }

    #[test]
    fn a_distance_is_told_exactly_or_about() {
        for (metres, exact, about) in [
            (0.0, "0 m", "0 m"),
            (390.0, "390 m", "390 m"),
            (390.4, "390,4 m", "390 m"),
            (999.6, "999,6 m", "1 km"),
            (1_000.0, "1 km", "1 km"),
            (1_234.5, "1,2345 km", "1,2 km"),
            (2_050.0, "2,05 km", "2,1 km"),
            (20_000.0, "20 km", "20 km"),
            (1_234_500.0, "1.234,5 km", "1.234,5 km"),
        ] {
            assert_eq!([Language::Nl.distance(metres), Language::Nl.about(metres)], [exact, about], "{metres}");
        }
        assert_eq!([Language::En.distance(1_234.5), Language::En.about(1_240.0)], ["1.2345 km", "1.2 km"]);
    }

    #[test]
    fn a_date_is_told_as_precisely_as_it_is_known() {
        assert_eq!(Language::Nl.partial_date("2024"), "2024");
        assert_eq!(Language::En.partial_date("2024-03"), "March 2024");
        assert_eq!(Language::Nl.partial_date("2024-03-05"), "5 maart 2024");
        assert_eq!(Language::Nl.partial_date("2024-00"), "2024");
    }

    #[test]
    fn a_list_has_its_word_before_the_last() {
        let none: [&str; 0] = [];
        assert_eq!(Language::Nl.list(&none, Last::And), "");
        assert_eq!(Language::Nl.list(&["Ommen"], Last::And), "Ommen");
        assert_eq!(Language::Nl.list(&["Ommen", "Dalfsen", "Zwolle"], Last::And), "Ommen, Dalfsen en Zwolle");
        assert_eq!(Language::En.list(&["red", "blue"], Last::Or), "red or blue");
    }
}
