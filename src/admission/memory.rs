//! One figure from which follows how much is kept, and how many connections are open.

use std::{fmt, str::FromStr};

const MIB: u64 = 1 << 20;

/// Below this the data, one picture and one answer do not find room beside one another.
const LEAST: u64 = 128 * MIB;

/// What a connection may take while it is open: the head of a request, the frames of an answer, and its task.
const CONNECTION: u64 = 128 * 1024;

/// Descriptors that are no connections: the database, the listeners, files that an import reads.
const OTHER_DESCRIPTORS: u64 = 64;

/// About how much memory the service may take, in bytes.
///
/// It is what the parts are measured out from, not a wall: what is kept for the next request takes about a quarter of it, the data and what is
/// being answered the rest.
///
/// # Example
/// ```
/// use noaber::admission::Memory;
///
/// let memory: Memory = "512MiB".parse()?;
/// assert_eq!(memory.bytes(), 512 << 20);
/// assert_eq!(memory.to_string(), "512MiB");
/// assert_eq!("1G".parse::<Memory>()?.bytes(), 1 << 30);
/// # Ok::<(), noaber::admission::MemoryError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory(u64);

/// A text that is no amount of memory, or too little.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an amount of at least 128MiB, such as 512MiB or 2GiB")]
pub struct MemoryError;

impl Default for Memory {
    fn default() -> Self {
        Self(512 * MIB)
    }
}

impl FromStr for Memory {
    type Err = MemoryError;

    /// A whole number with `MiB` or `GiB`, also as `M`, `MB`, `G` and `GB`, which mean the same here.
    fn from_str(text: &str) -> Result<Self, MemoryError> {
        let text = text.trim();
        let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).ok_or(MemoryError)?);
        let unit = match unit.trim().to_ascii_lowercase().as_str() {
            "m" | "mb" | "mib" => MIB,
            "g" | "gb" | "gib" => 1024 * MIB,
            _ => return Err(MemoryError),
        };
        let bytes = digits.parse::<u64>().ok().and_then(|count| count.checked_mul(unit)).ok_or(MemoryError)?;
        if bytes < LEAST { Err(MemoryError) } else { Ok(Self(bytes)) }
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}MiB", self.0 / MIB)
    }
}

impl Memory {
    /// The whole of it, bytes.
    pub fn bytes(self) -> u64 {
        self.0
    }

    /// Bytes of answers of the API that are kept.
    pub fn answers(self) -> u64 {
        self.0 / 16
    }

    /// Bytes of pages, downloads and maps that are kept. A map of the province takes half a megabyte as SVG, and as PNG at 300 dpi one. A
    /// long download stands in a temporary file and counts for a sixty-fourth: those take four times [`Memory::bytes`] of the disk at most.
    pub fn pages(self) -> u64 {
        self.0 / 16
    }

    /// Bytes that are kept of each of the three kinds of results of coverage: figures, polygons, and these as they are written. With its
    /// polygons, written in one system, the province takes about two megabytes; without, a tenth of one.
    pub fn coverage(self) -> u64 {
        self.0 / 64
    }

    /// Old editions that are kept beside the one that is served. One takes some 20 MB.
    pub fn editions(self) -> u64 {
        (self.0 / (256 * MIB)).clamp(1, 8)
    }

    /// Connections that may be open at a time, where the process may have so many `descriptors`.
    pub fn connections(self, descriptors: u64) -> usize {
        let by_memory = self.0 / 2 / CONNECTION;
        let by_descriptors = descriptors.saturating_sub(OTHER_DESCRIPTORS.min(descriptors / 2));
        usize::try_from(by_memory.min(by_descriptors)).unwrap_or(usize::MAX).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_a_unit_and_is_enough_to_run() {
        for (text, bytes) in [
            ("128MiB", Some(128 << 20)),
            ("512m", Some(512 << 20)),
            (" 2 GB ", Some(2 << 30)),
            ("127MiB", None),
            ("512", None),
            ("512KiB", None),
            ("-1GiB", None),
            ("1.5GiB", None),
            ("99999999999999999999GiB", None),
            ("18446744073709551615G", None),
            ("GiB", None),
            ("", None),
        ] {
            assert_eq!(text.parse::<Memory>().ok().map(Memory::bytes), bytes, "{text:?}");
        }
    }

    #[test]
    fn connections_follow_from_what_is_scarcer() {
        assert_eq!(Memory::default().connections(1_048_576), 2_048, "memory");
        assert_eq!(Memory::default().connections(1_024), 960, "descriptors");
        assert_eq!(Memory::default().connections(64), 32);
        assert_eq!(Memory::default().connections(0), 1);
    }
}
