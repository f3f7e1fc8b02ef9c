//! `/graphiql`: GraphiQL with the documented examples one click away.

pub(in crate::http) mod view;
mod words;

use poem::{Request, Response, handler};

use self::view::ExplorerView;
use crate::{
    examples::EXAMPLES,
    http::{
        pages::{
            language::Language,
            missing,
            page::{EXPLORER_CSP, html},
        },
        parameters::{Address, Parameters},
        problem::Problem,
    },
};

/// `/graphiql`: the explorer.
#[handler]
pub(in crate::http) fn explore(request: &Request) -> Result<Response, Problem> {
    let parameters = match Parameters::read(request, Address::Explorer) {
        Ok(parameters) => parameters,
        Err(reason) => return missing::refused(request, Language::Dutch, reason),
    };
    let language = parameters.language().unwrap_or(Language::Dutch);
    let examples = EXAMPLES
        .iter()
        .map(|example| view::Example {
            name: example.name.to_owned(),
            title: language.title(example).to_owned(),
            about: None,
            query: example.query().to_owned(),
            variables: None,
        })
        .collect();
    let page = view::render(&ExplorerView { language, examples }).map_err(Problem::internal)?;
    Ok(html(request, page, EXPLORER_CSP))
}
