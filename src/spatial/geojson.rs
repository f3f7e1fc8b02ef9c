//! GeoJSON (RFC 7946): areas in, geometries out. The order longitude, latitude exists here only.

use geo::orient::Direction;
use geo::{Coord, LineString, MapCoords, Orient, Polygon, RemoveRepeatedPoints};
use serde_json::{Map, Value, json};

use super::error::At;
use super::{Crs, MultiPolygon, Rd, SpatialError, Wgs84, crs, validity};

/// The names under which CRS84 goes, the only system that RFC 7946 has.
const CRS84_NAMES: [&str; 4] = [
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    "OGC:CRS84",
];

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
        "MultiPolygon" => (
            array(coordinates, &path, "an array of polygons")?
                .iter()
                .collect(),
            true,
        ),
        "FeatureCollection" => return Err(SpatialError::FeatureCollection),
        other => {
            return Err(SpatialError::NotAnArea {
                kind: shorten(other),
            });
        }
    };
    if polygons.is_empty() {
        return Err(SpatialError::Empty { path });
    }
    let path = |polygon: usize, ring: Option<usize>| {
        let polygon = if multi {
            format!("{path}[{polygon}]")
        } else {
            path.clone()
        };
        ring.map_or(polygon.clone(), |ring| format!("{polygon}[{ring}]"))
    };

    // The number first: nothing that costs more than counting happens to a geometry that is too large.
    let mut found = 0;
    let mut rings = Vec::with_capacity(polygons.len());
    for (index, polygon) in polygons.iter().enumerate() {
        let of_polygon = array(polygon, &path(index, None), "an array of rings")?;
        if of_polygon.is_empty() {
            return Err(SpatialError::Empty {
                path: path(index, None),
            });
        }
        for (number, ring) in of_polygon.iter().enumerate() {
            found += array(ring, &path(index, Some(number)), "an array of positions")?.len();
        }
        rings.push(of_polygon);
    }
    if found > max_vertices {
        return Err(SpatialError::TooManyVertices {
            found,
            max: max_vertices,
        });
    }

    let mut parsed = Vec::with_capacity(rings.len());
    for (index, of_polygon) in rings.into_iter().enumerate() {
        let mut lines = of_polygon
            .iter()
            .enumerate()
            .map(|(number, value)| ring(value, &path(index, Some(number))));
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
    value.as_object().ok_or(SpatialError::NotAnObject {
        found: kind_of(value),
    })
}

fn kind(object: &Map<String, Value>) -> Result<&str, SpatialError> {
    object
        .get("type")
        .and_then(Value::as_str)
        .ok_or(SpatialError::NoType)
}

fn array<'a>(
    value: &'a Value,
    path: &str,
    expected: &'static str,
) -> Result<&'a Vec<Value>, SpatialError> {
    value.as_array().ok_or_else(|| SpatialError::Shape {
        path: path.to_owned(),
        expected,
        found: kind_of(value),
    })
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
        Some(name) => Err(SpatialError::ForeignCrs {
            found: format!("`{}`", shorten(name)),
        }),
        None => Err(SpatialError::ForeignCrs {
            found: "no system by name".to_owned(),
        }),
    }
}

fn ring(value: &Value, path: &str) -> Result<LineString<f64>, SpatialError> {
    let positions = array(value, path, "an array of positions")?;
    let position = |(index, value): (usize, &Value)| position(value, || format!("{path}[{index}]"));
    let ring: Vec<Coord<f64>> = positions
        .iter()
        .enumerate()
        .map(position)
        .collect::<Result<_, _>>()?;
    let (Some(first), Some(last)) = (ring.first(), ring.last()) else {
        return Err(SpatialError::Empty {
            path: path.to_owned(),
        });
    };
    if first != last {
        let [first, last] = [first, last].map(|coord| At(Wgs84::from_coord(*coord)));
        return Err(SpatialError::OpenRing {
            path: path.to_owned(),
            first,
            last,
        });
    }
    if ring.len() < 4 {
        return Err(SpatialError::ShortRing {
            path: path.to_owned(),
            found: ring.len(),
        });
    }
    Ok(LineString(ring))
}

fn position(value: &Value, path: impl Fn() -> String) -> Result<Coord<f64>, SpatialError> {
    const EXPECTED: &str = "a position, an array of longitude and latitude in degrees";
    let [lon, lat, ..] = array(value, &path(), EXPECTED)?.as_slice() else {
        return Err(SpatialError::Shape {
            path: path(),
            expected: EXPECTED,
            found: "too short",
        });
    };
    let number = |value: &Value| {
        value.as_f64().ok_or_else(|| SpatialError::Shape {
            path: path(),
            expected: EXPECTED,
            found: "not of numbers",
        })
    };
    let vertex = crs::vertex(number(lon)?, number(lat)?);
    vertex
        .map(Wgs84::coord)
        .map_err(|reason| SpatialError::Position {
            path: path(),
            reason: Box::new(reason),
        })
}

/// Polygons as a GeoJSON geometry: a Polygon when there is one, a MultiPolygon otherwise, wound as RFC 7946 asks (outer
/// rings counter-clockwise).
///
/// Degrees have six decimals (0.1 m), metres two. Only the vertices are converted, so in RD an edge is straight between
/// the converted vertices. RFC 7946 knows CRS84 alone; in another system the object says so in `coordRefSys`
/// (OGC JSON-FG), and the order of the coordinates stays x, y and longitude, latitude.
#[must_use]
pub fn geometry(polygons: &MultiPolygon<f64>, crs: Crs) -> Value {
    let written = polygons.map_coords(|coord| {
        let [x, y] = numbers(Wgs84::from_coord(coord), crs);
        Coord { x, y }
    });
    // Rounding can make two positions one, and of a ring smaller than the last decimal leave nothing.
    let written = written.remove_repeated_points().orient(Direction::Default);
    let positions = |ring: &LineString<f64>| {
        ring.coords()
            .map(|coord| json!([coord.x, coord.y]))
            .collect::<Value>()
    };
    let rings = |polygon: &Polygon<f64>| {
        let holes = polygon.interiors().iter().filter(|hole| hole.0.len() >= 4);
        std::iter::once(polygon.exterior())
            .chain(holes)
            .map(positions)
            .collect::<Value>()
    };
    let polygons: Vec<Value> = written
        .iter()
        .filter(|polygon| polygon.exterior().0.len() >= 4)
        .map(rings)
        .collect();
    match <[Value; 1]>::try_from(polygons) {
        Ok([polygon]) => tagged("Polygon", polygon, crs),
        Err(polygons) => tagged("MultiPolygon", Value::Array(polygons), crs),
    }
}

/// A point as a GeoJSON geometry, with the decimals and the `coordRefSys` of [`geometry`].
#[must_use]
pub fn point(at: Wgs84, crs: Crs) -> Value {
    tagged("Point", json!(numbers(at, crs)), crs)
}

fn tagged(kind: &str, coordinates: Value, crs: Crs) -> Value {
    let mut object = json!({ "type": kind, "coordinates": coordinates });
    let code = match crs {
        Crs::Crs84 => return object,
        Crs::Rd => 28992,
        Crs::Etrs89 => 4258,
    };
    object["coordRefSys"] = format!("http://www.opengis.net/def/crs/EPSG/0/{code}").into();
    object
}

fn numbers(at: Wgs84, crs: Crs) -> [f64; 2] {
    let (pair, scale) = match crs {
        Crs::Crs84 | Crs::Etrs89 => ([at.lon, at.lat], 1e6),
        Crs::Rd => {
            let Rd { x, y } = at.to_rd();
            ([x, y], 1e2)
        }
    };
    pair.map(|number| (number * scale).round() / scale)
}
