//! Every edition that was published, so that it can be read again: its row in `edition`, its parts in `archive`.
//!
//! A number is given once, so its key is also what holds two writers apart.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Deref,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
    sea_query::{OnConflict, Query},
};
use tokio::sync::OwnedMutexGuard;

use super::{
    SMALL, Store, StoreError, WHOLE,
    entity::{archive, edition, edition_part, withdrawal_edition},
    error::writing,
    in_time, load, marks, notices,
    parts::{self, Stored, split},
};
use crate::model::Facts;

/// The edition that was recorded last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    /// Its number: 1 for the first that a database has had.
    pub number: i32,
    /// Its id.
    pub id: String,
}

/// What is told of a published edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionRecord {
    /// Its number: 1 for the first that the database has had.
    pub number: i32,
    /// Its id.
    pub id: String,
    /// When it was recorded.
    pub published_at: DateTime<Utc>,
    /// How many places it has.
    pub places: i32,
    /// Why it was made, where that was said.
    pub note: Option<String>,
    /// Keys of the places that were taken out of it afterwards, ascending. Its id is then a label, no longer the hash of
    /// what is in it.
    pub withdrawn: Vec<String>,
    /// Why it is kept whatever its age, where it is.
    pub kept: Option<String>,
    /// When somebody asked for it by its id who did not just come from it, as far as that was noted.
    pub asked_at: Option<DateTime<Utc>>,
    /// Since when it can be read no longer.
    pub pruned_at: Option<DateTime<Utc>>,
}

/// Records `facts` as the newest edition, under `id`. To be called in the transaction that changes the facts, one of
/// [`Store::begin_change`]; what it records must be what the tables hold when it commits. In another transaction two
/// writers are still kept apart, but the later may record facts that it read before the earlier was done.
///
/// # Errors
/// [`StoreError::Raced`] when another writer recorded an edition meanwhile: roll back and begin anew.
pub async fn record(db: &impl ConnectionTrait, id: &str, note: Option<&str>, facts: &Facts) -> Result<i32, StoreError> {
    let number = newest(db).await?.map_or(1, |last| last.number + 1);
    let row = edition::Model {
        number,
        id: id.to_owned(),
        published_at: Utc::now(),
        places: i32::try_from(facts.places.len()).unwrap_or(i32::MAX),
        note: note.map(str::to_owned),
    };
    edition::Entity::insert(row.into_active_model()).exec_without_returning(db).await.map_err(writing)?;
    let mut rows = Vec::new();
    for part in split(facts)? {
        keep(db, &part.content).await?;
        rows.push(
            edition_part::Model { edition: number, part: part.name.to_owned(), digest: part.content.digest }
                .into_active_model(),
        );
    }
    edition_part::Entity::insert_many(rows).exec_without_returning(db).await.map_err(writing)?;
    notices::tell(db).await.map_err(writing)?;
    Ok(number)
}

/// Stores content where it is not stored yet.
pub(super) async fn keep(db: &impl ConnectionTrait, content: &parts::Content) -> Result<(), StoreError> {
    // Asked first, since compressing is what takes time.
    let known = archive::Entity::find_by_id(content.digest.clone()).select_only().column(archive::Column::Digest);
    if known.into_tuple::<String>().one(db).await.map_err(StoreError::Read)?.is_none() {
        let row = archive::Model { digest: content.digest.clone(), bytes: content.compressed()? };
        archive::Entity::insert(row.into_active_model())
            .on_conflict(OnConflict::column(archive::Column::Digest).do_nothing().to_owned())
            .exec_without_returning(db)
            .await
            .map_err(writing)?;
    }
    Ok(())
}

/// The edition with the highest number.
pub(super) async fn newest(db: &impl ConnectionTrait) -> Result<Option<Newest>, StoreError> {
    let row = edition::Entity::find().order_by_desc(edition::Column::Number).one(db).await;
    Ok(row.map_err(StoreError::Read)?.map(|row| Newest { number: row.number, id: row.id }))
}

/// Deletes content that no edition has.
pub(super) async fn delete_orphans(db: &impl ConnectionTrait) -> Result<(), StoreError> {
    let used = Query::select().column(edition_part::Column::Digest).from(edition_part::Entity).to_owned();
    let orphans = archive::Entity::delete_many().filter(archive::Column::Digest.not_in_subquery(used));
    orphans.exec(db).await.map(drop).map_err(writing)
}

/// Begins a transaction that waits until no other of its kind runs, so that what it reads is what it changes.
async fn begin(db: &DatabaseConnection, lock_wait: Duration) -> Result<DatabaseTransaction, StoreError> {
    let began = Instant::now();
    let mut is_told = false;
    loop {
        // At first not for long, so that who waits is told so.
        let left = if is_told { lock_wait.saturating_sub(began.elapsed()) } else { AT_FIRST.min(lock_wait) };
        match try_to_begin(db, left.max(AT_LEAST)).await {
            Err(cause) if StoreError::is_lock(&cause) => {}
            begun => return begun.map_err(writing),
        }
        if !is_told {
            is_told = true;
            tracing::warn!("another process is changing the database; waiting for it, up to {lock_wait:?}");
        }
        if began.elapsed() >= lock_wait {
            return Err(StoreError::Locked(lock_wait));
        }
    }
}

/// How long a change waits for another before that is told.
const AT_FIRST: Duration = Duration::from_millis(300);

/// To PostgreSQL no time at all means for ever.
const AT_LEAST: Duration = Duration::from_millis(1);

async fn try_to_begin(db: &DatabaseConnection, patience: Duration) -> Result<DatabaseTransaction, DbErr> {
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = db.begin_with_options(immediate).await?;
    // SQLite is locked by now. On PostgreSQL this lets others read and not write, and holds also before there is a row that
    // could be locked: of two services that start on an empty table, one must see what the other has recorded.
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(&format!("SET LOCAL lock_timeout = {}", patience.as_millis())).await?;
        transaction.execute_unprepared("SET LOCAL statement_timeout = '10min'").await?;
        transaction.execute_unprepared("LOCK TABLE edition IN EXCLUSIVE MODE").await?;
    }
    Ok(transaction)
}

/// A transaction that changes facts, and the turn of its process to do so. Undone where it is dropped.
pub struct Change {
    transaction: DatabaseTransaction,
    // Dropped after the transaction.
    _turn: OwnedMutexGuard<()>,
}

impl Change {
    /// Makes what was changed what everybody reads.
    ///
    /// # Errors
    /// What the database says.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.transaction.commit().await
    }
}

impl Deref for Change {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl Store {
    /// Begins a transaction that changes facts and ends with [`record`]. It waits until no other of its kind runs; what
    /// it reads is then what it changes. Those of one process wait without a connection, however long that takes: they
    /// would leave none for who only reads.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when one of another process takes longer than is waited for.
    pub async fn begin_change(&self) -> Result<Change, StoreError> {
        let turn = self.turn.clone().lock_owned().await;
        Ok(Change { transaction: begin(&self.db, self.access.lock_wait).await?, _turn: turn })
    }

    /// Records what the tables hold as the newest edition, where it is not that already; its number, when it was recorded.
    /// `id_of` checks the facts and names them; it is called while other writers wait.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with what `id_of` said, [`StoreError::Raced`] when another writer was first.
    pub async fn record_current(
        &self,
        note: Option<&str>,
        id_of: impl FnOnce(&Facts) -> Result<String, String>,
    ) -> Result<Option<i32>, StoreError> {
        let transaction = self.begin_change().await?;
        let facts = load::load(&*transaction).await?;
        let id = id_of(&facts).map_err(StoreError::Refused)?;
        if newest(&*transaction).await?.is_some_and(|newest| newest.id == id) {
            return Ok(None);
        }
        let number = record(&*transaction, &id, note, &facts).await?;
        transaction.commit().await.map_err(writing)?;
        Ok(Some(number))
    }

    /// The edition that was recorded last; `None` where none has been. Not among [`Store::statements`], because the
    /// service asks it all the time.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn newest(&self) -> Result<Option<Newest>, StoreError> {
        in_time(SMALL, newest(&self.unmetered)).await
    }

    /// The ids of all editions that can be read. Not among [`Store::statements`].
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn edition_ids(&self) -> Result<HashSet<String>, StoreError> {
        let ids = self.readable().await?.select_only().column(edition::Column::Id).into_tuple::<String>();
        let ids = in_time(SMALL, async { ids.all(&self.unmetered).await.map_err(StoreError::Read) }).await?;
        Ok(ids.into_iter().collect())
    }

    /// Whether an edition of that id can be read. Not among [`Store::statements`].
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn has_edition(&self, id: &str) -> Result<bool, StoreError> {
        let found = self.readable().await?.filter(edition::Column::Id.eq(id));
        let found = in_time(SMALL, async { found.one(&self.unmetered).await.map_err(StoreError::Read) });
        Ok(found.await?.is_some())
    }

    /// The editions that can be read, newest first.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn editions(&self) -> Result<Vec<EditionRecord>, StoreError> {
        let mut editions = self.all_editions().await?;
        editions.retain(|edition| edition.pruned_at.is_none());
        Ok(editions)
    }

    /// All editions that were ever recorded, newest first: also those that were pruned.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn all_editions(&self) -> Result<Vec<EditionRecord>, StoreError> {
        let mut withdrawn: HashMap<i32, Vec<String>> = HashMap::new();
        for row in withdrawal_edition::Entity::find().all(&self.db).await.map_err(StoreError::Read)? {
            withdrawn.entry(row.edition).or_default().push(row.place);
        }
        let mut marks = if self.has_marks().await? { marks::marks(&self.db).await? } else { BTreeMap::new() };
        let rows = edition::Entity::find().order_by_desc(edition::Column::Number).all(&self.db).await;
        let told = |row: edition::Model| {
            let mut withdrawn = withdrawn.remove(&row.number).unwrap_or_default();
            withdrawn.sort_unstable();
            let edition::Model { number, id, published_at, places, note } = row;
            let mark = marks.remove(&number);
            let (asked_at, pruned_at) =
                (mark.as_ref().and_then(|mark| mark.asked_at), mark.as_ref().and_then(|mark| mark.pruned_at));
            let kept = mark.and_then(|mark| mark.kept);
            EditionRecord { number, id, published_at, places, note, withdrawn, kept, asked_at, pruned_at }
        };
        Ok(rows.map_err(StoreError::Read)?.into_iter().map(told).collect())
    }

    /// The facts of a recorded edition, of several with that id the newest; `None`: there is none.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer, [`StoreError::Archive`] when it holds something else.
    pub async fn facts_of(&self, id: &str) -> Result<Option<Facts>, StoreError> {
        match self.number_of(id).await? {
            Some(number) => self.facts_numbered(number).await,
            None => Ok(None),
        }
    }

    /// The facts of the edition of that number; `None`: there is none, or none any more.
    ///
    /// # Errors
    /// As [`Store::facts_of`].
    pub async fn facts_numbered(&self, number: i32) -> Result<Option<Facts>, StoreError> {
        let stored = self.stored_as(number).await?;
        if stored.0.is_empty() {
            return Ok(None);
        }
        off_thread(move || stored.facts()).await.map(Some)
    }

    /// Keys of the places that were taken out of an edition after it was published, ascending.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn withdrawn_from(&self, id: &str) -> Result<Vec<String>, StoreError> {
        let Some(number) = self.number_of(id).await? else { return Ok(Vec::new()) };
        let rows = withdrawal_edition::Entity::find().filter(withdrawal_edition::Column::Edition.eq(number));
        let rows = in_time(SMALL, async { rows.all(&self.db).await.map_err(StoreError::Read) }).await?;
        let mut places: Vec<String> = rows.into_iter().map(|row| row.place).collect();
        places.sort_unstable();
        Ok(places)
    }

    /// The editions that can be read.
    pub(super) async fn readable(&self) -> Result<Select<edition::Entity>, StoreError> {
        let all = edition::Entity::find();
        Ok(match self.has_marks().await? {
            true => all.filter(edition::Column::Number.not_in_subquery(marks::pruned_numbers())),
            false => all,
        })
    }

    async fn number_of(&self, id: &str) -> Result<Option<i32>, StoreError> {
        let found = self.readable().await?.filter(edition::Column::Id.eq(id));
        let found = found.order_by_desc(edition::Column::Number);
        let found = in_time(SMALL, async { found.one(&self.db).await.map_err(StoreError::Read) }).await?;
        Ok(found.map(|row| row.number))
    }

    /// The stored parts of an edition in one statement, so that a withdrawal cannot come in between.
    async fn stored_as(&self, number: i32) -> Result<Stored, StoreError> {
        let rows = edition_part::Entity::find().filter(edition_part::Column::Edition.eq(number));
        let rows = rows.find_also_linked(ToArchive);
        let rows = in_time(WHOLE, async { rows.all(&self.db).await.map_err(StoreError::Read) }).await?;
        let parts = rows.into_iter().filter_map(|(row, content)| Some((row.part, (row.digest, content?.bytes))));
        Ok(Stored(parts.collect()))
    }
}

/// Unpacks where it holds up no other request.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| StoreError::Archive(cause.to_string()))?
}

/// From a row of `edition_part` to its content.
struct ToArchive;

impl sea_orm::Linked for ToArchive {
    type FromEntity = edition_part::Entity;
    type ToEntity = archive::Entity;

    fn link(&self) -> Vec<sea_orm::RelationDef> {
        vec![
            edition_part::Entity::belongs_to(archive::Entity)
                .from(edition_part::Column::Digest)
                .to(archive::Column::Digest)
                .into(),
        ]
    }
}
