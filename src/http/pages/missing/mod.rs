//! What a reader sees where there is no place or municipality of that name, or where an address asks for what there is not.

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
        words::with,
    },
    parameters::{Parameters, Refused},
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
fn render(language: Language, path: String, title: &str, sentence: &str) -> Result<String, askama::Error> {
    let t = Words::of(language);
    Page { frame: Frame::new(language, title.to_owned(), sentence.to_owned(), path, ""), t, sentence }.render()
}

/// The page for what is not there, which has no more than a sentence.
pub(in crate::http) fn page(
    request: &Request,
    language: Language,
    status: StatusCode,
    sentence: &str,
) -> Result<Response, Problem> {
    told(request, language, status, Words::of(language).title, sentence)
}

/// The page for an address with a parameter that is not answered, in the language that it names, else in `language`.
pub(in crate::http) fn refused(request: &Request, language: Language, refused: Refused) -> Result<Response, Problem> {
    let language = Parameters::rest(request).language().unwrap_or(language);
    let t = Words::of(language);
    let sentence = with(t.refused, &[("reason", &refused.sentence(language))]);
    told(request, language, StatusCode::BAD_REQUEST, t.not_so, &sentence)
}

fn told(
    request: &Request,
    language: Language,
    status: StatusCode,
    title: &str,
    sentence: &str,
) -> Result<Response, Problem> {
    let path = request.uri().path();
    let in_dutch = path.strip_prefix("/en").unwrap_or(path).to_owned();
    let page = render(language, in_dutch, title, sentence).map_err(Problem::internal)?;
    let mut response = html(request, page, LANDING_CSP);
    response.set_status(status);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::ETAG);
    Ok(response)
}
