//! What an import costs, in processor time of the whole program: `cargo bench --profile dist --bench import`.
//!
//! Read the figures as ratios within one run. The baseline of a file that confirms what is known is one build of the edition,
//! of which an import makes two: one as it starts and one of what it has taken. New places are told per row, which is to
//! stay the same however many there are. The database is a SQLite file of its own.

#![expect(clippy::print_stdout, reason = "the figures")]

mod invented;

use std::{
    fmt::Write as _,
    fs,
    hint::black_box,
    io::BufWriter,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use noaber::{edition::Edition, model::vocabulary::Term as _, seed};

/// How often a small thing is done, of which the least counts.
const TIMES: usize = 7;

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
        let mut list = fs::File::create(folder.join("new.csv")).map(BufWriter::new).expect("a list");
        invented::write(rows, &facts.settlements, &mut list).expect("room for it");
        let seconds = import_s(folder, "new.csv", times);
        let per_row_ms = seconds * 1_000.0 / rows as f64;
        print!("{rows:>7} new rows                   {seconds:>8.3} s  {per_row_ms:.3} ms a row");
        match last.replace((rows, per_row_ms)) {
            Some((fewer, before_ms)) => println!("  {:.2} times that of {fewer} rows", per_row_ms / before_ms),
            None => println!(),
        }
    }
}
