//! What became of everything, as far as the archive tells, for programs that follow: each thing once, with the moment of the edition in
//! which it last became another or left.
//!
//! `updatedAt` does not do for that: an import may bring a fact that is older than what a follower has read. So the moment is that of the
//! edition, made to grow with its number whatever a clock said. It is found by comparing each edition with the one before, once, and kept.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{Library, LibraryError, facts};
use crate::{
    edition::{
        NodeId,
        changes::{self, ChangeKind},
    },
    model::Facts,
    store::EditionRecord,
};

/// For how long editions are compared for one request: with many of them the next request goes on.
const A_TURN: Duration = Duration::from_secs(3);

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// When: milliseconds since 1970 of the edition in which it last changed, growing from edition to edition.
    pub modified: i64,
    /// Whether it left then.
    pub is_gone: bool,
}

/// What there is to follow, up to an edition.
#[derive(Clone)]
pub struct Feed {
    /// Id of the edition up to which it tells.
    pub edition: String,
    /// By the text of its id.
    pub all: BTreeMap<String, Followed>,
    number: i32,
    modified: i64,
    generation: u64,
}

impl Feed {
    /// What names its content.
    pub fn state(&self) -> String {
        format!("{} {} {}", self.edition, self.number, self.generation)
    }

    /// What happened in one edition more; `before`: that of the edition before it, where there is one.
    fn follow(&mut self, record: &EditionRecord, before: Option<&Facts>, now: &Facts) {
        self.modified = record.published_at.timestamp_millis().max(self.modified + 1);
        let mut note = |id: NodeId, is_gone: bool| {
            if matches!(id, NodeId::Place(_) | NodeId::Activity(_)) {
                self.all.insert(id.to_string(), Followed { modified: self.modified, is_gone });
            }
        };
        if let Some(before) = before {
            for change in changes::between(before, now) {
                note(change.id, change.kind == ChangeKind::Removed);
            }
        } else {
            now.places.iter().for_each(|place| note(NodeId::Place(place.key.clone()), false));
            now.activities.iter().for_each(|activity| note(NodeId::Activity(activity.key.clone()), false));
        }
        self.number = record.number;
        self.edition.clone_from(&record.id);
    }

    /// What was withdrawn is in no edition of the archive: it left with the edition that came after the last one which had it.
    fn withdraw(&mut self, record: &EditionRecord) {
        for place in &record.withdrawn {
            let followed = Followed { modified: self.modified + 1, is_gone: true };
            self.all.insert(NodeId::Place(place.clone()).to_string(), followed);
        }
    }
}

impl Library {
    /// What there is to follow. Made once, and then an edition further whenever there is a newer one.
    ///
    /// # Errors
    /// [`LibraryError::Busy`] where there is more to compare than can be done at once: what was done is kept, and the next one who asks
    /// goes on. Those of [`Library::edition`].
    pub async fn feed(&self) -> Result<Arc<Feed>, LibraryError> {
        let (generation, newest) = (self.generation(), self.store.newest().await?);
        let is_new = |feed: &Feed| {
            feed.generation == generation && newest.as_ref().is_some_and(|newest| newest.number == feed.number)
        };
        if let Some(feed) = self.feed.load_full().filter(|feed| is_new(feed)) {
            return Ok(feed);
        }
        // One at a time: what the one before has made is then there.
        let _turn = self.following.lock().await;
        let begun = self.feed.load_full().filter(|feed| feed.generation == generation);
        let (store, began) = (self.store.clone(), Instant::now());
        let follow = async move {
            let mut records = store.editions().await?;
            records.reverse();
            let known = begun.as_ref().map_or(i32::MIN, |feed| feed.number);
            let mut feed = begun.map_or_else(
                || Feed { edition: String::new(), all: BTreeMap::new(), number: i32::MIN, modified: 0, generation },
                |feed| (*feed).clone(),
            );
            let is_left = |record: &EditionRecord| record.number > known;
            let mut before = match records.iter().rfind(|record| !is_left(record)) {
                Some(record) => Some(facts(&store, &record.id).await?),
                None => None,
            };
            for record in records.iter().filter(|record| is_left(record)) {
                if began.elapsed() > A_TURN {
                    return Ok((feed, false));
                }
                let now = facts(&store, &record.id).await?;
                feed.follow(record, before.as_ref(), &now);
                feed.withdraw(record);
                before = Some(now);
            }
            Ok::<_, LibraryError>((feed, true))
        };
        let (feed, is_whole) = self.building.run_waiting(super::LONGEST, follow).await??;
        let feed = Arc::new(feed);
        self.feed.store(Some(feed.clone()));
        if is_whole { Ok(feed) } else { Err(LibraryError::Busy) }
    }
}
