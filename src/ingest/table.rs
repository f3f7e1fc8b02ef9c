//! A file as tables of text: CSV, XLSX or GeoJSON, told apart by what is in it and not by its name.
//!
//! Everything that can be in a file of somebody else is met here: any bytes give tables or one sentence, within bounds of
//! memory that do not depend on what the file says of itself. What a cell means is not known here.

mod csv;
mod geojson;
mod xlsx;

use std::{fmt, io::Read as _, path::Path};

use super::report::Language;
use crate::spatial::Wgs84;

/// The largest file.
pub const MOST_BYTES: u64 = 256 << 20;
/// The largest GeoJSON file: as objects in memory it takes many times its size.
pub const MOST_JSON_BYTES: u64 = 64 << 20;
/// The most rows of a table, the headings aside.
pub const MOST_ROWS: usize = 200_000;
/// The most columns of a table.
pub const MOST_COLUMNS: usize = 1_000;
/// The longest cell, characters. A longer one is reported and left out.
pub const MOST_CELL_CHARS: usize = 10_000;
/// The most cells of a file that are not empty: two hundred thousand rows of fifty.
const MOST_CELLS: usize = 10_000_000;
/// The most text of a file, bytes. A spreadsheet can name the same text a million times.
const MOST_TEXT_BYTES: usize = 512 << 20;

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name, where the file has sheets.
    pub sheet: Option<String>,
    /// The row of the headings, as a spreadsheet numbers it.
    pub heading_row: u32,
    /// The headings as they are written; empty where there is none above a column.
    pub headings: Vec<String>,
    /// The rows below that hold anything.
    pub records: Vec<Record>,
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

/// Why a file cannot be read, as one sentence with the way out.
#[derive(Debug)]
pub enum TableError {
    /// The file cannot be opened or read.
    Io(std::io::Error),
    /// More than [`MOST_BYTES`], or [`MOST_JSON_BYTES`] of GeoJSON.
    TooLarge {
        /// The most bytes of this kind of file.
        most: u64,
    },
    /// Unpacked it would be larger than [`MOST_BYTES`].
    Bomb,
    /// Not a byte, or nothing but white space.
    Empty,
    /// Headings and nothing below.
    NoRows,
    /// More than [`MOST_ROWS`].
    TooManyRows {
        /// How many there are, where that is known.
        rows: usize,
    },
    /// More than [`MOST_COLUMNS`].
    TooManyColumns {
        /// How many there are, at least.
        columns: usize,
    },
    /// More text than is taken.
    TooMuchText,
    /// Another kind of file, with its name.
    OtherFormat(&'static str),
    /// Needs a password.
    Encrypted,
    /// The end is missing, or it is damaged.
    Truncated,
    /// JSON that is no FeatureCollection and no Feature.
    NotGeoJson,
    /// Text that begins like JSON and is not.
    Json {
        /// The line on which it goes wrong.
        line: usize,
    },
    /// A quote that is never closed takes in the rest of the file.
    UnclosedQuote {
        /// The row in which it is opened.
        row: u32,
    },
}

impl std::error::Error for TableError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(cause) => Some(cause),
            _ => None,
        }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl TableError {
    /// The sentence.
    pub fn message(&self, language: Language) -> String {
        let nl = language == Language::Nl;
        let say = |dutch: &str, english: &str| if nl { dutch.to_owned() } else { english.to_owned() };
        match self {
            Self::Io(cause) if nl => format!("Het bestand is niet te lezen: {cause}."),
            Self::Io(cause) => format!("The file cannot be read: {cause}."),
            Self::TooLarge { most } if nl => {
                format!("Het bestand is groter dan {} MiB. Splits het, of laat andere gegevens weg.", most >> 20)
            }
            Self::TooLarge { most } => {
                format!("The file is larger than {} MiB. Split it, or leave other data out.", most >> 20)
            }
            Self::Bomb => say(
                "Uitgepakt is dit bestand groter dan 256 MiB. Bewaar alleen de plekken, in een nieuw bestand.",
                "Unpacked this file is larger than 256 MiB. Save the places only, into a new file.",
            ),
            Self::Empty => say(
                "Het bestand is leeg. Begin met `noaber template places`.",
                "The file is empty. Begin with `noaber template places`.",
            ),
            Self::NoRows => say(
                "Onder de koppen staat geen enkele rij. Zet elke plek op een eigen rij.",
                "There is no row below the headings. Put each place on a row of its own.",
            ),
            Self::TooManyRows { rows } if nl => {
                format!("Het bestand heeft {rows} rijen of meer; het maximum is {MOST_ROWS}. Splits het.")
            }
            Self::TooManyRows { rows } => {
                format!("The file has {rows} rows or more; the most is {MOST_ROWS}. Split it.")
            }
            Self::TooManyColumns { columns } if nl => format!(
                "Het bestand heeft {columns} kolommen of meer; het maximum is {MOST_COLUMNS}. Verwijder wat geen plekken zijn."
            ),
            Self::TooManyColumns { columns } => format!(
                "The file has {columns} columns or more; the most is {MOST_COLUMNS}. Remove what is not about places."
            ),
            Self::TooMuchText => say(
                "Het bestand heeft te veel gevulde cellen of tekst. Splits het, of laat andere gegevens weg.",
                "The file has too many cells or too much text. Split it, or leave other data out.",
            ),
            Self::OtherFormat(format) if nl => {
                format!("Dit is {format}. Bewaar het als Excel-werkmap (.xlsx), als CSV of als GeoJSON.")
            }
            Self::OtherFormat(format) => {
                format!("This is {format}. Save it as an Excel workbook (.xlsx), as CSV or as GeoJSON.")
            }
            Self::Encrypted => say(
                "Het bestand is met een wachtwoord beveiligd. Bewaar het zonder wachtwoord.",
                "The file is protected by a password. Save it without one.",
            ),
            Self::Truncated => say(
                "De Excel-werkmap is beschadigd of niet helemaal aangekomen. Stuur of bewaar haar opnieuw.",
                "The Excel workbook is damaged or its end is missing. Send or save it again.",
            ),
            Self::NotGeoJson => say(
                "Dit is JSON maar geen GeoJSON. Geef een FeatureCollection met een Feature per plek.",
                "This is JSON but not GeoJSON. Give a FeatureCollection with one Feature a place.",
            ),
            Self::Json { line } if nl => {
                format!(
                    "Dit is geen geldige GeoJSON: het gaat mis op regel {line}. Bewaar of stuur het bestand opnieuw."
                )
            }
            Self::Json { line } => {
                format!("This is no valid GeoJSON: it goes wrong on line {line}. Save or send the file again.")
            }
            Self::UnclosedQuote { row } if nl => format!(
                "In rij {row} begint een aanhalingsteken dat nergens eindigt. Sluit het, of haal het weg; twee achter elkaar staan voor één."
            ),
            Self::UnclosedQuote { row } => {
                format!(
                    "A quote that begins in row {row} is never closed. Close or remove it; two in a row stand for one."
                )
            }
        }
    }
}

/// Reads a file.
///
/// # Errors
/// [`TableError`], one sentence.
pub fn read(path: &Path) -> Result<Vec<Table>, TableError> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(TableError::Io)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(TableError::Io)?;
    read_bytes(&bytes)
}

/// Reads what stands in a file; at least one table with at least one row.
///
/// # Errors
/// [`TableError`], one sentence.
pub fn read_bytes(bytes: &[u8]) -> Result<Vec<Table>, TableError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(TableError::TooLarge { most: MOST_BYTES });
    }
    if let Some(format) = other_format(bytes) {
        return Err(TableError::OtherFormat(format));
    }
    let tables = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        xlsx::read(bytes)?
    } else {
        let text = csv::decode(bytes)?;
        match text.trim_start().as_bytes().first() {
            None => return Err(TableError::Empty),
            Some(b'{' | b'[') => vec![geojson::read(&text)?],
            Some(b'<') => return Err(TableError::OtherFormat("een webpagina of XML (web page or XML)")),
            Some(_) => vec![csv::read(&text)?],
        }
    };
    match tables.iter().any(|table| !table.records.is_empty()) {
        true => Ok(tables),
        false if tables.iter().all(|table| table.headings.is_empty()) => Err(TableError::Empty),
        false => Err(TableError::NoRows),
    }
}

/// What a file is when it is neither a zip nor text.
fn other_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 7] = [
        (b"\xD0\xCF\x11\xE0", "een oude .xls of een beveiligd bestand (old .xls, or protected by a password)"),
        (b"%PDF", "een PDF (PDF)"),
        (b"{\\rtf", "een tekstdocument (RTF)"),
        (b"\x89PNG", "een plaatje (picture)"),
        (b"\xFF\xD8\xFF", "een plaatje (picture)"),
        (b"\x1F\x8B", "een gzip-bestand (gzip)"),
        (b"SQLite format 3", "een SQLite-database of GeoPackage (SQLite database or GeoPackage)"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format)
}

/// Takes cells as they come, from top to bottom, and keeps count of what they take.
#[derive(Debug, Default)]
struct Rows {
    sheet: Option<String>,
    heading_row: Option<u32>,
    headings: Vec<String>,
    records: Vec<Record>,
}

/// How much of what is taken of a file is left, over all its sheets.
#[derive(Debug)]
struct Budget {
    cells: usize,
    text_bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: MOST_CELLS, text_bytes: MOST_TEXT_BYTES }
    }
}

impl Rows {
    /// A cell; an empty one is nothing. The first row that holds anything has the headings.
    fn add(
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
        budget.cells = budget.cells.checked_sub(1).ok_or(TableError::TooMuchText)?;
        budget.text_bytes = budget.text_bytes.checked_sub(text.len()).ok_or(TableError::TooMuchText)?;
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

    fn finish(self) -> Table {
        Table {
            sheet: self.sheet,
            heading_row: self.heading_row.unwrap_or(1),
            headings: self.headings,
            records: self.records,
        }
    }
}

/// The byte behind the first two hundred characters.
fn excerpt_end(text: &str) -> usize {
    text.char_indices().nth(200).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests;
