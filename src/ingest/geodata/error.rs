//! Why a file of areas cannot be read, as one sentence with the way out.

use std::fmt;

use crate::model::Language;

/// Why a file of areas cannot be read.
#[derive(Debug)]
pub enum AreaError {
    /// It cannot be opened or read.
    Io(std::io::Error),
    /// Not a byte.
    Empty,
    /// More than what is read, bytes.
    TooLarge {
        /// The most bytes of this kind of file.
        most: u64,
    },
    /// What is wanted of it has more positions than are kept.
    TooMuch {
        /// The most positions.
        most: usize,
    },
    /// Another kind of file, by its name in Dutch and in English.
    OtherFormat([&'static str; 2]),
    /// GML where only GeoPackage and GeoJSON are read.
    NoGml,
    /// An SQLite file that is no GeoPackage, or a damaged one.
    Database(String),
    /// No table has the columns; the tables that there are.
    NoLayer(String),
    /// A coordinate reference system that is not read.
    System(String),
    /// JSON that is no FeatureCollection and no Feature.
    NotGeoJson,
    /// Text that begins like JSON and is not.
    Json {
        /// The line on which it goes wrong.
        line: usize,
    },
    /// Text that begins like XML and is not.
    Xml {
        /// The byte at which it goes wrong.
        at: u64,
    },
    /// XML without a single feature; the name of the element that one is.
    NoFeature(&'static str),
}

impl std::error::Error for AreaError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(cause) => Some(cause),
            _ => None,
        }
    }
}

impl fmt::Display for AreaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl AreaError {
    /// The sentence.
    pub fn message(&self, language: Language) -> String {
        let [nl, en] = match self {
            Self::Io(cause) => {
                [format!("Het bestand is niet te lezen: {cause}."), format!("The file cannot be read: {cause}.")]
            }
            Self::Empty => ["Het bestand is leeg.", "The file is empty."].map(str::to_owned),
            Self::TooLarge { most } => [
                format!("Het bestand is groter dan {} MiB. Geef alleen de provincie, of een GeoPackage.", most >> 20),
                format!("The file is larger than {} MiB. Give the province only, or a GeoPackage.", most >> 20),
            ],
            Self::TooMuch { most } => [
                format!("De gebieden hebben samen meer dan {most} punten. Geef ze in minder detail."),
                format!("The areas have more than {most} positions together. Give them in less detail."),
            ],
            Self::OtherFormat([nl, en]) => [
                format!("Dit is {nl}. Geef een GeoPackage (.gpkg), GeoJSON of, voor plaatsen, GML."),
                format!("This is {en}. Give a GeoPackage (.gpkg), GeoJSON or, for settlements, GML."),
            ],
            Self::NoGml => [
                "Dit is XML. Geef de wijken, buurten en gemeenten als GeoPackage (.gpkg) of GeoJSON.",
                "This is XML. Give wijken, buurten and municipalities as GeoPackage (.gpkg) or GeoJSON.",
            ]
            .map(str::to_owned),
            Self::Database(cause) => [
                format!("Dit is geen GeoPackage, of het is beschadigd: {cause}. Haal het bestand opnieuw op."),
                format!("This is no GeoPackage, or it is damaged: {cause}. Fetch the file again."),
            ],
            Self::NoLayer(found) => [
                format!("Geen van de lagen heeft de kolommen die hier gelezen worden. Gevonden: {found}."),
                format!("None of the layers has the columns that are read here. Found: {found}."),
            ],
            Self::System(found) => [
                format!(
                    "De coördinaten staan in {found}. Zet het bestand om naar RD (EPSG:28992) of WGS 84 (EPSG:4326)."
                ),
                format!(
                    "The coordinates are in {found}. Convert the file to RD New (EPSG:28992) or WGS 84 (EPSG:4326)."
                ),
            ],
            Self::NotGeoJson => [
                "Dit is JSON maar geen GeoJSON. Geef een FeatureCollection.",
                "This is JSON but not GeoJSON. Give a FeatureCollection.",
            ]
            .map(str::to_owned),
            Self::Json { line } => [
                format!("Dit is geen geldige GeoJSON: het gaat mis op regel {line}. Haal het bestand opnieuw op."),
                format!("This is no valid GeoJSON: it goes wrong on line {line}. Fetch the file again."),
            ],
            Self::Xml { at } => [
                format!("Dit is geen geldige GML: het gaat mis bij byte {at}. Haal het bestand opnieuw op."),
                format!("This is no valid GML: it goes wrong at byte {at}. Fetch the file again."),
            ],
            Self::NoFeature(element) => [
                format!("In deze XML staat geen enkel element {element}. Geef TOP10NL, objecttype {element}."),
                format!("There is no element {element} in this XML. Give TOP10NL, object type {element}."),
            ],
        };
        if language == Language::Nl { nl } else { en }
    }
}
