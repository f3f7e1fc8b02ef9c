//! The source as a command asks for it.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::source::Questionnaire;
use crate::{
    edition::Edition,
    ingest::{
        import::{Context, Import, ImportError, SourceFile, SourceKind},
        options::past_day,
        outcome::Outcome,
        places::column::Lexicon,
        tabular::file,
    },
    model::Books,
};

/// Answers to the questionnaire.
pub struct Survey;

/// What else there is to say of the answers.
#[derive(Args)]
pub struct Options {
    /// The day on which it was filled in, where the files do not tell [default: the year of the report's interviews]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
    date: Option<NaiveDate>,
    /// Take rows that say that they are made up; for trials, on a database of its own
    #[arg(long)]
    synthetic: bool,
}

impl SourceKind for Survey {
    const NAME: &'static str = "survey";
    const FILES: &'static str = "The files, CSV or XLSX; together they are the whole of the questionnaire";
    // The name of a file can name a person who was asked.
    const KEEPS_NAMES: bool = false;
    type Options = Options;
    type Import = Questionnaire;

    async fn read(
        files: &[SourceFile],
        options: &Options,
        context: &Context<'_>,
    ) -> Result<Questionnaire, ImportError> {
        let lexicon = Lexicon::new(context.facts, context.today());
        let mut questionnaire = Questionnaire::new(&context.facts.survey, options.date);
        for file in files {
            let tables = file::read(&file.path).map_err(|cause| file.unreadable(|language| cause.message(language)))?;
            questionnaire.add(&file.name, &tables, &lexicon);
        }
        match (questionnaire.is_synthetic(), options.synthetic) {
            (Some(true), false) => Err(ImportError::new(
                "deze antwoorden zijn synthetisch en horen niet tussen echte plekken; geef --synthetic voor een proef op een database die alleen daarvoor is",
                "these answers are synthetic and do not belong among real places; give --synthetic for a trial on a database of its own",
            )),
            (Some(false), true) => Err(ImportError::new(
                "--synthetic is voor antwoorden waarvan elke rij zegt dat ze synthetisch is, en deze zeggen dat niet; laat de optie weg",
                "--synthetic is for answers of which each row says that it is synthetic, and these do not; leave the option out",
            )),
            _ => Ok(questionnaire),
        }
    }
}

impl Import for Questionnaire {
    fn apply(&self, books: &Books, edition: &Edition, now: DateTime<Utc>) -> Outcome {
        self.take(books, edition, now)
    }
}
