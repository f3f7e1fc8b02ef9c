//! The moment of a request: what an answer reads of it, and until when that answer holds.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, Enum};
use chrono::{DateTime, NaiveDate, Utc};

use crate::{calendar::clock, edition::Edition};

/// A day of the week (weekdag).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Weekday {
    /// Maandag: Monday.
    Mo,
    /// Dinsdag: Tuesday.
    Tu,
    /// Woensdag: Wednesday.
    We,
    /// Donderdag: Thursday.
    Th,
    /// Vrijdag: Friday.
    Fr,
    /// Zaterdag: Saturday.
    Sa,
    /// Zondag: Sunday.
    Su,
}

impl From<Weekday> for chrono::Weekday {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Mo => Self::Mon,
            Weekday::Tu => Self::Tue,
            Weekday::We => Self::Wed,
            Weekday::Th => Self::Thu,
            Weekday::Fr => Self::Fri,
            Weekday::Sa => Self::Sat,
            Weekday::Su => Self::Sun,
        }
    }
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Mo,
            chrono::Weekday::Tue => Self::Tu,
            chrono::Weekday::Wed => Self::We,
            chrono::Weekday::Thu => Self::Th,
            chrono::Weekday::Fri => Self::Fr,
            chrono::Weekday::Sat => Self::Sa,
            chrono::Weekday::Sun => Self::Su,
        }
    }
}

/// When a request came, the same for all its fields.
#[derive(Debug)]
pub struct Moment {
    now: DateTime<Utc>,
    /// The earliest change of anything that was answered of `now`.
    until: Mutex<Option<DateTime<Utc>>>,
}

impl Moment {
    /// A request that came at that moment.
    pub fn new(now: DateTime<Utc>) -> Arc<Self> {
        Arc::new(Self { now, until: Mutex::new(None) })
    }

    /// The moment for a field that says of what follows from it until when it holds.
    pub fn read<T>(&self, answer: impl FnOnce(DateTime<Utc>) -> (T, Option<DateTime<Utc>>)) -> T {
        let (answer, change) = answer(self.now);
        if let Some(change) = change {
            let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
            *until = Some(until.map_or(change, |until| until.min(change)));
        }
        answer
    }

    /// Until when what was answered holds; `None`: as long as the edition.
    pub fn holds_until(&self) -> Option<DateTime<Utc>> {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The moment of the request.
pub(super) fn moment(ctx: &Context<'_>) -> Arc<Moment> {
    // A schema that is run without has one of its own.
    ctx.data_opt::<Arc<Moment>>().cloned().unwrap_or_else(|| Moment::new(Utc::now()))
}

/// The day of the request in Europe/Amsterdam, for what is over by then: an answer with it holds until the next rule of an activity is.
pub(super) fn today(ctx: &Context<'_>, edition: &Edition) -> NaiveDate {
    moment(ctx).read(|now| (clock::local(now).date(), edition.next_end_of_a_rule(now)))
}

#[cfg(test)]
mod tests {
    use async_graphql::Request;
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::{
        edition::Edition,
        graphql::{hot::data, limits::Limits, schema},
        seed,
    };

    /// What is answered at a moment when the first place has these hours, and until when it holds.
    fn ask(hours: &str, now: &str, query: &str) -> (Json, Option<DateTime<Utc>>) {
        let mut facts = seed::read().unwrap();
        let key = facts.places[0].key.clone();
        facts.places[0].opening_hours = Some(hours.to_owned());
        let edition = Arc::new(Edition::build(facts).unwrap());
        let moment = Moment::new(now.parse().unwrap());
        let query = format!("{{ place(by: {{ slug: \"{key}\" }}) {{ {query} }} }}");
        let request = Request::new(query).data(edition).data(Arc::new(Limits::default())).data(moment.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let response = runtime.block_on(schema().execute(request));
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        let mut data: Json = serde_json::from_slice(&data(&response)).unwrap();
        (data["place"].take(), moment.holds_until())
    }

    #[test]
    fn what_depends_on_the_moment_says_until_when_it_holds() {
        let (hours, now) = ("Mo-Fr 09:00-17:00; PH off", "2026-12-24T12:00:00+01:00");
        let until = Some("2026-12-24T17:00:00+01:00".parse().unwrap());
        assert_eq!(ask(hours, now, "openNow"), (json!({ "openNow": true }), until));
        // Both Christmas days and a weekend are between.
        assert_eq!(ask(hours, now, "nextOpening"), (json!({ "nextOpening": "2026-12-28T08:00:00Z" }), until));
        let fixed = "a: isOpen(at: \"2026-12-25T12:00:00+01:00\") b: isOpen(at: \"2026-12-24T12:00:00+01:00\") \
                     nextOpening(after: \"2026-12-24T12:00:00Z\") openingHours nl: openingHoursText openingHoursText(language: EN)";
        let (answer, until) = ask(hours, now, fixed);
        assert_eq!(until, None);
        assert_eq!(
            answer,
            json!({
                "a": false, "b": true, "nextOpening": "2026-12-28T08:00:00Z", "openingHours": hours,
                "nl": "maandag tot en met vrijdag 9:00 tot 17:00 uur; op feestdagen gesloten",
                "openingHoursText": "Monday to Friday 9:00 to 17:00; on public holidays closed",
            })
        );
        assert_eq!(ask("24/7", now, "openNow nextOpening"), (json!({ "openNow": true, "nextOpening": null }), None));
    }

    /// What is answered at a moment when two activities are held: bridge on Tuesday evenings, and another until the end of the year.
    fn ask_activities(now: &str, query: &str) -> (Json, Option<DateTime<Utc>>) {
        let mut facts = seed::read().unwrap();
        let place = facts.places.iter().find(|place| place.status.is_some()).unwrap().key.clone();
        let source = facts.sources[0].id.clone();
        let activity = |name: &str, rule: Json| {
            serde_json::from_value(json!({
                "key": name, "source": source, "authority": "ORGANISATION", "place": place, "name": name,
                "schedule": [rule], "updated_at": "2026-12-01T00:00:00Z",
            }))
            .unwrap()
        };
        facts.activities = vec![
            activity("bridge", json!({ "rrule": "FREQ=WEEKLY;BYDAY=TU", "start": "19:30:00", "end": "22:00:00" })),
            activity(
                "koor",
                json!({ "rrule": "FREQ=WEEKLY;BYDAY=TH", "start": "20:00:00", "valid_through": "2026-12-31" }),
            ),
        ];
        let edition = Arc::new(Edition::build(facts).unwrap());
        let moment = Moment::new(now.parse().unwrap());
        let request = Request::new(query).data(edition).data(Arc::new(Limits::default())).data(moment.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let response = runtime.block_on(schema().execute(request));
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        (serde_json::from_slice(&data(&response)).unwrap(), moment.holds_until())
    }

    #[test]
    fn a_list_of_activities_holds_until_one_is_over_and_the_next_times_until_the_first() {
        let now = "2026-12-01T12:00:00+01:00";
        let until = |text: &str| Some(text.parse().unwrap());
        let names = "{ activities { nodes { name } } }";
        let both = json!({ "activities": { "nodes": [{ "name": "bridge" }, { "name": "koor" }] } });
        assert_eq!(ask_activities(now, names), (both, until("2027-01-01T00:00:00+01:00")));
        let left = json!({ "activities": { "nodes": [{ "name": "bridge" }] } });
        assert_eq!(ask_activities("2027-01-01T00:00:00+01:00", names), (left, None));
        let next = "{ activities(orderBy: { field: NEXT, direction: ASC }) { totalCount } }";
        assert_eq!(ask_activities(now, next).1, until("2026-12-01T19:30:00+01:00"));
        let times = "{ activity(by: { slug: \"bridge\" }) { name occurrences(first: 1) { start end } } }";
        let told = json!({ "activity": {
            "name": "bridge", "occurrences": [{ "start": "2026-12-01T18:30:00Z", "end": "2026-12-01T21:00:00Z" }],
        } });
        for now in [now, "2026-12-01T21:59:59+01:00"] {
            assert_eq!(ask_activities(now, times), (told.clone(), until("2026-12-01T22:00:00+01:00")), "{now}");
        }
        assert_eq!(ask_activities(now, "{ activity(by: { slug: \"koor\" }) { name } }").1, None);
        let offers = "{ places(filter: { programme: { weekdays: [TH] } }) { totalCount } }";
        assert_eq!(
            ask_activities(now, offers),
            (json!({ "places": { "totalCount": 1 } }), until("2027-01-01T00:00:00+01:00"))
        );
    }
}
