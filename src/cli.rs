//! The command line.

mod backup;
mod check;
mod editions;
mod geocode;
mod ingest;
mod log;
mod output;
mod pairs;
mod places;
mod progress;
mod revert;
mod template;
mod tongue;

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, CommandFactory, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use self::tongue::{Tongue, say};
use crate::{
    app::App,
    config::{Config, Overrides, SETTINGS},
    edition::Edition,
    graphql,
    model::Language,
    store::Store,
};

/// Open data on social meeting places in Overijssel, as a GraphQL API.
#[derive(Parser)]
#[command(name = "noaber", version, after_help = settings_help())]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: SettingArgs,
}

#[derive(Args)]
struct SettingArgs {
    /// Address and port to serve on [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDR")]
    listen: Option<String>,
    /// Database [default: sqlite://noaber.db?mode=rwc]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// What is logged [default: warn]
    #[arg(long, global = true, value_name = "LEVEL")]
    log: Option<String>,
    /// The language of what is told [default: nl for ingest, revert, pairs, geocode and template, else en]
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    language: Option<Tongue>,
    /// A mailbox or page where the pages send corrections and requests for removal
    #[arg(long, global = true, value_name = "ADDRESS")]
    contact: Option<String>,
    /// Who publishes this, as the catalogue record calls it
    #[arg(long, global = true, value_name = "NAME")]
    publisher: Option<String>,
    /// The address by which the publisher is known, such as its URI in TOOI
    #[arg(long, global = true, value_name = "ADDRESS")]
    publisher_url: Option<String>,
    /// About how much memory the server takes, such as 1GiB [default: 512MiB]
    #[arg(long, global = true, value_name = "AMOUNT")]
    memory: Option<String>,
    /// Units of cost that one address may take in a minute, or off [default: 30000000]
    #[arg(long, global = true, value_name = "UNITS")]
    rate_limit: Option<String>,
    /// Addresses or networks of proxies that are believed for whom they ask, separated by commas
    #[arg(long, global = true, value_name = "ADDRESSES")]
    trusted_proxies: Option<String>,
    /// Address and port to serve figures for Prometheus on
    #[arg(long, global = true, value_name = "ADDR")]
    metrics: Option<String>,
    /// How long serve waits at its start for a database that cannot be reached yet [default: 30s]
    #[arg(long, global = true, value_name = "TIME")]
    start_wait: Option<String>,
    /// How long a change waits for one that another process makes [default: 30s]
    #[arg(long, global = true, value_name = "TIME")]
    lock_wait: Option<String>,
    /// Serve without writing: from a replica, or by a role with SELECT
    #[arg(long, global = true)]
    read_only: bool,
    /// Change data also where the clock of this machine seems to be wrong
    #[arg(long, global = true)]
    trust_clock: bool,
    /// Which editions are kept: all, or of so many days, as 30d [default: all]
    #[arg(long, global = true, value_name = "DAYS")]
    keep_editions: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API; creates, migrates and fills the database where needed (the default command)
    Serve,
    /// Bring the tables of the database up to date, and stop; makes a SQLite file that is not there
    Migrate,
    /// Print the schema, and stop; needs no database
    Schema,
    /// Load and check the seed, the database and every edition, say what is wrong, and stop
    Check,
    /// Copy the database of SQLite into a file, also while it is served
    Backup(backup::Backup),
    /// Publish what the tables hold, where that is not the newest edition and nobody published it: a change by hand
    Publish {
        /// Why, in a sentence without personal data: it stays
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Import data from files and publish a new edition
    #[command(subcommand)]
    Ingest(ingest::Ingest),
    /// Write the file in which a municipality keeps its data
    #[command(subcommand)]
    Template(template::Template),
    /// Decide whether a record and a place that look alike are the same place
    #[command(subcommand)]
    Pairs(pairs::Pairs),
    /// Look up where addresses are, and publish a new edition
    ///
    /// Every answer of PDOK is kept in the database, so that a run that was broken off goes on where it was, and nothing
    /// is asked twice. An answer counts only where it names the postcode and number that were asked, or the street, number
    /// and village, and lies where the place can be; what is doubtful waits for `accept` or `reject`. A location is only
    /// ever replaced by a finer one. Closed places are left out.
    ///
    /// The exit code is 0 when something was found or nothing had to be, 1 when nothing could be done.
    #[command(args_conflicts_with_subcommands = true)]
    Geocode(geocode::Geocode),
    /// List the published editions, the newest first; keep one, or let old ones go
    #[command(args_conflicts_with_subcommands = true)]
    Editions(editions::Editions),
    /// Export an edition or the places
    #[command(subcommand)]
    Export(Export),
    /// Take back what an edition said, or a source, and publish a new edition
    ///
    /// What others said, before or after, stands; so does what was said again since. Places that nobody else names are gone.
    Revert(revert::Revert),
    /// Remove a place from the data and from every edition, to protect somebody's privacy; its key and the reason stay
    Withdraw {
        /// The place: what follows `place:` in its id, or the whole id
        key: String,
        /// Why, in a sentence without personal data: it stays
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

impl Command {
    /// The language in which it speaks unless asked for another: Dutch where it is for who keeps the data of a municipality.
    fn language(&self) -> Language {
        match self {
            Self::Ingest(_) | Self::Revert(_) | Self::Pairs(_) | Self::Geocode(_) | Self::Template(_) => Language::Nl,
            _ => Language::En,
        }
    }
}

#[derive(Subcommand)]
enum Export {
    /// An edition of the archive
    Edition {
        /// Its id, as `noaber editions` lists it
        id: String,
        /// How: json has all facts, geojson and csv have the places as the downloads do
        #[arg(long, value_enum, default_value_t = editions::Format::Json)]
        format: editions::Format,
        #[command(flatten)]
        output: output::Output,
    },
    /// The places that are not closed, as the downloads have them
    Places {
        /// How
        #[arg(long, value_enum, default_value_t = places::Format::Csv)]
        format: places::Format,
        /// A layer to leave out: what another source said comes back, what only it knows is gone
        #[arg(long, value_name = "LAYER")]
        without: Option<String>,
        #[command(flatten)]
        output: output::Output,
    },
}

fn settings_help() -> String {
    let line = |setting: &&crate::config::Setting| {
        format!("  {:<16} {} [{}]\n", setting.variable, setting.help, setting.default)
    };
    format!("Environment variables, over which options win:\n{}", SETTINGS.iter().map(line).collect::<String>())
}

/// The commands and options that there are.
pub fn command() -> clap::Command {
    Cli::command()
}

/// The arguments of the process; ends it where they are wrong.
fn parse() -> Cli {
    let arguments: Vec<String> = std::env::args_os().map(|one| one.to_string_lossy().into_owned()).collect();
    Cli::try_parse().unwrap_or_else(|error| {
        // An address in the wrong place would be repeated with its password.
        let addresses: Vec<&String> = arguments.iter().filter(|one| one.contains("://") && one.contains('@')).collect();
        if addresses.is_empty() || !error.use_stderr() {
            error.exit();
        }
        let told = addresses
            .into_iter()
            .fold(error.to_string(), |told, address| told.replace(address.as_str(), "(an address)"));
        let _ = write!(std::io::stderr().lock(), "{}", harmless(&told));
        std::process::exit(2)
    })
}

/// Runs the command that the arguments of the process ask for.
///
/// The exit code is 0 when it was done, 1 when it could not be, 2 for a wrong argument or setting.
pub fn run() -> ExitCode {
    let cli = parse();
    let SettingArgs {
        listen,
        database,
        log,
        contact,
        publisher,
        publisher_url,
        language,
        memory,
        rate_limit,
        trusted_proxies,
        metrics,
        start_wait,
        lock_wait,
        read_only,
        trust_clock,
        keep_editions,
    } = cli.settings;
    let command = cli.command.unwrap_or(Command::Serve);
    let language = language.map_or_else(|| command.language(), Tongue::language);
    // Not `vars`, which panics at a variable that is no Unicode, whoever's it is.
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    let variables = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    let pdok = match &command {
        Command::Geocode(what) => what.pdok_url(),
        _ => None,
    };
    let overrides = Overrides {
        listen,
        database,
        log,
        pdok,
        contact,
        publisher,
        publisher_url,
        memory,
        rate_limit,
        trusted_proxies,
        metrics,
        start_wait,
        lock_wait,
        read_only: read_only.then(|| "true".to_owned()),
        trust_clock: trust_clock.then(|| "true".to_owned()),
        keep_editions,
    };
    let config = match Config::read(overrides, variables) {
        Ok(config) => config,
        Err(error) => {
            tell_error(&error.to_string());
            return ExitCode::from(2);
        }
    };
    // The filter was tried when the settings were read.
    let filter = EnvFilter::try_new(&config.log).unwrap_or_default();
    let (log, _writing) = log::begin(std::io::stderr());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(log)
        .with_ansi(std::io::stderr().is_terminal())
        .init();

    let done = runtime().and_then(|runtime| {
        let done = runtime.block_on(run_command(&config, command, language));
        // Not waited for: a map that is being drawn is for nobody any more. What is written to the database is written by now.
        runtime.shutdown_background();
        done
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            tell_error(&tongue::told(&error, language));
            ExitCode::FAILURE
        }
    }
}

async fn run_command(config: &Config, command: Command, language: Language) -> anyhow::Result<ExitCode> {
    match command {
        Command::Ingest(what) => return ingest::run(config, what, language).await,
        Command::Revert(what) => return revert::run(config, what, language).await,
        Command::Serve => serve(config).await,
        Command::Migrate => migrate(config, language).await,
        Command::Schema => tell(&graphql::sdl()),
        Command::Check => return check::check(config, language).await,
        Command::Backup(what) => backup::backup(config, what, language).await,
        Command::Publish { reason } => editions::publish(config, &reason, language).await,
        Command::Template(what) => template::run(config, what, language).await,
        Command::Pairs(what) => pairs::run(config, what, language).await,
        Command::Geocode(what) => return geocode::run(config, what, language).await,
        Command::Editions(what) => editions::run(config, what, language).await,
        Command::Export(Export::Edition { id, format, output }) => {
            editions::export(config, &id, format, &output, language).await
        }
        Command::Export(Export::Places { format, without, output }) => {
            places::export(config, format, without.as_deref(), &output, language).await
        }
        Command::Withdraw { key, reason } => return editions::withdraw(config, &key, &reason, language).await,
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Threads beside those that answer, at most: more than all lanes have permits, and few enough for their stacks.
const ASIDE: usize = 64;

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(ASIDE)
        .enable_all()
        .build()
        .context("no threads to run on")
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    // To the log, which never waits: where nobody reads standard error, the thread that panics would.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    let app = App::start(config).await?;
    // Before the address is told: who knows it may also say stop.
    let stopped = stopped()?;
    let edition = app.library.served();
    let address = format!("http://{}", app.address);
    let filled = match (app.seeded, app.is_renewed) {
        (true, _) => "filled from the seed",
        (false, true) => "brought to the newer seed of this release",
        (false, false) => "as it was",
    };
    let told = tell(&format!(
        "noaber {version}\n\
         \n\
         {address}/            places, agenda, figures, maps and files\n\
         {address}/graphiql    explorer with examples\n\
         {address}/graphql     the API\n\
         \n\
         edition {id}: {counts}\n\
         database {filled}, memory about {memory}; stop with Ctrl-C\n",
        version = env!("CARGO_PKG_VERSION"),
        id = edition.id,
        counts = counts(&edition, Language::En),
        memory = config.memory,
    ));
    if let Err(cause) = told {
        // A full disk under the log is no reason not to serve.
        tracing::warn!("{cause:#}");
    }
    drop(edition);
    app.serve(stopped).await
}

fn counts(edition: &Edition, language: Language) -> String {
    let documents: usize = edition.municipalities().iter().map(|entry| entry.policy.documents.len()).sum();
    let closed = match edition.closed_count() {
        0 => String::new(),
        closed => say(language, format!(" (en {closed} gesloten)"), format!(" (and {closed} closed)")),
    };
    if language == Language::Nl {
        return format!(
            "{} plekken{closed}, {} gemeenten, {} kernen en wijken, {} vragen van de vragenlijst, {documents} beleidsstukken",
            edition.place_count(),
            edition.municipalities().len(),
            edition.settlements().len(),
            edition.survey.questions.len(),
        );
    }
    format!(
        "{} places{closed}, {} municipalities, {} settlements, {} survey questions, {documents} policy documents",
        edition.place_count(),
        edition.municipalities().len(),
        edition.settlements().len(),
        edition.survey.questions.len(),
    )
}

async fn migrate(config: &Config, language: Language) -> anyhow::Result<()> {
    let store =
        Store::connect(&config.database, config.access_of_command()).await.with_context(|| config.database_named())?;
    let migrated = async {
        let _alone = store.alone().await?;
        store.migrate().await
    };
    let migrated = migrated.await.with_context(|| config.database_named());
    store.close().await;
    migrated?;
    tell(say(language, "de tabellen zijn bij\n", "the tables are up to date\n"))
}

/// The exit code of a program that Ctrl-C ended, as shells have it.
#[cfg(unix)]
const INTERRUPTED: i32 = 130;

/// Takes over Ctrl-C and SIGTERM, from now on; what it returns resolves on the first of them.
#[cfg(unix)]
fn stopped() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let catch = |kind| signal(kind).context("the signals to stop cannot be caught");
    let (mut interrupted, mut terminated) = (catch(SignalKind::interrupt())?, catch(SignalKind::terminate())?);
    // A terminal that closes, and who asks to read settings anew, which are read at the start only.
    let mut hung_up = catch(SignalKind::hangup())?;
    tokio::spawn(async move { while hung_up.recv().await.is_some() {} });
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        tokio::spawn(async move {
            // Who says it again does not want to wait for running requests.
            interrupted.recv().await;
            std::process::exit(INTERRUPTED);
        });
    })
}

/// Resolves on Ctrl-C.
#[cfg(not(unix))]
fn stopped() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn tell(text: &str) -> anyhow::Result<()> {
    tell_bytes(harmless(text).as_bytes())
}

fn tell_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // `noaber schema | head` is no failure.
        Err(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => done.context("cannot write to standard output"),
    }
}

/// A text as a terminal may be given it: without the control characters that a file can have in its name.
fn harmless(text: &str) -> String {
    text.replace(|sign: char| sign.is_control() && !matches!(sign, '\n' | '\t'), "\u{FFFD}")
}

fn tell_error(text: &str) {
    let text = harmless(text);
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr().lock(), "noaber: {text}");
}
