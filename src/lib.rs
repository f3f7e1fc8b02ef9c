//! noaber.

pub mod http;
