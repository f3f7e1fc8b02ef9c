//! The public API: async-graphql types over an edition.

pub mod coerce;
pub mod cost;
pub mod coverage;
pub mod error;
pub mod guard;
pub mod hot;
pub mod input;
pub mod limits;
pub mod loader;
pub mod moment;
pub mod page;
pub mod price;
pub mod query;
pub mod refusal;
pub mod scalar;
pub mod schema_map;
pub mod syntax;
pub mod types;
pub mod validation;

use async_graphql::{EmptyMutation, EmptySubscription, SDLExportOptions, Schema};

pub use query::Query;

/// The schema of the service.
pub type ApiSchema = Schema<Query, EmptyMutation, EmptySubscription>;

/// The schema as types only, so that it prints without a database or configuration.
///
/// A request needs in its data an `Arc<Edition>`, `Arc<Limits>`, an `Arc<Library>`, an `Arc<DataLoader<ProvenanceLoader>>`
/// and an `Arc<CoverageCache>`.
pub fn schema() -> ApiSchema {
    let builder = Schema::build(Query, EmptyMutation, EmptySubscription);
    limits::apply_builder_limits(builder, &limits::Limits::default()).finish()
}

/// The schema as text, as `noaber schema` prints it.
pub fn sdl() -> String {
    schema().sdl_with_options(SDLExportOptions::new().include_specified_by().use_space_ident().indent_width(2))
}
