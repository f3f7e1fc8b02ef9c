//! noaber: an open-data GraphQL API for social meeting places in the Dutch province of Overijssel.

// What benches and tests share names us as benches do.
#[cfg(test)]
extern crate self as noaber;

pub mod admission;
pub mod app;
#[cfg(test)]
mod architecture;
pub mod claims;
pub mod cli;
pub mod collections;
pub mod config;
pub mod edition;
pub mod examples;
pub mod findings;
pub mod geocode;
pub mod graphql;
pub mod http;
pub mod ingest;
pub mod library;
pub mod model;
pub mod seed;
pub mod store;
#[cfg(test)]
mod testing;

// Members of the workspace, by the names that their rooms have here.
pub use noaber_calendar as calendar;
pub use noaber_drawing as drawing;
pub use noaber_search as search;
pub use noaber_spatial as spatial;
