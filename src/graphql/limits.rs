//! What one request may ask, in one place.

use async_graphql::{ObjectType, SchemaBuilder, SubscriptionType, ValidationMode};

/// The limits of one request. A request within them has a bounded cost, known before it runs.
///
/// The defaults are what the service publishes in `dataset { limits }`; a limit that is not published there guards
/// the machinery and is far from anything a client writes by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Items on a page when neither `first` nor `last` is given.
    pub default_page_size: usize,
    /// The largest `first` or `last`.
    pub max_page_size: usize,
    /// Ids in one `nodes(ids:)`.
    pub max_ids: usize,
    /// The cost of one operation, counted as [`cost`](crate::graphql::cost) says. One unit is about one resolved field.
    pub max_cost: u64,
    /// The cost from which an operation waits for its turn, few of them running at a time.
    pub dear_from: u64,
    /// Brackets `{`, `[` and `(` open at once in the text of a query. The parser recurses once for each, and
    /// 1,600 of them overflow a stack of 2 MiB.
    pub max_nesting: usize,
    /// Tokens (names, numbers, strings, punctuation) in the text of a query.
    pub max_tokens: usize,
    /// Aliases in an operation, fragments expanded.
    pub max_aliases: usize,
    /// Fields of the query root in an operation, fragments expanded.
    pub max_root_fields: usize,
    /// Bytes of a request body.
    pub max_body_bytes: usize,
    /// Bytes of the path and query of a request.
    pub max_uri_bytes: usize,
    /// Vertices of one given geometry.
    pub max_geometry_vertices: usize,
    /// Characters of one search text.
    pub max_text_length: usize,
    /// The largest distance or radius, in metres.
    pub max_distance_m: f64,
    /// Wall-clock time for reading, and again for answering, one request, in milliseconds.
    pub timeout_ms: u64,

    /// Selection sets below one another, fragments expanded and their spreads counted. The introspection query of
    /// graphql-js 16 with every option needs 17.
    pub max_depth: usize,
    /// Selections of an operation once every fragment is written out. That introspection query has 240.
    pub max_selections: u64,
    /// Directives on one field, spread or inline fragment.
    pub max_directives: usize,
    /// Operations in one document.
    pub max_operations: usize,
    /// Bytes of the variables of a request, each counted as often as the document uses it.
    pub max_variable_bytes: usize,
    /// Errors in one answer; the rest is left out.
    pub max_errors: usize,
    /// Characters of one error message.
    pub max_message_length: usize,
    /// Characters of the caller's own text that a message repeats.
    pub max_echo_length: usize,
    /// Bytes of answers kept in memory, identity and gzip together.
    pub max_cache_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            default_page_size: 20,
            max_page_size: 100,
            max_ids: 100,
            max_cost: 100_000,
            dear_from: 5_000,
            max_nesting: 64,
            max_tokens: 2_000,
            max_aliases: 50,
            max_root_fields: 20,
            max_body_bytes: 65_536,
            max_uri_bytes: 8_192,
            max_geometry_vertices: 2_000,
            max_text_length: 200,
            max_distance_m: 150_000.0,
            timeout_ms: 5_000,
            max_depth: 20,
            max_selections: 5_000,
            max_directives: 5,
            max_operations: 10,
            max_variable_bytes: 1_048_576,
            max_errors: 10,
            max_message_length: 300,
            max_echo_length: 60,
            max_cache_bytes: 64 * 1_048_576,
        }
    }
}

/// Sets the limits that async-graphql checks itself: depth, recursive depth and directives.
///
/// They repeat what [`guard`](crate::graphql::guard) has checked, so that a schema reached by another way than the
/// endpoint is not without. Its other rules are left out: some take what the specification refuses and one refuses what it
/// takes (fields under one key), so a document is checked by [`validation`](crate::graphql::validation) and
/// [`coerce`](crate::graphql::coerce).
#[must_use]
pub fn apply_builder_limits<Q, M, S>(builder: SchemaBuilder<Q, M, S>, limits: &Limits) -> SchemaBuilder<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    builder
        .limit_depth(limits.max_depth)
        .limit_recursive_depth(limits.max_depth)
        .limit_directives(limits.max_directives)
        .validation_mode(ValidationMode::Fast)
}
