//! The two languages of the pages: where their pages live, and how they write numbers, distances and dates.

use crate::{examples::Example, model};

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

/// The languages of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Language {
    /// Dutch, at `/`.
    Dutch,
    /// English, at `/en`.
    English,
}

impl Language {
    /// The language in which the data is told.
    pub(in crate::http) fn of_data(self) -> model::Language {
        match self {
            Self::Dutch => model::Language::Nl,
            Self::English => model::Language::En,
        }
    }

    /// The language tag for `lang` attributes.
    pub(in crate::http) fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }

    /// Where the list page in this language lives. One address a language, never negotiated: a link shared shows the receiver
    /// what the sender saw, and a cache needs no `Vary`.
    pub(in crate::http) fn path(self) -> &'static str {
        match self {
            Self::Dutch => "/",
            Self::English => "/en",
        }
    }

    /// Where the worked examples in this language live.
    pub(in crate::http) fn examples_path(self) -> &'static str {
        match self {
            Self::Dutch => "/examples",
            Self::English => "/en/examples",
        }
    }

    /// Where the page on privacy and removal in this language lives.
    pub(in crate::http) fn privacy_path(self) -> &'static str {
        match self {
            Self::Dutch => "/privacy",
            Self::English => "/en/privacy",
        }
    }

    /// Where the page of a place in this language lives.
    pub(in crate::http) fn place_path(self, slug: &str) -> String {
        format!("{}/place/{slug}", self.prefix())
    }

    /// Where the page of a municipality in this language lives.
    pub(in crate::http) fn municipality_path(self, slug: &str) -> String {
        format!("{}/municipality/{slug}", self.prefix())
    }

    /// Where the page that writes a snippet in this language lives.
    pub(in crate::http) fn maker_path(self) -> String {
        format!("{}/embed/maker", self.prefix())
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Dutch => "",
            Self::English => "/en",
        }
    }

    /// What a documented query asks.
    pub(in crate::http) fn title(self, example: &Example) -> &'static str {
        match self {
            Self::Dutch => example.title_nl(),
            Self::English => example.title_en(),
        }
    }

    /// The language that the page links to as its translation.
    #[must_use]
    pub(in crate::http) fn other(self) -> Self {
        match self {
            Self::Dutch => Self::English,
            Self::English => Self::Dutch,
        }
    }

    /// A whole number as this language groups it: 1.138 in Dutch, 1,138 in English.
    pub(in crate::http) fn number(self, number: usize) -> String {
        let separator = match self {
            Self::Dutch => '.',
            Self::English => ',',
        };
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A number with so many decimals, grouped: 1.138,5 in Dutch, 1,138.5 in English.
    pub(in crate::http) fn decimal(self, number: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", number.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| self.number(whole));
        let sign = if number < 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) { "−" } else { "" };
        let comma = match self {
            Self::Dutch => ',',
            Self::English => '.',
        };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{comma}{fraction}") }
    }

    /// A share from 0 to 1 in per cent, to a tenth: 18,0%.
    pub(in crate::http) fn share(self, share: f64) -> String {
        format!("{}%", self.decimal(share * 100.0, 1))
    }

    /// A distance in metres as people say it: 390 m, 1,2 km.
    pub(in crate::http) fn distance(self, metres: u32) -> String {
        if metres < 1_000 {
            return format!("{metres} m");
        }
        if metres.is_multiple_of(1_000) {
            return format!("{} km", metres / 1_000);
        }
        let kilometres = format!("{:.1} km", f64::from(metres) / 1_000.0);
        match self {
            Self::Dutch => kilometres.replace('.', ","),
            Self::English => kilometres,
        }
    }

    /// A day as a reader of this language has it.
    pub(in crate::http) fn date(self, day: chrono::NaiveDate) -> String {
        self.partial_date(&day.to_string())
    }

    /// `2024`, `maart 2024` or `15 maart 2024`.
    pub(in crate::http) fn partial_date(self, iso: &str) -> String {
        let mut parts = iso.split('-');
        let year = parts.next().unwrap_or(iso);
        let month = parts.next().and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month - 1));
        let name = month.map(|names| names[usize::from(self == Self::English)]);
        let day = parts.next().and_then(|day| day.parse::<u8>().ok());
        match (name, day) {
            (Some(name), Some(day)) => format!("{day} {name} {year}"),
            (Some(name), None) => format!("{name} {year}"),
            _ => year.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        assert_eq!(Language::Dutch.number(1_138), "1.138");
        assert_eq!(Language::English.number(1_189_033), "1,189,033");
        assert_eq!(Language::Dutch.number(256), "256");
        assert_eq!(Language::Dutch.decimal(1_138.46, 1), "1.138,5");
        assert_eq!(Language::English.decimal(-0.04, 1), "0.0");
        assert_eq!(Language::English.decimal(-1_234.0, 0), "−1,234");
        assert_eq!(Language::Dutch.share(0.8937), "89,4%");
        assert_eq!(Language::Dutch.distance(390), "390 m");
        assert_eq!(Language::Dutch.distance(1_240), "1,2 km");
        assert_eq!(Language::English.distance(1_240), "1.2 km");
    }

    #[test]
    fn a_date_is_told_as_precisely_as_it_is_known() {
        assert_eq!(Language::Dutch.partial_date("2024"), "2024");
        assert_eq!(Language::English.partial_date("2024-03"), "March 2024");
        assert_eq!(Language::Dutch.partial_date("2024-03-05"), "5 maart 2024");
    }
}
