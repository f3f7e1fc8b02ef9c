//! Taking back what a revision said, or a source; what others said, before or after, stands.
//!
//! Pure, and made again from what was said: what stands in a [`Slot`] without a revision is what the others leave there, in
//! their order. So a later statement of the same source stands, and to take back a taking back is the same thing once more.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{
    address_parts,
    apply::{Difference, differences},
    policy::{self, municipality_of},
    precedence::PollingLists,
    programme,
    reconcile::{remember, serve},
    retract::{forget, forget_if_unclaimed, is_named},
};
use crate::model::{
    Activity, Books, Claim, Claims, Facts, Ledger, MunicipalityCode, PairKey, Place, PlaceSource, PolicyStatement,
    Property, Source, Statement,
    journal::{Change, Kept, List, Manner, RevisionRecord, Slot, standing},
};

/// What taking something back does.
#[derive(Clone, Debug, PartialEq)]
pub struct Reverted {
    /// The books afterwards.
    pub books: Books,
    /// The slots in which something else stands because a revision counts no longer.
    pub settled: BTreeSet<Slot>,
    /// The places that are no longer there, as they were: nobody else says what they are called.
    pub gone: Vec<Place>,
    /// Keys of the places that are there again.
    pub back: Vec<String>,
    /// Keys of the places that are served otherwise, with what differs.
    pub changed: Vec<(String, Vec<Difference>)>,
    /// Sources that said something of the places that are gone.
    pub bereft: BTreeSet<String>,
    /// Activities that are told otherwise, are back or are there no longer, by key.
    pub activities: BTreeSet<String>,
    /// Municipalities whose statement on their list or contact is another.
    pub municipalities: Vec<MunicipalityCode>,
    /// How many statements stand: a later one took their place, or said the same.
    pub standing: usize,
}

/// Why something cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRevertible {
    /// It counts no longer: the revision of that number took it back.
    Already(i32),
    /// It is no longer kept what it said, since then.
    Pruned(DateTime<Utc>),
    /// A source of which nothing is known that could be taken back.
    NoClaims,
}

/// The revisions that count: those that no revision that counts takes back. `besides` is taken back too.
fn counting(revisions: &[RevisionRecord], besides: Option<i32>) -> BTreeSet<i32> {
    let mut lifted: BTreeSet<i32> = besides.into_iter().collect();
    let mut counting = BTreeSet::new();
    // Who takes back comes later than what is taken back.
    for revision in revisions.iter().rev() {
        if !lifted.contains(&revision.number) {
            lifted.extend(revision.reverts);
            counting.insert(revision.number);
        }
    }
    counting
}

/// The revisions that count no longer, or count again, where the one of that number is taken back.
///
/// # Errors
/// [`NotRevertible::Already`], [`NotRevertible::Pruned`].
pub fn concerned(revisions: &[RevisionRecord], number: i32) -> Result<BTreeSet<i32>, NotRevertible> {
    let now = counting(revisions, None);
    if !now.contains(&number) {
        let by = revisions.iter().find(|other| other.reverts == Some(number) && now.contains(&other.number));
        return Err(NotRevertible::Already(by.map_or(number, |by| by.number)));
    }
    let concerned: BTreeSet<i32> = now.symmetric_difference(&counting(revisions, Some(number))).copied().collect();
    let is_concerned = |revision: &&RevisionRecord| concerned.contains(&revision.number);
    match revisions.iter().filter(is_concerned).find_map(|revision| revision.pruned_at) {
        Some(since) => Err(NotRevertible::Pruned(since)),
        None => Ok(concerned),
    }
}

/// The books without what the revision `number` said. `changes` is what all revisions said of the slots of those that are
/// [`concerned`], ascending by revision.
///
/// A slot in which something else stands than the revisions left there is let be.
///
/// # Errors
/// As [`concerned`].
pub fn revision(
    books: &Books,
    revisions: &[RevisionRecord],
    changes: &[(i32, Change)],
    number: i32,
    now: DateTime<Utc>,
) -> Result<Reverted, NotRevertible> {
    let concerned = concerned(revisions, number)?;
    let (counted, counting) = (counting(revisions, None), counting(revisions, Some(number)));
    let mut states = Vec::new();
    let mut standing_still = 0;
    let (known_before, known) = (Names::said(changes, &counted), Names::said(changes, &counting));
    for (slot, changes) in by_slot(changes) {
        let stands = standing(books, &slot);
        let is_left = left(&changes, |revision, change| counting.contains(&revision) && known.has(change));
        let was_left = left(&changes, |revision, change| counted.contains(&revision) && known_before.has(change));
        if is_left == was_left && !changes.iter().any(|(revision, _)| concerned.contains(revision)) {
            continue;
        }
        if stands == is_left {
            let is_own = |(revision, change): &&&(i32, Change)| {
                *revision == number && change.said.is_some() && change.before != change.said
            };
            let is_told = matches!(slot.list, List::Places | List::Policy | List::Municipalities | List::Activities)
                && slot.key != "municipality";
            standing_still += usize::from(is_told && changes.iter().any(|change| is_own(&change)));
        } else if stands == was_left || matches!(slot.list, List::Sources | List::Layers) {
            states.push((slot, is_left));
        }
    }
    let mut reverted = settle(books, states.clone(), now);
    // What went with a place that nobody names any more is a change of its own.
    let went: BTreeSet<Slot> = states
        .into_iter()
        .filter(|(slot, kept)| standing(&reverted.books, slot) != *kept)
        .map(|(slot, _)| slot)
        .collect();
    reverted.settled.retain(|slot| !went.contains(slot));
    reverted.standing = standing_still;
    Ok(reverted)
}

/// The books without what a source says. `changes` is what was said of municipalities in the slots in which it said anything,
/// ascending by revision.
///
/// # Errors
/// [`NotRevertible::NoClaims`] where it claims nothing.
pub fn source(
    books: &Books,
    revisions: &[RevisionRecord],
    changes: &[(i32, Change)],
    id: &str,
    now: DateTime<Utc>,
) -> Result<Reverted, NotRevertible> {
    let ledger = &books.ledger;
    let mut states: Vec<(Slot, Option<Kept>)> = Vec::new();
    let own = ledger.places.all().filter(|claim| claim.source == id);
    states.extend(own.map(|claim| (Slot::of_place(&claim.subject, &claim.statement.key(), id), None)));
    let own = ledger.policy.all().filter(|claim| claim.source == id);
    for claim in own {
        states.push((Slot::of_policy(&claim.subject, &claim.statement.key(), id), None));
        // Where a document stands may be known from it alone.
        if let PolicyStatement::Source(stands_in) = &claim.statement {
            states.push((Slot::of_source(stands_in), None));
        }
    }
    let counting = counting(revisions, None);
    for (slot, changes) in by_slot(changes) {
        let is_left = left(&changes, |revision, change| counting.contains(&revision) && change.slot.source != id);
        let stands = standing(books, &slot);
        if stands == left(&changes, |revision, _| counting.contains(&revision)) && stands != is_left {
            states.push((slot, is_left));
        }
    }
    let own = books.facts.activities.iter().filter(|activity| activity.source == id);
    let places: BTreeSet<&str> = own.map(|activity| activity.place.as_str()).collect();
    let nothing = || Some(Kept::Programme(Vec::new()));
    states.extend(places.into_iter().map(|place| (Slot::of_programme(place, id), nothing())));
    let has_totals = books.facts.survey_totals.iter().any(|total| total.source == id);
    if states.is_empty() && !has_totals {
        return Err(NotRevertible::NoClaims);
    }
    let pairs = ledger.pairs.iter().filter(|(_, pair)| pair.source == id && pair.decided.is_none());
    states.extend(pairs.map(|(key, _)| {
        let (subject, key) = (key.place.clone(), key.record.clone());
        (Slot { list: List::Pairs, subject, key, source: id.to_owned() }, None)
    }));
    let found = ledger.geocodings.iter().filter(|(_, found)| found.source == id);
    states.extend(found.map(|(place, _)| {
        let (subject, key) = (place.clone(), String::new());
        (Slot { list: List::Geocodings, subject, key, source: String::new() }, None)
    }));
    states.push((Slot::of_source(id), None));
    let mut without_totals = books.clone();
    without_totals.facts.survey_totals.retain(|total| total.source != id);
    let mut reverted = settle(&without_totals, states, now);
    // All of this was done now, and is written down as that.
    reverted.settled.clear();
    Ok(reverted)
}

/// The names that are said, of which a source may keep one as a former name: where it is said no longer, it was none.
struct Names(BTreeSet<Slot>);

impl Names {
    fn said(changes: &[(i32, Change)], counting: &BTreeSet<i32>) -> Self {
        let counting = changes.iter().filter(|(revision, _)| counting.contains(revision));
        Self(counting.filter_map(|(_, change)| change.former_name()).collect())
    }

    /// Whether a change is none that keeps a name as a former one which nobody said.
    fn has(&self, change: &Change) -> bool {
        let is_name = change.slot.list == List::Places && change.slot.key.starts_with("alternativeNames.");
        let is_kept = is_name && change.manner == Manner::Set && change.said.is_some();
        !is_kept || self.0.contains(&change.slot)
    }
}

type OfSlot<'a> = BTreeMap<Slot, Vec<&'a (i32, Change)>>;

fn by_slot(changes: &[(i32, Change)]) -> OfSlot<'_> {
    let mut slots: OfSlot<'_> = BTreeMap::new();
    for change in changes {
        slots.entry(change.1.slot.shared()).or_default().push(change);
    }
    slots
}

/// What is left in a slot by those of its changes that count.
fn left(changes: &[&(i32, Change)], counts: impl Fn(i32, &Change) -> bool) -> Option<Kept> {
    let before = changes.first().and_then(|(_, change)| change.before.clone());
    let counting = changes.iter().filter(|(revision, change)| counts(*revision, change));
    counting.fold(before, |state, (_, change)| after(state, change))
}

/// What stands in a slot after a change.
fn after(state: Option<Kept>, change: &Change) -> Option<Kept> {
    match (state, change.said.clone(), change.manner) {
        (Some(Kept::Place(known)), Some(Kept::Place(claim)), Manner::Said) => {
            let mut claims = Claims::default();
            claims.note(known);
            address_parts::note(&mut claims, claim);
            claims.all().next().cloned().map(Kept::Place)
        }
        (Some(Kept::Policy(known)), Some(Kept::Policy(claim)), Manner::Said) => {
            let mut claims = Claims::default();
            claims.note(known);
            claims.note(claim);
            claims.all().next().cloned().map(Kept::Policy)
        }
        (Some(Kept::Source(known)), Some(Kept::Source(source)), Manner::Said) => {
            Some(Kept::Source(Source { published: source.published.clone().max(known.published), ..source }))
        }
        // What is told of a layer that is known stays.
        (Some(Kept::Layer(known)), Some(Kept::Layer(_)), Manner::Said) => Some(Kept::Layer(known)),
        (_, said, _) => said,
    }
}

/// Puts into the slots what is to stand there, and decides anew what is served of all that they are about.
fn settle(books: &Books, states: Vec<(Slot, Option<Kept>)>, now: DateTime<Utc>) -> Reverted {
    let mut facts = books.facts.clone();
    let mut ledger = books.ledger.clone();
    let settled: BTreeSet<Slot> = states.iter().map(|(slot, _)| slot.clone()).collect();
    let of_list = |list: List| settled.iter().filter(move |slot| slot.list == list);
    let mut touched: BTreeSet<String> = of_list(List::Places).map(|slot| slot.subject.clone()).collect();
    touched.extend(of_list(List::Geocodings).map(|slot| slot.subject.clone()));
    touched.retain(|place| !ledger.withdrawn.contains(place));
    let mut served: BTreeMap<String, (Place, Vec<PlaceSource>)> = BTreeMap::new();
    for place in facts.places.extract_if(.., |place| touched.contains(&place.key)) {
        served.insert(place.key.clone(), (place, Vec::new()));
    }
    for link in facts.place_sources.extract_if(.., |link| touched.contains(&link.place)) {
        if let Some((_, links)) = served.get_mut(&link.place) {
            links.push(link);
        }
    }
    for (place, links) in served.values() {
        remember(&mut ledger, place, links);
    }
    let municipalities = municipalities_of_policy(books, &states);
    for municipality in &municipalities {
        policy::remember(&mut ledger.policy, &facts, municipality);
    }
    let mut dropped: BTreeSet<String> = BTreeSet::new();
    for (slot, kept) in states {
        put(&mut facts, &mut ledger, &mut dropped, slot, kept);
    }
    ledger.places.by_subject.retain(|_, claims| !claims.is_empty());
    ledger.policy.by_subject.retain(|_, claims| !claims.is_empty());
    let lists = PollingLists::of(&facts.sources);
    let mut reverted = Reverted {
        books: books.clone(),
        settled,
        gone: Vec::new(),
        back: Vec::new(),
        changed: Vec::new(),
        bereft: BTreeSet::new(),
        activities: BTreeSet::new(),
        municipalities: changed_municipalities(&books.facts, &facts),
        standing: 0,
    };
    let mut gone = BTreeSet::new();
    for key in &touched {
        let before = served.remove(key);
        let of_claims = ledger.places.of(key).iter().find_map(|claim| match &claim.statement {
            Statement::Municipality(municipality) => Some(municipality.clone()),
            _ => None,
        });
        let municipality = before.as_ref().map(|(place, _)| place.municipality.clone()).or(of_claims);
        match municipality {
            Some(municipality) if is_named(&ledger, key) => {
                let is_found_again = ledger.geocodings.get(key) != books.ledger.geocodings.get(key);
                let (place, links) =
                    served_anew(&mut ledger, key, &municipality, before.as_ref(), is_found_again, &lists, now);
                match &before {
                    None => reverted.back.push(key.clone()),
                    Some((before, _)) => {
                        let differences = differences(before, &place);
                        if !differences.is_empty() {
                            reverted.changed.push((key.clone(), differences));
                        }
                    }
                }
                facts.places.push(place);
                facts.place_sources.extend(links);
                forget_if_unclaimed(&mut ledger, key);
            }
            _ => {
                reverted.bereft.extend(ledger.places.of(key).iter().map(|claim| claim.source.clone()));
                reverted.gone.extend(before.map(|(place, _)| place));
                gone.insert(key.clone());
            }
        }
    }
    forget(&mut ledger, &gone);
    programme::without_places(&mut facts);
    for municipality in &municipalities {
        policy::serve(&mut facts, &ledger.policy, municipality);
        if !ledger.policy.by_subject.values().any(|claims| municipality_of(claims) == Some(municipality)) {
            ledger.policy.originals.retain(|_, original| original.subject.municipality != *municipality);
        }
    }
    forget_sources(&mut facts, &ledger, &dropped);
    reverted.activities = changed_activities(&books.facts.activities, &facts.activities);
    reverted.books = Books { facts: facts.in_order(), ledger };
    reverted
}

/// A place as it is served by what is claimed now; `is_found_again` where a point stands that was looked up for the address
/// that comes back.
fn served_anew(
    ledger: &mut Ledger,
    key: &str,
    municipality: &MunicipalityCode,
    before: Option<&(Place, Vec<PlaceSource>)>,
    is_found_again: bool,
    lists: &PollingLists,
    now: DateTime<Utc>,
) -> (Place, Vec<PlaceSource>) {
    let before = before.map(|(place, links)| (place, links.as_slice()));
    let (mut place, links) = serve(ledger, key, municipality, before.filter(|_| !is_found_again), lists, now);
    if let Some((before, known)) = before.filter(|_| is_found_again) {
        place.updated_at = before.updated_at;
        if place != *before || links != known {
            place.updated_at = now;
        }
    }
    (place, links)
}

/// Puts into one slot what is to stand there. A source that is to go may still be needed, and comes into `dropped`.
fn put(facts: &mut Facts, ledger: &mut Ledger, dropped: &mut BTreeSet<String>, slot: Slot, kept: Option<Kept>) {
    let Slot { list, subject, key, source } = slot;
    if matches!(list, List::Places | List::Pairs | List::Geocodings | List::Activities)
        && ledger.withdrawn.contains(&subject)
    {
        return;
    }
    match (list, kept) {
        (List::Places, kept) => {
            let claim = if let Some(Kept::Place(claim)) = kept { Some(claim) } else { None };
            put_claim(&mut ledger.places, &subject, &key, &source, claim);
        }
        (List::Policy, kept) => {
            let claim = if let Some(Kept::Policy(claim)) = kept { Some(claim) } else { None };
            put_claim(&mut ledger.policy, &subject, &key, &source, claim);
        }
        (List::Pairs, Some(Kept::Pair(pair))) => {
            ledger.pairs.insert(PairKey { record: key, place: subject }, pair);
        }
        (List::Pairs, _) => drop(ledger.pairs.remove(&PairKey { record: key, place: subject })),
        (List::Geocodings, Some(Kept::Geocoding(found))) => drop(ledger.geocodings.insert(subject, found)),
        (List::Geocodings, _) => drop(ledger.geocodings.remove(&subject)),
        (List::Municipalities, Some(Kept::Municipality(statement))) => {
            let known = facts.municipalities.iter_mut().find(|known| known.code.as_str() == subject);
            known.into_iter().for_each(|known| statement.apply_to(known));
        }
        (List::Municipalities, _) => {}
        (List::Sources, Some(Kept::Source(source))) => {
            match facts.sources.iter_mut().find(|known| known.id == source.id) {
                Some(known) => *known = source,
                None => facts.sources.push(source),
            }
        }
        (List::Sources, _) => drop(dropped.insert(subject)),
        (List::Layers, Some(Kept::Layer(layer))) => {
            match facts.layers.iter_mut().find(|known| known.key == layer.key) {
                Some(known) => *known = layer,
                None => facts.layers.push(layer),
            }
        }
        // It goes with the last of its sources.
        (List::Layers, _) => {}
        (List::Activities, kept) => {
            facts.activities.retain(|known| known.source != source || known.place != subject);
            if let Some(Kept::Programme(activities)) = kept {
                facts.activities.extend(activities);
            }
        }
    }
}

fn put_claim<P: Property>(claims: &mut Claims<P>, subject: &str, key: &str, source: &str, claim: Option<Claim<P>>) {
    claims.take_out(subject, |known| known.source == source && known.statement.key() == key);
    if let Some(claim) = claim {
        claims.note(claim);
    }
}

/// The municipalities of the documents of which something is claimed otherwise.
fn municipalities_of_policy(books: &Books, states: &[(Slot, Option<Kept>)]) -> BTreeSet<MunicipalityCode> {
    let mut municipalities = BTreeSet::new();
    for (slot, kept) in states.iter().filter(|(slot, _)| slot.list == List::Policy) {
        municipalities.extend(municipality_of(books.ledger.policy.of(&slot.subject)).cloned());
        if let Some(Kept::Policy(Claim { statement: PolicyStatement::Municipality(municipality), .. })) = kept {
            municipalities.insert(municipality.clone());
        }
    }
    municipalities
}

fn changed_activities(before: &[Activity], after: &[Activity]) -> BTreeSet<String> {
    let gone = before.iter().filter(|activity| !after.contains(activity));
    let new = after.iter().filter(|activity| !before.contains(activity));
    gone.chain(new).map(|activity| activity.key.clone()).collect()
}

fn changed_municipalities(before: &Facts, after: &Facts) -> Vec<MunicipalityCode> {
    let both = before.municipalities.iter().zip(&after.municipalities);
    both.filter(|(before, after)| before != after).map(|(before, _)| before.code.clone()).collect()
}

/// Takes out the sources that are to go where nothing rests on them, and a layer of which no source is left.
fn forget_sources(facts: &mut Facts, ledger: &Ledger, dropped: &BTreeSet<String>) {
    let links = facts.place_sources.iter().map(|link| &link.source);
    let documents = facts.policy_documents.iter();
    let documents = documents.flat_map(|document| [Some(&document.source), document.described_by.as_ref()]).flatten();
    let totals = facts.survey_totals.iter().map(|total| &total.source);
    let offered = facts.activities.iter().map(|activity| &activity.source);
    let claims = ledger.places.all().map(|claim| &claim.source);
    let of_policy = ledger.policy.all().flat_map(|claim| match &claim.statement {
        PolicyStatement::Source(source) => vec![&claim.source, source],
        _ => vec![&claim.source],
    });
    let originals = ledger.policy.originals.values().map(|original| &original.subject.source);
    let support = ledger.places.originals.values().flat_map(|original| &original.support).map(|link| &link.source);
    let used: BTreeSet<&String> = links
        .chain(documents)
        .chain(totals)
        .chain(offered)
        .chain(claims)
        .chain(of_policy)
        .chain(originals)
        .chain(support)
        .chain(&facts.survey.sources)
        .collect();
    let goes = |source: &Source| dropped.contains(&source.id) && !used.contains(&source.id);
    let (gone, kept): (Vec<Source>, Vec<Source>) = facts.sources.iter().cloned().partition(goes);
    for source in gone {
        if !kept.iter().any(|other| other.layer == source.layer) {
            facts.layers.retain(|layer| layer.key != source.layer);
        }
    }
    facts.sources = kept;
}

/// Takes back what an edition changed of areas: where a value is still the one that it made, it is what it was before.
///
/// Borders, settlements, neighbourhoods and postcodes have one voice, so that the edition itself tells what it changed.
pub fn areas(facts: &mut Facts, before: &Facts, after: &Facts) {
    for municipality in &mut facts.municipalities {
        let of = |facts: &Facts| facts.municipalities.iter().find(|known| known.code == municipality.code).cloned();
        let (Some(was), Some(became)) = (of(before), of(after)) else { continue };
        macro_rules! back {
            ($($field:ident),*) => {$(
                if was.$field != became.$field && municipality.$field == became.$field {
                    municipality.$field = was.$field;
                }
            )*};
        }
        back!(slug, name, population, population_date, land_area_km2, land_area_year, label_lon, label_lat, boundary);
    }
    rows(&mut facts.settlements, &before.settlements, &after.settlements, |row| row.id.clone());
    rows(&mut facts.neighbourhoods, &before.neighbourhoods, &after.neighbourhoods, |row| row.code.to_string());
    rows(&mut facts.postcodes, &before.postcodes, &after.postcodes, |row| row.postcode.to_string());
}

/// Puts rows back that are as `after` has them and `before` had otherwise.
fn rows<T: Clone + PartialEq>(now: &mut Vec<T>, before: &[T], after: &[T], key: fn(&T) -> String) {
    let by_key = |rows: &[T]| -> BTreeMap<String, T> { rows.iter().map(|row| (key(row), row.clone())).collect() };
    let (was, became) = (by_key(before), by_key(after));
    if was == became {
        return;
    }
    let mut rows = by_key(now);
    for key in was.keys().chain(became.keys()) {
        let (was, became) = (was.get(key), became.get(key));
        if was != became && rows.get(key) == became {
            match was {
                Some(row) => drop(rows.insert(key.clone(), row.clone())),
                None => drop(rows.remove(key)),
            }
        }
    }
    *now = rows.into_values().collect();
}

#[cfg(test)]
mod tests;
