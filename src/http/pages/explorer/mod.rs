//! `/graphiql`: GraphiQL with the documented examples one click away.

pub(in crate::http) mod view;
mod words;

use poem::{Request, Response, handler};

use self::view::ExplorerView;
use crate::{
    examples::EXAMPLES,
    http::{
        pages::page::{EXPLORER_CSP, html},
        problem::Problem,
        query::asked_language,
    },
};

/// `/graphiql`: the explorer.
#[handler]
pub(in crate::http) fn explore(request: &Request) -> Result<Response, Problem> {
    let language = asked_language(request);
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
