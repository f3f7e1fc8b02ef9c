//! What the page on what is not known shows.

use askama::Template;

use super::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::{Frame, Section},
        language::Language,
        links::{contact_link, web},
        words::with,
    },
    parameters::Parameters,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct GapsView {
    /// The language of the page.
    pub(in crate::http) language: Language,
    /// What is chosen, for the title: the one municipality that is.
    pub(in crate::http) municipality: Option<String>,
    /// Why the choice was refused.
    pub(in crate::http) refusal: Option<String>,
    /// The municipalities, where nothing is chosen.
    pub(in crate::http) municipalities: Vec<MunicipalityGaps>,
    /// The places that are chosen, those with most gaps first.
    pub(in crate::http) places: Vec<PlaceGaps>,
    /// How many are chosen, of which [`Self::places`] may be the first.
    pub(in crate::http) chosen: usize,
    /// The same as CSV.
    pub(in crate::http) csv: String,
    /// The list of the municipality, to be filled in.
    pub(in crate::http) template: Option<String>,
    /// Where it is sent.
    pub(in crate::http) contact: Option<String>,
    /// What links carry on of the edition that the address names: `?edition=ID` or nothing.
    pub(in crate::http) of_edition: String,
    /// What the address asks.
    pub(in crate::http) asked: Parameters,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
}

/// What is not known of a municipality.
#[derive(Clone, Debug)]
pub(in crate::http) struct MunicipalityGaps {
    /// The list of its places.
    pub(in crate::http) address: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// Places that are not closed.
    pub(in crate::http) places: String,
    /// The share of all their fields that is known.
    pub(in crate::http) known: String,
    /// Without a status, an address, facilities.
    pub(in crate::http) lacking: [String; 3],
}

/// What is not known of a place.
#[derive(Clone, Debug)]
pub(in crate::http) struct PlaceGaps {
    /// Its slug.
    pub(in crate::http) slug: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// Address, or the village.
    pub(in crate::http) at: String,
    /// Whom to ask: a role or organisation, a number.
    pub(in crate::http) ask: Option<String>,
    /// Its website, to find out more.
    pub(in crate::http) website: Option<String>,
    /// How many fields are known of how many.
    pub(in crate::http) known: String,
    /// Those that are not.
    pub(in crate::http) missing: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "pages/gaps/gaps.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    view: &'a GapsView,
    shown: Option<String>,
    link: Option<String>,
}

impl Page<'_> {
    fn path_of(&self, slug: &str) -> String {
        format!("{}{}", self.view.language.place_path(slug), self.view.of_edition)
    }

    /// The address, when a link may carry it.
    fn web<'b>(&self, address: &'b Option<String>) -> Option<&'b str> {
        web(address)
    }
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &GapsView) -> Result<String, askama::Error> {
    let (language, t) = (view.language, Words::of(view.language));
    let title = match &view.municipality {
        Some(name) => with(t.title_of, &[("name", name)]),
        None => t.title.to_owned(),
    };
    let is_part = view.places.len() < view.chosen;
    let shown = is_part.then(|| {
        let (shown, count) = (language.number(view.places.len()), language.number(view.chosen));
        with(t.shown_of, &[("shown", &shown), ("count", &count)])
    });
    let link = view.contact.as_deref().zip(view.municipality.as_deref());
    let link = link.map(|(contact, name)| contact_link(contact, &with(t.subject, &[("name", name)]), ""));
    let frame = Frame::new(language, title, t.description.to_owned(), "/gaps".to_owned(), "")
        .asking(&view.asked)
        .reached_at(view.origin.as_deref())
        .within(Section::Figures);
    Page { frame, t, view, shown, link }.render()
}
