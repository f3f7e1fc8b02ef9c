//! Where the database and the edition meet when something is written: facts are checked and named before they are kept.
//!
//! An oddity: a place that is changed in the tables by hand, past `store::record`, shows in `sources` at once and
//! everywhere else at the next start.

use crate::{
    edition::Edition,
    model::Facts,
    store::{Store, StoreError, Withdrawn},
};

/// How often another writer may be first before we give up.
const ATTEMPTS: u32 = 5;

/// Checks what the tables hold and records it as the newest edition, where it is not that already. The edition, whether
/// recorded or found.
///
/// # Errors
/// [`StoreError::Refused`] with every fault of the facts; the others when the database fails.
pub async fn record(store: &Store, note: Option<&str>) -> Result<Edition, StoreError> {
    let build = |facts: Facts| Edition::build(facts).map_err(|error| StoreError::Refused(error.to_string()));
    let mut attempts = 0;
    loop {
        let edition = build(store.load().await?)?;
        if store.newest().await?.is_some_and(|newest| newest.id == edition.id) {
            return Ok(edition);
        }
        // The facts that have just been checked, unless somebody changed them meanwhile.
        let mut is_this_one = true;
        let id_of = |facts: &Facts| match id_of(facts)? {
            id if id == edition.id => Ok(id),
            _ => {
                is_this_one = false;
                build(facts.clone()).map(|edition| edition.id).map_err(|error| error.to_string())
            }
        };
        match store.record_current(note, id_of).await {
            Ok(_) if is_this_one => return Ok(edition),
            Ok(_) | Err(StoreError::Raced(_)) if attempts < ATTEMPTS => attempts += 1,
            Ok(_) => return Ok(edition),
            Err(error) => return Err(error),
        }
    }
}

/// Takes a place out of the tables and of every edition, and records the edition that is left.
///
/// # Errors
/// [`StoreError::NoPlace`] when there is no such place; the others when the database fails.
pub async fn withdraw(store: &Store, key: &str, reason: &str) -> Result<Withdrawn, StoreError> {
    let mut attempts = 0;
    loop {
        match store.withdraw(key, reason, id_of).await {
            Err(StoreError::Raced(_)) if attempts < ATTEMPTS => attempts += 1,
            done => return done,
        }
    }
}

/// A place less breaks no reference, so what is left needs no check.
fn id_of(facts: &Facts) -> Result<String, String> {
    Edition::id_of(facts).map_err(|error| error.to_string())
}
