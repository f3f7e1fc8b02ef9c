//! What is searched in: the texts of places, and the names of everything that has one.

use std::cmp::Reverse;

use super::{MunicipalityEntry, NeighbourhoodEntry, Node, PlaceEntry, SettlementEntry, index_of};
use crate::{
    model::vocabulary::Term,
    search::{Field, TextIndex, Weight},
};

/// Places by their names, settlements, and the Dutch labels of what they list; document i is place i.
pub(super) fn of_places(places: &[PlaceEntry], settlements: &[SettlementEntry]) -> TextIndex {
    TextIndex::build(places.iter().map(|entry| place_fields(entry, settlements)))
}

/// Settlements by name; document i is settlement i.
pub(super) fn of_settlements(settlements: &[SettlementEntry]) -> TextIndex {
    TextIndex::build(settlements.iter().map(|entry| [Field { text: &entry.facts.name, weight: Weight::Name }]))
}

fn place_fields<'a>(entry: &'a PlaceEntry, settlements: &'a [SettlementEntry]) -> Vec<Field<'a>> {
    fn label<T: Term>(term: T) -> Option<Field<'static>> {
        term.label().map(|label| Field { text: &label.label_nl, weight: Weight::Label })
    }
    let facts = &entry.facts;
    let mut fields = vec![
        Field { text: &facts.name, weight: Weight::Name },
        Field { text: &facts.settlement, weight: Weight::Area },
    ];
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

/// One index over everything that has a name. Of equal hits the earlier document comes first, hence the order:
/// municipalities and settlements by inhabitants, neighbourhoods, places.
pub(super) fn of_nodes(
    places: &[PlaceEntry],
    municipalities: &[MunicipalityEntry],
    settlements: &[SettlementEntry],
    neighbourhoods: &[NeighbourhoodEntry],
) -> (TextIndex, Vec<Node>) {
    fn most_inhabitants_first<T>(entries: &[T], population: impl Fn(&T) -> Option<i32>) -> Vec<u32> {
        let mut indices: Vec<u32> = (0..index_of(entries.len())).collect();
        indices.sort_by_key(|index| (Reverse(population(&entries[*index as usize])), *index));
        indices
    }
    let name = |text| Field { text, weight: Weight::Name };
    let mut documents: Vec<(Node, Vec<Field<'_>>)> = Vec::new();
    for index in most_inhabitants_first(municipalities, |entry| entry.facts.population) {
        documents.push((Node::Municipality(index), vec![name(&municipalities[index as usize].facts.name)]));
    }
    for index in most_inhabitants_first(settlements, |entry| entry.facts.population) {
        let entry = &settlements[index as usize];
        let municipality = &municipalities[entry.municipality as usize].facts.name;
        let fields = vec![name(&entry.facts.name), Field { text: municipality, weight: Weight::Area }];
        documents.push((Node::Settlement(index), fields));
    }
    for (index, entry) in (0..).zip(neighbourhoods) {
        documents.push((Node::Neighbourhood(index), vec![name(&entry.facts.name)]));
    }
    for (index, entry) in (0..).zip(places) {
        let facts = &entry.facts;
        let mut fields = vec![name(&facts.name), Field { text: &facts.settlement, weight: Weight::Area }];
        fields.extend(facts.alternative_names.iter().map(|text| Field { text, weight: Weight::AlternativeName }));
        documents.push((Node::Place(index), fields));
    }
    let (nodes, fields): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
    (TextIndex::build(fields), nodes)
}
