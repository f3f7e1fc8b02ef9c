//! Descriptions of what is served, as OpenAPI 3.0.3 has them: `/openapi.json` is that of the REST side.
//!
//! - `rest`: files, maps, tiles and health; `parts`: what documents have in common, that of `/ogc/api` too

pub(super) mod parts;
mod rest;

use poem::{Request, Response, handler, web::Data};

use super::{
    kept::key,
    ogc::links::Links,
    operator::Operator,
    pages::language::Language,
    parameters::{Address, Parameters},
    problem::Problem,
    representation::{About, Representation},
    state::State,
};

const JSON: About = About::of("application/json");

/// `/openapi.json`: what there is over HTTP besides GraphQL and OGC API Features.
#[handler]
pub(super) async fn description(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, Address::Description)?;
    let is_english = parameters.language() == Some(Language::En);
    let links = Links::of(request, is_english, None);
    let key = key(&["openapi", &links.root(""), &is_english.to_string()]);
    let make = async {
        let document = rest::document(&links, Operator::of(&state));
        Ok(Representation::new(serde_json::to_vec(&document).map_err(Problem::internal)?))
    };
    state.answer(request, &JSON, key, make).await
}
