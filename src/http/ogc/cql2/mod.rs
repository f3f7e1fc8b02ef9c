//! Filters in the language of OGC, CQL2 (Part 3 of OGC API Features, and OGC 21-065r2): `kind = 'MFA' AND name LIKE 'Kulturhus%'`.
//!
//! A condition is TRUE, FALSE or UNKNOWN of an item, and only what is TRUE for certain is in an answer, so that `NOT` does not find what
//! nobody knows. Of a column with a list one value that fits is enough. What a filter costs is bounded by how long an address may be.
//!
//! - `text`, by the grammar `cql2.pest`, and `json`: from what is asked to `syntax`
//! - `check`: from there to a `condition` on the columns of a collection, or a fault with its place
//! - `time`: moments as far as they are known; `truth`: the three values

mod check;
mod condition;
mod json;
mod syntax;
mod text;
mod time;
mod truth;
mod words;

pub(super) use self::syntax::Fault;

use self::{check::Check, condition::Condition};
use super::systems::System;
use crate::{collections::Collection, edition::Edition};

/// The notations of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    Text,
    Json,
}

impl Notation {
    /// Their names, the default first.
    pub(super) const NAMES: [&'static str; 2] = ["cql2-text", "cql2-json"];

    /// The notation of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "cql2-text" => Some(Self::Text),
            "cql2-json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// What is asked of the items of a collection.
pub(super) struct Filter(Condition);

impl Filter {
    /// Whether it holds of a row for certain: what is not known is in no answer.
    pub(super) fn holds(&self, edition: &Edition, collection: &Collection, row: u32) -> bool {
        self.0.truth(edition, collection, row) == Some(true)
    }
}

/// Reads a filter on the items of a collection, with coordinates in `system`.
///
/// # Errors
/// What is wrong with it, where, and what would be right.
pub(super) fn read(
    filter: &str,
    notation: Notation,
    system: System,
    collection: &'static Collection,
) -> Result<Filter, Fault> {
    let expression = match notation {
        Notation::Text => text::read(filter)?,
        Notation::Json => json::read(filter)?,
    };
    Check { collection, system }.condition(expression).map(Filter)
}
