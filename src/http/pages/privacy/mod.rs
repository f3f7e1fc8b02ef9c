//! `/privacy` and `/en/privacy`: what is kept and what is not, and how to have a place removed.

pub(in crate::http) mod view;
mod words;

use poem::{Request, Response, handler, web::Data};

use self::view::{PrivacyView, WithdrawnLine};
use crate::{
    http::{
        kept::key,
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            missing,
            page::{self, SCRIPTLESS},
        },
        parameters::{Address, Parameters, named_edition},
        problem::Problem,
        state::State,
    },
    store::Withdrawal,
};

/// `/privacy`
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Nl).await
}

/// `/en/privacy`
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let language = match Parameters::read(request, Address::Page) {
        Ok(parameters) => parameters.language().unwrap_or(language),
        Err(reason) => return missing::refused(request, language, reason).await,
    };
    // Nothing of an edition is on this page, so it may be any; what is no name of one is not carried on.
    let is_name = |name: &String| name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let of_edition = passed_on(named_edition(request).filter(is_name).as_deref());
    // Read first: a list from before a withdrawal is then kept under a name that nobody asks for again.
    let generation = state.library.generation().to_string();
    let origin = origin(request);
    let key = key(&[language.privacy_path(), &generation, &of_edition, origin.as_deref().unwrap_or_default()]);
    let make = async {
        let withdrawn = state.library.store().withdrawals().await?;
        let line = |one: Withdrawal| WithdrawnLine {
            key: one.place,
            reason: one.reason,
            on: language.date(one.withdrawn_at.date_naive()),
        };
        let view = PrivacyView {
            language,
            of_edition,
            origin,
            contact: state.contact.as_deref().map(str::to_owned),
            withdrawn: withdrawn.into_iter().map(line).collect(),
        };
        Ok(page::made(view::render(&view))?)
    };
    state.answer(request, &SCRIPTLESS, key, make).await
}
