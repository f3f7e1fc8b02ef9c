//! What the list page shows: strings and numbers, with labels already in the language of the page, groups and places in their order.

use askama::Template;

use super::words::Words;
use crate::http::{
    pages::{
        assets, frame,
        language::Language,
        links::web,
        list::{self, Choice, PlaceLine, Status, paging::OtherPage},
        words::with,
    },
    parameters::{Address, Name, Parameters},
};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct LandingView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// When the edition was published, as the reader should see it.
    pub(in crate::http) published: Option<String>,
    /// How much there is, whatever the filter.
    pub(in crate::http) counts: Counts,
    /// What the address asks, with values as the form has them.
    pub(in crate::http) asked: Parameters,
    /// Whether something is asked of places.
    pub(in crate::http) is_filtered: bool,
    /// Why the choice was refused, in the language of the page; the list is then that of no choice, or empty.
    pub(in crate::http) refusal: Option<String>,
    /// What the reader can choose.
    pub(in crate::http) options: Options,
    /// Places of which it is not known whether they match the filter; they are in no group.
    pub(in crate::http) undecided: usize,
    /// Places that match.
    pub(in crate::http) matching: usize,
    /// The municipalities of all that match, by name.
    pub(in crate::http) index: Vec<MunicipalityLink>,
    /// The places of this page by municipality, each with at least one.
    pub(in crate::http) groups: Vec<MunicipalityGroup>,
    /// Which page of the list this is; none where it has but one.
    pub(in crate::http) page: Option<String>,
    /// The pages beside it.
    pub(in crate::http) other_pages: Vec<OtherPage>,
    /// Example queries with the answers this edition really gives.
    pub(in crate::http) examples: Vec<WorkedExample>,
    /// The licence of each layer.
    pub(in crate::http) licences: Vec<LayerLicence>,
    /// The sentences with which to name the sources.
    pub(in crate::http) attributions: Vec<String>,
    /// The sources that the edition rests on.
    pub(in crate::http) sources: Vec<SourceLine>,
}

/// Totals of the edition.
#[derive(Clone, Debug)]
pub(in crate::http) struct Counts {
    /// Places that the list holds without a filter.
    pub(in crate::http) places: usize,
    /// Municipalities.
    pub(in crate::http) municipalities: usize,
    /// Villages, districts and hamlets.
    pub(in crate::http) settlements: usize,
    /// Places that the survey of 2024 approached: how much there may be.
    pub(in crate::http) approached: usize,
}

/// The options of the three selects, in their order.
#[derive(Clone, Debug, Default)]
pub(in crate::http) struct Options {
    /// Municipalities.
    pub(in crate::http) municipalities: Vec<Choice>,
    /// Kinds of place.
    pub(in crate::http) kinds: Vec<Choice>,
    /// Facilities.
    pub(in crate::http) facilities: Vec<Choice>,
}

/// A municipality with places that match.
#[derive(Clone, Debug)]
pub(in crate::http) struct MunicipalityLink {
    /// The list of its places: `?municipality=…`, with what else is asked.
    pub(in crate::http) query: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// How many of its places match.
    pub(in crate::http) places: usize,
}

/// The places of one municipality that stand on the page.
#[derive(Clone, Debug)]
pub(in crate::http) struct MunicipalityGroup {
    /// For the anchor `#gemeente-SLUG`: letters, digits and hyphens.
    pub(in crate::http) slug: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// How many of its places match, on whichever page they stand.
    pub(in crate::http) matching: usize,
    /// At least one.
    pub(in crate::http) places: Vec<PlaceLine>,
}

/// An example query with its answer.
#[derive(Clone, Debug)]
pub(in crate::http) struct WorkedExample {
    /// The name of the example in the explorer.
    pub(in crate::http) name: String,
    /// What it asks, in the language of the page.
    pub(in crate::http) title: String,
    /// The GraphQL document.
    pub(in crate::http) query: String,
    /// The answer as indented JSON.
    pub(in crate::http) answer: String,
}

/// The licence of one layer of the data.
#[derive(Clone, Debug)]
pub(in crate::http) struct LayerLicence {
    /// What the layer holds.
    pub(in crate::http) layer: String,
    /// The name of the licence.
    pub(in crate::http) licence: String,
    /// Where its text is.
    pub(in crate::http) url: Option<String>,
}

/// One source.
#[derive(Clone, Debug)]
pub(in crate::http) struct SourceLine {
    /// Its title.
    pub(in crate::http) title: String,
    /// Where it is.
    pub(in crate::http) url: Option<String>,
    /// Its licence and date, as far as known, in one phrase.
    pub(in crate::http) note: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/landing/landing.html")]
struct Page<'a> {
    view: &'a LandingView,
    language: Language,
    other: Language,
    t: &'static Words,
    around: &'static frame::Words,
    list: &'static list::Words,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &LandingView) -> Result<String, askama::Error> {
    let language = view.language;
    Page {
        view,
        language,
        other: language.other(),
        t: Words::of(language),
        around: frame::Words::of(language),
        list: list::Words::of(language),
    }
    .render()
}

impl Page<'_> {
    fn number(&self, number: usize) -> String {
        self.language.number(number)
    }

    /// The address, when a link may carry it: a value from the data must not become `javascript:`.
    fn web<'a>(&self, address: &'a Option<String>) -> Option<&'a str> {
        web(address)
    }

    /// No choice yet.
    fn nothing(&self) -> Option<&str> {
        None
    }

    /// The chosen value of a select.
    fn chosen(&self, name: Name) -> Option<&str> {
        self.view.asked.get(name)
    }

    /// What the form passes on: what it has no select for.
    fn passed_on(&self) -> Vec<(&'static str, &str)> {
        // Another choice has pages of its own.
        let has_select = |name| matches!(name, Name::Municipality | Name::Kind | Name::Facility | Name::Page);
        let others = self.view.asked.iter().filter(|(name, _)| !has_select(*name));
        others.map(|(name, value)| (name.text(), value)).collect()
    }

    /// What is asked of places that the form does not show, as the address has it.
    fn also_asked(&self) -> Option<String> {
        let is_shown = |name: &str| ["lang", "edition", "without"].contains(&name);
        let others = self.passed_on().into_iter().filter(|(name, _)| !is_shown(name));
        let list: Vec<String> = others.map(|(name, value)| format!("{name}={value}")).collect();
        (!list.is_empty()).then(|| with(self.t.also_asked, &[("list", &list.join(", "))]))
    }

    fn incomplete(&self) -> String {
        let Counts { approached, places, .. } = &self.view.counts;
        with(self.t.incomplete, &[("approached", &self.number(*approached)), ("places", &self.number(*places))])
    }

    fn result(&self) -> String {
        let places = self.view.matching;
        let t = self.t;
        let total = self.number(self.view.counts.places);
        if !self.view.is_filtered {
            let municipalities = self.number(self.view.index.len());
            return with(t.result_all, &[("places", &self.number(places)), ("municipalities", &municipalities)]);
        }
        match places {
            0 => self.list.result_none.to_owned(),
            1 => with(self.list.result_one, &[("total", &total)]),
            _ => with(self.list.result_some, &[("places", &self.number(places)), ("total", &total)]),
        }
    }

    fn undecided(&self) -> Option<String> {
        match self.view.undecided {
            0 => None,
            1 => Some(self.list.undecided_one.to_owned()),
            count => Some(with(self.list.undecided_many, &[("count", &self.number(count))])),
        }
    }

    fn places(&self, count: usize) -> String {
        let t = self.t;
        if count == 1 { t.one_place.to_owned() } else { with(t.many_places, &[("count", &self.number(count))]) }
    }

    fn download(&self, path: &str) -> String {
        format!("{path}{}", self.view.asked.taken_by(Address::Download).query_string())
    }

    /// What keeps a link in the edition of the page.
    fn of_edition(&self) -> String {
        self.view.asked.only(|name| name == Name::Edition).query_string()
    }

    /// What keeps a link to places in what the page is made from: its edition, and without its layer.
    fn of_data(&self) -> String {
        self.view.asked.only(|name| matches!(name, Name::Edition | Name::Without)).query_string()
    }

    /// The parameters of a map in the language of the page, of the edition that the page shows.
    fn of_map(&self) -> String {
        let mut parameters = self.view.asked.only(|name| matches!(name, Name::Edition | Name::Without));
        parameters.set(Name::Lang, self.language.code().to_owned());
        parameters.query_string()
    }

    fn confirmed(&self, date: &str) -> String {
        with(self.list.confirmed, &[("date", date)])
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
            None => Some(self.list.status_unknown),
        }
    }

    fn whereabouts(&self, place: &PlaceLine) -> Option<String> {
        place.whereabouts(self.language)
    }
}
