//! A box in longitude and latitude.

use super::{SpatialError, Wgs84, crs};

/// A box whose edges are straight in longitude and latitude; they belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bbox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Bbox {
    /// A box. One that lies outside the Netherlands is a box without places, not an error: a map may look there. One without
    /// width or height is a line or a point, as in RFC 7946 and OGC API Features.
    ///
    /// # Units
    /// Degrees, CRS84. A box over the antimeridian (west > east, which RFC 7946 allows) is refused: there are no places there.
    ///
    /// # Errors
    /// When a value is no longitude or latitude, when the two are exchanged, and when west is more than east or south more than north.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, SpatialError> {
        if crs::look_swapped(west, south) && crs::look_swapped(east, north) {
            return Err(SpatialError::BboxSwapped { west, south, east, north });
        }
        for (lon, lat) in [(west, south), (east, north)] {
            crs::in_shape(lon, lat)?;
        }
        if west > east {
            return Err(SpatialError::WestEast { west, east });
        }
        if south > north {
            return Err(SpatialError::SouthNorth { south, north });
        }
        Ok(Self { west, south, east, north })
    }

    /// The box with some width and height, so that it has an outline: a line or a point is made wider by 0.0005 degrees, some
    /// 50 m, to each side.
    #[must_use]
    pub fn with_outline(self) -> Self {
        const SIDE: f64 = 0.000_5;
        let wider = |low: f64, high: f64| if low < high { (low, high) } else { (low - SIDE, high + SIDE) };
        let ((west, east), (south, north)) = (wider(self.west, self.east), wider(self.south, self.north));
        Self { west, south, east, north }
    }

    /// A box that is known to be one.
    pub(super) fn of(rect: geo::Rect<f64>) -> Self {
        Self { west: rect.min().x, south: rect.min().y, east: rect.max().x, north: rect.max().y }
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
        (self.west..=self.east).contains(&point.lon) && (self.south..=self.north).contains(&point.lat)
    }
}
