//! What the documents say, against what is so: answers, examples, settings, addresses, fields and links.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails with the line: that is what a test is for")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use async_graphql::parser::{parse_schema, types::TypeKind, types::TypeSystemDefinition};
use noaber::{
    app::App,
    config::{Config, Overrides, SETTINGS},
    examples::EXAMPLES,
    graphql::refusal::ErrorCode,
};
use serde_json::{Value, json};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::database::TestDatabase;

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

/// A fenced block of a document.
struct Block {
    language: String,
    text: String,
    line: usize,
}

/// The fenced blocks of a Markdown text, and the text without them.
fn blocks(markdown: &str) -> (Vec<Block>, String) {
    let (mut blocks, mut prose, mut open): (Vec<Block>, String, Option<Block>) = (Vec::new(), String::new(), None);
    for (number, line) in (1..).zip(markdown.lines()) {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => {
                open = Some(Block { language: language.to_owned(), text: String::new(), line: number });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
    assert!(open.is_none(), "a block is not closed");
    (blocks, prose)
}

/// The documents in the root of the repository.
fn documents() -> Vec<String> {
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    entries.filter(|name| name.ends_with(".md")).collect()
}

/// A service of its own on a free port, with the data of the seed.
struct Server {
    address: String,
    client: reqwest::Client,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<anyhow::Result<()>>,
    _database: TestDatabase,
}

impl Server {
    async fn start() -> Self {
        let database = TestDatabase::filled().await;
        let (listen, url) = ("127.0.0.1:0".to_owned(), database.url.clone());
        let overrides = Overrides { listen: Some(listen), database: Some(url), ..Overrides::default() };
        let app = App::start(&Config::read(overrides, std::iter::empty()).unwrap()).await.unwrap();
        let address = format!("http://{}", app.address);
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(app.serve(async {
            let _ = stopped.await;
        }));
        Self { address, client: reqwest::Client::new(), stop, serving, _database: database }
    }

    async fn ask(&self, query: &str, variables: Value) -> String {
        let body = json!({ "query": query, "variables": variables });
        self.client.post(format!("{}/graphql", self.address)).json(&body).send().await.unwrap().text().await.unwrap()
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap().unwrap();
    }
}

/// JSON without the white space between its tokens; the order of keys and the writing of numbers stay.
fn compact(json: &str) -> String {
    let (mut compact, mut in_string, mut escaped) = (String::with_capacity(json.len()), false, false);
    for character in json.chars() {
        if in_string || !character.is_whitespace() {
            compact.push(character);
        }
        in_string = if in_string { escaped || character != '"' } else { character == '"' };
        escaped = in_string && !escaped && character == '\\';
    }
    compact
}

#[test]
fn white_space_counts_inside_strings_only() {
    assert_eq!(compact("{ \"a\" : [ 1, \"b \\\" c\" ] }\n"), "{\"a\":[1,\"b \\\" c\"]}");
}

#[tokio::test]
async fn every_query_of_the_documents_has_the_answer_that_stands_below_it() {
    let server = Server::start().await;
    let mut compared = 0;
    for name in documents() {
        let (blocks, _) = blocks(&read(&name));
        for (at, query) in blocks.iter().enumerate().filter(|(_, block)| block.language == "graphql") {
            let answer = server.ask(&query.text, json!({})).await;
            let Some(told) = blocks.get(at + 1).filter(|block| block.language == "json") else {
                assert!(!answer.contains("\"errors\""), "{name}, line {}: {answer}", query.line);
                continue;
            };
            assert_eq!(compact(&told.text), answer, "{name}, line {}", told.line);
            compared += 1;
        }
    }
    assert!(compared >= 6, "only {compared} answers were found");
    server.stop().await;
}

#[tokio::test]
async fn the_page_and_the_script_are_the_files_of_the_examples_and_their_queries_are_answered() {
    let server = Server::start().await;
    let (blocks, _) = blocks(&read("README.md"));
    for (language, file, before, after, variables) in [
        ("html", "examples/municipality.html", "const query = `", "`;", json!({ "name": "Dalfsen" })),
        ("python", "examples/farthest_villages.py", "QUERY = \"\"\"", "\"\"\"", json!({ "after": null })),
    ] {
        let block = blocks.iter().find(|block| block.language == language).expect(language);
        assert_eq!(block.text, read(file), "README.md and {file}");
        let start = block.text.find(before).expect("the query begins") + before.len();
        let length = block.text[start..].find(after).expect("the query ends");
        let answer = server.ask(&block.text[start..start + length], variables).await;
        assert!(answer.starts_with("{\"data\":{\""), "{file}: {answer}");
    }
    server.stop().await;
}

#[test]
fn the_three_queries_are_those_of_the_examples_with_another_number_of_items() {
    // Words, with every `first: 5` read as `first: _`.
    let words = |query: &str| {
        let words: Vec<&str> = query.split(|c: char| c.is_whitespace() || "(){},".contains(c)).collect();
        let mut words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).map(str::to_owned).collect();
        for at in 1..words.len() {
            if words[at - 1] == "first:" {
                words[at] = "_".to_owned();
            }
        }
        words
    };
    let (blocks, _) = blocks(&read("README.md"));
    for example in &EXAMPLES[..3] {
        assert!(
            blocks.iter().any(|block| block.language == "graphql" && words(&block.text) == words(example.query())),
            "README.md does not have examples/queries/{}.graphql",
            example.name
        );
    }
}

#[test]
fn what_the_program_prints_at_its_start_is_what_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_noaber"))
        .args(["--listen", "127.0.0.1:0"])
        .env_remove("NOABER_DATABASE")
        .env_remove("NOABER_TEST_POSTGRES")
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
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

#[tokio::test]
async fn every_address_of_the_map_answers() {
    let server = Server::start().await;
    let readme = read("README.md");
    let rows = readme.lines().skip_while(|line| !line.starts_with("| address |")).skip(2);
    let mut asked = 0;
    for row in rows.take_while(|row| row.starts_with('|')) {
        let cell = row.split('|').nth(1).unwrap();
        for address in cell.split('`').filter(|address| address.starts_with('/')) {
            let query = if address == "/graphql" { "?query=%7B__typename%7D" } else { "" };
            let response = server.client.get(format!("{}{address}{query}", server.address)).send().await.unwrap();
            assert_eq!(response.status(), 200, "{address}");
            asked += 1;
        }
    }
    assert!(asked >= 9, "only {asked} addresses were found");
    server.stop().await;
}

#[test]
fn the_table_of_settings_has_each_of_them_as_it_is() {
    let readme = read("README.md");
    for setting in SETTINGS {
        let (option, variable, default, help) = (setting.option, setting.variable, setting.default, setting.help);
        let default = if default.is_empty() { "none".to_owned() } else { format!("`{default}`") };
        let row = format!("| `{option}` | `{variable}` | {default} | {help} |");
        assert!(readme.lines().any(|line| line == row), "README.md does not have the row\n{row}");
    }
    let rows = readme.lines().filter(|line| line.starts_with("| `--")).count();
    assert_eq!(rows, SETTINGS.len(), "rows of settings");
}

#[test]
fn the_table_of_errors_has_every_code() {
    let readme = read("README.md");
    for code in ErrorCode::ALL {
        let start = format!("| `{}` |", code.as_str());
        assert!(readme.lines().any(|line| line.starts_with(&start)), "README.md does not have {}", code.as_str());
    }
}

#[test]
fn data_md_has_every_field_of_every_object_of_the_schema_and_no_other() {
    // Machinery of the API and not data: explained where it is used.
    let is_machinery = |name: &str| {
        name.ends_with("Connection")
            || name.ends_with("Edge")
            || ["Query", "PageInfo", "PlaceFacets", "FacetValue", "Limits"].contains(&name)
    };
    let mut served: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for definition in parse_schema(read("schema/schema.graphql")).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        if let TypeKind::Object(object) = definition.node.kind
            && !is_machinery(&name)
        {
            let fields = object.fields.into_iter().map(|field| field.node.name.node.to_string());
            served.insert(name, fields.collect());
        }
    }

    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in read("DATA.md").lines() {
        if line.starts_with('#') {
            current = line.strip_prefix("### ").unwrap_or_default().to_owned();
        } else if let Some(cell) = line.strip_prefix("| `").and_then(|rest| rest.split(" |").next())
            && !current.is_empty()
        {
            let names = cell.split('`').filter(|name| !name.is_empty() && *name != ", ");
            told.entry(current.clone()).or_default().extend(names.map(str::to_owned));
        }
    }
    told.retain(|name, _| served.contains_key(name));
    for (name, fields) in &served {
        assert_eq!(told.get(name), Some(fields), "fields of {name} in DATA.md (left) and in the schema (right)");
    }
}

/// Every Markdown file of the repository.
fn markdown_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "target" && name != "node_modules" {
            markdown_files(&path, found);
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
}

/// The names by which the headings of a text can be linked to.
fn anchors(markdown: &str) -> BTreeSet<String> {
    let (_, prose) = blocks(markdown);
    let headings = prose.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-' || *c == '_');
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

#[test]
fn every_relative_link_leads_somewhere() {
    let mut files = Vec::new();
    markdown_files(root(), &mut files);
    let (mut checked, mut broken) = (0, Vec::new());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (_, prose) = blocks(&text);
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            checked += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file.clone() } else { file.parent().unwrap().join(path) };
            let is_anchor = |text: String| anchors(&text).contains(anchor);
            if !target.exists() || (!anchor.is_empty() && !fs::read_to_string(&target).is_ok_and(is_anchor)) {
                broken.push(format!("{}: {link}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(checked > 10, "only {checked} links were found");
}
