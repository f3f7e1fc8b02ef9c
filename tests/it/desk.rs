//! A database and a folder, and the program that works on both.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use noaber::{
    model::{Books, Facts},
    store::Store,
};
use tempfile::TempDir;

use crate::database::TestDatabase;

/// A database with the seed, and a folder, of its own.
pub(crate) struct Desk {
    pub(crate) database: TestDatabase,
    pub(crate) folder: TempDir,
}

/// What a run of the program ended with and said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self { database: TestDatabase::filled().await, folder }
    }

    /// One without the wijken of the seed.
    pub(crate) async fn without_wijken() -> Self {
        let desk = Self::new().await;
        let of_layer = [
            "DELETE FROM neighbourhood",
            "DELETE FROM source WHERE layer = 'neighbourhoods'",
            "DELETE FROM layer WHERE key = 'neighbourhoods'",
        ];
        crate::database::run(&desk.database.url, &of_layer.map(str::to_owned)).await;
        // What somebody changed in the tables is no edition until it is published.
        desk.done(&["publish", "--reason", "a test"]);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("it can be written");
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NOABER_")) {
            command.env_remove(name);
        }
        command.args(arguments).args(["--database", &self.database.url]);
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Said { code: status.code(), out: text(stdout), error: text(stderr) }
    }

    /// Runs what has to go well.
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!((said.code, said.error.as_str()), (Some(0), ""), "{arguments:?}: {}", said.out);
        said.out
    }

    pub(crate) async fn books(&self) -> Books {
        let store = Store::open(&self.database.url).await.expect("the database opens");
        let books = store.books().await.expect("the books can be read");
        store.close().await;
        books
    }

    pub(crate) async fn facts(&self) -> Facts {
        self.books().await.facts
    }
}

/// The last line, that tells what became of it.
pub(crate) fn ending(out: &str) -> &str {
    out.trim_end().lines().last().unwrap_or_default()
}

/// The rows of a CSV as the program writes it.
pub(crate) fn rows(path: &Path) -> Vec<Vec<String>> {
    let bytes = fs::read(path).expect("it can be read");
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark, for Excel");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text);
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// The same rows as a CSV again.
pub(crate) fn text(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).expect("it fits in memory"));
    String::from_utf8(writer.into_inner().expect("it fits in memory")).expect("it was text")
}
