//! Where the database and the edition meet when something is written: facts are checked and named before they are kept.
//!
//! What is changed in the tables by hand, past `store::record`, is not served until somebody publishes it.

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
    record_keeping(store, note, |_| ()).await.map(|(edition, ())| edition)
}

/// [`record`], and what `keep` makes of the facts of the edition.
///
/// # Errors
/// As [`record`].
pub async fn record_keeping<T>(
    store: &Store,
    note: Option<&str>,
    keep: impl Fn(&Facts) -> T,
) -> Result<(Edition, T), StoreError> {
    let build = |facts: Facts| Edition::build(facts).map_err(|error| StoreError::Refused(error.to_string()));
    let mut attempts = 0;
    loop {
        let facts = store.load().await?;
        let kept = keep(&facts);
        let edition = build(facts)?;
        if store.newest().await?.is_some_and(|newest| newest.id == edition.id) {
            return Ok((edition, kept));
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
            Ok(_) if is_this_one => return Ok((edition, kept)),
            Ok(_) | Err(StoreError::Raced(_)) if attempts < ATTEMPTS => attempts += 1,
            Ok(_) => return Ok((edition, kept)),
            Err(error) => return Err(error),
        }
    }
}

/// What the tables hold, where that is the newest edition; it, and what `keep` makes of its facts. Where they hold something else,
/// somebody changed them by hand, or a disk did: that is published by who says so, and not by who happens to look next.
///
/// # Errors
/// [`StoreError::Unpublished`] with the newest edition, where the tables hold another; [`StoreError::Refused`] with every fault of
/// the facts; the others when the database fails.
pub async fn found_keeping<T>(store: &Store, keep: impl Fn(&Facts) -> T) -> Result<(Edition, T), StoreError> {
    let (facts, id) = found(store).await?;
    let kept = keep(&facts);
    let edition = Edition::build_as(id, facts).map_err(|error| StoreError::Refused(error.to_string()))?;
    Ok((edition, kept))
}

/// Looks whether the tables hold the newest edition.
///
/// # Errors
/// As [`found_keeping`].
pub async fn compare(store: &Store) -> Result<(), StoreError> {
    found(store).await.map(drop)
}

/// What the tables hold, and the id of the newest edition, which is that.
async fn found(store: &Store) -> Result<(Facts, String), StoreError> {
    let mut attempts = 0;
    loop {
        let before = store.newest().await?;
        let facts = store.load().await?;
        let id = id_of(&facts).map_err(StoreError::Refused)?;
        match store.newest().await? {
            // Somebody publishes at the moment.
            after if after != before && attempts < ATTEMPTS => attempts += 1,
            // Of a release with more terms the id is another than that of what can be read of it here.
            Some(newest) if newest.id != id && store.facts_of(&newest.id).await?.as_ref() != Some(&facts) => {
                return Err(StoreError::Unpublished(newest.id));
            }
            newest => return Ok((facts, newest.map_or(id, |newest| newest.id))),
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
