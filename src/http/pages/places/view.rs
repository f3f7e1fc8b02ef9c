//! What the list of places shows: strings and numbers, with labels already in the language of the page, groups and places in their order.

use askama::Template;

use super::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::{Frame, Section},
        language::Language,
        links::web,
        list::{self, Choice, PlaceLine, Status, paging::OtherPage},
        words::with,
    },
    parameters::{Address, Name, Parameters},
};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct PlacesView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// How many places there are, whatever the filter.
    pub(in crate::http) total: usize,
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
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
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

#[derive(Template)]
#[template(path = "pages/places/places.html")]
struct Page<'a> {
    frame: Frame,
    view: &'a PlacesView,
    language: Language,
    t: &'static Words,
    list: &'static list::Words,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &PlacesView) -> Result<String, askama::Error> {
    let language = view.language;
    let t = Words::of(language);
    let frame = Frame::new(language, t.title.to_owned(), t.description.to_owned(), "/places".to_owned(), "")
        .asking(&view.asked)
        .reached_at(view.origin.as_deref())
        .within(Section::Places)
        .pictured(
            view.asked.taken_by(Address::MapPng).only(|name| name != Name::Lang).query_string().replacen('?', "", 1),
        );
    Page { frame, view, language, t, list: list::Words::of(language) }.render()
}

impl Page<'_> {
    fn number(&self, number: usize) -> String {
        self.language.number(number)
    }

    /// The address, when a link may carry it: a value from the data must not become `javascript:`.
    fn web<'a>(&self, address: &'a Option<String>) -> Option<&'a str> {
        web(address)
    }

    /// The chosen value of a select.
    fn chosen(&self, name: Name) -> Option<&str> {
        self.view.asked.get(name)
    }

    /// What the form passes on: what it has no select for.
    fn passed_on(&self) -> Vec<(&'static str, &str)> {
        // Another choice has pages of its own.
        let has_select = |name| {
            matches!(name, Name::Municipality | Name::Kind | Name::Facility | Name::Text | Name::Postcode | Name::Page)
        };
        // Without its postcode a distance would be from nowhere.
        let is_of_postcode = |name| name == Name::Radius && self.chosen(Name::Postcode).is_some();
        let others = self.view.asked.iter().filter(|(name, _)| !has_select(*name) && !is_of_postcode(*name));
        others.map(|(name, value)| (name.text(), value)).collect()
    }

    /// What is asked of places that the form does not show, as the address has it.
    fn also_asked(&self) -> Option<String> {
        let is_shown = |name: &str| ["lang", "edition", "without"].contains(&name);
        let others = self.passed_on().into_iter().filter(|(name, _)| !is_shown(name));
        let list: Vec<String> = others.map(|(name, value)| format!("{name}={value}")).collect();
        (!list.is_empty()).then(|| with(self.t.also_asked, &[("list", &list.join(", "))]))
    }

    fn result(&self) -> String {
        let places = self.view.matching;
        let t = self.t;
        let total = self.number(self.view.total);
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

    /// What is on at these places.
    fn agenda(&self) -> String {
        let of_places = |name| !matches!(name, Name::Activity | Name::Text | Name::Lang);
        let parameters = self.view.asked.taken_by(Address::Agenda).only(of_places);
        format!("{}{}", self.language.agenda_path(), parameters.query_string())
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

    fn confirmed(&self, date: &str) -> String {
        with(self.list.confirmed, &[("date", date)])
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
