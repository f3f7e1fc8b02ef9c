//! What the page of a municipality shows: strings and numbers, with labels already in the language of the page and lists in their order.

use askama::Template;

use super::words::Words;
use crate::http::pages::{
    assets,
    frame::{Frame, Section},
    language::Language,
    links::{contact_link, web},
    place::view::SourceRef,
    programme::{self, Programme},
    words::with,
};

/// Documents that are shown before the reader asks for all.
const OPEN_DOCUMENTS: usize = 8;

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct MunicipalityView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// CBS code.
    pub(in crate::http) code: String,
    /// Name for its address.
    pub(in crate::http) slug: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// Inhabitants, and on which day, as the reader should see it.
    pub(in crate::http) population: Option<(usize, Option<String>)>,
    /// Whether its list is complete; none: it has not said.
    pub(in crate::http) complete: Option<bool>,
    /// How many places it says there are.
    pub(in crate::http) expected: Option<usize>,
    /// Its places by village.
    pub(in crate::http) villages: Vec<Village>,
    /// Its wijken, by name.
    pub(in crate::http) wijken: Vec<Wijk>,
    /// What is on there in the coming seven days.
    pub(in crate::http) programme: Programme,
    /// The themes in their order.
    pub(in crate::http) themes: Vec<ThemeRow>,
    /// Its documents, newest first.
    pub(in crate::http) documents: Vec<DocumentRow>,
    /// Role, page and mailbox at the municipality.
    pub(in crate::http) at_municipality: Option<(String, Option<String>, Option<String>)>,
    /// Where corrections go.
    pub(in crate::http) contact: Option<String>,
    /// How the sources ask to be named.
    pub(in crate::http) attributions: Vec<String>,
}

/// A village or town with places.
#[derive(Clone, Debug)]
pub(in crate::http) struct Village {
    /// Its name.
    pub(in crate::http) name: String,
    /// For the address of its page; none: it has none.
    pub(in crate::http) slug: Option<String>,
    /// Its places, closed ones last.
    pub(in crate::http) places: Vec<PlaceRow>,
}

/// A wijk of CBS.
#[derive(Clone, Debug)]
pub(in crate::http) struct Wijk {
    /// Its name.
    pub(in crate::http) name: String,
    /// Names and slugs of the places that are known to be there; empty: none is.
    pub(in crate::http) places: Vec<(String, String)>,
}

/// A place of the municipality.
#[derive(Clone, Debug)]
pub(in crate::http) struct PlaceRow {
    /// Its slug.
    pub(in crate::http) slug: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// The label of its kind; none: not known.
    pub(in crate::http) kind: Option<String>,
    /// Its address on one line; none: not known.
    pub(in crate::http) address: Option<String>,
    /// Its wijk or buurt; none: not known.
    pub(in crate::http) wijk: Option<String>,
    /// Whether it is closed, and so not counted.
    pub(in crate::http) is_closed: bool,
    /// Whether it is open.
    pub(in crate::http) status: &'static str,
}

/// What is known on a theme.
#[derive(Clone, Debug)]
pub(in crate::http) struct ThemeRow {
    /// The theme.
    pub(in crate::http) theme: String,
    /// Labels of the statuses; empty: not known.
    pub(in crate::http) statuses: Vec<String>,
    /// Whether there may be more than these.
    pub(in crate::http) is_open_list: bool,
    /// Why they stand.
    pub(in crate::http) grounds: Vec<GroundRow>,
}

/// Why a status stands.
#[derive(Clone, Debug)]
pub(in crate::http) struct GroundRow {
    /// The document that shows it.
    pub(in crate::http) document: SourceRef,
    /// The sentence or decision, in Dutch.
    pub(in crate::http) ground: String,
    /// Who says so, and when that was assessed.
    pub(in crate::http) by: String,
}

/// A document.
#[derive(Clone, Debug)]
pub(in crate::http) struct DocumentRow {
    /// Its title, and where it stands.
    pub(in crate::http) source: SourceRef,
    /// Its year.
    pub(in crate::http) year: Option<i32>,
    /// The label of its kind.
    pub(in crate::http) kind: String,
    /// The label of its stance; none: not assessed.
    pub(in crate::http) stance: Option<String>,
    /// Its summary, in Dutch.
    pub(in crate::http) summary: String,
    /// Who describes it so, where that is not this compilation.
    pub(in crate::http) described_by: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/municipality/municipality.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    view: &'a MunicipalityView,
    link: Option<String>,
    in_use: String,
    places_label: String,
    offer: &'static programme::Words,
    programme: &'a Programme,
    all_places: (String, String),
    agenda: String,
    gaps: String,
    population: Option<String>,
    population_label: String,
    expected: Option<String>,
    open_documents: bool,
    all_documents: String,
    map: String,
    map_png: String,
    map_maker: String,
    map_alt: String,
    json_ld: String,
}

impl Page<'_> {
    fn path_of(&self, slug: &str) -> String {
        format!("{}{}", self.view.language.place_path(slug), self.view.of_edition)
    }

    fn settlement_path(&self, slug: &str) -> String {
        format!("{}{}", self.view.language.settlement_path(slug), self.view.of_edition)
    }

    /// How many more there are on a day.
    fn more(&self, count: usize) -> String {
        with(self.offer.more, &[("count", &self.view.language.number(count))])
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
pub(in crate::http) fn render(view: &MunicipalityView) -> Result<String, askama::Error> {
    let language = view.language;
    let t = Words::of(language);
    let named = [("name", view.name.as_str()), ("code", view.code.as_str()), ("edition", view.edition.as_str())];
    let (subject, body) = (with(t.wrong_subject, &named), with(t.wrong_body, &named));
    let date = view.population.as_ref().and_then(|(_, date)| date.as_deref());
    let map = |format: &str| {
        let edition = view.of_edition.replace('?', "&");
        format!("/map.{format}?municipality={}&lang={}{edition}", view.code, language.code())
    };
    let json_ld = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": view.name,
        "identifier": view.code,
        "containedInPlace": { "@type": "AdministrativeArea", "name": "Overijssel" },
    });
    let places = || view.villages.iter().flat_map(|village| &village.places);
    let closed = places().filter(|place| place.is_closed).count();
    let in_use = language.number(places().count() - closed);
    let of_edition = view.of_edition.replace('?', "&");
    let page = Page {
        frame: Frame::new(
            language,
            with(t.title, &named),
            with(t.description, &named),
            format!("/municipality/{}", view.slug),
            &view.of_edition,
        )
        .reached_at(view.origin.as_deref())
        .within(Section::Places)
        .pictured(format!("municipality={}", view.code)),
        t,
        link: view.contact.as_deref().map(|contact| contact_link(contact, &subject, &body)),
        places_label: match closed {
            0 => t.places.to_owned(),
            closed => with(t.places_and_closed, &[("count", &language.number(closed))]),
        },
        offer: programme::Words::of(language),
        programme: &view.programme,
        all_places: (
            format!("{}?municipality={}{of_edition}", language.places_path(), view.code),
            with(t.list_all, &[("count", &in_use)]),
        ),
        in_use,
        agenda: format!("{}?municipality={}{of_edition}", language.agenda_path(), view.code),
        gaps: format!("{}?municipality={}{}", language.gaps_path(), view.code, of_edition),
        population: view.population.as_ref().map(|(count, _)| language.number(*count)),
        population_label: date.map_or(t.inhabitants_undated.to_owned(), |date| with(t.inhabitants, &[("date", date)])),
        expected: view.expected.map(|count| with(t.expected, &[("count", &language.number(count))])),
        open_documents: view.documents.len() <= OPEN_DOCUMENTS,
        all_documents: with(t.documents_all, &[("count", &view.documents.len().to_string())]),
        map: map("svg"),
        map_maker: format!("{}?municipality={}{of_edition}", language.map_maker_path(), view.code),
        map_png: format!("{}&scale=200", map("png")),
        map_alt: with(t.map_alt, &named),
        json_ld: json_ld.to_string().replace('<', "\\u003c"),
        view,
    };
    page.render()
}
