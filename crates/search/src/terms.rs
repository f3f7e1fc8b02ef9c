//! A sorted dictionary of terms, and the documents each of them is in.

use std::collections::BTreeMap;
use std::ops::Range;

use fst::{IntoStreamer as _, Streamer as _};

use super::{Weight, typing::Typing};

/// From this length on nobody types a word by mistake; the longest written word in the names, `Wijkwelzijnsvoorziening`, has 23 letters.
const LONGEST_WITH_TYPOS_LETTERS: usize = 40;

/// That a term is in a document, and in what kind of text. Smaller is better within a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    pub(super) document: u32,
    pub(super) weight: Weight,
    /// Length of that text, which is what it says besides the term.
    pub(super) words: u8,
}

/// Documents found for one word of a query, all in the same way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub(super) postings: &'a [Posting],
    pub(super) edits: u8,
    /// The term goes on where the word ends.
    pub(super) prefix: bool,
}

/// Terms while documents are being read. Documents come in ascending order.
#[derive(Default)]
pub(super) struct TermsBuilder(BTreeMap<String, Vec<Posting>>);

impl TermsBuilder {
    /// Notes that `term` is in the document of `posting`; of several texts of one document the best counts.
    pub(super) fn add(&mut self, term: String, posting: Posting) {
        let postings = self.0.entry(term).or_default();
        match postings.last_mut() {
            Some(last) if last.document == posting.document => *last = posting.min(*last),
            _ => postings.push(posting),
        }
    }

    pub(super) fn finish(self) -> Terms {
        let mut starts = vec![0];
        let mut all = Vec::new();
        let mut ordinals = fst::MapBuilder::memory();
        for (ordinal, (term, postings)) in (0..).zip(self.0) {
            ordinals.insert(term, ordinal).expect("a BTreeMap gives its keys in ascending order, once each");
            all.extend(postings);
            starts.push(all.len());
        }
        Terms { ordinals: ordinals.into_map(), starts, postings: all }
    }
}

/// An immutable dictionary: a term's number is its place in the alphabet, so that terms with one beginning, and their documents, are
/// neighbours in memory.
pub(super) struct Terms {
    ordinals: fst::Map<Vec<u8>>,
    /// Where the postings of each term start; one more than there are terms.
    starts: Vec<usize>,
    postings: Vec<Posting>,
}

impl Terms {
    /// The documents in which `word` itself is a term.
    pub(super) fn exact(&self, word: &str) -> Option<Found<'_>> {
        let ordinal = self.ordinals.get(word)?;
        Some(Found { postings: self.postings_of(ordinal..ordinal + 1), edits: 0, prefix: false })
    }

    /// The documents with a term that starts with `word` and goes on.
    pub(super) fn longer(&self, word: &str) -> Option<Found<'_>> {
        let first = self.ordinals.range().gt(word).into_stream().next().map(|(_, ordinal)| ordinal)?;
        let mut after = word.as_bytes().to_vec();
        // No byte of UTF-8 is 0xFF, so the last one can always be raised to what sorts behind every continuation.
        *after.last_mut()? += 1;
        let end = self
            .ordinals
            .range()
            .ge(after)
            .into_stream()
            .next()
            .map_or(self.starts.len() as u64 - 1, |(_, ordinal)| ordinal);
        (first < end).then(|| Found { postings: self.postings_of(first..end), edits: 0, prefix: true })
    }

    /// The documents with a term that is at most `edits` (1 or 2) typing errors from `word`, or, with `prefixes`, starts so.
    pub(super) fn nearby(&self, word: &str, edits: u8, prefixes: bool) -> Vec<Found<'_>> {
        let typing = Typing::of(word, edits, prefixes);
        let mut found = Vec::new();
        let mut terms = self.ordinals.search_with_state(&typing).into_stream();
        while let Some((_, ordinal, read)) = terms.next() {
            if let Some((edits, prefix)) = typing.found(&read) {
                found.push(Found { postings: self.postings_of(ordinal..ordinal + 1), edits, prefix });
            }
        }
        found
    }

    fn postings_of(&self, terms: Range<u64>) -> &[Posting] {
        &self.postings[self.starts[terms.start as usize]..self.starts[terms.end as usize]]
    }
}

/// How many typing errors `word` may contain: none below four letters, one below eight, then two; none in a number, where every digit
/// means something, and none in what is too long to be a word.
pub(super) fn allowed_edits(word: &str) -> u8 {
    let letters = word.chars().count();
    match letters {
        _ if word.contains(char::is_numeric) => 0,
        4..=7 => 1,
        8..=LONGEST_WITH_TYPOS_LETTERS => 2,
        _ => 0,
    }
}

/// Whether what follows a beginning with a typing error may be anything: from five letters on. Four with one wrong begin too much.
pub(super) fn allows_edited_prefix(word: &str) -> bool {
    word.chars().count() >= 5
}
