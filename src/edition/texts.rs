//! What is searched in: the texts of places, and the names of everything that has one.

use std::cmp::Reverse;

use super::{
    ActivityEntry, Hit, MunicipalityEntry, NeighbourhoodEntry, Node, PlaceEntry, SettlementEntry, Street, index_of,
};
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

/// Activities by their names, types, organisers and places; document i is activity i.
pub(super) fn of_activities(
    activities: &[ActivityEntry],
    places: &[PlaceEntry],
    municipalities: &[MunicipalityEntry],
) -> TextIndex {
    TextIndex::build(activities.iter().map(|entry| activity_fields(entry, places, municipalities)))
}

fn activity_fields<'a>(
    entry: &'a ActivityEntry,
    places: &'a [PlaceEntry],
    municipalities: &'a [MunicipalityEntry],
) -> Vec<Field<'a>> {
    let label = |text| Field { text, weight: Weight::Label };
    let facts = &entry.facts;
    let place = &places[entry.place as usize];
    let mut fields = vec![
        Field { text: &facts.name, weight: Weight::Name },
        Field { text: &place.facts.name, weight: Weight::Area },
        Field { text: &place.facts.settlement, weight: Weight::Area },
        label(&municipalities[place.municipality as usize].facts.name),
    ];
    if let Some(kind) = facts.activity_type {
        let labels = kind.label().map(|of| [of.label_nl.as_str(), of.label_en.as_str()]);
        fields.extend(labels.into_iter().flatten().chain(everyday(kind.name())).map(label));
    }
    fields.extend(facts.organiser.as_deref().map(label));
    fields
}

fn place_fields<'a>(
    entry: &'a PlaceEntry,
    settlements: &'a [SettlementEntry],
    municipalities: &'a [MunicipalityEntry],
) -> Vec<Field<'a>> {
    fn label<T: Term>(term: T) -> Option<Field<'static>> {
        term.label().map(|label| Field { text: &label.label_nl, weight: Weight::Label })
    }
    fn called<T: Term>(term: T) -> impl Iterator<Item = Field<'static>> + use<T> {
        let everyday = everyday(term.name()).map(|text| Field { text, weight: Weight::Label });
        label(term).into_iter().chain(everyday)
    }
    let facts = &entry.facts;
    let mut fields = vec![
        Field { text: &facts.name, weight: Weight::Name },
        Field { text: &facts.settlement, weight: Weight::Area },
        // A place in the village of the name is meant before one elsewhere in the municipality.
        Field { text: &municipalities[entry.municipality as usize].facts.name, weight: Weight::Label },
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
    facts.facilities.iter().flat_map(|term| called(*term)).for_each(|field| fields.push(field));
    facts.activities.iter().flat_map(|term| called(*term)).for_each(|field| fields.push(field));
    fields
}

/// What people say to a type besides its label and description.
const EVERYDAY: [(&str, &str); 14] = [
    ("BIBLIOTHEEK", "bieb"),
    ("CONSULTATIEBUREAU", "consultatie"),
    ("HORECA", "café restaurant"),
    ("KINDEROPVANG", "crèche peuterspeelzaal"),
    ("MUZIEKONDERWIJS", "muziekles"),
    ("VERGADERRUIMTES", "zaalverhuur"),
    ("DARTEN", "darts"),
    ("EETCAFE", "eettafel"),
    ("GYM_YOGA", "gymnastiek"),
    ("KINDERACTIVITEIT", "kinderclub"),
    ("KLEEDJESMARKT", "rommelmarkt"),
    ("KOFFIEMOMENT", "koffieochtend"),
    ("KOREN", "koor"),
    ("SINTERKLAASFEEST", "intocht"),
];

fn everyday(term: &str) -> Option<&'static str> {
    EVERYDAY.iter().find(|(of, _)| *of == term).map(|(_, text)| *text)
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
/// municipalities, types, places, activities, settlements by inhabitants, neighbourhoods, streets.
pub(super) fn of_hits(
    places: &[PlaceEntry],
    municipalities: &[MunicipalityEntry],
    settlements: &[SettlementEntry],
    neighbourhoods: &[NeighbourhoodEntry],
    streets: &[Street],
    activities: &[ActivityEntry],
) -> (TextIndex, Vec<Hit>) {
    fn most_inhabitants_first<T>(entries: &[T], population: impl Fn(&T) -> Option<i32>) -> Vec<u32> {
        let mut indices: Vec<u32> = (0..index_of(entries.len())).collect();
        indices.sort_by_key(|index| (Reverse(population(&entries[*index as usize])), *index));
        indices
    }
    let name = |text| Field { text, weight: Weight::Name };
    let area = |text| Field { text, weight: Weight::Area };
    let label = |text| Field { text, weight: Weight::Label };
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
    for (index, entry) in (0..).zip(activities) {
        documents.push((Hit::Node(Node::Activity(index)), activity_fields(entry, places, municipalities)));
    }
    for index in most_inhabitants_first(settlements, |entry| entry.facts.population) {
        let entry = &settlements[index as usize];
        let fields = vec![name(&entry.facts.name), label(municipality(entry.municipality))];
        documents.push((Hit::Node(Node::Settlement(index)), fields));
    }
    for (index, entry) in (0..).zip(neighbourhoods) {
        let fields = vec![name(&entry.facts.name), label(municipality(entry.municipality))];
        documents.push((Hit::Node(Node::Neighbourhood(index)), fields));
    }
    for (index, street) in (0..).zip(streets) {
        let fields = vec![name(&street.name), area(&street.settlement), label(municipality(street.municipality))];
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
    fields.extend(everyday(term.name()).map(|text| Field { text, weight: Weight::AlternativeName }));
    fields.extend(described.map(|text| Field { text, weight: Weight::Label }));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_are_of_terms_that_there_are() {
        for (term, _) in EVERYDAY {
            assert!(FacilityType::parse(term).is_some() || ActivityType::parse(term).is_some(), "{term}");
        }
    }
}
