//! A settlement of TOP10NL.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use super::{Crs, GeoPoint, Municipality, NearestPlaceConnection, Origin, PlaceConnection, int, limits};
use crate::{
    edition::{Edition, NodeId, SettlementEntry},
    graphql::{
        error::ApiError,
        hot::{FieldPlan, Hot, Json, Rows, Write},
        input::{PlaceFilter, PlaceOrder, SettlementFilter},
        page::{Page, PageArgs, PageInfo, Scope},
        scalar::{Date, GeoJson},
    },
    model::vocabulary::SettlementKind,
    spatial::{Wgs84, geojson},
};

/// A settlement of an edition.
#[derive(Clone)]
pub struct Settlement {
    edition: Arc<Edition>,
    index: u32,
}

impl Settlement {
    /// The settlement of that index.
    pub fn new(edition: &Arc<Edition>, index: u32) -> Self {
        Self { edition: edition.clone(), index }
    }

    fn entry(&self) -> &SettlementEntry {
        self.edition.settlement(self.index)
    }
}

/// A village, town, district, neighbourhood or hamlet (kern, wijk, buurt of buurtschap) of TOP10NL, with its outline and inhabitants.
#[Object]
impl Settlement {
    /// Lasting id, for `node(id:)` and `settlements` in an area.
    pub async fn id(&self) -> ID {
        NodeId::Settlement(self.entry().facts.id.clone()).to_string().into()
    }

    /// Name for an address on the web, unique.
    async fn slug(&self) -> &str {
        &self.entry().facts.slug
    }

    /// Name (naam); not unique.
    async fn name(&self) -> &str {
        &self.entry().facts.name
    }

    /// Type (typeGebied).
    async fn kind(&self) -> SettlementKind {
        self.entry().facts.kind
    }

    /// The municipality in which its largest share lies (gemeente).
    async fn municipality(&self) -> Municipality {
        Municipality::new(&self.edition, self.entry().municipality)
    }

    /// The smallest larger settlement that holds at least 80 % of its area (ligt in); null: none.
    async fn parent(&self) -> Option<Settlement> {
        self.entry().parent.map(|index| Settlement::new(&self.edition, index))
    }

    /// Inhabitants on `populationDate`, rounded to 5 (inwoners, CBS), parts included, so never add them up; null: not known.
    async fn population(&self) -> Option<i32> {
        self.entry().facts.population
    }

    /// The day of `population` (peildatum van de inwoners); null: not known.
    async fn population_date(&self) -> Option<Date> {
        self.entry().facts.population_date.map(Date)
    }

    /// Inhabitants that belong to none of its parts (eigen inwoners); these add up. Parts that together exceed their whole were scaled
    /// down, hence fractions; null: not known.
    async fn own_population(&self) -> Option<f64> {
        self.entry().facts.own_population
    }

    /// Outline (omtrek): Polygon or MultiPolygon, simplified to 25 m.
    async fn boundary(
        &self,
        #[graphql(desc = "Coordinate reference system of the geometry.", default_with = "Some(Crs::Crs84)")]
        crs: Option<Crs>,
    ) -> GeoJson {
        GeoJson(geojson::geometry(self.entry().region.polygons(), crs.unwrap_or(Crs::Crs84).into()))
    }

    /// Inner point of its largest part (binnenpunt).
    async fn location(&self) -> GeoPoint {
        GeoPoint::at(self.entry().facts.lon, self.entry().facts.lat)
    }

    /// How many places that are not closed surely lie in it, parts included (aantal plekken).
    async fn place_count(&self) -> i32 {
        int(self.edition.places_in_settlement(self.index))
    }

    /// The places in it, parts included (ontmoetingsplekken); UNKNOWN are places known only to something larger that holds it.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only places for which this is TRUE.")] filter: Option<PlaceFilter>,
        #[graphql(
            desc = "Also places for which the filter, or being in the settlement, is UNKNOWN.",
            default_with = "Some(false)"
        )]
        include_unknown: Option<bool>,
        #[graphql(desc = "By name, ascending, when left out.")] order_by: Option<PlaceOrder>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<PlaceConnection, ApiError> {
        tokio::task::consume_budget().await;
        let args = PageArgs { first, after, last, before };
        let (parent, own) = (self.entry().facts.id.as_str(), &self.entry().places);
        PlaceConnection::of(ctx, &self.edition, parent, Some(own), filter, include_unknown, order_by, &args)
    }

    /// Places by distance from `location` (dichtstbijzijnde plekken), nearest first, straight line in the RD plane.
    async fn nearest_places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only places for which this is TRUE.")] filter: Option<PlaceFilter>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<NearestPlaceConnection, ApiError> {
        tokio::task::consume_budget().await;
        let facts = &self.entry().facts;
        let rd = Wgs84 { lon: facts.lon, lat: facts.lat }.to_rd();
        let origin = Some(Origin { rd, uncertainty_m: facts.uncertainty_radius_m() });
        let args = PageArgs { first, after, last, before };
        NearestPlaceConnection::of(ctx, &self.edition, &facts.id, origin, None, None, filter, false, args, limits(ctx)?)
    }
}

/// A settlement in a list.
#[derive(SimpleObject)]
pub struct SettlementEdge {
    /// Where it stands in the list, for `after` and `before`.
    cursor: String,
    /// The settlement.
    node: Settlement,
}

/// A page of a list of settlements.
pub struct SettlementConnection {
    edition: Arc<Edition>,
    total: usize,
    page: Page,
}

impl SettlementConnection {
    /// The settlements of some kinds for which `filter` is TRUE, by name and then id.
    ///
    /// # Errors
    /// [`ApiError`] for what the filter or the page refuses.
    pub fn of(
        ctx: &Context<'_>,
        edition: &Arc<Edition>,
        filter: Option<SettlementFilter>,
        kinds: Option<&[SettlementKind]>,
        args: &PageArgs,
    ) -> Result<Self, ApiError> {
        let limits = limits(ctx)?;
        let mut list = filter.unwrap_or_default().select(edition, limits)?;
        list.retain(|index| kinds.is_none_or(|kinds| kinds.contains(&edition.settlement(*index).facts.kind)));
        list.sort_by_cached_key(|index| (crate::search::fold(&edition.settlement(*index).facts.name), *index));
        let page = Page::of(&list, args, Scope::of(ctx, &edition.id, "", "NAME_ASC".to_owned())?, limits)?;
        Ok(Self { edition: edition.clone(), total: list.len(), page })
    }
}

/// A list of settlements, by name (Relay connection).
#[Object]
impl SettlementConnection {
    /// The settlements of the page with their cursors.
    async fn edges(&self) -> Vec<SettlementEdge> {
        let edge = |item: &u32| SettlementEdge {
            cursor: self.page.cursor(*item),
            node: Settlement::new(&self.edition, *item),
        };
        self.page.items.iter().map(edge).collect()
    }

    /// The settlements of the page.
    async fn nodes(&self) -> Rows<Settlement> {
        Rows(self.page.items.iter().map(|item| Settlement::new(&self.edition, *item)).collect())
    }

    /// Whether and where the list goes on.
    async fn page_info(&self) -> PageInfo {
        self.page.info()
    }

    /// How many settlements the whole list has (totaal).
    async fn total_count(&self) -> i32 {
        int(self.total as u64)
    }
}

impl Hot for Settlement {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "id" => Box::new(|settlement, json| {
                json.text(&NodeId::Settlement(settlement.entry().facts.id.clone()).to_string());
            }),
            "slug" => Box::new(|settlement, json| json.text(&settlement.entry().facts.slug)),
            "name" => Box::new(|settlement, json| json.text(&settlement.entry().facts.name)),
            "kind" => Box::new(|settlement, json| json.term(settlement.entry().facts.kind)),
            "population" => Box::new(|settlement, json| json.maybe(settlement.entry().facts.population, Json::int)),
            "ownPopulation" => {
                Box::new(|settlement, json| json.maybe(settlement.entry().facts.own_population, Json::float))
            }
            "municipality" => {
                let write = field.object::<Municipality>()?;
                Box::new(move |settlement, json| {
                    write(&Municipality::new(&settlement.edition, settlement.entry().municipality), json);
                })
            }
            "parent" => {
                let write = field.object::<Settlement>()?;
                Box::new(move |settlement, json| {
                    json.maybe(settlement.entry().parent, |json, index| {
                        write(&Settlement::new(&settlement.edition, index), json);
                    });
                })
            }
            "placeCount" => Box::new(|settlement, json| {
                json.int(int(settlement.edition.places_in_settlement(settlement.index)));
            }),
            _ => return None,
        })
    }
}
