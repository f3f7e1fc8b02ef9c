//! A batch of records from whatever source, taken into the books by one sender after the other.

use chrono::{DateTime, Utc};

use super::{outcome::Outcome, places::municipality_sheet::MunicipalitySheet, tell};
use crate::{
    claims::{
        Record, Sender,
        apply::{Taken, take},
        elements,
    },
    edition::{Edition, EditionError},
    findings::Report,
    model::{Books, ContactPoint, MunicipalityCode},
};

/// What was read from the files of one import.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The records of each sender.
    pub groups: Vec<(Sender, Vec<Record>)>,
    /// What municipalities say of their lists, with who says it.
    pub sheets: Vec<(Sender, MunicipalitySheet)>,
    /// What could not be read.
    pub report: Report,
    /// How many records were refused before they were sent.
    pub refused: usize,
    /// How many records were left aside before they were sent, being about nothing that is here.
    pub left_aside: usize,
}

impl Batch {
    /// Takes the batch into the books.
    ///
    /// # Errors
    /// [`EditionError`] where the books afterwards would be no edition; nothing is to be stored then.
    pub fn take(&self, books: &Books, now: DateTime<Utc>) -> Result<Outcome, EditionError> {
        let records = self.groups.iter().map(|(_, records)| records.len()).sum::<usize>();
        let records = records + self.refused + self.left_aside;
        let mut outcome =
            Outcome { report: self.report.clone(), refused: self.refused, ..Outcome::untouched(books, records) };
        let mut edition = Edition::build(books.facts.clone())?;
        for (number, (sender, records)) in self.groups.iter().enumerate() {
            if number > 0 {
                edition = Edition::build(outcome.books.facts.clone())?;
            }
            let Taken { books, concerns, added, changed, confirmed, missing, taken_back, refused, passed_over } =
                take(&outcome.books, &edition, sender, records, now);
            outcome.books = books;
            tell::tell(&concerns, records, &mut outcome.report);
            outcome.added.extend(added);
            outcome.changed.extend(changed);
            outcome.confirmed += confirmed.len();
            outcome.missing.extend(missing);
            outcome.taken_back += taken_back.len();
            outcome.refused += refused;
            outcome.passed_over += passed_over;
        }
        if let Some((first, elements)) = elements::lacking(&books.ledger, &self.groups) {
            outcome.report.add(tell::lacking(first, &elements));
        }
        for (sender, sheet) in &self.sheets {
            outcome.municipalities.extend(state(&mut outcome.books, sheet, sender));
        }
        outcome.edition = Edition::build(outcome.books.facts.clone())?.id;
        Ok(outcome)
    }
}

/// Takes what a municipality says of its list; its code where that changes anything.
fn state(
    books: &mut Books,
    sheet: &MunicipalitySheet,
    Sender { source, layer, .. }: &Sender,
) -> Option<MunicipalityCode> {
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
        known.contact = Some(ContactPoint { role: role.clone(), organisation: None, url, email, phone: None });
    }
    if *known == before {
        return None;
    }
    if !books.facts.sources.iter().any(|other| other.id == source.id) {
        books.facts.sources.push(source.clone());
        books.facts.sources.sort_by(|a, b| a.id.cmp(&b.id));
    }
    if !books.facts.layers.iter().any(|other| other.key == layer.key) {
        books.facts.layers.push(layer.clone());
        books.facts.layers.sort_by(|a, b| a.key.cmp(&b.key));
    }
    Some(code)
}
