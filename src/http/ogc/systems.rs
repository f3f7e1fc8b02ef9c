//! Coordinate reference systems as OGC names them, with the axes in the order that each has.

use geo::MapCoords as _;
use serde_json::{Value, json};

use crate::{
    collections::Geometry,
    spatial::{Crs, Wgs84, Window, geojson, mercator},
};

/// A system that coordinates are given and asked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum System {
    /// WGS 84, longitude before latitude: the default.
    Crs84,
    /// WGS 84, latitude before longitude (EPSG:4326).
    Wgs84,
    /// ETRS89, latitude before longitude (EPSG:4258).
    Etrs89,
    /// RD New, metres (EPSG:28992).
    Rd,
    /// Web Mercator, the plane of maps on the web (EPSG:3857).
    Mercator,
}

impl System {
    /// All, the default first.
    pub(in crate::http) const ALL: [Self; 5] = [Self::Crs84, Self::Rd, Self::Etrs89, Self::Wgs84, Self::Mercator];

    /// Its URI.
    pub(in crate::http) fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Wgs84 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Etrs89 => "http://www.opengis.net/def/crs/EPSG/0/4258",
            Self::Rd => "http://www.opengis.net/def/crs/EPSG/0/28992",
            Self::Mercator => "http://www.opengis.net/def/crs/EPSG/0/3857",
        }
    }

    /// The system of that URI, whether by `http` or by `https`, or of a safe CURIE such as `[EPSG:28992]`.
    pub(in crate::http) fn named(text: &str) -> Option<Self> {
        let path = |uri: &str| uri.split_once("://").map(|(_, path)| path.to_owned());
        Self::ALL.into_iter().find(|system| {
            let code = system.uri().rsplit('/').next().unwrap_or_default();
            let curie = if matches!(system, Self::Crs84) { "OGC:".to_owned() } else { "EPSG:".to_owned() } + code;
            path(text).is_some() && path(text) == path(system.uri())
                || text.trim_matches(['[', ']']).eq_ignore_ascii_case(&curie)
        })
    }

    /// A box in it, each axis in its order.
    pub(super) fn window(self, sides: [f64; 4]) -> Option<Window> {
        let [first, second, third, fourth] = sides;
        match self {
            Self::Crs84 => Window::degrees(sides),
            Self::Wgs84 | Self::Etrs89 => Window::degrees([second, first, fourth, third]),
            Self::Rd => Window::rd(sides),
            // Its sides are straight in degrees too.
            Self::Mercator => {
                let [low, high] = [[first, second], [third, fourth]].map(mercator::degrees);
                (first <= third).then(|| Window::degrees([low.lon, low.lat, high.lon, high.lat]))?
            }
        }
    }

    /// A geometry in it, each axis in its order.
    pub(super) fn around(self, geometry: geo::Geometry<f64>) -> Window {
        match self {
            Self::Crs84 => Window::around(geometry),
            Self::Wgs84 | Self::Etrs89 => Window::around(geometry.map_coords(|at| geo::Coord { x: at.y, y: at.x })),
            Self::Rd => Window::around_rd(geometry),
            Self::Mercator => Window::around(geometry.map_coords(|at| {
                let Wgs84 { lon, lat } = mercator::degrees([at.x, at.y]);
                geo::Coord { x: lon, y: lat }
            })),
        }
    }

    /// A geometry as GeoJSON has it, in this system.
    pub(super) fn written(self, geometry: Geometry<'_>) -> Value {
        let crs = if self == Self::Rd { Crs::Rd } else { Crs::Crs84 };
        let mut value = match geometry {
            Geometry::Point(at) => geojson::point(at, crs),
            Geometry::Area(polygons) => geojson::geometry(polygons, crs),
        };
        if let Some(members) = value.as_object_mut() {
            // The header `Content-Crs` says it here.
            members.retain(|name, _| matches!(name.as_str(), "type" | "coordinates"));
        }
        // A layer has geometries of one type, which programs take from the first that they see.
        if value["type"] == "Polygon" {
            value = json!({ "type": "MultiPolygon", "coordinates": [value["coordinates"].take()] });
        }
        match self {
            Self::Crs84 | Self::Rd => {}
            Self::Wgs84 | Self::Etrs89 => each(&mut value["coordinates"], &|[lon, lat]| [lat, lon]),
            Self::Mercator => each(&mut value["coordinates"], &|[lon, lat]| {
                // To the centimetre.
                mercator::of(Wgs84 { lon, lat }).map(|metres| (metres * 100.0).round() / 100.0)
            }),
        }
        value
    }
}

/// Writes each position, longitude before latitude, in another way.
fn each(coordinates: &mut Value, write: &impl Fn([f64; 2]) -> [f64; 2]) {
    if let Some(position) = coordinates[0].as_f64().zip(coordinates[1].as_f64()) {
        *coordinates = json!(write([position.0, position.1]));
    } else if let Some(list) = coordinates.as_array_mut() {
        list.iter_mut().for_each(|inner| each(inner, write));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_known_by_its_uri_and_by_its_code() {
        for system in System::ALL {
            assert_eq!(System::named(system.uri()), Some(system));
            assert_eq!(System::named(&system.uri().replace("http:", "https:")), Some(system));
        }
        assert_eq!(System::named("EPSG:28992"), Some(System::Rd));
        assert_eq!(System::named("[OGC:CRS84]"), Some(System::Crs84));
        for text in ["", "28992", "http://www.opengis.net/def/crs/EPSG/0/3035", "EPSG:289921"] {
            assert_eq!(System::named(text), None, "{text}");
        }
    }

    #[test]
    fn coordinates_are_in_the_order_of_the_system() {
        let at = Wgs84 { lon: 6.25, lat: 52.5 };
        let point = |system: System| system.written(Geometry::Point(at))["coordinates"].clone();
        assert_eq!(point(System::Crs84), json!([6.25, 52.5]));
        assert_eq!(point(System::Etrs89), json!([52.5, 6.25]));
        let rd = point(System::Rd);
        let away = at.to_rd().distance_m(crate::spatial::Rd { x: rd[0].as_f64().unwrap(), y: rd[1].as_f64().unwrap() });
        assert!(away < 0.01, "{rd}");
        let [x, y] = [0, 1].map(|axis| point(System::Mercator)[axis].as_f64().unwrap());
        assert!((x - 695_746.82).abs() < 0.02 && (y - 6_891_041.72).abs() < 0.02, "{x} {y}");
        let around = System::Mercator.window([x - 1.0, y - 1.0, x + 1.0, y + 1.0]).unwrap();
        assert!(around.has_point(at) && !around.has_point(Wgs84 { lon: 6.250_1, ..at }));
        assert_eq!(System::Mercator.window([x, y, x - 1.0, y + 1.0]), None);
        assert!(System::Wgs84.window([52.4, 6.2, 52.6, 6.3]).unwrap().has_point(at));
        assert!(!System::Crs84.window([52.4, 6.2, 52.6, 6.3]).unwrap().has_point(at));
    }
}
