//! `/municipality/{slug}` and `/en/municipality/{slug}`: the places of a municipality, how complete the list is, and what
//! is known of its policy.
//!
//! The view is strings and numbers: labels are already in the language of the page, lists already in their order.

use askama::Template;

use super::{
    Language, assets,
    frame::{Frame, contact_link},
    phrases::{municipality::Phrases, with},
    place::SourceRef,
    web,
};

/// Documents that are shown before the reader asks for all.
const OPEN_DOCUMENTS: usize = 8;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct MunicipalityView {
    /// The language of the page and of every label in this view.
    pub language: Language,
    /// The edition's id.
    pub edition: String,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub of_edition: String,
    /// CBS code.
    pub code: String,
    /// Name for its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Inhabitants, and on which day, as the reader should see it.
    pub population: Option<(usize, Option<String>)>,
    /// Whether its list is complete; none: it has not said.
    pub complete: Option<bool>,
    /// How many places it says there are.
    pub expected: Option<usize>,
    /// Its places, closed ones last.
    pub places: Vec<PlaceRow>,
    /// The themes in their order.
    pub themes: Vec<ThemeRow>,
    /// Its documents, newest first.
    pub documents: Vec<DocumentRow>,
    /// Role, page and mailbox at the municipality.
    pub at_municipality: Option<(String, Option<String>, Option<String>)>,
    /// Where corrections go.
    pub contact: Option<String>,
    /// How the sources ask to be named.
    pub attributions: Vec<String>,
}

/// A place of the municipality.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The label of its kind; none: not known.
    pub kind: Option<String>,
    /// Village or town.
    pub settlement: String,
    /// Whether it is open.
    pub status: &'static str,
}

/// What is known on a theme.
#[derive(Clone, Debug)]
pub struct ThemeRow {
    /// The theme.
    pub theme: String,
    /// Labels of the statuses; empty: not known.
    pub statuses: Vec<String>,
    /// Whether there may be more than these.
    pub is_open_list: bool,
    /// Why they stand.
    pub grounds: Vec<GroundRow>,
}

/// Why a status stands.
#[derive(Clone, Debug)]
pub struct GroundRow {
    /// The document that shows it.
    pub document: SourceRef,
    /// The sentence or decision, in Dutch.
    pub ground: String,
    /// Who says so, and when that was assessed.
    pub by: String,
}

/// A document.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Its title, and where it stands.
    pub source: SourceRef,
    /// Its year.
    pub year: Option<i32>,
    /// The label of its kind.
    pub kind: String,
    /// The label of its stance; none: not assessed.
    pub stance: Option<String>,
    /// Its summary, in Dutch.
    pub summary: String,
    /// Who describes it so, where that is not this compilation.
    pub described_by: Option<String>,
}

#[derive(Template)]
#[template(path = "municipality.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Phrases,
    view: &'a MunicipalityView,
    link: Option<String>,
    population: Option<String>,
    population_label: String,
    expected: Option<String>,
    open_documents: bool,
    all_documents: String,
    map: String,
    map_png: String,
    map_alt: String,
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
}

/// The page as HTML, to be sent with [`LANDING_CSP`](super::LANDING_CSP).
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub fn render(view: &MunicipalityView) -> Result<String, askama::Error> {
    let language = view.language;
    let t = Phrases::of(language);
    let named = [("name", view.name.as_str()), ("code", view.code.as_str()), ("edition", view.edition.as_str())];
    let (subject, body) = (with(t.wrong_subject, &named), with(t.wrong_body, &named));
    let date = view.population.as_ref().and_then(|(_, date)| date.as_deref());
    let map = |format: &str| {
        let edition = view.of_edition.replace('?', "&");
        format!("/map.{format}?of={}&language={}{edition}", view.code, language.code())
    };
    let json_ld = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": view.name,
        "identifier": view.code,
        "containedInPlace": { "@type": "AdministrativeArea", "name": "Overijssel" },
    });
    let page = Page {
        frame: Frame::new(
            language,
            with(t.title, &named),
            with(t.description, &named),
            format!("/municipality/{}", view.slug),
            &view.of_edition,
        ),
        t,
        link: view.contact.as_deref().map(|contact| contact_link(contact, &subject, &body)),
        population: view.population.as_ref().map(|(count, _)| language.number(*count)),
        population_label: date.map_or(t.inhabitants_undated.to_owned(), |date| with(t.inhabitants, &[("date", date)])),
        expected: view.expected.map(|count| with(t.expected, &[("count", &language.number(count))])),
        open_documents: view.documents.len() <= OPEN_DOCUMENTS,
        all_documents: with(t.documents_all, &[("count", &view.documents.len().to_string())]),
        map: map("svg"),
        map_png: format!("{}&scale=200", map("png")),
        map_alt: with(t.map_alt, &named),
        json_ld: json_ld.to_string().replace('<', "\\u003c"),
        view,
    };
    page.render()
}
