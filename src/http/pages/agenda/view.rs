//! What the agenda shows.

use askama::Template;

use super::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::{Frame, Section},
        language::Language,
        list::{self, Choice},
        programme::{self, Programme},
        words::with,
    },
    parameters::{Name, Parameters},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct AgendaView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// What the address asks, with values as the form has them.
    pub(in crate::http) asked: Parameters,
    /// Why the choice was refused, in the language of the page.
    pub(in crate::http) refusal: Option<String>,
    /// What can be chosen.
    pub(in crate::http) fields: Vec<Field>,
    /// Of which area it is; none: of all, or of one without a name.
    pub(in crate::http) at: Option<String>,
    /// The days, in words.
    pub(in crate::http) span: String,
    /// Whether anything is known that is held somewhere.
    pub(in crate::http) has_any: bool,
    /// Activities of which it is not known whether they match.
    pub(in crate::http) undecided: usize,
    /// What is on.
    pub(in crate::http) programme: Programme,
    /// The week before; none: that is over.
    pub(in crate::http) previous: Option<String>,
    /// The week after.
    pub(in crate::http) next: Option<String>,
    /// The same activities as a calendar.
    pub(in crate::http) ics: String,
    /// The same activities as a table.
    pub(in crate::http) csv: String,
}

/// A select of the form.
#[derive(Clone, Debug)]
pub(in crate::http) struct Field {
    /// Its parameter.
    pub(in crate::http) name: Name,
    /// What can be chosen.
    pub(in crate::http) choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "pages/agenda/agenda.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    list: &'static list::Words,
    offer: &'static programme::Words,
    view: &'a AgendaView,
    programme: &'a Programme,
    heading: String,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &AgendaView) -> Result<String, askama::Error> {
    let language = view.language;
    let t = Words::of(language);
    let heading = match &view.at {
        Some(name) => with(t.title_of, &[("name", name)]),
        None => t.title.to_owned(),
    };
    let frame = Frame::new(language, heading.clone(), t.description.to_owned(), "/agenda".to_owned(), "")
        .asking(&view.asked)
        .reached_at(view.origin.as_deref())
        .within(Section::Agenda);
    let (list, offer) = (list::Words::of(language), programme::Words::of(language));
    Page { frame, t, list, offer, view, programme: &view.programme, heading }.render()
}

impl Page<'_> {
    fn chosen(&self, name: Name) -> &str {
        self.view.asked.get(name).unwrap_or_default()
    }

    fn label(&self, name: Name) -> &'static str {
        match name {
            Name::Municipality => self.list.municipality,
            Name::Weekday => self.t.weekday,
            Name::Audience => self.t.audience,
            _ => self.t.activity,
        }
    }

    fn every(&self, name: Name) -> &'static str {
        match name {
            Name::Municipality => self.list.every_municipality,
            Name::Weekday => self.t.every_weekday,
            Name::Audience => self.t.every_audience,
            _ => self.t.every_activity,
        }
    }

    /// What the form passes on: what it has no field for.
    fn passed_on(&self) -> Vec<(&'static str, &str)> {
        let has_field =
            |name| self.view.fields.iter().any(|field| field.name == name) || matches!(name, Name::On | Name::Free);
        let others = self.view.asked.iter().filter(|(name, _)| !has_field(*name));
        others.map(|(name, value)| (name.text(), value)).collect()
    }

    /// What is left where nothing is chosen.
    fn cleared(&self) -> String {
        let kept = |name| matches!(name, Name::Lang | Name::Edition | Name::Without);
        format!("{}{}", self.frame.language.agenda_path(), self.view.asked.only(kept).query_string())
    }

    fn is_chosen(&self) -> bool {
        let is_of_page = |name| matches!(name, Name::Lang | Name::Edition | Name::Without | Name::Week);
        self.view.asked.iter().any(|(name, _)| !is_of_page(name))
    }

    fn undecided(&self) -> Option<String> {
        match self.view.undecided {
            0 => None,
            1 => Some(self.t.undecided_one.to_owned()),
            count => Some(with(self.t.undecided_many, &[("count", &self.frame.language.number(count))])),
        }
    }

    fn more(&self, count: usize) -> String {
        with(self.offer.more, &[("count", &self.frame.language.number(count))])
    }
}
