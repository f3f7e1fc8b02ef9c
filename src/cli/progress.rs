//! How far long work is: a bar with rate and remaining time on a terminal, now and then a line elsewhere.

use std::{
    io::{self, IsTerminal, Write},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use indicatif::{BinaryBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Elsewhere a line is not written more often than this.
const LINE: Duration = Duration::from_secs(10);

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Things of that name.
    Things(&'static str),
    /// The bytes of a file.
    Bytes,
}

/// Shows how much of some work is done.
pub(super) struct Progress {
    bar: ProgressBar,
    lines: Option<Mutex<Lines<Box<dyn Write + Send>>>>,
}

impl Progress {
    /// Of the work `what`, to standard error.
    pub(super) fn new(what: String, unit: Unit) -> Self {
        if io::stderr().is_terminal() {
            Self { bar: bar(what, unit, ProgressDrawTarget::stderr()), lines: None }
        } else {
            let bar = ProgressBar::hidden();
            Self { bar, lines: Some(Mutex::new(Lines::new(Box::new(io::stderr()), what, unit))) }
        }
    }

    /// So much of so much is done.
    pub(super) fn at(&self, done: u64, all: u64) {
        self.bar.set_length(all);
        self.bar.set_position(done);
        if let Some(lines) = &self.lines {
            lines.lock().unwrap_or_else(PoisonError::into_inner).at(done, all);
        }
    }

    /// Takes the bar away, so that something else can be said.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

fn bar(what: String, unit: Unit, target: ProgressDrawTarget) -> ProgressBar {
    let style = ProgressStyle::with_template(template(unit)).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(None, target).with_style(style.progress_chars("##-")).with_message(what)
}

fn template(unit: Unit) -> &'static str {
    match unit {
        Unit::Things(_) => "{msg} [{bar:24}] {pos} of {len}, {per_sec}, {eta} left",
        Unit::Bytes => "{msg} [{bar:24}] {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}, {eta} left",
    }
}

/// The same where there is no terminal.
struct Lines<W: Write> {
    out: W,
    what: String,
    unit: Unit,
    began: Instant,
    written: Instant,
}

impl<W: Write> Lines<W> {
    fn new(out: W, what: String, unit: Unit) -> Self {
        Self { out, what, unit, began: Instant::now(), written: Instant::now() }
    }

    fn at(&mut self, done: u64, all: u64) {
        if self.written.elapsed() >= LINE {
            self.written = Instant::now();
            let line = line(&self.what, self.unit, done, all, self.began.elapsed());
            // Progress that cannot be shown is no reason to stop.
            let _ = writeln!(self.out, "{line}");
        }
    }
}

fn line(what: &str, unit: Unit, done: u64, all: u64, took: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "far less than 2^52 of anything")]
    let (rate, still) = (done as f64 / took.as_secs_f64().max(0.001), all.saturating_sub(done) as f64);
    let left = if done == 0 || still == 0.0 {
        String::new()
    } else {
        format!(", {} left", spoken(Duration::from_secs_f64((still / rate).min(360_000.0))))
    };
    match unit {
        Unit::Things(name) => format!("{what}: {done} of {all} {name}, {rate:.1} a second{left}"),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes a second")]
        Unit::Bytes => {
            let rate = BinaryBytes(rate as u64);
            format!("{what}: {} of {}, {rate} a second{left}", BinaryBytes(done), BinaryBytes(all))
        }
    }
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
        let line = |done, seconds| line("asking", Unit::Things("places"), done, 300, Duration::from_secs(seconds));
        assert_eq!(line(50, 10), "asking: 50 of 300 places, 5.0 a second, 50 s left");
        assert_eq!(line(1, 10), "asking: 1 of 300 places, 0.1 a second, 50 min left");
        assert_eq!(line(300, 60), "asking: 300 of 300 places, 5.0 a second");
        assert_eq!(line(0, 0), "asking: 0 of 300 places, 0.0 a second");
        let bytes = super::line("map.osm.pbf", Unit::Bytes, 50 << 20, 150 << 20, Duration::from_secs(10));
        assert_eq!(bytes, "map.osm.pbf: 50.00 MiB of 150.00 MiB, 5.00 MiB a second, 20 s left");
    }

    #[test]
    fn what_is_done_soon_writes_no_line() {
        let mut lines = Lines::new(Vec::new(), "asking".to_owned(), Unit::Things("places"));
        (0..=1_000).for_each(|done| lines.at(done, 1_000));
        assert_eq!(lines.out, b"", "all done within ten seconds");
        lines.written = Instant::now().checked_sub(LINE).unwrap();
        lines.at(1_000, 1_000);
        assert!(String::from_utf8(lines.out).unwrap().starts_with("asking: 1000 of 1000 places, "));
    }

    #[test]
    fn the_bars_can_be_drawn() {
        for unit in [Unit::Things("places"), Unit::Bytes] {
            assert!(ProgressStyle::with_template(template(unit)).is_ok(), "{unit:?}");
        }
    }
}
