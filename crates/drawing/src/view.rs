//! From the plane to the sheet: metres east and north to units right and down.

use geo::{Coord, LineString, Simplify};

use super::{
    map::{Extent, Point, Shape},
    number,
};

/// Corners that are no further beside the line than this are left out, units of the sheet: a hundredth of a millimetre.
const TOLERANCE: f64 = 0.04;

/// A rectangle of a sheet: left, top, right and bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Rect {
    /// One of a size around a point.
    pub fn around(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { left: x - width / 2.0, top: y - height / 2.0, right: x + width / 2.0, bottom: y + height / 2.0 }
    }

    /// Its width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the other lies in this one.
    pub fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }
}

/// A part of the plane in a rectangle of the sheet, north up, a metre the same both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Where on the sheet it is.
    pub panel: Rect,
    extent: Extent,
    units_per_metre: f64,
}

/// Rings on the sheet.
pub type Rings = Vec<Vec<(f64, f64)>>;

impl View {
    /// What shows all of `extent` in the middle of `panel`, and what is beside it where the two have other proportions.
    pub fn new(extent: Extent, panel: Rect) -> Self {
        let units_per_metre = Self::scale(extent, panel.width(), panel.height());
        let extent = extent.grown_to(panel.width() / units_per_metre, panel.height() / units_per_metre);
        Self { panel, extent, units_per_metre }
    }

    /// Units of the sheet for a metre, when `extent` is shown in so much room.
    pub fn scale(extent: Extent, width: f64, height: f64) -> f64 {
        (width / extent.width().max(1.0)).min(height / extent.height().max(1.0))
    }

    /// What is shown.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// Units of the sheet for a metre.
    pub fn units_per_metre(&self) -> f64 {
        self.units_per_metre
    }

    /// Where a position is on the sheet.
    pub fn at(&self, point: Point) -> (f64, f64) {
        let (x, y) = self.extent.from_corner(point);
        (self.panel.left + x * self.units_per_metre, self.panel.top + y * self.units_per_metre)
    }

    /// The rings of the polygons that come near the panel, without corners that nobody sees.
    pub fn rings(&self, shape: &Shape) -> Rings {
        let mut rings = Vec::new();
        for polygon in shape {
            let Some(own) = Extent::of(&vec![polygon.clone()]) else { continue };
            if !self.extent.overlaps(&own) {
                continue;
            }
            for ring in polygon {
                let on_sheet: LineString<f64> = ring
                    .iter()
                    .map(|point| {
                        let (x, y) = self.at(*point);
                        Coord { x, y }
                    })
                    .collect();
                let simple = on_sheet.simplify(TOLERANCE);
                // What is left of a ring smaller than a dot of the printer.
                if simple.0.len() >= 4 {
                    rings.push(simple.0.into_iter().map(|at| (at.x, at.y)).collect());
                }
            }
        }
        rings
    }
}

/// Rings as a path. Positions that fall together after rounding are written once.
pub fn path(rings: &Rings) -> String {
    let mut path = String::new();
    for ring in rings {
        let open =
            ring.split_last().filter(|(end, rest)| rest.first() == Some(end)).map_or(&ring[..], |(_, rest)| rest);
        let mut last: Option<String> = None;
        for (x, y) in open {
            let position = format!("{} {}", number(*x), number(*y));
            if last.as_ref() == Some(&position) {
                continue;
            }
            path.push_str(if last.is_none() { "M" } else { "L" });
            path.push_str(&position);
            last = Some(position);
        }
        if last.is_some() {
            path.push('Z');
        }
    }
    path
}

/// Whether a point lies inside, by the even-odd rule.
pub fn is_inside(rings: &Rings, x: f64, y: f64) -> bool {
    let mut inside = false;
    for ring in rings {
        for (from, to) in ring.iter().zip(ring.iter().skip(1)) {
            let crosses = (from.1 > y) != (to.1 > y);
            if crosses && x < (to.0 - from.0) * (y - from.1) / (to.1 - from.1) + from.0 {
                inside = !inside;
            }
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Shape {
        let corner = |x, y| Point { x: west + x, y: south + y };
        vec![vec![vec![corner(0.0, 0.0), corner(side, 0.0), corner(side, side), corner(0.0, side), corner(0.0, 0.0)]]]
    }

    #[test]
    fn what_is_asked_stands_in_the_middle_of_its_panel() {
        let shape = square(1_000.0, 2_000.0, 500.0);
        let panel = Rect { left: 10.0, top: 20.0, right: 210.0, bottom: 120.0 };
        let view = View::new(Extent::of(&shape).unwrap(), panel);
        assert_eq!(path(&view.rings(&shape)), "M60 120L160 120L160 20L60 20Z");
        assert!((view.units_per_metre() - 0.2).abs() < 1e-12);
        assert_eq!(view.at(Point { x: 1_250.0, y: 2_250.0 }), (110.0, 70.0));
        assert!(view.rings(&square(9_000.0, 9_000.0, 10.0)).is_empty(), "far away");
    }

    #[test]
    fn a_corner_that_nobody_sees_is_left_out() {
        let mut shape = square(0.0, 0.0, 1_000.0);
        shape[0][0].insert(1, Point { x: 500.0, y: 0.2 });
        let view = View::new(Extent::of(&shape).unwrap(), Rect { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 });
        assert_eq!(path(&view.rings(&shape)), "M0 100L100 100L100 0L0 0Z");
    }

    #[test]
    fn a_hole_is_not_inside() {
        let rings = vec![
            vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)],
            vec![(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0)],
        ];
        assert!(is_inside(&rings, 1.0, 1.0) && !is_inside(&rings, 5.0, 5.0) && !is_inside(&rings, 11.0, 5.0));
    }

    #[test]
    fn rectangles_that_touch_do_not_overlap() {
        let one = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };
        assert!(!one.overlaps(&Rect { left: 10.0, top: 0.0, right: 20.0, bottom: 10.0 }));
        assert!(one.overlaps(&Rect::around(10.0, 5.0, 1.0, 1.0)) && one.holds(&one));
    }
}
