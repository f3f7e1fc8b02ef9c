//! The two languages of the pages: where their pages live, and how they write numbers, distances and dates.

use crate::{examples::Example, model};

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

    /// [`model::Language::number`].
    pub(in crate::http) fn number(self, number: usize) -> String {
        self.of_data().number(number)
    }

    /// [`model::Language::decimal`].
    pub(in crate::http) fn decimal(self, number: f64, decimals: usize) -> String {
        self.of_data().decimal(number, decimals)
    }

    /// [`model::Language::share`].
    pub(in crate::http) fn share(self, share: f64) -> String {
        self.of_data().share(share)
    }

    /// [`model::Language::about`].
    pub(in crate::http) fn about(self, metres: f64) -> String {
        self.of_data().about(metres)
    }

    /// [`model::Language::date`].
    pub(in crate::http) fn date(self, day: chrono::NaiveDate) -> String {
        self.of_data().date(day)
    }

    /// [`model::Language::partial_date`].
    pub(in crate::http) fn partial_date(self, iso: &str) -> String {
        self.of_data().partial_date(iso)
    }
}
