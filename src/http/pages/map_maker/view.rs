//! What the page that makes a map shows.

use askama::Template;

use super::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::{Frame, Section},
        language::Language,
        list::{self, Choice},
    },
    parameters::{Name, Parameters},
};

/// Distances that can be drawn around places, metres.
const REACHES_M: [u32; 5] = [500, 1_000, 2_000, 5_000, 10_000];
/// Widths: what fits the text of a page, half of it, and an A3 sheet, millimetres.
const WIDTHS_MM: [u32; 3] = [180, 120, 380];
/// Dots per inch of the picture for a document: what a printer shows.
const DPI: u32 = 200;

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct MapMakerView {
    /// The language of the page.
    pub(in crate::http) language: Language,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// Why the choice was refused, in the language of the page.
    pub(in crate::http) refusal: Option<String>,
    /// Municipalities to choose from.
    pub(in crate::http) municipalities: Vec<Choice>,
    /// Groups of boxes.
    pub(in crate::http) ticks: Vec<Ticks>,
    /// The parameters of the map; none: it cannot be drawn.
    pub(in crate::http) address: Option<String>,
    /// What the address asks.
    pub(in crate::http) asked: Parameters,
}

/// A group of boxes to tick.
#[derive(Clone, Debug)]
pub(in crate::http) struct Ticks {
    /// Its parameter.
    pub(in crate::http) name: Name,
    /// Each box, and whether it is ticked.
    pub(in crate::http) choices: Vec<(bool, Choice)>,
}

#[derive(Template)]
#[template(path = "pages/map_maker/map_maker.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    list: &'static list::Words,
    view: &'a MapMakerView,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &MapMakerView) -> Result<String, askama::Error> {
    let t = Words::of(view.language);
    let frame = Frame::new(view.language, t.title.to_owned(), t.description.to_owned(), "/map/maker".to_owned(), "")
        .asking(&view.asked)
        .reached_at(view.origin.as_deref())
        .within(Section::Figures)
        .pictured(view.asked.only(|name| name == Name::Municipality).query_string().replacen('?', "", 1));
    Page { frame, t, list: list::Words::of(view.language), view }.render()
}

impl Page<'_> {
    fn chosen(&self, name: Name) -> &str {
        self.view.asked.get(name).unwrap_or_default()
    }

    fn is(&self, name: Name, value: &u32) -> bool {
        self.chosen(name) == value.to_string()
    }

    fn label(&self, name: Name) -> &'static str {
        match name {
            Name::Kind => self.t.kinds,
            Name::Facility => self.list.facilities,
            _ => self.t.activities,
        }
    }

    fn reaches(&self) -> Vec<(u32, String)> {
        REACHES_M.into_iter().map(|metres| (metres, self.view.language.distance(f64::from(metres)))).collect()
    }

    fn widths(&self) -> [(u32, &'static str); 3] {
        let [text, half, a3] = WIDTHS_MM;
        [(text, self.t.width_text), (half, self.t.width_half), (a3, self.t.width_a3)]
    }

    fn labels(&self) -> [(&'static str, &'static str); 4] {
        let t = self.t;
        [("all", t.labels_all), ("areas", t.labels_areas), ("places", t.labels_places), ("none", t.labels_none)]
    }

    fn themes(&self) -> [(&'static str, &'static str); 2] {
        [("per10000", self.t.theme_density), ("reach", self.t.theme_reach)]
    }

    /// The picture as a text processor takes it.
    fn png(&self, parameters: &str) -> String {
        format!("/map.png{parameters}&scale={DPI}")
    }

    /// The address of the picture, whole where that is known.
    fn whole(&self, parameters: &str) -> String {
        format!("{}{}", self.view.origin.as_deref().unwrap_or_default(), self.png(parameters))
    }

    /// What the form passes on: what it has no field for.
    fn passed_on(&self) -> Vec<(&'static str, &str)> {
        let has_field = |name| {
            use Name::{Activity, Coverage, Facility, Kind, Labels, Lang, Municipality, Theme, Title, Width};
            [Activity, Coverage, Facility, Kind, Labels, Lang, Municipality, Theme, Title, Width].contains(&name)
        };
        let others = self.view.asked.iter().filter(|(name, _)| !has_field(*name));
        others.map(|(name, value)| (name.text(), value)).collect()
    }
}
