//! What a caller asks about: a box, a circle or a polygon.

use geo::{Coord, Distance, Euclidean, Intersects, Point, Rect};

use super::{MultiPolygon, Rd, Region, SpatialError, Wgs84, bbox::Bbox, crs::to_rd};

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

impl Circle {
    /// A circle of more than 0 and at most `max_radius_m` metres around `centre`.
    ///
    /// # Errors
    /// [`SpatialError::Radius`] when the radius is not such a number.
    pub fn new(centre: Rd, radius_m: f64, max_radius_m: f64) -> Result<Self, SpatialError> {
        if radius_m > 0.0 && radius_m <= max_radius_m && radius_m.is_finite() {
            Ok(Self { centre, radius_m })
        } else {
            Err(SpatialError::Radius { radius_m, max_m: max_radius_m })
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
            let Wgs84 { lon, lat } = Rd { x: self.centre.x + around * cos, y: self.centre.y + around * sin }.to_wgs84();
            (west, east) = (west.min(lon), east.max(lon));
            (south, north) = (south.min(lat), north.max(lat));
        }
        Bbox::of(Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }))
    }
}

impl Region {
    /// Whether the region and an area share a point, edges included.
    #[must_use]
    pub fn intersects(&self, area: &Area) -> bool {
        let Some((own, others)) = self.bounds().zip(area.bounds()) else { return false };
        if own.east() < others.west()
            || others.east() < own.west()
            || own.north() < others.south()
            || others.north() < own.south()
        {
            return false;
        }
        match area {
            Area::Bbox(bbox) => self.polygons().intersects(&Rect::new(
                Coord { x: bbox.west(), y: bbox.south() },
                Coord { x: bbox.east(), y: bbox.north() },
            )),
            Area::Circle(circle) => {
                let centre = circle.centre();
                Euclidean.distance(&Point::new(centre.x, centre.y), &to_rd(self.polygons())) <= circle.radius_m()
            }
            Area::Polygon(other) => self.polygons().intersects(other.polygons()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::oracle::{self, Grid, comb, grid, overijssel, polygons};
    use super::*;

    fn both(at: Wgs84) -> (Wgs84, Rd) {
        (at, at.to_rd())
    }

    #[test]
    fn the_edge_and_the_corner_of_a_box_belong_to_it() {
        let area = Area::bbox(6.0, 52.25, 6.5, 52.5).unwrap();
        let holds = |lon, lat| {
            let (degrees, metres) = both(Wgs84 { lon, lat });
            area.contains(degrees, metres)
        };
        for (lon, lat) in [(6.0, 52.25), (6.5, 52.5), (6.0, 52.4), (6.5, 52.4), (6.2, 52.25), (6.2, 52.5), (6.2, 52.4)]
        {
            assert!(holds(lon, lat), "{lon}, {lat}");
        }
        for (lon, lat) in [(5.999_999_9, 52.4), (6.500_000_1, 52.4), (6.2, 52.249_999_9), (6.2, 52.500_000_1)] {
            assert!(!holds(lon, lat), "{lon}, {lat}");
        }
    }

    #[test]
    fn a_place_exactly_the_radius_away_belongs_to_the_circle() {
        let area = Area::circle(Rd { x: 203_000.0, y: 503_000.0 }, 500.0, 50_000.0).unwrap();
        let holds = |x, y| area.contains(Rd { x, y }.to_wgs84(), Rd { x, y });
        assert!(holds(203_300.0, 503_400.0));
        assert!(holds(202_500.0, 503_000.0));
        assert!(!holds(203_300.0, 503_400.001));
    }

    #[test]
    fn refused_areas_say_what_would_be_right() {
        let bbox = |west, south, east, north| Area::bbox(west, south, east, north).unwrap_err().to_string();
        insta::assert_snapshot!(bbox(52.1, 5.7, 52.9, 7.1), @"the box looks swapped; send west 5.7, south 52.1, east 7.1, north 52.9");
        insta::assert_snapshot!(bbox(7.1, 52.1, 5.7, 52.9), @"the box has west 7.1 and east 5.7; west must not be more than east");
        insta::assert_snapshot!(bbox(5.7, 52.9, 7.1, 52.1), @"the box has south 52.9 and north 52.1; south must not be more than north");
        insta::assert_snapshot!(bbox(203_000.0, 503_000.0, 204_000.0, 504_000.0), @"203000, 503000 looks like RD New metres; a box or polygon takes longitude and latitude in degrees, here 6.094286, 52.512569");
        insta::assert_snapshot!(bbox(5.7, 52.1, 181.0, 52.9), @"longitude 181 is not between -180 and 180 degrees; in Overijssel it is between 5.7 and 7.1");
        insta::assert_snapshot!(bbox(5.7, f64::NAN, 7.1, 52.9), @"5.7, NaN is not a pair of finite numbers; send longitude and latitude in degrees, such as 6.1 and 52.5, or RD metres as `rd`");
        let circle = |radius_m| {
            Area::circle(Rd { x: 203_000.0, y: 503_000.0 }, radius_m, 50_000.0).map_err(|error| error.to_string())
        };
        insta::assert_snapshot!(circle(0.0).unwrap_err(), @"radius 0 is not a distance that is served; expected more than 0 and at most 50000 metres");
        insta::assert_snapshot!(circle(-1.0).unwrap_err(), @"radius -1 is not a distance that is served; expected more than 0 and at most 50000 metres");
        insta::assert_snapshot!(circle(50_000.1).unwrap_err(), @"radius 50000.1 is not a distance that is served; expected more than 0 and at most 50000 metres");
        insta::assert_snapshot!(circle(f64::NAN).unwrap_err(), @"radius NaN is not a distance that is served; expected more than 0 and at most 50000 metres");
        assert!(circle(50_000.0).is_ok());
    }

    #[test]
    fn a_box_around_the_world_and_one_elsewhere_are_boxes() {
        assert!(Area::bbox(-180.0, -90.0, 180.0, 90.0).is_ok());
        assert!(Area::bbox(13.0, 52.0, 14.0, 53.0).is_ok());
    }

    proptest! {
        #[test]
        fn a_polygon_holds_what_a_ray_in_whole_numbers_says(comb in comb(), points in proptest::collection::vec(grid(), 50)) {
            let area = Area::polygon(polygons(&comb));
            for point in points.into_iter().chain(comb.iter().flatten().flatten().copied()) {
                let (degrees, metres) = both(point.wgs84());
                prop_assert_eq!(area.contains(degrees, metres), oracle::holds(&comb, point), "{:?}", point);
            }
        }

        #[test]
        fn the_bounds_hold_every_point_of_the_area(centre in overijssel(), radius_m in 1.0..100_000.0, turn in 0.0..7.0_f64) {
            let Rd { x, y } = centre.to_rd();
            let area = Area::circle(Rd { x, y }, radius_m, 100_000.0).unwrap();
            let bounds = area.bounds().unwrap();
            let edge = Rd { x: x + radius_m * turn.cos(), y: y + radius_m * turn.sin() }.to_wgs84();
            prop_assert!(bounds.contains(edge));
            let wide_m = (bounds.east() - bounds.west()) * 111_320.0 * centre.lat.to_radians().cos();
            // Meridians converge: over 200 km the south is wider by up to two percent.
            prop_assert!(wide_m < 2.0 * radius_m * 1.03);
        }
    }

    #[test]
    fn the_bounds_of_polygons_are_their_outermost_positions() {
        let at = |east, north| Grid { east, north };
        let parts = [vec![vec![at(0, 0), at(2, 0), at(2, 2)]], vec![vec![at(5, 5), at(9, 5), at(9, 8)]]];
        let (low, high) = (at(0, 0).wgs84(), at(9, 8).wgs84());
        let bounds = Area::polygon(polygons(&parts)).bounds().unwrap();
        assert_eq!(
            (bounds.west(), bounds.south(), bounds.east(), bounds.north()),
            (low.lon, low.lat, high.lon, high.lat)
        );
        assert_eq!(Area::polygon(MultiPolygon(vec![])).bounds(), None);
    }
}
