//! A socket that tells what moves on it, and how far its connection is.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::Instant,
};

use super::ConnectionLimits;

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The head of a request is arriving; at the beginning also before its first byte.
    Head,
    /// A request is being answered.
    Answering,
    /// The last answer has been made and nothing has come since.
    Idle,
}

/// How far a connection is.
#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    /// Since when the client takes nothing of what waits for it.
    stalled_since: Option<Instant>,
}

impl State {
    fn new(now: Instant) -> Self {
        Self { phase: Phase::Head, since: now, stalled_since: None }
    }

    fn enter(&mut self, phase: Phase, now: Instant) {
        (self.phase, self.since) = (phase, now);
    }

    fn received(&mut self, now: Instant) {
        if self.phase == Phase::Idle {
            self.enter(Phase::Head, now);
        }
    }

    fn sent(&mut self, is_taken: bool, now: Instant) {
        if is_taken {
            self.stalled_since = None;
        } else {
            self.stalled_since.get_or_insert(now);
        }
    }

    fn is_overdue(&self, limits: &ConnectionLimits, now: Instant) -> bool {
        let allowed = match self.phase {
            Phase::Head => Some(limits.head),
            Phase::Idle => Some(limits.idle),
            Phase::Answering => None,
        };
        allowed.is_some_and(|allowed| now - self.since >= allowed)
            || self.stalled_since.is_some_and(|since| now - since >= limits.stalled)
    }
}

/// How far a connection is, shared by its socket, its requests and who looks at the clock.
#[derive(Clone, Debug)]
pub(super) struct Progress(Arc<Mutex<State>>);

impl Progress {
    /// That of a connection that has just begun.
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(State::new(Instant::now()))))
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        // What is in it is whole whoever panicked.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The head of a request has arrived whole.
    pub(super) fn answers(&self) {
        self.with(|state| state.enter(Phase::Answering, Instant::now()));
    }

    /// The answer has been made.
    pub(super) fn has_answered(&self) {
        self.with(|state| state.enter(Phase::Idle, Instant::now()));
    }

    /// Whether half a head is there, or nothing yet.
    pub(super) fn waits_for_a_head(&self) -> bool {
        self.with(|state| state.phase == Phase::Head)
    }

    /// Whether the client has had more time than it may have.
    pub(super) fn is_overdue(&self, limits: &ConnectionLimits) -> bool {
        self.with(|state| state.is_overdue(limits, Instant::now()))
    }

    fn received(&self) {
        self.with(|state| state.received(Instant::now()));
    }

    fn sent(&self, polled: &Poll<io::Result<usize>>) {
        self.with(|state| state.sent(polled.is_ready(), Instant::now()));
    }
}

/// A socket that tells what moves on it.
pub(super) struct Stream {
    pub(super) socket: TcpStream,
    pub(super) progress: Progress,
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.socket).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.progress.received();
        }
        polled
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.socket).poll_write(cx, bytes);
        self.progress.sent(&polled);
        polled
    }

    // The bytes of an answer are shared: without this hyper would copy them together for each client.
    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.socket).poll_write_vectored(cx, slices);
        self.progress.sent(&polled);
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_phase_has_its_time_and_an_answer_being_made_has_none() {
        let limits = ConnectionLimits::default();
        let began = Instant::now();
        let at = |seconds| began + Duration::from_secs(seconds);
        let mut state = State::new(began);
        assert!(!state.is_overdue(&limits, at(9)), "nothing has come yet");
        state.received(at(9));
        assert!(state.is_overdue(&limits, at(10)), "a byte does not begin the time of a head anew");
        state.enter(Phase::Answering, at(10));
        assert!(!state.is_overdue(&limits, at(3_600)), "an answer is being made");
        state.enter(Phase::Idle, at(3_600));
        assert!(!state.is_overdue(&limits, at(3_659)));
        state.received(at(3_659));
        assert!(!state.is_overdue(&limits, at(3_668)));
        assert!(state.is_overdue(&limits, at(3_669)));
        state.enter(Phase::Idle, at(4_000));
        assert!(state.is_overdue(&limits, at(4_060)), "silent between two requests");
    }

    #[test]
    fn who_takes_something_now_and_then_is_not_cut_off() {
        let limits = ConnectionLimits::default();
        let began = Instant::now();
        let at = |seconds| began + Duration::from_secs(seconds);
        let mut state = State::new(began);
        state.enter(Phase::Answering, began);
        for round in 0..5 {
            state.sent(false, at(round * 29));
            state.sent(false, at(round * 29 + 28));
            assert!(!state.is_overdue(&limits, at(round * 29 + 28)));
            state.sent(true, at(round * 29 + 28));
        }
        state.sent(false, at(200));
        state.sent(false, at(229));
        assert!(state.is_overdue(&limits, at(230)));
    }
}
