//! How many places of a set there are by one or two dimensions.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use super::{Dimension, DimensionValue, Edition};

/// The places that have the same values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// A value for each dimension, in their order; `None`: it is not known.
    pub values: Vec<Option<DimensionValue>>,
    /// How many places.
    pub count: u64,
}

impl Edition {
    /// The number of `members` by each value of `first`, or by each pair of values of `first` and `second`: most places
    /// first, equal ones by their values as they are written, those not known after the others.
    ///
    /// Of one dimension that is an area there is a group for each municipality, for each settlement with inhabitants and
    /// for each neighbourhood, also without a member. Of two there are groups with members only: pairs without any are
    /// thousands.
    pub fn statistics(&self, members: &RoaringBitmap, first: Dimension, second: Option<Dimension>) -> Vec<Group> {
        let parts = self.parts(members, first);
        let mut groups: Vec<Group> = match second {
            None => {
                let counted = parts.into_iter().map(|(value, part)| Group { values: vec![value], count: part.len() });
                counted.chain(self.areas_without(members, first)).collect()
            }
            Some(second) => {
                let others = self.parts(members, second);
                let pairs = parts.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
                pairs
                    .map(|((value, part), (other_value, other_part))| Group {
                        values: vec![*value, *other_value],
                        count: part.intersection_len(other_part),
                    })
                    .filter(|group| group.count > 0)
                    .collect()
            }
        };
        groups.sort_by_cached_key(|group| {
            let text = |value: &Option<DimensionValue>| (value.is_none(), value.map(|value| self.value_text(value)));
            (Reverse(group.count), group.values.iter().map(text).collect::<Vec<_>>())
        });
        groups
    }

    fn areas_without<'a>(
        &'a self,
        members: &'a RoaringBitmap,
        dimension: Dimension,
    ) -> impl Iterator<Item = Group> + 'a {
        let areas = if dimension.is_area() { self.values(dimension) } else { Vec::new() };
        let is_listed = |value| match value {
            DimensionValue::Settlement(index) => self.settlement(index).facts.population.is_some_and(|known| known > 0),
            _ => true,
        };
        areas
            .into_iter()
            .filter(move |(value, places)| members.is_disjoint(places) && is_listed(*value))
            .map(|(value, _)| Group { values: vec![Some(value)], count: 0 })
    }
}
