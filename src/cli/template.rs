//! The command that writes a template for who keeps a list.

use chrono::{NaiveDate, Utc};
use clap::{Args, Subcommand, ValueEnum};

use super::output::Output;
use crate::{
    app,
    config::Config,
    ingest::{
        places, policy, survey,
        tabular::template::{TemplateError, TemplateFormat},
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
    /// A workbook for the answers to the report's questionnaire, with an explanation in Dutch
    Survey {
        #[command(flatten)]
        output: Output,
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
    #[command(flatten)]
    output: Output,
}

/// Makes the template of a municipality, filled or not, as of a day.
type Make = fn(&Facts, &MunicipalityCode, bool, TemplateFormat, NaiveDate) -> Result<Vec<u8>, TemplateError>;

impl Asked {
    fn write(&self, facts: &Facts, make: Make, today: NaiveDate) -> Result<Vec<u8>, TemplateError> {
        let format = if self.format == Sheet::Xlsx { TemplateFormat::Xlsx } else { TemplateFormat::Csv };
        make(facts, &self.municipality, self.filled, format, today)
    }
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
    let (store, _) = app::prepare_existing(config).await?;
    let facts = store.load().await?;
    store.close().await;
    let today = Utc::now().date_naive();
    let (bytes, output) = match what {
        Template::Places { asked } => (asked.write(&facts, places::template::template, today)?, asked.output),
        Template::Policies { asked } => (asked.write(&facts, policy::template::template, today)?, asked.output),
        Template::Survey { output } => (survey::template::template(&facts, today)?, output),
    };
    output.write(&bytes)
}
