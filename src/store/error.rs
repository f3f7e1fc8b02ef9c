//! What can go wrong with the database. The cause is for the log and the command line, never for the API's caller.
//!
//! The text of a [`DbErr`] tells all of its own causes, so it stands in ours and is no `source` besides: a chain of them
//! would say the same three times.

use std::time::Duration;

use sea_orm::{ConnAcquireErr, DbErr};

/// A failure of the database, or a value in it that cannot be.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not be opened.
    #[error("the database cannot be opened: {0}")]
    Open(DbErr),
    /// The server of the database did not answer.
    #[error("the database did not answer within {0:?}")]
    Silent(Duration),
    /// A migration failed.
    #[error("the database cannot be migrated: {0}")]
    Migrate(DbErr),
    /// Reading failed.
    #[error("the database cannot be read: {0}")]
    Read(DbErr),
    /// Writing failed.
    #[error("the facts cannot be stored: {0}")]
    Write(DbErr),
    /// Another writer changed the facts at the same time.
    #[error("somebody else changed the facts at the same time; try again: {0}")]
    Raced(DbErr),
    /// Others changed the facts again and again.
    #[error("others change the facts all the time; try again later")]
    Busy,
    /// The facts cannot be published.
    #[error("{0}")]
    Refused(String),
    /// An archived edition is not what was put there.
    #[error("an archived edition cannot be read: {0}")]
    Archive(String),
    /// There is no place of that key.
    #[error("there is no place `{0}` in the database or in an edition; a key is what follows `place:` in an id")]
    NoPlace(String),
    /// A stored value is not what its column may hold.
    #[error("table {table}, row `{row}`: `{value}` is no {expected}")]
    Value {
        /// The table.
        table: &'static str,
        /// The key of the row.
        row: String,
        /// What stands there.
        value: String,
        /// What should.
        expected: &'static str,
    },
    /// There is no report in the database.
    #[error("table survey is empty; the 2024 report belongs to the data")]
    NoSurvey,
}

impl StoreError {
    /// The sentence in Dutch; what the database says stays in its words.
    pub fn in_dutch(&self) -> String {
        match self {
            Self::Open(cause) => format!("de database is niet te openen: {cause}"),
            Self::Silent(patience) => format!("de database antwoordde niet binnen {patience:?}"),
            Self::Migrate(cause) => format!("de database is niet bij te werken: {cause}"),
            Self::Read(cause) => format!("de database is niet te lezen: {cause}"),
            Self::Write(cause) => format!("de gegevens zijn niet op te slaan: {cause}"),
            Self::Raced(cause) => format!("iemand anders wijzigde de gegevens tegelijk; probeer het opnieuw: {cause}"),
            Self::Busy => "anderen wijzigen de gegevens steeds; probeer het later opnieuw".to_owned(),
            Self::Refused(cause) => cause.clone(),
            Self::Archive(cause) => format!("een bewaarde editie is niet te lezen: {cause}"),
            Self::NoPlace(key) => format!(
                "er is geen plek `{key}` in de database of in een editie; een sleutel is wat in een id achter `place:` staat"
            ),
            Self::Value { table, row, value, .. } => {
                format!("tabel {table}, rij `{row}`: `{value}` kan daar niet staan")
            }
            Self::NoSurvey => "tabel survey is leeg; het rapport van 2024 hoort bij de gegevens".to_owned(),
        }
    }

    /// Whether all connections were in use, so that it is not known whether the database answers.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Silent(_) | Self::Read(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))
    }
}
