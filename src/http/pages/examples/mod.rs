//! `/examples` and `/en/examples`: documented queries with what they return, drawn and in tables.
//!
//! The queries are put as a POST of them would be, and the page of an edition is kept. Each section (`gaps`, `distance`, …) reads the
//! answer of its query, as JSON, into what it shows; nothing on the page comes from elsewhere.

mod activities;
mod answers;
mod area;
mod cite;
mod distance;
mod gaps;
mod policy;
mod section;
pub(in crate::http) mod view;
mod words;

use std::sync::Arc;

use poem::{Request, Response, handler, web::Data};

use self::view::ExamplesView;
use crate::http::{
    pages::{
        language::Language,
        missing,
        page::{LANDING_CSP, html},
    },
    parameters::{Address, Parameters},
    problem::Problem,
    state::{KEPT, State},
};

/// `/examples`: the worked examples in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Dutch).await
}

/// `/en/examples`: the worked examples in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::English).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let parameters = match Parameters::read(request, Address::Page) {
        Ok(parameters) => parameters,
        Err(reason) => return missing::refused(request, language, reason),
    };
    let language = parameters.language().unwrap_or(language);
    let edition = state.library.edition(parameters.edition()).await?;
    let key = (edition.state(), language);
    // Whoever comes while the page is made waits for it, instead of having it made again.
    let mut known = state.pages.0.lock().await;
    if let Some((_, page)) = known.iter().find(|(other, _)| *other == key) {
        let page = page.clone();
        drop(known);
        return Ok(html(request, page.to_string(), LANDING_CSP));
    }
    let mut answers = Vec::new();
    for question in view::questions(language) {
        let work = state.with_data(async_graphql::Request::new(""), &edition);
        let answer = state.door.ask(work, question.query, question.variables).await;
        answers.push(answer.inspect_err(|refused| tracing::error!(%refused, "a worked example is not answered")).ok());
    }
    let is_whole = answers.iter().all(Option::is_some);
    let filled = ExamplesView { language, edition: edition.id.clone(), answers };
    let page: Arc<str> = view::render(&filled).map_err(Problem::internal)?.into();
    // What failed may have failed by chance: it is asked again.
    if is_whole {
        if known.len() >= 2 * KEPT {
            known.remove(0);
        }
        known.push((key, page.clone()));
    }
    drop(known);
    Ok(html(request, page.to_string(), LANDING_CSP))
}
