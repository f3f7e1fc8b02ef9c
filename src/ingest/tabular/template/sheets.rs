//! What the files of templates have in common: the workbook and its sheets Uitleg and Lijsten, and CSV.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::style::{heading_format, refusing, title_format, wrapped_format};
use crate::{findings::report::letters, ingest::tabular::columns::ColumnInfo};

/// An empty workbook, which is the same each time that it is made on one day.
pub(crate) fn workbook(title: &str, today: NaiveDate) -> Result<Workbook, XlsxError> {
    let year = u16::try_from(today.year()).unwrap_or(u16::MAX);
    // Its clock would make each file another one.
    let [month, day] = [today.month(), today.day()].map(|part| u8::try_from(part).unwrap_or(1));
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    let mut workbook = Workbook::new();
    workbook
        .set_properties(&DocProperties::new().set_title(title).set_author("noaber").set_creation_datetime(&created));
    Ok(workbook)
}

/// A table as a Dutch Excel opens it with a double click: semicolons, and a byte order mark.
pub(crate) fn csv<'a>(
    headings: impl Iterator<Item = &'a str>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(headings)?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

/// The sheet Uitleg: sentences, and below them a table of the columns of the sheet that is filled in.
pub(crate) struct Explanation<'a> {
    pub(crate) title: String,
    /// Of its columns, in characters.
    pub(crate) widths: &'a [f64],
    pub(crate) lines: &'a [&'a str],
    /// Over the table.
    pub(crate) headings: &'a [&'a str],
}

impl Explanation<'_> {
    /// Writes the sheet, with a row of the table for each of `rows`.
    pub(crate) fn write<'r>(
        &self,
        sheet: &mut Worksheet,
        rows: impl Iterator<Item = Vec<&'r str>>,
    ) -> Result<(), XlsxError> {
        let (title, bold, wrapped) = (title_format(), heading_format(), wrapped_format());
        sheet.set_name("Uitleg")?;
        for (position, width) in (0..).zip(self.widths) {
            sheet.set_column_width(position, *width)?;
        }
        let last = u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let width: f64 = self.widths.iter().sum();
        sheet.write_string_with_format(0, 0, &self.title, &title)?;
        let mut row = 2;
        for line in self.lines {
            sheet.merge_range(row, 0, row, last, line, &wrapped)?;
            // Merged cells do not grow with their text; words that move to the next line leave some room.
            let chars = u32::try_from(line.chars().count()).map_or(0.0, f64::from);
            let lines = (chars / (0.9 * width)).ceil().max(1.0);
            sheet.set_row_height(row, 2.0 + 15.0 * lines)?;
            row += 1;
        }
        row += 1;
        for (column, heading) in (0..).zip(self.headings) {
            sheet.write_string_with_format(row, column, *heading, &bold)?;
        }
        for cells in rows {
            row += 1;
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string_with_format(row, column, cell, &wrapped)?;
            }
        }
        Ok(())
    }

    /// Writes the sheet, with the Dutch and English names of the columns and what they hold.
    pub(crate) fn of_columns<'r, C: 'r>(
        &self,
        sheet: &mut Worksheet,
        columns: impl IntoIterator<Item = &'r ColumnInfo<C>>,
    ) -> Result<(), XlsxError> {
        let rows = columns.into_iter().map(|info| vec![info.heading.as_str(), &info.key, &info.explanation]);
        self.write(sheet, rows)
    }
}

/// The choices of the sheet Lijsten, a list a column.
///
/// Drop-downs take theirs from there: a list in the cell itself may have 255 characters at most, and a label with a comma
/// in it would be two.
pub(crate) struct Lists<'a, C>(pub(crate) Vec<List<'a, C>>);

/// A list of choices.
pub(crate) struct List<'a, C> {
    /// The columns that take one of them; none where they are there to copy from.
    pub(crate) of: Vec<C>,
    pub(crate) heading: &'a str,
    pub(crate) choices: Vec<&'a str>,
}

impl<C: PartialEq> Lists<'_, C> {
    /// The drop-down of a column; `None`: it has no choices.
    pub(crate) fn drop_down(&self, column: &C) -> Result<Option<DataValidation>, XlsxError> {
        let found = (0_u16..).zip(&self.0).find(|(_, list)| list.of.contains(column));
        let Some((position, list)) = found else { return Ok(None) };
        let letter = letters(position);
        let range = format!("=Lijsten!${letter}$2:${letter}${}", list.choices.len() + 1);
        Ok(Some(refusing(DataValidation::new().allow_list_formula(range.as_str().into()))?))
    }

    /// Writes the sheet, its columns of one width in characters.
    pub(crate) fn write(&self, sheet: &mut Worksheet, width: f64) -> Result<(), XlsxError> {
        let bold = heading_format();
        sheet.set_name("Lijsten")?;
        for (position, list) in (0_u16..).zip(&self.0) {
            sheet.set_column_width(position, width)?;
            sheet.write_string_with_format(0, position, list.heading, &bold)?;
            for (row, choice) in (1..).zip(&list.choices) {
                sheet.write_string(row, position, *choice)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }
}
