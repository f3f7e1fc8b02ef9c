//! `/` and `/en`: what this is, the list of places with its filter, examples, origin.

#[cfg(test)]
mod tests;
pub(in crate::http) mod view;
mod words;

use std::sync::Arc;

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::{Counts, LandingView, LayerLicence, MunicipalityGroup, Options, SourceLine, WorkedExample};
use crate::{
    edition::{Dimension, Direction, Edition, PlaceFilter, PlaceOrderField, Selection},
    examples::{EXAMPLES, Example},
    http::{
        pages::{
            language::Language,
            list::{approached, choices, count, line},
            page::{LANDING_CSP, html},
        },
        problem::Problem,
        query::{PlaceQuery, asked_language, municipality},
        state::{KEPT, State},
    },
};

/// How many of the examples stand on the list page with their answers.
const WORKED: usize = 3;

/// `/`: the list page in Dutch, with `?lang=en` in English.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, asked_language(request)).await
}

/// `/en`: the list page in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, Language::English).await
}

async fn list(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let query = PlaceQuery::of_page(request);
    let named = query.as_ref().ok().and_then(|query| query.filter.edition.as_deref());
    let edition = state.library.edition(named).await?;
    let all = edition.select(&PlaceFilter::default());
    let selected = query.as_ref().map_err(Clone::clone).and_then(|query| query.select(&edition));
    let (selected, refusal) = match selected {
        Ok(selected) => (selected, None),
        Err(problem) => (all.clone(), Some(problem.detail)),
    };
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let mut filter = query.unwrap_or_default().filter;
    // The form has codes; an address may have a name.
    if let Some(found) = filter.municipality.as_deref().and_then(|name| municipality(&edition, name)) {
        filter.municipality = Some(edition.municipality(found).facts.code.to_string());
    }
    for chosen in [&mut filter.kind, &mut filter.facility].into_iter().flatten() {
        *chosen = chosen.to_uppercase().replace('-', "_");
    }
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
        filter,
        refusal,
        options: options(&edition, &all, language),
        undecided: count(selected.possible.len() - selected.certain.len()),
        groups: groups(&edition, &selected, language),
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

fn groups(edition: &Edition, selected: &Selection, language: Language) -> Vec<MunicipalityGroup> {
    let mut groups: Vec<(u32, MunicipalityGroup)> = Vec::new();
    for place in edition.sorted(&selected.certain, PlaceOrderField::Municipality, Direction::Asc) {
        let entry = edition.place(place);
        if groups.last().is_none_or(|(municipality, _)| *municipality != entry.municipality) {
            let facts = &edition.municipality(entry.municipality).facts;
            let group = MunicipalityGroup { slug: facts.slug.clone(), name: facts.name.clone(), places: Vec::new() };
            groups.push((entry.municipality, group));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.places.push(line(edition, entry, language));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn note(source: &crate::model::Source) -> Option<String> {
    let parts: Vec<String> =
        [source.licence.clone(), source.published.as_ref().map(ToString::to_string)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
