//! A set of things by what is known of them, in Kleene's three-valued logic.

use roaring::RoaringBitmap;

/// What a condition says of each thing: TRUE, UNKNOWN or FALSE.
///
/// A thing is TRUE when it is in `certain`, UNKNOWN when it is only in `possible`, and FALSE when it is in neither.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Things for which the condition is TRUE; a part of `possible`.
    pub certain: RoaringBitmap,
    /// Things for which the condition is TRUE or UNKNOWN.
    pub possible: RoaringBitmap,
}

impl Selection {
    /// A condition of which nothing is unknown.
    pub fn known(certain: RoaringBitmap) -> Self {
        Self { possible: certain.clone(), certain }
    }

    /// Each thing with what the condition says of it; `None`: UNKNOWN.
    pub fn of(values: impl Iterator<Item = (u32, Option<bool>)>) -> Self {
        let mut selected = Self::known(RoaringBitmap::new());
        for (index, value) in values {
            if value == Some(true) {
                selected.certain.insert(index);
            }
            if value != Some(false) {
                selected.possible.insert(index);
            }
        }
        selected
    }

    /// TRUE where both are, FALSE where one is, else UNKNOWN.
    pub fn and(self, other: &Self) -> Self {
        Self { certain: self.certain & &other.certain, possible: self.possible & &other.possible }
    }

    /// TRUE where one is, FALSE where both are, else UNKNOWN.
    pub fn or(self, other: &Self) -> Self {
        Self { certain: self.certain | &other.certain, possible: self.possible | &other.possible }
    }

    /// TRUE where it is FALSE, FALSE where it is TRUE, UNKNOWN where it is UNKNOWN, among `all` things.
    pub fn not(self, all: &RoaringBitmap) -> Self {
        Self { certain: all - self.possible, possible: all - self.certain }
    }

    /// The things for which the condition is TRUE, or with `include_unknown` those for which it may be.
    pub fn members(self, include_unknown: bool) -> RoaringBitmap {
        if include_unknown { self.possible } else { self.certain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One thing, 0, for which the condition is TRUE, UNKNOWN (`None`) or FALSE.
    fn of(value: Option<bool>) -> Selection {
        let set = |holds| if holds { RoaringBitmap::from([0]) } else { RoaringBitmap::new() };
        let selected = Selection { certain: set(value == Some(true)), possible: set(value != Some(false)) };
        assert_eq!(selected, Selection::of([(0, value)].into_iter()));
        selected
    }

    #[test]
    fn and_or_and_not_follow_kleenes_truth_tables() {
        let (t, u, f) = (Some(true), None, Some(false));
        let all = RoaringBitmap::from([0]);
        // a, b, a and b, a or b: the tables of Kleene's strong logic of indeterminacy.
        for (a, b, and, or) in [
            (t, t, t, t),
            (t, u, u, t),
            (t, f, f, t),
            (u, t, u, t),
            (u, u, u, u),
            (u, f, f, u),
            (f, t, f, t),
            (f, u, f, u),
            (f, f, f, f),
        ] {
            assert_eq!(of(a).and(&of(b)), of(and), "{a:?} and {b:?}");
            assert_eq!(of(a).or(&of(b)), of(or), "{a:?} or {b:?}");
        }
        for (a, not) in [(t, f), (u, u), (f, t)] {
            assert_eq!(of(a).not(&all), of(not), "not {a:?}");
        }
    }
}
