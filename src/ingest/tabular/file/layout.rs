//! What a workbook hides and merges, which its cells do not tell.
//!
//! Read beside the cells, by the parts of the file themselves. Where a part is not found or not understood nothing is told:
//! the cells are what counts.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    io::{BufReader, Cursor, Read as _},
};

use quick_xml::{
    Reader,
    escape::unescape,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use crate::{
    findings::report::letters,
    ingest::tabular::{
        error::TableError,
        limits::{MOST_BYTES, MOST_COLUMNS},
        table::{Budget, Oddity, Table},
    },
};

/// More merged cells than that nobody makes by hand.
const MOST_MERGED: usize = 10_000;

/// What a sheet hides and merges.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// As a spreadsheet numbers them.
    hidden_rows: Vec<u32>,
    /// From 0.
    hidden_columns: Vec<u16>,
    merged: Vec<Block>,
}

/// Merged cells.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Block {
    column: u16,
    last_column: u16,
    row: u32,
    last_row: u32,
}

/// The layouts of the sheets of a workbook, by name.
pub(super) fn layouts(bytes: &[u8]) -> HashMap<String, Layout> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return HashMap::new() };
    let sheets = sheets(&mut archive).unwrap_or_default();
    let layouts = sheets.into_iter().filter_map(|(name, part)| Some((name, layout(&mut archive, &part)?)));
    layouts.collect()
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Gives each element of a part, until `take` has enough.
fn elements(archive: &mut Archive<'_>, part: &str, mut take: impl FnMut(&BytesStart<'_>)) -> Option<()> {
    let part = archive.by_name(part).ok()?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(MOST_BYTES)));
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(start) | Event::Empty(start) => take(&start),
            Event::Eof => return Some(()),
            _ => {}
        }
        buffer.clear();
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().into_inner() == name)?;
    unescape(&found.value).ok().map(Cow::into_owned)
}

/// The name and the part of each sheet.
fn sheets(archive: &mut Archive<'_>) -> Option<Vec<(String, String)>> {
    // A name that is no text is none of these.
    let names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let workbook = names.iter().find(|name| file(name).starts_with("workbook") && name.ends_with(".xml"))?;
    let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", workbook));
    let mut ids = Vec::new();
    elements(archive, workbook, |start| {
        if start.local_name().into_inner() == "sheet"
            && let Some(name) = attribute(start, "name")
            && let Some(id) = attribute(start, "id")
        {
            ids.push((name, id));
        }
    })?;
    let mut parts = HashMap::new();
    elements(archive, &format!("{folder}/_rels/{name}.rels"), |start| {
        if let Some(id) = attribute(start, "Id")
            && let Some(target) = attribute(start, "Target")
        {
            let part = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("{folder}/{target}"),
            };
            parts.insert(id, part);
        }
    })?;
    Some(ids.into_iter().filter_map(|(name, id)| Some((name, parts.remove(&id)?))).collect())
}

fn layout(archive: &mut Archive<'_>, part: &str) -> Option<Layout> {
    let mut layout = Layout::default();
    let mut row = 0;
    let is_hidden =
        |start: &BytesStart<'_>| attribute(start, "hidden").is_some_and(|hidden| hidden == "1" || hidden == "true");
    elements(archive, part, |start| match start.local_name().into_inner() {
        "row" => {
            row = attribute(start, "r").and_then(|row| row.parse().ok()).unwrap_or(row + 1);
            if is_hidden(start) {
                layout.hidden_rows.push(row);
            }
        }
        "col" if is_hidden(start) => {
            let column = |name| attribute(start, name).and_then(|column| column.parse::<usize>().ok());
            let (first, last) = (column("min").unwrap_or(1), column("max").unwrap_or(0).min(MOST_COLUMNS));
            layout.hidden_columns.extend((first.max(1)..=last).filter_map(|column| u16::try_from(column - 1).ok()));
        }
        "mergeCell" if layout.merged.len() < MOST_MERGED => {
            layout.merged.extend(attribute(start, "ref").as_deref().and_then(block));
        }
        _ => {}
    })?;
    Some(layout)
}

/// `B2:C4`
fn block(text: &str) -> Option<Block> {
    let cell = |text: &str| {
        let digits = text.find(|c: char| c.is_ascii_digit())?;
        let (column, row) = text.split_at(digits);
        let number = |sum: Option<u32>, letter: u8| {
            let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?);
            sum?.checked_mul(26)?.checked_add(value + 1)
        };
        let column = column.bytes().fold(Some(0), number)?.checked_sub(1)?;
        Some((u16::try_from(column).ok()?, row.parse::<u32>().ok()?))
    };
    let (first, last) = text.split_once(':')?;
    let ((column, row), (last_column, last_row)) = (cell(first)?, cell(last)?);
    Some(Block { column, last_column, row, last_row })
}

impl Layout {
    /// Gives merged cells their value in all their rows, and keeps what is odd for who tells it.
    ///
    /// # Errors
    /// Where the table has too many cells then.
    pub(super) fn lay_over(self, table: &mut Table, budget: &mut Budget) -> Result<(), TableError> {
        let mut merged = Vec::new();
        for block in self.merged {
            if fill(table, &block, budget)? {
                let Block { column, last_column, row, last_row } = block;
                merged.push(format!("{}{row}:{}{last_row}", letters(column), letters(last_column)));
            }
        }
        let rows = table.records.iter().map(|record| record.row);
        let hidden: HashSet<u32> = self.hidden_rows.into_iter().collect();
        let hidden_rows: Vec<u32> = rows.filter(|row| hidden.contains(row)).collect();
        let headings = self.hidden_columns.iter().filter_map(|column| table.headings.get(usize::from(*column)));
        let hidden_columns: Vec<String> = headings.filter(|heading| !heading.is_empty()).cloned().collect();
        for (is_odd, oddity) in [
            (!merged.is_empty(), Oddity::Merged(merged)),
            (!hidden_rows.is_empty(), Oddity::HiddenRows(hidden_rows)),
            (!hidden_columns.is_empty(), Oddity::HiddenColumns(hidden_columns)),
        ] {
            table.oddities.extend(is_odd.then_some(oddity));
        }
        Ok(())
    }
}

/// Gives the rows of a block of merged cells the value of its first; whether there were any. A row in which nothing else stands
/// stays empty.
fn fill(table: &mut Table, block: &Block, budget: &mut Budget) -> Result<bool, TableError> {
    if block.row <= table.heading_row || block.last_row <= block.row {
        return Ok(false);
    }
    let first = table.records.partition_point(|record| record.row < block.row);
    let found = table.records.get(first).filter(|record| record.row == block.row);
    let found = found.and_then(|record| record.cells.iter().find(|cell| cell.column == block.column)).cloned();
    let Some(cell) = found else { return Ok(false) };
    let mut has_any = false;
    for record in table.records[first + 1..].iter_mut().take_while(|record| record.row <= block.last_row) {
        let at = record.cells.partition_point(|other| other.column < block.column);
        if record.cells.get(at).is_none_or(|other| other.column != block.column) {
            budget.take(&cell.text)?;
            record.cells.insert(at, cell.clone());
            has_any = true;
        }
    }
    Ok(has_any)
}
