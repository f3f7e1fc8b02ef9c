//! `/settlement/{slug}` and `/en/settlement/{slug}`: a village, town, district or hamlet: the places in it, those nearest to it, and what
//! is on there this week.

pub(in crate::http) mod view;
mod words;

use std::collections::BTreeSet;

use chrono::{NaiveDate, Utc};
use poem::{
    Request, Response, handler,
    http::StatusCode,
    web::{Data, Path},
};

use self::view::{NEAR_M, SettlementView};
use crate::{
    calendar::{local, next_midnight},
    edition::{ActivityFilter, Edition, PlaceFilter},
    http::{
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            list::{self, PlaceLine, Words as List},
            missing::{self, Words as Missing},
            page::{self, SCRIPTLESS},
            programme::{Programme, Span},
            words::{capitalised, with},
        },
        parameters::{Address, Parameters},
        problem::Problem,
        state::State,
    },
    model::excerpt,
};

/// Places outside of it that are shown.
const NEAREST: usize = 8;
/// Places in it that are shown.
const SHOWN: usize = 100;
/// Times that are shown of a day.
const MOST_A_DAY: usize = 30;

/// `/settlement/{slug}`
#[handler]
pub(in crate::http) async fn dutch(
    request: &Request,
    state: Data<&State>,
    slug: Path<String>,
) -> Result<Response, Problem> {
    page(request, &state, &slug, Language::Nl).await
}

/// `/en/settlement/{slug}`
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
    let edition = &pinned.edition;
    let Some(settlement) = edition.settlement_by_slug(slug) else {
        let sentence = with(Missing::of(language).no_settlement, &[("slug", &excerpt(slug))]);
        return missing::page(request, language, StatusCode::NOT_FOUND, &sentence).await;
    };
    let origin = origin(request);
    let now = Utc::now();
    let today = local(now).date();
    let until = (!edition.activities().is_empty()).then(|| next_midnight(now));
    let day = until.map(|_| today.to_string()).unwrap_or_default();
    let path = language.settlement_path(&edition.settlement(settlement).facts.slug);
    let key = pinned.key(&path, &[origin.as_deref().unwrap_or_default(), &*day].join(" "));
    let make = async {
        let view = fill(edition, settlement, today, language);
        let of_edition = passed_on(pinned.named.as_deref());
        Ok(page::made(view::render(&SettlementView { origin, of_edition, ..view }))?)
    };
    state.answer_until(request, &SCRIPTLESS, key, until, make).await
}

fn fill(edition: &Edition, settlement: u32, today: NaiveDate, language: Language) -> SettlementView {
    let entry = edition.settlement(settlement);
    let municipality = &edition.municipality(entry.municipality).facts;
    let open = edition.select(&PlaceFilter::default()).certain;
    // Also those that are known no finer than to something that holds it.
    let inside = &entry.places.possible & &open;
    let about = |metres: f64| with(List::of(language).away, &[("distance", &language.about(metres))]);
    let line = |place: u32| list::line(edition, edition.place(place), language);
    let nearest: Vec<(u32, f64)> = edition
        .nearest(entry.inner_point, None)
        .filter(|(place, _)| open.contains(*place) && !inside.contains(*place))
        .take(NEAREST)
        .collect();
    let near = edition.reached(entry.inner_point, Some(NEAR_M));
    let selected = edition.select_activities(&ActivityFilter { today: Some(today), ..ActivityFilter::default() });
    let is_near = |index: &u32| {
        let place = edition.activity(*index).place;
        near.contains(place) || inside.contains(place)
    };
    let activities: BTreeSet<u32> = selected.certain.iter().filter(is_near).collect();
    SettlementView {
        language,
        origin: None,
        of_edition: String::new(),
        edition: edition.id.clone(),
        slug: entry.facts.slug.clone(),
        name: entry.facts.name.clone(),
        kind: capitalised(&list::settlement_kind(edition, entry.facts.kind, language)),
        municipality: (municipality.name.clone(), municipality.slug.clone()),
        point: (entry.facts.lon, entry.facts.lat),
        places: edition
            .sorted(&inside, crate::edition::PlaceOrderField::Name, crate::edition::Direction::Asc)
            .into_iter()
            .take(SHOWN)
            .map(line)
            .collect(),
        nearest: nearest
            .into_iter()
            .map(|(place, metres)| PlaceLine { distance: Some(about(metres)), ..line(place) })
            .collect(),
        programme: Programme::of(edition, activities, Span::week(today), (None, MOST_A_DAY), (today, language)),
    }
}
