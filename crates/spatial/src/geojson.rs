//! GeoJSON (RFC 7946): areas in, geometries out. The order longitude, latitude exists here only.

use geo::orient::Direction;
use geo::{Coord, CoordsIter, LineString, MapCoords, Orient, Polygon, RemoveRepeatedPoints};
use serde_json::{Map, Value, json};

use super::error::At;
use super::snap::to_grid;
use super::{Crs, MultiPolygon, Rd, SpatialError, Wgs84, crs, validity};

/// The names under which CRS84 goes, the only system that RFC 7946 has.
const CRS84_NAMES: [&str; 4] = [
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    "OGC:CRS84",
];

/// Square units of the sixth decimal of a degree in a square metre: one is 0.068 m by 0.111 m in Overijssel.
const UNITS_OF_A_SQUARE_METRE: f64 = 132.0;

/// The polygons of a Polygon, a MultiPolygon, or a Feature with one of them, in longitude and latitude.
///
/// A third number in a position (its height) is dropped. Rings may be wound either way.
///
/// # Errors
/// One sentence that says where, what and what would be right: another type; a `crs` other than CRS84; positions that are
/// not finite, swapped, RD metres or far outside the Netherlands; more than `max_vertices` positions, the repeated last one of each ring
/// counted too; rings that are short, open, flat, or cross, touch or overlap themselves or each other; holes outside their
/// outer ring; polygons over each other. Rings may touch each other in single points.
///
/// # Cost
/// Never more than the square of `max_vertices`.
pub fn parse_area(value: &Value, max_vertices: usize) -> Result<MultiPolygon<f64>, SpatialError> {
    let mut object = object(value)?;
    let mut base = "";
    refuse_foreign_crs(object)?;
    if kind(object)? == "Feature" {
        object = match object.get("geometry") {
            None | Some(Value::Null) => return Err(SpatialError::NoGeometry),
            Some(geometry) => self::object(geometry)?,
        };
        base = "geometry.";
        refuse_foreign_crs(object)?;
    }
    let path = format!("{base}coordinates");
    let coordinates = object.get("coordinates").unwrap_or(&Value::Null);
    let (polygons, multi): (Vec<&Value>, bool) = match kind(object)? {
        "Polygon" => (vec![coordinates], false),
        "MultiPolygon" => (array(coordinates, &path, "an array of polygons")?.iter().collect(), true),
        "FeatureCollection" => return Err(SpatialError::FeatureCollection),
        other => {
            return Err(SpatialError::NotAnArea { kind: shorten(other) });
        }
    };
    if polygons.is_empty() {
        return Err(SpatialError::Empty { path });
    }
    let path = |polygon: usize, ring: Option<usize>| {
        let polygon = if multi { format!("{path}[{polygon}]") } else { path.clone() };
        ring.map_or(polygon.clone(), |ring| format!("{polygon}[{ring}]"))
    };

    // The number first: nothing that costs more than counting happens to a geometry that is too large.
    let mut found = 0;
    let mut rings = Vec::with_capacity(polygons.len());
    for (index, polygon) in polygons.iter().enumerate() {
        let of_polygon = array(polygon, &path(index, None), "an array of rings")?;
        if of_polygon.is_empty() {
            return Err(SpatialError::Empty { path: path(index, None) });
        }
        for (number, ring) in of_polygon.iter().enumerate() {
            found += array(ring, &path(index, Some(number)), "an array of positions")?.len();
        }
        rings.push(of_polygon);
    }
    if found > max_vertices {
        return Err(SpatialError::TooManyVertices { found, max: max_vertices });
    }

    let mut parsed = Vec::with_capacity(rings.len());
    for (index, of_polygon) in rings.into_iter().enumerate() {
        let mut lines = of_polygon.iter().enumerate().map(|(number, value)| ring(value, &path(index, Some(number))));
        let Some(exterior) = lines.next().transpose()? else {
            continue;
        };
        parsed.push(Polygon::new(exterior, lines.collect::<Result<_, _>>()?));
    }
    let parsed = MultiPolygon(parsed);
    validity::check(&parsed, path)?;
    Ok(parsed)
}

fn object(value: &Value) -> Result<&Map<String, Value>, SpatialError> {
    value.as_object().ok_or(SpatialError::NotAnObject { found: kind_of(value) })
}

fn kind(object: &Map<String, Value>) -> Result<&str, SpatialError> {
    object.get("type").and_then(Value::as_str).ok_or(SpatialError::NoType)
}

fn array<'a>(value: &'a Value, path: &str, expected: &'static str) -> Result<&'a Vec<Value>, SpatialError> {
    value.as_array().ok_or_else(|| SpatialError::Shape { path: path.to_owned(), expected, found: kind_of(value) })
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "missing or null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What a caller sent, cut to what a message can hold.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn refuse_foreign_crs(object: &Map<String, Value>) -> Result<(), SpatialError> {
    let Some(member) = object.get("crs").filter(|member| !member.is_null()) else {
        return Ok(());
    };
    match member.pointer("/properties/name").and_then(Value::as_str) {
        Some(name) if CRS84_NAMES.contains(&name) => Ok(()),
        Some(name) => Err(SpatialError::ForeignCrs { found: format!("`{}`", shorten(name)) }),
        None => Err(SpatialError::ForeignCrs { found: "no system by name".to_owned() }),
    }
}

fn ring(value: &Value, path: &str) -> Result<LineString<f64>, SpatialError> {
    let positions = array(value, path, "an array of positions")?;
    let position = |(index, value): (usize, &Value)| position(value, || format!("{path}[{index}]"));
    let ring: Vec<Coord<f64>> = positions.iter().enumerate().map(position).collect::<Result<_, _>>()?;
    let (Some(first), Some(last)) = (ring.first(), ring.last()) else {
        return Err(SpatialError::Empty { path: path.to_owned() });
    };
    if first != last {
        let [first, last] = [first, last].map(|coord| At(Wgs84::from_coord(*coord)));
        return Err(SpatialError::OpenRing { path: path.to_owned(), first, last });
    }
    if ring.len() < 4 {
        return Err(SpatialError::ShortRing { path: path.to_owned(), found: ring.len() });
    }
    Ok(LineString(ring))
}

fn position(value: &Value, path: impl Fn() -> String) -> Result<Coord<f64>, SpatialError> {
    const EXPECTED: &str = "a position, an array of longitude and latitude in degrees";
    let [lon, lat, others @ ..] = array(value, &path(), EXPECTED)?.as_slice() else {
        return Err(SpatialError::Shape { path: path(), expected: EXPECTED, found: "too short" });
    };
    let number = |value: &Value| {
        value.as_f64().ok_or_else(|| SpatialError::Shape { path: path(), expected: EXPECTED, found: "not of numbers" })
    };
    // A height and whatever else is left out, but a position has nothing but numbers.
    others.iter().try_for_each(|other| number(other).map(|_| ()))?;
    let vertex = crs::vertex(number(lon)?, number(lat)?);
    vertex.map(Wgs84::coord).map_err(|reason| SpatialError::Position { path: path(), reason: Box::new(reason) })
}

/// Polygons as a GeoJSON geometry: a Polygon when there is one, a MultiPolygon otherwise, wound as RFC 7946 asks (outer
/// rings counter-clockwise).
///
/// Degrees have six decimals (0.1 m), metres two. Only the vertices are converted, so in RD an edge is straight between
/// the converted vertices. Polygons with parts thinner than a decimal may not be valid as they are written: see [`computed`]
/// for those. RFC 7946 knows CRS84 alone; in another system the object says so in `coordRefSys`
/// (OGC JSON-FG), and the order of the coordinates stays x, y and longitude, latitude.
#[must_use]
pub fn geometry(polygons: &MultiPolygon<f64>, crs: Crs) -> Value {
    let written = polygons.map_coords(|coord| {
        let [x, y] = numbers(Wgs84::from_coord(coord), crs);
        Coord { x, y }
    });
    // Rounding can make two positions one, and of a ring smaller than the last decimal leave nothing.
    write(&written.remove_repeated_points().orient(Direction::Default), crs)
}

fn write(written: &MultiPolygon<f64>, crs: Crs) -> Value {
    let positions = |ring: &LineString<f64>| ring.coords().map(|coord| json!([coord.x, coord.y])).collect::<Value>();
    let rings = |polygon: &Polygon<f64>| {
        let holes = polygon.interiors().iter().filter(|hole| hole.0.len() >= 4);
        std::iter::once(polygon.exterior()).chain(holes).map(positions).collect::<Value>()
    };
    let polygons: Vec<Value> = written.iter().filter(|polygon| polygon.exterior().0.len() >= 4).map(rings).collect();
    match <[Value; 1]>::try_from(polygons) {
        Ok([polygon]) => tagged("Polygon", polygon, crs),
        Err(polygons) => tagged("MultiPolygon", Value::Array(polygons), crs),
    }
}

/// Computed polygons in RD metres as the text of a GeoJSON geometry, in the form of [`geometry`], valid as it is written.
///
/// Of edges that are closer together than the last decimal (0.1 m in degrees, a centimetre in RD) rounding makes one, or
/// lets them cross; here the polygons are made anew from the rounded edges, so that [`parse_area`] accepts what this
/// writes. What then is below a square metre or thinner than the last decimal is left out, unless the whole is so small.
#[must_use]
pub fn computed(polygons: &MultiPolygon<f64>, crs: Crs) -> String {
    let scale = scale(crs);
    let (smallest, in_units) = match crs {
        Crs::Crs84 | Crs::Etrs89 => (UNITS_OF_A_SQUARE_METRE, in_units(polygons, |at| at.to_wgs84().coord(), scale)),
        Crs::Rd => (scale * scale, in_units(polygons, |at| Coord { x: at.x, y: at.y }, scale)),
    };
    text(&to_grid(&in_units, smallest), crs)
}

/// The text of a geometry in whole units of the last decimal.
fn text(in_units: &MultiPolygon<f64>, crs: Crs) -> String {
    const BYTES_OF_A_POSITION: usize = 24;
    let decimals = decimals(crs);
    let mut text = String::with_capacity(128 + in_units.coords_count() * BYTES_OF_A_POSITION);
    let polygon = |text: &mut String, polygon: &Polygon<f64>| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        list(text, rings, |text, ring| {
            list(text, ring.coords(), |text, at| {
                list(text, [at.x, at.y], |text, number| decimal(text, number, decimals))
            });
        });
    };
    match &in_units.0[..] {
        [only] => {
            text.push_str(r#"{"type":"Polygon","coordinates":"#);
            polygon(&mut text, only);
        }
        several => {
            text.push_str(r#"{"type":"MultiPolygon","coordinates":"#);
            list(&mut text, several, polygon);
        }
    }
    if let Some(code) = epsg(crs) {
        text.push_str(&format!(r#","coordRefSys":{}"#, reference(code)));
    }
    text.push('}');
    text
}

fn list<T>(text: &mut String, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut String, T)) {
    text.push('[');
    for (position, item) in items.into_iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        write(text, item);
    }
    text.push(']');
}

/// A whole number of units of the last decimal, as serde writes the number that it stands for.
fn decimal(text: &mut String, in_units: f64, decimals: usize) {
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^29")]
    let in_units = in_units as i64;
    if in_units < 0 {
        text.push('-');
    }
    let mut digits = [b'0'; 20];
    let (mut left, mut first) = (in_units.unsigned_abs(), digits.len());
    while left > 0 || first + decimals >= digits.len() {
        first -= 1;
        digits[first] = b'0' + (left % 10) as u8;
        left /= 10;
    }
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let written = |digits: &[u8], text: &mut String| text.extend(digits.iter().map(|digit| char::from(*digit)));
    written(&whole[first..], text);
    text.push('.');
    let last = fraction.iter().rposition(|digit| *digit != b'0').unwrap_or(0);
    written(&fraction[..=last], text);
}

fn in_units(polygons: &MultiPolygon<f64>, convert: impl Fn(Rd) -> Coord<f64>, scale: f64) -> MultiPolygon<f64> {
    polygons.map_coords(|at| convert(Rd { x: at.x, y: at.y }) * scale)
}

/// A point as a GeoJSON geometry, with the decimals and the `coordRefSys` of [`geometry`].
#[must_use]
pub fn point(at: Wgs84, crs: Crs) -> Value {
    tagged("Point", json!(numbers(at, crs)), crs)
}

/// Says on a FeatureCollection in which system its geometries are, where that is not CRS84: in `coordRefSys`, and in the
/// member `crs` of GeoJSON's first edition as well, because desktop GIS reads that one and takes metres for degrees
/// without it.
pub fn name_system(collection: &mut Value, crs: Crs) {
    let Some(code) = epsg(crs) else { return };
    collection["coordRefSys"] = reference(code);
    collection["crs"] = json!({ "type": "name", "properties": { "name": format!("urn:ogc:def:crs:EPSG::{code}") } });
}

fn tagged(kind: &str, coordinates: Value, crs: Crs) -> Value {
    let mut object = json!({ "type": kind, "coordinates": coordinates });
    if let Some(code) = epsg(crs) {
        object["coordRefSys"] = reference(code);
    }
    object
}

fn reference(code: u16) -> Value {
    format!("http://www.opengis.net/def/crs/EPSG/0/{code}").into()
}

/// The EPSG code of what is not GeoJSON's own system.
fn epsg(crs: Crs) -> Option<u16> {
    match crs {
        Crs::Crs84 => None,
        Crs::Rd => Some(28992),
        Crs::Etrs89 => Some(4258),
    }
}

fn numbers(at: Wgs84, crs: Crs) -> [f64; 2] {
    let pair = match crs {
        Crs::Crs84 | Crs::Etrs89 => [at.lon, at.lat],
        Crs::Rd => {
            let Rd { x, y } = at.to_rd();
            [x, y]
        }
    };
    let scale = scale(crs);
    pair.map(|number| (number * scale).round() / scale)
}

/// Units of the last decimal in a degree or a metre.
fn scale(crs: Crs) -> f64 {
    match crs {
        Crs::Crs84 | Crs::Etrs89 => 1e6,
        Crs::Rd => 1e2,
    }
}

/// Decimals of a degree or a metre.
fn decimals(crs: Crs) -> usize {
    match crs {
        Crs::Crs84 | Crs::Etrs89 => 6,
        Crs::Rd => 2,
    }
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, Validation, Winding};
    use proptest::prelude::*;

    use super::super::oracle::{comb, polygons};
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Value {
        let (east, north) = (west + side, south + side);
        json!([[west, south], [east, south], [east, north], [west, north], [west, south]])
    }

    fn polygon(rings: &[Value]) -> Value {
        json!({ "type": "Polygon", "coordinates": rings })
    }

    fn refused(value: Value) -> String {
        parse_area(&value, 100).unwrap_err().to_string()
    }

    #[test]
    fn polygons_are_read_bare_and_in_a_feature_wound_either_way_and_with_heights() {
        let plain = polygon(&[square(6.0, 52.0, 0.5)]);
        let expected = parse_area(&plain, 5).unwrap();
        assert_eq!(expected.unsigned_area(), 0.25);
        let feature = json!({ "type": "Feature", "properties": null, "geometry": plain });
        let multi = json!({ "type": "MultiPolygon", "coordinates": [[square(6.0, 52.0, 0.5)]] });
        let high =
            polygon(&[json!([[6.0, 52.0, 1], [6.5, 52.0, 2.5], [6.5, 52.5, -3], [6.0, 52.5, 4], [6.0, 52.0, 5]])]);
        let named = json!({ "type": "Polygon", "coordinates": [square(6.0, 52.0, 0.5)],
            "crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } } });
        for value in [feature, multi, high, named] {
            assert_eq!(parse_area(&value, 5).as_ref(), Ok(&expected), "{value}");
        }
        let clockwise = polygon(&[json!([[6.0, 52.0], [6.0, 52.5], [6.5, 52.5], [6.5, 52.0], [6.0, 52.0]])]);
        assert_eq!(parse_area(&clockwise, 5).unwrap().unsigned_area(), 0.25);
    }

    #[test]
    fn rings_may_touch_in_points_and_an_island_may_lie_in_a_lake() {
        let diamond = json!([[6.0, 52.5], [6.25, 52.25], [6.5, 52.5], [6.25, 52.75], [6.0, 52.5]]);
        assert!(parse_area(&polygon(&[square(6.0, 52.0, 1.0), diamond]), 100).is_ok());
        let island = json!({ "type": "MultiPolygon", "coordinates":
            [[square(6.0, 52.0, 1.0), square(6.2, 52.2, 0.6)], [square(6.4, 52.4, 0.2)], [square(7.0, 53.0, 0.5)]] });
        assert_eq!(parse_area(&island, 100).unwrap().0.len(), 3);
    }

    #[test]
    fn another_thing_than_an_area_is_refused_by_name() {
        insta::assert_snapshot!(refused(json!("{\"type\":\"Polygon\"}")), @"GeoJSON is an object with a `type`, but this is a text; send a Polygon or MultiPolygon as an object, not as text");
        insta::assert_snapshot!(refused(json!({ "coordinates": [] })), @r#"the GeoJSON object has no `type`; send `"type": "Polygon"` with its `coordinates`"#);
        insta::assert_snapshot!(refused(json!({ "type": "Point", "coordinates": [6.1, 52.5] })), @"a Point is not an area; send a Polygon or MultiPolygon, or a Feature with one of them");
        insta::assert_snapshot!(refused(json!({ "type": "GeometryCollection", "geometries": [] })), @"a GeometryCollection is not an area; send a Polygon or MultiPolygon, or a Feature with one of them");
        insta::assert_snapshot!(refused(json!({ "type": "FeatureCollection", "features": [] })), @"a FeatureCollection is not an area; send the `geometry` of the feature that you mean");
        insta::assert_snapshot!(refused(json!({ "type": "x".repeat(1_000) })), @"a xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… is not an area; send a Polygon or MultiPolygon, or a Feature with one of them");
        insta::assert_snapshot!(refused(json!({ "type": "Feature", "geometry": null })), @"the Feature has no `geometry`; send a Polygon or MultiPolygon in it");
        insta::assert_snapshot!(refused(json!({ "type": "Feature", "geometry": { "type": "LineString" } })), @"a LineString is not an area; send a Polygon or MultiPolygon, or a Feature with one of them");
        let mut foreign = polygon(&[square(6.0, 52.0, 0.5)]);
        foreign["crs"] = json!({ "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::28992" } });
        insta::assert_snapshot!(refused(foreign.clone()), @"the `crs` member names `urn:ogc:def:crs:EPSG::28992`, but GeoJSON is in longitude and latitude (CRS84, RFC 7946); convert the coordinates and leave `crs` out");
        foreign["crs"] = json!({ "type": "link" });
        insta::assert_snapshot!(refused(json!({ "type": "Feature", "geometry": foreign })), @"the `crs` member names no system by name, but GeoJSON is in longitude and latitude (CRS84, RFC 7946); convert the coordinates and leave `crs` out");
    }

    #[test]
    fn a_wrong_shape_of_arrays_is_refused_where_it_is() {
        insta::assert_snapshot!(refused(json!({ "type": "Polygon" })), @"`coordinates` must be an array of rings, but is missing or null");
        insta::assert_snapshot!(refused(json!({ "type": "Polygon", "coordinates": [] })), @"`coordinates` is empty; an area has at least one polygon, and a polygon at least its outer ring");
        insta::assert_snapshot!(refused(json!({ "type": "MultiPolygon", "coordinates": [[]] })), @"`coordinates[0]` is empty; an area has at least one polygon, and a polygon at least its outer ring");
        insta::assert_snapshot!(refused(json!({ "type": "Polygon", "coordinates": [[]] })), @"`coordinates[0]` is empty; an area has at least one polygon, and a polygon at least its outer ring");
        insta::assert_snapshot!(refused(json!({ "type": "Polygon", "coordinates": [[6.0, 52.0], [6.5, 52.0]] })), @"`coordinates[0][0]` must be a position, an array of longitude and latitude in degrees, but is a number");
        insta::assert_snapshot!(refused(json!({ "type": "Polygon", "coordinates": [[[6.0], [6.5, 52.0]]] })), @"`coordinates[0][0]` must be a position, an array of longitude and latitude in degrees, but is too short");
        insta::assert_snapshot!(refused(json!({ "type": "Polygon", "coordinates": [[[6.0, 52.0, "x"]]] })), @"`coordinates[0][0]` must be a position, an array of longitude and latitude in degrees, but is not of numbers");
        insta::assert_snapshot!(refused(json!({ "type": "MultiPolygon", "coordinates": [[[["6.0", 52.0]]]] })), @"`coordinates[0][0][0]` must be a position, an array of longitude and latitude in degrees, but is not of numbers");
    }

    #[test]
    fn a_wrong_position_is_refused_where_it_is() {
        let with = |second: Value| polygon(&[json!([[6.0, 52.0], second, [6.5, 52.5], [6.0, 52.0]])]);
        insta::assert_snapshot!(refused(with(json!([52.0, 6.5]))), @"`coordinates[0][1]`: longitude 52 and latitude 6.5 look swapped; send longitude 6.5 and latitude 52");
        insta::assert_snapshot!(refused(with(json!([203_000, 503_000]))), @"`coordinates[0][1]`: 203000, 503000 looks like RD New metres; a box or polygon takes longitude and latitude in degrees, here 6.094286, 52.512569");
        insta::assert_snapshot!(refused(with(json!([13.4, 52.5]))), @"`coordinates[0][1]`: longitude 13.4, latitude 52.5 is outside the Netherlands; expected longitude 3 to 8 and latitude 50 to 54");
        insta::assert_snapshot!(refused(with(json!([6.5, 152.0]))), @"`coordinates[0][1]`: latitude 152 is not between -90 and 90 degrees; in Overijssel it is between 52.1 and 52.9");
        insta::assert_snapshot!(refused(json!({ "type": "Feature", "geometry": with(json!([52.0, 6.5])) })), @"`geometry.coordinates[0][1]`: longitude 52 and latitude 6.5 look swapped; send longitude 6.5 and latitude 52");
    }

    #[test]
    fn a_wrong_ring_is_refused_with_the_place_of_the_fault() {
        let ring = |ring: Value| refused(polygon(&[ring]));
        insta::assert_snapshot!(ring(json!([[6.0, 52.0], [6.5, 52.0], [6.0, 52.0]])), @"`coordinates[0]` has 3 positions; a ring has at least 4, the last equal to the first");
        insta::assert_snapshot!(ring(json!([[6.0, 52.0], [6.5, 52.0], [6.5, 52.5], [6.0, 52.5]])), @"`coordinates[0]` is not closed: it starts at [6, 52] and ends at [6, 52.5]; repeat the first position at the end");
        insta::assert_snapshot!(ring(json!([[6.0, 52.0], [6.5, 52.0], [6.25, 52.0], [6.0, 52.0]])), @"`coordinates[0]` encloses no area: all its positions lie on one line through [6, 52]; send a ring with three corners or more");
        insta::assert_snapshot!(ring(json!([[6.0, 52.0], [6.0, 52.0], [6.0, 52.0], [6.0, 52.0]])), @"`coordinates[0]` encloses no area: all its positions lie on one line through [6, 52]; send a ring with three corners or more");
        insta::assert_snapshot!(ring(json!([[6.0, 52.0], [6.5, 52.5], [6.5, 52.0], [6.0, 52.5], [6.0, 52.0]])), @"`coordinates[0]` crosses itself at [6.25, 52.25]; a ring must not cross, so reorder its positions or split it into two polygons");
        insta::assert_snapshot!(
            ring(json!([[6.0, 52.0], [7.0, 52.0], [6.5, 52.5], [7.0, 53.0], [6.0, 53.0], [6.5, 52.5], [6.0, 52.0]])), @"`coordinates[0]` touches itself at [6.5, 52.5]; a ring passes each point once, so make it two rings");
        insta::assert_snapshot!(ring(json!([[6.0, 52.0], [6.5, 52.0], [6.5, 52.5], [6.5, 52.75], [6.5, 52.5], [6.0, 52.5], [6.0, 52.0]])), @"`coordinates[0]` runs over itself at [6.5, 52.625]; a ring passes each line once, so remove the spike or the repeated part");
    }

    #[test]
    fn rings_that_do_not_go_together_are_refused_with_the_place_of_the_fault() {
        let (whole, around) = (square(6.0, 52.0, 0.5), |west, south, side| square(west, south, side));
        insta::assert_snapshot!(refused(polygon(&[whole.clone(), around(6.25, 52.25, 0.5)])), @"`coordinates[0]` crosses `coordinates[1]` at [6.5, 52.25]; rings must not cross");
        insta::assert_snapshot!(refused(polygon(&[whole.clone(), around(7.0, 52.0, 0.5)])), @"`coordinates[1]` is a hole but lies outside its outer ring at [7, 52]; send it as a polygon of its own in a MultiPolygon");
        insta::assert_snapshot!(refused(polygon(&[whole.clone(), around(6.0, 52.125, 0.25)])), @"`coordinates[0]` and `coordinates[1]` share a line at [6, 52.25]; rings may touch in single points only, so merge them");
        insta::assert_snapshot!(refused(polygon(&[whole.clone(), around(6.125, 52.125, 0.25), around(6.1875, 52.1875, 0.0625)])), @"the holes `coordinates[2]` and `coordinates[1]` overlap at [6.1875, 52.1875]; merge them into one hole");
        let multi = |others: &[Value]| refused(json!({ "type": "MultiPolygon", "coordinates": others }));
        insta::assert_snapshot!(multi(&[json!([whole]), json!([around(6.125, 52.125, 0.25)])]), @"the polygons `coordinates[1]` and `coordinates[0]` overlap at [6.125, 52.125]; merge them into one polygon");
        insta::assert_snapshot!(multi(&[json!([whole]), json!([around(6.25, 52.25, 0.5)])]), @"`coordinates[0][0]` crosses `coordinates[1][0]` at [6.5, 52.25]; rings must not cross");
        insta::assert_snapshot!(multi(&[json!([whole]), json!([around(6.5, 52.0, 0.5)])]), @"`coordinates[0][0]` and `coordinates[1][0]` share a line at [6.5, 52.25]; rings may touch in single points only, so merge them");
        insta::assert_snapshot!(multi(&[json!([whole]), json!([whole])]), @"`coordinates[0][0]` and `coordinates[1][0]` share a line at [6.25, 52]; rings may touch in single points only, so merge them");
    }

    #[test]
    fn one_position_more_than_accepted_is_refused_before_anything_is_looked_at() {
        let nothing = Value::Array(vec![Value::Null; 101]);
        insta::assert_snapshot!(refused(polygon(&[nothing])), @"the geometry has 101 positions; at most 100 are accepted, so simplify it or ask in parts");
        let value = polygon(&[square(6.0, 52.0, 0.5), square(6.125, 52.125, 0.25)]);
        assert!(parse_area(&value, 10).is_ok());
        assert_eq!(parse_area(&value, 9), Err(SpatialError::TooManyVertices { found: 10, max: 9 }));
    }

    #[test]
    fn a_fan_of_triangles_is_refused_before_it_fills_the_memory() {
        let fan: Vec<Value> = (0..200)
            .map(|blade| {
                let turn = f64::from(blade) * std::f64::consts::TAU / 200.0;
                let tip = |turn: f64| json!([6.0 + turn.cos(), 52.0 + turn.sin()]);
                json!([[[6.0, 52.0], tip(turn), tip(turn + 0.01), [6.0, 52.0]]])
            })
            .collect();
        let value = json!({ "type": "MultiPolygon", "coordinates": fan });
        insta::assert_snapshot!(parse_area(&value, 10_000).unwrap_err(), @"the rings touch each other more than 10000 times; merge the polygons that touch");
    }

    /// JSON that is often nearly GeoJSON.
    fn any_json() -> impl Strategy<Value = Value> {
        let number = prop_oneof![
            4 => (0..5_i32).prop_map(|step| json!(6.0 + f64::from(step) / 4.0)),
            4 => (0..5_i32).prop_map(|step| json!(52.0 + f64::from(step) / 4.0)),
            1 => any::<f64>().prop_map(|number| json!(number)),
            1 => any::<i64>().prop_map(|number| json!(number)),
        ];
        const KINDS: [&str; 6] =
            ["Polygon", "MultiPolygon", "Feature", "FeatureCollection", "Point", "urn:ogc:def:crs:OGC:1.3:CRS84"];
        let text = prop_oneof![
            proptest::sample::select(&KINDS[..]).prop_map(Value::from),
            any::<String>().prop_map(Value::from)
        ];
        let leaf =
            prop_oneof![6 => number, 2 => text, 1 => Just(Value::Null), 1 => any::<bool>().prop_map(Value::from)];
        const KEYS: [&str; 6] = ["type", "coordinates", "geometry", "crs", "properties", "name"];
        leaf.prop_recursive(6, 200, 8, |inner| {
            let key = prop_oneof![9 => proptest::sample::select(&KEYS[..]).prop_map(str::to_owned), 1 => any::<String>()];
            prop_oneof![
                4 => proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                2 => proptest::collection::vec((key, inner), 0..5).prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn any_json_is_an_area_or_one_sentence(inner in any_json(), kind in proptest::sample::select(&["Polygon", "MultiPolygon", "Feature"][..])) {
            for value in [inner.clone(), json!({ "type": kind, "coordinates": inner, "geometry": inner })] {
                match parse_area(&value, 50) {
                    Ok(area) => prop_assert!(area.is_valid()),
                    Err(error) => {
                        let text = error.to_string();
                        prop_assert!(!text.is_empty() && text.len() < 500 && !text.contains('\n'), "{text}");
                    }
                }
            }
        }

        #[test]
        fn positions_of_any_numbers_are_an_area_or_one_sentence(
            rings in proptest::collection::vec(proptest::collection::vec((0..5_i32, 0..5_i32), 3..6), 1..4),
        ) {
            let ring = |corners: &Vec<(i32, i32)>| -> Value {
                let closed = corners.iter().chain(corners.first());
                closed.map(|(east, north)| json!([6.0 + f64::from(*east) / 4.0, 52.0 + f64::from(*north) / 4.0])).collect()
            };
            let value = json!({ "type": "Polygon", "coordinates": rings.iter().map(ring).collect::<Vec<_>>() });
            if let Ok(area) = parse_area(&value, 50) {
                prop_assert!(area.is_valid());
            }
        }

        #[test]
        fn what_is_written_is_read_as_the_same(comb in comb()) {
            let polygons = polygons(&comb);
            let written = geometry(&polygons, Crs::Crs84);
            let read = parse_area(&written, 1_000).unwrap();
            prop_assert!((read.unsigned_area() - polygons.unsigned_area()).abs() < 1e-5);
            prop_assert_eq!(geometry(&read, Crs::Crs84), written);
        }
    }

    #[test]
    fn outer_rings_are_written_counter_clockwise_and_holes_clockwise() {
        let hole = json!([[6.125, 52.125], [6.375, 52.125], [6.375, 52.375], [6.125, 52.125]]);
        let outer = json!([[6.0, 52.0], [6.0, 52.5], [6.5, 52.5], [6.5, 52.0], [6.0, 52.0]]);
        let polygons = parse_area(&polygon(&[outer, hole]), 100).unwrap();
        for crs in [Crs::Crs84, Crs::Rd, Crs::Etrs89] {
            let written = geometry(&polygons, crs);
            let ring = |number: usize| -> LineString<f64> {
                let positions = written["coordinates"][number].as_array().unwrap();
                positions
                    .iter()
                    .map(|position| (position[0].as_f64().unwrap(), position[1].as_f64().unwrap()))
                    .collect()
            };
            assert!(ring(0).is_ccw() && ring(1).is_cw(), "{crs:?}: {written}");
        }
    }

    #[test]
    fn a_polygon_is_written_in_each_system_with_its_decimals() {
        let polygons = MultiPolygon(vec![Polygon::new(
            vec![(6.123_456_78, 52.5), (6.2, 52.5), (6.2, 52.6), (6.123_456_78, 52.5)].into(),
            vec![],
        )]);
        insta::assert_snapshot!(geometry(&polygons, Crs::Crs84), @r#"{"type":"Polygon","coordinates":[[[6.123457,52.5],[6.2,52.5],[6.2,52.6],[6.123457,52.5]]]}"#);
        insta::assert_snapshot!(geometry(&polygons, Crs::Etrs89), @r#"{"type":"Polygon","coordinates":[[[6.123457,52.5],[6.2,52.5],[6.2,52.6],[6.123457,52.5]]],"coordRefSys":"http://www.opengis.net/def/crs/EPSG/0/4258"}"#);
        insta::assert_snapshot!(geometry(&polygons, Crs::Rd), @r#"{"type":"Polygon","coordinates":[[[204994.42,501621.26],[210191.86,501676.89],[210066.85,512803.31],[204994.42,501621.26]]],"coordRefSys":"http://www.opengis.net/def/crs/EPSG/0/28992"}"#);
        let twice = MultiPolygon(vec![polygons.0[0].clone(), polygons.0[0].clone()]);
        assert_eq!(geometry(&twice, Crs::Crs84)["type"], "MultiPolygon");
        insta::assert_snapshot!(geometry(&MultiPolygon(vec![]), Crs::Crs84), @r#"{"type":"MultiPolygon","coordinates":[]}"#);
        let speck = MultiPolygon(vec![Polygon::new(
            vec![(6.0, 52.0), (6.000_000_1, 52.0), (6.0, 52.000_000_1)].into(),
            vec![],
        )]);
        assert_eq!(geometry(&speck, Crs::Crs84), geometry(&MultiPolygon(vec![]), Crs::Crs84));
        let pricked = Polygon::new(polygons.0[0].exterior().clone(), vec![speck.0[0].exterior().clone()]);
        assert_eq!(geometry(&MultiPolygon(vec![pricked]), Crs::Crs84), geometry(&polygons, Crs::Crs84));
    }

    #[test]
    fn whole_units_are_written_as_the_number_that_they_stand_for() {
        for (crs, numbers) in [
            (Crs::Crs84, [6_123_456.0, 6_000_000.0, 52_500_000.0, 100_000.0, 10.0, 0.0, -1_500_000.0]),
            (Crs::Rd, [20_499_442.0, 20_500_000.0, 500.0, 7.0, 0.0, -0.0, -123_450.0]),
        ] {
            for number in numbers {
                let mut text = String::new();
                decimal(&mut text, number, decimals(crs));
                let read: f64 = text.parse().unwrap();
                assert_eq!(read, number / scale(crs), "{text}");
                let serde = json!(number / scale(crs)).to_string();
                assert!(text == serde || serde.contains('e') || number == 0.0, "{text} {serde}");
            }
        }
    }

    #[test]
    fn computed_polygons_are_written_as_others_are() {
        let triangle = |at: f64| Polygon::new(vec![(at, 5e5), (at + 1e4, 5e5), (at, 5.1e5)].into(), vec![]);
        let mut pricked = triangle(2e5);
        pricked.interiors_push(vec![(2.01e5, 5.01e5), (2.01e5, 5.02e5), (2.02e5, 5.01e5)]);
        for polygons in [vec![], vec![triangle(2e5)], vec![pricked, triangle(2.2e5)]] {
            let polygons = MultiPolygon(polygons);
            for crs in [Crs::Crs84, Crs::Rd, Crs::Etrs89] {
                let degrees = polygons.map_coords(|at| Rd { x: at.x, y: at.y }.to_wgs84().coord());
                let (text, value) = (computed(&polygons, crs), geometry(&degrees, crs));
                let read: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(read.to_string(), text);
                assert_eq!([&read["type"], &read["coordRefSys"]], [&value["type"], &value["coordRefSys"]]);
                assert_eq!(text.len(), value.to_string().len(), "{text}\n{value}");
            }
        }
    }

    #[test]
    fn a_point_is_written_in_each_system() {
        let zwolle = Wgs84 { lon: 6.089_512_34, lat: 52.511_8 };
        insta::assert_snapshot!(point(zwolle, Crs::Crs84), @r#"{"type":"Point","coordinates":[6.089512,52.5118]}"#);
        insta::assert_snapshot!(point(zwolle, Crs::Etrs89), @r#"{"type":"Point","coordinates":[6.089512,52.5118],"coordRefSys":"http://www.opengis.net/def/crs/EPSG/0/4258"}"#);
        insta::assert_snapshot!(point(zwolle, Crs::Rd), @r#"{"type":"Point","coordinates":[202676.77,502911.27],"coordRefSys":"http://www.opengis.net/def/crs/EPSG/0/28992"}"#);
    }
}
