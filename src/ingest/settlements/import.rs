//! The source as a command asks for it.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::source::Plaatsen;
use crate::{
    edition::Edition,
    ingest::{
        import::{Context, Import, ImportError, SourceFile, SourceKind},
        options::past_day,
        outcome::Outcome,
    },
    model::Books,
};

/// The settlements of TOP10NL.
pub struct Settlements;

/// What else there is to say of a map.
#[derive(Args)]
pub struct Options {
    /// The day on which the inhabitants were counted; no file tells it, and without it that day is not known
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
    date: Option<NaiveDate>,
}

/// Settlements that were read, and when their inhabitants were counted.
pub struct Counted {
    plaatsen: Plaatsen,
    on: Option<NaiveDate>,
}

impl SourceKind for Settlements {
    const NAME: &'static str = "settlements";
    const FILES: &'static str = "The files, GML, GeoPackage or GeoJSON";
    type Options = Options;
    type Import = Counted;

    async fn read(files: &[SourceFile], options: &Options, context: &Context<'_>) -> Result<Counted, ImportError> {
        let mut plaatsen = Plaatsen::of(context.facts);
        for file in files {
            let read = plaatsen.read(&file.path, &file.name, &context.watch(file)).await;
            read.map_err(|cause| file.unreadable(|language| cause.message(language)))?;
        }
        if plaatsen.is_empty() {
            return Err(ImportError::new(
                "in de bestanden staat geen plaats van Overijssel in de kolommen van TOP10NL",
                "the files hold no settlement of Overijssel in the columns of TOP10NL",
            ));
        }
        if options.date.is_none() && plaatsen.needs_a_date() {
            return Err(ImportError::new(
                "de bestanden zeggen niet van welke dag ze zijn; geef de dag van de telling met --date, zoals --date 2025-07-01",
                "the files do not tell of which day they are; give the day of the count with --date, such as --date 2025-07-01",
            ));
        }
        Ok(Counted { plaatsen, on: options.date })
    }
}

impl Import for Counted {
    fn apply(&self, books: &Books, _: &Edition, _: DateTime<Utc>) -> Outcome {
        self.plaatsen.into_books(books, self.on)
    }
}
