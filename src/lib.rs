//! noaber: an open-data GraphQL API for social meeting places in the Dutch province of Overijssel.

pub mod model;
pub mod search;
