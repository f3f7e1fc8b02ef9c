//! What is searched in: the texts of places, and the names of everything that has one.

use std::cmp::Reverse;

use super::{Hit, MunicipalityEntry, NeighbourhoodEntry, Node, PlaceEntry, SettlementEntry, Street, index_of};
use crate::{
    model::{
        Place,
        vocabulary::{ActivityType, FacilityType, Term},
    },
    search::{Field, TextIndex, Weight, fold},
};

/// Places by their names, areas, addresses, and the Dutch labels of what they are and list; document i is place i.
pub(super) fn of_places(
    places: &[PlaceEntry],
    settlements: &[SettlementEntry],
    municipalities: &[MunicipalityEntry],
) -> TextIndex {
    TextIndex::build(places.iter().map(|entry| place_fields(entry, settlements, municipalities)))
}

/// Settlements by name; document i is settlement i.
pub(super) fn of_settlements(settlements: &[SettlementEntry]) -> TextIndex {
    TextIndex::build(settlements.iter().map(|entry| [Field { text: &entry.facts.name, weight: Weight::Name }]))
}

fn place_fields<'a>(
    entry: &'a PlaceEntry,
    settlements: &'a [SettlementEntry],
    municipalities: &'a [MunicipalityEntry],
) -> Vec<Field<'a>> {
    fn label<T: Term>(term: T) -> Option<Field<'static>> {
        term.label().map(|label| Field { text: &label.label_nl, weight: Weight::Label })
    }
    let facts = &entry.facts;
    let mut fields = vec![
        Field { text: &facts.name, weight: Weight::Name },
        Field { text: &facts.settlement, weight: Weight::Area },
        Field { text: &municipalities[entry.municipality as usize].facts.name, weight: Weight::Area },
    ];
    fields.extend(bare_name(facts).map(|text| Field { text, weight: Weight::Name }));
    let address = facts.address.iter().flat_map(|address| [&address.street, &address.postcode]).flatten();
    fields.extend(address.map(|text| Field { text, weight: Weight::Label }));
    fields.extend(facts.kind.and_then(label));
    fields.extend(facts.alternative_names.iter().map(|text| Field { text, weight: Weight::AlternativeName }));
    fields.extend(facts.neighbourhood.iter().map(|text| Field { text, weight: Weight::Area }));
    let mut up = entry.settlement;
    while let Some(settlement) = up {
        let settlement = &settlements[settlement as usize];
        fields.push(Field { text: &settlement.facts.name, weight: Weight::Area });
        up = settlement.parent;
    }
    fields.extend(facts.facilities.iter().filter_map(|term| label(*term)));
    fields.extend(facts.activities.iter().filter_map(|term| label(*term)));
    fields
}

/// What a place is called without the word for what it is, folded, before it: people say De Schalm to Wijkcentrum De Schalm. `None` where that is the
/// name of its village.
fn bare_name(place: &Place) -> Option<&str> {
    const KINDS: [&str; 9] = [
        "buurtcentrum",
        "buurthuis",
        "dorpshuis",
        "gemeenschapshuis",
        "kulturhus",
        "mfa",
        "mfc",
        "ontmoetingscentrum",
        "wijkcentrum",
    ];
    let (first, rest) = place.name.split_once(' ')?;
    let is_telling = KINDS.contains(&fold(first).as_str()) && fold(rest) != fold(&place.settlement);
    is_telling.then_some(rest)
}

/// One index over everything that a search can find but postcodes. Of equal hits the earlier document comes first, hence the order:
/// municipalities, types, places, settlements by inhabitants, neighbourhoods, streets.
pub(super) fn of_hits(
    places: &[PlaceEntry],
    municipalities: &[MunicipalityEntry],
    settlements: &[SettlementEntry],
    neighbourhoods: &[NeighbourhoodEntry],
    streets: &[Street],
) -> (TextIndex, Vec<Hit>) {
    fn most_inhabitants_first<T>(entries: &[T], population: impl Fn(&T) -> Option<i32>) -> Vec<u32> {
        let mut indices: Vec<u32> = (0..index_of(entries.len())).collect();
        indices.sort_by_key(|index| (Reverse(population(&entries[*index as usize])), *index));
        indices
    }
    let name = |text| Field { text, weight: Weight::Name };
    let area = |text| Field { text, weight: Weight::Area };
    let municipality = |index: u32| municipalities[index as usize].facts.name.as_str();
    let mut documents: Vec<(Hit, Vec<Field<'_>>)> = Vec::new();
    for index in most_inhabitants_first(municipalities, |entry| entry.facts.population) {
        documents.push((Hit::Node(Node::Municipality(index)), vec![name(municipality(index))]));
    }
    documents.extend(FacilityType::all().map(|term| (Hit::Facility(term), type_fields(term))));
    documents.extend(ActivityType::all().map(|term| (Hit::Activity(term), type_fields(term))));
    for (index, entry) in (0..).zip(places) {
        documents.push((Hit::Node(Node::Place(index)), place_fields(entry, settlements, municipalities)));
    }
    for index in most_inhabitants_first(settlements, |entry| entry.facts.population) {
        let entry = &settlements[index as usize];
        let fields = vec![name(&entry.facts.name), area(municipality(entry.municipality))];
        documents.push((Hit::Node(Node::Settlement(index)), fields));
    }
    for (index, entry) in (0..).zip(neighbourhoods) {
        let fields = vec![name(&entry.facts.name), area(municipality(entry.municipality))];
        documents.push((Hit::Node(Node::Neighbourhood(index)), fields));
    }
    for (index, street) in (0..).zip(streets) {
        let fields = vec![name(&street.name), area(&street.settlement), area(municipality(street.municipality))];
        documents.push((Hit::Street(index), fields));
    }
    let (hits, fields): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
    (TextIndex::build(fields), hits)
}

/// What a type is called in both languages, and the words that describe it.
fn type_fields<T: Term>(term: T) -> Vec<Field<'static>> {
    let Some(label) = term.label() else { return Vec::new() };
    let described = [&label.description_nl, &label.description_en].into_iter().flatten();
    let mut fields = vec![
        Field { text: &label.label_nl, weight: Weight::Name },
        Field { text: &label.label_en, weight: Weight::AlternativeName },
    ];
    fields.extend(described.map(|text| Field { text, weight: Weight::Label }));
    fields
}
