//! The source as a command asks for it.

use chrono::{DateTime, Utc};

use super::{
    column::PolicyWords,
    source::{self, PolicyFile},
};
use crate::{
    edition::Edition,
    ingest::{
        import::{Context, Import, ImportError, SourceFile, SourceKind},
        outcome::Outcome,
        places::{import::SaidOptions, source::Said},
    },
    model::Books,
};

/// Documents of municipal policy.
pub struct Policies;

/// Documents that were read, and whose word they are.
pub struct Documents {
    files: Vec<PolicyFile>,
    said: Said,
    words: PolicyWords,
}

impl SourceKind for Policies {
    const NAME: &'static str = "policies";
    const FILES: &'static str = "The files";
    type Options = SaidOptions;
    type Import = Documents;

    async fn read(
        files: &[SourceFile],
        options: &SaidOptions,
        context: &Context<'_>,
    ) -> Result<Documents, ImportError> {
        let words = PolicyWords::new(context.facts, context.today());
        let read = |file: &SourceFile| {
            let read = source::read(&file.path, &file.name, &words);
            read.map_err(|cause| file.unreadable(|language| cause.message(language)))
        };
        Ok(Documents { files: files.iter().map(read).collect::<Result<_, _>>()?, said: options.said(), words })
    }
}

impl Import for Documents {
    fn apply(&self, books: &Books, _: &Edition, now: DateTime<Utc>) -> Outcome {
        source::import(books, &self.files, &self.said, &self.words, now)
    }
}
