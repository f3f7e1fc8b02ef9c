//! The source as a command asks for it.

use chrono::NaiveDate;
use clap::Args;

use super::source;
use crate::ingest::{
    batch::Batch,
    import::{Context, ImportError, SourceFile, SourceKind},
    options::{past_day, web_address},
    places::column::Lexicon,
    tabular::file,
    whereabouts::{Whereabouts, municipality_named},
};

/// Lists of polling places.
pub struct PollingPlaces;

/// What else there is to say of a list.
#[derive(Args)]
pub struct Options {
    /// The day of the election, where the file does not tell
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
    date: Option<NaiveDate>,
    /// The municipality of the rows that do not say theirs: its code, name or slug [default: derived from the location, else
    /// from a settlement that no other municipality has]
    #[arg(long, value_name = "MUNICIPALITY")]
    municipality: Option<String>,
    /// Where the list can be read
    #[arg(long, value_name = "URL", value_parser = web_address)]
    url: Option<String>,
}

impl SourceKind for PollingPlaces {
    const NAME: &'static str = "polling-places";
    const FILES: &'static str = "The files, CSV or XLSX";
    type Options = Options;
    type Import = Batch;

    async fn read(files: &[SourceFile], options: &Options, context: &Context<'_>) -> Result<Batch, ImportError> {
        let lexicon = Lexicon::new(context.facts, context.today());
        let municipality =
            options.municipality.as_deref().map(|text| municipality_named(text, &lexicon)).transpose()?;
        let whereabouts = Whereabouts::of(context.facts, context.edition, municipality);
        let mut batch = Batch::default();
        for file in files {
            let tables = file::read(&file.path).map_err(|cause| file.unreadable(|language| cause.message(language)))?;
            let said = source::Said { on: options.date, url: options.url.as_deref(), today: context.today() };
            let added = source::add(&mut batch, &file.name, &tables, &lexicon, &whereabouts, &said);
            added.map_err(|source::NoDay| {
                let name = &file.name;
                ImportError::new(
                    format!(
                        "{name} zegt niet van welke verkiezingsdag het is; geef die met --date, zoals --date 2022-03-16"
                    ),
                    format!(
                        "{name} does not tell the day of the election; give it with --date, such as --date 2022-03-16"
                    ),
                )
            })?;
        }
        Ok(batch)
    }
}
