//! Files that commands write: what somebody has filled in is not replaced unasked.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::{
    tell_bytes,
    tongue::{say, unwritable},
};
use crate::{findings::Report, model::Language};

/// Where the result of a command goes.
#[derive(Args)]
pub(super) struct Output {
    /// Where to; standard output when left out
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file where it is there already
    #[arg(long, requires = "output")]
    overwrite: bool,
}

impl Output {
    /// Writes it there.
    ///
    /// # Errors
    /// Where the file cannot be written, or is there and not empty and is not to be replaced.
    pub(super) fn write(&self, bytes: &[u8], language: Language) -> anyhow::Result<()> {
        let Some(path) = &self.output else { return tell_bytes(bytes) };
        let mut file = open(path, language)?;
        let shown = path.display();
        ensure!(
            self.overwrite || is_empty(&file),
            say(
                language,
                format!(
                    "{shown} is er al en is niet leeg; noem met --output een ander bestand, of vervang het met --overwrite"
                ),
                format!(
                    "{shown} is there already and not empty; name another file with --output, or add --overwrite to replace it"
                ),
            )
        );
        replace(&mut file, bytes).with_context(|| unwritable(path, language))
    }
}

/// Whether a report may go to a file: one that can be written, is none of the `inputs`, and is not there yet, is empty, or holds an
/// earlier report.
///
/// # Errors
/// One sentence on what is in the way.
pub(super) fn may_be_report(
    path: &Path,
    inputs: &[PathBuf],
    overwrite: bool,
    language: Language,
) -> anyhow::Result<()> {
    if let Ok(report) = path.canonicalize()
        && let Some(input) = inputs.iter().find(|input| is_same(&report, input))
    {
        let input = input.display();
        bail!(say(
            language,
            format!("--report is {input}, het bestand dat wordt ingelezen; noem een ander bestand"),
            format!("--report is {input}, the file that is imported; name another file"),
        ));
    }
    let file = open(path, language)?;
    let shown = path.display();
    ensure!(
        overwrite || is_empty(&file) || fs::read(path).is_ok_and(|bytes| Report::is_one(&bytes)),
        say(
            language,
            format!(
                "{shown} is er al en is geen verslag; noem met --report een ander bestand, of vervang het met --overwrite"
            ),
            format!(
                "{shown} is there already and is no report; name another file with --report, or add --overwrite to replace it"
            ),
        )
    );
    Ok(())
}

/// Opened to be written, with all that is in it.
fn open(path: &Path, language: Language) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).open(path);
    file.with_context(|| unwritable(path, language))
}

/// Whether nothing is in a file, as of one that was just made, or it is not one in which something could be: a pipe, a terminal.
fn is_empty(file: &File) -> bool {
    file.metadata().is_ok_and(|about| !about.is_file() || about.len() == 0)
}

fn replace(file: &mut File, bytes: &[u8]) -> std::io::Result<()> {
    if file.metadata()?.is_file() {
        file.set_len(0)?;
    }
    file.write_all(bytes)
}

/// Whether two paths lead to one file, also by links.
fn is_same(report: &Path, input: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if let (Ok(a), Ok(b)) = (report.metadata(), input.metadata()) {
            return (a.dev(), a.ino()) == (b.dev(), b.ino());
        }
    }
    input.canonicalize().is_ok_and(|input| input == report)
}
