//! What each revision of the books said, kept beside what holds now, so that one can be taken back without what others said.
//!
//! A [`Slot`] is where one thing stands that is said: of claims there is one for each property of a subject and source. What
//! stands in it now follows from all that was ever said of it, in order; so without one revision it can be made again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Activity, Books, Claim, Claims, ContactPoint, Facts, Geocoding, Layer, Municipality, Pair, PairKey,
    PolicyStatement, Property, Source, Statement, vocabulary::InventoryStatus,
};

/// The lists in which something stands that can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Claims on places.
    Places,
    /// Claims on documents of policy.
    Policy,
    /// Doubtful pairs.
    Pairs,
    /// Where addresses were found.
    Geocodings,
    /// What municipalities state of their list and their contact.
    Municipalities,
    /// Sources.
    Sources,
    /// The layers that they belong to.
    Layers,
    /// What is held at places.
    Activities,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Places,
        Self::Policy,
        Self::Pairs,
        Self::Geocodings,
        Self::Municipalities,
        Self::Sources,
        Self::Layers,
        Self::Activities,
    ];

    /// The name by which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Places => "place",
            Self::Policy => "policy",
            Self::Pairs => "pair",
            Self::Geocodings => "geocoding",
            Self::Municipalities => "municipality",
            Self::Sources => "source",
            Self::Layers => "layer",
            Self::Activities => "activity",
        }
    }
}

/// Where one thing stands that is said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The list.
    pub list: List,
    /// Key of what it is said of: a place, a document, a municipality, a source.
    pub subject: String,
    /// The property; of a pair its record; empty where there is one for each subject.
    pub key: String,
    /// Id of the source that says it; empty where it is not known, or does not matter.
    pub source: String,
}

impl Slot {
    /// Where a source says a property of a place.
    pub fn of_place(place: &str, key: &str, source: &str) -> Self {
        Self { list: List::Places, subject: place.to_owned(), key: key.to_owned(), source: source.to_owned() }
    }

    /// Where a source says a property of a document of policy.
    pub fn of_policy(document: &str, key: &str, source: &str) -> Self {
        Self { list: List::Policy, subject: document.to_owned(), key: key.to_owned(), source: source.to_owned() }
    }

    /// Where a source says what is held at a place, all of it: a file that leaves something out says that it is over.
    pub fn of_programme(place: &str, source: &str) -> Self {
        Self { list: List::Activities, subject: place.to_owned(), key: String::new(), source: source.to_owned() }
    }

    /// Where a source is described.
    pub fn of_source(source: &str) -> Self {
        Self { list: List::Sources, subject: source.to_owned(), key: String::new(), source: source.to_owned() }
    }

    /// Where a layer is described.
    pub fn of_layer(layer: &str) -> Self {
        Self { list: List::Layers, subject: layer.to_owned(), key: String::new(), source: String::new() }
    }

    /// The slot without who says it, where one value stands for all who say it: of municipalities.
    pub fn shared(&self) -> Self {
        match self.list {
            List::Municipalities => Self { source: String::new(), ..self.clone() },
            _ => self.clone(),
        }
    }
}

/// What a municipality states of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "property", content = "value", rename_all = "camelCase")]
pub enum MunicipalityStatement {
    /// Whether its list of places is complete, by the name of the term.
    Inventory(String),
    /// How many places it says there are.
    ExpectedPlaces(Option<i32>),
    /// Where to ask.
    Contact(Option<ContactPoint>),
}

impl MunicipalityStatement {
    /// What a municipality states now, one for each property.
    pub fn all_of(municipality: &Municipality) -> [(&'static str, Self); 3] {
        use super::vocabulary::Term as _;
        [
            ("inventory", Self::Inventory(municipality.inventory.name().to_owned())),
            ("expectedPlaces", Self::ExpectedPlaces(municipality.expected_places)),
            ("contact", Self::Contact(municipality.contact.clone())),
        ]
    }

    /// Writes the statement into a municipality.
    pub fn apply_to(&self, municipality: &mut Municipality) {
        use super::vocabulary::Term as _;
        match self.clone() {
            Self::Inventory(name) => {
                municipality.inventory = InventoryStatus::parse(&name).unwrap_or(InventoryStatus::Unknown);
            }
            Self::ExpectedPlaces(expected) => municipality.expected_places = expected,
            Self::Contact(contact) => municipality.contact = contact,
        }
    }
}

/// What can stand in a slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kept {
    /// Of [`List::Places`].
    Place(Claim<Statement>),
    /// Of [`List::Policy`].
    Policy(Claim<PolicyStatement>),
    /// Of [`List::Pairs`].
    Pair(Pair),
    /// Of [`List::Geocodings`].
    Geocoding(Geocoding),
    /// Of [`List::Municipalities`].
    Municipality(MunicipalityStatement),
    /// Of [`List::Sources`].
    Source(Source),
    /// Of [`List::Layers`].
    Layer(Layer),
    /// Of [`List::Activities`], ascending by key.
    Programme(Vec<Activity>),
}

/// What becomes of what stood in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// It was said: it counts, unless the source said something on a later day.
    Said,
    /// It stands from now on, whatever stood there.
    Set,
}

/// What a revision said of one slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where.
    pub slot: Slot,
    /// How it counts beside what stood there.
    pub manner: Manner,
    /// What stood there before the revision.
    pub before: Option<Kept>,
    /// What was said; `None`: nothing is to stand there.
    pub said: Option<Kept>,
}

/// Something that an import says, be it that it was known already.
#[derive(Clone, Debug, PartialEq)]
pub struct Uttered {
    /// Where.
    pub slot: Slot,
    /// How it counts beside what stood there.
    pub manner: Manner,
    /// What it says.
    pub kept: Kept,
}

impl Uttered {
    /// A claim on a place.
    pub fn of_place(claim: Claim<Statement>, manner: Manner) -> Self {
        let slot = Slot::of_place(&claim.subject, &claim.statement.key(), &claim.source);
        Self { slot, manner, kept: Kept::Place(claim) }
    }

    /// A claim on a document of policy.
    pub fn of_policy(claim: Claim<PolicyStatement>) -> Self {
        let slot = Slot::of_policy(&claim.subject, &claim.statement.key(), &claim.source);
        Self { slot, manner: Manner::Said, kept: Kept::Policy(claim) }
    }

    /// What a source says is held at a place, ascending by key.
    pub fn of_programme(place: &str, source: &str, activities: Vec<Activity>) -> Self {
        Self { slot: Slot::of_programme(place, source), manner: Manner::Set, kept: Kept::Programme(activities) }
    }

    /// That a source of a layer speaks.
    pub fn of_source(source: Source, layer: Layer) -> [Self; 2] {
        let slots = [Slot::of_source(&source.id), Slot::of_layer(&layer.key)];
        let [of_source, of_layer] = slots;
        [
            Self { slot: of_source, manner: Manner::Said, kept: Kept::Source(source) },
            Self { slot: of_layer, manner: Manner::Said, kept: Kept::Layer(layer) },
        ]
    }
}

impl Change {
    /// Where the source keeps the name that it says here, once it says another: as a former one.
    pub fn former_name(&self) -> Option<Slot> {
        match &self.said {
            Some(Kept::Place(Claim { statement: Statement::Name(name), .. })) => {
                let key = Statement::AlternativeName(name.clone()).key();
                Some(Slot { key, ..self.slot.clone() })
            }
            _ => None,
        }
    }
}

/// A revision of the books that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionRecord {
    /// Its number, ascending.
    pub number: i32,
    /// The number of the edition that it made; `None`: what is served stayed as it was.
    pub edition: Option<i32>,
    /// The revision that it takes back.
    pub reverts: Option<i32>,
    /// Since when it is no longer kept what it said, so that it can no longer be taken back.
    pub pruned_at: Option<DateTime<Utc>>,
}

/// What is written down of a revision besides what differs in the books.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// What was said.
    pub uttered: Vec<Uttered>,
    /// The revision that it takes back.
    pub reverts: Option<i32>,
    /// The slots in which something else stands because that revision counts no longer: nothing was said there now.
    pub settled: BTreeSet<Slot>,
}

/// What a revision from `before` to `after` is written down as, ascending by slot.
///
/// Answers to a questionnaire are left out: who took part may take the answers back, and then nothing is to bring them back.
pub fn changes(before: &Books, after: &Books, journal: Journal) -> Vec<Change> {
    // Millions of them in a large import: each slot stands here once.
    let mut changes: BTreeMap<Slot, Said> = BTreeMap::new();
    for Uttered { slot, manner, kept } in journal.uttered {
        let is_later = |other: &Said| match (&other.said, &kept) {
            (Some(Kept::Place(other)), Kept::Place(claim)) => manner == Manner::Said && other.stated > claim.stated,
            (Some(Kept::Policy(other)), Kept::Policy(claim)) => manner == Manner::Said && other.stated > claim.stated,
            _ => false,
        };
        if changes.get(&slot).is_some_and(is_later) {
            continue;
        }
        let before = standing(before, &slot);
        changes.insert(slot, Said { manner, before, said: Some(kept) });
    }
    let is_shared = |slot: &&Slot| slot.list == List::Municipalities;
    let shared = changes.keys().filter(is_shared).chain(&journal.settled).map(Slot::shared);
    let told: BTreeSet<Slot> = shared.collect();
    differing(before, after, |slot| {
        if !told.contains(&slot.shared()) && !changes.contains_key(&slot) {
            let (before, said) = (standing(before, &slot), standing(after, &slot));
            changes.insert(slot, Said { manner: Manner::Set, before, said });
        }
    });
    let in_confidence: BTreeSet<&str> = [before, after]
        .into_iter()
        .flat_map(|books| &books.facts.sources)
        .filter(|source| Layer::is_of_questionnaire(&source.layer))
        .map(|source| source.id.as_str())
        .collect();
    changes
        .into_iter()
        .filter(|(slot, _)| !in_confidence.contains(slot.source.as_str()))
        .map(|(slot, Said { manner, before, said })| Change { slot, manner, before, said })
        .collect()
}

/// A [`Change`] beside its slot.
struct Said {
    manner: Manner,
    before: Option<Kept>,
    said: Option<Kept>,
}

/// What stands in a slot of the books.
pub fn standing(books: &Books, slot: &Slot) -> Option<Kept> {
    let Slot { list, subject, key, source } = slot;
    let ledger = &books.ledger;
    match list {
        List::Places => ledger.places.claim(subject, key, source).cloned().map(Kept::Place),
        List::Policy => ledger.policy.claim(subject, key, source).cloned().map(Kept::Policy),
        List::Pairs => {
            ledger.pairs.get(&PairKey { record: key.clone(), place: subject.clone() }).cloned().map(Kept::Pair)
        }
        List::Geocodings => ledger.geocodings.get(subject).cloned().map(Kept::Geocoding),
        List::Municipalities => {
            let known = books.facts.municipalities.iter().find(|known| known.code.as_str() == subject)?;
            let mut all = MunicipalityStatement::all_of(known).into_iter();
            all.find(|(property, _)| property == key).map(|(_, statement)| Kept::Municipality(statement))
        }
        List::Sources => books.facts.sources.iter().find(|source| source.id == *subject).cloned().map(Kept::Source),
        List::Layers => books.facts.layers.iter().find(|layer| layer.key == *subject).cloned().map(Kept::Layer),
        List::Activities => {
            let is_meant = |activity: &&Activity| activity.source == *source && activity.place == *subject;
            // Nothing is as much of an answer as something.
            Some(Kept::Programme(books.facts.activities.iter().filter(is_meant).cloned().collect()))
        }
    }
}

/// Tells the slots in which something else stands, some of them twice.
fn differing(before: &Books, after: &Books, mut tell: impl FnMut(Slot)) {
    claims(&before.ledger.places, &after.ledger.places, |claim, key| {
        tell(Slot::of_place(&claim.subject, &key, &claim.source));
    });
    claims(&before.ledger.policy, &after.ledger.policy, |claim, key| {
        tell(Slot::of_policy(&claim.subject, &key, &claim.source));
    });
    let (old, new) = (&before.ledger.pairs, &after.ledger.pairs);
    for key in old.keys().chain(new.keys()).filter(|key| old.get(key) != new.get(key)) {
        let source = new.get(key).or(old.get(key)).map(|pair| pair.source.clone()).unwrap_or_default();
        tell(Slot { list: List::Pairs, subject: key.place.clone(), key: key.record.clone(), source });
    }
    let (old, new) = (&before.ledger.geocodings, &after.ledger.geocodings);
    for place in old.keys().chain(new.keys()).filter(|place| old.get(*place) != new.get(*place)) {
        let (subject, key) = (place.clone(), String::new());
        tell(Slot { list: List::Geocodings, subject, key, source: String::new() });
    }
    let old: BTreeMap<&str, &Municipality> = by_code(&before.facts.municipalities);
    for municipality in &after.facts.municipalities {
        let Some(known) = old.get(municipality.code.as_str()).filter(|known| **known != municipality) else { continue };
        let both = MunicipalityStatement::all_of(known).into_iter().zip(MunicipalityStatement::all_of(municipality));
        for ((key, _), _) in both.filter(|((_, was), (_, is))| was != is) {
            let (subject, key) = (municipality.code.to_string(), key.to_owned());
            tell(Slot { list: List::Municipalities, subject, key, source: String::new() });
        }
    }
    let by_id = |facts: &Facts| -> BTreeMap<String, Source> {
        facts.sources.iter().map(|source| (source.id.clone(), source.clone())).collect()
    };
    if before.facts.sources != after.facts.sources {
        let (old, new) = (by_id(&before.facts), by_id(&after.facts));
        let ids = old.keys().chain(new.keys()).filter(|id| old.get(*id) != new.get(*id));
        ids.for_each(|id| tell(Slot::of_source(id)));
    }
    let (old, new) = (&before.facts.layers, &after.facts.layers);
    let layers = old.iter().filter(|layer| !new.contains(layer)).chain(new.iter().filter(|layer| !old.contains(layer)));
    layers.for_each(|layer| tell(Slot::of_layer(&layer.key)));
    let (old, new) = (by_slot(&before.facts.activities), by_slot(&after.facts.activities));
    old.keys().chain(new.keys()).filter(|slot| old.get(slot) != new.get(slot)).for_each(|slot| tell(slot.clone()));
}

fn by_slot(activities: &[Activity]) -> BTreeMap<Slot, Vec<&Activity>> {
    let mut by_slot: BTreeMap<Slot, Vec<&Activity>> = BTreeMap::new();
    for activity in activities {
        by_slot.entry(Slot::of_programme(&activity.place, &activity.source)).or_default().push(activity);
    }
    by_slot
}

fn by_code(municipalities: &[Municipality]) -> BTreeMap<&str, &Municipality> {
    municipalities.iter().map(|municipality| (municipality.code.as_str(), municipality)).collect()
}

/// Tells each claim that stands in one of the two only, or otherwise, with its key.
fn claims<P: Property>(before: &Claims<P>, after: &Claims<P>, mut tell: impl FnMut(&Claim<P>, String)) {
    let new = after.by_subject.keys().filter(|subject| !before.by_subject.contains_key(*subject));
    for subject in before.by_subject.keys().chain(new) {
        let (was, is) = (before.of(subject), after.of(subject));
        if was == is {
            continue;
        }
        for claim in was.iter().filter(|claim| !is.contains(claim)) {
            tell(claim, claim.statement.key());
        }
        for claim in is.iter().filter(|claim| !was.contains(claim)) {
            tell(claim, claim.statement.key());
        }
    }
}
