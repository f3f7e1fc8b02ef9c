//! Who lives within reach of a place.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};

use super::{Crs, Municipality, Place, Settlement, int, limits, missing, places_per_10000};
use crate::{
    edition::{
        Edition, Within,
        coverage::{self, Bound, Figures, Need, Reach},
    },
    graphql::{
        coverage::{Computed, CoverageCache},
        error::ApiError,
        input::PlaceFilter,
        moment::today,
        page::{Page, PageArgs, PageInfo, Scope, Window, fingerprint},
        scalar::{Date, WrittenGeoJson},
    },
    model::{
        Language,
        vocabulary::{InventoryStatus, SettlementKind},
    },
    spatial::coverage::{Part, Parts},
};

/// Below this the inner point of a settlement says too little of where its people live, metres.
const TOO_FINE_M: f64 = 1_000.0;

/// How a distance is measured (afstandsmaat).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DistanceMethod {
    /// Hemelsbreed: a straight line in the RD plane. Not the distance by road of CBS's proximity statistics (nabijheid).
    StraightLine,
}

/// Whether people are within reach (bereik).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Reach")]
pub enum CoverageStatus {
    /// Binnen bereik: surely.
    Covered,
    /// Deels: of a settlement that is divided, surely people of some of its parts and surely not those of others.
    Partly,
    /// Onzeker: it depends on what is not known of places.
    Uncertain,
    /// Buiten bereik: surely not, as far as places are known.
    Uncovered,
}

/// What is not known of a place (wat ontbreekt).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Need")]
pub enum CoverageNeed {
    /// Locatie: where exactly it is.
    Location,
    /// Voorzieningen: which facilities it has.
    Facilities,
    /// Activiteiten: which activities are held there.
    Activities,
    /// Status: whether it is in use.
    Status,
    /// Andere feiten: something else that the filter asks.
    OtherFacts,
}

/// What settlements are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SettlementCoverageOrder {
    /// Inwoners buiten bereik: UNCOVERED first, then UNCERTAIN, PARTLY and COVERED; in each the most inhabitants first.
    PopulationOutOfReach,
    /// Afstand: farthest first, by `distanceAtLeast`, then by `distanceAtMost`; those without any place before all.
    Distance,
}

/// Who lives within reach of a place.
pub struct Coverage {
    edition: Arc<Edition>,
    computed: Arc<Computed>,
    cache: Arc<CoverageCache>,
    /// What it is kept under.
    key: [u8; 32],
    /// What tells this list of settlements from another.
    list: String,
}

impl Coverage {
    /// Who lives within `max_distance` of a place for which `places` holds; people of `area`, or of everywhere.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for a distance outside 0 to the limit and for what the filter refuses.
    pub async fn of(
        ctx: &Context<'_>,
        edition: &Arc<Edition>,
        parent: &str,
        max_distance: f64,
        places: Option<PlaceFilter>,
        area: Option<Within>,
    ) -> Result<Self, ApiError> {
        let limits = limits(ctx)?;
        if !(max_distance > 0.0 && max_distance <= limits.max_distance_m) {
            return Err(ApiError::BadUserInput(format!(
                "`maxDistance` is {max_distance}; people are within reach at more than 0 and at most {} metres",
                limits.max_distance_m
            )));
        }
        let filter = places.unwrap_or_default().resolve(ctx, edition, limits)?;
        // What is over by the day of the request is no more among what a place offers.
        let day = if filter.asks_for_programme() { today(ctx, edition).to_string() } else { String::new() };
        let key = fingerprint(ctx, &format!("{parent}{day}"))?;
        let cache = ctx.data::<Arc<CoverageCache>>().map_err(missing)?;
        let of = edition.clone();
        let compute = move || Computed::new(&of, max_distance, filter, area);
        let computed = cache.figures(edition, key, compute).await;
        let list = key.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        tokio::task::consume_budget().await;
        Ok(Self { edition: edition.clone(), computed, cache: cache.clone(), key, list })
    }

    fn coverage(&self) -> &coverage::Coverage {
        &self.computed.coverage
    }

    fn figures(&self, bound: Bound) -> CoverageFigures {
        self.coverage().figures(bound, |_| true).into()
    }

    /// A part as it is written.
    async fn geometry(&self, crs: Option<Crs>, part: Part) -> WrittenGeoJson {
        let crs = crs.unwrap_or(Crs::Crs84).into();
        self.cache.written(&self.edition, self.key, &self.computed, part, crs).await
    }

    async fn area_km2(&self, part: impl FnOnce(&Parts) -> f64) -> f64 {
        let parts = self.cache.parts(&self.edition, self.key, &self.computed).await;
        (part(&parts) * 1_000.0).round() / 1_000.0
    }
}

/// Who lives within reach of a place (dekking), as bounds: what is not known of places makes an interval, which closes as the data
/// improves and is never narrower because something is not known. People count at the inner point of their settlement; distances are straight lines
/// (hemelsbreed). Places outside the asked area serve its people too; closed ones never do, planned ones only where the filter asks for a `status`,
/// and those whose status is not known perhaps.
#[Object]
impl Coverage {
    /// How distances are measured (afstandsmaat).
    async fn method(&self) -> DistanceMethod {
        DistanceMethod::StraightLine
    }

    /// The distance asked (bereik), metres.
    async fn max_distance(&self) -> f64 {
        self.coverage().max_distance_m
    }

    /// The date of the inhabitants (peildatum).
    async fn population_date(&self) -> Result<Date, ApiError> {
        let dates = self.edition.settlements().iter().filter_map(|entry| entry.facts.population_date);
        let newest = dates.max().ok_or_else(|| ApiError::internal(anyhow::anyhow!("no population is dated")))?;
        Ok(Date(newest))
    }

    /// How to read it (toelichting): method, dates, and that "no place known" is not "no place". Print it beside a figure.
    async fn note(
        &self,
        #[graphql(desc = "Language of the note.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        self.computed.note(&self.edition, language.unwrap_or(Language::Nl))
    }

    /// What to bear in mind about this answer (waarschuwingen), one sentence each.
    async fn warnings(
        &self,
        #[graphql(desc = "Language of the warnings.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> Vec<String> {
        self.computed.warnings(&self.edition, language.unwrap_or(Language::Nl), TOO_FINE_M)
    }

    /// Inhabitants of settlements of the area (inwoners), 94 % of all; the others live outside the outlines.
    async fn population(&self) -> i32 {
        people(self.coverage().figures(Bound::AtLeast, |_| true).population)
    }

    /// The lower bound (ten minste): by upper distances to places with a location that are in use and for which the filter is TRUE.
    async fn at_least(&self) -> CoverageFigures {
        self.figures(Bound::AtLeast)
    }

    /// The upper bound (ten hoogste): by lower distances to places that may be in use and for which the filter is TRUE or UNKNOWN.
    async fn at_most(&self) -> CoverageFigures {
        self.figures(Bound::AtMost)
    }

    /// Places for which the filter is TRUE or UNKNOWN (meegeteld), in the area or not, closed ones left out.
    async fn places_considered(&self) -> i32 {
        int(self.coverage().places.possible.len())
    }

    /// Of these, places without a location (zonder locatie). They count in `atMost` only, by where in or beside their settlement, else their
    /// municipality, they can be.
    async fn places_without_location(&self) -> i32 {
        int(self.coverage().unlocated.len())
    }

    /// Of these, places located more coarsely than at an address (grof gelokaliseerd).
    async fn places_coarsely_located(&self) -> i32 {
        int(self.coverage().coarse.len())
    }

    /// What would narrow the bounds most (verbeteringen): a place, what to find out of it, and how many people's answer hangs on it; most
    /// people first.
    async fn improvements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to return, 1 to 100 (default 20).")] first: Option<i32>,
    ) -> Result<Vec<CoverageImprovement>, ApiError> {
        let window = PageArgs { first, ..PageArgs::default() }.window(limits(ctx)?)?;
        let (Window::First(size) | Window::Last(size)) = window;
        let improvements = self.edition.improvements(self.coverage(), &self.computed.filter);
        let of = |improvement: coverage::Improvement| CoverageImprovement {
            place: Place::new(&self.edition, improvement.place),
            need: improvement.need.into(),
            population_uncertain: people(improvement.population),
        };
        Ok(improvements.into_iter().take(size).map(of).collect())
    }

    /// The same by municipality (per gemeente), by name: those in which people of the area live.
    async fn municipalities(&self) -> Vec<MunicipalityCoverage> {
        let of = |row: &coverage::SettlementCoverage| self.edition.settlement(row.settlement).municipality;
        let mut codes: Vec<u32> = self.coverage().settlements.iter().map(of).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.sort_by_cached_key(|index| crate::search::fold(&self.edition.municipality(*index).facts.name));
        codes
            .into_iter()
            .map(|index| {
                let figures = |bound| self.coverage().figures(bound, |row| of(row) == index);
                let entry = self.edition.municipality(index);
                let places = self.coverage().matching.intersection_len(&entry.places);
                MunicipalityCoverage {
                    municipality: Municipality::new(&self.edition, index),
                    population: people(figures(Bound::AtLeast).population),
                    at_least: figures(Bound::AtLeast).into(),
                    at_most: figures(Bound::AtMost).into(),
                    places: int(places),
                    places_per_10000: places_per_10000(places, entry.facts.population),
                    inventory: entry.facts.inventory,
                }
            })
            .collect()
    }

    /// The same by settlement (per kern), worst first unless ordered otherwise: a row for each with inhabitants of its own, and one for each whose
    /// inhabitants all belong to its parts, such as a town with districts (see `divided`). The rows that are not `divided` add up. One without
    /// inhabitants has no row.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn settlements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only settlements of one of these statuses.")] status: Option<Vec<CoverageStatus>>,
        #[graphql(
            desc = "Only settlements of one of these types, such as WOONKERN for villages and towns without their districts."
        )]
        kinds: Option<Vec<SettlementKind>>,
        #[graphql(desc = "Only settlements with at least this many inhabitants, parts included.")]
        min_population: Option<i32>,
        #[graphql(desc = "POPULATION_OUT_OF_REACH by default.")] order_by: Option<SettlementCoverageOrder>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<SettlementCoverageConnection, ApiError> {
        let order = order_by.unwrap_or(SettlementCoverageOrder::PopulationOutOfReach);
        let status: Option<Vec<Reach>> = status.map(|wanted| wanted.into_iter().map(Into::into).collect());
        let is_wanted = |row: &&coverage::SettlementCoverage| {
            let facts = &self.edition.settlement(row.settlement).facts;
            let population = facts.population;
            status.as_ref().is_none_or(|wanted| wanted.contains(&row.status))
                && kinds.as_ref().is_none_or(|wanted| wanted.contains(&facts.kind))
                && min_population.is_none_or(|least| population.is_some_and(|known| known >= least))
        };
        let mut rows: Vec<&coverage::SettlementCoverage> =
            self.coverage().settlements.iter().chain(&self.coverage().divided).filter(is_wanted).collect();
        // No place at all is farther than any distance. By what is shown, so that a reader sees the order.
        let metres = |bound: Option<f64>| bound.map_or(f64::INFINITY, centimetres);
        rows.sort_by(|a, b| match order {
            SettlementCoverageOrder::PopulationOutOfReach => b
                .status
                .cmp(&a.status)
                .then(b.population.total_cmp(&a.population))
                .then(a.settlement.cmp(&b.settlement)),
            SettlementCoverageOrder::Distance => metres(b.at_least_m)
                .total_cmp(&metres(a.at_least_m))
                .then(metres(b.at_most_m).total_cmp(&metres(a.at_most_m)))
                .then(a.settlement.cmp(&b.settlement)),
        });
        let list: Vec<u32> = rows.iter().map(|row| row.settlement).collect();
        let order_name = match order {
            SettlementCoverageOrder::PopulationOutOfReach => "POPULATION_OUT_OF_REACH",
            SettlementCoverageOrder::Distance => "DISTANCE",
        };
        let scope = Scope::of(ctx, &self.edition.id, &self.list, order_name.to_owned())?;
        let page = Page::of(&list, &PageArgs { first, after, last, before }, scope, limits(ctx)?)?;
        Ok(SettlementCoverageConnection {
            edition: self.edition.clone(),
            computed: self.computed.clone(),
            total: list.len(),
            page,
        })
    }

    /// Square kilometres surely within reach (oppervlakte binnen bereik).
    async fn covered_area(&self) -> f64 {
        self.area_km2(|parts| parts.covered_km2()).await
    }

    /// Square kilometres of which it is uncertain (onzekere oppervlakte).
    async fn uncertain_area(&self) -> f64 {
        self.area_km2(|parts| parts.uncertain_km2()).await
    }

    /// Square kilometres surely out of reach of every place known (oppervlakte buiten bereik).
    async fn uncovered_area(&self) -> f64 {
        self.area_km2(|parts| parts.uncovered_km2()).await
    }

    /// What is surely within reach (gebied binnen bereik). The three geometries partition the part of the area in Overijssel.
    async fn covered_geometry(
        &self,
        #[graphql(desc = "Coordinate reference system of the geometry.", default_with = "Some(Crs::Crs84)")]
        crs: Option<Crs>,
    ) -> WrittenGeoJson {
        self.geometry(crs, Part::Covered).await
    }

    /// Where it is uncertain (onzeker gebied).
    async fn uncertain_geometry(
        &self,
        #[graphql(desc = "Coordinate reference system of the geometry.", default_with = "Some(Crs::Crs84)")]
        crs: Option<Crs>,
    ) -> WrittenGeoJson {
        self.geometry(crs, Part::Uncertain).await
    }

    /// What is surely out of reach of every place known (gebied buiten bereik).
    async fn uncovered_geometry(
        &self,
        #[graphql(desc = "Coordinate reference system of the geometry.", default_with = "Some(Crs::Crs84)")]
        crs: Option<Crs>,
    ) -> WrittenGeoJson {
        self.geometry(crs, Part::Uncovered).await
    }
}

/// Figures of coverage (dekkingscijfers).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct CoverageFigures {
    /// Inhabitants within reach (inwoners binnen bereik).
    population_covered: i32,
    /// Their share of all inhabitants counted, from 0 to 1, four decimals (aandeel); null without inhabitants.
    share_covered: Option<f64>,
    /// Mean distance of the inhabitants to their nearest place, metres (gemiddelde afstand); null without inhabitants or places.
    average_distance: Option<f64>,
}

impl From<Figures> for CoverageFigures {
    fn from(figures: Figures) -> Self {
        let share = (figures.population > 0.0).then(|| figures.covered / figures.population);
        Self {
            population_covered: people(figures.covered),
            share_covered: share.map(|share| (share * 10_000.0).round() / 10_000.0),
            average_distance: figures.average_distance_m.map(centimetres),
        }
    }
}

/// Something to find out (verbetering).
#[derive(SimpleObject)]
pub struct CoverageImprovement {
    /// The place (plek).
    place: Place,
    /// What to find out of it first (wat ontbreekt).
    need: CoverageNeed,
    /// Inhabitants of UNCERTAIN settlements that it could serve (inwoners voor wie het uitmaakt).
    population_uncertain: i32,
}

/// Coverage of a municipality (dekking per gemeente).
#[derive(SimpleObject)]
#[graphql(name = "MunicipalityCoverage")]
pub struct MunicipalityCoverage {
    /// The municipality (gemeente).
    municipality: Municipality,
    /// Inhabitants of its settlements in the area (inwoners).
    population: i32,
    /// The lower bound (ten minste).
    at_least: CoverageFigures,
    /// The upper bound (ten hoogste).
    at_most: CoverageFigures,
    /// Its own places for which the filter is TRUE and that are not known to be out of use (plekken); people are served by those of others as well.
    places: i32,
    /// `places` per 10,000 inhabitants (plekken per 10.000 inwoners); null where the population is not known. Read it with `inventory`.
    #[graphql(name = "placesPer10000")]
    places_per_10000: Option<f64>,
    /// Whether its list of places is complete, as it states itself (volledigheid).
    inventory: InventoryStatus,
}

/// Coverage of a settlement (dekking per kern).
pub struct SettlementCoverage {
    edition: Arc<Edition>,
    computed: Arc<Computed>,
    settlement: u32,
}

impl SettlementCoverage {
    fn row(&self) -> Result<&coverage::SettlementCoverage, ApiError> {
        let row = self.computed.coverage.row(self.settlement);
        row.ok_or_else(|| ApiError::internal(anyhow::anyhow!("settlement {} has no row", self.settlement)))
    }
}

/// Coverage of a settlement (dekking per kern): its own inhabitants, at its inner point; of one that is `divided` those of its parts, each
/// at the inner point of theirs, with the least and the greatest of what is told of them.
#[Object]
impl SettlementCoverage {
    /// The settlement (kern).
    async fn settlement(&self) -> Settlement {
        Settlement::new(&self.edition, self.settlement)
    }

    /// Inhabitants that belong to none of its parts (eigen inwoners); where it is `divided`, those of its parts in the area.
    async fn population(&self) -> Result<f64, ApiError> {
        Ok(self.row()?.population)
    }

    /// Whether all its inhabitants belong to its parts (verdeeld), so that this row stands for theirs and does not add up with them.
    async fn divided(&self) -> Result<bool, ApiError> {
        Ok(self.row()?.is_divided)
    }

    /// Whether they are within reach (bereik); where it is `divided`, COVERED and UNCOVERED hold for all its parts.
    async fn status(&self) -> Result<CoverageStatus, ApiError> {
        Ok(self.row()?.status.into())
    }

    /// The nearest place (dichtstbijzijnde plek): that of `distanceAtMost`, or of `distanceAtLeast` where none is sure; null: none is known.
    /// Where the settlement is `divided`, that of the part which is farthest by `distanceAtMost`.
    async fn place(&self) -> Result<Option<Place>, ApiError> {
        Ok(self.row()?.place.map(|place| Place::new(&self.edition, place)))
    }

    /// No place is nearer than this, metres (afstand ten minste), where it is `divided` to none of its parts; null: no place may be there at all.
    async fn distance_at_least(&self) -> Result<Option<f64>, ApiError> {
        Ok(self.row()?.at_least_m.map(centimetres))
    }

    /// A place is surely this near, metres (afstand ten hoogste), where it is `divided` to each of its parts; null: no place is sure.
    async fn distance_at_most(&self) -> Result<Option<f64>, ApiError> {
        Ok(self.row()?.at_most_m.map(centimetres))
    }

    /// Places surely within one kilometre; where it is `divided`, of the part that has the fewest.
    #[graphql(name = "within1Km")]
    async fn within_1_km(&self) -> Result<i32, ApiError> {
        Ok(int(self.row()?.within[0].into()))
    }

    /// Places surely within three kilometres; where it is `divided`, of the part that has the fewest.
    #[graphql(name = "within3Km")]
    async fn within_3_km(&self) -> Result<i32, ApiError> {
        Ok(int(self.row()?.within[1].into()))
    }

    /// Places surely within five kilometres; where it is `divided`, of the part that has the fewest.
    #[graphql(name = "within5Km")]
    async fn within_5_km(&self) -> Result<i32, ApiError> {
        Ok(int(self.row()?.within[2].into()))
    }

    /// Whether the border of the data is nearer than the nearest sure place (grens dichterbij): a place beyond it, of which nothing is known here, may
    /// be nearer. Where it is `divided`, to one of its parts.
    async fn border_nearer(&self) -> Result<bool, ApiError> {
        Ok(self.row()?.is_border_nearer)
    }
}

/// A settlement in a list.
#[derive(SimpleObject)]
pub struct SettlementCoverageEdge {
    /// Where it stands in the list, for `after` and `before`.
    cursor: String,
    /// The settlement's coverage.
    node: SettlementCoverage,
}

/// A page of settlements.
pub struct SettlementCoverageConnection {
    edition: Arc<Edition>,
    computed: Arc<Computed>,
    total: usize,
    page: Page,
}

impl SettlementCoverageConnection {
    fn node(&self, settlement: u32) -> SettlementCoverage {
        SettlementCoverage { edition: self.edition.clone(), computed: self.computed.clone(), settlement }
    }
}

/// A list of settlements with their coverage (Relay connection).
#[Object]
impl SettlementCoverageConnection {
    /// The settlements of the page with their cursors.
    async fn edges(&self) -> Vec<SettlementCoverageEdge> {
        let edge = |item: &u32| SettlementCoverageEdge { cursor: self.page.cursor(*item), node: self.node(*item) };
        self.page.items.iter().map(edge).collect()
    }

    /// The settlements of the page.
    async fn nodes(&self) -> Vec<SettlementCoverage> {
        self.page.items.iter().map(|item| self.node(*item)).collect()
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

/// People in whole numbers. Shares of parts make fractions.
fn people(population: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "populations are millions, and the cast saturates")]
    let rounded = population.round() as i32;
    rounded
}

fn centimetres(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0
}
