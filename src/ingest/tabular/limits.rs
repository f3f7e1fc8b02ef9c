//! How much is read of a table.

/// The largest file.
pub const MOST_BYTES: u64 = 256 << 20;
/// The largest GeoJSON file: as objects in memory it takes many times its size.
pub const MOST_JSON_BYTES: u64 = 64 << 20;
/// The most rows of a table, the headings aside.
pub const MOST_ROWS: usize = 200_000;
/// The most columns of a table. The form in which municipalities give their polling places has a thousand of them, and five that
/// explain.
pub const MOST_COLUMNS: usize = 1_024;
/// The longest cell, characters. A longer one is reported and left out.
pub const MOST_CELL_CHARS: usize = 10_000;
/// The most cells of a file that are not empty: two hundred thousand rows of fifty.
pub(crate) const MOST_CELLS: usize = 10_000_000;
/// The most text of a file, bytes. A spreadsheet can name the same text a million times.
pub(crate) const MOST_TEXT_BYTES: usize = 512 << 20;
