//! `/embed`: a list with a map beside it, for an `<iframe>` in another site. What writes that `<iframe>` is `pages/maker`.
//!
//! - `fill`: the page as the edition has it; `heading`: what it is called
//! - `view`, `words`, `embed.html`: the page, its sentences, its template
//! - `ground`: `/embed/ground.geojson`, borders and villages to lie under the map
//!
//! The page is whole without a script. The script draws the map from what stands in the list, so that the two cannot disagree, and
//! fetches the page again for another choice.

mod fill;
pub(in crate::http) mod ground;
pub(in crate::http) mod heading;
mod view;
mod words;

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use crate::http::{
    asked::{Asked, nothing_more},
    pages::{
        language::Language,
        page::{EMBED_BRT_CSP, EMBED_CSP, html},
    },
    parameters::{Address, Name, Parameters},
    problem::Problem,
    state::State,
};

/// `/embed`: the list and the map.
#[handler]
pub(super) async fn page(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let asked = Asked::of_page(request, Address::Embed, &state, nothing_more).await?;
    let status = if asked.refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let policy = if is_brt(&asked.parameters) { EMBED_BRT_CSP } else { EMBED_CSP };
    let page = view::render(&fill::view(&asked)).map_err(Problem::internal)?;
    let mut response = html(request, page, policy);
    if response.status() == StatusCode::OK {
        response.set_status(status);
    }
    Ok(response)
}

/// The language of the list: Dutch, unless another one is named.
pub(in crate::http) fn language(parameters: &Parameters) -> Language {
    parameters.language().unwrap_or(Language::Dutch)
}

/// Whether the national base map is to lie under the places.
pub(in crate::http) fn is_brt(parameters: &Parameters) -> bool {
    parameters.get(Name::Basemap) == Some("brt")
}
