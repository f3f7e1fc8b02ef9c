//! Reads the lists, and says what they say of places.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use crate::{
    claims::{
        At, Record, Sender,
        identity::{kind_of, without_mark},
    },
    findings::{Finding, Report, Rule},
    ingest::{
        batch::Batch,
        places::{
            column::Lexicon,
            row::{self, PlaceRow},
        },
        tabular::{
            cell,
            columns::with_headings,
            table::{Cell, Table},
        },
        whereabouts::Whereabouts,
    },
    model::{Authority, Layer, Source, Statement},
    search::fold,
};

/// The headings of polling lists, folded, and what they are called in a list of places.
const HEADINGS: [(&str, &str); 20] = [
    ("naam stembureau", "naam"),
    ("stembureau", "naam"),
    ("locatienaam", "naam"),
    ("name", "naam"),
    ("gemeente", "gemeente"),
    ("municipality", "gemeente"),
    ("cbs gemeentecode", "gemeentecode"),
    ("municipalitycode", "gemeentecode"),
    ("straatnaam", "straat"),
    ("huisnummer", "huisnummer"),
    ("huisletter", "huisletter"),
    ("huisnummertoevoeging", "toevoeging"),
    ("postcode", "postcode"),
    ("plaats", "plaats"),
    ("x", "x"),
    ("y", "y"),
    ("latitude", "breedtegraad"),
    ("longitude", "lengtegraad"),
    ("toegankelijk voor mensen met een lichamelijke beperking", "rolstoeltoegankelijk"),
    ("toegankelijk voor mindervaliden", "rolstoeltoegankelijk"),
];

/// What is said with a list.
pub(super) struct Said<'a> {
    /// The day of the election, where the file does not tell.
    pub(super) on: Option<NaiveDate>,
    /// Where it can be read.
    pub(super) url: Option<&'a str>,
    /// The day of the import.
    pub(super) today: NaiveDate,
}

/// Adds the records of a file, under a source for each election day.
///
/// # Errors
/// [`NoDay`] where neither tells it. Nothing has been added then.
pub(super) fn add(
    batch: &mut Batch,
    file: &Arc<str>,
    tables: &[Table],
    lexicon: &Lexicon,
    whereabouts: &Whereabouts<'_>,
    &Said { on, url, today }: &Said<'_>,
) -> Result<(), NoDay> {
    let name = |text: &str| HEADINGS.iter().find(|(known, _)| *known == fold(text)).map(|(_, name)| *name);
    let tables: Vec<_> = tables
        .iter()
        .map(|table| with_headings(table, |text| name(text).is_some(), |text| name(text) == Some("naam")))
        .collect();
    if on.is_none() && tables.iter().all(|table| days(table).is_empty()) {
        return Err(NoDay);
    }
    for table in &tables {
        let days = days(table);
        let mobile = rows_with(table, "type stembureau", |text| fold(text) == "mobiel");
        let named = renamed(table);
        let mut report = Report::default();
        let Some(rows) = row::places(&named, file, lexicon, &mut report) else {
            let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
            let value = table.sheet.as_deref().unwrap_or_default();
            batch.report.add(Finding::new(file, sheet.as_ref(), Rule::SheetNotRead, value));
            continue;
        };
        batch.report.append(report);
        let mut by_day: BTreeMap<NaiveDate, Vec<Record>> = BTreeMap::new();
        let mut completed = whereabouts.rows(file);
        for mut row in rows.into_iter().filter(|row| !mobile.contains(&row.row)) {
            completed.complete(&mut row, None);
            // A row without hours was open on the day of the others.
            let day = days.get(&row.row).or(days.values().next()).copied().or(on).unwrap_or(today);
            by_day.entry(day).or_default().push(record(file, row, day));
        }
        batch.report.extend(completed.told());
        batch.groups.extend(by_day.into_iter().map(|(day, records)| (sender(day, url, today), records)));
    }
    Ok(())
}

/// Nothing says on which day these were polling places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDay;

fn sender(day: NaiveDate, url: Option<&str>, today: NaiveDate) -> Sender {
    Sender {
        source: Source {
            id: format!("polling-places-{day}"),
            layer: Layer::POLLING_PLACES.to_owned(),
            title: format!("Stembureaus van {day}"),
            url: url.map(str::to_owned),
            licence: Some("CC0-1.0".to_owned()),
            published: Some(day.into()),
            retrieved: Some(today),
        },
        authority: Authority::PollingPlaces,
        layer: Layer {
            key: Layer::POLLING_PLACES.to_owned(),
            title: "Stemlokalen: adressen en coördinaten".to_owned(),
            licence: "CC0-1.0".to_owned(),
            licence_url: Some(Layer::CC0.to_owned()),
            attribution: "Bron: gemeenten / Kiesraad".to_owned(),
            reference_date: Some(day.into()),
        },
        may_repeat: true,
        is_inventory: false,
        only_recognises: false,
        is_whole: false,
        restates: false,
    }
}

fn record(file: &Arc<str>, row: PlaceRow, day: NaiveDate) -> Record {
    let kind = row.name.as_deref().and_then(kind_of);
    let mut statements: Vec<Statement> = row
        .statements
        .into_iter()
        .filter_map(|statement| match statement {
            Statement::Municipality(_) => None,
            Statement::Name(name) => Some(Statement::Name(without_mark(&name).to_owned())),
            other => Some(other),
        })
        .collect();
    statements.extend(kind.map(Statement::KindFromName));
    Record {
        at: At { file: file.clone(), sheet: row.sheet, row: row.row },
        // The numbers of a list are its own.
        key: None,
        municipality: row.municipality,
        may_be_new: kind.is_some(),
        stated: Some(day),
        statements,
    }
}

/// The table under the headings of a list of places; what belongs to the election is left out.
fn renamed(table: &Table) -> Table {
    let name = |heading: &String| HEADINGS.iter().find(|(known, _)| *known == fold(heading)).map(|(_, name)| *name);
    let mut taken = Vec::new();
    let headings: Vec<Option<&str>> = table
        .headings
        .iter()
        .map(|heading| {
            let name = name(heading).filter(|name| !taken.contains(name));
            taken.extend(name);
            name
        })
        .collect();
    let is_read = |cell: &&Cell| headings.get(usize::from(cell.column)).is_some_and(Option::is_some);
    let mut renamed = table.clone();
    for record in &mut renamed.records {
        record.cells = record.cells.iter().filter(is_read).cloned().map(as_said).collect();
    }
    renamed.headings = headings.into_iter().map(|name| name.unwrap_or_default().to_owned()).collect();
    renamed
}

/// Some lists write `NULL` for nothing, and two single quotes for a quotation mark.
fn as_said(cell: Cell) -> Cell {
    let text = if cell.text == "NULL" { String::new() } else { cell.text.replace("''", "\"") };
    Cell { text, ..cell }
}

/// The day of each row, of the column with the opening hours.
fn days(table: &Table) -> BTreeMap<u32, NaiveDate> {
    let Some(column) = column(table, "openingstijd") else { return BTreeMap::new() };
    // `2023-03-15T07:30:00 tot 2023-03-15T21:00:00`, `18-3-2026 07:30 - 21:00`
    let day = |text: &str| cell::date(text.split_whitespace().next()?);
    let rows = table.records.iter().filter_map(|record| {
        let cell = record.cells.iter().find(|cell| usize::from(cell.column) == column)?;
        Some((record.row, day(&cell.text)?))
    });
    rows.collect()
}

fn rows_with(table: &Table, heading: &str, is: impl Fn(&str) -> bool) -> Vec<u32> {
    let Some(column) = column(table, heading) else { return Vec::new() };
    let has = |cell: &Cell| usize::from(cell.column) == column && is(&cell.text);
    table.records.iter().filter(|record| record.cells.iter().any(has)).map(|record| record.row).collect()
}

fn column(table: &Table, heading: &str) -> Option<usize> {
    table.headings.iter().position(|other| fold(other) == heading)
}
