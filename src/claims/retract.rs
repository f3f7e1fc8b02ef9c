//! Taking back what a source said.

use std::collections::BTreeSet;

use crate::model::{Claim, Ledger, Statement};

/// Takes out the claims of `source` that are not in `said`, which has the keys of place and statement, and its doubts about
/// records that are not in `asked`; the keys of the places of which it took any claim.
pub(crate) fn retract(
    ledger: &mut Ledger,
    source: &str,
    said: &BTreeSet<(String, String)>,
    asked: &BTreeSet<String>,
) -> Vec<String> {
    let mut touched = Vec::new();
    for (place, claims) in &mut ledger.places.by_subject {
        let before = claims.len();
        claims.retain(|claim| claim.source != source || said.contains(&(place.clone(), claim.statement.key())));
        if claims.len() != before {
            touched.push(place.clone());
        }
    }
    ledger.pairs.retain(|key, pair| pair.source != source || asked.contains(&key.record));
    touched
}

/// Takes out the claims of `source` on `places` that are not in `said`; the keys of the places of which it took any claim.
pub(crate) fn retract_of(
    ledger: &mut Ledger,
    source: &str,
    places: &[String],
    said: &BTreeSet<(String, String)>,
) -> Vec<String> {
    let mut touched = Vec::new();
    for place in places {
        let goes = |claim: &Claim<Statement>| {
            claim.source == source && !said.contains(&(place.clone(), claim.statement.key()))
        };
        if ledger.places.take_out(place, goes) {
            touched.push(place.clone());
        }
    }
    touched
}

/// Whether somebody still says what the place is called: the seed, or a claim.
pub(crate) fn is_named(ledger: &Ledger, place: &str) -> bool {
    let claims = ledger.places.of(place);
    ledger.places.originals.contains_key(place)
        || claims.iter().any(|claim| matches!(claim.statement, Statement::Name(_)))
}

/// Leaves nothing of places that are served no longer, so that the same names can come back as new ones.
pub(super) fn forget(ledger: &mut Ledger, places: &BTreeSet<String>) {
    for place in places {
        ledger.places.forget(place);
        ledger.geocodings.remove(place);
    }
    if !places.is_empty() {
        ledger.pairs.retain(|key, _| !places.contains(&key.place));
    }
}

/// Leaves nothing of a place of the seed that nobody claims anything of any more: it is served as it was before.
pub(crate) fn forget_if_unclaimed(ledger: &mut Ledger, place: &str) {
    if ledger.places.of(place).is_empty() {
        ledger.places.forget(place);
    }
}
