//! A release that knows more than the database was filled with puts its seed in the place of the one that is there, at the start.

use std::{
    fmt::Write as _,
    sync::{Arc, OnceLock},
};

use anyhow::Context as _;
use chrono::{DateTime, SubsecRound as _, Utc};

use crate::{
    claims::newer_seed::on_seed,
    edition::{
        Edition, NodeId,
        changes::{self, ChangeKind},
    },
    model::{Books, Facts, Language, SeedBase},
    seed,
    store::{Reseeded, Store, StoreError},
};

/// The seed of this binary with its id as an edition.
#[derive(Clone)]
pub struct Seed {
    /// Its id.
    pub id: String,
    /// What it says.
    pub facts: Arc<Facts>,
}

impl Seed {
    /// Reads it.
    ///
    /// # Errors
    /// When the binary was built with files that cannot be read.
    pub fn read() -> anyhow::Result<Self> {
        let facts = seed::read()?;
        Ok(Self { id: Edition::id_of(&facts)?, facts: Arc::new(facts) })
    }
}

/// The id of the seed of this binary, which is computed once.
fn own_id() -> anyhow::Result<&'static str> {
    static ID: OnceLock<String> = OnceLock::new();
    match ID.get() {
        Some(id) => Ok(id),
        None => {
            let id = Seed::read()?.id;
            Ok(ID.get_or_init(|| id))
        }
    }
}

/// What a newer seed would make of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The id of the seed that the database holds.
    pub held: String,
    /// The id of the newer one.
    pub own: String,
    /// What changes, or why the newer seed cannot be taken in.
    pub outcome: Result<Counts, String>,
}

/// How many things are new, changed and gone, by sort; those without any are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(Vec<(Sort, [usize; 3])>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Places,
    Municipalities,
    Settlements,
    Neighbourhoods,
    Documents,
}

impl Sort {
    const ALL: [Self; 5] =
        [Self::Places, Self::Municipalities, Self::Settlements, Self::Neighbourhoods, Self::Documents];

    fn name(self, language: Language) -> &'static str {
        let (nl, en) = match self {
            Self::Places => ("plekken", "places"),
            Self::Municipalities => ("gemeenten", "municipalities"),
            Self::Settlements => ("kernen", "settlements"),
            Self::Neighbourhoods => ("wijken en buurten", "neighbourhoods"),
            Self::Documents => ("beleidsstukken", "policy documents"),
        };
        if language == Language::Nl { nl } else { en }
    }
}

impl Counts {
    /// What differs between two states.
    pub fn between(before: &Facts, after: &Facts) -> Self {
        let mut counts = Sort::ALL.map(|sort| (sort, [0; 3]));
        let mut count = |sort: Sort, which: usize| {
            if let Some((_, counts)) = counts.iter_mut().find(|(other, _)| *other == sort) {
                counts[which] += 1;
            }
        };
        for change in changes::between(before, after) {
            let sort = match change.id {
                NodeId::Place(_) => Sort::Places,
                NodeId::Municipality(_) => Sort::Municipalities,
                NodeId::Settlement(_) => Sort::Settlements,
                NodeId::Neighbourhood(_) => Sort::Neighbourhoods,
                // No seed has any.
                NodeId::Activity(_) => continue,
            };
            count(
                sort,
                match change.kind {
                    ChangeKind::Added => 0,
                    ChangeKind::Changed(_) => 1,
                    ChangeKind::Removed => 2,
                },
            );
        }
        for document in &after.policy_documents {
            match before.policy_documents.iter().find(|known| known.key == document.key) {
                None => count(Sort::Documents, 0),
                Some(known) if known != document => count(Sort::Documents, 1),
                Some(_) => {}
            }
        }
        for document in &before.policy_documents {
            if !after.policy_documents.iter().any(|known| known.key == document.key) {
                count(Sort::Documents, 2);
            }
        }
        Self(counts.into_iter().filter(|(_, counts)| *counts != [0; 3]).collect())
    }

    /// As a text: `places: 29 new, 186 changed`.
    pub fn text(&self, language: Language) -> String {
        let words = if language == Language::Nl { ["nieuw", "veranderd", "weg"] } else { ["new", "changed", "gone"] };
        let mut text = String::new();
        for (sort, counts) in &self.0 {
            let separator = if text.is_empty() { "" } else { "; " };
            let told = counts.iter().zip(words).filter(|(count, _)| **count > 0);
            let told: Vec<String> = told.map(|(count, word)| format!("{} {word}", language.number(*count))).collect();
            // Writing into a text cannot fail.
            let _ = write!(text, "{separator}{}: {}", sort.name(language), told.join(", "));
        }
        match (text.is_empty(), language) {
            (false, _) => text,
            (true, Language::Nl) => "er verandert niets".to_owned(),
            (true, _) => "nothing changes".to_owned(),
        }
    }
}

/// Whether the seed of id `own` is newer than those that a database has had: it had it not, and the last is not of a later day. A
/// release that is put back for an earlier one does not bring back what that knew.
fn is_newer(own: &str, had: &[String]) -> bool {
    let day = |id: &str| id.get(..10).map(str::to_owned);
    had.last().is_some_and(|last| day(last) <= day(own)) && !had.iter().any(|id| id == own)
}

/// Puts the seed of this binary in the place of an older one; whether it did. Where that cannot be done, the log says why and
/// everything stays as it is.
pub(super) async fn take(store: &Store) -> anyhow::Result<bool> {
    let had = store.seeds(&seed::EARLIER).await?;
    if !is_newer(own_id()?, &had) {
        return Ok(false);
    }
    let own = Seed::read()?;
    let now = Utc::now().trunc_subsecs(0);
    let taken = match store.seed_base().await {
        Ok(Some(base)) => {
            let reseed = |books: &Books| reseeded(books, &base, &own, now);
            store.take_seed(&had, &seed::EARLIER, &own.id, &own.facts, reseed).await
        }
        Ok(None) => return Ok(false),
        Err(cause) => Err(cause),
    };
    match taken {
        // What is there can be served all the same.
        Err(cause @ (StoreError::Refused(_) | StoreError::Archive(_) | StoreError::Read(_))) if !cause.is_away() => {
            tracing::error!(
                %cause,
                seed = own.id,
                "the newer seed was not taken in; the data stays as it was. Where `noaber check` says that the first edition is damaged, put back a backup and start again"
            );
            Ok(false)
        }
        taken => Ok(taken?),
    }
}

fn reseeded(books: &Books, base: &SeedBase, own: &Seed, now: DateTime<Utc>) -> Result<Reseeded, String> {
    let after = on_seed(books, base, &own.facts, now);
    let edition = Edition::build(after.facts.clone()).map_err(|error| error.to_string())?;
    let counts = Counts::between(&books.facts, &after.facts).text(Language::En);
    let note = format!("a newer release of noaber: its seed {} ({counts}); what others stated stands", own.id);
    Ok(Reseeded { id: edition.id, note, books: after })
}

/// What the next start would make of a database that holds an older seed than that of this binary; `None` where it holds none
/// that is older. Of tables that are yet to be brought up to date by the archive alone: what the seeds themselves have otherwise.
///
/// # Errors
/// When the database does not answer.
pub async fn preview(store: &Store, own: &Seed) -> anyhow::Result<Option<Renewal>> {
    let had = match store.seeds(&seed::EARLIER).await {
        Ok(had) => had,
        // Tables from before there was one of seeds.
        Err(_) => store.first_seed(&seed::EARLIER).await?.into_iter().collect(),
    };
    let Some(held) = had.last().filter(|_| is_newer(&own.id, &had)).cloned() else { return Ok(None) };
    let outcome = match store.books().await {
        Ok(books) => {
            let base = match store.seed_base().await {
                Ok(base) => base,
                Err(_) => store.facts_numbered(1).await?.as_ref().map(SeedBase::of),
            };
            let Some(base) = base else { return Ok(None) };
            let reseeded = reseeded(&books, &base, own, Utc::now());
            reseeded.map(|reseeded| Counts::between(&books.facts, &reseeded.books.facts))
        }
        Err(_) => match store.facts_numbered(1).await.context("the seed that the database holds")? {
            Some(facts) => Ok(Counts::between(&facts, &own.facts)),
            None => return Ok(None),
        },
    };
    Ok(Some(Renewal { held, own: own.id.clone(), outcome }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_newer_that_the_database_has_not_had_and_that_is_of_no_earlier_day() {
        let had = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        for (own, ids, newer) in [
            ("2026-11-30-bbbbbbbbbbbb", &["2026-11-24-aaaaaaaaaaaa"][..], true),
            ("2026-11-30-bbbbbbbbbbbb", &["2026-11-30-aaaaaaaaaaaa"], true),
            ("2026-11-30-bbbbbbbbbbbb", &["2026-11-24-aaaaaaaaaaaa", "2026-11-30-bbbbbbbbbbbb"], false),
            // An earlier release on a database that a later one has brought up to date.
            ("2026-11-24-aaaaaaaaaaaa", &["2026-11-24-aaaaaaaaaaaa", "2026-11-30-bbbbbbbbbbbb"], false),
            ("2026-11-24-cccccccccccc", &["2026-11-30-bbbbbbbbbbbb"], false),
            ("2026-11-30-bbbbbbbbbbbb", &[], false),
        ] {
            assert_eq!(is_newer(own, &had(ids)), newer, "{own} after {ids:?}");
        }
    }
}
