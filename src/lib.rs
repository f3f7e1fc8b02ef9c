//! noaber.

pub mod spatial;
