//! Invented places among the real municipalities and settlements: as many as asked, the same each time.
//!
//! Skewed as towns are: a settlement has places as it has inhabitants, most of them near its middle; few words are in many names, and many in few.

use std::ops::Range;

use noaber::{
    model::{
        Address, Facts, Location, Place, PlaceSource, Settlement,
        vocabulary::{ActivityType, FacilityType, LocationPrecision, PlaceKind, PlaceStatus, Term},
    },
    seed,
};

const SYLLABLES: [&str; 40] = [
    "scha", "kel", "brink", "es", "dal", "linde", "molen", "kamp", "hof", "regge", "veen", "vecht", "noa", "ber",
    "huus", "loo", "mar", "ke", "horst", "wes", "ter", "oos", "zui", "der", "berg", "wijk", "tref", "punt", "haar",
    "stede", "ijs", "sel", "din", "ral", "toe", "bor", "gel", "poort", "zicht", "burg",
];

const HEADS: [(&str, PlaceKind); 7] = [
    ("Kulturhus", PlaceKind::Kulturhus),
    ("Dorpshuis", PlaceKind::Dorpshuis),
    ("Buurthuis", PlaceKind::Buurthuis),
    ("Wijkcentrum", PlaceKind::Wijkcentrum),
    ("MFA", PlaceKind::Mfa),
    ("Gemeenschapshuis", PlaceKind::Gemeenschapshuis),
    ("Ontmoetingscentrum", PlaceKind::Overig),
];

const ARTICLES: [&str; 4] = ["De", "Het", "'t", "Ons"];

/// Of a thousand places so many are closed.
const CLOSED: usize = 10;

/// Of a thousand places so many have no list of facilities and activities: nobody wrote down any.
const UNTOLD: usize = 300;

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.bits() % end.max(1) as u64).unwrap_or_default()
    }

    /// From 0 until before 1.
    pub(crate) fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.bits() >> 32).unwrap_or_default()) / 4_294_967_296.0
    }

    pub(crate) fn between(&mut self, range: Range<f64>) -> f64 {
        range.start + self.share() * (range.end - range.start)
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// About normal: the sum of four.
    fn bell(&mut self) -> f64 {
        (0..4).map(|_| self.between(-0.9..0.9)).sum()
    }

    /// The first ones much more often than the last.
    fn skewed<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let share = self.share() * self.share() * self.share();
        &all[self.below((all.len() as f64 * share) as usize + 1)]
    }

    fn some_of<T: Copy + PartialEq>(&mut self, all: &[T], most: usize) -> Vec<T> {
        let mut found = Vec::new();
        for _ in 0..=self.below(most) {
            let one = *self.skewed(all);
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }
}

/// The facts of the seed with so many invented places instead of its own.
pub(crate) fn facts(count: usize) -> Facts {
    let mut facts = seed::read().expect("the seed of this build is tested");
    let mut random = Random(20_260 + count as u64);
    let towns: Vec<&Settlement> = facts.settlements.iter().filter(|town| town.population > Some(0)).collect();
    let mut inhabitants = 0.0;
    let up_to: Vec<f64> = towns
        .iter()
        .map(|town| {
            inhabitants += f64::from(town.population.unwrap_or_default());
            inhabitants
        })
        .collect();
    let updated_at = facts.places.first().expect("a place").updated_at;
    let (facilities, activities): (Vec<_>, Vec<_>) = (FacilityType::all().collect(), ActivityType::all().collect());
    let places: Vec<Place> = (0..count)
        .map(|number| {
            let wanted = random.share() * inhabitants;
            let town = towns[up_to.partition_point(|so_far| *so_far < wanted).min(towns.len() - 1)];
            // In a town of a square kilometre most are within some hundreds of metres of its middle.
            let spread = (town.area_ha / 100.0).sqrt() / 111.0 / 3.0;
            let (lon, lat) = (town.lon + random.bell() * spread * 1.6, town.lat + random.bell() * spread);
            let (head, kind) = *random.one_of(&HEADS);
            let is_told = random.below(1_000) >= UNTOLD;
            let degrees = |given: f64| (given * 1e6).round() / 1e6;
            Place {
                key: format!("invented-{number:07}"),
                name: format!("{head} {} {}", random.one_of(&ARTICLES), word(&mut random)),
                alternative_names: Vec::new(),
                kind: Some(kind),
                kind_basis: None,
                status: Some(if random.below(1_000) < CLOSED { PlaceStatus::Closed } else { PlaceStatus::Open }),
                last_confirmed: None,
                municipality: town.municipality.clone(),
                settlement: town.name.clone(),
                neighbourhood: None,
                address: Some(Address {
                    street: Some(format!("{}straat", word(&mut random))),
                    house_number: Some((1 + random.below(240)).to_string()),
                    postcode: None,
                }),
                location: Some(Location {
                    lon: degrees(lon),
                    lat: degrees(lat),
                    precision: LocationPrecision::Address,
                    uncertainty_radius_m: 0.0,
                    outline: None,
                }),
                website: None,
                legal_form: None,
                founded_year: None,
                facilities: if is_told { random.some_of(&facilities, 5) } else { Vec::new() },
                absent_facilities: Vec::new(),
                activities: if is_told { random.some_of(&activities, 6) } else { Vec::new() },
                absent_activities: Vec::new(),
                cultural_programme: None,
                run_by: None,
                owned_by: None,
                opening_hours: None,
                wheelchair_accessible: None,
                contact: None,
                updated_at,
            }
        })
        .collect();
    let source = facts.sources.first().expect("a source").id.clone();
    facts.place_sources = places
        .iter()
        .map(|place| PlaceSource {
            place: place.key.clone(),
            source: source.clone(),
            fields: ["location", "name"].map(str::to_owned).to_vec(),
        })
        .collect();
    facts.places = places;
    facts.in_order()
}

/// A word that sounds like one, with a capital.
fn word(random: &mut Random) -> String {
    let syllables = 2 + random.below(2);
    let word: String = (0..syllables).map(|_| *random.skewed(&SYLLABLES)).collect();
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
