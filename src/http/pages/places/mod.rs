//! `/places` and `/en/places`: the list of places with its filter, by municipality and page.

#[cfg(test)]
mod tests;
pub(in crate::http) mod view;
mod words;

use std::collections::{BTreeMap, HashMap};

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::{MunicipalityGroup, MunicipalityLink, Options, PlacesView};
use crate::{
    edition::{Dimension, Edition, PlaceFilter, Selection},
    http::{
        aside::aside,
        asked::Asked,
        origin::origin,
        pages::{
            language::Language,
            list::{PlaceLine, Words as List, choices, count, line, paging::Paging},
            page::{self, SCRIPTLESS},
            words::with,
        },
        parameters::{Address, Name, Parameters},
        problem::Problem,
        state::{State, Unkept},
    },
};

/// `/places`: the list in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Language::Nl).await
}

/// `/en/places`: the list in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Language::En).await
}

/// The list that an address asks for.
pub(in crate::http) async fn list(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let (read, rest) = (Parameters::read(request, Address::List), Parameters::rest(request));
    let language = rest.language().unwrap_or(language);
    let origin = origin(request);
    let asked_for = [origin.as_deref().unwrap_or_default(), &*Parameters::key(&read, request)].join(" ");
    let make = async {
        let asked = Asked::of_page(read, rest, Address::List, state, &pinned).await?;
        let work = move || {
            let view = PlacesView { origin, ..fill(&asked, language) };
            (view.refusal.is_some(), page::made(view::render(&view)))
        };
        match aside(&state.lanes.pages, work).await? {
            (true, page) => Err(Unkept::Page(StatusCode::BAD_REQUEST, &SCRIPTLESS, page?)),
            (false, page) => Ok(page?),
        }
    };
    state.answer(request, &SCRIPTLESS, pinned.key(&language.places_path(), &asked_for), make).await
}

fn fill(asked: &Asked, language: Language) -> PlacesView {
    let (edition, selected) = (&*asked.edition, &asked.selected);
    let matching = count(selected.certain.len());
    let (paging, no_page) = match Paging::of(&asked.parameters, matching) {
        Ok(paging) => (paging, None),
        Err(refused) => (Paging::first(matching), Some(refused)),
    };
    let all = edition.select(&PlaceFilter::default());
    PlacesView {
        language,
        edition: edition.id.clone(),
        total: count(all.certain.len()),
        asked: asked.parameters.clone(),
        is_filtered: asked.places.is_filtered,
        refusal: asked.refusal.clone().or(no_page).map(|refused| refused.sentence(language)),
        options: options(edition, &all, language),
        undecided: count(selected.possible.len() - selected.certain.len()),
        matching,
        index: index(edition, asked),
        groups: groups(edition, asked, paging, language),
        page: paging.told(language),
        other_pages: paging.others(&asked.parameters, language),
        origin: None,
    }
}

fn options(edition: &Edition, all: &Selection, language: Language) -> Options {
    let choices = |dimension| choices(edition, &all.certain, dimension, language);
    Options {
        municipalities: choices(Dimension::Municipality),
        kinds: choices(Dimension::Kind),
        facilities: choices(Dimension::Facility),
    }
}

/// The municipalities of all that match.
fn index(edition: &Edition, asked: &Asked) -> Vec<MunicipalityLink> {
    let link = |(municipality, places)| {
        let facts = &edition.municipality(municipality).facts;
        let mut parameters = asked.parameters.only(|name| name != Name::Page);
        parameters.set(Name::Municipality, facts.code.to_string());
        MunicipalityLink { query: parameters.query_string(), name: facts.name.clone(), places }
    };
    let mut links: Vec<MunicipalityLink> = matching(edition, asked).into_iter().map(link).collect();
    links.sort_by_cached_key(|link| crate::search::fold(&link.name));
    links
}

/// How many places match in each municipality that has any.
fn matching(edition: &Edition, asked: &Asked) -> BTreeMap<u32, usize> {
    let in_municipality = |municipality| {
        let places = edition.municipality(municipality).places.intersection_len(&asked.selected.certain);
        (places > 0).then(|| (municipality, count(places)))
    };
    (0..).zip(edition.municipalities()).filter_map(|(municipality, _)| in_municipality(municipality)).collect()
}

/// The places of a page by municipality and name, or, where a point is given, the nearest of a municipality and the nearest municipality
/// first.
fn groups(edition: &Edition, asked: &Asked, paging: Paging, language: Language) -> Vec<MunicipalityGroup> {
    let municipality = |place: u32| edition.place(place).municipality;
    let order = asked.places.in_order(edition, &asked.selected);
    let distances: HashMap<u32, f64> = order.iter().filter_map(|(place, metres)| Some((*place, (*metres)?))).collect();
    let mut places: Vec<u32> = order.into_iter().map(|(place, _)| place).collect();
    let mut first = HashMap::new();
    for (rank, place) in places.iter().enumerate() {
        first.entry(municipality(*place)).or_insert(rank);
    }
    places.sort_by_key(|place| first.get(&municipality(*place)).copied());

    let matching = matching(edition, asked);
    let of_page = places.get(paging.range()).unwrap_or_default();
    let about = |metres: &f64| with(List::of(language).away, &[("distance", &language.about(*metres))]);
    let told = |place: u32| {
        let line = line(edition, edition.place(place), language);
        PlaceLine { distance: distances.get(&place).map(about), ..line }
    };
    let group = |places: &[u32]| {
        let municipality = municipality(*places.first()?);
        let facts = &edition.municipality(municipality).facts;
        Some(MunicipalityGroup {
            slug: facts.slug.clone(),
            name: facts.name.clone(),
            matching: matching.get(&municipality).copied().unwrap_or_default(),
            places: places.iter().map(|place| told(*place)).collect(),
        })
    };
    of_page.chunk_by(|one, other| municipality(*one) == municipality(*other)).filter_map(group).collect()
}
