//! What a reader sees where there is no place or municipality of that name.

mod words;

use askama::Template;
use poem::{Request, Response, http::StatusCode};

pub(in crate::http) use self::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::Frame,
        language::Language,
        page::{self, SCRIPTLESS},
    },
    problem::Problem,
};

#[derive(Template)]
#[template(path = "pages/missing/missing.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    sentence: &'a str,
}

/// The page as HTML, with one sentence on why there is nothing else.
/// `path` is its address in Dutch.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
fn render(language: Language, path: String, sentence: &str) -> Result<String, askama::Error> {
    let t = Words::of(language);
    Page { frame: Frame::new(language, t.title.to_owned(), sentence.to_owned(), path, ""), t, sentence }.render()
}

/// The page for what is not there, which has no more than a sentence. Nobody keeps it: the place may come.
pub(in crate::http) async fn page(
    request: &Request,
    language: Language,
    status: StatusCode,
    sentence: &str,
) -> Result<Response, Problem> {
    let path = request.uri().path();
    let in_dutch = path.strip_prefix("/en").unwrap_or(path).to_owned();
    let page = page::made(render(language, in_dutch, sentence))?;
    Ok(page.once(status, request.headers(), &SCRIPTLESS).await)
}
