//! The only room that knows SQL: the database is the system of record, SQLite or PostgreSQL through sea-orm.
//!
//! It stores and returns [`Facts`] whole, keeps every edition that was published, and answers what is not in an edition:
//! what is noted of places beside the facts.

mod activities;
mod address;
mod archive;
mod claims;
mod connect;
mod entity;
mod error;
mod former;
mod geocoding;
mod journal;
mod json;
mod ledger;
mod load;
mod marks;
mod notes;
mod notices;
mod parts;
mod prune;
mod save;
mod seeds;
mod tables;
mod unknown;
mod withdraw;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use noaber_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, IntoActiveModel, IsolationLevel,
    PaginatorTrait, QueryFilter, QueryOrder, Statement, TransactionTrait,
};
use tokio::sync::Mutex;

use crate::model::{
    Books, Facts,
    journal::{self as written, Journal},
};
pub use address::{AddressError, DatabaseUrl};
pub use archive::{Change, EditionRecord, Newest, record};
pub use connect::{Access, Alone};
pub use error::StoreError;
pub use geocoding::StoredAnswer;
pub use load::load;
pub use notes::PlaceNotes;
pub use prune::{Keep, Pruned, Pruning};
pub use seeds::{Reseeded, SEEDED};
pub use tables::Tables;
pub use withdraw::{Withdrawal, Withdrawn};

/// How long to wait for a connection; well below the time of a request, so that a database that is gone fails a field and
/// not the request.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a question may take whose answer is small.
const SMALL: Duration = Duration::from_secs(2);

/// How long an edition may take to be read, without being built.
const WHOLE: Duration = Duration::from_secs(30);

/// A database of facts.
#[derive(Clone)]
pub struct Store {
    db: DatabaseConnection,
    /// The same connections, for what is asked all the time and would drown what `statements` counts.
    unmetered: DatabaseConnection,
    statements: Arc<AtomicU64>,
    /// Whose turn it is to change facts.
    turn: Arc<Mutex<()>>,
    url: DatabaseUrl,
    access: Access,
    servers: Option<Arc<connect::Servers>>,
    /// Which file of SQLite is open, whatever has its name by now.
    file: Option<connect::FileId>,
    /// Whether the tables are known to have marks of editions: those of earlier releases, which can be read, have none.
    has_marks: Arc<AtomicBool>,
}

impl Store {
    /// Opens `url`: `sqlite://noaber.db?mode=rwc`, `sqlite::memory:` or `postgres://user:password@host/database`.
    ///
    /// SQLite is used with a write-ahead log and foreign keys on.
    ///
    /// # Errors
    /// [`StoreError::Address`] when that is no address, the others as [`Store::connect`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::connect(&url.parse().map_err(StoreError::Address)?, Access::default()).await
    }

    /// [`Store::open`], with how it is used.
    ///
    /// # Errors
    /// [`StoreError::Open`] when the database is not there or cannot be opened, [`StoreError::Silent`] when its server
    /// does not answer.
    pub async fn connect(url: &DatabaseUrl, access: Access) -> Result<Self, StoreError> {
        let (mut db, servers) = connect::open(url, access).await?;
        let unmetered = db.clone();
        let statements = Arc::new(AtomicU64::new(0));
        let counter = statements.clone();
        db.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        let file = url.file().and_then(|file| connect::FileId::of(&file));
        let (url, turn, has_marks) = (url.clone(), Arc::default(), Arc::default());
        Ok(Self { db, unmetered, statements, turn, url, access, servers, file, has_marks })
    }

    /// Whether there is something to open at `url`: not where it names a SQLite file that has yet to be made.
    pub fn is_there(url: &DatabaseUrl) -> bool {
        url.file().is_none_or(|file| file.exists())
    }

    /// Brings the tables and what they say up to date; does nothing where they are. Whether something was to be said that an
    /// earlier release had left unsaid.
    ///
    /// # Errors
    /// [`StoreError::Migrate`] with the failing statement's message; as [`Store::load`] and [`Store::revise`].
    pub async fn migrate(&self) -> Result<bool, StoreError> {
        match self.tables().await? {
            // Not asked of the migrator, which begins by writing.
            Tables::Current => {}
            Tables::Older(_) => self.make_tables().await.map_err(|cause| match StoreError::is_lock(&cause) {
                true => StoreError::Locked(self.access.lock_wait),
                false => StoreError::Migrate(cause),
            })?,
            Tables::Newer(steps) => return Err(StoreError::Newer(steps)),
        }
        let unnamed = entity::source::Entity::find().filter(entity::source::Column::Layer.eq(""));
        if unnamed.clone().count(&self.db).await.map_err(StoreError::Read)? == 0 {
            return Ok(false);
        }
        let transaction = self.begin_change().await?;
        let before = load::load(&*transaction).await?;
        let mut after = before.clone();
        former::name_layers(&mut after);
        ledger::reference(&transaction, &before, &after).await.map_err(error::writing)?;
        transaction.commit().await.map_err(error::writing)?;
        Ok(true)
    }

    async fn make_tables(&self) -> Result<(), DbErr> {
        if self.db.get_database_backend() != DbBackend::Postgres {
            return Migrator::up(&self.db, None).await;
        }
        // All of it in one, which through a pooler is also what keeps it on one connection.
        let transaction = self.db.begin().await?;
        transaction.execute_unprepared("SET LOCAL statement_timeout = '10min'").await?;
        Migrator::up(&transaction, None).await?;
        transaction.commit().await
    }

    /// Decides by `rules` what is served of what sources say, where it was decided by others. Whether a fact is otherwise for it;
    /// that is not recorded yet.
    ///
    /// # Errors
    /// As [`Store::revise`].
    pub async fn decide_by(&self, rules: i32, decide: impl FnOnce(&Books) -> Books) -> Result<bool, StoreError> {
        if is_decided_by(&self.db, rules).await? {
            return Ok(false);
        }
        let transaction = self.begin_change().await?;
        if is_decided_by(&*transaction, rules).await? {
            return Ok(false);
        }
        let before = ledger::books(&*transaction).await?;
        let after = decide(&before);
        ledger::change(&transaction, &before, &after).await.map_err(error::writing)?;
        let db = &*transaction;
        entity::precedence::Entity::delete_many().exec(db).await.map_err(error::writing)?;
        let row = entity::precedence::Model { rules }.into_active_model();
        entity::precedence::Entity::insert(row).exec_without_returning(db).await.map_err(error::writing)?;
        transaction.commit().await.map_err(error::writing)?;
        Ok(before.facts != after.facts)
    }

    /// Whether no fact has been stored yet.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let count = entity::municipality::Entity::find().count(&self.db).await.map_err(StoreError::Read)?;
        Ok(count == 0)
    }

    /// Stores `facts` in an empty database: all of them, or none.
    ///
    /// # Errors
    /// [`StoreError::Write`] when a fact breaks a rule of the database, such as a reference to nothing.
    pub async fn save(&self, facts: &Facts) -> Result<(), StoreError> {
        save::save(&self.db, facts).await.map_err(StoreError::Write)
    }

    /// Everything that is stored, each list ascending by its key whatever the database's own order.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer, [`StoreError::Value`] for a value that is not of its
    /// vocabulary.
    pub async fn load(&self) -> Result<Facts, StoreError> {
        // One state of all tables, also where somebody changes them meanwhile. SQLite's transactions are that by nature.
        let isolation =
            (self.db.get_database_backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let transaction = self.db.begin_with_config(isolation, None).await.map_err(StoreError::Read)?;
        let facts = load::load(&transaction).await?;
        transaction.commit().await.map_err(StoreError::Read)?;
        Ok(facts)
    }

    /// The facts and all that is kept beside them.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub async fn books(&self) -> Result<Books, StoreError> {
        let isolation =
            (self.db.get_database_backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let transaction = self.db.begin_with_config(isolation, None).await.map_err(StoreError::Read)?;
        let books = ledger::books(&transaction).await?;
        transaction.commit().await.map_err(StoreError::Read)?;
        Ok(books)
    }

    /// Begins a revision of the books: a transaction in which no other writer comes between. What is not recorded by
    /// [`Revision::record`] leaves everything as it was.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when another writer takes longer than the database waits; the others as [`Store::load`].
    pub async fn revision(&self) -> Result<Revision, StoreError> {
        let transaction = self.begin_change().await?;
        Ok(Revision { books: ledger::books(&*transaction).await?, transaction })
    }

    /// The books as they are, without holding up anybody: for who is going to change them and takes long to find out how. Where
    /// the edition `id` is the newest by now, facts of it that are there are not read again.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub async fn snapshot(&self, id: &str, facts: Option<Facts>) -> Result<Snapshot, StoreError> {
        let isolation =
            (self.db.get_database_backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let transaction = self.db.begin_with_config(isolation, None).await.map_err(StoreError::Read)?;
        let state = State::of(&transaction).await?;
        let is_of_known = archive::newest(&transaction).await?.is_some_and(|newest| newest.id == id);
        let books = match facts.filter(|_| is_of_known) {
            Some(facts) => Books { facts, ledger: ledger::load(&transaction).await? },
            None => ledger::books(&transaction).await?,
        };
        transaction.commit().await.map_err(StoreError::Read)?;
        Ok(Snapshot { books, is_of_known, state })
    }

    /// Begins a revision of the books of a snapshot; `None` where somebody changed them since, so that all has to be done anew.
    ///
    /// # Errors
    /// As [`Store::revision`].
    pub async fn revision_of(&self, snapshot: Snapshot) -> Result<Option<Revision>, StoreError> {
        let transaction = self.begin_change().await?;
        if State::of(&*transaction).await? != snapshot.state {
            return Ok(None);
        }
        Ok(Some(Revision { books: snapshot.books, transaction }))
    }

    /// A [`Revision`] by a function: it is asked what the books are to be, with the id of their edition, or `None` for
    /// leaving everything as it is. The number of the edition that was recorded, if so.
    ///
    /// # Errors
    /// As [`Store::revision`] and [`Revision::record`].
    pub async fn revise(
        &self,
        note: &str,
        revise: impl FnOnce(&Books) -> Option<(Books, String)>,
    ) -> Result<Option<i32>, StoreError> {
        let revision = self.revision().await?;
        match revise(&revision.books) {
            Some((after, id)) => revision.record(note, &after, &id).await,
            None => Ok(None),
        }
    }

    /// How many statements this store has run, without those that look for a new edition.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// What time it is on the server of the database; `None`: it has no clock of its own.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn clock(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        if self.db.get_database_backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let asked = Statement::from_string(DbBackend::Postgres, "SELECT now()");
        let row = self.db.query_one_raw(asked).await.map_err(StoreError::Read)?;
        row.map(|row| row.try_get_by(0)).transpose().map_err(StoreError::Read)
    }

    /// Whether the file of SQLite that is open is no longer the one of that name: it was removed, emptied, or replaced by another. Nobody
    /// would notice, since an open file lives on.
    pub fn is_replaced(&self) -> bool {
        let of_name = || self.url.file().and_then(|file| connect::FileId::of(&file));
        self.file.is_some_and(|file| of_name() != Some(file))
    }

    /// Writes a copy of a SQLite database, of one moment, into a file that is not there yet.
    ///
    /// # Errors
    /// [`StoreError::Copy`] when it cannot be written.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let file = file.to_string_lossy().into_owned();
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [file.into()]);
        self.db.execute_raw(copy).await.map(drop).map_err(StoreError::Copy)
    }

    /// Whether nothing may be written.
    pub fn is_read_only(&self) -> bool {
        self.access.read_only
    }

    /// Whether all connections are in use.
    pub fn is_crowded(&self) -> bool {
        match self.db.get_database_backend() {
            DbBackend::Postgres => {
                let pool = self.db.get_postgres_connection_pool();
                pool.num_idle() == 0 && pool.size() >= pool.options().get_max_connections()
            }
            _ => {
                let pool = self.db.get_sqlite_connection_pool();
                pool.num_idle() == 0 && pool.size() >= pool.options().get_max_connections()
            }
        }
    }

    /// Closes the connections, so that SQLite folds its log into the file.
    pub async fn close(self) {
        if let Err(cause) = self.db.close().await {
            tracing::warn!(%cause, "the database was not closed cleanly");
        }
    }
}

/// What a network that went silent would otherwise never answer.
async fn in_time<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, StoreError>> + Send,
) -> Result<T, StoreError> {
    tokio::time::timeout(limit, work).await.unwrap_or(Err(StoreError::Silent(limit)))
}

async fn is_decided_by(db: &impl ConnectionTrait, rules: i32) -> Result<bool, StoreError> {
    let known = entity::precedence::Entity::find_by_id(rules).one(db).await.map_err(StoreError::Read)?;
    Ok(known.is_some())
}

/// The books as they are to be changed, while other writers wait.
pub struct Revision {
    transaction: Change,
    /// What they are before.
    pub books: Books,
}

/// The books as they were when they were read.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// What they are.
    pub books: Books,
    /// Whether they are those of the edition that was known to who asked.
    pub is_of_known: bool,
    state: State,
}

/// What tells whether anybody changed the books: each change makes a revision, an edition or a withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    revision: Option<i32>,
    edition: Option<i32>,
    withdrawals: u64,
}

impl State {
    async fn of(db: &impl ConnectionTrait) -> Result<Self, StoreError> {
        let last = entity::revision::Entity::find().order_by_desc(entity::revision::Column::Number).one(db).await;
        Ok(Self {
            revision: last.map_err(StoreError::Read)?.map(|revision| revision.number),
            edition: archive::newest(db).await?.map(|newest| newest.number),
            withdrawals: entity::withdrawal::Entity::find().count(db).await.map_err(StoreError::Read)?,
        })
    }
}

impl Revision {
    /// Writes what differs in the books afterwards and, where the facts differ, records them as the newest edition, `id`. Its
    /// number, if so.
    ///
    /// # Errors
    /// [`StoreError::Write`] when a fact breaks a rule of the database, [`StoreError::Raced`] when another writer was first.
    /// Nothing has changed then.
    pub async fn record(self, note: &str, after: &Books, id: &str) -> Result<Option<i32>, StoreError> {
        self.record_with(note, after, id, Journal::default()).await
    }

    /// [`Revision::record`] of what was said as `journal` tells.
    ///
    /// # Errors
    /// As [`Revision::record`].
    pub async fn record_with(
        self,
        note: &str,
        after: &Books,
        id: &str,
        journal: Journal,
    ) -> Result<Option<i32>, StoreError> {
        let Self { transaction, books: before, .. } = self;
        ledger::change(&transaction, &before, after).await.map_err(error::writing)?;
        let number = if before.facts == after.facts {
            None
        } else {
            Some(archive::record(&*transaction, id, Some(note), &after.facts).await?)
        };
        if before != *after {
            let reverts = journal.reverts;
            let changes = written::changes(&before, after, journal);
            journal::write(&transaction, number, reverts, changes).await.map_err(error::writing)?;
        }
        transaction.commit().await.map_err(error::writing)?;
        Ok(number)
    }
}
