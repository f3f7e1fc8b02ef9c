//! GeoJSON, read as it comes: RFC 7946, and the older form whose member `crs` names another system than CRS84.

use std::{fmt, path::Path};

use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value, value::RawValue};

use super::{
    error::AreaError,
    feature::{Bounded, Columns, Feature, folded},
    geometry::{self, Flaw, System},
    open,
};
use crate::{ingest::progress::Watch, model::excerpt};

/// So much of a value is read, characters.
const MOST_VALUE_CHARS: usize = 200;

/// Gives the features that the sink wants.
pub(crate) fn read(path: &Path, sink: &mut Bounded<'_>, watch: &Watch) -> Result<(), AreaError> {
    // Twice: the system may be named behind the features.
    let system = parse(path, Outer { features: None }, watch)?;
    parse(path, Outer { features: Some((system.unwrap_or(System::Degrees), sink)) }, watch).map(drop)
}

fn parse(path: &Path, outer: Outer<'_, '_>, watch: &Watch) -> Result<Option<System>, AreaError> {
    let mut json = serde_json::Deserializer::from_reader(open::text(path, watch)?);
    let read = outer.deserialize(&mut json).and_then(|read| json.end().map(|()| read));
    let read = read.map_err(|cause| match cause.classify() {
        serde_json::error::Category::Data => AreaError::NotGeoJson,
        serde_json::error::Category::Io => AreaError::Io(cause.into()),
        _ => AreaError::Json { line: cause.line() },
    })?;
    match read.system {
        None => Ok(None),
        Some(name) => System::named(&name).map(Some).ok_or(AreaError::System(excerpt(&name))),
    }
}

/// A FeatureCollection. Without `features` it is only looked at for its kind and system.
struct Outer<'a, 'b> {
    features: Option<(System, &'a mut Bounded<'b>)>,
}

struct Read {
    system: Option<String>,
}

impl<'de> DeserializeSeed<'de> for Outer<'_, '_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Outer<'_, '_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a FeatureCollection")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<Read, M::Error> {
        let (mut system, mut is_collection, mut has_features) = (None, false, false);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => is_collection = map.next_value::<Value>()? == "FeatureCollection",
                "crs" => {
                    let member: Value = map.next_value()?;
                    let name = member.pointer("/properties/name").and_then(Value::as_str);
                    // Something that names no system is none of ours.
                    system = (!member.is_null()).then(|| name.unwrap_or("?").to_owned());
                }
                "features" => {
                    has_features = true;
                    match self.features.take() {
                        Some((system, sink)) => map.next_value_seed(List { system, sink })?,
                        None => map.next_value::<IgnoredAny>().map(drop)?,
                    }
                }
                _ => map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        if is_collection && has_features { Ok(Read { system }) } else { Err(M::Error::custom("no FeatureCollection")) }
    }
}

struct List<'a, 'b> {
    system: System,
    sink: &'a mut Bounded<'b>,
}

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

#[derive(Deserialize)]
struct RawFeature {
    properties: Option<Map<String, Value>>,
    geometry: Option<Box<RawValue>>,
    id: Option<Value>,
}

#[derive(Deserialize)]
struct RawGeometry<'a> {
    r#type: String,
    #[serde(borrow)]
    coordinates: Option<&'a RawValue>,
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut features: S) -> Result<(), S::Error> {
        let mut number = 0;
        while let Some(feature) = features.next_element::<RawFeature>()? {
            number += 1;
            let columns = columns(&feature, self.sink.sink.columns());
            if self.sink.sink.wants(&columns) {
                let area = area(feature.geometry.as_deref(), self.system);
                self.sink.take(Feature { layer: None, number, columns, area });
            }
        }
        Ok(())
    }
}

/// The properties that are read; the `id` of a feature where no property is called so.
fn columns(feature: &RawFeature, wanted: &[&str]) -> Columns {
    let id = feature.id.iter().map(|id| ("id".to_owned(), id));
    let properties = feature.properties.iter().flatten().map(|(name, value)| (folded(name), value));
    let read = id.chain(properties).filter(|(name, _)| wanted.contains(&name.as_str()));
    read.filter_map(|(name, value)| Some((name, text(value)?))).collect()
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().chars().take(MOST_VALUE_CHARS).collect(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn area(raw: Option<&RawValue>, system: System) -> Result<crate::spatial::MultiPolygon<f64>, Flaw> {
    let raw = raw.filter(|raw| raw.get() != "null").ok_or(Flaw::Missing)?;
    let geometry: RawGeometry<'_> = serde_json::from_str(raw.get()).map_err(|_| Flaw::Damaged)?;
    let coordinates = geometry.coordinates.map_or("null", RawValue::get);
    system.to_degrees(&geometry::of_geojson(&geometry.r#type, coordinates)?)
}
