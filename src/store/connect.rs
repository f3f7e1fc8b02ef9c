//! Opening a database: nothing that is asked of it may take for ever, and a server may be somewhat late.

use std::{
    fs::File,
    io,
    path::Path,
    str::FromStr,
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr, TransactionTrait,
    sqlx::{
        self, ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool, Row as _, SqliteConnection,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
    },
};

use super::{Keep, PATIENCE, Store, StoreError, address::DatabaseUrl, error};

/// Connections to a server of PostgreSQL.
const CONNECTIONS: u32 = 10;

/// How long a connection that was lying idle, or was left in the middle of something, may take to show that it lives.
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);

/// How long SQLite waits by itself for somebody else's lock.
const BUSY: Duration = Duration::from_secs(5);

/// How often a server that is not there yet, or a lock that another has, is tried again.
const AGAIN: Duration = Duration::from_millis(250);

/// What holds processes apart that set up the same database of PostgreSQL; only its being the same matters.
const SETTING_UP: i64 = 0x6e_6f61_6265;

/// What PostgreSQL is told at the start of a connection, unless the address tells it otherwise: a lock or a statement of who only
/// reads fails instead of waiting for ever, and what a machine held that went silent is given back. Changes have their own limits.
const LIMITS: [(&str, &str); 5] = [
    ("lock_timeout", "2s"),
    ("statement_timeout", "60s"),
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
];

/// What each use of a connection begins with where a pooler gives every transaction another one: as a transaction, so that it is one
/// use to the pooler as well, on a connection without the statements that another has left, and with our limits.
const ANEW: &str = "BEGIN; DEALLOCATE ALL; COMMIT; BEGIN; SET LOCAL client_min_messages = error; \
                    SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '60s'";

/// What it ends with. What changes something has committed that by itself; then this is another transaction, in which nothing is done.
const DONE: &str = "BEGIN; COMMIT";

/// How a database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// How long to wait for a server that cannot be reached yet.
    pub start_wait: Duration,
    /// How long a change waits for one that another process makes.
    pub lock_wait: Duration,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// Which editions are kept.
    pub keep: Keep,
}

impl Default for Access {
    fn default() -> Self {
        Self { start_wait: Duration::ZERO, lock_wait: Duration::from_secs(30), read_only: false, keep: Keep::All }
    }
}

/// Which file it is, whatever it is called: device and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId(u64, u64);

impl FileId {
    /// That of a file with something in it; `None` also where the system does not tell files apart in this way.
    #[cfg(unix)]
    pub(super) fn of(file: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let about = file.metadata().ok().filter(|about| about.len() > 0)?;
        Some(Self(about.dev(), about.ino()))
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Path) -> Option<Self> {
        None
    }
}

/// The servers that an address names.
pub(super) struct Servers {
    /// Each with our limits, and with nothing that a connection is told at its start.
    servers: Vec<(PgConnectOptions, PgConnectOptions)>,
    wants_writable: bool,
}

/// Opens the database at `url`.
pub(super) async fn open(
    url: &DatabaseUrl,
    access: Access,
) -> Result<(DatabaseConnection, Option<Arc<Servers>>), StoreError> {
    if url.is_sqlite() {
        return Ok((sqlite(url, access).await?, None));
    }
    let servers = Servers::of(url)?;
    let chosen = servers.wait_for_one(access.start_wait).await?;
    // By our own sign of life, which does not wait for ever.
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE).test_before_acquire(false);
    let pool = match url.is_pooled() {
        false => pool
            .before_acquire(|connection, _| Box::pin(lives(connection)))
            .after_release(|connection, _| Box::pin(lives(connection))),
        true => pool
            .after_connect(|connection, _| Box::pin(async move { connection.execute(ANEW).await.map(drop) }))
            .before_acquire(|connection, _| Box::pin(does(connection, ANEW)))
            .after_release(|connection, _| Box::pin(ends(connection))),
    };
    Ok((pool.connect_lazy_with(chosen).into(), Some(Arc::new(servers))))
}

async fn sqlite(url: &DatabaseUrl, access: Access) -> Result<DatabaseConnection, StoreError> {
    if let Some(file) = url.file() {
        ready(&file, url.text().contains("mode=rwc") && !access.read_only).await?;
    }
    let options = SqliteConnectOptions::from_str(url.text()).map_err(opening)?;
    let options = options.foreign_keys(true).busy_timeout(BUSY.min(access.lock_wait)).disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        // Each connection to `:memory:` would be a database of its own.
        .max_connections(if url.is_in_memory() { 1 } else { 4 })
        .acquire_timeout(PATIENCE);
    let pool = if access.read_only || url.text().contains("mode=ro&") || url.text().ends_with("mode=ro") {
        let options = options.read_only(true);
        match pool.clone().connect_with(options.clone()).await {
            // Reading takes part in locking, and so writes beside the file; where that cannot be, nobody else writes either.
            Err(sqlx::Error::Database(cause))
                if matches!(cause.code().as_deref(), Some("8" | "14" | "1544" | "520")) =>
            {
                pool.connect_with(options.immutable(true)).await
            }
            opened => opened,
        }
    } else {
        // What is deleted is overwritten, so that what was withdrawn is not in a free page.
        let options = options.journal_mode(SqliteJournalMode::Wal).pragma("secure_delete", "ON");
        let began = Instant::now();
        loop {
            match pool.clone().connect_with(options.clone()).await {
                // For some locks of who opens or leaves the file at the same moment SQLite does not wait by itself.
                Err(sqlx::Error::Database(cause))
                    if matches!(cause.code().as_deref(), Some("5" | "261" | "517"))
                        && began.elapsed() < access.lock_wait =>
                {
                    tokio::time::sleep(AGAIN).await;
                }
                opened => break opened,
            }
        }
    };
    Ok(pool.map_err(opening)?.into())
}

/// Makes a file that is missing, where that is asked, and tells what cannot be a database. A file has something in it from the
/// moment that it is there: an empty one is what is left of a database, and must not be taken for one that is to be filled.
async fn ready(file: &Path, is_made: bool) -> Result<(), StoreError> {
    let folder = folder_of(file);
    match file.metadata() {
        Ok(about) if about.is_dir() => Err(StoreError::Folder(file.to_owned())),
        Ok(about) if about.is_file() && about.len() == 0 => Err(StoreError::EmptyFile(file.to_owned())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound && !folder.is_dir() => {
            Err(StoreError::NoFolder(folder.to_owned()))
        }
        Err(cause) if cause.kind() == io::ErrorKind::NotFound && is_made => make(file).await,
        // What else there may be is for SQLite to say.
        _ => Ok(()),
    }
}

async fn make(file: &Path) -> Result<(), StoreError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let new = folder_of(file).join(format!(".{name}.{}.new", std::process::id()));
    let options = SqliteConnectOptions::new().filename(&new).create_if_missing(true);
    // Which is written into the first page.
    let made = SqliteConnection::connect_with(&options.journal_mode(SqliteJournalMode::Wal)).await.map_err(opening)?;
    made.close().await.map_err(opening)?;
    // Unlike a new name this replaces nothing that another process has made meanwhile.
    let linked = std::fs::hard_link(&new, file);
    let linked = linked.or_else(|cause| match file.exists() {
        true => Ok(()),
        false => std::fs::rename(&new, file).map_err(|_| cause),
    });
    let _ = std::fs::remove_file(&new);
    linked.map_err(|cause| opening(sqlx::Error::Io(cause)))
}

impl Servers {
    fn of(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let read = |server: &String| {
            let options = PgConnectOptions::from_str(server).map_err(opening)?;
            let ours = LIMITS.into_iter().filter(|(name, _)| !url.text().contains(name));
            let options = options.disable_statement_logging();
            if url.is_pooled() {
                // A statement that is kept would be kept by a connection that somebody else has next.
                let plain = options.extra_float_digits(None).statement_cache_capacity(0);
                return Ok((plain.clone(), plain));
            }
            Ok((options.clone().options(ours), options.extra_float_digits(None)))
        };
        let servers = url.servers().iter().map(read).collect::<Result<_, StoreError>>()?;
        Ok(Self { servers, wants_writable: url.wants_writable() })
    }

    /// The first of them that can be used, waiting for so long until there is one.
    async fn wait_for_one(&self, start_wait: Duration) -> Result<PgConnectOptions, StoreError> {
        let began = Instant::now();
        let mut is_told = false;
        loop {
            let cause = match self.choose().await {
                Ok(chosen) => return Ok(chosen),
                Err(cause) => cause,
            };
            if !cause.may_pass() || began.elapsed() >= start_wait {
                return Err(cause);
            }
            if !is_told {
                is_told = true;
                tracing::warn!("{cause}; waiting for it, up to {start_wait:?}");
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// The first of them that can be used.
    async fn choose(&self) -> Result<PgConnectOptions, StoreError> {
        let mut cause = StoreError::Silent(PATIENCE);
        for (limited, plain) in &self.servers {
            let tried = async {
                match self.tried(limited).await {
                    // A pooler that takes no parameters at the start of a connection.
                    Err(StoreError::Open(cause)) if error::code(&cause).as_deref() == Some("08P01") => {
                        self.tried(plain).await
                    }
                    tried => tried,
                }
            };
            match tokio::time::timeout(PATIENCE, tried).await {
                Ok(Ok(chosen)) => return Ok(chosen),
                Ok(Err(failed)) => cause = failed,
                Err(_) => cause = StoreError::Silent(PATIENCE),
            }
        }
        Err(cause)
    }

    async fn tried(&self, server: &PgConnectOptions) -> Result<PgConnectOptions, StoreError> {
        let mut connection = PgConnection::connect_with(server).await.map_err(opening)?;
        let encoding = shown(&mut connection, "SHOW server_encoding").await?;
        if encoding != "UTF8" {
            return Err(StoreError::Encoding(encoding));
        }
        if self.wants_writable && shown(&mut connection, "SHOW transaction_read_only").await? == "on" {
            return Err(StoreError::ReadOnlyServer);
        }
        // It has done its work; a server that does not hear so finds out.
        let _ = connection.close().await;
        Ok(server.clone())
    }
}

/// Whether a connection can be used: what another left in the middle of something is cleared up by then.
async fn lives(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    Ok(tokio::time::timeout(SIGN_OF_LIFE, connection.ping()).await.is_ok_and(|answered| answered.is_ok()))
}

/// Whether a pooler does something in time.
async fn does(connection: &mut PgConnection, what: &'static str) -> Result<bool, sqlx::Error> {
    Ok(tokio::time::timeout(PATIENCE, connection.execute(what)).await.is_ok_and(|done| done.is_ok()))
}

/// Ends a use of a connection through a pooler; one in which something failed can only be taken back.
async fn ends(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    Ok(does(connection, DONE).await? || does(connection, "ROLLBACK").await?)
}

/// What a setting of the server is, by a question that is understood through any pooler.
async fn shown(connection: &mut PgConnection, question: &'static str) -> Result<String, StoreError> {
    let row = sqlx::raw_sql(question).fetch_one(connection).await.map_err(opening)?;
    row.try_get(0).map_err(opening)
}

fn opening(cause: sqlx::Error) -> StoreError {
    match cause {
        sqlx::Error::PoolTimedOut => StoreError::Silent(PATIENCE),
        cause => StoreError::Open(DbErr::Conn(RuntimeErr::SqlxError(Arc::new(cause)))),
    }
}

/// The right to set up a database, until it is dropped: one process at a time makes tables, brings them up to date and fills them.
pub struct Alone {
    _folder: Option<File>,
    _transaction: Option<DatabaseTransaction>,
}

impl Store {
    /// Waits until no other process sets up the database.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another takes longer than is waited for; [`StoreError::Read`] when the database fails.
    pub async fn alone(&self) -> Result<Alone, StoreError> {
        let began = Instant::now();
        let mut is_told = false;
        loop {
            if let Some(alone) = self.try_alone().await? {
                return Ok(alone);
            }
            if began.elapsed() >= self.access.lock_wait {
                return Err(StoreError::Locked(self.access.lock_wait));
            }
            if !is_told {
                is_told = true;
                tracing::info!("another process is setting up the database; waiting for it");
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// The same without waiting. Who does not get it keeps no connection.
    async fn try_alone(&self) -> Result<Option<Alone>, StoreError> {
        if self.db.get_database_backend() != DbBackend::Postgres {
            // Of the folder, since a lock on the file itself would be SQLite's to know of.
            let folder = self.url.file().and_then(|file| File::open(folder_of(&file)).ok());
            let is_locked = |folder: &File| matches!(folder.try_lock(), Err(std::fs::TryLockError::WouldBlock));
            return Ok(
                (!folder.as_ref().is_some_and(is_locked)).then_some(Alone { _folder: folder, _transaction: None })
            );
        }
        let transaction = self.db.begin().await.map_err(StoreError::Read)?;
        for limit in ["idle_in_transaction_session_timeout", "statement_timeout"] {
            let statement = format!("SET LOCAL {limit} = 0");
            transaction.execute_unprepared(&statement).await.map_err(StoreError::Read)?;
        }
        let is_alone = takes_lock(&transaction).await?;
        Ok(is_alone.then_some(Alone { _folder: None, _transaction: Some(transaction) }))
    }

    /// Looks for another server among those that the address names, where the one that was used does not answer. New connections
    /// are then made to it.
    pub async fn turn_to_another_server(&self) {
        let (Some(servers), DbBackend::Postgres) = (&self.servers, self.db.get_database_backend()) else { return };
        if servers.servers.len() > 1
            && let Ok(chosen) = servers.choose().await
        {
            let pool: &PgPool = self.db.get_postgres_connection_pool();
            pool.set_connect_options(chosen);
        }
    }
}

async fn takes_lock(transaction: &DatabaseTransaction) -> Result<bool, StoreError> {
    let asked = sea_orm::Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT pg_try_advisory_xact_lock($1)",
        [SETTING_UP.into()],
    );
    let row = transaction.query_one_raw(asked).await.map_err(StoreError::Read)?;
    row.map_or(Ok(false), |row| row.try_get_by(0)).map_err(StoreError::Read)
}

pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
