//! `/agenda` and `/en/agenda`: what is on, a week at a time, with what can be asked of it.

pub(in crate::http) mod view;
mod words;

use chrono::{Days, NaiveDate, Utc, Weekday};
use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::{AgendaView, Field};
use crate::{
    calendar::{local, next_midnight},
    edition::{ActivityDimension, Edition},
    http::{
        aside::aside,
        asked::Asked,
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            list::{self, Choice, count},
            page::{self, SCRIPTLESS},
            programme::{A_WEEK, Programme, Span},
        },
        parameters::{ActivityChoice, Address, Name, Parameters, Refused, WEEKDAYS},
        problem::Problem,
        state::{State, Unkept},
    },
};

/// Times that are shown of a day.
const MOST_A_DAY: usize = 60;

/// `/agenda`
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Nl).await
}

/// `/en/agenda`
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let read = Parameters::read(request, Address::Agenda).and_then(|parameters| {
        // What is asked wrongly of activities is refused with the rest.
        ActivityChoice::of(&parameters)?;
        Ok(parameters)
    });
    let rest = Parameters::rest(request);
    let language = rest.language().unwrap_or(language);
    let origin = origin(request);
    let now = Utc::now();
    let today = local(now).date();
    // What is today changes with the day.
    let asked_for =
        [&*today.to_string(), origin.as_deref().unwrap_or_default(), &*Parameters::key(&read, request)].join(" ");
    let of_edition = passed_on(pinned.named.as_deref());
    let make = async {
        let asked = Asked::of_page(read, rest, Address::Agenda, state, &pinned).await?;
        let choice = ActivityChoice::of(&asked.parameters)?;
        let work = move || {
            let view = AgendaView { origin, of_edition, ..fill(&asked, choice, today, language) };
            (view.refusal.is_some(), page::made(view::render(&view)))
        };
        match aside(&state.lanes.pages, work).await? {
            (true, page) => Err(Unkept::Page(StatusCode::BAD_REQUEST, &SCRIPTLESS, page?)),
            (false, page) => Ok(page?),
        }
    };
    let key = pinned.key(&language.agenda_path(), &asked_for);
    state.answer_until(request, &SCRIPTLESS, key, Some(next_midnight(now)), make).await
}

fn fill(asked: &Asked, choice: ActivityChoice, today: NaiveDate, language: Language) -> AgendaView {
    let (edition, parameters) = (&*asked.edition, &asked.parameters);
    let span = match (choice.on, choice.week) {
        (Some(day), _) => Span::day(day),
        (None, week) => Span::week(week.unwrap_or(today)),
    };
    let weekdays: Option<Vec<Weekday>> = choice.weekdays.clone();
    let filter = choice.filter(&asked.places, today);
    let selected = edition.select_activities(&filter);
    let programme =
        Programme::of(edition, &selected.certain, span, (weekdays.as_deref(), MOST_A_DAY), (today, language));
    let week = |from: Option<NaiveDate>| {
        let mut parameters = parameters.only(|name| !matches!(name, Name::Week | Name::On));
        let from = from?;
        if from != today {
            parameters.set(Name::Week, from.to_string());
        }
        Some(format!("{}{}", language.agenda_path(), parameters.query_string()))
    };
    let calendar = |path: &str| format!("{path}{}", parameters.taken_by(Address::Activities).query_string());
    AgendaView {
        language,
        origin: None,
        of_edition: String::new(),
        edition: edition.id.clone(),
        asked: parameters.clone(),
        refusal: asked.refusal.clone().map(|refused: Refused| refused.sentence(language)),
        fields: fields(edition, today, language),
        at: heading_of(asked),
        span: span.text(language),
        has_any: !edition.activities().is_empty(),
        undecided: count(selected.possible.len() - selected.certain.len()),
        programme,
        previous: week(span.from.checked_sub_days(Days::new(A_WEEK)).filter(|_| span.from > today)),
        next: week(span.from.checked_add_days(Days::new(A_WEEK))),
        ics: calendar("/activities.ics"),
        csv: calendar("/activities.csv"),
    }
}

/// Of which area the agenda is, by name; none: of all, or of one without a name.
fn heading_of(asked: &Asked) -> Option<String> {
    let edition = &asked.edition;
    if let Some(index) = asked.places.settlement {
        return Some(edition.settlement(index).facts.name.clone());
    }
    match &*asked.places.municipalities {
        [one] => Some(edition.municipality(*one).facts.name.clone()),
        _ => None,
    }
}

/// What can be chosen, with how many activities have it.
fn fields(edition: &Edition, today: NaiveDate, language: Language) -> Vec<Field> {
    let all = edition.select_activities(&crate::edition::ActivityFilter { today: Some(today), ..Default::default() });
    let choices = |dimension| {
        let counted = edition.count_activities_by(&all.certain, dimension, Some(today)).into_iter();
        let choice = |counted: crate::edition::Count| Choice {
            label: list::meaning(edition, counted.value, language),
            places: count(counted.count),
            value: edition.value_text(counted.value).into_owned(),
        };
        let mut choices: Vec<Choice> = counted.map(choice).collect();
        choices.sort_by_cached_key(|choice| crate::search::fold(&choice.label));
        choices
    };
    let weekday = |(value, day): &(&str, Weekday)| Choice {
        value: (*value).to_owned(),
        label: language.weekday(*day).to_owned(),
        places: 0,
    };
    vec![
        Field { name: Name::Municipality, choices: choices(ActivityDimension::Municipality) },
        Field { name: Name::Weekday, choices: WEEKDAYS.iter().map(weekday).collect() },
        Field { name: Name::Audience, choices: choices(ActivityDimension::Audience) },
        Field { name: Name::Activity, choices: choices(ActivityDimension::Type) },
    ]
}
