//! In which CBS wijk and buurt each place is, and in which it may be; and under which wijk a settlement is listed.

use std::{collections::HashMap, sync::OnceLock};

use geo::Area as _;

use super::{DimensionValue, Edition, NeighbourhoodEntry, SettlementEntry, index_of};
use crate::{
    model::vocabulary::NeighbourhoodLevel,
    spatial::{Outlines, Wgs84, coverage::intersection, crs::to_rd},
};

/// How much of its outline a wijk has of a settlement that is listed under it: as much as a settlement has of its parts.
const SHARE: f64 = 0.8;

/// The outlines of the neighbourhoods, and the wijk of each settlement once it is asked.
pub(super) struct Wijken {
    pub(super) outlines: Outlines,
    of_settlement: Vec<OnceLock<Option<u32>>>,
}

impl Wijken {
    pub(super) fn of(neighbourhoods: &[NeighbourhoodEntry], settlements: usize) -> Self {
        Self {
            outlines: Outlines::new(neighbourhoods.iter().map(|entry| entry.region.polygons().clone())),
            of_settlement: (0..index_of(settlements)).map(|_| OnceLock::new()).collect(),
        }
    }
}

impl Edition {
    /// The wijk that has at least four fifths of the outline of a settlement; `None` where none has, and without wijken.
    pub fn wijk_of_settlement(&self, settlement: u32) -> Option<u32> {
        let share = || {
            let region = &self.settlement(settlement).region;
            let outline = to_rd(region.polygons());
            let has_most = |index: &u32| {
                let wijk = self.neighbourhood(*index);
                wijk.facts.level == NeighbourhoodLevel::Wijk && {
                    let both = intersection(&outline, &to_rd(wijk.region.polygons()));
                    both.unsigned_area() >= SHARE * outline.unsigned_area()
                }
            };
            self.wijken.outlines.meeting(region).into_iter().find(has_most)
        };
        *self.wijken.of_settlement.get(settlement as usize)?.get_or_init(share)
    }

    /// The area of the same sort that holds another: of a settlement the smallest larger one, of a buurt its wijk.
    pub fn parent_of(&self, value: DimensionValue) -> Option<DimensionValue> {
        match value {
            DimensionValue::Settlement(index) => self.settlement(index).parent.map(DimensionValue::Settlement),
            DimensionValue::Neighbourhood(index) => {
                let code = &self.neighbourhood(index).facts.code;
                let outer = self.neighbourhoods.iter().position(|entry| entry.facts.code.is_wijk_of(code));
                outer.map(|outer| DimensionValue::Neighbourhood(index_of(outer)))
            }
            _ => None,
        }
    }
}

/// Where a place is among the neighbourhoods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct District {
    /// The finest that surely holds it.
    pub(super) finest: Option<u32>,
    /// Those in which it may be besides, ascending.
    pub(super) possible: Vec<u32>,
}

/// The neighbourhoods, prepared to be asked for many places.
pub(super) struct Districts<'a> {
    neighbourhoods: &'a [NeighbourhoodEntry],
    settlements: &'a [SettlementEntry],
    outlines: &'a Outlines,
    /// Of a settlement and municipality: many places share an outline.
    known: HashMap<(u32, u32), District>,
}

impl<'a> Districts<'a> {
    pub(super) fn of(
        neighbourhoods: &'a [NeighbourhoodEntry],
        settlements: &'a [SettlementEntry],
        wijken: &'a Wijken,
    ) -> Self {
        let outlines = &wijken.outlines;
        Self { neighbourhoods, settlements, outlines, known: HashMap::new() }
    }

    /// Of a place at its address.
    pub(super) fn around(&self, point: Wgs84) -> District {
        District { finest: self.finest(&self.outlines.containing(point)), possible: Vec::new() }
    }

    /// Of a place of a municipality that is somewhere in the outline of a settlement: it is in a neighbourhood that holds the whole of that,
    /// and may be in any other that has a part of it.
    pub(super) fn within(&mut self, settlement: u32, municipality: u32) -> District {
        if let Some(known) = self.known.get(&(settlement, municipality)) {
            return known.clone();
        }
        let region = &self.settlements[settlement as usize].region;
        let mut possible = self.outlines.meeting(region);
        possible.retain(|index| self.neighbourhoods[*index as usize].municipality == municipality);
        let holding: Vec<u32> = possible.iter().copied().filter(|index| self.outlines.holds(*index, region)).collect();
        let found = District { finest: self.finest(&holding), possible };
        self.known.insert((settlement, municipality), found.clone());
        found
    }

    fn finest(&self, found: &[u32]) -> Option<u32> {
        let level = |level| move |index: &u32| self.neighbourhoods[*index as usize].facts.level == level;
        let mut found = found.iter().copied();
        found.clone().find(level(NeighbourhoodLevel::Buurt)).or_else(|| found.find(level(NeighbourhoodLevel::Wijk)))
    }
}
