//! `/graphiql`: GraphiQL with the documented examples one click away.

pub(in crate::http) mod view;
mod words;

use poem::{Request, Response, handler, web::Data};

use self::view::ExplorerView;
use crate::{
    examples::{EXAMPLES, Example},
    http::{
        kept::key,
        pages::{
            language::Language,
            missing,
            page::{self, EXPLORER},
        },
        parameters::{Address, Parameters},
        problem::Problem,
        state::State,
    },
};

/// `/graphiql`: the explorer.
#[handler]
pub(in crate::http) async fn explore(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let language = match Parameters::read(request, Address::Explorer) {
        Ok(parameters) => parameters.language().unwrap_or(Language::Nl),
        Err(reason) => return missing::refused(request, Language::Nl, reason).await,
    };
    let example = |example: &Example| view::Example {
        name: example.name.to_owned(),
        title: language.title(example).to_owned(),
        about: None,
        query: example.query().to_owned(),
        variables: None,
    };
    let make = async {
        let view = ExplorerView { language, examples: EXAMPLES.iter().map(example).collect() };
        Ok(page::made(view::render(&view))?)
    };
    state.answer(request, &EXPLORER, key(&["/graphiql", language.code()]), make).await
}
