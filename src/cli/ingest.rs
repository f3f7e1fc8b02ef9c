//! The command with which data comes in.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, bail};
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use clap::{Args, Subcommand, ValueEnum};

use super::{
    progress::{Progress, Unit},
    tell,
};
use crate::{
    app,
    config::Config,
    edition::{Edition, EditionError},
    findings::{Report, Severity, redacted},
    ingest::{
        batch::Batch,
        cbs_areas::source::Areas,
        osm,
        outcome::Outcome,
        places::{
            self,
            column::Lexicon,
            source::{File, Said},
            workbook,
        },
        policy::{self, PolicyWords},
        polling_places,
        progress::Watch,
        settlements::source::Plaatsen,
        summary,
        survey::source::Questionnaire,
        tabular::{error::TableError, file},
    },
    model::{Authority, Books, Language},
    store::{Store, StoreError},
};

/// So many findings are shown on a terminal; `--report` writes them all.
const SHOWN: usize = 40;

/// How often to begin anew when another import was faster.
const ATTEMPTS: u32 = 5;

/// What can be taken.
#[derive(Subcommand)]
pub(super) enum Ingest {
    /// Places in the columns of the template: CSV, XLSX or GeoJSON; see `noaber template places`
    Places {
        /// The files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        said: SaidArgs,
        #[command(flatten)]
        options: Options,
    },
    /// Documents of municipal policy and what they show: CSV or XLSX; see `noaber template policies`
    Policies {
        /// The files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        said: SaidArgs,
        #[command(flatten)]
        options: Options,
    },
    /// Polling places in the columns of "Waar is mijn stemlokaal": they tell where a building stands, and of a building
    /// with the name of a meeting place that it is there
    PollingPlaces {
        /// The files, CSV or XLSX
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The day of the election, where the file does not tell
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
        date: Option<NaiveDate>,
        /// Where the list can be read
        #[arg(long, value_name = "URL", value_parser = web_address)]
        url: Option<String>,
        #[command(flatten)]
        options: Options,
    },
    /// Answers to the report's questionnaire, a row per place: kind, legal form, facilities and activities of the places that
    /// consented, and totals over at least ten places of everything else
    Survey {
        /// The files, CSV or XLSX; together they are the whole of the questionnaire
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The day on which it was filled in, where the files do not tell [default: the year of the report's interviews]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
        date: Option<NaiveDate>,
        /// Take rows that say that they are made up; for trials, on a database of its own
        #[arg(long)]
        synthetic: bool,
        #[command(flatten)]
        options: Options,
    },
    /// Wijken, buurten and municipal borders in the columns of the Wijk- en Buurtkaart of CBS
    CbsAreas {
        /// The files, GeoPackage or GeoJSON
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The day of the map, where the file does not tell its year
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
        date: Option<NaiveDate>,
        #[command(flatten)]
        options: Options,
    },
    /// OpenStreetMap: Overpass JSON (`[out:json]`, with `out center;`) or .osm.pbf, told apart by content
    ///
    /// What it says stays a layer of its own under the ODbL; `noaber export places --without openstreetmap` leaves it out.
    Osm {
        /// The files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The day of the map, where the file does not tell [default: today]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
        date: Option<NaiveDate>,
        #[command(flatten)]
        options: Options,
    },
    /// Villages, districts and hamlets: TOP10NL, object type Plaats
    Settlements {
        /// The files, GML, GeoPackage or GeoJSON
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The day on which the inhabitants were counted; no file tells it, and without it that day is not known
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
        date: Option<NaiveDate>,
        #[command(flatten)]
        options: Options,
    },
}

impl Ingest {
    /// What it is called, its files and how it is taken.
    fn common(&self) -> (&'static str, &[PathBuf], &Options) {
        match self {
            Self::Places { files, options, .. } => ("places", files, options),
            Self::Policies { files, options, .. } => ("policies", files, options),
            Self::PollingPlaces { files, options, .. } => ("polling-places", files, options),
            Self::Survey { files, options, .. } => ("survey", files, options),
            Self::Osm { files, options, .. } => ("osm", files, options),
            Self::CbsAreas { files, options, .. } => ("cbs-areas", files, options),
            Self::Settlements { files, options, .. } => ("settlements", files, options),
        }
    }
}

/// Who says it.
#[derive(Args)]
pub(super) struct SaidArgs {
    /// Whose word it is: the municipality's wins over an organisation's, that over the web's
    #[arg(long, value_enum, default_value_t = By::Municipality)]
    by: By,
    /// The name of the source as it is shown [default: "Opgave van de gemeente …"]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Where the source can be read
    #[arg(long, value_name = "URL", value_parser = web_address)]
    url: Option<String>,
    /// The licence of what is said, as an SPDX identifier; the template says that it is published under this one
    #[arg(long, value_name = "SPDX", default_value = "CC0-1.0", value_parser = spdx)]
    licence: String,
    /// The day on which it was said, where the file does not tell [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
    date: Option<NaiveDate>,
}

impl SaidArgs {
    fn read(&self) -> Said {
        Said {
            by: match self.by {
                By::Municipality => Authority::Municipality,
                By::Organisation => Authority::Organisation,
                By::Web => Authority::Web,
            },
            title: self.title.clone(),
            url: self.url.clone(),
            licence: Some(self.licence.clone()),
            on: self.date,
        }
    }
}

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// The municipality; a place it does not name is listed
    Municipality,
    /// A place's own organisation, or a welfare organisation
    Organisation,
    /// Somebody who compiled it from public pages
    Web,
}

/// How it is taken, whatever it is.
#[derive(Args)]
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
    /// The language of the report
    #[arg(long, value_enum, default_value_t = Tongue::Nl)]
    language: Tongue,
}

/// The language of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tongue {
    /// Dutch
    Nl,
    /// English
    En,
}

fn web_address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_address = rest.is_some_and(|rest| !rest.is_empty() && !text.contains(char::is_whitespace));
    if is_address { Ok(text.to_owned()) } else { Err("expected an address such as https://www.dalfsen.nl".to_owned()) }
}

fn spdx(text: &str) -> Result<String, String> {
    let is_identifier = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    if is_identifier {
        Ok(text.to_owned())
    } else {
        Err("expected an SPDX identifier such as CC0-1.0 or CC-BY-4.0".to_owned())
    }
}

/// A day that has been: a statement of the future could never be corrected.
fn past_day(text: &str) -> Result<NaiveDate, String> {
    match text.parse::<NaiveDate>() {
        Ok(day) if day <= Utc::now().date_naive() => Ok(day),
        Ok(_) => Err("this day is yet to come".to_owned()),
        Err(_) => Err("expected a day such as 2026-03-15".to_owned()),
    }
}

/// `noaber ingest …`; 0 when something was taken or nothing had to be, 1 when nothing could be taken.
pub(super) async fn run(config: &Config, what: Ingest) -> anyhow::Result<ExitCode> {
    let now = Utc::now().trunc_subsecs(0);
    let (name, files, options) = what.common();
    let language = if options.language == Tongue::Nl { Language::Nl } else { Language::En };
    // Before the database is touched: a wrong name is the commonest mistake.
    if let Some(path) = files.iter().find(|path| !path.is_file()) {
        let what = if path.is_dir() { "is a folder, not a file" } else { "is not there" };
        bail!("{} {what}", path.display());
    }
    if let Some(path) = &options.report {
        // What is found must not get lost after it was stored.
        fs::File::create(path).with_context(|| format!("cannot write to {}", path.display()))?;
    }
    let (store, _, _) = app::prepare(config).await?;
    let read = read(&what, &store, language, now).await?;
    let names: Vec<Arc<str>> = files.iter().map(|path| file_name(path)).collect();
    // The name of a file can name a person; of answers to a questionnaire it is not kept at all.
    let note = match &what {
        Ingest::Survey { .. } => format!("ingest {name}"),
        _ => format!("ingest {name} {}", redacted(&names.join(", "))),
    };
    let (outcome, number) = take(&store, &note, options, read).await?;
    store.close().await;

    let mut text = summary::told(&outcome, language);
    let report = outcome.report.to_text(language, SHOWN);
    if !report.is_empty() {
        text.push('\n');
        text.push_str(&report);
    }
    text.push('\n');
    text.push_str(&ending(&outcome, number, options, language));
    tell(&text)?;
    if let Some(path) = &options.report {
        write_report(path, &outcome.report, language)?;
    }
    Ok(if outcome.took_something() && !stopped(&outcome, options) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is to be done to the books, as they are when the import is written.
type Import = Box<dyn Fn(&Books) -> Result<Outcome, EditionError> + Send>;

/// Reads the files once, and gives what is to be done with what stood in them.
async fn read(what: &Ingest, store: &Store, language: Language, now: DateTime<Utc>) -> anyhow::Result<Import> {
    let facts = store.load().await?;
    let lexicon = Lexicon::new(&facts, now.date_naive());
    let unreadable = |name: &str, cause: TableError| anyhow::anyhow!("{name}: {}", cause.message(language));
    match what {
        Ingest::Places { files, said, .. } => {
            let said = said.read();
            let mut read = Vec::new();
            for path in files {
                let name = file_name(path);
                let workbook = workbook::read(path, &lexicon).map_err(|cause| unreadable(&name, cause))?;
                read.push(File { name, workbook });
            }
            Ok(Box::new(move |books| places::source::batch(books, &read, &said, now).take(books, now)))
        }
        Ingest::Policies { files, said, .. } => {
            let (said, words) = (said.read(), PolicyWords::new(&store.load().await?, now.date_naive()));
            let mut read = Vec::new();
            for path in files {
                let name = file_name(path);
                read.push(policy::source::read(path, &name, &words).map_err(|cause| unreadable(&name, cause))?);
            }
            Ok(Box::new(move |books| policy::source::import(books, &read, &said, &words, now)))
        }
        Ingest::PollingPlaces { files, date, url, .. } => {
            let mut batch = Batch::default();
            for path in files {
                let name = file_name(path);
                let tables = file::read(path).map_err(|cause| unreadable(&name, cause))?;
                let added = polling_places::source::add(
                    &mut batch,
                    &name,
                    &tables,
                    &lexicon,
                    *date,
                    url.as_deref(),
                    now.date_naive(),
                );
                if added.is_err() {
                    bail!(match language {
                        Language::Nl => format!(
                            "{name} zegt niet van welke verkiezingsdag het is; geef die met --date, zoals --date 2022-03-16"
                        ),
                        Language::En => format!(
                            "{name} does not tell the day of the election; give it with --date, such as --date 2022-03-16"
                        ),
                    });
                }
            }
            Ok(Box::new(move |books| batch.take(books, now)))
        }
        Ingest::Survey { files, date, synthetic, .. } => {
            let mut questionnaire = Questionnaire::new(&facts.survey, *date);
            for path in files {
                let name = file_name(path);
                let tables = file::read(path).map_err(|cause| unreadable(&name, cause))?;
                questionnaire.add(&name, &tables, &lexicon);
            }
            match (questionnaire.is_synthetic(), synthetic, language) {
                (Some(true), false, Language::Nl) => bail!(
                    "deze antwoorden zijn synthetisch en horen niet tussen echte plekken; geef --synthetic voor een proef op een database die alleen daarvoor is"
                ),
                (Some(true), false, Language::En) => bail!(
                    "these answers are synthetic and do not belong among real places; give --synthetic for a trial on a database of its own"
                ),
                (Some(false), true, Language::Nl) => bail!(
                    "--synthetic is voor antwoorden waarvan elke rij zegt dat ze synthetisch is, en deze zeggen dat niet; laat de optie weg"
                ),
                (Some(false), true, Language::En) => bail!(
                    "--synthetic is for answers of which each row says that it is synthetic, and these do not; leave the option out"
                ),
                _ => {}
            }
            Ok(Box::new(move |books| questionnaire.take(books, now)))
        }
        Ingest::Osm { files, date, .. } => {
            let edition = Edition::build(facts)?;
            let mut batch = Batch::default();
            for path in files {
                let name = file_name(path);
                let extract = osm::source::read(path, &watch(&name))
                    .map_err(|cause| anyhow::anyhow!("{name}: {}", cause.message(language)))?;
                osm::source::add(&mut batch, &name, &extract, &edition, *date, now.date_naive());
            }
            Ok(Box::new(move |books| batch.take(books, now)))
        }
        Ingest::CbsAreas { files, date, .. } => {
            let mut areas = Areas::of(facts.municipalities.iter().map(|known| &known.code));
            for path in files {
                let name = file_name(path);
                let read = areas.read(path, &name, &watch(&name)).await;
                read.map_err(|cause| anyhow::anyhow!("{name}: {}", cause.message(language)))?;
            }
            if areas.is_empty() {
                bail!("the files hold no wijk, buurt or municipality of Overijssel in the columns of CBS");
            }
            if date.is_none() && areas.needs_a_date() {
                bail!(match language {
                    Language::Nl =>
                        "de bestanden zeggen niet van welk jaar de kaart is; geef de dag met --date, zoals --date 2024-01-01",
                    Language::En =>
                        "the files do not tell the year of the map; give its day with --date, such as --date 2024-01-01",
                });
            }
            let date = *date;
            Ok(Box::new(move |books| areas.into_books(books, date)))
        }
        Ingest::Settlements { files, date, .. } => {
            let mut plaatsen = Plaatsen::of(&facts);
            for path in files {
                let name = file_name(path);
                let read = plaatsen.read(path, &name, &watch(&name)).await;
                read.map_err(|cause| anyhow::anyhow!("{name}: {}", cause.message(language)))?;
            }
            if plaatsen.is_empty() {
                bail!("the files hold no settlement of Overijssel in the columns of TOP10NL");
            }
            if date.is_none() && plaatsen.needs_a_date() {
                bail!(match language {
                    Language::Nl =>
                        "de bestanden zeggen niet van welke dag ze zijn; geef de dag van de telling met --date, zoals --date 2025-07-01",
                    Language::En =>
                        "the files do not tell of which day they are; give the day of the count with --date, such as --date 2025-07-01",
                });
            }
            let date = *date;
            Ok(Box::new(move |books| plaatsen.into_books(books, date)))
        }
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

async fn take(store: &Store, note: &str, options: &Options, import: Import) -> anyhow::Result<(Outcome, Option<i32>)> {
    let mut attempt = 1;
    loop {
        let mut taken = None;
        let number = store.revise(note, |books| match taken.insert(import(books)) {
            Ok(outcome) if !options.dry_run && !stopped(outcome, options) && outcome.books != *books => {
                Some((outcome.books.clone(), outcome.edition.clone()))
            }
            _ => None,
        });
        match (number.await, taken) {
            (Ok(number), Some(outcome)) => return Ok((outcome?, number)),
            (Err(StoreError::Raced(_)), _) if attempt < ATTEMPTS => attempt += 1,
            (Err(cause), _) => return Err(cause.into()),
            (Ok(_), None) => bail!("the import was not asked for"),
        }
    }
}

fn ending(outcome: &Outcome, number: Option<i32>, options: &Options, language: Language) -> String {
    let nl = language == Language::Nl;
    let id = &outcome.edition;
    match number {
        _ if stopped(outcome, options) && nl => {
            "Niets opgeslagen: met --strict mag er niets geweigerd zijn.\n".to_owned()
        }
        _ if stopped(outcome, options) => "Nothing was stored: with --strict nothing may be refused.\n".to_owned(),
        _ if options.dry_run && nl => "Proef: niets opgeslagen.\n".to_owned(),
        _ if options.dry_run => "A trial: nothing was stored.\n".to_owned(),
        Some(number) if nl => format!("Opgeslagen als editie {id} (nummer {number}).\n"),
        Some(number) => format!("Stored as edition {id} (number {number}).\n"),
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
    fs::write(path, bytes).with_context(|| format!("cannot write to {}", path.display()))
}

fn file_name(path: &Path) -> Arc<str> {
    path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into()
}
