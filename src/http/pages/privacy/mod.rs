//! `/privacy` and `/en/privacy`: what is kept and what is not, and how to have a place removed.

pub(in crate::http) mod view;
mod words;

use poem::{Request, Response, handler, web::Data};

use self::view::{PrivacyView, WithdrawnLine};
use crate::http::{
    pages::{
        language::Language,
        links::passed_on,
        missing,
        page::{LANDING_CSP, html},
    },
    parameters::{Address, Parameters},
    problem::Problem,
    state::State,
};

/// `/privacy`
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Dutch).await
}

/// `/en/privacy`
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
    let withdrawn = state.library.store().withdrawals().await.map_err(Problem::internal)?;
    // Nothing of an edition is on this page, so it may be any; what is no name of one is not carried on.
    let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let named = parameters.edition().filter(is_name);
    let view = PrivacyView {
        language,
        of_edition: passed_on(named),
        contact: state.contact.as_deref().map(str::to_owned),
        withdrawn: withdrawn
            .into_iter()
            .map(|one| WithdrawnLine {
                key: one.place,
                reason: one.reason,
                on: language.date(one.withdrawn_at.date_naive()),
            })
            .collect(),
    };
    let page = view::render(&view).map_err(Problem::internal)?;
    Ok(html(request, page, LANDING_CSP))
}
