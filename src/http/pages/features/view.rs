//! What a page of `/ogc` shows.

use askama::Template;

use super::words::Words;
use crate::http::pages::{
    assets,
    frame::{Frame, Section},
    language::Language,
};

/// What a page shows: facts of one thing, and lists of others.
#[derive(Clone, Debug)]
pub(in crate::http) struct FeaturesView {
    pub(in crate::http) language: Language,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// The address of the page without what is asked.
    pub(in crate::http) path: String,
    /// What is asked but for the language: `?name=value&…`, or empty.
    pub(in crate::http) asked: String,
    pub(in crate::http) title: String,
    pub(in crate::http) lead: String,
    /// What the page is within, the outermost first.
    pub(in crate::http) trail: Vec<Link>,
    pub(in crate::http) facts: Vec<Fact>,
    pub(in crate::http) groups: Vec<Group>,
    /// `101 to 200 of 282`; none: everything is on the page.
    pub(in crate::http) range: Option<String>,
    /// The pages before and behind it.
    pub(in crate::http) others: Vec<Link>,
    /// The same for programs.
    pub(in crate::http) formats: Vec<Link>,
    /// The sentences with which to name the sources.
    pub(in crate::http) attribution: String,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) struct Link {
    pub(in crate::http) href: String,
    pub(in crate::http) title: String,
    /// Its relation; empty: none that matters.
    pub(in crate::http) rel: &'static str,
}

/// Something that is known, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) struct Fact {
    pub(in crate::http) label: String,
    /// None: not known.
    pub(in crate::http) told: Option<String>,
    /// Where it leads to, which a link may carry.
    pub(in crate::http) href: Option<String>,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) struct Group {
    pub(in crate::http) heading: String,
    pub(in crate::http) entries: Vec<Entry>,
}

/// What stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) struct Entry {
    pub(in crate::http) href: Option<String>,
    pub(in crate::http) title: String,
    pub(in crate::http) told: String,
}

#[derive(Template)]
#[template(path = "pages/features/features.html")]
struct Page<'a> {
    frame: Frame,
    view: &'a FeaturesView,
    t: &'static Words,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &FeaturesView) -> Result<String, askama::Error> {
    let frame = Frame::new(view.language, view.title.clone(), view.lead.clone(), view.path.clone(), &view.asked)
        .told_by_parameter()
        .reached_at(view.origin.as_deref())
        .within(Section::Data);
    Page { frame, view, t: Words::of(view.language) }.render()
}
