//! The source `places`: lists of places in the columns of the template, by a municipality or somebody who speaks for one.

pub mod column;
pub(crate) mod contact;
pub mod import;
pub mod municipality_sheet;
pub mod row;
pub mod source;
pub mod template;
pub mod workbook;
