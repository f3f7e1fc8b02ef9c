//! What a caller asks about: a box, a circle or a polygon.

use super::{MultiPolygon, Rd, Region, SpatialError, Wgs84, crs};

/// An area; its edge belongs to it.
#[derive(Clone, Debug)]
pub enum Area {
    /// A box in longitude and latitude.
    Bbox(Bbox),
    /// A circle in the RD plane.
    Circle(Circle),
    /// A polygon or several, with holes.
    Polygon(Region),
}

/// A box whose edges are straight in longitude and latitude; they belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bbox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

/// A circle in the RD plane; a place exactly the radius away belongs to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    centre: Rd,
    radius_m: f64,
}

impl Area {
    /// A checked box, see [`Bbox::new`].
    ///
    /// # Errors
    /// Those of [`Bbox::new`].
    pub fn bbox(west: f64, south: f64, east: f64, north: f64) -> Result<Self, SpatialError> {
        Bbox::new(west, south, east, north).map(Self::Bbox)
    }

    /// A checked circle, see [`Circle::new`].
    ///
    /// # Errors
    /// Those of [`Circle::new`].
    pub fn circle(centre: Rd, radius_m: f64, max_radius_m: f64) -> Result<Self, SpatialError> {
        Circle::new(centre, radius_m, max_radius_m).map(Self::Circle)
    }

    /// An area of polygons in longitude and latitude, such as [`parse_area`](super::geojson::parse_area) gives.
    #[must_use]
    pub fn polygon(polygons: MultiPolygon<f64>) -> Self {
        Self::Polygon(Region::new(polygons))
    }

    /// Whether a point lies in the area or on its edge; `degrees` and `metres` are the same point.
    #[must_use]
    pub fn contains(&self, degrees: Wgs84, metres: Rd) -> bool {
        match self {
            Self::Bbox(bbox) => bbox.contains(degrees),
            Self::Circle(circle) => circle.contains(metres),
            Self::Polygon(region) => region.contains(degrees),
        }
    }

    /// A box that holds the whole area: the smallest for a box and for polygons, and for a circle one that is wider by less
    /// than a hundredth of the radius. `None` for an area of no polygons.
    #[must_use]
    pub fn bounds(&self) -> Option<Bbox> {
        match self {
            Self::Bbox(bbox) => Some(*bbox),
            Self::Circle(circle) => Some(circle.bounds()),
            Self::Polygon(region) => region.bounds(),
        }
    }
}

impl Bbox {
    /// A box. One that lies outside the Netherlands is a box without places, not an error: a map may look there.
    ///
    /// # Units
    /// Degrees, CRS84. A box over the antimeridian (west > east, which RFC 7946 allows) is refused: there are no places there.
    ///
    /// # Errors
    /// When a value is no longitude or latitude, when the two are exchanged, and when west is not less than east or south not less than north.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, SpatialError> {
        if crs::look_swapped(west, south) && crs::look_swapped(east, north) {
            return Err(SpatialError::BboxSwapped {
                west,
                south,
                east,
                north,
            });
        }
        for (lon, lat) in [(west, south), (east, north)] {
            crs::in_shape(lon, lat)?;
        }
        if west >= east {
            return Err(SpatialError::WestEast { west, east });
        }
        if south >= north {
            return Err(SpatialError::SouthNorth { south, north });
        }
        Ok(Self {
            west,
            south,
            east,
            north,
        })
    }

    /// A box that is known to be one, which may be a line or a point.
    pub(super) fn of(rect: geo::Rect<f64>) -> Self {
        Self {
            west: rect.min().x,
            south: rect.min().y,
            east: rect.max().x,
            north: rect.max().y,
        }
    }

    /// The western edge, longitude in degrees.
    #[must_use]
    pub fn west(&self) -> f64 {
        self.west
    }

    /// The southern edge, latitude in degrees.
    #[must_use]
    pub fn south(&self) -> f64 {
        self.south
    }

    /// The eastern edge, longitude in degrees.
    #[must_use]
    pub fn east(&self) -> f64 {
        self.east
    }

    /// The northern edge, latitude in degrees.
    #[must_use]
    pub fn north(&self) -> f64 {
        self.north
    }

    /// Whether a point lies in the box or on its edge.
    #[must_use]
    pub fn contains(&self, point: Wgs84) -> bool {
        (self.west..=self.east).contains(&point.lon)
            && (self.south..=self.north).contains(&point.lat)
    }
}

impl Circle {
    /// A circle of more than 0 and at most `max_radius_m` metres around `centre`.
    ///
    /// # Errors
    /// [`SpatialError::Radius`] when the radius is not such a number.
    pub fn new(centre: Rd, radius_m: f64, max_radius_m: f64) -> Result<Self, SpatialError> {
        if radius_m > 0.0 && radius_m <= max_radius_m && radius_m.is_finite() {
            Ok(Self { centre, radius_m })
        } else {
            Err(SpatialError::Radius {
                radius_m,
                max_m: max_radius_m,
            })
        }
    }

    /// The centre, RD metres.
    #[must_use]
    pub fn centre(&self) -> Rd {
        self.centre
    }

    /// The radius, metres in the RD plane.
    #[must_use]
    pub fn radius_m(&self) -> f64 {
        self.radius_m
    }

    /// Whether a point is at most the radius away.
    #[must_use]
    pub fn contains(&self, point: Rd) -> bool {
        self.centre.distance_m(point) <= self.radius_m
    }

    fn bounds(&self) -> Bbox {
        // 64 corners of a polygon around the circle: 1/cos(π/64) is 1.0012. The rest of the 0.5 % is for its sides, which are
        // straight in RD and bend in longitude and latitude, by some 3 m for a radius of 100 km.
        let around = self.radius_m * 1.005;
        let (mut west, mut south) = (f64::INFINITY, f64::INFINITY);
        let (mut east, mut north) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for corner in 0..64 {
            let (sin, cos) = (f64::from(corner) * std::f64::consts::TAU / 64.0).sin_cos();
            let Wgs84 { lon, lat } = Rd {
                x: self.centre.x + around * cos,
                y: self.centre.y + around * sin,
            }
            .to_wgs84();
            (west, east) = (west.min(lon), east.max(lon));
            (south, north) = (south.min(lat), north.max(lat));
        }
        Bbox {
            west,
            south,
            east,
            north,
        }
    }
}
