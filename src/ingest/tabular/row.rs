//! The cells of one row, each as it is taken out: told with its rule where it cannot be taken, whatever the table is about.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::Arc,
};

use chrono::{Datelike as _, NaiveDate};

use super::{
    cell,
    choices::Choices,
    columns::{Columns, Heading, ReadAs},
    limits::MOST_CELL_CHARS,
    stated::Stated,
    table::{self, CellKind, Table},
};
use crate::{
    findings::{Finding, Report, Rule, personal_data},
    model::vocabulary::Term,
};

/// The longest list in one cell.
const LONGEST_LIST_CHARS: usize = 2_000;

/// A cell that says something, white space put right.
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) position: u16,
}

/// What the findings of a table have in common.
pub(crate) struct Sheet<'a> {
    pub(crate) file: &'a Arc<str>,
    pub(crate) name: Option<Arc<str>>,
    /// Whether its columns have letters, as those of a spreadsheet do.
    pub(crate) has_letters: bool,
}

impl<'a> Sheet<'a> {
    pub(crate) fn of(table: &Table, file: &'a Arc<str>) -> Self {
        Self { file, name: table.sheet.as_deref().map(Arc::from), has_letters: table.heading_row > 0 }
    }
}

/// A row that is being read.
pub(crate) struct Cells<'a, C> {
    pub(crate) said: HashMap<C, Said>,
    /// Columns of which the cell was not taken.
    pub(crate) refused: HashSet<C>,
    /// Columns of which the cell says that nothing is known.
    unknown: HashSet<C>,
    pub(crate) row: u32,
    sheet: &'a Sheet<'a>,
    columns: &'a Columns<C>,
    heading: &'a Heading<C>,
    report: &'a mut Report,
}

impl<'a, C: Copy + Eq + Hash> Cells<'a, C> {
    /// The cells of a record; what can be told without knowing the column's kind is told here.
    pub(crate) fn of(
        record: &table::Record,
        sheet: &'a Sheet<'a>,
        columns: &'a Columns<C>,
        heading: &'a Heading<C>,
        report: &'a mut Report,
    ) -> Self {
        let (said, refused, unknown) = (HashMap::new(), HashSet::new(), HashSet::new());
        let mut cells = Self { said, refused, unknown, row: record.row, sheet, columns, heading, report };
        cells.take_cells(&record.cells);
        cells
    }

    /// Whether no cell of a known column says anything, not even what was refused.
    pub(crate) fn are_empty(&self) -> bool {
        self.said.is_empty() && self.refused.is_empty()
    }

    fn take_cells(&mut self, cells: &[table::Cell]) {
        for cell in cells {
            let Some(heading) = self.heading.columns.get(usize::from(cell.column)) else {
                self.tell_at(cell.column, Rule::CellWithoutHeading, &cell.text, Vec::new());
                continue;
            };
            let Some(ReadAs { column, takes_dash, has_none, has_decimals }) = *heading else {
                let has_name = self.heading.names.get(usize::from(cell.column)).is_some_and(|name| !name.is_empty());
                if !has_name {
                    self.tell_at(cell.column, Rule::CellWithoutHeading, &cell.text, Vec::new());
                }
                continue;
            };
            let mut text = cell::normalised(&cell.text);
            let trouble = match cell.kind {
                CellKind::Error => Some((Rule::ErrorCell, Vec::new())),
                CellKind::Nested => Some((Rule::NestedValue, Vec::new())),
                CellKind::FormulaWithoutValue => Some((Rule::FormulaWithoutValue, Vec::new())),
                CellKind::TooLong(chars) => {
                    Some((Rule::CellTooLong, vec![chars.to_string(), MOST_CELL_CHARS.to_string()]))
                }
                CellKind::Plain | CellKind::Formula if cell::is_spreadsheet_error(&text) => {
                    Some((Rule::ErrorCell, Vec::new()))
                }
                CellKind::Plain | CellKind::Formula => None,
            };
            if let Some((rule, details)) = trouble {
                self.refused.insert(column);
                self.tell_at(cell.column, rule, &text, details);
                continue;
            }
            if text.is_empty() {
                continue;
            }
            if cell.kind == CellKind::Formula {
                self.tell_at(cell.column, Rule::FormulaCell, &text, Vec::new());
            }
            // A program that took the column for numbers made 12.0 of 12.
            if let Some(whole) = cell::without_decimal_nought(&text).filter(|_| !has_decimals) {
                self.tell_at(cell.column, Rule::DecimalNought, &text, vec![whole.to_owned()]);
                text = whole.to_owned();
            }
            if cell::says_nothing(&text) && !(has_none && text.eq_ignore_ascii_case("none")) {
                self.unknown.insert(column);
                self.tell_at(cell.column, Rule::SaysNothing, &text, Vec::new());
                continue;
            }
            if cell::is_dash(&text) && !takes_dash {
                self.refused.insert(column);
                let heading = self.heading.names.get(usize::from(cell.column)).map(ToString::to_string);
                self.tell_at(cell.column, Rule::DashNotAllowed, &text, heading.into_iter().collect());
                continue;
            }
            self.said.insert(column, Said { text, position: cell.column });
        }
    }

    pub(crate) fn tell_at(&mut self, position: u16, rule: Rule, value: &str, details: Vec<String>) {
        let mut finding = Finding::new(self.sheet.file, self.sheet.name.as_ref(), rule, value);
        finding.row = Some(self.row);
        finding.column = self.heading.names.get(usize::from(position)).filter(|name| !name.is_empty()).cloned();
        finding.position = Some(position).filter(|_| self.sheet.has_letters);
        finding.details = details;
        self.report.add(finding);
    }

    /// Tells what became of a cell that was taken out of the row.
    pub(crate) fn tell(&mut self, column: C, said: &Said, rule: Rule, details: Vec<String>) {
        if rule.severity() == crate::findings::Severity::Refused {
            self.refused.insert(column);
        }
        self.tell_at(said.position, rule, &said.text, details);
    }

    /// Tells of the row as a whole, or of the geometry of a feature.
    pub(crate) fn tell_row(&mut self, rule: Rule, value: &str, details: Vec<String>) {
        let mut finding = Finding::new(self.sheet.file, self.sheet.name.as_ref(), rule, value);
        finding.row = Some(self.row);
        finding.details = details;
        self.report.add(finding);
    }

    /// The name under which a column is told.
    pub(super) fn heading_of(&self, column: C) -> String {
        self.columns.name(column)
    }

    pub(crate) fn take(&mut self, column: C) -> Option<Said> {
        self.said.remove(&column)
    }

    /// Takes out the cells that hold the word for taking back; of those that `may` not be, which a row needs, that is told.
    pub(crate) fn take_cleared(&mut self, may: impl Fn(C) -> bool) -> Vec<C> {
        let columns: Vec<C> =
            self.said.iter().filter(|(_, said)| cell::clears(&said.text)).map(|(column, _)| *column).collect();
        let mut cleared = Vec::new();
        for column in columns {
            if may(column) {
                self.said.remove(&column);
                cleared.push(column);
            } else if let Some(said) = self.take(column) {
                let heading = self.columns.name(column);
                self.tell(column, &said, Rule::NotClearable, vec![heading]);
            }
        }
        cleared
    }

    /// A list of a length that all terms of a vocabulary fit in: each wrong item is told by itself.
    pub(crate) fn take_list(&mut self, column: C) -> Option<Said> {
        let said = self.take(column)?;
        let chars = said.text.chars().count();
        if chars <= LONGEST_LIST_CHARS {
            return Some(said);
        }
        let heading = self.columns.name(column);
        self.tell(column, &said, Rule::TextTooLong, vec![chars.to_string(), heading, LONGEST_LIST_CHARS.to_string()]);
        None
    }

    pub(crate) fn clean(&mut self, column: C, said: &Said, text: &str, most: usize) -> Option<String> {
        match cell::clean(text) {
            Err((rule, details)) => {
                self.tell(column, said, rule, details);
                None
            }
            Ok((clean, repairs)) => {
                let chars = clean.chars().count();
                if chars > most {
                    let heading = self.columns.name(column);
                    self.tell(column, said, Rule::TextTooLong, vec![chars.to_string(), heading, most.to_string()]);
                    return None;
                }
                for (rule, details) in repairs {
                    self.tell(column, said, rule, details);
                }
                Some(clean)
            }
        }
    }

    pub(crate) fn text(&mut self, column: C, most: usize) -> Option<String> {
        let said = self.take(column)?;
        self.clean(column, &said, &said.text, most)
    }

    /// A value that is checked by its own shape; what is personal is still told as that.
    pub(crate) fn shaped<T>(&mut self, column: C, rule: Rule, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let said = self.take(column)?;
        let value = read(&said.text);
        if value.is_none() {
            let rule = if personal_data::is_personal(&said.text) { Rule::PersonalData } else { rule };
            self.tell(column, &said, rule, Vec::new());
        }
        value
    }

    pub(crate) fn term<T: Term>(&mut self, column: C, choices: &Choices<T>) -> Option<T> {
        let said = self.take(column)?;
        let term = choices.find(&said.text);
        if term.is_none() {
            self.unknown_term(column, &said, &said.text, choices);
        }
        term
    }

    pub(crate) fn unknown_term<T: Term>(&mut self, column: C, said: &Said, text: &str, choices: &Choices<T>) {
        if personal_data::is_personal(text) {
            return self.tell(column, said, Rule::PersonalData, Vec::new());
        }
        let heading = self.columns.name(column);
        let labels = choices.labels().collect::<Vec<_>>().join(", ");
        let said = Said { text: text.to_owned(), position: said.position };
        self.tell(column, &said, Rule::UnknownTerm, vec![heading, labels]);
    }

    /// The day of a statement, from 2000 until `today`.
    pub(crate) fn stated(&mut self, column: C, today: NaiveDate) -> Stated {
        if self.refused.contains(&column) || self.unknown.contains(&column) {
            return Stated::Unreadable;
        }
        let Some(said) = self.take(column) else { return Stated::Unsaid };
        let rule = match cell::date(&said.text) {
            Some(day) if day <= today && day.year() >= 2000 => return Stated::On(day),
            Some(_) => Rule::DateOutOfRange,
            None if personal_data::is_personal(&said.text) => Rule::PersonalData,
            None => Rule::DateShape,
        };
        self.tell(column, &said, rule, Vec::new());
        Stated::Unreadable
    }

    pub(crate) fn yes_or_no(&mut self, column: C) -> Option<bool> {
        self.shaped(column, Rule::NotYesOrNo, cell::yes_or_no)
    }
}

/// The items of a list: by bars where there is one, else by the other signs.
pub(crate) fn parts<'a>(text: &'a str, others: &'a [char]) -> impl Iterator<Item = &'a str> {
    let signs: &[char] = if text.contains('|') { &['|'] } else { others };
    text.split(signs).map(str::trim).filter(|part| !part.is_empty())
}
