//! The books on a newer seed: what is claimed stands, on another base.
//!
//! A place or document on which there are claims is decided anew from the newer seed and the same claims; any other is what the
//! newer seed says. Of areas there is one voice: what an import brought stands where the newer seed does not have it of a later
//! day. What was withdrawn stays so.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{
    identity::Identity,
    linkage::{Match, Register},
    policy::{self, municipality_of},
    precedence::PollingLists,
    reconcile::serve,
    retract::{forget, is_named},
};
use crate::{
    model::{
        Books, Facts, Layer, Municipality, MunicipalityCode, Neighbourhood, Original, Pair, PairKey, PartialDate,
        PlaceSource, SeedBase, Settlement,
    },
    search::fold,
};

/// The books as they are with `seed` in the place of the one that they were filled with, of which `held` is known. A place that
/// claims made otherwise than before changes at `now`.
pub fn on_seed(books: &Books, held: &SeedBase, seed: &Facts, now: DateTime<Utc>) -> Books {
    let used_before = sources_in_use(books);
    let mut seed = seed.clone();
    forget_withdrawn(&mut seed, &books.ledger.withdrawn);
    let mut books = books.clone();

    let layers = Layers { now: books.facts.layers.clone(), held: &held.layers, new: &seed.layers };
    let facts = &mut books.facts;
    facts.municipalities = municipalities(&facts.municipalities, held, &seed, &layers);
    facts.neighbourhoods = neighbourhoods(&facts.neighbourhoods, held, &seed, &layers);
    facts.settlements = settlements(&facts.settlements, held, &seed, &layers);
    facts.layers = layers.merged(&facts.neighbourhoods, &seed.neighbourhoods);
    for source in &seed.sources {
        match facts.sources.iter_mut().find(|known| known.id == source.id) {
            Some(known) => known.clone_from(source),
            None => facts.sources.push(source.clone()),
        }
    }
    facts.survey = seed.survey.clone();

    places(&mut books, held, &seed, now);
    policies(&mut books, held, &seed);
    keep_outlines(&mut books.facts, held, &seed);
    forget_unused(&mut books, &seed, &used_before);
    books.facts = books.facts.in_order();
    books
}

/// Takes places out of a seed, with the sources that support nothing else.
fn forget_withdrawn(seed: &mut Facts, withdrawn: &BTreeSet<String>) {
    let (gone, rest): (Vec<_>, Vec<_>) =
        std::mem::take(&mut seed.place_sources).into_iter().partition(|link| withdrawn.contains(&link.place));
    seed.place_sources = rest;
    seed.places.retain(|place| !withdrawn.contains(&place.key));
    let used: BTreeSet<&str> = (seed.place_sources.iter().map(|link| &link.source))
        .chain(seed.policy_documents.iter().map(|document| &document.source))
        .chain(&seed.survey.sources)
        .map(String::as_str)
        .collect();
    let gone: BTreeSet<&str> = gone.iter().map(|link| link.source.as_str()).filter(|id| !used.contains(id)).collect();
    seed.sources.retain(|source| !gone.contains(source.id.as_str()));
}

/// The layers as they are, as the seed had them and as the newer one has them.
struct Layers<'a> {
    now: Vec<Layer>,
    held: &'a [Layer],
    new: &'a [Layer],
}

impl Layers<'_> {
    fn date(layers: &[Layer], key: &str) -> Option<PartialDate> {
        layers.iter().find(|layer| layer.key == key)?.reference_date.clone()
    }

    /// Whether the newer seed has the layer of a later day: an import of what is there now would be refused as older.
    fn is_outdated(&self, key: &str) -> bool {
        let (now, new) = (Self::date(&self.now, key), Self::date(self.new, key));
        now.zip(new).is_some_and(|(now, new)| now.first_day() < new.first_day())
    }

    /// A layer is the newer seed's, unless an import brought or dated it; one of which parts are of either is as old as the older.
    fn merged(&self, areas: &[Neighbourhood], new_areas: &[Neighbourhood]) -> Vec<Layer> {
        let mut merged: Vec<Layer> = self.new.to_vec();
        for layer in &self.now {
            let was = self.held.iter().find(|known| known.key == layer.key);
            if was == Some(layer) {
                continue;
            }
            let is_of_seed = layer.key == "neighbourhoods" && areas.iter().any(|area| new_areas.contains(area));
            match merged.iter_mut().find(|known| known.key == layer.key) {
                Some(_) if self.is_outdated(&layer.key) && layer.key != "neighbourhoods" => {}
                Some(new) if is_of_seed => {
                    if areas != new_areas && self.is_outdated(&layer.key) {
                        new.clone_from(layer);
                    }
                }
                Some(known) => known.clone_from(layer),
                None => merged.push(layer.clone()),
            }
        }
        merged.sort_by(|a, b| a.key.cmp(&b.key));
        merged
    }
}

fn municipalities(now: &[Municipality], held: &SeedBase, seed: &Facts, layers: &Layers<'_>) -> Vec<Municipality> {
    let of = |all: &[Municipality], code: &MunicipalityCode| all.iter().find(|known| known.code == *code).cloned();
    let merged = seed.municipalities.iter().map(|new| {
        let Some((now, was)) = of(now, &new.code).zip(of(&held.municipalities, &new.code)) else { return new.clone() };
        let mut merged = new.clone();
        if now.boundary != was.boundary && !layers.is_outdated("municipalities") {
            merged.boundary.clone_from(&now.boundary);
            (merged.label_lon, merged.label_lat) = (now.label_lon, now.label_lat);
        }
        let is_counted = (now.population, now.population_date) != (was.population, was.population_date);
        if is_counted && now.population_date >= new.population_date {
            (merged.population, merged.population_date) = (now.population, now.population_date);
        }
        // What the municipality says of itself, which no seed knows better.
        if now.inventory != was.inventory {
            merged.inventory = now.inventory;
        }
        if now.expected_places != was.expected_places {
            merged.expected_places = now.expected_places;
        }
        if now.contact != was.contact {
            merged.contact = now.contact;
        }
        merged
    });
    let others = now.iter().filter(|now| !seed.municipalities.iter().any(|new| new.code == now.code));
    merged.chain(others.cloned()).collect()
}

/// Those of a municipality and level go together, as an import replaces them.
fn neighbourhoods(now: &[Neighbourhood], held: &SeedBase, seed: &Facts, layers: &Layers<'_>) -> Vec<Neighbourhood> {
    type Group<'a> = BTreeMap<(&'a str, &'static str), Vec<&'a Neighbourhood>>;
    fn grouped(all: &[Neighbourhood]) -> Group<'_> {
        use crate::model::vocabulary::Term as _;
        let mut groups = Group::new();
        for area in all {
            groups.entry((area.municipality.as_str(), area.level.name())).or_default().push(area);
        }
        groups
    }
    let (now, was, new) = (grouped(now), grouped(&held.neighbourhoods), grouped(&seed.neighbourhoods));
    let keys: BTreeSet<_> = now.keys().chain(new.keys()).collect();
    let group = |key| {
        let is_imported = now.contains_key(key) && now.get(key) != was.get(key);
        let stays = is_imported && !(layers.is_outdated("neighbourhoods") && new.contains_key(key));
        let chosen = if stays { now.get(key) } else { new.get(key) };
        chosen.into_iter().flatten().map(|area| (*area).clone())
    };
    keys.into_iter().flat_map(group).collect()
}

/// All of them, since each may be part of another.
fn settlements(now: &[Settlement], held: &SeedBase, seed: &Facts, layers: &Layers<'_>) -> Vec<Settlement> {
    let is_imported = now != held.settlements;
    if is_imported && !layers.is_outdated("settlements") { now.to_vec() } else { seed.settlements.clone() }
}

/// Which place the newer seed means by a key, and the doubts about that.
struct Known {
    /// Keys of places under which a place of a seed is known, where that is another.
    renamed: BTreeMap<String, String>,
    /// Places that only imports know.
    imported: Register,
}

impl Known {
    fn of(books: &Books) -> Self {
        let places = &books.ledger.places;
        let renamed = places.originals.iter().filter(|(key, original)| **key != original.subject.key);
        let is_imported = |key: &str| !places.of(key).is_empty() && !places.originals.contains_key(key);
        Self {
            renamed: renamed.map(|(key, original)| (original.subject.key.clone(), key.clone())).collect(),
            imported: Register::of(books.facts.places.iter().filter(|place| is_imported(&place.key))),
        }
    }
}

fn places(books: &mut Books, held: &SeedBase, seed: &Facts, now: DateTime<Utc>) {
    let mut known = Known::of(books);
    let lists = PollingLists::of(&books.facts.sources);
    let mut links_of: BTreeMap<&str, Vec<PlaceSource>> = BTreeMap::new();
    for link in &seed.place_sources {
        links_of.entry(link.place.as_str()).or_default().push(link.clone());
    }
    let mut served: BTreeMap<String, (crate::model::Place, Vec<PlaceSource>)> = BTreeMap::new();
    let mut own_links: BTreeMap<String, Vec<PlaceSource>> = BTreeMap::new();
    for link in std::mem::take(&mut books.facts.place_sources) {
        own_links.entry(link.place.clone()).or_default().push(link);
    }
    for place in std::mem::take(&mut books.facts.places) {
        let links = own_links.remove(&place.key).unwrap_or_default();
        served.insert(place.key.clone(), (place, links));
    }

    let ledger = &mut books.ledger;
    let mut touched: BTreeMap<String, MunicipalityCode> = BTreeMap::new();
    for place in &seed.places {
        let links = links_of.remove(place.key.as_str()).unwrap_or_default();
        let key = match known.renamed.get(&place.key) {
            Some(key) => key.clone(),
            None if served.contains_key(&place.key) => place.key.clone(),
            None => {
                // New in the seed: an import may have brought it before.
                let found = known.imported.find(&place.municipality, &Identity::of(place), &BTreeMap::new(), |_| true);
                match found {
                    Match::Known(key, _) => {
                        known.imported.remove(&key);
                        key
                    }
                    Match::Doubtful(candidates) => {
                        let record =
                            format!("{}/{}/{}", place.municipality, fold(&place.name), fold(&place.settlement));
                        let source = links.first().map(|link| link.source.clone()).unwrap_or_default();
                        let address = place.address.as_ref().map(|address| address.line(&place.settlement));
                        let label = format!("{}, {}", place.name, address.as_ref().unwrap_or(&place.settlement));
                        for (candidate, likeness) in candidates {
                            let pair = Pair {
                                source: source.clone(),
                                label: label.clone(),
                                likeness: likeness.code().to_owned(),
                                same: None,
                                decided: None,
                            };
                            ledger.pairs.entry(PairKey { record: record.clone(), place: candidate }).or_insert(pair);
                        }
                        place.key.clone()
                    }
                    Match::New => place.key.clone(),
                }
            }
        };
        if ledger.places.of(&key).is_empty() {
            ledger.places.originals.remove(&key);
            served.insert(key, (place.clone(), links));
        } else {
            ledger.places.originals.insert(key.clone(), Original { subject: place.clone(), support: links });
            touched.insert(key, place.municipality.clone());
        }
    }

    let there: BTreeSet<&str> = seed.places.iter().map(|place| place.key.as_str()).collect();
    let mut gone = BTreeSet::new();
    for key in held.places.iter().filter(|key| !there.contains(key.as_str())) {
        let key = known.renamed.get(key).unwrap_or(key);
        let Some((place, _)) = served.get(key) else { continue };
        ledger.places.originals.remove(key);
        if is_named(ledger, key) {
            touched.insert(key.clone(), place.municipality.clone());
        } else {
            served.remove(key);
            gone.insert(key.clone());
        }
    }
    forget(ledger, &gone);

    for (key, municipality) in touched {
        let before = served.get(&key);
        let before = before.map(|(place, links)| (place, links.as_slice()));
        let is = serve(ledger, &key, &municipality, before, &lists, now);
        served.insert(key, is);
    }
    for (place, links) in served.into_values() {
        books.facts.places.push(place);
        books.facts.place_sources.extend(links);
    }
}

fn policies(books: &mut Books, held: &SeedBase, seed: &Facts) {
    let Books { facts, ledger } = books;
    let claimed: BTreeSet<MunicipalityCode> =
        ledger.policy.by_subject.values().filter_map(|claims| municipality_of(claims).cloned()).collect();
    let is_base =
        |key: &String| held.documents.contains(key) || seed.policy_documents.iter().any(|own| own.key == *key);
    facts.policy_statuses.retain(|status| !is_base(&status.document));
    facts.policy_documents.retain(|document| !is_base(&document.key));
    ledger.policy.originals.retain(|_, original| !claimed.contains(&original.subject.municipality));
    facts.policy_documents.extend(seed.policy_documents.iter().cloned());
    facts.policy_statuses.extend(seed.policy_statuses.iter().cloned());
    for municipality in &claimed {
        for document in seed.policy_documents.iter().filter(|document| document.municipality == *municipality) {
            let statuses = seed.policy_statuses.iter().filter(|status| status.document == document.key);
            let original = Original { subject: document.clone(), support: statuses.cloned().collect() };
            ledger.policy.originals.insert(document.key.clone(), original);
        }
        policy::serve(facts, &ledger.policy, municipality);
    }
}

/// A settlement whose point a place has stays, without inhabitants and parts of its own.
fn keep_outlines(facts: &mut Facts, held: &SeedBase, seed: &Facts) {
    let there: BTreeSet<&str> = facts.settlements.iter().map(|settlement| settlement.id.as_str()).collect();
    let outlines = facts.places.iter().filter_map(|place| place.location.as_ref()?.outline.as_deref());
    let missing: BTreeSet<&str> = outlines.filter(|outline| !there.contains(outline)).collect();
    let known = seed.settlements.iter().chain(&held.settlements);
    let mut kept: BTreeMap<String, Settlement> = BTreeMap::new();
    for settlement in known.filter(|settlement| missing.contains(settlement.id.as_str())) {
        kept.entry(settlement.id.clone()).or_insert_with(|| Settlement {
            population: None,
            own_population: None,
            parent: None,
            ..settlement.clone()
        });
    }
    let slugs: BTreeSet<String> = facts.settlements.iter().map(|settlement| settlement.slug.clone()).collect();
    for mut settlement in kept.into_values() {
        if slugs.contains(&settlement.slug) {
            let number = settlement.id.rsplit('.').next().unwrap_or_default().to_lowercase();
            settlement.slug = format!("{}-{number}", settlement.slug);
        }
        facts.settlements.push(settlement);
    }
}

/// The sources on which something rests.
fn sources_in_use(books: &Books) -> BTreeSet<String> {
    let Books { facts, ledger } = books;
    let bases = ledger.places.originals.values().flat_map(|original| &original.support);
    let documents = ledger.policy.originals.values().map(|original| &original.subject.source);
    (facts.place_sources.iter().chain(bases).map(|link| &link.source))
        .chain(facts.policy_documents.iter().map(|document| &document.source))
        .chain(documents)
        .chain(&facts.survey.sources)
        .chain(facts.survey_totals.iter().map(|total| &total.source))
        .chain(ledger.places.all().map(|claim| &claim.source))
        .chain(ledger.policy.all().map(|claim| &claim.source))
        .cloned()
        .collect()
}

/// Takes out the sources on which something rested and nothing does any more, unless the seed has them.
fn forget_unused(books: &mut Books, seed: &Facts, before: &BTreeSet<String>) {
    let used = sources_in_use(books);
    let is_of_seed = |id: &str| seed.sources.iter().any(|source| source.id == id);
    books
        .facts
        .sources
        .retain(|source| used.contains(&source.id) || is_of_seed(&source.id) || !before.contains(&source.id));
}

#[cfg(test)]
mod tests;
