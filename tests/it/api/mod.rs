//! Whole requests against a running service, judged by facts from elsewhere: the seed files read anew, brute force over
//! all places, the schema as published.

mod activities;
mod addresses;
mod areas;
mod changes;
mod coverage;
mod descriptions;
mod documents;
mod editions;
mod embed;
mod errors;
mod examples;
mod exports;
mod ingest;
mod maps;
mod municipalities;
mod nearest;
mod neighbourhoods;
mod ogc;
mod opening;
mod pages;
mod paging;
mod parameters;
mod places;
mod policy;
mod provenance;
mod schema;
mod search;
mod settlements;
mod statistics;
mod still_true;
mod survey;
mod tiles;
mod worked;
