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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Followed {
    /// When: milliseconds since 1970 of the edition in which it last changed, growing from edition to edition.
    pub modified: i64,
    /// The text of its id.
    pub id: String,
    /// Whether it left then.
    pub is_gone: bool,
}

/// What there is to follow, up to an edition.
#[derive(Clone, Default)]
pub struct Feed {
    /// Id of the edition up to which it tells.
    pub edition: String,
    /// Each thing once, by moment and id.
    all: Vec<Followed>,
    /// The number of that edition; 0 before the first.
    number: i32,
    modified: i64,
    generation: u64,
}

/// What happened last to each thing: when, and whether it left.
type Latest = BTreeMap<String, (i64, bool)>;

impl Feed {
    /// What names its content.
    pub fn state(&self) -> String {
        format!("{} {} {}", self.edition, self.number, self.generation)
    }

    /// What comes behind a moment and an id; all of it without.
    pub fn after(&self, since: Option<(i64, &str)>) -> &[Followed] {
        let is_read = |one: &Followed| since.is_some_and(|since| (one.modified, one.id.as_str()) <= since);
        &self.all[self.all.partition_point(is_read)..]
    }

    fn latest(&self) -> Latest {
        self.all.iter().map(|one| (one.id.clone(), (one.modified, one.is_gone))).collect()
    }

    /// What happened in one edition more; `before`: that of the edition before it, where there is one.
    fn follow(&mut self, latest: &mut Latest, record: &EditionRecord, before: Option<&Facts>, now: &Facts) {
        self.modified = record.published_at.timestamp_millis().max(self.modified + 1);
        let mut note = |id: NodeId, is_gone: bool| {
            if matches!(id, NodeId::Place(_) | NodeId::Activity(_)) {
                latest.insert(id.to_string(), (self.modified, is_gone));
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
        // What was withdrawn is in no edition of the archive: it left behind the last one that had it.
        for place in &record.withdrawn {
            latest.insert(NodeId::Place(place.clone()).to_string(), (self.modified + 1, true));
        }
        self.number = record.number;
        self.edition.clone_from(&record.id);
    }
}

impl Library {
    /// What there is to follow up to the edition `served`. Made once, and then an edition further whenever a newer one is served.
    ///
    /// # Errors
    /// [`LibraryError::Busy`] where there is more to compare than can be done at once: what was done is kept, and the next one who asks
    /// goes on. Those of [`Library::edition`].
    pub async fn feed(&self, served: &str) -> Result<Arc<Feed>, LibraryError> {
        let generation = self.generation();
        let made = || self.feed.load_full().filter(|feed| feed.generation == generation && feed.edition == served);
        if let Some(feed) = made() {
            return Ok(feed);
        }
        // One at a time: what the one before has made is then there.
        let _turn = self.following.lock().await;
        if let Some(feed) = made() {
            return Ok(feed);
        }
        let begun = self.feed.load_full().filter(|feed| feed.generation == generation);
        let (store, served, began) = (self.store.clone(), served.to_owned(), Instant::now());
        let follow = async move {
            let mut records = store.editions().await?;
            records.reverse();
            // Not what could not be served, and what is not served yet.
            records.truncate(records.iter().rposition(|record| record.id == served).map_or(records.len(), |at| at + 1));
            let mut feed = begun.map_or(Feed { generation, ..Feed::default() }, |feed| (*feed).clone());
            let known = feed.number;
            let mut latest = feed.latest();
            let mut before = match records.iter().rfind(|record| record.number <= known) {
                Some(record) => Some(facts(&store, &record.id).await?),
                None => None,
            };
            let mut is_whole = true;
            for record in records.iter().filter(|record| record.number > known) {
                if began.elapsed() > A_TURN {
                    is_whole = false;
                    break;
                }
                let now = facts(&store, &record.id).await?;
                feed.follow(&mut latest, record, before.as_ref(), &now);
                before = Some(now);
            }
            let followed = latest.into_iter().map(|(id, (modified, is_gone))| Followed { modified, id, is_gone });
            feed.all = followed.collect();
            feed.all.sort_unstable();
            Ok::<_, LibraryError>((feed, is_whole))
        };
        let (feed, is_whole) = self.building.run_waiting(super::LONGEST, follow).await??;
        let feed = Arc::new(feed);
        self.feed.store(Some(feed.clone()));
        if is_whole { Ok(feed) } else { Err(LibraryError::Busy) }
    }
}
