//! Web Mercator in metres (EPSG:3857), the plane of maps on the web. Its metres are stretched, 1.63 times over Overijssel: nothing is measured
//! in it.

use std::f64::consts::PI;

use super::{Wgs84, cluster};

/// From the middle to a side, metres: half the equator of WGS 84.
const HALF_M: f64 = 6_378_137.0 * PI;

/// Where a point lies in it: x to the east, y to the north.
#[must_use]
pub fn of(at: Wgs84) -> [f64; 2] {
    let (across, down) = cluster::mercator(at);
    [(across * 2.0 - 1.0) * HALF_M, (1.0 - down * 2.0) * HALF_M]
}

/// The point that lies there.
#[must_use]
pub fn degrees([x, y]: [f64; 2]) -> Wgs84 {
    cluster::unmercator((x / HALF_M + 1.0) / 2.0, (1.0 - y / HALF_M) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the formulas of EPSG, in Python.
    #[test]
    fn a_point_lies_where_epsg_says() {
        let [x, y] = of(Wgs84 { lon: 6.25, lat: 52.5 });
        assert!((x - 695_746.817).abs() < 0.01 && (y - 6_891_041.724).abs() < 0.01, "{x} {y}");
        let back = degrees([x, y]);
        assert!((back.lon - 6.25).abs() < 1e-9 && (back.lat - 52.5).abs() < 1e-9);
    }
}
