//! Which known places are worth comparing with a record: those that have a mark in common with it.
//!
//! Two identities of one municipality that are alike in any way have at least one [`Mark`] in common, and hardly any two that
//! are not have one. So a record is compared with a few places, however many there are; whether they are alike is decided by
//! [`Identity`] alone.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::identity::{Identity, LETTERS_A_SLIP, SAME_BUILDING_M, Shape};
use crate::{model::MunicipalityCode, spatial::Rd};

/// From so many letters on a name is compared with all others as long: the pieces that it would be looked up by grow with
/// the cube of its length, and there are hardly any such names.
const LONG_LETTERS: usize = 60;

/// Places by mark. One that is known by others no longer keeps its marks: it is one comparison too many, and no more.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    chains: HashMap<u64, Chain>,
    links: Vec<Link>,
}

/// The places of one mark, from the last that was added to the first.
#[derive(Clone, Copy, Debug)]
struct Chain {
    last: u32,
    length: u32,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    place: u32,
    /// The link before it in the chain; itself where there is none.
    before: u32,
}

/// What two identities that are alike have in common.
#[derive(Hash)]
enum Mark<'a> {
    /// The whole name.
    Whole(&'a str),
    /// The words of the name that distinguish, as one.
    Core(&'a str),
    /// House number, of several each, and postcode.
    Postcode(&'a str, &'a str),
    /// House number and street.
    Street(&'a str, &'a str),
    /// The square in which the building stands, as long as one building may be.
    Square(i64, i64),
    /// The village, and what there is to compare of the address. A spelling of a name counts only in one village, and where
    /// the addresses leave it open.
    Village(Village<'a>),
    /// A word of the name there.
    Word(Village<'a>, &'a str),
    /// The longest word of the name there: a name that has all words of this one has it too.
    LongestWord(Village<'a>, &'a str),
    /// A name there of so many letters has, as the part of that number, these letters.
    Part(Village<'a>, usize, usize, &'a [char]),
    /// A long name there.
    Long(Village<'a>),
}

#[derive(Clone, Copy, Hash)]
struct Village<'a>(&'a str, Shape);

/// What marks are made of in one municipality.
struct Marker<'a>(&'a MunicipalityCode);

impl Marker<'_> {
    fn hash(&self, mark: &Mark<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.0, mark).hash(&mut hasher);
        hasher.finish()
    }
}

impl Candidates {
    /// Adds a place under the marks of its identity that it did not have `before`.
    pub(super) fn add(
        &mut self,
        place: u32,
        municipality: &MunicipalityCode,
        identity: &Identity,
        before: Option<&Identity>,
    ) {
        let known: HashSet<u64> = before.into_iter().flat_map(|before| marks_of_place(municipality, before)).collect();
        let marks: HashSet<u64> = marks_of_place(municipality, identity).into_iter().collect();
        for mark in marks.difference(&known) {
            // More than four thousand million marks do not fit into memory.
            let link = u32::try_from(self.links.len()).unwrap_or(u32::MAX);
            let chain = self.chains.entry(*mark).or_insert(Chain { last: link, length: 0 });
            self.links.push(Link { place, before: chain.last });
            *chain = Chain { last: link, length: chain.length + 1 };
        }
    }

    /// The places of a municipality that may be alike to a record, once each.
    pub(super) fn of(&self, municipality: &MunicipalityCode, record: &Identity) -> Vec<u32> {
        let mut places = Vec::new();
        for mark in self.marks_of_record(municipality, record) {
            self.collect(mark, &mut places);
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    fn collect(&self, mark: u64, places: &mut Vec<u32>) {
        let Some(chain) = self.chains.get(&mark) else { return };
        let mut at = chain.last;
        while let Some(link) = self.links.get(at as usize) {
            places.push(link.place);
            if link.before == at {
                break;
            }
            at = link.before;
        }
    }

    fn length(&self, mark: u64) -> u32 {
        self.chains.get(&mark).map_or(0, |chain| chain.length)
    }

    /// The marks under which the places are to be found that a record may be alike to.
    fn marks_of_record(&self, municipality: &MunicipalityCode, record: &Identity) -> Vec<u64> {
        let marker = Marker(municipality);
        let mut marks = common(&marker, record);
        if let Some((x, y)) = record.at.map(square) {
            let around =
                [-1, 0, 1].into_iter().flat_map(|dx| [-1, 0, 1].map(|dy| (x.saturating_add(dx), y.saturating_add(dy))));
            marks.extend(around.map(|(x, y)| marker.hash(&Mark::Square(x, y))));
        }
        let shapes = Shape::ALL.into_iter().filter(|shape| !shape.is_comparable_with(record.shape()));
        for village in shapes.map(|shape| Village(&record.settlement, shape)) {
            if self.length(marker.hash(&Mark::Village(village))) > 0 {
                record.names.iter().for_each(|name| self.spellings(&marker, village, &name.core, &mut marks));
            }
        }
        marks
    }

    /// The marks of the names in a village of which one with these words may be a spelling.
    fn spellings(&self, marker: &Marker<'_>, village: Village<'_>, core: &[String], marks: &mut Vec<u64>) {
        // It has all words of the other, or the other of it; then any word of it will do, and the rarest is best.
        marks.extend(core.iter().map(|word| marker.hash(&Mark::LongestWord(village, word))));
        let words = core.iter().map(|word| marker.hash(&Mark::Word(village, word)));
        marks.extend(words.min_by_key(|mark| self.length(*mark)));
        // The letters nearly agree. So many slips leave one of one part more as it is, and move it by no more letters.
        let letters: Vec<char> = core.iter().flat_map(|word| word.chars()).collect();
        let most_slips = letters.len() / LETTERS_A_SLIP;
        for length in letters.len() - most_slips..=letters.len() + most_slips {
            let slips = length.min(letters.len()) / LETTERS_A_SLIP;
            if slips == 0 || length.abs_diff(letters.len()) > slips {
                continue;
            }
            if length >= LONG_LETTERS {
                marks.push(marker.hash(&Mark::Long(village)));
                break;
            }
            for (number, (start, end)) in parts(length).enumerate() {
                for moved in start.saturating_sub(slips)..=start + slips {
                    if let Some(there) = letters.get(moved..moved + (end - start)) {
                        marks.push(marker.hash(&Mark::Part(village, length, number, there)));
                    }
                }
            }
        }
    }
}

/// The marks under which a place is kept.
fn marks_of_place(municipality: &MunicipalityCode, place: &Identity) -> Vec<u64> {
    let marker = Marker(municipality);
    let mut marks = common(&marker, place);
    let village = Village(&place.settlement, place.shape());
    marks.push(marker.hash(&Mark::Village(village)));
    marks.extend(place.at.map(square).map(|(x, y)| marker.hash(&Mark::Square(x, y))));
    for name in &place.names {
        marks.extend(name.core.iter().map(|word| marker.hash(&Mark::Word(village, word))));
        let longest = name.core.iter().max_by_key(|word| (word.len(), *word));
        marks.extend(longest.map(|word| marker.hash(&Mark::LongestWord(village, word))));
        let letters: Vec<char> = name.core.iter().flat_map(|word| word.chars()).collect();
        if letters.len() >= LONG_LETTERS {
            marks.push(marker.hash(&Mark::Long(village)));
        } else if letters.len() >= LETTERS_A_SLIP {
            for (number, (start, end)) in parts(letters.len()).enumerate() {
                marks.push(marker.hash(&Mark::Part(village, letters.len(), number, &letters[start..end])));
            }
        }
    }
    marks
}

/// What both sides have alike: names that are the same, and the building.
fn common(marker: &Marker<'_>, identity: &Identity) -> Vec<u64> {
    let mut marks = Vec::new();
    for name in &identity.names {
        marks.push(marker.hash(&Mark::Whole(&name.whole)));
        if !name.core.is_empty() {
            marks.push(marker.hash(&Mark::Core(&name.core.concat())));
        }
    }
    if let Some(address) = &identity.address {
        for number in address.house_numbers.iter().flatten() {
            if let Some(postcode) = &address.postcode {
                marks.push(marker.hash(&Mark::Postcode(number, postcode)));
            }
            if let Some(street) = &address.street {
                marks.push(marker.hash(&Mark::Street(number, street)));
            }
        }
    }
    marks
}

/// Where the parts of a name of so many letters begin and end: one more than there may be slips in it.
fn parts(letters: usize) -> impl Iterator<Item = (usize, usize)> {
    let parts = letters / LETTERS_A_SLIP + 1;
    (0..parts).map(move |part| (part * letters / parts, (part + 1) * letters / parts))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the Netherlands are smaller; what lies elsewhere is in a square at the edge"
)]
fn square(at: Rd) -> (i64, i64) {
    let number = |metres: f64| (metres / SAME_BUILDING_M).floor() as i64;
    (number(at.x), number(at.y))
}
