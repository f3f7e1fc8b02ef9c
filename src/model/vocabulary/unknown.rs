//! Terms in stored data that this release does not have: of a later release, or of an earlier one that had more.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};

use super::Term;

/// How an error says that a name is no term.
pub(super) const NOT_A_TERM: &str = "is not a term of";

/// A term of stored JSON; `None` where this release does not have it.
///
/// # Errors
/// When it is no text.
pub fn or_unknown<'de, D: Deserializer<'de>, T: Term>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.as_deref().and_then(T::stored))
}

/// A list of terms of stored JSON, without those that this release does not have.
///
/// # Errors
/// When it is no list of texts.
pub fn those_known<'de, D: Deserializer<'de>, T: Term>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Vec::<String>::deserialize(deserializer)?.iter().filter_map(|name| T::stored(name)).collect())
}

/// Says so in the log, once for each term.
pub(super) fn tell(vocabulary: &'static str, name: &str) {
    static TOLD: Mutex<BTreeSet<(&str, String)>> = Mutex::new(BTreeSet::new());
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    // Whatever stands in the tables, this stays small.
    if told.len() < 1000 && told.insert((vocabulary, name.to_owned())) {
        tracing::warn!(
            "the data has `{}`, which is not a {vocabulary} in this release; it is read as not known, and kept as it is",
            crate::model::excerpt(name)
        );
    }
}

/// A list of stored JSON, without the items that need a term that this release does not have.
///
/// # Errors
/// When it is no list, or an item is not what it should be.
pub fn items<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let mut known = Vec::new();
    for item in Vec::<serde_json::Value>::deserialize(deserializer)? {
        match T::deserialize(item) {
            Ok(item) => known.push(item),
            Err(cause) if is_about_a_term(&cause) => tracing::warn!("{cause}; what has it is left out"),
            Err(cause) => return Err(D::Error::custom(cause)),
        }
    }
    Ok(known)
}

/// Whether stored JSON cannot be read because of a term that this release does not have.
pub fn is_about_a_term(cause: &serde_json::Error) -> bool {
    cause.is_data() && cause.to_string().contains(NOT_A_TERM)
}
