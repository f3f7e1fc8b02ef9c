//! What an import did.

use super::survey::compare::Comparison;
use crate::{
    claims::apply::Difference,
    edition::{Edition, EditionError},
    findings::Report,
    model::{Books, MunicipalityCode, journal::Uttered},
};

/// What an import did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The books afterwards.
    pub books: Books,
    /// The edition made of them, by [`import`]; empty until then.
    pub edition: String,
    /// What was refused, repaired or is to be told.
    pub report: Report,
    /// Keys of new places.
    pub added: Vec<String>,
    /// Keys of places that are served otherwise, with what differs.
    pub changed: Vec<(String, Vec<Difference>)>,
    /// How many places were confirmed as they are.
    pub confirmed: usize,
    /// Keys of open places that a municipality's list does not name.
    pub missing: Vec<String>,
    /// How many records there were.
    pub records: usize,
    /// How many of them were not taken.
    pub refused: usize,
    /// How many of them are about something that is no meeting place, as far as the source tells.
    pub passed_over: usize,
    /// The municipalities whose statement on their inventory or contact changed.
    pub municipalities: Vec<MunicipalityCode>,
    /// What it did to lists other than that of the places.
    pub tallies: Vec<Tally>,
    /// How many places lost what this source said of them before and does not say now.
    pub taken_back: usize,
    /// Keys of the places that got a location from what is known already: the point of the same address, or of their village.
    pub located: Vec<String>,
    /// Keys of the places that have no location, and none is known.
    pub unlocated: Vec<String>,
    /// All that was said, be it that it was known already.
    pub uttered: Vec<Uttered>,
    /// The answers to a questionnaire beside the published figures, where it was one.
    pub survey: Option<Comparison>,
}

impl Outcome {
    /// That nothing was done to `books` yet, and `records` are to be taken.
    pub fn untouched(books: Books, records: usize) -> Self {
        Self {
            books,
            edition: String::new(),
            report: Report::default(),
            added: Vec::new(),
            changed: Vec::new(),
            confirmed: 0,
            missing: Vec::new(),
            records,
            refused: 0,
            passed_over: 0,
            municipalities: Vec::new(),
            tallies: Vec::new(),
            taken_back: 0,
            located: Vec::new(),
            unlocated: Vec::new(),
            uttered: Vec::new(),
            survey: None,
        }
    }

    /// Whether anything was taken, be it that it confirms what was known, or nothing had to be.
    pub fn took_something(&self) -> bool {
        self.records > self.refused || !self.municipalities.is_empty()
    }
}

/// Does an import to the books of which `before` is the edition, and makes the edition of the books afterwards: once, and not
/// at all where they serve what they served.
///
/// # Errors
/// [`EditionError`] where the books afterwards would be no edition; nothing is to be stored then.
pub fn import(
    books: &Books,
    before: &Edition,
    take: impl FnOnce(&Books, &Edition) -> Outcome,
) -> Result<Outcome, EditionError> {
    let mut outcome = take(books, before);
    outcome.edition = if outcome.books.facts == books.facts {
        before.id.clone()
    } else {
        Edition::id_where_sound(outcome.books.facts.clone())?
    };
    Ok(outcome)
}

/// What an import did to one list of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Which list.
    pub of: Counted,
    /// What is new, as a reader recognises it.
    pub added: Vec<String>,
    /// What is otherwise than before.
    pub changed: Vec<String>,
    /// In what respects, in Dutch and in English, each with how many; empty where that is told of each.
    pub aspects: Vec<([&'static str; 2], usize)>,
    /// What is there no longer.
    pub removed: Vec<String>,
    /// How many stand as they stood.
    pub unchanged: usize,
}

impl Tally {
    /// That a list stands as it stood, `unchanged` rows of it.
    pub fn untouched(of: Counted, unchanged: usize) -> Self {
        Self { of, added: Vec::new(), changed: Vec::new(), aspects: Vec::new(), removed: Vec::new(), unchanged }
    }
}

/// A list of facts, other than that of the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Municipalities.
    Municipalities,
    /// CBS wijken.
    Wijken,
    /// CBS buurten.
    Buurten,
    /// Villages, districts and hamlets.
    Settlements,
    /// Documents of municipal policy.
    PolicyDocuments,
    /// What municipalities decided, per theme.
    PolicyStatuses,
    /// Totals of the answers to a questionnaire.
    SurveyTotals,
    /// What is held at places, and when.
    Activities,
    /// Where postcodes are.
    Postcodes,
}
