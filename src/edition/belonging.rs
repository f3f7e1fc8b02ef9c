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

        match place.neighbourhood {
            Some(neighbourhood) => {
                let code = neighbourhoods[neighbourhood as usize].facts.code.clone();
                for entry in neighbourhoods.iter_mut().filter(|entry| holds(&entry.facts.code, &code)) {
                    entry.places.certain.insert(index);
                    entry.places.possible.insert(index);
                }
            }
            None => {
                for neighbourhood in &municipalities[place.municipality as usize].neighbourhoods {
                    neighbourhoods[*neighbourhood as usize].places.possible.insert(index);
                }
            }
        }
    }
}

fn holds(outer: &NeighbourhoodCode, inner: &NeighbourhoodCode) -> bool {
    outer == inner || outer.is_wijk_of(inner)
}
