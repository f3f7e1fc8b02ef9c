//! Why what was asked is not answered, in the language of whoever asked.

use super::words::Words;
use crate::{
    graphql::limits::Limits,
    http::{
        pages::{language::Language, words::with},
        problem::Problem,
    },
    library::LibraryError,
    model::excerpt,
};

/// One sentence on what would be right, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) struct Refused {
    dutch: String,
    english: String,
}

impl Refused {
    /// `say` makes the sentence of the words of a language.
    pub(in crate::http) fn new(say: impl Fn(&'static Words) -> String) -> Self {
        Self { dutch: say(Words::of(Language::Nl)), english: say(Words::of(Language::En)) }
    }

    /// What is wrong with the value of a parameter: `say` chooses a sentence with `{value}`.
    pub(super) fn value(say: impl Fn(&'static Words) -> &'static str, value: &str) -> Self {
        Self::new(|t| with(say(t), &[("value", &excerpt(value))]))
    }

    /// A value that a parameter does not have.
    pub(super) fn no_value(name: &str, value: &str, known: &[&str]) -> Self {
        Self::new(|t| {
            let known = joined(known, t.and);
            with(t.no_value, &[("name", name), ("known", &known), ("value", &excerpt(value))])
        })
    }

    /// A parameter that an address does not have.
    pub(in crate::http) fn unknown(name: &str, known: &[&str]) -> Self {
        Self::new(|t| match known {
            [] => with(t.unknown_of_none, &[("name", &excerpt(name))]),
            known => with(t.unknown, &[("known", &joined(known, t.or)), ("name", &excerpt(name))]),
        })
    }

    /// A distance, metres.
    ///
    /// # Errors
    /// Where it is missing, or none that there can be.
    pub(in crate::http) fn distance(value: Option<&str>, limits: &Limits) -> Result<f64, Self> {
        let most = limits.max_distance_m.to_string();
        let Some(value) = value else { return Err(Self::new(|t| with(t.which_distance, &[("most", &most)]))) };
        let metres = value.trim().parse::<f64>().ok();
        metres
            .filter(|metres| *metres > 0.0 && *metres <= limits.max_distance_m)
            .ok_or_else(|| Self::new(|t| with(t.no_distance, &[("most", &most), ("value", &excerpt(value))])))
    }

    /// A parameter that is given more than once and is no list.
    pub(in crate::http) fn twice(name: &str) -> Self {
        Self::new(|t| with(t.twice, &[("name", name)]))
    }

    /// A page that a list does not have.
    pub(in crate::http) fn no_page(value: &str, last: usize) -> Self {
        Self::new(|t| with(t.no_page, &[("last", &last.to_string()), ("value", &excerpt(value))]))
    }

    /// A layer is left out of the newest edition only.
    pub(in crate::http) fn without_edition() -> Self {
        Self::new(|t| t.without_edition.to_owned())
    }

    /// A text of so many characters, of which at most `most` are searched for.
    pub(in crate::http) fn long_text(count: usize, most: usize) -> Self {
        Self::new(|t| with(t.long_text, &[("count", &count.to_string()), ("most", &most.to_string())]))
    }

    /// A name of none of the municipalities.
    pub(in crate::http) fn no_municipality(value: &str, count: usize) -> Self {
        Self::new(|t| with(t.no_municipality, &[("count", &count.to_string()), ("value", &excerpt(value))]))
    }

    /// An edition of which nothing is known.
    pub(in crate::http) fn no_edition(value: &str) -> Self {
        Self::value(|t| t.no_edition, value)
    }

    /// No municipality where one is to be named, or a value that is not one.
    pub(in crate::http) fn one_municipality(value: Option<&str>) -> Self {
        match value {
            None => Self::new(|t| t.one_municipality.to_owned()),
            Some(value) => Self::value(|t| t.not_one_municipality, value),
        }
    }

    /// The same with a more exact sentence in English.
    pub(super) fn with_english(self, english: impl std::fmt::Display) -> Self {
        Self { english: english.to_string(), ..self }
    }

    /// The sentence.
    pub(in crate::http) fn sentence(self, language: Language) -> String {
        match language {
            Language::Nl => self.dutch,
            Language::En => self.english,
        }
    }
}

/// Names as people write them: `a, b and c`.
fn joined(names: &[&str], last: &str) -> String {
    match names.split_last() {
        Some((name, others)) if !others.is_empty() => format!("{} {last} {name}", others.join(", ")),
        _ => names.concat(),
    }
}

/// What is not a page speaks English.
impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::bad_request(refused.english).in_dutch(refused.dutch)
    }
}

/// Why there is no answer: what was asked, or something else.
#[derive(Clone, Debug)]
pub(in crate::http) enum Trouble {
    /// It was asked wrongly.
    Refused(Refused),
    /// There is no such edition, or something of ours failed.
    Failed(Problem),
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

impl From<LibraryError> for Trouble {
    fn from(error: LibraryError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Refused(refused) => refused.into(),
            Trouble::Failed(problem) => problem,
        }
    }
}
