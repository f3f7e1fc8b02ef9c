//! From the files of others to facts: each source reads its files and says what stands in them.
//!
//! A source is a folder, and a [`SourceKind`](import::SourceKind); where two have a file of the same name it does the same:
//! `import` is what a command asks for, `source` the way in, `column` and `row` read a table, `apply` takes what was read
//! into the books, `template` writes the file that somebody fills in.
//! [`tabular`] reads tables and [`geodata`] maps, whatever they are about. What a source says of places goes through
//! [`batch`] to the [`claims`](crate::claims); an [`outcome`] says what an import did, a [`summary`] in sentences; what
//! becomes of it where it is taken back, [`reverted`] does.

pub mod activities;
pub mod batch;
pub mod cbs_areas;
pub mod geodata;
pub mod import;
mod options;
pub mod osm;
pub mod outcome;
pub mod places;
pub mod policy;
pub mod polling_places;
pub mod postcodes;
pub mod progress;
pub mod reverted;
pub mod settlements;
pub mod summary;
pub mod survey;
pub mod tabular;
mod tell;
mod whereabouts;
mod words;
