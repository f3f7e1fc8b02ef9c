//! Why nothing can be read from a file of OpenStreetMap.

use std::{fmt, io};

use crate::model::Language;

/// Why nothing can be read from a file, in one sentence.
#[derive(Debug)]
pub enum OsmError {
    /// The file cannot be opened or read.
    Io(io::Error),
    /// Not a byte, or nothing but white space.
    Empty,
    /// JSON of more than so many bytes.
    TooLarge(u64),
    /// A format of OpenStreetMap, or a packed file, that is not read; with its name.
    OtherFormat(&'static str),
    /// Neither Overpass JSON nor `.osm.pbf`.
    Unknown,
    /// JSON without `elements`.
    NotOverpass,
    /// Text that begins like JSON and is not.
    Json {
        /// The line on which it goes wrong.
        line: usize,
    },
    /// The end is missing.
    Truncated,
    /// A `.osm.pbf` that is damaged.
    Damaged,
    /// A `.osm.pbf` that needs something of its reader that this one does not do, with its name.
    Unsupported(String),
    /// More elements of interest than there are on earth.
    TooMany,
}

impl std::error::Error for OsmError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(cause) => Some(cause),
            _ => None,
        }
    }
}

impl fmt::Display for OsmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl OsmError {
    /// The sentence.
    pub fn message(&self, language: Language) -> String {
        let nl = language == Language::Nl;
        let say = |dutch: &str, english: &str| if nl { dutch.to_owned() } else { english.to_owned() };
        match self {
            Self::Io(cause) if nl => format!("Het bestand is niet te lezen: {cause}."),
            Self::Io(cause) => format!("The file cannot be read: {cause}."),
            Self::Empty => say("Het bestand is leeg.", "The file is empty."),
            Self::TooLarge(most) if nl => {
                format!("Het bestand is groter dan {} MiB; geef zoveel kaart als .osm.pbf.", most >> 20)
            }
            Self::TooLarge(most) => {
                format!("The file is larger than {} MiB; give that much map as .osm.pbf.", most >> 20)
            }
            Self::OtherFormat(name) if nl => format!(
                "Dit is {name}, en gelezen worden Overpass-JSON (`[out:json]`) en .osm.pbf; pak het uit of zet het om met `osmium cat`."
            ),
            Self::OtherFormat(name) => format!(
                "This is {name}, and what is read is Overpass JSON (`[out:json]`) and .osm.pbf; unpack it, or convert it with `osmium cat`."
            ),
            Self::Unknown => say(
                "Dit is geen Overpass-JSON (`[out:json]`) en geen .osm.pbf.",
                "This is neither Overpass JSON (`[out:json]`) nor .osm.pbf.",
            ),
            Self::NotOverpass => say(
                "Dit is JSON zonder `elements` en geen GeoJSON van overpass turbo; vraag het aan Overpass met `[out:json]` en `out center;`.",
                "This is JSON without `elements` and no GeoJSON of overpass turbo; ask Overpass for it with `[out:json]` and `out center;`.",
            ),
            Self::Json { line } if nl => format!("De JSON klopt niet op regel {line}; haal het bestand opnieuw op."),
            Self::Json { line } => format!("The JSON is wrong on line {line}; fetch the file again."),
            Self::Truncated => say(
                "Het einde van het bestand ontbreekt; haal het opnieuw op.",
                "The end of the file is missing; fetch it again.",
            ),
            Self::Damaged => {
                say("Deze .osm.pbf is beschadigd; haal haar opnieuw op.", "This .osm.pbf is damaged; fetch it again.")
            }
            Self::Unsupported(name) if nl => format!(
                "Deze .osm.pbf vraagt “{name}” van haar lezer, en dat kan noaber niet; maak een gewone met `osmium cat -o gewoon.osm.pbf`."
            ),
            Self::Unsupported(name) => format!(
                "This .osm.pbf asks “{name}” of its reader, which noaber does not do; make a plain one with `osmium cat -o plain.osm.pbf`."
            ),
            Self::TooMany => say(
                "In het bestand staan meer buurthuizen en bibliotheken dan er op de wereld zijn; geef een uitsnede van Nederland.",
                "The file has more community centres and libraries than there are on earth; give an extract of the Netherlands.",
            ),
        }
    }
}
