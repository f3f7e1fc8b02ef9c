//! Scalars of the schema that GraphQL does not have itself.

use std::{borrow::Cow, fmt};

use async_graphql::{
    ContextSelectionSet, InputValueError, InputValueResult, OutputType, Positioned, Scalar, ScalarType, ServerResult,
    Value, parser::types::Field, registry::Registry,
};
use chrono::{NaiveDate, NaiveTime, SecondsFormat, Utc};

use crate::model;

/// The scalar of that name; described below, where its description in the schema comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct GeoJson(pub serde_json::Value);

/// A GeoJSON object (RFC 7946), never a string: a geometry, a Feature or a FeatureCollection.
///
/// Positions are longitude and latitude in degrees, and edges are straight in them, unless the object has a member
/// `coordRefSys`, which names another coordinate reference system.
#[Scalar(name = "GeoJSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc7946")]
impl ScalarType for GeoJson {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value.into_json() {
            Ok(json @ serde_json::Value::Object(_)) => Ok(Self(json)),
            _ => Err(InputValueError::custom(
                "GeoJSON is an object such as {\"type\": \"Polygon\", \"coordinates\": […]}",
            )),
        }
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

/// A [`GeoJson`] that is written already. A clone shares the text, and the endpoint copies it as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenGeoJson(Value);

impl WrittenGeoJson {
    /// Of the text of a GeoJSON object.
    pub fn new(text: String) -> Self {
        Self(Value::Binary(text.into()))
    }

    /// Bytes of the text.
    pub fn size(&self) -> usize {
        self.text().len()
    }

    /// The text.
    pub fn text(&self) -> &[u8] {
        match &self.0 {
            Value::Binary(text) => text,
            _ => &[],
        }
    }
}

impl OutputType for WrittenGeoJson {
    fn type_name() -> Cow<'static, str> {
        <GeoJson as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <GeoJson as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(self.0.clone())
    }
}

/// The scalar of that name; described below, where its description in the schema comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A day of the Gregorian calendar, `2024-03-15` (ISO 8601).
#[Scalar(name = "Date", specified_by_url = "https://scalars.graphql.org/andimarek/local-date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => {
                text.parse().map(Self).map_err(|_| InputValueError::custom("a Date is a day, such as 2024-03-15"))
            }
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// The scalar of that name; described below, where its description in the schema comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime(pub NaiveTime);

/// A time of day on the clock of Europe/Amsterdam, `19:30`.
#[Scalar(name = "LocalTime", specified_by_url = "https://scalars.graphql.org/dotansimha/local-time")]
impl ScalarType for LocalTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => NaiveTime::parse_from_str(&text, "%H:%M")
                .map(Self)
                .map_err(|_| InputValueError::custom("a LocalTime is a time of day, such as 19:30")),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%H:%M").to_string())
    }
}

/// The scalar of that name; described below, where its description in the schema comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialDate(pub model::PartialDate);

/// A year, a month or a day, as much as the source tells: `2024`, `2024-03` or `2024-03-15` (ISO 8601).
#[Scalar(name = "PartialDate", specified_by_url = "https://www.iso.org/iso-8601-date-and-time-format.html")]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => text.parse().map(Self).map_err(InputValueError::custom),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// The scalar of that name; described below, where its description in the schema comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// A moment in UTC, `2024-03-15T12:00:00Z` (RFC 3339).
#[Scalar(name = "DateTime", specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => {
                chrono::DateTime::parse_from_rfc3339(&text).map(|moment| Self(moment.with_timezone(&Utc))).map_err(
                    |_| InputValueError::custom("a DateTime is a moment with its offset, such as 2024-03-15T12:00:00Z"),
                )
            }
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

/// The scalar of that name; described below, where its description in the schema comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(pub String);

/// An absolute address on the web (RFC 3986).
#[Scalar(name = "URL", specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}
