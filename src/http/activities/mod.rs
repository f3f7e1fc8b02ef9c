//! What is held at places, to take along: `/activities.ics` for a calendar, `/activities.csv` for a table.

mod ics;
mod table;
pub(in crate::http) mod words;

use chrono::{DateTime, Utc};
use poem::{Request, Response, handler, web::Data};

use super::{
    aside::aside,
    asked::Asked,
    parameters::{ActivityChoice, Address, Parameters},
    problem::Problem,
    representation::{About, Representation},
    state::{Pinned, State},
};
use crate::{
    calendar::{local, next_midnight},
    edition::{ActivityOrderField, Direction, Edition},
};

/// `/activities.ics`.
const ICS: About = About {
    disposition: Some("attachment; filename=\"activities.ics\""),
    ..About::file("text/calendar; charset=utf-8; component=VEVENT")
};

/// `/activities.csv`.
const CSV: About = About {
    disposition: Some("attachment; filename=\"activities.csv\""),
    ..About::file("text/csv; charset=utf-8; header=present")
};

/// `/activities.ics`: iCalendar (RFC 5545), an event a rule, in Europe/Amsterdam. What is not known when is not in it.
#[handler]
pub(super) async fn activities_ics(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &ICS, |edition, activities, now| Ok(ics::write(edition, activities, now))).await
}

/// `/activities.csv`: UTF-8, comma, one row a rule, by place and name; an empty cell is not known.
#[handler]
pub(super) async fn activities_csv(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, &CSV, |edition, activities, now| {
        table::write(edition, activities, now).map_err(Problem::internal)
    })
    .await
}

/// One activity as a calendar.
///
/// # Errors
/// That it cannot be made, or that the client has asked for too much.
pub(super) async fn calendar_of(
    request: &Request,
    state: &State,
    pinned: &Pinned,
    activity: u32,
) -> Result<Response, Problem> {
    let edition = pinned.edition.clone();
    let now = Utc::now();
    let key = pinned.key(ICS.media_type, &format!("{} {}", local(now).date(), edition.activity(activity).facts.key));
    let make = async { Ok(Representation::new(ics::write(&edition, &[activity], now))) };
    state.answer_until(request, &ICS, key, Some(next_midnight(now)), make).await
}

/// How activities are written.
type Write = fn(&Edition, &[u32], DateTime<Utc>) -> Result<Vec<u8>, Problem>;

async fn answer(request: &Request, state: &State, about: &About, write: Write) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, Address::Activities)?;
    let choice = ActivityChoice::of(&parameters)?;
    let pinned = state.pin(request).await?;
    let now = Utc::now();
    let today = local(now).date();
    // What is over by today is left out, so that each day has an answer of its own.
    let key = pinned.key(about.media_type, &format!("{today}{}", parameters.query_string()));
    let make = async {
        let asked = Asked::of(parameters, Address::Activities, state, &pinned).await?;
        let filter = choice.filter(&asked.places, today);
        let edition = asked.edition;
        let work = move || {
            let selected = edition.select_activities(&filter).certain;
            let (listed, _) = edition.sorted_activities(&selected, ActivityOrderField::Place, Direction::Asc, now);
            write(&edition, &listed, now)
        };
        Ok(Representation::new(aside(&state.lanes.heavy, work).await??))
    };
    state.answer_until(request, about, key, Some(next_midnight(now)), make).await
}
