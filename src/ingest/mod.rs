//! From the files of others to facts: read, check, match, decide, publish.

pub mod matching;
pub mod resolve;
