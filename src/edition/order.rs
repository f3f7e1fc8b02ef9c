//! Total orders of places. The GraphQL derive stands here for the reason told in [`vocabulary`](crate::model::vocabulary).

use roaring::RoaringBitmap;

use super::{Edition, MunicipalityEntry, PlaceEntry};
use crate::{model::vocabulary::Term, search::fold};

/// What places are sorted by.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceOrderField {
    /// Naam: by name, without regard to case, accents and punctuation.
    Name,
    /// Gemeente: by name of the municipality, then of the place.
    Municipality,
    /// Soort: by kind in the order of the vocabulary, then by name; places of unknown kind last in both directions.
    Kind,
    /// Bevestigd: by the date of the newest dated source, the longest unconfirmed first when ascending; places without one last in both directions.
    Confirmed,
    /// Bijgewerkt: by the moment at which a fact last changed.
    Updated,
}

/// Up or down.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(name = "OrderDirection")]
pub enum Direction {
    /// Oplopend: smallest, first in the alphabet or oldest first.
    Asc,
    /// Aflopend: largest, last in the alphabet or newest first.
    Desc,
}

/// The rank of each place in each order.
pub(super) struct Ranks {
    name: Vec<Rank>,
    municipality: Vec<Rank>,
    kind: Vec<Rank>,
    confirmed: Vec<Rank>,
    updated: Vec<Rank>,
}

/// Equal keys have equal ranks. What is unknown comes last in both directions.
#[derive(Clone, Copy)]
struct Rank {
    is_unknown: bool,
    rank: u32,
}

impl Ranks {
    pub(super) fn of(places: &[PlaceEntry], municipalities: &[MunicipalityEntry]) -> Self {
        let name = |entry: &PlaceEntry| fold(&entry.facts.name);
        let municipality = |entry: &PlaceEntry| fold(&municipalities[entry.municipality as usize].facts.name);
        Self {
            name: ranks(places, |entry| Some(name(entry))),
            municipality: ranks(places, |entry| Some((municipality(entry), name(entry)))),
            kind: ranks(places, |entry| entry.facts.kind.map(|kind| (kind.ordinal(), name(entry)))),
            confirmed: ranks(places, |entry| entry.facts.last_confirmed.clone()),
            updated: ranks(places, |entry| Some(entry.facts.updated_at)),
        }
    }
}

fn ranks<K: Ord>(places: &[PlaceEntry], key: impl Fn(&PlaceEntry) -> Option<K>) -> Vec<Rank> {
    let keys: Vec<Option<K>> = places.iter().map(key).collect();
    let mut distinct: Vec<&K> = keys.iter().flatten().collect();
    distinct.sort_unstable();
    distinct.dedup();
    keys.iter()
        .map(|key| match key {
            None => Rank { is_unknown: true, rank: 0 },
            Some(key) => {
                let rank = distinct.partition_point(|other| *other < key);
                Rank { is_unknown: false, rank: u32::try_from(rank).unwrap_or(u32::MAX) }
            }
        })
        .collect()
}

impl Edition {
    /// The members of a set in order; equals by ascending id, in both directions.
    pub fn sorted(&self, members: &RoaringBitmap, field: PlaceOrderField, direction: Direction) -> Vec<u32> {
        let ranks = match field {
            PlaceOrderField::Name => &self.ranks.name,
            PlaceOrderField::Municipality => &self.ranks.municipality,
            PlaceOrderField::Kind => &self.ranks.kind,
            PlaceOrderField::Confirmed => &self.ranks.confirmed,
            PlaceOrderField::Updated => &self.ranks.updated,
        };
        let mut sorted: Vec<u32> = members.iter().collect();
        sorted.sort_unstable_by_key(|place| {
            let Rank { is_unknown, rank } = ranks[*place as usize];
            (is_unknown, if direction == Direction::Asc { rank } else { u32::MAX - rank }, *place)
        });
        sorted
    }
}
