//! Reads the lists, and says what they say of places.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;

use super::form::Form;
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
            columns::{some_of, with_headings},
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
/// [`Lack`] of what there has to be. Nothing has been added then.
pub(super) fn add(
    batch: &mut Batch,
    file: &Arc<str>,
    tables: &[Table],
    lexicon: &Lexicon,
    whereabouts: &Whereabouts<'_>,
    &Said { on, url, today }: &Said<'_>,
) -> Result<(), Lack> {
    let name = |text: &str| HEADINGS.iter().find(|(known, _)| *known == fold(text)).map(|(_, name)| *name);
    let forms: Vec<Form> = tables.iter().filter_map(Form::of).collect();
    let tables: Vec<(Cow<'_, Table>, Option<&Form>)> = match forms.is_empty() {
        true => tables
            .iter()
            .map(|table| with_headings(table, |text| name(text).is_some(), |text| name(text) == Some("naam")))
            .map(|table| (table, None))
            .collect(),
        // The other sheets of its workbook are about the form.
        false => forms.iter().map(|form| (Cow::Borrowed(&form.upright), Some(form))).collect(),
    };
    if !forms.is_empty() && forms.iter().all(|form| form.upright.records.is_empty()) {
        return Err(Lack::PollingPlaces);
    }
    if on.is_none() && tables.iter().all(|(table, _)| days(table).is_empty()) {
        return Err(Lack::Day);
    }
    for (table, form) in &tables {
        let days = days(table);
        let mut named = renamed(table);
        let passed_over = [
            pass_over_mobile(&mut named, table),
            pass_over_elsewhere(
                &mut named,
                |text| lexicon.municipality(text).is_some(),
                |text| whereabouts.is_municipality_elsewhere(text, lexicon),
            ),
        ];
        for PassedOver { rule, rows, of } in passed_over.into_iter().filter(|passed_over| passed_over.rows > 0) {
            let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
            let finding = Finding::new(file, sheet.as_ref(), rule, &rows.to_string());
            batch.report.add(Finding { details: vec![some_of(&of)], ..finding });
            batch.left_aside += rows;
        }
        let mut report = Report::default();
        let Some(rows) = row::places(&named, file, lexicon, &mut report) else {
            let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
            let value = table.sheet.as_deref().unwrap_or_default();
            batch.report.add(Finding::new(file, sheet.as_ref(), Rule::SheetNotRead, value));
            continue;
        };
        let as_it_lies = |finding| match form {
            Some(form) => form.as_it_lies(finding),
            None => finding,
        };
        batch.report.append(report.map(as_it_lies));
        let mut by_day: BTreeMap<NaiveDate, Vec<Record>> = BTreeMap::new();
        let mut completed = whereabouts.rows(file);
        for mut row in rows {
            completed.complete(&mut row, None);
            // A row without hours was open on the day of the others.
            let day = days.get(&row.row).or(days.values().next()).copied().or(on).unwrap_or(today);
            let at = match form {
                Some(form) => form.at(file, row.row),
                None => At { file: file.clone(), sheet: row.sheet.clone(), row: row.row },
            };
            by_day.entry(day).or_default().push(record(at, row, day));
        }
        batch.report.extend(completed.told().map(as_it_lies));
        batch.groups.extend(by_day.into_iter().map(|(day, records)| (sender(day, url, today), records)));
    }
    Ok(())
}

/// What a list has to have and does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// Nothing says on which day these were polling places.
    Day,
    /// The form is not filled in.
    PollingPlaces,
}

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

fn record(at: At, row: PlaceRow, day: NaiveDate) -> Record {
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
        at,
        // The numbers of a list are its own.
        key: None,
        municipality: row.municipality,
        may_be_new: kind.is_some(),
        stated: Some(day),
        statements,
        cleared: row.cleared,
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

/// Rows that are left aside, and told with their number.
struct PassedOver {
    rule: Rule,
    rows: usize,
    /// Of which municipalities, in the order of the alphabet.
    of: Vec<String>,
}

/// Takes out what drives around.
fn pass_over_mobile(named: &mut Table, table: &Table) -> PassedOver {
    let before = named.records.len();
    if let Some(column) = column(table, "type stembureau") {
        let is_mobile = |cell: &Cell| usize::from(cell.column) == column && fold(&cell.text) == "mobiel";
        let mobile = table.records.iter().filter(|record| record.cells.iter().any(is_mobile));
        let mobile: BTreeSet<u32> = mobile.map(|record| record.row).collect();
        named.records.retain(|record| !mobile.contains(&record.row));
    }
    PassedOver { rule: Rule::MobilePollingPlaces, rows: before - named.records.len(), of: Vec::new() }
}

/// Takes out the rows of municipalities elsewhere. The code counts where there is one, since a name may be a slip.
fn pass_over_elsewhere(
    named: &mut Table,
    is_ours: impl Fn(&str) -> bool,
    is_elsewhere: impl Fn(&str) -> bool,
) -> PassedOver {
    let columns = ["gemeentecode", "gemeente"].map(|heading| column(named, heading));
    let before = named.records.len();
    let mut of = BTreeSet::new();
    named.records.retain(|record| {
        let [code, name] = columns.map(|column| {
            let cell = record.cells.iter().find(|cell| Some(usize::from(cell.column)) == column)?;
            Some(cell.text.trim()).filter(|text| !text.is_empty() && !cell::is_spreadsheet_error(text))
        });
        if [code, name].into_iter().flatten().any(&is_ours) || !code.or(name).is_some_and(&is_elsewhere) {
            return true;
        }
        of.extend(name.or(code).map(str::to_owned));
        false
    });
    PassedOver { rule: Rule::RowsElsewhere, rows: before - named.records.len(), of: of.into_iter().collect() }
}

fn column(table: &Table, heading: &str) -> Option<usize> {
    table.headings.iter().position(|other| fold(other) == heading)
}

#[cfg(test)]
mod tests;
