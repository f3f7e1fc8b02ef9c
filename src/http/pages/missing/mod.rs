//! What a reader sees where there is no place or municipality of that name.

mod words;

use askama::Template;
use poem::{
    Request, Response,
    http::{HeaderValue, StatusCode, header},
};

pub(in crate::http) use self::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::Frame,
        language::Language,
        page::{LANDING_CSP, html},
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

/// The page for what is not there, which has no more than a sentence.
pub(in crate::http) fn page(
    request: &Request,
    language: Language,
    status: StatusCode,
    sentence: &str,
) -> Result<Response, Problem> {
    let path = request.uri().path();
    let in_dutch = path.strip_prefix("/en").unwrap_or(path).to_owned();
    let page = render(language, in_dutch, sentence).map_err(Problem::internal)?;
    let mut response = html(request, page, LANDING_CSP);
    response.set_status(status);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::ETAG);
    Ok(response)
}
