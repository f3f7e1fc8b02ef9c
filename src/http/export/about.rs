//! What a file says of itself, beside its rows: edition, what was withdrawn, how to read it, and its columns.

use super::OfEdition;
use crate::{
    collections::{Collection, Kind, Words},
    model::Language,
};

/// How to read what is not known.
pub(super) const CAVEAT: Words = Words {
    nl: "Een lege cel is niet bekend, nooit \"nee\". De lijst is niet volledig: een plek die ontbreekt kan er wel zijn.",
    en: "An empty cell is not known, never \"no\". The list is not complete: a place that is missing may well exist.",
};

/// Lines of two cells: what, and what it says.
pub(super) fn lines<S: OfEdition>(
    collection: &Collection<S>,
    of: &S,
    language: Language,
) -> Vec<(&'static str, String)> {
    let edition = of.edition();
    let is_dutch = language == Language::Nl;
    let mut lines = vec![
        (if is_dutch { "inhoud" } else { "content" }, collection.description.of(language).to_owned()),
        (if is_dutch { "editie" } else { "edition" }, edition.id.clone()),
        (if is_dutch { "gepubliceerd" } else { "published" }, language.date(edition.published_at.date_naive())),
        (if is_dutch { "let op" } else { "mind" }, CAVEAT.of(language).to_owned()),
    ];
    if !edition.withdrawn.is_empty() {
        lines.push((if is_dutch { "ingetrokken" } else { "withdrawn" }, edition.withdrawn.join("; ")));
    }
    lines
}

/// The unit of a column, as people write it.
pub(super) fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Number { unit: Some("km2"), .. } => "km²",
        Kind::Number { unit: Some("har"), .. } => "ha",
        Kind::Number { unit: Some("deg"), .. } => "°",
        Kind::Number { unit: Some(unit), .. } => unit,
        _ => "",
    }
}
