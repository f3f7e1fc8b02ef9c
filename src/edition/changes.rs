//! What is different between two editions: from facts to facts, told by the names that the schema has for them.
//!
//! Told is what is known of the thing itself. What follows from other facts (counts, coverage, what is nearby, the
//! settlement around a point) is not: it would make every neighbour of a new place a changed one.

use std::collections::{BTreeMap, HashMap};

use super::NodeId;
use crate::model::{
    Facts, Municipality, MunicipalityCode, Neighbourhood, PLAIN, Place, PolicyDocument, PolicyStatus, Settlement,
    Source,
};

/// Something that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub id: NodeId,
    /// Its name now; that of before where it is no more.
    pub name: String,
    /// What happened to it.
    pub kind: ChangeKind,
}

/// What happened to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was not there.
    Added,
    /// These fields of the schema have other values, ascending; one at least.
    Changed(Vec<&'static str>),
    /// It is no more.
    Removed,
}

/// What became of the places, municipalities, settlements and neighbourhoods of `before`, ascending by id.
pub fn between(before: &Facts, now: &Facts) -> Vec<Change> {
    let mut changes = Vec::new();
    let (sources_before, sources_now) = (sources_by_place(before), sources_by_place(now));
    let (policies_before, policies_now) = (policies(before), policies(now));
    compare(
        &mut changes,
        (&before.places, &now.places),
        |place| (NodeId::Place(place.key.clone()), &place.name),
        |old, new| {
            let mut fields = of_place(old, new);
            fields.note("sources", &sources_before.get(old.key.as_str()), &sources_now.get(new.key.as_str()));
            fields
        },
    );
    compare(
        &mut changes,
        (&before.municipalities, &now.municipalities),
        |municipality| (NodeId::Municipality(municipality.code.clone()), &municipality.name),
        |old, new| {
            let mut fields = of_municipality(old, new);
            fields.note("policy", &policies_before.get(&old.code), &policies_now.get(&new.code));
            fields
        },
    );
    compare(
        &mut changes,
        (&before.settlements, &now.settlements),
        |settlement| (NodeId::Settlement(settlement.id.clone()), &settlement.name),
        of_settlement,
    );
    compare(
        &mut changes,
        (&before.neighbourhoods, &now.neighbourhoods),
        |neighbourhood| (NodeId::Neighbourhood(neighbourhood.code.clone()), &neighbourhood.name),
        of_neighbourhood,
    );
    changes.sort_by_cached_key(|change| change.id.to_string());
    changes
}

/// Both sides of everything in two lists.
fn compare<'a, T>(
    changes: &mut Vec<Change>,
    (before, now): (&'a [T], &'a [T]),
    named: impl Fn(&'a T) -> (NodeId, &'a String),
    fields: impl Fn(&T, &T) -> Fields,
) {
    let mut sides: BTreeMap<String, (Option<&T>, Option<&T>)> = BTreeMap::new();
    for old in before {
        sides.entry(named(old).0.to_string()).or_default().0 = Some(old);
    }
    for new in now {
        sides.entry(named(new).0.to_string()).or_default().1 = Some(new);
    }
    for (old, new) in sides.into_values() {
        let kind = match (old, new) {
            (None, Some(_)) => ChangeKind::Added,
            (Some(_), None) => ChangeKind::Removed,
            (Some(old), Some(new)) => match fields(old, new).told() {
                fields if fields.is_empty() => continue,
                fields => ChangeKind::Changed(fields),
            },
            (None, None) => continue,
        };
        let Some((id, name)) = new.or(old).map(&named) else { continue };
        changes.push(Change { id, name: name.clone(), kind });
    }
}

/// Names of fields that differ.
#[derive(Default)]
struct Fields(Vec<&'static str>);

impl Fields {
    fn note<T: PartialEq>(&mut self, field: &'static str, old: &T, new: &T) {
        if old != new {
            self.0.push(field);
        }
    }

    fn told(mut self) -> Vec<&'static str> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}

fn of_place(old: &Place, new: &Place) -> Fields {
    let mut fields = Fields::default();
    fields.note("name", &old.name, &new.name);
    fields.note("alternativeNames", &old.alternative_names, &new.alternative_names);
    fields.note("kind", &old.kind, &new.kind);
    fields.note("kindBasis", &old.kind_basis, &new.kind_basis);
    fields.note("status", &old.status, &new.status);
    fields.note("lastConfirmed", &old.last_confirmed, &new.last_confirmed);
    fields.note("municipality", &old.municipality, &new.municipality);
    fields.note("settlement", &old.settlement, &new.settlement);
    // The district as a source names it; under this name sources support it too.
    fields.note("settlementArea", &old.neighbourhood, &new.neighbourhood);
    // Its line has the name of the settlement.
    let line = |place: &Place| place.address.clone().map(|address| (address, place.settlement.clone()));
    fields.note("address", &line(old), &line(new));
    fields.note("location", &old.location, &new.location);
    fields.note("facilities", &old.facilities, &new.facilities);
    fields.note("absentFacilities", &old.absent_facilities, &new.absent_facilities);
    fields.note("activities", &old.activities, &new.activities);
    fields.note("absentActivities", &old.absent_activities, &new.absent_activities);
    for plain in PLAIN {
        fields.note(plain.field, &(plain.of)(old), &(plain.of)(new));
    }
    fields
}

fn of_municipality(old: &Municipality, new: &Municipality) -> Fields {
    let mut fields = Fields::default();
    fields.note("slug", &old.slug, &new.slug);
    fields.note("name", &old.name, &new.name);
    fields.note("population", &old.population, &new.population);
    fields.note("populationDate", &old.population_date, &new.population_date);
    fields.note("landArea", &(old.land_area_km2, old.land_area_year), &(new.land_area_km2, new.land_area_year));
    fields.note("labelPoint", &(old.label_lon, old.label_lat), &(new.label_lon, new.label_lat));
    fields.note("inventory", &old.inventory, &new.inventory);
    fields.note("expectedPlaces", &old.expected_places, &new.expected_places);
    fields.note("contactPoint", &old.contact, &new.contact);
    fields.note("boundary", &old.boundary, &new.boundary);
    fields
}

fn of_settlement(old: &Settlement, new: &Settlement) -> Fields {
    let mut fields = Fields::default();
    fields.note("slug", &old.slug, &new.slug);
    fields.note("name", &old.name, &new.name);
    fields.note("kind", &old.kind, &new.kind);
    fields.note("municipality", &old.municipality, &new.municipality);
    fields.note("parent", &old.parent, &new.parent);
    fields.note("population", &old.population, &new.population);
    fields.note("populationDate", &old.population_date, &new.population_date);
    fields.note("ownPopulation", &old.own_population, &new.own_population);
    fields.note("location", &(old.lon, old.lat), &(new.lon, new.lat));
    fields.note("boundary", &old.outline, &new.outline);
    fields
}

fn of_neighbourhood(old: &Neighbourhood, new: &Neighbourhood) -> Fields {
    let mut fields = Fields::default();
    fields.note("name", &old.name, &new.name);
    fields.note("level", &old.level, &new.level);
    fields.note("municipality", &old.municipality, &new.municipality);
    fields.note("population", &old.population, &new.population);
    fields.note("boundary", &old.boundary, &new.boundary);
    fields
}

/// A source without the day on which it was read, which is bookkeeping of ours as `updated_at` is.
fn as_published(source: &Source) -> Source {
    Source { retrieved: None, ..source.clone() }
}

/// The sources of a place, each with the fields it supports.
type Support<'a> = Vec<(Option<Source>, &'a [String])>;

fn sources_by_place(facts: &Facts) -> HashMap<&str, Support<'_>> {
    let by_id: HashMap<&str, &Source> = facts.sources.iter().map(|source| (source.id.as_str(), source)).collect();
    let mut found: HashMap<&str, Support<'_>> = HashMap::new();
    for link in &facts.place_sources {
        let source = by_id.get(link.source.as_str()).copied().map(as_published);
        found.entry(&link.place).or_default().push((source, &link.fields));
    }
    found
}

/// What a municipality decided, and its documents with their sources.
type Policy<'a> = (Vec<(&'a PolicyDocument, Option<Source>)>, Vec<&'a PolicyStatus>);

fn policies(facts: &Facts) -> HashMap<&MunicipalityCode, Policy<'_>> {
    let by_id: HashMap<&str, &Source> = facts.sources.iter().map(|source| (source.id.as_str(), source)).collect();
    let mut found: HashMap<&MunicipalityCode, Policy<'_>> = HashMap::new();
    for document in &facts.policy_documents {
        let source = by_id.get(document.source.as_str()).copied().map(as_published);
        found.entry(&document.municipality).or_default().0.push((document, source));
    }
    for status in &facts.policy_statuses {
        found.entry(&status.municipality).or_default().1.push(status);
    }
    found
}
