//! The command that writes a template for who keeps a list.

use anyhow::bail;
use chrono::{NaiveDate, Utc};
use clap::{Args, Subcommand, ValueEnum};

use super::{editions, output::Output, tongue::say};
use crate::{
    config::Config,
    ingest::{
        activities,
        places::{self, column::Lexicon},
        policy, survey,
        tabular::template::{TemplateError, TemplateFormat},
    },
    model::{Facts, Language, MunicipalityCode},
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
    /// What is held at the places of a municipality and when, with an explanation in Dutch
    Activities {
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
    /// The municipality, by name or CBS code, such as GM0148
    #[arg(long, value_name = "MUNICIPALITY")]
    municipality: String,
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
    fn write(&self, facts: &Facts, make: Make, today: NaiveDate, language: Language) -> anyhow::Result<Vec<u8>> {
        let format = if self.format == Sheet::Xlsx { TemplateFormat::Xlsx } else { TemplateFormat::Csv };
        let lexicon = Lexicon::new(facts, today);
        let Some((code, _)) = lexicon.municipality(&self.municipality) else {
            let asked = crate::model::excerpt(&self.municipality);
            bail!(say(
                language,
                format!(
                    "“{asked}” is geen gemeente in Overijssel; geef haar naam of CBS-code, zoals Dalfsen of GM0148"
                ),
                format!(
                    "`{asked}` is no municipality of Overijssel; give its name or CBS code, such as Dalfsen or GM0148"
                ),
            ));
        };
        Ok(make(facts, code, self.filled, format, today)?)
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
pub(super) async fn run(config: &Config, what: Template, language: Language) -> anyhow::Result<()> {
    let store = editions::open_to_read(config, language).await?;
    let facts = store.load().await?;
    store.close().await;
    let today = Utc::now().date_naive();
    let (bytes, output) = match what {
        Template::Places { asked } => (asked.write(&facts, places::template::template, today, language)?, asked.output),
        Template::Policies { asked } => {
            (asked.write(&facts, policy::template::template, today, language)?, asked.output)
        }
        Template::Activities { asked } => {
            (asked.write(&facts, activities::template::template, today, language)?, asked.output)
        }
        Template::Survey { output } => (survey::template::template(&facts, today)?, output),
    };
    output.write(&bytes, language)
}
