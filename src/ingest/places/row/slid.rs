//! Values that have slid along the headings of their table.

use std::sync::Arc;

use super::super::column::{Column, Lexicon};
use crate::{
    findings::{Finding, Rule},
    ingest::tabular::{
        cell,
        columns::Heading,
        table::{self, Table},
    },
};

/// Whether a cell can stand in a column of which values have a shape; `None`: they have none.
fn fits(column: Column, text: &str, lexicon: &Lexicon) -> Option<bool> {
    let text = cell::normalised(text);
    Some(match column {
        Column::Postcode => cell::postcode(&text).is_some(),
        Column::Municipality | Column::MunicipalityCode => lexicon.municipality(&text).is_some(),
        Column::Kind => lexicon.kinds.find(&text).is_some(),
        Column::Status => lexicon.statuses.find(&text).is_some(),
        Column::Website => text.starts_with("http") || text.starts_with("www."),
        _ => return None,
    })
}

/// That the values of a table have slid along its headings by a column: of two columns or more hardly a value fits, and those
/// beside them do.
pub(super) fn shifted(table: &Table, heading: &Heading<Column>, lexicon: &Lexicon, file: &Arc<str>) -> Option<Finding> {
    const FEWEST_CELLS: usize = 3;
    let shaped = (0..).zip(&heading.columns).filter_map(|(at, column): (u16, _)| Some((at, column.as_ref()?.column)));
    let shaped: Vec<(u16, Column)> = shaped.filter(|(_, column)| fits(*column, "", lexicon).is_some()).collect();
    let is_right = |record: &table::Record, at: Option<u16>, column| {
        let cell = record.cells.iter().find(|cell| Some(cell.column) == at && !cell.text.trim().is_empty());
        cell.is_some_and(|cell| fits(column, &cell.text, lexicon) == Some(true))
    };
    for beside in [1_i16, -1] {
        let count = |(at, column): &(u16, Column)| {
            let there = at.checked_add_signed(beside);
            let right = table.records.iter().filter(|record| is_right(record, Some(*at), *column)).count();
            let astray = table.records.iter().filter(|record| is_right(record, there, *column)).count();
            (*at, there, right, astray)
        };
        let counts: Vec<_> = shaped.iter().map(count).filter(|(_, _, _, astray)| *astray >= FEWEST_CELLS).collect();
        let (right, astray) = counts.iter().fold((0, 0), |(r, a), (_, _, right, astray)| (r + right, a + astray));
        if let [(at, there, _, rows), _, ..] = counts.as_slice()
            && astray > 4 * right
        {
            let name = |at: u16| heading.names.get(usize::from(at)).map(ToString::to_string).unwrap_or_default();
            let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
            let finding =
                Finding::new(file, sheet.as_ref(), Rule::ColumnsShifted, &there.map(name).unwrap_or_default());
            return Some(Finding { details: vec![rows.to_string(), name(*at)], ..finding });
        }
    }
    None
}
