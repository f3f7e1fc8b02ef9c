//! The pages for people: fills their views from the edition.

use std::sync::Arc;

use poem::{
    Request, Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::{Data, Path},
};
use roaring::RoaringBitmap;
use tokio::sync::Mutex;

use super::{
    State, document,
    graphql::wants_gzip,
    pages::{
        EXPLORER_CSP, LANDING_CSP, Language, SECURITY_HEADERS, assets,
        explorer::{self, ExplorerView},
        landing::{
            self, Choice, Counts, LandingView, LayerLicence, MunicipalityGroup, Options, PlaceLine, SourceLine, Status,
            Whereabouts, WorkedExample,
        },
        missing,
    },
    problem::Problem,
    query::{PlaceQuery, municipality},
};
use crate::{
    edition::{
        Count, Dimension, DimensionValue, Direction, Edition, Meaning, PlaceEntry, PlaceFilter, PlaceOrderField,
        Selection,
    },
    examples::{EXAMPLES, Example},
    model::{
        Location,
        vocabulary::{FacilityType, LocationPrecision, PlaceKind, PlaceStatus, Term},
    },
};

/// How many of the examples stand on the list page with their answers.
const WORKED: usize = 3;

/// The answers of the examples by edition, the last few: asked once.
#[derive(Default)]
pub(super) struct WorkedAnswers(Mutex<Vec<(String, Arc<Vec<String>>)>>);

/// Editions whose answers are kept.
pub(super) const KEPT: usize = 4;

/// `/`: the list page in Dutch, with `?lang=en` in English.
#[handler]
pub(super) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    list(request, &state, asked_language(request)).await
}

/// `/en`: the list page in English.
#[handler]
pub(super) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
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
        published: Some(date(language, edition.published_at.date_naive())),
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
    let page = landing::render(&view).map_err(Problem::internal)?;
    let mut response = html(request, page, LANDING_CSP);
    if response.status() == StatusCode::OK {
        response.set_status(status);
    }
    Ok(response)
}

/// `/graphiql`: the explorer.
#[handler]
pub(super) fn explore(request: &Request) -> Result<Response, Problem> {
    let language = asked_language(request);
    let examples = EXAMPLES
        .iter()
        .map(|example| explorer::Example {
            name: example.name.to_owned(),
            title: title(example, language).to_owned(),
            about: None,
            query: example.query().to_owned(),
            variables: None,
        })
        .collect();
    let page = explorer::render(&ExplorerView { language, examples }).map_err(Problem::internal)?;
    Ok(html(request, page, EXPLORER_CSP))
}

/// The language that `lang` names; Dutch for anything but `en`.
pub(super) fn asked_language(request: &Request) -> Language {
    let asked: Vec<(String, String)> = request.params().unwrap_or_default();
    let is_english = asked.iter().any(|(name, value)| name == "lang" && value == "en");
    if is_english { Language::English } else { Language::Dutch }
}

/// The edition that an address names.
pub(super) fn named_edition(request: &Request) -> Option<String> {
    let asked: Vec<(String, String)> = request.params().unwrap_or_default();
    asked.into_iter().find(|(name, value)| name == "edition" && !value.is_empty()).map(|(_, value)| value)
}

/// What links of a page carry on of the edition that its address names, which was found.
pub(super) fn passed_on(edition: Option<&str>) -> String {
    edition.map(|id| format!("?edition={id}")).unwrap_or_default()
}

/// `/assets/…`: the files that the pages load.
#[handler]
pub(super) fn asset(request: &Request, Path(path): Path<String>) -> Result<Response, Problem> {
    let found = assets::find(&path)
        .ok_or_else(|| Problem { status: StatusCode::NOT_FOUND, detail: "there is no such file".to_owned() })?;
    let body = found.asset.body(wants_gzip(request.headers()));
    let response = Response::builder()
        .header(header::ETAG, &body.etag)
        .header(header::CACHE_CONTROL, found.cache_control)
        .header(header::VARY, "Accept-Encoding");
    if document::knows(request, &body.etag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let response = response.content_type(found.asset.content_type);
    Ok(match body.encoding {
        Some(encoding) => response.header(header::CONTENT_ENCODING, encoding).body(body.bytes),
        None => response.body(body.bytes),
    })
}

/// The page for what is not there, which has no more than a sentence.
pub(super) fn missing(
    request: &Request,
    language: Language,
    status: StatusCode,
    sentence: &str,
) -> Result<Response, Problem> {
    let path = request.uri().path();
    let in_dutch = path.strip_prefix("/en").unwrap_or(path).to_owned();
    let page = missing::render(language, in_dutch, sentence).map_err(Problem::internal)?;
    let mut response = html(request, page, LANDING_CSP);
    response.set_status(status);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::ETAG);
    Ok(response)
}

/// A page with its content security policy.
pub(super) fn html(request: &Request, page: String, policy: &'static str) -> Response {
    let mut response = document::answer(request, "text/html; charset=utf-8", page.into_bytes());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    for (name, value) in SECURITY_HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
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
        title: title(example, language).to_owned(),
        query: example.query().to_owned(),
        answer: answer.clone(),
    };
    EXAMPLES.iter().zip(answers.iter()).map(example).collect()
}

/// JSON with line breaks and indents.
fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn title(example: &Example, language: Language) -> &'static str {
    match language {
        Language::Dutch => example.title_nl(),
        Language::English => example.title_en(),
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

/// The values of a dimension that places have, by label.
pub(super) fn choices(
    edition: &Edition,
    places: &RoaringBitmap,
    dimension: Dimension,
    language: Language,
) -> Vec<Choice> {
    let counted = edition.count_by(places, dimension).into_iter();
    let choice = |counted: Count| Choice {
        label: meaning(edition, counted.value, language),
        places: count(counted.count),
        value: edition.value_text(counted.value).into_owned(),
    };
    let mut choices: Vec<Choice> = counted.map(choice).collect();
    choices.sort_by_cached_key(|choice| crate::search::fold(&choice.label));
    choices
}

fn meaning(edition: &Edition, value: DimensionValue, language: Language) -> String {
    match edition.value_meaning(value) {
        Meaning::Name(name) => name.to_owned(),
        Meaning::Term { vocabulary, term } => label(edition, vocabulary, term, language),
    }
}

/// The label of a term in a language.
pub(super) fn label(edition: &Edition, vocabulary: &str, value: &str, language: Language) -> String {
    let label = edition.label(vocabulary, value);
    label.map_or_else(
        || value.to_owned(),
        |label| match language {
            Language::Dutch => label.label_nl.clone(),
            Language::English => label.label_en.clone(),
        },
    )
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

/// A place as the lists show it.
pub(super) fn line(edition: &Edition, entry: &PlaceEntry, language: Language) -> PlaceLine {
    let facts = &entry.facts;
    let facilities = |terms: &[FacilityType]| -> Vec<String> {
        terms.iter().map(|term| label(edition, FacilityType::VOCABULARY, term.name(), language)).collect()
    };
    PlaceLine {
        slug: facts.key.clone(),
        name: facts.name.clone(),
        alternative_names: facts.alternative_names.clone(),
        kind: facts.kind.map(|kind| label(edition, PlaceKind::VOCABULARY, kind.name(), language)),
        kind_from_name: facts.kind_basis == Some(crate::model::vocabulary::KindBasis::FromName),
        status: facts.status.map(|status| match status {
            PlaceStatus::Open => Status::Open,
            PlaceStatus::Planned => Status::Planned,
            PlaceStatus::Closed => Status::Closed,
        }),
        last_confirmed: facts.last_confirmed.as_ref().map(|date| partial_date(language, date.as_str())),
        address: facts.address.as_ref().map(|address| address.line(&facts.settlement)),
        settlement: facts.settlement.clone(),
        location: facts.location.as_ref().map_or(Whereabouts::Unknown, whereabouts),
        facilities: facilities(&facts.facilities),
        absent_facilities: facilities(&facts.absent_facilities),
        wheelchair_accessible: facts.wheelchair_accessible,
        website: facts.website.clone(),
    }
}

fn whereabouts(location: &Location) -> Whereabouts {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a radius is a few kilometres")]
    let radius = Some(location.uncertainty_radius_m.max(0.0).round() as u32);
    match location.precision {
        LocationPrecision::Address => Whereabouts::Address,
        LocationPrecision::Street => Whereabouts::Street(radius),
        LocationPrecision::Postcode => Whereabouts::Postcode(radius),
        LocationPrecision::Neighbourhood => Whereabouts::Neighbourhood(radius),
        LocationPrecision::Settlement => Whereabouts::Settlement(radius),
    }
}

/// How many places the report approached.
pub(super) fn approached(edition: &Edition) -> usize {
    let base = edition.survey.bases.iter().find(|base| base.key == "places_approached");
    base.and_then(|base| usize::try_from(base.size).ok()).unwrap_or_default()
}

fn note(source: &crate::model::Source) -> Option<String> {
    let parts: Vec<String> =
        [source.licence.clone(), source.published.as_ref().map(ToString::to_string)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

const MONTHS: [[&str; 2]; 12] = [
    ["januari", "January"],
    ["februari", "February"],
    ["maart", "March"],
    ["april", "April"],
    ["mei", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["augustus", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["december", "December"],
];

/// A day as a reader of a language has it.
pub(super) fn date(language: Language, day: chrono::NaiveDate) -> String {
    partial_date(language, &day.to_string())
}

/// `2024`, `maart 2024` or `15 maart 2024`.
pub(super) fn partial_date(language: Language, iso: &str) -> String {
    let mut parts = iso.split('-');
    let year = parts.next().unwrap_or(iso);
    let month = parts.next().and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month - 1));
    let name = month.map(|names| names[usize::from(language == Language::English)]);
    let day = parts.next().and_then(|day| day.parse::<u8>().ok());
    match (name, day) {
        (Some(name), Some(day)) => format!("{day} {name} {year}"),
        (Some(name), None) => format!("{name} {year}"),
        _ => year.to_owned(),
    }
}

/// A number of things in memory.
pub(super) fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_as_precisely_as_it_is_known() {
        assert_eq!(partial_date(Language::Dutch, "2024"), "2024");
        assert_eq!(partial_date(Language::English, "2024-03"), "March 2024");
        assert_eq!(partial_date(Language::Dutch, "2024-03-05"), "5 maart 2024");
    }
}
