//! What is held at places and when (aanbod): an activity is told whole, by whoever holds it.
//!
//! The newest file of a sender is all that it says of the activities of the places in it. Whose word is served is decided by
//! [`served`], and needs nothing that is kept beside the facts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::model::{Activity, Authority, Books, Facts, Layer, Source, journal::Uttered, served};

/// What a file of activities did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// The sender said something of these places on a later day already; nothing was taken.
    pub is_older: bool,
    /// Keys of the activities that nobody told of before.
    pub added: BTreeSet<String>,
    /// Keys of those that are served otherwise than before.
    pub changed: BTreeSet<String>,
    /// Keys of those of which everything was known.
    pub confirmed: BTreeSet<String>,
    /// Keys of those that the sender had told of and tells of no longer; others may still do so.
    pub ended: BTreeSet<String>,
    /// All that was said, be it that it was known already.
    pub uttered: Vec<Uttered>,
}

/// Takes into the books what `source` says of the activities of `places`, which is all that it says of them.
///
/// Source, authority and moment of change of the activities are those given here; of several with one key the rules by which
/// they are held add up. A place that is not served, or was withdrawn, has none. Nothing is taken of a file that was published
/// before what the source said of one of the places.
pub fn take(
    books: &mut Books,
    source: Source,
    layer: Layer,
    authority: Authority,
    places: &BTreeSet<String>,
    activities: Vec<Activity>,
    now: DateTime<Utc>,
) -> Taken {
    let id = source.id.clone();
    let is_own = |activity: &Activity| activity.source == id && places.contains(&activity.place);
    let known = books.facts.sources.iter().find(|known| known.id == id);
    let is_later = known.is_some_and(|known| known.published > source.published);
    if is_later && books.facts.activities.iter().any(is_own) {
        return Taken { is_older: true, ..Taken::default() };
    }
    let there: BTreeSet<&str> = books.facts.places.iter().map(|place| place.key.as_str()).collect();
    let mut said: BTreeMap<String, Activity> = BTreeMap::new();
    for activity in activities
        .into_iter()
        .filter(|activity| places.contains(&activity.place) && there.contains(activity.place.as_str()))
        .filter(|activity| !books.ledger.withdrawn.contains(&activity.place))
    {
        match said.get_mut(&activity.key) {
            Some(one) => {
                let more = activity.schedule.into_iter().filter(|rule| !one.schedule.contains(rule));
                let more: Vec<_> = more.collect();
                one.schedule.extend(more);
            }
            None => {
                let mut activity = Activity { source: id.clone(), authority, updated_at: now, ..activity };
                // As the facts have them: what is written down of an import is what stands.
                activity.audiences.sort_unstable();
                activity.audiences.dedup();
                said.insert(activity.key.clone(), activity);
            }
        }
    }
    let before = books.facts.activities.clone();
    for activity in &mut books.facts.activities {
        if activity.source == id
            && let Some(said) = said.get_mut(&activity.key)
            && is_alike(activity, said)
        {
            said.updated_at = activity.updated_at;
        }
    }
    let [of_source, of_layer] = Uttered::of_source(source.clone(), layer.clone());
    introduce(&mut books.facts, source, layer);
    books
        .facts
        .activities
        .retain(|activity| !is_own(activity) && (activity.source != id || !said.contains_key(&activity.key)));
    let mut taken = Taken { uttered: vec![of_source, of_layer], ..Taken::default() };
    for place in places {
        let told = said.values().filter(|activity| activity.place == *place).cloned().collect();
        taken.uttered.push(Uttered::of_programme(place, &id, told));
    }
    books.facts.activities.extend(said.values().cloned());
    // The order is part of the value.
    books.facts.activities.sort_by(|a, b| (&a.key, &a.source).cmp(&(&b.key, &b.source)));
    let gone = before.iter().filter(|activity| is_own(activity) && !said.contains_key(&activity.key));
    taken.ended = gone.map(|activity| activity.key.clone()).collect();
    let (was, is) = (served(&before), served(&books.facts.activities));
    for key in said.into_keys() {
        let best = |all: &BTreeMap<&str, Vec<&Activity>>| {
            all.get(key.as_str()).and_then(|voices| voices.first().copied().cloned())
        };
        let kind = match (best(&was), best(&is)) {
            (None, _) => &mut taken.added,
            (Some(was), Some(is)) if is_alike(&was, &is) => &mut taken.confirmed,
            _ => &mut taken.changed,
        };
        kind.insert(key);
    }
    taken
}

/// Whether two say the same, whoever says it and when.
fn is_alike(one: &Activity, other: &Activity) -> bool {
    let told = |activity: &Activity| {
        let nobody = (String::new(), Authority::Web, None, DateTime::UNIX_EPOCH);
        let (source, authority, stated, updated_at) = nobody;
        Activity { source, authority, stated, updated_at, ..activity.clone() }
    };
    told(one) == told(other)
}

/// Notes who sent something, and the layer that it belongs to.
fn introduce(facts: &mut Facts, source: Source, layer: Layer) {
    match facts.sources.binary_search_by(|known| known.id.cmp(&source.id)) {
        Ok(at) => {
            let published = source.published.clone().max(facts.sources[at].published.take());
            facts.sources[at] = Source { published, ..source };
        }
        Err(at) => facts.sources.insert(at, source),
    }
    // What is told of a layer that is known stays.
    if let Err(at) = facts.layers.binary_search_by(|known| known.key.cmp(&layer.key)) {
        facts.layers.insert(at, layer);
    }
}

/// Takes out the activities of places that are not served.
pub(super) fn without_places(facts: &mut Facts) {
    if facts.activities.is_empty() {
        return;
    }
    let there: BTreeSet<&str> = facts.places.iter().map(|place| place.key.as_str()).collect();
    facts.activities.retain(|activity| there.contains(activity.place.as_str()));
}

#[cfg(test)]
mod tests;
