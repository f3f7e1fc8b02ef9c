//! What the page on what changed shows.

use askama::Template;

use super::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::{Frame, Section},
        language::Language,
        list::{self, Choice, paging::OtherPage},
        words::with,
    },
    parameters::{Name, Parameters},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct ChangesView {
    /// The language of the page and of every label in this view.
    pub(in crate::http) language: Language,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// The id of the edition of which is told what is new.
    pub(in crate::http) edition: String,
    /// Since which edition; none: there is none before it.
    pub(in crate::http) since: Option<String>,
    /// What the address asks.
    pub(in crate::http) asked: Parameters,
    /// Why the choice was refused, in the language of the page.
    pub(in crate::http) refusal: Option<String>,
    /// Municipalities to choose from.
    pub(in crate::http) municipalities: Vec<Choice>,
    /// How many changes there are, on whichever page they stand.
    pub(in crate::http) count: usize,
    /// The changes of this page, by municipality.
    pub(in crate::http) groups: Vec<Group>,
    /// Which page this is; none where there is but one.
    pub(in crate::http) page: Option<String>,
    /// The pages beside it.
    pub(in crate::http) other_pages: Vec<OtherPage>,
    /// The editions, newest first.
    pub(in crate::http) editions: Vec<EditionLine>,
}

/// The changes of a municipality.
#[derive(Clone, Debug)]
pub(in crate::http) struct Group {
    /// Its name; none: it is not known where.
    pub(in crate::http) name: Option<String>,
    /// What changed there.
    pub(in crate::http) changes: Vec<ChangeLine>,
}

/// Something that changed.
#[derive(Clone, Debug)]
pub(in crate::http) struct ChangeLine {
    /// Its name.
    pub(in crate::http) name: String,
    /// What it is.
    pub(in crate::http) what: &'static str,
    /// What happened to it.
    pub(in crate::http) happened: &'static str,
    /// Its page; none: it is gone.
    pub(in crate::http) path: Option<String>,
    /// What says something else.
    pub(in crate::http) values: Vec<ValueLine>,
}

/// A field that says something else.
#[derive(Clone, Debug)]
pub(in crate::http) struct ValueLine {
    /// What it is called.
    pub(in crate::http) field: &'static str,
    /// What it said.
    pub(in crate::http) before: String,
    /// What it says.
    pub(in crate::http) after: String,
}

/// An edition.
#[derive(Clone, Debug)]
pub(in crate::http) struct EditionLine {
    /// Its id.
    pub(in crate::http) id: String,
    /// When it was published here.
    pub(in crate::http) published: String,
    /// How many places it has.
    pub(in crate::http) places: String,
    /// Why it was made; none: nobody said.
    pub(in crate::http) note: Option<String>,
    /// What changed since it; none: it is the one that is read.
    pub(in crate::http) address: Option<String>,
    /// Whether this page tells of the changes since it.
    pub(in crate::http) is_since: bool,
}

#[derive(Template)]
#[template(path = "pages/changes/changes.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    list: &'static list::Words,
    view: &'a ChangesView,
    result: String,
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &ChangesView) -> Result<String, askama::Error> {
    let (language, t) = (view.language, Words::of(view.language));
    let frame = Frame::new(language, t.title.to_owned(), t.description.to_owned(), "/changes".to_owned(), "")
        .asking(&view.asked)
        .reached_at(view.origin.as_deref())
        .within(Section::Data);
    let count = language.number(view.count);
    let named = [("count", &*count), ("since", view.since.as_deref().unwrap_or_default()), ("edition", &view.edition)];
    let sentence = match (&view.since, view.count) {
        (None, _) => t.first_edition,
        (Some(_), 0) => t.nothing,
        (Some(_), 1) => t.one_change,
        (Some(_), _) => t.many_changes,
    };
    Page { frame, t, list: list::Words::of(language), view, result: with(sentence, &named) }.render()
}

impl Page<'_> {
    fn chosen(&self, name: Name) -> &str {
        self.view.asked.get(name).unwrap_or_default()
    }

    fn places(&self, count: &str) -> String {
        with(self.t.places, &[("count", count)])
    }

    /// The same as the API has it.
    fn query(&self) -> Option<String> {
        let since = self.view.since.as_ref()?;
        let query = format!(
            "{{ changes(since: \"{since}\", first: 100) {{ nodes {{ kind name values {{ field before after }} }} }} }}"
        );
        let mut address = format!("/graphiql?lang={}&query=", self.frame.language.code());
        crate::http::parameters::percent_encode(&query, &mut address);
        Some(address)
    }
}
