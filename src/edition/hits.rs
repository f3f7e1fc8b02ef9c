//! What a search finds. The GraphQL derive stands here for the reason told in [`vocabulary`](crate::model::vocabulary).

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::{Edition, MunicipalityFilter, Node, PlaceEntry, Within, named};
use crate::model::{
    Postcode,
    vocabulary::{ActivityType, FacilityType, PlaceStatus},
};

/// What a search can find (soort zoekresultaat).
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchType {
    /// Ontmoetingsplek: a place.
    Place,
    /// Activiteit: an activity at a place.
    Activity,
    /// Gemeente: a municipality.
    Municipality,
    /// CBS wijk or buurt.
    Neighbourhood,
    /// Kern, wijk, buurt of buurtschap: a settlement of TOP10NL.
    Settlement,
    /// Soort voorziening: a type of facility.
    FacilityType,
    /// Soort activiteit: a type of activity.
    ActivityType,
    /// Postcode of a place.
    Postcode,
    /// Straat: a street in which a place stands.
    Street,
}

/// Something that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// Something with an id of its own.
    Node(Node),
    /// A type of facility.
    Facility(FacilityType),
    /// A type of activity.
    Activity(ActivityType),
    /// A street, by its index in [`Edition::street`].
    Street(u32),
    /// A postcode.
    Postcode(Postcode),
}

impl Hit {
    /// What it is.
    pub fn kind(&self) -> SearchType {
        match self {
            Self::Node(Node::Place(_)) => SearchType::Place,
            Self::Node(Node::Activity(_)) => SearchType::Activity,
            Self::Node(Node::Municipality(_)) => SearchType::Municipality,
            Self::Node(Node::Neighbourhood(_)) => SearchType::Neighbourhood,
            Self::Node(Node::Settlement(_)) => SearchType::Settlement,
            Self::Facility(_) => SearchType::FacilityType,
            Self::Activity(_) => SearchType::ActivityType,
            Self::Street(_) => SearchType::Street,
            Self::Postcode(_) => SearchType::Postcode,
        }
    }
}

/// A street in which places stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Street {
    /// Its name.
    pub name: String,
    /// Village or town, as the places have it.
    pub settlement: String,
    /// Index of the municipality.
    pub municipality: u32,
    /// The places, closed ones included.
    pub places: RoaringBitmap,
}

/// The streets of all places, by municipality, settlement and name.
pub(super) fn streets(places: &[PlaceEntry]) -> Vec<Street> {
    let mut found: BTreeMap<(u32, &str, &str), RoaringBitmap> = BTreeMap::new();
    for (index, entry) in (0..).zip(places) {
        if let Some(street) = entry.facts.address.as_ref().and_then(|address| address.street.as_deref()) {
            found.entry((entry.municipality, &entry.facts.settlement, street)).or_default().insert(index);
        }
    }
    let street = |((municipality, settlement, name), places): ((u32, &str, &str), RoaringBitmap)| Street {
        name: name.to_owned(),
        settlement: settlement.to_owned(),
        municipality,
        places,
    };
    found.into_iter().map(street).collect()
}

/// The beginning of a postcode, two digits at least, as it is written without white space and in capitals.
fn postcode_beginning(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let letters = plain.bytes().skip(digits).take_while(u8::is_ascii_uppercase).count();
    let is_one = digits + letters == plain.len()
        && match letters {
            0 => (2..=4).contains(&digits),
            _ => digits == 4 && letters <= 2,
        };
    is_one.then_some(plain)
}

impl Edition {
    /// The street of that index.
    pub fn street(&self, index: u32) -> &Street {
        &self.streets[index as usize]
    }

    /// How many of some places are not closed.
    pub fn not_closed(&self, places: &RoaringBitmap) -> u64 {
        places.difference_len(self.attributes.status.with(PlaceStatus::Closed))
    }

    /// What matches `text`, in an area and of some types where these are given, best first. Of equals municipalities and types of facility and
    /// activity come before places, these before settlements, and larger ones first. Postcodes that begin so come before all.
    pub fn search(&self, text: &str, within: Option<&Within>, types: Option<&[SearchType]>, limit: usize) -> Vec<Hit> {
        let places = within.map(|within| self.places_within(within).certain);
        let municipalities = within.map(|within| {
            let filter = MunicipalityFilter { within: Some(within.clone()), ..MunicipalityFilter::default() };
            self.select_municipalities(&filter)
        });
        let is_within = |hit: &Hit| match (hit, within, &places) {
            (_, None, _) | (_, _, None) => true,
            (Hit::Node(Node::Place(index)), _, Some(places)) => places.contains(*index),
            (Hit::Node(Node::Activity(index)), _, Some(places)) => places.contains(self.activity(*index).place),
            (Hit::Node(Node::Municipality(index)), ..) => {
                municipalities.as_ref().is_none_or(|found| found.contains(index))
            }
            (Hit::Node(Node::Settlement(index)), Some(within), _) => self.is_settlement_within(*index, within),
            (Hit::Node(Node::Neighbourhood(index)), Some(within), _) => self.is_neighbourhood_within(*index, within),
            (Hit::Street(index), _, Some(places)) => !self.street(*index).places.is_disjoint(places),
            (Hit::Postcode(postcode), _, Some(places)) => {
                self.postcode(postcode).is_some_and(|area| !area.places.is_disjoint(places))
            }
            (Hit::Facility(_) | Hit::Activity(_), ..) => true,
        };
        let is_asked = |hit: &Hit| types.is_none_or(|types| types.contains(&hit.kind())) && is_within(hit);
        let postcodes = postcode_beginning(text).map(|beginning| self.postcodes_of(&beginning)).unwrap_or_default();
        let mut hits: Vec<Hit> = postcodes.into_iter().filter(is_asked).take(limit).collect();
        let document = |document: u32| self.hit_documents.get(document as usize);
        let words = named::without_province(text);
        let named = self.hit_texts.ranked_among(words, limit - hits.len(), |at| document(at).is_some_and(is_asked));
        hits.extend(named.into_iter().filter_map(|hit| document(hit.document).cloned()));
        hits
    }

    /// The postcodes that begin so; where the letters are not known, the one of four digits.
    fn postcodes_of(&self, beginning: &str) -> Vec<Hit> {
        let found: Vec<Hit> =
            self.postcodes_beginning(beginning).map(|(postcode, _)| Hit::Postcode(postcode.clone())).collect();
        let whole = beginning.parse::<Postcode>().ok().map(|postcode| postcode.area());
        match whole.filter(|area| found.is_empty() && self.postcode(area).is_some()) {
            Some(area) => vec![Hit::Postcode(area)],
            None => found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::vocabulary::Term as _, seed};

    /// What is typed, and what should be among the first: `place:` and so on, or any of several parted by a bar. Made by hand from the seed.
    const QUESTIONS: &str = include_str!("../../tests/fixtures/search-questions.csv");

    fn edition() -> Edition {
        Edition::build(seed::read().unwrap()).unwrap()
    }

    fn told(edition: &Edition, hit: &Hit) -> String {
        match hit {
            Hit::Node(Node::Place(index)) => format!("place:{}", edition.place(*index).facts.key),
            Hit::Node(Node::Activity(index)) => format!("offer:{}", edition.activity(*index).facts.key),
            Hit::Node(Node::Municipality(index)) => format!("municipality:{}", edition.municipality(*index).facts.name),
            Hit::Node(Node::Settlement(index)) => format!("settlement:{}", edition.settlement(*index).facts.name),
            Hit::Node(Node::Neighbourhood(index)) => {
                format!("neighbourhood:{}", edition.neighbourhood(*index).facts.name)
            }
            Hit::Facility(term) => format!("facility:{}", term.name()),
            Hit::Activity(term) => format!("activity:{}", term.name()),
            Hit::Street(index) => format!("street:{}", edition.street(*index).name),
            Hit::Postcode(postcode) => format!("postcode:{postcode}"),
        }
    }

    fn found(edition: &Edition, text: &str, limit: usize) -> Vec<String> {
        edition.search(text, None, None, limit).iter().map(|hit| told(edition, hit)).collect()
    }

    #[test]
    fn the_mean_reciprocal_rank_of_the_questions_does_not_fall() {
        let edition = edition();
        let (mut sum, mut count, mut poor) = (0.0, 0, Vec::new());
        for line in QUESTIONS.lines().skip(1).filter(|line| !line.is_empty()) {
            let (typed, expected) = line.split_once(';').unwrap();
            let hits = found(&edition, typed, 20);
            let rank = hits.iter().position(|hit| expected.split('|').any(|one| one == hit));
            sum += rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
            count += 1;
            if rank.is_none_or(|rank| rank >= 3) {
                poor.push(format!("{typed} → {expected}: {rank:?} {:?}", &hits[..hits.len().min(4)]));
            }
        }
        let mean = sum / f64::from(count);
        assert!(count >= 100, "{count} questions");
        assert!(mean >= 0.95, "{mean:.3}\n{}", poor.join("\n"));
    }

    #[test]
    fn a_suggestion_box_has_streets_postcodes_types_and_what_was_typed_first() {
        let edition = edition();
        let first = |text: &str| found(&edition, text, 5);
        assert!(
            first("de sch").iter().any(|hit| hit == "place:wijkcentrum-de-schalm-deventer"),
            "{:?}",
            first("de sch")
        );
        assert_eq!(first("bridge")[0], "activity:BRIDGE");
        assert_eq!(first("bibliotheek")[0], "facility:BIBLIOTHEEK");
        assert_eq!(first("Zutphenselaan")[0], "street:Zutphenselaan");
        assert_eq!(first("7416")[0], "postcode:7416");
        assert_eq!(first("7416zj")[0], "postcode:7416 ZJ");
        assert_eq!(first("7416 ZZ")[0], "postcode:7416");
        assert!(!found(&edition, "dementie", 100).iter().any(|hit| hit.contains("eventer")));
        let places = edition.search("wijkcentrum deventer", None, Some(&[SearchType::Place]), 100);
        assert!(places.len() >= 2 && places.iter().all(|hit| hit.kind() == SearchType::Place));
    }

    #[test]
    fn a_search_can_be_kept_to_an_area_and_to_types() {
        let edition = edition();
        let deventer = edition.municipality_named("Deventer").unwrap();
        let within = Within::Municipalities(vec![deventer]);
        let all = edition.search("de", None, None, usize::MAX);
        let there = edition.search("de", Some(&within), None, usize::MAX);
        assert!(!there.is_empty() && there.len() < all.len());
        for hit in &there {
            match hit {
                Hit::Node(Node::Place(index)) => assert_eq!(edition.place(*index).municipality, deventer),
                Hit::Node(Node::Municipality(index)) => assert_eq!(*index, deventer),
                Hit::Node(Node::Settlement(index)) => assert_eq!(edition.settlement(*index).municipality, deventer),
                Hit::Street(index) => assert_eq!(edition.street(*index).municipality, deventer),
                _ => {}
            }
        }
        assert_eq!(edition.search("7416", Some(&Within::Municipalities(vec![deventer + 1])), None, 9), []);
        assert_eq!(edition.search("deventer", None, Some(&[]), 9), []);
        let municipality = edition.search("deventer", None, Some(&[SearchType::Municipality]), 9);
        assert_eq!(municipality, [Hit::Node(Node::Municipality(deventer))]);
    }
}
