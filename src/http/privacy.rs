//! Fills the page on privacy and removal.

use poem::{Request, Response, handler, web::Data};

use super::{
    State,
    pages::{
        LANDING_CSP, Language,
        privacy::{self, PrivacyView, WithdrawnLine},
    },
    problem::Problem,
    site,
};

/// `/privacy`
#[handler]
pub(super) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Dutch).await
}

/// `/en/privacy`
#[handler]
pub(super) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::English).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let withdrawn = state.library.store().withdrawals().await.map_err(Problem::internal)?;
    // Nothing of an edition is on this page, so it may be any; what is no name of one is not carried on.
    let is_name = |name: &String| name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let named = site::named_edition(request).filter(is_name);
    let view = PrivacyView {
        language,
        of_edition: site::passed_on(named.as_deref()),
        contact: state.contact.as_deref().map(str::to_owned),
        withdrawn: withdrawn
            .into_iter()
            .map(|one| WithdrawnLine {
                key: one.place,
                reason: one.reason,
                on: site::date(language, one.withdrawn_at.date_naive()),
            })
            .collect(),
    };
    let page = privacy::render(&view).map_err(Problem::internal)?;
    Ok(site::html(request, page, LANDING_CSP))
}
