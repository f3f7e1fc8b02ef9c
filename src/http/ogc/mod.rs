//! OGC API Features 1.0 (Part 1, Core; Part 2, Coordinate Reference Systems by Reference; Part 3, Filtering) under `/ogc`: what QGIS, GDAL and
//! other programs for maps open by address alone; who opens it in a browser gets pages of the same (`Accept`, or `f`). Every collection of
//! [`collections`](crate::collections) is one here.
//!
//! - `links`: addresses as an answer has them; `systems`: coordinate reference systems by their URI
//! - `about`: landing page, conformance, collections, and what a collection can be asked by; `api`: all of it as OpenAPI
//! - `asked`: what is asked of items, `cql2`: by a filter; `choose`: which rows that are; `items`: how they are written
//! - `shown`: what the pages have of all that

mod about;
mod api;
mod asked;
mod choose;
mod cql2;
mod items;
pub(in crate::http) mod links;
mod shown;
pub(in crate::http) mod systems;

use std::sync::Arc;

use poem::{
    Request, Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::{Data, Path},
};

use self::{
    asked::{Asked, Form},
    links::Links,
    systems::System,
};
use super::{
    aside::aside,
    pages::{
        features::{self, FeaturesView},
        page::SCRIPTLESS,
        words::with,
    },
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

const JSON: About = varying(About::of(about::JSON));
const GEOJSON: About = varying(About::of(about::GEOJSON));
const SCHEMA: About = varying(About::of(about::SCHEMA));
const OPENAPI: About = varying(About::of(about::OPENAPI));
const PAGE: About = varying(SCRIPTLESS);

/// It is a page or not as the client likes.
const fn varying(about: About) -> About {
    About { vary: "Accept, Accept-Encoding", ..about }
}

/// `/ogc`: the landing page.
#[handler]
pub(super) async fn landing(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &JSON, about::landing, shown::landing).await
}

/// `/ogc/api`: what it takes and gives (OpenAPI 3.0).
#[handler]
pub(super) async fn description(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &OPENAPI, |_, links| api::document(links), shown::description).await
}

/// `/ogc/conformance`: the conformance classes.
#[handler]
pub(super) async fn conformance(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &JSON, |_, _| about::conformance(), shown::conformance).await
}

/// `/ogc/collections`: all collections.
#[handler]
pub(super) async fn all_collections(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &JSON, about::collections, shown::collections).await
}

/// `/ogc/collections/…`: one of them.
#[handler]
pub(super) async fn one_collection(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let collection = named(&name)?;
    answer(
        request,
        &state,
        &JSON,
        |edition, links| about::collection(edition, collection, links),
        |edition, links| shown::collection(edition, collection, links),
    )
    .await
}

/// `/ogc/collections/…/queryables`: what its items can be asked by, as JSON Schema.
#[handler]
pub(super) async fn queryables(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let collection = named(&name)?;
    answer(
        request,
        &state,
        &SCHEMA,
        |_, links| about::queryables(collection, links),
        |edition, links| shown::queryables(edition, collection, links),
    )
    .await
}

/// `/ogc/collections/…/schema`: what its items have, as JSON Schema.
#[handler]
pub(super) async fn schema(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let collection = named(&name)?;
    answer(
        request,
        &state,
        &SCHEMA,
        |_, links| about::schema(collection, links),
        |edition, links| shown::schema(edition, collection, links),
    )
    .await
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
    let write = move |edition: &Edition, asked: &Asked, links: &Links, form: Form| match form {
        Form::Json => items::page(edition, collection, asked, links),
        Form::Page => html(&shown::items(edition, collection, asked, links)),
    };
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
    let write = move |edition: &Edition, asked: &Asked, links: &Links, form: Form| match (
        choose::row(edition, collection, &id),
        form,
    ) {
        (Some(row), Form::Json) => items::one(edition, collection, row, asked, links),
        (Some(row), Form::Page) => html(&shown::item(edition, collection, row, links)),
        (None, _) => Err(Problem::new(
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
    write: impl FnOnce(&Edition, &Links) -> serde_json::Value + Send,
    show: impl FnOnce(&Edition, &Links) -> FeaturesView + Send,
) -> Result<Response, Problem> {
    let asked = Asked::about(request)?;
    let form = asked.form.unwrap_or_else(|| Form::liked(request.headers()));
    let about = if form == Form::Page { &PAGE } else { about };
    let pinned = state.pin(request).await?;
    let links = Links::of(request, asked.is_english, pinned.named.as_deref());
    let key = pinned.key(about.media_type, &links.key());
    let make = async {
        let bytes = match form {
            Form::Json => serde_json::to_vec(&write(&pinned.edition, &links)).map_err(Problem::internal)?,
            Form::Page => html(&show(&pinned.edition, &links))?,
        };
        Ok(Representation::new(bytes))
    };
    state.answer(request, about, key, make).await
}

/// Items, of the whole edition or without a layer.
async fn written(
    request: &Request,
    state: &State,
    asked: Asked,
    write: impl FnOnce(&Edition, &Asked, &Links, Form) -> Result<Vec<u8>, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let form = asked.form.unwrap_or_else(|| Form::liked(request.headers()));
    let about = if form == Form::Page { &PAGE } else { &GEOJSON };
    let pinned = state.pin(request).await?;
    let links = Links::of(request, asked.is_english, pinned.named.as_deref());
    let key = pinned.key(about.media_type, &links.key());
    let make = async {
        let edition = edition_without(state, &pinned, asked.without.as_deref()).await?;
        let work = move || write(&edition, &asked, &links, form);
        Ok(Representation::new(aside(&state.lanes.heavy, work).await??))
    };
    state.answer(request, about, key, make).await
}

fn html(view: &FeaturesView) -> Result<Vec<u8>, Problem> {
    features::render(view).map(String::into_bytes).map_err(Problem::internal)
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
