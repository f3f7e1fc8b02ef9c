//! Shapes and numbers to SVG. Knows nothing of places, pages and languages: what it is given it draws, what it is told it writes.
//!
//! Colours are presentation attributes, so that a drawing stands on its own; each mark also has a class, by which a style sheet
//! can give it the colours of a dark page. What must be told apart differs in lightness and in pattern, so that it survives a
//! copying machine and colour blindness.

pub mod bars;
pub mod choice;
pub mod font;
pub mod labels;
pub mod legend;
pub mod map;
pub mod palette;
pub mod raster;
pub mod sheet;
pub mod symbols;
pub mod view;

/// What is sure: a solid, dark fill.
pub const SURE: &str = "#2b7785";
/// What is drawn beside it, where it is not about sureness.
pub const PALE: &str = "#b9cdd1";
const GROUND: &str = "#fbfaf7";
const INK: &str = "#1b2430";
const SOFT: &str = "#51606f";
const DOTS: &str = "#a97c45";

/// The patterns that drawings refer to, once for a document: `sparse` dots for what is not, `hatch` for what may be.
///
/// Not `display: none`, which takes the patterns away with it.
pub fn patterns() -> String {
    format!(
        "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>\
         <pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect class=\"hatch-ground\" width=\"6\" height=\"6\" fill=\"#e4eff0\"/>\
         <rect class=\"hatch-line\" width=\"2.2\" height=\"6\" fill=\"{SURE}\"/></pattern>\
         <pattern id=\"sparse\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\">\
         <rect class=\"sparse-ground\" width=\"9\" height=\"9\" fill=\"{GROUND}\"/>\
         <circle class=\"sparse-dot\" cx=\"2.5\" cy=\"2.5\" r=\"1\" fill=\"{DOTS}\"/>\
         <circle class=\"sparse-dot\" cx=\"7\" cy=\"7\" r=\"1\" fill=\"{DOTS}\"/></pattern>\
         </defs></svg>"
    )
}

/// What a legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swatch {
    /// A solid fill.
    Solid,
    /// A hatched fill.
    Hatched,
    /// A light fill with dots.
    Sparse,
    /// No fill.
    Nothing,
    /// A pale bar.
    Pale,
    /// A dark, low bar.
    Thin,
    /// A filled disc.
    Full,
    /// A ring.
    Open,
    /// A cross.
    Cross,
    /// A dashed circle.
    Within,
    /// A drawn circle.
    Reach,
    /// A border.
    Outline,
}

/// A small piece of what is drawn, for a legend; hidden from screen readers, which hear the text beside it.
pub fn swatch(of: Swatch) -> String {
    let boxed = |class: &str, fill: &str, y: u32, height: u32| {
        format!(
            "<rect class=\"{class}\" x=\"1\" y=\"{y}\" width=\"26\" height=\"{height}\" fill=\"{fill}\" stroke=\"{SURE}\"/>"
        )
    };
    let mark = match of {
        Swatch::Solid => boxed("sure", SURE, 1, 14),
        Swatch::Hatched => boxed("maybe", "url(#hatch)", 1, 14),
        Swatch::Sparse => boxed("sparse", "url(#sparse)", 1, 14),
        Swatch::Nothing => boxed("nothing", "none", 1, 14).replace(" stroke=", " stroke-dasharray=\"2 3\" stroke="),
        Swatch::Pale => boxed("pale", PALE, 1, 14),
        Swatch::Thin => boxed("sure", SURE, 5, 6),
        Swatch::Full => format!("<circle class=\"mark full\" cx=\"14\" cy=\"8\" r=\"6\" fill=\"{INK}\"/>"),
        Swatch::Open => format!(
            "<circle class=\"mark open\" cx=\"14\" cy=\"8\" r=\"5.5\" fill=\"{GROUND}\" stroke=\"{INK}\" stroke-width=\"2.4\"/>"
        ),
        Swatch::Cross => format!(
            "<path class=\"mark cross\" d=\"M9 3l10 10m0 -10l-10 10\" stroke=\"{INK}\" stroke-width=\"2.4\" fill=\"none\"/>"
        ),
        Swatch::Within => format!(
            "<circle class=\"within\" cx=\"14\" cy=\"8\" r=\"7\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.8\" \
             stroke-dasharray=\"5 3.5\"/>"
        ),
        Swatch::Outline => {
            format!(
                "<path class=\"outline\" d=\"M1 11l9 -5l8 4l9 -6\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.6\"/>"
            )
        }
        Swatch::Reach => format!(
            "<path class=\"reach\" d=\"M1 14a13 13 0 0 1 26 0\" fill=\"none\" stroke=\"{SOFT}\" stroke-width=\"1.4\"/>"
        ),
    };
    format!(
        "<svg class=\"swatch\" width=\"28\" height=\"16\" viewBox=\"0 0 28 16\" aria-hidden=\"true\" focusable=\"false\">{mark}</svg>"
    )
}

/// A number as an attribute has it: two decimals at most, no `-0`.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text that stays text, between tags and in attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&#38;"),
            '<' => escaped.push_str("&#60;"),
            '>' => escaped.push_str("&#62;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            // What XML has no way to write (XML 1.0, 2.2).
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                escaped.push('\u{fffd}')
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_no_more_digits_than_it_needs() {
        for (value, text) in
            [(0.0, "0"), (-0.001, "0"), (12.0, "12"), (12.345, "12.35"), (100.0, "100"), (-3.5, "-3.5")]
        {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn text_cannot_become_a_tag() {
        assert_eq!(escape("<a b=\"c\">'&"), "&#60;a b=&#34;c&#34;&#62;&#39;&#38;");
        assert_eq!(escape("a\u{0}b\u{1b}\n"), "a\u{fffd}b\u{fffd}\n");
    }
}
