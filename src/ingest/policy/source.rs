//! Reads the files of documents, and takes what stands in them into the books.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use chrono::{DateTime, Utc};

use super::{
    apply,
    column::{Column, PolicyWords},
    row::{self, PolicyRow},
};
use crate::{
    claims::{At, Sender},
    findings::{Finding, Report, Rule},
    ingest::{
        outcome::Outcome,
        places::source::{Said, sender, several_municipalities},
        tabular::{columns::with_headings, error::TableError, file, table::Table},
    },
    model::{Books, MunicipalityCode},
    search::fold,
};

/// Sheets of the template that explain and are not read.
const NOT_READ: [&str; 2] = ["uitleg", "lijsten"];

/// A file that was read.
pub struct PolicyFile {
    name: Arc<str>,
    rows: Vec<PolicyRow>,
    /// Rows that do not say which document they are about.
    unnamed: usize,
    report: Report,
}

/// Reads a file; `name` is what its findings call it.
///
/// # Errors
/// [`TableError`], when nothing of the file can be read.
pub fn read(path: &Path, name: &Arc<str>, words: &PolicyWords) -> Result<PolicyFile, TableError> {
    Ok(of_tables(name, &file::read(path)?, words))
}

/// [`read`] from memory.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(bytes: &[u8], name: &Arc<str>, words: &PolicyWords) -> Result<PolicyFile, TableError> {
    Ok(of_tables(name, &file::read_bytes(bytes)?, words))
}

fn of_tables(name: &Arc<str>, tables: &[Table], words: &PolicyWords) -> PolicyFile {
    let mut file = PolicyFile { name: name.clone(), rows: Vec::new(), unnamed: 0, report: Report::default() };
    let is_explaining =
        |table: &&Table| table.sheet.as_deref().is_some_and(|sheet| NOT_READ.contains(&fold(sheet).as_str()));
    let find = |text: &str| words.columns.find(text).map(|info| info.column);
    let names = |text: &str| matches!(find(text), Some(Column::Key | Column::Title));
    let found: Vec<_> = tables.iter().map(|table| with_headings(table, |text| find(text).is_some(), names)).collect();
    let others: Vec<&Table> = found.iter().map(AsRef::as_ref).filter(|table| !is_explaining(table)).collect();
    let of_documents = others.iter().find(|table| row::is_of_documents(table, words));
    // The first one, so that its lack of headings is told.
    if let Some(table) = of_documents.or_else(|| others.iter().find(|table| !table.records.is_empty())) {
        for row in row::documents(table, name, words, &mut file.report).unwrap_or_default() {
            match row {
                Ok(row) => file.rows.push(row),
                Err(row::Unnamed) => file.unnamed += 1,
            }
        }
        for other in others.iter().filter(|other| !std::ptr::eq(**other, *table) && !other.records.is_empty()) {
            let sheet: Option<Arc<str>> = other.sheet.as_deref().map(Arc::from);
            let value = other.sheet.as_deref().unwrap_or_default();
            file.report.add(Finding::new(name, sheet.as_ref(), Rule::SheetNotRead, value));
        }
    }
    file
}

/// Takes what stands in files into the books.
pub fn import(books: &Books, files: &[PolicyFile], said: &Said, words: &PolicyWords, now: DateTime<Utc>) -> Outcome {
    let records = files.iter().map(|file| file.rows.len() + file.unnamed).sum();
    let mut outcome = Outcome::untouched(books.clone(), records);
    let municipality_of = |row: &PolicyRow| -> Option<MunicipalityCode> {
        let of_document = |key: &String| {
            let known = books.facts.policy_documents.iter().find(|document| document.key == *key);
            known.map(|document| document.municipality.clone())
        };
        row.municipality.clone().or_else(|| row.key.as_ref().and_then(of_document))
    };
    let mut senders: BTreeMap<MunicipalityCode, Sender> = BTreeMap::new();
    let mut records = Vec::new();
    for file in files {
        outcome.report.append(file.report.clone());
        outcome.refused += file.unnamed;
        let spoken_for = file.rows.iter().filter_map(municipality_of).collect();
        outcome.report.extend(several_municipalities(&file.name, spoken_for, books, said));
        for row in &file.rows {
            let at = At { file: file.name.clone(), sheet: row.sheet.clone(), row: row.row };
            let Some(municipality) = municipality_of(row) else {
                let rule = if row.key.is_some() { Rule::UnknownDocument } else { Rule::NoMunicipality };
                let value = row.key.as_deref().or(row.title()).unwrap_or_default();
                let finding = Finding::new(&at.file, at.sheet.as_ref(), rule, value);
                outcome.report.add(Finding { row: Some(at.row), ..finding });
                outcome.refused += 1;
                continue;
            };
            senders.entry(municipality.clone()).or_insert_with(|| sender(said, Some(&municipality), books, now));
            let Some(stated) = row.stated.or(said.on).day(now.date_naive()) else {
                let value = row.title().or(row.key.as_deref()).unwrap_or_default();
                let finding = Finding::new(&at.file, at.sheet.as_ref(), Rule::UndatedDocument, value);
                outcome.report.add(Finding { row: Some(at.row), ..finding });
                outcome.refused += 1;
                continue;
            };
            records.push(apply::PolicyRecord { at, row, municipality, stated });
        }
    }
    let records: Vec<_> = records
        .into_iter()
        .filter_map(|record| senders.get(&record.municipality).map(|sender| (record, sender)))
        .collect();
    let taken = apply::take(books, words, &records, now);
    outcome.report.append(taken.report);
    outcome.refused += taken.refused;
    outcome.tallies = taken.tallies;
    outcome.missing = taken.missing;
    outcome.uttered = taken.uttered;
    outcome.books = Books { facts: taken.books.facts.in_order(), ledger: taken.books.ledger };
    outcome
}

#[cfg(test)]
mod tests;
