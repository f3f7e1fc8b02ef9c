//! Activities as a calendar (RFC 5545): an event for each rule, so that whoever subscribes has them as they are repeated.
//!
//! An event keeps its UID as long as its rule stays what it is. A rule that says no first day begins on the first day on which it holds, counted from when
//! it was stated.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc};
use icalendar::{Component as _, Event, EventLike as _, Property};
use sha2::{Digest as _, Sha256};

use super::words::details;
use crate::{
    calendar::{Schedule, clock},
    edition::{ActivityEntry, Edition, attribution_of},
    model::{
        ActivitySchedule, Language,
        vocabulary::{LocationPrecision, Term as _},
    },
};

/// The zone, as its law has been since 1996.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Amsterdam\r\n\
    BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nDTSTART:19960331T020000\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nDTSTART:19961027T030000\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

const ZONE_NAME: &str = "Europe/Amsterdam";

/// A calendar of activities.
pub(super) fn write(edition: &Edition, activities: &[u32], _: DateTime<Utc>) -> Vec<u8> {
    let mut text = String::from(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//noaber//activities//NL\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n\
         X-WR-CALNAME:Activiteiten op ontmoetingsplekken\r\nX-WR-TIMEZONE:Europe/Amsterdam\r\n\
         REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n",
    );
    text.push_str(ZONE);
    for index in activities {
        let entry = edition.activity(*index);
        for (told, rule) in &entry.schedule {
            if let Some(event) =
                event(edition, *index, entry, told, rule).and_then(|event| event.try_into_string().ok())
            {
                text.push_str(&event);
            }
        }
    }
    text.push_str("END:VCALENDAR\r\n");
    text.into_bytes()
}

/// One rule; `None`: it holds on no day from its beginning on.
fn event(
    edition: &Edition,
    index: u32,
    entry: &ActivityEntry,
    told: &ActivitySchedule,
    rule: &Schedule,
) -> Option<Event> {
    let facts = &entry.facts;
    let since = told.valid_from.or_else(|| facts.stated.as_ref().and_then(|day| day.as_str().parse().ok()));
    let since = since.unwrap_or_else(|| facts.updated_at.date_naive());
    let first = *rule.days(since, since.checked_add_days(Days::new(3_660))?).first()?;
    let mut event = Event::new();
    event.uid(&uid(&facts.key, told)).summary(&facts.name).timestamp(facts.updated_at).last_modified(facts.updated_at);
    event.append_property(at("DTSTART", first, told.start));
    match (told.start, told.end) {
        (Some(start), Some(end)) => {
            let day = if end > start { first } else { first.succ_opt()? };
            event.append_property(at("DTEND", day, Some(end)));
        }
        (None, _) => {
            event.append_property(at("DTEND", first.succ_opt()?, None));
        }
        (Some(_), None) => {}
    }
    if told.rrule != "FREQ=DAILY;COUNT=1" {
        event.add_property("RRULE", repeated(told, rule));
    }
    for day in &told.except {
        event.append_multi_property(at("EXDATE", *day, told.start));
    }
    let place = &edition.place(entry.place).facts;
    let address =
        place.address.as_ref().map_or_else(|| place.settlement.clone(), |address| address.line(&place.settlement));
    event.location(&format!("{}, {address}", place.name));
    if let Some(location) = place.location.as_ref().filter(|at| at.precision == LocationPrecision::Address) {
        event.add_property("GEO", format!("{:.6};{:.6}", location.lat, location.lon));
    }
    if let Some(website) = &facts.website {
        event.url(website);
    }
    if let Some(label) = facts.activity_type.and_then(|kind| kind.label()) {
        event.add_property("CATEGORIES", &label.label_nl);
    }
    event.description(&description(edition, index, entry, rule));
    Some(event)
}

/// What there is to say beside when and where.
fn description(edition: &Edition, index: u32, entry: &ActivityEntry, rule: &Schedule) -> String {
    let facts = &entry.facts;
    let mut lines = vec![rule.text(crate::calendar::recurrence::Language::Dutch)];
    lines.extend(details(facts, Language::Nl));
    let attribution = attribution_of(edition.layers_of_activities([index]));
    lines.push(format!("Bron: {}. Editie {}", attribution.join("; "), edition.id));
    lines.join("\n")
}

/// The rule with its last moment.
fn repeated(told: &ActivitySchedule, rule: &Schedule) -> String {
    let Some(last) = rule.through().filter(|_| !told.rrule.contains("COUNT=")) else { return told.rrule.clone() };
    let until = match told.start {
        None => last.format("%Y%m%d").to_string(),
        // In UTC, as the standard asks for it beside a start in a zone.
        Some(start) => match moment(last.and_time(start)) {
            Some(moment) => moment.format("%Y%m%dT%H%M%SZ").to_string(),
            None => last.format("%Y%m%d").to_string(),
        },
    };
    format!("{};UNTIL={until}", told.rrule)
}

fn moment(shown: NaiveDateTime) -> Option<DateTime<Utc>> {
    clock::moment_of(shown).or_else(|| clock::moment_of(shown + chrono::Duration::hours(1)))
}

/// A day, or a time of a day on the clock of the Netherlands.
fn at(name: &str, day: NaiveDate, time: Option<NaiveTime>) -> Property {
    match time {
        None => {
            let mut property = Property::new(name, format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()));
            property.add_parameter("VALUE", "DATE").done()
        }
        Some(time) => {
            let mut property = Property::new(name, day.and_time(time).format("%Y%m%dT%H%M%S").to_string());
            property.add_parameter("TZID", ZONE_NAME).done()
        }
    }
}

/// What an event is known by: its activity, and its rule.
fn uid(key: &str, told: &ActivitySchedule) -> String {
    let stated = format!("{} {:?} {:?} {:?}", told.rrule, told.start, told.valid_from, told.end);
    let digest: String = Sha256::digest(stated.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{key}-{digest}@noaber")
}

/// A moment as text.
pub(super) fn written(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
