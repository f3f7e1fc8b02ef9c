//! Work that takes a processor: so much at a time, the others wait in the order in which they came, and so many wait at most.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinError,
};
use tokio_util::sync::CancellationToken;

use super::stop::Stop;

/// Why work did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum Unfinished {
    /// Too many wait already, or it waited too long: there is more to do than can be done at the moment.
    #[error("the server has more to do than it can at the moment; ask again in a few seconds")]
    Busy,
    /// It took longer than it may.
    #[error("it took too long and was given up")]
    TooLong,
    /// It panicked.
    #[error("it ended before its time: {0}")]
    Failed(#[from] JoinError),
}

/// Where work of one kind is done, off the threads that answer. There is a permit for each piece that is done at a time, and no thread
/// without one.
#[derive(Debug)]
pub struct Lane {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    refused: AtomicU64,
    most_waiting: usize,
    patience: Duration,
    closing: CancellationToken,
}

/// The place of one who waits.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Lane {
    /// Does `at_a_time` pieces of work at a time; `most_waiting` others wait, each for as long as it has `patience`.
    pub fn new(at_a_time: usize, most_waiting: usize, patience: Duration) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(at_a_time.max(1))),
            waiting: AtomicUsize::new(0),
            refused: AtomicU64::new(0),
            most_waiting,
            patience,
            closing: CancellationToken::new(),
        }
    }

    /// Ends with `closing`: what runs then is stopped.
    #[must_use]
    pub(super) fn until(self, closing: &CancellationToken) -> Self {
        Self { closing: closing.clone(), ..self }
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How many were told that there is too much to do, since the start.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Waits for a permit, which lasts as long as what is returned. Who is dropped while it waits has left the queue.
    ///
    /// # Errors
    /// [`Unfinished::Busy`] where too many wait, or this one has waited too long.
    pub async fn enter(&self) -> Result<OwnedSemaphorePermit, Unfinished> {
        // Whoever waits is before it: a permit that comes free goes to them and is not seen here.
        if let Ok(permit) = self.permits.clone().try_acquire_owned() {
            return Ok(permit);
        }
        let place = Place(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            return Err(self.refuse());
        }
        let permit = tokio::time::timeout(self.patience, self.permits.clone().acquire_owned()).await;
        drop(place);
        permit.ok().and_then(Result::ok).ok_or_else(|| self.refuse())
    }

    fn refuse(&self) -> Unfinished {
        self.refused.fetch_add(1, Ordering::Relaxed);
        Unfinished::Busy
    }

    /// Waits for a permit however long it takes: for what is done for all, and once.
    pub async fn enter_at_last(&self) -> Option<OwnedSemaphorePermit> {
        self.permits.clone().acquire_owned().await.ok()
    }

    /// Does work that never waits. Its permit lasts until it has really ended; where whoever waits for it leaves, or after `longest`,
    /// [`Stop::current`] tells it so.
    ///
    /// # Errors
    /// [`Unfinished`]
    pub async fn run<T: Send + 'static>(
        &self,
        longest: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Unfinished> {
        let permit = self.enter().await?;
        let stop = self.closing.child_token();
        let _leaving = stop.clone().drop_guard();
        let work = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            Stop::of(stop).within(work)
        });
        Ok(tokio::time::timeout(longest, work).await.map_err(|_| Unfinished::TooLong)??)
    }

    /// Does work that waits now and then, for the database for instance. Where whoever waits for it leaves, or after `longest`, it is
    /// dropped where it waits next, and [`Stop::current`] tells it before.
    ///
    /// # Errors
    /// [`Unfinished`]
    pub async fn run_waiting<T: Send + 'static>(
        &self,
        longest: Duration,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Unfinished> {
        let permit = self.enter().await?;
        let stop = self.closing.child_token();
        let _leaving = stop.clone().drop_guard();
        let runtime = Handle::current();
        // Here and not on the stack of whoever asks: the futures of a query stand in one another.
        let work = Box::pin(work);
        let work = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            runtime.block_on(Stop::of(stop).around(work))
        });
        let done = tokio::time::timeout(longest, work).await.map_err(|_| Unfinished::TooLong)??;
        // Stopped while somebody still waits: the service ends.
        done.ok_or(Unfinished::Busy)
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::atomic::AtomicBool, thread::sleep};

    use tokio::sync::oneshot;

    use super::*;

    const LONG: Duration = Duration::from_secs(3_600);

    fn lane(at_a_time: usize, most_waiting: usize) -> Arc<Lane> {
        Arc::new(Lane::new(at_a_time, most_waiting, LONG))
    }

    async fn until(what: impl Fn() -> bool) {
        while !what() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    #[tokio::test]
    async fn who_comes_when_too_many_wait_is_told_at_once() {
        let lane = lane(1, 2);
        let first = lane.enter().await.unwrap();
        let others: Vec<_> = (0..2)
            .map(|_| {
                tokio::spawn({
                    let lane = lane.clone();
                    async move { lane.enter().await.map(drop) }
                })
            })
            .collect();
        until(|| lane.waiting() == 2).await;
        assert!(matches!(lane.enter().await, Err(Unfinished::Busy)));
        assert_eq!(lane.waiting(), 2, "who was refused does not wait");
        drop(first);
        for other in others {
            other.await.unwrap().unwrap();
        }
        assert!(lane.enter().await.is_ok());
    }

    #[tokio::test]
    async fn who_leaves_the_queue_makes_room_in_it() {
        let lane = lane(1, 1);
        let first = lane.enter().await.unwrap();
        let waiting = tokio::spawn({
            let lane = lane.clone();
            async move { lane.enter().await.map(drop) }
        });
        until(|| lane.waiting() == 1).await;
        waiting.abort();
        until(|| lane.waiting() == 0).await;
        drop(first);
        assert!(lane.enter().await.is_ok());
    }

    #[tokio::test]
    async fn who_has_waited_long_enough_is_told_so() {
        let lane = Lane::new(1, 1, Duration::ZERO);
        let _first = lane.enter().await.unwrap();
        assert!(matches!(lane.enter().await, Err(Unfinished::Busy)));
        assert_eq!(lane.waiting(), 0);
    }

    #[tokio::test]
    async fn work_whose_client_leaves_is_told_and_keeps_its_permit_until_it_has_ended() {
        let lane = lane(1, 1);
        let (begun, begins) = oneshot::channel();
        let ended = Arc::new(AtomicBool::new(false));
        let work = {
            let ended = ended.clone();
            move || {
                begun.send(()).unwrap();
                while !Stop::current().is_set() {
                    sleep(Duration::from_millis(1));
                }
                ended.store(true, Ordering::SeqCst);
            }
        };
        let client = tokio::spawn({
            let lane = lane.clone();
            async move { lane.run(LONG, work).await }
        });
        begins.await.unwrap();
        client.abort();
        let _next = lane.enter().await.unwrap();
        assert!(ended.load(Ordering::SeqCst), "the next one has a permit while the first still works");
    }

    #[tokio::test]
    async fn work_that_waits_is_dropped_where_it_waits_when_its_client_leaves() {
        let lane = lane(1, 1);
        let (begun, begins) = oneshot::channel();
        let held = Arc::new(());
        let work = {
            let held = held.clone();
            async move {
                let _held = held;
                begun.send(()).unwrap();
                std::future::pending::<()>().await;
            }
        };
        let client = tokio::spawn({
            let lane = lane.clone();
            async move { lane.run_waiting(LONG, work).await }
        });
        begins.await.unwrap();
        client.abort();
        let _next = lane.enter().await.unwrap();
        assert_eq!(Arc::strong_count(&held), 1);
    }

    #[tokio::test]
    async fn what_takes_too_long_panics_or_ends_well_is_told_apart() {
        let lane = lane(1, 1);
        let soon = Duration::from_millis(1);
        let too_long = lane.run_waiting(soon, std::future::pending::<()>()).await;
        assert!(matches!(too_long, Err(Unfinished::TooLong)));
        assert!(matches!(lane.run(LONG, || panic!("a fault")).await, Err::<(), _>(Unfinished::Failed(_))));
        assert_eq!(lane.run(LONG, || 7).await.unwrap(), 7);
        assert_eq!(lane.run_waiting(LONG, async { 8 }).await.unwrap(), 8);
        assert!(!Stop::current().is_set(), "outside of any work nothing says stop");
    }
}
