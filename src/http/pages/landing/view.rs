//! What the first page shows.

use askama::Template;

use super::words::Words;
use crate::http::pages::{assets, frame::Frame, language::Language, search::Words as Search, words::with};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct LandingView {
    /// The language of the page.
    pub(in crate::http) language: Language,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// Places that are not closed.
    pub(in crate::http) places: usize,
    /// Places that the survey of 2024 approached: how many there may be.
    pub(in crate::http) approached: usize,
    /// Whether anything is known that is held somewhere.
    pub(in crate::http) has_activities: bool,
    /// The municipalities, by name.
    pub(in crate::http) municipalities: Vec<MunicipalityLink>,
    /// The same on a map, as SVG; none: no borders are known.
    pub(in crate::http) map: Option<String>,
}

/// A municipality to choose.
#[derive(Clone, Debug)]
pub(in crate::http) struct MunicipalityLink {
    /// Its page.
    pub(in crate::http) address: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// How many places are known there.
    pub(in crate::http) places: usize,
}

/// A municipality in words: `Ommen: 9 plekken`.
pub(super) fn about(link: &MunicipalityLink, language: Language) -> String {
    let t = Words::of(language);
    let sentence = if link.places == 1 { t.one_place } else { t.many_places };
    with(sentence, &[("name", &link.name), ("count", &language.number(link.places))])
}

#[derive(Template)]
#[template(path = "pages/landing/landing.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    search: &'static Search,
    view: &'a LandingView,
    incomplete: String,
    typed: &'a str,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &LandingView) -> Result<String, askama::Error> {
    let language = view.language;
    let t = Words::of(language);
    let number = |count| language.number(count);
    let counts = [("approached", &*number(view.approached)), ("places", &*number(view.places))];
    let frame = Frame::new(language, t.title.to_owned(), t.description.to_owned(), "/".to_owned(), &view.of_edition)
        .reached_at(view.origin.as_deref());
    let search = Search::of(language);
    Page { frame, t, search, view, incomplete: with(t.incomplete, &counts), typed: "" }.render()
}
