//! A column of a collection.

use std::borrow::Cow;

use super::value::Value;
use crate::{
    edition::Edition,
    model::{Language, vocabulary::Term},
};

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Dutch.
    pub nl: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The text in a language.
    pub fn of(self, language: Language) -> &'static str {
        match language {
            Language::Nl => self.nl,
            Language::En => self.en,
        }
    }
}

impl From<[&'static str; 2]> for Words {
    fn from([nl, en]: [&'static str; 2]) -> Self {
        Self { nl, en }
    }
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The lasting id of the row, unique in the collection.
    Id,
    /// Something that is known of it.
    Attribute,
    /// The words for the term in the column before: for who reads names of terms.
    Label,
    /// A number of the point of the row, CRS84 degrees or RD New metres: for tables, which have no geometry.
    Coordinate,
    /// Where it comes from and on what terms, as text; [`Collection::sources`](super::Collection::sources) and
    /// [`Collection::layers`](super::Collection::layers) have the same with its parts.
    Provenance,
}

/// The type of a column. Each of its cells is of this type, or [`Value::Unknown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text in the words of the source.
    Text,
    /// Text that we write, in either language.
    Words,
    /// An address on the web.
    Url,
    /// A whole number.
    Integer,
    /// A number.
    Number {
        /// In the code of UCUM: `m`, `km2`, `har` (hectare), `deg`, `%`; `None`: a ratio or an average.
        unit: Option<&'static str>,
        /// To so many decimals; `None`: as exact as it is known.
        decimals: Option<usize>,
    },
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A year, a month or a day.
    PartialDate,
    /// A moment, UTC.
    DateTime,
    /// A term of the vocabulary of that name.
    Term(&'static str),
    /// Terms of the vocabulary of that name; none: not known.
    Terms(&'static str),
    /// Texts; none: none known.
    Texts,
}

impl Kind {
    /// A number in a unit of UCUM, or in none, as exact as it is known.
    pub(super) fn number(unit: impl Into<Option<&'static str>>) -> Self {
        Self::Number { unit: unit.into(), decimals: None }
    }

    /// A term of a vocabulary.
    pub(super) fn term<T: Term>() -> Self {
        Self::Term(T::VOCABULARY)
    }

    /// Terms of a vocabulary.
    pub(super) fn terms<T: Term>() -> Self {
        Self::Terms(T::VOCABULARY)
    }

    /// Whether a cell can stand in a column of this type.
    pub fn has(self, value: &Value<'_>) -> bool {
        match (self, value) {
            (_, Value::Unknown)
            | (Self::Text, Value::Text(_))
            | (Self::Words, Value::Words(_))
            | (Self::Url, Value::Url(_))
            | (Self::Integer, Value::Integer(_))
            | (Self::Number { .. }, Value::Number(_))
            | (Self::Boolean, Value::Boolean(_))
            | (Self::Date, Value::Date(_))
            | (Self::PartialDate, Value::PartialDate(_))
            | (Self::DateTime, Value::DateTime(_))
            | (Self::Texts, Value::Texts(_)) => true,
            (Self::Term(own), Value::Term(list, _)) | (Self::Terms(own), Value::Terms(list, _)) => own == *list,
            _ => false,
        }
    }
}

/// How a cell is read from what the rows are of.
type Read<S> = dyn for<'a> Fn(&'a S, u32) -> Value<'a> + Send + Sync;

/// A column of a collection, of rows of an edition if nothing else is said.
pub struct Column<S: 'static = Edition> {
    /// As JSON has it, and the schema where it has the same: `houseNumber`.
    pub name: &'static str,
    /// As CSV has it: `house_number`.
    pub csv: String,
    /// What it is for.
    pub role: Role,
    /// What its cells are.
    pub kind: Kind,
    /// What it is called, in small letters.
    pub label: Words,
    /// What it means, a phrase without a stop.
    pub description: Words,
    read: Box<Read<S>>,
}

impl<S> Column<S> {
    /// A column.
    pub(super) fn of(
        (role, name, kind): (Role, &'static str, Kind),
        label: [&'static str; 2],
        description: [&'static str; 2],
        read: impl for<'a> Fn(&'a S, u32) -> Value<'a> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            csv: crate::model::underscored(name),
            role,
            kind,
            label: label.into(),
            description: description.into(),
            read: Box::new(read),
        }
    }

    /// Something that is known of a row.
    pub(super) fn new(
        name: &'static str,
        kind: Kind,
        label: [&'static str; 2],
        description: [&'static str; 2],
        read: impl for<'a> Fn(&'a S, u32) -> Value<'a> + Send + Sync + 'static,
    ) -> Self {
        Self::of((Role::Attribute, name, kind), label, description, read)
    }

    /// The same with a name in CSV that does not follow from that in JSON.
    pub(super) fn in_csv(self, name: &str) -> Self {
        Self { csv: name.to_owned(), ..self }
    }

    /// The cell of a row.
    pub fn cell<'a>(&self, of: &'a S, row: u32) -> Value<'a> {
        match (self.kind, (self.read)(of, row)) {
            (Kind::Number { decimals: Some(decimals), .. }, Value::Number(number)) => {
                Value::Number(rounded(number, decimals))
            }
            (_, value) => value,
        }
    }

    /// The cell of a row as [`Value::written`], with all its decimals.
    pub fn written<'a>(&self, of: &'a S, row: u32) -> Cow<'a, str> {
        match (self.kind, self.cell(of, row)) {
            (Kind::Number { decimals: Some(decimals), .. }, Value::Number(number)) => {
                format!("{number:.decimals$}").into()
            }
            (_, value) => value.written(),
        }
    }
}

/// A number to so many decimals.
fn rounded(number: f64, decimals: usize) -> f64 {
    // As it is written, so that the two cannot differ.
    format!("{number:.decimals$}").parse().unwrap_or(number)
}
