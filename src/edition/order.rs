//! Total orders of places. The GraphQL derive stands here for the reason told in [`vocabulary`](crate::model::vocabulary).

use roaring::RoaringBitmap;

use super::{Edition, MunicipalityEntry, PlaceEntry, index_of};
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

/// All orders.
pub(super) struct Orders {
    name: Order,
    municipality: Order,
    kind: Order,
    confirmed: Order,
    updated: Order,
}

/// An order of all places.
struct Order {
    /// The places: known ones ascending, equal ones by id; those of which it is not known last.
    ascending: Vec<u32>,
    /// Of each place where in `ascending` those begin that are equal to it, or [`UNKNOWN`].
    ranks: Vec<u32>,
}

/// The rank of what is not known: last in both directions.
const UNKNOWN: u32 = u32::MAX;

/// Going along an order looks up each place in a set; sorting reads the rank of each member, which is some times as quick.
const STEP: u64 = 4;

impl Orders {
    pub(super) fn of(places: &[PlaceEntry], municipalities: &[MunicipalityEntry]) -> Self {
        let name = |entry: &PlaceEntry| fold(&entry.facts.name);
        let municipality = |entry: &PlaceEntry| fold(&municipalities[entry.municipality as usize].facts.name);
        Self {
            name: Order::by(places, |entry| Some(name(entry))),
            municipality: Order::by(places, |entry| Some((municipality(entry), name(entry)))),
            kind: Order::by(places, |entry| entry.facts.kind.map(|kind| (kind.ordinal(), name(entry)))),
            confirmed: Order::by(places, |entry| entry.facts.last_confirmed.clone()),
            updated: Order::by(places, |entry| Some(entry.facts.updated_at)),
        }
    }

    fn of_field(&self, field: PlaceOrderField) -> &Order {
        match field {
            PlaceOrderField::Name => &self.name,
            PlaceOrderField::Municipality => &self.municipality,
            PlaceOrderField::Kind => &self.kind,
            PlaceOrderField::Confirmed => &self.confirmed,
            PlaceOrderField::Updated => &self.updated,
        }
    }
}

impl Order {
    fn by<K: Ord>(places: &[PlaceEntry], key: impl Fn(&PlaceEntry) -> Option<K>) -> Self {
        let keys: Vec<Option<K>> = places.iter().map(key).collect();
        let key = |place: u32| keys[place as usize].as_ref();
        let mut ascending: Vec<u32> = (0..index_of(places.len())).collect();
        // Stable, so equal ones keep their order by id.
        ascending.sort_by(|a, b| (key(*a).is_none(), key(*a)).cmp(&(key(*b).is_none(), key(*b))));
        let mut ranks = vec![UNKNOWN; places.len()];
        let mut first = 0;
        for (at, place) in (0..).zip(&ascending) {
            if key(ascending[first as usize]) != key(*place) {
                first = at;
            }
            if key(*place).is_some() {
                ranks[*place as usize] = first;
            }
        }
        Self { ascending, ranks }
    }

    /// All places in a direction; equals by ascending id, in both.
    fn along(&self, direction: Direction) -> Box<dyn Iterator<Item = u32> + '_> {
        if direction == Direction::Asc {
            return Box::new(self.ascending.iter().copied());
        }
        let known = self.ascending.partition_point(|place| self.ranks[*place as usize] != UNKNOWN);
        let mut end = known;
        let groups = std::iter::from_fn(move || {
            let last = self.ascending[..end].last()?;
            let equal = &self.ascending[self.ranks[*last as usize] as usize..end];
            end -= equal.len();
            Some(equal)
        });
        Box::new(groups.flatten().chain(&self.ascending[known..]).copied())
    }

    /// What a place is sorted by; one that there is not comes behind all.
    fn key(&self, place: u32, direction: Direction) -> u64 {
        let rank = match self.ranks.get(place as usize).copied().unwrap_or(UNKNOWN) {
            UNKNOWN => UNKNOWN,
            rank if direction == Direction::Asc => rank,
            rank => UNKNOWN - 1 - rank,
        };
        (u64::from(rank) << 32) | u64::from(place)
    }
}

impl Edition {
    /// The members of a set in order; equals by ascending id, in both directions.
    pub fn sorted(&self, members: &RoaringBitmap, field: PlaceOrderField, direction: Direction) -> Vec<u32> {
        self.first_sorted(members, field, direction, None, usize::MAX)
    }

    /// All places in order.
    pub(super) fn along(&self, field: PlaceOrderField, direction: Direction) -> impl Iterator<Item = u32> + '_ {
        self.orders.of_field(field).along(direction)
    }

    /// The first `most` of them, or those `from` a member on.
    pub fn first_sorted(
        &self,
        members: &RoaringBitmap,
        field: PlaceOrderField,
        direction: Direction,
        from: Option<u32>,
        most: usize,
    ) -> Vec<u32> {
        let order = self.orders.of_field(field);
        let (few, all) = (members.len(), self.places.len() as u64);
        // Going along the order meets so many places for each that is a member.
        let steps = (most as u64).min(few).saturating_mul(all).checked_div(few).unwrap_or(0).saturating_mul(STEP);
        if from.is_none() && steps < few {
            return order.along(direction).filter(|place| members.contains(*place)).take(most).collect();
        }
        let least = from.map_or(0, |place| order.key(place, direction));
        let keys = members.iter().map(|place| order.key(place, direction));
        let mut keys: Vec<u64> = keys.filter(|key| *key >= least).collect();
        if most < keys.len() {
            keys.select_nth_unstable(most);
            keys.truncate(most);
        }
        keys.sort_unstable();
        keys.into_iter().map(|key| u32::try_from(key & u64::from(u32::MAX)).unwrap_or_default()).collect()
    }
}
