//! Names in memory, found by people who type: without accents, in another order, half, or wrong.
//!
//! A document is what the caller indexes (a place, a municipality, a settlement) and is known by its number. A query finds the documents
//! in which each of its words is found, by these rules:
//!
//! - **Words.** Case, accents and punctuation do not matter; an apostrophe or full stop inside a word joins (`Möll'nwiek`, `S.I.O.`).
//!   Articles, small prepositions and `en` (`het`, `'t`, `de`, `'n`, `in`, `van`, …) are no condition, unless there is nothing else: then
//!   the names that have them match, and those with a word that starts so. What has them where they were typed comes first: `de sch`
//!   brings De Schalm before Schelle.
//! - **Beginnings.** Every word finds the terms that start with it.
//! - **Split and joined.** Two neighbouring words are also one term, in documents and queries: `noaber huus`, `Noaberhuus`. A name may
//!   also be typed as one word. A capital inside a word parts it in a document (`KulturhusTrefpunt`), but not in a query, where case
//!   never matters.
//! - **Typing errors.** One in a word of four to seven letters, two from eight on; a letter too many, too few, wrong, or two swapped
//!   count as one each. From five letters on one error may be in a beginning. A word is taken as meant, typing errors aside, when some
//!   document has it or a term that starts with it; only an unknown word stands for the terms nearest to it. So `Raalte` never brings
//!   a `Baalte`, and `Trefkole` brings the Trefkoele.
//! - **Nothing found.** When by these rules no document has all the words, each word may have all the errors its length allows:
//!   `dorpshuis boerrigter` finds Dorpshoes Erve Boerrigter, although there are other places called Dorpshuis.
//!
//! No word of a query is ignored. The work grows with the number of words and ends as soon as no document is left; how long a text may
//! be is for the caller to limit.

mod set;
mod terms;
mod typing;
mod words;

use std::collections::BinaryHeap;

use roaring::RoaringBitmap;

use self::set::{Positions, Set};
use self::terms::{Found, Posting, Terms, TermsBuilder, allowed_edits, allows_edited_prefix};
use self::words::{Word, filler, words};

pub use self::words::fold;

/// A text of a document, and what it is to the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The text as people write it.
    pub text: &'a str,
    /// What finding a word in it is worth.
    pub weight: Weight,
}

/// What a text is to its document, most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// What it is called.
    Name,
    /// What it is or was also called.
    AlternativeName,
    /// Where it is: settlement, neighbourhood, municipality.
    Area,
    /// What is there or what it is: facilities, activities, kind.
    Label,
}

/// A document that matches a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number: its place, from 0, among the documents given to [`TextIndex::build`].
    pub document: u32,
    /// How well it matches; the least is the best. Comparable between the hits of one query only.
    pub score: Score,
}

/// How well a document matches. The least is the best; compared in the order of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// The query is a whole name (0), a whole alternative name (1), or neither (2).
    whole: u8,
    /// Fillers that were typed before a word and do not stand before it: 2 for each that the document has not at all, 1 for one elsewhere.
    fillers: u32,
    distance: WordDistance,
}

/// How far the words of a query are from those of a document, summed over the query: errors, beginnings, weights and words, compared in this order.
///
/// One number, in which each of them has room for [`MOST_ADDED`]: it is added and compared for every document that a word is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct WordDistance(u64);

/// Words of a query by which documents are ordered; those behind them only say which are found. Two errors for each have room in twelve bits.
const MOST_ADDED: usize = 2_047;

/// The query is neither a name nor an alternative name, which are 0 and 1 as [`Weight`] numbers them.
const NOT_WHOLE: u8 = 2;

impl WordDistance {
    const NONE: Self = Self(0);
    /// That of a document that has not all the words.
    const ENDLESS: Self = Self(u64::MAX);

    fn of(found: &Found<'_>, posting: &Posting) -> Self {
        let [edits, prefixes, weight, words] =
            [found.edits, u8::from(found.prefix), posting.weight as u8, posting.words].map(u64::from);
        Self((edits << 52) | (prefixes << 40) | (weight << 24) | words)
    }

    fn plus(self, other: Self) -> Self {
        if self == Self::ENDLESS { self } else { Self(self.0 + other.0) }
    }
}

/// An immutable index of texts; the rules are those of the [module](self).
pub struct TextIndex {
    documents: u32,
    /// Words, the pieces of words, and every two neighbours as one.
    words: Terms,
    /// What is found as written only: fillers, and fillers joined to their neighbour. `treg` must not bring 't Reggehof.
    exact: Terms,
    /// Fillers with the word behind them.
    fillers: Terms,
    /// Names as one word, with and without fillers.
    names: Terms,
}

#[derive(Default)]
struct TextIndexBuilder {
    words: TermsBuilder,
    exact: TermsBuilder,
    fillers: TermsBuilder,
    names: TermsBuilder,
}

impl TextIndexBuilder {
    fn add(&mut self, document: u32, Field { text, weight }: Field<'_>) {
        let all = words(text);
        let telling: Vec<_> = all.iter().filter(|word| filler(&word.text).is_none()).collect();
        let posting = Posting { document, weight, words: u8::try_from(telling.len()).unwrap_or(u8::MAX) };
        for word in &all {
            match filler(&word.text) {
                Some(canonical) => self.exact.add(canonical.to_owned(), posting),
                None => self.words.add(word.text.clone(), posting),
            }
            for piece in &word.pieces {
                self.words.add(piece.clone(), posting);
            }
        }
        for pair in telling.windows(2) {
            self.words.add(joined(pair.iter().copied()), posting);
        }
        for pair in all.windows(2) {
            if pair.iter().any(|word| filler(&word.text).is_some()) {
                self.exact.add(joined(pair), posting);
            }
            if let [first, word] = pair
                && let Some(canonical) = filler(&first.text)
            {
                self.fillers.add(format!("{canonical} {}", word.text), posting);
            }
        }
        if weight <= Weight::AlternativeName {
            for name in [joined(&all), joined(telling)] {
                if !name.is_empty() {
                    self.names.add(name, posting);
                }
            }
        }
    }
}

fn joined<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    words.into_iter().map(|word| word.text.as_str()).collect()
}

/// What the words of a query find, before it is ranked.
struct Answer<'a> {
    /// Documents of which the query is a whole name.
    whole: Vec<Found<'a>>,
    /// For each filler before a word of the query: the documents that have it there, and those that have it at all.
    fillers: Vec<[Set; 2]>,
    /// For each word: what it finds, and what it finds as one with the word before it.
    words: Vec<[Vec<Found<'a>>; 2]>,
    documents: Set,
}

impl Answer<'_> {
    /// [`Score::fillers`] of a document.
    fn fillers_lacking(&self, document: u32) -> u32 {
        let lacks = |[there, anywhere]: &[Set; 2]| match () {
            () if there.contains(document) => 0,
            () if anywhere.contains(document) => 1,
            () => 2,
        };
        self.fillers.iter().map(lacks).sum()
    }

    /// The least distance of each of the documents, in ascending order.
    fn distances(&self) -> Vec<WordDistance> {
        let positions = Positions::of(&self.documents);
        // Over the words so far, and over all but the last of them; before the first word there is nothing to add to.
        let mut distances = vec![WordDistance::NONE; positions.count];
        let mut before_last = Vec::new();
        for (index, found) in self.words.iter().take(MOST_ADDED).enumerate() {
            let mut next = vec![WordDistance::ENDLESS; positions.count];
            let from: [&[WordDistance]; 2] = [&distances, &before_last];
            for (found, from) in found.iter().zip(from).take(index + 1) {
                for found in found {
                    for posting in found.postings {
                        let Some(position) = positions.of_document(posting.document) else { continue };
                        let distance = from[position].plus(WordDistance::of(found, posting));
                        next[position] = next[position].min(distance);
                    }
                }
            }
            (distances, before_last) = (next, distances);
        }
        distances
    }

    /// The documents of which the query is a whole name, ascending, each with how good a name.
    fn whole_names(&self) -> Vec<(u32, u8)> {
        let postings = self.whole.iter().flat_map(|found| found.postings);
        let mut names: Vec<_> = postings.map(|posting| (posting.document, posting.weight as u8)).collect();
        names.sort_unstable();
        names.dedup_by_key(|(document, _)| *document);
        names
    }
}

/// Which words may have typing errors.
#[derive(Clone, Copy)]
enum Typos {
    /// Those nothing is found for, at the least distance at which something is.
    Unknown,
    /// All of them, as many as their length allows.
    Everywhere,
}

impl TextIndex {
    /// Indexes the texts of each document; the first document is number 0.
    ///
    /// A document without a word in any text is in no answer. Memory and time grow with the text; 100,000 places take under a second.
    ///
    /// # Example
    /// ```
    /// use noaber_search::{Field, TextIndex, Weight};
    ///
    /// let named = |text| vec![Field { text, weight: Weight::Name }];
    /// let index = TextIndex::build(["Kulturhus Trefkoele+", "Wijkcentrum Möll'nwiek"].map(named));
    /// assert_eq!(index.matching("trefkole").iter().collect::<Vec<_>>(), [0]);
    /// assert_eq!(index.ranked("mollnwiek", 10)[0].document, 1);
    /// ```
    pub fn build<'a>(documents: impl IntoIterator<Item: IntoIterator<Item = Field<'a>>>) -> Self {
        let mut count = 0;
        let mut builder = TextIndexBuilder::default();
        for (document, fields) in (0..u32::MAX).zip(documents) {
            count = document + 1;
            for field in fields {
                builder.add(document, field);
            }
        }
        let TextIndexBuilder { words, exact, fillers, names } = builder;
        Self {
            documents: count,
            words: words.finish(),
            exact: exact.finish(),
            fillers: fillers.finish(),
            names: names.finish(),
        }
    }

    /// Every document that matches `text`; none when `text` has no letter or digit.
    pub fn matching(&self, text: &str) -> RoaringBitmap {
        self.answer(text).map(|answer| answer.documents.to_bitmap()).unwrap_or_default()
    }

    /// The `limit` documents that match `text` best, best first; equally good ones by ascending number.
    ///
    /// They are those of [`Self::matching`]. In this order, each deciding only between documents equal in all before it: the query is
    /// the whole name, or a whole alternative name; the articles that were typed stand where they were typed; fewer typing errors; fewer words of which only the beginning was typed; found in
    /// the name, then in an alternative name, an area, a label; fewer other words in the text it was found in.
    pub fn ranked(&self, text: &str, limit: usize) -> Vec<Hit> {
        self.ranked_among(text, limit, |_| true)
    }

    /// The same of the documents that `is_asked`; that is not asked of a document that is too far behind.
    pub fn ranked_among(&self, text: &str, limit: usize, is_asked: impl Fn(u32) -> bool) -> Vec<Hit> {
        let Some(answer) = self.answer(text).filter(|_| limit > 0) else { return Vec::new() };
        let mut whole = answer.whole_names().into_iter().peekable();
        let mut best: BinaryHeap<(Score, u32)> = BinaryHeap::new();
        for (document, distance) in answer.documents.iter().zip(answer.distances()) {
            let score = match whole.next_if(|(name, _)| *name == document) {
                Some((_, whole)) => Score { whole, fillers: 0, distance: WordDistance::NONE },
                None => Score { whole: NOT_WHOLE, fillers: answer.fillers_lacking(document), distance },
            };
            let is_among = best.len() < limit || best.peek().is_some_and(|last| (score, document) < *last);
            if is_among && is_asked(document) {
                if best.len() == limit {
                    best.pop();
                }
                best.push((score, document));
            }
        }
        best.into_sorted_vec().into_iter().map(|(score, document)| Hit { document, score }).collect()
    }

    /// `None` where there is no word.
    fn answer(&self, text: &str) -> Option<Answer<'_>> {
        let all: Vec<_> = words(text).into_iter().map(|word| word.text).collect();
        if all.is_empty() {
            return None;
        }
        let telling: Vec<_> = all.iter().filter(|word| filler(word).is_none()).cloned().collect();
        let whole: Vec<_> = [all.concat(), telling.concat()].iter().filter_map(|name| self.names.exact(name)).collect();
        let asked = if telling.is_empty() { &all } else { &telling };

        let mut answer = self.read(asked, Typos::Unknown);
        answer.documents.unite(&self.documents(&whole));
        answer.whole = whole;
        if answer.documents.is_empty() {
            answer = self.read(asked, Typos::Everywhere);
        }
        answer.fillers = self.fillers_of(&all);
        Some(answer)
    }

    /// For each filler before another word: the documents that have it before that word or one that starts so, and those that have it.
    fn fillers_of(&self, all: &[String]) -> Vec<[Set; 2]> {
        let pairs = all.windows(2).filter_map(|pair| match pair {
            [first, word] if filler(word).is_none() => Some((filler(first)?, word)),
            _ => None,
        });
        pairs
            .map(|(canonical, word)| {
                let there = format!("{canonical} {word}");
                let there = [self.fillers.exact(&there), self.fillers.longer(&there)];
                let anywhere = self.exact.exact(canonical);
                [there.as_slice(), &[anywhere]].map(|found| self.documents(found.iter().flatten()))
            })
            .collect()
    }

    /// The documents that have every word, alone or as one with a neighbour.
    fn read(&self, words: &[String], typos: Typos) -> Answer<'_> {
        // The documents that have the words so far, and all but the last of them.
        let mut matching = Set::all(self.documents);
        let mut before_last = Set::none(self.documents);
        let mut found_by_word = Vec::new();
        for (i, word) in words.iter().enumerate() {
            let mut found = [Vec::new(), Vec::new()];
            if !matching.is_empty() {
                found[0] = self.found(word, Some(typos));
            }
            if i > 0 && !before_last.is_empty() {
                let joined = format!("{}{word}", words[i - 1]);
                found[1] = self.found(&joined, matches!(typos, Typos::Everywhere).then_some(typos));
            }
            let mut next = self.documents(&found[0]);
            next.intersect(&matching);
            if !found[1].is_empty() {
                let mut joined = self.documents(&found[1]);
                joined.intersect(&before_last);
                next.unite(&joined);
            }
            (matching, before_last) = (next, matching);
            found_by_word.push(found);
            if matching.is_empty() && before_last.is_empty() {
                break;
            }
        }
        Answer { whole: Vec::new(), fillers: Vec::new(), words: found_by_word, documents: matching }
    }

    fn found(&self, word: &str, typos: Option<Typos>) -> Vec<Found<'_>> {
        let as_written =
            [self.words.exact(word), self.words.longer(word), self.exact.exact(filler(word).unwrap_or(word))];
        let mut found: Vec<_> = as_written.into_iter().flatten().collect();
        let nearby = |edits| self.words.nearby(word, edits, allows_edited_prefix(word));
        match (typos, allowed_edits(word)) {
            (None, _) | (_, 0) => {}
            (Some(Typos::Unknown), most) => {
                if found.is_empty() {
                    found = (1..=most).map(nearby).find(|found| !found.is_empty()).unwrap_or_default();
                }
            }
            (Some(Typos::Everywhere), most) => found.extend(nearby(most)),
        }
        found
    }

    /// The documents of all that was found for a word.
    fn documents<'a>(&self, found: impl IntoIterator<Item = &'a Found<'a>>) -> Set {
        let mut documents = Set::none(self.documents);
        found.into_iter().flat_map(|found| found.postings).for_each(|posting| documents.insert(posting.document));
        documents
    }
}

#[cfg(test)]
mod tests;
