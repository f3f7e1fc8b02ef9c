//! `/` and `/en`: what this is, the list of places with its filter, examples, origin.
//!
//! The view is strings and numbers: labels are already in the language of the page, groups and places already in their order.

use askama::Template;

use super::{
    Language, assets,
    phrases::{Phrases, with},
};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct LandingView {
    /// The language of the page and of every label in this view.
    pub language: Language,
    /// The edition's id.
    pub edition: String,
    /// When the edition was published, as the reader should see it.
    pub published: Option<String>,
    /// How much there is, whatever the filter.
    pub counts: Counts,
    /// What the reader chose.
    pub filter: Filter,
    /// Why the choice was refused, in the language of the page; the list is then that of no choice, or empty.
    pub refusal: Option<String>,
    /// What the reader can choose.
    pub options: Options,
    /// Places of which it is not known whether they match the filter; they are in no group.
    pub undecided: usize,
    /// The places that match, by municipality; a municipality without any is left out.
    pub groups: Vec<MunicipalityGroup>,
    /// Example queries with the answers this edition really gives.
    pub examples: Vec<WorkedExample>,
    /// The licence of each layer.
    pub licences: Vec<LayerLicence>,
    /// The sentences with which to name the sources.
    pub attributions: Vec<String>,
    /// The sources that the edition rests on.
    pub sources: Vec<SourceLine>,
}

/// Totals of the edition.
#[derive(Clone, Debug)]
pub struct Counts {
    /// Places that the list holds without a filter.
    pub places: usize,
    /// Municipalities.
    pub municipalities: usize,
    /// Villages, districts and hamlets.
    pub settlements: usize,
    /// Places that the survey of 2024 approached: how much there may be.
    pub approached: usize,
}

/// The filter, in the values of the address; the downloads take the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// `?municipality=`
    pub municipality: Option<String>,
    /// `?kind=`
    pub kind: Option<String>,
    /// `?facility=`
    pub facility: Option<String>,
    /// `?bbox=`: west,south,east,north. Not in the form, but kept when it was in the address.
    pub bbox: Option<String>,
    /// `?edition=`: an edition of the archive. Not in the form either, and no choice among places.
    pub edition: Option<String>,
}

/// The options of the three selects, in their order.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Municipalities.
    pub municipalities: Vec<Choice>,
    /// Kinds of place.
    pub kinds: Vec<Choice>,
    /// Facilities.
    pub facilities: Vec<Choice>,
}

/// One option.
#[derive(Clone, Debug)]
pub struct Choice {
    /// For the address.
    pub value: String,
    /// For the reader.
    pub label: String,
    /// How many places have it, whatever the filter.
    pub places: usize,
}

/// The matching places of one municipality.
#[derive(Clone, Debug)]
pub struct MunicipalityGroup {
    /// For the anchor `#gemeente-SLUG`: letters, digits and hyphens.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// At least one.
    pub places: Vec<PlaceLine>,
}

/// One place in the list.
#[derive(Clone, Debug, Default)]
pub struct PlaceLine {
    /// For the anchor `#plek-SLUG`: letters, digits and hyphens.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Other names it goes by.
    pub alternative_names: Vec<String>,
    /// The label of its kind; none: not known.
    pub kind: Option<String>,
    /// The kind was judged by the name alone.
    pub kind_from_name: bool,
    /// Whether it is open; none: not known.
    pub status: Option<Status>,
    /// When a source last confirmed it, as the reader should see it.
    pub last_confirmed: Option<String>,
    /// Street, number, postcode and settlement in one line; none: no address known, and the settlement is shown.
    pub address: Option<String>,
    /// The village or town.
    pub settlement: String,
    /// How precisely its location is known.
    pub location: Whereabouts,
    /// Labels of the facilities known to be there; empty: not known.
    pub facilities: Vec<String>,
    /// Labels of the facilities stated not to be there.
    pub absent_facilities: Vec<String>,
    /// Accessible by wheelchair; none: not known.
    pub wheelchair_accessible: Option<bool>,
    /// Its own website. Linked to when it is an `http` or `https` address, else not shown.
    pub website: Option<String>,
}

/// Whether a place is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Open.
    Open,
    /// To be opened.
    Planned,
    /// No longer there.
    Closed,
}

/// How precisely a location is known, from finest to coarsest. A number is how far it can be off, in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whereabouts {
    /// To the address: nothing is said of it.
    Address,
    /// To the street.
    Street(Option<u32>),
    /// To the postcode area.
    Postcode(Option<u32>),
    /// To the neighbourhood.
    Neighbourhood(Option<u32>),
    /// To the village or town.
    Settlement(Option<u32>),
    /// Not at all.
    #[default]
    Unknown,
}

/// An example query with its answer.
#[derive(Clone, Debug)]
pub struct WorkedExample {
    /// The name of the example in the explorer.
    pub name: String,
    /// What it asks, in the language of the page.
    pub title: String,
    /// The GraphQL document.
    pub query: String,
    /// The answer as indented JSON.
    pub answer: String,
}

/// The licence of one layer of the data.
#[derive(Clone, Debug)]
pub struct LayerLicence {
    /// What the layer holds.
    pub layer: String,
    /// The name of the licence.
    pub licence: String,
    /// Where its text is.
    pub url: Option<String>,
}

/// One source.
#[derive(Clone, Debug)]
pub struct SourceLine {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: Option<String>,
    /// Its licence and date, as far as known, in one phrase.
    pub note: Option<String>,
}

impl Filter {
    /// `?municipality=…&kind=…`, percent-encoded; empty when nothing is chosen. The same for the page and the downloads.
    pub fn query_string(&self) -> String {
        let mut text = String::new();
        for (name, value) in [
            ("municipality", &self.municipality),
            ("kind", &self.kind),
            ("facility", &self.facility),
            ("bbox", &self.bbox),
            ("edition", &self.edition),
        ] {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                text.push(if text.is_empty() { '?' } else { '&' });
                text.push_str(name);
                text.push('=');
                percent_encode(value, &mut text);
            }
        }
        text
    }

    fn is_empty(&self) -> bool {
        Self { edition: None, ..self.clone() }.query_string().is_empty()
    }
}

/// Leaves what RFC 3986 calls unreserved, and the comma, which a query may hold and which keeps a bounding box legible.
pub(in crate::http) fn percent_encode(value: &str, text: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[derive(Template)]
#[template(path = "landing.html")]
struct Page<'a> {
    view: &'a LandingView,
    language: Language,
    other: Language,
    t: &'static Phrases,
}

/// The page as HTML, to be sent with [`LANDING_CSP`](super::LANDING_CSP).
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub fn render(view: &LandingView) -> Result<String, askama::Error> {
    Page { view, language: view.language, other: view.language.other(), t: view.language.phrases() }.render()
}

impl Page<'_> {
    fn number(&self, number: usize) -> String {
        self.language.number(number)
    }

    /// The address, when a link may carry it: a value from the data must not become `javascript:`.
    fn web<'a>(&self, address: &'a Option<String>) -> Option<&'a str> {
        super::web(address)
    }

    /// No choice yet.
    fn nothing(&self) -> Option<String> {
        None
    }

    fn incomplete(&self) -> String {
        let Counts { approached, places, .. } = &self.view.counts;
        with(self.t.incomplete, &[("approached", &self.number(*approached)), ("places", &self.number(*places))])
    }

    fn result(&self) -> String {
        let places: usize = self.view.groups.iter().map(|group| group.places.len()).sum();
        let t = self.t;
        let total = self.number(self.view.counts.places);
        if self.view.filter.is_empty() {
            let municipalities = self.number(self.view.groups.len());
            return with(t.result_all, &[("places", &self.number(places)), ("municipalities", &municipalities)]);
        }
        match places {
            0 => t.result_none.to_owned(),
            1 => with(t.result_one, &[("total", &total)]),
            _ => with(t.result_some, &[("places", &self.number(places)), ("total", &total)]),
        }
    }

    fn undecided(&self) -> Option<String> {
        let t = self.t;
        match self.view.undecided {
            0 => None,
            1 => Some(t.undecided_one.to_owned()),
            count => Some(with(t.undecided_many, &[("count", &self.number(count))])),
        }
    }

    fn places(&self, count: usize) -> String {
        let t = self.t;
        if count == 1 { t.one_place.to_owned() } else { with(t.many_places, &[("count", &self.number(count))]) }
    }

    fn download(&self, path: &str) -> String {
        format!("{path}{}", self.view.filter.query_string())
    }

    /// What keeps a link in the edition of the page.
    fn of_edition(&self) -> String {
        Filter { edition: self.view.filter.edition.clone(), ..Filter::default() }.query_string()
    }

    /// The parameters of a map in the language of the page, of the edition that the page shows.
    fn of_map(&self) -> String {
        let edition = self.of_edition();
        let separator = if edition.is_empty() { '?' } else { '&' };
        format!("{edition}{separator}language={}", self.view.language.code())
    }

    fn within_bbox(&self, bbox: &str) -> String {
        with(self.t.within_bbox, &[("bbox", bbox)])
    }

    fn confirmed(&self, date: &str) -> String {
        with(self.t.confirmed, &[("date", date)])
    }

    fn published(&self, date: &str) -> String {
        with(self.t.published, &[("date", date)])
    }

    fn all_sources(&self) -> String {
        with(self.t.all_sources, &[("count", &self.number(self.view.sources.len()))])
    }

    fn status(&self, place: &PlaceLine) -> Option<&'static str> {
        let t = self.t;
        match place.status {
            Some(Status::Open) => None,
            Some(Status::Planned) => Some(t.planned),
            Some(Status::Closed) => Some(t.closed),
            None => Some(t.status_unknown),
        }
    }

    fn whereabouts(&self, place: &PlaceLine) -> Option<String> {
        place.whereabouts(self.language)
    }
}

impl PlaceLine {
    /// What is said of a location that is not an address.
    pub(super) fn whereabouts(&self, language: Language) -> Option<String> {
        let t = language.phrases();
        let (phrase, uncertainty_m) = match self.location {
            Whereabouts::Address => return None,
            Whereabouts::Unknown => return Some(t.at_nowhere.to_owned()),
            Whereabouts::Street(metres) => (t.at_street, metres),
            Whereabouts::Postcode(metres) => (t.at_postcode, metres),
            Whereabouts::Neighbourhood(metres) => (t.at_neighbourhood, metres),
            Whereabouts::Settlement(metres) => (t.at_settlement, metres),
        };
        Some(match uncertainty_m {
            None | Some(0) => phrase.to_owned(),
            Some(metres) => {
                format!("{phrase} ({})", with(t.give_or_take, &[("distance", &language.distance(metres))]))
            }
        })
    }
}

#[cfg(test)]
mod tests;
