//! Files that commands write: what somebody has filled in is not replaced unasked.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::tell_bytes;
use crate::findings::Report;

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
    pub(super) fn write(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let Some(path) = &self.output else { return tell_bytes(bytes) };
        let mut file = open(path)?;
        ensure!(
            self.overwrite || is_empty(&file),
            "{} is there already and not empty; name another file with --output, or add --overwrite to replace it",
            path.display()
        );
        replace(&mut file, bytes).with_context(|| format!("cannot write to {}", path.display()))
    }
}

/// Whether a report may go to a file: one that can be written, is none of the `inputs`, and is not there yet, is empty, or holds an
/// earlier report.
///
/// # Errors
/// One sentence on what is in the way.
pub(super) fn may_be_report(path: &Path, inputs: &[PathBuf], overwrite: bool) -> anyhow::Result<()> {
    if let Ok(report) = path.canonicalize()
        && let Some(input) = inputs.iter().find(|input| is_same(&report, input))
    {
        bail!("--report is {}, the file that is imported; name another file", input.display());
    }
    let file = open(path)?;
    ensure!(
        overwrite || is_empty(&file) || fs::read(path).is_ok_and(|bytes| Report::is_one(&bytes)),
        "{} is there already and is no report; name another file with --report, or add --overwrite to replace it",
        path.display()
    );
    Ok(())
}

/// Opened to be written, with all that is in it.
fn open(path: &Path) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).open(path);
    file.with_context(|| format!("cannot write to {}", path.display()))
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
