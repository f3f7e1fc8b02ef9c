//! Coordinates: CRS84 degrees, RD New metres, and the way between them.

use std::sync::LazyLock;

use geo::MapCoords;
use proj4rs::Proj;

use super::{
    MultiPolygon, SpatialError,
    point::{Rd, Wgs84},
};

/// The coordinate reference systems that answers come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crs {
    /// WGS 84 longitude and latitude in degrees, in this order (OGC:CRS84), the default of GeoJSON.
    Crs84,
    /// RD New, EPSG:28992: x and y in metres, the grid of Dutch maps.
    Rd,
    /// ETRS89 longitude and latitude in degrees (EPSG:4258, here in the order longitude, latitude).
    ///
    /// The numbers equal those of CRS84: the two are taken as one (a null transformation), as EPSG does with an accuracy of 1 m.
    Etrs89,
}

impl Crs {
    /// All, in this order.
    pub const ALL: [Self; 3] = [Self::Crs84, Self::Rd, Self::Etrs89];
}

// A generous box around the Netherlands: a point outside it is most probably a mistake, and an empty answer would hide it.
const LON: std::ops::RangeInclusive<f64> = 3.0..=8.0;
const LAT: std::ops::RangeInclusive<f64> = 50.0..=54.0;
// The bounds within which RD New is defined, rounded outwards (EPSG:28992, area of use; RDNAPTRANS2018).
const X: std::ops::RangeInclusive<f64> = -7_000.0..=300_000.0;
const Y: std::ops::RangeInclusive<f64> = 289_000.0..=629_000.0;

/// Longitude and latitude on earth, told apart from values that are something else.
///
/// # Errors
/// When a value is not finite, or out of range.
fn on_earth(lon: f64, lat: f64) -> Result<(), SpatialError> {
    if !lon.is_finite() || !lat.is_finite() {
        return Err(SpatialError::NotFinite { first: lon, second: lat });
    }
    if !(-180.0..=180.0).contains(&lon) {
        return Err(SpatialError::Longitude(lon));
    }
    if !(-90.0..=90.0).contains(&lat) {
        return Err(SpatialError::Latitude(lat));
    }
    Ok(())
}

/// Whether a longitude and a latitude are more plausible the other way round.
pub(super) fn look_swapped(lon: f64, lat: f64) -> bool {
    LAT.contains(&lon) && LON.contains(&lat)
}

/// Whether a longitude and a latitude are metres rather than degrees.
fn look_like_rd(lon: f64, lat: f64) -> bool {
    let metres = |value: f64| (1_000.0..=1_000_000.0).contains(&value.abs());
    metres(lon) || metres(lat)
}

/// A corner of a box or a vertex of a polygon: anywhere on earth, in degrees.
///
/// # Errors
/// As [`on_earth`], and when the values are RD metres.
pub(super) fn in_shape(lon: f64, lat: f64) -> Result<(), SpatialError> {
    if X.contains(&lon) && Y.contains(&lat) {
        let Wgs84 { lon: right_lon, lat: right_lat } = Rd { x: lon, y: lat }.to_wgs84();
        return Err(SpatialError::RdInShape { x: lon, y: lat, lon: right_lon, lat: right_lat });
    }
    on_earth(lon, lat)
}

/// A vertex of a polygon: within the generous box around the Netherlands that [`Wgs84::checked`] has.
///
/// # Errors
/// Those of [`Wgs84::checked`], with the degrees in place of RD metres.
pub(super) fn vertex(lon: f64, lat: f64) -> Result<Wgs84, SpatialError> {
    in_shape(lon, lat)?;
    Wgs84::checked(lon, lat)
}

impl Wgs84 {
    /// A point to search near: longitude 3 to 8 and latitude 50 to 54, a generous box around the Netherlands.
    ///
    /// # Errors
    /// One sentence with the values and what would be right, when they are not finite, swapped, RD metres, not on earth,
    /// or far outside the Netherlands.
    pub fn checked(lon: f64, lat: f64) -> Result<Self, SpatialError> {
        if look_like_rd(lon, lat) {
            return Err(SpatialError::RdAsDegrees { lon, lat });
        }
        on_earth(lon, lat)?;
        if look_swapped(lon, lat) {
            return Err(SpatialError::Swapped { lon, lat });
        }
        if !LON.contains(&lon) || !LAT.contains(&lat) {
            return Err(SpatialError::Elsewhere { lon, lat });
        }
        Ok(Self { lon, lat })
    }

    /// The same point in RD New, within 0.25 m of RDNAPTRANS2018 over Overijssel; this is not certified RDNAPTRANS.
    ///
    /// The height is taken as zero. A value that is not a place on earth becomes not-a-number.
    #[must_use]
    pub fn to_rd(self) -> Rd {
        let [x, y] = convert(&WGS84_DEFINITION, &RD_DEFINITION, self.lon.to_radians(), self.lat.to_radians());
        Rd { x, y }
    }

    pub(super) fn from_coord(coord: geo::Coord<f64>) -> Self {
        Self { lon: coord.x, lat: coord.y }
    }

    pub(super) fn coord(self) -> geo::Coord<f64> {
        geo::Coord { x: self.lon, y: self.lat }
    }
}

impl Rd {
    /// A point to search near: x from −7,000 to 300,000 m and y from 289,000 to 629,000 m, the bounds of RD New.
    ///
    /// # Errors
    /// One sentence with the values and what would be right, when they are not finite, degrees, swapped, or outside those bounds.
    pub fn checked(x: f64, y: f64) -> Result<Self, SpatialError> {
        if !x.is_finite() || !y.is_finite() {
            return Err(SpatialError::NotFinite { first: x, second: y });
        }
        // No Dutch y is below 289 km, so a y that could be a latitude or a longitude is one.
        if (-180.0..=180.0).contains(&x) && (-180.0..=180.0).contains(&y) {
            let (lon, lat) = if look_swapped(x, y) { (y, x) } else { (x, y) };
            return Err(SpatialError::DegreesAsRd { x, y, lon, lat });
        }
        if X.contains(&x) && Y.contains(&y) {
            return Ok(Self { x, y });
        }
        if X.contains(&y) && Y.contains(&x) {
            return Err(SpatialError::RdSwapped { x, y });
        }
        Err(SpatialError::RdElsewhere { x, y })
    }

    /// The same point in WGS 84, within 0.25 m of RDNAPTRANS2018 over Overijssel; this is not certified RDNAPTRANS.
    ///
    /// The height is taken as zero. A value that is no place on earth becomes not-a-number.
    #[must_use]
    pub fn to_wgs84(self) -> Wgs84 {
        let [lon, lat] = convert(&RD_DEFINITION, &WGS84_DEFINITION, self.x, self.y).map(f64::to_degrees);
        Wgs84 { lon, lat }
    }

    /// Metres in a straight line in the RD plane.
    #[must_use]
    pub fn distance_m(self, other: Self) -> f64 {
        // The same three operations as rstar's, so that a circle and a search for the nearest agree to the last bit.
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// EPSG:28992 with the seven parameters that PROJ prefers ("Amersfoort to WGS 84 (4)"): rotations in arc seconds, coordinate frame.
static RD_DEFINITION: LazyLock<Proj> = LazyLock::new(|| {
    definition(concat!(
        "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel",
        " +towgs84=565.4171,50.3319,465.5524,-0.398957388243134,0.343987817378283,-1.87740163998045,4.0725 +units=m +no_defs",
    ))
});

static WGS84_DEFINITION: LazyLock<Proj> = LazyLock::new(|| definition("+proj=longlat +datum=WGS84 +no_defs"));

fn definition(text: &'static str) -> Proj {
    Proj::from_proj_string(text).expect("a constant of this file that every conversion in the tests parses")
}

/// Longitude and latitude are radians here, as proj4rs has them.
fn convert(from: &Proj, to: &Proj, first: f64, second: f64) -> [f64; 2] {
    let mut point = (first, second, 0.0);
    match proj4rs::transform::transform(from, to, &mut point) {
        Ok(()) => [point.0, point.1],
        Err(_) => [f64::NAN; 2],
    }
}

/// Polygons in longitude and latitude, converted to RD metres at their vertices, edges straight in between: right for
/// outlines, whose vertices are close together. For polygons with long edges see [`to_rd_along_edges`](super::coverage::to_rd_along_edges).
#[must_use]
pub fn to_rd(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    polygons.map_coords(|coord| {
        let Rd { x, y } = Wgs84::from_coord(coord).to_rd();
        geo::Coord { x, y }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::oracle::overijssel;
    use super::*;

    /// The control points: computed by another program with the official grid, see the file.
    fn control_points() -> Vec<(Rd, Wgs84)> {
        let text = include_str!("../fixtures/rd_wgs84_pairs.csv");
        let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
        let points: Vec<_> = rows
            .map(|row| {
                let numbers: Vec<f64> = row.split(',').map(|number| number.parse().unwrap()).collect();
                let [_, x, y, lon, lat] = numbers[..] else { panic!("five columns: {row}") };
                (Rd { x, y }, Wgs84 { lon, lat })
            })
            .collect();
        assert_eq!(points.len(), 25);
        points
    }

    #[test]
    fn degrees_become_metres_within_a_quarter_metre_of_the_control_points() {
        for (rd, wgs84) in control_points() {
            let off_m = wgs84.to_rd().distance_m(rd);
            assert!(off_m < 0.25, "{wgs84:?} is {off_m} m off");
        }
    }

    /// The official self-validation points of NSGI that lie in Overijssel, where the raw data stands beside the project.
    #[test]
    fn the_official_validation_points_are_within_a_quarter_metre() {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/data/raw/rdnaptrans/rdnaptrans2018-validation-overijssel.csv"
        );
        let Ok(text) = std::fs::read_to_string(file) else {
            eprintln!("left out: {file} is not there");
            return;
        };
        let mut seen = 0;
        for row in text.lines().skip(1) {
            let numbers: Vec<f64> = row.split(',').map(|number| number.parse().unwrap()).collect();
            let [_, lat, lon, _, x, y, _] = numbers[..] else { panic!("seven columns: {row}") };
            let off_m = Wgs84 { lon, lat }.to_rd().distance_m(Rd { x, y });
            assert!(off_m < 0.25, "{row} is {off_m} m off");
            seen += 1;
        }
        assert_eq!(seen, 153);
    }

    #[test]
    fn metres_become_degrees_within_a_quarter_metre_of_the_control_points() {
        for (rd, wgs84) in control_points() {
            let found = rd.to_wgs84();
            // Metres a degree at latitude 52.5, to a percent.
            let off_m = ((found.lon - wgs84.lon) * 67_900.0).hypot((found.lat - wgs84.lat) * 111_300.0);
            assert!(off_m < 0.25, "{rd:?} is {off_m} m off");
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_point_to_a_millimetre(point in overijssel()) {
            let rd = point.to_rd();
            prop_assert!(rd.to_wgs84().to_rd().distance_m(rd) < 0.001);
        }

        #[test]
        fn any_number_is_converted_or_is_not_a_number(lon in any::<f64>(), lat in any::<f64>()) {
            let _ = Wgs84 { lon, lat }.to_rd();
            let _ = Rd { x: lon, y: lat }.to_wgs84();
            let _ = Wgs84::checked(lon, lat);
            let _ = Rd::checked(lon, lat);
        }
    }

    #[test]
    fn a_point_in_the_netherlands_is_accepted_as_degrees_and_as_metres() {
        assert_eq!(Wgs84::checked(6.1, 52.5), Ok(Wgs84 { lon: 6.1, lat: 52.5 }));
        assert_eq!(Rd::checked(203_000.0, 503_000.0), Ok(Rd { x: 203_000.0, y: 503_000.0 }));
        for corner in [(3.0, 50.0), (8.0, 54.0)] {
            assert!(Wgs84::checked(corner.0, corner.1).is_ok(), "{corner:?}");
        }
        for corner in [(-7_000.0, 289_000.0), (300_000.0, 629_000.0)] {
            assert!(Rd::checked(corner.0, corner.1).is_ok(), "{corner:?}");
        }
    }

    fn degrees(lon: f64, lat: f64) -> String {
        Wgs84::checked(lon, lat).unwrap_err().to_string()
    }

    fn metres(x: f64, y: f64) -> String {
        Rd::checked(x, y).unwrap_err().to_string()
    }

    #[test]
    fn refused_degrees_say_what_would_be_right() {
        insta::assert_snapshot!(degrees(52.5, 6.1), @"longitude 52.5 and latitude 6.1 look swapped; send longitude 6.1 and latitude 52.5");
        insta::assert_snapshot!(degrees(203_000.0, 503_000.5), @"longitude 203000 and latitude 503000.5 look like RD New metres; send them as `rd`, or send degrees");
        insta::assert_snapshot!(degrees(13.4, 52.5), @"longitude 13.4, latitude 52.5 is outside the Netherlands; expected longitude 3 to 8 and latitude 50 to 54");
        insta::assert_snapshot!(degrees(6.1, 49.99), @"longitude 6.1, latitude 49.99 is outside the Netherlands; expected longitude 3 to 8 and latitude 50 to 54");
        insta::assert_snapshot!(degrees(181.0, 52.5), @"longitude 181 is not between -180 and 180 degrees; in Overijssel it is between 5.7 and 7.1");
        insta::assert_snapshot!(degrees(6.1, 91.0), @"latitude 91 is not between -90 and 90 degrees; in Overijssel it is between 52.1 and 52.9");
        insta::assert_snapshot!(degrees(f64::NAN, 52.5), @"NaN, 52.5 is not a pair of finite numbers; send longitude and latitude in degrees, such as 6.1 and 52.5, or RD metres as `rd`");
    }

    #[test]
    fn refused_metres_say_what_would_be_right() {
        insta::assert_snapshot!(metres(6.1, 52.5), @"x 6.1 and y 52.5 look like degrees, not RD New metres; send them as longitude 6.1 and latitude 52.5 instead of `rd`");
        insta::assert_snapshot!(metres(52.5, 6.1), @"x 52.5 and y 6.1 look like degrees, not RD New metres; send them as longitude 6.1 and latitude 52.5 instead of `rd`");
        insta::assert_snapshot!(metres(503_000.0, 203_000.0), @"RD x 503000 and y 203000 look swapped; send x 203000 and y 503000");
        insta::assert_snapshot!(metres(203_000.0, 700_000.0), @"RD x 203000, y 700000 is outside the Netherlands; expected x from -7000 to 300000 and y from 289000 to 629000 metres");
        insta::assert_snapshot!(metres(203_000.0, f64::INFINITY), @"203000, inf is not a pair of finite numbers; send longitude and latitude in degrees, such as 6.1 and 52.5, or RD metres as `rd`");
    }
}
