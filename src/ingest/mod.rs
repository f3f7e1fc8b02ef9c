//! Files of others, read cell by cell into statements on places, with what could not be taken; and the template that a
//! municipality fills in. Without a database, and without a look at the places that are known.

mod cell;
pub mod column;
pub mod municipality;
mod personal;
pub mod report;
pub mod row;
pub mod rule;
pub mod table;
pub mod template;
pub mod workbook;
