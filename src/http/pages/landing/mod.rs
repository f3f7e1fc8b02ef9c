//! `/` and `/en`: what this is, the list of places with its filter, examples, origin.

#[cfg(test)]
mod tests;
pub(in crate::http) mod view;
mod words;

use std::sync::Arc;

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::{Counts, LandingView, LayerLicence, MunicipalityGroup, Options, SourceLine, WorkedExample};
use crate::{
    edition::{Dimension, Edition, PlaceFilter, Selection},
    examples::{EXAMPLES, Example},
    http::{
        asked::{Asked, nothing_more},
        pages::{
            language::Language,
            list::{approached, choices, count, line},
            page::{LANDING_CSP, html},
        },
        parameters::Address,
        problem::Problem,
        state::{KEPT, State},
    },
};

/// How many of the examples stand on the list page with their answers.
const WORKED: usize = 3;

/// `/`: the list page in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Language::Dutch).await
}

/// `/en`: the list page in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Language::English).await
}

async fn list(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let asked = Asked::of_page(request, Address::List, state, nothing_more).await?;
    let (edition, language) = (asked.opened.edition.clone(), asked.parameters.language().unwrap_or(language));
    let all = edition.select(&PlaceFilter::default());
    let refusal = asked.refusal.clone().map(|refused| refused.sentence(language));
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let view = LandingView {
        language,
        edition: edition.id.clone(),
        published: Some(language.date(edition.published_at.date_naive())),
        counts: Counts {
            places: count(all.certain.len()),
            municipalities: edition.municipalities().len(),
            settlements: edition.settlements().len(),
            approached: approached(&edition),
        },
        asked: asked.parameters.clone(),
        is_filtered: asked.places.is_filtered,
        refusal,
        options: options(&edition, &all, language),
        undecided: count(asked.selected.possible.len() - asked.selected.certain.len()),
        groups: groups(&edition, &asked, language),
        examples: worked(state, &edition, language).await,
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
    };
    let page = view::render(&view).map_err(Problem::internal)?;
    let mut response = html(request, page, LANDING_CSP);
    if response.status() == StatusCode::OK {
        response.set_status(status);
    }
    Ok(response)
}

async fn worked(state: &State, edition: &Arc<Edition>, language: Language) -> Vec<WorkedExample> {
    let mut known = state.worked.0.lock().await;
    let state_of_edition = edition.state();
    let answers = match known.iter().find(|(of, _)| *of == state_of_edition) {
        Some((_, answers)) => answers.clone(),
        None => {
            let mut answers = Vec::with_capacity(WORKED);
            let mut is_whole = true;
            for example in &EXAMPLES[..WORKED] {
                let work = state.with_data(async_graphql::Request::new(""), edition);
                let answer = state.door.ask(work, example.query(), serde_json::Map::new()).await;
                is_whole &= answer.is_ok();
                answers.push(answer.map_or_else(|refused| refused, |data| pretty(&data)));
            }
            let answers = Arc::new(answers);
            // What failed may have failed by chance: it is asked again.
            if is_whole {
                if known.len() >= KEPT {
                    known.remove(0);
                }
                known.push((state_of_edition, answers.clone()));
            }
            answers
        }
    };
    let example = |(example, answer): (&Example, &String)| WorkedExample {
        name: example.name.to_owned(),
        title: language.title(example).to_owned(),
        query: example.query().to_owned(),
        answer: answer.clone(),
    };
    EXAMPLES.iter().zip(answers.iter()).map(example).collect()
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

/// The places by municipality and name, or, where a point is given, the nearest of a municipality and the nearest municipality first.
fn groups(edition: &Edition, asked: &Asked, language: Language) -> Vec<MunicipalityGroup> {
    let mut groups: Vec<(u32, MunicipalityGroup)> = Vec::new();
    for (place, _) in asked.places.in_order(edition, &asked.selected) {
        let entry = edition.place(place);
        let known = groups.iter().rposition(|(municipality, _)| *municipality == entry.municipality);
        let index = known.unwrap_or_else(|| {
            let facts = &edition.municipality(entry.municipality).facts;
            let group = MunicipalityGroup { slug: facts.slug.clone(), name: facts.name.clone(), places: Vec::new() };
            groups.push((entry.municipality, group));
            groups.len() - 1
        });
        groups[index].1.places.push(line(edition, entry, language));
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn note(source: &crate::model::Source) -> Option<String> {
    let parts: Vec<String> =
        [source.licence.clone(), source.published.as_ref().map(ToString::to_string)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
