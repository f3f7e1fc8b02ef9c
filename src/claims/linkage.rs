//! Whether a record is a place that is already known.
//!
//! Two records are one place when name and address agree, or when the name agrees and no address says otherwise. What is
//! likely but not sure is told as a doubt, for a person to decide: two houses merged by mistake are harder to part than
//! one house listed twice.
//!
//! An oddity: after `noaber pairs different`, what a source said of the place that it was wrongly taken for stays there
//! until that source says otherwise.

use std::collections::{BTreeMap, HashMap};

use super::precedence::contradicts;
use crate::{
    model::{Address, MunicipalityCode, Place, vocabulary::PlaceKind},
    search::fold,
    spatial::{Rd, Wgs84},
};

/// Words that say what kind of house it is: they are added to a name and left out at will. With the kind that a name with
/// the word in it tells, where it tells any.
const KINDS: [(&str, Option<PlaceKind>); 32] = [
    ("kulturhus", Some(PlaceKind::Kulturhus)),
    ("kulturhoes", Some(PlaceKind::Kulturhus)),
    ("cultuurhuis", Some(PlaceKind::Kulturhus)),
    ("cultuurhus", Some(PlaceKind::Kulturhus)),
    ("dorpshuis", Some(PlaceKind::Dorpshuis)),
    ("dorpshoes", Some(PlaceKind::Dorpshuis)),
    ("dorpscentrum", Some(PlaceKind::Dorpshuis)),
    ("buurthuis", Some(PlaceKind::Buurthuis)),
    ("buurtcentrum", Some(PlaceKind::Buurthuis)),
    ("buurtkamer", Some(PlaceKind::Buurthuis)),
    ("buurtgebouw", Some(PlaceKind::Buurthuis)),
    ("wijkcentrum", Some(PlaceKind::Wijkcentrum)),
    ("wijkgebouw", Some(PlaceKind::Wijkcentrum)),
    ("wijkhuis", Some(PlaceKind::Wijkcentrum)),
    ("wijkhuys", Some(PlaceKind::Wijkcentrum)),
    ("wijkaccommodatie", Some(PlaceKind::Wijkcentrum)),
    ("mfa", Some(PlaceKind::Mfa)),
    ("mfc", Some(PlaceKind::Mfa)),
    ("multifunctioneel", Some(PlaceKind::Mfa)),
    ("multifunctionele", Some(PlaceKind::Mfa)),
    ("gemeenschapshuis", Some(PlaceKind::Gemeenschapshuis)),
    ("gemeenschapscentrum", Some(PlaceKind::Gemeenschapshuis)),
    ("verenigingsgebouw", Some(PlaceKind::Overig)),
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

/// The kind of meeting place that a name tells; `None` where it tells of none.
pub(crate) fn kind_of(name: &str) -> Option<PlaceKind> {
    let name = fold(name);
    name.split(' ').find_map(|word| {
        let (found, _) = split_kind(word);
        KINDS.iter().find(|(kind, _)| Some(*kind) == found).and_then(|(_, kind)| *kind)
    })
}

/// Words that distinguish nothing.
const FILLERS: [&str; 14] =
    ["de", "het", "t", "een", "n", "en", "van", "in", "te", "gebouw", "zaal", "stichting", "stg", "st"];

/// One letter in so many may differ for asking whether it is the same name: Trefkoele and Trefkoel, not Honk A and Honk B.
const LETTERS_A_SLIP: usize = 6;

/// Two points at an address that are nearer than this stand at one building.
const SAME_BUILDING_M: f64 = 50.0;

/// Two points at an address that are farther apart than this do not.
const OTHER_BUILDING_M: f64 = 250.0;

/// What identifies a place or a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    names: Vec<Name>,
    settlement: String,
    address: Option<Address>,
    at: Option<Rd>,
}

#[derive(Clone, Debug, PartialEq)]
struct Name {
    /// All words, without the mark of a polling station.
    whole: String,
    /// A number at the end, which may be that of a polling station or belong to the name.
    number: Option<String>,
    /// The words that distinguish.
    core: Vec<String>,
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

/// What a record is.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// The known place of that key.
    Known(String, Likeness),
    /// One of these, or none: a person has to say; most alike first.
    Doubtful(Vec<(String, Likeness)>),
    /// No known place.
    New,
}

/// The known places by municipality.
#[derive(Clone, Debug, Default)]
pub struct Register(HashMap<MunicipalityCode, BTreeMap<String, Identity>>);

impl Match {
    /// The keys of the known places that it may be.
    pub(crate) fn places(&self) -> impl Iterator<Item = &str> {
        let (known, doubtful) = match self {
            Self::Known(key, _) => (Some(key.as_str()), &[][..]),
            Self::Doubtful(places) => (None, places.as_slice()),
            Self::New => (None, &[][..]),
        };
        known.into_iter().chain(doubtful.iter().map(|(key, _)| key.as_str()))
    }
}

impl Identity {
    /// What identifies a place.
    pub fn of(place: &Place) -> Self {
        let names = std::iter::once(&place.name).chain(&place.alternative_names).map(String::as_str);
        let at = place.is_at_address().then_some(place.location.as_ref()).flatten();
        let at = at.map(|location| Wgs84 { lon: location.lon, lat: location.lat });
        Self::new(names, &place.settlement, place.address.clone(), at)
    }

    /// What identifies a record; `at` only where it is the point of the building.
    pub fn new<'a>(
        names: impl IntoIterator<Item = &'a str>,
        settlement: &str,
        address: Option<Address>,
        at: Option<Wgs84>,
    ) -> Self {
        let settlement = fold(settlement);
        let names = names.into_iter().map(|name| Name::new(name, &settlement)).collect();
        Self { names, settlement, address, at: at.map(Wgs84::to_rd) }
    }

    fn likeness(&self, known: &Self) -> Option<Likeness> {
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
        let postcode = |identity: &Self| {
            let postcode = identity.address.as_ref().and_then(|address| address.postcode.as_deref());
            postcode.map(|postcode| postcode.replace(' ', "").to_uppercase())
        };
        postcode(self).is_some() && postcode(self) == postcode(other)
    }

    /// `None` where there is too little to compare.
    fn shares_building_with(&self, other: &Self) -> Option<bool> {
        let addresses = self.address.as_ref().zip(other.address.as_ref());
        let comparable = addresses.is_some_and(|(one, other)| {
            let both = |part: fn(&Address) -> &Option<String>| part(one).is_some() && part(other).is_some();
            both(|address| &address.house_number)
                && (both(|address| &address.postcode) || both(|address| &address.street))
        });
        let apart_m = self.at.zip(other.at).map(|(one, other)| (one.x - other.x).hypot(one.y - other.y));
        match (addresses.is_some_and(|(one, other)| contradicts(one, other)), comparable, apart_m) {
            (true, ..) => Some(false),
            (false, true, _) => Some(true),
            (false, false, Some(apart_m)) if apart_m <= SAME_BUILDING_M => Some(true),
            (false, false, Some(apart_m)) if apart_m > OTHER_BUILDING_M => Some(false),
            _ => None,
        }
    }
}

impl Name {
    fn new(name: &str, settlement: &str) -> Self {
        let whole = fold(without_mark(name));
        let (bare, number) = without_number(without_mark(name));
        let place_words: Vec<&str> = settlement.split(' ').collect();
        let said = fold(&without_brackets(bare));
        let mut kinds = Vec::new();
        let mut core = Vec::new();
        for word in said.split(' ').filter(|word| !word.is_empty()) {
            let (kind, rest) = split_kind(word);
            kinds.extend(kind);
            if !rest.is_empty() && !FILLERS.contains(&rest) && !place_words.contains(&rest) {
                core.push(rest.to_owned());
            }
        }
        Self { whole, number: number.map(str::to_owned), core, kinds }
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

/// `kulturhustrefpunt` is a `kulturhus` and `trefpunt`.
fn split_kind(word: &str) -> (Option<&'static str>, &str) {
    let mut kinds = KINDS.iter().map(|(kind, _)| *kind);
    if let Some(kind) = kinds.find(|kind| *kind == word) {
        return (Some(kind), "");
    }
    let mut joined = KINDS.iter().map(|(kind, _)| *kind).filter(|kind| kind.len() > 5);
    let split = joined.find_map(|kind| word.strip_prefix(kind).filter(|rest| rest.len() > 3).map(|rest| (kind, rest)));
    split.map_or((None, word), |(kind, rest)| (Some(kind), rest))
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

impl Register {
    /// All known places.
    pub fn of<'a>(places: impl IntoIterator<Item = &'a Place>) -> Self {
        let mut register = Self::default();
        for place in places {
            register.add(place);
        }
        register
    }

    /// Adds a place, or replaces what was known of it.
    pub fn add(&mut self, place: &Place) {
        self.0.entry(place.municipality.clone()).or_default().insert(place.key.clone(), Identity::of(place));
    }

    /// What a record of `municipality` is.
    ///
    /// `decided` answers what a person said of the record and the place of a key: the same (`true`), another (`false`), or nothing yet.
    pub fn find(
        &self,
        municipality: &MunicipalityCode,
        record: &Identity,
        decided: impl Fn(&str) -> Option<bool>,
    ) -> Match {
        let mut found = Vec::new();
        for (key, known) in self.0.get(municipality).into_iter().flatten() {
            match decided(key) {
                Some(true) => return Match::Known(key.clone(), Likeness::NameAndAddress),
                Some(false) => {}
                None => found.extend(record.likeness(known).map(|likeness| (key.clone(), likeness))),
            }
        }
        found.sort_by(|(a, one), (b, other)| one.cmp(other).then(a.cmp(b)));
        let best = found.first().map(|(_, likeness)| *likeness);
        let equally_good = found.iter().filter(|(_, likeness)| likeness.is_sure() && Some(*likeness) == best).count();
        match found.first() {
            None => Match::New,
            Some((key, likeness)) if likeness.is_sure() && equally_good == 1 => Match::Known(key.clone(), *likeness),
            Some(_) => Match::Doubtful(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;

    fn register() -> Register {
        Register::of(&seed::read().unwrap().places)
    }

    fn address(street: &str, number: &str, postcode: &str) -> Option<Address> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some(Address { street: some(street), house_number: some(number), postcode: some(postcode) })
    }

    fn find(code: &str, name: &str, settlement: &str, address: Option<Address>) -> Match {
        let record = Identity::new([name], settlement, address, None);
        register().find(&code.parse().unwrap(), &record, |_| None)
    }

    fn known(found: Match) -> String {
        match found {
            Match::Known(key, _) => key,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_place_of_the_seed_is_found_by_its_own_name_and_address() {
        let register = register();
        for place in seed::read().unwrap().places {
            let record = Identity::of(&place);
            let found = register.find(&place.municipality, &record, |_| None);
            assert_eq!(known(found), place.key);
        }
    }

    #[test]
    fn the_spellings_of_the_polling_lists_are_the_same_place() {
        let is = |one: &str, other: &str| Name::new(one, "radewijk").is(&Name::new(other, "radewijk"));
        assert!(is("Wijkcentrum De Hengelose Es (A)", "De Hengelose Es"));
        assert!(is("Trefkoele +", "Kulturhus De Trefkoele+"));
        assert!(is("KulturhusTrefpunt", "Kulturhus 't Trefpunt"));
        assert!(is("Dorpshuis ''De Heugte'' Radewijk", "Dorpshuis De Heugte"));
        assert!(is("Sporthal 2", "Sporthal"));
        assert!(!is("Buurthuis Wijk 16", "Buurthuis Wijk 17") && !is("Sporthal 1", "Sporthal 2"));
        assert!(is("De Riet", "Buurtkamer De Riet"));
        assert!(!is("Dorpshuis De Heugte", "Dorpshuis De Brug"));
        assert!(!is("Dienstencentrum De Riet", "Buurtkamer De Riet"));
        let is_close = |one: &str, other: &str| Name::new(one, "").is_close_to(&Name::new(other, ""));
        assert!(is_close("Gemeenschapshuis de Trefkoel", "De Trefkoele"));
        assert!(!is_close("Honk A", "Honk B") && !is_close("De Brug", "De Berg"));
        assert!(Name::new("Kulturhus Rabo deCoCer", "denekamp").is_close_to(&Name::new("deCoCer", "denekamp")));
    }

    #[test]
    fn a_list_with_name_and_postcode_only_is_enough() {
        let postcode_only = Some(Address { street: None, house_number: None, postcode: Some("7496PP".to_owned()) });
        assert_eq!(
            known(find("GM1735", "Kulturhus De Marke (maandag)", "", postcode_only.clone())),
            "kulturhus-de-marke-hengevelde"
        );
        assert_eq!(find("GM1735", "Jeugdhonk De Loods", "", postcode_only), Match::New, "many stand in one postcode");
    }

    #[test]
    fn another_name_at_the_same_address_is_for_a_person_to_decide() {
        let found = find("GM1735", "Jeugdhonk De Loods", "Hengevelde", address("Bretelerstraat", "16", "7496 PP"));
        assert_eq!(found, Match::Doubtful(vec![("kulturhus-de-marke-hengevelde".to_owned(), Likeness::OtherName)]));
    }

    #[test]
    fn the_same_name_at_another_address_in_the_village_is_for_a_person_to_decide() {
        let found = find("GM1735", "Kulturhus De Marke", "Hengevelde", address("Dorpsstraat", "3", "7496 AA"));
        assert_eq!(found, Match::Doubtful(vec![("kulturhus-de-marke-hengevelde".to_owned(), Likeness::OtherAddress)]));
    }

    #[test]
    fn a_name_of_another_village_is_a_new_place() {
        assert_eq!(find("GM1735", "Kulturhus De Marke", "Delden", address("Dorpsstraat", "3", "7491 AA")), Match::New);
        assert_eq!(find("GM1735", "Het Nieuwe Honk", "Hengevelde", None), Match::New);
        // The same name in another municipality.
        assert_eq!(
            find("GM0193", "Kulturhus De Marke", "Hengevelde", address("Bretelerstraat", "16", "7496 PP")),
            Match::New
        );
    }

    #[test]
    fn without_an_address_the_name_in_the_village_is_enough() {
        assert_eq!(known(find("GM1735", "De Marke", "Hengevelde", None)), "kulturhus-de-marke-hengevelde");
    }

    #[test]
    fn what_a_person_decided_is_respected() {
        let record =
            Identity::new(["Jeugdhonk De Loods"], "Hengevelde", address("Bretelerstraat", "16", "7496 PP"), None);
        let decide = |answer| move |key: &str| (key == "kulturhus-de-marke-hengevelde").then_some(answer);
        let code = "GM1735".parse().unwrap();
        assert_eq!(known(register().find(&code, &record, decide(true))), "kulturhus-de-marke-hengevelde");
        assert_eq!(register().find(&code, &record, decide(false)), Match::New);
    }
}
