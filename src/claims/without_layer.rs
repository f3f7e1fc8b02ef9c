//! The books without what one layer says: what another source said comes back, and what only that layer knows is gone.

use std::collections::BTreeSet;

use super::{
    policy::{self, municipality_of},
    precedence::PollingLists,
    programme,
    reconcile::serve,
};
use crate::model::{
    Books, Claims, Facts, Layer, Ledger, MunicipalityCode, Place, PlaceSource, PolicyStatement, Source,
};

/// A layer that cannot be taken out whole, with the keys of those that can.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotSeparable {
    /// What was asked, which may be any text.
    pub layer: String,
    /// Keys of the layers that can be.
    pub there: Vec<String>,
}

impl std::fmt::Display for NotSeparable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let layer = crate::model::excerpt(&self.layer);
        match self.there.as_slice() {
            [] => write!(f, "`{layer}` is not a layer that can be left out; no import has brought one yet"),
            there => {
                write!(f, "`{layer}` is not a layer that can be left out; what can be left out: {}", there.join(", "))
            }
        }
    }
}

/// The key of a layer that can be taken out whole, and the books without it; capitals do not count.
///
/// # Errors
/// [`NotSeparable`] for any other text.
pub fn leave_out(books: &Books, layer: &str) -> Result<(String, Books), NotSeparable> {
    let there: Vec<String> = separable_layers(books).iter().map(|layer| layer.key.clone()).collect();
    match there.iter().find(|key| key.eq_ignore_ascii_case(layer)) {
        Some(key) => Ok((key.clone(), without_layer(books, key))),
        None => Err(NotSeparable { layer: layer.to_owned(), there }),
    }
}

/// The layers that can be taken out whole: imports brought them, and nothing that was there before rests on them.
///
/// Ascending by key.
pub fn separable_layers(books: &Books) -> Vec<&Layer> {
    let unclaimed = unclaimed_sources(books);
    let of_places = books.ledger.places.all().map(|claim| claim.source.as_str());
    let offering = books.facts.activities.iter().map(|activity| activity.source.as_str());
    let claiming: BTreeSet<&str> =
        of_places.chain(books.ledger.policy.all().map(|claim| claim.source.as_str())).chain(offering).collect();
    let is_separable = |layer: &&Layer| {
        let any = |ids: &BTreeSet<&str>| {
            let mut of_layer = books.facts.sources.iter().filter(|source| source.layer == layer.key);
            of_layer.any(|source| ids.contains(source.id.as_str()))
        };
        any(&claiming) && !any(&unclaimed)
    };
    books.facts.layers.iter().filter(is_separable).collect()
}

/// The sources of what is no claim.
fn unclaimed_sources(books: &Books) -> BTreeSet<&str> {
    let places = &books.ledger.places;
    let originals = places.originals.values().flat_map(|original| &original.support);
    let unclaimed = books.facts.place_sources.iter().filter(|link| !places.by_subject.contains_key(&link.place));
    let of_places = originals.chain(unclaimed).map(|link| link.source.as_str());
    let policy = &books.ledger.policy;
    let originals = policy.originals.values().map(|original| &original.subject);
    let unclaimed =
        books.facts.policy_documents.iter().filter(|document| !policy.by_subject.contains_key(&document.key));
    of_places.chain(originals.chain(unclaimed).map(|document| document.source.as_str())).collect()
}

/// The books as they were without the claims of the sources of a layer, such as `openstreetmap`.
///
/// A place on which nobody else has a claim is what it was before, or gone where it was not there. Of the others it is
/// decided anew what is served; they keep the moment of their last change. A point that was looked up for an address
/// that goes, goes with it. What persons decided stays, and so does what another import took for the same place.
pub fn without_layer(books: &Books, layer: &str) -> Books {
    let is_of_layer = |id: &str| books.facts.sources.iter().any(|source| source.id == id && source.layer == layer);
    let mut ledger = books.ledger.clone();
    let mut dropped: BTreeSet<String> = BTreeSet::new();
    let mut touched: BTreeSet<String> = BTreeSet::new();
    for (key, claims) in &mut ledger.places.by_subject {
        claims.retain(|claim| {
            let goes = is_of_layer(&claim.source);
            if goes {
                dropped.insert(claim.source.clone());
                touched.insert(key.clone());
            }
            !goes
        });
    }
    ledger.pairs.retain(|_, pair| pair.decided.is_some() || !is_of_layer(&pair.source));
    ledger.geocodings.retain(|_, found| !is_of_layer(&found.source));

    let mut facts = books.facts.clone();
    let lists = PollingLists::of(&facts.sources);
    for key in &touched {
        let Some(at) = facts.places.iter().position(|place| place.key == *key) else { continue };
        let before = facts.places.remove(at);
        let (links, others): (Vec<PlaceSource>, _) =
            facts.place_sources.into_iter().partition(|link| link.place == *key);
        facts.place_sources = others;
        if let Some((place, links)) = served_without(&mut ledger, &before, &links, &lists) {
            facts.places.push(place);
            facts.place_sources.extend(links);
        }
    }
    ledger.places.by_subject.retain(|_, claims| !claims.is_empty());
    leave_out_of_policy(&mut facts, &mut ledger.policy, is_of_layer, &mut dropped);
    for activity in facts.activities.extract_if(.., |activity| is_of_layer(&activity.source)) {
        dropped.insert(activity.source);
    }
    programme::without_places(&mut facts);
    forget(&mut facts, &dropped, layer);
    Books { facts: facts.in_order(), ledger }
}

/// A place without the claims that have been taken from the ledger; `None`: it is not there.
fn served_without(
    ledger: &mut Ledger,
    before: &Place,
    links: &[PlaceSource],
    lists: &PollingLists,
) -> Option<(Place, Vec<PlaceSource>)> {
    let key = &before.key;
    let looked_up = ledger.geocodings.get(key).map(|found| found.source.clone());
    // The point of an address does not make a place.
    let is_known = ledger.places.of(key).iter().any(|claim| Some(&claim.source) != looked_up.as_ref());
    if !is_known && !ledger.places.originals.contains_key(key) {
        ledger.places.by_subject.remove(key);
        ledger.geocodings.remove(key);
        return None;
    }
    let before_links = Some((before, links));
    let (mut place, mut sources) = serve(ledger, key, &before.municipality, before_links, lists, before.updated_at);
    if place.address != before.address && ledger.forget_geocoding(key) {
        (place, sources) = serve(ledger, key, &before.municipality, before_links, lists, before.updated_at);
    }
    let is_untouched = ledger.places.of(key).is_empty();
    if is_untouched && let Some(original) = ledger.places.originals.remove(key) {
        return Some((original.subject, original.support));
    }
    Some((place, sources))
}

/// Takes the claims of some sources out of policy, and decides anew what is served of the municipalities that they are about.
/// The sources, and those in which a document stood by their word, go to `dropped`.
fn leave_out_of_policy(
    facts: &mut Facts,
    policy: &mut Claims<PolicyStatement>,
    goes: impl Fn(&str) -> bool,
    dropped: &mut BTreeSet<String>,
) {
    let mut touched: BTreeSet<MunicipalityCode> = BTreeSet::new();
    for claims in policy.by_subject.values_mut() {
        let municipality = municipality_of(claims).cloned();
        for claim in claims.extract_if(.., |claim| goes(&claim.source)) {
            touched.extend(municipality.clone());
            dropped.insert(claim.source);
            if let PolicyStatement::Source(source) = claim.statement {
                dropped.insert(source);
            }
        }
    }
    policy.by_subject.retain(|_, claims| !claims.is_empty());
    for municipality in &touched {
        policy::serve(facts, policy, municipality);
        if !policy.by_subject.values().any(|claims| municipality_of(claims) == Some(municipality)) {
            policy.originals.retain(|_, original| original.subject.municipality != *municipality);
        }
    }
}

/// Takes out the sources that only made claims, and the layer where none of its sources is left.
fn forget(facts: &mut Facts, dropped: &BTreeSet<String>, layer: &str) {
    let of_places = facts.place_sources.iter().map(|link| &link.source);
    let of_policy = facts.policy_documents.iter().map(|document| &document.source);
    let offered = facts.activities.iter().map(|activity| &activity.source);
    let used: BTreeSet<&String> = of_places.chain(of_policy).chain(offered).chain(&facts.survey.sources).collect();
    let is_needed = |source: &Source| !dropped.contains(&source.id) || used.contains(&source.id);
    let kept: Vec<Source> = facts.sources.iter().filter(|source| is_needed(source)).cloned().collect();
    if kept.len() < facts.sources.len() && !kept.iter().any(|source| source.layer == layer) {
        facts.layers.retain(|other| other.key != layer);
    }
    facts.sources = kept;
}

#[cfg(test)]
mod tests;
