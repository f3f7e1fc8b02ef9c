//! `noaber backup`: a copy of the database while it is served, whole and of one moment.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use clap::Args;

use super::{
    tell,
    tongue::{self, say},
};
use crate::{config::Config, model::Language, store::Store};

/// What is copied where.
#[derive(Args)]
pub(super) struct Backup {
    /// The file to make
    file: PathBuf,
    /// Replace the file where it is there already
    #[arg(long)]
    overwrite: bool,
}

/// `noaber backup FILE`
pub(super) async fn backup(config: &Config, asked: Backup, language: Language) -> anyhow::Result<()> {
    let Backup { file, overwrite } = asked;
    let shown = file.display();
    let Some(database) = config.database.file() else {
        let place = config.database_place();
        bail!(say(
            language,
            format!(
                "{place} is een database van PostgreSQL; `pg_dump --format=custom --file={shown} {place}` maakt de kopie, met gebruiker en wachtwoord in PGUSER en PGPASSWORD"
            ),
            format!(
                "{place} is a database of PostgreSQL; `pg_dump --format=custom --file={shown} {place}` makes the copy, with user and password in PGUSER and PGPASSWORD"
            ),
        ))
    };
    tongue::ensure_there(config, language)?;
    ensure!(Store::is_there(&config.database), "{} is not there yet; `noaber serve` makes it", config.database_named());
    if file.exists() {
        let is_itself = fs::canonicalize(&file).ok() == fs::canonicalize(&database).ok();
        ensure!(
            !is_itself,
            say(language, format!("{shown} is de database zelf"), format!("{shown} is the database itself"))
        );
        ensure!(
            overwrite,
            say(
                language,
                format!("{shown} is er al; noem een ander bestand, of zeg --overwrite"),
                format!("{shown} is there already; name another file, or say --overwrite"),
            )
        );
    }
    let store = Store::connect(&config.database.existing(), config.access_of_command()).await;
    let store = store.with_context(|| config.database_named())?;
    let newest = store.newest().await.with_context(|| config.database_named())?.map(|newest| newest.id);
    let half = half(&file);
    let copied = store.copy_to(&half).await.with_context(|| config.database_named());
    store.close().await;
    // Under its name once it is whole, whatever happens on the way.
    let done = copied.and_then(|()| put(&half, &file, overwrite).with_context(|| tongue::unwritable(&file, language)));
    if done.is_err() {
        let _ = fs::remove_file(&half);
    }
    done?;
    let newest = newest.unwrap_or_else(|| "-".to_owned());
    tell(&say(
        language,
        format!("{shown} is een kopie van {}, met editie {newest}\n", config.database_place()),
        format!("{shown} is a copy of {}, with edition {newest}\n", config.database_place()),
    ))
}

fn half(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

fn put(half: &Path, file: &Path, overwrite: bool) -> std::io::Result<()> {
    fs::File::open(half)?.sync_all()?;
    if overwrite {
        return fs::rename(half, file);
    }
    // Unlike a new name this replaces nothing that somebody else has made meanwhile.
    fs::hard_link(half, file)?;
    fs::remove_file(half)
}
