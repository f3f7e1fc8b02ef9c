//! The places for which a filter holds: all of them, or the first in an order without looking for the others.

use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;

use super::{Direction, Edition, PlaceFilter, PlaceOrderField, Selection, Within};
use crate::spatial::{Area, Bbox};

/// How many places are looked at to tell how many of all lie in a box.
const SAMPLE: usize = 128;

/// Taking a place out of the index and putting it in order takes so many times what it takes to look whether one belongs.
const GATHER: usize = 2;

/// The places for which a filter holds.
pub struct Members {
    edition: Arc<Edition>,
    /// Those for which all holds but that they lie in the box.
    others: RoaringBitmap,
    bbox: Option<Bbox>,
    within: OnceLock<RoaringBitmap>,
}

impl Members {
    /// The places of `scope` for which `filter` is TRUE, with `include_unknown` also UNKNOWN.
    pub fn of(
        edition: &Arc<Edition>,
        mut filter: PlaceFilter,
        scope: Option<&Selection>,
        include_unknown: bool,
    ) -> Self {
        // A place without a location is UNKNOWN in a box, and there is no looking where it lies.
        let bbox = match filter.within {
            Some(Within::Area(Area::Bbox(bbox))) if !include_unknown => {
                filter.within = None;
                Some(bbox)
            }
            _ => None,
        };
        let mut selected = edition.select(&filter);
        if let Some(scope) = scope {
            selected = selected.and(scope);
        }
        let others = selected.members(include_unknown);
        Self { edition: edition.clone(), others, bbox, within: OnceLock::new() }
    }

    /// All of them.
    pub fn all(&self) -> &RoaringBitmap {
        let Some(bbox) = self.bbox else { return &self.others };
        self.within.get_or_init(|| {
            let mut within = self.edition.places_in(&Area::Bbox(bbox));
            within &= &self.others;
            within
        })
    }

    /// The first `most` in an order, or those `from` one of them on; equals by ascending id, in both directions.
    pub fn first_sorted(
        &self,
        field: PlaceOrderField,
        direction: Direction,
        from: Option<u32>,
        most: usize,
    ) -> Vec<u32> {
        if let Some(bbox) = self.bbox
            && from.is_none()
            && self.within.get().is_none()
            && self.are_dense(&bbox, most)
        {
            let belongs = |place: &u32| self.belongs(*place, &bbox);
            return self.edition.along(field, direction).filter(belongs).take(most).collect();
        }
        self.edition.first_sorted(self.all(), field, direction, from, most)
    }

    /// Whether so many are found sooner by looking at one place after the other than by taking all out of the index that lie in the box.
    fn are_dense(&self, bbox: &Bbox, most: usize) -> bool {
        let step = self.edition.places().len() / SAMPLE;
        if step == 0 {
            return false;
        }
        let all = (0..SAMPLE).filter_map(|at| u32::try_from(at * step).ok());
        let found = all.filter(|place| self.belongs(*place, bbox)).count();
        most.saturating_mul(SAMPLE) < found * found * step * GATHER
    }

    fn belongs(&self, place: u32, bbox: &Bbox) -> bool {
        self.edition.point(place).is_some_and(|point| bbox.contains(point)) && self.others.contains(place)
    }
}
