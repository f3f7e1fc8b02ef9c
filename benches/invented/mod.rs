//! Invented places as a file that `noaber ingest places` takes: the same number gives the same file.
//!
//! They stand in real villages, more in larger ones; names, streets and whatever is said of them are made up, and so is each site, at a
//! domain that cannot exist.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use noaber::model::{
    Settlement,
    vocabulary::{ActivityType, FacilityType, Term},
};

const SYLLABLES: [&str; 25] = [
    "ba", "ko", "li", "ren", "dal", "mer", "wij", "tos", "gel", "har", "vin", "zul", "pes", "rog", "dee", "mun", "kie",
    "fro", "lap", "sten", "wou", "bij", "ner", "tak", "hol",
];

const KINDS: [(&str, &str); 5] = [
    ("Kulturhus", "Kulturhus De"),
    ("Dorpshuis", "Dorpshuis 't"),
    ("Buurthuis", "Buurthuis Ons"),
    ("Wijkcentrum", "Wijkcentrum Het"),
    ("Dorpshuis", "Gemeenschapshuis De"),
];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ (bits >> 31)) % end as u64).unwrap_or_default()
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn degrees(&mut self, reach: f64) -> f64 {
        let step = u32::try_from(self.below(2_001)).unwrap_or_default();
        (f64::from(step) / 1_000.0 - 1.0) * reach
    }

    /// What is said of a term: of one in `often` that it is there, of as many that it is not.
    fn said(&mut self, often: usize) -> &'static str {
        match self.below(often) {
            0 => "ja",
            1 => "-",
            _ => "",
        }
    }
}

/// Writes so many places, each with a name and an address that no other has; nine in ten with a point.
///
/// # Errors
/// Those of `into`.
pub(crate) fn write(rows: usize, settlements: &[Settlement], into: &mut impl Write) -> io::Result<()> {
    let mut random = Random(rows as u64);
    let mut words = BTreeSet::new();
    let mut word = |random: &mut Random| loop {
        let syllables = 3 + random.below(3);
        let word: String = (0..syllables).map(|_| *random.one_of(&SYLLABLES)).collect();
        if words.insert(word.clone()) {
            return word;
        }
    };
    // A village stands here once for each five hundred inhabitants.
    let times = |town: &Settlement| usize::try_from(town.population.unwrap_or(0) / 500).unwrap_or(0);
    let towns: Vec<&Settlement> = settlements.iter().flat_map(|town| vec![town; times(town)]).collect();
    let facilities: Vec<&str> = FacilityType::all().map(Term::name).collect();
    let activities: Vec<&str> = ActivityType::all().map(Term::name).collect();
    let terms = facilities.iter().chain(&activities).map(|name| format!(";{name}")).collect::<String>();
    writeln!(
        into,
        "naam;soort;gemeente;plaats;straat;huisnummer;postcode;lengtegraad;breedtegraad;website;rechtsvorm;opgericht{terms}"
    )?;
    for row in 0..rows {
        let town = *random.one_of(&towns);
        let (kind, head) = *random.one_of(&KINDS);
        let (name, street) = (word(&mut random), word(&mut random));
        let point = match row % 10 {
            0 => ";".to_owned(),
            _ => format!("{:.6};{:.6}", town.lon + random.degrees(0.02), town.lat + random.degrees(0.01)),
        };
        let (number, postcode, year) = (1 + random.below(200), 7_400 + random.below(1_000), 1_950 + random.below(70));
        write!(
            into,
            "{head} {name};{kind};{};{};{street}straat;{number};{postcode} AB;{point};https://{name}.example;Stichting;{year}",
            town.municipality, town.name,
        )?;
        for _ in &facilities {
            write!(into, ";{}", random.said(12))?;
        }
        for _ in &activities {
            write!(into, ";{}", random.said(24))?;
        }
        writeln!(into)?;
    }
    into.flush()
}
