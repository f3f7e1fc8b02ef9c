//! From the files of others to facts: read, check, match, decide, publish.

pub mod check;
pub mod matching;
pub mod resolve;
pub mod take;

pub use take::{At, Concern, Record, Sender, Taken, take};
