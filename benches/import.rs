//! What an import costs, in processor time of the whole program: `cargo bench --profile dist --bench import`.
//!
//! Read the figures as ratios within one run. The baseline of a file that confirms what is known is one build of the edition,
//! of which an import makes two: one as it starts and one of what it has taken. New places are told per row, which is to
//! stay the same however many there are. The database is a SQLite file of its own.

#![expect(clippy::print_stdout, reason = "the figures")]

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    hint::black_box,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use noaber::{
    edition::Edition,
    model::{Settlement, vocabulary::Term as _},
    seed,
};

/// How often a small thing is done, of which the least counts.
const TIMES: usize = 7;

const SYLLABLES: [&str; 25] = [
    "ba", "ko", "li", "ren", "dal", "mer", "wij", "tos", "gel", "har", "vin", "zul", "pes", "rog", "dee", "mun", "kie",
    "fro", "lap", "sten", "wou", "bij", "ner", "tak", "hol",
];

const HEADS: [&str; 5] = ["Kulturhus De", "Dorpshuis 't", "Buurthuis Ons", "Wijkcentrum Het", "Gemeenschapshuis De"];

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
}

/// Invented places, each with a name and an address that no other has; half of them with a point.
fn new_places(rows: usize, settlements: &[Settlement]) -> String {
    let mut random = Random(rows as u64);
    let mut words = BTreeSet::new();
    let mut word = |random: &mut Random| loop {
        let syllables = 3 + random.below(3);
        let word: String = (0..syllables).map(|_| *random.one_of(&SYLLABLES)).collect();
        if words.insert(word.clone()) {
            return word;
        }
    };
    let towns: Vec<&Settlement> = settlements.iter().filter(|town| town.population > Some(500)).collect();
    let mut text =
        "naam;soort;gemeente;plaats;straat;huisnummer;postcode;lengtegraad;breedtegraad;website;Bibliotheek;\
                    Horeca;rechtsvorm;opgericht\n"
            .to_owned();
    for row in 0..rows {
        let town = *random.one_of(&towns);
        let (name, street) = (word(&mut random), word(&mut random));
        let point = if row % 2 == 0 {
            format!("{:.6};{:.6}", town.lon + random.degrees(0.004), town.lat + random.degrees(0.002))
        } else {
            ";".to_owned()
        };
        // Writing into a String does not fail.
        let _ = writeln!(
            text,
            "{} {name};Dorpshuis;{};{};{street}straat;{};{} AB;{point};https://{name}.example;ja;nee;Stichting;{}",
            random.one_of(&HEADS),
            town.municipality,
            town.name,
            1 + random.below(200),
            7_400 + random.below(1_000),
            1_950 + random.below(70),
        );
    }
    text
}

/// Processor seconds of the programs that this one has run to their end. Linux only.
fn spent_s() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells what a process has used");
    let (_, fields) = stat.rsplit_once(')').expect("the name of the program stands in parentheses");
    // User and system time of ended children, in hundredths: fields 16 and 17, of which the name was the second.
    fields.split_whitespace().skip(13).take(2).map(|ticks| ticks.parse::<f64>().expect("a number")).sum::<f64>() / 100.0
}

fn noaber(folder: &Path, database: &str, arguments: &[&str]) -> f64 {
    let before = spent_s();
    let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
    command.args(arguments).args(["--database", &format!("sqlite://{database}?mode=rwc")]);
    let status = command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).status();
    assert!(status.expect("the program starts").success(), "{arguments:?}");
    spent_s() - before
}

/// Processor seconds of taking `list` into a copy of the database; the least of several times.
fn import_s(folder: &Path, list: &str, times: usize) -> f64 {
    let once = |_| {
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.join(format!("copy.db{ending}")));
        }
        fs::copy(folder.join("seed.db"), folder.join("copy.db")).expect("a copy of the database");
        noaber(folder, "copy.db", &["ingest", "places", list])
    };
    (0..times).map(once).fold(f64::INFINITY, f64::min)
}

/// Seconds of one build of the edition, which has one thread; the least of several times.
fn build_s() -> f64 {
    let facts = seed::read().expect("the seed of this build is tested").in_order();
    let once = |_| {
        let facts = facts.clone();
        let began = Instant::now();
        black_box(Edition::build(facts).expect("good facts"));
        began.elapsed().as_secs_f64()
    };
    (0..TIMES).map(once).fold(f64::INFINITY, f64::min)
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let facts = seed::read().expect("the seed of this build is tested");
    // Makes the database.
    noaber(folder, "seed.db", &["pairs", "list"]);

    let build_s = build_s();
    println!("one build of the edition           {build_s:>8.3} s");
    let mut confirmed = "sleutel;naam;status\n".to_owned();
    for place in &facts.places {
        let status = place.status.map_or("", |status| status.name());
        let _ = writeln!(confirmed, "{};\"{}\";{status}", place.key, place.name);
    }
    fs::write(folder.join("confirmed.csv"), confirmed).expect("a list");
    let confirmed_s = import_s(folder, "confirmed.csv", TIMES);
    println!(
        "{:>7} confirmed rows             {confirmed_s:>8.3} s  {:.1} builds",
        facts.places.len(),
        confirmed_s / build_s
    );
    let mut last: Option<(usize, f64)> = None;
    for (rows, times) in [(1_000, 3), (10_000, 2), (100_000, 1)] {
        fs::write(folder.join("new.csv"), new_places(rows, &facts.settlements)).expect("a list");
        let seconds = import_s(folder, "new.csv", times);
        let per_row_ms = seconds * 1_000.0 / rows as f64;
        print!("{rows:>7} new rows                   {seconds:>8.3} s  {per_row_ms:.3} ms a row");
        match last.replace((rows, per_row_ms)) {
            Some((fewer, before_ms)) => println!("  {:.2} times that of {fewer} rows", per_row_ms / before_ms),
            None => println!(),
        }
    }
}
