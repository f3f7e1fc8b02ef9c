//! What a reader sees where there is no place or municipality of that name, or where an address asks for what there is not.

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

/// The page for what is not there, which has no more than a sentence. Nobody keeps it: the place may come.
pub(in crate::http) async fn page(
    request: &Request,
    language: Language,
    status: StatusCode,
    sentence: &str,
) -> Result<Response, Problem> {
    told(request, language, status, Words::of(language).title, sentence).await
}

/// The page for an address with a parameter that is not answered, in the language that it names, else in `language`.
pub(in crate::http) async fn refused(
    request: &Request,
    language: Language,
    refused: Refused,
) -> Result<Response, Problem> {
    let language = Parameters::rest(request).language().unwrap_or(language);
    let sentence = format!("{}.", refused.sentence(language));
    told(request, language, StatusCode::BAD_REQUEST, Words::of(language).not_so, &sentence).await
}

async fn told(
    request: &Request,
    language: Language,
    status: StatusCode,
    title: &str,
    sentence: &str,
) -> Result<Response, Problem> {
    let path = request.uri().path();
    let in_dutch = path.strip_prefix("/en").unwrap_or(path).to_owned();
    let page = page::made(render(language, in_dutch, title, sentence))?;
    Ok(page.once(status, request.headers(), &SCRIPTLESS).await)
}
