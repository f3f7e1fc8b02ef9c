//! Looking for a new edition, and serving it without a stop.
//!
//! An oddity: a served edition that is withdrawn from is served for up to a second more, until this looks; an answer
//! that others keep, for as long as they were allowed to.

use std::{
    sync::{Arc, PoisonError, atomic::Ordering},
    time::{Duration, Instant},
};

use tokio::sync::{Mutex, Notify};

use super::{Library, LibraryError, read};
use crate::{edition::Edition, store::StoreError};

/// How often the database is asked whether there is a new edition.
pub const POLL: Duration = Duration::from_secs(1);

/// An edition that is recorded and cannot be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPublished {
    /// Its id.
    pub edition: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What was found at the last look.
pub(super) struct Seen {
    state: Mutex<State>,
    /// Whether the database answered, and since when it has.
    database: std::sync::Mutex<(Answer, Instant)>,
}

/// Whether the database answered at the last look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It did.
    Given,
    /// All connections were in use, so that it is not known.
    Busy,
    /// It did not.
    Missing,
    /// Its file was removed, emptied, or replaced by another, so that what is open is seen by nobody else.
    Replaced,
}

impl Answer {
    /// The word for it in `/health/ready`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "answers",
            Self::Busy => "busy",
            Self::Missing => "does not answer",
            Self::Replaced => "replaced",
        }
    }
}

struct State {
    /// Number of the newest edition.
    number: Option<i32>,
    /// [`Store::removals`](crate::store::Store::removals).
    withdrawals: u64,
    /// What that was when the edition that is served was read.
    served_since: u64,
}

impl Seen {
    /// Notes what came of a look; what came of the one before, and when there last was an answer.
    fn note(&self, answer: Answer) -> (Answer, Instant) {
        let mut database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *database;
        database.0 = answer;
        if answer == Answer::Given {
            database.1 = Instant::now();
        }
        before
    }

    pub(super) fn new(number: Option<i32>, withdrawals: u64) -> Self {
        let state = State { number, withdrawals, served_since: withdrawals };
        Self { state: Mutex::new(state), database: std::sync::Mutex::new((Answer::Given, Instant::now())) }
    }
}

impl Library {
    /// Looks for a new edition every now and then, and at once where the database says that there is something new, until it is dropped.
    pub async fn watch(&self, every: Duration) {
        let news = Notify::new();
        let look = async {
            loop {
                // Whether it was told or not.
                let _ = tokio::time::timeout(every, news.notified()).await;
                self.look().await;
                self.note_asked().await;
            }
        };
        let ((), ()) = tokio::join!(look, self.store.hear(|| news.notify_one()));
    }

    /// Serves the newest edition, where it is not served yet. What is served stays so when that fails: the log and
    /// [`Library::not_published`] tell why.
    pub async fn look(&self) {
        if self.store.is_replaced() {
            if self.seen.note(Answer::Replaced).0 != Answer::Replaced {
                tracing::error!(
                    "the file of the database was removed, emptied or replaced; what is served stays, and follows nothing until the service is started again"
                );
            }
            return;
        }
        match self.find_newest().await {
            Ok(()) => {
                let (before, since) = self.seen.note(Answer::Given);
                if before != Answer::Given {
                    // At a level that is logged by default: who read that it broke reads that it is mended.
                    tracing::warn!("the database answers again, after {:.0?}", since.elapsed());
                }
            }
            Err(cause) => {
                let answer = if cause.is_busy() && self.store.is_crowded() { Answer::Busy } else { Answer::Missing };
                // Told once, not each second.
                if self.seen.note(answer).0 == Answer::Given {
                    tracing::error!(%cause, "the database cannot be asked for a new edition; what is served stays");
                }
                self.store.turn_to_another_server().await;
            }
        }
    }

    /// Whether the database answered at the last look for a new edition, and how long ago it last did.
    pub fn database(&self) -> (Answer, Duration) {
        let (answer, since) = *self.seen.database.lock().unwrap_or_else(PoisonError::into_inner);
        (answer, since.elapsed())
    }

    async fn find_newest(&self) -> Result<(), StoreError> {
        // Held while an edition is built, so that two who look do not build the same.
        let mut seen = self.seen.state.lock().await;
        // In this order: an edition is never taken for one that is without what was withdrawn meanwhile.
        let withdrawals = self.store.removals().await?;
        let newest = self.store.newest().await?;
        let number = newest.as_ref().map(|newest| newest.number);
        if (seen.number, seen.withdrawals) == (number, withdrawals) {
            return Ok(());
        }
        self.archived.store(Arc::new(self.store.edition_ids().await?));
        if let Some(newest) = newest
            && newest.id != self.served().id
        {
            match self.build_newest(&newest.id).await {
                Ok(edition) => {
                    tracing::info!(edition = newest.id, "a new edition is served");
                    let before = self.publication.publish(edition);
                    self.not_published.store(None);
                    // Cursors and comparisons ask for it next; unless something was withdrawn from it since it was read.
                    if seen.served_since == withdrawals {
                        self.kept.insert((before.id.clone(), withdrawals), before).await;
                    }
                    seen.served_since = withdrawals;
                }
                Err(LibraryError::Store(cause @ (StoreError::Read(_) | StoreError::Silent(_)))) => return Err(cause),
                Err(cause) => {
                    tracing::error!(%cause, edition = newest.id, "the new edition cannot be served; the old one stays");
                    let reason = cause.to_string();
                    self.not_published.store(Some(Arc::new(NotPublished { edition: newest.id, reason })));
                }
            }
        } else {
            self.not_published.store(None);
        }
        if seen.withdrawals != withdrawals {
            if seen.served_since != withdrawals {
                self.read_served_again().await?;
                seen.served_since = withdrawals;
            }
            self.forget();
            // Last: an answer that is made from what was just forgotten goes under the old name, which nobody asks for.
            self.withdrawals.store(withdrawals, Ordering::Release);
        }
        (seen.number, seen.withdrawals) = (number, withdrawals);
        Ok(())
    }

    /// Serves what is left of the edition that is served, where something was withdrawn from it and no newer one is served
    /// instead.
    async fn read_served_again(&self) -> Result<(), StoreError> {
        let served = self.served();
        if self.store.withdrawn_from(&served.id).await?.len() == served.withdrawn.len() {
            return Ok(());
        }
        let _one_at_a_time = self.building.enter_at_last().await;
        match read(&self.store, &served.id).await {
            Ok(left) => {
                self.publication.publish(left);
            }
            Err(LibraryError::Store(cause)) => return Err(cause),
            Err(cause) => {
                tracing::error!(%cause, edition = served.id, "what was withdrawn from this edition is still served");
            }
        }
        Ok(())
    }

    async fn build_newest(&self, id: &str) -> Result<Edition, LibraryError> {
        let _one_at_a_time = self.building.enter_at_last().await;
        read(&self.store, id).await
    }

    /// Drops everything that may hold what was withdrawn.
    fn forget(&self) {
        self.kept.invalidate_all();
        self.changes.invalidate_all();
    }
}
