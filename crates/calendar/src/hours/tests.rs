use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Timelike, Utc, Weekday};
use proptest::prelude::*;

use super::*;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

fn hours(text: &str) -> Hours {
    Hours::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

/// The state at a time in Overijssel, written with its offset.
fn at(text: &str, moment: &str) -> State {
    hours(text).at(utc(moment))
}

use State::{Closed, Open, Unknown};

fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
}

#[test] // 2026-11-30 is a Monday
fn a_rule_holds_from_its_first_minute_and_not_at_its_last() {
    for (moment, state) in [
        ("2026-11-30T08:59:59+01:00", Closed),
        ("2026-11-30T09:00:00+01:00", Open),
        ("2026-11-30T16:59:59+01:00", Open),
        ("2026-11-30T17:00:00+01:00", Closed),
        ("2026-12-05T12:00:00+01:00", Closed),
    ] {
        assert_eq!(at("Mo-Fr 09:00-17:00", moment), state, "{moment}");
    }
}

#[test]
fn what_begins_in_the_evening_is_of_that_evening() {
    // Friday 2026-12-04
    for text in [
        "Fr 20:00-02:00",
        "Fr 20:00-26:00",
        "Fr 20:00-02:00; Sa off",
        "Fr 20:00-02:00; Sa 10:00-12:00",
        "Mo-Fr 20:00-02:00; Sa,Su off",
    ] {
        assert_eq!(at(text, "2026-12-04T23:00:00+01:00"), Open, "{text}");
        assert_eq!(at(text, "2026-12-05T01:59:00+01:00"), Open, "{text}");
        assert_eq!(at(text, "2026-12-05T02:00:00+01:00"), Closed, "{text}");
        assert_eq!(at(text, "2026-12-06T01:00:00+01:00"), Closed, "{text}");
    }
    assert_eq!(at("Mo-Su 20:00-02:00; Fr off", "2026-12-05T01:00:00+01:00"), Closed);
    assert_eq!(at("Mo-Su 20:00-02:00; Fr off", "2026-12-04T01:00:00+01:00"), Open);
    assert_eq!(at("Mo-Su 20:00-02:00; Fr 10:00-12:00", "2026-12-05T01:00:00+01:00"), Closed);
    let friday = hours("Fr 20:00-02:00");
    assert_eq!(friday.next_opening(utc("2026-11-30T12:00:00Z")), Some(utc("2026-12-04T20:00:00+01:00")));
    assert_eq!(friday.next_change(utc("2026-12-04T20:00:00+01:00")), Some(utc("2026-12-05T02:00:00+01:00")));
    assert_eq!(friday.opens_on(Weekday::Fri, monday()), Open);
    assert_eq!(friday.opens_on(Weekday::Sat, monday()), Closed);
}

#[test] // rijksoverheid.nl: the public holidays of 2026 and 2027
fn dutch_public_holidays_are_known() {
    let text = "Mo-Su 10:00-16:00; PH off";
    for day in [
        "2026-01-01",
        "2026-04-05",
        "2026-04-06",
        "2026-04-27",
        "2026-05-14",
        "2026-05-24",
        "2026-05-25",
        "2026-12-25",
        "2026-12-26",
        "2027-03-28",
        "2027-03-29",
        "2027-04-27",
        "2027-05-06",
        "2027-05-16",
        "2027-05-17",
    ] {
        assert_eq!(at(text, &format!("{day}T12:00:00+02:00")), Closed, "{day}");
    }
    for day in ["2026-04-03", "2026-12-24", "2026-04-28", "2026-12-31"] {
        assert_eq!(at(text, &format!("{day}T12:00:00+01:00")), Open, "{day}");
    }
    // Liberation Day: a holiday for all in years of five.
    assert_eq!(at(text, "2026-05-05T12:00:00+02:00"), Unknown);
    assert_eq!(at(text, "2026-05-05T20:00:00+02:00"), Closed);
    assert_eq!(at(text, "2030-05-05T12:00:00+02:00"), Closed);
    assert_eq!(at("Mo-Su 10:00-16:00", "2026-05-05T12:00:00+02:00"), Open);
    assert_eq!(at(text, "2110-12-01T12:00:00+01:00"), Unknown);
}

#[test]
fn school_holidays_are_not_known() {
    let text = "Mo-Fr 09:00-17:00; SH off";
    assert_eq!(at(text, "2026-11-30T12:00:00+01:00"), Unknown);
    assert_eq!(at(text, "2026-11-30T20:00:00+01:00"), Closed);
    assert_eq!(at("Mo-Fr 09:00-17:00; SH 10:00-12:00", "2026-11-30T11:00:00+01:00"), Open);
    assert_eq!(hours(text).next_opening(utc("2026-11-30T20:00:00Z")), None);
}

#[test]
fn a_condition_is_not_known_and_never_closed() {
    let monday = "2026-11-30T11:00:00+01:00";
    for (text, state) in [
        (r#"Mo 10:00-12:00 "op afspraak""#, Unknown),
        (r#"Mo 10:00-12:00 open "inloop""#, Open),
        (r#"Mo 10:00-12:00 unknown"#, Unknown),
        (r#"Mo 10:00-12:00 off "vakantie""#, Closed),
        (r#""by appointment""#, Unknown),
        (r#"Tu 10:00-12:00 || "by appointment""#, Unknown),
        (r#"Mo 13:00-15:00 || "by appointment""#, Unknown),
        (r#"Mo 10:00-12:00 || "by appointment""#, Open),
        ("Mo 10:00+", Unknown),
        ("Mo 10:00-10:30+", Unknown),
        ("Mo 10:00-14:00+", Open),
        ("Mo sunrise-sunset", Unknown),
        ("Mo 10:00-16:00/01:30", Unknown),
        ("24/7", Open),
        ("24/7 off", Closed),
    ] {
        assert_eq!(at(text, monday), state, "{text}");
    }
    assert_eq!(at("Mo 10:00+", "2026-11-30T09:00:00+01:00"), Closed);
}

#[test]
fn both_changes_of_the_clock_are_kept() {
    // In the night of 29 March 2026 the clock goes from 2:00 to 3:00.
    let night = hours("Sa 22:00-04:00");
    assert_eq!(night.next_change(utc("2026-03-28T22:00:00+01:00")), Some(utc("2026-03-29T04:00:00+02:00")));
    let left_out = hours("Su 02:15-02:45");
    assert_eq!(left_out.next_opening(utc("2026-03-28T12:00:00Z")), Some(utc("2026-04-05T02:15:00+02:00")));
    let into = hours("Su 02:30-05:00");
    assert_eq!(into.next_opening(utc("2026-03-28T12:00:00Z")), Some(utc("2026-03-29T03:00:00+02:00")));
    // In that of 25 October it shows 2:00 to 3:00 twice.
    assert_eq!(night.next_change(utc("2026-10-24T22:00:00+02:00")), Some(utc("2026-10-25T04:00:00+01:00")));
    let twice = hours("Su 02:15-02:45");
    let first = twice.next_opening(utc("2026-10-24T12:00:00Z"));
    assert_eq!(first, Some(utc("2026-10-25T02:15:00+02:00")));
    assert_eq!(twice.next_change(utc("2026-10-25T02:45:00+02:00")), Some(utc("2026-10-25T02:15:00+01:00")));
    let morning = hours("Mo-Su 09:00-17:00");
    for (day, offset) in [("2026-03-28", 1), ("2026-03-29", 2), ("2026-10-24", 2), ("2026-10-25", 1)] {
        assert_eq!(morning.at(utc(&format!("{day}T09:00:00+0{offset}:00"))), Open, "{day}");
        assert_eq!(morning.at(utc(&format!("{day}T08:59:00+0{offset}:00"))), Closed, "{day}");
    }
}

#[test]
fn a_weekday_is_any_of_the_year() {
    for (text, day, state) in [
        ("Mo-Fr 09:00-17:00", Weekday::Mon, Open),
        ("Mo-Fr 09:00-17:00", Weekday::Sat, Closed),
        ("Mo[1] 20:00-22:00", Weekday::Mon, Open),
        ("Apr-Sep Su 12:00-17:00", Weekday::Sun, Open),
        ("Apr-Sep Su 12:00-17:00", Weekday::Sat, Closed),
        ("Mo-Fr 09:00-17:00; PH off", Weekday::Fri, Open),
        (r#"Mo 10:00-12:00 "op afspraak""#, Weekday::Mon, Unknown),
        ("24/7", Weekday::Sun, Open),
        ("Sa 20:00-07:00", Weekday::Sun, Open),
    ] {
        assert_eq!(hours(text).opens_on(day, monday()), state, "{text} {day}");
    }
}

#[test]
fn what_makes_no_sense_is_told() {
    let never = ["Mo 09:00-17:00; Mo off", "off", "24/7 off", "Mo-Su 10:00-12:00; Mo-Su off"];
    for text in never {
        assert_eq!(hours(text).fault(), Some(Fault::Never), "{text}");
    }
    let contradiction =
        |rule: &str, later: &str| Some(Fault::Contradiction { rule: rule.to_owned(), later: later.to_owned() });
    assert_eq!(hours("Mo 10:00-12:00; Mo 14:00-16:00").fault(), contradiction("Mo 10:00-12:00", "Mo 14:00-16:00"));
    assert_eq!(
        hours("Mo 09:00-17:00; Tu 09:00-12:00; Mo-Fr 10:00-12:00").fault(),
        contradiction("Mo 09:00-17:00", "Mo-Fr 10:00-12:00")
    );
    for text in [
        "Mo-Fr 09:00-17:00; We 09:00-12:00",
        "Mo 10:00-12:00, Mo 14:00-16:00",
        "Mo-Fr 09:00-17:00; PH off; Su off",
        "Mo-Fr 09:00-17:00; Dec 25 10:00-12:00",
        "Mo 10:00-12:00; Mo 10:00-12:00",
        "Feb 29 10:00-12:00",
        "24/7",
        r#"Mo-Fr 09:00-17:00 || "op afspraak""#,
        "Mo-Fr 09:00-17:00; SH off",
    ] {
        assert_eq!(hours(text).fault(), None, "{text}");
    }
}

#[test]
fn hours_are_put_into_words() {
    for (text, dutch, english) in [
        ("Mo-Fr 09:00-17:00", "maandag tot en met vrijdag 9:00 tot 17:00 uur", "Monday to Friday 9:00 to 17:00"),
        ("24/7", "altijd open", "always open"),
        (
            "Mo,We,Fr 10:00-12:00",
            "maandag, woensdag en vrijdag 10:00 tot 12:00 uur",
            "Monday, Wednesday and Friday 10:00 to 12:00",
        ),
        (
            "Mo-Th 09:00-12:00,13:00-17:00; Sa off; PH off",
            "maandag tot en met donderdag 9:00 tot 12:00 en 13:00 tot 17:00 uur; zaterdag gesloten; op feestdagen gesloten",
            "Monday to Thursday 9:00 to 12:00 and 13:00 to 17:00; Saturday closed; on public holidays closed",
        ),
        ("09:00-17:00", "9:00 tot 17:00 uur", "9:00 to 17:00"),
        ("Fr 20:00-02:00", "vrijdag 20:00 tot 2:00 uur", "Friday 20:00 to 2:00"),
        (
            "Mo[1,3] 20:00-22:00",
            "elke eerste en derde maandag van de maand 20:00 tot 22:00 uur",
            "every first and third Monday of the month 20:00 to 22:00",
        ),
        (
            "Mo[-1] 20:00-22:00",
            "elke laatste maandag van de maand 20:00 tot 22:00 uur",
            "every last Monday of the month 20:00 to 22:00",
        ),
        (
            "Apr-Sep Mo 10:00-12:00",
            "in april tot en met september maandag 10:00 tot 12:00 uur",
            "in April to September Monday 10:00 to 12:00",
        ),
        ("Dec 24 10:00-12:00", "op 24 december 10:00 tot 12:00 uur", "on 24 December 10:00 to 12:00"),
        (
            r#"Mo 10:00-12:00 "op afspraak""#,
            "maandag 10:00 tot 12:00 uur (op afspraak)",
            "Monday 10:00 to 12:00 (by appointment)",
        ),
        (
            r#"Mo 10:00-12:00 || "by appointment""#,
            "maandag 10:00 tot 12:00 uur; anders op afspraak",
            "Monday 10:00 to 12:00; otherwise by appointment",
        ),
        ("Mo 19:30+", "maandag vanaf 19:30 uur", "Monday from 19:30"),
        (
            "Mo-Fr 09:00-17:00; We 09:00-12:00",
            "maandag tot en met dinsdag en donderdag tot en met vrijdag 9:00 tot 17:00 uur; woensdag 9:00 tot 12:00 uur",
            "Monday to Tuesday and Thursday to Friday 9:00 to 17:00; Wednesday 9:00 to 12:00",
        ),
        (
            "Mo-Su 10:00-22:00; Su off",
            "maandag tot en met zaterdag 10:00 tot 22:00 uur; zondag gesloten",
            "Monday to Saturday 10:00 to 22:00; Sunday closed",
        ),
    ] {
        let hours = hours(text);
        assert_eq!(hours.text(Language::Dutch).as_deref(), Some(dutch), "{text}");
        assert_eq!(hours.text(Language::English).as_deref(), Some(english), "{text}");
    }
    assert_eq!(hours("week 1-10 Mo 10:00-12:00").text(Language::Dutch), None);
}

/// A rule of the plainest kind: weekdays, minutes from and to, to the next day where it ends before it begins.
#[derive(Clone, Debug)]
struct Plain {
    days: [bool; 7],
    from: u32,
    to: u32,
}

impl Plain {
    fn written(&self) -> String {
        let names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
        let days: Vec<&str> = names.into_iter().zip(self.days).filter(|(_, is)| *is).map(|(name, _)| name).collect();
        let time = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{} {}-{}", days.join(","), time(self.from), time(self.to))
    }
}

fn plain() -> impl Strategy<Value = Plain> {
    (any::<[bool; 7]>(), 0..96_u32, 0..96_u32).prop_filter_map("days and a length", |(days, from, to)| {
        (days != [false; 7] && from != to).then_some(Plain { days, from: from * 15, to: to * 15 })
    })
}

/// Whether it is open, minute by minute of the clock: the last rule of a day is that day's.
fn is_open_by_hand(rules: &[Plain], moment: DateTime<Utc>) -> bool {
    // The offset by the law, not by the tables that the code asks.
    let sunday = |month: u32| {
        let last = NaiveDate::from_ymd_opt(moment.year(), month, 31).unwrap();
        let sunday = last - Duration::days(i64::from(last.weekday().num_days_from_sunday()));
        sunday.and_time(NaiveTime::from_hms_opt(1, 0, 0).unwrap()).and_utc()
    };
    let is_summer = moment >= sunday(3) && moment < sunday(10);
    let local = moment.naive_utc() + Duration::hours(if is_summer { 2 } else { 1 });
    let minute = local.hour() * 60 + local.minute();
    let rule_of =
        |day: NaiveDate| rules.iter().rev().find(|rule| rule.days[day.weekday().num_days_from_monday() as usize]);
    let today = rule_of(local.date()).is_some_and(|rule| {
        if rule.to > rule.from { (rule.from..rule.to).contains(&minute) } else { minute >= rule.from }
    });
    let evening = rule_of(local.date() - Duration::days(1)).is_some_and(|rule| rule.to < rule.from && minute < rule.to);
    today || evening
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_minute_is_as_it_is_by_hand(
        rules in prop::collection::vec(plain(), 1..4),
        start in prop::sample::select(vec!["2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z", "2026-12-30T00:00:00Z"]),
    ) {
        let text = rules.iter().map(Plain::written).collect::<Vec<_>>().join("; ");
        let (hours, start) = (hours(&text), utc(start));
        let mut change = start;
        for minute in 0..3 * 24 * 60 {
            let moment = start + Duration::minutes(minute);
            let is_open = is_open_by_hand(&rules, moment);
            prop_assert_eq!(hours.at(moment).is_open(), Some(is_open), "{} at {}", text, moment);
            // And it changes when it is told to.
            let before = is_open_by_hand(&rules, moment - Duration::minutes(1));
            if minute > 0 && before != is_open {
                prop_assert_eq!(hours.next_change(change), Some(moment), "{} after {}", text, change);
                change = moment;
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(
        text in prop_oneof![
            any::<String>(),
            "(Mo|Fr|PH|SH|Su\\[1\\]|Dec 25|week 5|,|;|-| off| open| unknown|\"x\"|\\|\\||10:00|26:00|48:00|sunset|\\+|/| ){0,12}",
            "(Mo|Tu-Fr|PH|Dec 31|easter) [0-4][0-9]:[0-5][0-9]-[0-4][0-9]:[0-5][0-9](; | \\|\\| |, )(SH|Su|Fr\\[-1\\]) [0-4][0-9]:00-[0-4][0-9]:30( off|\\+| \"x\")?",
        ],
    ) {
        if let Ok(hours) = Hours::parse(&text) {
            let moment = utc("2026-11-30T12:00:00Z");
            let _ = (hours.at(moment), hours.next_change(moment), hours.next_opening(moment), hours.fault());
            let _ = (hours.text(Language::Dutch), hours.opens_on(Weekday::Mon, monday()));
            let _ = hours.at(DateTime::<Utc>::MAX_UTC - Duration::days(800));
        }
    }
}
