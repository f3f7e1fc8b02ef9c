//! The command that takes back what an edition said, or a source.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, anyhow, bail};
use chrono::{DateTime, SubsecRound, Utc};
use clap::Args;

use super::{
    tell,
    tongue::{self, unwritable},
};
use crate::{
    app,
    claims::revert::{self, NotRevertible, Reverted},
    config::Config,
    edition::{Edition, EditionError},
    geocode,
    ingest::reverted,
    model::{
        Books, Facts, Language, excerpt,
        journal::{Journal, RevisionRecord},
    },
    store::{Revision, Store, StoreError},
};

/// So many places of each list are shown on a terminal; `--report` writes them all.
const SHOWN: usize = 50;

/// How often to begin anew when another writer was faster.
const ATTEMPTS: u32 = 5;

/// What is to be taken back, and how.
#[derive(Args)]
pub(super) struct Revert {
    /// The edition, as `noaber editions` lists it, or the source, as `sources` of a place names it
    #[arg(value_name = "EDITION|SOURCE")]
    what: String,
    /// Show what would change, and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Write all that changes to a text file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// What was asked to be taken back.
enum Target {
    /// What a revision said, which made the edition of that number; what it changed of areas is told by the facts before and
    /// after it, where there are any before.
    Edition { revision: RevisionRecord, note: Option<String>, around: Option<Box<(Facts, Facts)>> },
    /// What a source says.
    Source(String),
}

/// Why nothing was taken back.
enum Failure {
    Store(StoreError),
    Edition(EditionError),
    /// It cannot be.
    Refused(NotRevertible),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<EditionError> for Failure {
    fn from(error: EditionError) -> Self {
        Self::Edition(error)
    }
}

/// `noaber revert …`
pub(super) async fn run(config: &Config, what: Revert, language: Language) -> anyhow::Result<ExitCode> {
    let now = Utc::now().trunc_subsecs(0);
    if let Some(path) = &what.report {
        fs::File::create(path).with_context(|| unwritable(path, language))?;
    }
    tongue::ensure_there(config, language)?;
    let (store, _) = app::prepare_existing(config).await?;
    let target = target(&store, &what.what, language).await?;
    let mut attempt = 1;
    let (done, before, number) = loop {
        match take_back(&store, &what, &target, now).await {
            Err(Failure::Store(StoreError::Raced(_))) if attempt < ATTEMPTS => attempt += 1,
            Err(Failure::Store(error)) => return Err(error.into()),
            Err(Failure::Edition(error)) => return Err(undone(&error, language)),
            Err(Failure::Refused(why)) => return Err(refused(&store, &what.what, &why, language).await?),
            Ok(done) => break done,
        }
    };
    store.close().await;
    let (reverted, id) = done;
    let mut text = heading(&what.what, &target, language);
    text.push_str(&reverted::told(&reverted, &before, language, SHOWN));
    text.push_str(&ending(&reverted, &before, number, &id, &config.database_place(), &what, language));
    tell(&text)?;
    if let Some(path) = &what.report {
        let all = reverted::told(&reverted, &before, language, usize::MAX);
        fs::write(path, heading(&what.what, &target, language) + &all).with_context(|| unwritable(path, language))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What is meant: an edition of that id, else a source.
async fn target(store: &Store, what: &str, language: Language) -> anyhow::Result<Target> {
    let revision = store.revision().await?;
    let editions = revision.editions_called(what).await?;
    let revisions = revision.revisions().await?;
    let known = revision.books.facts.sources.iter().any(|source| source.id == what);
    let of_edition =
        revisions.iter().rev().find(|known| known.edition.is_some_and(|number| editions.contains(&number)));
    let note = match of_edition.and_then(|found| found.edition) {
        Some(number) => revision.note_of(number).await?,
        None => None,
    };
    drop(revision);
    let nl = language == Language::Nl;
    match of_edition {
        Some(found) => {
            let number = found.edition.unwrap_or_default();
            let (before, after) = (store.facts_numbered(number - 1).await?, store.facts_numbered(number).await?);
            Ok(Target::Edition { revision: found.clone(), note, around: before.zip(after).map(Box::new) })
        }
        None if !editions.is_empty() && nl => bail!(
            "van editie {what} is niet bijgehouden wat ze zei: ze is van een eerdere versie van noaber of van het begin, of ze kwam van een verwijderde plek; \
             `noaber revert BRON` neemt terug wat een bron zegt"
        ),
        None if !editions.is_empty() => bail!(
            "what edition {what} said was not written down: it is of an earlier release of noaber or of the start, or a place was withdrawn by it; \
             `noaber revert SOURCE` takes back what a source says"
        ),
        None if known => Ok(Target::Source(what.to_owned())),
        None if nl => bail!(
            "er is geen editie en geen bron “{}”; `noaber editions` noemt de edities, en `sources` van een plek haar bronnen",
            excerpt(what)
        ),
        None => bail!(
            "there is neither an edition nor a source `{}`; `noaber editions` lists the editions, and `sources` of a place its sources",
            excerpt(what)
        ),
    }
}

/// What was taken back with the edition that it makes, the books before, and the number of the edition where it was stored.
type Done = ((Reverted, String), Books, Option<i32>);

async fn take_back(store: &Store, what: &Revert, target: &Target, now: DateTime<Utc>) -> Result<Done, Failure> {
    let revision = store.revision().await?;
    let mut reverted = match target {
        Target::Edition { revision: of, around, .. } => of_edition(&revision, of, around.as_deref(), now).await?,
        Target::Source(id) => of_source(&revision, id, now).await?,
    };
    if let Some(located) = geocode::locate(&reverted.books, now) {
        reverted.books = located.books;
    }
    let before = revision.books.clone();
    let id = Edition::id_where_sound(reverted.books.facts.clone())?;
    if what.dry_run || reverted.books == before {
        return Ok(((reverted, id), before, None));
    }
    let (note, reverts) = match target {
        Target::Edition { revision, note, .. } => {
            let note = note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            (format!("revert {}{note}", what.what), Some(revision.number))
        }
        Target::Source(id) => (format!("revert {id}"), None),
    };
    let journal = Journal { reverts, settled: reverted.settled.clone(), ..Journal::default() };
    let number = revision.record_with(&note, &reverted.books, &id, journal).await?;
    Ok(((reverted, id), before, number))
}

async fn of_edition(
    revision: &Revision,
    of: &RevisionRecord,
    around: Option<&(Facts, Facts)>,
    now: DateTime<Utc>,
) -> Result<Reverted, Failure> {
    let revisions = revision.revisions().await?;
    let concerned = revert::concerned(&revisions, of.number).map_err(Failure::Refused)?;
    let changes = revision.changes_beside(&concerned).await?;
    let mut reverted =
        revert::revision(&revision.books, &revisions, &changes, of.number, now).map_err(Failure::Refused)?;
    if let Some((before, after)) = around {
        let mut facts = reverted.books.facts.clone();
        revert::areas(&mut facts, before, after);
        reverted.books.facts = facts.in_order();
    }
    Ok(reverted)
}

async fn of_source(revision: &Revision, id: &str, now: DateTime<Utc>) -> Result<Reverted, Failure> {
    let revisions = revision.revisions().await?;
    let changes = revision.changes_of_municipalities(id).await?;
    revert::source(&revision.books, &revisions, &changes, id, now).map_err(Failure::Refused)
}

/// That the books without it would be no edition.
fn undone(error: &EditionError, language: Language) -> anyhow::Error {
    match language {
        Language::Nl => anyhow!("dit is niet terug te nemen, omdat latere gegevens erop rusten: {error}"),
        Language::En => anyhow!("this cannot be taken back, because later data rests on it: {error}"),
    }
}

async fn refused(
    store: &Store,
    what: &str,
    why: &NotRevertible,
    language: Language,
) -> Result<anyhow::Error, StoreError> {
    let nl = language == Language::Nl;
    Ok(match why {
        NotRevertible::Already(by) => {
            let revision = store.revision().await?;
            let by = revision.revisions().await?.into_iter().find(|known| known.number == *by);
            drop(revision);
            let number = by.and_then(|by| by.edition);
            let editions = store.all_editions().await?;
            let by = editions.iter().find(|known| Some(known.number) == number).map_or("?", |known| known.id.as_str());
            if nl {
                anyhow!("editie {what} is al teruggenomen, in editie {by}; `noaber revert {by}` zet haar terug")
            } else {
                anyhow!("edition {what} was taken back already, in edition {by}; `noaber revert {by}` puts it back")
            }
        }
        NotRevertible::Pruned(since) => {
            let day = language.date(since.date_naive());
            match nl {
                true => anyhow!(
                    "wat editie {what} zei is sinds {day} niet meer bewaard (--keep-editions); `noaber revert BRON` neemt terug wat een bron zegt"
                ),
                false => anyhow!(
                    "what edition {what} said is no longer kept since {day} (--keep-editions); `noaber revert SOURCE` takes back what a source says"
                ),
            }
        }
        NotRevertible::NoClaims if nl => anyhow!(
            "bron “{what}” hoort bij de gegevens waarmee noaber begon of bij een kaart van gebieden; wat zij zegt is niet per bron terug te nemen"
        ),
        NotRevertible::NoClaims => anyhow!(
            "source `{what}` belongs to the data that noaber began with or to a map of areas; what it says cannot be taken back by source"
        ),
    })
}

fn heading(what: &str, target: &Target, language: Language) -> String {
    let nl = language == Language::Nl;
    match target {
        Target::Edition { note, .. } => {
            let note = note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            if nl {
                format!("Terug te nemen: editie {what}{note}.\n")
            } else {
                format!("To take back: edition {what}{note}.\n")
            }
        }
        Target::Source(id) if nl => format!("Terug te nemen: alles wat bron {id} zegt.\n"),
        Target::Source(id) => format!("To take back: all that source {id} says.\n"),
    }
}

fn ending(
    reverted: &Reverted,
    before: &Books,
    number: Option<i32>,
    id: &str,
    database: &str,
    what: &Revert,
    language: Language,
) -> String {
    let nl = language == Language::Nl;
    match number {
        _ if what.dry_run && nl => "Proef: niets opgeslagen.\n".to_owned(),
        _ if what.dry_run => "A trial: nothing was stored.\n".to_owned(),
        Some(number) if nl => format!(
            "Opgeslagen als editie {id} (nummer {number}) in {database}. `noaber revert {id}` maakt dit ongedaan.\n"
        ),
        Some(number) => {
            format!("Stored as edition {id} (number {number}) in {database}. `noaber revert {id}` undoes this.\n")
        }
        None if reverted.books.ledger != before.ledger && nl => {
            "Teruggenomen; er werd niets van getoond, dus de editie blijft dezelfde.\n".to_owned()
        }
        None if reverted.books.ledger != before.ledger => {
            "Taken back; none of it was shown, so the edition stays the same.\n".to_owned()
        }
        None if nl => "Er is niets terug te nemen; de editie blijft dezelfde.\n".to_owned(),
        None => "There is nothing to take back; the edition stays the same.\n".to_owned(),
    }
}
