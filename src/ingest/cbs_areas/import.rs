//! The source as a command asks for it.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::source::Areas;
use crate::{
    edition::Edition,
    ingest::{
        import::{Context, Import, ImportError, SourceFile, SourceKind},
        options::past_day,
        outcome::Outcome,
    },
    model::Books,
};

/// The areas of CBS.
pub struct CbsAreas;

/// What else there is to say of a map.
#[derive(Args)]
pub struct Options {
    /// The day of the map, where the file does not tell its year
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
    date: Option<NaiveDate>,
}

/// Areas that were read, and of which day those are that do not tell.
pub struct Map {
    areas: Areas,
    on: Option<NaiveDate>,
}

impl SourceKind for CbsAreas {
    const NAME: &'static str = "cbs-areas";
    const FILES: &'static str = "The files, GeoPackage or GeoJSON";
    type Options = Options;
    type Import = Map;

    async fn read(files: &[SourceFile], options: &Options, context: &Context<'_>) -> Result<Map, ImportError> {
        let mut areas = Areas::of(context.facts.municipalities.iter().map(|known| &known.code));
        for file in files {
            let read = areas.read(&file.path, &file.name, &context.watch(file)).await;
            read.map_err(|cause| file.unreadable(|language| cause.message(language)))?;
        }
        if areas.is_empty() {
            return Err(ImportError::new(
                "in de bestanden staat geen wijk, buurt of gemeente van Overijssel in de kolommen van CBS",
                "the files hold no wijk, buurt or municipality of Overijssel in the columns of CBS",
            ));
        }
        if options.date.is_none() && areas.needs_a_date() {
            return Err(ImportError::new(
                "de bestanden zeggen niet van welk jaar de kaart is; geef de dag met --date, zoals --date 2024-01-01",
                "the files do not tell the year of the map; give its day with --date, such as --date 2024-01-01",
            ));
        }
        Ok(Map { areas, on: options.date })
    }
}

impl Import for Map {
    fn apply(&self, books: &Books, _: &Edition, _: DateTime<Utc>) -> Outcome {
        self.areas.into_books(books, self.on)
    }
}
