//! What a filter says, before it is known what it says it of.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};
use geo::Geometry;

use super::words::Words;
use crate::http::pages::{language::Language, words::with};

/// Where in a filter something stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// The number of a character of its text, from 1.
    Character(usize),
    /// A JSON Pointer (RFC 6901), such as `/args/0`; empty: the whole.
    Member(String),
}

/// Why a filter is refused, and where.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::http::ogc) struct Fault {
    place: Place,
    dutch: String,
    english: String,
}

impl Fault {
    /// What is wrong there and what would be right: a sentence whose blanks the values fill.
    pub(super) fn at(place: &Place, say: impl Fn(&Words) -> &'static str, values: &[(&str, &str)]) -> Self {
        Self::told(place, |language| with(say(Words::of(language)), values))
    }

    /// The same of a sentence that is made.
    pub(super) fn told(place: &Place, say: impl Fn(Language) -> String) -> Self {
        Self { place: place.clone(), dutch: say(Language::Nl), english: say(Language::En) }
    }

    /// The sentence.
    pub(in crate::http::ogc) fn sentence(&self, language: Language) -> String {
        let t = Words::of(language);
        let (frame, place) = match &self.place {
            Place::Character(number) => (t.at_character, number.to_string()),
            Place::Member(path) if path.is_empty() => (t.as_a_whole, String::new()),
            Place::Member(path) => (t.at_member, path.clone()),
        };
        let told = match language {
            Language::Nl => &self.dutch,
            Language::En => &self.english,
        };
        format!("{} {told}", with(frame, &[("place", &place)]))
    }
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Known(bool),
    Compare(Scalar, Operator, Scalar),
    Like(Scalar, Scalar),
    Null(Property),
    Space(Place, [Where; 2]),
    Time(Relation, [When; 2]),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Different,
    Less,
    More,
    AtMost,
    AtLeast,
}

impl Operator {
    /// As both notations have it.
    pub(super) fn named(text: &str) -> Option<Self> {
        Some(match text {
            "=" => Self::Equal,
            "<>" => Self::Different,
            "<" => Self::Less,
            ">" => Self::More,
            "<=" => Self::AtMost,
            ">=" => Self::AtLeast,
            _ => return None,
        })
    }

    /// Whether it is true of values in that order.
    pub(super) fn has(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Different => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::More => order.is_gt(),
            Self::AtMost => order.is_le(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// A property by its name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) at: Place,
}

/// A value, or what has one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scalar {
    pub(super) is: Is,
    pub(super) at: Place,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Is {
    Property(String),
    Text(String),
    Number(f64),
    Boolean(bool),
    Date(NaiveDate),
    Timestamp(DateTime<Utc>),
    /// `CASEI`: whatever its case.
    Folded(Box<Scalar>),
}

/// A geometry, or the property that is one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Where {
    Property(Property),
    /// Its four sides, in the order of the system that is asked in.
    Box([f64; 4], Place),
    /// Its coordinates likewise.
    Geometry(Geometry<f64>),
}

/// A moment or a span.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum When {
    Instant(Scalar),
    /// An end that is open has none.
    Interval([Option<Scalar>; 2]),
}

macro_rules! relations {
    ($($name:ident $text:literal)*) => {
        /// How two spans of time lie, as the standard names it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Relation { $($name,)* }

        impl Relation {
            pub(super) const NAMES: &'static [&'static str] = &[$($text,)*];

            /// That of a name in small letters.
            pub(super) fn named(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

relations! {
    After "t_after" Before "t_before" Contains "t_contains" Disjoint "t_disjoint" During "t_during" Equals "t_equals"
    FinishedBy "t_finishedby" Finishes "t_finishes" Intersects "t_intersects" Meets "t_meets" MetBy "t_metby"
    OverlappedBy "t_overlappedby" Overlaps "t_overlaps" StartedBy "t_startedby" Starts "t_starts"
}

/// The only spatial function.
pub(super) const INTERSECTS: &str = "s_intersects";

/// Expressions that all have to hold, those of two values with one between.
pub(super) fn between(value: Scalar, low: Scalar, high: Scalar) -> Expression {
    let least = Expression::Compare(value.clone(), Operator::AtLeast, low);
    Expression::All(vec![least, Expression::Compare(value, Operator::AtMost, high)])
}

/// Whether a value is one of these.
pub(super) fn one_of(value: &Scalar, list: Vec<Scalar>) -> Expression {
    let is = |other| Expression::Compare(value.clone(), Operator::Equal, other);
    Expression::Any(list.into_iter().map(is).collect())
}

/// The same, or that it does not hold.
pub(super) fn unless(is_not: bool, expression: Expression) -> Expression {
    if is_not { Expression::Not(Box::new(expression)) } else { expression }
}
