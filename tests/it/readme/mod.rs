//! What the documents say, against what is so: answers, addresses, parameters, commands, settings, fields and links.
//!
//! Documents are found by walking, so that a new page is covered by itself.

mod addresses;
mod answers;
mod commands;
mod links;
mod parameters;
mod tables;

use std::{
    fs,
    path::{Path, PathBuf},
};

use noaber::{
    app::App,
    config::{Config, Overrides},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

use crate::database::filled_file;

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

/// What the documents take to be set.
fn as_documented() -> Overrides {
    Overrides {
        contact: Some("data@example.nl".to_owned()),
        publisher: Some("Gemeente Voorbeeld".to_owned()),
        publisher_url: Some("https://www.example.nl/".to_owned()),
        ..Overrides::default()
    }
}

/// A document that people read.
struct Document {
    /// Its path from the root.
    name: String,
    text: String,
    blocks: Vec<Block>,
    /// The text without its fenced blocks.
    prose: String,
}

/// A fenced block of a document.
struct Block {
    language: String,
    text: String,
    line: usize,
}

/// Every Markdown file below a folder, ascending by path.
fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "target" && name != "node_modules" {
            found.extend(markdown_files(&path));
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What the users of the service read: README.md, DATA.md and all below docs/ but the decisions, which tell of what was.
fn documents() -> Vec<Document> {
    let pages = markdown_files(&root().join("docs"));
    let of_users = pages.into_iter().filter(|path| !path.starts_with(root().join("docs/decisions")));
    let paths = [root().join("README.md"), root().join("DATA.md")].into_iter().chain(of_users);
    let document = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let text = read(&name);
        let (blocks, prose) = blocks(&text);
        let is_cut = prose.lines().find(|line| line.matches('`').count() % 2 == 1);
        assert_eq!(is_cut, None, "{name}: code goes over the end of a line, where no test finds it");
        Document { name, text, blocks, prose }
    };
    let documents: Vec<Document> = paths.map(document).collect();
    assert!(documents.len() >= 10, "only {} documents were found", documents.len());
    documents
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

/// What stands between backticks.
fn code(prose: &str) -> impl Iterator<Item = &str> {
    prose.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The rows of the tables of a text whose head begins with `head`, as their cells; the first row is the head.
fn table_rows<'a>(prose: &'a str, head: &str) -> Vec<Vec<Vec<&'a str>>> {
    let cells = |line: &'a str| -> Vec<&'a str> { line.trim().trim_matches('|').split(" | ").map(str::trim).collect() };
    let mut tables = Vec::new();
    let mut lines = prose.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.starts_with(head) {
            continue;
        }
        let mut rows = vec![cells(line)];
        while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
            if !row.starts_with("|--") {
                rows.push(cells(row));
            }
        }
        tables.push(rows);
    }
    tables
}

/// A folder with the database that the first start makes there.
async fn folder_with_data() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    filled_file(&folder.path().join("noaber.db")).await;
    folder
}

/// A service of its own on a free port, with the data of the seed.
struct Server {
    address: String,
    client: reqwest::Client,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<anyhow::Result<()>>,
    _folder: TempDir,
}

impl Server {
    async fn start() -> Self {
        Self::start_in(folder_with_data().await).await
    }

    /// With what OpenStreetMap knows as well, so that there is a layer to leave out.
    async fn start_with_openstreetmap() -> Self {
        let folder = folder_with_data().await;
        let file = root().join("tests/fixtures/overpass.json");
        let said = commands::run(folder.path(), &["ingest", "osm", file.to_str().unwrap()]);
        assert!(said.status.success(), "{said:?}");
        Self::start_in(folder).await
    }

    /// With a made-up programme as well, since the seed has no activities.
    async fn start_with_programme() -> Self {
        let folder = folder_with_data().await;
        let file = root().join("tests/fixtures/activities_synthetic.csv");
        let file = file.to_str().unwrap();
        let whose = ["--by", "organisation", "--title", "Verzonnen programma"];
        let said = commands::run(folder.path(), &[&["ingest", "activities", file], &whose[..]].concat());
        assert!(said.status.success(), "{said:?}");
        Self::start_in(folder).await
    }

    /// On the database of a folder, as `noaber serve` finds it there.
    async fn start_in(folder: TempDir) -> Self {
        let database = format!("sqlite://{}?mode=rwc", folder.path().join("noaber.db").display());
        let overrides =
            Overrides { listen: Some("127.0.0.1:0".to_owned()), database: Some(database), ..as_documented() };
        let app = App::start(&Config::read(overrides, std::iter::empty()).unwrap()).await.unwrap();
        let address = format!("http://{}", app.address);
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(app.serve(async {
            let _ = stopped.await;
        }));
        Self { address, client: reqwest::Client::new(), stop, serving, _folder: folder }
    }

    async fn ask(&self, query: &str, variables: Value) -> String {
        let body = json!({ "query": query, "variables": variables });
        self.client.post(format!("{}/graphql", self.address)).json(&body).send().await.unwrap().text().await.unwrap()
    }

    /// What a path with its parameters is answered with.
    async fn get(&self, path: &str) -> reqwest::Response {
        self.client.get(format!("{}{path}", self.address)).send().await.unwrap()
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap().unwrap();
    }
}
