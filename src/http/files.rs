//! Which files are served, in one list: for who describes them to programs and to catalogues.

use super::parameters::Address;
use crate::collections::{self, Collection};

/// A file.
pub(super) struct File {
    /// Where it is: `/places.csv`.
    pub(super) path: &'static str,
    /// What it takes.
    pub(super) address: Address,
    /// Whose rows it has.
    pub(super) collection: Option<&'static Collection>,
    /// Its format.
    pub(super) format: Format,
}

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Comma-separated values.
    Csv,
    /// GeoJSON.
    GeoJson,
    /// iCalendar.
    Calendar,
}

impl Format {
    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::GeoJson => "GeoJSON",
            Self::Calendar => "iCalendar",
        }
    }

    /// Its media type, as IANA registers it.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::GeoJson => "application/geo+json",
            Self::Calendar => "text/calendar",
        }
    }

    /// Its name in the table of file types of the European Union.
    pub(super) fn of_union(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some("CSV"),
            Self::GeoJson => Some("GEOJSON"),
            Self::Calendar => Some("ICS"),
        }
    }

    /// The standard that it follows.
    pub(super) fn standard(self) -> &'static str {
        match self {
            Self::Csv => "https://www.rfc-editor.org/info/rfc4180",
            Self::GeoJson => "https://www.rfc-editor.org/info/rfc7946",
            Self::Calendar => "https://www.rfc-editor.org/info/rfc5545",
        }
    }
}

/// All of them.
pub(super) fn files() -> Vec<File> {
    [
        ("/places.csv", Address::Download, "places", Format::Csv),
        ("/places.geojson", Address::Download, "places", Format::GeoJson),
        ("/activities.csv", Address::Activities, "activities", Format::Csv),
        ("/activities.ics", Address::Activities, "activities", Format::Calendar),
    ]
    .into_iter()
    .map(|(path, address, name, format)| File { path, address, collection: collections::by_name(name), format })
    .collect()
}
