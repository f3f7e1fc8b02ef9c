//! What a reader sees where there is no place or municipality of that name, or where an address asks for what there is not.

mod words;

use askama::Template;
use poem::{
    Request, Response,
    http::{HeaderMap, StatusCode},
};

pub(in crate::http) use self::words::Words;
use crate::http::{
    pages::{
        assets,
        frame::Frame,
        language::Language,
        page::{self, SCRIPTLESS},
        words::capitalised,
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
    told(request.uri().path(), request.headers(), language, status, Words::of(language).title, sentence).await
}

/// The page for what is refused at an address that is no page of its own, so that there is none in the other language.
pub(in crate::http) async fn of(
    problem: &Problem,
    language: Language,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let t = Words::of(language);
    let title = match problem.status {
        StatusCode::NOT_FOUND => t.title,
        StatusCode::BAD_REQUEST => t.not_so,
        _ => t.not_now,
    };
    let sentence = format!("{}.", capitalised(problem.sentence(language)));
    told("/", headers, language, problem.status, title, &sentence).await
}

/// The page for an address with a parameter that is not answered, in the language that it names, else in `language`.
pub(in crate::http) async fn refused(
    request: &Request,
    language: Language,
    refused: Refused,
) -> Result<Response, Problem> {
    let language = Parameters::rest(request).language().unwrap_or(language);
    let sentence = format!("{}.", refused.sentence(language));
    let (path, headers) = (request.uri().path(), request.headers());
    told(path, headers, language, StatusCode::BAD_REQUEST, Words::of(language).not_so, &sentence).await
}

async fn told(
    path: &str,
    headers: &HeaderMap,
    language: Language,
    status: StatusCode,
    title: &str,
    sentence: &str,
) -> Result<Response, Problem> {
    let in_dutch = path.strip_prefix("/en").unwrap_or(path).to_owned();
    let page = page::made(render(language, in_dutch, title, sentence))?;
    Ok(page.once(status, headers, &SCRIPTLESS).await)
}
