//! A database of its own for a test: on PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else an SQLite file.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;

/// Names a PostgreSQL server on which databases may be created, such as `postgres://USER@HOST:PORT/postgres`.
pub(crate) const POSTGRES: &str = "NOABER_TEST_POSTGRES";

/// An empty database.
pub(crate) struct TestDatabase {
    /// How it is opened.
    pub(crate) url: String,
    // A database on PostgreSQL stays: the server of scripts/test is thrown away whole.
    _folder: Option<TempDir>,
}

impl TestDatabase {
    /// Makes one that nobody else uses.
    pub(crate) async fn fresh() -> Self {
        match std::env::var(POSTGRES) {
            Ok(server) => Self { url: on_postgres(&server).await, _folder: None },
            Err(_) => {
                let folder = tempfile::tempdir().expect("a temporary folder can be made");
                let url = format!("sqlite://{}?mode=rwc", folder.path().join("noaber.db").display());
                Self { url, _folder: Some(folder) }
            }
        }
    }

    #[allow(dead_code, reason = "not each of the tests that share this file looks into the tables")]
    /// A connection past the store.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        connect(&self.url).await
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.unwrap_or_else(|cause| panic!("{url}: {cause}"))
}

async fn on_postgres(server: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("noaber_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let db = connect(server).await;
    for statement in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        db.execute_unprepared(&statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
    }
    db.close().await.expect("the connection closes");
    let (host, _) = server.rsplit_once('/').expect("the address ends in the name of a database");
    format!("{host}/{name}")
}

#[allow(dead_code, reason = "not each of the tests that share this file looks into the tables")]
/// The first column of each row that a query gives; `sqlite` and `postgres` are the same query in two tongues.
pub(crate) async fn column(db: &DatabaseConnection, sqlite: &str, postgres: &str) -> Vec<String> {
    let backend = db.get_database_backend();
    let query = if backend == DbBackend::Sqlite { sqlite } else { postgres };
    let rows = db.query_all_raw(Statement::from_string(backend, query)).await;
    let rows = rows.unwrap_or_else(|cause| panic!("{query}: {cause}"));
    rows.iter().map(|row| row.try_get_by(0).expect("the first column is a text")).collect()
}

#[allow(dead_code, reason = "not each of the tests that share this file looks into the tables")]
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
