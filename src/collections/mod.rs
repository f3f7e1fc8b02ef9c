//! What an edition has to take along, described once: each collection with its columns.
//!
//! Who writes files, layers, tiles or a catalogue goes through [`all`]: a column that is added here is in all of them, with its type, its
//! labels and its meaning in both languages.
//!
//! - `value`: [`Value`], a cell; `column`: [`Column`] and its [`Kind`]; `collection`: [`Collection`], rows of the same columns
//! - `common`: columns that several collections have
//! - a file for each collection: `places`, `activities`, `municipalities`, `settlements`, `neighbourhoods`, `policy` (three of them), `survey`,
//!   `sources` (two)

mod activities;
mod collection;
mod column;
mod common;
mod municipalities;
mod neighbourhoods;
mod places;
mod policy;
mod settlements;
mod sources;
mod survey;
#[cfg(test)]
mod tests;
mod value;

use std::sync::LazyLock;

pub use collection::{Collection, Geometry, Shape, Supports};
pub use column::{Column, Kind, Role, Words};
pub use value::Value;

/// All collections of an edition: those with a geometry first.
pub fn all() -> &'static [Collection] {
    static ALL: LazyLock<[Collection; 11]> = LazyLock::new(|| {
        [
            places::collection(),
            activities::collection(),
            municipalities::collection(),
            settlements::collection(),
            neighbourhoods::collection(),
            policy::policies(),
            policy::grounds(),
            policy::documents(),
            survey::collection(),
            sources::collection(),
            sources::layers(),
        ]
    });
    &*ALL
}

/// The places, which come first.
pub fn places() -> &'static Collection {
    &all()[0]
}

/// The collection of that name, as it stands in addresses: `policy-documents`.
pub fn by_name(name: &str) -> Option<&'static Collection> {
    all().iter().find(|collection| collection.name == name)
}
