//! Outlines that others publish, made ready to be stored: valid, rounded, wound as RFC 7946 asks.

use geo::{Area as _, Coord, MapCoords};

use super::{Crs, MultiPolygon, SpatialError, geojson, snap::to_grid, validity};

/// Units of the sixth decimal of a degree in a square metre, as in [`geojson::computed`].
const UNITS_OF_A_SQUARE_METRE: f64 = 132.0;

/// How many decimals of a degree an outline is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// Ten metres: for outlines that lie under a map of the province.
    Four,
    /// A metre: for outlines that were simplified.
    Five,
    /// A tenth of a metre.
    Six,
}

impl Decimals {
    fn scale(self) -> f64 {
        match self {
            Self::Four => 1e4,
            Self::Five => 1e5,
            Self::Six => 1e6,
        }
    }

    fn smallest(self) -> f64 {
        match self {
            Self::Four => UNITS_OF_A_SQUARE_METRE / 10_000.0,
            Self::Five => UNITS_OF_A_SQUARE_METRE / 100.0,
            Self::Six => UNITS_OF_A_SQUARE_METRE,
        }
    }
}

/// An outline as it is to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The text of a GeoJSON Polygon or MultiPolygon in CRS84, valid as it is written.
    pub text: String,
    /// The same polygons, longitude and latitude.
    pub polygons: MultiPolygon<f64>,
    /// What was wrong with it as it came; what is written is without that fault.
    pub fault: Option<SpatialError>,
}

/// Prepares an outline in longitude and latitude whose coordinates are in the Netherlands; `None` where it encloses
/// nothing that can be written with so many decimals.
///
/// A ring that crosses itself, or rings over each other, are taken apart by the even-odd rule. An outline that only
/// becomes invalid by rounding is no faulty one, and is mended in the same way.
#[must_use]
pub fn publish(polygons: &MultiPolygon<f64>, decimals: Decimals) -> Option<Published> {
    let fault = validity::check(polygons, path).err();
    let scale = decimals.scale();
    let as_it_is = || written(&polygons.map_coords(|at| round(at * scale) / scale));
    let mended = || {
        let on_grid = to_grid(&polygons.map_coords(|at| at * scale), decimals.smallest());
        written(&on_grid.map_coords(|at| at / scale))
    };
    let (text, polygons) = if fault.is_none() { as_it_is().or_else(mended)? } else { mended()? };
    // Three positions on a slanted line are not exactly on it in binary.
    let encloses_something = polygons.unsigned_area() * scale * scale >= 0.5;
    encloses_something.then_some(Published { text, polygons, fault })
}

fn round(at: Coord<f64>) -> Coord<f64> {
    Coord { x: at.x.round(), y: at.y.round() }
}

fn path(polygon: usize, ring: Option<usize>) -> String {
    ring.map_or_else(|| format!("[{polygon}]"), |ring| format!("[{polygon}][{ring}]"))
}

/// The text, and the polygons that a reader finds in it, where those are valid.
fn written(polygons: &MultiPolygon<f64>) -> Option<(String, MultiPolygon<f64>)> {
    let value = geojson::geometry(polygons, Crs::Crs84);
    let polygons = geojson::parse_area(&value, usize::MAX).ok()?;
    Some((value.to_string(), polygons))
}

#[cfg(test)]
mod tests {
    use geo::{Validation, polygon};

    use super::*;

    #[test]
    fn a_valid_outline_is_rounded_and_wound_and_else_left_as_it_is() {
        // Clockwise, with a hole.
        let outline = MultiPolygon(vec![polygon!(
            exterior: [(x: 6.1, y: 52.1), (x: 6.1, y: 52.300000049), (x: 6.3, y: 52.3), (x: 6.3, y: 52.1)],
            interiors: [[(x: 6.15, y: 52.15), (x: 6.2, y: 52.15), (x: 6.2, y: 52.2), (x: 6.15, y: 52.2)]],
        )]);
        let published = publish(&outline, Decimals::Six).unwrap();
        assert_eq!(published.fault, None);
        assert_eq!(
            published.text,
            r#"{"type":"Polygon","coordinates":[[[6.1,52.1],[6.3,52.1],[6.3,52.3],[6.1,52.3],[6.1,52.1]],[[6.15,52.15],[6.15,52.2],[6.2,52.2],[6.2,52.15],[6.15,52.15]]]}"#
        );
    }

    #[test]
    fn a_bow_tie_becomes_two_triangles_and_the_fault_is_told() {
        let bow =
            MultiPolygon(vec![polygon![(x: 6.0, y: 52.0), (x: 6.2, y: 52.2), (x: 6.2, y: 52.0), (x: 6.0, y: 52.2)]]);
        let published = publish(&bow, Decimals::Six).unwrap();
        assert!(matches!(published.fault, Some(SpatialError::CrossesItself { .. })), "{:?}", published.fault);
        assert_eq!(published.polygons.0.len(), 2);
        assert!(published.polygons.is_valid());
        // Two triangles of base 0.2 and height 0.1.
        assert!((published.polygons.unsigned_area() - 0.02).abs() < 1e-9, "{}", published.polygons.unsigned_area());
    }

    #[test]
    fn what_only_rounding_breaks_is_mended_without_a_word() {
        // A needle whose sides meet when they are rounded to five decimals.
        let needle = MultiPolygon(vec![polygon![
            (x: 6.0, y: 52.0), (x: 6.1, y: 52.0), (x: 6.1, y: 52.1), (x: 6.05, y: 52.1),
            (x: 6.050_001, y: 52.15), (x: 6.05, y: 52.1), (x: 6.049_998, y: 52.1), (x: 6.0, y: 52.1)
        ]]);
        let sliver = MultiPolygon(vec![polygon![
            (x: 6.0, y: 52.0), (x: 6.1, y: 52.0), (x: 6.1, y: 52.1), (x: 6.050_003, y: 52.1),
            (x: 6.050_002, y: 52.15), (x: 6.050_001, y: 52.1), (x: 6.0, y: 52.1)
        ]]);
        assert!(publish(&needle, Decimals::Five).unwrap().fault.is_some(), "a spike is a fault");
        let published = publish(&sliver, Decimals::Five).unwrap();
        assert_eq!(published.fault, None);
        assert!(published.polygons.is_valid() && (published.polygons.unsigned_area() - 0.01).abs() < 1e-6);
    }

    #[test]
    fn what_encloses_nothing_is_nothing() {
        let flat = MultiPolygon(vec![polygon![(x: 6.0, y: 52.0), (x: 6.1, y: 52.1), (x: 6.2, y: 52.2)]]);
        assert_eq!(publish(&flat, Decimals::Six), None);
        assert_eq!(publish(&MultiPolygon(vec![]), Decimals::Six), None);
    }
}
