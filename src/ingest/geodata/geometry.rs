//! The geometry of a feature, from its encoding and system to longitude and latitude.

use geo::{Area as _, Coord, LineString, MapCoords as _, Polygon};
use geo_traits::{
    CoordTrait as _, GeometryTrait as _, GeometryType, LineStringTrait, MultiPolygonTrait as _, PolygonTrait,
};

use crate::{
    model::excerpt,
    spatial::{MultiPolygon, Rd, Region, Wgs84, geojson::parse_area},
};

/// What is wrong with the geometry of a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// There is none, or it is empty.
    Missing,
    /// A point, a line or a curve, by name.
    NotAnArea(String),
    /// It cannot be read.
    Damaged,
    /// A coordinate that is no place in the Netherlands, as it stands there.
    Position(String),
}

/// A coordinate reference system that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// RD New (EPSG:28992), also with heights (EPSG:7415): metres.
    Rd,
    /// WGS 84 (EPSG:4326, CRS84) or ETRS89 (EPSG:4258): longitude and latitude in degrees.
    Degrees,
}

impl System {
    pub(crate) fn of_epsg(code: i64) -> Option<Self> {
        match code {
            28992 | 7415 => Some(Self::Rd),
            4326 | 4258 => Some(Self::Degrees),
            _ => None,
        }
    }

    /// By its name: `EPSG:28992`, `urn:ogc:def:crs:EPSG::28992`, `http://www.opengis.net/def/crs/EPSG/0/28992`,
    /// `urn:ogc:def:crs:OGC:1.3:CRS84`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let last = name.rsplit([':', '/', '#']).next().unwrap_or_default().trim();
        if last.eq_ignore_ascii_case("CRS84") { Some(Self::Degrees) } else { Self::of_epsg(last.parse().ok()?) }
    }

    /// Polygons of this system in longitude and latitude.
    pub(crate) fn to_degrees(self, polygons: &MultiPolygon<f64>) -> Result<MultiPolygon<f64>, Flaw> {
        let degrees = polygons.try_map_coords(|at| {
            let wrong = || Flaw::Position(format!("{}, {}", at.x, at.y));
            let Wgs84 { lon, lat } = match self {
                Self::Rd => Rd::checked(at.x, at.y).map_err(|_| wrong())?.to_wgs84(),
                Self::Degrees => Wgs84::checked(at.x, at.y).map_err(|_| wrong())?,
            };
            Ok(Coord { x: lon, y: lat })
        })?;
        let kept: MultiPolygon<f64> = degrees.into_iter().filter(|polygon| !polygon.exterior().0.is_empty()).collect();
        if kept.0.is_empty() { Err(Flaw::Missing) } else { Ok(kept) }
    }
}

/// The polygons of a well-known binary (OGC, ISO or extended), as they stand there.
pub(crate) fn of_wkb(bytes: &[u8]) -> Result<MultiPolygon<f64>, Flaw> {
    let code = match *bytes {
        [0, a, b, c, d, ..] => u32::from_be_bytes([a, b, c, d]),
        [1, a, b, c, d, ..] => u32::from_le_bytes([a, b, c, d]),
        _ => return Err(Flaw::Damaged),
    };
    // Looked at first, so that no collection of collections is followed down. ISO adds 1000 for Z, EWKB sets high bits.
    match (code & 0x0fff_ffff) % 1000 {
        3 | 6 => {}
        kind => return Err(Flaw::NotAnArea(name_of(kind).to_owned())),
    }
    let geometry = wkb::reader::read_wkb(bytes).map_err(|_| Flaw::Damaged)?;
    Ok(match geometry.as_type() {
        GeometryType::Polygon(polygon) => MultiPolygon(polygon_of(polygon).into_iter().collect()),
        GeometryType::MultiPolygon(several) => several.polygons().filter_map(|polygon| polygon_of(&polygon)).collect(),
        _ => return Err(Flaw::Damaged),
    })
}

fn name_of(kind: u32) -> &'static str {
    match kind {
        1 => "Point",
        2 => "LineString",
        4 => "MultiPoint",
        5 => "MultiLineString",
        7 => "GeometryCollection",
        8..=12 => "Curve",
        _ => "?",
    }
}

fn polygon_of(polygon: &impl PolygonTrait<T = f64>) -> Option<Polygon<f64>> {
    fn ring(line: &impl LineStringTrait<T = f64>) -> LineString<f64> {
        line.coords().map(|at| Coord { x: at.x(), y: at.y() }).collect()
    }
    let exterior = polygon.exterior()?;
    Some(Polygon::new(ring(&exterior), polygon.interiors().map(|hole| ring(&hole)).collect()))
}

/// The polygons of the `coordinates` of a GeoJSON geometry, as they stand there.
pub(crate) fn of_geojson(kind: &str, coordinates: &str) -> Result<MultiPolygon<f64>, Flaw> {
    type Rings = Vec<Vec<Vec<f64>>>;
    let parsed: serde_json::Result<Vec<Rings>> = match kind {
        "Polygon" => serde_json::from_str(coordinates).map(|rings| vec![rings]),
        "MultiPolygon" => serde_json::from_str(coordinates),
        other => return Err(Flaw::NotAnArea(excerpt(other))),
    };
    let position = |position: &Vec<f64>| match *position.as_slice() {
        [x, y, ..] => Ok(Coord { x, y }),
        _ => Err(Flaw::Damaged),
    };
    let ring = |ring: &Vec<Vec<f64>>| ring.iter().map(position).collect::<Result<LineString<f64>, Flaw>>();
    let mut polygons = Vec::new();
    for rings in parsed.map_err(|_| Flaw::Damaged)? {
        let mut rings = rings.iter().map(ring).collect::<Result<Vec<_>, _>>()?.into_iter();
        if let Some(exterior) = rings.next() {
            polygons.push(Polygon::new(exterior, rings.collect()));
        }
    }
    Ok(MultiPolygon(polygons))
}

/// A stored boundary, prepared; `None` for one that is not valid.
pub(crate) fn region(boundary: &str) -> Option<Region> {
    let value = serde_json::from_str(boundary).ok()?;
    parse_area(&value, usize::MAX).ok().map(Region::new)
}

/// The largest of several polygons, by itself.
pub(crate) fn largest(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let largest = polygons.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
    MultiPolygon(largest.cloned().into_iter().collect())
}
