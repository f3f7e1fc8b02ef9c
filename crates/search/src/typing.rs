//! Terms that somebody may have meant who typed a word: an automaton that reads them letter by letter.
//!
//! It is the one of Wu and Manber, which has a word of bits for each number of errors: bit *i* says that the first *i* letters of the word are what
//! was read so far, with at most so many errors. Nothing is built for a word but a table of where each letter stands in it.

use fst::Automaton;

/// The most typing errors that a word may have.
pub(super) const MOST_EDITS: usize = 2;

/// A word is shorter than a word of bits, which has one more than there are letters.
pub(super) const LONGEST_LETTERS: usize = 63;

/// A beginning with two errors is no beginning any more: `dementie` is not Deventer.
const MOST_EDITS_OF_A_BEGINNING: u8 = 1;

/// Reads a term against a word, and remembers the least distance of any beginning of the term: ranking needs to know whether the word is a misspelt
/// term or a misspelt beginning of one.
///
/// A letter too many, too few, wrong, or two neighbours swapped is one error each (optimal string alignment).
pub(super) struct Typing {
    letters: Vec<char>,
    /// For each letter of ASCII where it stands in the word: bit *i* for the letter before place *i*.
    ascii: [u64; 128],
    edits: usize,
    prefixes: bool,
    /// The bits that mean something.
    all: u64,
}

/// What has been read.
#[derive(Clone, Copy)]
pub(super) struct Read {
    /// By number of errors.
    bits: [u64; MOST_EDITS + 1],
    /// The same before the last letter, and where that letter stands in the word: two that are swapped are seen at the second.
    before: [u64; MOST_EDITS],
    last: u64,
    /// A letter of which not all bytes have been read, and how many are to come.
    letter: u32,
    to_come: u8,
    begun: Option<u8>,
}

impl Typing {
    /// Terms at most `edits` from a word of at most [`LONGEST_LETTERS`], or with `prefixes` those that begin so.
    pub(super) fn of(word: &str, edits: u8, prefixes: bool) -> Self {
        let letters: Vec<char> = word.chars().take(LONGEST_LETTERS).collect();
        let mut ascii = [0; 128];
        for (place, letter) in letters.iter().enumerate() {
            if let Some(places) = ascii.get_mut(*letter as usize) {
                *places |= 2 << place;
            }
        }
        let all = u64::MAX >> (LONGEST_LETTERS - letters.len());
        Self { letters, ascii, edits: usize::from(edits).min(MOST_EDITS), prefixes, all }
    }

    /// Where a letter stands in the word.
    fn places(&self, letter: char) -> u64 {
        match self.ascii.get(letter as usize) {
            Some(places) => *places,
            None => self.letters.iter().enumerate().filter(|(_, of)| **of == letter).map(|(at, _)| 2 << at).sum(),
        }
    }

    /// With how few errors the word is what was read.
    fn distance(&self, read: &Read) -> Option<u8> {
        let whole = 1 << self.letters.len();
        (0..=MOST_EDITS as u8)
            .zip(&read.bits[..=self.edits])
            .find(|(_, bits)| **bits & whole != 0)
            .map(|(edits, _)| edits)
    }

    /// Of a term that ends here: how many errors there are, and whether only its beginning is meant.
    pub(super) fn found(&self, read: &Read) -> Option<(u8, bool)> {
        let whole = self.distance(read).map(|edits| (edits, false));
        let begun = read.begun.filter(|_| self.prefixes);
        whole.into_iter().chain(begun.map(|edits| (edits, true))).min()
    }

    fn read(&self, before: &Read, letter: char) -> Read {
        let here = self.places(letter);
        let mut bits = [0; MOST_EDITS + 1];
        bits[0] = (before.bits[0] << 1) & here;
        for edits in 1..=self.edits {
            let fewer = before.bits[edits - 1];
            let swapped = (before.before[edits - 1] << 2) & before.last & (here << 1);
            // One too many, a wrong one, one too few, two swapped.
            let wrong = fewer | (fewer << 1) | (bits[edits - 1] << 1) | swapped;
            bits[edits] = (((before.bits[edits] << 1) & here) | wrong) & self.all;
        }
        let mut read = Read {
            bits,
            before: [before.bits[0], before.bits[1]],
            last: here,
            letter: 0,
            to_come: 0,
            begun: before.begun,
        };
        let begun = self.distance(&read).filter(|edits| *edits <= MOST_EDITS_OF_A_BEGINNING);
        read.begun = read.begun.into_iter().chain(begun).min();
        read
    }
}

impl Automaton for Typing {
    type State = Read;

    fn start(&self) -> Read {
        // Without having read anything: one letter too few for each error.
        let bits = std::array::from_fn(|edits| ((2 << edits.min(self.edits)) - 1) & self.all);
        Read { bits, before: [0; MOST_EDITS], last: 0, letter: 0, to_come: 0, begun: None }
    }

    fn is_match(&self, read: &Read) -> bool {
        read.to_come == 0 && self.found(read).is_some()
    }

    fn can_match(&self, read: &Read) -> bool {
        read.bits[self.edits] != 0 || (self.prefixes && read.begun.is_some())
    }

    fn accept(&self, read: &Read, byte: u8) -> Read {
        match byte {
            // The bytes of a letter behind its first one.
            0x80..=0xBF => {
                let letter = (read.letter << 6) | u32::from(byte & 0x3F);
                match (read.to_come, char::from_u32(letter)) {
                    (1, Some(letter)) => self.read(read, letter),
                    _ => Read { letter, to_come: read.to_come.saturating_sub(1), ..*read },
                }
            }
            0xC0.. => {
                let to_come = (byte.leading_ones() as u8).saturating_sub(1);
                Read { letter: u32::from(byte) & (0x3F >> to_come), to_come, ..*read }
            }
            ascii => self.read(read, char::from(ascii)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tests::oracle::osa;

    fn read(word: &str, term: &str, edits: u8) -> Option<(u8, bool)> {
        let typing = Typing::of(word, edits, true);
        let mut read = typing.start();
        for byte in term.bytes() {
            if !typing.can_match(&read) {
                return None;
            }
            read = typing.accept(&read, byte);
        }
        typing.found(&read)
    }

    proptest! {
        /// From few letters, of which one takes two bytes and one four.
        #[test]
        fn a_term_is_as_far_from_a_word_as_the_table_of_distances_says(word in "[abδ𐌀]{1,12}", term in "[abδ𐌀]{0,14}", edits in 1..=2_u8) {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let (word_letters, term_letters) = (letters(&word), letters(&term));
            let whole = osa(&word_letters, &term_letters);
            let begun = (1..=term_letters.len()).map(|end| osa(&word_letters, &term_letters[..end])).min().unwrap_or(usize::MAX);
            let within = |distance: usize, most: u8| u8::try_from(distance).ok().filter(|distance| *distance <= most);
            let whole = within(whole, edits).map(|edits| (edits, false));
            let begun = within(begun, edits.min(1)).map(|edits| (edits, true));
            prop_assert_eq!(read(&word, &term, edits), whole.into_iter().chain(begun).min());
        }
    }

    #[test]
    fn the_longest_word_is_read_to_its_end() {
        let word = "a".repeat(LONGEST_LETTERS);
        assert_eq!(read(&word, &word, 2), Some((0, false)));
        assert_eq!(read(&word, &word[2..], 2), Some((2, false)));
        assert_eq!(read(&word, &word[3..], 2), None);
    }
}
