//! `/embed`: a list of places with a map beside it, to be shown inside another site.
//!
//! The list is all that there is; the script draws the map from its `data-` attributes and symbols.

use askama::Template;

use super::{
    Language, assets,
    landing::{Choice, PlaceLine, Status},
    phrases::{Phrases as Common, embed::Phrases, with},
};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct EmbedView {
    /// The language of the page and of every label in this view.
    pub language: Language,
    /// The edition's id.
    pub edition: String,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub of_edition: String,
    /// What it is about.
    pub heading: String,
    /// Why the choice was refused.
    pub refusal: Option<String>,
    /// What the reader can choose.
    pub choosers: Vec<Chooser>,
    /// What the form passes on.
    pub hidden: Vec<(&'static str, String)>,
    /// Whether something is chosen.
    pub is_filtered: bool,
    /// The address of the same without a choice.
    pub cleared: String,
    /// The point that was picked, `lon,lat`.
    pub near: Option<String>,
    /// The address of the same without that point.
    pub anywhere: String,
    /// How far places may be from it: metres, words.
    pub radii: Vec<(u32, String)>,
    /// The chosen one of these.
    pub radius: Option<u32>,
    /// How many places there are in this edition.
    pub total: usize,
    /// Places of which it is not known whether they match.
    pub undecided: usize,
    /// How many places the survey of 2024 approached.
    pub approached: usize,
    /// The places, in their order.
    pub places: Vec<EmbedLine>,
    /// Symbols on the map and what they stand for.
    pub legend: Vec<(String, String)>,
    /// What the map shows at first: west, south, east, north.
    pub bounds: [f64; 4],
    /// CBS codes of the municipalities that it is about, commas between; empty: all.
    pub municipalities: String,
    /// Whether the national base map lies under it.
    pub is_brt: bool,
    /// Where the edition's own ground is.
    pub ground: String,
    /// The same places as a picture; none where there is no map for documents of them.
    pub picture: Option<String>,
    /// The list on the site of noaber.
    pub whole: String,
    /// How the sources ask to be named, with their licences.
    pub attributions: Vec<String>,
}

/// One select of the form.
#[derive(Clone, Debug)]
pub struct Chooser {
    /// In the address.
    pub name: &'static str,
    /// What it is about.
    pub label: &'static str,
    /// What is chosen where nothing is.
    pub every: &'static str,
    /// What there is.
    pub options: Vec<Choice>,
    /// The chosen value; empty: none.
    pub chosen: String,
}

/// One place.
#[derive(Clone, Debug)]
pub struct EmbedLine {
    /// What is known of it.
    pub place: PlaceLine,
    /// Its symbol, as SVG.
    pub symbol: String,
    /// Longitude, latitude, and metres that it can be off; none: no location.
    pub at: Option<(f64, f64, Option<f64>)>,
    /// From the point that was picked, in metres.
    pub distance_m: Option<f64>,
}

#[derive(Template)]
#[template(path = "embed.html")]
struct Page<'a> {
    view: &'a EmbedView,
    language: Language,
    t: &'static Phrases,
    common: &'static Common,
}

/// The page as HTML, to be sent with [`EMBED_CSP`](super::EMBED_CSP), or [`EMBED_BRT_CSP`](super::EMBED_BRT_CSP).
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub fn render(view: &EmbedView) -> Result<String, askama::Error> {
    let language = view.language;
    Page { view, language, t: Phrases::of(language), common: language.phrases() }.render()
}

/// Distances are told to this many metres: the point that was picked is known no better.
const TOLD_TO_M: f64 = 100.0;

impl Page<'_> {
    fn result(&self) -> String {
        let found = self.view.places.len();
        let (t, number) = (self.common, |count: usize| self.language.number(count));
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
            1 => Some(self.common.undecided_one.to_owned()),
            count => Some(with(self.common.undecided_many, &[("count", &self.language.number(count))])),
        }
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
        let point = self.view.near.as_ref()?;
        let (lon, lat) = point.split_once(',')?;
        let number = |degrees: &str| match self.language {
            Language::Dutch => degrees.replace('.', ","),
            Language::English => degrees.to_owned(),
        };
        Some(with(self.t.from, &[("lat", &number(lat)), ("lon", &number(lon))]))
    }

    /// That a limit was chosen without a point.
    fn radius_alone(&self) -> Option<String> {
        let radius = self.view.radius.filter(|_| self.view.near.is_none())?;
        let (_, words) = self.view.radii.iter().find(|(metres, _)| *metres == radius)?;
        Some(with(self.t.radius_alone, &[("distance", words)]))
    }

    fn distance(&self, line: &EmbedLine) -> Option<String> {
        self.view.near.as_ref()?;
        let Some(distance_m) = line.distance_m else { return Some(self.t.distance_unknown.to_owned()) };
        let told = |metres: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "at most the width of the country"
            )]
            self.language.distance(((metres / TOLD_TO_M).round() * TOLD_TO_M) as u32)
        };
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
            None => self.common.status_unknown,
        }
    }

    fn whereabouts(&self, line: &EmbedLine) -> Option<String> {
        line.place.whereabouts(self.language)
    }

    /// The name of a marker.
    fn titled(&self, line: &EmbedLine) -> String {
        let kind = line.place.kind.as_deref().unwrap_or(self.common.kind_unknown);
        format!("{}, {kind}, {}", line.place.name, line.place.settlement)
    }

    fn confirmed(&self, date: &str) -> String {
        with(self.common.confirmed, &[("date", date)])
    }

    fn path_of(&self, slug: &str) -> String {
        format!("{}{}", self.language.place_path(slug), self.view.of_edition)
    }

    fn bounds(&self) -> String {
        self.view.bounds.map(|degrees| format!("{degrees:.4}")).join(",")
    }
}
