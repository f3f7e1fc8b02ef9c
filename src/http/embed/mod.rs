//! `/embed`: a list with a map beside it, for an `<iframe>` in another site. What writes that `<iframe>` is `pages/maker`.
//!
//! - `asked`: the parameters, read and checked
//! - `fill`: the page as the edition has it; `heading`: what it is called
//! - `view`, `words`, `embed.html`: the page, its sentences, its template
//! - `ground`: `/embed/ground.geojson`, borders and villages to lie under the map
//!
//! The page is whole without a script. The script draws the map from what stands in the list, so that the two cannot disagree, and
//! fetches the page again for another choice.

pub(in crate::http) mod asked;
mod fill;
pub(in crate::http) mod ground;
pub(in crate::http) mod heading;
mod view;
mod words;

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::asked::Asked;
use crate::{
    edition::PlaceFilter,
    http::{
        pages::page::{EMBED_BRT_CSP, EMBED_CSP, html},
        problem::Problem,
        query::{Parameters, asked_language, named_edition},
        state::State,
    },
};

/// What the page can be asked.
const KNOWN: [&str; 10] =
    ["municipality", "settlement", "kind", "facility", "activity", "near", "radius", "lang", "basemap", "edition"];

/// `/embed`: the list and the map.
#[handler]
pub(super) async fn page(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let parameters = Parameters::of_form(request, &KNOWN);
    let named = match &parameters {
        Ok(parameters) => parameters.get("edition").map(str::to_owned),
        Err(_) => named_edition(request),
    };
    let edition = state.library.edition(named.as_deref()).await?;
    let asked = parameters.and_then(|parameters| Asked::of(parameters, &edition, &state.limits));
    let selected = asked.and_then(|asked| Ok((asked.select(&edition)?, asked)));
    let (selected, asked, refusal) = match selected {
        Ok((selected, asked)) => (selected, asked, None),
        // Everything, with the reason: as the list page does.
        Err(problem) => {
            let everything = edition.select(&PlaceFilter::default());
            (everything, Asked::nothing(asked_language(request), named), Some(problem.detail))
        }
    };
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let policy = if asked.is_brt() { EMBED_BRT_CSP } else { EMBED_CSP };
    let page = view::render(&fill::view(&edition, &asked, &selected, refusal)).map_err(Problem::internal)?;
    let mut response = html(request, page, policy);
    if response.status() == StatusCode::OK {
        response.set_status(status);
    }
    Ok(response)
}
