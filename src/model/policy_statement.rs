//! What can be said of a document of municipal policy.

use serde::{Deserialize, Serialize};

use super::{
    MunicipalityCode, Original, PolicyDocument, PolicyStatus, Property, Said, Themed,
    vocabulary::{PolicyDocumentKind, PolicyStance, PolicyTheme, Term},
};

/// One property of a document with its value. There is no statement for "not known".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "property", content = "value", rename_all = "camelCase")]
pub enum PolicyStatement {
    /// Of which municipality; a document stays with its municipality.
    Municipality(MunicipalityCode),
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
            Self::Municipality(_) => "municipality".to_owned(),
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

impl PolicyDocument {
    /// The document as statements, one for each key; what is not known is not said.
    pub fn statements(&self) -> Vec<PolicyStatement> {
        let document = self.clone();
        let mut statements = vec![
            PolicyStatement::Municipality(document.municipality),
            PolicyStatement::Title(document.title),
            PolicyStatement::Kind(document.kind),
            PolicyStatement::Summary(document.summary),
            PolicyStatement::Source(document.source),
        ];
        statements.extend(document.stance.map(PolicyStatement::Stance));
        statements.extend(document.year.map(PolicyStatement::Year));
        if !document.themes.is_empty() {
            statements.push(PolicyStatement::Themes(document.themes));
        }
        statements
    }
}

impl Property for PolicyStatement {
    type Subject = PolicyDocument;
    type Support = PolicyStatus;

    fn key(&self) -> String {
        self.key()
    }

    fn said_before(original: &Original<Self>) -> Vec<Said<'_, Self>> {
        let document = &original.subject;
        let sources = || vec![document.source.as_str()];
        // When a document was described is not known, when a status was assessed is.
        let described = document.statements().into_iter();
        let described = described.map(|statement| Said { statement, stated: None, sources: sources() });
        let assessed = original.support.iter().map(|status| Said {
            statement: Self::shows(status.status, status.ground.clone()),
            stated: Some(status.assessed.into()),
            sources: sources(),
        });
        described.chain(assessed).collect()
    }
}
