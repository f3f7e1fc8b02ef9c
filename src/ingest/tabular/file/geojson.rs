//! GeoJSON (RFC 7946), where a feature is a row and its properties are cells, and lists of objects.

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

/// The table of a FeatureCollection or of one Feature, of a list of objects, or of one object or Feature a line; its headings
/// are the properties in the order of their appearance.
///
/// The `id` of a feature is a cell `id` where it has no property of that name and no `slug` or `key`.
pub(crate) fn read(text: &str) -> Result<Table, TableError> {
    if text.len() as u64 > MOST_JSON_BYTES {
        return Err(TableError::TooLarge { most: MOST_JSON_BYTES });
    }
    let (items, may_be_plain) = items(text)?;
    if items.len() > MOST_ROWS {
        return Err(TableError::TooManyRows { rows: items.len() });
    }
    let mut columns = Columns::default();
    let mut budget = Budget::default();
    let mut records = Vec::with_capacity(items.len());
    for (row, raw) in (1..).zip(items) {
        let (properties, geometry) = item(raw, may_be_plain)?;
        let mut cells = Vec::new();
        for (name, value) in &properties {
            let column = columns.of(name)?;
            let Some((text, kind)) = text_of(value) else { continue };
            budget.take(&text)?;
            cells.push(Cell { column, text, kind });
        }
        cells.sort_by_key(|cell| cell.column);
        records.push(Record { row, cells, geometry });
    }
    Ok(Table { headings: columns.names, records, ..Table::default() })
}

fn wrong(error: &serde_json::Error) -> TableError {
    match error.classify() {
        serde_json::error::Category::Data => TableError::NotGeoJson,
        _ => TableError::Json { line: error.line() },
    }
}

/// What makes a row each, and whether that may be an object that is no Feature.
fn items(text: &str) -> Result<(Vec<&RawValue>, bool), TableError> {
    if text.trim_start().starts_with('[') {
        return Ok((serde_json::from_str(text).map_err(|error| wrong(&error))?, true));
    }
    let whole: &RawValue = match serde_json::from_str(text) {
        Ok(whole) => whole,
        Err(error) => return lines(text).map(|lines| (lines, true)).ok_or_else(|| wrong(&error)),
    };
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| wrong(&error))?;
    match (document.r#type.as_deref(), document.features) {
        (Some("FeatureCollection"), Some(features)) => Ok((features, false)),
        (Some("Feature"), _) => Ok((vec![whole], false)),
        _ => Err(TableError::NotGeoJson),
    }
}

/// An object a line, as GeoJSONL and RFC 8142 have them; `None`: it is something else that is damaged.
fn lines(text: &str) -> Option<Vec<&RawValue>> {
    let lines = text.lines().map(|line| line.trim_matches(['\u{1E}', ' ', '\t'])).filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_str(line).ok().filter(|_| line.starts_with('{'))).collect()
}

type Item = (Map<String, Value>, Option<Geometry>);

fn item(raw: &RawValue, may_be_plain: bool) -> Result<Item, TableError> {
    let plain = || {
        let object = serde_json::from_str::<Map<String, Value>>(raw.get()).ok();
        object.filter(|_| may_be_plain).map(|properties| (properties, None)).ok_or(TableError::NotGeoJson)
    };
    let Ok(feature) = serde_json::from_str::<Feature<'_>>(raw.get()) else { return plain() };
    if feature.r#type.as_deref() != Some("Feature") {
        return plain();
    }
    let mut properties = feature.properties.unwrap_or_default();
    let has_key = ["id", "slug", "key", "sleutel"].iter().any(|name| properties.contains_key(*name));
    if let Some(id) = feature.id.filter(|_| !has_key) {
        properties.insert("id".to_owned(), id);
    }
    Ok((properties, feature.geometry.and_then(geometry_of)))
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
        Value::Object(object) => match pair(object) {
            Some(pair) => (pair, CellKind::Plain),
            None => (value.to_string(), CellKind::Nested),
        },
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
    let coordinates = geometry.coordinates.and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok());
    let position = match (name.as_str(), &coordinates) {
        ("Point", Some(position)) => position,
        // QGIS writes each layer of points so.
        ("MultiPoint", Some(Value::Array(positions))) if positions.len() == 1 => &positions[0],
        ("Point", None) => return other("Point (?)"),
        _ => return other(&name),
    };
    // A height and more may follow (RFC 7946, 3.1.1).
    let numbers = position
        .as_array()
        .map(|numbers| (numbers.first().and_then(Value::as_f64), numbers.get(1).and_then(Value::as_f64)));
    match numbers {
        Some((Some(lon), Some(lat))) => Some(Geometry::Point(Wgs84 { lon, lat })),
        _ => other("Point (?)"),
    }
}

/// `{"lon": 6.1, "lat": 52.5}` as the pair that other programs write.
fn pair(object: &Map<String, Value>) -> Option<String> {
    let number = |names: &[&str]| names.iter().find_map(|name| object.get(*name)).and_then(Value::as_f64);
    let (lon, lat) = (number(&["lon", "lng", "long", "longitude"])?, number(&["lat", "latitude"])?);
    (object.len() == 2).then(|| format!("{lat}, {lon}"))
}
