//! A municipality.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use super::{
    Coverage, Crs, FieldCompleteness, GeoPoint, MunicipalPolicy, Neighbourhood, PlaceConnection, Settlement, int,
    places_per_10000, share,
};
use crate::{
    edition::{Edition, MunicipalityEntry, NodeId, PlaceField, Selection, Within},
    graphql::{
        error::ApiError,
        hot::{FieldPlan, Hot, Json, Write},
        input::{PlaceFilter, PlaceOrder},
        page::PageArgs,
        scalar::{Date, GeoJson, PartialDate, Url},
    },
    model::{
        self,
        vocabulary::{InventoryStatus, SettlementKind},
    },
    spatial::geojson,
};

/// A municipality of an edition.
#[derive(Clone)]
pub struct Municipality {
    edition: Arc<Edition>,
    index: u32,
}

impl Municipality {
    /// The municipality of that index.
    pub fn new(edition: &Arc<Edition>, index: u32) -> Self {
        Self { edition: edition.clone(), index }
    }

    fn entry(&self) -> &MunicipalityEntry {
        self.edition.municipality(self.index)
    }
}

/// Where to ask (contactpunt): a role, never a person.
#[derive(Clone, Debug, SimpleObject)]
pub struct ContactPoint {
    /// The role (rol), such as accommodatiebeleid; `algemeen` where it is the general desk.
    role: String,
    /// The organisation (organisatie); null: not known.
    organisation: Option<String>,
    /// A page (adres); null: not known.
    url: Option<Url>,
    /// A mailbox of the role (e-mail); null: not known.
    email: Option<String>,
    /// A general telephone number (telefoon), such as `038 4214545`, never a mobile one; null: not known.
    phone: Option<String>,
}

impl From<&model::ContactPoint> for ContactPoint {
    fn from(contact: &model::ContactPoint) -> Self {
        Self {
            role: contact.role.clone(),
            organisation: contact.organisation.clone(),
            url: contact.url.clone().map(Url),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
        }
    }
}

/// A municipality (gemeente) of Overijssel.
#[Object]
impl Municipality {
    /// Lasting id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::Municipality(self.entry().facts.code.clone()).to_string().into()
    }

    /// CBS code (gemeentecode), `GM` and four digits.
    async fn code(&self) -> &str {
        self.entry().facts.code.as_str()
    }

    /// Name for an address on the web, unique.
    async fn slug(&self) -> &str {
        &self.entry().facts.slug
    }

    /// Name (naam).
    async fn name(&self) -> &str {
        &self.entry().facts.name
    }

    /// Inhabitants on `populationDate` (inwoners, CBS); null: not known.
    async fn population(&self) -> Option<i32> {
        self.entry().facts.population
    }

    /// The day of `population` (peildatum van de inwoners), 1 January of a year; null: not known.
    async fn population_date(&self) -> Option<Date> {
        self.entry().facts.population_date.map(Date)
    }

    /// Land without water (landoppervlakte, CBS 2021), square kilometres; null: not known.
    async fn land_area(&self) -> Option<f64> {
        self.entry().facts.land_area_km2
    }

    /// Boundary (grens): Polygon or MultiPolygon, of the year that `dataset { licences { referenceDate } }` tells. Generalised by CBS with inland
    /// water until another map is imported; a point within about 100 m of it may be on the other side.
    async fn boundary(
        &self,
        #[graphql(desc = "Coordinate reference system of the geometry.", default_with = "Some(Crs::Crs84)")]
        crs: Option<Crs>,
    ) -> Result<GeoJson, ApiError> {
        let region = self
            .edition
            .boundary(self.index)
            .ok_or_else(|| ApiError::internal(anyhow::anyhow!("{} has no boundary", self.entry().facts.code)))?;
        Ok(GeoJson(geojson::geometry(region.polygons(), crs.unwrap_or(Crs::Crs84).into())))
    }

    /// Where a label stands (labelpunt): the point farthest from the border of the largest part.
    async fn label_point(&self) -> GeoPoint {
        GeoPoint::at(self.entry().facts.label_lon, self.entry().facts.label_lat)
    }

    /// Its policy on meeting places (beleid).
    async fn policy(&self) -> MunicipalPolicy {
        MunicipalPolicy::new(&self.edition, self.index)
    }

    /// Its places (ontmoetingsplekken), by name unless ordered otherwise; CLOSED ones only where the filter's `status` asks for them.
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
        tokio::task::consume_budget().await;
        let args = PageArgs { first, after, last, before };
        let (parent, own) = (self.entry().facts.code.as_str(), Selection::known(self.entry().places.clone()));
        PlaceConnection::of(ctx, &self.edition, parent, Some(&own), filter, include_unknown, order_by, &args)
    }

    /// Which of its inhabitants live within reach of a place (dekking), as bounds; places of other municipalities serve them too.
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reach in metres, more than 0, at most `dataset { limits { maxDistance } }`.")]
        max_distance: f64,
        #[graphql(
            desc = "Which places serve: those for which it is TRUE or UNKNOWN. Closed ones (CLOSED) never do, planned ones (PLANNED) only where it asks for a `status`; when left out, all others."
        )]
        places: Option<PlaceFilter>,
    ) -> Result<Coverage, ApiError> {
        let own = Some(Within::Municipalities(vec![self.index]));
        Coverage::of(ctx, &self.edition, self.entry().facts.code.as_str(), max_distance, places, own).await
    }

    /// Its CBS wijken and buurten, by code; buurten once imported.
    async fn neighbourhoods(&self) -> Vec<Neighbourhood> {
        self.entry().neighbourhoods.iter().map(|index| Neighbourhood::new(&self.edition, *index)).collect()
    }

    /// Its settlements (kernen, wijken, buurten en buurtschappen of TOP10NL), by id: those of which the largest share lies in it.
    async fn settlements(
        &self,
        #[graphql(desc = "Of one of these types, when given.")] kinds: Option<Vec<SettlementKind>>,
    ) -> Vec<Settlement> {
        let is_asked = |index: &&u32| {
            kinds.as_ref().is_none_or(|kinds| kinds.contains(&self.edition.settlement(**index).facts.kind))
        };
        self.entry().settlements.iter().filter(is_asked).map(|index| Settlement::new(&self.edition, *index)).collect()
    }

    /// The municipalities of Overijssel that share a stretch of border with it (buurgemeenten), by code.
    async fn adjacent(&self) -> Vec<Municipality> {
        self.edition.adjacent(self.index).iter().map(|index| Municipality::new(&self.edition, *index)).collect()
    }

    /// How many of its places are known and not closed (aantal plekken). No count of what there is: see `inventory`.
    async fn place_count(&self) -> i32 {
        int(self.edition.places_in_municipality(self.index))
    }

    /// `placeCount` per 10,000 inhabitants, two decimals; null where the population is not known. Compares how thoroughly was searched as well:
    /// see `inventory`.
    #[graphql(name = "placesPer10000")]
    async fn places_per_10000(&self) -> Option<f64> {
        places_per_10000(self.edition.places_in_municipality(self.index), self.entry().facts.population)
    }

    /// Whether its list of places is complete, as the municipality itself states (volledigheid).
    async fn inventory(&self) -> InventoryStatus {
        self.entry().facts.inventory
    }

    /// How many places the municipality says there are (verwacht aantal); null: it has not said.
    async fn expected_places(&self) -> Option<i32> {
        self.entry().facts.expected_places
    }

    /// Of how many of its places each field is known (volledigheid per veld); closed places are left out.
    async fn completeness(&self) -> Vec<FieldCompleteness> {
        let of = |field| {
            let (known, total) = self.edition.known_in_municipality(self.index, field);
            FieldCompleteness { field, known: int(known), total: int(total), share: share(known, total) }
        };
        PlaceField::ALL.into_iter().map(of).collect()
    }

    /// The share of its places that a source surely confirmed since a date (aandeel bevestigd), 0 to 1, four decimals; 0 where there are no places.
    /// Closed places are left out; those without a dated source count as not confirmed.
    async fn confirmed_share(
        &self,
        #[graphql(desc = "From the first day of this date on, such as 2024.")] since: PartialDate,
    ) -> f64 {
        let (confirmed, total) = self.edition.confirmed_in_municipality(self.index, &since.0);
        share(confirmed, total)
    }

    /// Where to ask about its places (contactpunt); null: not known.
    async fn contact_point(&self) -> Option<ContactPoint> {
        self.entry().facts.contact.as_ref().map(ContactPoint::from)
    }
}

impl Hot for Municipality {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "id" => Box::new(|municipality, json| {
                json.text(&NodeId::Municipality(municipality.entry().facts.code.clone()).to_string());
            }),
            "code" => Box::new(|municipality, json| json.text(municipality.entry().facts.code.as_str())),
            "slug" => Box::new(|municipality, json| json.text(&municipality.entry().facts.slug)),
            "name" => Box::new(|municipality, json| json.text(&municipality.entry().facts.name)),
            "population" => Box::new(|municipality, json| json.maybe(municipality.entry().facts.population, Json::int)),
            "landArea" => {
                Box::new(|municipality, json| json.maybe(municipality.entry().facts.land_area_km2, Json::float))
            }
            "placeCount" => Box::new(|municipality, json| {
                json.int(int(municipality.edition.places_in_municipality(municipality.index)));
            }),
            "inventory" => Box::new(|municipality, json| json.term(municipality.entry().facts.inventory)),
            _ => return None,
        })
    }
}
