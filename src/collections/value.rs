//! What a cell of a column can be.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

use crate::model::{
    Language, PartialDate,
    vocabulary::{self, Term},
};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Not known: never "no", never 0.
    Unknown,
    /// Text in the words of the source.
    Text(Cow<'a, str>),
    /// Text that we write, in Dutch and in English.
    Words([Cow<'a, str>; 2]),
    /// An address on the web.
    Url(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number, finite, in the unit of its column.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(NaiveDate),
    /// A date as precise as it is known.
    PartialDate(&'a PartialDate),
    /// A moment.
    DateTime(DateTime<Utc>),
    /// A vocabulary and the name of one of its terms.
    Term(&'static str, &'static str),
    /// A vocabulary and the names of some of its terms.
    Terms(&'static str, Vec<&'static str>),
    /// Texts.
    Texts(Vec<Cow<'a, str>>),
}

impl<'a> Value<'a> {
    /// A text, where there is one.
    pub(super) fn text(text: impl Into<Option<&'a String>>) -> Self {
        text.into().map_or(Self::Unknown, |text| Self::Text(text.into()))
    }

    /// A text that is made for it.
    pub(super) fn made(text: String) -> Self {
        Self::Text(text.into())
    }

    /// An address on the web, where there is one.
    pub(super) fn url(url: Option<&'a String>) -> Self {
        url.map_or(Self::Unknown, |url| Self::Url(url.into()))
    }

    /// A whole number, where it is known.
    pub(super) fn integer(number: impl Into<Option<i32>>) -> Self {
        number.into().map_or(Self::Unknown, |number| Self::Integer(number.into()))
    }

    /// How many; never negative, and far below 2⁶³.
    pub(super) fn count(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A number, where it is known.
    pub(super) fn number(number: impl Into<Option<f64>>) -> Self {
        number.into().filter(|number| number.is_finite()).map_or(Self::Unknown, Self::Number)
    }

    /// Yes or no, where it is known.
    pub(super) fn is(is: impl Into<Option<bool>>) -> Self {
        is.into().map_or(Self::Unknown, Self::Boolean)
    }

    /// A day, where it is known.
    pub(super) fn date(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Unknown, Self::Date)
    }

    /// A date as precise as it is known.
    pub(super) fn partial_date(date: Option<&'a PartialDate>) -> Self {
        date.map_or(Self::Unknown, Self::PartialDate)
    }

    /// A term, where it is known.
    pub(super) fn term<T: Term>(term: Option<T>) -> Self {
        term.map_or(Self::Unknown, |term| Self::Term(T::VOCABULARY, term.name()))
    }

    /// Terms; none where they are not known.
    pub(super) fn terms<T: Term>(terms: &[T]) -> Self {
        Self::Terms(T::VOCABULARY, terms.iter().map(|term| term.name()).collect())
    }

    /// What a term is called in both languages.
    pub(super) fn label<T: Term>(term: Option<T>) -> Self {
        let label = term.and_then(Term::label);
        label.map_or(Self::Unknown, |label| Self::Words([(&label.label_nl).into(), (&label.label_en).into()]))
    }

    /// Texts.
    pub(super) fn texts(texts: impl IntoIterator<Item = &'a String>) -> Self {
        Self::Texts(texts.into_iter().map(Into::into).collect())
    }

    /// Whether nothing is known: no value, or a list of none.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Unknown => true,
            Self::Terms(_, names) => names.is_empty(),
            Self::Texts(texts) => texts.is_empty(),
            _ => false,
        }
    }

    /// As programs read it, in one cell: a term by its name, lists with `|` between, dates and moments in ISO 8601, a point before decimals;
    /// empty where it is not known.
    pub fn written(self) -> Cow<'a, str> {
        match self {
            Self::Unknown => "".into(),
            Self::Text(text) | Self::Words([text, _]) | Self::Url(text) => text,
            Self::Integer(number) => number.to_string().into(),
            Self::Number(number) => number.to_string().into(),
            Self::Boolean(is) => (if is { "true" } else { "false" }).into(),
            Self::Date(day) => day.to_string().into(),
            Self::PartialDate(date) => date.as_str().into(),
            Self::DateTime(moment) => moment.to_rfc3339_opts(SecondsFormat::Secs, true).into(),
            Self::Term(_, name) => name.into(),
            Self::Terms(_, names) => names.join("|").into(),
            Self::Texts(texts) => texts.join("|").into(),
        }
    }

    /// As people read it, in one cell: terms by their labels, lists with `; ` between, yes or no in words; numbers and dates are as
    /// [`written`](Self::written), for who writes them in types of their own.
    pub fn told(self, language: Language) -> Cow<'a, str> {
        let label = |list: &str, name: &'static str| -> &'static str {
            vocabulary::label(list, name).map_or(name, |label| label.of(language))
        };
        match self {
            Self::Words([nl, en]) => {
                if language == Language::Nl {
                    nl
                } else {
                    en
                }
            }
            Self::Boolean(is) => language.yes_or_no(is).into(),
            Self::Term(list, name) => label(list, name).into(),
            Self::Terms(list, names) => {
                names.iter().map(|name| label(list, name)).collect::<Vec<_>>().join("; ").into()
            }
            Self::Texts(texts) => texts.join("; ").into(),
            other => other.written(),
        }
    }
}

/// As JSON has it: null where it is not known, lists as lists, words in Dutch.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_none(),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Boolean(is) => serializer.serialize_bool(*is),
            Self::Terms(_, names) => names.serialize(serializer),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Text(text) | Self::Words([text, _]) | Self::Url(text) => serializer.serialize_str(text),
            other => serializer.serialize_str(&other.clone().written()),
        }
    }
}
