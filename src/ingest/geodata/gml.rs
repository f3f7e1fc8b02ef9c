//! GML 3.2 in the application schema of TOP10NL: features with columns, and surfaces of straight edges.
//!
//! Elements are known by their local names, since each version of the schema has other namespaces.

use std::io::{self, BufRead, Read};

use geo::{Coord, LineString, Polygon};
use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use super::{
    error::AreaError,
    feature::{Bounded, Columns, Feature, folded},
    geometry::{Flaw, System},
};
use crate::{model::excerpt, spatial::MultiPolygon};

/// How deep elements may lie in one another within a feature.
const DEEPEST: usize = 64;
/// The longest text of an element, bytes: the positions of a ring of half a million.
const MOST_TEXT_BYTES: usize = 16 << 20;
/// So much of a value is read, characters.
const MOST_VALUE_CHARS: usize = 200;

/// A text of which so much is read until more is allowed: one element or text of any length would be held whole.
struct Allowed<R> {
    text: R,
    bytes: usize,
}

impl<R: BufRead> Read for Allowed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Allowed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.bytes == 0 {
            return Err(io::Error::other("an element or a text is longer than it may be"));
        }
        self.text.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes = self.bytes.saturating_sub(amount);
        self.text.consume(amount);
    }
}

/// Gives the features that the sink wants: those in elements of that local name.
pub(crate) fn read(text: impl BufRead, element: &'static str, sink: &mut Bounded<'_>) -> Result<(), AreaError> {
    let mut reader = Reader::from_reader(Allowed { text, bytes: MOST_TEXT_BYTES });
    let mut buffer = Vec::new();
    let mut feature: Option<Building> = None;
    let mut number = 0;
    // The collection may name the system for all.
    let mut system = None;
    loop {
        reader.get_mut().bytes = MOST_TEXT_BYTES;
        let event = reader.read_event_into(&mut buffer);
        let wrong = || AreaError::Xml { at: reader.buffer_position() };
        match event.map_err(|_| wrong())? {
            Event::Eof if feature.is_some() => return Err(wrong()),
            Event::Eof if number == 0 => return Err(AreaError::NoFeature(element)),
            Event::Eof => return Ok(()),
            Event::Start(start) => match &mut feature {
                Some(feature) => feature.open(&start, wrong)?,
                None if start.local_name().into_inner() == element => {
                    number += 1;
                    feature = Some(Building { system, ..Building::default() });
                }
                None => system = system_of(&start)?.or(system),
            },
            Event::Empty(start) => {
                if let Some(feature) = &mut feature {
                    feature.open(&start, wrong)?;
                    feature.close(sink.sink.columns());
                }
            }
            Event::End(end) => {
                if let Some(building) = &mut feature {
                    if building.path.is_empty() {
                        let finished = std::mem::take(building);
                        feature = None;
                        finished.give(number, sink);
                    } else {
                        building.close(sink.sink.columns());
                    }
                } else if end.local_name().into_inner() == element {
                    return Err(wrong());
                }
            }
            Event::Text(text) => add(&mut feature, &text).ok_or_else(wrong)?,
            Event::CData(text) => add(&mut feature, &text).ok_or_else(wrong)?,
            Event::GeneralRef(reference) => {
                let sign = reference.resolve_char_ref().map_err(|_| wrong())?.map(String::from);
                let predefined = || resolve_predefined_entity(&reference).map(str::to_owned);
                add(&mut feature, &sign.or_else(predefined).ok_or_else(wrong)?).ok_or_else(wrong)?;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        buffer.clear();
    }
}

fn add(feature: &mut Option<Building>, text: &str) -> Option<()> {
    let Some(feature) = feature else { return Some(()) };
    feature.text.push_str(text);
    (feature.text.len() <= MOST_TEXT_BYTES).then_some(())
}

/// The system that an element names.
fn system_of(start: &BytesStart<'_>) -> Result<Option<System>, AreaError> {
    match attribute(start, "srsName") {
        None => Ok(None),
        Some(name) => System::named(&name).map(Some).ok_or_else(|| AreaError::System(excerpt(&name))),
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    attributes.find(|attribute| attribute.key.local_name().into_inner() == name).map(|found| found.value.into_owned())
}

/// A feature of which the end has not come yet.
#[derive(Default)]
struct Building {
    /// The elements that are open, by local name.
    path: Vec<String>,
    text: String,
    columns: Columns,
    system: Option<System>,
    /// Numbers a position.
    dimension: Option<usize>,
    polygons: Vec<Polygon<f64>>,
    exterior: Option<LineString<f64>>,
    interiors: Vec<LineString<f64>>,
    ring: Vec<Coord<f64>>,
    flaw: Option<Flaw>,
}

impl Building {
    fn open(&mut self, start: &BytesStart<'_>, wrong: impl Fn() -> AreaError) -> Result<(), AreaError> {
        let name = start.local_name().into_inner();
        if self.path.len() >= DEEPEST {
            return Err(wrong());
        }
        self.system = system_of(start)?.or(self.system);
        if let Some(dimension) = attribute(start, "srsDimension") {
            self.dimension = dimension.parse().ok();
        }
        match name {
            "Polygon" | "PolygonPatch" => (self.exterior, self.interiors) = (None, Vec::new()),
            "exterior" | "interior" => self.ring.clear(),
            "Point" | "MultiPoint" | "LineString" | "MultiCurve" if self.ring_of().is_none() => {
                self.flaw.get_or_insert(Flaw::NotAnArea(name.to_owned()));
            }
            // Edges that are not straight; Curve, Ring and LineStringSegment hold positions like any other.
            "Arc" | "ArcString" | "ArcByCenterPoint" | "Circle" | "CubicSpline" | "BSpline" | "Bezier" => {
                self.flaw = Some(Flaw::NotAnArea(name.to_owned()));
            }
            _ => {}
        }
        self.path.push(name.to_owned());
        self.text.clear();
        Ok(())
    }

    /// `exterior` or `interior`, whichever is open.
    fn ring_of(&self) -> Option<&str> {
        self.path.iter().rev().map(String::as_str).find(|name| matches!(*name, "exterior" | "interior"))
    }

    fn close(&mut self, wanted: &[&str]) {
        let text = std::mem::take(&mut self.text);
        let Some(name) = self.path.pop() else { return };
        match name.as_str() {
            "posList" | "pos" if self.ring_of().is_some() => self.positions(&text),
            "exterior" => self.exterior = Some(LineString(std::mem::take(&mut self.ring))),
            "interior" => self.interiors.push(LineString(std::mem::take(&mut self.ring))),
            "Polygon" | "PolygonPatch" => {
                if let Some(exterior) = self.exterior.take() {
                    self.polygons.push(Polygon::new(exterior, std::mem::take(&mut self.interiors)));
                }
            }
            _ => {
                let (name, value) = (folded(&name), text.trim());
                if wanted.contains(&name.as_str()) && !value.is_empty() {
                    let value = value.chars().take(MOST_VALUE_CHARS).collect();
                    // The first: what relates to another object comes behind.
                    self.columns.entry(name).or_insert(value);
                }
            }
        }
    }

    fn positions(&mut self, text: &str) {
        let numbers: Result<Vec<f64>, _> = text.split_ascii_whitespace().map(str::parse).collect();
        let dimension = self.dimension.unwrap_or(2);
        match numbers {
            Ok(numbers) if (2..=3).contains(&dimension) && numbers.len().is_multiple_of(dimension) => {
                for position in numbers.chunks_exact(dimension) {
                    let at = Coord { x: position[0], y: position[1] };
                    // A ring of several curves repeats the position where they meet.
                    if self.ring.last() != Some(&at) {
                        self.ring.push(at);
                    }
                }
            }
            _ => self.flaw = Some(Flaw::Damaged),
        }
    }

    fn give(self, number: u32, sink: &mut Bounded<'_>) {
        if !sink.sink.wants(&self.columns) {
            return;
        }
        let system = self.system.unwrap_or(System::Rd);
        let area = match self.flaw {
            // A label point beside the area is no flaw.
            Some(flaw)
                if self.polygons.is_empty()
                    || !matches!(flaw, Flaw::NotAnArea(ref kind) if kind.ends_with("Point")) =>
            {
                Err(flaw)
            }
            _ => system.to_degrees(&longitude_first(MultiPolygon(self.polygons), system)),
        };
        sink.take(Feature { layer: None, number, columns: self.columns, area });
    }
}

/// EPSG has latitude first in its geographic systems, and so has GML that follows it; not all does.
fn longitude_first(polygons: MultiPolygon<f64>, system: System) -> MultiPolygon<f64> {
    use geo::{CoordsIter as _, MapCoords as _};
    let is_swapped = |at: Coord<f64>| (50.0..=54.0).contains(&at.x) && (3.0..=8.0).contains(&at.y);
    if system == System::Degrees && polygons.coords_iter().all(is_swapped) {
        polygons.map_coords(|at| Coord { x: at.y, y: at.x })
    } else {
        polygons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::geodata::feature::Sink;

    #[derive(Default)]
    struct Kept(Vec<Feature>);

    impl Sink for Kept {
        fn columns(&self) -> &'static [&'static str] {
            &["lokaalid", "naamnl", "typegebied"]
        }
        fn element(&self) -> Option<&'static str> {
            Some("Plaats")
        }
        fn reads(&self, _: &[String]) -> bool {
            true
        }
        fn wants(&mut self, _: &Columns) -> bool {
            true
        }
        fn take(&mut self, feature: Feature) {
            self.0.push(feature);
        }
    }

    fn features(text: &[u8]) -> Result<Vec<Feature>, AreaError> {
        let mut kept = Kept::default();
        read(text, "Plaats", &mut Bounded { sink: &mut kept, positions: 0 })?;
        Ok(kept.0)
    }

    fn plaats(geometry: &str) -> Feature {
        let text = format!(r#"<c xmlns:gml="g"><t:Plaats><t:naamNL>X</t:naamNL>{geometry}</t:Plaats></c>"#);
        features(text.as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn latitude_comes_first_where_the_positions_say_so() {
        let ring = |positions: &str| {
            format!(
                r#"<gml:Polygon srsName="urn:ogc:def:crs:EPSG::4258"><gml:exterior><gml:LinearRing><gml:posList>{positions}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"#
            )
        };
        let one = plaats(&ring("52.5 6.1 52.5 6.2 52.6 6.2 52.5 6.1"));
        let other = plaats(&ring("6.1 52.5 6.2 52.5 6.2 52.6 6.1 52.5"));
        assert!(one.area.is_ok());
        assert_eq!(one.area, other.area);
    }

    #[test]
    fn what_is_no_area_is_told_and_another_system_ends_the_file() {
        let point = r#"<gml:Point srsName="EPSG:28992"><gml:pos>210000 500000</gml:pos></gml:Point>"#;
        assert_eq!(plaats(point).area, Err(Flaw::NotAnArea("Point".to_owned())));
        assert_eq!(plaats("").area, Err(Flaw::Missing));
        let odd = "<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>1 2 3</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>";
        assert_eq!(plaats(odd).area, Err(Flaw::Damaged));
        let text = r#"<c><Plaats><p srsName="EPSG:3857"/></Plaats></c>"#;
        assert!(matches!(features(text.as_bytes()), Err(AreaError::System(name)) if name == "EPSG:3857"));
    }

    #[test]
    fn cut_off_anywhere_it_is_an_error_or_fewer_features_and_never_a_panic() {
        let text = include_bytes!("../../../tests/fixtures/top10nl_plaats.gml");
        assert_eq!(features(text).unwrap().len(), 7);
        for end in (0..text.len()).step_by(7) {
            if let Ok(found) = features(&text[..end]) {
                assert!(found.len() <= 7, "{end}");
            }
        }
        let deep = format!("<Plaats>{}", "<a>".repeat(100_000));
        assert!(matches!(features(deep.as_bytes()), Err(AreaError::Xml { .. })));
    }
}
