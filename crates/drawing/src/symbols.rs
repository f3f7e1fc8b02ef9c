//! Symbols for points: each with a shape of its own, so that none depends on its colour.

use super::{number, palette};

/// A symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbol {
    /// A disc.
    Disc,
    /// A square.
    Square,
    /// A triangle that points up.
    Up,
    /// A square on its corner.
    Diamond,
    /// An upright cross with broad arms.
    Plus,
    /// A triangle that points down.
    Down,
    /// A star of five points.
    Star,
    /// A circle that is not filled: what is not known.
    Ring,
}

impl Symbol {
    /// All, in this order.
    pub const ALL: [Self; 8] =
        [Self::Disc, Self::Square, Self::Up, Self::Diamond, Self::Plus, Self::Down, Self::Star, Self::Ring];

    /// What it is filled with.
    pub fn fill(self) -> &'static str {
        match self {
            Self::Disc => "#0b63a8",
            Self::Square => "#b84300",
            Self::Up => "#0a7d57",
            Self::Diamond => "#a53a8f",
            Self::Plus => "#1b2430",
            Self::Down => "#8a6d00",
            Self::Star => "#757d8c",
            Self::Ring => palette::PAPER,
        }
    }

    /// Its outline around a point; symbols of one size look equally large.
    pub fn path(self, x: f64, y: f64, size: f64) -> String {
        let r = size / 2.0;
        let corners = |corners: &[(f64, f64)]| {
            let mut path = String::new();
            for (index, (right, down)) in corners.iter().enumerate() {
                let command = if index == 0 { 'M' } else { 'L' };
                path.push_str(&format!("{command}{} {}", number(x + right * r), number(y + down * r)));
            }
            path.push('Z');
            path
        };
        let round = |share: f64| {
            let r = r * share;
            format!(
                "M{left} {y}a{r} {r} 0 1 1 {d} 0a{r} {r} 0 1 1 -{d} 0Z",
                left = number(x - r),
                y = number(y),
                r = number(r),
                d = number(2.0 * r)
            )
        };
        match self {
            Self::Disc => round(1.0),
            Self::Ring => round(0.9),
            Self::Square => corners(&[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)]),
            Self::Up => corners(&[(0.0, -1.15), (1.15, 0.85), (-1.15, 0.85)]),
            Self::Down => corners(&[(0.0, 1.15), (1.15, -0.85), (-1.15, -0.85)]),
            Self::Diamond => corners(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
            Self::Plus => corners(&[
                (-0.4, -1.1),
                (0.4, -1.1),
                (0.4, -0.4),
                (1.1, -0.4),
                (1.1, 0.4),
                (0.4, 0.4),
                (0.4, 1.1),
                (-0.4, 1.1),
                (-0.4, 0.4),
                (-1.1, 0.4),
                (-1.1, -0.4),
                (-0.4, -0.4),
            ]),
            Self::Star => {
                let points: Vec<(f64, f64)> = (0..10_u32)
                    .map(|corner| {
                        let reach = if corner % 2 == 0 { 1.3 } else { 0.58 };
                        let turn = f64::from(corner) * std::f64::consts::PI / 5.0;
                        (reach * turn.sin(), -reach * turn.cos())
                    })
                    .collect();
                corners(&points)
            }
        }
    }

    /// The symbol at a point: a light edge around it, so that it stands out from what it lies on, then a dark one. `title` is shown where a
    /// pointer rests on it.
    pub(super) fn draw(self, x: f64, y: f64, size: f64, class: &str, id: &str, title: &str) -> String {
        let edge = size * if self == Self::Ring { 0.17 } else { 0.1 };
        let named = if id.is_empty() { String::new() } else { format!(" data-id=\"{}\"", super::escape(id)) };
        let title = if title.is_empty() { String::new() } else { format!("<title>{}</title>", super::escape(title)) };
        let path = self.path(x, y, size);
        format!(
            "<g class=\"{class}\"{named}>{title}<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"/>\
             <path d=\"{path}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"/></g>",
            palette::PAPER,
            number(edge + size * 0.22),
            self.fill(),
            palette::INK,
            number(edge),
        )
    }
}

/// Width and height of a symbol by itself, pixels: that of the smallest target a finger should meet (WCAG 2.2, 2.5.8).
const ALONE: f64 = 24.0;

impl Symbol {
    /// The symbol by itself, for a page and for the markers of its map; hidden from screen readers, which hear the words beside it.
    pub fn alone(self) -> String {
        alone("symbol", &self.draw(0.0, 0.0, ALONE * 0.58, "", "", ""))
    }
}

/// What stands for a place that is somewhere in an area, by itself.
pub fn somewhere_alone() -> String {
    let circle = format!(
        "<circle r=\"9\" fill=\"{0}\" fill-opacity=\"{1}\" stroke=\"{0}\" stroke-width=\"1.8\" stroke-dasharray=\"3.6 2.1\"/>",
        palette::COARSE,
        palette::COARSE_OPACITY
    );
    alone("symbol somewhere", &circle)
}

fn alone(class: &str, drawn: &str) -> String {
    let half = number(ALONE / 2.0);
    let whole = number(ALONE);
    format!(
        "<svg class=\"{class}\" width=\"{whole}\" height=\"{whole}\" viewBox=\"-{half} -{half} {whole} {whole}\" aria-hidden=\"true\" \
         focusable=\"false\">{drawn}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_lies_around_its_point_and_is_written_as_text() {
        assert_eq!(Symbol::Square.path(10.0, 20.0, 10.0), "M5.6 15.6L14.4 15.6L14.4 24.4L5.6 24.4Z");
        assert_eq!(Symbol::Disc.path(10.0, 20.0, 6.0), "M7 20a3 3 0 1 1 6 0a3 3 0 1 1 -6 0Z");
        let drawn = Symbol::Up.draw(1.0, 2.0, 6.0, "place", "place:a", "<b>");
        assert!(Symbol::Up.alone().contains("viewBox=\"-12 -12 24 24\"") && !Symbol::Up.alone().contains("style="));
        assert!(drawn.starts_with("<g class=\"place\" data-id=\"place:a\"><title>&#60;b&#62;</title>"), "{drawn}");
    }
}
