//! A calendar that somebody has already (iCalendar, RFC 5545): events of one name are one activity.
//!
//! Of an event are read its name, days, times and page. Not read are who organises it, who comes and what is told about it: those are about persons.
//! Private events are left out. What is on another clock is put on ours, as long as it is not repeated there.

use std::{collections::BTreeMap, str::FromStr, sync::Arc};

use chrono::{DateTime, Days as CalendarDays, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::{Europe::Amsterdam as AMSTERDAM, Tz};
use icalendar::parser::{Component, Property, read_components, unfold};

use super::{
    draft::{self, Draft, PlaceSaid, Times, finding},
    when::Days,
};
use crate::{
    claims::At,
    findings::{Report, Rule, personal_data},
    ingest::tabular::{cell, stated::Stated},
    model::ActivitySchedule,
};

/// The most events of a file.
const MOST_EVENTS: usize = 50_000;

/// The most days that are listed one by one of an activity; later ones count.
const MOST_DATES: usize = 366;

/// The longest event, bytes.
const LONGEST_EVENT: usize = 64 << 10;

/// Zones in which the clock is that of Europe/Amsterdam, Windows's names among them.
const SAME_CLOCK: [&str; 9] = [
    "W. Europe Standard Time",
    "Romance Standard Time",
    "Central European Standard Time",
    "Central Europe Standard Time",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Paris",
    "Europe/Luxembourg",
    "CET",
];

/// What a calendar has, with how many records it had and how many were refused.
pub(super) struct Read {
    pub(super) drafts: Vec<Draft>,
    pub(super) records: usize,
    pub(super) refused: usize,
}

/// Whether the bytes of a file, without mark and white space before, are a calendar.
pub(super) fn is_calendar(bytes: &[u8]) -> bool {
    bytes.get(..15).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCALENDAR"))
}

/// Reads a calendar of the place of that key; events that cannot be read are told and left out.
pub(super) fn read(text: &str, file: &Arc<str>, place: &str, report: &mut Report) -> Read {
    let mut series: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    let mut changed: Vec<Event> = Vec::new();
    let (mut records, mut refused) = (0, 0);
    for (line, block) in events(text) {
        records += 1;
        let at = At { file: file.clone(), sheet: None, row: line };
        if records > MOST_EVENTS {
            report.add(finding(&at, Rule::TooManyEvents, &MOST_EVENTS.to_string(), Vec::new()));
            refused += 1;
            break;
        }
        match Event::read(&block, at.clone()) {
            Ok(event) if event.replaces.is_some() => changed.push(event),
            Ok(event) if event.is_cancelled => {}
            Ok(event) => series.entry(event.uid.clone()).or_default().push(event),
            Err((rule, value)) => {
                let is_left_aside = rule == Rule::PrivateEvent;
                report.add(finding(&at, rule, &value, Vec::new()));
                refused += usize::from(!is_left_aside);
            }
        }
    }
    // An event that takes the place of one of a series: that day is left out there, and it stands by itself.
    for event in changed {
        if let Some(day) = event.replaces {
            for one in series.get_mut(&event.uid).into_iter().flatten() {
                one.except.push(day);
            }
        }
        if !event.is_cancelled {
            let key = format!("{} {:?}", event.uid, event.replaces);
            series.entry(key).or_default().push(event);
        }
    }
    let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
    let mut all: Vec<Event> = series.into_values().flatten().collect();
    all.sort_by_key(|event| (event.at.row, event.day));
    for event in all {
        let schedules = match event.schedules() {
            Ok(schedules) => schedules,
            Err(rule) => {
                report.add(finding(&event.at, rule, &event.name, Vec::new()));
                refused += 1;
                continue;
            }
        };
        let draft = drafts.entry(crate::search::fold(&event.name)).or_insert_with(|| {
            let place = PlaceSaid { key: Some(place.to_owned()), ..PlaceSaid::default() };
            let mut activity = draft::named(event.name.clone());
            activity.activity_type = draft::type_of(&event.name);
            Draft { at: event.at.clone(), place, activity, stated: Stated::Unsaid }
        });
        draft.activity.website = draft.activity.website.take().or(event.url);
        for schedule in schedules {
            if !draft.activity.schedule.contains(&schedule) {
                draft.activity.schedule.push(schedule);
            }
        }
    }
    for draft in drafts.values_mut() {
        let schedule = &mut draft.activity.schedule;
        if schedule.len() > MOST_DATES {
            let finding = finding(
                &draft.at,
                Rule::TooManyDates,
                &draft.activity.name,
                vec![schedule.len().to_string(), MOST_DATES.to_string()],
            );
            report.add(finding);
            schedule.sort_by_key(|one| one.valid_from);
            schedule.drain(..schedule.len() - MOST_DATES);
        }
    }
    Read { drafts: drafts.into_values().collect(), records, refused }
}

/// The events of a calendar, each with the number of its first line; what stands in them is not looked at.
fn events(text: &str) -> impl Iterator<Item = (u32, String)> {
    let mut lines = (1u32..).zip(text.lines());
    std::iter::from_fn(move || {
        let is = |line: &str, mark: &str| line.trim_end().eq_ignore_ascii_case(mark);
        let (number, _) = lines.find(|(_, line)| is(line, "BEGIN:VEVENT"))?;
        let mut block = String::from("BEGIN:VEVENT\r\n");
        // Reminders within an event are about whoever keeps the calendar.
        let mut within: u32 = 0;
        for (_, line) in lines.by_ref() {
            if is(line, "END:VEVENT") {
                break;
            }
            let begins = line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:"));
            let ends = line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("END:"));
            within += u32::from(begins);
            if within == 0 && block.len() <= LONGEST_EVENT {
                block.push_str(line);
                block.push_str("\r\n");
            }
            within = within.saturating_sub(u32::from(ends));
        }
        block.push_str("END:VEVENT\r\n");
        Some((number, block))
    })
}

/// What is read of an event.
struct Event {
    at: At,
    uid: String,
    name: String,
    url: Option<String>,
    day: NaiveDate,
    times: Times,
    /// The days after the first that an event of whole days takes.
    more_days: u64,
    rrule: Option<String>,
    except: Vec<NaiveDate>,
    more: Vec<(NaiveDate, Option<NaiveTime>)>,
    /// The day of its series that it takes the place of.
    replaces: Option<NaiveDate>,
    is_cancelled: bool,
}

/// Why an event is left out, with what is shown of it.
type Refusal = (Rule, String);

impl Event {
    fn read(block: &str, at: At) -> Result<Self, Refusal> {
        let unreadable = || (Rule::EventShape, String::new());
        if block.len() > LONGEST_EVENT {
            return Err(unreadable());
        }
        let unfolded = unfold(block);
        let components = read_components(&unfolded).map_err(|_| unreadable())?;
        let event = components.first().ok_or_else(unreadable)?;
        if text(event, "CLASS").is_some_and(|class| !class.eq_ignore_ascii_case("PUBLIC")) {
            return Err((Rule::PrivateEvent, String::new()));
        }
        let name = text(event, "SUMMARY").map(|text| cell::normalised(&text)).filter(|text| !text.is_empty());
        let name = name.ok_or((Rule::ActivityWithoutName, String::new()))?;
        let (name, _) = cell::clean(&name).map_err(|(rule, _)| (rule, name.clone()))?;
        if name.chars().count() > 200 {
            return Err((Rule::EventShape, name.chars().take(60).collect()));
        }
        if personal_data::names_person(&name) || personal_data::is_personal(&name) {
            return Err((Rule::PersonNamed, name));
        }
        let said =
            |property: &'static str| event.properties.iter().filter(move |known| known.name.as_str() == property);
        let is_repeated = said("RRULE").next().is_some();
        let start = said("DTSTART").next().ok_or_else(|| (Rule::EventShape, name.clone()))?;
        let refused = |rule: Rule| move |value: String| (rule, value);
        let (day, start_time) = moment(start, is_repeated).map_err(|fault| fault.refusal(&name))?;
        let end = said("DTEND")
            .next()
            .map(|end| moment(end, is_repeated))
            .transpose()
            .map_err(|fault| fault.refusal(&name))?;
        let end = end.or_else(|| text(event, "DURATION").and_then(|text| after(day, start_time, &text)));
        if said("RRULE").nth(1).is_some() {
            return Err(refused(Rule::RecurrenceShape)(name));
        }
        let (more_days, end_time) = match (start_time, end) {
            // Whole days end before the day that is named.
            (None, Some((last, None))) => (u64::try_from((last - day).num_days() - 1).unwrap_or(0).min(366), None),
            (Some(start), Some((last, Some(end)))) => {
                let is_on_next = last == day || (last == day + CalendarDays::new(1) && end <= start);
                (0, Some(end).filter(|_| is_on_next))
            }
            _ => (0, None),
        };
        let days = |property: &'static str| -> Result<Vec<(NaiveDate, Option<NaiveTime>)>, Refusal> {
            let values = said(property).flat_map(|known| {
                known.val.as_str().split(',').map(|part| moment_of(part, known, is_repeated)).collect::<Vec<_>>()
            });
            values.collect::<Result<Vec<_>, Fault>>().map_err(|fault| fault.refusal(&name))
        };
        let except = days("EXDATE")?.into_iter().map(|(day, _)| day).collect();
        let more = days("RDATE")?;
        let replaces = said("RECURRENCE-ID").next().map(|known| moment(known, false)).transpose();
        let replaces = replaces.map_err(|fault| fault.refusal(&name))?.map(|(day, _)| day);
        let url = text(event, "URL").and_then(|text| cell::page(&text).ok()).map(|(url, _)| url);
        Ok(Self {
            uid: text(event, "UID").unwrap_or_else(|| format!("line {}", at.row)),
            url,
            day,
            times: Times { start: start_time, end: end_time, from: Some(day), through: None },
            more_days,
            rrule: text(event, "RRULE"),
            except,
            more,
            replaces,
            is_cancelled: text(event, "STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")),
            at,
            name,
        })
    }

    /// When it is held.
    fn schedules(&self) -> Result<Vec<ActivitySchedule>, Rule> {
        let once = |day: NaiveDate, times: Times| draft::schedule(&Days::once(day), times, &[]);
        let mut schedules = Vec::new();
        match &self.rrule {
            Some(rrule) => schedules.push(draft::schedule(&Days::of(rrule.clone()), self.times, &self.except)?),
            None if self.more_days > 0 => {
                let rrule = format!("FREQ=DAILY;COUNT={}", self.more_days + 1);
                schedules.push(draft::schedule(&Days::of(rrule), self.times, &self.except)?);
            }
            None if self.except.contains(&self.day) => {}
            None => schedules.push(once(self.day, self.times)?),
        }
        for (day, start) in &self.more {
            let times = match start {
                // One at another time has an end that is not said.
                Some(start) if self.times.start != Some(*start) => {
                    Times { start: Some(*start), end: None, ..self.times }
                }
                _ => self.times,
            };
            schedules.push(once(*day, times)?);
        }
        Ok(schedules)
    }
}

/// A property as text.
fn text(event: &Component<'_>, name: &str) -> Option<String> {
    let known = event.properties.iter().find(|known| known.name.as_str() == name)?;
    Some(known.val.as_str().trim().to_owned())
}

/// Why a moment is not taken.
enum Fault {
    Shape,
    UnknownZone(String),
    OtherZone(String),
}

impl Fault {
    fn refusal(self, name: &str) -> Refusal {
        match self {
            Self::Shape => (Rule::EventShape, name.to_owned()),
            Self::UnknownZone(zone) => (Rule::UnknownTimeZone, zone),
            Self::OtherZone(zone) => (Rule::OtherTimeZone, zone),
        }
    }
}

fn moment(property: &Property<'_>, is_repeated: bool) -> Result<(NaiveDate, Option<NaiveTime>), Fault> {
    moment_of(property.val.as_str(), property, is_repeated)
}

/// A day, or a moment on our clock.
fn moment_of(text: &str, property: &Property<'_>, is_repeated: bool) -> Result<(NaiveDate, Option<NaiveTime>), Fault> {
    let text = text.trim();
    if text.len() == 8 {
        return NaiveDate::parse_from_str(text, "%Y%m%d").map(|day| (day, None)).map_err(|_| Fault::Shape);
    }
    let (bare, is_utc) = text.strip_suffix('Z').map_or((text, false), |bare| (bare, true));
    let at = NaiveDateTime::parse_from_str(bare, "%Y%m%dT%H%M%S").map_err(|_| Fault::Shape)?;
    let shown = |moment: DateTime<Utc>| {
        let local = moment.with_timezone(&AMSTERDAM).naive_local();
        Ok((local.date(), Some(local.time())))
    };
    if is_utc {
        return shown(Utc.from_utc_datetime(&at));
    }
    let zone = property.params.iter().find(|param| param.key.as_str().eq_ignore_ascii_case("TZID"));
    let zone = zone.and_then(|param| param.val.as_ref()).map(|value| value.as_str().trim_matches('"').to_owned());
    let Some(zone) = zone else { return Ok((at.date(), Some(at.time()))) };
    if SAME_CLOCK.contains(&zone.as_str()) {
        return Ok((at.date(), Some(at.time())));
    }
    // `/mozilla.org/20050126_1/Europe/Amsterdam` ends in the name.
    let parts: Vec<&str> = zone.rsplit('/').take(2).collect();
    let end: Vec<&str> = parts.into_iter().rev().collect();
    let known = Tz::from_str(&zone).or_else(|_| Tz::from_str(&end.join("/")));
    match known {
        Ok(AMSTERDAM) => Ok((at.date(), Some(at.time()))),
        Ok(_) if is_repeated => Err(Fault::OtherZone(zone)),
        Ok(known) => match known.from_local_datetime(&at).earliest() {
            Some(moment) => shown(moment.with_timezone(&Utc)),
            None => Err(Fault::Shape),
        },
        Err(_) => Err(Fault::UnknownZone(zone)),
    }
}

/// When something ends that takes so long: `PT1H30M`, `P1D`.
fn after(day: NaiveDate, start: Option<NaiveTime>, text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let (days, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.strip_prefix('P')?, ""));
    let mut minutes: i64 = match days.strip_suffix('D') {
        Some(days) => days.parse::<i64>().ok()?.checked_mul(1_440)?,
        None if days.is_empty() => 0,
        None => days.strip_suffix('W')?.parse::<i64>().ok()?.checked_mul(10_080)?,
    };
    let mut number = String::new();
    for sign in time.chars() {
        match sign {
            '0'..='9' if number.len() < 6 => number.push(sign),
            'H' => minutes = minutes.checked_add(std::mem::take(&mut number).parse::<i64>().ok()? * 60)?,
            'M' => minutes = minutes.checked_add(std::mem::take(&mut number).parse::<i64>().ok()?)?,
            'S' => number.clear(),
            _ => return None,
        }
    }
    let from = day.and_time(start.unwrap_or(NaiveTime::MIN));
    let end = from.checked_add_signed(chrono::Duration::try_minutes(minutes)?)?;
    Some((end.date(), start.map(|_| end.time())))
}
