use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, Duration, NaiveDateTime, NaiveTime};

use super::*;
use crate::{
    edition::{
        ActivityDimension, ActivityFilter, ActivityOrderField, Direction, Hit, Node, PlaceField, PlaceFilter,
        SearchType, Selection, Within,
    },
    model::{Authority, Facts, Layer},
    seed,
};

fn facts() -> Facts {
    let mut facts = seed::read().unwrap();
    let layer = Layer::of_statements("CC0-1.0");
    for id in ["gemeente", "welzijn"] {
        facts.sources.push(Source {
            id: id.to_owned(),
            layer: layer.key.clone(),
            title: id.to_owned(),
            url: None,
            licence: Some("CC0-1.0".to_owned()),
            published: None,
            retrieved: None,
        });
    }
    facts.layers.push(layer);
    facts
}

fn activity(place: &str, name: &str, rules: &[&str]) -> Activity {
    let rule = |text: &&str| {
        // A rule and from where it counts, its times, its last day: `FREQ=… 19:30-22:00 2026-01-06..2026-06-30 -2026-05-05`.
        let mut rule = ActivitySchedule {
            rrule: String::new(),
            start: None,
            end: None,
            valid_from: None,
            valid_through: None,
            except: Vec::new(),
        };
        for part in text.split(' ') {
            let time = |text: &str| text.parse::<NaiveTime>().or_else(|_| format!("{text}:00").parse()).ok();
            if part.starts_with("FREQ") {
                part.clone_into(&mut rule.rrule);
            } else if let Some(day) = part.strip_prefix('-') {
                rule.except.push(day.parse().unwrap());
            } else if let Some((from, through)) = part.split_once("..") {
                (rule.valid_from, rule.valid_through) = (from.parse().ok(), through.parse().ok());
            } else if let Some((start, end)) = part.split_once('-') {
                (rule.start, rule.end) = (time(start), time(end));
            }
        }
        rule
    };
    Activity {
        key: format!("{name}-{place}"),
        source: "welzijn".to_owned(),
        authority: Authority::Organisation,
        place: place.to_owned(),
        name: name.to_owned(),
        activity_type: None,
        status: None,
        schedule: rules.iter().map(rule).collect(),
        audiences: Vec::new(),
        min_age: None,
        max_age: None,
        free: None,
        cost: None,
        registration_required: None,
        referral_required: None,
        organiser: None,
        contact: None,
        website: None,
        stated: None,
        updated_at: "2026-12-01T00:00:00Z".parse().unwrap(),
    }
}

/// An edition with these activities; they come in the order of their names.
fn edition(activities: Vec<Activity>) -> Edition {
    let mut facts = facts();
    facts.activities = activities;
    Edition::build(facts.in_order()).unwrap()
}

/// Keys of places of the seed that are not closed.
fn places() -> Vec<String> {
    let open = |place: &crate::model::Place| place.status != Some(PlaceStatus::Closed);
    seed::read().unwrap().places.into_iter().filter(open).map(|place| place.key).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn on(today: &str) -> ActivityFilter {
    ActivityFilter { today: today.parse().ok(), ..ActivityFilter::default() }
}

/// Names of those for which a filter is TRUE, and of those for which it is UNKNOWN.
fn told(edition: &Edition, selected: &Selection) -> (Vec<String>, Vec<String>) {
    let names = |set: &RoaringBitmap| set.iter().map(|index| edition.activity(index).facts.name.clone()).collect();
    (names(&selected.certain), names(&(&selected.possible - &selected.certain)))
}

fn sets(edition: &Edition, filter: &ActivityFilter) -> (Vec<String>, Vec<String>) {
    told(edition, &edition.select_activities(filter))
}

fn are(certain: &[&str], unknown: &[&str]) -> (Vec<String>, Vec<String>) {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    (owned(certain), owned(unknown))
}

/// The clock of the Netherlands in 2026: summer time from 29 March to 25 October, both at one o'clock UTC.
fn utc(local: NaiveDateTime) -> DateTime<Utc> {
    let (summer, winter) = (day("2026-03-29").and_hms_opt(2, 0, 0), day("2026-10-25").and_hms_opt(3, 0, 0));
    let is_summer = Some(local) >= summer && Some(local) < winter;
    (local - Duration::hours(if is_summer { 2 } else { 1 })).and_utc()
}

/// Whether a weekly rule holds on a day, counted from its text alone.
fn holds(rule: &ActivitySchedule, date: NaiveDate) -> bool {
    let days = rule.rrule.split("BYDAY=").nth(1).unwrap().split(';').next().unwrap();
    let is_weekday = days.split(',').any(|two| {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        names[date.weekday().num_days_from_monday() as usize] == two
    });
    let interval = rule.rrule.split("INTERVAL=").nth(1).map_or(1, |rest| rest[..1].parse().unwrap());
    let monday = |date: NaiveDate| date - Days::new(date.weekday().num_days_from_monday().into());
    let is_week = interval == 1 || (monday(date) - monday(rule.valid_from.unwrap())).num_weeks() % interval == 0;
    is_weekday
        && is_week
        && rule.valid_from.is_none_or(|first| date >= first)
        && rule.valid_through.is_none_or(|last| date <= last)
        && !rule.except.contains(&date)
}

#[test]
fn a_day_and_a_span_are_answered_as_by_going_through_every_day() {
    let at = places();
    let all = vec![
        activity(&at[0], "a", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00"]),
        activity(&at[1], "b", &["FREQ=WEEKLY;BYDAY=SU 01:30-03:30", "FREQ=WEEKLY;BYDAY=SA 22:00-02:30"]),
        activity(&at[2], "c", &["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU 10:00- 2026-03-01..2026-10-25 -2026-03-29"]),
        activity(&at[3], "d", &["FREQ=WEEKLY;BYDAY=MO"]),
        activity(&at[4], "e", &[]),
    ];
    let edition = edition(all.clone());
    let mut date = day("2026-03-22");
    for _ in 0..230 {
        let mut certain: Vec<&str> = Vec::new();
        for one in all.iter().filter(|one| one.schedule.iter().any(|rule| holds(rule, date))) {
            certain.push(&one.name);
        }
        let filter = ActivityFilter { on: Some(date), ..on("2026-01-01") };
        assert_eq!(sets(&edition, &filter), are(&certain, &["e"]), "{date}");
        date = date.succ_opt().unwrap();
    }
    // Spans around both changes of the clock, of every length of half hours up to a day.
    let mut asked = 0;
    for midnight in ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"].map(moment) {
        for begin in 0..48 {
            for length in [1, 3, 8, 24, 49] {
                let from = midnight + Duration::minutes(30 * begin);
                let until = from + Duration::minutes(30 * length);
                let mut certain: BTreeSet<&str> = BTreeSet::new();
                for one in all.iter().take(3) {
                    for rule in &one.schedule {
                        let mut date = (from - Duration::days(2)).date_naive();
                        for _ in 0..6 {
                            let start = rule.start.unwrap();
                            let begins = utc(date.and_time(start));
                            let is_next_day = rule.end.is_some_and(|end| end <= start);
                            let ends = rule.end.map(|end| utc((date + Days::new(is_next_day.into())).and_time(end)));
                            let overlaps = begins < until && ends.map_or(begins >= from, |ends| ends > from);
                            if holds(rule, date) && overlaps {
                                certain.insert(&one.name);
                            }
                            date = date.succ_opt().unwrap();
                        }
                    }
                }
                let filter = ActivityFilter { between: Some((from, until)), ..on("2026-01-01") };
                let (found, _) = sets(&edition, &filter);
                let found: Vec<&str> = found.iter().map(String::as_str).filter(|name| *name != "d").collect();
                assert_eq!(found, Vec::from_iter(certain), "{from} {until}");
                asked += 1;
            }
        }
    }
    assert_eq!(asked, 480);
}

#[test]
fn of_a_day_without_a_time_a_part_is_unknown_and_the_whole_is_true() {
    let edition = edition(vec![activity(&places()[0], "a", &["FREQ=WEEKLY;BYDAY=TU"])]);
    let asked = |from: &str, until: &str| {
        let between = Some((moment(from), moment(until)));
        sets(&edition, &ActivityFilter { between, ..on("2026-01-01") })
    };
    assert_eq!(asked("2026-12-01T00:00:00+01:00", "2026-12-02T00:00:00+01:00"), are(&["a"], &[]));
    assert_eq!(asked("2026-12-01T18:00:00+01:00", "2026-12-01T23:00:00+01:00"), are(&[], &["a"]));
    assert_eq!(asked("2026-12-02T00:00:00+01:00", "2026-12-08T00:00:00+01:00"), are(&[], &[]));
    // The Tuesday is behind it, and a part of the next is in it.
    assert_eq!(asked("2026-12-02T00:00:00+01:00", "2026-12-08T00:00:01+01:00"), are(&[], &["a"]));
}

#[test]
fn filters_are_three_valued() {
    let at = places();
    let full = Activity {
        activity_type: Some(ActivityType::Bridge),
        audiences: vec![Audience::Ouderen],
        min_age: Some(55),
        free: Some(false),
        registration_required: Some(true),
        referral_required: Some(false),
        organiser: Some("Stichting Samen".to_owned()),
        ..activity(&at[0], "a", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00"])
    };
    let all = Activity {
        activity_type: Some(ActivityType::Bingo),
        audiences: vec![Audience::Iedereen],
        max_age: Some(12),
        free: Some(true),
        registration_required: Some(false),
        ..activity(&at[1], "b", &["FREQ=MONTHLY;BYMONTHDAY=15 10:00-11:00 2026-01-15.."])
    };
    let edition = edition(vec![full, all, activity(&at[2], "c", &[])]);
    let today = || on("2026-12-01");
    let weekdays = |days: &[Weekday]| ActivityFilter { weekdays: Some(days.to_vec()), ..today() };
    let audiences = |of: &[Audience]| ActivityFilter { audiences: Some(of.to_vec()), ..today() };
    let age = |age| ActivityFilter { age: Some(age), ..today() };
    let text = |text: &str| ActivityFilter { text: Some(text.to_owned()), ..today() };
    let not = |filter: ActivityFilter| ActivityFilter { not: Some(Box::new(filter)), ..today() };
    for (filter, certain, unknown) in [
        (today(), &["a", "b", "c"][..], &[][..]),
        (weekdays(&[Weekday::Tue, Weekday::Fri]), &["a"], &["b", "c"]),
        (weekdays(&[Weekday::Fri]), &[], &["b", "c"]),
        (weekdays(&[]), &[], &[]),
        (not(weekdays(&[Weekday::Tue])), &[], &["b", "c"]),
        (audiences(&[Audience::Ouderen]), &["a", "b"], &["c"]),
        (audiences(&[Audience::Kinderen, Audience::Jongeren]), &["b"], &["c"]),
        (audiences(&[Audience::Iedereen]), &["b"], &["c"]),
        (audiences(&[]), &[], &[]),
        (age(54), &[], &["c"]),
        (age(55), &["a"], &["c"]),
        (age(12), &["b"], &["c"]),
        (ActivityFilter { free: Some(true), ..today() }, &["b"], &["c"]),
        (ActivityFilter { registration_required: Some(true), ..today() }, &["a"], &["c"]),
        (ActivityFilter { referral_required: Some(false), ..today() }, &["a"], &["b", "c"]),
        (ActivityFilter { types: Some(vec![ActivityType::Bridge]), ..today() }, &["a"], &["c"]),
        (ActivityFilter { types: Some(Vec::new()), ..today() }, &[], &[]),
        (ActivityFilter { or: Some(vec![age(12), weekdays(&[Weekday::Tue])]), ..today() }, &["a", "b"], &["c"]),
        (ActivityFilter { and: Some(vec![age(60), audiences(&[Audience::Ouderen])]), ..today() }, &["a"], &["c"]),
        (text("bridge"), &["a"], &[]),
        (text("stichting samen"), &["a"], &[]),
    ] {
        assert_eq!(sets(&edition, &filter), are(certain, unknown), "{filter:?}");
    }
    // By where it is: of a place without a location it is not known.
    let municipality = edition.place(edition.place_by_key(&at[1]).unwrap()).municipality;
    let there = PlaceFilter { within: Some(Within::Municipalities(vec![municipality])), ..PlaceFilter::default() };
    let (found, _) = sets(&edition, &ActivityFilter { places: Some(Box::new(there)), ..today() });
    assert!(found.contains(&"b".to_owned()));
}

#[test]
fn a_place_offers_does_not_or_nobody_knows() {
    let at = places();
    let bridge = Activity {
        activity_type: Some(ActivityType::Bridge),
        ..activity(&at[0], "a", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00"])
    };
    let bingo = Activity {
        activity_type: Some(ActivityType::Bingo),
        ..activity(&at[1], "b", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00 2026-01-06..2026-06-30"])
    };
    let edition = edition(vec![bridge, bingo, activity(&at[2], "c", &[])]);
    let index = |number: usize| edition.place_by_key(&at[number]).unwrap();
    let asked = |types: &[ActivityType], today: &str| {
        let filter = ActivityFilter { types: Some(types.to_vec()), ..on(today) };
        let programme = Some(Box::new(filter));
        let selected = edition.select(&PlaceFilter { programme, ..PlaceFilter::default() });
        [0, 1, 2, 3].map(|number| match index(number) {
            place if selected.certain.contains(place) => Some(true),
            place if selected.possible.contains(place) => None,
            _ => Some(false),
        })
    };
    assert_eq!(asked(&[ActivityType::Bridge], "2026-05-01"), [Some(true), Some(false), None, None]);
    assert_eq!(asked(&[ActivityType::Bingo], "2026-05-01"), [Some(false), Some(true), None, None]);
    // What it offered is over, and what it offers now nobody knows.
    assert_eq!(asked(&[ActivityType::Bingo], "2026-07-01"), [Some(false), None, None, None]);
    assert_eq!(asked(&[], "2026-05-01"), [Some(false); 4]);
    let known = |number: usize| !edition.place(index(number)).missing().contains(&PlaceField::Programme);
    assert_eq!([known(0), known(1), known(2), known(3)], [true, true, false, false]);
}

#[test]
fn what_is_over_and_what_is_at_closed_places_is_left_out_unless_it_is_asked_for() {
    let at = places();
    let mut facts = facts();
    facts.places.iter_mut().find(|place| place.key == at[3]).unwrap().status = Some(PlaceStatus::Closed);
    facts.activities = vec![
        activity(&at[0], "a", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00 2026-01-06..2026-06-30"]),
        Activity { status: Some(PlaceStatus::Closed), ..activity(&at[1], "b", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00"]) },
        activity(
            &at[2],
            "c",
            &["FREQ=DAILY;COUNT=3 10:00-11:00 2026-07-01..", "FREQ=WEEKLY;BYDAY=MO 2026-01-05..2026-02-02"],
        ),
        activity(&at[3], "d", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00"]),
    ];
    let edition = Edition::build(facts.in_order()).unwrap();
    let asked = |filter: ActivityFilter| sets(&edition, &filter).0;
    assert_eq!(asked(on("2026-06-30")), ["a", "c"]);
    assert_eq!(asked(on("2026-07-01")), ["c"]);
    assert_eq!(asked(on("2026-07-03")), ["c"]);
    assert_eq!(asked(on("2026-07-04")), Vec::<String>::new());
    assert_eq!(asked(ActivityFilter { on: Some(day("2026-06-30")), ..on("2026-12-01") }), ["a"]);
    let status = Some(vec![PlaceStatus::Closed]);
    let closed = PlaceFilter { status, ..PlaceFilter::default() };
    assert_eq!(asked(ActivityFilter { places: Some(Box::new(closed)), ..on("2026-07-04") }), ["d"]);
    // Until the next of them ends.
    let next = |now: &str| edition.next_end_of_a_rule(moment(now));
    assert_eq!(next("2026-06-01T00:00:00Z"), Some(moment("2026-07-01T00:00:00+02:00")));
    assert_eq!(next("2026-06-30T22:00:00Z"), Some(moment("2026-07-04T00:00:00+02:00")));
    assert_eq!(next("2026-07-04T00:00:00Z"), None);
    // Mondays are over, and are told only where all is.
    let monday = ActivityFilter { weekdays: Some(vec![Weekday::Mon]), ..on("2026-07-01") };
    assert_eq!(asked(monday), Vec::<String>::new());
}

#[test]
fn lists_are_in_order_and_counted() {
    let at = places();
    let edition = edition(vec![
        Activity {
            activity_type: Some(ActivityType::Bridge),
            audiences: vec![Audience::Ouderen],
            ..activity(&at[2], "a", &["FREQ=WEEKLY;BYDAY=WE,FR 09:00-10:00"])
        },
        Activity {
            audiences: vec![Audience::Iedereen],
            ..activity(&at[1], "b", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00"])
        },
        activity(&at[0], "c", &["FREQ=WEEKLY;BYDAY=TU"]),
    ]);
    let all = edition.select_activities(&on("2026-12-01")).certain;
    // A Tuesday, ten minutes before b.
    let now = moment("2026-12-01T18:20:00Z");
    let order = |field, direction| {
        let (sorted, until) = edition.sorted_activities(&all, field, direction, now);
        (sorted.into_iter().map(|index| edition.activity(index).facts.name.as_str()).collect::<Vec<_>>(), until)
    };
    let first = Some(moment("2026-12-01T18:30:00Z"));
    assert_eq!(order(ActivityOrderField::Next, Direction::Asc), (vec!["b", "a", "c"], first));
    assert_eq!(order(ActivityOrderField::Next, Direction::Desc), (vec!["a", "b", "c"], first));
    assert_eq!(order(ActivityOrderField::Name, Direction::Desc), (vec!["c", "b", "a"], None));
    let by_place = order(ActivityOrderField::Place, Direction::Asc).0;
    let names: Vec<String> = by_place
        .iter()
        .map(|name| {
            let entry = edition.activities().iter().find(|entry| entry.facts.name == *name).unwrap();
            crate::search::fold(&edition.place(entry.place).facts.name)
        })
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    let counts = |dimension| {
        let counts = edition.count_activities_by(&all, dimension, Some(day("2026-12-01"))).into_iter();
        counts.map(|count| (edition.value_text(count.value).into_owned(), count.count)).collect::<Vec<_>>()
    };
    let own =
        |rows: &[(&str, u64)]| rows.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect::<Vec<_>>();
    assert_eq!(counts(ActivityDimension::Type), own(&[("BRIDGE", 1)]));
    assert_eq!(counts(ActivityDimension::Weekday), own(&[("TU", 2), ("FR", 1), ("WE", 1)]));
    assert_eq!(counts(ActivityDimension::Audience), own(&[("OUDEREN", 2), ("IEDEREEN", 1)]));
    let municipalities: u64 = counts(ActivityDimension::Municipality).iter().map(|(_, count)| count).sum();
    assert_eq!(municipalities, 3);
}

#[test]
fn the_strongest_voice_is_served_with_all_who_tell_of_it_and_a_search_finds_it() {
    let at = places();
    let weak = activity(&at[0], "Biljarten voor beginners", &["FREQ=WEEKLY;BYDAY=TU 19:30-22:00"]);
    let strong = Activity {
        source: "gemeente".to_owned(),
        authority: Authority::Municipality,
        free: Some(true),
        ..weak.clone()
    };
    let edition = edition(vec![weak, strong]);
    assert_eq!(edition.activities().len(), 1);
    let entry = edition.activity(0);
    assert_eq!(
        (entry.facts.free, entry.sources.as_slice()),
        (Some(true), &["gemeente".to_owned(), "welzijn".to_owned()][..])
    );
    let layers: Vec<&str> = edition.layers_of_activities([0]).iter().map(|layer| layer.key.as_str()).collect();
    assert_eq!(layers, ["statements-cc0-1.0"]);
    assert_eq!(edition.node(&entry.id()), Some(Node::Activity(0)));
    let found = edition.search("biljarten begin", None, Some(&[SearchType::Activity]), 9);
    assert_eq!(found, [Hit::Node(Node::Activity(0))]);
    let elsewhere = Within::Municipalities(vec![(edition.place(entry.place).municipality + 1) % 25]);
    assert_eq!(edition.search("biljarten begin", Some(&elsewhere), Some(&[SearchType::Activity]), 9), []);
}

#[test]
fn an_activity_nowhere_or_by_nobody_is_a_fault_and_a_rule_that_cannot_be_read_is_not_known() {
    let mut facts = facts();
    facts.activities = vec![
        activity("nergens", "a", &[]),
        Activity { source: "niemand".to_owned(), ..activity(&places()[0], "b", &[]) },
    ];
    let faults = Edition::build(facts).err().unwrap().0;
    assert!(faults.len() == 1 && faults[0].contains("names source `niemand`, which is not there"), "{faults:?}");
    let mut facts = self::facts();
    facts.activities = vec![activity("nergens", "a", &[])];
    let faults = Edition::build(facts).err().unwrap().0;
    assert_eq!(faults, ["activity `a-nergens` is held at `nergens`, which is no place"]);
    let edition = edition(vec![activity(&places()[0], "a", &["FREQ=SECONDLY 10:00-11:00"])]);
    let now = moment("2026-12-01T00:00:00Z");
    assert!(edition.activity(0).schedule.is_empty());
    assert_eq!((edition.activity(0).next(now), edition.activity(0).is_over(day("2026-12-01"))), (None, false));
}
