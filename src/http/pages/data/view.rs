//! What the page for those who work with the data shows.

use askama::Template;

use super::words::Words;
use crate::http::pages::{
    assets,
    frame::{Frame, Section},
    language::Language,
    links::web,
    list::{self, Choice},
    words::with,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct DataView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// When the edition was published, as the reader should see it.
    pub(in crate::http) published: Option<String>,
    /// How much there is.
    pub(in crate::http) counts: Counts,
    /// Municipalities that a frame can be about.
    pub(in crate::http) municipalities: Vec<Choice>,
    /// Kinds of place that it can be about.
    pub(in crate::http) kinds: Vec<Choice>,
    /// Example queries with the answers this edition really gives.
    pub(in crate::http) examples: Vec<WorkedExample>,
    /// The licence of each layer.
    pub(in crate::http) licences: Vec<LayerLicence>,
    /// The sentences with which to name the sources.
    pub(in crate::http) attributions: Vec<String>,
    /// The sources that the edition rests on.
    pub(in crate::http) sources: Vec<SourceLine>,
}

/// Totals of the edition.
#[derive(Clone, Debug)]
pub(in crate::http) struct Counts {
    /// Places that are not closed.
    pub(in crate::http) places: usize,
    /// Municipalities.
    pub(in crate::http) municipalities: usize,
    /// Villages, districts and hamlets.
    pub(in crate::http) settlements: usize,
    /// Places that the survey of 2024 approached: how much there may be.
    pub(in crate::http) approached: usize,
}

/// An example query with its answer.
#[derive(Clone, Debug)]
pub(in crate::http) struct WorkedExample {
    /// The name of the example in the explorer.
    pub(in crate::http) name: String,
    /// What it asks, in the language of the page.
    pub(in crate::http) title: String,
    /// The GraphQL document.
    pub(in crate::http) query: String,
    /// The answer as indented JSON.
    pub(in crate::http) answer: String,
}

/// The licence of one layer of the data.
#[derive(Clone, Debug)]
pub(in crate::http) struct LayerLicence {
    /// What the layer holds.
    pub(in crate::http) layer: String,
    /// The name of the licence.
    pub(in crate::http) licence: String,
    /// Where its text is.
    pub(in crate::http) url: Option<String>,
}

/// One source.
#[derive(Clone, Debug)]
pub(in crate::http) struct SourceLine {
    /// Its title.
    pub(in crate::http) title: String,
    /// Where it is.
    pub(in crate::http) url: Option<String>,
    /// Its licence and date, as far as known, in one phrase.
    pub(in crate::http) note: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/data/data.html")]
struct Page<'a> {
    frame: Frame,
    view: &'a DataView,
    language: Language,
    t: &'static Words,
    list: &'static list::Words,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &DataView) -> Result<String, askama::Error> {
    let language = view.language;
    let t = Words::of(language);
    let frame =
        Frame::new(language, t.title.to_owned(), t.description.to_owned(), "/data".to_owned(), &view.of_edition)
            .reached_at(view.origin.as_deref())
            .within(Section::Data);
    Page { frame, view, language, t, list: list::Words::of(language) }.render()
}

impl Page<'_> {
    fn number(&self, number: usize) -> String {
        self.language.number(number)
    }

    /// The address, when a link may carry it: a value from the data must not become `javascript:`.
    fn web<'b>(&self, address: &'b Option<String>) -> Option<&'b str> {
        web(address)
    }

    fn no_choice(&self) -> Option<&str> {
        None
    }

    fn incomplete(&self) -> String {
        let Counts { approached, places, .. } = &self.view.counts;
        with(self.t.incomplete, &[("approached", &self.number(*approached)), ("places", &self.number(*places))])
    }

    /// What keeps a link in the edition of the page.
    fn of_edition(&self) -> &str {
        &self.view.of_edition
    }

    /// What keeps a link to places in what the page is made from.
    fn of_data(&self) -> &str {
        &self.view.of_edition
    }

    /// The parameters of a map in the language of the page, of the edition that the page shows.
    fn of_map(&self) -> String {
        format!("?lang={}{}", self.language.code(), self.view.of_edition.replacen('?', "&", 1))
    }

    fn published(&self, date: &str) -> String {
        with(self.t.published, &[("date", date)])
    }

    fn all_sources(&self) -> String {
        with(self.t.all_sources, &[("count", &self.number(self.view.sources.len()))])
    }
}
