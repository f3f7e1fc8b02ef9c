//! The map of a sheet, from the bottom up, and its scale.

use super::{
    Ground, Sheet, Zone,
    layout::{ARROW, LINE, Measures},
    line_of,
};
use crate::{
    escape,
    font::Face,
    legend,
    map::round_below,
    number, palette,
    symbols::Symbol,
    view::{Rect, Rings, View, path},
};

impl Sheet {
    /// Draws the map with its names and its frame.
    pub(super) fn draw_map(&self, svg: &mut String, view: &View, measures: &Measures) {
        let zoom = measures.zoom;
        let Rect { left, top, .. } = view.panel;
        let frame = |fill: &str, stroke: &str| {
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{}\"/>",
                number(left),
                number(top),
                number(view.panel.width()),
                number(view.panel.height()),
                number(0.6 * zoom)
            )
        };
        svg.push_str(&format!(
            "<g class=\"map\" clip-path=\"url(#panel)\" data-metres-per-unit=\"{}\">{}",
            number(1.0 / view.units_per_metre()),
            frame(palette::OUTSIDE, "none")
        ));
        for (shape, ground) in &self.grounds {
            let rings = view.rings(shape);
            match ground {
                Ground::Subject => push_area(svg, "ground", &rings, palette::SUBJECT),
                Ground::Beside => push_area(svg, "ground", &rings, palette::BESIDE),
                Ground::Step(step) => push_area(svg, "step", &rings, palette::step(*step)),
                Ground::PerhapsMore(step) => {
                    push_area(svg, "step", &rings, palette::step(*step));
                    push_area(svg, "perhaps-more", &rings, "url(#perhaps-more)");
                }
            }
        }
        for (shape, zone) in &self.zones {
            let (class, fill) = match zone {
                Zone::Uncovered => ("zone uncovered", "url(#uncovered)"),
                Zone::Uncertain => ("zone uncertain", "url(#uncertain)"),
                Zone::Covered => ("zone covered", palette::COVERED),
            };
            push_area(svg, class, &view.rings(shape), fill);
        }
        for shape in &self.settlements {
            let rings = view.rings(shape);
            if self.zones.is_empty() {
                push_area(svg, "settlement", &rings, palette::SETTLEMENT);
            } else {
                push_line(svg, "settlement", &rings, palette::SETTLEMENT_EDGE, 0.35 * zoom);
            }
        }
        for (shape, is_broad) in &self.borders {
            let line = if *is_broad { 1.1 } else { 0.5 };
            push_line(svg, "border", &view.rings(shape), palette::BORDER, line * zoom);
        }
        for area in &self.coarse {
            let outline = match &area.outline {
                Some(shape) => path(&view.rings(shape)),
                None => {
                    let ((x, y), r) = (view.at(area.centre), area.radius_m * view.units_per_metre());
                    Symbol::Disc.path(x, y, 2.0 * r)
                }
            };
            svg.push_str(&format!(
                "<g class=\"coarse\" data-id=\"{}\"><title>{}</title>{}</g>",
                escape(&area.ids),
                escape(&area.title),
                legend::coarse(&outline, self.symbol * 0.095 * zoom, self.coarse_opacity())
            ));
        }
        for point in &self.others {
            let (x, y) = view.at(*point);
            svg.push_str(&legend::other(x, y, self.symbol * 0.5 * zoom));
        }
        for spot in &self.places {
            let (x, y) = view.at(spot.at);
            svg.push_str(&spot.symbol.draw(x, y, self.symbol * zoom, "place", &spot.id, &spot.title));
        }
        for places in &self.gathered {
            let (x, y) = view.at(places.at);
            svg.push_str(&format!(
                "<g class=\"gathered\"><title>{}</title>{}</g>",
                escape(&places.title),
                legend::gathered(x, y, measures.text * 0.85, &places.count)
            ));
        }
        svg.push_str(&format!("</g><g class=\"names\">{}</g>", self.labels(view, measures).finish()));
        svg.push_str(&frame("none", palette::BORDER));
    }

    /// Draws the scale bar and the orientation.
    pub(super) fn draw_scale(&self, svg: &mut String, view: &View, measures: &Measures) {
        let metres = round_below(view.extent().width().min(view.extent().height()) / 4.0);
        let bar = metres * view.units_per_metre();
        let length = if metres >= 1_000.0 { format!("{} km", number(metres / 1_000.0)) } else { format!("{metres} m") };
        let (left, y, size) = (view.panel.left, view.panel.bottom + measures.text * 0.55, measures.scale_text());
        let tick = measures.text * 0.55;
        svg.push_str(&format!(
            "<g class=\"scale\"><path d=\"M{} {}v{tick}h{}v-{tick}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>{}",
            number(left + 0.5),
            number(y),
            number(bar),
            palette::INK,
            number(0.7 * measures.zoom),
            line_of("length", (left + bar + size * 0.6, y + size * 0.8), size, Face::Regular, palette::INK, &length),
            tick = number(tick),
        ));
        let under = self.orientation_lines(measures, view.panel.width());
        let (lines, x, y) = if under.is_empty() {
            let text = self.orientation.clone();
            let x = view.panel.right - Face::Regular.width(&text, size);
            (vec![text], x, y)
        } else {
            (under, left + size * ARROW, y + size * LINE)
        };
        let mut words = String::new();
        let mut baseline = y + size * 0.8;
        for line in &lines {
            words.push_str(&line_of("length", (x, baseline), size, Face::Regular, palette::SOFT, line));
            baseline += size * LINE;
        }
        // A north arrow, beside its words.
        let (arrow, half) = (x - size * 0.9, size * 0.32);
        svg.push_str(&format!(
            "<path d=\"M{} {}l{} {}l-{} -{}l-{} {}Z\" fill=\"{}\"/>{}</g>",
            number(arrow),
            number(y - size * 0.1),
            number(half),
            number(size),
            number(half),
            number(size * 0.25),
            number(half),
            number(size * 0.25),
            palette::SOFT,
            words,
        ));
    }
}

fn push_area(svg: &mut String, class: &str, rings: &Rings, fill: &str) {
    if !rings.is_empty() {
        svg.push_str(&format!("<path class=\"{class}\" d=\"{}\" fill=\"{fill}\" fill-rule=\"evenodd\"/>", path(rings)));
    }
}

fn push_line(svg: &mut String, class: &str, rings: &Rings, stroke: &str, width: f64) {
    if !rings.is_empty() {
        svg.push_str(&format!(
            "<path class=\"{class}\" d=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
            path(rings),
            number(width)
        ));
    }
}

/// The patterns of the zones, and the edge of the map.
pub(super) fn defs(panel: &Rect, zoom: f64) -> String {
    format!(
        "<defs><clipPath id=\"panel\"><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/></clipPath>\
         <pattern id=\"uncertain\" width=\"{hatch}\" height=\"{hatch}\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect width=\"{hatch}\" height=\"{hatch}\" fill=\"{uncertain}\"/><rect width=\"{line}\" height=\"{hatch}\" fill=\"{lines}\"/></pattern>\
         <pattern id=\"uncovered\" width=\"{dots}\" height=\"{dots}\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"{dots}\" height=\"{dots}\" fill=\"{uncovered}\"/>\
         <circle cx=\"{first}\" cy=\"{first}\" r=\"{dot}\" fill=\"{dot_fill}\"/><circle cx=\"{second}\" cy=\"{second}\" r=\"{dot}\" fill=\"{dot_fill}\"/>\
         </pattern>\
         <pattern id=\"perhaps-more\" width=\"{dots}\" height=\"{dots}\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect width=\"{line}\" height=\"{dots}\" fill=\"{step_line}\"/></pattern></defs>",
        left = number(panel.left),
        top = number(panel.top),
        width = number(panel.width()),
        height = number(panel.height()),
        hatch = number(4.0 * zoom),
        line = number(0.8 * zoom),
        uncertain = palette::UNCERTAIN,
        lines = palette::UNCERTAIN_LINE,
        dots = number(7.0 * zoom),
        first = number(1.75 * zoom),
        second = number(5.25 * zoom),
        dot = number(0.45 * zoom),
        uncovered = palette::UNCOVERED,
        dot_fill = palette::UNCOVERED_DOT,
        step_line = palette::STEP_LINE,
    )
}
