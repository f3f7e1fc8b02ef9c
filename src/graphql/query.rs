//! Root fields: check, ask, convert.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::{
    error::ApiError,
    hot::Rows,
    input::{
        ActivityBy, ActivityFilter, ActivityOrder, AreaInput, MunicipalityBy, MunicipalityFilter, MunicipalityOrder,
        NeighbourhoodFilter, PlaceBy, PlaceFilter, PlaceOrder, Point, PointInput, SettlementBy, SettlementFilter,
        search_text,
    },
    page::{PageArgs, Window},
    types::{
        Activity, ActivityConnection, ActivityTypeInfo, ChangeConnection, Coverage, Dataset, FacilityTypeInfo,
        Municipality, NearestPlaceConnection, NeighbourhoodConnection, NodeObject, Origin, Place, PlaceConnection,
        PlaceDimension, PlaceGroup, SearchHit, Settlement, SettlementConnection, Survey, Vocabulary, limits, missing,
        pinned,
    },
};
use crate::{
    edition::{Edition, NodeId, SearchType},
    library::Library,
    model::vocabulary::SettlementKind,
};

/// The root of all questions.
pub struct Query;

/// Start here. All answers to one request come from one edition of the data.
#[Object]
impl Query {
    /// The object with this id; null: this edition has none.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What a field `id` gave.")] id: ID,
    ) -> Option<Result<NodeObject, ApiError>> {
        pinned(ctx).map(|edition| node(&edition, &id)).transpose()
    }

    /// The objects with these ids, in the order asked; null where this edition has none.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What fields `id` gave; at most `dataset { limits { maxIds } }`.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<NodeObject>>, ApiError> {
        let (edition, most) = (pinned(ctx)?, limits(ctx)?.max_ids);
        if ids.len() > most {
            return Err(ApiError::BadUserInput(format!("{} ids were asked; at most {most} can be at once", ids.len())));
        }
        Ok(ids.iter().map(|id| node(&edition, id)).collect())
    }

    /// One place (ontmoetingsplek), including closed ones; null: no place has that name.
    async fn place(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to identify it.")] by: PlaceBy,
    ) -> Option<Result<Place, ApiError>> {
        let edition = match pinned(ctx) {
            Ok(edition) => edition,
            Err(error) => return Some(Err(error)),
        };
        let found = by.find(&edition, || ctx.data::<Arc<Library>>().map_err(missing)).await;
        found.map(|index| index.map(|index| Place::new(&edition, index))).transpose()
    }

    /// Places (ontmoetingsplekken), by name unless ordered otherwise; CLOSED ones only where the filter's `status` asks for them.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only places for which this is TRUE.")] filter: Option<PlaceFilter>,
        #[graphql(desc = "Also places for which the filter is UNKNOWN.", default_with = "Some(false)")]
        include_unknown: Option<bool>,
        #[graphql(desc = "By name, ascending, when left out.")] order_by: Option<PlaceOrder>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<PlaceConnection, ApiError> {
        let args = PageArgs { first, after, last, before };
        tokio::task::consume_budget().await;
        PlaceConnection::of(ctx, &pinned(ctx)?, "", None, filter, include_unknown, order_by, &args)
    }

    /// Places by distance from a point (dichtstbijzijnde plekken), nearest first, equal distances by id; straight line in the RD plane.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn nearest_places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The point.")] to: PointInput,
        #[graphql(desc = "Maximum distance in metres, inclusive.")] max_distance: Option<f64>,
        #[graphql(desc = "Only places for which this is TRUE.")] filter: Option<PlaceFilter>,
        #[graphql(desc = "Also places for which the filter is UNKNOWN.", default_with = "Some(false)")]
        include_unknown: Option<bool>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<NearestPlaceConnection, ApiError> {
        let args = PageArgs { first, after, last, before };
        tokio::task::consume_budget().await;
        let (edition, limits) = (pinned(ctx)?, limits(ctx)?);
        let Point { rd, uncertainty_m, .. } = to.resolve(&edition)?;
        let (origin, unknown) = (Some(Origin { rd, uncertainty_m }), include_unknown.unwrap_or(false));
        NearestPlaceConnection::of(ctx, &edition, "", origin, None, max_distance, filter, unknown, args, limits)
    }

    /// One activity (activiteit), including one that is over; null: no activity has that name.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to identify it.")] by: ActivityBy,
    ) -> Option<Result<Activity, ApiError>> {
        let found = pinned(ctx).and_then(|edition| Ok((by.find(&edition)?, edition)));
        found.map(|(index, edition)| index.map(|index| Activity::new(&edition, index))).transpose()
    }

    /// What is held at places and when (activiteiten), by name unless ordered otherwise; what is over is left out as `ActivityFilter` tells. Empty until a list of
    /// activities is imported.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only activities for which this is TRUE.")] filter: Option<ActivityFilter>,
        #[graphql(desc = "Also activities for which the filter is UNKNOWN.", default_with = "Some(false)")]
        include_unknown: Option<bool>,
        #[graphql(desc = "By name, ascending, when left out.")] order_by: Option<ActivityOrder>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<ActivityConnection, ApiError> {
        let args = PageArgs { first, after, last, before };
        tokio::task::consume_budget().await;
        ActivityConnection::of(ctx, &pinned(ctx)?, "", None, filter, include_unknown, order_by, &args)
    }

    /// One municipality (gemeente); null: none has that name, or the point lies in none.
    async fn municipality(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to identify it.")] by: MunicipalityBy,
    ) -> Option<Result<Municipality, ApiError>> {
        let found = pinned(ctx).and_then(|edition| Ok((by.find(&edition)?, edition)));
        found.map(|(index, edition)| index.map(|index| Municipality::new(&edition, index))).transpose()
    }

    /// The municipalities (gemeenten) of Overijssel, by name unless ordered otherwise.
    async fn municipalities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only municipalities for which this is TRUE.")] filter: Option<MunicipalityFilter>,
        #[graphql(desc = "By name, ascending, when left out.")] order_by: Option<MunicipalityOrder>,
    ) -> Result<Vec<Municipality>, ApiError> {
        let edition = pinned(ctx)?;
        let filter = filter.unwrap_or_default().resolve(&edition, limits(ctx)?)?;
        let mut selected = edition.select_municipalities(&filter);
        order_by.unwrap_or_default().sort(&edition, &mut selected);
        Ok(selected.into_iter().map(|index| Municipality::new(&edition, index)).collect())
    }

    /// CBS districts and neighbourhoods (wijken en buurten), by code; buurten once imported.
    async fn neighbourhoods(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only neighbourhoods for which this holds.")] filter: Option<NeighbourhoodFilter>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<NeighbourhoodConnection, ApiError> {
        NeighbourhoodConnection::of(ctx, &pinned(ctx)?, filter, &PageArgs { first, after, last, before })
    }

    /// One settlement (kern, wijk, buurt of buurtschap); null: none has that name.
    async fn settlement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to identify it.")] by: SettlementBy,
    ) -> Option<Result<Settlement, ApiError>> {
        let found = pinned(ctx).and_then(|edition| Ok((by.find(&edition)?, edition)));
        found.map(|(index, edition)| index.map(|index| Settlement::new(&edition, index))).transpose()
    }

    /// Villages, towns, districts and hamlets of TOP10NL (kernen, wijken, buurten en buurtschappen), by name.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn settlements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only settlements for which this holds.")] filter: Option<SettlementFilter>,
        #[graphql(desc = "Of one of these types, when given; together with `filter { kinds }` both hold.")]
        kinds: Option<Vec<SettlementKind>>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<SettlementConnection, ApiError> {
        let args = PageArgs { first, after, last, before };
        SettlementConnection::of(ctx, &pinned(ctx)?, filter, kinds.as_deref(), &args)
    }

    /// Who lives within reach of a place (dekking), as bounds.
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reach in metres, more than 0, at most `dataset { limits { maxDistance } }`.")]
        max_distance: f64,
        #[graphql(
            desc = "Which places serve: those for which it is TRUE or UNKNOWN. Closed ones (CLOSED) never do, planned ones (PLANNED) only where it asks for a `status`; when left out, all others."
        )]
        places: Option<PlaceFilter>,
        #[graphql(desc = "Whose inhabitants; those of all Overijssel by default.")] area: Option<AreaInput>,
    ) -> Result<Coverage, ApiError> {
        let edition = pinned(ctx)?;
        let area = area.map(|area| area.resolve(&edition, limits(ctx)?)).transpose()?;
        Coverage::of(ctx, &edition, "", max_distance, places, area).await
    }

    /// How many places there are (aantallen) by one or two dimensions: those for which the filter is TRUE, CLOSED ones only where its `status`
    /// asks for them. Most places first, equal counts by value, not known after the others. Places whose value is not known are a group of their
    /// own, so that the groups of KIND, MUNICIPALITY, LEGAL_FORM, RUN_BY or PRECISION add up to all places; those of FACILITY, ACTIVITY,
    /// SETTLEMENT and NEIGHBOURHOOD do not, since a place counts in each that it lists or that holds it. By one area alone, areas without places
    /// are told too: every municipality, every settlement with inhabitants, every neighbourhood, whatever the filter; crossed they are not.
    async fn place_statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One dimension, or two different ones.")] group_by: Vec<PlaceDimension>,
        #[graphql(desc = "Only places for which this is TRUE.")] filter: Option<PlaceFilter>,
    ) -> Result<Vec<PlaceGroup>, ApiError> {
        tokio::task::consume_budget().await;
        PlaceGroup::of(ctx, &pinned(ctx)?, &group_by, filter, limits(ctx)?)
    }

    /// Every type of facility (voorzieningen) with its number of places.
    async fn facility_types(&self, ctx: &Context<'_>) -> Result<Vec<FacilityTypeInfo>, ApiError> {
        Ok(FacilityTypeInfo::all(&pinned(ctx)?))
    }

    /// Every type of activity (activiteiten) with its number of places.
    async fn activity_types(&self, ctx: &Context<'_>) -> Result<Vec<ActivityTypeInfo>, ApiError> {
        Ok(ActivityTypeInfo::all(&pinned(ctx)?))
    }

    /// The 2024 report on social meeting places in Overijssel (onderzoek), figure by figure.
    async fn survey(&self, ctx: &Context<'_>) -> Result<Survey, ApiError> {
        Ok(Survey::new(&pinned(ctx)?))
    }

    /// What a text may mean (zoeken), best first, as a suggestion box asks it: places by name, kind, facility, activity, street, postcode and area;
    /// activities by name, type, organiser and place; municipalities, neighbourhoods, settlements, streets and postcodes; types of facility and activity. Without regard to case and accents;
    /// beginnings of words are found, before misspellings. Closed places and activities that are over are found too.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words; at most `dataset { limits { maxTextLength } }` characters.")] text: String,
        #[graphql(desc = "Only what lies in this area, surely; types of facility and activity lie everywhere.")]
        within: Option<AreaInput>,
        #[graphql(desc = "Only these types; an empty list finds nothing.")] types: Option<Vec<SearchType>>,
        #[graphql(desc = "How many hits to return, 1 to 100 (default 20).")] first: Option<i32>,
    ) -> Result<Rows<SearchHit>, ApiError> {
        let (edition, limits) = (pinned(ctx)?, limits(ctx)?);
        let text = search_text(Some(&text), limits)?.unwrap_or_default();
        let within = within.map(|area| area.resolve(&edition, limits)).transpose()?;
        let (Window::First(size) | Window::Last(size)) = PageArgs { first, ..PageArgs::default() }.window(limits)?;
        let hits = edition.search(&text, within.as_ref(), types.as_deref(), size);
        Ok(Rows(hits.into_iter().filter_map(|hit| SearchHit::new(&edition, hit)).collect()))
    }

    /// Every closed list of words (begrippenlijsten) of the domain with its terms and labels.
    async fn vocabularies(&self, ctx: &Context<'_>) -> Result<Vec<Vocabulary>, ApiError> {
        Ok(Vocabulary::all(&pinned(ctx)?))
    }

    /// What changed in places, activities, municipalities, settlements and neighbourhoods between an earlier edition and this one (wijzigingen), by id: added, changed or removed.
    /// This one is the edition that the request reads: the one now served, or that of `?edition=ID` in the address. It may also be the earlier of
    /// the two. An edition that is not in the archive is refused with `EDITION_UNAVAILABLE`.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What `dataset { edition }` gave earlier.")] since: String,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<ChangeConnection, ApiError> {
        let args = PageArgs { first, after, last, before };
        ChangeConnection::of(ctx, &pinned(ctx)?, &since, &args).await
    }

    /// The data as a whole (gegevensverzameling): edition, licences, sources, counts and limits.
    async fn dataset(&self, ctx: &Context<'_>) -> Result<Dataset, ApiError> {
        Ok(Dataset::new(&pinned(ctx)?))
    }
}

/// A text that is no id names nothing.
fn node(edition: &Arc<Edition>, id: &ID) -> Option<NodeObject> {
    let found = id.parse::<NodeId>().ok().and_then(|id| edition.node(&id));
    found.map(|node| NodeObject::new(edition, node))
}
