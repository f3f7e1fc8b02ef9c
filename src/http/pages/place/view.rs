//! What the page of a place shows: strings, with labels already in the language of the page.

use askama::Template;

use super::words::Words;
use crate::http::pages::{
    assets,
    frame::Frame,
    language::Language,
    links::{contact_link, is_web, web},
    list,
    words::with,
};

/// How far places are that a board can learn from, metres.
pub(in crate::http) const NEARBY_M: f64 = 15_000.0;

/// How many of them are shown.
pub(in crate::http) const NEARBY_SHOWN: usize = 12;

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct PlaceView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// The key of the place, also its slug.
    pub(in crate::http) slug: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// The label of its kind; none: not known.
    pub(in crate::http) kind: Option<String>,
    /// Its municipality: name and slug.
    pub(in crate::http) municipality: (String, String),
    /// Code of the municipality.
    pub(in crate::http) municipality_code: String,
    /// Village or town.
    pub(in crate::http) settlement: String,
    /// Whether it is open, and when that was confirmed.
    pub(in crate::http) status: String,
    /// What is held there, by name; what is over is not among it.
    pub(in crate::http) programme: Vec<Offer>,
    /// What is known, in the order of the page.
    pub(in crate::http) facts: Vec<Fact>,
    /// All its sources.
    pub(in crate::http) sources: Vec<SourceRef>,
    /// Places that have something in common with it.
    pub(in crate::http) nearby: Nearby,
    /// Where corrections go.
    pub(in crate::http) contact: Option<String>,
    /// How the sources ask to be named.
    pub(in crate::http) attributions: Vec<String>,
    /// The place in the words of schema.org, as JSON.
    pub(in crate::http) json_ld: String,
}

/// What is held there.
#[derive(Clone, Debug)]
pub(in crate::http) struct Offer {
    /// What it is called.
    pub(in crate::http) name: String,
    /// A page on it.
    pub(in crate::http) website: Option<String>,
    /// When it is held, a rule each; none: not known.
    pub(in crate::http) when: Vec<String>,
    /// For whom, at what price and so on.
    pub(in crate::http) details: String,
    /// Who says so.
    pub(in crate::http) sources: Vec<SourceRef>,
}

/// A fact, or that it is not known.
#[derive(Clone, Debug)]
pub(in crate::http) struct Fact {
    /// What it is about.
    pub(in crate::http) label: String,
    /// What is known.
    pub(in crate::http) value: Value,
    /// A remark on the value, in the reader's words.
    pub(in crate::http) note: Option<String>,
    /// The sources that say so.
    pub(in crate::http) sources: Vec<SourceRef>,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) enum Value {
    /// Not known.
    Unknown,
    /// Text.
    Text(String),
    /// A site.
    Site(String),
    /// Several.
    List(Vec<String>),
}

impl Value {
    /// As one line of a letter.
    fn line(&self, not_known: &str) -> String {
        match self {
            Self::Unknown => not_known.to_owned(),
            Self::Text(text) | Self::Site(text) => text.clone(),
            Self::List(items) => items.join(", "),
        }
    }
}

/// A source of a fact.
#[derive(Clone, Debug)]
pub(in crate::http) struct SourceRef {
    /// Its title.
    pub(in crate::http) title: String,
    /// Where it stands.
    pub(in crate::http) url: Option<String>,
    /// When it was published, or else read, as the reader should see it.
    pub(in crate::http) date: Option<String>,
}

/// What other places have in common with it.
#[derive(Clone, Debug)]
pub(in crate::http) enum Nearby {
    /// It is not known where the place stands.
    Nowhere,
    /// It is not known what the place has.
    NothingKnown,
    /// These; the number is that of those left off.
    Places(Vec<NearbyLine>, usize),
}

/// A place that has something in common.
#[derive(Clone, Debug)]
pub(in crate::http) struct NearbyLine {
    /// Its slug.
    pub(in crate::http) slug: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// Village or town.
    pub(in crate::http) settlement: String,
    /// How far, as the reader should see it.
    pub(in crate::http) distance: String,
    /// Labels of what both have.
    pub(in crate::http) shared: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/place/place.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    list: &'static list::Words,
    view: &'a PlaceView,
    link: Option<String>,
    within: String,
    json_ld: String,
}

impl Page<'_> {
    fn path_of(&self, slug: &str) -> String {
        format!("{}{}", self.view.language.place_path(slug), self.view.of_edition)
    }

    /// The address, when a link may carry it.
    fn web<'b>(&self, address: &'b Option<String>) -> Option<&'b str> {
        web(address)
    }

    fn site<'b>(&self, address: &'b str) -> Option<&'b str> {
        is_web(address).then_some(address)
    }

    fn nearby(&self, phrase: &str) -> String {
        with(phrase, &[("distance", &self.within)])
    }

    fn more(&self, count: &usize) -> String {
        with(self.t.more, &[("count", &count.to_string())])
    }

    fn all_of_municipality(&self) -> String {
        with(self.t.all_of_municipality, &[("municipality", &self.view.municipality.0)])
    }

    fn municipality_path(&self) -> String {
        format!("{}{}", self.view.language.municipality_path(&self.view.municipality.1), self.view.of_edition)
    }
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &PlaceView) -> Result<String, askama::Error> {
    let t = Words::of(view.language);
    let named = [("name", view.name.as_str()), ("settlement", view.settlement.as_str())];
    let facts: String =
        view.facts.iter().map(|fact| format!("- {}: {}\n", fact.label, fact.value.line(t.not_known))).collect();
    let body =
        with(t.wrong_body, &[("name", &view.name), ("key", &view.slug), ("edition", &view.edition), ("facts", &facts)]);
    let subject = with(t.wrong_subject, &named);
    let title = format!("{}, {}", view.name, view.settlement);
    let page = Page {
        frame: Frame::new(
            view.language,
            title,
            with(t.description, &named),
            format!("/place/{}", view.slug),
            &view.of_edition,
        ),
        t,
        list: list::Words::of(view.language),
        link: view.contact.as_deref().map(|contact| contact_link(contact, &subject, &body)),
        within: view.language.about(NEARBY_M),
        json_ld: view.json_ld.replace('<', "\\u003c"),
        view,
    };
    page.render()
}
