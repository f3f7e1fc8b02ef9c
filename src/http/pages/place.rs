//! `/place/{slug}` and `/en/place/{slug}`: everything that is known of a place, each fact with its source.
//!
//! The view is strings: labels are already in the language of the page.

use askama::Template;

use super::{
    Language, assets,
    frame::{Frame, contact_link},
    is_web,
    phrases::{place::Phrases, with},
    web,
};

/// How far places are that a board can learn from, metres.
pub const NEARBY_M: f64 = 15_000.0;

/// How many of them are shown.
pub const NEARBY_SHOWN: usize = 12;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PlaceView {
    /// The language of the page and of every label in this view.
    pub language: Language,
    /// The edition's id.
    pub edition: String,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub of_edition: String,
    /// The key of the place, also its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The label of its kind; none: not known.
    pub kind: Option<String>,
    /// Its municipality: name and slug.
    pub municipality: (String, String),
    /// Code of the municipality.
    pub municipality_code: String,
    /// Village or town.
    pub settlement: String,
    /// Whether it is open, and when that was confirmed.
    pub status: String,
    /// What is known, in the order of the page.
    pub facts: Vec<Fact>,
    /// All its sources.
    pub sources: Vec<SourceRef>,
    /// Places that have something in common with it.
    pub nearby: Nearby,
    /// Where corrections go.
    pub contact: Option<String>,
    /// How the sources ask to be named.
    pub attributions: Vec<String>,
    /// The place in the words of schema.org, as JSON.
    pub json_ld: String,
}

/// A fact, or that it is not known.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// What is known.
    pub value: Value,
    /// A remark on the value, in the reader's words.
    pub note: Option<String>,
    /// The sources that say so.
    pub sources: Vec<SourceRef>,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
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
pub struct SourceRef {
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub url: Option<String>,
    /// When it was published, or else read, as the reader should see it.
    pub date: Option<String>,
}

/// What other places have in common with it.
#[derive(Clone, Debug)]
pub enum Nearby {
    /// It is not known where the place stands.
    Nowhere,
    /// It is not known what the place has.
    NothingKnown,
    /// These; the number is that of those left off.
    Places(Vec<NearbyLine>, usize),
}

/// A place that has something in common.
#[derive(Clone, Debug)]
pub struct NearbyLine {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Village or town.
    pub settlement: String,
    /// How far, as the reader should see it.
    pub distance: String,
    /// Labels of what both have.
    pub shared: Vec<String>,
}

#[derive(Template)]
#[template(path = "place.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Phrases,
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

/// The page as HTML, to be sent with [`LANDING_CSP`](super::LANDING_CSP).
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub fn render(view: &PlaceView) -> Result<String, askama::Error> {
    let t = Phrases::of(view.language);
    let named = [("name", view.name.as_str()), ("settlement", view.settlement.as_str())];
    let facts: String =
        view.facts.iter().map(|fact| format!("- {}: {}\n", fact.label, fact.value.line(t.not_known))).collect();
    let body =
        with(t.wrong_body, &[("name", &view.name), ("key", &view.slug), ("edition", &view.edition), ("facts", &facts)]);
    let subject = with(t.wrong_subject, &named);
    let title = format!("{}, {}", view.name, view.settlement);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "fifteen thousand")]
    let page = Page {
        frame: Frame::new(
            view.language,
            title,
            with(t.description, &named),
            format!("/place/{}", view.slug),
            &view.of_edition,
        ),
        t,
        link: view.contact.as_deref().map(|contact| contact_link(contact, &subject, &body)),
        within: view.language.distance(NEARBY_M as u32),
        json_ld: view.json_ld.replace('<', "\\u003c"),
        view,
    };
    page.render()
}
