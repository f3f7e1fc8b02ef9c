//! The names on the map of a sheet: which come first, and how they look.

use super::{Rank, Sheet, layout::Measures};
use crate::{
    font::{Face, shorten},
    labels::{Labels, Style},
    palette,
    view::{Rect, View},
};

impl Sheet {
    /// The names: areas first, then what is known coarsely, then places.
    pub(super) fn labels(&self, view: &View, measures: &Measures) -> Labels {
        let zoom = measures.zoom;
        let mut labels = Labels::new(view.panel);
        let symbol = self.symbol * zoom;
        for (at, size) in self
            .places
            .iter()
            .map(|spot| (spot.at, symbol * 1.15))
            .chain(self.others.iter().map(|point| (*point, symbol * 0.6)))
        {
            let (x, y) = view.at(at);
            labels.keep_off(Rect::around(x, y, size, size));
        }
        for name in &self.names {
            let style = style(name.rank, zoom);
            let at = view.at(name.at);
            match &name.within {
                Some(shape) => {
                    let rings = view.rings(shape);
                    // Smaller rather than over the border, and over the border rather than not at all; but names of what lies around are no
                    // loss.
                    let tries: &[(f64, bool)] = match name.rank {
                        Rank::Beside => &[(1.0, true), (0.86, true)],
                        _ => &[(1.0, true), (0.86, true), (1.0, false), (0.86, false), (0.74, false)],
                    };
                    let _ = tries.iter().any(|(share, is_strict)| {
                        let smaller = Style { size: style.size * share, spacing: style.spacing * share, ..style };
                        labels.within(&rings, at, &name.text, smaller, *is_strict)
                    });
                }
                None => {
                    // A part of a town that is named beside it would name another part.
                    let reach = if name.rank == Rank::District { 1 } else { 3 };
                    labels.near(at, reach, &name.text, style);
                }
            }
        }
        let coarse =
            Style { face: Face::Bold, size: 6.4 * zoom, fill: palette::COARSE, class: "name coarse", spacing: 0.0 };
        for area in &self.coarse {
            let Some(name) = &area.name else { continue };
            let (name, at) = (short(name, coarse, view), view.at(area.centre));
            let rings = area.outline.as_ref().map(|shape| view.rings(shape)).unwrap_or_default();
            // Within the area, or over a small one; farther away it would name something else.
            let reach = if area.is_count { 2 } else { 1 };
            let _ = labels.within(&rings, at, &name, coarse, false) || labels.near(at, reach, &name, coarse);
        }
        let place =
            Style { face: Face::Regular, size: 6.4 * zoom, fill: palette::INK, class: "name place", spacing: 0.0 };
        for spot in &self.places {
            if let Some(name) = &spot.name {
                labels.beside(view.at(spot.at), symbol, &short(name, place, view), place);
            }
        }
        labels
    }
}

/// A name that takes at most a third of the map.
fn short(name: &str, style: Style, view: &View) -> String {
    shorten(name, style.face, style.size, view.panel.width() / 3.0)
}

fn style(rank: Rank, zoom: f64) -> Style {
    let (face, size, fill, class, spacing) = match rank {
        Rank::Area => (Face::Bold, 7.6, palette::INK, "name area", 0.25),
        Rank::Beside => (Face::Regular, 7.6, palette::SOFT, "name beside", 0.5),
        Rank::Town => (Face::Bold, 8.2, palette::INK, "name town", 0.0),
        Rank::District => (Face::Regular, 6.8, palette::INK, "name district", 0.0),
    };
    Style { face, size: size * zoom, fill, class, spacing: spacing * zoom }
}
