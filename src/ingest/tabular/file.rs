//! A file as tables of text: CSV, XLSX or GeoJSON, told apart by what is in it and not by its name.
//!
//! Everything that can be in a file of somebody else is met here: any bytes give tables or one sentence, within bounds of
//! memory that do not depend on what the file says of itself. What a cell means is not known here.

mod csv;
mod geojson;
mod layout;
mod xlsx;

use std::{io::Read as _, path::Path};

use super::{error::TableError, limits::MOST_BYTES, table::Table};

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
            Some(b'{' | b'[' | 0x1E) => vec![geojson::read(&text)?],
            Some(b'<') => return Err(TableError::OtherFormat(["een webpagina of XML", "a web page or XML"])),
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
fn other_format(bytes: &[u8]) -> Option<[&'static str; 2]> {
    const MAGIC: [(&[u8], [&str; 2]); 7] = [
        (b"\xD0\xCF\x11\xE0", ["een oude .xls of een beveiligd bestand", "an old .xls, or protected by a password"]),
        (b"%PDF", ["een PDF", "a PDF"]),
        (b"{\\rtf", ["een tekstdocument (RTF)", "a text document (RTF)"]),
        (b"\x89PNG", ["een plaatje", "a picture"]),
        (b"\xFF\xD8\xFF", ["een plaatje", "a picture"]),
        (b"\x1F\x8B", ["een gzip-bestand", "a gzip file"]),
        (b"SQLite format 3", ["een SQLite-database of GeoPackage", "an SQLite database or GeoPackage"]),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format)
}

#[cfg(test)]
mod tests;
