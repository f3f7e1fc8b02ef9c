//! The only room that knows SQL: the database is the system of record, SQLite or PostgreSQL through sea-orm.
//!
//! It stores and returns [`Facts`] whole, keeps every edition that was published, and answers what is not in an edition:
//! the provenance of places.

mod archive;
mod claims;
mod entity;
mod error;
mod former;
mod geocoding;
mod journal;
mod json;
mod ledger;
mod load;
mod notes;
mod parts;
mod provenance;
mod save;
mod seeds;
mod unknown;
mod withdraw;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use noaber_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ColumnTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, EntityTrait,
    IntoActiveModel, IsolationLevel, PaginatorTrait, QueryFilter, QueryOrder, RuntimeErr, TransactionTrait, sqlx,
};
use tokio::sync::Mutex;

use crate::model::{
    Books, Facts,
    journal::{self as written, Journal},
};
pub use archive::{Change, EditionRecord, Newest, record};
pub use error::StoreError;
pub use geocoding::StoredAnswer;
pub use load::load;
pub use notes::PlaceNotes;
pub use provenance::PlaceProvenance;
pub use seeds::{Reseeded, SEEDED};
pub use withdraw::{Withdrawal, Withdrawn};

/// How long to wait for a connection; well below the time of a request, so that a database that is gone fails a field and
/// not the request.
const PATIENCE: Duration = Duration::from_secs(2);

/// A database of facts.
#[derive(Clone)]
pub struct Store {
    db: DatabaseConnection,
    /// The same connections, for what is asked all the time and would drown what `statements` counts.
    unmetered: DatabaseConnection,
    statements: Arc<AtomicU64>,
    /// Whose turn it is to change facts.
    turn: Arc<Mutex<()>>,
}

impl Store {
    /// Opens `url`: `sqlite://noaber.db?mode=rwc`, `sqlite::memory:` or `postgres://user:password@host/database`.
    ///
    /// SQLite is used with a write-ahead log and foreign keys on.
    ///
    /// # Errors
    /// [`StoreError::Open`] when the database is not there or cannot be opened, [`StoreError::Silent`] when its server
    /// does not answer.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false).acquire_timeout(PATIENCE);
        if url.starts_with("sqlite:") {
            // Each connection to `:memory:` would be a database of its own.
            options.max_connections(if url.contains(":memory:") { 1 } else { 4 });
            options.map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .foreign_keys(true)
                    .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
                    .busy_timeout(Duration::from_secs(5))
            });
        }
        let mut db = Database::connect(options).await.map_err(|cause| match &cause {
            // Said also of a server that refuses at once: it may just be starting.
            DbErr::Conn(RuntimeErr::SqlxError(error)) if matches!(**error, sqlx::Error::PoolTimedOut) => {
                StoreError::Silent(PATIENCE)
            }
            _ => StoreError::Open(cause),
        })?;
        let unmetered = db.clone();
        let statements = Arc::new(AtomicU64::new(0));
        let counter = statements.clone();
        db.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        Ok(Self { db, unmetered, statements, turn: Arc::default() })
    }

    /// Whether there is something to open at `url`: not where it names a SQLite file that has yet to be made.
    pub fn is_there(url: &str) -> bool {
        let is_file = |options: sqlx::sqlite::SqliteConnectOptions| options.get_filename().exists();
        !url.starts_with("sqlite:") || url.parse().is_ok_and(is_file)
    }

    /// Brings the tables and what they say up to date; does nothing where they are. Whether something was to be said that an
    /// earlier release had left unsaid.
    ///
    /// # Errors
    /// [`StoreError::Migrate`] with the failing statement's message; as [`Store::load`] and [`Store::revise`].
    pub async fn migrate(&self) -> Result<bool, StoreError> {
        Migrator::up(&self.db, None).await.map_err(StoreError::Migrate)?;
        let unnamed = entity::source::Entity::find().filter(entity::source::Column::Layer.eq(""));
        if unnamed.clone().count(&self.db).await.map_err(StoreError::Read)? == 0 {
            return Ok(false);
        }
        let transaction = self.begin_change().await?;
        let before = load::load(&*transaction).await?;
        let mut after = before.clone();
        former::name_layers(&mut after);
        ledger::reference(&transaction, &before, &after).await.map_err(archive::writing)?;
        transaction.commit().await.map_err(archive::writing)?;
        Ok(true)
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
        ledger::change(&transaction, &before, &after).await.map_err(archive::writing)?;
        let db = &*transaction;
        entity::precedence::Entity::delete_many().exec(db).await.map_err(archive::writing)?;
        let row = entity::precedence::Model { rules }.into_active_model();
        entity::precedence::Entity::insert(row).exec_without_returning(db).await.map_err(archive::writing)?;
        transaction.commit().await.map_err(archive::writing)?;
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

    /// Answers when the database does.
    ///
    /// # Errors
    /// [`StoreError::Read`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.db.ping().await.map_err(StoreError::Read)
    }

    /// Closes the connections, so that SQLite folds its log into the file.
    pub async fn close(self) {
        if let Err(cause) = self.db.close().await {
            tracing::warn!(%cause, "the database was not closed cleanly");
        }
    }
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
        self.record_with(note, after, id, &Journal::default()).await
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
        journal: &Journal,
    ) -> Result<Option<i32>, StoreError> {
        let Self { transaction, books: before, .. } = self;
        ledger::change(&transaction, &before, after).await.map_err(archive::writing)?;
        let number = if before.facts == after.facts {
            None
        } else {
            Some(archive::record(&*transaction, id, Some(note), &after.facts).await?)
        };
        if before != *after {
            let changes = written::changes(&before, after, journal);
            journal::write(&transaction, number, journal.reverts, changes).await.map_err(archive::writing)?;
        }
        transaction.commit().await.map_err(archive::writing)?;
        Ok(number)
    }
}
