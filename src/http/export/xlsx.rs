//! An Excel workbook: the rows with typed cells, and a sheet on sources, licences, edition and columns. The same rows give the same bytes.
//!
//! Each row goes to a temporary file as the next begins, so that a sheet of any length takes the memory of one row.

use std::io::Write;

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{ExportError, OfEdition, about, layers_of};
use crate::{
    calendar::local,
    collections::{Collection, Column, Kind, Role, Value},
    model::Language,
};

/// What Excel takes as the name of a sheet.
const LONGEST_NAME: usize = 31;

/// Longer texts are cut: Excel takes no more in a cell.
const LONGEST_TEXT: usize = 32_767;

struct Formats {
    heading: Format,
    day: Format,
    moment: Format,
    wrapped: Format,
    text: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            heading: Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::Top),
            day: Format::new().set_num_format("dd-mm-yyyy"),
            moment: Format::new().set_num_format("dd-mm-yyyy hh:mm"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            // Text stays text where it is typed over, also `12-2`.
            text: Format::new().set_num_format("@"),
        }
    }
}

/// Rows with headings and labels in a language; a moment is on the clock of the Netherlands.
pub(super) fn write<S: OfEdition>(
    collection: &Collection<S>,
    of: &S,
    rows: &[u32],
    language: Language,
    into: &mut (impl Write + Send),
) -> Result<(), ExportError> {
    let formats = Formats::new();
    let columns: Vec<&Column<S>> = collection.columns.iter().filter(|column| column.role != Role::Label).collect();
    let mut workbook = Workbook::new();
    let made = moment(of.edition().published_at)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(collection.title.of(language))
            .set_comment(&of.edition().id)
            .set_creation_datetime(&made),
    );
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(collection.title.of(language).chars().take(LONGEST_NAME).collect::<String>())?;
    for (at, column) in (0..).zip(&columns) {
        sheet.write_with_format(0, at, column.label.of(language), &formats.heading)?;
        sheet.set_column_width(at, width(column.kind))?;
    }
    for (line, row) in (1..).zip(rows) {
        for (at, column) in (0..).zip(&columns) {
            cell(sheet, (line, at), column.cell(of, *row), language, &formats)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    let (last_row, last_column) = (u32::try_from(rows.len()).unwrap_or(u32::MAX), columns.len().saturating_sub(1));
    sheet.autofilter(0, 0, last_row, u16::try_from(last_column).unwrap_or(u16::MAX))?;
    write_about(workbook.add_worksheet(), collection, of, rows, language, &formats)?;
    Ok(workbook.save_to_writer(into)?)
}

fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Value<'_>,
    language: Language,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match value {
        Value::Unknown => return Ok(()),
        #[expect(clippy::cast_precision_loss, reason = "counts and years, far below 2^53")]
        Value::Integer(number) => sheet.write(row, column, number as f64)?,
        Value::Number(number) => sheet.write(row, column, number)?,
        Value::Boolean(is) => sheet.write(row, column, is)?,
        Value::Date(date) => sheet.write_with_format(row, column, &day(date)?, &formats.day)?,
        Value::DateTime(at) => sheet.write_with_format(row, column, &moment(at)?, &formats.moment)?,
        told => {
            let text = told.told(language);
            if text.is_empty() {
                return Ok(());
            }
            let text: String = text.chars().take(LONGEST_TEXT).collect();
            // Written as a text whatever it begins with: no cell is a formula.
            sheet.write_string_with_format(row, column, text, &formats.text)?
        }
    };
    Ok(())
}

fn day(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let (month, day) = (u8::try_from(date.month()).unwrap_or(1), u8::try_from(date.day()).unwrap_or(1));
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(1900), month, day)
}

fn moment(at: DateTime<Utc>) -> Result<ExcelDateTime, XlsxError> {
    let at = local(at);
    let (hour, minute) = (u16::try_from(at.hour()).unwrap_or(0), u8::try_from(at.minute()).unwrap_or(0));
    day(at.date())?.and_hms(hour, minute, 0)
}

fn width(kind: Kind) -> f64 {
    match kind {
        Kind::Text | Kind::Words | Kind::Terms(_) | Kind::Texts | Kind::Url => 28.0,
        Kind::DateTime | Kind::Term(_) => 18.0,
        _ => 12.0,
    }
}

/// Edition and caveat, layers with their licences, and what each column means.
fn write_about<S: OfEdition>(
    sheet: &mut Worksheet,
    collection: &Collection<S>,
    of: &S,
    rows: &[u32],
    language: Language,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let is_dutch = language == Language::Nl;
    sheet.set_name(if is_dutch { "Bronnen en editie" } else { "Sources and edition" })?;
    for (column, width) in (0..).zip([30.0, 70.0, 20.0, 50.0]) {
        sheet.set_column_width(column, width)?;
    }
    let mut line = 0;
    for (what, told) in about::lines(collection, of, language) {
        sheet.write_with_format(line, 0, what, &formats.heading)?;
        sheet.write_string_with_format(line, 1, told, &formats.wrapped)?;
        line += 1;
    }
    line += 1;
    let headings = if is_dutch {
        ["bronlaag", "bronvermelding", "licentie", "tekst van de licentie"]
    } else {
        ["layer", "attribution", "licence", "text of the licence"]
    };
    for (column, heading) in (0..).zip(headings) {
        sheet.write_with_format(line, column, heading, &formats.heading)?;
    }
    line += 1;
    for layer in layers_of(collection, of, rows) {
        let told = [Some(&layer.title), Some(&layer.attribution), Some(&layer.licence), layer.licence_url.as_ref()];
        for (column, text) in (0..).zip(told) {
            sheet.write_string_with_format(line, column, text.map_or("", String::as_str), &formats.wrapped)?;
        }
        line += 1;
    }
    line += 1;
    let headings = if is_dutch {
        ["kolom", "betekenis", "eenheid", "naam in de API"]
    } else {
        ["column", "meaning", "unit", "name in the API"]
    };
    for (column, heading) in (0..).zip(headings) {
        sheet.write_with_format(line, column, heading, &formats.heading)?;
    }
    line += 1;
    for column in collection.columns.iter().filter(|column| column.role != Role::Label) {
        let (label, meaning) = (column.label.of(language), column.description.of(language));
        for (at, text) in (0..).zip([label, meaning, about::unit(column.kind), column.name]) {
            sheet.write_string_with_format(line, at, text, &formats.wrapped)?;
        }
        line += 1;
    }
    Ok(())
}
