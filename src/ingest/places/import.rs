//! The source as a command asks for it.

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, ValueEnum};

use super::{
    column::Lexicon,
    source::{File, Said, batch},
    workbook,
};
use crate::{
    edition::Edition,
    ingest::{
        import::{Context, Import, ImportError, SourceFile, SourceKind},
        options::{past_day, spdx, web_address},
        outcome::Outcome,
        whereabouts::municipality_named,
    },
    model::{Authority, Books},
};

/// Lists of places.
pub struct Places;

/// Lists that were read, and whose word they are.
pub struct Lists {
    files: Vec<File>,
    said: Said,
}

impl SourceKind for Places {
    const NAME: &'static str = "places";
    const FILES: &'static str = "The files";
    type Options = Options;
    type Import = Lists;

    async fn read(files: &[SourceFile], options: &Options, context: &Context<'_>) -> Result<Lists, ImportError> {
        let lexicon = Lexicon::new(context.facts, context.today());
        let municipality =
            options.municipality.as_deref().map(|text| municipality_named(text, &lexicon)).transpose()?;
        let read = |file: &SourceFile| match workbook::read(&file.path, &lexicon) {
            Ok(workbook) => Ok(File { name: file.name.clone(), workbook }),
            Err(cause) => Err(file.unreadable(|language| cause.message(language))),
        };
        let said = Said { municipality, ..options.said.said() };
        Ok(Lists { files: files.iter().map(read).collect::<Result<_, _>>()?, said })
    }
}

impl Import for Lists {
    fn apply(&self, books: &Books, edition: &Edition, now: DateTime<Utc>) -> Outcome {
        batch(books, edition, &self.files, &self.said, now).take(books, edition, now)
    }
}

/// Who says it, and where it belongs.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    said: SaidOptions,
    /// The municipality of the rows that do not say theirs: its code, name or slug [default: derived from the location, else
    /// from a settlement that no other municipality has]
    #[arg(long, value_name = "MUNICIPALITY")]
    municipality: Option<String>,
}

/// Who says it.
#[derive(Args)]
pub struct SaidOptions {
    /// Whose word it is: the municipality's wins over an organisation's, that over the web's
    #[arg(long, value_enum, default_value_t = By::Municipality)]
    by: By,
    /// The name of the source as it is shown [default: "Opgave van de gemeente …"]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Where the source can be read
    #[arg(long, value_name = "URL", value_parser = web_address)]
    url: Option<String>,
    /// The licence of what is said, as an SPDX identifier; the template says that it is published under this one
    #[arg(long, value_name = "SPDX", default_value = "CC0-1.0", value_parser = spdx)]
    licence: String,
    /// The day on which it was said, where the file does not tell [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = past_day)]
    date: Option<NaiveDate>,
}

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// The municipality; a place it does not name is listed
    Municipality,
    /// A place's own organisation, or a welfare organisation
    Organisation,
    /// Somebody who compiled it from public pages
    Web,
}

impl SaidOptions {
    /// Who says what the files say, and when.
    pub fn said(&self) -> Said {
        Said {
            by: match self.by {
                By::Municipality => Authority::Municipality,
                By::Organisation => Authority::Organisation,
                By::Web => Authority::Web,
            },
            title: self.title.clone(),
            url: self.url.clone(),
            licence: Some(self.licence.clone()),
            on: self.date,
            municipality: None,
        }
    }
}
