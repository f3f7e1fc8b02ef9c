//! Which files are served, and what each format is: for who describes them to programs and to catalogues.

use super::{
    download,
    parameters::{Address, FileAs},
};
use crate::collections::{self, Collection, Words};

/// A file.
pub(super) struct File {
    /// Where it is: `/places.csv`.
    pub(super) path: &'static str,
    /// What it takes.
    pub(super) address: Address,
    /// What it is called in names of operations.
    pub(super) name: &'static str,
    /// What is in it.
    pub(super) title: Words,
    /// Whose rows it has; none where they are computed, or those of all collections.
    pub(super) collection: Option<&'static Collection>,
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

const GEOPACKAGE: Format = Format {
    name: "GeoPackage",
    media_type: "application/geopackage+sqlite3",
    is_registered: true,
    of_union: None,
    standard: "https://www.geopackage.org/spec/",
};

const COVERAGE: Words = Words {
    nl: "Hoe ver inwoners van elke kern van een plek wonen",
    en: "How far the inhabitants of each settlement live from a place",
};
const EVERYTHING: Words = Words { nl: "Alles in één bestand", en: "Everything in one file" };

/// All of them.
pub(super) fn files() -> Vec<File> {
    let of_collections = download::files().iter().map(|file| {
        let format = match file.r#as {
            FileAs::Csv => CSV,
            FileAs::Geojson => GEOJSON,
            FileAs::Flatgeobuf => FLATGEOBUF,
            FileAs::Xlsx => XLSX,
        };
        let (name, title) = file.collection.map_or(("coverage", COVERAGE), |of| (of.name, of.title));
        File { path: file.path, address: file.address(), name, title, collection: file.collection, format }
    });
    let of_activities = collections::by_name("activities").into_iter().flat_map(|collection| {
        [("/activities.csv", CSV), ("/activities.ics", CALENDAR)].map(|(path, format)| File {
            path,
            address: Address::Activities,
            name: collection.name,
            title: collection.title,
            collection: Some(collection),
            format,
        })
    });
    let everything = File {
        path: "/noaber.gpkg",
        address: Address::GeoPackage,
        name: "everything",
        title: EVERYTHING,
        collection: None,
        format: GEOPACKAGE,
    };
    of_collections.chain(of_activities).chain([everything]).collect()
}
