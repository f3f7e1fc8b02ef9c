//! What a filter asks of the rows of a collection.

use std::borrow::Cow;

use super::{
    syntax::{Operator, Relation},
    time::{Instant, Span},
    truth::{self, Truth},
};
use crate::{
    collections::{Collection, Column, Geometry, Value},
    edition::Edition,
    spatial::Window,
};

/// A condition on a row: TRUE, FALSE or UNKNOWN.
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Known(bool),
    Compare(Operand, Operator, Operand),
    Like(Operand, Pattern),
    Null(&'static Column),
    NoGeometry,
    /// Its geometry and that of the window have a point in common.
    Meets(Window),
    Time(Relation, [[Operand; 2]; 2]),
}

/// A value of a row, or one that is the same for all.
pub(super) enum Operand {
    Column(&'static Column),
    Text(String),
    Number(f64),
    Boolean(bool),
    Time(Instant),
    /// Whatever its case.
    Folded(Box<Operand>),
}

/// A value as it is compared.
enum Datum<'a> {
    Texts(Vec<Cow<'a, str>>),
    Number(f64),
    Boolean(bool),
    Time(Instant),
}

impl Condition {
    /// Whether it holds of a row.
    pub(super) fn truth(&self, edition: &Edition, collection: &Collection, row: u32) -> Truth {
        let of = |one: &Self| one.truth(edition, collection, row);
        match self {
            Self::All(all) => truth::and(all.iter().map(of)),
            Self::Any(all) => truth::or(all.iter().map(of)),
            Self::Not(one) => truth::not(of(one)),
            Self::Known(is) => Some(*is),
            Self::Compare(left, operator, right) => {
                compare(left.datum(edition, row)?, *operator, right.datum(edition, row)?)
            }
            Self::Like(value, pattern) => match value.datum(edition, row)? {
                Datum::Texts(texts) => Some(texts.iter().any(|text| pattern.has(text))),
                _ => None,
            },
            Self::Null(column) => Some(column.cell(edition, row).is_unknown()),
            Self::NoGeometry => Some(collection.geometry(edition, row).is_none()),
            Self::Meets(window) => collection.geometry(edition, row).map(|geometry| match geometry {
                Geometry::Point(at) => window.has_point(at),
                Geometry::Area(area) => window.meets(area),
            }),
            Self::Time(relation, spans) => {
                let [first, second] = spans.each_ref().map(|span| -> Span {
                    span.each_ref().map(|end| match end.datum(edition, row)? {
                        Datum::Time(at) => Some(at),
                        _ => None,
                    })
                });
                relation.holds(first, second)
            }
        }
    }
}

impl Operand {
    /// Its value for a row; `None`: not known.
    fn datum<'a>(&'a self, edition: &'a Edition, row: u32) -> Option<Datum<'a>> {
        Some(match self {
            Self::Column(column) => return datum(column.cell(edition, row)),
            Self::Text(text) => Datum::Texts(vec![text.into()]),
            Self::Number(number) => Datum::Number(*number),
            Self::Boolean(is) => Datum::Boolean(*is),
            Self::Time(at) => Datum::Time(*at),
            Self::Folded(operand) => match operand.datum(edition, row)? {
                Datum::Texts(texts) => Datum::Texts(texts.into_iter().map(|text| text.to_lowercase().into()).collect()),
                other => other,
            },
        })
    }
}

fn datum(value: Value<'_>) -> Option<Datum<'_>> {
    if value.is_unknown() {
        return None;
    }
    Some(match value {
        #[expect(clippy::cast_precision_loss, reason = "counts and years, far below 2⁵³")]
        Value::Integer(number) => Datum::Number(number as f64),
        Value::Number(number) => Datum::Number(number),
        Value::Boolean(is) => Datum::Boolean(is),
        Value::Date(day) => Datum::Time(Instant::day(day)),
        Value::PartialDate(date) => Datum::Time(Instant::partial(date)),
        Value::DateTime(at) => Datum::Time(Instant::moment(at)),
        Value::Terms(_, names) => Datum::Texts(names.into_iter().map(Cow::from).collect()),
        Value::Texts(texts) => Datum::Texts(texts),
        other => Datum::Texts(vec![other.written()]),
    })
}

/// What is asked of a list is asked of its values, and one that holds is enough.
fn compare(left: Datum<'_>, operator: Operator, right: Datum<'_>) -> Truth {
    match (left, right) {
        (Datum::Texts(left), Datum::Texts(right)) => {
            Some(left.iter().any(|one| right.iter().any(|other| operator.has(one.cmp(other)))))
        }
        (Datum::Number(left), Datum::Number(right)) => Some(operator.has(left.total_cmp(&right))),
        (Datum::Boolean(left), Datum::Boolean(right)) => Some(operator.has(left.cmp(&right))),
        (Datum::Time(left), Datum::Time(right)) => left.is(operator, right),
        // What differs in kind was refused.
        _ => None,
    }
}

/// A text in which `%` stands for any characters and `_` for one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Exactly(char),
    AnyOne,
    AnyMany,
}

impl Pattern {
    /// Of a text in which `\` before a character takes it for itself.
    pub(super) fn read(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            pieces.push(match character {
                '%' => Piece::AnyMany,
                '_' => Piece::AnyOne,
                '\\' => Piece::Exactly(characters.next().unwrap_or('\\')),
                other => Piece::Exactly(other),
            });
        }
        Self(pieces)
    }

    /// Whether a text is so, in as many steps as both have characters, multiplied.
    fn has(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut piece) = (0, 0);
        // Where the last `%` stands, and what it stands for so far.
        let mut many: Option<(usize, usize)> = None;
        while at < text.len() {
            match self.0.get(piece) {
                Some(Piece::AnyMany) => {
                    many = Some((piece, at));
                    piece += 1;
                }
                Some(Piece::AnyOne) => (at, piece) = (at + 1, piece + 1),
                Some(Piece::Exactly(character)) if *character == text[at] => (at, piece) = (at + 1, piece + 1),
                _ => match many {
                    Some((star, taken)) => {
                        many = Some((star, taken + 1));
                        (at, piece) = (taken + 1, star + 1);
                    }
                    None => return false,
                },
            }
        }
        self.0.iter().skip(piece).all(|piece| *piece == Piece::AnyMany)
    }
}
