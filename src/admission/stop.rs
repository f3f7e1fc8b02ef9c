//! Whether work is still for somebody.

use std::convert::Infallible;

use tokio_util::sync::CancellationToken;

tokio::task_local! {
    static STOP: Stop;
}

/// Tells work that it is for nobody any more: its client has left, its time is over, or the service ends.
#[derive(Clone, Debug)]
pub struct Stop(CancellationToken);

impl Stop {
    pub(super) fn of(token: CancellationToken) -> Self {
        Self(token)
    }

    /// That of the work which is being done here; one that is never set where none is.
    pub fn current() -> Self {
        STOP.try_with(Clone::clone).unwrap_or_else(|_| Self(CancellationToken::new()))
    }

    /// Whether to stop. Long work looks at it after each step, and returns whatever it likes: nobody sees it.
    pub fn is_set(&self) -> bool {
        self.0.is_cancelled()
    }

    /// What to wait for where work was stopped that others wait for too: it never comes, the work is dropped, and one of the others
    /// begins anew.
    pub async fn never<T>(&self) -> T {
        match std::future::pending::<Infallible>().await {}
    }

    /// Does work that finds it by [`Stop::current`].
    pub(super) fn within<T>(self, work: impl FnOnce() -> T) -> T {
        STOP.sync_scope(self, work)
    }

    /// The same for work that waits: it is dropped where it waits once this is set.
    pub(super) async fn around<T>(self, work: impl Future<Output = T>) -> Option<T> {
        let token = self.0.clone();
        tokio::select! {
            biased;
            () = token.cancelled() => None,
            done = STOP.scope(self, work) => Some(done),
        }
    }
}
