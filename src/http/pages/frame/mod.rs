//! What the pages that people read have around them: head, masthead, footer. Their templates extend `frame.html`.

mod words;

pub(in crate::http) use self::words::Words;
use crate::http::{
    pages::language::Language,
    parameters::{Name, Parameters},
};

/// The frame of a page.
pub(in crate::http) struct Frame {
    /// The language of the page.
    pub(in crate::http) language: Language,
    /// What the page is called, for the window and for search engines.
    pub(in crate::http) title: String,
    /// One sentence on what is on it.
    pub(in crate::http) description: String,
    /// Its address in Dutch; that in English is behind `/en`.
    pub(in crate::http) path: String,
    /// What the link to the other language carries on: `?name=value&…` or nothing.
    pub(in crate::http) of_edition: String,
    /// What of it belongs to the one address of the page: not its edition.
    asked: String,
    /// Where this service is reached; none: not sure.
    origin: Option<String>,
    section: Option<Section>,
    /// The language stands in `lang`, and not in the path.
    is_told_by_parameter: bool,
    /// The parameters of the map that stands for the page where somebody shares it.
    map: String,
    pub(in crate::http) t: &'static Words,
}

/// A part of the service, as the masthead names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Section {
    /// Places to find.
    Places,
    /// What is on.
    Agenda,
    /// Figures and maps.
    Figures,
    /// The data, for who works with it.
    Data,
}

impl Section {
    const ALL: [Self; 4] = [Self::Places, Self::Agenda, Self::Figures, Self::Data];

    fn path(self, language: Language) -> String {
        match self {
            Self::Places => language.places_path(),
            Self::Agenda => language.agenda_path(),
            Self::Figures => language.examples_path().to_owned(),
            Self::Data => language.data_path(),
        }
    }

    fn title(self, t: &'static Words) -> &'static str {
        match self {
            Self::Places => t.find_places,
            Self::Agenda => t.agenda,
            Self::Figures => t.figures,
            Self::Data => t.data,
        }
    }
}

impl Frame {
    pub(in crate::http) fn new(
        language: Language,
        title: String,
        description: String,
        path: String,
        of_edition: &str,
    ) -> Self {
        Self {
            language,
            title,
            description,
            path,
            of_edition: of_edition.to_owned(),
            asked: String::new(),
            origin: None,
            section: None,
            is_told_by_parameter: false,
            map: String::new(),
            t: Words::of(language),
        }
    }

    /// Of a service that is reached there: only then it has an address that others can be told.
    pub(in crate::http) fn reached_at(self, origin: Option<&str>) -> Self {
        Self { origin: origin.map(str::to_owned), ..self }
    }

    /// Of an address that has the language as a parameter.
    pub(in crate::http) fn told_by_parameter(self) -> Self {
        Self { is_told_by_parameter: true, ..self }
    }

    /// In that part of the service.
    pub(in crate::http) fn within(self, section: Section) -> Self {
        Self { section: Some(section), ..self }
    }

    /// Of a page that shows what these ask.
    pub(in crate::http) fn asking(self, parameters: &Parameters) -> Self {
        let of_edition = parameters.only(|name| name != Name::Lang).query_string();
        let asked = parameters.only(|name| !matches!(name, Name::Lang | Name::Edition)).query_string();
        Self { of_edition, asked, ..self }
    }

    /// Shared with a map of its own: `name=value&…`.
    pub(in crate::http) fn pictured(self, map: String) -> Self {
        Self { map, ..self }
    }

    /// The address of the page in a language, with what is asked behind it: `?name=value&…` or nothing.
    fn path_in(&self, language: Language, asked: &str) -> String {
        match (language, self.path.as_str()) {
            (Language::Nl, path) => format!("{path}{asked}"),
            (Language::En, path) if self.is_told_by_parameter => {
                format!("{path}?lang=en{}", asked.replacen('?', "&", 1))
            }
            (Language::En, "/") => format!("/en{asked}"),
            (Language::En, path) => format!("/en{path}{asked}"),
        }
    }

    /// The address of the page in the other language.
    pub(in crate::http) fn in_other_language(&self) -> String {
        self.path_in(self.language.other(), &self.of_edition)
    }

    /// The one address of the page in a language, whole where that is known.
    pub(in crate::http) fn address_in(&self, language: Language) -> String {
        format!("{}{}", self.origin.as_deref().unwrap_or_default(), self.path_in(language, &self.asked))
    }

    /// The same, for those who want it whole or not at all.
    pub(in crate::http) fn address(&self) -> Option<String> {
        self.origin.as_ref().map(|_| self.address_in(self.language))
    }

    /// The picture that stands for the page.
    pub(in crate::http) fn picture(&self) -> Option<String> {
        let origin = self.origin.as_deref()?;
        let and = if self.map.is_empty() { "" } else { "&" };
        Some(format!("{origin}/map.png?lang={}&width=150&scale=200{and}{}", self.language.code(), self.map))
    }

    /// The links of the masthead, and whether the page is in what they lead to.
    pub(in crate::http) fn sections(&self) -> Vec<(String, &'static str, bool)> {
        let link =
            |section: Section| (section.path(self.language), section.title(self.t), self.section == Some(section));
        Section::ALL.into_iter().map(link).collect()
    }
}
