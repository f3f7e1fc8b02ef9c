//! A file as a whole: which of its sheets has the places, and which is the municipality's.

use std::sync::Arc;

use super::{
    column::{Column, Lexicon},
    municipality_sheet::{self, MunicipalitySheet},
    row::{self, PlaceRow},
};
use crate::{
    findings::{Finding, Report, Rule},
    ingest::tabular::{columns::with_headings, error::TableError, file, table::Table},
    search::fold,
};

/// Sheets of the template that explain and are not read.
const NOT_READ: [&str; 2] = ["uitleg", "lijsten"];

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// A row a place, in the order of the file.
    pub rows: Vec<PlaceRow>,
    /// The municipality's sheet, where there is one.
    pub municipality: Option<MunicipalitySheet>,
    /// What could not be taken.
    pub report: Report,
}

/// Reads what stands in a file; `name` is what its findings call it.
///
/// Of several sheets the one named Plekken has the places, else the first that names places in its headings.
///
/// # Errors
/// [`TableError`], when nothing of the file can be read.
pub fn read_bytes(name: &str, bytes: &[u8], lexicon: &Lexicon) -> Result<Workbook, TableError> {
    Ok(of_tables(name, &file::read_bytes(bytes)?, lexicon))
}

/// Reads a file from disk, by the last part of its path.
///
/// # Errors
/// As [`read_bytes`].
pub fn read(path: &std::path::Path, lexicon: &Lexicon) -> Result<Workbook, TableError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(of_tables(&name, &file::read(path)?, lexicon))
}

fn of_tables(name: &str, tables: &[Table], lexicon: &Lexicon) -> Workbook {
    let file: Arc<str> = Arc::from(name);
    let mut workbook = Workbook::default();
    let called = |table: &Table, names: &[&str]| {
        table.sheet.as_deref().is_some_and(|sheet| names.contains(&fold(sheet).as_str()))
    };
    let find = |text: &str| lexicon.columns().find(text).map(|info| info.column);
    let names = |text: &str| matches!(find(text), Some(Column::Name | Column::Key));
    let found: Vec<_> = tables.iter().map(|table| with_headings(table, |text| find(text).is_some(), names)).collect();
    let tables: Vec<&Table> = found.iter().map(AsRef::as_ref).collect();
    let is_of_places = |table: &&Table| row::is_of_places(table, lexicon);
    let of_municipality: Option<&Table> =
        tables.iter().copied().find(|table| municipality_sheet::is_named(table)).or_else(|| {
            tables.iter().copied().find(|table| {
                // A table of places may have places that are called as a question is.
                municipality_sheet::asks(table) && !is_of_places(table) && !called(table, &NOT_READ)
            })
        });
    let others = || {
        tables.iter().copied().filter(|table| {
            !of_municipality.is_some_and(|other| std::ptr::eq(other, *table)) && !called(table, &NOT_READ)
        })
    };
    let of_places = others()
        .find(|table| called(table, &["plekken", "places", "ontmoetingsplekken"]))
        .or_else(|| others().find(is_of_places))
        // So that its lack of headings is told.
        .or_else(|| others().find(|table| of_municipality.is_none() && !table.records.is_empty()));
    if let Some(table) = of_municipality {
        workbook.municipality = Some(municipality_sheet::municipality(table, &file, lexicon, &mut workbook.report));
    }
    if let Some(table) = of_places {
        workbook.rows = row::places(table, &file, lexicon, &mut workbook.report).unwrap_or_default();
    }
    for table in others() {
        let is_read = of_places.is_some_and(|read| std::ptr::eq(read, table));
        if !is_read && !table.records.is_empty() {
            let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
            let value = table.sheet.as_deref().unwrap_or_default();
            workbook.report.add(Finding::new(&file, sheet.as_ref(), Rule::SheetNotRead, value));
        }
    }
    workbook
}

#[cfg(test)]
mod tests;
