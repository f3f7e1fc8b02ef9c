//! What is wrong with a question about space, in one sentence that says what would be right.

use super::point::Wgs84;

/// A refusal: the value, the rule, and the way out.
///
/// `path` is where in the caller's GeoJSON the fault is, such as `coordinates[0][3]`, counted from 0 as JSON tools do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SpatialError {
    /// A coordinate is infinite or not a number.
    #[error(
        "{first}, {second} is not a pair of finite numbers; send longitude and latitude in degrees, such as 6.1 and 52.5, or RD metres as `rd`"
    )]
    NotFinite {
        /// The longitude, or x.
        first: f64,
        /// The latitude, or y.
        second: f64,
    },
    /// A zoom level that web maps do not have.
    #[error("zoom {0} is not between 0 and 22; 0 shows the whole world in one tile, 9 the province, 15 a village")]
    Zoom(i32),
    /// A column or a row that a zoom level does not have.
    #[error("there is no tile {zoom}/{column}/{row}; at zoom {zoom} column and row are from 0 to {most}")]
    Tile {
        /// The zoom level.
        zoom: i32,
        /// The column, from the west.
        column: u32,
        /// The row, from the north.
        row: u32,
        /// The last column and row of that level.
        most: u32,
    },
    /// A longitude that is none.
    #[error("longitude {0} is not between -180 and 180 degrees; in Overijssel it is between 5.7 and 7.1")]
    Longitude(f64),
    /// A latitude that is none.
    #[error("latitude {0} is not between -90 and 90 degrees; in Overijssel it is between 52.1 and 52.9")]
    Latitude(f64),
    /// Longitude and latitude exchanged.
    #[error("longitude {lon} and latitude {lat} look swapped; send longitude {lat} and latitude {lon}")]
    Swapped {
        /// As received.
        lon: f64,
        /// As received.
        lat: f64,
    },
    /// Metres where degrees belong.
    #[error("longitude {lon} and latitude {lat} look like RD New metres; send them as `rd`, or send degrees")]
    RdAsDegrees {
        /// As received.
        lon: f64,
        /// As received.
        lat: f64,
    },
    /// Metres in a box or a polygon, which takes degrees only.
    #[error(
        "{x}, {y} looks like RD New metres; a box or polygon takes longitude and latitude in degrees, here {lon:.6}, {lat:.6}"
    )]
    RdInShape {
        /// As received.
        x: f64,
        /// As received.
        y: f64,
        /// The value converted.
        lon: f64,
        /// The value converted.
        lat: f64,
    },
    /// A point far outside the Netherlands.
    #[error(
        "longitude {lon}, latitude {lat} is outside the Netherlands; expected longitude 3 to 8 and latitude 50 to 54"
    )]
    Elsewhere {
        /// As received.
        lon: f64,
        /// As received.
        lat: f64,
    },
    /// Degrees where metres belong.
    #[error(
        "x {x} and y {y} look like degrees, not RD New metres; send them as longitude {lon} and latitude {lat} instead of `rd`"
    )]
    DegreesAsRd {
        /// As received.
        x: f64,
        /// As received.
        y: f64,
        /// Which of the two is the longitude.
        lon: f64,
        /// Which of the two is the latitude.
        lat: f64,
    },
    /// RD x and y exchanged.
    #[error("RD x {x} and y {y} look swapped; send x {y} and y {x}")]
    RdSwapped {
        /// As received.
        x: f64,
        /// As received.
        y: f64,
    },
    /// Metres outside RD New.
    #[error(
        "RD x {x}, y {y} is outside the Netherlands; expected x from -7000 to 300000 and y from 289000 to 629000 metres"
    )]
    RdElsewhere {
        /// As received.
        x: f64,
        /// As received.
        y: f64,
    },
    /// A box whose west is east of its east.
    #[error("the box has west {west} and east {east}; west must not be more than east")]
    WestEast {
        /// As received.
        west: f64,
        /// As received.
        east: f64,
    },
    /// A box whose south is north of its north.
    #[error("the box has south {south} and north {north}; south must not be more than north")]
    SouthNorth {
        /// As received.
        south: f64,
        /// As received.
        north: f64,
    },
    /// A box with longitudes where latitudes belong.
    #[error("the box looks swapped; send west {south}, south {west}, east {north}, north {east}")]
    BboxSwapped {
        /// As received.
        west: f64,
        /// As received.
        south: f64,
        /// As received.
        east: f64,
        /// As received.
        north: f64,
    },
    /// A radius that makes no circle, or one beyond what is served.
    #[error("radius {radius_m} is not a distance that is served; expected more than 0 and at most {max_m} metres")]
    Radius {
        /// As received.
        radius_m: f64,
        /// The limit.
        max_m: f64,
    },
    /// Not a GeoJSON object.
    #[error(
        "GeoJSON is an object with a `type`, but this is {found}; send a Polygon or MultiPolygon as an object, not as text"
    )]
    NotAnObject {
        /// The kind of JSON value.
        found: &'static str,
    },
    /// An object without a `type` that is text.
    #[error("the GeoJSON object has no `type`; send `\"type\": \"Polygon\"` with its `coordinates`")]
    NoType,
    /// A GeoJSON object that encloses no area, or too many things.
    #[error("a {kind} is not an area; send a Polygon or MultiPolygon, or a Feature with one of them")]
    NotAnArea {
        /// The `type` as received, shortened.
        kind: String,
    },
    /// A collection of features.
    #[error("a FeatureCollection is not an area; send the `geometry` of the feature that you mean")]
    FeatureCollection,
    /// A feature without geometry.
    #[error("the Feature has no `geometry`; send a Polygon or MultiPolygon in it")]
    NoGeometry,
    /// Another coordinate reference system.
    #[error(
        "the `crs` member names {found}, but GeoJSON is in longitude and latitude (CRS84, RFC 7946); convert the coordinates and leave `crs` out"
    )]
    ForeignCrs {
        /// The member as received, shortened.
        found: String,
    },
    /// Not the nesting of arrays that the type asks for.
    #[error("`{path}` must be {expected}, but is {found}")]
    Shape {
        /// Where.
        path: String,
        /// What belongs there.
        expected: &'static str,
        /// The kind of JSON value.
        found: &'static str,
    },
    /// A geometry with nothing in it.
    #[error("`{path}` is empty; an area has at least one polygon, and a polygon at least its outer ring")]
    Empty {
        /// Where.
        path: String,
    },
    /// More positions than one request may send.
    #[error("the geometry has {found} positions; at most {max} are accepted, so simplify it or ask in parts")]
    TooManyVertices {
        /// How many.
        found: usize,
        /// The limit.
        max: usize,
    },
    /// A position whose numbers are refused.
    #[error("`{path}`: {reason}")]
    Position {
        /// Where.
        path: String,
        /// Why.
        reason: Box<SpatialError>,
    },
    /// A ring of fewer than four positions.
    #[error("`{path}` has {found} positions; a ring has at least 4, the last equal to the first")]
    ShortRing {
        /// Where.
        path: String,
        /// How many.
        found: usize,
    },
    /// A ring whose ends differ.
    #[error("`{path}` is not closed: it starts at {first} and ends at {last}; repeat the first position at the end")]
    OpenRing {
        /// Where.
        path: String,
        /// The first position.
        first: At,
        /// The last position.
        last: At,
    },
    /// A ring on one line.
    #[error(
        "`{path}` encloses no area: all its positions lie on one line through {at}; send a ring with three corners or more"
    )]
    Flat {
        /// Where.
        path: String,
        /// Its first position.
        at: At,
    },
    /// A ring that crosses itself.
    #[error(
        "`{path}` crosses itself at {at}; a ring must not cross, so reorder its positions or split it into two polygons"
    )]
    CrossesItself {
        /// Where.
        path: String,
        /// The place of the fault.
        at: At,
    },
    /// A ring that passes twice through one point.
    #[error("`{path}` touches itself at {at}; a ring passes each point once, so make it two rings")]
    TouchesItself {
        /// Where.
        path: String,
        /// The place of the fault.
        at: At,
    },
    /// A ring that runs twice along one line.
    #[error(
        "`{path}` runs over itself at {at}; a ring passes each line once, so remove the spike or the repeated part"
    )]
    OverlapsItself {
        /// Where.
        path: String,
        /// The place of the fault.
        at: At,
    },
    /// Two rings that cross.
    #[error("`{path}` crosses `{other}` at {at}; rings must not cross")]
    RingsCross {
        /// One ring.
        path: String,
        /// The other ring.
        other: String,
        /// The place of the fault.
        at: At,
    },
    /// Two rings with a stretch of line in common.
    #[error("`{path}` and `{other}` share a line at {at}; rings may touch in single points only, so merge them")]
    RingsShareLine {
        /// One ring.
        path: String,
        /// The other ring.
        other: String,
        /// The place of the fault.
        at: At,
    },
    /// Rings that touch each other more often than a request may ask to follow.
    #[error("the rings touch each other more than {max} times; merge the polygons that touch")]
    TooManyTouches {
        /// The limit.
        max: usize,
    },
    /// A hole that is not within the outer ring of its polygon.
    #[error(
        "`{path}` is a hole but lies outside its outer ring at {at}; send it as a polygon of its own in a MultiPolygon"
    )]
    HoleOutside {
        /// Where.
        path: String,
        /// The place of the fault.
        at: At,
    },
    /// Two holes over each other.
    #[error("the holes `{path}` and `{other}` overlap at {at}; merge them into one hole")]
    HolesOverlap {
        /// One hole.
        path: String,
        /// The other hole.
        other: String,
        /// The place of the fault.
        at: At,
    },
    /// Two polygons over each other.
    #[error("the polygons `{path}` and `{other}` overlap at {at}; merge them into one polygon")]
    PolygonsOverlap {
        /// One polygon.
        path: String,
        /// The other polygon.
        other: String,
        /// The place of the fault.
        at: At,
    },
}

/// A position as GeoJSON writes it, for a message: `[6.1, 52.5]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At(pub Wgs84);

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{}, {}]", self.0.lon, self.0.lat)
    }
}
