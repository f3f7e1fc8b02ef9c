//! `noaber check`: reads everything, changes nothing, and says what is wrong.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono::Utc;

use super::{counts, editions::what_goes, tell, tell_error, tongue::say};
use crate::{
    app::newer_seed::{self, Renewal, Seed},
    config::Config,
    edition::{
        Edition,
        changes::{self, ChangeKind},
    },
    model::{Facts, Language},
    store::{Keep, Store, StoreError, Tables},
};

/// So many differences are told one by one.
const TOLD: usize = 10;

/// `noaber check`
pub(super) async fn check(config: &Config, language: Language) -> anyhow::Result<ExitCode> {
    let own = Seed::read()?;
    let seed = Edition::build(Facts::clone(&own.facts)).context("the seed of this binary")?;
    let (id, all) = (&seed.id, counts(&seed, language));
    tell(&say(language, format!("begin: editie {id}, {all}\n"), format!("seed: edition {id}, {all}\n")))?;

    let database = || config.database_named();
    if !Store::is_there(&config.database) {
        let there = database();
        tell(&say(
            language,
            format!("database: {there} is er nog niet; `noaber serve` maakt haar\n"),
            format!("database: {there} is not there yet; `noaber serve` makes it\n"),
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let store = Store::connect(&config.database.existing(), config.access_of_command()).await.with_context(database)?;
    let faults = of_database(&store, &own, config.access.keep, language).await.with_context(database);
    store.close().await;
    let faults = faults?;
    for fault in &faults {
        tell_error(&format!("{}: {fault}", database()));
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is wrong with a database, a sentence each.
async fn of_database(store: &Store, own: &Seed, keep: Keep, language: Language) -> anyhow::Result<Vec<String>> {
    let mut faults: Vec<String> = store.damage().await?;
    match store.tables().await? {
        Tables::Current => {}
        Tables::Older(pending) => {
            tell(&say(
                language,
                format!(
                    "database: de tabellen zijn van een eerdere uitgave ({} stap(pen) te gaan); `noaber migrate` werkt ze bij\n",
                    pending.len()
                ),
                format!(
                    "database: the tables are of an earlier release ({} step(s) to go); `noaber migrate` brings them up to date\n",
                    pending.len()
                ),
            ))?;
            tell_renewal(store, own, language).await?;
            return Ok(faults);
        }
        Tables::Newer(steps) => return Err(StoreError::Newer(steps).into()),
    }
    if store.is_empty().await? {
        tell(say(
            language,
            "database: nog geen gegevens; `noaber serve` vult haar\n",
            "database: no data yet; `noaber serve` fills it\n",
        ))?;
        return Ok(faults);
    }
    let (damaged, editions) = store.damaged_editions().await?;
    if damaged.is_empty() {
        tell(&say(
            language,
            format!("archief: {editions} editie(s), alle zoals ze zijn vastgelegd\n"),
            format!("archive: {editions} edition(s), each as it was recorded\n"),
        ))?;
    }
    faults.extend(damaged.into_iter().map(|(id, fault)| {
        say(language, format!("editie {id} is beschadigd: {fault}"), format!("edition {id} is damaged: {fault}"))
    }));
    let going = store.prunable(keep, Utc::now()).await?;
    if !going.is_empty() {
        let goes = what_goes(&going, language);
        tell(&say(
            language,
            format!("archief: bij de volgende start of `noaber editions prune` (--keep-editions {keep}) {goes}\n"),
            format!("archive: at the next start or `noaber editions prune` (--keep-editions {keep}) {goes}\n"),
        ))?;
    }
    if store.is_wiping_due().await? {
        faults.push(
            say(
                language,
                "wat verwijderd is, staat nog in het bestand; een start, of hetzelfde commando nog eens, wist het",
                "what was withdrawn is still in the file; a start, or the same command again, overwrites it",
            )
            .to_owned(),
        );
    }
    let facts = store.load().await?;
    faults.extend(difference(store, &facts, language).await?);
    let edition = Edition::build(facts)?;
    let (id, all) = (&edition.id, counts(&edition, language));
    let same = match edition.id == own.id {
        true => say(language, "gelijk aan het begin", "the same as the seed"),
        false => say(language, "andere gegevens dan het begin", "other data than the seed"),
    };
    tell(&say(
        language,
        format!("database: editie {id}, {all}; {same}\n"),
        format!("database: edition {id}, {all}; {same}\n"),
    ))?;
    tell_renewal(store, own, language).await?;
    Ok(faults)
}

/// Tells what the next start makes of a database with an older seed, where it has one.
async fn tell_renewal(store: &Store, own: &Seed, language: Language) -> anyhow::Result<()> {
    let Some(Renewal { held, own, outcome }) = newer_seed::preview(store, own).await? else { return Ok(()) };
    tell(&match outcome {
        Ok(counts) => {
            let counts = counts.text(language);
            say(
                language,
                format!(
                    "nieuwer begin: de database is gevuld met {held}; de volgende start neemt {own} over ({counts}); wat anderen opgaven blijft staan\n"
                ),
                format!(
                    "newer seed: the database was filled with {held}; the next start takes in {own} ({counts}); what others stated stands\n"
                ),
            )
        }
        Err(cause) => say(
            language,
            format!("nieuwer begin: {own} kan niet worden overgenomen, en alles blijft zoals het is: {cause}\n"),
            format!("newer seed: {own} cannot be taken in, and everything stays as it is: {cause}\n"),
        ),
    })
}

/// Where the tables and the newest edition differ, though nobody published a difference.
async fn difference(store: &Store, facts: &Facts, language: Language) -> anyhow::Result<Option<String>> {
    let Some(newest) = store.newest().await? else { return Ok(None) };
    if Edition::id_of(facts)? == newest.id {
        return Ok(None);
    }
    let id = &newest.id;
    let found = match store.facts_of(id).await {
        Ok(Some(published)) => changes::between(&published, facts),
        // That is told already.
        _ => Vec::new(),
    };
    let mut told: Vec<String> = found
        .iter()
        .take(TOLD)
        .map(|change| match &change.kind {
            ChangeKind::Added => format!("{} +", change.id),
            ChangeKind::Removed => format!("{} -", change.id),
            ChangeKind::Changed(fields) => {
                format!("{} {}", change.id, fields.iter().map(|field| field.field).collect::<Vec<_>>().join(", "))
            }
        })
        .collect();
    if found.len() > TOLD {
        told.push("…".to_owned());
    }
    let told = if told.is_empty() { String::new() } else { format!(" ({})", told.join("; ")) };
    Ok(Some(say(
        language,
        format!(
            "de tabellen zeggen iets anders dan editie {id}, en niemand heeft dat gepubliceerd{told}; `noaber publish` publiceert het, een reservekopie terugzetten draait het terug"
        ),
        format!(
            "the tables say something else than edition {id}, which nobody has published{told}; `noaber publish` publishes it, putting back a backup undoes it"
        ),
    )))
}
