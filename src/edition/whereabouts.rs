//! Where each place can be, as far as it is known.
//!
//! With a location it is at most its uncertainty from its point. Without one it is in or beside a settlement of the name that its
//! sources give; where none has an outline, in or beside its municipality.

use std::sync::OnceLock;

use super::{Edition, MunicipalityEntry, PlaceEntry, SettlementEntry, index_of};
use crate::{
    model::vocabulary::SettlementKind,
    search::fold,
    spatial::{Ground, Rd, crs::to_rd},
};

/// How far outside the outline of the settlement that its sources name a place can stand, metres. Outlines hold what is built up,
/// simplified to 25 m, and hold 168 of the 172 addresses of the seed whose settlement has one; the others are at most 914 m outside.
/// Municipal borders are generalised too.
pub const BESIDE_M: f64 = 1_000.0;

/// An outline in which a place can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outline {
    Settlement(u32),
    Municipality(u32),
}

/// The outlines in which places can be, in metres once they are needed.
pub(super) struct Grounds {
    /// For each place; none where it is known by a point or circle.
    outlines: Vec<Vec<Outline>>,
    settlements: Vec<OnceLock<Ground>>,
    municipalities: Vec<OnceLock<Ground>>,
}

impl Grounds {
    pub(super) fn of(
        places: &[PlaceEntry],
        settlements: &[SettlementEntry],
        municipalities: &[MunicipalityEntry],
    ) -> Self {
        let of_name = |municipality: u32, name: &str| {
            let name = fold(name);
            let of = municipalities.get(municipality as usize).map_or(&[][..], |entry| &entry.settlements);
            let mut named: Vec<Outline> = Vec::new();
            for index in of {
                let facts = &settlements[*index as usize].facts;
                if facts.kind != SettlementKind::Industriekern && fold(&facts.name) == name {
                    named.push(Outline::Settlement(*index));
                }
            }
            named
        };
        let outlines = places.iter().map(|entry| match &entry.facts.location {
            Some(_) => Vec::new(),
            None => {
                let mut named = of_name(entry.municipality, &entry.facts.settlement);
                if named.is_empty() {
                    return vec![Outline::Municipality(entry.municipality)];
                }
                // Sources call a hamlet outside the village a district of it.
                let district = entry.facts.neighbourhood.iter();
                named.extend(district.flat_map(|name| of_name(entry.municipality, name)));
                named.sort_unstable();
                named.dedup();
                named
            }
        });
        let empty = |length: usize| (0..index_of(length)).map(|_| OnceLock::new()).collect();
        Self {
            outlines: outlines.collect(),
            settlements: empty(settlements.len()),
            municipalities: empty(municipalities.len()),
        }
    }
}

/// Where a place can be.
#[derive(Clone, Debug)]
pub struct Whereabouts<'a> {
    /// The middle of it, RD metres.
    pub middle: Rd,
    /// It is no farther from there than this, metres.
    pub spread_m: f64,
    /// Without a location in or at most [`BESIDE_M`] beside one of these, or in its circle; with one there are none, and it is anywhere in
    /// the circle around `middle`.
    pub grounds: Vec<Known<'a>>,
}

/// An outline in which a place can be.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The outline.
    pub ground: &'a Ground,
    /// Inner point and radius, metres, of the circle that a coarse location in it has.
    pub circle: Option<(Rd, f64)>,
}

impl Whereabouts<'_> {
    /// Whether its location is known; if not, it surely serves nobody.
    pub fn is_located(&self) -> bool {
        self.grounds.is_empty()
    }

    /// Whether it is the same as another, neither having a location.
    pub fn is_same(&self, other: &Self) -> bool {
        let mut pairs = self.grounds.iter().zip(&other.grounds);
        !self.is_located()
            && self.grounds.len() == other.grounds.len()
            && pairs.all(|(one, other)| std::ptr::eq(one.ground, other.ground))
    }

    /// The place is no nearer than this, metres.
    pub fn at_least_m(&self, from: Rd) -> f64 {
        if self.is_located() {
            return self.in_circle_at_least_m(from);
        }
        let of = |known: &Known<'_>| {
            let circle_m = known.circle.map_or(f64::INFINITY, |(middle, radius_m)| from.distance_m(middle) - radius_m);
            circle_m.min(known.ground.nearest_m(from) - BESIDE_M).max(0.0)
        };
        self.grounds.iter().map(of).fold(f64::INFINITY, f64::min)
    }

    /// Nothing of it is nearer than this, metres: quicker than [`at_least_m`](Self::at_least_m), and never more.
    pub fn in_circle_at_least_m(&self, from: Rd) -> f64 {
        (from.distance_m(self.middle) - self.spread_m).max(0.0)
    }

    /// The place is no farther than this, metres; `None` without a location.
    pub fn at_most_m(&self, from: Rd) -> Option<f64> {
        self.is_located().then(|| from.distance_m(self.middle) + self.spread_m)
    }
}

impl Edition {
    /// Where a place can be; `None` where nothing that can be read says so.
    pub fn whereabouts(&self, place: u32) -> Option<Whereabouts<'_>> {
        let entry = self.place(place);
        if let Some((location, middle)) = entry.facts.location.as_ref().zip(entry.rd) {
            let is_read = middle.x.is_finite() && middle.y.is_finite();
            let spread_m = location.uncertainty_radius_m;
            return is_read.then_some(Whereabouts { middle, spread_m, grounds: Vec::new() });
        }
        let outlines = self.grounds.outlines.get(place as usize)?;
        let known = |outline: &Outline| {
            let circle = match outline {
                Outline::Municipality(_) => None,
                Outline::Settlement(index) => {
                    Some((self.inner_point(*index), self.settlement(*index).facts.uncertainty_radius_m()))
                }
            };
            Some(Known { ground: self.ground(*outline)?, circle })
        };
        let grounds: Vec<Known<'_>> = outlines.iter().filter_map(known).collect();
        let middle = grounds.first()?.ground.middle()?;
        let farthest_m = |known: &Known<'_>| {
            let circle_m = known.circle.map_or(0.0, |(centre, radius_m)| middle.distance_m(centre) + radius_m);
            circle_m.max(known.ground.farthest_m(middle) + BESIDE_M)
        };
        let spread_m = grounds.iter().map(farthest_m).fold(0.0, f64::max);
        Some(Whereabouts { middle, spread_m, grounds })
    }

    fn ground(&self, outline: Outline) -> Option<&Ground> {
        let of = |region: &crate::spatial::Region| Ground::of(&to_rd(region.polygons()));
        let ground = match outline {
            Outline::Settlement(index) => {
                let kept = self.grounds.settlements.get(index as usize)?;
                kept.get_or_init(|| of(&self.settlement(index).region))
            }
            Outline::Municipality(index) => {
                let region = self.boundary(index)?;
                self.grounds.municipalities.get(index as usize)?.get_or_init(|| of(region))
            }
        };
        (!ground.area().0.is_empty()).then_some(ground)
    }
}
