//! How grave a finding is.

use serde::{Serialize, Serializer};

use crate::model::Language;

/// What became of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Not taken; the rest of the row is.
    Refused,
    /// Taken, with another value than what stands there.
    Repaired,
    /// Nothing is lost; said so that nobody is surprised.
    Note,
}

impl Severity {
    /// Stable name for CSV and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Repaired => "repaired",
            Self::Note => "note",
        }
    }

    /// The word before a line of the report.
    pub fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Refused, Language::Nl) => "niet overgenomen",
            (Self::Repaired, Language::Nl) => "hersteld",
            (Self::Note, Language::Nl) => "let op",
            (Self::Refused, Language::En) => "refused",
            (Self::Repaired, Language::En) => "repaired",
            (Self::Note, Language::En) => "note",
        }
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
