//! What each section of the worked examples is made with, and what it makes.

use super::words::Words;
use crate::{drawing, http::pages::language::Language};

/// Why a section cannot be made of an answer.
pub(super) type Fault = Box<dyn std::error::Error + Send + Sync>;

/// What a section is made with.
pub(super) struct Shown<'a> {
    pub(super) language: Language,
    pub(super) t: &'static Words,
    pub(super) anchor: &'a str,
    pub(super) query: &'a str,
    pub(super) answer_address: &'a str,
}

/// What a section shows of its answer.
pub(super) struct Body {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) html: String,
}

/// Metres as kilometres to a tenth, without the unit.
pub(super) fn kilometres(language: Language, metres: f64) -> String {
    language.decimal(metres / 1_000.0, 1)
}

/// The patterns in which what is drawn is told.
pub(super) fn legend(entries: &[(drawing::Swatch, &str)]) -> Vec<(String, String)> {
    entries.iter().map(|(swatch, text)| (drawing::swatch(*swatch), (*text).to_owned())).collect()
}
