//! What the page for other sites shows: a list of places with a map beside it.
//!
//! The list is all that there is; the script draws the map from its `data-` attributes and symbols.

use askama::Template;

use super::words::Words;
use crate::http::pages::{
    assets, frame,
    language::Language,
    links::web,
    list::{self, Choice, PlaceLine, Status},
    words::with,
};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct EmbedView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// What it is about.
    pub(in crate::http) heading: String,
    /// Why the choice was refused.
    pub(in crate::http) refusal: Option<String>,
    /// What the reader can choose.
    pub(in crate::http) choosers: Vec<Chooser>,
    /// What the form passes on.
    pub(in crate::http) hidden: Vec<(&'static str, String)>,
    /// Whether something is chosen.
    pub(in crate::http) is_filtered: bool,
    /// The address of the same without a choice.
    pub(in crate::http) cleared: String,
    /// The point from which distances are told, `lon,lat`.
    pub(in crate::http) point: Option<String>,
    /// The same where it was picked or typed as such.
    pub(in crate::http) near: Option<String>,
    /// The postcode of which it is the middle; empty: it is not.
    pub(in crate::http) postcode: String,
    /// The words that are searched for; empty: none.
    pub(in crate::http) text: String,
    /// The style sheet of a site of other colours; none: ours.
    pub(in crate::http) theme: Option<String>,
    /// The address of the same without that point.
    pub(in crate::http) anywhere: String,
    /// How far places may be from it: metres, words.
    pub(in crate::http) radii: Vec<(u32, String)>,
    /// The chosen one of these.
    pub(in crate::http) radius: Option<u32>,
    /// How many places there are in this edition.
    pub(in crate::http) total: usize,
    /// Places of which it is not known whether they match.
    pub(in crate::http) undecided: usize,
    /// How many places the survey of 2024 approached.
    pub(in crate::http) approached: usize,
    /// How many places were found.
    pub(in crate::http) found: usize,
    /// The first of them, in their order.
    pub(in crate::http) places: Vec<EmbedLine>,
    /// Symbols on the map and what they stand for.
    pub(in crate::http) legend: Vec<(String, String)>,
    /// What the map shows at first: west, south, east, north.
    pub(in crate::http) bounds: [f64; 4],
    /// CBS codes of the municipalities that it is about, commas between; empty: all.
    pub(in crate::http) municipalities: String,
    /// Whether the national base map lies under it.
    pub(in crate::http) is_brt: bool,
    /// Where the edition's own ground is.
    pub(in crate::http) ground: String,
    /// The same places as a picture; none where there is no map for documents of them.
    pub(in crate::http) picture: Option<String>,
    /// The list on the site of noaber.
    pub(in crate::http) whole: String,
    /// How the sources ask to be named, with their licences.
    pub(in crate::http) attributions: Vec<String>,
}

/// One select of the form.
#[derive(Clone, Debug)]
pub(in crate::http) struct Chooser {
    /// In the address.
    pub(in crate::http) name: &'static str,
    /// What it is about.
    pub(in crate::http) label: &'static str,
    /// What is chosen where nothing is.
    pub(in crate::http) every: &'static str,
    /// What there is.
    pub(in crate::http) options: Vec<Choice>,
    /// The chosen value; empty: none.
    pub(in crate::http) chosen: String,
}

/// One place.
#[derive(Clone, Debug)]
pub(in crate::http) struct EmbedLine {
    /// What is known of it.
    pub(in crate::http) place: PlaceLine,
    /// Its symbol, as SVG.
    pub(in crate::http) symbol: String,
    /// Longitude, latitude, and metres that it can be off; none: no location.
    pub(in crate::http) at: Option<(f64, f64, Option<f64>)>,
    /// From the point that was picked, in metres.
    pub(in crate::http) distance_m: Option<f64>,
}

#[derive(Template)]
#[template(path = "embed/embed.html")]
struct Page<'a> {
    view: &'a EmbedView,
    language: Language,
    t: &'static Words,
    around: &'static frame::Words,
    list: &'static list::Words,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &EmbedView) -> Result<String, askama::Error> {
    let language = view.language;
    Page { view, language, t: Words::of(language), around: frame::Words::of(language), list: list::Words::of(language) }
        .render()
}

/// Distances are told to this many metres: the point that was picked is known no better.
const TOLD_TO_M: f64 = 100.0;

impl Page<'_> {
    fn result(&self) -> String {
        let found = self.view.found;
        let (t, number) = (self.list, |count: usize| self.language.number(count));
        if !self.view.is_filtered {
            return with(self.t.all, &[("places", &number(found))]);
        }
        match found {
            0 => t.result_none.to_owned(),
            1 => with(t.result_one, &[("total", &number(self.view.total))]),
            _ => with(t.result_some, &[("places", &number(found)), ("total", &number(self.view.total))]),
        }
    }

    fn undecided(&self) -> Option<String> {
        match self.view.undecided {
            0 => None,
            1 => Some(self.list.undecided_one.to_owned()),
            count => Some(with(self.list.undecided_many, &[("count", &self.language.number(count))])),
        }
    }

    /// That the list is of the first places only.
    fn shown(&self) -> Option<String> {
        let (shown, found) = (self.view.places.len(), self.view.found);
        (shown < found).then(|| with(self.t.shown, &[("shown", &self.language.number(shown))]))
    }

    /// That some places are in the list only.
    fn unlocated(&self) -> Option<String> {
        match self.view.places.iter().filter(|line| line.at.is_none()).count() {
            0 => None,
            1 => Some(self.t.unlocated_one.to_owned()),
            count => Some(with(self.t.unlocated_many, &[("count", &self.language.number(count))])),
        }
    }

    fn incomplete(&self) -> String {
        let number = |count| self.language.number(count);
        with(self.t.incomplete, &[("approached", &number(self.view.approached)), ("places", &number(self.view.total))])
    }

    fn from(&self) -> Option<String> {
        if !self.view.postcode.is_empty() {
            return Some(with(self.t.from_postcode, &[("postcode", &self.view.postcode)]));
        }
        let point = self.view.point.as_ref()?;
        let (lon, lat) = point.split_once(',')?;
        let number = |degrees: &str| match self.language {
            Language::Nl => degrees.replace('.', ","),
            Language::En => degrees.to_owned(),
        };
        Some(with(self.t.from, &[("lat", &number(lat)), ("lon", &number(lon))]))
    }

    /// That a limit was chosen without a point.
    fn radius_alone(&self) -> Option<String> {
        let radius = self.view.radius.filter(|_| self.view.point.is_none())?;
        let (_, words) = self.view.radii.iter().find(|(metres, _)| *metres == radius)?;
        Some(with(self.t.radius_alone, &[("distance", words)]))
    }

    fn distance(&self, line: &EmbedLine) -> Option<String> {
        self.view.point.as_ref()?;
        let Some(distance_m) = line.distance_m else { return Some(self.t.distance_unknown.to_owned()) };
        let told = |metres: f64| self.language.about((metres / TOLD_TO_M).round() * TOLD_TO_M);
        let distance = if distance_m < TOLD_TO_M { self.t.very_near.to_owned() } else { told(distance_m) };
        let uncertainty_m = line.at.and_then(|(_, _, uncertainty_m)| uncertainty_m);
        Some(match uncertainty_m {
            None => with(self.t.distance, &[("distance", &distance)]),
            Some(metres) => {
                with(self.t.distance_coarse, &[("distance", &distance), ("uncertainty", &told(metres.max(TOLD_TO_M)))])
            }
        })
    }

    fn status(&self, line: &EmbedLine) -> &'static str {
        match line.place.status {
            Some(Status::Open) => self.t.is_open,
            Some(Status::Planned) => self.t.is_planned,
            Some(Status::Closed) => self.t.is_closed,
            None => self.list.status_unknown,
        }
    }

    fn whereabouts(&self, line: &EmbedLine) -> Option<String> {
        line.place.whereabouts(self.language)
    }

    /// The name of a marker.
    fn titled(&self, line: &EmbedLine) -> String {
        let kind = line.place.kind.as_deref().unwrap_or(self.list.kind_unknown);
        format!("{}, {kind}, {}", line.place.name, line.place.settlement)
    }

    fn confirmed(&self, date: &str) -> String {
        with(self.list.confirmed, &[("date", date)])
    }

    /// The address, when a link may carry it.
    fn web<'b>(&self, address: &'b Option<String>) -> Option<&'b str> {
        web(address)
    }

    fn path_of(&self, slug: &str) -> String {
        format!("{}{}", self.language.place_path(slug), self.view.of_edition)
    }

    fn bounds(&self) -> String {
        self.view.bounds.map(|degrees| format!("{degrees:.4}")).join(",")
    }
}
