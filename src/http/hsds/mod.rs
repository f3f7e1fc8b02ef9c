//! `/hsds/`: a directory of services (Human Services Data Specification 3.0), as social directories exchange them. Our activities are
//! services, our places locations, who holds an activity is an organization.
//!
//! - `service`, `location`, `organization`, `schedule`, `terms`: what they are in HSDS; `id`: what they are called there
//! - `list`: pages of them
//!
//! `ingest/activities/hsds` reads what is written here.

mod id;
mod list;
mod location;
mod organization;
mod schedule;
mod service;
mod terms;

use std::sync::Arc;

use chrono::Utc;
use poem::{
    Request, Response, Route, get, handler,
    http::StatusCode,
    web::{Data, Path},
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use self::{
    id::Of,
    list::{Page, known},
};
use super::{
    aside::aside,
    parameters::{Address, DirectoryChoice, Name, Parameters, Refused, Trouble},
    problem::Problem,
    representation::{About, Representation},
    state::{Pinned, State},
};
use crate::{
    calendar::local,
    edition::{ActivityFilter, Edition, PlaceFilter},
};

const JSON: About = About::of("application/json; charset=utf-8");
const LINES: About = About::of("application/x-ndjson; charset=utf-8");

/// The addresses below `/hsds`.
pub(super) fn routes() -> Route {
    Route::new()
        .at("/", get(root))
        .at("/services", get(services))
        .at("/services/:id", get(one_service))
        .at("/service_at_locations", get(at_locations))
        .at("/service_at_locations/:id", get(one_at_location))
        .at("/locations", get(locations))
        .at("/locations/:id", get(one_location))
        .at("/organizations", get(organizations))
        .at("/organizations/:id", get(one_organization))
        .at("/taxonomies", get(taxonomies))
        .at("/taxonomies/:id", get(taxonomy))
        .at("/taxonomy_terms", get(taxonomy_terms))
        .at("/taxonomy_terms/:id", get(taxonomy_term))
}

/// `/hsds/`: which version this is.
#[handler]
async fn root(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    one(request, &state, Address::Hsds, |_, _| {
        Some(json!({
            "version": "3.0",
            "profile": "https://docs.openreferral.org/en/3.0/",
            "openapi_url": "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json",
        }))
    })
    .await
}

/// `/hsds/services`: what is held, but for what is over, by key.
#[handler]
async fn services(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Address::HsdsServices, |edition, choice| {
        let listed = activities(edition, choice);
        let page = Page::of(choice, listed.len())?;
        let write = |index: &u32| match choice.is_minimal {
            true => {
                minimal(Of::Service(&edition.activity(*index).facts.key), edition.activity(*index).facts.updated_at)
            }
            false => service::of(edition, *index, choice.is_full),
        };
        Ok((page, page.items(&listed).iter().map(write).collect()))
    })
    .await
}

/// `/hsds/services/{id}`: one of them, also when it is over.
#[handler]
async fn one_service(request: &Request, id: Path<String>, state: Data<&State>) -> Result<Response, Problem> {
    let id = parsed(&id)?;
    one(request, &state, Address::HsdsItem, move |edition, _| {
        let index = activity_of(edition, |key| Of::Service(key).id() == id)?;
        Some(service::of(edition, index, true))
    })
    .await
}

/// `/hsds/service_at_locations`: the same, each with where it is held.
#[handler]
async fn at_locations(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Address::HsdsAtLocations, |edition, choice| {
        let listed = activities(edition, choice);
        let page = Page::of(choice, listed.len())?;
        let write = |index: &u32| service::at_location(edition, *index, choice.is_full, true);
        Ok((page, page.items(&listed).iter().map(write).collect()))
    })
    .await
}

/// `/hsds/service_at_locations/{id}`.
#[handler]
async fn one_at_location(request: &Request, id: Path<String>, state: Data<&State>) -> Result<Response, Problem> {
    let id = parsed(&id)?;
    one(request, &state, Address::HsdsItem, move |edition, _| {
        let index = activity_of(edition, |key| Of::AtLocation(key).id() == id)?;
        Some(service::at_location(edition, index, true, true))
    })
    .await
}

/// `/hsds/locations`: the places that are not closed, by key; HSDS has them within services only.
#[handler]
async fn locations(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Address::HsdsLocations, |edition, choice| {
        let filter = PlaceFilter { text: choice.search.clone(), ..PlaceFilter::default() };
        let mut selected = edition.select(&filter).certain;
        if let Some((middle, metres)) = choice.reach {
            selected &= edition.reached(middle, Some(metres));
        }
        let is_new =
            |index: &u32| choice.modified_after.is_none_or(|since| edition.place(*index).facts.updated_at >= since);
        let listed: Vec<u32> = selected.iter().filter(is_new).collect();
        let page = Page::of(choice, listed.len())?;
        let write = |index: &u32| match choice.is_minimal {
            true => minimal(Of::Location(&edition.place(*index).facts.key), edition.place(*index).facts.updated_at),
            false => location::of(edition, *index, true),
        };
        Ok((page, page.items(&listed).iter().map(write).collect()))
    })
    .await
}

/// `/hsds/locations/{id}`: one of them, also when it is closed.
#[handler]
async fn one_location(request: &Request, id: Path<String>, state: Data<&State>) -> Result<Response, Problem> {
    let id = parsed(&id)?;
    one(request, &state, Address::HsdsItem, move |edition, _| {
        let index = (0..).zip(edition.places()).find(|(_, entry)| Of::Location(&entry.facts.key).id() == id);
        index.map(|(index, _)| location::of(edition, index, true))
    })
    .await
}

/// `/hsds/organizations`: who holds what is listed, by name.
#[handler]
async fn organizations(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Address::HsdsOrganizations, |edition, choice| {
        let all = activities(edition, &DirectoryChoice { search: None, ..choice.clone() });
        let folded = choice.search.as_deref().map(crate::search::fold);
        let is_meant =
            |name: &str| folded.as_ref().is_none_or(|text| crate::search::fold(name).contains(text.as_str()));
        let found = organization::of(edition, &all);
        let listed: Vec<_> = found.iter().filter(|(name, _)| is_meant(name)).collect();
        let page = Page::of(choice, listed.len())?;
        let write = |(name, own): &(&&str, &Vec<u32>)| match choice.is_full || choice.has_full_services {
            true => with_services(edition, name, own, choice.has_full_services),
            false => organization::named(name),
        };
        Ok((page, page.items(&listed).iter().map(write).collect()))
    })
    .await
}

/// `/hsds/organizations/{id}`.
#[handler]
async fn one_organization(request: &Request, id: Path<String>, state: Data<&State>) -> Result<Response, Problem> {
    let id = parsed(&id)?;
    one(request, &state, Address::HsdsOrganization, move |edition, choice| {
        let all = activities(edition, &DirectoryChoice::default());
        let found = organization::of(edition, &all);
        let (name, own) = found.iter().find(|(name, _)| Of::Organization(name).id() == id)?;
        Some(with_services(edition, name, own, choice.has_full_services))
    })
    .await
}

/// `/hsds/taxonomies`: the vocabularies whose terms stand in attributes.
#[handler]
async fn taxonomies(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    listed(request, &state, Address::HsdsTaxonomies, terms::taxonomies().0).await
}

/// `/hsds/taxonomies/{id}`.
#[handler]
async fn taxonomy(request: &Request, id: Path<String>, state: Data<&State>) -> Result<Response, Problem> {
    among(request, &state, &id, terms::taxonomies().0).await
}

/// `/hsds/taxonomy_terms`.
#[handler]
async fn taxonomy_terms(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    listed(request, &state, Address::HsdsTerms, terms::taxonomies().1).await
}

/// `/hsds/taxonomy_terms/{id}`.
#[handler]
async fn taxonomy_term(request: &Request, id: Path<String>, state: Data<&State>) -> Result<Response, Problem> {
    among(request, &state, &id, terms::taxonomies().1).await
}

/// The activities that are asked for, by key; those that are over today are left out.
fn activities(edition: &Edition, choice: &DirectoryChoice) -> Vec<u32> {
    let filter = ActivityFilter {
        today: Some(local(Utc::now()).date()),
        text: choice.search.clone(),
        ..ActivityFilter::default()
    };
    let reached = choice.reach.map(|(middle, metres)| edition.reached(middle, Some(metres)));
    let is_meant = |index: &u32| {
        let entry = edition.activity(*index);
        let organiser = entry.facts.organiser.as_deref();
        choice.modified_after.is_none_or(|since| entry.facts.updated_at >= since)
            && reached.as_ref().is_none_or(|places| places.contains(entry.place))
            && choice.organization.is_none_or(|id| organiser.is_some_and(|name| Of::Organization(name).id() == id))
            && choice.term.is_none_or(|term| service::has_term(edition, *index, term))
            && choice.taxonomy.is_none_or(|of| service::has_term_of(edition, *index, of))
    };
    edition.select_activities(&filter).certain.iter().filter(is_meant).collect()
}

/// An activity as a service with all that is known of it, for others who write it.
pub(super) fn whole_service(edition: &Edition, index: u32) -> Json {
    known(service::of(edition, index, true))
}

/// An organization with its services, each as itself or in full.
fn with_services(edition: &Edition, name: &str, own: &[u32], is_full: bool) -> Json {
    let mut organization = organization::named(name);
    organization["services"] = own.iter().map(|index| service::of(edition, *index, is_full)).collect();
    organization
}

fn activity_of(edition: &Edition, is_meant: impl Fn(&str) -> bool) -> Option<u32> {
    (0..).zip(edition.activities()).find(|(_, entry)| is_meant(&entry.facts.key)).map(|(index, _)| index)
}

/// What `minimal` gives; HSDS calls the moment by both names.
fn minimal(of: Of<'_>, changed: chrono::DateTime<Utc>) -> Json {
    let moment = changed.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    json!({ "id": of.id(), "modified_date": moment, "last_modified": moment })
}

fn parsed(id: &str) -> Result<Uuid, Problem> {
    id.parse().map_err(|_| not_found(id))
}

fn not_found(id: &str) -> Problem {
    let id = crate::model::excerpt(id);
    Problem::new(StatusCode::NOT_FOUND, format!("nothing here has the id `{id}`; `/hsds/services` lists what there is"))
        .in_dutch(format!("niets heeft hier het id `{id}`; op `/hsds/services` staat wat er is"))
}

/// What is read of an address: the edition, whole or without a layer.
async fn edition_of(parameters: &Parameters, state: &State, pinned: &Pinned) -> Result<Arc<Edition>, Trouble> {
    let Some(layer) = parameters.get(Name::Without) else { return Ok(pinned.edition.clone()) };
    if parameters.edition().is_some() {
        return Err(Refused::without_edition().into());
    }
    Ok(state.without.get(&state.library, &state.lanes.pages, layer).await?.edition.clone())
}

/// How a page of a list is made.
type Write = fn(&Edition, &DirectoryChoice) -> Result<(Page, Vec<Json>), Refused>;

async fn list(request: &Request, state: &State, address: Address, write: Write) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, address)?;
    let pinned = state.pin(request).await?;
    let about = if parameters.get(Name::HsdsFormat) == Some("ndjson") { &LINES } else { &JSON };
    // What is over by today is left out, so that each day has an answer of its own.
    let today = local(Utc::now()).date();
    let key = pinned.key(request.original_uri().path(), &format!("{today}{}", parameters.query_string()));
    let make = async {
        let edition = edition_of(&parameters, state, &pinned).await?;
        let choice = DirectoryChoice::of(&parameters, &edition, &state.limits)?;
        let work = move || {
            let (page, contents) = write(&edition, &choice)?;
            page.write(contents, choice.as_lines)
        };
        Ok(Representation::new(aside(&state.lanes.heavy, work).await??))
    };
    state.answer(request, about, key, make).await
}

/// One thing, or that there is none.
async fn one(
    request: &Request,
    state: &State,
    address: Address,
    find: impl FnOnce(&Edition, &DirectoryChoice) -> Option<Json> + Send + 'static,
) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, address)?;
    let pinned = state.pin(request).await?;
    let path = request.original_uri().path();
    let today = local(Utc::now()).date();
    let key = pinned.key(path, &format!("{today}{}", parameters.query_string()));
    let make = async {
        let edition = edition_of(&parameters, state, &pinned).await?;
        let choice = DirectoryChoice::of(&parameters, &edition, &state.limits)?;
        let work = move || find(&edition, &choice).map(|found| serde_json::to_vec(&known(found)));
        let id = path.rsplit('/').next().unwrap_or_default();
        let found = aside(&state.lanes.heavy, work).await?.ok_or_else(|| not_found(id))?;
        Ok(Representation::new(found.map_err(Problem::internal)?))
    };
    state.answer(request, &JSON, key, make).await
}

/// A page of what is the same in every edition.
async fn listed(request: &Request, state: &State, address: Address, all: Vec<Json>) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, address)?;
    let pinned = state.pin(request).await?;
    let choice = DirectoryChoice::of(&parameters, &pinned.edition, &state.limits)?;
    let about = if choice.as_lines { &LINES } else { &JSON };
    let key = pinned.key(request.original_uri().path(), &parameters.query_string());
    let make = async {
        let listed: Vec<Json> = all.into_iter().filter(|item| terms::is_meant(item, &choice)).collect();
        let page = Page::of(&choice, listed.len())?;
        Ok(Representation::new(page.write(page.items(&listed).to_vec(), choice.as_lines)?))
    };
    state.answer(request, about, key, make).await
}

/// One of what is the same in every edition.
async fn among(request: &Request, state: &State, id: &str, all: Vec<Json>) -> Result<Response, Problem> {
    let id = json!(parsed(id)?);
    one(request, state, Address::Hsds, move |_, _| all.into_iter().find(|item| item["id"] == id)).await
}
