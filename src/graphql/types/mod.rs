//! The objects of the schema, each in a file named after it.

pub mod activity;
pub mod activity_connection;
pub mod change;
pub mod completeness;
pub mod coverage;
pub mod dataset;
pub mod identifier;
pub mod location;
pub mod municipality;
pub mod neighbourhood;
pub mod node;
pub mod place;
pub mod place_cluster;
pub mod place_connection;
pub mod place_facets;
pub mod place_statistics;
pub mod policy;
pub mod search;
pub mod settlement;
pub mod source;
pub mod survey;
pub mod vocabulary;

use std::sync::Arc;

use async_graphql::{Context, Enum};

pub use activity::Activity;
pub use activity_connection::ActivityConnection;
pub use change::ChangeConnection;
pub use completeness::{Completeness, FieldCompleteness};
pub use coverage::Coverage;
pub use dataset::Dataset;
pub use identifier::{Identifier, IdentifierScheme};
pub use location::{Address, GeoPoint, Location, RdPoint};
pub use municipality::Municipality;
pub use neighbourhood::{Neighbourhood, NeighbourhoodConnection};
pub use node::NodeObject;
pub use place::Place;
pub use place_cluster::PlaceCluster;
pub use place_connection::{NearestPlaceConnection, Origin, PlaceConnection};
pub use place_facets::PlaceFacets;
pub use place_statistics::{PlaceDimension, PlaceGroup};
pub use policy::MunicipalPolicy;
pub use search::SearchHit;
pub use settlement::{Settlement, SettlementConnection};
pub use source::Source;
pub use survey::Survey;
pub use vocabulary::{ActivityTypeInfo, FacilityTypeInfo, Vocabulary};

use super::{error::ApiError, limits::Limits};
use crate::{
    edition::{DimensionValue, Edition, Meaning},
    model::Language,
    spatial,
};

/// Coordinate reference system of an answer (coördinatenstelsel).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "spatial::Crs")]
pub enum Crs {
    /// CRS84: WGS 84 longitude and latitude in degrees, as GeoJSON has it.
    #[graphql(name = "CRS84")]
    Crs84,
    /// RD New (Rijksdriehoekscoördinaten, EPSG:28992), metres. By a seven-parameter transformation within 0.25 m; not a certified RDNAPTRANS.
    #[graphql(name = "RD")]
    Rd,
    /// ETRS89 (EPSG:4258) in the order longitude, latitude, degrees; equal to WGS 84 here, which it is within a metre.
    #[graphql(name = "ETRS89")]
    Etrs89,
}

/// The edition that the request reads, from its first field to its last.
///
/// # Errors
/// [`ApiError::Internal`] when the request was started without one.
pub(super) fn pinned(ctx: &Context<'_>) -> Result<Arc<Edition>, ApiError> {
    ctx.data::<Arc<Edition>>().cloned().map_err(missing)
}

/// What one request may ask.
///
/// # Errors
/// [`ApiError::Internal`] when the request was started without them.
pub(super) fn limits<'a>(ctx: &Context<'a>) -> Result<&'a Limits, ApiError> {
    ctx.data::<Arc<Limits>>().map(AsRef::as_ref).map_err(missing)
}

pub(super) fn missing(error: async_graphql::Error) -> ApiError {
    ApiError::internal(anyhow::anyhow!(error.message))
}

/// A part of a whole, 0 to 1, rounded to four decimals; 0 of nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    // Counts of places are far below 2⁵³.
    #[expect(clippy::cast_precision_loss, reason = "a count of places is far below 2^53")]
    let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    (share * 10_000.0).round() / 10_000.0
}

/// Places per 10,000 inhabitants, rounded to two decimals; `None` without inhabitants.
pub(super) fn places_per_10000(places: u64, population: Option<i32>) -> Option<f64> {
    let population = f64::from(population.filter(|known| *known > 0)?);
    // Counts of places are far below 2⁵³.
    #[expect(clippy::cast_precision_loss, reason = "a count of places is far below 2^53")]
    let ratio = places as f64 * 10_000.0 / population;
    Some((ratio * 100.0).round() / 100.0)
}

/// What a counted value is called.
pub(super) fn meaning(edition: &Edition, value: DimensionValue, language: Language) -> String {
    match edition.value_meaning(value) {
        Meaning::Name(name) => name.to_owned(),
        Meaning::Year(year) => year.to_string(),
        Meaning::Weekday(day) => language.weekday(day).to_owned(),
        Meaning::Is(is) => language.yes_or_no(is).to_owned(),
        Meaning::Term { vocabulary, term } => term_label(edition, vocabulary, term, language),
    }
}

/// The label of a term.
pub(super) fn term_label(edition: &Edition, vocabulary: &str, value: &str, language: Language) -> String {
    // Every term has a label, which is checked when an edition is built.
    edition.label(vocabulary, value).map_or_else(|| value.to_owned(), |label| label.of(language).to_owned())
}

/// A count as GraphQL has it.
pub(super) fn int(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
