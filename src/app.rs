//! The running service: database, editions, server.
//!
//! An oddity: two processes that start together on an empty PostgreSQL database both try to fill it; the second finds
//! it filled and goes on.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use chrono::{SubsecRound as _, Utc};
use poem::{
    Server,
    listener::{Acceptor, Listener, TcpAcceptor, TcpListener},
};

use crate::{
    claims::{self, reconcile::serve_all},
    config::Config,
    edition::Edition,
    http,
    library::{self, Library, POLL},
    model::Facts,
    seed,
    store::Store,
};

/// How long running requests may take to finish after the signal to stop; longer than any is allowed to run.
const GRACE: Duration = Duration::from_secs(10);

/// How long a connection may be silent, a half-sent request included.
const IDLE: Duration = Duration::from_secs(60);

/// A service that is ready to answer.
pub struct App {
    /// The address it is bound to, with the port that it got.
    pub address: SocketAddr,
    /// What it serves.
    pub library: Arc<Library>,
    /// Whether the database was empty and has been filled.
    pub seeded: bool,
    /// How often it looks for a new edition.
    pub poll: Duration,
    contact: Option<String>,
    acceptor: TcpAcceptor,
}

impl App {
    /// Opens and migrates the database, fills it with the seed where it is empty, builds and checks the edition, records it
    /// where that has not been done, and binds the address.
    ///
    /// # Errors
    /// Says which of these failed and why.
    pub async fn start(config: &Config) -> anyhow::Result<Self> {
        let (store, edition, seeded) = prepare(config).await?;
        let library = Arc::new(Library::open(store, edition).await?);

        let bind =
            || format!("cannot listen on {}; choose another address with --listen or NOABER_LISTEN", config.listen);
        let acceptor = TcpListener::bind(config.listen).into_acceptor().await.with_context(bind)?;
        let bound = acceptor.local_addr();
        let address = bound.iter().find_map(|address| address.as_socket_addr().copied()).with_context(bind)?;
        Ok(Self { address, library, seeded, poll: POLL, contact: config.contact.clone(), acceptor })
    }

    /// The database.
    pub fn store(&self) -> &Store {
        self.library.store()
    }

    /// Serves until `stop` resolves, and new editions as they are recorded; then lets running requests finish and closes the
    /// database.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let routes = http::routes(self.library.clone(), self.contact)?;
        let (library, poll) = (self.library.clone(), self.poll);
        let watching = Watching(tokio::spawn(async move { library.watch(poll).await }));
        Server::new_with_acceptor(self.acceptor)
            .idle_timeout(IDLE)
            .run_with_graceful_shutdown(routes, stop, Some(GRACE))
            .await?;
        drop(watching);
        self.library.store().clone().close().await;
        Ok(())
    }
}

/// Opens and migrates the database, fills it with the seed where it is empty, and checks what it holds; the database, its
/// edition, and whether it has been filled.
///
/// # Errors
/// Says which of these failed and why.
pub async fn prepare(config: &Config) -> anyhow::Result<(Store, Edition, bool)> {
    let (store, seeded, note) = open(config).await?;
    let edition = library::record(&store, Some(note)).await?;
    Ok((store, edition, seeded))
}

/// [`prepare`] on a database that is there already: made by mistake in another folder, one would take what is meant for the
/// one that is served.
///
/// # Errors
/// As [`prepare`]; where there is none, with what to do.
pub async fn prepare_existing(config: &Config) -> anyhow::Result<(Store, Edition)> {
    ensure_there(config)?;
    let (store, edition, _) = prepare(config).await?;
    Ok((store, edition))
}

/// [`prepare_existing`] for who also reads the facts of the edition.
///
/// # Errors
/// As [`prepare_existing`].
pub async fn prepare_with_facts(config: &Config) -> anyhow::Result<(Store, Edition, Facts)> {
    ensure_there(config)?;
    let (store, _, note) = open(config).await?;
    let (edition, facts) = library::record_keeping(&store, Some(note), Facts::clone).await?;
    Ok((store, edition, facts))
}

fn ensure_there(config: &Config) -> anyhow::Result<()> {
    ensure!(
        Store::is_there(&config.database),
        "there is no database {}; name the one that is served with {}, or make a new one with `noaber migrate`",
        config.database_place(),
        Config::DATABASE_OPTIONS
    );
    Ok(())
}

/// Opens and migrates the database, and fills it with the seed where it is empty; whether it has been filled, and why an
/// edition is recorded, should it have to be.
async fn open(config: &Config) -> anyhow::Result<(Store, bool, &'static str)> {
    let store = Store::open(&config.database).await.with_context(|| config.database_named())?;
    let is_completed = store.migrate().await?;
    let seeded = fill(&store).await?;
    let now = Utc::now().trunc_subsecs(0);
    let is_decided_anew = store.decide_by(claims::RULES, |books| serve_all(books, now)).await?;
    let note = match (seeded, is_completed, is_decided_anew) {
        (true, ..) => "the seed of this binary",
        (false, true, _) => "a newer release of noaber: each source names its layer",
        (false, false, true) => "a newer release of noaber: what sources say is weighed otherwise",
        (false, false, false) => "found at the start",
    };
    Ok((store, seeded, note))
}

/// The task that looks for new editions; it ends with the server, however that ends.
struct Watching(tokio::task::JoinHandle<()>);

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Stores the seed in an empty database; whether it was empty.
async fn fill(store: &Store) -> anyhow::Result<bool> {
    if !store.is_empty().await? {
        return Ok(false);
    }
    match store.save(&seed::read()?).await {
        Ok(()) => Ok(true),
        // Another process that started at the same time may have been first.
        Err(_) if !store.is_empty().await? => Ok(false),
        Err(cause) => Err(cause.into()),
    }
}
