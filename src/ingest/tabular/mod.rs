//! Tables, whatever they are about: [`mod@file`] reads CSV, XLSX and GeoJSON as [`table`]s of text, [`columns`] understands
//! the headings, `row`, `values` and `cell` what stands below them.

pub(crate) mod cell;
pub(crate) mod choices;
pub mod columns;
pub mod error;
pub mod file;
pub mod limits;
pub(crate) mod opening_hours;
pub(crate) mod row;
pub mod stated;
pub mod table;
pub mod template;
mod values;
