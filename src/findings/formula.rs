//! Texts that a spreadsheet would take for a formula.

use std::borrow::Cow;

/// Signs with which a spreadsheet begins a formula, also in the width of Chinese characters, which some take for the same.
pub(crate) const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What a spreadsheet may take for the end of a cell, whatever the file is separated by: which sign that is depends on the country that
/// the spreadsheet is set to.
const SEPARATORS: [char; 6] = [';', ',', '\t', '|', '\r', '\n'];

/// A text that no spreadsheet takes for a formula, read with any separator: an apostrophe before each part that would be one.
///
/// Reading takes these apostrophes away again, so a name such as `@home` comes back as it was. `'t Hoekje` is left alone.
pub fn defuse(text: &str) -> Cow<'_, str> {
    let is_blank = text.starts_with(['\t', '\r', '\n']);
    if !is_blank && !parts(text).any(is_formula) {
        return Cow::Borrowed(text);
    }
    let mut defused = String::with_capacity(text.len() + 4);
    if is_blank {
        defused.push('\'');
    }
    for part in parts(text) {
        if is_formula(part) {
            defused.push('\'');
        }
        defused.push_str(part);
    }
    Cow::Owned(defused)
}

/// A text as it was before [`defuse`].
pub(crate) fn as_it_was(text: &str) -> String {
    parts(text).map(|part| part.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(part)).collect()
}

/// What a spreadsheet could make cells of, each with the sign that ends it.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(SEPARATORS)
}

/// Whether a part begins with the sign of a formula, behind what is not seen and what quotes it. Apostrophes too, so that exactly one is
/// taken away again.
fn is_formula(part: &str) -> bool {
    part.trim_start_matches(|c: char| matches!(c, '\'' | '"') || is_unseen(c)).starts_with(FORMULA_SIGNS)
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_part_that_would_be_a_formula_is_text() {
        for (text, defused) in [
            ("De Schalm", "De Schalm"),
            ("'t Hoekje; zaal 2, boven", "'t Hoekje; zaal 2, boven"),
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("＝1+1", "'＝1+1"),
            (" =1+1", "' =1+1"),
            ("\u{200b}=1+1", "'\u{200b}=1+1"),
            ("Buurthuis;=HYPERLINK(\"http://x\")", "Buurthuis;'=HYPERLINK(\"http://x\")"),
            ("Buurthuis; \"=1+1", "Buurthuis;' \"=1+1"),
            ("a,@b|-c\t+d\n=e", "a,'@b|'-c\t'+d\n'=e"),
            ("\tx", "'\tx"),
            ("1 = 1", "1 = 1"),
            ("", ""),
        ] {
            assert_eq!(defuse(text), defused, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_part_is_a_formula_and_all_come_back(text in "[a;,| '\"=+@＝\u{200b}-]{0,12}") {
            let defused = defuse(&text);
            for part in defused.split([';', ',', '|']) {
                prop_assert!(!part.trim_start_matches(is_unseen).starts_with(FORMULA_SIGNS), "{defused}");
            }
            prop_assert_eq!(as_it_was(&defused), text);
        }
    }
}
