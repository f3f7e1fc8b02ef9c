//! Excel workbooks.
//!
//! The file is weighed before `calamine` sees it, and its cells are taken one by one as they stand in the file: the crate's
//! own table of a sheet is as large as its farthest cell, and one cell in the last column and row would take all memory.

use std::{
    io::{Cursor, Read, Write},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader as _, SheetType, Xlsx, XlsxError};
use zip::ZipArchive;

use super::layout::layouts;
use crate::{
    ingest::tabular::{
        error::TableError,
        limits::MOST_BYTES,
        table::{Budget, CellKind, Rows, Table},
    },
    search::fold,
};

/// A workbook has some dozens of parts, one with many pictures some hundreds.
const MOST_PARTS: usize = 10_000;

/// The sheets of a workbook, hidden ones too, in their order.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Table>, TableError> {
    weigh(bytes, MOST_BYTES)?;
    // A damaged workbook is answered with an error by calamine; where it ever panics instead, one bad file must not end an
    // import of many. Nothing is left half done: it reads from a slice of ours into values that are dropped.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes))).unwrap_or(Err(TableError::Truncated))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Table>, TableError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| told(&error))?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut budget = Budget::default();
    let mut layouts = layouts(bytes);
    let mut tables = Vec::new();
    for name in names {
        let mut cells = match workbook.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(told(&error)),
        };
        let mut rows = Rows { sheet: Some(name), ..Rows::default() };
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| told(&error))? {
            let (row, column) = cell.pos;
            let (text, kind) = match (text_of(&cell.value), cell.formula.is_some()) {
                (Some((text, CellKind::Plain)), true) => (text, CellKind::Formula),
                (Some(cell), _) => cell,
                (None, true) => (String::new(), CellKind::FormulaWithoutValue),
                (None, false) => continue,
            };
            rows.add(&mut budget, row.saturating_add(1), column as usize, &text, kind)?;
        }
        let mut table = rows.finish();
        if let Some(layout) = table.sheet.as_ref().and_then(|name| layouts.remove(name)) {
            layout.lay_over(&mut table, &mut budget)?;
        }
        tables.push(table);
    }
    let is_explained = tables.iter().filter_map(|table| table.sheet.as_deref()).any(|name| fold(name) == "uitleg");
    tables.iter_mut().for_each(|table| table.is_explained = is_explained);
    Ok(tables)
}

/// What a clerk sees in a cell; `None`: nothing.
fn text_of(value: &DataRef<'_>) -> Option<(String, CellKind)> {
    let plain = |text: String| Some((text, CellKind::Plain));
    match value {
        DataRef::Empty => None,
        DataRef::String(text) if text.is_empty() => None,
        DataRef::String(text) => plain(text.clone()),
        DataRef::SharedString(text) => plain((*text).to_owned()),
        DataRef::Int(number) => plain(number.to_string()),
        DataRef::Float(number) => plain(number_as_shown(*number)),
        DataRef::Bool(truth) => plain(if *truth { "ja" } else { "nee" }.to_owned()),
        DataRef::DateTime(moment) if moment.is_duration() => plain(number_as_shown(moment.as_f64())),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            plain(match (moment.as_f64() < 1.0, hour, minute, second) {
                (true, ..) => format!("{hour:02}:{minute:02}"),
                (_, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            })
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            plain(text.strip_suffix("T00:00:00").unwrap_or(text).to_owned())
        }
        DataRef::Error(error) => Some((error.to_string(), CellKind::Error)),
    }
}

/// A number with the fifteen digits that a spreadsheet has, `12` and not `12.0`, `0.3` and not `0.30000000000000004`.
fn number_as_shown(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    rounded.to_string()
}

/// Whether the file is a workbook that unpacks to at most so many bytes, by its own word and in fact.
pub(crate) fn weigh(bytes: &[u8], most: u64) -> Result<(), TableError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TableError::Truncated)?;
    if archive.len() > MOST_PARTS {
        return Err(TableError::Bomb);
    }
    // A name that is no text is none of those that matter.
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_ascii_lowercase()).collect();
    let has = |folder: &str, end: &str| {
        names.iter().any(|name| name.trim_start_matches('/').starts_with(folder) && name.ends_with(end))
    };
    // The main part may be called workbook22.xml, as online editors do.
    let has_workbook = names.iter().any(|name| name.contains("workbook") && name.ends_with(".xml"));
    if !has_workbook {
        return Err(TableError::OtherFormat(if has("", "workbook.bin") {
            ["een binaire werkmap (.xlsb)", "a binary workbook (.xlsb)"]
        } else if has("word/", ".xml") {
            ["een Word-document (.docx)", "a Word document (.docx)"]
        } else if has("mimetype", "mimetype") && has("content.xml", "content.xml") {
            ["een OpenDocument-bestand (.ods)", "an OpenDocument file (.ods)"]
        } else {
            ["een zipbestand maar geen werkmap", "a zip file but no workbook"]
        }));
    }
    let mut left = most;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(reason) if reason.contains("assword") => TableError::Encrypted,
            _ => TableError::Truncated,
        })?;
        if part.size() > left {
            return Err(TableError::Bomb);
        }
        let is_strings = part.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml"));
        let mut strings = Vec::new();
        let mut nowhere = std::io::sink();
        let kept: &mut dyn Write = if is_strings { &mut strings } else { &mut nowhere };
        let unpacked = std::io::copy(&mut part.by_ref().take(left + 1), kept).map_err(|_| TableError::Truncated)?;
        left = left.checked_sub(unpacked).ok_or(TableError::Bomb)?;
        if is_strings && !counts_honestly(&strings) {
            return Err(TableError::Truncated);
        }
    }
    Ok(())
}

/// Whether no count in the list of strings is larger than the list itself: calamine asks for that much memory at once.
fn counts_honestly(xml: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    // In UTF-16 the name would not be seen; no spreadsheet writes that.
    if xml.iter().take(64).any(|byte| *byte == 0) {
        return false;
    }
    let counts = xml.windows(COUNT.len()).enumerate().filter(|(_, window)| *window == COUNT);
    counts.into_iter().all(|(at, _)| {
        let digits = xml[at + COUNT.len()..]
            .iter()
            .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'' | b'+'))
            .take_while(|byte| byte.is_ascii_digit());
        let count = digits.fold(0_usize, |sum, digit| sum.saturating_mul(10).saturating_add(usize::from(digit - b'0')));
        count <= xml.len()
    })
}

fn told(error: &XlsxError) -> TableError {
    // For who looks into it; a clerk can do nothing with the words of an XML reader.
    tracing::debug!(%error, "a workbook cannot be read");
    match error {
        XlsxError::Password => TableError::Encrypted,
        _ => TableError::Truncated,
    }
}
