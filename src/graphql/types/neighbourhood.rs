//! A CBS wijk or buurt.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use super::{Crs, Municipality, NearestPlaceConnection, Origin, int, limits};
use crate::{
    edition::{Edition, NeighbourhoodEntry, NodeId},
    graphql::{
        error::ApiError,
        hot::{FieldPlan, Hot, Json, Write},
        input::{NeighbourhoodFilter, PlaceFilter},
        page::{Page, PageArgs, PageInfo, Scope},
        scalar::GeoJson,
    },
    model::vocabulary::NeighbourhoodLevel,
    spatial::{Rd, Wgs84, geojson},
};

/// A neighbourhood of an edition.
#[derive(Clone)]
pub struct Neighbourhood {
    edition: Arc<Edition>,
    index: u32,
}

impl Neighbourhood {
    /// The neighbourhood of that index.
    pub fn new(edition: &Arc<Edition>, index: u32) -> Self {
        Self { edition: edition.clone(), index }
    }

    fn entry(&self) -> &NeighbourhoodEntry {
        self.edition.neighbourhood(self.index)
    }
}

/// A district or neighbourhood of CBS (wijk of buurt): the wijken of 2024, simplified to some 40 m, until a map of CBS is imported; buurten only then.
#[Object]
impl Neighbourhood {
    /// Lasting id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::Neighbourhood(self.entry().facts.code.clone()).to_string().into()
    }

    /// CBS code (wijk- of buurtcode): `WK` and six or `BU` and eight characters.
    async fn code(&self) -> &str {
        self.entry().facts.code.as_str()
    }

    /// Name (naam).
    async fn name(&self) -> &str {
        &self.entry().facts.name
    }

    /// Wijk or buurt (niveau).
    async fn level(&self) -> NeighbourhoodLevel {
        self.entry().facts.level
    }

    /// Its municipality (gemeente).
    async fn municipality(&self) -> Municipality {
        Municipality::new(&self.edition, self.entry().municipality)
    }

    /// Inhabitants (inwoners); null: not known.
    async fn population(&self) -> Option<i32> {
        self.entry().facts.population
    }

    /// Boundary (grens): Polygon or MultiPolygon.
    async fn boundary(
        &self,
        #[graphql(desc = "Coordinate reference system of the geometry.", default_with = "Some(Crs::Crs84)")]
        crs: Option<Crs>,
    ) -> GeoJson {
        GeoJson(geojson::geometry(self.entry().region.polygons(), crs.unwrap_or(Crs::Crs84).into()))
    }

    /// Places by distance from its inner point (dichtstbijzijnde plekken), nearest first, straight line in the RD plane.
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
        let entry = self.entry();
        let origin = entry.region.inner_point().map(|at| {
            let rd = at.to_rd();
            let corners = entry.region.polygons().0.iter().flat_map(|polygon| polygon.exterior().coords());
            let distance = |corner: Rd| (corner.x - rd.x).hypot(corner.y - rd.y);
            let distances = corners.map(|corner| distance(Wgs84 { lon: corner.x, lat: corner.y }.to_rd()));
            Origin { rd, uncertainty_m: distances.fold(0.0, f64::max).round() }
        });
        let args = PageArgs { first, after, last, before };
        let (parent, limits) = (entry.facts.code.as_str(), limits(ctx)?);
        NearestPlaceConnection::of(ctx, &self.edition, parent, origin, None, None, filter, false, args, limits)
    }
}

/// A neighbourhood in a list.
#[derive(SimpleObject)]
pub struct NeighbourhoodEdge {
    /// Where it stands in the list, for `after` and `before`.
    cursor: String,
    /// The neighbourhood.
    node: Neighbourhood,
}

/// A page of a list of neighbourhoods.
pub struct NeighbourhoodConnection {
    edition: Arc<Edition>,
    total: usize,
    page: Page,
}

impl NeighbourhoodConnection {
    /// The neighbourhoods for which `filter` is TRUE, by code.
    ///
    /// # Errors
    /// [`ApiError`] for what the filter or the page refuses.
    pub fn of(
        ctx: &Context<'_>,
        edition: &Arc<Edition>,
        filter: Option<NeighbourhoodFilter>,
        args: &PageArgs,
    ) -> Result<Self, ApiError> {
        let limits = limits(ctx)?;
        let list = filter.unwrap_or_default().select(edition, limits)?;
        let page = Page::of(&list, args, Scope::of(ctx, &edition.id, "", "CODE_ASC".to_owned())?, limits)?;
        Ok(Self { edition: edition.clone(), total: list.len(), page })
    }
}

/// A list of neighbourhoods, by code (Relay connection).
#[Object]
impl NeighbourhoodConnection {
    /// The neighbourhoods of the page with their cursors.
    async fn edges(&self) -> Vec<NeighbourhoodEdge> {
        let edge = |item: &u32| NeighbourhoodEdge {
            cursor: self.page.cursor(*item),
            node: Neighbourhood::new(&self.edition, *item),
        };
        self.page.items.iter().map(edge).collect()
    }

    /// The neighbourhoods of the page.
    async fn nodes(&self) -> Vec<Neighbourhood> {
        self.page.items.iter().map(|item| Neighbourhood::new(&self.edition, *item)).collect()
    }

    /// Whether and where the list goes on.
    async fn page_info(&self) -> PageInfo {
        self.page.info()
    }

    /// How many neighbourhoods the whole list has (totaal).
    async fn total_count(&self) -> i32 {
        int(self.total as u64)
    }
}

impl Hot for Neighbourhood {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "id" => Box::new(|neighbourhood, json| {
                json.text(&NodeId::Neighbourhood(neighbourhood.entry().facts.code.clone()).to_string());
            }),
            "code" => Box::new(|neighbourhood, json| json.text(neighbourhood.entry().facts.code.as_str())),
            "name" => Box::new(|neighbourhood, json| json.text(&neighbourhood.entry().facts.name)),
            "level" => Box::new(|neighbourhood, json| json.term(neighbourhood.entry().facts.level)),
            "municipality" => {
                let write = field.object::<Municipality>()?;
                Box::new(move |neighbourhood, json| {
                    write(&Municipality::new(&neighbourhood.edition, neighbourhood.entry().municipality), json);
                })
            }
            "population" => {
                Box::new(|neighbourhood, json| json.maybe(neighbourhood.entry().facts.population, Json::int))
            }
            _ => return None,
        })
    }
}
