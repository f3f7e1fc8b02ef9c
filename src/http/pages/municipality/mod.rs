//! `/municipality/{slug}` and `/en/municipality/{slug}`: the places of a municipality, how complete the list is, and what
//! is known of its policy.

pub(in crate::http) mod view;
mod words;

use chrono::{NaiveDate, Utc};
use poem::{
    Request, Response, handler,
    http::StatusCode,
    web::{Data, Path},
};

use self::{
    view::{DocumentRow, GroundRow, MunicipalityView, PlaceRow, ThemeRow, Village, Wijk},
    words::Words,
};
use crate::{
    calendar::{local, next_midnight},
    edition::{ActivityFilter, Direction, Edition, PlaceFilter, PlaceOrderField, Policy, Within},
    http::{
        aside::aside,
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            list,
            missing::{self, Words as Missing},
            page::{self, SCRIPTLESS},
            place::view::SourceRef,
            programme::{Programme, Span},
            words::with,
        },
        parameters::{self, Address, Parameters},
        problem::Problem,
        state::State,
    },
    model::{
        PolicyDocument, PolicyStatus, excerpt,
        vocabulary::{InventoryStatus, NeighbourhoodLevel, PlaceStatus, PolicyTheme, SettlementKind, Term},
    },
};

/// `/municipality/{slug}`
#[handler]
pub(in crate::http) async fn dutch(
    request: &Request,
    state: Data<&State>,
    slug: Path<String>,
) -> Result<Response, Problem> {
    page(request, &state, &slug, Language::Nl).await
}

/// `/en/municipality/{slug}`
#[handler]
pub(in crate::http) async fn english(
    request: &Request,
    state: Data<&State>,
    slug: Path<String>,
) -> Result<Response, Problem> {
    page(request, &state, &slug, Language::En).await
}

async fn page(request: &Request, state: &State, slug: &str, language: Language) -> Result<Response, Problem> {
    let language = match Parameters::read(request, Address::Page) {
        Ok(parameters) => parameters.language().unwrap_or(language),
        Err(reason) => return missing::refused(request, language, reason).await,
    };
    let pinned = state.pin(request).await?;
    let Some(municipality) = parameters::municipality(&pinned.edition, slug) else {
        let count = pinned.edition.municipalities().len().to_string();
        let sentence = with(Missing::of(language).no_municipality, &[("slug", &excerpt(slug)), ("count", &count)]);
        return missing::page(request, language, StatusCode::NOT_FOUND, &sentence).await;
    };
    let origin = origin(request);
    let now = Utc::now();
    let today = local(now).date();
    // What is on this week changes with the day.
    let until = (!pinned.edition.activities().is_empty()).then(|| next_midnight(now));
    let day = until.map(|_| today.to_string()).unwrap_or_default();
    // The same page however its name is written in the address.
    let path = language.municipality_path(&pinned.edition.municipality(municipality).facts.slug);
    let key = pinned.key(&path, &[&*day, origin.as_deref().unwrap_or_default()].join(" "));
    let make = async {
        let edition = pinned.edition.clone();
        let (named, contact) = (pinned.named.clone(), state.contact.as_deref().map(str::to_owned));
        let work = move || {
            let filled = fill(&edition, municipality, named.as_deref(), today, language);
            page::made(view::render(&MunicipalityView { origin, contact, ..filled }))
        };
        Ok(aside(&state.lanes.pages, work).await??)
    };
    state.answer_until(request, &SCRIPTLESS, key, until, make).await
}

/// Times that are shown of a day.
const MOST_A_DAY: usize = 20;

fn fill(
    edition: &Edition,
    municipality: u32,
    named: Option<&str>,
    today: NaiveDate,
    language: Language,
) -> MunicipalityView {
    let entry = edition.municipality(municipality);
    let facts = &entry.facts;
    let t = Words::of(language);
    let number = |number: i32| usize::try_from(number).unwrap_or_default();
    MunicipalityView {
        language,
        edition: edition.id.clone(),
        of_edition: passed_on(named),
        code: facts.code.to_string(),
        slug: facts.slug.clone(),
        name: facts.name.clone(),
        population: facts.population.map(|count| (number(count), facts.population_date.map(|day| language.date(day)))),
        complete: match facts.inventory {
            InventoryStatus::Unknown => None,
            InventoryStatus::Incomplete => Some(false),
            InventoryStatus::Complete => Some(true),
        },
        expected: facts.expected_places.map(number),
        origin: None,
        villages: villages(edition, municipality, language, t),
        wijken: wijken(edition, municipality),
        programme: programme(edition, municipality, today, language),
        themes: PolicyTheme::all().map(|theme| self::theme(edition, &entry.policy, theme, language)).collect(),
        documents: entry
            .policy
            .documents
            .iter()
            .map(|index| {
                let document = edition.document(*index);
                DocumentRow {
                    source: source(edition, document),
                    year: document.year,
                    kind: label(edition, document.kind, language),
                    stance: document.stance.map(|stance| label(edition, stance, language)),
                    summary: document.summary.clone(),
                    described_by: document.described_by.as_ref().map(|id| title(edition, id)),
                }
            })
            .collect(),
        at_municipality: facts
            .contact
            .as_ref()
            .map(|contact| (contact.role.clone(), contact.url.clone(), contact.email.clone())),
        contact: None,
        attributions: edition.attribution().into_iter().map(str::to_owned).collect(),
    }
}

fn label<T: Term>(edition: &Edition, term: T, language: Language) -> String {
    list::label(edition, T::VOCABULARY, term.name(), language)
}

/// Its places by village and name, closed ones last of their village.
fn villages(edition: &Edition, municipality: u32, language: Language, t: &'static Words) -> Vec<Village> {
    let entry = edition.municipality(municipality);
    let mut places = edition.sorted(&entry.places, PlaceOrderField::Name, Direction::Asc);
    let key = |place: &u32| {
        let facts = &edition.place(*place).facts;
        (crate::search::fold(&facts.settlement), facts.status == Some(PlaceStatus::Closed))
    };
    places.sort_by_cached_key(key);
    let row = |place: &u32| {
        let entry = edition.place(*place);
        let facts = &entry.facts;
        PlaceRow {
            slug: facts.key.clone(),
            name: facts.name.clone(),
            kind: facts.kind.map(|kind| label(edition, kind, language)),
            address: facts.address.as_ref().map(|address| address.line(&facts.settlement)),
            wijk: entry.neighbourhood.map(|index| edition.neighbourhood(index).facts.name.clone()),
            is_closed: facts.status == Some(PlaceStatus::Closed),
            status: match facts.status {
                Some(PlaceStatus::Open) => t.is_open,
                Some(PlaceStatus::Planned) => t.is_planned,
                Some(PlaceStatus::Closed) => t.is_closed,
                None => t.is_unknown,
            },
        }
    };
    let is_one =
        |one: &u32, other: &u32| edition.place(*one).facts.settlement == edition.place(*other).facts.settlement;
    let village = |places: &[u32]| {
        let name = &edition.place(*places.first()?).facts.settlement;
        let named = entry.settlements.iter().map(|index| &edition.settlement(*index).facts);
        let mut named = named.filter(|facts| facts.name == *name && facts.kind == SettlementKind::Woonkern);
        Some(Village {
            name: name.clone(),
            slug: named.next().map(|facts| facts.slug.clone()),
            places: places.iter().map(row).collect(),
        })
    };
    places.chunk_by(is_one).filter_map(village).collect()
}

/// Its wijken by name, with the places that are known to be there.
fn wijken(edition: &Edition, municipality: u32) -> Vec<Wijk> {
    let open = edition.select(&PlaceFilter::default()).certain;
    let all = edition.municipality(municipality).neighbourhoods.iter().map(|index| edition.neighbourhood(*index));
    let wijk = |entry: &crate::edition::NeighbourhoodEntry| {
        let places = edition.sorted(&(&entry.places.certain & &open), PlaceOrderField::Name, Direction::Asc);
        let named = |place: u32| {
            let facts = &edition.place(place).facts;
            (facts.name.clone(), facts.key.clone())
        };
        Wijk { name: entry.facts.name.clone(), places: places.into_iter().map(named).collect() }
    };
    let mut wijken: Vec<Wijk> = all.filter(|entry| entry.facts.level == NeighbourhoodLevel::Wijk).map(wijk).collect();
    wijken.sort_by_cached_key(|wijk| crate::search::fold(&wijk.name));
    wijken
}

/// What is on there in the coming seven days.
fn programme(edition: &Edition, municipality: u32, today: NaiveDate, language: Language) -> Programme {
    let there = PlaceFilter { within: Some(Within::Municipalities(vec![municipality])), ..PlaceFilter::default() };
    let filter = ActivityFilter { today: Some(today), places: Some(Box::new(there)), ..ActivityFilter::default() };
    let found = edition.select_activities(&filter).certain;
    Programme::of(edition, &found, Span::week(today), (None, MOST_A_DAY), (today, language))
}

fn theme(edition: &Edition, policy: &Policy, theme: PolicyTheme, language: Language) -> ThemeRow {
    let one = |status: Option<String>| status.into_iter().collect::<Vec<_>>();
    let statuses = match theme {
        PolicyTheme::Vision => one(policy.vision.map(|status| label(edition, status, language))),
        PolicyTheme::Ambition => one(policy.ambition.map(|status| label(edition, status, language))),
        PolicyTheme::ContactMoment => one(policy.contact_moment.map(|status| label(edition, status, language))),
        PolicyTheme::FinancialSupport => {
            policy.financial_support.iter().flatten().map(|kind| label(edition, *kind, language)).collect()
        }
        PolicyTheme::OtherSupport => {
            policy.other_support.iter().flatten().map(|kind| label(edition, *kind, language)).collect()
        }
    };
    let t = Words::of(language);
    let grounds = policy.grounds.iter().filter(|(status, _)| status.status.theme() == theme);
    let ground = |(status, index): &(PolicyStatus, u32)| {
        let who = status.stated_by.as_ref().map_or_else(|| t.compiled.to_owned(), |id| title(edition, id));
        let by = t.assessed.replace("{date}", &language.date(status.assessed)).replace("{who}", &who);
        GroundRow { document: source(edition, edition.document(*index)), ground: status.ground.clone(), by }
    };
    ThemeRow {
        theme: label(edition, theme, language),
        is_open_list: theme.has_several(),
        grounds: grounds.map(ground).collect(),
        statuses,
    }
}

fn title(edition: &Edition, source: &str) -> String {
    edition.source(source).map_or_else(|| source.to_owned(), |source| source.title.clone())
}

/// A document with where it stands.
fn source(edition: &Edition, document: &PolicyDocument) -> SourceRef {
    let url = edition.source(&document.source).and_then(|source| source.url.clone());
    SourceRef { title: document.title.clone(), url, date: None }
}
