//! Work that takes more than a moment.

use super::problem::Problem;

/// Runs work where it holds up nobody else: off the threads that answer.
///
/// # Errors
/// An internal error where it was given up.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}
