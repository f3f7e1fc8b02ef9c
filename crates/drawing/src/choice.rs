//! A map to choose an area from: each is a link, with its name on it where there is room.
//!
//! It stands beside a list of the same links, so it is hidden from screen readers and passed over by the keyboard.

use super::{
    INK, escape,
    font::Face,
    labels::{Labels, Style},
    map::{Extent, Point, Shape},
    number,
    view::{Rect, View, path},
};

/// An area to choose.
pub struct Choice {
    /// Its outline, in a plane in metres.
    pub shape: Shape,
    /// Where its name belongs.
    pub at: Point,
    /// Its name.
    pub name: String,
    /// What the pointer is told of it.
    pub about: String,
    /// Where it leads.
    pub address: String,
}

/// Units from west to east.
const WIDTH: f64 = 640.0;
/// The size of names, units: on a wide screen, and on a narrow one, where the map is half as wide and fewer names fit.
const SIZES: [(&str, f64); 2] = [("wide-only", 14.0), ("narrow-only", 25.0)];

/// The map; `None` where there is nothing to choose.
pub fn map(choices: &[Choice]) -> Option<String> {
    let all: Shape = choices.iter().flat_map(|choice| choice.shape.iter().cloned()).collect();
    let extent = Extent::of(&all)?.with_margin(0.01);
    let height = WIDTH * extent.height() / extent.width().max(1.0);
    let frame = Rect { left: 0.0, top: 0.0, right: WIDTH, bottom: height };
    let view = View::new(extent, frame);
    let mut svg = format!(
        "<svg class=\"choose\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\" focusable=\"false\">",
        number(WIDTH),
        number(height)
    );
    for Choice { shape, about, address, .. } in choices {
        let outline = path(&view.rings(shape));
        let (address, about) = (escape(address), escape(about));
        svg.push_str(&format!(
            "<a href=\"{address}\" tabindex=\"-1\"><path d=\"{outline}\" fill-rule=\"evenodd\"/><title>{about}</title></a>"
        ));
    }
    for (class, size) in SIZES {
        let mut labels = Labels::new(frame);
        for Choice { shape, at, name, .. } in choices {
            let style = Style { face: Face::Regular, size, fill: INK, class: "name", spacing: 0.0 };
            // In the area, else across its border.
            let _ = labels.within(&view.rings(shape), view.at(*at), name, style, true)
                || labels.within(&view.rings(shape), view.at(*at), name, style, false)
                || labels.near(view.at(*at), 1, name, style);
        }
        svg.push_str(&format!("<g class=\"{class}\">{}</g>", labels.finish()));
    }
    svg.push_str("</svg>");
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, side: f64) -> Shape {
        let at = |x, y| Point { x, y };
        vec![vec![vec![at(west, 0.0), at(west + side, 0.0), at(west + side, side), at(west, side), at(west, 0.0)]]]
    }

    fn choice(name: &str, west: f64, side: f64) -> Choice {
        Choice {
            shape: square(west, side),
            at: Point { x: west + side / 2.0, y: side / 2.0 },
            name: name.to_owned(),
            about: format!("{name} <4>"),
            address: format!("/{name}?a&b"),
        }
    }

    #[test]
    fn each_area_is_a_link_and_names_stand_where_there_is_room() {
        let svg = map(&[choice("Ommen", 0.0, 10_000.0), choice("Losser", 10_000.0, 100.0)]).unwrap();
        assert_eq!(svg.matches("<a href=").count(), 2);
        assert!(
            svg.contains("<a href=\"/Ommen?a&#38;b\" tabindex=\"-1\">")
                && svg.contains("<title>Ommen &#60;4&#62;</title>")
        );
        assert_eq!(svg.matches(">Ommen</text>").count(), 2, "once a size");
        assert!(map(&[]).is_none());
    }
}
