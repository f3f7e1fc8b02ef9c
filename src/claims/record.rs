//! What a source says of places: records, where each stands, and who sends them.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Authority, Layer, MunicipalityCode, Source, Statement};

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// Name of the file.
    pub file: Arc<str>,
    /// Name of the sheet, where there are sheets; of a map the element.
    pub sheet: Option<Arc<str>>,
    /// Number of the row, as a spreadsheet shows it; 0 where there are no rows.
    pub row: u32,
}

impl At {
    /// The element of a map, `way/123`.
    pub(crate) fn element(&self) -> Option<&str> {
        self.sheet.as_deref().filter(|_| self.row == 0)
    }

    /// What a sentence calls it.
    pub(crate) fn label(&self) -> String {
        match self.element() {
            Some(element) => format!("{}, {element}", self.file),
            None => match &self.sheet {
                Some(sheet) => format!("{} / {sheet}, rij {}", self.file, self.row),
                None => format!("{}, rij {}", self.file, self.row),
            },
        }
    }
}

/// What a file says of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it stands.
    pub at: At,
    /// The key of the place, where the file gives it.
    pub key: Option<String>,
    /// The municipality, where the file gives it.
    pub municipality: Option<MunicipalityCode>,
    /// Whether it is about a meeting place also where none is known; else it is passed over then.
    pub may_be_new: bool,
    /// The day on which it was said; `None`: nobody knows, and it is older than all that is dated.
    pub stated: Option<NaiveDate>,
    /// What it says.
    pub statements: Vec<Statement>,
    /// What the sender says no longer of the place: keys of statements, or fields with all that the sender said of them.
    pub cleared: Vec<String>,
}

/// Who sends the records.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    /// The source under which its claims are kept.
    pub source: Source,
    /// How much its word counts.
    pub authority: Authority,
    /// The layer of data that it belongs to.
    pub layer: Layer,
    /// Whether several records may be one place, as polling stations in one building are.
    pub may_repeat: bool,
    /// Whether it tells of a municipality every place that there is, so that one it does not name is worth a word.
    pub is_inventory: bool,
    /// Whether its names and addresses only serve to recognise a known place, and are not among what it says of it.
    pub only_recognises: bool,
    /// Whether the records are all that it says, so that what it said before and does not say now is taken back.
    pub is_whole: bool,
    /// Whether the records about a place are all that it says of that place, though of other places it may say nothing:
    /// what it said of the place before and does not say now is taken back.
    pub restates: bool,
}

impl Record {
    /// The name that the record gives.
    pub fn name(&self) -> Option<&str> {
        self.statements.iter().find_map(|statement| match statement {
            Statement::Name(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The settlement that the record gives.
    pub fn settlement(&self) -> Option<&str> {
        self.statements.iter().find_map(|statement| match statement {
            Statement::Settlement(settlement) => Some(settlement.as_str()),
            _ => None,
        })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.statements.iter().filter_map(|statement| match statement {
            Statement::Name(name) | Statement::AlternativeName(name) => Some(name.as_str()),
            _ => None,
        })
    }
}
