//! The command with which data comes in.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context as _, anyhow, bail};
use chrono::{DateTime, SubsecRound, Utc};
use clap::{Args, Subcommand};

use super::{
    output,
    progress::{Progress, Unit},
    tell,
    tongue::{self, say, unwritable},
};
use crate::{
    app,
    config::Config,
    edition::Edition,
    findings::{Report, Severity, redacted},
    geocode,
    ingest::{
        activities, cbs_areas,
        import::{Context, Import as _, SourceFile, SourceKind},
        osm,
        outcome::{self, Outcome},
        places, policy, polling_places, postcodes,
        progress::Watch,
        settlements, summary, survey,
    },
    model::{Books, Facts, Language, journal::Journal},
    store::{Snapshot, Store, StoreError},
};

/// So many findings are shown on a terminal; `--report` writes them all.
const SHOWN: usize = 40;

/// How often to begin anew when another import was faster.
const ATTEMPTS: u32 = 5;

/// Makes the command and what it does of the list of sources.
macro_rules! sources {
    ($($(#[$about:meta])* $name:ident: $source:ty,)*) => {
        /// What can be taken.
        #[derive(Subcommand)]
        pub(super) enum Ingest {
            $($(#[$about])* $name(Take<$source>),)*
        }

        /// `noaber ingest …`; 0 when something was taken or nothing had to be, 1 when nothing could be taken.
        pub(super) async fn run(config: &Config, what: Ingest, language: Language) -> anyhow::Result<ExitCode> {
            match what {
                $(Ingest::$name(take) => take.run(config, language).await,)*
            }
        }
    };
}

sources! {
    /// Activities with their days and times: the columns of the template (CSV or XLSX; see `noaber template activities`), a
    /// calendar (iCalendar, with `--place`), or services of HSDS 3 (JSON)
    Activities: activities::import::Activities,
    /// Places in the columns of the template: CSV, XLSX or GeoJSON; see `noaber template places`
    Places: places::import::Places,
    /// Documents of municipal policy and what they show: CSV or XLSX; see `noaber template policies`
    Policies: policy::import::Policies,
    /// Polling places in the columns of "Waar is mijn stemlokaal": they tell where a building stands, and of a building
    /// with the name of a meeting place that it is there
    PollingPlaces: polling_places::import::PollingPlaces,
    /// Postcodes with their outlines, in the columns of the maps of CBS (PC6 and PC4): a postcode that is asked for is where its outline is
    Postcodes: postcodes::import::Postcodes,
    /// Answers to the report's questionnaire, a row per place: kind, legal form, facilities and activities of the places that
    /// consented, and totals over at least ten places of everything else
    Survey: survey::import::Survey,
    /// Wijken, buurten and municipal borders in the columns of the Wijk- en Buurtkaart of CBS
    CbsAreas: cbs_areas::import::CbsAreas,
    /// OpenStreetMap: Overpass JSON (`[out:json]`, with `out center;`) or .osm.pbf, told apart by content
    ///
    /// What it says stays a layer of its own under the ODbL; `noaber export places --without openstreetmap` leaves it out.
    Osm: osm::import::Osm,
    /// Villages, districts and hamlets: TOP10NL, object type Plaats
    Settlements: settlements::import::Settlements,
}

/// Files of a source, and how they are taken.
#[derive(Args)]
pub(super) struct Take<S: SourceKind> {
    #[arg(required = true, value_name = "FILE", help = S::FILES)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    own: S::Options,
    #[command(flatten)]
    options: Options,
}

/// How it is taken, whatever it is.
#[derive(Args)]
// A group of arguments is called by its type, and the options of a source may be called so too.
#[group(skip)]
pub(super) struct Options {
    /// Show what would change, and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Take nothing where a cell or row has to be refused
    #[arg(long)]
    strict: bool,
    /// Write all findings to a file: .csv, .json, or else text
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Replace the file of the report, whatever is in it
    #[arg(long)]
    overwrite: bool,
}

impl<S: SourceKind> Take<S> {
    async fn run(&self, config: &Config, language: Language) -> anyhow::Result<ExitCode> {
        let Self { files, own, options } = self;
        let now = Utc::now().trunc_subsecs(0);
        // Before the database is touched: a wrong name is the commonest mistake.
        if let Some(path) = files.iter().find(|path| !path.is_file()) {
            let what = match path.try_exists() {
                Ok(true) if path.is_dir() => say(language, "is een map, geen bestand", "is a folder, not a file"),
                // Read twice, and from any place in it.
                Ok(true) => say(
                    language,
                    "is geen gewoon bestand; schrijf eerst naar een bestand wat eruit komt",
                    "is not an ordinary file; write what comes from it to a file first",
                ),
                _ => say(language, "is er niet", "is not there"),
            };
            bail!("{} {what}", path.display());
        }
        if let Some(path) = &options.report {
            // What is found must not get lost after it was stored.
            output::may_be_report(path, files, options.overwrite, language)?;
        }
        tongue::ensure_there(config, language)?;
        let (store, edition, facts) = app::prepare_with_facts(config).await?;
        let files: Vec<SourceFile> = files.iter().map(|path| SourceFile::at(path)).collect();
        let context = Context { facts: &facts, edition: &edition, now, progress: &watch };
        let read = S::read(&files, own, &context).await;
        let import = read.map_err(|cause| anyhow!("{}", cause.message(language)))?;
        // In one edition with what the files say: without a point a place is on no map.
        let import = |books: &Books, edition: &Edition| located(import.apply(books, edition, now), now);
        let (outcome, number) = take(&store, edition, facts, &note::<S>(&files), options, import).await?;
        store.close().await;

        let mut text = summary::told(&outcome, language);
        let report = outcome.report.to_text(language, SHOWN);
        if !report.is_empty() {
            text.push('\n');
            text.push_str(&report);
        }
        text.push('\n');
        text.push_str(&ending(&outcome, number, &config.database_place(), options, language));
        tell(&text)?;
        if let Some(path) = &options.report {
            write_report(path, &outcome.report, language)?;
        }
        Ok(if outcome.took_something() && !stopped(&outcome, options) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Gives places without a location the one that is known, be it that of their village.
fn located(mut outcome: Outcome, now: DateTime<Utc>) -> Outcome {
    if let Some(applied) = geocode::locate(&outcome.books, now) {
        outcome.books = applied.books;
        outcome.located = applied.located.into_iter().map(|(key, _)| key).collect();
        outcome.unlocated = applied.not_found;
    }
    outcome
}

/// Why the edition is made. The name of a file can name a person.
fn note<S: SourceKind>(files: &[SourceFile]) -> String {
    let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
    match S::KEEPS_NAMES {
        true => format!("ingest {} {}", S::NAME, redacted(&names.join(", "))),
        false => format!("ingest {}", S::NAME),
    }
}

/// Shows how far the reading of a file is; what it shows is taken away when the file has been read.
fn watch(name: &str) -> Watch {
    let progress = Shown(Progress::new(name.to_owned(), Unit::Bytes));
    Arc::new(move |done, all| progress.0.at(done, all))
}

struct Shown(Progress);

impl Drop for Shown {
    fn drop(&mut self) {
        self.0.clear();
    }
}

/// `--strict` stops at anything that has to be refused.
fn stopped(outcome: &Outcome, options: &Options) -> bool {
    options.strict && outcome.report.count(Severity::Refused) > 0
}

/// Takes an import into the books as they are by now; `edition` is that of the books as they were read last, of which `facts`
/// are. What is to change is found out while others may write; where one did, it is found out anew.
async fn take(
    store: &Store,
    mut edition: Edition,
    facts: Facts,
    note: &str,
    options: &Options,
    import: impl Fn(&Books, &Edition) -> Outcome,
) -> anyhow::Result<(Outcome, Option<i32>)> {
    let mut facts = Some(facts);
    for attempt in 1.. {
        let snapshot = store.snapshot(&edition.id, facts.take()).await?;
        // Another writer may have come between.
        if !snapshot.is_of_known {
            edition = Edition::build(snapshot.books.facts.clone())?;
        }
        let mut outcome = outcome::import(&snapshot.books, &edition, &import)?;
        if options.dry_run || stopped(&outcome, options) || outcome.books == snapshot.books {
            return Ok((outcome, None));
        }
        match write(store, snapshot, note, &mut outcome).await {
            Ok(Written::Done(number)) => return Ok((outcome, number)),
            Ok(Written::Overtaken) if attempt < ATTEMPTS => {}
            Err(StoreError::Raced(_)) if attempt < ATTEMPTS => {}
            Ok(Written::Overtaken) => return Err(StoreError::Busy.into()),
            Err(cause) => return Err(cause.into()),
        }
    }
    unreachable!("the last attempt returns")
}

/// What became of an import that was to be written.
enum Written {
    /// It was; the number of the edition, where what is served changed.
    Done(Option<i32>),
    /// Somebody else changed the books since they were read.
    Overtaken,
}

async fn write(store: &Store, snapshot: Snapshot, note: &str, outcome: &mut Outcome) -> Result<Written, StoreError> {
    // Nobody asks it again: where somebody was faster all is found out anew.
    let journal = Journal { uttered: std::mem::take(&mut outcome.uttered), ..Journal::default() };
    match store.revision_of(snapshot).await? {
        None => Ok(Written::Overtaken),
        Some(revision) => {
            Ok(Written::Done(revision.record_with(note, &outcome.books, &outcome.edition, journal).await?))
        }
    }
}

fn ending(outcome: &Outcome, number: Option<i32>, database: &str, options: &Options, language: Language) -> String {
    let nl = language == Language::Nl;
    let id = &outcome.edition;
    match number {
        _ if stopped(outcome, options) && nl => {
            "Niets opgeslagen: met --strict mag er niets geweigerd zijn.\n".to_owned()
        }
        _ if stopped(outcome, options) => "Nothing was stored: with --strict nothing may be refused.\n".to_owned(),
        _ if options.dry_run && nl => "Proef: niets opgeslagen.\n".to_owned(),
        _ if options.dry_run => "A trial: nothing was stored.\n".to_owned(),
        Some(number) if nl => format!("Opgeslagen als editie {id} (nummer {number}) in {database}.\n"),
        Some(number) => format!("Stored as edition {id} (number {number}) in {database}.\n"),
        None if nl => "Er is niets veranderd; de editie blijft dezelfde.\n".to_owned(),
        None => "Nothing changed; the edition stays the same.\n".to_owned(),
    }
}

fn write_report(path: &Path, report: &Report, language: Language) -> anyhow::Result<()> {
    let bytes = match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => report.to_csv(language)?,
        Some("json") => report.to_json()?,
        _ => report.to_text(language, usize::MAX).into_bytes(),
    };
    fs::write(path, bytes).with_context(|| unwritable(path, language))
}
