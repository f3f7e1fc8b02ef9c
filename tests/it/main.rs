//! All integration tests, as one program: each program more would be linked with everything once more.

#![expect(clippy::unwrap_used, reason = "a test that unwraps fails with the line: that is what a test is for")]

mod api;
mod cli;
mod connections;
mod crowd;
mod dutch;
mod editions;
mod fuzz;
mod geocode;
mod ingest;
mod migrations;
mod newer_seed;
mod pooler;
mod pruning;
mod readme;
mod releases;
mod revert;
mod store;

// What they share.
mod database;
mod desk;
mod operate;
mod oracle;
mod pdok;
mod support;
mod synthetic;
