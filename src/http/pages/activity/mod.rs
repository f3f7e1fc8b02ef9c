//! `/activity/{slug}` and `/en/activity/{slug}`: something that is held at a place: when, for whom, and where to ask; `/activity/{slug}.ics`
//! is it for a calendar.

pub(in crate::http) mod view;
mod words;

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, Utc};
use poem::{
    Request, Response, handler,
    http::StatusCode,
    web::{Data, Path},
};
use serde_json::json;

use self::view::ActivityView;
use crate::{
    calendar::{local, next_midnight, recurrence},
    edition::{Edition, attribution_of},
    http::{
        activities::{self, words::details},
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            missing::{self, Words as Missing},
            page::{self, SCRIPTLESS},
            place::{reach, source_of},
            programme::{Programme, Span},
            words::{capitalised, with},
        },
        parameters::{Address, Parameters},
        problem::Problem,
        state::State,
    },
    model::{excerpt, vocabulary::PlaceStatus},
};

/// For how many days the next times are told.
const AHEAD: u64 = 60;
/// How many of them.
const TIMES: usize = 8;

/// `/activity/{slug}`
#[handler]
pub(in crate::http) async fn dutch(
    request: &Request,
    state: Data<&State>,
    slug: Path<String>,
) -> Result<Response, Problem> {
    page(request, &state, &slug, Language::Nl).await
}

/// `/en/activity/{slug}`
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
    let (key, is_calendar) = slug.strip_suffix(".ics").map_or((slug, false), |key| (key, true));
    let Some(activity) = edition.activity_by_key(key) else {
        let sentence = with(Missing::of(language).no_activity, &[("slug", &excerpt(key))]);
        return missing::page(request, language, StatusCode::NOT_FOUND, &sentence).await;
    };
    if is_calendar {
        return activities::calendar_of(request, state, &pinned, activity).await;
    }
    let origin = origin(request);
    let now = Utc::now();
    let today = local(now).date();
    let asked = [&*today.to_string(), origin.as_deref().unwrap_or_default()].join(" ");
    let made_of = pinned.key(&language.activity_path(key), &asked);
    let make = async {
        let of_edition = passed_on(pinned.named.as_deref());
        let view = ActivityView { origin, of_edition, ..fill(edition, activity, today, language) };
        Ok(page::made(view::render(&view))?)
    };
    state.answer_until(request, &SCRIPTLESS, made_of, Some(next_midnight(now)), make).await
}

fn fill(edition: &Edition, activity: u32, today: NaiveDate, language: Language) -> ActivityView {
    let entry = edition.activity(activity);
    let place = edition.place(entry.place);
    let municipality = &edition.municipality(place.municipality).facts;
    let said_in = match language {
        Language::Nl => recurrence::Language::Dutch,
        Language::En => recurrence::Language::English,
    };
    let span = Span { from: today, until: today.checked_add_days(Days::new(AHEAD)).unwrap_or(today) };
    let programme = Programme::of(edition, [activity], span, (None, TIMES), (today, language));
    let times = programme.days.into_iter().flat_map(|day| {
        day.items.into_iter().map(move |item| match item.time {
            Some(time) => format!("{}, {time}", capitalised(&day.title)),
            None => capitalised(&day.title),
        })
    });
    ActivityView {
        language,
        origin: None,
        of_edition: String::new(),
        edition: edition.id.clone(),
        slug: entry.facts.key.clone(),
        name: entry.facts.name.clone(),
        place: place.facts.name.clone(),
        place_slug: place.facts.key.clone(),
        address: place
            .facts
            .address
            .as_ref()
            .map_or_else(|| place.facts.settlement.clone(), |address| address.line(&place.facts.settlement)),
        settlement: place.facts.settlement.clone(),
        municipality: (municipality.name.clone(), municipality.slug.clone()),
        is_over: entry.is_over(today),
        is_planned: entry.facts.status == Some(PlaceStatus::Planned),
        when: entry.schedule.iter().map(|(_, rule)| capitalised(&rule.text(said_in))).collect(),
        times: times.take(TIMES).collect(),
        details: details(&entry.facts, language),
        website: entry.facts.website.clone(),
        contact: entry.facts.contact.as_ref().or(place.facts.contact.as_ref()).map(reach),
        sources: entry
            .sources
            .iter()
            .filter_map(|id| edition.source(id))
            .map(|source| source_of(source, language))
            .collect(),
        attributions: attribution_of(edition.layers_of_activities([activity])).into_iter().map(str::to_owned).collect(),
        point: place.facts.location.as_ref().map(|at| (at.lon, at.lat)),
        json_ld: json_ld(edition, activity, today).to_string(),
    }
}

/// The activity in the words of schema.org: an Event at its next time, which has to have one.
fn json_ld(edition: &Edition, activity: u32, today: NaiveDate) -> serde_json::Value {
    let entry = edition.activity(activity);
    let place = &edition.place(entry.place).facts;
    let written = |moment: DateTime<Utc>| moment.to_rfc3339_opts(SecondsFormat::Secs, true);
    let from = crate::calendar::clock::moment_of(today.and_time(chrono::NaiveTime::MIN));
    let next = from.and_then(|from| {
        let until = from + chrono::Duration::days(recurrence::HORIZON_DAYS);
        entry.occurrences(from, until, 1).into_iter().next()
    });
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "identifier": entry.facts.key,
        "name": entry.facts.name,
        "location": {
            "@type": "Place",
            "name": place.name,
            "identifier": place.key,
            "address": { "@type": "PostalAddress", "addressLocality": place.settlement, "addressCountry": "NL" },
        },
    });
    if let Some(next) = next {
        data["startDate"] = json!(written(next.start));
        if let Some(end) = next.end {
            data["endDate"] = json!(written(end));
        }
    }
    if let Some(free) = entry.facts.free {
        data["isAccessibleForFree"] = json!(free);
    }
    if let Some(website) = &entry.facts.website {
        data["url"] = json!(website);
    }
    if let Some(organiser) = &entry.facts.organiser {
        data["organizer"] = json!({ "@type": "Organization", "name": organiser });
    }
    data
}
