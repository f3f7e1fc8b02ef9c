//! The JSON of Overpass (`[out:json]`), with whatever it was asked to tell of where things are: `out center`, `out bb`,
//! `out geom`, or the nodes themselves; and what overpass turbo makes of it.

use std::{collections::HashMap, io::Read};

use chrono::DateTime;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    element::{Element, ElementId, ElementKind, Extract, Tags, middle},
    error::OsmError,
    tags, turbo,
};
use crate::spatial::Wgs84;

/// Everything of interest in the Netherlands takes some 20 MiB.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Reads what is of interest.
///
/// # Errors
/// [`OsmError`] for a file that is cut off, or is no answer of Overpass.
pub(super) fn read(file: impl Read) -> Result<Extract, OsmError> {
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(OsmError::Io)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
        return Err(OsmError::TooLarge(MOST_BYTES));
    }
    let answer: Answer<'_> =
        serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).map_err(|cause| {
            if cause.is_eof() { OsmError::Truncated } else { OsmError::Json { line: cause.line() } }
        })?;
    let moment = answer.osm3s.and_then(|said| said.timestamp_osm_base).or(answer.timestamp);
    let day = moment.and_then(|moment| DateTime::parse_from_rfc3339(&moment).ok()).map(|moment| moment.date_naive());
    let remark = answer.remark.map(|remark| crate::model::excerpt(&remark));
    let raw = match (answer.elements, answer.features) {
        (Some(raw), _) => raw,
        (None, Some(features)) => {
            let (elements, unreadable) = turbo::elements(&features).ok_or(OsmError::NotOverpass)?;
            return Ok(Extract { day, remark, unreadable, elements });
        }
        (None, None) => return Err(OsmError::NotOverpass),
    };
    // One that is wrong does not take the others with it.
    let read: Vec<Raw> = raw.iter().filter_map(|text| serde_json::from_str(text.get()).ok()).collect();
    let shapes = Shapes::of(&read);
    let elements = read.iter().filter_map(|element| {
        let id = ElementId(element.kind()?, element.id?);
        let tags = element.tags.clone().filter(tags::is_of_interest)?;
        Some(Element { id, tags, at: shapes.at(element) })
    });
    Ok(Extract { day, remark, unreadable: raw.len() - read.len(), elements: elements.collect() })
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    elements: Option<Vec<&'a RawValue>>,
    /// Of the GeoJSON of overpass turbo.
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    /// There the moment of the map.
    timestamp: Option<String>,
    osm3s: Option<Osm3s>,
    /// Why not everything is here.
    remark: Option<String>,
}

#[derive(Deserialize)]
struct Osm3s {
    timestamp_osm_base: Option<String>,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type")]
    kind: String,
    /// Areas and counts have none, or none that we name.
    id: Option<i64>,
    lat: Option<f64>,
    lon: Option<f64>,
    center: Option<Point>,
    bounds: Option<Bounds>,
    /// A position outside the box that was asked is null.
    #[serde(default)]
    geometry: Vec<Option<Point>>,
    #[serde(default)]
    nodes: Vec<i64>,
    #[serde(default)]
    members: Vec<Member>,
    tags: Option<Tags>,
}

#[derive(Clone, Copy, Deserialize)]
struct Point {
    lat: f64,
    lon: f64,
}

#[derive(Clone, Copy, Deserialize)]
struct Bounds {
    minlat: f64,
    minlon: f64,
    maxlat: f64,
    maxlon: f64,
}

#[derive(Deserialize)]
struct Member {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "ref")]
    id: i64,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default)]
    geometry: Vec<Option<Point>>,
}

impl From<Point> for Wgs84 {
    fn from(point: Point) -> Self {
        Self { lon: point.lon, lat: point.lat }
    }
}

impl Raw {
    fn kind(&self) -> Option<ElementKind> {
        match self.kind.as_str() {
            "node" => Some(ElementKind::Node),
            "way" => Some(ElementKind::Way),
            "relation" => Some(ElementKind::Relation),
            _ => None,
        }
    }
}

/// Where the nodes of the file lie, and which of them its ways are made of.
struct Shapes<'a> {
    nodes: HashMap<i64, Wgs84>,
    ways: HashMap<i64, &'a Raw>,
}

impl<'a> Shapes<'a> {
    fn of(read: &'a [Raw]) -> Self {
        let mut shapes = Self { nodes: HashMap::new(), ways: HashMap::new() };
        for raw in read {
            match (raw.kind(), raw.id, raw.lat.zip(raw.lon)) {
                (Some(ElementKind::Node), Some(id), Some((lat, lon))) => {
                    shapes.nodes.insert(id, Wgs84 { lon, lat });
                }
                (Some(ElementKind::Way), Some(id), _) => {
                    shapes.ways.insert(id, raw);
                }
                _ => {}
            }
        }
        shapes
    }

    /// The point of a node, or the middle of anything else.
    fn at(&self, raw: &Raw) -> Option<Wgs84> {
        if let Some((lat, lon)) = raw.lat.zip(raw.lon) {
            return Some(Wgs84 { lon, lat });
        }
        if let Some(center) = raw.center {
            return Some(center.into());
        }
        if let Some(Bounds { minlat, minlon, maxlat, maxlon }) = raw.bounds {
            return middle([Wgs84 { lon: minlon, lat: minlat }, Wgs84 { lon: maxlon, lat: maxlat }]);
        }
        middle(self.of_way(raw).chain(raw.members.iter().flat_map(|member| self.of_member(member))))
    }

    fn of_way<'b>(&'b self, raw: &'b Raw) -> impl Iterator<Item = Wgs84> + 'b {
        let drawn = raw.geometry.iter().flatten().map(|point| Wgs84::from(*point));
        drawn.chain(raw.nodes.iter().filter_map(|node| self.nodes.get(node).copied()))
    }

    fn of_member<'b>(&'b self, member: &'b Member) -> impl Iterator<Item = Wgs84> + 'b {
        let own = member.lat.zip(member.lon).map(|(lat, lon)| Wgs84 { lon, lat });
        let drawn = member.geometry.iter().flatten().map(|point| Wgs84::from(*point));
        let node = (member.kind == "node").then(|| self.nodes.get(&member.id).copied()).flatten();
        let way = (member.kind == "way").then(|| self.ways.get(&member.id)).flatten();
        own.or(node).into_iter().chain(drawn).chain(way.into_iter().flat_map(|way| self.of_way(way)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overpass_turbo_exports_is_what_overpass_answers() {
        let answer = r#"{"osm3s":{"timestamp_osm_base":"2026-11-01T10:00:00Z"},"elements":[
            {"type":"node","id":1,"lat":52.5,"lon":6.25,"tags":{"amenity":"community_centre","name":"De Schalm"}},
            {"type":"way","id":2,"center":{"lat":52.6,"lon":6.3},"tags":{"amenity":"library","name":"De Boekerij"}},
            {"type":"relation","id":3,"bounds":{"minlat":52.5,"minlon":6.2,"maxlat":52.7,"maxlon":6.4},"tags":{"amenity":"theatre","name":"De Bühne"}},
            {"type":"node","id":4,"lat":52.5,"lon":6.25,"tags":{"highway":"bus_stop"}}]}"#;
        let export = r#"{"type":"FeatureCollection","generator":"overpass-turbo","timestamp":"2026-11-01T10:00:00Z","features":[
            {"type":"Feature","properties":{"@id":"node/1","amenity":"community_centre","name":"De Schalm"},
             "geometry":{"type":"Point","coordinates":[6.25,52.5]},"id":"node/1"},
            {"type":"Feature","properties":{"@id":"way/2","@geometry":"center","amenity":"library","name":"De Boekerij"},
             "geometry":{"type":"Point","coordinates":[6.3,52.6]},"id":"way/2"},
            {"type":"Feature","properties":{"amenity":"theatre","name":"De Bühne","@relations":[{"rel":9}]},
             "geometry":{"type":"MultiPolygon","coordinates":[[[[6.2,52.5],[6.4,52.5],[6.4,52.7],[6.2,52.5]]]]},"id":"relation/3"},
            {"type":"Feature","properties":{"@id":"node/4","highway":"bus_stop"},
             "geometry":{"type":"Point","coordinates":[6.25,52.5]}}]}"#;
        let [answer, export] = [answer, export].map(|text| read(text.as_bytes()).unwrap());
        assert_eq!(answer, export);
        assert_eq!(export.elements.len(), 3);
        for other in [
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"naam":"X"},"geometry":null}]}"#,
            "{}",
        ] {
            assert!(matches!(read(other.as_bytes()), Err(OsmError::NotOverpass)), "{other}");
        }
    }
}
