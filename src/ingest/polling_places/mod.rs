//! The source `polling-places`: lists of polling places in the columns of "Waar is mijn stemlokaal" and of the count files.
//!
//! A polling place tells surely where a building stands, and of a building with the name of a meeting place that it is
//! there. Most are schools, sports clubs and town halls: those update a place that is known and never make a new one. The
//! hours are those of an election day and are left aside. A list may be the form that municipalities fill in, on its side.

mod form;
pub mod import;
pub mod source;
