//! Organizations: those that hold activities. No more than a name is known of them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::id::Of;
use crate::edition::Edition;

/// What HSDS wants to be said of an organization, where nothing is known.
const NOTHING_KNOWN: &str = "Houdt activiteiten op ontmoetingsplekken in Overijssel; meer is hier niet bekend.";

/// The organization of a name.
pub(super) fn named(name: &str) -> Json {
    json!({ "id": Of::Organization(name).id(), "name": name, "description": NOTHING_KNOWN })
}

/// The organisers of some activities, by name, each with these.
pub(super) fn of<'a>(edition: &'a Edition, activities: &[u32]) -> BTreeMap<&'a str, Vec<u32>> {
    let mut found: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for index in activities {
        if let Some(name) = &edition.activity(*index).facts.organiser {
            found.entry(name).or_default().push(*index);
        }
    }
    found
}
