//! What the house looks like, held by tests: no room calls upward, and no two files need one another.
//!
//! [`ROOMS`] is the one list of rooms. What they call is read from their files ([`source`]) as arrows from file to file
//! ([`arrows`]), through re-exports to where a thing is defined. Tests of a file do not count, nor does what stands between
//! a module and the modules within it, which see one another's private parts and are one thing.

mod arrows;
mod source;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
    sync::LazyLock,
};

use self::arrows::{Arrow, Files};

/// Every room, from the top to the bottom, with what it is. A room calls only rooms that stand below it.
const ROOMS: &[(&str, &str)] = &[
    ("cli", "arguments, logging, and a file a command (clap)"),
    ("app", "`App::start`: database, edition, listener; the watch"),
    ("config", "settings, all faults at once"),
    (
        "http",
        "routes, pages, downloads, maps, a list and map for other sites, HSDS, feeds, MCP, health; `http/graphql`: GraphQL over HTTP; `http/server`: connections (poem, hyper, askama, moka)",
    ),
    (
        "graphql",
        "the schema: `query`, `types/`, `input/`; the guards `guard`, `validation`, `coerce`, `cost` (async-graphql)",
    ),
    (
        "library",
        "the editions that can be read: serves the newest, looks for a newer one, reads old ones again, withdraws",
    ),
    (
        "geocode",
        "addresses → points: asks PDOK Locatieserver or what is known, judges, puts claims into the books (ureq)",
    ),
    (
        "ingest",
        "files of others → records and facts: a folder a source, with the same file names where they do the same; `tabular` reads tables (calamine, csv), `geodata` maps (sqlx, wkb, quick-xml)",
    ),
    (
        "claims",
        "who says what of a place, and who wins: finds the place of a record, doubts its point, decides what is served, takes a layer or an import out again",
    ),
    ("findings", "what there is to tell of a file: the rules with their sentences in both languages, and the report"),
    ("collections", "what an edition has to take along, described once: collections with their columns"),
    ("edition", "builds, checks and answers: select, sort, count; what differs between two (roaring)"),
    ("seed", "the committed files → facts"),
    (
        "store",
        "facts in and out of the database, the archive of editions (sea-orm, and the member `migrations`, which knows nothing of us)",
    ),
    ("model", "what a place is: plain types without I/O; `Facts` is the whole of it"),
    ("admission", "what requests may take of the machine together"),
    ("examples", "the documented queries"),
    ("calendar", "a member: opening hours, and the clock of the Netherlands (opening-hours, chrono-tz)"),
    ("drawing", "a member: shapes and numbers → SVG and PNG, without words of its own (resvg, skrifa)"),
    ("search", "a member: names with typing errors → numbers of documents (fst)"),
    ("spatial", "a member: geometry and numbers (geo, rstar, proj4rs)"),
];

/// A folder in which files need one another because what they describe does: in the schema a place has a municipality,
/// which has places.
const A_GRAPH_BY_NATURE: &str = "graphql::types";

static HOUSE: LazyLock<Files> = LazyLock::new(|| Files::read(Path::new(env!("CARGO_MANIFEST_DIR"))));

/// The house, with one line put into one of its files.
fn house_with(module: &str, line: &str) -> Files {
    let mut files = HOUSE.clone();
    files.add_to(module, line);
    files
}

fn rank(room: &str) -> usize {
    ROOMS.iter().position(|(known, _)| *known == room).unwrap_or_else(|| panic!("`{room}` is not in the list of rooms"))
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// The arrows that lead to the same floor or a higher one.
fn upward(files: &Files) -> Vec<Arrow> {
    let leads_up = |arrow: &Arrow| {
        let (from, to) = (room(&arrow.from), room(&arrow.to));
        from != to && rank(from) >= rank(to)
    };
    files.arrows().into_iter().filter(leads_up).collect()
}

/// A circle of files, if there is one.
fn circle(files: &Files) -> Option<Vec<Arrow>> {
    let is_between_types =
        |arrow: &Arrow| [&arrow.from, &arrow.to].iter().all(|module| module.starts_with(A_GRAPH_BY_NATURE));
    arrows::circle(files.arrows().into_iter().filter(|arrow| !is_between_types(arrow)).collect())
}

fn told(arrows: &[Arrow]) -> String {
    arrows.iter().fold(String::new(), |mut text, arrow| {
        let _ = writeln!(text, "  {} → {}: {}", arrow.from, arrow.to, arrow.path);
        text
    })
}

/// The table of rooms as ARCHITECTURE.md has it.
fn table(files: &Files) -> String {
    let mut calls: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for arrow in files.arrows() {
        if room(&arrow.from) != room(&arrow.to) {
            calls.entry(room(&arrow.from).to_owned()).or_default().insert(rank(room(&arrow.to)));
        }
    }
    let mut text = "| room | what it is | calls |\n|---|---|---|\n".to_owned();
    for (name, sentence) in ROOMS {
        let below = calls.get(*name).into_iter().flatten().map(|rank| format!("`{}`", ROOMS[*rank].0));
        let below = below.collect::<Vec<_>>().join(", ");
        let below = if below.is_empty() { "nothing" } else { &below };
        let _ = writeln!(text, "| `{name}` | {sentence} | {below} |");
    }
    text
}

#[test]
fn no_room_calls_upward() {
    let upward = upward(&HOUSE);
    assert!(upward.is_empty(), "calls that lead up:\n{}", told(&upward));
}

#[test]
fn no_two_files_need_one_another() {
    if let Some(circle) = circle(&HOUSE) {
        panic!("a circle of files:\n{}", told(&circle));
    }
}

#[test]
fn every_room_is_in_the_list_once() {
    let mut known: Vec<&str> = ROOMS.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    let found: BTreeSet<&str> = HOUSE.modules().map(room).filter(|room| !room.is_empty()).collect();
    assert_eq!(known, Vec::from_iter(found));
}

#[test]
fn the_table_of_rooms_in_the_documentation_is_that_of_the_code() {
    let table = table(&HOUSE);
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    assert!(text.contains(&table), "ARCHITECTURE.md has another table of rooms than:\n\n{table}");
}

#[test]
fn a_call_upward_is_found_however_it_is_written() {
    for (module, line, from_to) in [
        ("model::facts", "use crate::ingest::batch::Batch;", "model::facts → ingest::batch"),
        ("edition::id", "fn id(batch: crate::ingest::batch::Batch) {}", "edition::id → ingest::batch"),
        ("claims::record", "use crate::{ingest::{self, batch::Batch as Other}};", "claims::record → ingest::batch"),
        // Through the re-export of a room to where the thing is.
        ("model::facts", "use crate::claims::Record;", "model::facts → claims::record"),
        ("model::facts", "use super::super::claims::Record;", "model::facts → claims::record"),
        ("model::facts", "pub use crate::claims::*;", "model::facts → claims"),
        (
            "model::facts",
            "fn id() { println!(\"{}\", crate::claims::linkage::kind_of(\"\")) }",
            "model::facts → claims::linkage",
        ),
        // A member is a room as well, whichever way it is named.
        ("spatial::crs", "use noaber_search::fold;", "spatial::crs → search"),
    ] {
        let told = told(&upward(&house_with(module, line)));
        assert!(told.contains(from_to), "{line}: {told:?}");
    }
    for harmless in [
        "// use crate::ingest::batch::Batch;",
        "/// [`Batch`](crate::ingest::batch::Batch)\nstruct Harmless;",
        "const HARMLESS: &str = \"use crate::ingest::batch::Batch;\";",
        "#[cfg(test)]\nuse crate::ingest::batch::Batch;",
        "#[cfg(test)]\nmod harmless { use crate::ingest::batch::Batch; }",
    ] {
        assert!(upward(&house_with("model::facts", harmless)).is_empty(), "{harmless}");
    }
}

#[test]
fn a_circle_of_files_is_found_through_re_exports_and_around_several_corners() {
    let files = |text: &[(&str, &str)]| {
        let mut files = Files::default();
        text.iter().for_each(|(module, text)| files.add(module, text));
        files
    };
    let round = [
        ("", "mod a; mod b; mod c;"),
        ("a", "mod deep; pub use deep::Deep;"),
        ("a::deep", "use crate::b::beside; pub struct Deep;"),
        ("b", "pub fn beside() { crate::c::go() }"),
        ("c", "use crate::a::Deep; pub fn go() {}"),
    ];
    let found = circle(&files(&round)).unwrap();
    let mut corners: Vec<&str> = found.iter().map(|arrow| arrow.from.as_str()).collect();
    corners.sort_unstable();
    assert_eq!(corners, ["a::deep", "b", "c"], "{}", told(&found));

    // Without the arrow from c to a there is no way back.
    let mut straight = round;
    straight[4].1 = "pub fn go() {}";
    assert_eq!(circle(&files(&straight)), None);
    // Nor where only the room is the same and not the file.
    straight[4].1 = "use crate::a::other; pub fn go() {}";
    straight[1].1 = "mod deep; pub fn other() {}";
    assert_eq!(circle(&files(&straight)), None);
    // A module and what is within it are one thing.
    let within =
        [("", "mod a;"), ("a", "mod b; use b::B; pub struct A(B);"), ("a::b", "use super::A; pub struct B(A);")];
    assert_eq!(circle(&files(&within)), None);
}
