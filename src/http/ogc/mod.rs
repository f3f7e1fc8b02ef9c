//! OGC API Features 1.0 (Part 1, Core; Part 2, Coordinate Reference Systems by Reference) under `/ogc`: what QGIS, GDAL and other
//! programs for maps open by address alone. Every collection of [`collections`](crate::collections) is one here.
//!
//! - `links`: addresses as an answer has them; `systems`: coordinate reference systems by their URI
//! - `about`: landing page, conformance, collections, and what a collection can be asked by; `api`: all of it as OpenAPI
//! - `asked`: what is asked of items; `choose`: which rows that are; `items`: how they are written

mod about;
mod api;
mod asked;
mod choose;
mod items;
pub(in crate::http) mod links;
pub(in crate::http) mod systems;

use std::sync::Arc;

use poem::{
    Request, Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::{Data, Path},
};

use self::{asked::Asked, links::Links, systems::System};
use super::{
    aside::aside,
    pages::words::with,
    parameters::{Refused, named_edition},
    problem::Problem,
    representation::{About, Representation},
    state::{Pinned, State},
};
use crate::{
    collections::{self, Collection},
    edition::Edition,
    model::excerpt,
};

const JSON: About = About::of("application/json");
const GEOJSON: About = About::of("application/geo+json");
const SCHEMA: About = About::of("application/schema+json");
const OPENAPI: About = About::of(about::OPENAPI);

/// `/ogc`: the landing page.
#[handler]
pub(super) async fn landing(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &JSON, |edition, links| Ok(about::landing(edition, links))).await
}

/// `/ogc/api`: what it takes and gives (OpenAPI 3.0).
#[handler]
pub(super) async fn description(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &OPENAPI, |_, links| Ok(api::document(links))).await
}

/// `/ogc/conformance`: the conformance classes.
#[handler]
pub(super) async fn conformance(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &JSON, |_, _| Ok(about::conformance())).await
}

/// `/ogc/collections`: all collections.
#[handler]
pub(super) async fn all_collections(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &JSON, |edition, links| Ok(about::collections(edition, links))).await
}

/// `/ogc/collections/…`: one of them.
#[handler]
pub(super) async fn one_collection(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let collection = named(&name)?;
    answer(request, &state, &JSON, |edition, links| Ok(about::collection(edition, collection, links))).await
}

/// `/ogc/collections/…/queryables`: what its items can be asked by, as JSON Schema.
#[handler]
pub(super) async fn queryables(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let collection = named(&name)?;
    answer(request, &state, &SCHEMA, |_, links| Ok(about::queryables(collection, links))).await
}

/// `/ogc/collections/…/schema`: what its items have, as JSON Schema.
#[handler]
pub(super) async fn schema(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let collection = named(&name)?;
    answer(request, &state, &SCHEMA, |_, links| Ok(about::schema(collection, links))).await
}

/// `/ogc/collections/…/items`: a page of its items as a FeatureCollection.
#[handler]
pub(super) async fn all_items(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let collection = named(&name)?;
    let asked = Asked::items(request, collection)?;
    let system = asked.system;
    let write = move |edition: &Edition, asked: &Asked, links: &Links| items::page(edition, collection, asked, links);
    let asked_by = Links::of(request, false, None).plain(&format!("/ogc/collections/{}/queryables", collection.name));
    let link = format!("<{asked_by}>; rel=\"{}\"; type=\"{}\"", about::TO_QUERYABLES, about::SCHEMA);
    let mut response = in_system(written(request, &state, asked, write).await?, system);
    if let Ok(link) = HeaderValue::try_from(link) {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

/// `/ogc/collections/…/items/…`: one of them as a Feature.
#[handler]
pub(super) async fn one_item(
    request: &Request,
    state: Data<&State>,
    Path((name, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let collection = named(&name)?;
    let asked = Asked::item(request)?;
    let system = asked.system;
    let write = move |edition: &Edition, asked: &Asked, links: &Links| match choose::row(edition, collection, &id) {
        Some(row) => items::one(edition, collection, row, asked, links),
        None => Err(Problem::new(
            StatusCode::NOT_FOUND,
            format!("`{}` is no id in `{}`; the ids are those of its items", excerpt(&id), collection.name),
        )
        .in_dutch(format!("`{}` is geen id in `{}`; de items noemen hun id’s", excerpt(&id), collection.name))),
    };
    written(request, &state, asked, write).await.map(|response| in_system(response, system))
}

/// The collection of that name.
pub(in crate::http) fn named(name: &str) -> Result<&'static Collection, Problem> {
    collections::by_name(name).ok_or_else(|| {
        let known = collections::all().iter().map(|of| of.name).collect::<Vec<_>>().join(", ");
        let name = excerpt(name);
        Problem::new(StatusCode::NOT_FOUND, format!("there is no collection `{name}`; there are {known}"))
            .in_dutch(format!("er is geen verzameling `{name}`; wel {known}"))
    })
}

/// What is the same whatever is asked of items.
async fn answer(
    request: &Request,
    state: &State,
    about: &About,
    write: impl FnOnce(&Edition, &Links) -> Result<serde_json::Value, Problem> + Send,
) -> Result<Response, Problem> {
    let asked = Asked::about(request)?;
    let pinned = state.pin(request).await?;
    let links = Links::of(request, asked.is_english, pinned.named.as_deref());
    let key = pinned.key("ogc", &links.key());
    let make = async {
        let value = write(&pinned.edition, &links)?;
        Ok(Representation::new(serde_json::to_vec(&value).map_err(Problem::internal)?))
    };
    state.answer(request, about, key, make).await
}

/// Items, of the whole edition or without a layer.
async fn written(
    request: &Request,
    state: &State,
    asked: Asked,
    write: impl FnOnce(&Edition, &Asked, &Links) -> Result<Vec<u8>, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let links = Links::of(request, asked.is_english, pinned.named.as_deref());
    let key = pinned.key("ogc", &links.key());
    let make = async {
        let edition = edition_without(state, &pinned, asked.without.as_deref()).await?;
        let work = move || write(&edition, &asked, &links);
        Ok(Representation::new(aside(&state.lanes.heavy, work).await??))
    };
    state.answer(request, &GEOJSON, key, make).await
}

/// The edition that is pinned, or what is left of it without a layer.
pub(in crate::http) async fn edition_without(
    state: &State,
    pinned: &Pinned,
    without: Option<&str>,
) -> Result<Arc<Edition>, Problem> {
    match without {
        None => Ok(pinned.edition.clone()),
        Some(_) if pinned.named.is_some() => Err(Refused::new(|t| t.without_edition.to_owned()).into()),
        Some(layer) => Ok(state
            .without
            .get(&state.library, &state.lanes.pages, layer)
            .await
            .map_err(Problem::from)?
            .edition
            .clone()),
    }
}

/// Says in which system the coordinates of an answer are.
fn in_system(mut response: Response, system: System) -> Response {
    if let Ok(told) = HeaderValue::try_from(format!("<{}>", system.uri())) {
        response.headers_mut().insert("content-crs", told);
    }
    response
}

/// A parameter that is none here.
fn unknown(name: &str, known: &[&str]) -> Problem {
    Refused::unknown(name, known).into()
}

/// A value that a parameter does not have: `would` says what would be right, in Dutch and in English.
fn no_value(name: &str, value: &str, would: [&str; 2]) -> Problem {
    let of =
        |sentence: &str, would: &str| with(sentence, &[("name", name), ("value", &excerpt(value)), ("would", would)]);
    Problem::bad_request(of("`{name}` is `{value}`; {would}", would[1]))
        .in_dutch(of("`{name}` is `{value}`; {would}", would[0]))
}

/// Whether the address names an edition.
fn is_of_edition(request: &Request) -> bool {
    named_edition(request).is_some()
}
