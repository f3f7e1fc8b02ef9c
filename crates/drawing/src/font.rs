//! The typeface of printed maps, and how wide text is in it.
//!
//! Noto Sans, cut down to the characters of western and central European names, without kerning and other rules that change widths: so
//! the sum of the advances is what a renderer draws, and a map looks the same on every machine. `font/README.md` tells how the files
//! were made.

use std::sync::LazyLock;

use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};

/// What an SVG asks for: ours, then what is like it.
pub const FAMILY: &str = "Noto Sans, Open Sans, Segoe UI, Arial, sans-serif";

/// The name that is in the files.
pub(super) const EMBEDDED: &str = "Noto Sans";

/// The two files.
pub(super) const FILES: [&[u8]; 2] =
    [include_bytes!("font/NotoSans-Regular.ttf"), include_bytes!("font/NotoSans-Bold.ttf")];

/// Normal or bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Weight 400.
    Regular,
    /// Weight 700.
    Bold,
}

impl Face {
    /// The weight as an attribute has it.
    pub fn weight(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Bold => 700,
        }
    }

    /// How wide a text is at a size, in the unit of the size. A character that the typeface does not have is as wide as its box.
    pub fn width(self, text: &str, size: f64) -> f64 {
        let font = &FONTS[self as usize];
        let advance = |character| {
            let glyph = font.characters.map(character).unwrap_or_default();
            f64::from(font.advances.advance_width(glyph).unwrap_or_default())
        };
        text.chars().map(advance).sum::<f64>() * size / f64::from(font.units_per_em)
    }
}

/// Attributes that make a text as wide as it was measured, where a program draws it in another typeface that is wider or narrower.
pub(super) fn fitted(text: &str, face: Face, size: f64) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", super::number(face.width(text, size)))
}

/// The first character of a text that the typeface cannot draw.
pub fn missing(text: &str) -> Option<char> {
    let characters = &FONTS[Face::Regular as usize].characters;
    text.chars().find(|character| characters.map(*character).is_none_or(|glyph| glyph.to_u32() == 0))
}

/// Text in lines of at most `width`, broken at spaces; a word that is wider is broken within, with a hyphen between letters.
pub fn wrap(text: &str, face: Face, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, face, size, width)) {
        let word = word.as_str();
        match lines.last_mut() {
            Some(line) if face.width(line, size) + face.width(" ", size) + face.width(word, size) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A word in pieces of at most `width`, each of one character at least.
fn pieces(word: &str, face: Face, size: f64, width: f64) -> Vec<String> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    let mut rest = word.chars().peekable();
    while let Some(character) = rest.next() {
        let with_it = format!("{piece}{character}");
        let is_last = rest.peek().is_none();
        let needed = face.width(&with_it, size) + if is_last { 0.0 } else { face.width("-", size) };
        if piece.is_empty() || needed <= width {
            piece = with_it;
            continue;
        }
        if character.is_alphabetic() && piece.ends_with(char::is_alphabetic) {
            piece.push('-');
        }
        pieces.push(std::mem::replace(&mut piece, character.to_string()));
    }
    pieces.push(piece);
    pieces
}

/// A text that is at most `width` wide: the whole, or its beginning and an ellipsis.
pub fn shorten(text: &str, face: Face, size: f64, width: f64) -> String {
    if face.width(text, size) <= width {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while short.pop().is_some() {
        let candidate = format!("{}…", short.trim_end());
        if face.width(&candidate, size) <= width {
            return candidate;
        }
    }
    String::new()
}

struct Font {
    characters: skrifa::charmap::Charmap<'static>,
    advances: GlyphMetrics<'static>,
    units_per_em: u16,
}

static FONTS: LazyLock<[Font; 2]> = LazyLock::new(|| {
    FILES.map(|file| {
        let font = FontRef::new(file).expect("the files are part of the program, and every test of a map reads them");
        let (size, at) = (Size::unscaled(), LocationRef::default());
        Font {
            characters: font.charmap(),
            advances: font.glyph_metrics(size, at),
            units_per_em: font.metrics(size, at).units_per_em,
        }
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_as_wide_as_the_table_of_the_typeface_says() {
        // From the table `hmtx` of Noto Sans 2.015: H is 741, the space 260 of 1,000 units, bold H 779.
        assert!((Face::Regular.width("H", 1_000.0) - 741.0).abs() < 1.0);
        assert!((Face::Regular.width("H H", 10.0) - (741.0 * 2.0 + 260.0) / 100.0).abs() < 0.02);
        assert!(Face::Bold.width("Hellendoorn", 8.0) > Face::Regular.width("Hellendoorn", 8.0));
    }

    #[test]
    fn names_of_overijssel_and_its_neighbours_can_be_drawn() {
        assert_eq!(missing("’t Ni-je Hoes Zwolle–Ommen (café) Ünsal Łódź · 1.138 km² ‘nee’ – ✓"), Some('✓'));
        assert_eq!(missing("De Fryske Âldfaers Bôle"), None);
    }

    #[test]
    fn lines_are_broken_at_spaces_and_long_ones_end_in_an_ellipsis() {
        let text = "Een heel lange zin die niet op een regel past";
        let lines = wrap(text, Face::Regular, 10.0, 90.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| Face::Regular.width(line, 10.0) <= 90.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        let long = wrap("Het Activiteitencentrum", Face::Bold, 10.0, 60.0);
        assert!(long.len() == 3 && long.iter().all(|line| Face::Bold.width(line, 10.0) <= 60.0), "{long:?}");
        assert_eq!(long[0], "Het");
        assert_eq!(long[1..].concat().replace('-', ""), "Activiteitencentrum");
        assert_eq!(wrap("2026-2030", Face::Bold, 10.0, 1.0).concat(), "2026-2030");
        let short = shorten(text, Face::Bold, 10.0, 60.0);
        assert!(short.ends_with('…') && Face::Bold.width(&short, 10.0) <= 60.0, "{short}");
        assert_eq!(shorten("kort", Face::Bold, 10.0, 60.0), "kort");
    }
}
