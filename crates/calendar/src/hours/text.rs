//! Opening hours in words.

use chrono::Weekday;
use opening_hours_syntax::{
    ExtendedTime, RuleKind,
    rules::{
        OpeningHoursExpression, RuleOperator, RuleSequence,
        day::{Date, DateOffset, DaySelector, HolidayKind, Month, MonthdayRange, WeekDayRange},
        time::{Time, TimeSelector, TimeSpan},
    },
};

use crate::words::{self, Language, list, span};

/// Each rule in words, `None` where one cannot be put into them.
pub(super) fn of(
    expression: &OpeningHoursExpression,
    comments_are_conditions: bool,
    language: Language,
) -> Option<String> {
    let mut text = String::new();
    let rules = parted(expression.rules.clone());
    for (index, rule) in rules.iter().enumerate() {
        let said = self::rule(rule, comments_are_conditions, language)?;
        match (index, rule.operator) {
            (0, _) => {}
            (_, RuleOperator::Fallback) => text.push_str(language.choose("; anders ", "; otherwise ")),
            _ => text.push_str("; "),
        }
        text.push_str(&said);
    }
    (!text.is_empty()).then_some(text)
}

/// The rules without the weekdays of which a later rule says otherwise, so that no day stands in two of them.
fn parted(mut rules: Vec<RuleSequence>) -> Vec<RuleSequence> {
    for index in 1..rules.len() {
        let (before, from) = rules.split_at_mut(index);
        let Some(later) = from.first() else { continue };
        let is_whole = later.kind != RuleKind::Closed || later.time_selector == TimeSelector::default();
        let Some(said) = weekdays_only(&later.day_selector) else { continue };
        if later.operator != RuleOperator::Normal || !is_whole {
            continue;
        }
        for earlier in before {
            let Some(mut days) = weekdays_only(&earlier.day_selector) else { continue };
            if days.iter().zip(&said).any(|(day, said)| *day && *said) {
                days.iter_mut().zip(&said).for_each(|(day, said)| *day &= !said);
                earlier.day_selector.weekday = ranges(days);
                if days == [false; 7] {
                    // Nothing of it is left; a selector without days is every day.
                    earlier.comment = GONE.into();
                }
            }
        }
    }
    rules.retain(|rule| &*rule.comment != GONE);
    rules
}

/// No comment can be this: a quotation mark ends it.
const GONE: &str = "\"";

/// The weekdays of a rule of the whole year, Monday first; `None` for one that is of something else as well.
fn weekdays_only(days: &DaySelector) -> Option<[bool; 7]> {
    if !(days.year.is_empty() && days.monthday.is_empty() && days.week.is_empty()) {
        return None;
    }
    if days.weekday.is_empty() {
        return Some([true; 7]);
    }
    let mut found = [false; 7];
    for range in &days.weekday {
        let WeekDayRange::Fixed {
            range,
            offset: 0,
            nth_from_start: [true, true, true, true, true],
            nth_from_end: [true, true, true, true, true],
        } = range
        else {
            return None;
        };
        let mut day = *range.start();
        loop {
            found[day.num_days_from_monday() as usize] = true;
            if day == *range.end() {
                break;
            }
            day = day.succ();
        }
    }
    Some(found)
}

fn ranges(days: [bool; 7]) -> Vec<WeekDayRange> {
    let mut ranges = Vec::new();
    let mut start = None;
    let mut day = Weekday::Mon;
    for index in 0..7 {
        if days[index] && start.is_none() {
            start = Some(day);
        }
        let ends = index == 6 || !days[index + 1];
        if let Some(from) = start.take_if(|_| ends) {
            let (nth_from_start, nth_from_end) = ([true; 5], [true; 5]);
            ranges.push(WeekDayRange::Fixed { range: from..=day, offset: 0, nth_from_start, nth_from_end });
        }
        day = day.succ();
    }
    ranges
}

fn rule(rule: &RuleSequence, comments_are_conditions: bool, language: Language) -> Option<String> {
    let is_whole_day = rule.time_selector == TimeSelector::default();
    let comment = comment(&rule.comment, language);
    let days = days(&rule.day_selector, language)?;
    let mut words: Vec<String> = days.into_iter().collect();
    let is_sure = rule.kind == RuleKind::Open;
    match rule.kind {
        RuleKind::Closed if is_whole_day => words.push(language.choose("gesloten", "closed").to_owned()),
        _ if is_whole_day && !comment.is_empty() && (comments_are_conditions || !is_sure) => {
            words.push(comment);
            return Some(words.join(" "));
        }
        RuleKind::Open if is_whole_day && words.is_empty() => {
            words.push(language.choose("altijd open", "always open").to_owned());
        }
        RuleKind::Open if is_whole_day => words.push(language.choose("de hele dag", "all day").to_owned()),
        RuleKind::Unknown if is_whole_day => words.push(language.choose("niet zeker", "not certain").to_owned()),
        kind => {
            words.push(times(&rule.time_selector, language)?);
            match kind {
                RuleKind::Closed => words.push(language.choose("gesloten", "closed").to_owned()),
                RuleKind::Unknown if comment.is_empty() => {
                    words.push(language.choose("(niet zeker)", "(not certain)").to_owned());
                }
                _ => {}
            }
        }
    }
    if !comment.is_empty() {
        words.push(format!("({comment})"));
    }
    Some(words.join(" "))
}

/// A comment, in the other language where it is a usual one.
fn comment(comment: &str, language: Language) -> String {
    const USUAL: [(&str, &str); 5] = [
        ("op afspraak", "by appointment"),
        ("op afspraak", "on appointment"),
        ("op aanvraag", "on request"),
        ("bij activiteiten", "during activities"),
        ("vakantie", "holidays"),
    ];
    let comment = comment.trim();
    let is = |known: &str| known.eq_ignore_ascii_case(comment);
    let found = USUAL.iter().find(|(dutch, english)| is(dutch) || is(english));
    found.map_or(comment, |(dutch, english)| language.choose(*dutch, *english)).to_owned()
}

/// Which days; an empty text for every day, `None` for what has no words here.
fn days(days: &DaySelector, language: Language) -> Option<Option<String>> {
    let mut words = Vec::new();
    if !days.week.is_empty() {
        return None;
    }
    let year = |year: i32| year.to_string();
    let years: Option<Vec<String>> = days
        .year
        .iter()
        .map(|range| match range.into_parts() {
            (range, 1) => Some(span(year(**range.start()), year(**range.end()), language)),
            _ => None,
        })
        .collect();
    let years = years?;
    if !years.is_empty() {
        words.push(format!("in {}", list(&years, language)));
    }
    let dates: Option<Vec<String>> = days.monthday.iter().map(|range| dates(range, language)).collect();
    let dates = dates?;
    if !dates.is_empty() {
        let is_one_day =
            days.monthday.iter().all(|range| matches!(range, MonthdayRange::Date { start, end } if start == end));
        let dates = list(&dates, language);
        words.push(match (is_one_day, days.monthday.first()) {
            (false, Some(MonthdayRange::Month { .. })) => format!("in {dates}"),
            (false, _) => format!("{} {dates}", language.choose("van", "from")),
            (true, _) => format!("{} {dates}", language.choose("op", "on")),
        });
    }
    let weekdays: Option<Vec<String>> = days.weekday.iter().map(|range| weekday(range, language)).collect();
    let weekdays = weekdays?;
    if !weekdays.is_empty() {
        words.push(list(&weekdays, language));
    }
    Some((!words.is_empty()).then(|| words.join(" ")))
}

fn weekday(range: &WeekDayRange, language: Language) -> Option<String> {
    match range {
        WeekDayRange::Holiday { kind, offset: 0 } => Some(
            match kind {
                HolidayKind::Public => language.choose("op feestdagen", "on public holidays"),
                HolidayKind::School => language.choose("in schoolvakanties", "in school holidays"),
            }
            .to_owned(),
        ),
        WeekDayRange::Fixed { range, offset: 0, nth_from_start, nth_from_end } => {
            let (from, to) = (
                words::weekday(*range.start(), language).to_owned(),
                words::weekday(*range.end(), language).to_owned(),
            );
            if *nth_from_start == [true; 5] && *nth_from_end == [true; 5] {
                return Some(span(from, to, language));
            }
            if range.start() != range.end() {
                return None;
            }
            let mut which: Vec<String> = Vec::new();
            let named = |is: &bool, place: i32| if *is { words::ordinal(place, language) } else { None };
            which.extend((1..).zip(nth_from_start).filter_map(|(place, is)| named(is, place)).map(str::to_owned));
            if nth_from_end[2..].contains(&true) {
                return None;
            }
            which.extend((1..).zip(nth_from_end).filter_map(|(place, is)| named(is, -place)).map(str::to_owned));
            let which = list(&which, language);
            Some(
                language
                    .choose(format!("elke {which} {from} van de maand"), format!("every {which} {from} of the month")),
            )
        }
        _ => None,
    }
}

fn dates(range: &MonthdayRange, language: Language) -> Option<String> {
    match range {
        MonthdayRange::Month { range, year: None } => {
            Some(span(month(*range.start(), language), month(*range.end(), language), language))
        }
        MonthdayRange::Date { start: (start, from_offset), end: (end, to_offset) } => {
            let none = DateOffset::default();
            if *from_offset != none || *to_offset != none {
                return None;
            }
            Some(span(date(start, language)?, date(end, language)?, language))
        }
        MonthdayRange::Month { .. } => None,
    }
}

fn date(date: &Date, language: Language) -> Option<String> {
    match date {
        Date::Fixed { year, month: of, day } => {
            let year = year.map(|year| format!(" {}", *year)).unwrap_or_default();
            Some(format!("{day} {}{year}", month(*of, language)))
        }
        Date::Easter { year: None } => Some(language.choose("eerste paasdag", "Easter Sunday").to_owned()),
        _ => None,
    }
}

fn month(month: Month, language: Language) -> String {
    words::month(month as u32, language).to_owned()
}

fn times(times: &TimeSelector, language: Language) -> Option<String> {
    let hour = language.choose(" uur", "");
    let mut spans = Vec::new();
    for TimeSpan { range, open_end, repeats } in &times.spans {
        if repeats.is_some() {
            return None;
        }
        let start = time(range.start, language)?;
        spans.push(if *open_end && range.end == Time::Fixed(ExtendedTime::MIDNIGHT_24) {
            language.choose(format!("vanaf {start}"), format!("from {start}"))
        } else {
            let end = time(range.end, language)?;
            let later = if *open_end { language.choose(" of later", " or later") } else { "" };
            language.choose(format!("{start} tot {end}{later}"), format!("{start} to {end}{later}"))
        });
    }
    let is_clock = times
        .spans
        .iter()
        .all(|span| matches!(span.range.start, Time::Fixed(_)) && matches!(span.range.end, Time::Fixed(_)));
    Some(format!("{}{}", list(&spans, language), if is_clock { hour } else { "" }))
}

fn time(time: Time, language: Language) -> Option<String> {
    use opening_hours_syntax::rules::time::TimeEvent;
    match time {
        Time::Fixed(time) => {
            let hour = if time > ExtendedTime::MIDNIGHT_24 { time.hour() - 24 } else { time.hour() };
            Some(format!("{hour}:{:02}", time.minute()))
        }
        Time::Variable(sun) if sun.offset == 0 => Some(
            match sun.event {
                TimeEvent::Dawn => language.choose("het eerste licht", "dawn"),
                TimeEvent::Sunrise => language.choose("zonsopgang", "sunrise"),
                TimeEvent::Sunset => language.choose("zonsondergang", "sunset"),
                TimeEvent::Dusk => language.choose("het donker", "dusk"),
            }
            .to_owned(),
        ),
        Time::Variable(_) => None,
    }
}
