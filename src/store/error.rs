//! What can go wrong with the database. The cause is for the log and the command line, never for the API's caller.

use sea_orm::DbErr;

/// A failure of the database, or a value in it that cannot be.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not be opened.
    #[error("the database cannot be opened: {0}")]
    Open(#[source] DbErr),
    /// A migration failed.
    #[error("the database cannot be migrated: {0}")]
    Migrate(#[source] DbErr),
    /// Reading failed.
    #[error("the database cannot be read: {0}")]
    Read(#[source] DbErr),
    /// Writing failed.
    #[error("the facts cannot be stored: {0}")]
    Write(#[source] DbErr),
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
