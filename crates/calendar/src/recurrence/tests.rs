use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Option<NaiveTime> {
    (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{text}")))
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

fn of(rrule: &str, start: &str, end: &str) -> Schedule {
    Schedule::parse(rrule, at(start), at(end), Some(on("2026-01-06")), None, &[])
        .unwrap_or_else(|fault| panic!("{rrule}: {fault:?}"))
}

fn starts(schedule: &Schedule, from: &str, until: &str) -> Vec<String> {
    let found = schedule.occurrences(utc(from), utc(until), 100);
    found.iter().map(|one| one.start.format("%Y-%m-%dT%H:%MZ").to_string()).collect()
}

#[test]
fn half_past_seven_stays_half_past_seven_when_the_clock_is_set() {
    let bridge = of("FREQ=WEEKLY;BYDAY=TU", "19:30", "22:00");
    let spring = starts(&bridge, "2026-03-20T00:00:00Z", "2026-04-03T00:00:00Z");
    assert_eq!(spring, ["2026-03-24T18:30Z", "2026-03-31T17:30Z"]);
    let autumn = starts(&bridge, "2026-10-19T00:00:00Z", "2026-10-30T00:00:00Z");
    assert_eq!(autumn, ["2026-10-20T17:30Z", "2026-10-27T18:30Z"]);
}

#[test]
fn a_night_ends_on_the_next_day_and_the_hour_that_is_left_out_is_the_next() {
    let night = of("FREQ=DAILY;COUNT=1", "20:00", "01:00");
    let found = night.occurrences(utc("2026-01-06T22:00:00Z"), utc("2026-02-01T00:00:00Z"), 9);
    assert_eq!(found, [Occurrence { start: utc("2026-01-06T19:00:00Z"), end: Some(utc("2026-01-07T00:00:00Z")) }]);
    let early = of("FREQ=WEEKLY;BYDAY=SU", "02:30", "02:45");
    assert_eq!(starts(&early, "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"), ["2026-03-29T01:30Z"]);
}

#[test]
fn what_has_begun_and_not_ended_is_held() {
    let bridge = of("FREQ=WEEKLY;BYDAY=TU", "19:30", "22:00");
    assert_eq!(starts(&bridge, "2026-12-01T20:00:00Z", "2026-12-02T00:00:00Z"), ["2026-12-01T18:30Z"]);
    assert_eq!(bridge.next(utc("2026-12-01T20:00:00Z")), Some(utc("2026-12-08T18:30:00Z")));
    assert_eq!(starts(&bridge, "2026-12-01T21:00:00Z", "2026-12-02T00:00:00Z"), [""; 0], "it ended at that moment");
    assert_eq!(
        of("FREQ=WEEKLY;BYDAY=TU", "", "").occurrences(utc("2026-12-01T00:00:00Z"), utc("2027-01-01T00:00:00Z"), 9),
        []
    );
}

#[test] // the examples of RFC 5545, section 3.8.5.3, on its dates of 1997
fn rules_of_the_standard_hold_on_the_days_that_it_gives() {
    let days = |rrule: &str, from: &str, until: &str| {
        let schedule = Schedule::parse(rrule, None, None, Some(on(from)), None, &[]);
        let schedule = schedule.unwrap_or_else(|fault| panic!("{rrule}: {fault:?}"));
        let days = schedule.days(on("1997-01-01"), on(until));
        days.iter().map(|day| day.format("%m-%d").to_string()).collect::<Vec<_>>().join(" ")
    };
    for (rrule, from, until, right) in [
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "1998-01-01", "09-02 09-12 09-22 10-02 10-12"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "1997-11-30", "09-02 09-16 09-30 10-14 10-28 11-11 11-25"),
        (
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            "1997-09-01",
            "1997-10-10",
            "09-01 09-03 09-05 09-15 09-17 09-19 09-29 10-01 10-03",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            "1997-09-02",
            "1998-01-01",
            "09-02 09-04 09-16 09-18 09-30 10-02 10-14 10-16",
        ),
        ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "1998-01-01", "09-05 10-03 11-07 12-05"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1998-01-01", "09-28 10-29 11-28 12-29"),
        (
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "1997-09-10",
            "1998-01-01",
            "09-10 09-11 09-12 09-13 09-14 09-15",
        ),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "1998-04-01", "02-13 03-13"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1998-01-01", "09-04 10-07 11-06"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1998-01-01", "09-29 10-30 11-27 12-30"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05", "2001-01-01", "11-07"),
    ] {
        assert_eq!(days(rrule, from, until), right, "{rrule}");
    }
}

#[test]
fn what_cannot_be_a_rule_of_days_is_refused() {
    let fault = |rrule: &str| Schedule::parse(rrule, None, None, None, None, &[]).err();
    for (rrule, right) in [
        ("FREQ=SECONDLY", Fault::MoreThanDaily),
        ("freq=minutely;interval=5", Fault::MoreThanDaily),
        ("FREQ=DAILY;BYHOUR=9,10,11", Fault::TimesInRule),
        ("FREQ=DAILY;BYSECOND=0,1,2,3", Fault::TimesInRule),
        ("FREQ=WEEKLY", Fault::NoFirstDay),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", Fault::NoFirstDay),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=10", Fault::NoFirstDay),
        ("FREQ=MONTHLY", Fault::NoFirstDay),
        ("FREQ=YEARLY;BYMONTH=5", Fault::NoFirstDay),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", Fault::Never),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", Fault::Never),
        ("FREQ=DAILY;COUNT=0", Fault::Never),
        ("FREQ=DAILY;COUNT=1001", Fault::TooMany),
        ("FREQ=DAILY;COUNT=99999999999", Fault::Syntax),
        ("FREQ=WEEKLY;BYDAY=DI", Fault::Syntax),
        ("FREQ=DAILY;INTERVAL=0", Fault::Syntax),
        ("FREQ=DAILY;UNTIL=tomorrow", Fault::Syntax),
        ("elke dinsdag", Fault::Syntax),
        ("", Fault::Syntax),
        ("FREQ=WEEKLY;BYDAY=ﬁ", Fault::Syntax),
        (&"FREQ=WEEKLY;".repeat(100), Fault::Syntax),
    ] {
        assert_eq!(fault(rrule), Some(right), "{rrule}");
    }
    let ends = Schedule::parse("FREQ=DAILY", None, None, Some(on("2026-02-01")), Some(on("2026-01-01")), &[]);
    assert_eq!(ends.err(), Some(Fault::EndsBeforeItBegins));
}

#[test]
fn until_is_the_last_day_and_counts_on_it_only_for_what_begins_by_then() {
    let last = |rrule: &str| {
        let schedule = of(rrule, "19:30", "");
        schedule.days(on("2026-01-01"), on("2027-01-01")).last().copied()
    };
    assert_eq!(last("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331"), Some(on("2026-03-31")));
    assert_eq!(last("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331T173000Z"), Some(on("2026-03-31")), "19:30 in summer");
    assert_eq!(last("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331T170000Z"), Some(on("2026-03-24")));
    assert!(of("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331", "", "").has_ended(on("2026-04-01")));
    assert!(!of("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331", "", "").has_ended(on("2026-03-31")));
    assert!(of("FREQ=DAILY;COUNT=2", "", "").has_ended(on("2026-01-08")));
}

#[test]
fn rules_are_told_in_words() {
    use Language::{Dutch, English};
    for (rrule, start, end, dutch, english) in [
        (
            "FREQ=WEEKLY;BYDAY=TU",
            "19:30",
            "22:00",
            "elke dinsdag, 19:30 tot 22:00 uur, vanaf 6 januari 2026",
            "every Tuesday, 19:30 to 22:00, from 6 January 2026",
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,TH",
            "09:00",
            "",
            "elke maandag en donderdag, om 9:00 uur, vanaf 6 januari 2026",
            "every Monday and Thursday, at 9:00, from 6 January 2026",
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260701",
            "",
            "",
            "maandag tot en met vrijdag, van 6 januari 2026 tot en met 1 juli 2026",
            "Monday to Friday, from 6 January 2026 to 1 July 2026",
        ),
        ("FREQ=DAILY", "", "", "elke dag, vanaf 6 januari 2026", "every day, from 6 January 2026"),
        (
            "FREQ=WEEKLY;INTERVAL=2",
            "14:00",
            "16:00",
            "om de week op dinsdag, 14:00 tot 16:00 uur, vanaf 6 januari 2026",
            "every other week on Tuesday, 14:00 to 16:00, from 6 January 2026",
        ),
        (
            "FREQ=MONTHLY;BYDAY=2TU,-1FR",
            "",
            "",
            "de tweede dinsdag en laatste vrijdag van de maand, vanaf 6 januari 2026",
            "the second Tuesday and last Friday of the month, from 6 January 2026",
        ),
        (
            "FREQ=MONTHLY",
            "",
            "",
            "de 6e van de maand, vanaf 6 januari 2026",
            "the 6th of the month, from 6 January 2026",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU",
            "",
            "",
            "om de maand, de eerste zondag, vanaf 6 januari 2026",
            "every other month, the first Sunday, from 6 January 2026",
        ),
        (
            "FREQ=YEARLY",
            "",
            "",
            "elk jaar op 6 januari, vanaf 6 januari 2026",
            "every year on 6 January, from 6 January 2026",
        ),
        ("FREQ=DAILY;COUNT=1", "20:00", "", "op 6 januari 2026, om 20:00 uur", "on 6 January 2026, at 20:00"),
        (
            "FREQ=WEEKLY;COUNT=8",
            "",
            "",
            "8 keer van 6 januari 2026 tot en met 24 februari 2026",
            "8 times from 6 January 2026 to 24 February 2026",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,3",
            "",
            "",
            "op wisselende dagen, vanaf 6 januari 2026",
            "on varying days, from 6 January 2026",
        ),
    ] {
        let schedule = of(rrule, start, end);
        assert_eq!(schedule.text(Dutch), dutch, "{rrule}");
        assert_eq!(schedule.text(English), english, "{rrule}");
    }
    let christmas = [on("2026-12-25")];
    let schedule = Schedule::parse("FREQ=WEEKLY;BYDAY=FR", None, None, None, None, &christmas);
    assert_eq!(schedule.map(|schedule| schedule.text(Dutch)), Ok("elke vrijdag, niet op 25 december 2026".to_owned()));
}

fn rules() -> impl Strategy<Value = String> {
    let weekdays = prop::sample::subsequence(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"], 1..4);
    let week_start = prop::sample::select(vec!["MO", "SU"]);
    let monthly = prop::sample::select(vec![
        "BYDAY=2TU",
        "BYDAY=-1FR",
        "BYMONTHDAY=15",
        "BYMONTHDAY=-1",
        "BYMONTHDAY=31",
        "BYDAY=MO;BYSETPOS=2",
    ]);
    prop_oneof![
        (1..5u8, weekdays, week_start).prop_map(|(interval, days, start)| format!(
            "FREQ=WEEKLY;INTERVAL={interval};BYDAY={};WKST={start}",
            days.join(",")
        )),
        (1..40u8).prop_map(|interval| format!("FREQ=DAILY;INTERVAL={interval}")),
        (1..7u8, monthly).prop_map(|(interval, day)| format!("FREQ=MONTHLY;INTERVAL={interval};{day}")),
        (1..4u8, 1..13u8)
            .prop_map(|(interval, month)| format!("FREQ=YEARLY;INTERVAL={interval};BYMONTH={month};BYDAY=1MO")),
    ]
}

proptest! {
    // The crate expands from the first day on; that is what a window of ours has to have.
    #[test]
    fn a_window_has_what_the_whole_rule_has_in_it(rrule in rules(), first in 0..800u64, from in 0..4_000u64, length in 1..900u64) {
        let first = on("2020-01-01") + Days::new(first);
        let from = on("2020-01-01") + Days::new(from);
        let until = from + Days::new(length);
        let schedule = Schedule::parse(&rrule, None, None, Some(first), None, &[]);
        let text = format!("DTSTART:{}T120000Z\nRRULE:{rrule}", first.format("%Y%m%d"));
        let all: rrule::RRuleSet = text.parse().map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let all = all.into_iter().map(|moment| moment.naive_utc().date());
        let right: Vec<NaiveDate> = all.take_while(|day| *day < until).filter(|day| *day >= from).collect();
        prop_assert_eq!(schedule.map(|schedule| schedule.days(from, until)), Ok(right), "{}", text);
    }

    #[test]
    fn no_text_is_too_much(text in "[ -~éﬁ]{0,60}", value in "[ -~éﬁ]{0,12}") {
        for text in [text, format!("FREQ=MONTHLY;BYDAY={value}"), format!("FREQ=WEEKLY;BYDAY=MO;WKST={value};UNTIL={value}")] {
            let _ = Schedule::parse(&text, None, None, Some(on("2026-01-06")), None, &[]);
        }
    }

    #[test]
    fn nothing_that_is_read_panics_or_runs_on(rrule in "(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY))?(;(INTERVAL|COUNT|BYDAY|BYMONTH|BYMONTHDAY|BYSETPOS|BYYEARDAY|BYWEEKNO|UNTIL|WKST)=[-0-9A-Z,]{0,9}){0,4}", first in 0..20_000u64) {
        let first = on("1990-01-01") + Days::new(first);
        if let Ok(schedule) = Schedule::parse(&rrule, at("23:30"), at("00:30"), Some(first), None, &[]) {
            let days = schedule.days(on("2026-01-01"), on("2028-01-01"));
            prop_assert!(days.len() <= MOST_DAYS as usize && days.is_sorted());
            let next = schedule.next(utc("2026-12-01T00:00:00Z"));
            prop_assert!(next.is_none_or(|next| next > utc("2026-12-01T00:00:00Z")));
            prop_assert!(!schedule.text(Language::Dutch).is_empty());
        }
    }
}
