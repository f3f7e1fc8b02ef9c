//! Every command of the documents runs, in their order, and what the program prints at its start is what the first page shows.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

use flate2::{Compression, write::GzEncoder};
use noaber::cli;

use super::{Document, blocks, code, documents, read, root};

/// The program in a folder, without settings of the environment.
fn noaber(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NOABER_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// Runs it to its end; its database is `noaber.db` of the folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    noaber(folder).args(arguments).output().unwrap()
}

#[test]
fn what_the_program_prints_at_its_start_is_what_the_first_page_shows() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = noaber(folder.path()).args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut printed = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let is_last = line.contains("stop with Ctrl-C");
        printed.push(line);
        if is_last {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let port = printed.iter().find_map(|line| line.strip_prefix("http://127.0.0.1:")?.split('/').next());
    let port = port.expect("an address is printed").to_owned();
    let printed = printed.join("\n").replace(&format!("127.0.0.1:{port}/"), "127.0.0.1:8080/");

    assert!(folder.path().join("noaber.db").is_file(), "the database is made in the folder of the start");
    let (blocks, _) = blocks(&read("README.md"));
    let shown = blocks.iter().find(|block| block.text.starts_with("noaber ")).expect("README.md shows the start");
    assert_eq!(shown.text.trim_end(), printed);
}

/// The command lines of a document that are complete: in blocks, and in the frames (`> …`) of the Dutch pages.
fn command_lines(document: &Document) -> Vec<String> {
    let in_block = |line: &str| line.split(" #").next().unwrap().trim_end().to_owned();
    let framed = |line: &str| line.strip_prefix("> `").and_then(|rest| rest.split('`').next()).map(str::to_owned);
    let is_shell = |language: &str| matches!(language, "sh" | "text");
    let (mut lines, mut language) = (Vec::new(), None);
    for line in document.text.lines() {
        match (line.strip_prefix("```"), language) {
            (Some(begins), None) => language = Some(begins),
            (Some(_), Some(_)) => language = None,
            (None, Some(language)) if is_shell(language) => lines.push(in_block(line)),
            (None, None) => lines.extend(framed(line)),
            _ => {}
        }
    }
    let stands_for_many = |line: &str| line.contains('…') || line.split(' ').any(|word| matches!(word, "KEY" | "ID"));
    lines.retain(|line| line.starts_with("noaber ") && !line.starts_with("noaber 0.") && !stands_for_many(line));
    lines
}

/// Words of a command line, of which some stand between double quotes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut is_quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The files that the documents have others send.
fn write_files(folder: &Path) {
    let fixture = |name: &str| fs::read(root().join("tests/fixtures").join(name)).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    write("stemlokalen.csv", &fixture("polling_places.csv"));
    write("overpass.json", &fixture("overpass.json"));
    write("overijssel.osm.pbf", &fixture("places.osm.pbf"));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&fixture("top10nl_plaats.gml")).unwrap();
    write("top10nl_plaats.gml.gz", &packed.finish().unwrap());
    // The kind of a file is told by what is in it, whatever it is called.
    write(
        "wijkenbuurten_2024.gpkg",
        br#"{"type":"FeatureCollection","features":[{"type":"Feature",
            "properties":{"buurtcode":"BU01480000","buurtnaam":"Dalfsen Kern","gemeentecode":"GM0148","jaar":2024,"aantal_inwoners":100},
            "geometry":{"type":"Polygon","coordinates":[[[6.25,52.50],[6.27,52.50],[6.27,52.52],[6.25,52.52],[6.25,52.50]]]}}]}"#,
    );
    write(
        "cbs_pc6_2023_v1.gpkg",
        br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"postcode6":"7721AB"},
            "geometry":{"type":"Polygon","coordinates":[[[6.25,52.50],[6.27,52.50],[6.27,52.52],[6.25,52.52],[6.25,52.50]]]}}]}"#,
    );
    write("lijst.xlsx", "naam;plaats;gemeente;soort\nBuurthuis De Proef;Dalfsen;Dalfsen;Buurthuis\n".as_bytes());
    write("activiteiten.xlsx", &fixture("activities_synthetic.csv"));
    write(
        "agenda.ics",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Yoga\r\nDTSTART:20261207T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    );
    write(
        "services.json",
        br#"[{"id":"1","name":"Samen eten","service_at_locations":[{"location":{"name":"De Wiekelaar","addresses":[{"city":"Oudleusen"}]}}]}]"#,
    );
    // The answers that nobody gave, without the column that says so.
    let answers = String::from_utf8(fixture("survey_synthetic.csv")).unwrap();
    let answers: Vec<&str> = answers.lines().filter_map(|line| Some(line.split_once(';')?.1)).collect();
    write("antwoorden.xlsx", answers.join("\n").as_bytes());
    fs::create_dir_all(folder.join("tests/fixtures")).unwrap();
    write("tests/fixtures/survey_synthetic.csv", &fixture("survey_synthetic.csv"));
}

#[test]
fn every_command_of_the_documents_runs() {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path());
    assert!(run(folder.path(), &["migrate"]).status.success(), "an import makes no database");
    // What can be left out has to have been imported.
    assert!(run(folder.path(), &["ingest", "osm", "overpass.json"]).status.success());
    let mut run_before = BTreeSet::new();
    for document in documents() {
        for line in command_lines(&document) {
            if !run_before.insert(line.clone()) {
                continue;
            }
            let words = words(&line);
            let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
            let said = run(folder.path(), &arguments);
            let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert!(said.status.success(), "{}: {line}\n{}{}", document.name, told(&said.stdout), told(&said.stderr));
        }
    }
    assert!(run_before.len() >= 20, "only {} commands were found", run_before.len());
}

/// Whether there is a command as it is named in a sentence, such as `noaber ingest osm` or `noaber withdraw KEY --reason TEXT`.
fn is_a_command(command: &clap::Command, words: &[String]) -> bool {
    let Some((word, rest)) = words.split_first() else { return true };
    if let Some(found) = command.find_subcommand(word) {
        return is_a_command(found, rest);
    }
    // No further command: what follows are its values and options.
    command.get_subcommands().next().is_none() || command.get_positionals().next().is_some() || word.starts_with("--")
}

fn options(command: &clap::Command, found: &mut Vec<String>) {
    found.extend(command.get_arguments().filter_map(|argument| argument.get_long()).map(|long| format!("--{long}")));
    for below in command.get_subcommands() {
        options(below, found);
    }
}

#[test]
fn every_command_and_option_that_a_sentence_names_is_there() {
    let mut program = cli::command();
    program.build();
    let mut known = vec!["--help".to_owned()];
    options(&program, &mut known);
    let (mut commands, mut named) = (0, 0);
    for document in documents() {
        for code in code(&document.prose) {
            let words = words(code);
            match words.first().map(String::as_str) {
                Some("noaber") => {
                    assert!(is_a_command(&program, &words[1..]), "{}: `{code}`", document.name);
                    commands += 1;
                }
                Some(option) if option.starts_with("--") => {}
                _ => continue,
            }
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap();
                assert!(known.iter().any(|known| known == option), "{}: there is no {option}", document.name);
                named += 1;
            }
        }
    }
    assert!(commands >= 20 && named >= 15, "only {commands} commands and {named} options were found");
}
