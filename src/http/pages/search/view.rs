//! What the page of what was found shows.

use askama::Template;

use super::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::{Frame, Section},
        language::Language,
        words::with,
    },
    parameters::Parameters,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct SearchView {
    /// The language of the page.
    pub(in crate::http) language: Language,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// What the address asks.
    pub(in crate::http) asked: Parameters,
    /// What was typed.
    pub(in crate::http) typed: String,
    /// What was found, best first.
    pub(in crate::http) found: Vec<Found>,
    /// Whether there is more.
    pub(in crate::http) is_cut: bool,
}

/// Something that was found.
#[derive(Clone, Debug)]
pub(in crate::http) struct Found {
    /// Its name.
    pub(in crate::http) name: String,
    /// What it is, in the words of the page; empty where the next says so.
    pub(in crate::http) what: &'static str,
    /// Where it is; empty where that is said by its name.
    pub(in crate::http) where_it_is: String,
    /// What is there; none: nothing to tell.
    pub(in crate::http) places: Option<String>,
    /// Where it leads.
    pub(in crate::http) address: String,
}

impl Found {
    /// What there is to say of it, in one line.
    fn about(&self) -> String {
        let parts = [self.what, &*self.where_it_is, self.places.as_deref().unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

#[derive(Template)]
#[template(path = "pages/search/search.html")]
struct Page<'a> {
    frame: Frame,
    search: &'static Words,
    view: &'a SearchView,
    heading: String,
    nothing: Option<String>,
    first: Option<String>,
    typed: &'a str,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &SearchView) -> Result<String, askama::Error> {
    let t = Words::of(view.language);
    let said = |sentence| with(sentence, &[("text", &view.typed)]);
    let heading = if view.typed.is_empty() { t.title.to_owned() } else { said(t.title_of) };
    let frame = Frame::new(view.language, heading.clone(), t.description.to_owned(), "/search".to_owned(), "")
        .asking(&view.asked)
        .reached_at(view.origin.as_deref())
        .within(Section::Places);
    let page = Page {
        frame,
        search: t,
        view,
        heading,
        nothing: (view.found.is_empty() && !view.typed.is_empty()).then(|| said(t.nothing)),
        first: view.is_cut.then(|| with(t.first, &[("count", &view.language.number(view.found.len()))])),
        typed: &view.typed,
    };
    page.render()
}
