//! A database of its own for a test: on PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else an SQLite file.

use std::{
    fs::{self, File},
    path::Path,
    process,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::UNIX_EPOCH,
};

use noaber::{app, config::Config};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;

/// Names a PostgreSQL server on which databases may be created, such as `postgres://USER@HOST:PORT/postgres`.
const POSTGRES: &str = "NOABER_TEST_POSTGRES";

/// A database that goes with its test.
pub(crate) struct TestDatabase {
    /// How it is opened.
    pub(crate) url: String,
    home: Home,
}

enum Home {
    Folder { _folder: TempDir },
    Server { address: String, name: String },
}

impl TestDatabase {
    /// An empty one.
    pub(crate) async fn fresh() -> Self {
        match std::env::var(POSTGRES) {
            Ok(server) => Self::on_postgres(&server, "").await,
            Err(_) => Self::in_folder(),
        }
    }

    /// One as the first start of the service leaves it: migrated, filled from the seed, its edition recorded. It is a copy,
    /// since making it takes a second.
    pub(crate) async fn filled() -> Self {
        match std::env::var(POSTGRES) {
            Ok(server) => {
                let template = postgres_template(&server).await;
                Self::on_postgres(&server, &format!("TEMPLATE {template}")).await
            }
            Err(_) => {
                let database = Self::in_folder();
                filled_file(Path::new(path(&database.url))).await;
                database
            }
        }
    }

    fn in_folder() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self { url: sqlite(&folder.path().join("noaber.db")), home: Home::Folder { _folder: folder } }
    }

    async fn on_postgres(server: &str, from: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("noaber_test_{}_{}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        run(
            server,
            &[format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), format!("CREATE DATABASE {name} {from}")],
        )
        .await;
        Self { url: beside(server, &name), home: Home::Server { address: server.to_owned(), name } }
    }

    /// A connection past the store.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        connect(&self.url).await
    }

    /// Takes it away from under who has it open; whether that can be done. The file of an open SQLite database can be
    /// deleted without anybody noticing.
    pub(crate) async fn lose(&self) -> bool {
        match &self.home {
            Home::Folder { .. } => false,
            Home::Server { address, name } => {
                drop_database(address, name).await;
                true
            }
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Home::Server { address, name } = &self.home else { return };
        // Dropping cannot await, and the runtime of the test is busy dropping.
        let dropped = thread::scope(|scope| {
            let drop = || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime can be made").block_on(drop_database(address, name));
            };
            scope.spawn(drop).join()
        });
        if dropped.is_err() {
            eprintln!("a test database was not dropped");
        }
    }
}

/// What a template of these tests is called. Each build has one of its own, so it is never that of other tables or of another
/// seed.
fn key() -> String {
    let program = std::env::current_exe().and_then(fs::metadata).expect("a program has a file");
    let built = program.modified().expect("it has a time").duration_since(UNIX_EPOCH).expect("it is after 1970");
    format!("{:x}_{:x}", built.as_nanos(), program.len())
}

/// Who has this is the only one that makes, copies or removes a template; given back when it is dropped.
fn lock() -> File {
    let lock = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("template.lock")).expect("a file can be made");
    lock.lock().expect("a file can be locked");
    lock
}

/// Makes a database as [`TestDatabase::filled`] has it in a file, whatever the other tests run on.
pub(crate) async fn filled_file(file: &Path) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let named = |key: &str| folder.join(format!("template_{key}.db"));
    let template = named(&key());
    let _lock = lock();
    if !template.exists() {
        for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
            if entry.file_name().to_string_lossy().starts_with("template_") {
                fs::remove_file(entry.path()).expect("what an earlier build left can be removed");
            }
        }
        // Under its name once it is whole, whatever happens on the way.
        let half = named("half");
        fill(&sqlite(&half)).await;
        fs::rename(half, &template).expect("it can be renamed");
    }
    fs::copy(template, file).expect("the template can be copied");
}

async fn postgres_template(server: &str) -> String {
    let template = format!("noaber_template_{}", key());
    let _lock = lock();
    let db = connect(server).await;
    let query = format!("SELECT datname::text FROM pg_database WHERE datname = '{template}'");
    let is_there = !column(&db, "", &query).await.is_empty();
    db.close().await.expect("the connection closes");
    if !is_there {
        let half = "noaber_template_half";
        run(server, &[format!("DROP DATABASE IF EXISTS {half} WITH (FORCE)"), format!("CREATE DATABASE {half}")]).await;
        fill(&beside(server, half)).await;
        run(server, &[format!("ALTER DATABASE {half} RENAME TO {template}")]).await;
    }
    template
}

/// What a first start does.
async fn fill(url: &str) {
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database: url.parse().expect("an address"),
        log: "warn".to_owned(),
        pdok: String::new(),
        contact: None,
        publisher: None,
        publisher_url: None,
        memory: noaber::admission::Memory::default(),
        rate_limit: None,
        trusted_proxies: Vec::new(),
        metrics: None,
        access: noaber::store::Access::default(),
        trust_clock: false,
    };
    let (store, _, filled) = app::prepare(&config).await.unwrap_or_else(|cause| panic!("{url}: {cause}"));
    assert!(filled, "{url} was not empty");
    store.close().await;
}

fn sqlite(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// The file behind an address that [`sqlite`] made.
fn path(url: &str) -> &str {
    url.trim_start_matches("sqlite://").trim_end_matches("?mode=rwc")
}

/// Another database of the same server.
fn beside(server: &str, name: &str) -> String {
    let (host, _) = server.rsplit_once('/').expect("the address of a server ends in a database");
    format!("{host}/{name}")
}

async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.unwrap_or_else(|cause| panic!("{url}: {cause}"))
}

/// Runs statements past every store.
pub(crate) async fn run(url: &str, statements: &[String]) {
    let db = connect(url).await;
    for statement in statements {
        db.execute_unprepared(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
    }
    db.close().await.expect("the connection closes");
}

async fn drop_database(server: &str, name: &str) {
    run(server, &[format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")]).await;
}

/// The first column of each row that a query gives; `sqlite` and `postgres` are the same query in two tongues.
pub(crate) async fn column(db: &DatabaseConnection, sqlite: &str, postgres: &str) -> Vec<String> {
    let backend = db.get_database_backend();
    let query = if backend == DbBackend::Sqlite { sqlite } else { postgres };
    let rows = db.query_all_raw(Statement::from_string(backend, query)).await;
    let rows = rows.unwrap_or_else(|cause| panic!("{query}: {cause}"));
    rows.iter().map(|row| row.try_get_by(0).expect("the first column is a text")).collect()
}

/// The tables, ascending.
pub(crate) async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let mut tables = column(
        db,
        "SELECT name FROM sqlite_master WHERE type = 'table'",
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
    )
    .await;
    tables.sort_unstable();
    tables
}
