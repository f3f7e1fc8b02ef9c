//! Which seed the database holds, and another in its place: in one transaction, so that whoever is killed leaves the old or the new.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryOrder, QuerySelect, TransactionTrait,
};

use super::{
    Store, StoreError, archive,
    entity::{edition, seed},
    error, journal, ledger, parts, save,
};
use crate::model::{
    Books, Facts, SeedBase,
    journal::{self as written, Journal, List},
};

/// The note of the edition that a database has from its seed.
pub const SEEDED: &str = "the seed of this binary";

/// What the books become with another seed.
pub struct Reseeded {
    /// The books.
    pub books: Books,
    /// The id of their edition.
    pub id: String,
    /// Why there is an edition.
    pub note: String,
}

impl Store {
    /// Fills an empty database with a seed, whose id as an edition is `id`: all of it, or nothing.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub async fn fill(&self, facts: &Facts, id: &str) -> Result<(), StoreError> {
        let transaction = self.db.begin().await.map_err(StoreError::Write)?;
        save::write(&transaction, facts).await.map_err(StoreError::Write)?;
        note(&transaction, &[], id, &SeedBase::of(facts)).await?;
        transaction.commit().await.map_err(StoreError::Write)
    }

    /// The ids of the seeds that the database has had, the last at the end. Of one that an earlier release filled, which did not
    /// write that down, the id of its first edition, where that is one of `known` or says that it is the seed.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn seeds(&self, known: &[&str]) -> Result<Vec<String>, StoreError> {
        seeds(&self.db, known).await
    }

    /// The id of the first edition, where that is a seed as [`Store::seeds`] has it.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn first_seed(&self, known: &[&str]) -> Result<Option<String>, StoreError> {
        first(&self.db, known).await
    }

    /// What is known of the seed that the database holds; `None`: nothing is.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer, [`StoreError::Archive`] when what it holds cannot be read.
    pub async fn seed_base(&self) -> Result<Option<SeedBase>, StoreError> {
        let rows = seed::Entity::find().order_by_desc(seed::Column::Number).limit(1).all(&self.db).await;
        match rows.map_err(StoreError::Read)?.into_iter().next().and_then(|row| row.base) {
            Some(bytes) => parts::read(&bytes).map(Some),
            None => Ok(self.facts_numbered(1).await?.as_ref().map(SeedBase::of)),
        }
    }

    /// Puts the seed of that id in the place of the one that the database holds, where that is still the last of `before`: `take`
    /// says what the books become. Whether it was put there; otherwise somebody else was first, and nothing is otherwise.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with what `take` says; as [`Store::revise`].
    pub async fn take_seed(
        &self,
        before: &[String],
        known: &[&str],
        id: &str,
        seed: &Facts,
        take: impl FnOnce(&Books) -> Result<Reseeded, String>,
    ) -> Result<bool, StoreError> {
        let transaction = self.begin_change().await?;
        if seeds(&*transaction, known).await? != before {
            return Ok(false);
        }
        let books = ledger::books(&*transaction).await?;
        let Reseeded { books: after, id: edition, note: why } = take(&books).map_err(StoreError::Refused)?;
        ledger::change(&transaction, &books, &after).await.map_err(error::writing)?;
        if books.facts != after.facts {
            archive::record(&*transaction, &edition, Some(&why), &after.facts).await?;
        }
        // A point that went with its address: who takes something back later is not to bring it back. What the seed says is no claim.
        let is_claimed = |list| matches!(list, List::Places | List::Policy | List::Pairs | List::Geocodings);
        let mut changes = written::changes(&books, &after, Journal::default());
        changes.retain(|change| is_claimed(change.slot.list));
        if !changes.is_empty() {
            journal::write(&transaction, None, None, changes).await.map_err(error::writing)?;
        }
        note(&transaction, before, id, &SeedBase::of(seed)).await?;
        transaction.commit().await.map_err(error::writing)?;
        Ok(true)
    }
}

async fn seeds(db: &impl ConnectionTrait, known: &[&str]) -> Result<Vec<String>, StoreError> {
    let ids = seed::Entity::find().order_by_asc(seed::Column::Number).select_only().column(seed::Column::Id);
    let ids: Vec<String> = ids.into_tuple().all(db).await.map_err(StoreError::Read)?;
    if !ids.is_empty() {
        return Ok(ids);
    }
    Ok(first(db, known).await?.into_iter().collect())
}

async fn first(db: &impl ConnectionTrait, known: &[&str]) -> Result<Option<String>, StoreError> {
    let first = edition::Entity::find_by_id(1).one(db).await.map_err(StoreError::Read)?;
    let is_seed = |row: &edition::Model| row.note.as_deref() == Some(SEEDED) || known.contains(&row.id.as_str());
    Ok(first.filter(is_seed).map(|row| row.id))
}

/// Writes down that the seed of that id has come after those of `before`.
async fn note(db: &DatabaseTransaction, before: &[String], id: &str, base: &SeedBase) -> Result<(), StoreError> {
    seed::Entity::delete_many().exec(db).await.map_err(error::writing)?;
    let ids = before.iter().map(String::as_str).chain([id]);
    let last = i32::try_from(before.len()).unwrap_or(i32::MAX - 1) + 1;
    let bytes = parts::Content::of(base)?.compressed()?;
    let rows = (1..).zip(ids).map(|(number, id)| {
        let base = (number == last).then(|| bytes.clone());
        seed::Model { number, id: id.to_owned(), base }.into_active_model()
    });
    seed::Entity::insert_many(rows).exec_without_returning(db).await.map_err(error::writing)?;
    Ok(())
}
