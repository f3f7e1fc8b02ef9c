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

/// The pages of the edition of that id, Dutch and English: rendered once, at the first wish.
#[derive(Default)]
pub(super) struct WorkedPages(Mutex<(String, [Option<Arc<str>>; 2])>);

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
    let edition = state.publication.pin();
    // Whoever comes while the page is made waits for it, instead of having it made again.
    let mut known = state.pages.0.lock().await;
    if known.0 != edition.id {
        *known = (edition.id.clone(), [None, None]);
    }
    let slot = usize::from(language == Language::English);
    if let Some(page) = &known.1[slot] {
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
        known.1[slot] = Some(page.clone());
    }
    drop(known);
    Ok(site::html(request, page.to_string(), LANDING_CSP))
}
