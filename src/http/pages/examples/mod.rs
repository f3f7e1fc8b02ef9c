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

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::ExamplesView;
use crate::http::{
    aside::aside,
    origin::origin,
    pages::{
        language::Language,
        links::passed_on,
        missing,
        page::{self, SCRIPTLESS},
    },
    parameters::{Address, Parameters},
    problem::Problem,
    state::{State, Unkept},
};

/// `/examples`: the worked examples in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, Language::Nl).await
}

/// `/en/examples`: the worked examples in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, Language::En).await
}

async fn answer(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let language = match Parameters::read(request, Address::Page) {
        Ok(parameters) => parameters.language().unwrap_or(language),
        Err(reason) => return missing::refused(request, language, reason).await,
    };
    let pinned = state.pin(request).await?;
    let origin = origin(request);
    let key = pinned.key(language.examples_path(), origin.as_deref().unwrap_or_default());
    let make = async {
        let mut answers = Vec::new();
        for question in view::questions(language) {
            let work = state.with_data(async_graphql::Request::new(""), &pinned.edition);
            let answer = state.door.ask(work, question.query, question.variables).await;
            answers
                .push(answer.inspect_err(|refused| tracing::error!(%refused, "a worked example is not answered")).ok());
        }
        let is_whole = answers.iter().all(Option::is_some);
        let filled = ExamplesView {
            language,
            edition: pinned.edition.id.clone(),
            of_edition: passed_on(pinned.named.as_deref()),
            origin,
            answers,
        };
        let page = aside(&state.lanes.pages, move || page::made(view::render(&filled))).await??;
        // What failed may have failed by chance: it is asked again.
        if is_whole { Ok(page) } else { Err(Unkept::Page(StatusCode::OK, &SCRIPTLESS, page)) }
    };
    state.answer(request, &SCRIPTLESS, key, make).await
}
