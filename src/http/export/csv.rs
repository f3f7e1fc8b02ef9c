//! CSV: as programs read it, and as a Dutch spreadsheet does.

use std::{borrow::Cow, io::Write};

use super::{ExportError, OfEdition};
use crate::{
    calendar::local,
    collections::{Collection, Column, Role, Value},
    findings::defuse,
    model::Language,
};

/// UTF-8, commas, names of columns with underscores, names of terms; lists with `|` between; an empty cell is not known.
pub(super) fn write<S>(
    collection: &Collection<S>,
    of: &S,
    rows: &[u32],
    into: &mut impl Write,
) -> Result<(), ExportError> {
    let mut writer = csv::Writer::from_writer(into);
    writer.write_record(collection.columns.iter().map(|column| &column.csv))?;
    for row in rows {
        // A name that an import brought must not be computed by a spreadsheet; what is read back in is as it was.
        let cells = collection.columns.iter().map(|column| defuse(&column.written(of, *row)).into_owned());
        writer.write_record(cells)?;
    }
    Ok(writer.flush()?)
}

/// Before the first heading: by it a spreadsheet knows UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Semicolons, decimal commas, Dutch headings and labels.
pub(super) fn write_dutch<S: OfEdition>(
    collection: &Collection<S>,
    of: &S,
    rows: &[u32],
    into: &mut impl Write,
) -> Result<(), ExportError> {
    let columns: Vec<&Column<S>> = collection.columns.iter().filter(|column| column.role != Role::Label).collect();
    into.write_all(BYTE_ORDER_MARK.as_bytes())?;
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(into);
    writer.write_record(columns.iter().map(|column| column.label.nl))?;
    for row in rows {
        writer.write_record(columns.iter().map(|column| dutch(column, of, *row)))?;
    }
    Ok(writer.flush()?)
}

fn dutch<S>(column: &Column<S>, of: &S, row: u32) -> String {
    match column.cell(of, row) {
        Value::Unknown => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Number(_) => column.written(of, row).replace('.', ","),
        Value::Date(day) => day.format("%d-%m-%Y").to_string(),
        Value::DateTime(moment) => local(moment).format("%d-%m-%Y %H:%M").to_string(),
        text => as_text(&defuse(&text.told(Language::Nl))).into_owned(),
    }
}

/// A text that a spreadsheet leaves a text: it takes house number `12-2` for the second of December, and `2024-03` for a day in March.
/// A word joiner before it, which is not seen, keeps it from that. Blanks do not: a spreadsheet takes them away first.
fn as_text(text: &str) -> Cow<'_, str> {
    let is_like_a_number = text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .chars()
            .all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '/' | '.' | ',' | ':' | 'e' | 'E' | ' '));
    let is_a_number = text.chars().all(|sign| sign.is_ascii_digit()) && !(text.len() > 1 && text.starts_with('0'));
    if is_like_a_number && !is_a_number { format!("\u{2060}{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_a_date_or_a_number_stays_one() {
        for text in ["12-2", "2024-03", "12E3", "038 4214545", "0123", "1/2", "12.5"] {
            assert_eq!(as_text(text), format!("\u{2060}{text}"));
        }
        for text in ["12", "12a", "7722 AB", "Kerkstraat 12-2", "", "2024", "0"] {
            assert_eq!(as_text(text), text);
        }
    }
}
