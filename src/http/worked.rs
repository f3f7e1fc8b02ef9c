//! The worked examples: puts their queries, and keeps the page of an edition.

use std::sync::Arc;

use poem::{Request, Response, handler, web::Data};
use tokio::sync::Mutex;

use super::{
    State,
    pages::{
        LANDING_CSP, Language,
        examples::{self, ExamplesView},
    },
    problem::Problem,
    site,
};

/// A page by the state of its edition and its language.
type Kept = ((String, Language), Arc<str>);

/// The pages of the last few editions: rendered once, at the first wish.
#[derive(Default)]
pub(super) struct WorkedPages(Mutex<Vec<Kept>>);

/// `/examples`: the worked examples in Dutch.
#[handler]
pub(super) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Dutch).await
}

/// `/en/examples`: the worked examples in English.
#[handler]
pub(super) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::English).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let asked: Vec<(String, String)> = request.params().unwrap_or_default();
    let named = asked.iter().find(|(name, _)| name == "edition").map(|(_, id)| id.as_str());
    let edition = state.library.edition(named).await?;
    let key = (edition.state(), language);
    // Whoever comes while the page is made waits for it, instead of having it made again.
    let mut known = state.pages.0.lock().await;
    if let Some((_, page)) = known.iter().find(|(other, _)| *other == key) {
        let page = page.clone();
        drop(known);
        return Ok(site::html(request, page.to_string(), LANDING_CSP));
    }
    let mut answers = Vec::new();
    for question in examples::questions(language) {
        let work = state.with_data(async_graphql::Request::new(""), &edition);
        let answer = state.door.ask(work, question.query, question.variables).await;
        answers.push(answer.inspect_err(|refused| tracing::error!(%refused, "a worked example is not answered")).ok());
    }
    let is_whole = answers.iter().all(Option::is_some);
    let view = ExamplesView { language, edition: edition.id.clone(), answers };
    let page: Arc<str> = examples::render(&view).map_err(Problem::internal)?.into();
    // What failed may have failed by chance: it is asked again.
    if is_whole {
        if known.len() >= 2 * site::KEPT {
            known.remove(0);
        }
        known.push((key, page.clone()));
    }
    drop(known);
    Ok(site::html(request, page.to_string(), LANDING_CSP))
}
