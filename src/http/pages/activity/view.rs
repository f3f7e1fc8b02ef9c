//! What the page of an activity shows.

use askama::Template;

use super::words::Words;
use crate::http::pages::{
    assets,
    frame::{Frame, Section},
    language::Language,
    links::web,
    place::view::{Reach, SourceRef},
    programme,
    words::with,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct ActivityView {
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
    /// Name of the place.
    pub(in crate::http) place: String,
    /// For the address of the place.
    pub(in crate::http) place_slug: String,
    /// Address of the place, else its village or town.
    pub(in crate::http) address: String,
    /// Village or town.
    pub(in crate::http) settlement: String,
    /// The municipality: name and slug.
    pub(in crate::http) municipality: (String, String),
    /// Whether it is held no longer.
    pub(in crate::http) is_over: bool,
    /// Whether it is yet to begin.
    pub(in crate::http) is_planned: bool,
    /// When it is held, a rule each; empty: not known.
    pub(in crate::http) when: Vec<String>,
    /// Its next times.
    pub(in crate::http) times: Vec<String>,
    /// For whom, at what price and so on.
    pub(in crate::http) details: Vec<String>,
    /// A page on it.
    pub(in crate::http) website: Option<String>,
    /// Where to ask: of itself, else of the place.
    pub(in crate::http) contact: Option<Reach>,
    /// Who says so.
    pub(in crate::http) sources: Vec<SourceRef>,
    /// How the sources ask to be named.
    pub(in crate::http) attributions: Vec<String>,
    /// Where the place is: longitude, latitude.
    pub(in crate::http) point: Option<(f64, f64)>,
    /// The activity in the words of schema.org, as JSON.
    pub(in crate::http) json_ld: String,
}

#[derive(Template)]
#[template(path = "pages/activity/activity.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    offer: &'static programme::Words,
    view: &'a ActivityView,
    json_ld: String,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &ActivityView) -> Result<String, askama::Error> {
    let t = Words::of(view.language);
    let named = [("name", &*view.name), ("place", &*view.place), ("settlement", &*view.settlement)];
    let mut frame = Frame::new(
        view.language,
        with(t.title, &named),
        with(t.description, &named),
        format!("/activity/{}", view.slug),
        &view.of_edition,
    )
    .reached_at(view.origin.as_deref())
    .within(Section::Agenda);
    if let Some((lon, lat)) = view.point {
        frame = frame.pictured(format!("near={lon:.3},{lat:.3}&radius=2000"));
    }
    let offer = programme::Words::of(view.language);
    Page { frame, t, offer, view, json_ld: view.json_ld.replace('<', "\\u003c") }.render()
}

impl Page<'_> {
    /// The address, when a link may carry it.
    fn web<'b>(&self, address: &'b Option<String>) -> Option<&'b str> {
        web(address)
    }

    fn place_path(&self) -> String {
        format!("{}{}", self.view.language.place_path(&self.view.place_slug), self.view.of_edition)
    }

    fn municipality_path(&self) -> String {
        format!("{}{}", self.view.language.municipality_path(&self.view.municipality.1), self.view.of_edition)
    }
}
