//! The source as a command asks for it.

use chrono::{DateTime, Utc};
use clap::Args;

use super::{column::Words, source};
use crate::{
    edition::Edition,
    ingest::{
        import::{Context, Import, ImportError, SourceFile, SourceKind},
        outcome::Outcome,
        places::{import::SaidOptions, source::Said},
        whereabouts::municipality_named,
    },
    model::Books,
};

/// What is held at places, and when.
pub struct Activities;

/// Activities that were read, and whose word they are.
pub struct Programme {
    files: Vec<source::File>,
    said: Said,
}

impl SourceKind for Activities {
    const NAME: &'static str = "activities";
    const FILES: &'static str = "The files";
    // The calendar of a board may be called by its secretary.
    const KEEPS_NAMES: bool = false;
    type Options = Options;
    type Import = Programme;

    async fn read(files: &[SourceFile], options: &Options, context: &Context<'_>) -> Result<Programme, ImportError> {
        let words = Words::new(context.facts, context.today());
        let municipality =
            options.municipality.as_deref().map(|text| municipality_named(text, &words.lexicon)).transpose()?;
        let place = options.place.as_deref();
        if let Some(key) = place
            && !context.facts.places.iter().any(|known| known.key == key)
        {
            let key = crate::model::excerpt(key);
            return Err(ImportError::new(
                format!(
                    "er is geen plek met de sleutel “{key}”; de sleutel staat aan het eind van het adres van haar pagina"
                ),
                format!("there is no place with the key `{key}`; it is the end of the address of its page"),
            ));
        }
        let files = files.iter().map(|file| source::read(file, place, &words)).collect::<Result<_, _>>()?;
        Ok(Programme { files, said: Said { municipality, ..options.said.said() } })
    }
}

impl Import for Programme {
    fn apply(&self, books: &Books, _: &Edition, now: DateTime<Utc>) -> Outcome {
        source::import(books, &self.files, &self.said, now)
    }
}

/// Who says it, and where it is.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    said: SaidOptions,
    /// The key of the place of what does not say where it is, such as a calendar
    #[arg(long, value_name = "KEY")]
    place: Option<String>,
    /// The municipality of the rows that do not say theirs: its code, name or slug
    #[arg(long, value_name = "MUNICIPALITY")]
    municipality: Option<String>,
}
