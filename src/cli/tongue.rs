//! In which language a command speaks.

use std::{io, path::Path};

use anyhow::bail;
use clap::ValueEnum;

use crate::{
    config::Config,
    model::Language,
    store::{Store, StoreError},
};

/// The languages that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Tongue {
    /// Dutch
    Nl,
    /// English
    En,
}

impl Tongue {
    /// The language.
    pub(super) fn language(self) -> Language {
        match self {
            Self::Nl => Language::Nl,
            Self::En => Language::En,
        }
    }
}

/// The one of two texts that is in the language.
pub(super) fn say<T>(language: Language, nl: T, en: T) -> T {
    match language {
        Language::Nl => nl,
        Language::En => en,
    }
}

/// What a command ended with, in its language: what its causes have a Dutch sentence for is told in Dutch.
pub(super) fn told(error: &anyhow::Error, language: Language) -> String {
    if language == Language::En {
        return format!("{error:#}");
    }
    let sentences =
        error.chain().map(|cause| match (cause.downcast_ref::<StoreError>(), cause.downcast_ref::<io::Error>()) {
            (Some(cause), _) => cause.in_dutch(),
            (_, Some(cause)) => match cause.kind() {
                io::ErrorKind::NotFound => "dat bestand of die map is er niet".to_owned(),
                io::ErrorKind::PermissionDenied => "dat mag hier niet".to_owned(),
                _ => cause.to_string(),
            },
            _ => cause.to_string(),
        });
    sentences.collect::<Vec<_>>().join(": ")
}

/// That a file cannot be written.
pub(super) fn unwritable(path: &Path, language: Language) -> String {
    let path = path.display();
    say(language, format!("kan niet schrijven naar {path}"), format!("cannot write to {path}"))
}

/// Refuses a database that is not there, in the language of the command; in English [`crate::app`] does.
pub(super) fn ensure_there(config: &Config, language: Language) -> anyhow::Result<()> {
    if !Store::is_there(&config.database) && language == Language::Nl {
        bail!(
            "er is geen database {}; noem met {} de database die getoond wordt, of maak een nieuwe met `noaber migrate`",
            config.database_place(),
            Config::DATABASE_OPTIONS.replace(" or ", " of ")
        );
    }
    Ok(())
}
