//! What the page on privacy and removal shows.

use askama::Template;

use super::words::Words;
use crate::http::pages::{assets, frame::Frame, language::Language, links::contact_link};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct PrivacyView {
    /// The language of the page.
    pub(in crate::http) language: Language,
    /// Where to ask: a mailbox or the address of a page.
    pub(in crate::http) contact: Option<String>,
    /// What was removed before, in the order to be shown.
    pub(in crate::http) withdrawn: Vec<WithdrawnLine>,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// What links carry on of the edition that the address names: `?edition=ID` or nothing.
    pub(in crate::http) of_edition: String,
}

/// A place that was removed.
#[derive(Clone, Debug)]
pub(in crate::http) struct WithdrawnLine {
    /// Its key, which is all that is left of it.
    pub(in crate::http) key: String,
    /// Why.
    pub(in crate::http) reason: String,
    /// When, as the reader should see it.
    pub(in crate::http) on: String,
}

#[derive(Template)]
#[template(path = "pages/privacy/privacy.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    contact: &'a str,
    link: Option<String>,
    withdrawn: &'a [WithdrawnLine],
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &PrivacyView) -> Result<String, askama::Error> {
    let t = Words::of(view.language);
    let contact = view.contact.as_deref();
    let page = Page {
        frame: Frame::new(
            view.language,
            t.title.to_owned(),
            t.description.to_owned(),
            "/privacy".to_owned(),
            &view.of_edition,
        )
        .reached_at(view.origin.as_deref()),
        t,
        contact: contact.unwrap_or_default(),
        link: contact.map(|contact| contact_link(contact, t.mail_subject, t.mail_body)),
        withdrawn: &view.withdrawn,
    };
    page.render()
}
