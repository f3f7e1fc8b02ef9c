//! Why a table cannot be read.

use std::fmt;

use super::limits::{MOST_COLUMNS, MOST_ROWS};
use crate::model::Language;

/// Why a file cannot be read, as one sentence with the way out.
#[derive(Debug)]
pub enum TableError {
    /// The file cannot be opened or read.
    Io(std::io::Error),
    /// More than [`MOST_BYTES`](super::limits::MOST_BYTES), or [`MOST_JSON_BYTES`](super::limits::MOST_JSON_BYTES) of GeoJSON.
    TooLarge {
        /// The most bytes of this kind of file.
        most: u64,
    },
    /// Unpacked it would be larger than [`MOST_BYTES`](super::limits::MOST_BYTES).
    Bomb,
    /// Not a byte, or nothing but white space.
    Empty,
    /// Headings and nothing below.
    NoRows,
    /// More than [`MOST_ROWS`].
    TooManyRows {
        /// How many there are, where that is known.
        rows: usize,
    },
    /// More than [`MOST_COLUMNS`].
    TooManyColumns {
        /// How many there are, at least.
        columns: usize,
    },
    /// More text than is taken.
    TooMuchText,
    /// Another kind of file, with its name in Dutch and in English.
    OtherFormat([&'static str; 2]),
    /// Needs a password.
    Encrypted,
    /// The end is missing, or it is damaged.
    Truncated,
    /// JSON that is no FeatureCollection, no Feature and no list of objects.
    NotGeoJson,
    /// Text that begins like JSON and is not.
    Json {
        /// The line on which it goes wrong.
        line: usize,
    },
    /// A quote that is never closed takes in the rest of the file.
    UnclosedQuote {
        /// The row in which it is opened.
        row: u32,
    },
}

impl std::error::Error for TableError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(cause) => Some(cause),
            _ => None,
        }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl TableError {
    /// The sentence.
    pub fn message(&self, language: Language) -> String {
        let nl = language == Language::Nl;
        let say = |dutch: &str, english: &str| if nl { dutch.to_owned() } else { english.to_owned() };
        match self {
            Self::Io(cause) if nl => format!("Het bestand is niet te lezen: {cause}."),
            Self::Io(cause) => format!("The file cannot be read: {cause}."),
            Self::TooLarge { most } if nl => {
                format!("Het bestand is groter dan {} MiB. Splits het, of laat andere gegevens weg.", most >> 20)
            }
            Self::TooLarge { most } => {
                format!("The file is larger than {} MiB. Split it, or leave other data out.", most >> 20)
            }
            Self::Bomb => say(
                "Uitgepakt is dit bestand groter dan 256 MiB. Bewaar alleen de plekken, in een nieuw bestand.",
                "Unpacked this file is larger than 256 MiB. Save the places only, into a new file.",
            ),
            Self::Empty => say(
                "Het bestand is leeg. Begin met het sjabloon dat `noaber template` maakt.",
                "The file is empty. Begin with the form that `noaber template` makes.",
            ),
            Self::NoRows => say(
                "Onder de koppen staat geen enkele rij. Zet daar wat u opgeeft, elk op een eigen rij.",
                "There is no row below the headings. Put there what you state, each on a row of its own.",
            ),
            Self::TooManyRows { rows } if nl => {
                format!("Het bestand heeft {rows} rijen of meer; het maximum is {MOST_ROWS}. Splits het.")
            }
            Self::TooManyRows { rows } => {
                format!("The file has {rows} rows or more; the most is {MOST_ROWS}. Split it.")
            }
            Self::TooManyColumns { columns } if nl => format!(
                "Het bestand heeft {columns} kolommen of meer; het maximum is {MOST_COLUMNS}. Verwijder wat geen plekken zijn."
            ),
            Self::TooManyColumns { columns } => format!(
                "The file has {columns} columns or more; the most is {MOST_COLUMNS}. Remove what is not about places."
            ),
            Self::TooMuchText => say(
                "Het bestand heeft te veel gevulde cellen of tekst. Splits het, of laat andere gegevens weg.",
                "The file has too many cells or too much text. Split it, or leave other data out.",
            ),
            Self::OtherFormat([format, _]) if nl => {
                format!("Dit is {format}. Bewaar het als Excel-werkmap (.xlsx), als CSV of als GeoJSON.")
            }
            Self::OtherFormat([_, format]) => {
                format!("This is {format}. Save it as an Excel workbook (.xlsx), as CSV or as GeoJSON.")
            }
            Self::Encrypted => say(
                "Het bestand is met een wachtwoord beveiligd. Bewaar het zonder wachtwoord.",
                "The file is protected by a password. Save it without one.",
            ),
            Self::Truncated => say(
                "De Excel-werkmap is beschadigd of niet helemaal aangekomen. Stuur of bewaar haar opnieuw.",
                "The Excel workbook is damaged or its end is missing. Send or save it again.",
            ),
            Self::NotGeoJson => say(
                "Dit is JSON maar geen GeoJSON en geen lijst van objecten. Geef een FeatureCollection met een Feature per plek, of een lijst met een object per plek.",
                "This is JSON but neither GeoJSON nor a list of objects. Give a FeatureCollection with one Feature a place, or a list with one object a place.",
            ),
            Self::Json { line } if nl => {
                format!("Dit is geen geldige JSON: het gaat mis op regel {line}. Bewaar of stuur het bestand opnieuw.")
            }
            Self::Json { line } => {
                format!("This is no valid JSON: it goes wrong on line {line}. Save or send the file again.")
            }
            Self::UnclosedQuote { row } if nl => format!(
                "In rij {row} begint een aanhalingsteken dat nergens eindigt. Sluit het, of haal het weg; twee achter elkaar staan voor één."
            ),
            Self::UnclosedQuote { row } => {
                format!(
                    "A quote that begins in row {row} is never closed. Close or remove it; two in a row stand for one."
                )
            }
        }
    }
}
