//! The source as a command asks for it.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::source::Outlines;
use crate::{
    edition::Edition,
    ingest::{
        import::{Context, Import, ImportError, SourceFile, SourceKind},
        options::past_day,
        outcome::Outcome,
    },
    model::Books,
};

/// The postcodes of CBS.
pub struct Postcodes;

/// What else there is to say of a map of postcodes.
#[derive(Args)]
pub struct Options {
    /// The day of the map, where the file does not tell its year
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
    date: Option<NaiveDate>,
}

/// Postcodes that were read, and of which day those are that do not tell.
pub struct Map {
    outlines: Outlines,
    on: Option<NaiveDate>,
}

impl SourceKind for Postcodes {
    const NAME: &'static str = "postcodes";
    const FILES: &'static str = "The files, GeoPackage or GeoJSON";
    type Options = Options;
    type Import = Map;

    async fn read(files: &[SourceFile], options: &Options, context: &Context<'_>) -> Result<Map, ImportError> {
        let mut outlines = Outlines::default();
        for file in files {
            let read = outlines.read(&file.path, &file.name, &context.watch(file)).await;
            read.map_err(|cause| file.unreadable(|language| cause.message(language)))?;
        }
        if outlines.is_empty() {
            return Err(ImportError::new(
                "in de bestanden staat geen postcode van Overijssel in een kolom postcode6, postcode4 of postcode, zoals CBS ze schrijft",
                "the files hold no postcode of Overijssel in a column postcode6, postcode4 or postcode, as CBS writes them",
            ));
        }
        if options.date.is_none() && outlines.needs_a_date() {
            return Err(ImportError::new(
                "de bestanden zeggen niet van welk jaar de kaart is; geef de dag met --date, zoals --date 2024-01-01",
                "the files do not tell the year of the map; give its day with --date, such as --date 2024-01-01",
            ));
        }
        Ok(Map { outlines, on: options.date })
    }
}

impl Import for Map {
    fn apply(&self, books: &Books, _: &Edition, _: DateTime<Utc>) -> Outcome {
        self.outlines.into_books(books, self.on)
    }
}
