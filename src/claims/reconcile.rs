//! How a place comes to be served anew, whatever it is that changed in the ledger.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{
    address::contradicts,
    place::{Resolved, resolve},
    policy::{self, municipality_of},
    precedence::PollingLists,
};
use crate::model::{Books, Ledger, MunicipalityCode, Original, Place, PlaceSource};

/// Keeps a place as it is before the first claim on it.
pub(crate) fn remember(ledger: &mut Ledger, place: &Place, sources: &[PlaceSource]) {
    ledger.places.remember(&place.key, || Original { subject: place.clone(), support: sources.to_vec() });
}

/// Decides anew what is served of every place and of all policy on which there are claims, as the rules of this release have
/// it; a place that changes does so at `now`.
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
    let municipalities = ledger.policy.by_subject.values().filter_map(|claims| municipality_of(claims).cloned());
    for municipality in municipalities.collect::<BTreeSet<_>>() {
        policy::serve(&mut facts, &ledger.policy, &municipality);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Authority, Claim, PolicyStatement};

    #[test]
    fn what_is_served_of_policy_is_decided_anew_too() {
        let mut books = crate::testing::books();
        let before = books.facts.policy_documents.iter().find(|document| document.key == "policy-153").unwrap().clone();
        policy::remember(&mut books.ledger.policy, &books.facts, &before.municipality);
        for statement in [PolicyStatement::Municipality(before.municipality.clone()), PolicyStatement::Year(1999)] {
            books.ledger.policy.note(Claim {
                subject: before.key.clone(),
                source: "x".to_owned(),
                authority: Authority::Municipality,
                statement,
                stated: None,
            });
        }
        let decided = serve_all(&books, "2026-12-01T09:00:00Z".parse().unwrap());
        let after = decided.facts.policy_documents.iter().find(|document| document.key == before.key).unwrap();
        assert_eq!(after.year, Some(1999));
        assert_eq!(decided.facts.policy_documents.len(), books.facts.policy_documents.len());
        assert_eq!(decided.facts.policy_statuses, books.facts.policy_statuses);
        assert_eq!((&decided.facts.places, &decided.ledger), (&books.facts.places, &books.ledger));
        assert_eq!(serve_all(&decided, "2026-12-02T09:00:00Z".parse().unwrap()), decided, "again nothing changes");
    }
}
