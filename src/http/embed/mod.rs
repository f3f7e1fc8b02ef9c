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
        pages::page::{self, EMBED, EMBED_BRT},
        problem::Problem,
        query::{Parameters, asked_language},
        state::{State, Unkept},
    },
};

/// What the page can be asked.
const KNOWN: [&str; 10] =
    ["municipality", "settlement", "kind", "facility", "activity", "near", "radius", "lang", "basemap", "edition"];

/// `/embed`: the list and the map.
#[handler]
pub(super) async fn list(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let parameters = Parameters::of_form(request, &KNOWN);
    let (text, is_brt) = match &parameters {
        Ok(parameters) => (parameters.query_string_without(&[]), parameters.get("basemap") == Some("brt")),
        // No other request has the same refusal.
        Err(_) => (request.uri().query().unwrap_or_default().to_owned(), false),
    };
    let key = pinned.key("/embed", &text);
    let make = async {
        let edition = &pinned.edition;
        let asked = parameters.and_then(|parameters| Asked::of(parameters, edition, &state.limits));
        let selected = asked.and_then(|asked| Ok((asked.select(edition)?, asked)));
        let (selected, asked, refusal) = match selected {
            Ok((selected, asked)) => (selected, asked, None),
            // Everything, with the reason: as the list page does.
            Err(problem) => {
                let everything = edition.select(&PlaceFilter::default());
                let asked = Asked::nothing(asked_language(request), pinned.named.clone());
                (everything, asked, Some(problem.detail))
            }
        };
        let filled = fill::view(edition, &asked, &selected, refusal);
        let page = page::made(view::render(&filled))?;
        if filled.refusal.is_some() { Err(Unkept::Page(StatusCode::BAD_REQUEST, &EMBED, page)) } else { Ok(page) }
    };
    let about = if is_brt { EMBED_BRT } else { EMBED };
    state.answer(request, &about, key, make).await
}
