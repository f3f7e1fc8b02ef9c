//! noaber: an open-data GraphQL API for social meeting places in the Dutch province of Overijssel.

pub mod app;
pub mod claims;
pub mod cli;
pub mod config;
pub mod drawing;
pub mod edition;
pub mod examples;
pub mod findings;
pub mod geocode;
pub mod graphql;
pub mod http;
pub mod ingest;
pub mod library;
pub mod model;
pub mod search;
pub mod seed;
pub mod spatial;
pub mod store;
