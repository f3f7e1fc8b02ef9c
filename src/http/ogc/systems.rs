//! Coordinate reference systems as OGC names them, with the axes in the order that each has.

use serde_json::{Value, json};

use crate::{
    collections::Geometry,
    spatial::{Crs, Window, geojson},
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
}

impl System {
    /// All, the default first.
    pub(in crate::http) const ALL: [Self; 4] = [Self::Crs84, Self::Rd, Self::Etrs89, Self::Wgs84];

    /// Its URI.
    pub(in crate::http) fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Wgs84 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Etrs89 => "http://www.opengis.net/def/crs/EPSG/0/4258",
            Self::Rd => "http://www.opengis.net/def/crs/EPSG/0/28992",
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
        if matches!(self, Self::Wgs84 | Self::Etrs89) {
            exchange(&mut value["coordinates"]);
        }
        value
    }
}

/// Latitude before longitude.
fn exchange(coordinates: &mut Value) {
    let Some(list) = coordinates.as_array_mut() else { return };
    if list.first().is_some_and(Value::is_number) {
        list.swap(0, 1);
    } else {
        list.iter_mut().for_each(exchange);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::Wgs84;

    #[test]
    fn a_system_is_known_by_its_uri_and_by_its_code() {
        for system in System::ALL {
            assert_eq!(System::named(system.uri()), Some(system));
            assert_eq!(System::named(&system.uri().replace("http:", "https:")), Some(system));
        }
        assert_eq!(System::named("EPSG:28992"), Some(System::Rd));
        assert_eq!(System::named("[OGC:CRS84]"), Some(System::Crs84));
        for text in ["", "28992", "http://www.opengis.net/def/crs/EPSG/0/3857", "EPSG:289921"] {
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
        assert!(System::Wgs84.window([52.4, 6.2, 52.6, 6.3]).unwrap().has_point(at));
        assert!(!System::Crs84.window([52.4, 6.2, 52.6, 6.3]).unwrap().has_point(at));
    }
}
