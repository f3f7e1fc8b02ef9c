//! `/data` and `/en/data`: for those who work with the data: addresses, examples, licences and sources.

pub(in crate::http) mod view;
mod words;

use std::sync::Arc;

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::{Counts, DataView, LayerLicence, SourceLine, WorkedExample};
use crate::{
    edition::{Dimension, Edition, PlaceFilter},
    examples::{EXAMPLES, Example},
    http::{
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            list::{approached, choices, count},
            missing,
            page::{self, SCRIPTLESS},
        },
        parameters::{Address, Parameters},
        problem::Problem,
        state::{Pinned, State, Unkept},
    },
    model::Source,
};

/// How many of the examples stand on the page with their answers.
const WORKED: usize = 3;

/// `/data`: the page in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Nl).await
}

/// `/en/data`: the page in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let language = match Parameters::read(request, Address::Page) {
        Ok(parameters) => parameters.language().unwrap_or(language),
        Err(reason) => return missing::refused(request, language, reason).await,
    };
    let pinned = state.pin(request).await?;
    let origin = origin(request);
    let key = pinned.key(&language.data_path(), origin.as_deref().unwrap_or_default());
    let make = async {
        let (answers, is_whole) = Box::pin(worked(state, &pinned)).await;
        let of_edition = passed_on(pinned.named.as_deref());
        let view = DataView { origin, of_edition, ..fill(&pinned.edition, &answers, language) };
        let page = page::made(view::render(&view))?;
        // What failed may have failed by chance: it is asked again.
        if is_whole { Ok(page) } else { Err(Unkept::Page(StatusCode::OK, &SCRIPTLESS, page)) }
    };
    state.answer(request, &SCRIPTLESS, key, make).await
}

fn fill(edition: &Edition, answers: &[String], language: Language) -> DataView {
    let all = edition.select(&PlaceFilter::default()).certain;
    let example = |(example, answer): (&Example, &String)| WorkedExample {
        name: example.name.to_owned(),
        title: language.title(example).to_owned(),
        query: example.query().to_owned(),
        answer: answer.clone(),
    };
    let licence = |layer: &crate::model::Layer| LayerLicence {
        layer: layer.title.clone(),
        licence: layer.licence.clone(),
        url: layer.licence_url.clone(),
    };
    let source =
        |source: &Source| SourceLine { title: source.title.clone(), url: source.url.clone(), note: note(source) };
    DataView {
        language,
        edition: edition.id.clone(),
        of_edition: String::new(),
        origin: None,
        published: Some(language.date(edition.published_at.date_naive())),
        counts: Counts {
            places: count(all.len()),
            municipalities: edition.municipalities().len(),
            settlements: edition.settlements().len(),
            approached: approached(edition),
        },
        municipalities: choices(edition, &all, Dimension::Municipality, language),
        kinds: choices(edition, &all, Dimension::Kind, language),
        examples: EXAMPLES.iter().zip(answers).map(example).collect(),
        licences: edition.layers.iter().map(licence).collect(),
        attributions: edition.attribution().into_iter().map(str::to_owned).collect(),
        sources: edition.sources.iter().map(source).collect(),
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

fn note(source: &Source) -> Option<String> {
    let parts: Vec<String> =
        [source.licence.clone(), source.published.as_ref().map(ToString::to_string)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
