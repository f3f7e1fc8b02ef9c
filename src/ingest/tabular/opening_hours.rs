//! Opening hours: OpenStreetMap's notation, and what a clerk writes instead.

use crate::{
    calendar::hours::{Fault, Hours},
    findings::Rule,
};

/// Whether a text is opening hours by the grammar of OpenStreetMap's `opening_hours`, and makes sense.
///
/// # Errors
/// What is wrong: how many characters before the fault are right, or which rule contradicts which.
pub(crate) fn checked(text: &str) -> Result<(), Fault> {
    // `off` and `open` alone are of the grammar, and say nothing of when.
    const WHEN: [&str; 11] = [":", "24/7", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "SH"];
    let hours = Hours::parse(text)?;
    if !WHEN.iter().any(|word| text.contains(word)) {
        return Err(Fault::Syntax { right: 0 });
    }
    hours.fault().map_or(Ok(()), Err)
}

/// The rule that a fault runs into, and what its sentence names.
pub(crate) fn rule_of(fault: Fault) -> (Rule, Vec<String>) {
    match fault {
        // Where not even the beginning is of the notation, the place of the fault says nothing.
        Fault::Syntax { right: 0 } => (Rule::OpeningHoursShape, Vec::new()),
        Fault::Syntax { right } => (Rule::OpeningHoursFault, vec![(right + 1).to_string()]),
        Fault::Never => (Rule::OpeningHoursNever, Vec::new()),
        Fault::Contradiction { rule, later } => (Rule::OpeningHoursContradiction, vec![rule, later]),
    }
}

/// Opening hours as Dutch people write them, in OpenStreetMap's notation: `ma t/m vr 9-17 uur, za gesloten` is
/// `Mo-Fr 09:00-17:00; Sa off`. `None` for whatever is not days and times and nothing else, since a word that is not
/// understood may turn the rest around.
pub(crate) fn from_dutch(text: &str) -> Option<String> {
    let tokens = tokens(text)?;
    let mut rest = tokens.as_slice();
    let mut rules = Vec::new();
    while !rest.is_empty() {
        let (rule, behind) = rule(rest)?;
        rules.push(rule);
        rest = match behind {
            // A comma parts the rules as well, where days follow.
            [Token::Part, Token::Day(_), ..] | [Token::And, Token::Day(_), ..] => &behind[1..],
            [Token::End, next @ ..] => next,
            [] => behind,
            [Token::Day(_), ..] => behind,
            _ => return None,
        };
    }
    (!rules.is_empty()).then(|| rules.join("; "))
}

const DAYS: [(&str, &str, &str); 7] = [
    ("ma", "maandag", "Mo"),
    ("di", "dinsdag", "Tu"),
    ("wo", "woensdag", "We"),
    ("do", "donderdag", "Th"),
    ("vr", "vrijdag", "Fr"),
    ("za", "zaterdag", "Sa"),
    ("zo", "zondag", "Su"),
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A day, or several as `Mo-Su`.
    Day(&'static str),
    /// Hours and minutes.
    Time(u32, u32),
    /// From one to the other.
    To,
    /// A comma.
    Part,
    /// The word for it.
    And,
    /// The end of a rule.
    End,
    Closed,
}

/// `None` where there is a word or sign that is none of opening hours.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let small = text.to_lowercase().replace("tot en met", "-").replace("t/m", "-").replace(['–', '—'], "-");
    let mut tokens = Vec::new();
    let mut rest = small.trim();
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_alphabetic();
        let length = if is_word {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, behind) = rest.split_at(length);
        // `ma.`, `u.`
        rest = if is_word { behind.strip_prefix('.').unwrap_or(behind) } else { behind }.trim_start();
        tokens.push(match token {
            "-" | "tot" => Token::To,
            "," | "/" | "+" => Token::Part,
            "en" | "&" => Token::And,
            ";" => Token::End,
            "gesloten" | "dicht" => Token::Closed,
            "dagelijks" => Token::Day("Mo-Su"),
            // The word after a time, and what stands between days and times.
            "uur" | "u" | "van" | "op" | ":" => continue,
            number if first.is_ascii_digit() => time(number.trim_end_matches(['.', ':']))?,
            word => Token::Day(DAYS.iter().find(|(short, long, _)| *short == word || *long == word)?.2),
        });
    }
    Some(tokens)
}

fn time(text: &str) -> Option<Token> {
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "00"));
    if hours.len() > 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (hours.parse().ok()?, minutes.parse().ok()?);
    let is_time = hours < 24 && minutes < 60 || hours == 24 && minutes == 0;
    is_time.then_some(Token::Time(hours, minutes))
}

/// Days, then times or that it is closed; or times alone.
fn rule(tokens: &[Token]) -> Option<(String, &[Token])> {
    let (days, rest) = list(tokens, |token| if let Token::Day(day) = token { Some((*day).to_owned()) } else { None });
    let days: Vec<String> =
        days.into_iter().map(|(from, to)| to.map_or(from.clone(), |to| format!("{from}-{to}"))).collect();
    if let [Token::Closed, behind @ ..] = rest
        && !days.is_empty()
    {
        return Some((format!("{} off", days.join(",")), behind));
    }
    let (times, rest) = list(rest, |token| {
        if let Token::Time(hours, minutes) = token { Some(format!("{hours:02}:{minutes:02}")) } else { None }
    });
    // A time alone is no opening hours, and no day begins at 24:00.
    let spans: Option<Vec<String>> = times
        .into_iter()
        .map(|(from, to)| to.filter(|to| *to != from && from != "24:00").map(|to| format!("{from}-{to}")))
        .collect();
    let spans = spans.filter(|spans| !spans.is_empty())?.join(",");
    let text = if days.is_empty() { spans } else { format!("{} {spans}", days.join(",")) };
    Some((text, rest))
}

/// Ranges of one kind of thing, with commas or `en` between them, and what is left.
fn list(mut tokens: &[Token], thing: impl Fn(&Token) -> Option<String>) -> (Vec<(String, Option<String>)>, &[Token]) {
    let mut found = Vec::new();
    loop {
        let (between, beginning) = match tokens {
            [Token::Part | Token::And, behind @ ..] if !found.is_empty() => (1, behind),
            _ if found.is_empty() => (0, tokens),
            _ => return (found, tokens),
        };
        let Some(from) = beginning.first().and_then(&thing) else { return (found, tokens) };
        tokens = &tokens[between + 1..];
        let to = match tokens {
            [Token::To, next, ..] => thing(next),
            _ => None,
        };
        if to.is_some() {
            tokens = &tokens[2..];
        }
        found.push((from, to));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn opening_hours_are_those_of_openstreetmap() {
        for text in [
            "Mo-Fr 09:00-17:00",
            "Mo-Fr 09:00-12:00,13:00-17:00; Sa off",
            "24/7",
            "Dec 25 off; We 10:00+",
            "We 10:00-12:00 \"op afspraak\"",
        ] {
            assert_eq!(checked(text), Ok(()), "{text}");
        }
        // Of each the characters before the fault.
        for (text, right) in [
            ("Mo-Fr 99:99-99:99", "Mo-Fr "),
            ("Fr week off easter: (((", "Fr "),
            ("Mo-Mo 12:00", "Mo-Mo 12:00"),
            ("Mo 09:60-10:00", "Mo 09:"),
            ("Mo-Fr 09:00-49:00", "Mo-Fr 09:00-"),
            ("Mo-Fr 09:00-17:00 in de zomér", "Mo-Fr 09:00-17:00 "),
            ("We 10:00-12:00 \"één\"; Xx", "We 10:00-12:00 \"één\"; "),
            ("Mo 10:00 \"x", "Mo 10:00"),
            ("ma-vr 9 tot 17 uur", ""),
            ("dagelijks", ""),
            ("09", ""),
            ("off", ""),
            ("", ""),
        ] {
            assert_eq!(checked(text), Err(Fault::Syntax { right: right.chars().count() }), "{text}");
        }
        assert_eq!(checked("Mo 09:00-17:00; Mo off"), Err(Fault::Never));
        let (rule, details) = rule_of(checked("Mo 10:00-12:00; Mo 14:00-16:00").unwrap_err());
        assert_eq!((rule, details.len()), (Rule::OpeningHoursContradiction, 2));
        assert!(checked(&"(".repeat(500)).is_err() && checked(&"Mo,".repeat(10_000)).is_err());
    }

    #[test]
    fn what_a_clerk_writes_is_read() {
        for (dutch, notation) in [
            ("ma-vr 9:00-17:00", "Mo-Fr 09:00-17:00"),
            ("ma t/m vr 9-17 uur", "Mo-Fr 09:00-17:00"),
            ("Maandag tot en met vrijdag van 9.00 tot 17.30 uur", "Mo-Fr 09:00-17:30"),
            ("ma, wo en vr 10:00–12:00", "Mo,We,Fr 10:00-12:00"),
            ("di. 13.30 - 16.00 u.", "Tu 13:30-16:00"),
            ("ma-do 9:00-12:00 en 13:00-17:00; vr 9:00-12:00", "Mo-Th 09:00-12:00,13:00-17:00; Fr 09:00-12:00"),
            ("ma-vr 9:00-17:00, za 10:00-12:00", "Mo-Fr 09:00-17:00; Sa 10:00-12:00"),
            ("ma-za 9-22 uur, zondag gesloten", "Mo-Sa 09:00-22:00; Su off"),
            ("dagelijks 8:00-24:00", "Mo-Su 08:00-24:00"),
            ("9:00-17:00", "09:00-17:00"),
            ("maandag: 19:30 - 22:00", "Mo 19:30-22:00"),
        ] {
            let read = from_dutch(dutch);
            assert_eq!(read.as_deref(), Some(notation), "{dutch}");
            assert_eq!(checked(notation), Ok(()), "{notation}");
        }
    }

    #[test]
    fn what_may_mean_something_else_is_not_read() {
        for text in [
            "ma-vr",
            "9:00",
            "op afspraak",
            "ma-vr 9:00-17:00 behalve in de vakantie",
            "ma 9:00-9:00",
            "vanaf 9 uur",
            "ma 25:00-26:00",
            "ma 9:5-10:00",
            "elke eerste ma 9-12",
            "gesloten",
            "ma-vr 9:00-",
            "",
            "ma vr 9 10 11",
            "9-17 en",
            "12-13-14",
            "ma 9-12-17",
            "24tot9",
        ] {
            assert_eq!(from_dutch(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_what_is_read_is_in_the_notation(
            text in prop_oneof![any::<String>(), "(ma|vr|zo|,|;|-|en|tot|gesloten|9|17:00|24| |uur){0,12}"],
        ) {
            let _ = checked(&text);
            if let Some(notation) = from_dutch(&text) {
                // What is said twice of one day is in the notation, and contradicts itself.
                let is_syntax = matches!(checked(&notation), Err(Fault::Syntax { .. }));
                prop_assert!(!is_syntax, "{:?} {:?}", text, notation);
            }
        }
    }
}
