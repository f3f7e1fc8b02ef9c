//! What can go wrong with the database. The cause is for the log and the command line, never for the API's caller.
//!
//! The text of a [`DbErr`] tells all of its own causes, so it stands in ours and is no `source` besides: a chain of them
//! would say the same three times.

use std::{path::PathBuf, time::Duration};

use chrono::{DateTime, Utc};
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr, sqlx};

use super::address::AddressError;

/// A failure of the database, or a value in it that cannot be.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What was given is no address of a database.
    #[error("the address of the database {0}")]
    Address(AddressError),
    /// The database could not be opened.
    #[error("the database cannot be opened: {}", said(.0))]
    Open(DbErr),
    /// The server of the database did not answer.
    #[error("the database did not answer within {0:?}")]
    Silent(Duration),
    /// The folder of a SQLite database is missing.
    #[error("there is no folder `{}`", .0.display())]
    NoFolder(PathBuf),
    /// Where a SQLite database should be is a folder.
    #[error("`{}` is a folder; expected a file", .0.display())]
    Folder(PathBuf),
    /// The file of a SQLite database has nothing in it.
    #[error(
        "`{}` is an empty file, which may be what is left of a database; put a backup in its place, or remove it to begin anew",
        .0.display()
    )]
    EmptyFile(PathBuf),
    /// A database of PostgreSQL that cannot hold all signs.
    #[error("the database is in the encoding {0}; expected one made with ENCODING 'UTF8'")]
    Encoding(String),
    /// A server that can only be read from, where one is asked for that can be written to.
    #[error("no server of the database can be written to, which target_session_attrs asks for")]
    ReadOnlyServer,
    /// Another process changes the facts, or holds a lock on their tables.
    #[error(
        "another process has been changing the database for {0:?}; try again later, or wait longer with --lock-wait"
    )]
    Locked(Duration),
    /// The tables are of a later release.
    #[error(
        "the tables were made by a newer noaber ({}); use that one, or put back a backup from before it", .0.join(", ")
    )]
    Newer(Vec<String>),
    /// The tables hold something that nobody has published.
    #[error(
        "the tables say something else than edition {0}, which nobody has published; `noaber check` says what, `noaber publish` publishes it"
    )]
    Unpublished(String),
    /// A fact of a time that this machine has not reached.
    #[error(
        "the clock of this machine says {}, and the newest fact of edition {edition} is of {}; set the clock, or take that edition back with `noaber revert` and --trust-clock",
        time(now),
        time(fact)
    )]
    Ahead {
        /// What the clock says.
        now: DateTime<Utc>,
        /// The edition.
        edition: String,
        /// When its newest fact changed.
        fact: DateTime<Utc>,
    },
    /// This machine and the server of the database do not agree on the day.
    #[error(
        "the clock of this machine says {}, and that of the database says {}; set the one that is wrong, or say --trust-clock",
        time(now),
        time(there)
    )]
    Clocks {
        /// What the clock here says.
        now: DateTime<Utc>,
        /// What the clock there says.
        there: DateTime<Utc>,
    },
    /// A migration failed.
    #[error("the database cannot be migrated: {}", said(.0))]
    Migrate(DbErr),
    /// A copy could not be made.
    #[error("the database cannot be copied: {}", said(.0))]
    Copy(DbErr),
    /// Reading failed.
    #[error("the database cannot be read: {}", said(.0))]
    Read(DbErr),
    /// Writing failed.
    #[error("the facts cannot be stored: {}", said(.0))]
    Write(DbErr),
    /// Another writer changed the facts at the same time.
    #[error("somebody else changed the facts at the same time; try again: {}", said(.0))]
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
            Self::Address(cause) => format!("het adres van de database {cause}"),
            Self::NoFolder(folder) => format!("er is geen map `{}`", folder.display()),
            Self::Folder(folder) => format!("`{}` is een map; verwacht wordt een bestand", folder.display()),
            Self::EmptyFile(file) => format!(
                "`{}` is een leeg bestand, misschien wat er van een database over is; zet een reservekopie terug, of verwijder het om opnieuw te beginnen",
                file.display()
            ),
            Self::Newer(steps) => format!(
                "de tabellen zijn gemaakt door een nieuwere noaber ({}); gebruik die, of zet een reservekopie van daarvoor terug",
                steps.join(", ")
            ),
            Self::Unpublished(id) => format!(
                "de tabellen zeggen iets anders dan editie {id}, en niemand heeft dat gepubliceerd; `noaber check` zegt wat, `noaber publish` publiceert het"
            ),
            Self::Copy(cause) => format!("de database is niet te kopiëren: {}", said(cause)),
            Self::Ahead { now, edition, fact } => format!(
                "de klok van deze machine staat op {}, en het nieuwste gegeven van editie {edition} is van {}; zet de klok goed, of draai die editie terug met `noaber revert` en --trust-clock",
                time(now),
                time(fact)
            ),
            Self::Clocks { now, there } => format!(
                "de klok van deze machine staat op {}, en die van de database op {}; zet goed welke fout staat, of zeg --trust-clock",
                time(now),
                time(there)
            ),
            Self::Encoding(encoding) => {
                format!("de database heeft de codering {encoding}; verwacht wordt een database met ENCODING 'UTF8'")
            }
            Self::ReadOnlyServer => {
                "naar geen server van de database kan worden geschreven; target_session_attrs vraagt daarom".to_owned()
            }
            Self::Locked(patience) => format!(
                "een ander proces wijzigt de database al {patience:?}; probeer het later opnieuw, of wacht langer met --lock-wait"
            ),
            Self::Open(cause) => format!("de database is niet te openen: {}", said(cause)),
            Self::Silent(patience) => format!("de database antwoordde niet binnen {patience:?}"),
            Self::Migrate(cause) => format!("de database is niet bij te werken: {}", said(cause)),
            Self::Read(cause) => format!("de database is niet te lezen: {}", said(cause)),
            Self::Write(cause) => format!("de gegevens zijn niet op te slaan: {}", said(cause)),
            Self::Raced(cause) => {
                format!("iemand anders wijzigde de gegevens tegelijk; probeer het opnieuw: {}", said(cause))
            }
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

    /// Whether the database cannot be asked at the moment, so that it is worth asking again later.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Silent(_) | Self::Open(_) | Self::Read(_) | Self::Locked(_) | Self::ReadOnlyServer)
    }

    /// Whether a server that could not be opened may be there in a moment: it starts, takes no more clients for now, or is not
    /// reached.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Silent(_) | Self::ReadOnlyServer => true,
            Self::Open(cause) => match driver(cause) {
                Some(sqlx::Error::Io(_)) => true,
                // Too many clients, starting, ending; what the connection itself met.
                Some(sqlx::Error::Database(cause)) => cause.code().is_some_and(|code| {
                    matches!(&*code, "53300" | "57P01" | "57P02" | "57P03")
                        || (code.starts_with("08") && code != "08P01")
                }),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether somebody else has a lock that was not given within the time that the database waits for one.
    pub(super) fn is_lock(cause: &DbErr) -> bool {
        matches!(code(cause).as_deref(), Some("5" | "55P03"))
    }

    /// Whether all connections were in use, so that it is not known whether the database answers.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Silent(_) | Self::Read(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))
    }
}

fn time(moment: &DateTime<Utc>) -> impl std::fmt::Display {
    moment.format("%Y-%m-%d %H:%M UTC")
}

/// What the driver of the database says.
fn driver(cause: &DbErr) -> Option<&sqlx::Error> {
    match cause {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// The code that SQLite or PostgreSQL gives an error.
pub(super) fn code(cause: &DbErr) -> Option<String> {
    match driver(cause)? {
        sqlx::Error::Database(error) => error.code().map(std::borrow::Cow::into_owned),
        _ => None,
    }
}

/// What the database says, without the layers that passed it on and the line of its source.
pub(super) fn said(cause: &DbErr) -> String {
    match driver(cause) {
        Some(sqlx::Error::Database(error)) => match error.code().as_deref() {
            // Of SQLite, and what goes with it of the system.
            Some("13" | "53100") => "there is no room left on its disk".to_owned(),
            Some("8" | "264" | "520" | "776" | "1032" | "1288" | "1544" | "25006") => {
                "it can only be read from here, and this would write".to_owned()
            }
            Some("42P05" | "26000") => {
                "statements of several connections are mixed up, as by a pooler in transaction mode; add `?pooler=transaction` to the address".to_owned()
            }
            Some(code) => format!("{} ({code})", error.message()),
            None => error.message().to_owned(),
        },
        Some(sqlx::Error::Io(error)) => error.to_string(),
        Some(error) => error.to_string(),
        None => cause.to_string(),
    }
}

/// A failed statement of a transaction that changes facts: what another writer caused has an error of its own.
pub(super) fn writing(cause: DbErr) -> StoreError {
    // SQLite: somebody else holds the lock (5), or has written since this transaction began to read (517).
    let raced = matches!(code(&cause).as_deref(), Some("5" | "517"));
    if raced || matches!(cause.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
        StoreError::Raced(cause)
    } else {
        StoreError::Write(cause)
    }
}
