//! The running service: database, editions, server.

pub mod newer_seed;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, bail, ensure};
use chrono::{SubsecRound as _, Utc};
use tokio::net::{TcpListener, TcpSocket};

use crate::{
    admission::Lanes,
    claims::{self, reconcile::serve_all},
    config::Config,
    edition::Edition,
    http::{self, Service, server::ConnectionLimits},
    library::{self, Library, POLL},
    model::Facts,
    store::{Access, Keep, SEEDED, Store, StoreError, Tables},
};

/// How long the database may take to close: with the grace of the requests less than the ten seconds that are promised.
const CLOSING: Duration = Duration::from_secs(1);

/// How often old editions go, where that is set.
const TENDING: Duration = Duration::from_secs(6 * 60 * 60);

/// Connections that wait to be taken.
const BACKLOG: u32 = 1_024;

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
    comparing: Option<Task>,
}

impl App {
    /// Opens and migrates the database, fills it with the seed where it is empty, builds and checks the edition, records it
    /// where that has not been done, and binds the address.
    ///
    /// # Errors
    /// Says which of these failed and why.
    pub async fn start(config: &Config) -> anyhow::Result<Self> {
        // Taken before anything is filled or changed, and listened on once there is something to answer.
        let taken = |at, name: &str, variable: &str| {
            bound(at)
                .with_context(|| format!("cannot listen on {at}; choose another address with {name} or {variable}"))
        };
        let socket = taken(config.listen, "--listen", "NOABER_LISTEN")?;
        let metrics = config.metrics.map(|at| taken(at, "--metrics", "NOABER_METRICS")).transpose()?;
        let Served { store, edition, seeded, is_renewed, is_compared } = to_serve(config).await?;
        let library = Arc::new(Library::open(store, edition, config.memory.editions()).await?);

        let listener = socket.listen(BACKLOG).with_context(|| format!("cannot listen on {}", config.listen))?;
        let address = listener.local_addr()?;
        let connections = config.memory.connections(descriptors());
        let connections = ConnectionLimits { connections, ..ConnectionLimits::default() };
        let metrics =
            metrics.map(|socket| socket.listen(BACKLOG)).transpose().context("cannot listen for --metrics")?;
        let metrics_address = metrics.as_ref().map(TcpListener::local_addr).transpose()?;
        let config = config.clone();
        let comparing = (!is_compared).then(|| Task(tokio::spawn(compare(library.clone()))));
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
            comparing,
        })
    }

    /// The database.
    pub fn store(&self) -> &Store {
        self.library.store()
    }

    /// Waits until it is known whether the tables hold what is served, which is looked at after the start.
    pub async fn compared(&mut self) {
        if let Some(task) = &mut self.comparing {
            // Where it panicked that is in the log.
            let _ = (&mut task.0).await;
        }
        self.comparing = None;
    }

    /// Serves until `stop` resolves, and new editions as they are recorded; then lets running requests finish and closes the
    /// database, in less than ten seconds.
    ///
    /// # Errors
    /// When the schema cannot be read back from its SDL.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let lanes = Arc::new(Lanes::default());
        let Config { contact, publisher, publisher_url, memory, rate_limit, trusted_proxies, .. } = self.config;
        let library = self.library.clone();
        let service = Service {
            library,
            contact,
            publisher,
            publisher_url,
            memory,
            lanes: lanes.clone(),
            rate_limit,
            trusted_proxies,
        };
        let (routes, metrics) = service.routes()?;
        let (library, poll) = (self.library.clone(), self.poll);
        let watching = Task(tokio::spawn(async move { library.watch(poll).await }));
        let store = self.library.store().clone();
        let keep = self.config.access.keep;
        let tending = (keep != Keep::All && !store.is_read_only()).then(|| Task(tokio::spawn(tend(store, keep))));
        let looked_at = self.metrics.map(|listener| {
            let limits = ConnectionLimits { connections: FEW, ..ConnectionLimits::default() };
            Task(tokio::spawn(http::server::serve(listener, metrics, limits, std::future::pending())))
        });
        http::server::serve(self.listener, routes, self.connections, stop).await;
        drop(looked_at);
        drop((watching, tending));
        lanes.close();
        if tokio::time::timeout(CLOSING, self.library.store().clone().close()).await.is_err() {
            tracing::warn!("the database did not close in time");
        }
        Ok(())
    }
}

/// Lets old editions go, now and every few hours, and says so.
async fn tend(store: Store, keep: Keep) {
    loop {
        match store.prune(keep, Utc::now()).await {
            Ok(pruning) if pruning.is_empty() => {}
            Ok(pruning) => {
                let ids: Vec<&str> = pruning.editions.iter().map(|(_, id)| id.as_str()).collect();
                tracing::warn!(
                    editions = ids.join(" "),
                    bytes = pruning.bytes,
                    imports = pruning.revisions,
                    "old editions are no longer kept, as --keep-editions {keep} has it; those imports can no longer be taken back"
                );
            }
            Err(cause) => tracing::warn!(%cause, "old editions could not be let go of; it is tried again"),
        }
        tokio::time::sleep(TENDING).await;
    }
}

/// An address that nobody else has, without being reached at it yet.
fn bound(at: SocketAddr) -> std::io::Result<TcpSocket> {
    let socket = if at.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // What a former process left there is no other.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(at)?;
    Ok(socket)
}

/// How many descriptors the process may have open: as many as the system lets it, and not only those that it begins with.
fn descriptors() -> u64 {
    rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|cause| {
        tracing::warn!(%cause, "the limit of open files cannot be raised");
        1_024
    })
}

/// What a service begins with.
struct Served {
    store: Store,
    edition: Edition,
    seeded: bool,
    is_renewed: bool,
    /// Whether the tables are known to hold the edition, or need not.
    is_compared: bool,
}

async fn to_serve(config: &Config) -> anyhow::Result<Served> {
    if config.access.read_only {
        let (store, edition) = to_serve_without_writing(config).await?;
        return Ok(Served { store, edition, seeded: false, is_renewed: false, is_compared: true });
    }
    let Opened { store, seeded, is_renewed, note } = open(config, config.access).await?;
    if let Some(newest) = store.newest().await?.filter(|_| note.is_none()) {
        // Not from the tables: that takes several times as long, and the edition was checked when it was published.
        match library::read(&store, &newest.id).await {
            Ok(edition) => return Ok(Served { store, edition, seeded, is_renewed, is_compared: false }),
            Err(cause) => {
                tracing::error!(%cause, edition = newest.id, "the archive cannot be read; the tables are served")
            }
        }
    }
    let (edition, ()) = published(&store, note, |_| ()).await.with_context(|| config.database_named())?;
    Ok(Served { store, edition, seeded, is_renewed, is_compared: true })
}

/// Looks whether the tables hold what is served from the archive, and tells where they do not.
async fn compare(library: Arc<Library>) {
    match library::compare(library.store()).await {
        Ok(()) => {}
        Err(cause) if cause.is_away() => {
            tracing::error!(%cause, "the tables cannot be read; what was published of them is served");
        }
        // What is wrong with the tables is no reason to serve nothing.
        Err(cause) => {
            tracing::error!("{cause}; the newest edition is served");
            library.tell_unpublished(cause.to_string());
        }
    }
}

/// The newest edition, whatever the tables hold: this asks no more than what a role with SELECT, or a replica, can do.
async fn to_serve_without_writing(config: &Config) -> anyhow::Result<(Store, Edition)> {
    ensure_there(config)?;
    let store = Store::connect(&config.database.existing(), config.access).await;
    let store = store.with_context(|| config.database_named())?;
    let newest = match store.tables().await.with_context(|| config.database_named())? {
        Tables::Newer(steps) => return Err(StoreError::Newer(steps)).with_context(|| config.database_named()),
        _ => store.newest().await.with_context(|| config.database_named()),
    };
    let Some(newest) = newest? else {
        bail!(
            "{} has no edition yet; start `noaber serve` once without --read-only, by a role that can write",
            config.database_named()
        )
    };
    let edition = library::read(&store, &newest.id).await.with_context(|| config.database_named())?;
    Ok((store, edition))
}

/// What the tables hold, published where there is a reason to.
async fn published<T>(
    store: &Store,
    note: Option<&str>,
    keep: impl Fn(&Facts) -> T,
) -> Result<(Edition, T), StoreError> {
    match note {
        Some(note) => library::record_keeping(store, Some(note), keep).await,
        None => library::found_keeping(store, keep).await,
    }
}

/// Opens and migrates the database, fills it with the seed where it is empty, and checks what it holds; the database, its
/// edition, and whether it has been filled.
///
/// # Errors
/// Says which of these failed and why.
pub async fn prepare(config: &Config) -> anyhow::Result<(Store, Edition, bool)> {
    let Opened { store, seeded, note, .. } = open(config, config.access_of_command()).await?;
    let (edition, ()) = published(&store, note, |_| ()).await.with_context(|| config.database_named())?;
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
    ensure_clock(config, &store, &edition).await?;
    Ok((store, edition))
}

/// [`prepare_existing`] for who also reads the facts of the edition.
///
/// # Errors
/// As [`prepare_existing`].
pub async fn prepare_with_facts(config: &Config) -> anyhow::Result<(Store, Edition, Facts)> {
    ensure_there(config)?;
    let Opened { store, note, .. } = open(config, config.access_of_command()).await?;
    let (edition, facts) = published(&store, note, Facts::clone).await.with_context(|| config.database_named())?;
    ensure_clock(config, &store, &edition).await?;
    Ok((store, edition, facts))
}

/// How far a clock may be off without meaning anything.
const OFF: chrono::Duration = chrono::Duration::days(1);

/// Refuses to change data by a clock that is off: what is said in a year to come wins over all that is said until then.
async fn ensure_clock(config: &Config, store: &Store, edition: &Edition) -> anyhow::Result<()> {
    if config.trust_clock {
        return Ok(());
    }
    let now = Utc::now();
    if edition.published_at - now >= OFF {
        return Err(StoreError::Ahead { now, edition: edition.id.clone(), fact: edition.published_at }.into());
    }
    if let Some(there) = store.clock().await.with_context(|| config.database_named())?
        && (there - now).abs() >= OFF
    {
        return Err(StoreError::Clocks { now, there }.into());
    }
    Ok(())
}

/// Refuses a database that is not there: made by mistake in another folder, one would take what is meant for another.
///
/// # Errors
/// With what to do.
pub fn ensure_there(config: &Config) -> anyhow::Result<()> {
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
    /// Why what it holds is published, should it not be: without a reason nobody is known to have changed it.
    note: Option<&'static str>,
}

/// Opens and migrates the database, fills it with the seed where it is empty, and puts that in the place of an older one.
async fn open(config: &Config, access: Access) -> anyhow::Result<Opened> {
    let store = Store::connect(&config.database, access).await.with_context(|| config.database_named())?;
    // Of several that start together one sets up the database, and the others find it so.
    let _alone = store.alone().await.with_context(|| config.database_named())?;
    let is_older = matches!(store.tables().await.with_context(|| config.database_named())?, Tables::Older(_));
    let is_completed = store.migrate().await.with_context(|| config.database_named())?;
    if store.is_wiping_due().await? && store.wipe().await {
        tracing::warn!("what an interrupted withdrawal had left in the file is overwritten");
    }
    let seeded = fill(&store).await?;
    let now = Utc::now().trunc_subsecs(0);
    let is_decided_anew = store.decide_by(claims::RULES, |books| serve_all(books, now)).await?;
    // With an edition of its own, which says so.
    let is_renewed = newer_seed::take(&store).await?;
    let note = match (seeded, is_completed, is_decided_anew) {
        (true, ..) => Some(SEEDED),
        (false, true, _) => Some("a newer release of noaber: each source names its layer"),
        (false, false, true) => Some("a newer release of noaber: what sources say is weighed otherwise"),
        (false, false, false) if is_older => Some("a newer release of noaber: what the tables hold is read otherwise"),
        // Killed between filling and recording.
        (false, false, false) if store.newest().await?.is_none() => Some(unrecorded(&store).await?),
        (false, false, false) => None,
    };
    Ok(Opened { store, seeded, is_renewed, note })
}

/// What the tables hold of which nothing has been recorded yet.
async fn unrecorded(store: &Store) -> anyhow::Result<&'static str> {
    let is_seed = Edition::id_of(&store.load().await?)? == newer_seed::Seed::read()?.id;
    Ok(if is_seed { SEEDED } else { "found at the start" })
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
    store.fill(&seed.facts, &seed.id).await?;
    Ok(true)
}
