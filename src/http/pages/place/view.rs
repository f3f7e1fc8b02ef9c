//! What the page of a place shows: strings, with labels already in the language of the page.

use askama::Template;

use super::words::Words;
use crate::{
    http::pages::{
        assets,
        frame::{Frame, Section},
        language::Language,
        links::{contact_link, is_web, web},
        list,
        programme::{self, Programme},
        words::{capitalised, with},
    },
    model::Last,
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
    /// Whether it is in use, and when that was confirmed.
    pub(in crate::http) status: String,
    /// That it is closed or not yet in use.
    pub(in crate::http) flag: Option<&'static str>,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// Its address on one line; none: not known.
    pub(in crate::http) address: Option<String>,
    /// Longitude and latitude; none: not known.
    pub(in crate::http) point: Option<(f64, f64)>,
    /// Whether that point is the building.
    pub(in crate::http) is_exact: bool,
    /// Whether it is open at this moment; none: not known.
    pub(in crate::http) open_now: Option<String>,
    /// When it is open, in words; none: not known.
    pub(in crate::http) hours: Option<String>,
    /// Its own website; none: not known.
    pub(in crate::http) website: Option<String>,
    /// Where to ask; none: not known.
    pub(in crate::http) reach: Option<Reach>,
    /// Labels of what is there; empty: not known.
    pub(in crate::http) facilities: Vec<String>,
    /// Labels of what is stated not to be there.
    pub(in crate::http) absent: Vec<String>,
    /// Labels of what is done there; empty: not known.
    pub(in crate::http) offered: Vec<String>,
    /// Accessible by wheelchair; none: not known.
    pub(in crate::http) wheelchair: Option<bool>,
    /// What a visitor would like to know and nobody wrote down.
    pub(in crate::http) missing: Vec<&'static str>,
    /// A map of its surroundings, as SVG; none: it is not known where it is.
    pub(in crate::http) map: Option<String>,
    /// What is on in the coming seven days.
    pub(in crate::http) week: Programme,
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

/// Where to ask: a role, never a person.
#[derive(Clone, Debug)]
pub(in crate::http) struct Reach {
    /// The organisation and the role; empty: the general one.
    pub(in crate::http) who: String,
    /// A telephone number.
    pub(in crate::http) phone: Option<String>,
    /// A mailbox.
    pub(in crate::http) email: Option<String>,
    /// A page.
    pub(in crate::http) url: Option<String>,
}

impl Reach {
    /// The number, as a link calls it.
    pub(in crate::http) fn call(&self) -> Option<String> {
        let digits: String = self.phone.as_ref()?.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        (!digits.is_empty()).then(|| format!("tel:{digits}"))
    }
}

/// What is held there.
#[derive(Clone, Debug)]
pub(in crate::http) struct Offer {
    /// For the address of its page.
    pub(in crate::http) slug: String,
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
    offer: &'static programme::Words,
    programme: &'a Programme,
    view: &'a PlaceView,
    missing: Option<String>,
    route: Option<String>,
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

    fn many_more(&self, count: &usize) -> String {
        with(self.t.more, &[("count", &count.to_string())])
    }

    /// How many more there are on a day.
    fn more(&self, count: usize) -> String {
        with(self.offer.more, &[("count", &self.view.language.number(count))])
    }

    /// The places around it.
    fn around(&self) -> Option<String> {
        let (lon, lat) = self.view.point?;
        let edition = self.view.of_edition.replacen('?', "&", 1);
        Some(format!("{}?near={lon:.3},{lat:.3}&radius=10000{edition}", self.view.language.places_path()))
    }

    fn hours(&self, hours: &str) -> String {
        capitalised(hours)
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
    let path = format!("/place/{}", view.slug);
    let mut frame = Frame::new(view.language, title, with(t.description, &named), path, &view.of_edition)
        .reached_at(view.origin.as_deref())
        .within(Section::Places);
    if let Some((lon, lat)) = view.point {
        frame = frame.pictured(format!("near={lon:.3},{lat:.3}&radius=2000"));
    }
    let missing = view.language.list(&view.missing, Last::And);
    let page = Page {
        frame,
        t,
        list: list::Words::of(view.language),
        offer: programme::Words::of(view.language),
        programme: &view.week,
        link: view.contact.as_deref().map(|contact| contact_link(contact, &subject, &body)),
        within: view.language.about(NEARBY_M),
        json_ld: view.json_ld.replace('<', "\\u003c"),
        missing: (!view.missing.is_empty()).then(|| with(t.missing, &[("list", &missing)])),
        route: view.point.filter(|_| view.is_exact).map(|(lon, lat)| {
            format!("https://www.openstreetmap.org/directions?engine=fossgis_osrm_bike&route=%3B{lat:.5}%2C{lon:.5}")
        }),
        view,
    };
    page.render()
}
