//! What a reader sees where there is no place or municipality of that name.

use askama::Template;

use super::{Language, assets, frame::Frame, phrases::missing::Phrases};

#[derive(Template)]
#[template(path = "missing.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Phrases,
    sentence: &'a str,
}

/// The page as HTML, with one sentence on why there is nothing else; to be sent with [`LANDING_CSP`](super::LANDING_CSP).
/// `path` is its address in Dutch.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub fn render(language: Language, path: String, sentence: &str) -> Result<String, askama::Error> {
    let t = Phrases::of(language);
    Page { frame: Frame::new(language, t.title.to_owned(), sentence.to_owned(), path, ""), t, sentence }.render()
}
