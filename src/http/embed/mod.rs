//! `/embed`: a list with a map beside it, for an `<iframe>` in another site. What writes that `<iframe>` is `pages/maker`.
//!
//! - `fill`: the page as the edition has it; `heading`: what it is called
//! - `view`, `words`, `embed.html`: the page, its sentences, its template
//! - `theme`: `/embed/theme.css`, the colour and typeface of the site around it
//! - `ground`: `/embed/ground.geojson`, borders and villages to lie under the map
//!
//! The page is whole without a script. The script draws the map from what stands in the list, so that the two cannot disagree, and
//! fetches the page again for another choice.

mod fill;
pub(in crate::http) mod ground;
pub(in crate::http) mod heading;
pub(in crate::http) mod theme;
mod view;
mod words;

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use crate::http::{
    asked::Asked,
    pages::{
        language::Language,
        page::{self, EMBED, EMBED_BRT},
    },
    parameters::{Address, Name, Parameters},
    problem::Problem,
    state::{State, Unkept},
};

/// `/embed`: the list and the map.
#[handler]
pub(super) async fn list(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let read = Parameters::read(request, Address::Embed);
    let key = pinned.key("/embed", &Parameters::key(&read, request));
    let is_brt = read.as_ref().is_ok_and(is_brt);
    let make = async {
        let asked = Asked::of_page(read, Parameters::rest(request), Address::Embed, *state, &pinned).await?;
        let page = page::made(view::render(&fill::view(&asked)))?;
        if asked.refusal.is_some() { Err(Unkept::Page(StatusCode::BAD_REQUEST, &EMBED, page)) } else { Ok(page) }
    };
    let about = if is_brt { EMBED_BRT } else { EMBED };
    state.answer(request, &about, key, make).await
}

/// The language of the list: Dutch, unless another one is named.
pub(in crate::http) fn language(parameters: &Parameters) -> Language {
    parameters.language().unwrap_or(Language::Nl)
}

/// Whether the national base map is to lie under the places.
pub(in crate::http) fn is_brt(parameters: &Parameters) -> bool {
    parameters.get(Name::Basemap) == Some("brt")
}
