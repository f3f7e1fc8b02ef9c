//! `/` and `/en`: what this is, the list of places with its filter, examples, origin.

#[cfg(test)]
mod tests;
pub(in crate::http) mod view;
mod words;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::{
    Counts, LandingView, LayerLicence, MunicipalityGroup, MunicipalityLink, Options, SourceLine, WorkedExample,
};
use crate::{
    edition::{Dimension, Edition, PlaceFilter, Selection},
    examples::{EXAMPLES, Example},
    http::{
        aside::aside,
        asked::Asked,
        pages::{
            language::Language,
            list::{approached, choices, count, line, paging::Paging},
            page::{self, SCRIPTLESS},
        },
        parameters::{Address, Name, Parameters},
        problem::Problem,
        state::{Pinned, State, Unkept},
    },
};

/// How many of the examples stand on the list page with their answers.
const WORKED: usize = 3;

/// `/`: the list page in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Language::Nl).await
}

/// `/en`: the list page in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Language::En).await
}

async fn list(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let (read, rest) = (Parameters::read(request, Address::List), Parameters::rest(request));
    let language = rest.language().unwrap_or(language);
    let key = pinned.key(language.path(), &Parameters::key(&read, request));
    let make = async {
        let (answers, is_whole) = Box::pin(worked(state, &pinned)).await;
        let asked = Asked::of_page(read, rest, Address::List, state, &pinned).await?;
        let work = move || {
            let view = fill(&asked, &answers, language);
            (view.refusal.is_some(), page::made(view::render(&view)))
        };
        let (is_refused, page) = aside(&state.lanes.pages, work).await?;
        match (is_refused, is_whole) {
            (true, _) => Err(Unkept::Page(StatusCode::BAD_REQUEST, &SCRIPTLESS, page?)),
            (false, false) => Err(Unkept::Page(StatusCode::OK, &SCRIPTLESS, page?)),
            (false, true) => Ok(page?),
        }
    };
    state.answer(request, &SCRIPTLESS, key, make).await
}

fn fill(asked: &Asked, answers: &[String], language: Language) -> LandingView {
    let (edition, selected) = (&*asked.edition, &asked.selected);
    let matching = count(selected.certain.len());
    let (paging, no_page) = match Paging::of(&asked.parameters, matching) {
        Ok(paging) => (paging, None),
        Err(refused) => (Paging::first(matching), Some(refused)),
    };
    let all = edition.select(&PlaceFilter::default());
    let example = |(example, answer): (&Example, &String)| WorkedExample {
        name: example.name.to_owned(),
        title: language.title(example).to_owned(),
        query: example.query().to_owned(),
        answer: answer.clone(),
    };
    LandingView {
        language,
        edition: edition.id.clone(),
        published: Some(language.date(edition.published_at.date_naive())),
        counts: Counts {
            places: count(all.certain.len()),
            municipalities: edition.municipalities().len(),
            settlements: edition.settlements().len(),
            approached: approached(edition),
        },
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
        examples: EXAMPLES.iter().zip(answers).map(example).collect(),
        licences: edition
            .layers
            .iter()
            .map(|layer| LayerLicence {
                layer: layer.title.clone(),
                licence: layer.licence.clone(),
                url: layer.licence_url.clone(),
            })
            .collect(),
        attributions: edition.attribution().into_iter().map(str::to_owned).collect(),
        sources: edition
            .sources
            .iter()
            .map(|source| SourceLine { title: source.title.clone(), url: source.url.clone(), note: note(source) })
            .collect(),
    }
}

/// The answers of the first examples, put once for all pages of an edition; and whether all were answered: what failed may have failed
/// by chance.
async fn worked(state: &State, pinned: &Pinned) -> (Arc<Vec<String>>, bool) {
    let make = async {
        let mut answers = Vec::with_capacity(WORKED);
        let mut is_whole = true;
        for example in &EXAMPLES[..WORKED] {
            let work = state.with_data(async_graphql::Request::new(""), &pinned.edition);
            let answer = state.door.ask(work, example.query(), serde_json::Map::new()).await;
            is_whole &= answer.is_ok();
            answers.push(answer.map_or_else(|refused| refused, |data| pretty(&data)));
        }
        if is_whole { Ok(answers) } else { Err(Arc::new(answers)) }
    };
    match state.texts.get_or_make(pinned.key("worked", ""), make).await {
        Ok(answers) => (answers, true),
        Err(answers) => (Arc::clone(&answers), false),
    }
}

/// JSON with line breaks and indents.
fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
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
    let mut places: Vec<u32> = order.into_iter().map(|(place, _)| place).collect();
    let mut first = HashMap::new();
    for (rank, place) in places.iter().enumerate() {
        first.entry(municipality(*place)).or_insert(rank);
    }
    places.sort_by_key(|place| first.get(&municipality(*place)).copied());

    let matching = matching(edition, asked);
    let of_page = places.get(paging.range()).unwrap_or_default();
    let group = |places: &[u32]| {
        let municipality = municipality(*places.first()?);
        let facts = &edition.municipality(municipality).facts;
        Some(MunicipalityGroup {
            slug: facts.slug.clone(),
            name: facts.name.clone(),
            matching: matching.get(&municipality).copied().unwrap_or_default(),
            places: places.iter().map(|place| line(edition, edition.place(*place), language)).collect(),
        })
    };
    of_page.chunk_by(|one, other| municipality(*one) == municipality(*other)).filter_map(group).collect()
}

fn note(source: &crate::model::Source) -> Option<String> {
    let parts: Vec<String> =
        [source.licence.clone(), source.published.as_ref().map(ToString::to_string)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
