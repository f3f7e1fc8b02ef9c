//! Whether a record is a place that is already known.
//!
//! Two records are one place when name and address agree, or when the name agrees and no address says otherwise. What is
//! likely but not sure is told as a doubt, for a person to decide: two houses merged by mistake are harder to part than
//! one house listed twice.
//!
//! An oddity: after `noaber pairs different`, what a source said of the place that it was wrongly taken for stays there
//! until that source says otherwise.

use std::collections::{BTreeMap, HashMap};

use super::{
    candidates::Candidates,
    identity::{Identity, Likeness},
};
use crate::model::{MunicipalityCode, Place};

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

/// The known places.
#[derive(Clone, Debug, Default)]
pub struct Register {
    places: Vec<Known>,
    by_key: HashMap<String, u32>,
    candidates: Candidates,
}

#[derive(Clone, Debug)]
struct Known {
    key: String,
    municipality: MunicipalityCode,
    /// `None`: it is known no longer.
    identity: Option<Identity>,
}

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
        let identity = Identity::of(place);
        let number = match self.by_key.get(&place.key) {
            Some(number) => *number,
            None => {
                // More than four thousand million places are no province.
                let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
                let (key, municipality) = (place.key.clone(), place.municipality.clone());
                self.places.push(Known { key, municipality, identity: None });
                self.by_key.insert(place.key.clone(), number);
                number
            }
        };
        let Some(known) = self.places.get_mut(number as usize) else { return };
        if known.identity.as_ref() != Some(&identity) {
            self.candidates.add(number, &known.municipality, &identity, known.identity.as_ref());
            known.identity = Some(identity);
        }
    }

    /// Takes a place out.
    pub fn remove(&mut self, key: &str) {
        let number = self.by_key.get(key);
        if let Some(known) = number.and_then(|number| self.places.get_mut(*number as usize)) {
            known.identity = None;
        }
    }

    /// What a record of `municipality` is.
    ///
    /// `decided` is what a person said of the record and the places of these keys, ascending: the same (`true`), or another
    /// (`false`). Places of which `may_be` says no are left aside.
    pub fn find(
        &self,
        municipality: &MunicipalityCode,
        record: &Identity,
        decided: &BTreeMap<&str, bool>,
        may_be: impl Fn(&str) -> bool,
    ) -> Match {
        let is_here = |known: &&Known| known.municipality == *municipality && may_be(&known.key);
        let numbers = decided.iter().filter(|(_, same)| **same).filter_map(|(key, _)| self.by_key.get(*key));
        let mut said = numbers.filter_map(|number| self.places.get(*number as usize));
        if let Some(known) = said.find(|known| known.identity.is_some() && is_here(known)) {
            return Match::Known(known.key.clone(), Likeness::NameAndAddress);
        }
        let numbers = self.candidates.of(municipality, record).into_iter();
        let candidates = numbers.filter_map(|number| self.places.get(number as usize)).filter(is_here);
        let candidates = candidates.filter(|known| !decided.contains_key(known.key.as_str()));
        let alike =
            candidates.filter_map(|known| Some((known.key.clone(), record.likeness(known.identity.as_ref()?)?)));
        best(alike.collect())
    }
}

/// What a record is that is like these places.
fn best(mut found: Vec<(String, Likeness)>) -> Match {
    found.sort_by(|(a, one), (b, other)| one.cmp(other).then(a.cmp(b)));
    let best = found.first().map(|(_, likeness)| *likeness);
    let equally_good = found.iter().filter(|(_, likeness)| likeness.is_sure() && Some(*likeness) == best).count();
    match found.first() {
        None => Match::New,
        Some((key, likeness)) if likeness.is_sure() && equally_good == 1 => Match::Known(key.clone(), *likeness),
        Some(_) => Match::Doubtful(found),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        model::{Address, Location, vocabulary::LocationPrecision},
        spatial::Wgs84,
    };

    fn register() -> Register {
        Register::of(&crate::testing::facts().places)
    }

    fn address(street: &str, number: &str, postcode: &str) -> Option<Address> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some(Address { street: some(street), house_number: some(number), postcode: some(postcode) })
    }

    fn find(code: &str, name: &str, settlement: &str, address: Option<Address>) -> Match {
        let record = Identity::new([name], settlement, address.as_ref(), None);
        register().find(&code.parse().unwrap(), &record, &BTreeMap::new(), |_| true)
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
        for place in crate::testing::facts().places {
            let record = Identity::of(&place);
            let found = register.find(&place.municipality, &record, &BTreeMap::new(), |_| true);
            assert_eq!(known(found), place.key);
        }
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
        let address = address("Bretelerstraat", "16", "7496 PP");
        let record = Identity::new(["Jeugdhonk De Loods"], "Hengevelde", address.as_ref(), None);
        let decided = |answer| BTreeMap::from([("kulturhus-de-marke-hengevelde", answer)]);
        let code = "GM1735".parse().unwrap();
        let found = register().find(&code, &record, &decided(true), |_| true);
        assert_eq!(known(found), "kulturhus-de-marke-hengevelde");
        assert_eq!(register().find(&code, &record, &decided(false), |_| true), Match::New);
        let others = |key: &str| key != "kulturhus-de-marke-hengevelde";
        assert_eq!(register().find(&code, &record, &decided(true), others), Match::New);
        assert_eq!(register().find(&code, &record, &BTreeMap::new(), others), Match::New);
    }

    /// What [`Register::find`] is to say, found by looking at every place.
    fn scan(
        places: &BTreeMap<String, Place>,
        municipality: &MunicipalityCode,
        record: &Identity,
        decided: &BTreeMap<&str, bool>,
    ) -> Match {
        let mut found = Vec::new();
        for (key, place) in places.iter().filter(|(_, place)| place.municipality == *municipality) {
            match decided.get(key.as_str()) {
                Some(true) => return Match::Known(key.clone(), Likeness::NameAndAddress),
                Some(false) => {}
                None => found.extend(record.likeness(&Identity::of(place)).map(|likeness| (key.clone(), likeness))),
            }
        }
        best(found)
    }

    /// Names that are often the same, or nearly, or have words in common; long ones among them.
    fn names() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "De",
            "Dorpshuis",
            "Buurtkamer",
            "Kulturhus",
            "KulturhusTrefpunt",
            "Trefpunt",
            "Trefkoele",
            "Trefkoel",
            "Trevkoele",
            "Ontmoeting",
            "Ontmoetnig",
            "Marke",
            "Ommen",
            "Honk",
            "Zonnebloemkwartier",
            "Zonnebloemkwatrier",
            "Zonebloemkwartier",
            "Activiteitenboerderijtje",
            "Activiteitenboerderij",
            "(A)",
            "(oud)",
            "2",
            "16",
            "!",
        ]);
        let slip = (0..40_usize, prop::sample::select(vec!['e', 'x', ' ']), any::<bool>());
        (prop::collection::vec(word, 1..7), prop::option::weighted(0.3, slip)).prop_map(|(words, slip)| {
            let mut letters: Vec<char> = words.join(" ").chars().collect();
            if let Some((at, letter, is_new)) = slip.filter(|(at, ..)| *at < letters.len()) {
                letters.splice(at..at + usize::from(!is_new), is_new.then_some(letter));
            }
            letters.into_iter().collect()
        })
    }

    fn addresses() -> impl Strategy<Value = Option<Address>> {
        let part =
            |texts: &[&'static str]| prop::option::of(prop::sample::select(texts.to_vec()).prop_map(str::to_owned));
        let parts = (
            part(&["Kerkstraat", "kerkstraat", "Brink"]),
            part(&["1", "1 a", "1A", "2"]),
            part(&["7731 AA", "7731aa", "7731 AB"]),
        );
        prop::option::of(parts.prop_map(|(street, house_number, postcode)| Address { street, house_number, postcode }))
    }

    /// On lines of which some run within the metres that count, and some not.
    fn points() -> impl Strategy<Value = Option<Wgs84>> {
        prop::option::of((0..12_u32, 0..3_u32).prop_map(|(east, north)| Wgs84 {
            lon: 6.42 + f64::from(east) * 0.000_33,
            lat: 52.52 + f64::from(north) * 0.000_4,
        }))
    }

    fn places() -> impl Strategy<Value = Place> {
        let settlement = prop::sample::select(vec!["Ommen", "Beerze", ""]);
        let code = prop::sample::select(vec!["GM0175", "GM0148"]);
        let names = (names(), prop::collection::vec(names(), 0..2));
        (0..40_u32, code, names, settlement, addresses(), points()).prop_map(
            |(key, code, (name, alternative_names), settlement, address, at)| Place {
                // A key keeps its municipality.
                key: format!("{code}-{key}"),
                name,
                alternative_names,
                settlement: settlement.to_owned(),
                address,
                location: at.map(|at| Location {
                    lon: at.lon,
                    lat: at.lat,
                    precision: LocationPrecision::Address,
                    uncertainty_radius_m: 0.0,
                    outline: None,
                }),
                ..Place::unsaid(String::new(), code.parse().unwrap())
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn a_register_finds_what_looking_at_every_place_finds(
            added in prop::collection::vec(places(), 0..60),
            removed in prop::collection::vec(0..60_usize, 0..4),
            records in prop::collection::vec(places(), 1..12),
            decisions in prop::collection::vec((0..40_u32, any::<bool>()), 0..3),
        ) {
            let mut register = Register::default();
            let mut places = BTreeMap::new();
            for (number, place) in added.iter().enumerate() {
                register.add(place);
                places.insert(place.key.clone(), place.clone());
                if removed.contains(&number) {
                    register.remove(&place.key);
                    places.remove(&place.key);
                }
            }
            let keys: Vec<(String, bool)> = decisions.iter().map(|(key, same)| (format!("GM0175-{key}"), *same)).collect();
            let decided: BTreeMap<&str, bool> = keys.iter().map(|(key, same)| (key.as_str(), *same)).collect();
            for record in &records {
                let identity = Identity::of(record);
                for decided in [&BTreeMap::new(), &decided] {
                    let found = register.find(&record.municipality, &identity, decided, |_| true);
                    prop_assert_eq!(found, scan(&places, &record.municipality, &identity, decided));
                }
            }
        }
    }
}
