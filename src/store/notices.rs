//! Hearing from PostgreSQL that something was published, beside looking for it: what is missed is found by the next look.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr,
    sqlx::{self, Executor as _, postgres::PgListener},
};

use super::{PATIENCE, Store};

/// Where it is said that there is something new.
const NEWS: &str = "noaber";

/// Where who begins to listen calls to itself: through some poolers everything is said and nothing heard.
const CALLS: &str = "noaber_call";

/// How long it may be silent before the connection has to show that it lives.
const SILENCE: Duration = Duration::from_secs(20);

/// How long who cannot hear waits before it tries again.
const DEAF: Duration = Duration::from_secs(60);

/// How long a lost connection waits before it is made again.
const AGAIN: Duration = Duration::from_millis(500);

/// Why nothing is heard any more.
enum Lost {
    /// The connection went; it is made again.
    Connection(String),
    /// Nothing arrives, or may be asked to: a pooler, or a replica.
    Deaf(String),
    /// The store is closed.
    Closed,
}

/// Says that there is something new, once the transaction is committed.
pub(super) async fn tell(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    match db.get_database_backend() {
        DbBackend::Postgres => db.execute_unprepared(&format!("NOTIFY {NEWS}")).await.map(drop),
        _ => Ok(()),
    }
}

impl Store {
    /// Calls `heard` whenever somebody publishes or withdraws something, for as long as that can be heard: never of SQLite.
    pub async fn hear(&self, heard: impl Fn() + Sync) {
        if self.db.get_database_backend() != DbBackend::Postgres {
            return;
        }
        if self.url.is_pooled() {
            tracing::info!(
                "through a pooler in transaction mode nothing is heard of new editions; they are looked for"
            );
            return;
        }
        let mut is_told = false;
        loop {
            match self.listen(&heard).await {
                Lost::Closed => return,
                Lost::Connection(cause) => {
                    tracing::debug!(cause, "the connection on which new editions are heard of is made again");
                    tokio::time::sleep(AGAIN).await;
                }
                Lost::Deaf(cause) => {
                    if !is_told {
                        is_told = true;
                        tracing::warn!(
                            cause,
                            "the database does not say when there is a new edition; it is looked for each second"
                        );
                    }
                    tokio::time::sleep(DEAF).await;
                }
            }
        }
    }

    /// Listens until that ends.
    async fn listen(&self, heard: &(impl Fn() + Sync)) -> Lost {
        let pool = self.db.get_postgres_connection_pool();
        let begun = async {
            let mut listener = PgListener::connect_with(pool).await?;
            listener.listen_all([NEWS, CALLS]).await?;
            Ok(listener)
        };
        let mut listener = match tokio::time::timeout(PATIENCE, begun).await {
            Ok(Ok(listener)) => listener,
            Ok(Err(cause)) => return lost(&cause),
            Err(_) => return Lost::Connection("no answer".to_owned()),
        };
        match tokio::time::timeout(PATIENCE, calls(pool, &mut listener)).await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) => return lost(&cause),
            Err(_) => {
                return Lost::Deaf(
                    "what is said on one connection is not heard on another, as through a pooler".to_owned(),
                );
            }
        }
        // What was said while nobody listened.
        heard();
        loop {
            match tokio::time::timeout(SILENCE, listener.try_recv()).await {
                Ok(Ok(Some(said))) if said.channel() == NEWS => heard(),
                Ok(Ok(Some(_))) => {}
                // It was lost and is there again, perhaps at another server.
                Ok(Ok(None)) => heard(),
                Ok(Err(cause)) => return lost(&cause),
                Err(_) => {
                    let asked = tokio::time::timeout(PATIENCE, listener.execute("SELECT 1")).await;
                    if !matches!(asked, Ok(Ok(_))) {
                        return Lost::Connection("silence".to_owned());
                    }
                }
            }
        }
    }
}

/// Calls on one connection and waits to hear it on the other.
async fn calls(pool: &sqlx::PgPool, listener: &mut PgListener) -> Result<(), sqlx::Error> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let call = format!("{} {}", std::process::id(), now.as_nanos());
    sqlx::query("SELECT pg_notify($1, $2)").bind(CALLS).bind(&call).execute(pool).await?;
    loop {
        let said = listener.recv().await?;
        if said.channel() == CALLS && said.payload() == call {
            return Ok(());
        }
    }
}

fn lost(cause: &sqlx::Error) -> Lost {
    match cause {
        sqlx::Error::PoolClosed => Lost::Closed,
        // A replica, and statements of several connections mixed up by a pooler.
        sqlx::Error::Database(error)
            if matches!(error.code().as_deref(), Some("25006" | "55000" | "0A000" | "42P05" | "26000")) =>
        {
            Lost::Deaf(error.message().to_owned())
        }
        cause => Lost::Connection(cause.to_string()),
    }
}
