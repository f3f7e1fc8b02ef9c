//! The log: lines to standard error by a thread of its own. Where nobody reads them, lines are lost and counted, and nothing waits.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    time::Duration,
};

use tracing_subscriber::fmt::MakeWriter;

/// Lines that wait to be written.
const WAITING: usize = 1_024;

/// How long the end of the program waits for the last lines.
const LAST: Duration = Duration::from_millis(500);

/// Takes lines and never waits.
#[derive(Clone)]
pub(super) struct Log {
    lines: SyncSender<Vec<u8>>,
    lost: Arc<AtomicU64>,
}

/// Keeps the thread going; waits for it when it is dropped, but not for long.
pub(super) struct Writing {
    stop: Option<SyncSender<Vec<u8>>>,
    ended: Receiver<()>,
}

impl Drop for Writing {
    fn drop(&mut self) {
        // An empty line is the last.
        if self.stop.take().is_some_and(|lines| lines.try_send(Vec::new()).is_ok()) {
            match self.ended.recv_timeout(LAST) {
                Ok(()) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
        }
    }
}

/// Begins to write lines to `out`.
pub(super) fn begin(out: impl Write + Send + 'static) -> (Log, Writing) {
    let (lines, to_write) = sync_channel(WAITING);
    let (end, ended) = sync_channel(1);
    let lost = Arc::new(AtomicU64::new(0));
    let log = Log { lines: lines.clone(), lost: lost.clone() };
    std::thread::spawn(move || {
        write(out, &to_write, &lost);
        // Nobody may wait for it.
        let _ = end.try_send(());
    });
    (log, Writing { stop: Some(lines), ended })
}

fn write(mut out: impl Write, lines: &Receiver<Vec<u8>>, lost: &AtomicU64) {
    for line in lines {
        if line.is_empty() {
            return;
        }
        let missing = lost.swap(0, Ordering::Relaxed);
        if missing > 0 {
            // Where standard error is closed there is nobody to tell.
            let _ = writeln!(out, "noaber: {missing} lines of the log were not read in time and are lost");
        }
        let _ = out.write_all(&line);
    }
}

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if !line.is_empty()
            && let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = self.lines.try_send(line.to_vec())
        {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex};

    use super::*;

    /// Takes nothing until it is opened.
    #[derive(Clone, Default)]
    struct Gate(Arc<(Mutex<Behind>, Condvar)>);

    /// Whether it is open, and what went through.
    type Behind = (bool, Vec<u8>);

    impl Gate {
        fn open(&self) {
            self.0.0.lock().unwrap().0 = true;
            self.0.1.notify_all();
        }
    }

    impl Write for Gate {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut state = self.0.1.wait_while(self.0.0.lock().unwrap(), |state| !state.0).unwrap();
            state.1.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_that_nobody_reads_are_lost_and_counted_and_nobody_waits() {
        let gate = Gate::default();
        let (mut log, writing) = begin(gate.clone());
        for number in 0..2 * WAITING {
            log.write_all(format!("{number}\n").as_bytes()).unwrap();
        }
        assert!(log.lost.load(Ordering::Relaxed) > 0);
        gate.open();
        // What is lost is told before the next line that comes through.
        while !String::from_utf8_lossy(&gate.0.0.lock().unwrap().1).contains("are lost\n") {
            log.write_all(b"more\n").unwrap();
            std::thread::yield_now();
        }
        drop(writing);
        assert!(String::from_utf8_lossy(&gate.0.0.lock().unwrap().1).contains("1\n2\n3\n"));
    }

    #[test]
    fn the_last_lines_are_written_before_the_end() {
        let gate = Gate::default();
        gate.open();
        let (mut log, writing) = begin(gate.clone());
        log.write_all(b"the last\n").unwrap();
        drop(writing);
        assert_eq!(gate.0.0.lock().unwrap().1, b"the last\n");
    }
}
