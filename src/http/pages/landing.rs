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
mod tests {
    use super::*;

    const HOSTILE: &str = "<script>alert(\"'&\")</script>";

    fn place(slug: &str, name: &str) -> PlaceLine {
        PlaceLine { slug: slug.into(), name: name.into(), settlement: "Ommen".into(), ..PlaceLine::default() }
    }

    fn view(language: Language) -> LandingView {
        let choice = |value: &str| vec![Choice { value: value.into(), label: value.into(), places: 3 }];
        LandingView {
            language,
            edition: "2026-11-24-0123abcd".into(),
            published: Some("2026-11-24".into()),
            counts: Counts { places: 1_256, municipalities: 25, settlements: 1_138, approached: 325 },
            filter: Filter::default(),
            refusal: None,
            options: Options {
                municipalities: choice("GM0175"),
                kinds: choice("DORPSHUIS"),
                facilities: choice("SPORT"),
            },
            undecided: 0,
            groups: vec![MunicipalityGroup {
                slug: "ommen".into(),
                name: "Ommen".into(),
                places: vec![place("een", "Een"), place("twee", "Twee")],
            }],
            examples: vec![WorkedExample {
                name: "a".into(),
                title: "A".into(),
                query: "{ a }".into(),
                answer: "{}".into(),
            }],
            licences: vec![LayerLicence {
                layer: "L".into(),
                licence: "CC0-1.0".into(),
                url: Some("https://example.org/".into()),
            }],
            attributions: vec!["Bron: CBS".into()],
            sources: vec![SourceLine { title: "S".into(), url: Some("javascript:alert(1)".into()), note: None }],
        }
    }

    /// The page as a reader meets it: tags out, white space single, the escapes that text needs undone.
    fn text(html: &str) -> String {
        let body = html.split("<body>").nth(1).unwrap();
        let spoken: Vec<_> = body
            .split('<')
            .flat_map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text).split_whitespace())
            .collect();
        spoken.join(" ").replace("&#39;", "'").replace("&#38;", "&")
    }

    #[test]
    fn a_hostile_text_stays_text_wherever_it_stands() {
        let mut view = view(Language::Dutch);
        let hostile = || HOSTILE.to_owned();
        view.edition = hostile();
        view.published = Some(hostile());
        view.refusal = Some(hostile());
        view.filter = Filter {
            municipality: Some(hostile()),
            kind: Some(hostile()),
            facility: Some(hostile()),
            bbox: Some(hostile()),
            edition: Some(hostile()),
        };
        view.options.kinds = vec![Choice { value: hostile(), label: hostile(), places: 1 }];
        view.groups[0].name = hostile();
        view.groups[0].places[0] = PlaceLine {
            alternative_names: vec![hostile()],
            kind: Some(hostile()),
            last_confirmed: Some(hostile()),
            address: Some(hostile()),
            facilities: vec![hostile()],
            absent_facilities: vec![hostile()],
            website: Some(format!("https://example.org/\"onmouseover={HOSTILE}")),
            ..place("een", HOSTILE)
        };
        view.examples[0] = WorkedExample { name: hostile(), title: hostile(), query: hostile(), answer: hostile() };
        view.licences[0] = LayerLicence { layer: hostile(), licence: hostile(), url: Some(hostile()) };
        view.attributions = vec![hostile()];
        view.sources = vec![SourceLine { title: hostile(), url: Some(hostile()), note: Some(hostile()) }];
        let html = render(&view).unwrap();
        assert!(!html.contains("<script"));
        assert!(!html.contains("alert(\""), "a quotation mark is escaped too");
        assert!(!html.contains("\"onmouseover"));
    }

    #[test]
    fn an_address_that_is_not_of_the_web_is_not_linked_to() {
        let mut view = view(Language::Dutch);
        for website in ["javascript:alert(1)", "javascript://example.org/%0aalert(1)", "data:text/html,x", " https", ""]
        {
            view.groups[0].places[0].website = Some(website.into());
            assert!(!render(&view).unwrap().contains("Website"), "{website}");
        }
        view.groups[0].places[0].website = Some("HTTPS://example.org/".into());
        assert!(render(&view).unwrap().contains("href=\"HTTPS://example.org/\""));
    }

    #[test]
    fn each_language_says_what_it_is_and_links_to_the_other() {
        let dutch = render(&view(Language::Dutch)).unwrap();
        assert!(dutch.contains("<html lang=\"nl\">") && dutch.contains("href=\"/en\" lang=\"en\" hreflang=\"en\""));
        assert!(text(&dutch).contains("2 plekken in 1 gemeenten."));
        assert!(text(&dutch).contains("1.138"));
        let english = render(&view(Language::English)).unwrap();
        assert!(english.contains("<html lang=\"en\">") && english.contains("href=\"/\" lang=\"nl\" hreflang=\"nl\""));
        assert!(text(&english).contains("1,138"));
        for (html, language) in [(&dutch, Language::Dutch), (&english, Language::English)] {
            let t = language.phrases();
            for phrase in [
                t.lead,
                t.unknown,
                t.incomplete_title,
                t.kind_unknown,
                t.facilities_unknown,
                t.status_unknown,
                t.at_nowhere,
                t.privacy,
            ] {
                assert!(text(html).contains(phrase), "{phrase}");
            }
            assert!(!text(html).contains('{') || text(html).contains("{ a }"), "no blank is left open");
            assert!(text(html).replace("{ a }", "").replace("{}", "").find('{').is_none(), "no blank is left open");
        }
    }

    #[test]
    fn the_downloads_carry_the_filter_of_the_page() {
        let mut view = view(Language::English);
        view.filter = Filter {
            municipality: Some("GM0193".into()),
            kind: Some("MFA".into()),
            facility: None,
            bbox: Some("6,52.3,6.4,52.6".into()),
            edition: None,
        };
        let html = render(&view).unwrap();
        assert!(html.contains("href=\"/places.geojson?municipality=GM0193&#38;kind=MFA&#38;bbox=6,52.3,6.4,52.6\""));
        assert!(html.contains("href=\"/places.csv?municipality=GM0193&#38;kind=MFA&#38;bbox=6,52.3,6.4,52.6\""));
        assert!(html.contains("<input type=\"hidden\" name=\"bbox\" value=\"6,52.3,6.4,52.6\">"));
    }

    #[test]
    fn a_page_of_an_old_edition_leads_to_the_downloads_of_that_edition() {
        let mut view = view(Language::English);
        assert!(!render(&view).unwrap().contains("edition="));
        view.filter.edition = Some("2026-11-24-c2640acaea17".into());
        let html = render(&view).unwrap();
        assert_eq!(html.matches("href=\"/places.csv?edition=2026-11-24-c2640acaea17\"").count(), 2);
        assert!(html.contains("<input type=\"hidden\" name=\"edition\" value=\"2026-11-24-c2640acaea17\">"));
        assert!(html.contains("href=\"/?edition=2026-11-24-c2640acaea17\" lang=\"nl\""));
    }

    #[test]
    fn a_refused_choice_says_why_and_offers_no_download() {
        let mut view = view(Language::Dutch);
        view.filter.bbox = Some("1,2".into());
        view.refusal = Some("`1,2` is geen rechthoek".into());
        let html = render(&view).unwrap();
        assert!(text(&html).contains("Deze keuze kan niet: `1,2` is geen rechthoek"));
        assert!(!html.contains("bbox=1,2"));
    }

    #[test]
    fn a_filter_is_spelled_so_that_no_value_can_add_a_parameter() {
        let filter =
            Filter { municipality: Some("a&kind=b #ë".into()), kind: Some(String::new()), ..Filter::default() };
        assert_eq!(filter.query_string(), "?municipality=a%26kind%3Db%20%23%C3%AB");
    }

    #[test]
    fn what_was_chosen_is_still_chosen() {
        let mut view = view(Language::Dutch);
        view.filter.kind = Some("DORPSHUIS".into());
        let html = render(&view).unwrap();
        assert_eq!(html.matches(" selected").count(), 1);
        assert!(html.contains("<option value=\"DORPSHUIS\" selected>"));
        assert!(text(&html).contains("2 van 1.256 plekken voldoen aan uw keuze."));
    }

    #[test]
    fn the_count_tells_none_one_and_the_undecided() {
        let mut view = view(Language::Dutch);
        view.filter.facility = Some("SPORT".into());
        view.undecided = 31;
        view.groups[0].places.truncate(1);
        let html = text(&render(&view).unwrap());
        assert!(html.contains("1 van 1.256 plekken voldoet aan uw keuze."));
        assert!(html.contains("Van 31 andere plekken is niet bekend of ze eraan voldoen"));
        view.groups.clear();
        view.undecided = 1;
        let html = text(&render(&view).unwrap());
        assert!(html.contains("Geen enkele bekende plek voldoet aan uw keuze."));
        assert!(html.contains("Van 1 andere plek is niet bekend"));
    }

    #[test]
    fn a_coarse_location_says_so_and_an_address_says_nothing() {
        let mut view = view(Language::Dutch);
        view.groups[0].places[0].location = Whereabouts::Neighbourhood(Some(390));
        view.groups[0].places[1].location = Whereabouts::Address;
        let html = text(&render(&view).unwrap());
        assert!(html.contains("Ligging bij benadering: de buurt (tot 390 m ernaast)"));
        assert_eq!(html.matches("Ligging").count(), 1);
    }

    #[test]
    fn an_empty_edition_still_has_a_page() {
        let mut view = view(Language::Dutch);
        view.counts = Counts { places: 0, municipalities: 0, settlements: 0, approached: 325 };
        (view.groups, view.examples, view.licences, view.attributions, view.sources) =
            (vec![], vec![], vec![], vec![], vec![]);
        assert!(text(&render(&view).unwrap()).contains("0 plekken in 0 gemeenten."));
    }
}
