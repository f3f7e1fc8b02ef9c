//! The source `postcodes`: the outlines of postcodes, in the columns of the maps of CBS (PC6 with letters, PC4 without).
//!
//! Of each is kept where its middle is and how far it reaches. The postcodes with letters of a file replace those with the same
//! four digits; what is older than what is known is left aside.

mod apply;
pub mod import;
pub mod source;
