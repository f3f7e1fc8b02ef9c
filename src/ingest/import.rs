//! What every source has in common: it reads files, and what stood in them is done to the books.

use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};

use super::{outcome::Outcome, progress::Watch};
use crate::{
    edition::Edition,
    model::{Books, Facts, Language},
};

/// A source of data, as a command asks for it.
pub trait SourceKind {
    /// What it is called.
    const NAME: &'static str;

    /// Which files it reads, for who asks.
    const FILES: &'static str;

    /// Whether the names of its files may be kept; mail addresses and telephone numbers in them are not in any case.
    const KEEPS_NAMES: bool = true;

    /// What else there is to say.
    type Options: clap::Args;

    /// What stood in the files.
    type Import: Import;

    /// Reads the files, once.
    ///
    /// # Errors
    /// [`ImportError`], where nothing of a file can be read, or something has to be said that was not.
    fn read(
        files: &[SourceFile],
        options: &Self::Options,
        context: &Context<'_>,
    ) -> impl Future<Output = Result<Self::Import, ImportError>>;
}

/// What stood in files, to be done to the books. It may be done again, where others wrote in between.
pub trait Import {
    /// The books afterwards, not checked yet, and what there is to tell; `edition` is that of `books`.
    fn apply(&self, books: &Books, edition: &Edition, now: DateTime<Utc>) -> Outcome;
}

/// A file that is to be read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Where it is.
    pub path: PathBuf,
    /// What findings call it.
    pub name: Arc<str>,
}

impl SourceFile {
    /// A file, called by the last part of its path.
    pub fn at(path: &Path) -> Self {
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        Self { path: path.to_owned(), name: name.into() }
    }

    /// That it cannot be read: its name and a sentence.
    pub fn unreadable(&self, sentence: impl Fn(Language) -> String) -> ImportError {
        ImportError::of(|language| format!("{}: {}", self.name, sentence(language)))
    }
}

/// What files are read with.
pub struct Context<'a> {
    /// What is known.
    pub facts: &'a Facts,
    /// The edition of that.
    pub edition: &'a Edition,
    /// When the import began.
    pub now: DateTime<Utc>,
    /// Shows how far the reading of the file of that name is.
    pub progress: &'a dyn Fn(&str) -> Watch,
}

impl Context<'_> {
    /// The day on which the import began.
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// Who is told how far the reading of a file is.
    pub fn watch(&self, file: &SourceFile) -> Watch {
        (self.progress)(&file.name)
    }
}

/// Why files cannot be taken, as one sentence with the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    nl: String,
    en: String,
}

impl ImportError {
    /// In both languages.
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self { nl: nl.into(), en: en.into() }
    }

    /// In both languages, from what can say it in each.
    pub fn of(sentence: impl Fn(Language) -> String) -> Self {
        Self { nl: sentence(Language::Nl), en: sentence(Language::En) }
    }

    /// The sentence.
    pub fn message(&self, language: Language) -> &str {
        match language {
            Language::Nl => &self.nl,
            Language::En => &self.en,
        }
    }
}
