//! Work that takes more than a moment.

use std::time::Duration;

use super::problem::Problem;
use crate::admission::{Lane, Unfinished};

/// How long one page, download or picture may take to be made.
pub(super) const LONGEST: Duration = Duration::from_secs(30);

/// Runs work where it holds up nobody else: off the threads that answer, among what else is in the lane.
///
/// # Errors
/// That there is too much to do, or an internal error where it was given up.
pub(super) async fn aside<T: Send + 'static>(
    lane: &Lane,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    Ok(lane.run(LONGEST, work).await?)
}

impl From<Unfinished> for Problem {
    fn from(unfinished: Unfinished) -> Self {
        match unfinished {
            Unfinished::Busy | Unfinished::TooLong => Self::busy(),
            failed @ Unfinished::Failed(_) => Self::internal(failed),
        }
    }
}
