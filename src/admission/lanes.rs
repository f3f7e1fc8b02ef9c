//! Which work goes where.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::lane::Lane;

/// How long work waits for its turn: with the time that it may take itself, no client waits longer than it is used to.
const PATIENCE: Duration = Duration::from_secs(4);

/// The lanes of a service. Work of one lane never waits for a permit of its own lane, and of another only for that of old editions,
/// which stands with [`Library`](crate::library::Library) and whose work waits for none: so everything that waits gets its turn.
///
/// What is cheap has no lane: it is done on the threads that answer, which is why these never do anything else.
#[derive(Debug)]
pub struct Lanes {
    /// Queries of a high price, coverage, downloads: a processor is left to what is cheap, where there is more than one.
    pub heavy: Lane,
    /// Pages, which take milliseconds each.
    pub pages: Lane,
    /// Pictures as they stand on a page.
    pub small_pictures: Lane,
    /// Pictures of so many pixels that one takes hundreds of megabytes: one at a time.
    pub large_pictures: Lane,
    closing: CancellationToken,
}

impl Default for Lanes {
    /// Those of the machine.
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, usize::from))
    }
}

impl Lanes {
    /// Those of a machine with so many processors.
    pub fn new(processors: usize) -> Self {
        let closing = CancellationToken::new();
        let lane = |at_a_time, most_waiting| Lane::new(at_a_time, most_waiting, PATIENCE).until(&closing);
        Self {
            heavy: lane(processors.saturating_sub(1), 32),
            pages: lane(processors, 256),
            small_pictures: lane(1, 32),
            large_pictures: lane(1, 2),
            closing,
        }
    }

    /// All of them by name.
    pub fn all(&self) -> [(&'static str, &Lane); 4] {
        [
            ("heavy", &self.heavy),
            ("pages", &self.pages),
            ("small_pictures", &self.small_pictures),
            ("large_pictures", &self.large_pictures),
        ]
    }

    /// Stops all work: the service ends.
    pub fn close(&self) {
        self.closing.cancel();
    }
}
