//! Ids: of the edition, made from its data, and of what is in it.
//!
//! An oddity, not to be copied: the id of an edition hashes outlines as the text in which they are stored, so the same
//! outline with its keys in another order gives another id; and `updatedAt` too, so the same file taken at two moments
//! gives two.

use std::{fmt, io, str::FromStr};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::model::{Facts, MunicipalityCode, NeighbourhoodCode};

/// Date of the newest fact and 48 bits of a hash over all facts in their one order.
pub(super) fn edition_id(facts: &Facts, newest: DateTime<Utc>) -> Result<String, serde_json::Error> {
    struct Hashing(Sha256);
    impl io::Write for Hashing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut hashing = io::BufWriter::new(Hashing(Sha256::new()));
    serde_json::to_writer(&mut hashing, facts)?;
    let hash = hashing.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?.0.finalize();
    let hex: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{}-{hex}", newest.format("%Y-%m-%d")))
}

/// Whether a text has the form of the id of an edition: a day and twelve hexadecimal digits, `2026-11-30-2f7330b9f63e`.
pub fn is_edition_id(text: &str) -> bool {
    let Some((day, hash)) = text.rsplit_once('-') else { return false };
    day.len() == 10
        && day.parse::<chrono::NaiveDate>().is_ok()
        && hash.len() == 12
        && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The lasting id of something, readable: `place:kulturhus-trefkoele-dalfsen`, `municipality:GM0193`,
/// `settlement:NL.TOP10NL.132597206`, `neighbourhood:WK019310`, `activity:bridge-de-schalm-dalfsen`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeId {
    /// Key of a place.
    Place(String),
    /// Code of a municipality.
    Municipality(MunicipalityCode),
    /// TOP10NL id of a settlement.
    Settlement(String),
    /// Code of a neighbourhood.
    Neighbourhood(NeighbourhoodCode),
    /// Key of an activity.
    Activity(String),
}

/// A text that is no [`NodeId`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an id; an id is what a field `id` gave, such as `place:de-schalm-dalfsen`, `municipality:GM0193` or `settlement:NL.TOP10NL.132597206`"
)]
pub struct NodeIdError(String);

impl FromStr for NodeId {
    type Err = NodeIdError;

    fn from_str(text: &str) -> Result<Self, NodeIdError> {
        let error = || NodeIdError(crate::model::excerpt(text));
        let (kind, key) = text.split_once(':').ok_or_else(error)?;
        match kind {
            "place" if !key.is_empty() => Ok(Self::Place(key.to_owned())),
            "municipality" => key.parse().map(Self::Municipality).map_err(|_| error()),
            "settlement" if !key.is_empty() => Ok(Self::Settlement(key.to_owned())),
            "activity" if !key.is_empty() => Ok(Self::Activity(key.to_owned())),
            "neighbourhood" => key.parse().map(Self::Neighbourhood).map_err(|_| error()),
            _ => Err(error()),
        }
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(key) => write!(f, "place:{key}"),
            Self::Municipality(code) => write!(f, "municipality:{code}"),
            Self::Settlement(id) => write!(f, "settlement:{id}"),
            Self::Neighbourhood(code) => write!(f, "neighbourhood:{code}"),
            Self::Activity(key) => write!(f, "activity:{key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_an_edition_has_a_form() {
        for (text, is_one) in [
            ("2026-11-30-2f7330b9f63e", true),
            ("2024-02-29-000000000000", true),
            ("2026-02-30-2f7330b9f63e", false),
            ("2026-11-30-2F7330B9F63E", false),
            ("2026-11-30-2f7330b9f63", false),
            ("2026-11-24", false),
            ("latest", false),
            ("", false),
            ("-", false),
            ("é026-11-3-2f7330b9f63e", false),
        ] {
            assert_eq!(is_edition_id(text), is_one, "{text}");
        }
    }

    #[test]
    fn an_id_reads_as_it_is_written() {
        for id in [
            "place:t-aahoes-aadorp",
            "municipality:GM0193",
            "settlement:NL.TOP10NL.132597206",
            "neighbourhood:BU01931000",
            "activity:bridge-de-schalm-dalfsen",
        ] {
            assert_eq!(id.parse::<NodeId>().map(|id| id.to_string()).as_deref(), Ok(id));
        }
        for wrong in ["", ":", "place:", "activity:", "GM0193", "municipality:GM193", "user:1", "neighbourhood:GM0193"]
        {
            assert!(wrong.parse::<NodeId>().is_err(), "{wrong}");
        }
    }
}
