//! Who waits for a map to be drawn.

use std::{sync::Arc, time::Duration};

use poem::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::problem::Problem;

/// Maps that are drawn at a time. A PNG of the most pixels takes 250 MB while it is made.
const AT_A_TIME: usize = 2;

/// How long a map waits until others are drawn.
const PATIENCE: Duration = Duration::from_secs(30);

/// A few are drawn at a time, the others wait.
pub(in crate::http) struct Queue(Arc<Semaphore>);

impl Default for Queue {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_A_TIME)))
    }
}

impl Queue {
    /// Waits for its turn, which lasts as long as what is returned.
    ///
    /// # Errors
    /// [`StatusCode::SERVICE_UNAVAILABLE`] when it takes too long.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let turn = tokio::time::timeout(PATIENCE, self.0.clone().acquire_owned()).await;
        turn.map_err(|_| busy())?.map_err(Problem::internal)
    }
}

fn busy() -> Problem {
    let seconds = PATIENCE.as_secs();
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        format!("too many maps are being drawn; this one waited {seconds} seconds, ask again"),
    )
    .in_dutch(format!("er worden te veel kaarten getekend; deze wachtte {seconds} seconden, vraag haar opnieuw"))
}
