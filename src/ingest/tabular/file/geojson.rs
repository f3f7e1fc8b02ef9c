//! GeoJSON (RFC 7946): a feature is a row, its properties are cells.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

use crate::{
    ingest::tabular::{
        error::TableError,
        limits::{MOST_CELL_CHARS, MOST_COLUMNS, MOST_JSON_BYTES, MOST_ROWS},
        table::{Budget, Cell, CellKind, Geometry, Record, Table, excerpt_end},
    },
    spatial::Wgs84,
};

#[derive(Deserialize)]
struct Document<'a> {
    r#type: Option<String>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Feature<'a> {
    r#type: Option<String>,
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawGeometry<'a> {
    r#type: Option<String>,
    #[serde(borrow)]
    coordinates: Option<&'a RawValue>,
}

/// The table of a FeatureCollection or of one Feature; its headings are the properties in the order of their appearance.
///
/// The `id` of a feature is a cell `id` where it has no property of that name and no `slug` or `key`.
pub(crate) fn read(text: &str) -> Result<Table, TableError> {
    if text.len() as u64 > MOST_JSON_BYTES {
        return Err(TableError::TooLarge { most: MOST_JSON_BYTES });
    }
    let wrong = |error: serde_json::Error| match error.classify() {
        serde_json::error::Category::Data => TableError::NotGeoJson,
        _ => TableError::Json { line: error.line() },
    };
    let document: Document<'_> = serde_json::from_str(text).map_err(wrong)?;
    let whole: &RawValue = serde_json::from_str(text).map_err(wrong)?;
    let features = match (document.r#type.as_deref(), document.features) {
        (Some("FeatureCollection"), Some(features)) => features,
        (Some("Feature"), _) => vec![whole],
        _ => return Err(TableError::NotGeoJson),
    };
    if features.len() > MOST_ROWS {
        return Err(TableError::TooManyRows { rows: features.len() });
    }
    let mut columns = Columns::default();
    let mut budget = Budget::default();
    let mut records = Vec::with_capacity(features.len());
    for (row, raw) in (1..).zip(features) {
        let feature: Feature<'_> = serde_json::from_str(raw.get()).map_err(|_| TableError::NotGeoJson)?;
        if feature.r#type.as_deref() != Some("Feature") {
            return Err(TableError::NotGeoJson);
        }
        let mut properties = feature.properties.unwrap_or_default();
        let has_key = ["id", "slug", "key", "sleutel"].iter().any(|name| properties.contains_key(*name));
        if let Some(id) = feature.id.filter(|_| !has_key) {
            properties.insert("id".to_owned(), id);
        }
        let mut cells = Vec::new();
        for (name, value) in &properties {
            let column = columns.of(name)?;
            let Some((text, kind)) = text_of(value) else { continue };
            budget.take(&text)?;
            cells.push(Cell { column, text, kind });
        }
        cells.sort_by_key(|cell| cell.column);
        records.push(Record { row, cells, geometry: feature.geometry.and_then(geometry_of) });
    }
    Ok(Table { sheet: None, heading_row: 0, headings: columns.names, records })
}

#[derive(Default)]
struct Columns {
    names: Vec<String>,
    known: HashMap<String, u16>,
}

impl Columns {
    fn of(&mut self, name: &str) -> Result<u16, TableError> {
        if let Some(column) = self.known.get(name) {
            return Ok(*column);
        }
        let columns = self.names.len() + 1;
        let Some(column) = u16::try_from(columns - 1).ok().filter(|_| columns <= MOST_COLUMNS) else {
            return Err(TableError::TooManyColumns { columns });
        };
        self.names.push(name.to_owned());
        self.known.insert(name.to_owned(), column);
        Ok(column)
    }
}

/// The value of a property as text; `None`: it says nothing.
fn text_of(value: &Value) -> Option<(String, CellKind)> {
    let (text, kind) = match value {
        Value::Null => return None,
        Value::String(text) => (text.clone(), CellKind::Plain),
        Value::Bool(truth) => (truth.to_string(), CellKind::Plain),
        // As a spreadsheet shows it: 12.0 is 12.
        Value::Number(number) => (
            number
                .as_f64()
                .filter(|value| number.is_f64() && value.fract() == 0.0 && value.abs() < 1e15)
                .map_or_else(|| number.to_string(), |value| value.to_string()),
            CellKind::Plain,
        ),
        Value::Array(items) if items.is_empty() => return None,
        Value::Array(items) => match items.iter().map(Value::as_str).collect::<Option<Vec<_>>>() {
            // A bar behind it says that this is a list, also of one text with a semicolon.
            Some(texts) if texts.len() == 1 && texts[0].contains(';') => (format!("{}|", texts[0]), CellKind::Plain),
            Some(texts) => (texts.join("|"), CellKind::Plain),
            None => (value.to_string(), CellKind::Nested),
        },
        Value::Object(_) => (value.to_string(), CellKind::Nested),
    };
    if text.trim().is_empty() {
        return None;
    }
    match text.char_indices().nth(MOST_CELL_CHARS) {
        None => Some((text, kind)),
        Some(_) => Some((text[..excerpt_end(&text)].to_owned(), CellKind::TooLong(text.chars().count()))),
    }
}

fn geometry_of(raw: &RawValue) -> Option<Geometry> {
    if raw.get() == "null" {
        return None;
    }
    let other = |name: &str| Some(Geometry::Other(crate::model::excerpt(name)));
    let Ok(geometry) = serde_json::from_str::<RawGeometry<'_>>(raw.get()) else { return other("?") };
    let name = geometry.r#type.unwrap_or_default();
    if name != "Point" {
        return other(&name);
    }
    let coordinates = geometry.coordinates.and_then(|raw| serde_json::from_str::<Vec<f64>>(raw.get()).ok());
    match coordinates.as_deref() {
        // A height may follow.
        Some([lon, lat] | [lon, lat, _]) => Some(Geometry::Point(Wgs84 { lon: *lon, lat: *lat })),
        _ => other("Point (?)"),
    }
}
