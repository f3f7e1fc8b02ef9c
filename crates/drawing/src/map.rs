//! A small map: shapes of a plane in metres to an SVG of a fixed width.

use super::{GROUND, INK, SOFT, SURE, escape, number};

/// A position of the plane, metres east and north.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// East.
    pub x: f64,
    /// North.
    pub y: f64,
}

/// Polygons, each an outer ring and its holes.
pub type Shape = Vec<Vec<Vec<Point>>>;

/// The rectangle of the plane that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Extent {
    /// What holds all of a shape; none for a shape without positions.
    pub fn of(shape: &Shape) -> Option<Self> {
        let mut points = shape.iter().flatten().flatten();
        let first = points.next()?;
        let start = Self { west: first.x, south: first.y, east: first.x, north: first.y };
        Some(points.fold(start, |extent, point| Self {
            west: extent.west.min(point.x),
            south: extent.south.min(point.y),
            east: extent.east.max(point.x),
            north: extent.north.max(point.y),
        }))
    }

    /// A square around a point.
    pub fn around(centre: Point, metres: f64) -> Self {
        Self { west: centre.x - metres, south: centre.y - metres, east: centre.x + metres, north: centre.y + metres }
    }

    /// Wider by a share of its larger side on every side.
    #[must_use]
    pub fn with_margin(self, share: f64) -> Self {
        let margin = (self.east - self.west).max(self.north - self.south).max(1.0) * share;
        Self {
            west: self.west - margin,
            south: self.south - margin,
            east: self.east + margin,
            north: self.north + margin,
        }
    }

    /// From west to east, metres.
    pub fn width(&self) -> f64 {
        self.east - self.west
    }

    /// From south to north, metres.
    pub fn height(&self) -> f64 {
        self.north - self.south
    }

    /// At least so wide and so high, around the same middle.
    #[must_use]
    pub fn grown_to(self, width: f64, height: f64) -> Self {
        let (wider, higher) = ((width - self.width()).max(0.0) / 2.0, (height - self.height()).max(0.0) / 2.0);
        Self {
            west: self.west - wider,
            south: self.south - higher,
            east: self.east + wider,
            north: self.north + higher,
        }
    }

    /// A position from the north-western corner: metres east and metres south.
    pub fn from_corner(&self, point: Point) -> (f64, f64) {
        (point.x - self.west, self.north - point.y)
    }

    /// Whether the two share a point.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }

    /// Whether a position lies in it.
    pub fn holds(&self, point: Point) -> bool {
        (self.west..=self.east).contains(&point.x) && (self.south..=self.north).contains(&point.y)
    }

    /// Whether a circle touches it.
    pub fn meets(&self, centre: Point, radius_m: f64) -> bool {
        let x = centre.x.clamp(self.west, self.east) - centre.x;
        let y = centre.y.clamp(self.south, self.north) - centre.y;
        x.hypot(y) <= radius_m
    }
}

/// How a shape is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Solid: what is sure.
    Solid,
    /// Hatched: what may be.
    Hatched,
    /// Light with dots: what is not.
    Sparse,
}

/// How a point is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A filled disc: what is sure.
    Full,
    /// A ring with a light heart: what may be.
    Open,
    /// A small cross: what is not.
    Cross,
}

/// Units of the drawing for a character of a label, and for its line; the style sheet has the same size.
const LABEL_SIZE: f64 = 15.0;

/// A map that is being drawn, from the bottom up.
pub struct Map {
    extent: Extent,
    width: f64,
    height: f64,
    units_per_metre: f64,
    body: String,
    /// Where labels and marks stand: left, top, right, bottom.
    taken: Vec<[f64; 4]>,
    /// The same for the labels that are there at twice the size.
    taken_large: Vec<[f64; 4]>,
    labels: String,
}

impl Map {
    /// An empty map of `extent`, so many units wide.
    pub fn new(extent: Extent, width: f64) -> Self {
        let units_per_metre = width / (extent.east - extent.west).max(1.0);
        let height = (extent.north - extent.south).max(1.0) * units_per_metre;
        Self {
            extent,
            width,
            height,
            units_per_metre,
            body: String::new(),
            taken: Vec::new(),
            taken_large: Vec::new(),
            labels: String::new(),
        }
    }

    fn at(&self, point: Point) -> (f64, f64) {
        ((point.x - self.extent.west) * self.units_per_metre, (self.extent.north - point.y) * self.units_per_metre)
    }

    /// The path of a shape. Positions that fall together after rounding are written once.
    fn path(&self, shape: &Shape) -> String {
        let mut path = String::new();
        for ring in shape.iter().flatten() {
            let mut last = None;
            let open =
                ring.split_last().filter(|(end, rest)| rest.first() == Some(end)).map_or(&ring[..], |(_, rest)| rest);
            for point in open {
                let (x, y) = self.at(*point);
                let position = format!("{} {}", number(x), number(y));
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

    /// A filled shape.
    pub fn area(&mut self, shape: &Shape, fill: Fill) {
        let (class, paint) = match fill {
            Fill::Solid => ("solid", SURE),
            Fill::Hatched => ("hatched", "url(#hatch)"),
            Fill::Sparse => ("sparse", "url(#sparse)"),
        };
        let path = self.path(shape);
        self.body.push_str(&format!("<path class=\"{class}\" d=\"{path}\" fill=\"{paint}\" fill-rule=\"evenodd\"/>"));
    }

    /// The border of a shape.
    pub fn outline(&mut self, shape: &Shape) {
        let path = self.path(shape);
        self.body.push_str(&format!(
            "<path class=\"outline\" d=\"{path}\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.6\" stroke-linejoin=\"round\"/>"
        ));
    }

    /// A circle of so many metres around a point: somewhere in it is what it stands for, or, `asked`, the reach of a question.
    ///
    /// It is not filled, so that what lies under it can be read, and has a light edge, so that it can be seen on it.
    pub fn circle(&mut self, centre: Point, radius_m: f64, asked: bool) {
        let (x, y) = self.at(centre);
        let round = format!(
            "cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"none\"",
            number(x),
            number(y),
            number(radius_m * self.units_per_metre)
        );
        self.body.push_str(&if asked {
            format!("<circle class=\"reach\" {round} stroke=\"{SOFT}\" stroke-width=\"1.4\"/>")
        } else {
            format!(
                "<circle class=\"edge\" {round} stroke=\"{GROUND}\" stroke-width=\"4.5\"/>\
                 <circle class=\"within\" {round} stroke=\"{INK}\" stroke-width=\"1.8\" stroke-dasharray=\"5 3.5\"/>"
            )
        });
    }

    /// A mark at a point. Labels stay off it.
    pub fn mark(&mut self, point: Point, mark: Mark) {
        let (x, y) = self.at(point);
        self.taken.push([x - 7.0, y - 7.0, x + 7.0, y + 7.0]);
        let (left, top) = (number(x), number(y));
        self.body.push_str(&match mark {
            Mark::Full => format!(
                "<circle class=\"mark full\" cx=\"{left}\" cy=\"{top}\" r=\"6\" fill=\"{INK}\" stroke=\"{GROUND}\" stroke-width=\"2\"/>"
            ),
            Mark::Open => format!(
                "<circle class=\"mark open\" cx=\"{left}\" cy=\"{top}\" r=\"5.5\" fill=\"{GROUND}\" stroke=\"{INK}\" stroke-width=\"2.4\"/>"
            ),
            Mark::Cross => {
                let arms = format!("M{} {}l10 10m0 -10l-10 10", number(x - 5.0), number(y - 5.0));
                format!(
                    "<path class=\"mark halo\" d=\"{arms}\" stroke=\"{GROUND}\" stroke-width=\"5.5\" fill=\"none\"/>\
                     <path class=\"mark cross\" d=\"{arms}\" stroke=\"{INK}\" stroke-width=\"2.4\" fill=\"none\"/>"
                )
            }
        });
    }

    /// A name beside a point, on the first of four sides where it meets no mark and no earlier name; left out where there is none.
    ///
    /// Its class is `roomy` where it also fits at twice the size, for a style sheet that keeps only those on a small screen.
    pub fn label(&mut self, point: Point, text: &str, is_strong: bool) {
        let (x, y) = self.at(point);
        // Not quite six tenths of its size is wide for the mean character of a name.
        let wide = text.chars().map(|_| LABEL_SIZE * 0.58).sum::<f64>();
        let half = LABEL_SIZE * 0.5;
        let sides = [
            (x + 10.0, y, "start", x + 10.0),
            (x - 10.0, y, "end", x - 10.0 - wide),
            (x, y - 18.0, "middle", x - wide / 2.0),
            (x, y + 18.0, "middle", x - wide / 2.0),
        ];
        let free = sides.into_iter().find_map(|(at_x, at_y, anchor, left)| {
            let place = [left, at_y - half, left + wide, at_y + half];
            self.is_free(&place, &self.taken).then_some((at_x, at_y, anchor, place))
        });
        let Some((at_x, at_y, anchor, place)) = free else { return };
        self.taken.push(place);
        let left = match anchor {
            "start" => at_x,
            "end" => at_x - 2.0 * wide,
            _ => at_x - wide,
        };
        let large = [left, at_y - LABEL_SIZE, left + 2.0 * wide, at_y + LABEL_SIZE];
        let is_roomy = self.is_free(&large, &self.taken_large);
        if is_roomy {
            self.taken_large.push(large);
        }
        self.labels.push_str(&format!(
            "<text class=\"{}{}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"{LABEL_SIZE}\" fill=\"{INK}\" \
             stroke=\"{GROUND}\" stroke-width=\"5\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>",
            if is_roomy { "roomy" } else { "tight" },
            if is_strong { " strong" } else { "" },
            number(at_x),
            number(at_y + LABEL_SIZE * 0.35),
            escape(text)
        ));
    }

    fn is_free(&self, place: &[f64; 4], taken: &[[f64; 4]]) -> bool {
        let is_inside =
            place[0] >= 2.0 && place[2] <= self.width - 2.0 && place[1] >= 2.0 && place[3] <= self.height - 2.0;
        let meets =
            |other: &[f64; 4]| place[0] < other[2] && other[0] < place[2] && place[1] < other[3] && other[1] < place[3];
        is_inside && !taken.iter().any(meets)
    }

    /// The map with a scale bar under it, a title and a description; `id` is not used by another map of the document. The attribute
    /// `data-metres-per-unit` is for whoever measures in it.
    pub fn finish(self, id: &str, title: &str, description: &str) -> String {
        let bar_m = round_below((self.extent.east - self.extent.west) / 4.0);
        let (bar, top) = (bar_m * self.units_per_metre, self.height + 16.0);
        let kilometres =
            if bar_m >= 1_000.0 { format!("{} km", number(bar_m / 1_000.0)) } else { format!("{bar_m} m") };
        format!(
            "<svg class=\"map\" viewBox=\"0 0 {width} {whole}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
             data-metres-per-unit=\"{metres}\"><title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{description}</desc>\
             <svg width=\"{width}\" height=\"{height}\">{body}{labels}</svg>\
             <g class=\"scale\"><path d=\"M1 {top}v7h{bar}v-7\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.6\"/>\
             <text class=\"length\" x=\"{beside}\" y=\"{text}\" font-size=\"{LABEL_SIZE}\" fill=\"{INK}\">{kilometres}</text></g></svg>",
            width = number(self.width),
            height = number(self.height),
            whole = number(self.height + 34.0),
            metres = 1.0 / self.units_per_metre,
            title = escape(title),
            description = escape(description),
            body = self.body,
            labels = self.labels,
            top = number(top),
            bar = number(bar),
            beside = number(bar + 10.0),
            text = number(top + 9.0),
        )
    }
}

/// The largest of 1, 2 and 5 times a power of ten that is not more.
pub(super) fn round_below(metres: f64) -> f64 {
    let power = 10_f64.powf(metres.max(1.0).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|round| round * power).find(|length| *length <= metres).unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Vec<Point> {
        let corner = |x, y| Point { x: west + x, y: south + y };
        vec![corner(0.0, 0.0), corner(side, 0.0), corner(side, side), corner(0.0, side), corner(0.0, 0.0)]
    }

    #[test]
    fn north_is_up_and_a_metre_is_the_same_both_ways() {
        let shape = vec![vec![square(100.0, 200.0, 50.0), square(110.0, 210.0, 10.0)]];
        let map = Map::new(Extent::of(&shape).unwrap(), 500.0);
        assert_eq!(map.path(&shape), "M0 500L500 500L500 0L0 0ZM100 400L200 400L200 300L100 300Z");
    }

    #[test]
    fn positions_that_fall_together_are_written_once() {
        let near = Point { x: 0.000_01, y: 0.0 };
        let ring = vec![Point { x: 0.0, y: 0.0 }, near, Point { x: 10.0, y: 0.0 }, Point { x: 10.0, y: 10.0 }];
        let map = Map::new(Extent::around(Point { x: 5.0, y: 5.0 }, 5.0), 10.0);
        assert_eq!(map.path(&vec![vec![ring]]), "M0 10L10 10L10 0Z");
    }

    #[test]
    fn a_name_stays_off_marks_and_other_names_and_inside_the_map() {
        let mut map = Map::new(Extent::around(Point { x: 0.0, y: 0.0 }, 100.0), 200.0);
        let centre = Point { x: 0.0, y: 0.0 };
        for _ in 0..9 {
            map.label(centre, "Ommen", false);
        }
        assert_eq!(map.labels.matches("<text").count(), 4);
        map.label(Point { x: 90.0, y: 90.0 }, "Een heel lange naam van een dorp", false);
        assert_eq!(map.labels.matches("<text").count(), 4);
        map.label(Point { x: -60.0, y: -80.0 }, "<b>", true);
        assert!(map.labels.contains("&#60;b&#62;") && map.labels.contains(" strong"));
        // Of four names around one point not all have room to grow.
        assert!((1..4).contains(&map.labels.matches("\"roomy\"").count()), "{}", map.labels);
    }

    #[test]
    fn a_scale_bar_is_a_round_length() {
        assert_eq!([4_999.0, 5_000.0, 1_900.0, 120.0].map(round_below), [2_000.0, 5_000.0, 1_000.0, 100.0]);
        let map = Map::new(Extent::around(Point { x: 0.0, y: 0.0 }, 5_000.0), 500.0);
        let svg = map.finish("a", "T", "<D>");
        assert!(svg.contains("v7h100v-7") && svg.contains(">2 km<") && svg.contains("&#60;D&#62;"), "{svg}");
        assert!(svg.contains("data-metres-per-unit=\"20\""), "{svg}");
    }

    #[test]
    fn a_circle_far_off_does_not_meet_the_map() {
        let extent = Extent::around(Point { x: 0.0, y: 0.0 }, 10.0);
        assert!(extent.meets(Point { x: 30.0, y: 0.0 }, 20.0));
        assert!(!extent.meets(Point { x: 30.0, y: 30.0 }, 20.0));
    }
}
