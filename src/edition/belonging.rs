//! Which places belong to which municipality, settlement and neighbourhood, and which may.

use std::collections::BTreeMap;

use super::{MunicipalityEntry, NeighbourhoodEntry, PlaceEntry, SettlementEntry};
use crate::model::NeighbourhoodCode;

/// Notes in each area the places that belong to it, and those that may.
pub(super) fn note(
    places: &[PlaceEntry],
    municipalities: &mut [MunicipalityEntry],
    settlements: &mut [SettlementEntry],
    neighbourhoods: &mut [NeighbourhoodEntry],
) {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (index, entry) in (0..).zip(settlements.iter()) {
        if let Some(parent) = entry.parent {
            children.entry(parent).or_default().push(index);
        }
    }
    let holding = holding(neighbourhoods);
    for (index, place) in (0..).zip(places) {
        municipalities[place.municipality as usize].places.insert(index);

        // Outlines overlap without one being part of the other: around an address all of them hold it.
        for start in place.settlement.into_iter().chain(place.around.iter().copied()) {
            let mut up = Some(start);
            while let Some(settlement) = up {
                let entry = &mut settlements[settlement as usize];
                entry.places.certain.insert(index);
                entry.places.possible.insert(index);
                up = entry.parent;
            }
        }
        // A place with an address is in no other outline than those around it; a coarse one may be.
        if !place.facts.is_at_address() {
            let mut below = match place.settlement {
                Some(settlement) => children.get(&settlement).cloned().unwrap_or_default(),
                None => municipalities[place.municipality as usize].settlements.clone(),
            };
            while let Some(settlement) = below.pop() {
                settlements[settlement as usize].places.possible.insert(index);
                below.extend(children.get(&settlement).into_iter().flatten());
            }
        }

        if let Some(neighbourhood) = place.neighbourhood {
            for holding in &holding[neighbourhood as usize] {
                let entry = &mut neighbourhoods[*holding as usize];
                entry.places.certain.insert(index);
                entry.places.possible.insert(index);
            }
        }
        for neighbourhood in &place.perhaps_in {
            neighbourhoods[*neighbourhood as usize].places.possible.insert(index);
        }
    }
}

/// Of each neighbourhood the indices of itself and of its wijk.
fn holding(neighbourhoods: &[NeighbourhoodEntry]) -> Vec<Vec<u32>> {
    let own = |entry: &NeighbourhoodEntry| {
        let all = (0..).zip(neighbourhoods);
        all.filter(|(_, outer)| holds(&outer.facts.code, &entry.facts.code)).map(|(index, _)| index).collect()
    };
    neighbourhoods.iter().map(own).collect()
}

fn holds(outer: &NeighbourhoodCode, inner: &NeighbourhoodCode) -> bool {
    outer == inner || outer.is_wijk_of(inner)
}
