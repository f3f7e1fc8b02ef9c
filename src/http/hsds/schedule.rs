//! When something is held, as HSDS has it: rules by the week and the month. What it has no field for stands in `notes`, as iCalendar writes it.

use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::id::Of;
use crate::{calendar::Schedule, calendar::recurrence::Language, model::ActivitySchedule};

/// A rule of what is held at a location.
pub(super) fn of(at: Uuid, told: &ActivitySchedule, rule: &Schedule) -> Json {
    let time = |time: Option<chrono::NaiveTime>| time.map(|time| time.format("%H:%M").to_string());
    let says = format!("{} {:?} {:?}", told.rrule, told.start, told.valid_from);
    let mut schedule = json!({
        "id": Of::Part(at, "schedule", &says).id(),
        "service_at_location_id": at,
        "description": rule.text(Language::Dutch),
        "valid_from": told.valid_from,
        "valid_to": told.valid_through,
        "dtstart": told.valid_from,
        "opens_at": time(told.start),
        "closes_at": time(told.end),
    });
    let mut notes = Vec::new();
    match parts(&told.rrule) {
        Some(parts) => {
            for (name, value) in parts {
                schedule[name] = value;
            }
        }
        None if told.rrule == "FREQ=DAILY;COUNT=1" => {
            schedule["until"] = json!(told.valid_from);
            schedule["count"] = json!(1);
        }
        None => notes.push(format!("RRULE:{}", told.rrule)),
    }
    if !told.except.is_empty() {
        let days: Vec<String> = told.except.iter().map(|day| day.format("%Y%m%d").to_string()).collect();
        notes.push(format!("EXDATE;VALUE=DATE:{}", days.join(",")));
    }
    schedule["notes"] = json!(Some(notes.join("\n")).filter(|notes| !notes.is_empty()));
    schedule
}

/// The fields of a rule by the week or the month that HSDS can say; `None`: it cannot.
fn parts(rrule: &str) -> Option<Vec<(&'static str, Json)>> {
    let part = |part: &str| {
        let (name, value) = part.split_once('=')?;
        Some(match name {
            "FREQ" if matches!(value, "WEEKLY" | "MONTHLY") => ("freq", json!(value)),
            "BYDAY" => ("byday", json!(value)),
            "BYMONTHDAY" => ("bymonthday", json!(value)),
            "INTERVAL" => ("interval", json!(value.parse::<u16>().ok()?)),
            "COUNT" => ("count", json!(value.parse::<u32>().ok()?)),
            _ => return None,
        })
    };
    rrule.split(';').map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hsds_cannot_say_stands_in_the_notes() {
        let written = |rrule: &str, except: &[&str]| {
            let except: Vec<chrono::NaiveDate> = except.iter().map(|day| day.parse().unwrap()).collect();
            let from = Some("2026-12-01".parse().unwrap());
            let rule = Schedule::parse(rrule, None, None, from, None, &except).unwrap();
            let told = ActivitySchedule {
                rrule: rrule.to_owned(),
                start: None,
                end: None,
                valid_from: from,
                valid_through: None,
                except,
            };
            of(Uuid::nil(), &told, &rule)
        };
        let weekly = written("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", &[]);
        assert_eq!([&weekly["freq"], &weekly["byday"]], ["WEEKLY", "TU"]);
        assert_eq!((&weekly["interval"], &weekly["notes"]), (&json!(2), &Json::Null));
        let yearly = written("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", &["2027-12-05", "2028-12-05"]);
        assert_eq!(yearly["notes"], "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5\nEXDATE;VALUE=DATE:20271205,20281205");
        assert!(yearly["description"].as_str().is_some_and(|text| !text.is_empty()) && yearly["freq"].is_null());
        let once = written("FREQ=DAILY;COUNT=1", &[]);
        assert_eq!((&once["until"], &once["count"], &once["freq"]), (&json!("2026-12-01"), &json!(1), &Json::Null));
    }
}
