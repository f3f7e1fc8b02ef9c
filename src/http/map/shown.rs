//! What a map shows of an edition: which places, where they are drawn, and what is within their reach.
//!
//! An oddity: a coarse place is drawn as the settlement whose inner point it has, however small a part of that the
//! place may be in. The outline is what is known.

use std::{collections::BTreeMap, sync::Arc};

use roaring::RoaringBitmap;

use super::{
    gathered::{Drawn, gather},
    parameters::{MapQuery, Subject},
    shapes::{point, shape},
    theme::{Figures, Theme},
};
use crate::{
    drawing::map::Extent,
    edition::{Edition, Selection, Within, coverage::Bound},
    graphql::coverage::Computed,
    model::vocabulary::SettlementKind,
    spatial::{
        Area, MultiPolygon, Rd,
        coverage::{Parts, area_polygons, bbox_polygons},
        crs::to_rd,
    },
};

/// A square around something small is at least so wide and high, metres.
const LEAST_EXTENT_M: f64 = 600.0;

/// The places and areas of one map.
pub(super) struct Shown<'a> {
    pub(super) edition: &'a Edition,
    pub(super) query: &'a MapQuery,
    /// The places asked for, and those that may be.
    pub(super) places: Selection,
    /// Of the former those at their address.
    pub(super) exact: Vec<u32>,
    /// How these are drawn.
    pub(super) drawn: Drawn,
    /// Of the places asked for those that are somewhere in an area.
    pub(super) coarse: Vec<Somewhere>,
    /// Of the places asked for those without a location.
    pub(super) unlocated: Vec<u32>,
    /// Other places at their address that count for coverage, within sight.
    pub(super) others: Vec<u32>,
    pub(super) coverage: Option<Reached>,
    /// Municipalities by a figure: then places are not drawn.
    pub(super) figures: Option<Figures>,
    pub(super) extent: Extent,
}

/// Places that are somewhere in the same area.
pub(super) struct Somewhere {
    /// The settlement that holds them; none: a circle.
    pub(super) settlement: Option<u32>,
    pub(super) centre: Rd,
    pub(super) radius_m: f64,
    /// The places, ascending by id.
    pub(super) places: Vec<u32>,
}

/// Who and what is within reach.
pub(super) struct Reached {
    pub(super) distance_m: f64,
    pub(super) parts: Arc<Parts>,
    /// Inhabitants.
    pub(super) population: f64,
    /// Of these within reach, at least and at most.
    pub(super) covered: [f64; 2],
    /// The same as shares, of each municipality; none where nobody lives.
    pub(super) shares: Vec<Option<[f64; 2]>>,
    /// Places that may serve.
    serving: RoaringBitmap,
}

impl Reached {
    pub(super) fn new(edition: &Edition, computed: &Computed, parts: Arc<Parts>) -> Self {
        let coverage = &computed.coverage;
        let share = |municipality: u32| {
            let bounds = [Bound::AtLeast, Bound::AtMost].map(|bound| {
                coverage.figures(bound, |row| edition.settlement(row.settlement).municipality == municipality)
            });
            (bounds[0].population > 0.0).then(|| bounds.map(|bound| bound.covered / bound.population))
        };
        let [least, most] = [Bound::AtLeast, Bound::AtMost].map(|bound| coverage.figures(bound, |_| true));
        Self {
            distance_m: coverage.max_distance_m,
            parts,
            population: least.population,
            covered: [least.covered, most.covered],
            shares: (0..).zip(edition.municipalities()).map(|(index, _)| share(index)).collect(),
            serving: coverage.places.possible.clone(),
        }
    }
}

impl<'a> Shown<'a> {
    pub(super) fn of(edition: &'a Edition, query: &'a MapQuery, coverage: Option<Reached>) -> Self {
        let places = query.places.select(edition);
        let (mut exact, mut unlocated) = (Vec::new(), Vec::new());
        let mut areas: BTreeMap<(Option<u32>, [i64; 3]), Somewhere> = BTreeMap::new();
        for place in &places.certain {
            let entry = edition.place(place);
            let Some((location, centre)) = entry.facts.location.as_ref().zip(entry.rd) else {
                unlocated.push(place);
                continue;
            };
            if entry.facts.is_at_address() {
                exact.push(place);
                continue;
            }
            let settlement = location.outline.as_deref().and_then(|id| edition.settlement_by_id(id));
            let radius_m = location.uncertainty_radius_m;
            // To the metre: places with the same area are one area.
            #[expect(clippy::cast_possible_truncation, reason = "RD metres have six digits")]
            let circle = if settlement.is_some() {
                [0; 3]
            } else {
                [centre.x, centre.y, radius_m].map(|metres| metres.round() as i64)
            };
            let area = areas.entry((settlement, circle)).or_insert_with(|| Somewhere {
                settlement,
                centre: settlement.map_or(centre, |index| edition.inner_point(index)),
                radius_m,
                places: Vec::new(),
            });
            area.places.push(place);
        }
        let mut shown = Self {
            edition,
            query,
            extent: extent(edition, query),
            places,
            exact,
            drawn: Drawn::default(),
            coarse: areas.into_values().collect(),
            unlocated,
            others: Vec::new(),
            coverage,
            figures: None,
        };
        shown.figures =
            query.theme.map(|theme| Figures::of(theme, &shown.municipalities(), |index| shown.figure(theme, index)));
        // The largest below, so that a district is seen on its town.
        let area_m2 = |area: &Somewhere| match area.settlement {
            Some(index) => edition.settlement(index).facts.area_ha * 10_000.0,
            None => std::f64::consts::PI * area.radius_m.powi(2),
        };
        shown.coarse.sort_by(|a, b| area_m2(b).total_cmp(&area_m2(a)));
        // From north to south, so that each lies on the one behind it.
        let north = |place: &u32| edition.place(*place).rd.map_or(0.0, |at| -at.y);
        shown.exact.sort_by(|a, b| north(a).total_cmp(&north(b)).then(a.cmp(b)));
        shown.drawn = gather(edition, &shown.extent, &shown.exact);
        shown.others = shown.beside();
        shown
    }

    fn beside(&self) -> Vec<u32> {
        let Some(coverage) = &self.coverage else { return Vec::new() };
        let is_seen = |place: &u32| {
            let entry = self.edition.place(*place);
            entry.facts.is_at_address() && entry.rd.is_some_and(|at| self.extent.holds(point(at)))
        };
        (&coverage.serving - &self.places.certain).iter().filter(is_seen).collect()
    }

    /// The municipalities that the map is about: all of them for the province, a box and a circle.
    pub(super) fn municipalities(&self) -> Vec<u32> {
        match &self.query.subject {
            Subject::Municipalities(municipalities) => municipalities.clone(),
            Subject::Settlement(_) => Vec::new(),
            Subject::Province | Subject::Area(_) => {
                (0..).zip(self.edition.municipalities()).map(|(index, _)| index).collect()
            }
        }
    }

    /// The figure of a municipality, at least and at most; none where it is not known how many people live there.
    fn figure(&self, theme: Theme, municipality: u32) -> Option<[f64; 2]> {
        match theme {
            Theme::Density => {
                let entry = self.edition.municipality(municipality);
                let inhabitants = entry.facts.population.filter(|count| *count > 0)?;
                let is_in = |place: &u32| self.edition.place(*place).municipality == municipality;
                let bounds = [&self.places.certain, &self.places.possible];
                // No edition has so many places.
                let counts =
                    bounds.map(|places| u32::try_from(places.iter().filter(is_in).count()).unwrap_or(u32::MAX));
                Some(counts.map(|count| f64::from(count) * 10_000.0 / f64::from(inhabitants)))
            }
            Theme::Reach => *self.coverage.as_ref()?.shares.get(usize::try_from(municipality).ok()?)?,
        }
    }

    /// Places that are drawn somewhere in an area.
    pub(super) fn coarse_count(&self) -> usize {
        self.coarse.iter().map(|area| area.places.len()).sum()
    }

    /// Settlements with a built-up area of their own.
    pub(super) fn towns(&self) -> Vec<u32> {
        let is_town = |index: &u32| {
            let facts = &self.edition.settlement(*index).facts;
            let is_built = match facts.kind {
                SettlementKind::Woonkern | SettlementKind::Deelkern => true,
                SettlementKind::Gehucht | SettlementKind::Industriekern => {
                    !matches!(self.query.subject, Subject::Province)
                }
                _ => false,
            };
            is_built && facts.parent.is_none()
        };
        let all = (0..).zip(self.edition.settlements()).map(|(index, _)| index);
        all.filter(is_town).collect()
    }

    /// Districts and neighbourhoods that are parts of a settlement which the map is of.
    pub(super) fn districts(&self) -> Vec<u32> {
        let Subject::Settlement(whole) = self.query.subject else { return Vec::new() };
        let all = (0..).zip(self.edition.settlements()).map(|(index, _)| index);
        all.filter(|index| self.edition.settlement(*index).parent == Some(whole)).collect()
    }
}

/// What is shown, with a margin.
fn extent(edition: &Edition, query: &MapQuery) -> Extent {
    let (area, margin): (MultiPolygon<f64>, f64) = match &query.subject {
        Subject::Province => (edition.area_rd(None), 0.015),
        Subject::Municipalities(municipalities) => {
            let within = Within::Municipalities(municipalities.clone());
            (edition.area_rd(Some(&within)), 0.03)
        }
        Subject::Settlement(settlement) => (to_rd(edition.settlement(*settlement).region.polygons()), 0.07),
        // A box is what was asked for, and no more than its edges need, which are not straight in RD.
        Subject::Area(Area::Bbox(bbox)) => (bbox_polygons(&bbox.with_outline()), 0.0),
        Subject::Area(area) => (area_polygons(area), 0.03),
    };
    let whole = Extent::of(&shape(&area));
    let around = |extent: Extent| extent.with_margin(margin).grown_to(LEAST_EXTENT_M, LEAST_EXTENT_M);
    whole.map_or_else(|| Extent::around(point(Rd { x: 0.0, y: 0.0 }), LEAST_EXTENT_M), around)
}
