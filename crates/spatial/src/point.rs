//! A point, in degrees or in metres.

/// A point in WGS 84 (CRS84), degrees. ETRS89 is taken as the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wgs84 {
    /// Longitude, degrees east of Greenwich.
    pub lon: f64,
    /// Latitude, degrees north of the equator.
    pub lat: f64,
}

/// A point in RD New (EPSG:28992), metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rd {
    /// Metres to the east; the origin lies 155 km west of Amersfoort.
    pub x: f64,
    /// Metres to the north; the origin lies 463 km south of Amersfoort.
    pub y: f64,
}
