//! The commands on published editions: list them, write one out, take a place out of all of them.

use std::{fmt::Write as _, process::ExitCode};

use anyhow::{Context as _, bail, ensure};
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand, ValueEnum};
use roaring::RoaringBitmap;
use serde_json::json;

use super::{
    output::Output,
    tell, tell_error,
    tongue::{self, say},
};
use crate::{
    config::Config,
    edition::{NodeId, PlaceFilter},
    findings::{Rule, personal_data},
    http::export::{in_order, write_csv, write_geojson},
    ingest::tabular::cell,
    library::{self, LibraryError},
    model::{Language, excerpt},
    store::{EditionRecord, Keep, Pruning, Store, StoreError, Tables, Withdrawn},
};

/// How an edition is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// All facts, with what is told of the edition
    Json,
    /// The places that are not closed, as `/places.geojson` has them
    Geojson,
    /// The places that are not closed, as `/places.csv` has them
    Csv,
}

/// What is to be done with editions.
#[derive(Args)]
pub(super) struct Editions {
    #[command(subcommand)]
    what: Option<What>,
    /// Also those that are no longer kept
    #[arg(long)]
    all: bool,
}

#[derive(Subcommand)]
enum What {
    /// Keep an edition whatever its age, because somebody cites it
    Keep {
        /// Its id, as `noaber editions` lists it
        id: String,
        /// Why, in a sentence without personal data
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Keep an edition no longer than --keep-editions has it
    Release {
        /// Its id, as `noaber editions` lists it
        id: String,
    },
    /// Let go now of what --keep-editions does not keep, as a running service does by itself
    Prune {
        /// Show what would go, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// `noaber editions …`
pub(super) async fn run(config: &Config, asked: Editions, language: Language) -> anyhow::Result<()> {
    match asked.what {
        None => list(config, asked.all, language).await,
        Some(What::Keep { id, reason }) => {
            let reason = kept_reason(&reason, language)?;
            mark(config, &id, Some(&reason), language).await
        }
        Some(What::Release { id }) => mark(config, &id, None, language).await,
        Some(What::Prune { dry_run }) => prune(config, dry_run, language).await,
    }
}

async fn mark(config: &Config, id: &str, reason: Option<&str>, language: Language) -> anyhow::Result<()> {
    let store = open_to_change(config, language).await?;
    let marked = store.keep_edition(id, reason).await.with_context(|| config.database_named());
    store.close().await;
    if !marked? {
        bail!(none(config, id, language))
    }
    tell(&match reason {
        Some(_) => say(
            language,
            format!("editie {id} blijft bewaard, hoe oud ze ook wordt\n"),
            format!("edition {id} stays, however old it gets\n"),
        ),
        None => say(
            language,
            format!("editie {id} blijft zo lang als --keep-editions zegt\n"),
            format!("edition {id} stays as long as --keep-editions has it\n"),
        ),
    })
}

async fn prune(config: &Config, is_trial: bool, language: Language) -> anyhow::Result<()> {
    let keep = config.access.keep;
    ensure!(
        keep != Keep::All,
        say(
            language,
            "--keep-editions is all, dus elke editie blijft; zeg bijvoorbeeld --keep-editions 30d",
            "--keep-editions is all, so every edition stays; say for instance --keep-editions 30d",
        )
    );
    let (store, now) = (open_to_change(config, language).await?, Utc::now());
    let pruning = if is_trial { store.prunable(keep, now).await } else { store.prune(keep, now).await };
    store.close().await;
    let pruning = pruning.with_context(|| config.database_named())?;
    let mut text = String::new();
    for (number, id) in &pruning.editions {
        // Writing into a String does not fail.
        let _ = writeln!(text, "{number:>6}  {id}");
    }
    text.push_str(&what_goes(&pruning, language));
    text.push_str(match is_trial {
        true => say(language, "; proef: er is niets veranderd\n", "; a trial: nothing was changed\n"),
        false => say(language, "\n", "\n"),
    });
    tell(&text)
}

/// How much goes.
pub(super) fn what_goes(pruning: &Pruning, language: Language) -> String {
    let (editions, imports) = (pruning.editions.len(), pruning.revisions);
    let kilobytes = language.number(usize::try_from(pruning.bytes / 1_000).unwrap_or(usize::MAX));
    say(
        language,
        format!("weg: {editions} editie(s), {kilobytes} kB; {imports} import(s) niet meer terug te nemen"),
        format!("gone: {editions} edition(s), {kilobytes} kB; {imports} import(s) that can no longer be taken back"),
    )
}

fn none(config: &Config, id: &str, language: Language) -> String {
    let (id, database) = (excerpt(id), config.database_named());
    say(
        language,
        format!("er is geen editie `{id}` in {database}; `noaber editions` noemt de edities die er zijn"),
        format!("there is no edition `{id}` in {database}; `noaber editions` lists those that can be read"),
    )
}

/// `noaber editions`
async fn list(config: &Config, is_all: bool, language: Language) -> anyhow::Result<()> {
    let store = open(config, language).await?;
    let read = async {
        // Of an earlier release, there is nothing that could go.
        let going = store.prunable(config.access.keep, Utc::now()).await?;
        Ok::<_, StoreError>((store.all_editions().await?, going))
    };
    let read = read.await.with_context(|| config.database_named());
    store.close().await;
    let (mut editions, going) = read?;
    let pruned = editions.iter().filter(|edition| edition.pruned_at.is_some()).count();
    editions.retain(|edition| is_all || edition.pruned_at.is_none());
    let goes = |number| going.editions.iter().any(|(other, _)| *other == number);
    let [number, edition, published, places, why] = say(
        language,
        ["nummer", "editie", "tijd (UTC)", "plekken", "waarom"],
        ["number", "edition", "published (UTC)", "places", "note"],
    );
    let mut text = format!("{number:>6}  {edition:<23}  {published:<16}  {places:>6}  {why}\n");
    for edition in editions {
        let EditionRecord { number, id, published_at, places, .. } = &edition;
        let published = published_at.format("%Y-%m-%d %H:%M");
        // Writing into a String does not fail.
        let _ = writeln!(
            text,
            "{}",
            format!("{number:>6}  {id:<23}  {published:<16}  {places:>6}  {}", note(&edition, goes(*number), language))
                .trim_end()
        );
    }
    if pruned > 0 && !is_all {
        let _ = writeln!(
            text,
            "{}",
            say(
                language,
                format!("en {pruned} editie(s) die niet meer bewaard worden; `noaber editions --all` noemt ze"),
                format!("and {pruned} edition(s) that are no longer kept; `noaber editions --all` lists them"),
            )
        );
    }
    tell(&text)
}

/// Why an edition was made, what was taken out of it since, and for how long it is kept.
fn note(edition: &EditionRecord, goes: bool, language: Language) -> String {
    let without = (!edition.withdrawn.is_empty()).then(|| {
        let ids: Vec<String> = edition.withdrawn.iter().map(|key| format!("place:{key}")).collect();
        format!("{} {}", say(language, "zonder", "without"), ids.join(", "))
    });
    let kept = edition.kept.as_ref().map(|why| format!("{}: {why}", say(language, "bewaard", "kept")));
    let day = |at: DateTime<Utc>| at.format("%Y-%m-%d");
    let asked = edition.asked_at.map(|at| format!("{} {}", say(language, "opgevraagd op", "asked for on"), day(at)));
    let pruned = edition
        .pruned_at
        .map(|at| format!("{} {}", say(language, "niet meer bewaard sinds", "no longer kept since"), day(at)));
    let goes = goes.then(|| say(language, "gaat weg door --keep-editions", "goes by --keep-editions").to_owned());
    [edition.note.clone(), without, kept, asked, pruned, goes].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// `noaber export edition ID`
pub(super) async fn export(
    config: &Config,
    id: &str,
    format: Format,
    output: &Output,
    language: Language,
) -> anyhow::Result<()> {
    let store = open(config, language).await?;
    let written = write(&store, id, format).await;
    store.close().await;
    let bytes = match written {
        Err(error) if matches!(error.downcast_ref(), Some(LibraryError::Unavailable(_))) => {
            bail!(none(config, id, language))
        }
        written => written?,
    };
    output.write(&bytes, language)
}

async fn write(store: &Store, id: &str, format: Format) -> anyhow::Result<Vec<u8>> {
    if format == Format::Json {
        return write_facts(store, id).await;
    }
    let edition = library::read(store, id).await?;
    let places: RoaringBitmap = edition.select(&PlaceFilter::default()).certain;
    let places = in_order(&edition, &places);
    Ok(match format {
        Format::Csv => write_csv(&edition, &places)?,
        _ => write_geojson(&edition, &places)?,
    })
}

/// Everything that is archived of an edition. The licences and attributions are its layers.
async fn write_facts(store: &Store, id: &str) -> anyhow::Result<Vec<u8>> {
    let unavailable = || LibraryError::Unavailable(excerpt(id));
    let facts = library::facts(store, id).await?;
    let record = store.editions().await?.into_iter().find(|edition| edition.id == id).ok_or_else(unavailable)?;
    let mut reasons = store.withdrawals().await?;
    reasons.retain(|withdrawal| record.withdrawn.contains(&withdrawal.place));
    let withdrawn: Vec<_> = reasons
        .into_iter()
        .map(|withdrawal| {
            json!({
                "id": NodeId::Place(withdrawal.place).to_string(),
                "reason": withdrawal.reason,
                "withdrawnAt": withdrawal.withdrawn_at,
            })
        })
        .collect();
    let mut attribution: Vec<&str> = facts.layers.iter().map(|layer| layer.attribution.as_str()).collect();
    attribution.dedup();
    let document = json!({
        "edition": record.id,
        "publishedAt": record.published_at,
        "note": record.note,
        "withdrawn": withdrawn,
        "attribution": attribution,
        "facts": facts,
    });
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// `noaber withdraw KEY --reason TEXT`
pub(super) async fn withdraw(config: &Config, key: &str, reason: &str, language: Language) -> anyhow::Result<ExitCode> {
    ensure!(
        !reason.trim().is_empty(),
        say(
            language,
            "--reason is leeg; een zin die zegt waarom, zonder persoonsgegevens, blijft bij de sleutel staan",
            "--reason is empty; a sentence on why, without personal data, stays with the key",
        )
    );
    let reason = kept_reason(reason, language)?;
    let key = key.strip_prefix("place:").unwrap_or(key);
    let store = open_to_change(config, language).await?;
    let withdrawn = library::withdraw(&store, key, &reason).await.with_context(|| config.database_named());
    store.close().await;
    let Withdrawn { editions, edition: newest, damaged, is_wiped } = withdrawn?;
    tell(&say(
        language,
        format!(
            "place:{key} is verwijderd uit {editions} editie(s); de nieuwste is {newest}\n\
             Kopieën van de database, en logbestanden en reservekopieën van PostgreSQL, moet u zelf opschonen.\n"
        ),
        format!(
            "place:{key} is withdrawn from {editions} edition(s); the newest is {newest}\n\
             Copies of the database file, and write-ahead logs and backups of PostgreSQL, are yours to clean.\n"
        ),
    ))?;
    if !damaged.is_empty() {
        let damaged = damaged.join(", ");
        tell_error(&say(
            language,
            format!("deze edities zijn beschadigd en gebleven zoals ze zijn, misschien met de plek erin: {damaged}"),
            format!("these editions are damaged and were left as they are, perhaps with the place in them: {damaged}"),
        ));
    }
    if !is_wiped {
        tell_error(say(
            language,
            "wat verwijderd is, staat nog in het bestand; maak ruimte op de schijf en geef het commando nog eens, of start de dienst",
            "what was withdrawn is still in the file; make room on its disk and give the command again, or start the service",
        ));
    }
    Ok(if damaged.is_empty() && is_wiped { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `noaber publish --reason TEXT`
pub(super) async fn publish(config: &Config, reason: &str, language: Language) -> anyhow::Result<()> {
    let reason = kept_reason(reason, language)?;
    let store = open_to_change(config, language).await?;
    let before = store.newest().await.with_context(|| config.database_named())?;
    let published = library::record(&store, Some(&reason)).await.with_context(|| config.database_named());
    store.close().await;
    let id = published?.id;
    tell(&match before.is_some_and(|before| before.id == id) {
        true => say(
            language,
            format!("de tabellen zijn die van editie {id}; er is niets te publiceren\n"),
            format!("the tables are those of edition {id}; there is nothing to publish\n"),
        ),
        false => say(language, format!("editie {id} is gepubliceerd\n"), format!("edition {id} is published\n")),
    })
}

/// The reason of a withdrawal as it is kept and published, checked as a cell of a list is: what is said of a person is what should go.
fn kept_reason(reason: &str, language: Language) -> anyhow::Result<String> {
    let told = excerpt(reason.trim());
    match cell::clean(&cell::normalised(reason)) {
        Ok((clean, _)) if personal_data::names_person(&clean) => bail!(say(
            language,
            format!(
                "--reason is `{told}`, en noemt een persoon; de reden blijft bewaard en is openbaar: zeg waarom zonder naam"
            ),
            format!("--reason is `{told}`, which names a person; it stays and is published: say why without a name"),
        )),
        Ok((clean, _)) => Ok(clean),
        Err((Rule::PersonalData, _)) => bail!(say(
            language,
            "in --reason staat een mailadres of een telefoonnummer; de reden blijft bewaard en is openbaar: zeg waarom zonder",
            "--reason holds a mail address or a telephone number; it stays and is published: say why without one",
        )),
        Err(_) => bail!(say(
            language,
            format!("--reason is `{told}`; verwacht wordt een zin in letters, zonder opmaak en geen formule"),
            format!("--reason is `{told}`; expected a sentence in letters, without markup and not a formula"),
        )),
    }
}

/// The database, which must be there: these commands make none. Nothing in it is changed.
pub(super) async fn open(config: &Config, language: Language) -> anyhow::Result<Store> {
    let (store, is_older) = connect(config, language).await?;
    if is_older {
        tracing::warn!("the tables are of an earlier release; `noaber migrate` brings them up to date");
    }
    Ok(store)
}

/// [`open`] for who reads the facts, which takes the tables of this release and something in them.
pub(super) async fn open_to_read(config: &Config, language: Language) -> anyhow::Result<Store> {
    let (store, is_older) = connect(config, language).await?;
    if is_older {
        bail!(say(
            language,
            "de tabellen zijn van een eerdere uitgave; `noaber migrate` werkt ze bij, daarna kan dit",
            "the tables are of an earlier release; `noaber migrate` brings them up to date, and then this can be done",
        ));
    }
    if store.is_empty().await.with_context(|| config.database_named())? {
        bail!(say(
            language,
            "er staat nog niets in de database; `noaber serve` vult haar",
            "there is nothing in the database yet; `noaber serve` fills it",
        ));
    }
    Ok(store)
}

/// The database, and whether its tables are of an earlier release.
async fn connect(config: &Config, language: Language) -> anyhow::Result<(Store, bool)> {
    tongue::ensure_there(config, language)?;
    if !Store::is_there(&config.database) {
        bail!("{} is not there yet; `noaber serve` makes it", config.database_named());
    }
    let store = Store::connect(&config.database.existing(), config.access_of_command()).await;
    let store = store.with_context(|| config.database_named())?;
    let is_older = matches!(store.tables().await.with_context(|| config.database_named())?, Tables::Older(_));
    Ok((store, is_older))
}

/// [`open`], with the tables brought up to date, as at every start.
async fn open_to_change(config: &Config, language: Language) -> anyhow::Result<Store> {
    let store = open(config, language).await?;
    let _alone = store.alone().await.with_context(|| config.database_named())?;
    store.migrate().await.with_context(|| config.database_named())?;
    Ok(store)
}
