//! The headings of a table as columns, whatever the table is about.

use std::{borrow::Cow, collections::HashMap, hash::Hash, sync::Arc};

use super::table::{Oddity, Table};
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
    /// Whether it holds numbers that may have decimals; anywhere else 12.0 is 12.
    pub(crate) has_decimals: bool,
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
    has_decimals: bool,
}

/// In the template.
pub(crate) const fn fixed<C: Copy>(
    column: C,
    key: &'static str,
    heading: &'static str,
    synonyms: &'static [&'static str],
    explanation: &'static str,
) -> Fixed<C> {
    Fixed { column, key, heading, synonyms, explanation, is_in_template: true, takes_dash: false, has_decimals: false }
}

/// In which `-` says something.
pub(crate) const fn dashed<C: Copy>(mut column: Fixed<C>) -> Fixed<C> {
    column.takes_dash = true;
    column
}

/// That holds numbers with decimals.
pub(crate) const fn decimal<C: Copy>(mut column: Fixed<C>) -> Fixed<C> {
    column.has_decimals = true;
    column
}

/// Read, but not asked for.
pub(crate) const fn read_only<C: Copy>(
    column: C,
    key: &'static str,
    heading: &'static str,
    synonyms: &'static [&'static str],
) -> Fixed<C> {
    Fixed {
        column,
        key,
        heading,
        synonyms,
        explanation: "",
        is_in_template: false,
        takes_dash: false,
        has_decimals: false,
    }
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
            has_decimals: self.has_decimals,
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
        // Huisnummer + toevoeging is not the huisnummertoevoeging.
        let both = heading.contains(['+', '&', '/']).then(|| compact(&heading.replace(['+', '&', '/'], " en ")));
        let found = both.and_then(|both| self.by_name.get(&both));
        let found = found.or_else(|| self.by_name.get(&compact(heading)));
        // Lengtegraad (WGS84)
        let found = found.or_else(|| self.by_name.get(&compact(parentheses(heading)?.0)));
        found.and_then(|index| self.infos.get(*index))
    }

    /// The heading that an unknown one is closest to, if it is close and one that `is_read`.
    pub(crate) fn nearest(&self, heading: &str, is_read: impl Fn(C) -> bool) -> Option<&str> {
        let unknown: Vec<char> = compact(heading).chars().take(40).collect();
        // One slip in six letters: homepage is not home care.
        let most = (unknown.len() / 6).min(2);
        if most == 0 {
            return None;
        }
        let is_asked = |index: &usize| self.infos.get(*index).is_some_and(|info| is_read(info.column));
        let close = self.by_name.iter().filter(|(_, index)| is_asked(index)).filter_map(|(name, index)| {
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
    pub(crate) has_decimals: bool,
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
    report.extend(table.oddities.iter().map(|oddity| told(oddity, file, sheet.as_ref())));
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
                match columns.nearest(heading, |column| !is_passed_over(column)) {
                    Some(near) => tell(Rule::MisspeltHeading, vec![near.to_owned()]),
                    None if table.is_explained => tell(Rule::HeadingNotExplained, Vec::new()),
                    None => tell(Rule::UnknownHeading, Vec::new()),
                }
                None
            }
        };
        let read_as = column.zip(info).map(|(column, info)| ReadAs {
            column,
            takes_dash: info.takes_dash,
            has_none: info.has_none,
            has_decimals: info.has_decimals,
        });
        read.push(read_as);
    }
    let names = table.headings.iter().map(|name| Arc::from(shown(name).as_str())).collect();
    Heading { columns: read, names }
}

/// What is odd about a table.
fn told(oddity: &Oddity, file: &Arc<str>, sheet: Option<&Arc<str>>) -> Finding {
    let (rule, value, details) = match oddity {
        Oddity::HiddenRows(rows) => {
            let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
            (Rule::HiddenRows, rows.len(), some_of(&rows))
        }
        Oddity::HiddenColumns(headings) => (Rule::HiddenColumns, headings.len(), some_of(headings)),
        Oddity::Merged(blocks) => (Rule::MergedCells, blocks.len(), some_of(blocks)),
        Oddity::HeadingsBelow(row) => (Rule::HeadingsBelow, *row as usize, String::new()),
    };
    Finding { details: vec![details], ..Finding::new(file, sheet, rule, &value.to_string()) }
}

/// A list for a sentence: its beginning.
fn some_of(items: &[String]) -> String {
    const SOME: usize = 10;
    let shown = items.iter().take(SOME).map(|item| shown(item)).collect::<Vec<_>>().join(", ");
    if items.len() > SOME { format!("{shown}, …") } else { shown }
}

/// So many rows may stand above the headings.
const MOST_ABOVE: usize = 20;

/// The table with its headings, which stand below a title in many a list: where the first row has none that `names` what the
/// rows are about, the first one that does and of which most cells are headings that are known.
pub(crate) fn with_headings<'a>(
    table: &'a Table,
    is_known: impl Fn(&str) -> bool,
    names: impl Fn(&str) -> bool,
) -> Cow<'a, Table> {
    let as_it_is = Cow::Borrowed(table);
    if table.heading_row == 0 || table.headings.iter().any(|heading| names(heading)) {
        return as_it_is;
    }
    let below = table.records.iter().take(MOST_ABOVE).position(|record| {
        let known = record.cells.iter().filter(|cell| is_known(&cell.text)).count();
        known > 1 && known * 2 >= record.cells.len() && record.cells.iter().any(|cell| names(&cell.text))
    });
    let Some(below) = below else { return as_it_is };
    let record = &table.records[below];
    let width = record.cells.iter().map(|cell| usize::from(cell.column) + 1).max().unwrap_or_default();
    let mut headings = vec![String::new(); width];
    for cell in &record.cells {
        headings[usize::from(cell.column)] = cell.text.trim().to_owned();
    }
    let mut found = Table {
        sheet: table.sheet.clone(),
        heading_row: record.row,
        headings,
        records: table.records[below + 1..].to_vec(),
        oddities: table.oddities.clone(),
        is_explained: table.is_explained,
    };
    found.oddities.push(Oddity::HeadingsBelow(record.row));
    Cow::Owned(found)
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
