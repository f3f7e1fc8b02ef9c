//! What kind of file it is, and its text.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use flate2::read::MultiGzDecoder;

use super::error::AreaError;
use crate::ingest::progress::{Watch, Watched, unwatched};

/// The largest GeoJSON or GML file, unpacked. It is read as it comes; this only ends what would go on for hours.
const MOST_TEXT_BYTES: u64 = 4 << 30;

/// A kind of file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    GeoPackage,
    GeoJson,
    Xml,
}

/// Tells the kind by the first bytes, of what is in it where it is packed with gzip.
pub(crate) fn kind(path: &Path) -> Result<Kind, AreaError> {
    let mut text = text(path, &unwatched())?;
    let beginning = text.fill_buf().map_err(AreaError::Io)?;
    const OTHER: [(&[u8], [&str; 2]); 4] = [
        (
            b"PK\x03\x04",
            ["een zip-bestand, misschien met een shapefile erin", "a zip file, perhaps with a shapefile in it"],
        ),
        (b"\x00\x00\x27\x0a", ["een shapefile", "a shapefile"]),
        (b"%PDF", ["een PDF", "a PDF"]),
        (b"\xD0\xCF\x11\xE0", ["een oud Office-bestand", "an old Office file"]),
    ];
    if beginning.starts_with(b"SQLite format 3\0") {
        return Ok(Kind::GeoPackage);
    }
    if let Some((_, format)) = OTHER.iter().find(|(magic, _)| beginning.starts_with(magic)) {
        return Err(AreaError::OtherFormat(*format));
    }
    match beginning.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(AreaError::Empty),
        Some(b'{' | b'[') => Ok(Kind::GeoJson),
        Some(b'<') => Ok(Kind::Xml),
        Some(_) => Err(AreaError::OtherFormat(["geen bestand met gebieden", "no file of areas"])),
    }
}

/// The bytes of a file, unpacked where they are packed with gzip, without a byte order mark.
///
/// # Errors
/// [`AreaError::Io`], and [`AreaError::TooLarge`] for a file that is larger than what is read.
pub(crate) fn text(path: &Path, watch: &Watch) -> Result<Box<dyn BufRead>, AreaError> {
    let file = Watched::new(File::open(path).map_err(AreaError::Io)?, watch).map_err(AreaError::Io)?;
    let length = file.length();
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let beginning = reader.fill_buf().map_err(AreaError::Io)?;
    let is_database = beginning.starts_with(b"SQLite format 3\0");
    if length > MOST_TEXT_BYTES && !is_database {
        return Err(AreaError::TooLarge { most: MOST_TEXT_BYTES });
    }
    let mut text: Box<dyn BufRead> = if beginning.starts_with(b"\x1f\x8b") {
        let unpacked = MultiGzDecoder::new(reader).take(MOST_TEXT_BYTES);
        Box::new(BufReader::with_capacity(1 << 16, unpacked))
    } else {
        Box::new(reader)
    };
    if text.fill_buf().map_err(AreaError::Io)?.starts_with(b"\xef\xbb\xbf") {
        text.consume(3);
    }
    Ok(text)
}
