//! Lists of places.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use async_graphql::{Context, Object, SimpleObject};
use roaring::RoaringBitmap;

use super::{Crs, GeoPoint, Place, PlaceCluster, PlaceFacets, int, limits};
use crate::{
    edition::{self, Direction, Edition, Members, PlaceOrderField, Selection},
    graphql::{
        error::ApiError,
        hot::{FieldPlan, Hot, Rows, Write},
        input::{PlaceFilter, PlaceOrder},
        limits::Limits,
        page::{Page, PageArgs, PageInfo, Scope, Window},
        scalar::GeoJson,
    },
    spatial::{Rd, Zoom},
};

/// A page of a list of places.
pub struct PlaceConnection {
    edition: Arc<Edition>,
    members: Members,
    page: Page,
}

/// A place in a list.
#[derive(SimpleObject)]
pub struct PlaceEdge {
    /// Where it stands in the list, for `after` and `before`.
    cursor: String,
    /// The place.
    node: Place,
}

impl PlaceConnection {
    // The fields that answer with a connection let other work go first now and then (`consume_budget`): a request with
    // many of them can be given up in between, and does not hold up those beside it.

    /// The places of `scope` for which `filter` is TRUE, with `include_unknown` also UNKNOWN.
    ///
    /// # Errors
    /// [`ApiError`] for what the filter or the page refuses.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    pub fn of(
        ctx: &Context<'_>,
        edition: &Arc<Edition>,
        parent: &str,
        scope: Option<&Selection>,
        filter: Option<PlaceFilter>,
        include_unknown: Option<bool>,
        order: Option<PlaceOrder>,
        args: &PageArgs,
    ) -> Result<Self, ApiError> {
        let limits = limits(ctx)?;
        let filter = filter.unwrap_or_default().resolve(ctx, edition, limits)?;
        let members = Members::of(edition, filter, scope, include_unknown.unwrap_or(false));
        let PlaceOrder { field, direction } =
            order.unwrap_or(PlaceOrder { field: PlaceOrderField::Name, direction: Direction::Asc });
        let scope = Scope::of(ctx, &edition.id, parent, order_name(field, direction))?;
        // Going forward, no more is looked at than the page needs, and that it goes on; else the whole list is.
        let (from, most) = match (args.window(limits)?, &args.after, &args.before) {
            (Window::First(size), None, None) => (None, size + 1),
            (Window::First(size), Some(after), None) => (Some(scope.item("after", after)?), size + 2),
            _ => (None, usize::MAX),
        };
        let page = Page::of(&members.first_sorted(field, direction, from, most), args, scope, limits)?;
        Ok(Self { edition: edition.clone(), members, page })
    }
}

fn order_name(field: PlaceOrderField, direction: Direction) -> String {
    use async_graphql::resolver_utils::enum_value;
    let name = |value| match value {
        async_graphql::Value::Enum(name) => name.to_string(),
        other => other.to_string(),
    };
    format!("{}_{}", name(enum_value(field)), name(enum_value(direction)))
}

/// A list of places (Relay connection).
#[Object]
impl PlaceConnection {
    /// The places of the page with their cursors.
    async fn edges(&self) -> Rows<PlaceEdge> {
        let edge = |item: &u32| PlaceEdge { cursor: self.page.cursor(*item), node: Place::new(&self.edition, *item) };
        Rows(self.page.items.iter().map(edge).collect())
    }

    /// The places of the page.
    async fn nodes(&self) -> Rows<Place> {
        Rows(self.page.items.iter().map(|item| Place::new(&self.edition, *item)).collect())
    }

    /// Whether and where the list goes on.
    async fn page_info(&self) -> PageInfo {
        self.page.info()
    }

    /// How many places the whole list has (totaal).
    async fn total_count(&self) -> i32 {
        int(self.members.all().len())
    }

    /// How many places of the whole list there are by kind, municipality and so on (facetten).
    async fn facets(&self) -> PlaceFacets {
        PlaceFacets::new(&self.edition, self.members.all())
    }

    /// West, south, east and north of all located places of the list (omvang), CRS84 degrees; null without any.
    async fn extent(&self) -> Option<Vec<f64>> {
        self.edition.extent(self.members.all()).map(Vec::from)
    }

    /// All located places of the list, not of the page, in clusters for a web map (clusters), most places first, equal ones by the id of their
    /// first place: places in one cell of 64 by 64 pixels of the map's grid are one cluster. Only for drawing: the cells are squares of Web
    /// Mercator, so that no distance follows from them. Places that share a point are one cluster at every zoom; the counts add up to the located
    /// places.
    async fn clusters(
        &self,
        #[graphql(desc = "Zoom level of the map, 0 to 22: the world is 256 × 2^zoom pixels wide.")] zoom: i32,
    ) -> Result<Vec<PlaceCluster>, ApiError> {
        tokio::task::consume_budget().await;
        let clusters = self.edition.clusters(self.members.all(), Zoom::new(zoom)?);
        Ok(clusters.into_iter().map(|cluster| PlaceCluster::new(&self.edition, cluster)).collect())
    }

    /// The page as a GeoJSON FeatureCollection, ready for a map library; places without a location have a null geometry.
    async fn feature_collection(
        &self,
        #[graphql(desc = "Coordinate reference system of the geometries.", default_with = "Some(Crs::Crs84)")]
        crs: Option<Crs>,
    ) -> GeoJson {
        GeoJson(self.edition.feature_collection(self.page.items.iter().copied(), crs.unwrap_or(Crs::Crs84).into()))
    }
}

/// A page of a list of places by distance.
pub struct NearestPlaceConnection {
    edition: Arc<Edition>,
    distances: HashMap<u32, f64>,
    /// For which the filter holds, wherever they are.
    selected: RoaringBitmap,
    max_distance_m: Option<f64>,
    /// Those of the whole list; counted where they are asked for.
    members: OnceLock<RoaringBitmap>,
    origin: Option<Origin>,
    page: Page,
}

/// What distances are measured from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The point.
    pub rd: Rd,
    /// How far it can be from what was meant, metres.
    pub uncertainty_m: f64,
}

/// A place in a list by distance.
#[derive(SimpleObject)]
pub struct NearestPlaceEdge {
    /// Where it stands in the list, for `after` and `before`.
    cursor: String,
    /// The place.
    node: Place,
    /// Metres from the point asked (afstand hemelsbreed): a straight line in the RD plane, whose scale over Overijssel is 0.99991 to 1.00003.
    /// To a coarsely located place it is the distance to its point; see `Location.uncertaintyRadius`.
    distance: f64,
}

impl NearestPlaceConnection {
    /// The places by distance from `origin` for which `filter` is TRUE, with `include_unknown` also UNKNOWN, one of them left out; empty without
    /// `origin`.
    ///
    /// # Errors
    /// [`ApiError`] for a distance outside 0 to [`Limits::max_distance_m`], and for what the filter or the page refuses.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    pub fn of(
        ctx: &Context<'_>,
        edition: &Arc<Edition>,
        parent: &str,
        origin: Option<Origin>,
        without: Option<u32>,
        max_distance: Option<f64>,
        filter: Option<PlaceFilter>,
        include_unknown: bool,
        args: PageArgs,
        limits: &Limits,
    ) -> Result<Self, ApiError> {
        if let Some(distance) = max_distance.filter(|distance| !(0.0..=limits.max_distance_m).contains(distance)) {
            return Err(ApiError::BadUserInput(format!(
                "`maxDistance` is {distance}; a distance is 0 to {} metres",
                limits.max_distance_m
            )));
        }
        let filter: edition::PlaceFilter = filter.unwrap_or_default().resolve(ctx, edition, limits)?;
        let mut selected = edition.select(&filter).members(include_unknown);
        if let Some(index) = without {
            selected.remove(index);
        }
        let window = args.window(limits)?;
        let scope = Scope::of(ctx, &edition.id, parent, "DISTANCE".to_owned())?;

        // Going forward from the start, no more is looked at than the page needs; else the whole list is.
        let enough = match window {
            Window::First(size) if args.after.is_none() && args.before.is_none() => size + 1,
            _ => usize::MAX,
        };
        let found = match origin {
            Some(from) => edition.nearest_of(&selected, from.rd, max_distance, enough),
            None => Vec::new(),
        };
        let list: Vec<u32> = found.iter().map(|(index, _)| *index).collect();
        let page = Page::of(&list, &args, scope, limits)?;
        Ok(Self {
            edition: edition.clone(),
            distances: found.into_iter().collect(),
            selected,
            max_distance_m: max_distance,
            members: OnceLock::new(),
            origin,
            page,
        })
    }
}

/// A list of places by distance, nearest first, equal distances by ascending id (Relay connection).
#[Object]
impl NearestPlaceConnection {
    /// The places of the page with their cursors and distances.
    async fn edges(&self) -> Rows<NearestPlaceEdge> {
        let distance = |item: &u32| self.distances.get(item).copied().unwrap_or_default();
        let edge = |item: &u32| NearestPlaceEdge {
            cursor: self.page.cursor(*item),
            node: Place::new(&self.edition, *item),
            distance: (distance(item) * 100.0).round() / 100.0,
        };
        Rows(self.page.items.iter().map(edge).collect())
    }

    /// The places of the page.
    async fn nodes(&self) -> Rows<Place> {
        Rows(self.page.items.iter().map(|item| Place::new(&self.edition, *item)).collect())
    }

    /// Whether and where the list goes on.
    async fn page_info(&self) -> PageInfo {
        self.page.info()
    }

    /// How many places the whole list has (totaal).
    async fn total_count(&self) -> i32 {
        int(self.members().len())
    }

    /// How many places of the whole list there are by kind, municipality and so on (facetten).
    async fn facets(&self) -> PlaceFacets {
        PlaceFacets::new(&self.edition, self.members())
    }

    /// What distances are measured from (uitgangspunt). Refused with BAD_USER_INPUT where the place whose surroundings are asked has no location.
    async fn origin(&self) -> Result<GeoPoint, ApiError> {
        let at = self.measured_from()?.rd.to_wgs84();
        Ok(GeoPoint::at(at.lon, at.lat))
    }

    /// How far `origin` can be from what was meant (onzekerheid), metres: 0 for coordinates; of a postcode, how far its addresses reach; of a place
    /// or settlement, as its location says. Distances are that much less sure.
    async fn origin_uncertainty(&self) -> Result<f64, ApiError> {
        Ok(self.measured_from()?.uncertainty_m)
    }
}

impl NearestPlaceConnection {
    fn members(&self) -> &RoaringBitmap {
        self.members.get_or_init(|| match self.origin {
            Some(from) => &self.selected & self.edition.reached(from.rd, self.max_distance_m),
            None => RoaringBitmap::new(),
        })
    }

    fn measured_from(&self) -> Result<Origin, ApiError> {
        let nowhere = "the location of this place is not known, so no distance is measured from it; ask for `totalCount`, which is 0";
        self.origin.ok_or_else(|| ApiError::BadUserInput(nowhere.to_owned()))
    }
}

impl Hot for PlaceEdge {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "cursor" => Box::new(|edge, json| json.text(&edge.cursor)),
            "node" => {
                let write = field.object::<Place>()?;
                Box::new(move |edge, json| write(&edge.node, json))
            }
            _ => return None,
        })
    }
}

impl Hot for NearestPlaceEdge {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "cursor" => Box::new(|edge, json| json.text(&edge.cursor)),
            "distance" => Box::new(|edge, json| json.float(edge.distance)),
            "node" => {
                let write = field.object::<Place>()?;
                Box::new(move |edge, json| write(&edge.node, json))
            }
            _ => return None,
        })
    }
}
