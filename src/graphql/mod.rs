//! The GraphQL rooms: what a request may ask, and what asking it costs.

pub mod coerce;
pub mod cost;
pub mod guard;
pub mod limits;
pub mod refusal;
pub mod schema_map;
