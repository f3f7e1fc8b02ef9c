//! What is wrong with opening hours.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use opening_hours_syntax::{
    RuleKind,
    error::Error,
    rules::{OpeningHoursExpression, RuleOperator, RuleSequence},
};
use pest::error::InputLocation;

use super::{Hours, State};

/// What is wrong with opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// They are not in the notation.
    Syntax {
        /// How many characters from the beginning are right.
        right: usize,
    },
    /// They never open.
    Never,
    /// A rule has no effect: a later one says otherwise of the same days.
    Contradiction {
        /// The rule.
        rule: String,
        /// The later one.
        later: String,
    },
}

/// At most so many characters; none that anybody writes has more.
pub(super) const MOST_CHARS: usize = 500;

/// With more rules than that nobody looks whether each has an effect.
const MOST_RULES: usize = 10;

pub(super) fn syntax(text: &str, cause: &Error) -> Fault {
    let right = match cause {
        Error::Syntax(cause) => {
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = cause.location;
            text.char_indices().take_while(|(index, _)| *index < at).count()
        }
        // Right signs in an order that makes no sense, such as a week before the one it begins in.
        _ => 0,
    };
    Fault::Syntax { right }
}

pub(super) fn of(hours: &Hours) -> Option<Fault> {
    // Eight years: one has a 29 February.
    if walk(&[hours], 8).all(|(_, states)| states[0] == State::Closed) {
        return Some(Fault::Never);
    }
    let rules = &hours.expression.rules;
    if rules.len() > MOST_RULES {
        return None;
    }
    (0..rules.len()).find_map(|index| contradiction(hours, index))
}

/// Whether a rule says that it is open, and that never comes true.
fn contradiction(hours: &Hours, index: usize) -> Option<Fault> {
    let rules = &hours.expression.rules;
    let rule = &rules[index];
    let is_followed = rules[index + 1..].iter().any(|later| later.operator == RuleOperator::Normal);
    if rule.kind == RuleKind::Closed || !is_followed {
        return None;
    }
    let of = |rules: Vec<RuleSequence>| {
        let expression = OpeningHoursExpression { rules };
        Hours::of(expression, hours.comments_are_conditions)
    };
    let alone = of(vec![rule.clone()])?;
    let without = of(rules.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, rule)| rule.clone()).collect())?;
    let mut overruled_at = None;
    for (shown, states) in walk(&[hours, &without, &alone], 1) {
        if states[0] != states[1] {
            return None;
        }
        if overruled_at.is_none() && states[2] != State::Closed && states[0] == State::Closed {
            overruled_at = Some(shown);
        }
    }
    let at = overruled_at?;
    let overrules = |later: &&RuleSequence| {
        of(vec![rule.clone(), (*later).clone()]).is_some_and(|both| both.on(at) == State::Closed)
    };
    let later = rules[index + 1..].iter().find(overrules)?;
    Some(Fault::Contradiction { rule: rule.to_string(), later: later.to_string() })
}

/// What several hours say, wherever one of them may change within so many years.
fn walk<'a>(hours: &'a [&'a Hours], years: i32) -> impl Iterator<Item = (NaiveDateTime, Vec<State>)> + 'a {
    let midnight = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN);
    // What is found does not depend on the day on which it is looked for.
    let (start, end) = (midnight(2024), midnight(2024 + years));
    let next = move |shown: &NaiveDateTime| hours.iter().filter_map(|hours| hours.next_on(*shown, end)).min();
    std::iter::successors(Some(start), next).map(|shown| (shown, hours.iter().map(|hours| hours.on(shown)).collect()))
}
