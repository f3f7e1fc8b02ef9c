//! Which files are served, and what each format is: for who describes them to programs and to catalogues.

use super::{
    download,
    parameters::{Address, FileAs},
};
use crate::collections::{self, Collection};

/// A file.
pub(super) struct File {
    /// Where it is: `/places.csv`.
    pub(super) path: &'static str,
    /// What it takes.
    pub(super) address: Address,
    /// Whose rows it has.
    pub(super) collection: &'static Collection,
    /// Its format.
    pub(super) format: Format,
}

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// What people call it.
    pub(super) name: &'static str,
    /// Its media type, without parameters.
    pub(super) media_type: &'static str,
    /// Whether IANA has that in its register.
    pub(super) is_registered: bool,
    /// Its name in the table of file types of the European Union, where it is in that.
    pub(super) of_union: Option<&'static str>,
    /// The standard that it follows.
    pub(super) standard: &'static str,
}

const CSV: Format = Format {
    name: "CSV",
    media_type: "text/csv",
    is_registered: true,
    of_union: Some("CSV"),
    standard: "https://www.rfc-editor.org/info/rfc4180",
};
const GEOJSON: Format = Format {
    name: "GeoJSON",
    media_type: "application/geo+json",
    is_registered: true,
    of_union: Some("GEOJSON"),
    standard: "https://www.rfc-editor.org/info/rfc7946",
};
const FLATGEOBUF: Format = Format {
    name: "FlatGeobuf",
    media_type: "application/flatgeobuf",
    is_registered: false,
    of_union: None,
    standard: "https://flatgeobuf.org/",
};
const XLSX: Format = Format {
    name: "XLSX",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    is_registered: true,
    of_union: Some("XLSX"),
    standard: "https://www.iso.org/standard/71691.html",
};
const CALENDAR: Format = Format {
    name: "iCalendar",
    media_type: "text/calendar",
    is_registered: true,
    of_union: Some("ICS"),
    standard: "https://www.rfc-editor.org/info/rfc5545",
};

/// All of them.
pub(super) fn files() -> Vec<File> {
    let of_collections = download::files().iter().map(|file| {
        let format = match file.r#as {
            FileAs::Csv => CSV,
            FileAs::Geojson => GEOJSON,
            FileAs::Flatgeobuf => FLATGEOBUF,
            FileAs::Xlsx => XLSX,
        };
        File { path: file.path, address: file.address(), collection: file.collection, format }
    });
    let of_activities = collections::by_name("activities").into_iter().flat_map(|collection| {
        [("/activities.csv", CSV), ("/activities.ics", CALENDAR)].map(|(path, format)| File {
            path,
            address: Address::Activities,
            collection,
            format,
        })
    });
    of_collections.chain(of_activities).collect()
}
