//! The legend of a printed map: groups of keys with their texts, in as many columns as there is room for.

use super::{
    escape,
    font::{Face, fitted, wrap},
    number, palette,
    symbols::Symbol,
};

/// What an entry explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A symbol.
    Symbol(Symbol),
    /// Several places that are drawn together.
    Gathered,
    /// A place that is beside the matter.
    Other,
    /// An area somewhere in which a place is.
    Coarse,
    /// The same with a number.
    Count,
    /// Surely within reach.
    Covered,
    /// Within reach or not.
    Uncertain,
    /// Surely not within reach.
    Uncovered,
    /// A step of a figure, from 0.
    Step(usize),
    /// In that step or a higher one.
    PerhapsMore(usize),
    /// The built-up area of a village or town.
    Settlement,
    /// The same where zones cover its colour.
    SettlementEdge,
    /// A border.
    Border,
}

/// A key and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is drawn.
    pub key: Key,
    /// What it stands for.
    pub text: String,
}

/// Entries under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Heading.
    pub title: String,
    /// Entries, down each column and then the next.
    pub entries: Vec<Entry>,
}

/// A legend that is drawn: from the top left corner, and so high.
pub(super) struct Drawn {
    pub(super) svg: String,
    pub(super) height: f64,
}

/// Draws groups below one another in a width, from a corner; `size` is that of the letters, `coarse_opacity` how much areas cover on the map.
pub(super) fn draw(groups: &[Group], (left, top): (f64, f64), width: f64, size: f64, coarse_opacity: f64) -> Drawn {
    let (line, box_width, gap) = (size * 1.35, size * 2.0, size * 1.6);
    let mut svg = String::from("<g class=\"legend\">");
    let mut y = top;
    for group in groups.iter().filter(|group| !group.entries.is_empty()) {
        for words in wrap(&group.title, Face::Bold, size, width) {
            svg.push_str(&text("heading", left, y + size, size, Face::Bold, &words));
            y += line;
        }
        let entry_width = |entry: &Entry| box_width + size * 0.6 + Face::Regular.width(&entry.text, size);
        let widths = |rows: usize| -> Vec<f64> {
            let widest = |column: &[Entry]| column.iter().map(entry_width).fold(0.0, f64::max);
            group.entries.chunks(rows).map(widest).collect()
        };
        // As few rows as there is room for.
        let fits = |rows: &usize| {
            let widths = widths(*rows);
            widths.iter().sum::<f64>() + gap * between(&widths) <= width
        };
        let rows = (1..=group.entries.len()).find(fits).unwrap_or(group.entries.len());
        let (mut lowest, mut x) = (y, left);
        for (column, column_width) in group.entries.chunks(rows).zip(widths(rows)) {
            let mut at = y;
            for entry in column {
                svg.push_str(&key(entry.key, x + box_width / 2.0, at + line / 2.0, size, coarse_opacity));
                let words_left = x + box_width + size * 0.6;
                // A hair more than it is wide, since sums are rounded.
                let room = column_width.min(width) - box_width - size * 0.6 + 1e-6;
                for words in wrap(&entry.text, Face::Regular, size, room) {
                    svg.push_str(&text("entry", words_left, at + size, size, Face::Regular, &words));
                    at += line;
                }
            }
            lowest = f64::max(lowest, at);
            x += column_width + gap;
        }
        y = lowest + size * 0.55;
    }
    svg.push_str("</g>");
    Drawn { svg, height: y - top }
}

/// How many gaps there are between columns.
fn between(columns: &[f64]) -> f64 {
    u32::try_from(columns.len().saturating_sub(1)).map_or(0.0, f64::from)
}

fn text(class: &str, x: f64, y: f64, size: f64, face: Face, words: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{}\"{} fill=\"{}\">{}</text>",
        number(x),
        number(y),
        number(size),
        face.weight(),
        fitted(words, face, size),
        palette::INK,
        escape(words)
    )
}

fn key(key: Key, x: f64, y: f64, size: f64, coarse_opacity: f64) -> String {
    let (half, high) = (size * 0.95, size * 0.5);
    let boxed = |fill: &str, edge: &str| {
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"{}\"/>",
            number(x - half),
            number(y - high),
            number(half * 2.0),
            number(high * 2.0),
            number(size * 0.06)
        )
    };
    match key {
        Key::Symbol(symbol) => symbol.draw(x, y, size * 0.92, "key", "", ""),
        Key::Gathered => gathered(x, y, size * 0.85, "3"),
        Key::Other => other(x, y, size * 0.5),
        Key::Coarse => coarse(&ellipse(x, y, half, high * 1.05), size * 0.1, coarse_opacity),
        Key::Count => format!(
            "{}<text class=\"key\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"700\" fill=\"{}\">3</text>",
            coarse(&ellipse(x, y, half, high * 1.05), size * 0.1, coarse_opacity),
            number(x - Face::Bold.width("3", size * 0.9) / 2.0),
            number(y + size * 0.33),
            number(size * 0.9),
            palette::COARSE
        ),
        Key::Covered => boxed(palette::COVERED, palette::BORDER),
        Key::Uncertain => boxed("url(#uncertain)", palette::BORDER),
        Key::Uncovered => boxed("url(#uncovered)", palette::BORDER),
        Key::Step(step) => boxed(palette::step(step), palette::BORDER),
        Key::PerhapsMore(step) => {
            boxed(palette::step(step), palette::BORDER) + &boxed("url(#perhaps-more)", palette::BORDER)
        }
        Key::Settlement => boxed(palette::SETTLEMENT, palette::SETTLEMENT),
        Key::SettlementEdge => boxed("none", palette::SETTLEMENT_EDGE),
        Key::Border => format!(
            "<path d=\"M{} {}l{} {}l{} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>",
            number(x - half),
            number(y + high * 0.6),
            number(half),
            number(-high),
            number(half),
            number(high * 0.4),
            palette::BORDER,
            number(size * 0.13)
        ),
    }
}

fn ellipse(x: f64, y: f64, rx: f64, ry: f64) -> String {
    format!(
        "M{} {}a{rx} {ry} 0 1 1 {d} 0a{rx} {ry} 0 1 1 -{d} 0Z",
        number(x - rx),
        number(y),
        rx = number(rx),
        ry = number(ry),
        d = number(rx * 2.0)
    )
}

/// The area of a place that is somewhere in it.
pub(super) fn coarse(path: &str, line: f64, opacity: f64) -> String {
    format!(
        "<path d=\"{path}\" fill=\"{colour}\" fill-opacity=\"{}\" fill-rule=\"evenodd\" stroke=\"{colour}\" stroke-width=\"{}\" stroke-dasharray=\"{} {}\"/>",
        number(opacity),
        number(line),
        number(line * 2.6),
        number(line * 1.6),
        colour = palette::COARSE,
    )
}

/// Places that are drawn together: a disc that holds their number, in letters of that size.
pub(super) fn gathered(x: f64, y: f64, size: f64, count: &str) -> String {
    let wide = Face::Bold.width(count, size);
    format!(
        "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{ink}\" stroke=\"{paper}\" stroke-width=\"{}\"/>\
         <text class=\"count\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{}\"{} fill=\"{paper}\">{}</text>",
        number(x),
        number(y),
        number((wide / 2.0 + size * 0.3).max(size * 0.75)),
        number(size * 0.15),
        number(x - wide / 2.0),
        number(y + size * 0.36),
        number(size),
        Face::Bold.weight(),
        fitted(count, Face::Bold, size),
        escape(count),
        ink = palette::INK,
        paper = palette::PAPER,
    )
}

/// A place that is beside the matter: small and without a colour.
pub(super) fn other(x: f64, y: f64, size: f64) -> String {
    format!(
        "<circle class=\"other\" cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"/>",
        number(x),
        number(y),
        number(size / 2.0),
        palette::SOFT,
        palette::PAPER,
        number(size * 0.22)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(entries: &[&str]) -> Group {
        let entry = |text: &&str| Entry { key: Key::Covered, text: (*text).to_owned() };
        Group { title: "Soort".to_owned(), entries: entries.iter().map(entry).collect() }
    }

    #[test]
    fn entries_stand_in_columns_where_there_is_room_and_below_one_another_where_not() {
        let groups = [group(&["Kulturhus (5)", "Dorpshuis (4)", "MFA (1)"])];
        let (wide, narrow) = (draw(&groups, (0.0, 0.0), 400.0, 8.0, 0.2), draw(&groups, (0.0, 0.0), 100.0, 8.0, 0.2));
        assert!(wide.height < narrow.height);
        assert_eq!(wide.svg.matches("<text").count(), 4);
        assert!(draw(&[group(&[])], (0.0, 0.0), 100.0, 8.0, 0.2).height < 1e-9);
    }

    #[test]
    fn a_long_entry_is_broken_within_its_width() {
        let text = "Binnen bereik of niet: dat hangt ervan af waar de plekken precies staan";
        let drawn = draw(&[group(&[text])], (10.0, 0.0), 120.0, 8.0, 0.2);
        let lines: Vec<&str> =
            drawn.svg.split("class=\"entry\"").skip(1).filter_map(|rest| rest.split(['>', '<']).nth(1)).collect();
        assert!(lines.len() >= 3 && lines.join(" ") == text, "{lines:?}");
        assert!(lines.iter().all(|line| 8.0 * 2.6 + Face::Regular.width(line, 8.0) <= 120.0));
    }
}
