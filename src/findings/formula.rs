//! Texts that a spreadsheet would take for a formula.

use std::borrow::Cow;

/// Signs with which a spreadsheet begins a formula.
pub(crate) const FORMULA_SIGNS: [char; 4] = ['=', '+', '-', '@'];

/// A text that no spreadsheet takes for a formula: an apostrophe before the sign that begins one.
///
/// Reading takes that apostrophe away again, so a name such as `@home` comes back as it was. `'t Hoekje` is left alone.
pub fn defuse(text: &str) -> Cow<'_, str> {
    // Further apostrophes too, so that exactly one is taken away again.
    let is_formula = text.trim_start_matches('\'').starts_with(FORMULA_SIGNS) || text.starts_with(['\t', '\r', '\n']);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}
