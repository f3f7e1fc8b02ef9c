//! The edition that is served, swapped as a whole.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::Edition;

/// Holds the edition that is served. A reader pins it once and keeps it to the end of its request.
pub struct Publication(ArcSwap<Edition>);

impl Publication {
    /// Serves `edition`.
    pub fn new(edition: Edition) -> Self {
        Self(ArcSwap::from_pointee(edition))
    }

    /// The edition now served.
    pub fn pin(&self) -> Arc<Edition> {
        self.0.load_full()
    }

    /// Serves `edition` from now on; requests that run keep the one they pinned. The edition that was served before.
    pub fn publish(&self, edition: Edition) -> Arc<Edition> {
        self.0.swap(Arc::new(edition))
    }
}
