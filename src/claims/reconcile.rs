//! How a place comes to be served anew, whatever it is that changed in the ledger.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{
    address::contradicts,
    place::{Resolved, resolve},
    precedence::PollingLists,
};
use crate::model::{Books, Ledger, MunicipalityCode, Original, Place, PlaceSource};

/// Keeps a place as it is before the first claim on it.
pub(crate) fn remember(ledger: &mut Ledger, place: &Place, sources: &[PlaceSource]) {
    ledger.places.remember(&place.key, || Original { subject: place.clone(), support: sources.to_vec() });
}

/// Decides anew what is served of every place on which there are claims, as the rules of this release have it; who changes
/// changes at `now`.
pub fn serve_all(books: &Books, now: DateTime<Utc>) -> Books {
    let Books { mut facts, mut ledger } = books.clone();
    let lists = PollingLists::of(&facts.sources);
    let mut links: BTreeMap<String, Vec<PlaceSource>> = BTreeMap::new();
    for link in std::mem::take(&mut facts.place_sources) {
        links.entry(link.place.clone()).or_default().push(link);
    }
    for place in &mut facts.places {
        if ledger.places.of(&place.key).is_empty() {
            continue;
        }
        let own = links.remove(&place.key).unwrap_or_default();
        let (served, sources) = serve(&mut ledger, &place.key, &place.municipality, Some((&*place, &own)), &lists, now);
        links.insert(served.key.clone(), sources);
        *place = served;
    }
    facts.place_sources = links.into_values().flatten().collect();
    Books { facts: facts.in_order(), ledger }
}

/// Decides anew what is served of the place `key`, which was served as `before` if it was, with its sources.
pub(crate) fn serve(
    ledger: &mut Ledger,
    key: &str,
    municipality: &MunicipalityCode,
    before: Option<(&Place, &[PlaceSource])>,
    lists: &PollingLists,
    now: DateTime<Utc>,
) -> (Place, Vec<PlaceSource>) {
    let mut resolved = resolved(ledger, key, municipality, lists);
    if let Some((before, _)) = before
        && forget_point(ledger, before, &resolved.place)
    {
        resolved = self::resolved(ledger, key, municipality, lists);
    }
    let Resolved { mut place, sources, .. } = resolved;
    let unchanged = before.is_some_and(|(before, links)| {
        place.updated_at = before.updated_at;
        place == *before && links == sources
    });
    if !unchanged {
        place.updated_at = now;
    }
    (place, sources)
}

fn resolved(ledger: &Ledger, key: &str, municipality: &MunicipalityCode, lists: &PollingLists) -> Resolved {
    resolve(key, municipality, ledger.places.originals.get(key), ledger.places.of(key), lists)
}

/// A point that was looked up for an address goes with that address; whether there was one.
fn forget_point(ledger: &mut Ledger, before: &Place, after: &Place) -> bool {
    let moved = before.address.as_ref().zip(after.address.as_ref()).is_some_and(|(one, other)| contradicts(one, other));
    moved && ledger.forget_geocoding(&after.key)
}
