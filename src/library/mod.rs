//! The editions that can be read: the one that is served, and on demand every one before it.
//!
//! The served one is in memory at all times. Of the others the last few that somebody asked for are kept; the rest is in
//! the archive of the database and is read and built when it is asked for, one at a time.

mod asked;
mod feed;
mod record;
mod watch;

use std::{
    collections::HashSet,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use arc_swap::{ArcSwap, ArcSwapOption};
use moka::{future::Cache, policy::EvictionPolicy};
use tokio::sync::Mutex;

pub use feed::{Feed, Followed};
pub use record::{compare, found_keeping, record, record_keeping, withdraw};
pub use watch::{Answer, NotPublished, POLL};

use self::{asked::Asked, watch::Seen};
use crate::{
    admission::{Lane, Unfinished},
    edition::{
        Edition, EditionError, NodeId, Publication,
        changes::{self, Change},
        is_edition_id,
    },
    model::Facts,
    store::{Pruned, Store, StoreError},
};

/// How long an old edition may take to be read and built, and how long somebody waits for the turn to do so.
const LONGEST: Duration = Duration::from_secs(5);

/// How many wait for an old edition to be built, each for another one.
const WAITING_FOR_EDITIONS: usize = 16;

/// Lists of changes kept.
const KEPT_CHANGES: u64 = 16;

/// Why an edition cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// There is no edition of that id.
    #[error(
        "there is no edition `{0}`; `noaber editions` lists those that can be read, `dataset {{ edition }}` names the one that is served"
    )]
    Unavailable(String),
    /// There was one, which is no longer kept.
    #[error(
        "edition `{}` of {} is no longer kept since {}; the next one that is, is `{}`",
        .0.id, .0.published_at.date_naive(), .0.pruned_at.date_naive(), .0.next
    )]
    Pruned(Box<Pruned>),
    /// A text that is no id of an edition, whatever editions there are.
    #[error(
        "`{0}` is not the id of an edition; those look like `2026-11-30-2f7330b9f63e`, and `dataset {{ edition }}` names the one that is served"
    )]
    NoId(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is in the archive is no edition.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// Too many ask for old editions.
    #[error("the server has more to do than it can at the moment; ask again in a few seconds")]
    Busy,
    /// The work was given up.
    #[error("an edition was not built: {0}")]
    GivenUp(Unfinished),
    /// Another request wanted the same and was told why it cannot be had.
    #[error(transparent)]
    Shared(Arc<LibraryError>),
}

impl From<Arc<LibraryError>> for LibraryError {
    fn from(error: Arc<LibraryError>) -> Self {
        match &*error {
            Self::Unavailable(id) => Self::Unavailable(id.clone()),
            Self::NoId(text) => Self::NoId(text.clone()),
            Self::Pruned(edition) => Self::Pruned(edition.clone()),
            Self::Busy => Self::Busy,
            _ => Self::Shared(error),
        }
    }
}

impl From<Unfinished> for LibraryError {
    fn from(unfinished: Unfinished) -> Self {
        match unfinished {
            Unfinished::Busy | Unfinished::TooLong => Self::Busy,
            failed => Self::GivenUp(failed),
        }
    }
}

/// What is told where something needs the database and it cannot be asked.
pub const DATABASE_AWAY: &str =
    "this needs the database, which does not answer at the moment; ask again after the seconds in `Retry-After`";

impl LibraryError {
    /// Whether the database cannot be asked at the moment.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Store(cause) => cause.is_away(),
            Self::Shared(cause) => cause.is_away(),
            _ => false,
        }
    }

    /// That there is no edition of the id `text`, or no longer, or that it is none.
    async fn none_of(store: &Store, text: &str) -> Self {
        let told = crate::model::excerpt(text);
        if !is_edition_id(text) {
            return Self::NoId(told);
        }
        match store.pruned(text).await {
            Ok(Some(pruned)) => Self::Pruned(Box::new(pruned)),
            Ok(None) => Self::Unavailable(told),
            Err(cause) => Self::Store(cause),
        }
    }
}

/// What is kept of an edition. With its id goes the number of withdrawals when it was begun: what was read before one is then found by
/// nobody who asks after it.
type Key = (String, u64);

/// The editions of a database.
pub struct Library {
    store: Store,
    publication: Publication,
    kept: Cache<Key, Arc<Edition>>,
    /// Ids of all archived editions, as far as this process knows.
    archived: ArcSwap<HashSet<String>>,
    /// Between an edition and the state of a later one.
    changes: Cache<(Key, String), Arc<Vec<Change>>>,
    /// One edition at a time is read and built: it takes a processor and memory. What is done here waits for no other lane, so that it
    /// comes to an end whoever waits for it.
    building: Lane,
    /// [`Store::removals`] when what is kept was last forgotten.
    withdrawals: AtomicU64,
    seen: Seen,
    not_published: ArcSwapOption<NotPublished>,
    /// Ids of editions that somebody asked for by name, of which that has yet to be noted, and of which it was.
    asked: std::sync::Mutex<Asked>,
    /// What there is to follow, as far as it was made; held while it is.
    feed: ArcSwapOption<Feed>,
    following: Mutex<()>,
}

impl Library {
    /// The library of `store`, which serves `edition`, the one that [`record`] recorded or found, and keeps `old_editions` others.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn open(store: Store, edition: Edition, old_editions: u64) -> Result<Self, StoreError> {
        let withdrawals = store.removals().await?;
        let newest = store.newest().await?;
        Ok(Self {
            archived: ArcSwap::from_pointee(store.edition_ids().await?),
            // What is newer than the edition that is served is found by the first look.
            seen: Seen::new(newest.filter(|newest| newest.id == edition.id).map(|newest| newest.number), withdrawals),
            withdrawals: AtomicU64::new(withdrawals),
            store,
            publication: Publication::new(edition),
            kept: few(old_editions),
            changes: few(KEPT_CHANGES),
            building: Lane::new(1, WAITING_FOR_EDITIONS, LONGEST),
            not_published: ArcSwapOption::empty(),
            asked: std::sync::Mutex::default(),
            feed: ArcSwapOption::empty(),
            following: Mutex::new(()),
        })
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The edition that is served.
    pub fn served(&self) -> Arc<Edition> {
        self.publication.pin()
    }

    /// Changes when something is withdrawn: an answer that was kept under another name of it must not be given again.
    pub fn generation(&self) -> u64 {
        self.withdrawals.load(Ordering::Acquire)
    }

    /// Whether an edition is known to be in the archive.
    pub fn has(&self, id: &str) -> bool {
        self.archived.load().contains(id)
    }

    /// The newest edition that could not be published, and why.
    pub fn not_published(&self) -> Option<Arc<NotPublished>> {
        self.not_published.load_full()
    }

    /// Tells that the tables hold something that nobody has published.
    pub fn tell_unpublished(&self, reason: String) {
        let edition = self.served().id.clone();
        self.not_published.store(Some(Arc::new(NotPublished { edition, reason })));
    }

    /// The edition of that id; without one the edition that is served.
    ///
    /// # Errors
    /// [`LibraryError::Unavailable`] when there is none of that id; [`LibraryError::NoId`] for a text that can be none; the others
    /// when it cannot be read.
    pub async fn edition(&self, id: Option<&str>) -> Result<Arc<Edition>, LibraryError> {
        let served = self.served();
        let Some(id) = id.filter(|id| *id != served.id) else { return Ok(served) };
        self.is_asked_for(id);
        let key = (id.to_owned(), self.generation());
        if let Some(found) = self.kept.get(&key).await {
            return Ok(found);
        }
        if !self.exists(id).await? {
            return Err(Box::pin(LibraryError::none_of(&self.store, id)).await);
        }
        Ok(self.kept.try_get_with(key, self.build(id)).await?)
    }

    /// What is different in `edition` from the edition `since`, ascending by id.
    ///
    /// # Errors
    /// As [`Library::edition`], of `since`.
    pub async fn changes(&self, since: &str, edition: &Edition) -> Result<Arc<Vec<Change>>, LibraryError> {
        if since == edition.id {
            return Ok(Arc::default());
        }
        self.is_asked_for(since);
        if !self.exists(since).await? {
            return Err(Box::pin(LibraryError::none_of(&self.store, since)).await);
        }
        let compute = async {
            let (store, since, now) = (self.store.clone(), since.to_owned(), edition.id.clone());
            let compare = async move {
                let (before, now) = (facts(&store, &since).await?, facts(&store, &now).await?);
                Ok::<_, LibraryError>(Arc::new(changes::between(&before, &now)))
            };
            self.building.run_waiting(LONGEST, compare).await?
        };
        let key = ((since.to_owned(), self.generation()), edition.state());
        Ok(self.changes.try_get_with(key, compute).await?)
    }

    /// Remembers that somebody asked for an edition by its id, so that it is noted beside the requests.
    fn is_asked_for(&self, id: &str) {
        if self.has(id) {
            self.asked.lock().unwrap_or_else(PoisonError::into_inner).add(id);
        }
    }

    async fn exists(&self, id: &str) -> Result<bool, StoreError> {
        // One that another process has just recorded is not known here yet.
        Ok(self.has(id) || self.store.has_edition(id).await?)
    }

    /// Reads an edition from the archive and builds it.
    async fn build(&self, id: &str) -> Result<Arc<Edition>, LibraryError> {
        let (store, id) = (self.store.clone(), id.to_owned());
        let build = async move { read(&store, &id).await.map(Arc::new) };
        self.building.run_waiting(LONGEST, build).await?
    }
}

/// The facts of an edition of the archive of `store`.
///
/// # Errors
/// As [`read`].
pub async fn facts(store: &Store, id: &str) -> Result<Facts, LibraryError> {
    // Boxed, as deep as this is called: unoptimised, the stack of a thread would not hold it.
    match Box::pin(store.facts_of(id)).await? {
        Some(facts) => Ok(facts),
        None => Err(Box::pin(LibraryError::none_of(store, id)).await),
    }
}

/// A cache of so many, those that were asked for last: a new one is worth more than one that was asked for often.
fn few<K, V>(count: u64) -> Cache<K, V>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Cache::builder().max_capacity(count).eviction_policy(EvictionPolicy::lru()).build()
}

/// An edition of the archive of `store`.
///
/// # Errors
/// [`LibraryError::Unavailable`] when there is none of that id; the others when it cannot be read.
pub async fn read(store: &Store, id: &str) -> Result<Edition, LibraryError> {
    // In this order: what is withdrawn in between is then missing and not yet told, instead of told and still there.
    let withdrawn = store.withdrawn_from(id).await?;
    let facts = facts(store, id).await?;
    // Off the threads that answer, also where this is called by itself.
    let known_as = id.to_owned();
    let built = tokio::task::spawn_blocking(move || Edition::build_as(known_as, facts)).await;
    let mut edition = built.map_err(|gone| LibraryError::GivenUp(gone.into()))??;
    edition.withdrawn = withdrawn.into_iter().map(|key| NodeId::Place(key).to_string()).collect();
    Ok(edition)
}
