//! The running service: database, editions, server.
//!
//! An oddity: two processes that start together on an empty PostgreSQL database both try to fill it; the second finds
//! it filled and goes on.

pub mod newer_seed;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use chrono::{SubsecRound as _, Utc};
use tokio::net::TcpListener;

use crate::{
    admission::Lanes,
    claims::{self, reconcile::serve_all},
    config::Config,
    edition::Edition,
    http::{self, Service, server::ConnectionLimits},
    library::{self, Library, POLL},
    model::Facts,
    store::{SEEDED, Store},
};

/// How long the database may take to close: with the grace of the requests less than the ten seconds that are promised.
const CLOSING: Duration = Duration::from_secs(1);

/// Connections of those who read the figures.
const FEW: usize = 16;

/// A service that is ready to answer.
pub struct App {
    /// The address it is bound to, with the port that it got.
    pub address: SocketAddr,
    /// What it serves.
    pub library: Arc<Library>,
    /// Whether the database was empty and has been filled.
    pub seeded: bool,
    /// Whether its seed took the place of an older one.
    pub is_renewed: bool,
    /// How often it looks for a new edition.
    pub poll: Duration,
    /// What its connections may take.
    pub connections: ConnectionLimits,
    /// Where its figures are, if anywhere.
    pub metrics_address: Option<SocketAddr>,
    config: Config,
    listener: TcpListener,
    metrics: Option<TcpListener>,
}

impl App {
    /// Opens and migrates the database, fills it with the seed where it is empty, builds and checks the edition, records it
    /// where that has not been done, and binds the address.
    ///
    /// # Errors
    /// Says which of these failed and why.
    pub async fn start(config: &Config) -> anyhow::Result<Self> {
        let (Opened { store, seeded, is_renewed, .. }, edition) = open_and_record(config).await?;
        let library = Arc::new(Library::open(store, edition, config.memory.editions()).await?);

        let bind =
            || format!("cannot listen on {}; choose another address with --listen or NOABER_LISTEN", config.listen);
        let listener = TcpListener::bind(config.listen).await.with_context(bind)?;
        let address = listener.local_addr().with_context(bind)?;
        let connections = config.memory.connections(descriptors());
        let connections = ConnectionLimits { connections, ..ConnectionLimits::default() };
        let metrics = match config.metrics {
            None => None,
            Some(at) => Some(TcpListener::bind(at).await.with_context(|| {
                format!("cannot listen on {at}; choose another address with --metrics or NOABER_METRICS")
            })?),
        };
        let metrics_address = metrics.as_ref().map(TcpListener::local_addr).transpose()?;
        let config = config.clone();
        Ok(Self {
            address,
            library,
            seeded,
            is_renewed,
            poll: POLL,
            connections,
            metrics_address,
            config,
            listener,
            metrics,
        })
    }

    /// The database.
    pub fn store(&self) -> &Store {
        self.library.store()
    }

    /// Serves until `stop` resolves, and new editions as they are recorded; then lets running requests finish and closes the
    /// database, in less than ten seconds.
    ///
    /// # Errors
    /// When the schema cannot be read back from its SDL.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let lanes = Arc::new(Lanes::default());
        let Config { contact, memory, rate_limit, trusted_proxies, .. } = self.config;
        let library = self.library.clone();
        let service = Service { library, contact, memory, lanes: lanes.clone(), rate_limit, trusted_proxies };
        let (routes, metrics) = service.routes()?;
        let (library, poll) = (self.library.clone(), self.poll);
        let watching = Task(tokio::spawn(async move { library.watch(poll).await }));
        let looked_at = self.metrics.map(|listener| {
            let limits = ConnectionLimits { connections: FEW, ..ConnectionLimits::default() };
            Task(tokio::spawn(http::server::serve(listener, metrics, limits, std::future::pending())))
        });
        http::server::serve(self.listener, routes, self.connections, stop).await;
        drop(looked_at);
        drop(watching);
        lanes.close();
        if tokio::time::timeout(CLOSING, self.library.store().clone().close()).await.is_err() {
            tracing::warn!("the database did not close in time");
        }
        Ok(())
    }
}

/// How many descriptors the process may have open: as many as the system lets it, and not only those that it begins with.
fn descriptors() -> u64 {
    rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|cause| {
        tracing::warn!(%cause, "the limit of open files cannot be raised");
        1_024
    })
}

/// Opens and migrates the database, fills it with the seed where it is empty, and checks what it holds; the database, its
/// edition, and whether it has been filled.
///
/// # Errors
/// Says which of these failed and why.
pub async fn prepare(config: &Config) -> anyhow::Result<(Store, Edition, bool)> {
    let (opened, edition) = open_and_record(config).await?;
    Ok((opened.store, edition, opened.seeded))
}

async fn open_and_record(config: &Config) -> anyhow::Result<(Opened, Edition)> {
    let opened = open(config).await?;
    let edition = library::record(&opened.store, Some(opened.note)).await?;
    Ok((opened, edition))
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
    let Opened { store, note, .. } = open(config).await?;
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

/// A database that is up to date.
struct Opened {
    store: Store,
    /// Whether it was empty and has been filled.
    seeded: bool,
    /// Whether the seed of this binary took the place of an older one.
    is_renewed: bool,
    /// Why an edition is recorded, should it have to be.
    note: &'static str,
}

/// Opens and migrates the database, fills it with the seed where it is empty, and puts that in the place of an older one.
async fn open(config: &Config) -> anyhow::Result<Opened> {
    let store = Store::open(&config.database).await.with_context(|| config.database_named())?;
    let is_completed = store.migrate().await?;
    let seeded = fill(&store).await?;
    let now = Utc::now().trunc_subsecs(0);
    let is_decided_anew = store.decide_by(claims::RULES, |books| serve_all(books, now)).await?;
    // With an edition of its own, which says so.
    let is_renewed = newer_seed::take(&store).await?;
    let note = match (seeded, is_completed, is_decided_anew) {
        (true, ..) => SEEDED,
        (false, true, _) => "a newer release of noaber: each source names its layer",
        (false, false, true) => "a newer release of noaber: what sources say is weighed otherwise",
        (false, false, false) => "found at the start",
    };
    Ok(Opened { store, seeded, is_renewed, note })
}

/// A task beside the server; it ends with it, however that ends.
struct Task(tokio::task::JoinHandle<()>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Stores the seed in an empty database; whether it was empty.
async fn fill(store: &Store) -> anyhow::Result<bool> {
    if !store.is_empty().await? {
        return Ok(false);
    }
    let seed = newer_seed::Seed::read()?;
    match store.fill(&seed.facts, &seed.id).await {
        Ok(()) => Ok(true),
        // Another process that started at the same time may have been first.
        Err(_) if !store.is_empty().await? => Ok(false),
        Err(cause) => Err(cause.into()),
    }
}
