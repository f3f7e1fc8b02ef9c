//! Which editions are asked for by their ids, which keeps them: noted in the database beside the requests, and seldom.

use std::{
    collections::BTreeSet,
    sync::PoisonError,
    time::{Duration, Instant},
};

use chrono::Utc;

use super::{Answer, Library};

/// How often the same id is noted again by one process.
const AGAIN: Duration = Duration::from_secs(24 * 60 * 60);

/// What was asked for since this was last forgotten.
#[derive(Default)]
pub(super) struct Asked {
    due: BTreeSet<String>,
    noted: BTreeSet<String>,
    since: Option<Instant>,
}

impl Asked {
    pub(super) fn add(&mut self, id: &str) {
        if !self.noted.contains(id) {
            self.due.insert(id.to_owned());
        }
    }

    /// What is to be noted now.
    fn due(&mut self) -> BTreeSet<String> {
        if self.since.is_none_or(|since| since.elapsed() > AGAIN) {
            self.noted.clear();
            self.since = Some(Instant::now());
        }
        self.due.clone()
    }

    fn noted(&mut self, ids: BTreeSet<String>) {
        self.due.retain(|id| !ids.contains(id));
        self.noted.extend(ids);
    }
}

impl Library {
    /// Notes in the database which editions were asked for; what cannot be noted now is tried again.
    pub(super) async fn note_asked(&self) {
        if self.store.is_read_only() || self.database().0 != Answer::Given {
            return;
        }
        let due = self.asked.lock().unwrap_or_else(PoisonError::into_inner).due();
        if due.is_empty() {
            return;
        }
        match self.store.note_asked(&due, Utc::now()).await {
            Ok(()) => self.asked.lock().unwrap_or_else(PoisonError::into_inner).noted(due),
            Err(cause) => tracing::debug!(%cause, "it is not noted yet which editions were asked for"),
        }
    }
}
