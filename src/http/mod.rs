//! What the world talks to: routes, pages, headers.

pub mod pages;
