//! Geometries in the system that is asked for, in the order x, y or longitude, latitude.

use geo::{BoundingRect as _, MapCoords as _};

use crate::{
    collections::Geometry,
    spatial::{Crs, Wgs84},
};

/// A geometry in another system.
pub(super) fn placed(geometry: Geometry<'_>, crs: Crs) -> geo::Geometry<f64> {
    let of = |at: geo::Coord<f64>| match crs {
        Crs::Crs84 | Crs::Etrs89 => at,
        Crs::Rd => {
            let rd = Wgs84 { lon: at.x, lat: at.y }.to_rd();
            geo::Coord { x: rd.x, y: rd.y }
        }
    };
    match geometry {
        Geometry::Point(at) => geo::Geometry::Point(of(geo::Coord { x: at.lon, y: at.lat }).into()),
        Geometry::Area(area) => geo::Geometry::MultiPolygon(area.map_coords(of)),
    }
}

/// The box around what it was around, and one geometry more.
pub(super) fn around(bounds: Option<geo::Rect<f64>>, more: Option<&geo::Geometry<f64>>) -> Option<geo::Rect<f64>> {
    let Some(more) = more.and_then(geo::Geometry::bounding_rect) else { return bounds };
    let Some(so_far) = bounds else { return Some(more) };
    let least = geo::Coord { x: so_far.min().x.min(more.min().x), y: so_far.min().y.min(more.min().y) };
    let most = geo::Coord { x: so_far.max().x.max(more.max().x), y: so_far.max().y.max(more.max().y) };
    Some(geo::Rect::new(least, most))
}
