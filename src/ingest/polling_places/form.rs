//! The form of "Waar is mijn stemlokaal" and of the standard "Stembureaus Open Data", which lie on their side: an attribute a
//! row, a polling place a column, up to a thousand of them and most of them empty.

use std::sync::Arc;

use crate::{
    claims::At,
    findings::{Finding, report::letters},
    ingest::tabular::table::{Cell, Record, Table},
    search::fold,
};

/// What stands above the first column.
const ATTRIBUTES: &str = "attributen";
/// What stands above the columns that explain an attribute, folded, as far as it is always the same.
const EXPLAINING: [&str; 4] = ["verplicht", "opmerkingen", "format", "voorbeeld"];
/// The attribute that names a polling place.
const NAME: &str = "naam stembureau";

/// A sheet of polling places side by side, set upright: its rows are numbered as the columns were, from 1.
#[derive(Debug)]
pub(super) struct Form {
    /// The sheet with a polling place a row.
    pub(super) upright: Table,
    /// Where the names stand, as a spreadsheet numbers rows.
    name_row: u32,
}

impl Form {
    /// The table upright; `None`: it is no form.
    pub(super) fn of(table: &Table) -> Option<Self> {
        if table.heading_row == 0 || table.headings.first().is_none_or(|first| fold(first) != ATTRIBUTES) {
            return None;
        }
        let explains = |heading: &str| EXPLAINING.iter().any(|start| fold(heading).starts_with(start));
        let mut headings = vec![String::new()];
        // By column, where anything stands below its heading.
        let mut columns: Vec<Vec<Cell>> = Vec::new();
        let mut name_row = table.heading_row;
        for record in &table.records {
            // A row beyond what a table has columns for is no attribute.
            let Some(position) = u16::try_from(record.row).ok().and_then(|row| row.checked_sub(1)) else { break };
            headings.resize(usize::from(position) + 1, String::new());
            for cell in &record.cells {
                let column = usize::from(cell.column);
                if column == 0 {
                    if fold(&cell.text) == NAME {
                        name_row = record.row;
                    }
                    cell.text.trim().clone_into(&mut headings[usize::from(position)]);
                } else if table.headings.get(column).is_none_or(|heading| !explains(heading)) {
                    columns.resize_with(columns.len().max(column + 1), Vec::new);
                    columns[column].push(Cell { column: position, ..cell.clone() });
                }
            }
        }
        let records = (1..).zip(columns).filter(|(_, cells)| !cells.is_empty());
        let records = records.map(|(row, cells)| Record { row, cells, geometry: None }).collect();
        let upright = Table { headings, records, heading_row: 1, ..table.clone() };
        Some(Self { upright, name_row })
    }

    /// Where the polling place of a row stands in the form: at its name.
    pub(super) fn at(&self, file: &Arc<str>, row: u32) -> At {
        At { file: file.clone(), sheet: Some(self.column(row)), row: self.name_row }
    }

    /// A finding on the table upright, as one on the form.
    pub(super) fn as_it_lies(&self, finding: Finding) -> Finding {
        let Some(row) = finding.row else { return finding };
        let column = u16::try_from(row - row.min(1)).ok();
        match finding.position {
            Some(position) => Finding { row: Some(u32::from(position) + 1), position: column, ..finding },
            None => Finding { sheet: Some(self.column(row)), row: Some(self.name_row), position: column, ..finding },
        }
    }

    /// The sheet and the column of a row, as a formula names them: `Attributen!F`.
    fn column(&self, row: u32) -> Arc<str> {
        let column = letters(u16::try_from(row - row.min(1)).unwrap_or(u16::MAX));
        match &self.upright.sheet {
            Some(sheet) => format!("{sheet}!{column}").into(),
            None => column.into(),
        }
    }
}
