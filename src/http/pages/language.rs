//! Where the pages in a language live: Dutch at `/`, English at `/en`.

use crate::examples::Example;
pub(in crate::http) use crate::model::Language;

impl Language {
    /// The language tag for `lang` attributes.
    pub(in crate::http) fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// Where the first page in this language lives. One address a language, never negotiated: a link shared shows the receiver
    /// what the sender saw, and a cache needs no `Vary`.
    pub(in crate::http) fn path(self) -> &'static str {
        match self {
            Self::Nl => "/",
            Self::En => "/en",
        }
    }

    /// Where the worked examples in this language live.
    pub(in crate::http) fn examples_path(self) -> &'static str {
        match self {
            Self::Nl => "/examples",
            Self::En => "/en/examples",
        }
    }

    /// Where the page on privacy and removal in this language lives.
    pub(in crate::http) fn privacy_path(self) -> &'static str {
        match self {
            Self::Nl => "/privacy",
            Self::En => "/en/privacy",
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

    /// Where the page on what is not known in this language lives.
    pub(in crate::http) fn gaps_path(self) -> String {
        format!("{}/gaps", self.prefix())
    }

    /// Where the list of places in this language lives.
    pub(in crate::http) fn places_path(self) -> String {
        format!("{}/places", self.prefix())
    }

    /// Where what was typed is looked for in this language.
    pub(in crate::http) fn search_path(self) -> String {
        format!("{}/search", self.prefix())
    }

    /// Where the page of a settlement in this language lives.
    pub(in crate::http) fn settlement_path(self, slug: &str) -> String {
        format!("{}/settlement/{slug}", self.prefix())
    }

    /// Where what is on in this language lives.
    pub(in crate::http) fn agenda_path(self) -> String {
        format!("{}/agenda", self.prefix())
    }

    /// Where the page of an activity in this language lives.
    pub(in crate::http) fn activity_path(self, slug: &str) -> String {
        format!("{}/activity/{slug}", self.prefix())
    }

    /// Where the page for those who work with the data lives.
    pub(in crate::http) fn data_path(self) -> String {
        format!("{}/data", self.prefix())
    }

    /// Where the page on what changed in this language lives.
    pub(in crate::http) fn changes_path(self) -> String {
        format!("{}/changes", self.prefix())
    }

    /// Where the page that makes a map in this language lives.
    pub(in crate::http) fn map_maker_path(self) -> String {
        format!("{}/map/maker", self.prefix())
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Nl => "",
            Self::En => "/en",
        }
    }

    /// What a documented query asks.
    pub(in crate::http) fn title(self, example: &Example) -> &'static str {
        match self {
            Self::Nl => example.title_nl(),
            Self::En => example.title_en(),
        }
    }

    /// The language that the page links to as its translation.
    #[must_use]
    pub(in crate::http) fn other(self) -> Self {
        match self {
            Self::Nl => Self::En,
            Self::En => Self::Nl,
        }
    }
}
