//! What the pages that people read have around them: head, masthead, footer. Their templates extend `frame.html`.

mod words;

pub(in crate::http) use self::words::Words;
use crate::http::pages::language::Language;

/// The frame of a page.
pub(in crate::http) struct Frame {
    /// The language of the page.
    pub(in crate::http) language: Language,
    /// What the page is called, for the window and for search engines.
    pub(in crate::http) title: String,
    /// One sentence on what is on it.
    pub(in crate::http) description: String,
    /// Its address in Dutch; that in English is behind `/en`.
    pub(in crate::http) path: String,
    /// What the link to the other language carries on of the edition: `?edition=ID` or nothing.
    pub(in crate::http) of_edition: String,
    pub(in crate::http) t: &'static Words,
}

impl Frame {
    pub(in crate::http) fn new(
        language: Language,
        title: String,
        description: String,
        path: String,
        of_edition: &str,
    ) -> Self {
        Self { language, title, description, path, of_edition: of_edition.to_owned(), t: Words::of(language) }
    }

    /// The address of the page in a language.
    pub(in crate::http) fn path_in(&self, language: Language) -> String {
        match language {
            Language::Nl => self.path.clone(),
            Language::En => format!("/en{}", self.path),
        }
    }
}
