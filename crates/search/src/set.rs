//! A set of documents while a query is read: a bit for each there is.
//!
//! A query touches most of the words of the index with bits in a few kilobytes, in no order; a compressed bitmap would be rebuilt at each step.

use roaring::RoaringBitmap;

/// Documents in one word.
const BITS: usize = u64::BITS as usize;

/// A set of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(Vec<u64>);

impl Set {
    /// None of so many documents.
    pub(super) fn none(documents: u32) -> Self {
        Self(vec![0; (documents as usize).div_ceil(BITS)])
    }

    /// All of so many documents.
    pub(super) fn all(documents: u32) -> Self {
        let mut set = Self(vec![u64::MAX; (documents as usize).div_ceil(BITS)]);
        if let Some(last) = set.0.last_mut() {
            *last >>= (BITS - documents as usize % BITS) % BITS;
        }
        set
    }

    /// Adds a document that there is.
    pub(super) fn insert(&mut self, document: u32) {
        let (word, bit) = place(document);
        self.0[word] |= bit;
    }

    pub(super) fn contains(&self, document: u32) -> bool {
        let (word, bit) = place(document);
        self.0.get(word).is_some_and(|found| found & bit != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Keeps what `other` has too.
    pub(super) fn intersect(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Adds what `other` has.
    pub(super) fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// The documents, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().zip((0_u32..).step_by(BITS)).flat_map(|(word, first)| {
            let some = |rest: u64| (rest != 0).then_some(rest);
            // Each step takes the lowest bit away.
            std::iter::successors(some(*word), move |rest| some(rest & (rest - 1)))
                .map(move |rest| first + rest.trailing_zeros())
        })
    }

    /// The same as others have it.
    pub(super) fn to_bitmap(&self) -> RoaringBitmap {
        let bytes: Vec<u8> = self.0.iter().flat_map(|word| word.to_le_bytes()).collect();
        RoaringBitmap::from_lsb0_bytes(0, &bytes)
    }
}

/// The word that has a document, and its bit there.
fn place(document: u32) -> (usize, u64) {
    (document as usize / BITS, 1 << (document as usize % BITS))
}

/// The place of each document of a set among them.
pub(super) struct Positions<'a> {
    set: &'a Set,
    /// How many there are before each word.
    before: Vec<u32>,
    /// How many there are.
    pub(super) count: usize,
}

impl<'a> Positions<'a> {
    pub(super) fn of(set: &'a Set) -> Self {
        let mut count = 0;
        let before = set
            .0
            .iter()
            .map(|word| {
                let before = count;
                count += word.count_ones();
                before
            })
            .collect();
        Self { set, before, count: count as usize }
    }

    /// That of a document; `None` where it is not in the set.
    pub(super) fn of_document(&self, document: u32) -> Option<usize> {
        let (at, bit) = place(document);
        let word = self.set.0.get(at)?;
        (word & bit != 0).then(|| self.before[at] as usize + (word & (bit - 1)).count_ones() as usize)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection::btree_set, prelude::*};

    use super::*;

    fn set(documents: u32, of: &BTreeSet<u32>) -> Set {
        let mut set = Set::none(documents);
        of.iter().for_each(|document| set.insert(*document));
        set
    }

    proptest! {
        #[test]
        fn a_set_is_what_a_tree_of_its_documents_is(documents in 300..330_u32, one in btree_set(0..300_u32, 0..90), other in btree_set(0..300_u32, 0..90)) {
            let (a, b) = (set(documents, &one), set(documents, &other));
            prop_assert_eq!(a.iter().collect::<BTreeSet<_>>(), one.clone());
            prop_assert_eq!(a.is_empty(), one.is_empty());
            prop_assert_eq!(a.to_bitmap(), one.iter().copied().collect::<RoaringBitmap>());
            let (mut both, mut either, mut all) = (a.clone(), a.clone(), Set::all(documents));
            both.intersect(&b);
            either.unite(&b);
            prop_assert_eq!(both, set(documents, &(&one & &other)));
            prop_assert_eq!(either, set(documents, &(&one | &other)));
            prop_assert_eq!(all.iter().collect::<Vec<_>>(), (0..documents).collect::<Vec<_>>());
            all.intersect(&a);
            prop_assert_eq!(&all, &a);
            let positions = Positions::of(&a);
            prop_assert_eq!(positions.count, one.len());
            for document in 0..400 {
                prop_assert_eq!(a.contains(document), one.contains(&document));
                prop_assert_eq!(positions.of_document(document), one.iter().position(|of| *of == document));
            }
        }
    }
}
