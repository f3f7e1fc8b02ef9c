//! A row of a table of policy documents as statements.

use std::{collections::BTreeSet, sync::Arc};

use chrono::Datelike as _;

use super::column::{Column, PolicyWords};
use crate::{
    findings::{Finding, Report, Rule, personal_data, report::shown},
    ingest::tabular::{
        cell,
        columns::headings,
        row::{Cells, Sheet, parts},
        stated::Stated,
        table::Table,
    },
    model::{
        MunicipalityCode, PolicyStatement, Themed,
        vocabulary::{PolicyTheme, Term},
    },
};

/// What a row says of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyRow {
    /// The sheet it stands on, where the file has sheets.
    pub sheet: Option<Arc<str>>,
    /// Its number in the file.
    pub row: u32,
    /// Our key of the document.
    pub key: Option<String>,
    /// The municipality.
    pub municipality: Option<MunicipalityCode>,
    /// Where the document stands.
    pub url: Option<String>,
    /// The day of the statement, where the row has one of its own.
    pub stated: Stated,
    /// What it says of the document itself; an empty cell says nothing.
    pub statements: Vec<PolicyStatement>,
    /// What it says that the document shows, or that it does not.
    pub shown: Vec<Shown>,
    /// Keys of the statements that are taken back.
    pub cleared: Vec<String>,
}

/// What a document shows on a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The heading of its column, for what other stages have to say of it.
    pub heading: String,
    /// The position of that column, where columns have letters.
    pub position: Option<u16>,
    /// The theme.
    pub theme: PolicyTheme,
    /// The status, or the kind of support; `None`: no status on that theme.
    pub status: Option<Themed>,
    /// Whether it shows it.
    pub holds: bool,
    /// Why that is said.
    pub ground: Option<String>,
}

impl PolicyRow {
    /// The title that the row gives.
    pub fn title(&self) -> Option<&str> {
        self.statements.iter().find_map(|statement| match statement {
            PolicyStatement::Title(title) => Some(title.as_str()),
            _ => None,
        })
    }
}

/// A row that does not say which document it is about; it has been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unnamed;

/// Whether a table says which documents it is about.
pub(super) fn is_of_documents(table: &Table, words: &PolicyWords) -> bool {
    let is_naming = |heading: &String| {
        words.columns.find(heading).is_some_and(|info| matches!(info.column, Column::Key | Column::Title))
    };
    table.headings.iter().any(is_naming)
}

/// Reads the rows of a table of documents, and tells what could not be taken. `None`: it has no column that names one. A row
/// that does not say which document it is about is an error of the list.
pub(super) fn documents(
    table: &Table,
    file: &Arc<str>,
    words: &PolicyWords,
    report: &mut Report,
) -> Option<Vec<Result<PolicyRow, Unnamed>>> {
    let sheet = Sheet::of(table, file);
    if !is_of_documents(table, words) {
        let found: Vec<&str> = table.headings.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let finding = Finding::new(file, sheet.name.as_ref(), Rule::NoDocumentHeading, "");
        report.add(Finding { details: vec![shown(&found.join(", "))], ..finding });
        return None;
    }
    let heading = headings(table, file, &words.columns, |_| false, report);
    let rows = table.records.iter().filter_map(|record| {
        let cells = Cells::of(record, &sheet, &words.columns, &heading, report);
        RowReader { words, sheet: &sheet, cells }.read()
    });
    Some(rows.collect())
}

struct RowReader<'a> {
    words: &'a PolicyWords,
    sheet: &'a Sheet<'a>,
    cells: Cells<'a, Column>,
}

impl RowReader<'_> {
    fn read(mut self) -> Option<Result<PolicyRow, Unnamed>> {
        if self.cells.are_empty() {
            return None;
        }
        let words = self.words;
        let cleared = self.cells.take_cleared(|column| cleared(column).is_some());
        let cleared: Vec<String> = cleared.into_iter().filter_map(self::cleared).collect();
        let key = self.cells.shaped(Column::Key, Rule::KeyShape, key);
        let municipality = self.cells.municipality(Column::Municipality, |text| words.lexicon.municipality(text));
        let mut statements = Vec::new();
        let title = self.cells.prose(Column::Title, 300);
        let has_title = title.is_some();
        statements.extend(title.map(PolicyStatement::Title));
        statements.extend(self.cells.term(Column::Kind, &words.kinds).map(PolicyStatement::Kind));
        statements.extend(self.cells.term(Column::Stance, &words.stances).map(PolicyStatement::Stance));
        statements.extend(self.year().map(PolicyStatement::Year));
        statements.extend(self.themes().map(PolicyStatement::Themes));
        statements.extend(self.cells.prose(Column::Summary, 1_000).map(PolicyStatement::Summary));
        let url = self.cells.web_address(Column::Url);
        let shown = PolicyTheme::all().flat_map(|theme| self.shown(theme)).collect();
        let stated = self.cells.stated(Column::StatedOn, self.words.lexicon.today);
        if key.is_none() && !has_title {
            self.cells.tell_row(Rule::DocumentWithoutTitle, "", Vec::new());
            return Some(Err(Unnamed));
        }
        let (sheet, row) = (self.sheet.name.clone(), self.cells.row);
        Some(Ok(PolicyRow { sheet, row, key, municipality, url, stated, statements, shown, cleared }))
    }

    fn year(&mut self) -> Option<i32> {
        let said = self.cells.take(Column::Year)?;
        let today = self.words.lexicon.today;
        let year = cell::year(&said.text, today).or_else(|| cell::date(&said.text).map(|date| date.year()));
        let year = year.filter(|year| (1900..=cell::last_year(today)).contains(year));
        if year.is_none() {
            self.cells.tell(Column::Year, &said, Rule::YearShape, vec![cell::last_year(today).to_string()]);
        }
        year
    }

    fn themes(&mut self) -> Option<Vec<PolicyTheme>> {
        let said = self.cells.take_list(Column::Themes)?;
        let mut themes = BTreeSet::new();
        for part in parts(&said.text, &[';', ',']) {
            match self.words.themes.find(part) {
                Some(theme) => drop(themes.insert(theme)),
                None => self.cells.unknown_term(Column::Themes, &said, part, &self.words.themes),
            }
        }
        (!themes.is_empty()).then(|| themes.into_iter().collect())
    }

    /// What the document shows on a theme, each with the one ground that there is for the theme.
    fn shown(&mut self, theme: PolicyTheme) -> Vec<Shown> {
        let mut found = Vec::new();
        if theme.has_several() {
            let of_theme = self.words.columns.all().iter().filter_map(|info| match info.column {
                Column::Support(status) if status.theme() == theme => Some((info, status)),
                _ => None,
            });
            for (info, status) in of_theme {
                let position = self.cells.said.get(&info.column).map(|said| said.position);
                if let Some(holds) = self.cells.yes_or_no(info.column) {
                    found.push((info.heading.clone(), position, Some(status), holds));
                }
            }
        } else {
            let position = self.cells.said.get(&Column::Status(theme)).map(|said| said.position);
            if let Some((status, holds)) = self.status(theme) {
                found.push((self.words.columns.name(Column::Status(theme)), position, status, holds));
            }
        }
        let ground = self.cells.said.get(&Column::Ground(theme)).map(|said| said.position);
        let text = self.cells.prose(Column::Ground(theme), 1_000);
        if let (Some(position), Some(text), true) = (ground, &text, found.is_empty()) {
            let theme = self.words.themes.label(theme).to_owned();
            self.cells.tell_at(position, Rule::GroundWithoutStatus, text, vec![theme]);
        }
        let has_letters = self.sheet.has_letters;
        let of = |(heading, position, status, holds): (String, Option<u16>, Option<Themed>, bool)| Shown {
            heading,
            position: position.filter(|_| has_letters),
            theme,
            status,
            holds,
            ground: text.clone(),
        };
        found.into_iter().map(of).collect()
    }

    fn status(&mut self, theme: PolicyTheme) -> Option<(Option<Themed>, bool)> {
        let column = Column::Status(theme);
        let said = self.cells.take(column)?;
        if cell::is_dash(&said.text) {
            return Some((None, false));
        }
        let status = self.words.status(theme, &said.text);
        if status.is_none() {
            let rule = if personal_data::is_personal(&said.text) { Rule::PersonalData } else { Rule::UnknownTerm };
            let details = vec![self.words.columns.name(column), self.words.statuses(theme).join(", ")];
            self.cells.tell(column, &said, rule, details);
        }
        status.map(|status| (Some(status), true))
    }
}

/// The key of the statement that is taken back where the word for that stands in a column; `None`: nothing can be, since a
/// document has to have it.
fn cleared(column: Column) -> Option<String> {
    match column {
        Column::Key
        | Column::Municipality
        | Column::Title
        | Column::Kind
        | Column::Summary
        | Column::Url
        | Column::StatedOn => None,
        Column::Stance => Some("stance".to_owned()),
        Column::Year => Some("year".to_owned()),
        Column::Themes => Some("themes".to_owned()),
        Column::Status(theme) => Some(PolicyStatement::NoStatus(theme).key()),
        Column::Support(status) => Some(PolicyStatement::NoSupport(status).key()),
        // It belongs to the status.
        Column::Ground(_) => None,
    }
}

fn key(text: &str) -> Option<String> {
    let is_key = (1..=100).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.starts_with('-');
    is_key.then(|| text.to_owned())
}
