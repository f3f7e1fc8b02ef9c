//! The commands on published editions: list them, write one out, take a place out of all of them.

use std::{fmt::Write as _, process::ExitCode};

use anyhow::{Context as _, bail, ensure};
use clap::ValueEnum;
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
    store::{EditionRecord, Store, Tables, Withdrawn},
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

/// `noaber editions`
pub(super) async fn list(config: &Config, language: Language) -> anyhow::Result<()> {
    let store = open(config, language).await?;
    let editions = store.editions().await.with_context(|| config.database_named())?;
    store.close().await;
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
            format!("{number:>6}  {id:<23}  {published:<16}  {places:>6}  {}", note(&edition, language)).trim_end()
        );
    }
    tell(&text)
}

/// Why an edition was made, and what was taken out of it since.
fn note(edition: &EditionRecord, language: Language) -> String {
    let without = (!edition.withdrawn.is_empty()).then(|| {
        let ids: Vec<String> = edition.withdrawn.iter().map(|key| format!("place:{key}")).collect();
        format!("{} {}", say(language, "zonder", "without"), ids.join(", "))
    });
    [edition.note.clone(), without].into_iter().flatten().collect::<Vec<_>>().join("; ")
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
            let (id, database) = (excerpt(id), config.database_named());
            bail!(say(
                language,
                format!("er is geen editie `{id}` in {database}; `noaber editions` noemt de edities die er zijn"),
                format!("there is no edition `{id}` in {database}; `noaber editions` lists those that can be read"),
            ))
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
    let facts = store.facts_of(id).await?.ok_or_else(unavailable)?;
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
