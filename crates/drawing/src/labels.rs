//! Where names stand: each on the first of its positions where it meets no other name, no symbol and no edge, else nowhere.

use rstar::{AABB, RTree, RTreeObject};

use super::{
    escape,
    font::{Face, fitted},
    number, palette,
    view::{Rect, Rings, is_inside},
};

/// A letter is so high over its size, ascender to descender, as the room that is kept for it.
const LINE: f64 = 1.12;
/// Between names, and between a name and a symbol, units.
const GAP: f64 = 0.9;
/// How fine the positions are among which a name in an area looks, shares of its height.
const STEP: f64 = 0.75;

impl RTreeObject for Rect {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners([self.left, self.top], [self.right, self.bottom])
    }
}

/// How a name looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Weight.
    pub face: Face,
    /// Size, units.
    pub size: f64,
    /// Colour.
    pub fill: &'static str,
    /// Class.
    pub class: &'static str,
    /// Units between letters: names of large areas are set wider.
    pub spacing: f64,
}

impl Style {
    /// The room that a text takes.
    pub fn room(&self, text: &str) -> (f64, f64) {
        let letters = u32::try_from(text.chars().count()).map_or(0.0, f64::from);
        (self.face.width(text, self.size) + letters * self.spacing, self.size * LINE)
    }
}

/// Names that are placed one after the other.
pub struct Labels {
    frame: Rect,
    taken: RTree<Rect>,
    svg: String,
}

impl Labels {
    /// No name yet; all are to stay in `frame`.
    pub fn new(frame: Rect) -> Self {
        Self { frame, taken: RTree::new(), svg: String::new() }
    }

    /// Keeps names off.
    pub fn keep_off(&mut self, room: Rect) {
        self.taken.insert(room);
    }

    fn is_free(&self, room: &Rect) -> bool {
        let near = Rect {
            left: room.left - GAP,
            top: room.top - GAP * 0.4,
            right: room.right + GAP,
            bottom: room.bottom + GAP * 0.4,
        };
        self.frame.holds(&near)
            && !self.taken.locate_in_envelope_intersecting(&near.envelope()).any(|other| other.overlaps(&near))
    }

    fn put(&mut self, room: Rect, text: &str, style: Style) {
        let spacing = if style.spacing > 0.0 {
            format!(" letter-spacing=\"{}\"", number(style.spacing))
        } else {
            fitted(text, style.face, style.size)
        };
        // From the left, where every renderer agrees; the last letter is followed by a space that is not seen.
        self.svg.push_str(&format!(
            "<text class=\"{}\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{}\"{spacing} fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\" \
             stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>",
            style.class,
            number(room.left + style.spacing / 2.0),
            number(room.bottom - style.size * 0.27),
            number(style.size),
            style.face.weight(),
            style.fill,
            palette::PAPER,
            number(style.size * 0.24),
            escape(text)
        ));
        self.taken.insert(room);
    }

    fn put_first_free(&mut self, rooms: impl IntoIterator<Item = Rect>, text: &str, style: Style) -> bool {
        let free = rooms.into_iter().find(|room| self.is_free(room));
        free.inspect(|room| self.put(*room, text, style)).is_some()
    }

    /// A name beside a symbol so large: to the right, to the left, over or under it.
    pub fn beside(&mut self, (x, y): (f64, f64), symbol: f64, text: &str, style: Style) -> bool {
        let (width, height) = style.room(text);
        let (side, up) = (symbol * 0.62 + GAP + width / 2.0, symbol * 0.55 + GAP + height / 2.0);
        let shift = width / 2.0 - symbol * 0.3;
        let around = [
            (side, 0.0),
            (-side, 0.0),
            (0.0, -up),
            (0.0, up),
            (side - symbol * 0.2, -up * 0.62),
            (side - symbol * 0.2, up * 0.62),
            (-side + symbol * 0.2, -up * 0.62),
            (-side + symbol * 0.2, up * 0.62),
            (shift, -up),
            (shift, up),
            (-shift, -up),
            (-shift, up),
        ];
        let rooms = around.map(|(right, down)| Rect::around(x + right, y + down, width, height));
        self.put_first_free(rooms, text, style)
    }

    /// A name on a point or near it, at most `reach` of its heights away.
    pub fn near(&mut self, (x, y): (f64, f64), reach: u32, text: &str, style: Style) -> bool {
        let (width, height) = style.room(text);
        let mut offsets = vec![(0.0, 0.0)];
        for ring in 1..=reach {
            let (down, right) = (f64::from(ring) * height * 0.8, f64::from(ring) * width * 0.3);
            offsets.extend([
                (0.0, -down),
                (0.0, down),
                (right, -down),
                (-right, -down),
                (right, down),
                (-right, down),
                (right, 0.0),
                (-right, 0.0),
            ]);
        }
        let rooms = offsets.into_iter().map(|(right, down)| Rect::around(x + right, y + down, width, height));
        self.put_first_free(rooms, text, style)
    }

    /// A name within an area, as near to a point as there is room; where it is `strict` with all its corners there, else with its middle and
    /// most of it.
    pub fn within(&mut self, area: &Rings, (x, y): (f64, f64), text: &str, style: Style, is_strict: bool) -> bool {
        let (width, height) = style.room(text);
        let mut positions = Vec::new();
        let (mut left, mut top, mut right, mut bottom) =
            (f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (x, y) in area.iter().flatten() {
            (left, top, right, bottom) = (left.min(*x), top.min(*y), right.max(*x), bottom.max(*y));
        }
        let over = if is_strict { 1.0 } else { 0.4 };
        let (left, right) = (left.max(self.frame.left), right.min(self.frame.right));
        let (left, right) = (left + width / 2.0 * over, right - width / 2.0 * over);
        let (top, bottom) = (top.max(self.frame.top) + height / 2.0, bottom.min(self.frame.bottom) - height / 2.0);
        let step = height * STEP;
        let mut at_y = top;
        while at_y <= bottom {
            let mut at_x = left;
            while at_x <= right {
                // To move a name down or up looks better than to move it sideways by as much: names are wide.
                positions.push(((at_x - x).abs() + (at_y - y).abs() * 1.5, at_x, at_y));
                at_x += step;
            }
            at_y += step;
        }
        positions.push((0.0, x, y));
        positions.sort_by(|a, b| a.0.total_cmp(&b.0));
        let rooms = positions.into_iter().map(|(_, x, y)| Rect::around(x, y, width, height)).filter(|room| {
            let at = |share: f64| room.left + room.width() * share;
            if is_strict {
                let corners =
                    [0.0, 0.5, 1.0].into_iter().flat_map(|share| [(at(share), room.top), (at(share), room.bottom)]);
                return corners.into_iter().all(|(x, y)| is_inside(area, x, y));
            }
            let middle = f64::midpoint(room.top, room.bottom);
            [0.2, 0.35, 0.5, 0.65, 0.8].into_iter().all(|share| is_inside(area, at(share), middle))
        });
        self.put_first_free(rooms, text, style)
    }

    /// The names.
    pub fn finish(self) -> String {
        self.svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { face: Face::Regular, size: 8.0, fill: palette::INK, class: "name", spacing: 0.0 };
    const FRAME: Rect = Rect { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 };

    const SYMBOL: Rect = Rect { left: 96.0, top: 46.0, right: 104.0, bottom: 54.0 };

    /// The rooms of the names, the symbol aside.
    fn rooms(labels: &Labels) -> Vec<Rect> {
        labels.taken.iter().copied().filter(|room| *room != SYMBOL).collect()
    }

    #[test]
    fn names_around_one_point_take_turns_until_there_is_no_room() {
        let mut labels = Labels::new(FRAME);
        labels.keep_off(SYMBOL);
        let placed = (0..40).filter(|_| labels.beside((100.0, 50.0), 8.0, "Ommen", STYLE)).count();
        assert!((4..=12).contains(&placed), "{placed}");
        let rooms = rooms(&labels);
        for (at, one) in rooms.iter().enumerate() {
            assert!(FRAME.holds(one) && !one.overlaps(&SYMBOL));
            assert!(rooms[at + 1..].iter().all(|other| !other.overlaps(one)));
        }
        assert_eq!(labels.finish().matches("<text").count(), placed);
    }

    #[test]
    fn a_name_near_the_edge_goes_to_the_other_side_and_one_too_long_is_left_out() {
        let mut labels = Labels::new(FRAME);
        assert!(labels.beside((195.0, 50.0), 8.0, "Zwartsluis", STYLE));
        assert!(rooms(&labels)[0].right < 195.0);
        assert!(!labels.near((100.0, 50.0), 3, &"Een heel lange naam ".repeat(5), STYLE));
    }

    #[test]
    fn a_name_in_an_area_has_all_its_corners_there() {
        let area = vec![vec![(10.0, 10.0), (60.0, 10.0), (60.0, 90.0), (10.0, 90.0), (10.0, 10.0)]];
        let mut labels = Labels::new(FRAME);
        // The point itself is at the edge.
        assert!(labels.within(&area, (58.0, 50.0), "Dalfsen", STYLE, true));
        assert!(rooms(&labels)[0].left >= 10.0 && rooms(&labels)[0].right <= 60.0);
        let narrow = vec![vec![(10.0, 10.0), (20.0, 10.0), (20.0, 90.0), (10.0, 90.0), (10.0, 10.0)]];
        assert!(!labels.within(&narrow, (15.0, 50.0), "Dalfsen", STYLE, true));
        assert!(!labels.within(&narrow, (15.0, 50.0), "Dalfsen", STYLE, false));
        let almost = vec![vec![(100.0, 10.0), (125.0, 10.0), (125.0, 90.0), (100.0, 90.0), (100.0, 10.0)]];
        assert!(!labels.within(&almost, (110.0, 50.0), "Dalfsen", STYLE, true));
        assert!(labels.within(&almost, (110.0, 50.0), "Dalfsen", STYLE, false));
    }

    #[test]
    fn a_wide_name_is_measured_with_its_spaces() {
        let wide = Style { spacing: 1.0, ..STYLE };
        assert!((wide.room("Ommen").0 - STYLE.room("Ommen").0 - 5.0).abs() < 1e-9);
    }
}
