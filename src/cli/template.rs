//! The command that writes a template for who keeps a list.

use std::{fs, path::PathBuf};

use anyhow::Context;
use chrono::Utc;
use clap::{Subcommand, ValueEnum};

use super::tell_bytes;
use crate::{
    app,
    config::Config,
    ingest::template::{self, TemplateFormat},
    model::MunicipalityCode,
};

/// What a template is for.
#[derive(Subcommand)]
pub(super) enum Template {
    /// The list of places of a municipality, with an explanation in Dutch
    Places {
        /// CBS code of the municipality, such as GM0148
        #[arg(long, value_name = "CODE")]
        municipality: MunicipalityCode,
        /// With the places as they are known today
        #[arg(long)]
        filled: bool,
        /// The kind of file
        #[arg(long, value_enum, default_value_t = Sheet::Xlsx)]
        format: Sheet,
        /// Where to; standard output when left out
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// The kind of file of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sheet {
    /// A workbook with drop-downs
    Xlsx,
    /// Text with semicolons, as a Dutch spreadsheet reads it
    Csv,
}

/// `noaber template …`
pub(super) async fn run(config: &Config, what: Template) -> anyhow::Result<()> {
    let Template::Places { municipality, filled, format, output } = what;
    let (store, _, _) = app::prepare(config).await?;
    let facts = store.load().await?;
    store.close().await;
    let format = if format == Sheet::Xlsx { TemplateFormat::Xlsx } else { TemplateFormat::Csv };
    let bytes = template::template(&facts, &municipality, filled, format, Utc::now().date_naive())?;
    match output {
        None => tell_bytes(&bytes),
        Some(path) => fs::write(&path, bytes).with_context(|| format!("cannot write to {}", path.display())),
    }
}
