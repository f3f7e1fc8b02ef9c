//! A batch of records from whatever source, taken into the books by one sender after the other.

use chrono::{DateTime, Utc};

use super::{
    Record, Sender, Taken, elements,
    municipality::MunicipalitySheet,
    report::Report,
    survey::Comparison,
    take::{Difference, Intake},
    tell,
};
use crate::{
    edition::{Edition, EditionError},
    model::{Books, ContactPoint, MunicipalityCode, Source},
};

/// What was read from the files of one import.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The records of each sender.
    pub groups: Vec<(Sender, Vec<Record>)>,
    /// What municipalities say of their lists, with the source that says it.
    pub sheets: Vec<(Source, MunicipalitySheet)>,
    /// What could not be read.
    pub report: Report,
    /// How many records were refused before they were sent.
    pub refused: usize,
    /// How many records were left aside before they were sent, being about nothing that is here.
    pub left_aside: usize,
}

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
    /// The answers to a questionnaire beside the published figures, where it was one.
    pub survey: Option<Comparison>,
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
    /// What is there no longer.
    pub removed: Vec<String>,
    /// How many stand as they stood.
    pub unchanged: usize,
}

impl Tally {
    /// That a list stands as it stood, `unchanged` rows of it.
    pub fn untouched(of: Counted, unchanged: usize) -> Self {
        Self { of, added: Vec::new(), changed: Vec::new(), removed: Vec::new(), unchanged }
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
        Edition::build(outcome.books.facts.clone())?.id
    };
    Ok(outcome)
}

impl Batch {
    /// Takes the batch into the books of which `edition` was made.
    pub fn take(&self, books: &Books, edition: &Edition, now: DateTime<Utc>) -> Outcome {
        let records = self.groups.iter().map(|(_, records)| records.len()).sum::<usize>();
        let records = records + self.refused + self.left_aside;
        let mut intake = Intake::of(books, edition, now);
        let mut report = self.report.clone();
        let mut all = Vec::new();
        for (sender, records) in &self.groups {
            let taken = intake.take(sender, records);
            tell::tell(&taken.concerns, records, &mut report);
            all.push(taken);
        }
        let mut outcome = Outcome { report, refused: self.refused, ..Outcome::untouched(intake.into_books(), records) };
        for Taken { added, changed, confirmed, missing, taken_back, refused, passed_over, concerns: _ } in all {
            outcome.added.extend(added);
            outcome.changed.extend(changed);
            outcome.confirmed += confirmed.len();
            outcome.missing.extend(missing);
            outcome.taken_back += taken_back.len();
            outcome.refused += refused;
            outcome.passed_over += passed_over;
        }
        if let Some(finding) = elements::lacking(&books.ledger, &self.groups) {
            outcome.report.add(finding);
        }
        for (source, sheet) in &self.sheets {
            outcome.municipalities.extend(state(&mut outcome.books, sheet, source));
        }
        outcome
    }
}

/// Takes what a municipality says of its list; its code where that changes anything.
fn state(books: &mut Books, sheet: &MunicipalitySheet, source: &Source) -> Option<MunicipalityCode> {
    let code = sheet.municipality.clone()?;
    let known = books.facts.municipalities.iter_mut().find(|known| known.code == code)?;
    // What was stated on a later day stands.
    let stated = source.published.clone();
    let known_source = books.facts.sources.iter_mut().find(|other| other.id == source.id);
    if known_source.as_ref().is_some_and(|other| other.published > stated) {
        return None;
    }
    if let Some(other) = known_source {
        other.published = stated;
    }
    let before = known.clone();
    known.inventory = sheet.inventory.unwrap_or(known.inventory);
    known.expected_places = sheet.expected_places.or(known.expected_places);
    if let Some(role) = &sheet.contact_role {
        let (url, email) = (sheet.contact_url.clone(), sheet.contact_mailbox.clone());
        known.contact = Some(ContactPoint { role: role.clone(), url, email });
    }
    if *known == before {
        return None;
    }
    if !books.facts.sources.iter().any(|other| other.id == source.id) {
        books.facts.sources.push(source.clone());
        books.facts.sources.sort_by(|a, b| a.id.cmp(&b.id));
    }
    Some(code)
}
