//! A batch of records from whatever source, taken into the books by one sender after the other.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};

use super::{import::Import, outcome::Outcome, places::municipality_sheet::MunicipalitySheet, tell};
use crate::{
    claims::{At, Intake, Record, Sender, apply::Taken, elements},
    edition::Edition,
    findings::{Finding, Report, Rule},
    model::{
        Books, ContactPoint, Municipality,
        journal::{Kept, List, Manner, MunicipalityStatement, Slot, Uttered},
        vocabulary::{InventoryStatus, PlaceStatus},
    },
};

/// What was read from the files of one import.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The records of each sender.
    pub groups: Vec<(Sender, Vec<Record>)>,
    /// What municipalities say of their lists, with who says it and the file in which it stands.
    pub sheets: Vec<(Sender, MunicipalitySheet, Arc<str>)>,
    /// What could not be read.
    pub report: Report,
    /// How many records were refused before they were sent.
    pub refused: usize,
    /// How many records were left aside before they were sent, being about nothing that is here.
    pub left_aside: usize,
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
        for Taken { added, changed, confirmed, missing, taken_back, refused, passed_over, uttered, concerns: _ } in all
        {
            outcome.added.extend(added);
            outcome.changed.extend(changed);
            outcome.confirmed += confirmed.len();
            outcome.missing.extend(missing);
            outcome.taken_back += taken_back.len();
            outcome.refused += refused;
            outcome.passed_over += passed_over;
            outcome.uttered.extend(uttered);
        }
        if let Some((first, elements)) = elements::lacking(&books.ledger, &self.groups) {
            outcome.report.add(tell::lacking(first, &elements));
        }
        for (sender, sheet, file) in &self.sheets {
            let mut sheet = sheet.clone();
            if let Some(doubt) = self.doubt(&sheet, file, &outcome) {
                outcome.report.add(doubt);
                sheet.inventory = Some(InventoryStatus::Unknown);
            }
            if let Some((municipality, is_changed)) = state(&mut outcome.books, &sheet, sender) {
                outcome.uttered.extend(uttered(&sheet, &municipality, sender));
                outcome.municipalities.extend(is_changed.then_some(municipality.code));
            }
        }
        outcome
    }
}

impl Batch {
    /// Why a list that is said to be complete cannot count as that: the number that goes with it is not that of the places
    /// that are known now, or rows of it were not taken.
    fn doubt(&self, sheet: &MunicipalitySheet, file: &Arc<str>, outcome: &Outcome) -> Option<Finding> {
        let code = sheet.municipality.as_ref().filter(|_| sheet.inventory == Some(InventoryStatus::Complete))?;
        let places = outcome.books.facts.places.iter().filter(|place| place.municipality == *code);
        let (planned, open): (Vec<_>, Vec<_>) = places
            .filter(|place| place.status != Some(PlaceStatus::Closed))
            .partition(|place| place.status == Some(PlaceStatus::Planned));
        let is_of_it = |at: &At| at.file == *file;
        let left_out = rows_left_out(&outcome.report, file);
        let is_missing = |key: &&String| open.iter().chain(&planned).any(|place| place.key == **key);
        let missing = match self.groups.iter().any(|(_, records)| records.iter().any(|record| is_of_it(&record.at))) {
            true => outcome.missing.iter().filter(is_missing).count(),
            // A sheet alone names no place, and leaves none out.
            false => 0,
        };
        let known = open.len();
        let agrees =
            |stated: i32| [known, known + planned.len()].iter().any(|count| usize::try_from(stated) == Ok(*count));
        let municipality = outcome.books.facts.municipalities.iter().find(|known| known.code == *code);
        let name = municipality.map_or(code.as_str(), |municipality| &municipality.name);
        let (rule, first) = match sheet.expected_places {
            Some(stated) if !agrees(stated) || left_out > 0 => (Rule::InventoryDisagrees, stated.to_string()),
            None if left_out + missing > 0 => (Rule::InventoryNotCounted, missing.to_string()),
            _ => return None,
        };
        let details = vec![first, known.to_string(), left_out.to_string()];
        Some(Finding { details, ..Finding::new(file, None, rule, name) })
    }
}

impl Import for Batch {
    fn apply(&self, books: &Books, edition: &Edition, now: DateTime<Utc>) -> Outcome {
        self.take(books, edition, now)
    }
}

/// Takes what a municipality says of its list: the municipality as it is then, and whether that is otherwise than before; `None`
/// where a later statement stands.
fn state(
    books: &mut Books,
    sheet: &MunicipalitySheet,
    Sender { source, layer, .. }: &Sender,
) -> Option<(Municipality, bool)> {
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
    known.inventory = match sheet.inventory {
        // What is not believed is no statement, and says nothing of an earlier one but that it holds no longer.
        Some(InventoryStatus::Unknown) if known.inventory != InventoryStatus::Complete => known.inventory,
        said => said.unwrap_or(known.inventory),
    };
    if sheet.clears_inventory {
        known.inventory = InventoryStatus::Unknown;
    }
    known.expected_places = sheet.expected_places.or(known.expected_places.filter(|_| !sheet.clears_expected));
    if sheet.clears_contact {
        known.contact = None;
    }
    if let Some(role) = &sheet.contact_role {
        let (url, email) = (sheet.contact_url.clone(), sheet.contact_mailbox.clone());
        known.contact = Some(ContactPoint { role: role.clone(), organisation: None, url, email, phone: None });
    }
    let known = known.clone();
    if known == before {
        return Some((known, false));
    }
    if !books.facts.sources.iter().any(|other| other.id == source.id) {
        books.facts.sources.push(source.clone());
        books.facts.sources.sort_by(|a, b| a.id.cmp(&b.id));
    }
    if !books.facts.layers.iter().any(|other| other.key == layer.key) {
        books.facts.layers.push(layer.clone());
        books.facts.layers.sort_by(|a, b| a.key.cmp(&b.key));
    }
    Some((known, true))
}

/// What a sheet says of each property, as it stands of the municipality then.
fn uttered(
    sheet: &MunicipalitySheet,
    municipality: &Municipality,
    Sender { source, layer, .. }: &Sender,
) -> Vec<Uttered> {
    let is_said = |property: &str| match property {
        "inventory" => sheet.inventory.is_some() || sheet.clears_inventory,
        "expectedPlaces" => sheet.expected_places.is_some() || sheet.clears_expected,
        _ => sheet.contact_role.is_some() || sheet.clears_contact,
    };
    let said = MunicipalityStatement::all_of(municipality).into_iter().filter(|(property, _)| is_said(property));
    let uttered = said.map(|(property, statement)| Uttered {
        slot: Slot {
            list: List::Municipalities,
            subject: municipality.code.to_string(),
            key: property.to_owned(),
            source: source.id.clone(),
        },
        manner: Manner::Set,
        kept: Kept::Municipality(statement),
    });
    uttered.chain(Uttered::of_source(source.clone(), layer.clone())).collect()
}

/// How many rows of a file were left out as a whole.
fn rows_left_out(report: &Report, file: &Arc<str>) -> usize {
    const LEFT_OUT: [Rule; 9] = [
        Rule::RowWithoutName,
        Rule::NoMunicipality,
        Rule::UnknownKey,
        Rule::KeyOfOtherMunicipality,
        Rule::NewPlaceIncomplete,
        Rule::DoubtfulPair,
        Rule::Withdrawn,
        Rule::SyntheticOfKnownPlace,
        Rule::SyntheticPlace,
    ];
    let of_it = report.findings().iter().filter(|finding| finding.file == *file && LEFT_OUT.contains(&finding.rule));
    of_it.map(|finding| (&finding.sheet, finding.row)).collect::<BTreeSet<_>>().len()
}
