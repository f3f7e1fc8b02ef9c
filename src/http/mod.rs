//! The HTTP rooms.

pub mod graphql;
