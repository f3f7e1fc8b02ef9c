//! What identifies a place or a record, and how alike two of them are.

use std::sync::LazyLock;

use super::address::{FoldedAddress, alike};
use crate::{
    model::{Address, Place, vocabulary::PlaceKind},
    search::fold,
    spatial::{Rd, Wgs84},
};

/// Words that say what kind of house it is: they are added to a name and left out at will. With the kind that a name with
/// the word in it tells, where it tells any.
const KINDS: [(&str, Option<PlaceKind>); 30] = [
    ("kulturhuis", Some(PlaceKind::Kulturhus)),
    ("kultuurhuis", Some(PlaceKind::Kulturhus)),
    ("cultuurhuis", Some(PlaceKind::Kulturhus)),
    ("dorpshuis", Some(PlaceKind::Dorpshuis)),
    ("dorpscentrum", Some(PlaceKind::Dorpshuis)),
    ("buurthuis", Some(PlaceKind::Buurthuis)),
    ("buurtcentrum", Some(PlaceKind::Buurthuis)),
    ("buurtkamer", Some(PlaceKind::Buurthuis)),
    ("buurtgebouw", Some(PlaceKind::Buurthuis)),
    ("wijkcentrum", Some(PlaceKind::Wijkcentrum)),
    ("wijkgebouw", Some(PlaceKind::Wijkcentrum)),
    ("wijkhuis", Some(PlaceKind::Wijkcentrum)),
    ("wijkaccommodatie", Some(PlaceKind::Wijkcentrum)),
    ("mfa", Some(PlaceKind::Mfa)),
    ("mfc", Some(PlaceKind::Mfa)),
    ("multifunctioneel", Some(PlaceKind::Mfa)),
    ("multifunctionele", Some(PlaceKind::Mfa)),
    ("gemeenschapshuis", Some(PlaceKind::Gemeenschapshuis)),
    ("gemeenschapscentrum", Some(PlaceKind::Gemeenschapshuis)),
    ("verenigingsgebouw", Some(PlaceKind::Overig)),
    ("verenigingshuis", Some(PlaceKind::Overig)),
    ("ontmoetingscentrum", Some(PlaceKind::Overig)),
    ("ontmoetingsruimte", Some(PlaceKind::Overig)),
    ("ontmoetingsplek", Some(PlaceKind::Overig)),
    ("ontmoetingshuis", Some(PlaceKind::Overig)),
    ("activiteitencentrum", Some(PlaceKind::Overig)),
    ("accommodatie", None),
    ("dienstencentrum", None),
    ("centrum", None),
    ("clubgebouw", None),
];

/// How a house is called in Overijssel, where `huis` is written as it is said.
const HOUSES: [&str; 5] = ["huis", "hus", "huus", "hoes", "huys"];

/// Each word for a kind as it may be written, in the spelling of [`alike`], with the word of [`KINDS`].
static SPELLINGS: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let spellings = KINDS.iter().flat_map(|(kind, _)| {
        let written = match kind.strip_suffix("huis") {
            Some(of) => HOUSES.iter().map(|house| format!("{of}{house}")).collect(),
            None => vec![(*kind).to_owned()],
        };
        written.into_iter().map(|written| (alike(&written), *kind))
    });
    spellings.collect()
});

/// The kind of meeting place that a name tells; `None` where it tells of none.
pub(crate) fn kind_of(name: &str) -> Option<PlaceKind> {
    let name = alike(name);
    name.split(' ').find_map(|word| {
        let (found, _) = split_kind(word);
        KINDS.iter().find(|(kind, _)| Some(*kind) == found).and_then(|(_, kind)| *kind)
    })
}

/// Words that distinguish nothing.
const FILLERS: [&str; 14] =
    ["de", "het", "t", "een", "n", "en", "van", "in", "te", "gebouw", "zaal", "stichting", "stg", "st"];

/// One letter in so many may differ for asking whether it is the same name: Trefkoele and Trefkoel, not Honk A and Honk B.
pub(super) const LETTERS_A_SLIP: usize = 6;

/// Two points at an address that are nearer than this stand at one building.
pub(super) const SAME_BUILDING_M: f64 = 50.0;

/// Two points at an address that are farther apart than this do not.
const OTHER_BUILDING_M: f64 = 250.0;

/// What identifies a place or a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    pub(super) names: Vec<Name>,
    pub(super) settlement: String,
    pub(super) address: Option<FoldedAddress>,
    pub(super) at: Option<Rd>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// All words, without the mark of a polling station.
    pub(super) whole: String,
    /// A number at the end, which may be that of a polling station or belong to the name.
    number: Option<String>,
    /// The words that distinguish.
    pub(super) core: Vec<String>,
    /// What kinds of house it calls itself.
    kinds: Vec<&'static str>,
}

/// Why a record is taken for a known place, or may be it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same name at the same address.
    NameAndAddress,
    /// A spelling of the name at the same address.
    SpellingAndAddress,
    /// The same name in the same village, and no address to compare.
    NameAndSettlement,
    /// The same name, but the address is another.
    OtherAddress,
    /// The same name, but the village is another and there is no address to compare.
    OtherSettlement,
    /// A similar name in the same village, and no address to compare.
    SimilarName,
    /// The same address under another name.
    OtherName,
}

impl Likeness {
    /// Its name in the database and in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::NameAndAddress => "name-and-address",
            Self::SpellingAndAddress => "spelling-and-address",
            Self::NameAndSettlement => "name-and-settlement",
            Self::OtherAddress => "other-address",
            Self::OtherSettlement => "other-settlement",
            Self::SimilarName => "similar-name",
            Self::OtherName => "other-name",
        }
    }

    /// Whether that is enough.
    pub fn is_sure(self) -> bool {
        matches!(self, Self::NameAndAddress | Self::SpellingAndAddress | Self::NameAndSettlement)
    }
}

impl Identity {
    /// What identifies a place.
    pub fn of(place: &Place) -> Self {
        let names = std::iter::once(&place.name).chain(&place.alternative_names).map(String::as_str);
        let at = place.is_at_address().then_some(place.location.as_ref()).flatten();
        let at = at.map(|location| Wgs84 { lon: location.lon, lat: location.lat });
        Self::new(names, &place.settlement, place.address.as_ref(), at)
    }

    /// What identifies a record; `at` only where it is the point of the building.
    pub fn new<'a>(
        names: impl IntoIterator<Item = &'a str>,
        settlement: &str,
        address: Option<&Address>,
        at: Option<Wgs84>,
    ) -> Self {
        let settlement = alike(settlement);
        let names = names.into_iter().map(|name| Name::new(name, &settlement)).collect();
        Self { names, settlement, address: address.map(FoldedAddress::of), at: at.map(Wgs84::to_rd) }
    }

    /// Why a record may be a known place; `None`: it is another.
    pub(super) fn likeness(&self, known: &Self) -> Option<Likeness> {
        let pairs = || self.names.iter().flat_map(|one| known.names.iter().map(move |other| (one, other)));
        let same = pairs().any(|(one, other)| one.is(other));
        let spelling = !same && pairs().any(|(one, other)| one.is_close_to(other));
        let same_settlement = self.settlement == known.settlement;
        match self.shares_building_with(known) {
            Some(true) if same => Some(Likeness::NameAndAddress),
            Some(true) if spelling => Some(Likeness::SpellingAndAddress),
            Some(true) => Some(Likeness::OtherName),
            Some(false) if same && same_settlement => Some(Likeness::OtherAddress),
            Some(false) => None,
            None if same && self.shares_postcode_with(known) => Some(Likeness::NameAndAddress),
            None if same && same_settlement => Some(Likeness::NameAndSettlement),
            None if same => Some(Likeness::OtherSettlement),
            None if spelling && same_settlement => Some(Likeness::SimilarName),
            None => None,
        }
    }

    /// Lists that give no more than name and postcode.
    fn shares_postcode_with(&self, other: &Self) -> bool {
        let postcodes = self.postcode().zip(other.postcode());
        postcodes.is_some_and(|(one, other)| one == other)
    }

    fn postcode(&self) -> Option<&str> {
        self.address.as_ref().and_then(|address| address.postcode.as_deref())
    }

    /// `None` where there is too little to compare.
    fn shares_building_with(&self, other: &Self) -> Option<bool> {
        let addresses = self.address.as_ref().zip(other.address.as_ref());
        let contradict = addresses.is_some_and(|(one, other)| one.contradicts(other));
        let comparable = self.shape().is_comparable_with(other.shape());
        let apart_m = self.at.zip(other.at).map(|(one, other)| (one.x - other.x).hypot(one.y - other.y));
        match (contradict, comparable, apart_m) {
            (true, ..) => Some(false),
            (false, true, _) => Some(true),
            (false, false, Some(apart_m)) if apart_m <= SAME_BUILDING_M => Some(true),
            (false, false, Some(apart_m)) if apart_m > OTHER_BUILDING_M => Some(false),
            _ => None,
        }
    }

    /// What of the address there is to compare.
    pub(super) fn shape(&self) -> Shape {
        let numbered = self.address.as_ref().filter(|address| address.house_numbers.is_some());
        Shape {
            has_postcode: numbered.is_some_and(|address| address.postcode.is_some()),
            has_street: numbered.is_some_and(|address| address.street.is_some()),
        }
    }
}

/// What of an address there is to compare: a house number, and beside it what tells of which street it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    has_postcode: bool,
    has_street: bool,
}

impl Shape {
    pub(super) const ALL: [Self; 4] = [
        Self { has_postcode: false, has_street: false },
        Self { has_postcode: false, has_street: true },
        Self { has_postcode: true, has_street: false },
        Self { has_postcode: true, has_street: true },
    ];

    /// Whether two addresses of these shapes are the same one or not, without a doubt.
    pub(super) fn is_comparable_with(self, other: Self) -> bool {
        (self.has_postcode && other.has_postcode) || (self.has_street && other.has_street)
    }
}

impl Name {
    fn new(name: &str, settlement: &str) -> Self {
        let whole: Vec<String> = alike(without_mark(name)).split(' ').map(written_alike).collect();
        let (bare, number) = without_number(without_mark(name));
        let place_words: Vec<&str> = settlement.split(' ').collect();
        let said = alike(&without_brackets(bare));
        let mut kinds = Vec::new();
        let mut core = Vec::new();
        for word in said.split(' ').filter(|word| !word.is_empty()) {
            let (kind, rest) = split_kind(word);
            kinds.extend(kind);
            if !rest.is_empty() && !FILLERS.contains(&rest) && !place_words.contains(&rest) {
                core.push(rest.to_owned());
            }
        }
        Self { whole: whole.join(" "), number: number.map(str::to_owned), core, kinds }
    }

    /// A Buurtkamer De Riet is not the Dienstencentrum De Riet; De Riet may be either.
    fn is(&self, other: &Self) -> bool {
        let kinds_agree =
            self.kinds.is_empty() || other.kinds.is_empty() || self.kinds.iter().any(|kind| other.kinds.contains(kind));
        let numbers_agree = self.number.is_none() || other.number.is_none() || self.number == other.number;
        self.whole == other.whole || (kinds_agree && numbers_agree && self.has_core_of(other))
    }

    fn has_core_of(&self, other: &Self) -> bool {
        !self.core.is_empty() && self.core.concat() == other.core.concat()
    }

    /// One has all distinguishing words of the other, or the letters nearly agree.
    fn is_close_to(&self, other: &Self) -> bool {
        let (few, many) = if self.core.len() < other.core.len() { (self, other) } else { (other, self) };
        if few.core.is_empty() {
            return false;
        }
        let (short, long) = (few.core.concat(), many.core.concat());
        let slips = short.chars().count().min(long.chars().count()) / LETTERS_A_SLIP;
        few.core.iter().all(|word| many.core.contains(word)) || strsim::levenshtein(&short, &long) <= slips
    }
}

/// `kulturhustrefpunt` is a `kulturhus` and `trefpunt`; the word is in the spelling of [`alike`].
fn split_kind(word: &str) -> (Option<&'static str>, &str) {
    if let Some((_, kind)) = SPELLINGS.iter().find(|(written, _)| written == word) {
        return (Some(*kind), "");
    }
    let joined = SPELLINGS.iter().filter(|(written, _)| written.len() > 5);
    let mut split = joined.filter_map(|(written, kind)| {
        word.strip_prefix(written.as_str()).filter(|rest| rest.len() > 3).map(|rest| (Some(*kind), rest))
    });
    split.next().unwrap_or((None, word))
}

/// A word in the one spelling of a kind of house, where it is one.
fn written_alike(word: &str) -> String {
    SPELLINGS.iter().find(|(written, _)| written == word).map_or(word, |(_, kind)| *kind).to_owned()
}

/// The name without the mark that tells apart the polling stations of one building: `(A)`, `(2)`.
pub(crate) fn without_mark(name: &str) -> &str {
    let mut bare = name.trim();
    loop {
        let inner = bare.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        match inner {
            Some((rest, mark)) if is_mark(mark.trim()) && !rest.trim().is_empty() => bare = rest.trim_end(),
            _ => return bare,
        }
    }
}

/// A letter, a number, or the day on which a station was open.
fn is_mark(text: &str) -> bool {
    const DAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
    text.chars().count() <= 2 || DAYS.contains(&fold(text).as_str())
}

/// The name without a number at the end, and the number.
fn without_number(name: &str) -> (&str, Option<&str>) {
    let number = name.rsplit_once(' ').filter(|(_, last)| last.len() <= 2 && last.bytes().all(|b| b.is_ascii_digit()));
    number.map_or((name, None), |(rest, number)| (rest.trim_end(), Some(number)))
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0_u32;
    let kept = name.chars().filter(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    let kept: String = kept.collect();
    if kept.trim().is_empty() { name.to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_the_polling_lists_are_the_same_place() {
        let is = |one: &str, other: &str| Name::new(one, &alike("Radewijk")).is(&Name::new(other, &alike("Radewijk")));
        assert!(is("Wijkcentrum De Hengelose Es (A)", "De Hengelose Es"));
        assert!(is("Trefkoele +", "Kulturhus De Trefkoele+"));
        assert!(is("KulturhusTrefpunt", "Kulturhus 't Trefpunt"));
        assert!(is("Dorpshuis ''De Heugte'' Radewijk", "Dorpshuis De Heugte"));
        assert!(is("Sporthal 2", "Sporthal"));
        assert!(!is("Buurthuis Wijk 16", "Buurthuis Wijk 17") && !is("Sporthal 1", "Sporthal 2"));
        assert!(is("De Riet", "Buurtkamer De Riet"));
        assert!(!is("Dorpshuis De Heugte", "Dorpshuis De Brug"));
        assert!(!is("Dienstencentrum De Riet", "Buurtkamer De Riet"));
        assert!(is("Dorpshuus De Heugte", "Dorpshoes de Heugte") && is("Kulturhoes Radewijk", "KULTURHUS RADEWYK"));
        assert!(is("De Reijer", "De Reyer") && is("Wijkhuys De Ĳssel", "Wijkhuis De IJssel"));
        assert!(!is("Dorpshuus De Heugte", "Buurthuus De Heugte"));
        let is_close = |one: &str, other: &str| Name::new(one, "").is_close_to(&Name::new(other, ""));
        assert!(is_close("Gemeenschapshuis de Trefkoel", "De Trefkoele"));
        assert!(!is_close("Honk A", "Honk B") && !is_close("De Brug", "De Berg"));
        assert!(Name::new("Kulturhus Rabo deCoCer", "denekamp").is_close_to(&Name::new("deCoCer", "denekamp")));
    }

    #[test]
    fn a_house_is_a_house_in_low_saxon_too() {
        for (name, kind) in [
            ("Dorpshuus Heino", PlaceKind::Dorpshuis),
            ("Buurthoes De Riet", PlaceKind::Buurthuis),
            ("Kulturhûs De Brink", PlaceKind::Kulturhus),
            ("Wijkhuus De Pol", PlaceKind::Wijkcentrum),
            ("Wykcentrum", PlaceKind::Wijkcentrum),
        ] {
            assert_eq!(kind_of(name), Some(kind), "{name}");
        }
        assert_eq!(kind_of("Gasthuus"), None);
    }
}
