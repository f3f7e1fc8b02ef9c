//! `/municipality/{slug}` and `/en/municipality/{slug}`: the places of a municipality, how complete the list is, and what
//! is known of its policy.

pub(in crate::http) mod view;
mod words;

use poem::{
    Request, Response, handler,
    http::StatusCode,
    web::{Data, Path},
};

use self::{
    view::{DocumentRow, GroundRow, MunicipalityView, PlaceRow, ThemeRow},
    words::Words,
};
use crate::{
    edition::{Direction, Edition, PlaceOrderField, Policy},
    http::{
        pages::{
            language::Language,
            links::passed_on,
            list,
            missing::{self, Words as Missing},
            page::{self, SCRIPTLESS},
            place::view::SourceRef,
            words::with,
        },
        parameters::{self, Address, Parameters},
        problem::Problem,
        state::State,
    },
    model::{
        PolicyDocument, PolicyStatus, excerpt,
        vocabulary::{InventoryStatus, PlaceStatus, PolicyTheme, Term},
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
    let make = async {
        let filled = fill(state, &pinned.edition, municipality, pinned.named.as_deref(), language);
        Ok(page::made(view::render(&filled))?)
    };
    // The same page however its name is written in the address.
    let path = language.municipality_path(&pinned.edition.municipality(municipality).facts.slug);
    state.answer(request, &SCRIPTLESS, pinned.key(&path, ""), make).await
}

fn fill(
    state: &State,
    edition: &Edition,
    municipality: u32,
    named: Option<&str>,
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
        places: places(edition, municipality, language, t),
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
        contact: state.contact.as_deref().map(str::to_owned),
        attributions: edition.attribution().into_iter().map(str::to_owned).collect(),
    }
}

fn label<T: Term>(edition: &Edition, term: T, language: Language) -> String {
    list::label(edition, T::VOCABULARY, term.name(), language)
}

/// By village and name, closed ones last.
fn places(edition: &Edition, municipality: u32, language: Language, t: &'static Words) -> Vec<PlaceRow> {
    let members = &edition.municipality(municipality).places;
    let mut places = edition.sorted(members, PlaceOrderField::Name, Direction::Asc);
    let key = |place: &u32| {
        let facts = &edition.place(*place).facts;
        (facts.status == Some(PlaceStatus::Closed), crate::search::fold(&facts.settlement))
    };
    places.sort_by_cached_key(key);
    let row = |place: u32| {
        let facts = &edition.place(place).facts;
        PlaceRow {
            slug: facts.key.clone(),
            name: facts.name.clone(),
            kind: facts.kind.map(|kind| label(edition, kind, language)),
            settlement: facts.settlement.clone(),
            is_closed: facts.status == Some(PlaceStatus::Closed),
            status: match facts.status {
                Some(PlaceStatus::Open) => t.is_open,
                Some(PlaceStatus::Planned) => t.is_planned,
                Some(PlaceStatus::Closed) => t.is_closed,
                None => t.is_unknown,
            },
        }
    };
    places.into_iter().map(row).collect()
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
