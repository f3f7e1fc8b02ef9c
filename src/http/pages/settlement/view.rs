//! What the page of a settlement shows.

use askama::Template;

use super::words::Words;
use crate::http::pages::{
    assets,
    frame::{Frame, Section},
    language::Language,
    links::web,
    list::{self, PlaceLine, Status},
    programme::{self, Programme},
    words::with,
};

/// How far from its middle what is on is shown, metres: by bicycle, a quarter of an hour to half an hour.
pub(in crate::http) const NEAR_M: f64 = 7_500.0;

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct SettlementView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// For its address.
    pub(in crate::http) slug: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// The label of its kind.
    pub(in crate::http) kind: String,
    /// Its municipality: name and slug.
    pub(in crate::http) municipality: (String, String),
    /// A point in it: longitude, latitude.
    pub(in crate::http) point: (f64, f64),
    /// Places in it, by name.
    pub(in crate::http) places: Vec<PlaceLine>,
    /// Places outside of it, nearest first.
    pub(in crate::http) nearest: Vec<PlaceLine>,
    /// What is on this week in it and near it.
    pub(in crate::http) programme: Programme,
}

#[derive(Template)]
#[template(path = "pages/settlement/settlement.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    list: &'static list::Words,
    offer: &'static programme::Words,
    view: &'a SettlementView,
    programme: &'a Programme,
    said: Said,
}

/// The sentences that have its name in them.
struct Said {
    programme: String,
    programme_none: String,
    places: String,
    places_none: String,
    nearest: String,
    agenda: String,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &SettlementView) -> Result<String, askama::Error> {
    let language = view.language;
    let t = Words::of(language);
    let (municipality, within) = (&view.municipality.0, language.about(NEAR_M));
    let named = [("name", &*view.name), ("municipality", municipality), ("distance", &within)];
    let said = |sentence| with(sentence, &named);
    let (lon, lat) = view.point;
    let frame = Frame::new(
        language,
        said(t.title),
        said(t.description),
        format!("/settlement/{}", view.slug),
        &view.of_edition,
    )
    .reached_at(view.origin.as_deref())
    .within(Section::Places)
    .pictured(format!("near={lon:.3},{lat:.3}&radius={NEAR_M}"));
    let near = format!("near={lon:.3},{lat:.3}&radius={NEAR_M}{}", view.of_edition.replacen('?', "&", 1));
    let page = Page {
        frame,
        t,
        list: list::Words::of(language),
        offer: programme::Words::of(language),
        view,
        programme: &view.programme,
        said: Said {
            programme: said(t.programme),
            programme_none: said(t.programme_none),
            places: said(t.places),
            places_none: said(t.places_none),
            nearest: said(if view.places.is_empty() { t.nearest } else { t.nearest_too }),
            agenda: format!("{}?{near}", language.agenda_path()),
        },
    };
    page.render()
}

impl Page<'_> {
    fn path_of(&self, slug: &str) -> String {
        format!("{}{}", self.view.language.place_path(slug), self.view.of_edition)
    }

    fn municipality_path(&self) -> String {
        format!("{}{}", self.view.language.municipality_path(&self.view.municipality.1), self.view.of_edition)
    }

    /// The address, when a link may carry it.
    fn web<'b>(&self, address: &'b Option<String>) -> Option<&'b str> {
        web(address)
    }

    fn more(&self, count: usize) -> String {
        with(self.offer.more, &[("count", &self.frame.language.number(count))])
    }

    /// What there is to say of whether a place is in use.
    fn status(&self, place: &PlaceLine) -> Option<&'static str> {
        match place.status {
            Some(Status::Planned) => Some(self.list.planned),
            Some(Status::Closed) => Some(self.list.closed),
            Some(Status::Open) | None => None,
        }
    }
}
