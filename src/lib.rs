//! noaber.

pub mod graphql;
pub mod http;
