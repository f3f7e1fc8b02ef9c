//! What is taken and what is refused, held against graphql-js.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Map;

use super::super::door::Stop;
use super::super::request::Parameters;
use super::documents::{Manner, document, with_another_token};
use super::*;
use crate::graphql::refusal::{ErrorCode, Refusal};
use crate::graphql::schema_map::SchemaMap;
use crate::http::graphql::Door;

/// What graphql-js says of each document over the schema of `sdl`.
fn by_graphql_js(sdl: &str, documents: &[String]) -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audits");
    assert!(
        folder.join("node_modules/graphql").is_dir(),
        "graphql-js is not installed: run `npm ci` in tests/audits, as scripts/test does"
    );
    let mut node = std::process::Command::new("node")
        .arg("validate.mjs")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node is not installed; scripts/test installs it");
    let asked = json!({ "sdl": sdl, "documents": documents }).to_string();
    let mut input = node.stdin.take().unwrap();
    let writes = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    writes.join().unwrap().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Everything that is no rule of validation, out of the way.
fn without_limits() -> Limits {
    Limits {
        max_cost: u64::MAX,
        max_aliases: usize::MAX,
        max_root_fields: usize::MAX,
        max_depth: 200,
        max_selections: 1_000_000,
        max_directives: usize::MAX,
        max_operations: usize::MAX,
        max_tokens: usize::MAX,
        ..Limits::default()
    }
}

/// What the service says of a document: nothing when it takes it.
fn by_us(door: &Door<crate::graphql::Query>, text: &str) -> Vec<Refusal> {
    if let Err(refusal) = crate::graphql::guard::check_text(text, door.limits(), |_| {}) {
        return vec![refusal];
    }
    // The first operation by name: the choice is the request's, no rule of the document.
    let name = text.split_once("query Q").and_then(|(_, rest)| rest.get(..1)).map(|number| format!("Q{number}"));
    let (query, operation_name) = (text.into(), name);
    let parameters = Parameters { query, digest: None, operation_name, variables: Map::new(), edition: None };
    match door.prepare(&parameters, &Method::POST, &async_graphql::Data::default()) {
        Ok(_) => Vec::new(),
        Err(Stop::Http(refusal)) => vec![refusal.refusal],
        Err(Stop::Query(refusals)) => refusals,
    }
}

/// Thousands of documents over the schema of the service: right ones, some in which fields meet under one key, wrong
/// ones, and some with a token that is out of place. Both take a document or both refuse it.
#[test]
fn what_graphql_js_takes_is_taken_and_what_it_refuses_is_refused() {
    const SEEDS: u64 = 3_000;
    let sdl = crate::graphql::sdl();
    let map = SchemaMap::from_sdl(&sdl).unwrap();
    let door = Door::new(crate::graphql::schema(), without_limits()).unwrap();
    let documents: Vec<String> = (0..SEEDS)
        .map(|seed| {
            let wrong = [0, 0, 8, 20][usize::try_from(seed % 4).unwrap()];
            let text = document(&map, seed, Manner { wrong, few_aliases: seed % 8 >= 3 });
            if seed % 10 == 9 { with_another_token(&text, seed) } else { text }
        })
        .collect();
    let theirs = by_graphql_js(&sdl, &documents);
    let (mut taken, mut refused, mut told) = (0, 0, Vec::new());
    for (text, theirs) in documents.iter().zip(&theirs) {
        let ours = by_us(&door, text);
        // Values of variables are not given here, and no rule of the document.
        let ours: Vec<&Refusal> = ours.iter().filter(|refusal| refusal.code != ErrorCode::BadUserInput).collect();
        assert!(ours.iter().all(|refusal| refusal.code != ErrorCode::LimitExceeded), "{text}: {ours:?}");
        // graphql-js gives `__typename` no type, and so sees no conflict between it and a field with subfields; 5.3.2 does.
        let is_typename = |refusal: &&Refusal| {
            refusal.message.contains("`__typename: String!`") && refusal.message.contains("have different types")
        };
        if theirs.is_empty() && !ours.is_empty() && ours.iter().all(is_typename) {
            continue;
        }
        if ours.is_empty() != theirs.is_empty() {
            let ours: Vec<&str> = ours.iter().map(|refusal| refusal.message.as_str()).collect();
            told.push(format!("{text}ours: {ours:?}\ntheirs: {theirs:?}\n"));
        } else if theirs.is_empty() {
            taken += 1;
        } else {
            refused += 1;
        }
    }
    assert!(told.is_empty(), "{} of {SEEDS} differ\n\n{}", told.len(), told[..told.len().min(6)].join("\n"));
    // A generator that only makes the one kind would show nothing.
    assert!(taken > 750 && refused > 750, "{taken} taken, {refused} refused");
}
