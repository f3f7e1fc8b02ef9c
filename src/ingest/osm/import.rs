//! The source as a command asks for it.

use chrono::NaiveDate;
use clap::Args;

use super::source;
use crate::ingest::{
    batch::Batch,
    import::{Context, ImportError, SourceFile, SourceKind},
    options::past_day,
};

/// OpenStreetMap.
pub struct Osm;

/// What else there is to say of a map.
#[derive(Args)]
pub struct Options {
    /// The day of the map, where the file does not tell [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
    date: Option<NaiveDate>,
}

impl SourceKind for Osm {
    const NAME: &'static str = "osm";
    const FILES: &'static str = "The files";
    type Options = Options;
    type Import = Batch;

    async fn read(files: &[SourceFile], options: &Options, context: &Context<'_>) -> Result<Batch, ImportError> {
        let mut batch = Batch::default();
        for file in files {
            let extract = source::read(&file.path, &context.watch(file))
                .map_err(|cause| file.unreadable(|language| cause.message(language)))?;
            source::add(&mut batch, &file.name, &extract, context.edition, options.date, context.today());
        }
        Ok(batch)
    }
}
