//! What the world talks to: routes, pages, headers.

pub mod graphql;
pub mod pages;
