//! A table of text.

use super::{
    error::TableError,
    limits::{MOST_CELL_CHARS, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT_BYTES},
};
use crate::spatial::Wgs84;

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its name, where the file has sheets.
    pub sheet: Option<String>,
    /// The row of the headings, as a spreadsheet numbers it.
    pub heading_row: u32,
    /// The headings as they are written; empty where there is none above a column.
    pub headings: Vec<String>,
    /// The rows below that hold anything.
    pub records: Vec<Record>,
    /// What is odd about it and its cells do not tell.
    pub oddities: Vec<Oddity>,
    /// Whether it stands in a workbook that explains its columns, as those of our templates do.
    pub is_explained: bool,
}

/// What is odd about a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Rows that nobody sees, by their numbers; they are read.
    HiddenRows(Vec<u32>),
    /// Columns that nobody sees, by their headings; they are read.
    HiddenColumns(Vec<String>),
    /// Merged cells of which the value was taken for all their rows, such as `B2:B4`.
    Merged(Vec<String>),
    /// The headings stand below other rows, in this one.
    HeadingsBelow(u32),
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The number that a spreadsheet shows beside it, the first being 1; of a GeoJSON file that of the feature, from 1.
    pub row: u32,
    /// The cells that are not empty, from left to right.
    pub cells: Vec<Cell>,
    /// The geometry of a GeoJSON feature.
    pub geometry: Option<Geometry>,
}

/// A cell with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: u16,
    /// What a clerk sees in it.
    pub text: String,
    /// How that came about.
    pub kind: CellKind,
}

/// How the text of a cell came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// It stands there.
    Plain,
    /// It is the saved result of a formula.
    Formula,
    /// A formula without a saved result.
    FormulaWithoutValue,
    /// The error of a spreadsheet, `#N/A`.
    Error,
    /// JSON that is no single value and no list of texts.
    Nested,
    /// The beginning of a text of so many characters.
    TooLong(usize),
}

/// What a GeoJSON feature has for a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// Two numbers, longitude before latitude as they stand there; not checked.
    Point(Wgs84),
    /// The type of another geometry.
    Other(String),
}

/// Takes cells as they come, from top to bottom, and keeps count of what they take.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) sheet: Option<String>,
    pub(super) heading_row: Option<u32>,
    pub(super) headings: Vec<String>,
    pub(super) records: Vec<Record>,
}

/// How much of what is taken of a file is left, over all its sheets.
#[derive(Debug)]
pub(super) struct Budget {
    cells: usize,
    text_bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: MOST_CELLS, text_bytes: MOST_TEXT_BYTES }
    }
}

impl Budget {
    /// Takes a cell with so much text off it.
    pub(super) fn take(&mut self, text: &str) -> Result<(), TableError> {
        self.cells = self.cells.checked_sub(1).ok_or(TableError::TooMuchText)?;
        self.text_bytes = self.text_bytes.checked_sub(text.len()).ok_or(TableError::TooMuchText)?;
        Ok(())
    }
}

impl Rows {
    /// A cell; an empty one is nothing. The first row that holds anything has the headings.
    pub(super) fn add(
        &mut self,
        budget: &mut Budget,
        row: u32,
        column: usize,
        text: &str,
        kind: CellKind,
    ) -> Result<(), TableError> {
        let says_nothing = text.trim().is_empty() && kind != CellKind::FormulaWithoutValue;
        if says_nothing {
            return Ok(());
        }
        let Some(number) = u16::try_from(column).ok().filter(|_| column < MOST_COLUMNS) else {
            return Err(TableError::TooManyColumns { columns: column + 1 });
        };
        let (text, kind) = match text.char_indices().nth(MOST_CELL_CHARS) {
            None => (text, kind),
            // Enough to know it by.
            Some(_) => (text.get(..excerpt_end(text)).unwrap_or_default(), CellKind::TooLong(text.chars().count())),
        };
        budget.take(text)?;
        if *self.heading_row.get_or_insert(row) == row {
            if self.headings.len() <= column {
                self.headings.resize(column + 1, String::new());
            }
            self.headings[column] = text.trim().to_owned();
            return Ok(());
        }
        if self.records.last().is_none_or(|record| record.row != row) {
            if self.records.len() == MOST_ROWS {
                return Err(TableError::TooManyRows { rows: MOST_ROWS + 1 });
            }
            self.records.push(Record { row, cells: Vec::new(), geometry: None });
        }
        if let Some(record) = self.records.last_mut() {
            record.cells.push(Cell { column: number, text: text.to_owned(), kind });
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Table {
        Table {
            sheet: self.sheet,
            heading_row: self.heading_row.unwrap_or(1),
            headings: self.headings,
            records: self.records,
            ..Table::default()
        }
    }
}

/// The byte behind the first two hundred characters.
pub(super) fn excerpt_end(text: &str) -> usize {
    text.char_indices().nth(200).map_or(text.len(), |(at, _)| at)
}
