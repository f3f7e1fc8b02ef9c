//! The data as a whole.

use std::{collections::BTreeSet, sync::Arc};

use async_graphql::{Context, Object, SimpleObject};

use super::{Source, int, limits, missing};
use crate::{
    edition::Edition,
    graphql::{
        error::ApiError,
        limits::Limits,
        page::{PageArgs, Window},
        scalar::{DateTime, PartialDate, Url},
    },
    library::Library,
    model::Language,
    store::EditionRecord,
};

/// The data of an edition as a whole.
pub struct Dataset(Arc<Edition>);

impl Dataset {
    /// The data.
    pub fn new(edition: &Arc<Edition>) -> Self {
        Self(edition.clone())
    }
}

/// A layer of the data with its licence (licentie per laag).
#[derive(SimpleObject)]
pub struct LayerLicence {
    /// What it is (laag).
    layer: String,
    /// Its licence, as an SPDX identifier where one exists (licentie).
    licence: String,
    /// Where the licence can be read; null: there is no such page.
    url: Option<Url>,
    /// Of which year or day the layer is (peildatum); null: it has no single one, or that is not known.
    reference_date: Option<PartialDate>,
}

/// The data as a whole (gegevensverzameling): edition, licences, sources, counts and limits.
#[Object]
impl Dataset {
    /// The edition (editie): date of the newest fact and a hash of all facts. The same data has the same edition on every server; cite it. It stays
    /// readable: `?edition=ID` in the address of `/graphql`, of a download or of the list page answers from that edition. One from which a place
    /// was withdrawn for privacy keeps its id as a label.
    async fn edition(&self) -> &str {
        &self.0.id
    }

    /// When the newest fact changed (datum van de editie).
    async fn published_at(&self) -> DateTime {
        DateTime(self.0.published_at)
    }

    /// The layers of the data, each with its licence (licenties).
    async fn licences(&self) -> Vec<LayerLicence> {
        let of = |layer: &crate::model::Layer| LayerLicence {
            layer: layer.title.clone(),
            licence: layer.licence.clone(),
            url: layer.licence_url.clone().map(Url),
            reference_date: layer.reference_date.clone().map(PartialDate),
        };
        self.0.layers.iter().map(of).collect()
    }

    /// The attributions that the sources ask for (naamsvermelding).
    async fn attribution(&self) -> Vec<&str> {
        self.0.attribution()
    }

    /// Every source that a fact names (bronnen), by id.
    async fn sources(&self) -> Vec<Source> {
        self.0.sources.iter().map(|source| Source::of(source, Vec::new())).collect()
    }

    /// How many places are known and not closed (aantal plekken), as lists have them.
    async fn place_count(&self) -> i32 {
        int(self.0.place_count())
    }

    /// How many closed places there are besides (aantal gesloten plekken).
    async fn closed_place_count(&self) -> i32 {
        int(self.0.closed_count())
    }

    /// How many of the places that are not closed have a location, however coarse (met locatie).
    async fn located_count(&self) -> i32 {
        int(self.0.located_count())
    }

    /// How many municipalities there are (aantal gemeenten).
    async fn municipality_count(&self) -> i32 {
        int(self.0.municipalities().len() as u64)
    }

    /// How to cite this edition (bronvermelding), in one sentence.
    async fn citation(
        &self,
        #[graphql(desc = "Language of the sentence.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        let language = language.unwrap_or(Language::Nl);
        let (edition, date) = (&self.0.id, language.date(self.0.published_at.date_naive()));
        let licences: BTreeSet<&str> = self.0.layers.iter().map(|layer| layer.licence.as_str()).collect();
        let licences = licences.into_iter().collect::<Vec<_>>().join(", ");
        match language {
            Language::Nl => format!(
                "noaber, Sociale ontmoetingsplekken in Overijssel, editie {edition} ({date}); licenties per laag: {licences}."
            ),
            Language::En => format!(
                "noaber, Social meeting places in Overijssel, edition {edition} ({date}); licences per layer: {licences}."
            ),
        }
    }

    /// The editions that can be read (edities), newest first; `?edition=ID` in the address reads one, `changes(since: ID)` tells what changed since.
    async fn editions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to return, 1 to 100.", default_with = "Some(20)")] first: Option<i32>,
    ) -> Result<Vec<PublishedEdition>, ApiError> {
        let (Window::First(size) | Window::Last(size)) =
            PageArgs { first, ..PageArgs::default() }.window(limits(ctx)?)?;
        let library = ctx.data::<Arc<Library>>().map_err(missing)?;
        let editions = library.store().editions().await?;
        let of = |record: EditionRecord| PublishedEdition {
            id: record.id,
            published_at: DateTime(record.published_at),
            places: record.places,
        };
        Ok(editions.into_iter().take(size).map(of).collect())
    }

    /// The limits of one request (grenzen).
    async fn limits(&self, ctx: &Context<'_>) -> Result<PublishedLimits, ApiError> {
        Ok(limits(ctx)?.into())
    }
}

/// An edition that can be read (editie).
#[derive(SimpleObject)]
#[graphql(name = "Edition")]
pub struct PublishedEdition {
    /// Its id, as `dataset { edition }` has it.
    id: String,
    /// When it was published here (gepubliceerd op).
    published_at: DateTime,
    /// How many places it has (aantal plekken), closed ones included.
    places: i32,
}

/// The limits of one request (grenzen). A request beyond them is refused before it runs, by name.
#[derive(SimpleObject)]
#[graphql(name = "Limits")]
pub struct PublishedLimits {
    /// Items on a page when neither `first` nor `last` is given.
    default_page_size: i32,
    /// The largest `first` or `last`.
    max_page_size: i32,
    /// Ids in one `nodes(ids:)`.
    max_ids: i32,
    /// Cost of one operation: about one per field that is answered, lists multiplied by their size. Worked count: `{ places(first: 100)
    /// { nodes { name settlement } } }` costs 10 for `places`, 1 for `nodes` and 100 × 2 for its fields, 211 in all.
    max_cost: i32,
    /// Brackets open at once in a query.
    max_nesting: i32,
    /// Names, numbers, strings and punctuation marks in a query.
    max_tokens: i32,
    /// Aliases in an operation, fragments written out.
    max_aliases: i32,
    /// Fields of `Query` in an operation, fragments written out.
    max_root_fields: i32,
    /// Bytes of a request body.
    max_body_bytes: i32,
    /// Bytes of the path and query of a request.
    max_uri_bytes: i32,
    /// Bytes that the variables take, written into the query: their texts, and 32 for each value and each key, as often as the query uses
    /// them.
    max_variable_bytes: i32,
    /// Positions of one given geometry.
    max_geometry_vertices: i32,
    /// Characters of one text to search for.
    max_text_length: i32,
    /// The largest distance or radius, metres.
    max_distance: f64,
    /// Time for one request, milliseconds.
    timeout_ms: i32,
}

impl From<&Limits> for PublishedLimits {
    fn from(limits: &Limits) -> Self {
        let of = |limit: usize| i32::try_from(limit).unwrap_or(i32::MAX);
        Self {
            default_page_size: of(limits.default_page_size),
            max_page_size: of(limits.max_page_size),
            max_ids: of(limits.max_ids),
            max_cost: int(limits.max_cost),
            max_nesting: of(limits.max_nesting),
            max_tokens: of(limits.max_tokens),
            max_aliases: of(limits.max_aliases),
            max_root_fields: of(limits.max_root_fields),
            max_body_bytes: of(limits.max_body_bytes),
            max_uri_bytes: of(limits.max_uri_bytes),
            max_variable_bytes: of(limits.max_variable_bytes),
            max_geometry_vertices: of(limits.max_geometry_vertices),
            max_text_length: of(limits.max_text_length),
            max_distance: limits.max_distance_m,
            timeout_ms: int(limits.timeout_ms),
        }
    }
}
