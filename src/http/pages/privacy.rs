//! `/privacy` and `/en/privacy`: what is kept and what is not, and how to have a place removed.

use askama::Template;

use super::{
    Language, assets,
    frame::{Frame, contact_link},
    phrases::privacy::Phrases,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PrivacyView {
    /// The language of the page.
    pub language: Language,
    /// Where to ask: a mailbox or the address of a page.
    pub contact: Option<String>,
    /// What was removed before, in the order to be shown.
    pub withdrawn: Vec<WithdrawnLine>,
    /// What links carry on of the edition that the address names: `?edition=ID` or nothing.
    pub of_edition: String,
}

/// A place that was removed.
#[derive(Clone, Debug)]
pub struct WithdrawnLine {
    /// Its key, which is all that is left of it.
    pub key: String,
    /// Why.
    pub reason: String,
    /// When, as the reader should see it.
    pub on: String,
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Phrases,
    contact: &'a str,
    link: Option<String>,
    withdrawn: &'a [WithdrawnLine],
}

/// The page as HTML, to be sent with [`LANDING_CSP`](super::LANDING_CSP).
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub fn render(view: &PrivacyView) -> Result<String, askama::Error> {
    let t = Phrases::of(view.language);
    let contact = view.contact.as_deref();
    let page = Page {
        frame: Frame::new(
            view.language,
            t.title.to_owned(),
            t.description.to_owned(),
            "/privacy".to_owned(),
            &view.of_edition,
        ),
        t,
        contact: contact.unwrap_or_default(),
        link: contact.map(|contact| contact_link(contact, t.mail_subject, t.mail_body)),
        withdrawn: &view.withdrawn,
    };
    page.render()
}
