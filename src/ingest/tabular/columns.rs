//! The headings of a table as columns, whatever the table is about.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use super::table::Table;
use crate::{
    findings::{Finding, Report, Rule, report::shown},
    search::fold,
};

/// What there is to know of a column.
#[derive(Clone, Debug)]
pub struct ColumnInfo<C> {
    /// Which one.
    pub column: C,
    /// Its English key.
    pub key: String,
    /// Its Dutch heading.
    pub heading: String,
    /// What it holds, in Dutch, for the template.
    pub explanation: String,
    /// Whether the template has it.
    pub is_in_template: bool,
    /// Whether `-` says something in it.
    pub takes_dash: bool,
    /// Whether one of its terms is called "none", which says something then.
    pub(crate) has_none: bool,
    pub(crate) synonyms: Vec<String>,
}

/// A column as it is written down.
pub(crate) struct Fixed<C> {
    column: C,
    key: &'static str,
    heading: &'static str,
    synonyms: &'static [&'static str],
    explanation: &'static str,
    is_in_template: bool,
    takes_dash: bool,
}

/// In the template.
pub(crate) const fn fixed<C: Copy>(
    column: C,
    key: &'static str,
    heading: &'static str,
    synonyms: &'static [&'static str],
    explanation: &'static str,
) -> Fixed<C> {
    Fixed { column, key, heading, synonyms, explanation, is_in_template: true, takes_dash: false }
}

/// In which `-` says something.
pub(crate) const fn dashed<C: Copy>(mut column: Fixed<C>) -> Fixed<C> {
    column.takes_dash = true;
    column
}

/// Read, but not asked for.
pub(crate) const fn read_only<C: Copy>(
    column: C,
    key: &'static str,
    heading: &'static str,
    synonyms: &'static [&'static str],
) -> Fixed<C> {
    Fixed { column, key, heading, synonyms, explanation: "", is_in_template: false, takes_dash: false }
}

impl<C: Copy> Fixed<C> {
    pub(crate) fn info(&self) -> ColumnInfo<C> {
        ColumnInfo {
            column: self.column,
            key: self.key.to_owned(),
            heading: self.heading.to_owned(),
            explanation: self.explanation.to_owned(),
            is_in_template: self.is_in_template,
            takes_dash: self.takes_dash,
            has_none: false,
            synonyms: self.synonyms.iter().map(|synonym| (*synonym).to_owned()).collect(),
        }
    }
}

/// The names that a heading, a term or a municipality goes by: folded, in one piece.
pub(crate) fn compact(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// A text without what stands in parentheses, and what stands in them.
pub(crate) fn parentheses(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.split_once('(')?;
    let (inside, _) = rest.split_once(')')?;
    Some((before, inside))
}

impl<C> ColumnInfo<C> {
    /// Every name that is read as this column.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        [self.key.as_str(), &self.heading].into_iter().chain(self.synonyms.iter().map(String::as_str))
    }
}

/// Columns by every name they go by.
#[derive(Clone, Debug)]
pub struct Columns<C> {
    infos: Vec<ColumnInfo<C>>,
    by_name: HashMap<String, usize>,
}

impl<C: Copy + Eq> Columns<C> {
    pub(crate) fn of(infos: Vec<ColumnInfo<C>>) -> Self {
        let mut by_name = HashMap::new();
        for (index, info) in infos.iter().enumerate() {
            for name in info.names() {
                by_name.entry(compact(name)).or_insert(index);
            }
        }
        Self { infos, by_name }
    }

    /// All of them, those of the template in its order.
    pub fn all(&self) -> &[ColumnInfo<C>] {
        &self.infos
    }

    /// How a column is called in Dutch.
    pub(crate) fn name(&self, column: C) -> String {
        self.infos.iter().find(|info| info.column == column).map(|info| info.heading.clone()).unwrap_or_default()
    }

    /// The column of a heading, however it is written; `None`: unknown.
    pub fn find(&self, heading: &str) -> Option<&ColumnInfo<C>> {
        let found = self.by_name.get(&compact(heading));
        // Lengtegraad (WGS84)
        let found = found.or_else(|| self.by_name.get(&compact(parentheses(heading)?.0)));
        found.and_then(|index| self.infos.get(*index))
    }

    /// The heading that an unknown one is closest to, if it is close.
    pub(crate) fn nearest(&self, heading: &str) -> Option<&str> {
        let unknown: Vec<char> = compact(heading).chars().take(40).collect();
        let most = (unknown.len() / 4).min(2);
        if most == 0 {
            return None;
        }
        let close = self.by_name.iter().filter_map(|(name, index)| {
            let name: Vec<char> = name.chars().collect();
            let is_near = name.len().abs_diff(unknown.len()) <= most;
            let distance = is_near.then(|| edits(&unknown, &name)).filter(|distance| *distance <= most)?;
            Some((distance, *index))
        });
        let (_, index) = close.min()?;
        self.infos.get(index).map(|info| info.heading.as_str())
    }
}

/// A column under a heading.
#[derive(Clone, Copy)]
pub(crate) struct ReadAs<C> {
    pub(crate) column: C,
    pub(crate) takes_dash: bool,
    pub(crate) has_none: bool,
}

/// The headings of a table as columns.
pub(crate) struct Heading<C> {
    /// The column of each heading that is read.
    pub(crate) columns: Vec<Option<ReadAs<C>>>,
    /// The headings as a report shows them.
    pub(crate) names: Vec<Arc<str>>,
}

/// Reads the headings of a table, and tells those that are not read. `is_passed_over`: known, and nothing is read from it.
pub(crate) fn headings<C: Copy + Eq + Hash>(
    table: &Table,
    file: &Arc<str>,
    columns: &Columns<C>,
    is_passed_over: impl Fn(C) -> bool,
    report: &mut Report,
) -> Heading<C> {
    let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
    let mut seen: HashMap<C, &str> = HashMap::new();
    let mut read = Vec::with_capacity(table.headings.len());
    for (position, heading) in (0..).zip(&table.headings) {
        let mut tell = |rule, details| {
            let mut finding = Finding::new(file, sheet.as_ref(), rule, heading);
            finding.row = Some(table.heading_row).filter(|row| *row > 0);
            finding.column = Some(Arc::from(finding.value.as_str()));
            finding.position = Some(position).filter(|_| table.heading_row > 0);
            finding.details = details;
            report.add(finding);
        };
        let info = columns.find(heading);
        let column = match info.map(|info| info.column) {
            Some(column) if is_passed_over(column) => None,
            Some(column) => match seen.get(&column) {
                Some(first) => {
                    tell(Rule::DuplicateHeading, vec![(*first).to_owned()]);
                    None
                }
                None => {
                    seen.insert(column, heading);
                    Some(column)
                }
            },
            None if heading.is_empty() => None,
            None => {
                match columns.nearest(heading) {
                    Some(near) => tell(Rule::MisspeltHeading, vec![near.to_owned()]),
                    None => tell(Rule::UnknownHeading, Vec::new()),
                }
                None
            }
        };
        let read_as = column.zip(info).map(|(column, info)| ReadAs {
            column,
            takes_dash: info.takes_dash,
            has_none: info.has_none,
        });
        read.push(read_as);
    }
    let names = table.headings.iter().map(|name| Arc::from(shown(name).as_str())).collect();
    Heading { columns: read, names }
}

/// The edits between two words: letters put in, left out or changed.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
