//! Text with delimiters, as spreadsheets write it.
//!
//! Split here and not by the crate `csv`: the row numbers have to be those of a spreadsheet, which counts empty lines and
//! not the line breaks inside quotes, and a quote that is never closed has to be told instead of taking in the rest.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ingest::tabular::{
    error::TableError,
    table::{Budget, CellKind, Rows, Table},
};

/// The text of a file: UTF-8, UTF-16 ("Unicode text" of Excel) with a byte order mark or without, else Windows-1252.
///
/// # Errors
/// When it is no text at all.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, TableError> {
    let bytes_after = |mark: &[u8]| bytes.strip_prefix(mark);
    if let Some(rest) = bytes_after(b"\xFF\xFE") {
        return Ok(UTF_16LE.decode_without_bom_handling(rest).0.into_owned());
    }
    if let Some(rest) = bytes_after(b"\xFE\xFF") {
        return Ok(UTF_16BE.decode_without_bom_handling(rest).0.into_owned());
    }
    let head = &bytes[..bytes.len().min(4096)];
    if let Some(encoding) = utf_16_without_mark(head) {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    // A stray NUL in a cell is reported there; more of them are not text.
    if head.iter().filter(|byte| **byte == 0).count() * 10 > head.len() {
        return Err(TableError::OtherFormat(["geen tekst", "no text"]));
    }
    let rest = bytes_after(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match UTF_8.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) => Ok(text.into_owned()),
        None => Ok(WINDOWS_1252.decode_without_bom_handling(rest).0.into_owned()),
    }
}

/// UTF-16, where nearly every other byte is nought as in text of Europe, and none of those between.
fn utf_16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let noughts = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let most = |noughts: usize| noughts * 10 > head.len() / 2 * 8;
    match (noughts(0), noughts(1)) {
        (0, odd) if most(odd) => Some(UTF_16LE),
        (even, 0) if most(even) => Some(UTF_16BE),
        _ => None,
    }
}

/// The table of a text.
pub(crate) fn read(text: &str) -> Result<Table, TableError> {
    split(text).map_err(|error| with_number_of_rows(error, text))
}

fn split(text: &str) -> Result<Table, TableError> {
    let (delimiter, text, mut row) = match told_delimiter(text) {
        Some((delimiter, rest)) => (delimiter, rest, 2),
        None => (likely_delimiter(text), text, 1),
    };
    let (mut rows, mut budget) = (Rows::default(), Budget::default());
    let mut field = String::new();
    let mut column = 0;
    let mut is_quoted = false;
    let mut quote_opened_in = row;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            c if is_quoted => field.push(c),
            // Only at the beginning of a cell: the inches and nicknames inside one are themselves.
            '"' if field.trim().is_empty() => {
                field.clear();
                is_quoted = true;
                quote_opened_in = row;
            }
            c if c == delimiter => {
                rows.add(&mut budget, row, column, &field, CellKind::Plain)?;
                field.clear();
                column += 1;
            }
            '\r' | '\n' => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                rows.add(&mut budget, row, column, &field, CellKind::Plain)?;
                field.clear();
                column = 0;
                row = row.saturating_add(1);
            }
            c => field.push(c),
        }
    }
    if is_quoted {
        return Err(TableError::UnclosedQuote { row: quote_opened_in });
    }
    rows.add(&mut budget, row, column, &field, CellKind::Plain)?;
    Ok(rows.finish())
}

/// The lines of a text that has too many rows are counted, since its reader wants to know in how many pieces to split it.
fn with_number_of_rows(error: TableError, text: &str) -> TableError {
    match error {
        TableError::TooManyRows { .. } => TableError::TooManyRows { rows: text.lines().count().saturating_sub(1) },
        other => other,
    }
}

/// What the first line says: `sep=;`, a habit of Excel.
fn told_delimiter(text: &str) -> Option<(char, &str)> {
    let (line, rest) = text.split_at(text.find(['\n', '\r'])?);
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.get(1..))?;
    let line = line.trim_matches('"');
    let mut told = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?.chars();
    let delimiter = told.next().filter(|c| matches!(c, ',' | ';' | '\t' | '|'))?;
    told.next().is_none().then_some((delimiter, rest))
}

/// The delimiter that the first line has most of, outside quotes; a semicolon where it has none.
fn likely_delimiter(text: &str) -> char {
    let line = text.trim_start_matches(['\r', '\n', ' ']);
    let mut is_quoted = false;
    let mut counts = [(';', 0), (',', 0), ('\t', 0), ('|', 0)];
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\r' | '\n' if !is_quoted => break,
            c if !is_quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == c) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    // Of equals the first, hence reversed.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(';', |(delimiter, _)| *delimiter)
}
