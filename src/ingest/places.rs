//! The source `places`: lists of places in the columns of the template, by a municipality or somebody who speaks for one.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    At, Record, Sender, Taken,
    municipality::MunicipalitySheet,
    report::Report,
    row::PlaceRow,
    take::{Difference, take},
    tell,
    workbook::Workbook,
};
use crate::{
    edition::{Edition, EditionError},
    model::{Authority, Books, ContactPoint, MunicipalityCode, Source, Statement},
    search::fold,
};

/// Who says what the files say, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// How much the word counts.
    pub by: Authority,
    /// The name of the source; that of the municipality where `None`.
    pub title: Option<String>,
    /// Where the source stands.
    pub url: Option<String>,
    /// The licence under which it may be published, as an SPDX identifier.
    pub licence: Option<String>,
    /// The day on which it was said, for rows and sheets that have none of their own; that of the import where `None`.
    pub on: Option<NaiveDate>,
}

/// A file that was read, with the name by which the report calls it.
pub struct File {
    /// Its name.
    pub name: Arc<str>,
    /// What stands in it.
    pub workbook: Workbook,
}

/// What an import of places did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The books afterwards.
    pub books: Books,
    /// The edition made of them.
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
    /// How many rows there were.
    pub rows: usize,
    /// How many of them were not taken.
    pub refused: usize,
    /// The municipalities whose statement on their inventory or contact changed.
    pub municipalities: Vec<MunicipalityCode>,
}

impl Outcome {
    /// Whether anything was taken, be it that it confirms what was known.
    pub fn took_something(&self) -> bool {
        self.rows > self.refused || !self.municipalities.is_empty()
    }
}

/// Takes files into the books.
///
/// # Errors
/// [`EditionError`] where the books afterwards would be no edition; nothing is to be stored then.
pub fn places(books: &Books, files: &[File], said: &Said, now: DateTime<Utc>) -> Result<Outcome, EditionError> {
    let mut report = Report::default();
    let mut groups: BTreeMap<Option<MunicipalityCode>, Vec<Record>> = BTreeMap::new();
    let mut rows = 0;
    for file in files {
        report.append(file.workbook.report.clone());
        let sheet = file.workbook.municipality.as_ref();
        for row in &file.workbook.rows {
            let record = record(&file.name, row, sheet, said);
            rows += 1;
            groups.entry(municipality_of(&record, books)).or_default().push(record);
        }
    }

    let mut outcome = Outcome {
        books: books.clone(),
        edition: String::new(),
        report,
        added: Vec::new(),
        changed: Vec::new(),
        confirmed: 0,
        missing: Vec::new(),
        rows,
        refused: 0,
        municipalities: Vec::new(),
    };
    for (municipality, records) in &groups {
        let sender = sender(said, municipality.as_ref(), books, now);
        let edition = Edition::build(outcome.books.facts.clone())?;
        let Taken { books, concerns, added, changed, confirmed, missing, refused } =
            take(&outcome.books, &edition, &sender, records, now);
        outcome.books = books;
        tell::tell(&concerns, records, &mut outcome.report);
        outcome.added.extend(added);
        outcome.changed.extend(changed);
        outcome.confirmed += confirmed.len();
        outcome.missing.extend(missing);
        outcome.refused += refused;
    }
    if said.by == Authority::Municipality {
        let sheets = files.iter().filter_map(|file| file.workbook.municipality.as_ref());
        for sheet in sheets {
            outcome.municipalities.extend(state(&mut outcome.books, sheet, said, now));
        }
    }
    outcome.edition = Edition::build(outcome.books.facts.clone())?.id;
    Ok(outcome)
}

fn record(file: &Arc<str>, row: &PlaceRow, sheet: Option<&MunicipalitySheet>, said: &Said) -> Record {
    Record {
        at: At { file: file.clone(), sheet: row.sheet.clone(), row: row.row },
        key: row.key.clone(),
        municipality: row.municipality.clone().or_else(|| match row.key {
            // A key says more than the sheet that the row stands beside.
            Some(_) => None,
            None => sheet.and_then(|sheet| sheet.municipality.clone()),
        }),
        stated: row.stated.or_else(|| sheet.and_then(|sheet| sheet.stated)).or(said.on),
        statements: row
            .statements
            .iter()
            .filter(|statement| !matches!(statement, Statement::Municipality(_)))
            .cloned()
            .collect(),
    }
}

/// The municipality that a record names or that its place lies in.
fn municipality_of(record: &Record, books: &Books) -> Option<MunicipalityCode> {
    let by_key = |key: &String| books.facts.places.iter().find(|place| place.key == *key);
    let of_place = || record.key.as_ref().and_then(by_key).map(|place| place.municipality.clone());
    record.municipality.clone().or_else(of_place)
}

fn sender(said: &Said, municipality: Option<&MunicipalityCode>, books: &Books, now: DateTime<Utc>) -> Sender {
    let code = municipality.map_or("overijssel", MunicipalityCode::as_str);
    let known = books.facts.municipalities.iter().find(|known| Some(&known.code) == municipality);
    let of = known.map_or_else(|| "de gemeente".to_owned(), |known| format!("de gemeente {}", known.name));
    let (id, title) = match (said.by, &said.title) {
        (Authority::Municipality, title) => {
            (format!("municipality-{code}"), title.clone().unwrap_or_else(|| format!("Opgave van {of}")))
        }
        (_, Some(title)) => (format!("list-{}", fold(title).replace(' ', "-")), title.clone()),
        (_, None) => ("list".to_owned(), "Lijst van ontmoetingsplekken".to_owned()),
    };
    Sender {
        source: Source {
            id,
            title,
            url: said.url.clone(),
            licence: said.licence.clone(),
            published: None,
            retrieved: Some(now.date_naive()),
        },
        authority: said.by,
        may_repeat: false,
        is_inventory: said.by == Authority::Municipality,
    }
}

/// Takes what a municipality says of its list; its code where that changes anything.
fn state(books: &mut Books, sheet: &MunicipalitySheet, said: &Said, now: DateTime<Utc>) -> Option<MunicipalityCode> {
    let code = sheet.municipality.clone()?;
    let source = sender(said, Some(&code), books, now).source;
    let known = books.facts.municipalities.iter_mut().find(|known| known.code == code)?;
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
        books.facts.sources.push(source);
        books.facts.sources.sort_by(|a, b| a.id.cmp(&b.id));
    }
    Some(code)
}
