//! How far long work is: a bar that is written anew on a terminal, now and then a line elsewhere.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// A bar is not written more often than this.
const BAR: Duration = Duration::from_millis(100);

/// A line is not written more often than this.
const LINE: Duration = Duration::from_secs(10);

/// The parts of a bar.
const WIDTH: usize = 24;

/// Shows how much of some work is done.
pub struct Progress<W: Write> {
    out: W,
    bar: bool,
    what: &'static str,
    all: usize,
    began: Instant,
    written: Option<Instant>,
}

impl Progress<io::Stderr> {
    /// Of `all` things of the kind `what`, to standard error.
    pub fn new(what: &'static str, all: usize) -> Self {
        Self::to(io::stderr(), io::stderr().is_terminal(), what, all)
    }
}

impl<W: Write> Progress<W> {
    /// The same, to where it is wanted; `bar` where that is a terminal.
    pub fn to(out: W, bar: bool, what: &'static str, all: usize) -> Self {
        Self { out, bar, what, all, began: Instant::now(), written: None }
    }

    /// So many of them are done.
    pub fn done(&mut self, done: usize) {
        let since = self.written.unwrap_or(self.began).elapsed();
        let is_time = if self.bar { self.written.is_none() || since >= BAR } else { since >= LINE };
        if is_time || done == self.all && self.written.is_some() {
            self.written = Some(Instant::now());
            let line = line(self.what, done, self.all, self.began.elapsed());
            // Progress that cannot be shown is no reason to stop.
            let _ = if self.bar {
                write!(self.out, "\r\x1b[2K{} {line}", bar(done, self.all)).and_then(|()| self.out.flush())
            } else {
                writeln!(self.out, "{line}")
            };
        }
    }

    /// Takes the bar away, so that something else can be said.
    pub fn clear(&mut self) {
        if self.bar && self.written.is_some() {
            let _ = write!(self.out, "\r\x1b[2K").and_then(|()| self.out.flush());
        }
    }
}

fn bar(done: usize, all: usize) -> String {
    let full = (done * WIDTH).checked_div(all).unwrap_or(WIDTH).min(WIDTH);
    format!("[{}{}]", "#".repeat(full), " ".repeat(WIDTH - full))
}

fn line(what: &str, done: usize, all: usize, took: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 of them")]
    let rate = done as f64 / took.as_secs_f64().max(0.001);
    let left = if done == 0 || done >= all {
        String::new()
    } else {
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 of them")]
        let seconds = (all - done) as f64 / rate;
        format!(", {} left", spoken(Duration::from_secs_f64(seconds.min(360_000.0))))
    };
    format!("{done} of {all} {what}, {rate:.1} a second{left}")
}

fn spoken(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..100 => format!("{seconds} s"),
        seconds @ 100..6_000 => format!("{} min", (seconds + 30) / 60),
        seconds => format!("{} h", (seconds + 1_800) / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_how_fast_and_how_long_still() {
        let line = |done, seconds| line("places", done, 300, Duration::from_secs(seconds));
        assert_eq!(line(50, 10), "50 of 300 places, 5.0 a second, 50 s left");
        assert_eq!(line(1, 10), "1 of 300 places, 0.1 a second, 50 min left");
        assert_eq!(line(300, 60), "300 of 300 places, 5.0 a second");
        assert_eq!(line(0, 0), "0 of 300 places, 0.0 a second");
    }

    #[test]
    fn a_bar_is_written_over_itself_and_lines_are_rare() {
        let mut seen = Vec::new();
        let mut progress = Progress::to(&mut seen, true, "places", 2);
        (0..=2).for_each(|done| progress.done(done));
        progress.clear();
        let seen = String::from_utf8(seen).unwrap();
        assert!(
            seen.contains(&format!("[{}] 2 of 2 places", "#".repeat(WIDTH))) && seen.ends_with("\r\x1b[2K"),
            "{seen:?}"
        );

        let mut seen = Vec::new();
        let mut progress = Progress::to(&mut seen, false, "places", 1_000);
        (0..=1_000).for_each(|done| progress.done(done));
        assert_eq!(seen, b"", "all done within ten seconds");
        assert_eq!(bar(0, 0), format!("[{}]", "#".repeat(WIDTH)));
    }
}
