//! What each source says of documents of municipal policy, before it is decided which of it is served.
//!
//! As with places: the seed's documents stand as they were compiled, what is imported afterwards is kept claim by claim, so
//! that what is overruled stays known with its source.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Authority, MunicipalityCode, PolicyDocument, PolicyStatus, Themed,
    vocabulary::{PolicyDocumentKind, PolicyStance, PolicyTheme, Term},
};

/// One property of a document with its value. There is no statement for "not known".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "property", content = "value", rename_all = "camelCase")]
pub enum PolicyStatement {
    /// Title.
    Title(String),
    /// What sort of document it is.
    Kind(PolicyDocumentKind),
    /// What it does for meeting places.
    Stance(PolicyStance),
    /// Year.
    Year(i32),
    /// What it is about, ascending.
    Themes(Vec<PolicyTheme>),
    /// Summary in Dutch.
    Summary(String),
    /// Id of the source in which it stands.
    Source(String),
    /// What it shows that the municipality decided on a theme that has one status, and why that is said.
    Status(Themed, String),
    /// It shows no status on that theme.
    NoStatus(PolicyTheme),
    /// A kind of support that it shows, on a theme that has several, and why that is said.
    Support(Themed, String),
    /// It does not show that kind of support.
    NoSupport(Themed),
}

impl PolicyStatement {
    /// What the statement is about; two statements on one document with the same key contradict or confirm each other.
    pub fn key(&self) -> String {
        match self {
            Self::Title(_) => "title".to_owned(),
            Self::Kind(_) => "kind".to_owned(),
            Self::Stance(_) => "stance".to_owned(),
            Self::Year(_) => "year".to_owned(),
            Self::Themes(_) => "themes".to_owned(),
            Self::Summary(_) => "summary".to_owned(),
            Self::Source(_) => "source".to_owned(),
            Self::Status(status, _) => format!("status.{}", status.theme().name()),
            Self::NoStatus(theme) => format!("status.{}", theme.name()),
            Self::Support(status, _) | Self::NoSupport(status) => {
                format!("support.{}.{}", status.theme().name(), status.value())
            }
        }
    }

    /// That a document shows a status, in the way of its theme.
    pub fn shows(status: Themed, ground: String) -> Self {
        if status.theme().has_several() { Self::Support(status, ground) } else { Self::Status(status, ground) }
    }
}

impl PolicyTheme {
    /// Whether a municipality can have several statuses on the theme, each a kind of support.
    pub fn has_several(self) -> bool {
        matches!(self, Self::FinancialSupport | Self::OtherSupport)
    }
}

/// A statement of a source on a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyClaim {
    /// Key of the document.
    pub document: String,
    /// The municipality of which it is.
    pub municipality: MunicipalityCode,
    /// Id of the source. It has one claim on each key of a document: a newer one takes the place of the older.
    pub source: String,
    /// How much the source's word counts.
    pub authority: Authority,
    /// What it says.
    pub statement: PolicyStatement,
    /// The day on which the source said so.
    pub stated: NaiveDate,
}

/// A document as it was before the first claim on its municipality's policy, with the statuses that stood on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyBase {
    /// The document.
    pub document: PolicyDocument,
    /// What it supported.
    pub statuses: Vec<PolicyStatus>,
}
