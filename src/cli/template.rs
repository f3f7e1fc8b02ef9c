//! The command that writes a template for who keeps a list.

use std::{fs, path::PathBuf};

use anyhow::Context;
use chrono::{NaiveDate, Utc};
use clap::{Args, Subcommand, ValueEnum};

use super::tell_bytes;
use crate::{
    app,
    config::Config,
    ingest::{
        policy,
        template::{self, TemplateError, TemplateFormat},
    },
    model::{Facts, MunicipalityCode},
};

/// What a template is for.
#[derive(Subcommand)]
pub(super) enum Template {
    /// The list of places of a municipality, with an explanation in Dutch
    Places {
        #[command(flatten)]
        asked: Asked,
    },
    /// The documents of a municipality's policy and what they show, with an explanation in Dutch
    Policies {
        #[command(flatten)]
        asked: Asked,
    },
}

/// What is asked of a template, whatever it is for.
#[derive(Args)]
pub(super) struct Asked {
    /// CBS code of the municipality, such as GM0148
    #[arg(long, value_name = "CODE")]
    municipality: MunicipalityCode,
    /// With what is known today
    #[arg(long)]
    filled: bool,
    /// The kind of file
    #[arg(long, value_enum, default_value_t = Sheet::Xlsx)]
    format: Sheet,
    /// Where to; standard output when left out
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The kind of file of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sheet {
    /// A workbook with drop-downs
    Xlsx,
    /// Text with semicolons, as a Dutch spreadsheet reads it
    Csv,
}

/// Writes the template of a municipality, filled or not, as of a day.
type Write = fn(&Facts, &MunicipalityCode, bool, TemplateFormat, NaiveDate) -> Result<Vec<u8>, TemplateError>;

/// `noaber template …`
pub(super) async fn run(config: &Config, what: Template) -> anyhow::Result<()> {
    let (asked, write): (Asked, Write) = match what {
        Template::Places { asked } => (asked, template::template),
        Template::Policies { asked } => (asked, policy::template),
    };
    let Asked { municipality, filled, format, output } = asked;
    let (store, _, _) = app::prepare(config).await?;
    let facts = store.load().await?;
    store.close().await;
    let format = if format == Sheet::Xlsx { TemplateFormat::Xlsx } else { TemplateFormat::Csv };
    let bytes = write(&facts, &municipality, filled, format, Utc::now().date_naive())?;
    match output {
        None => tell_bytes(&bytes),
        Some(path) => fs::write(&path, bytes).with_context(|| format!("cannot write to {}", path.display())),
    }
}
