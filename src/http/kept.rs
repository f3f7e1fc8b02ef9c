//! What was made and may be asked for again, bounded by its bytes.
//!
//! What is kept is a function of its key, which names the state of an edition and what was asked of it: there is nothing to invalidate.
//! Who asks for what is just being made waits for it. What fails is kept by nobody: all who waited hear of it, and the next one tries
//! again.

use std::sync::Arc;

use moka::future::Cache;
use sha2::{Digest, Sha256};

use super::representation::Representation;

/// A digest of what something depends on.
pub(crate) type Key = [u8; 32];

/// The key of a list of texts.
pub(super) fn key(parts: &[&str]) -> Key {
    let mut digest = Sha256::new();
    for part in parts {
        // The length keeps one part from running into the next.
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// What takes so many bytes.
pub(super) trait Weighed: Send + Sync + 'static {
    /// Bytes that it takes at most, for as long as it is kept.
    fn weight(&self) -> usize;
}

impl Weighed for Representation {
    fn weight(&self) -> usize {
        self.weight()
    }
}

impl Weighed for Vec<String> {
    fn weight(&self) -> usize {
        self.iter().map(|text| size_of::<String>() + text.len()).sum()
    }
}

/// Things by key.
pub(super) struct Kept<T>(Cache<Key, Arc<T>>);

impl<T: Weighed> Kept<T> {
    /// Keeps so many bytes together.
    pub(super) fn new(max_bytes: u64) -> Self {
        let weigh = |_: &Key, thing: &Arc<T>| u32::try_from(thing.weight()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(max_bytes).weigher(weigh).build())
    }

    /// What is kept.
    pub(super) async fn get(&self, key: &Key) -> Option<Arc<T>> {
        self.0.get(key).await
    }

    /// Keeps it no longer.
    pub(super) async fn forget(&self, key: &Key) {
        self.0.invalidate(key).await;
    }

    /// What is kept, or else what `make` makes, which is then kept.
    ///
    /// # Errors
    /// Those of `make`, also where another request ran it.
    pub(super) async fn get_or_make<E: Send + Sync + 'static>(
        &self,
        key: Key,
        make: impl Future<Output = Result<T, E>> + Send,
    ) -> Result<Arc<T>, Arc<E>> {
        self.0.try_get_with(key, async { make.await.map(Arc::new) }).await
    }
}

#[cfg(test)]
mod tests {
    use std::{
        panic::AssertUnwindSafe,
        sync::atomic::{AtomicU32, Ordering},
    };

    use futures_util::{FutureExt, future::join_all};
    use tokio::sync::Notify;

    use super::*;

    impl Weighed for String {
        fn weight(&self) -> usize {
            self.len()
        }
    }

    fn kept() -> Kept<String> {
        Kept::new(1_000)
    }

    #[test]
    fn no_two_lists_of_texts_have_one_key() {
        assert_eq!(key(&["a", "b"]), key(&["a", "b"]));
        for other in [&["ab"][..], &["b", "a"], &["a", "b", ""], &["", "a", "b"], &["a"]] {
            assert_ne!(key(other), key(&["a", "b"]), "{other:?}");
        }
    }

    #[tokio::test]
    async fn no_more_bytes_are_kept_than_may_be() {
        let kept = kept();
        for index in 0..200_u8 {
            let _ = kept.get_or_make([index; 32], async { Ok::<_, ()>("x".repeat(100)) }).await;
        }
        kept.0.run_pending_tasks().await;
        assert!(kept.0.weighted_size() <= 1_000 && kept.0.entry_count() > 0, "{} bytes", kept.0.weighted_size());
    }

    #[tokio::test]
    async fn who_asks_for_what_is_being_made_waits_for_it() {
        let (kept, made, go) = (kept(), AtomicU32::new(0), Notify::new());
        let ask = || {
            kept.get_or_make([1; 32], async {
                made.fetch_add(1, Ordering::SeqCst);
                go.notified().await;
                Ok::<_, ()>("made".to_owned())
            })
        };
        let (answers, ()) = tokio::join!(join_all((0..20).map(|_| ask())), async { go.notify_one() });
        assert!(answers.iter().all(|answer| answer.as_deref().is_ok_and(|text| text == "made")));
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn what_fails_or_panics_or_is_given_up_is_tried_again() {
        let kept = kept();
        let failed = kept.get_or_make([1; 32], async { Err::<String, _>("no") }).await;
        assert_eq!(failed.map_err(|error| *error), Err("no"));
        let panicking =
            kept.get_or_make([1; 32], async { if true { panic!("a fault") } else { Ok::<_, ()>(String::new()) } });
        assert!(AssertUnwindSafe(panicking).catch_unwind().await.is_err());
        let given_up = kept.get_or_make([1; 32], std::future::pending::<Result<String, ()>>());
        assert!(given_up.now_or_never().is_none());
        assert!(kept.get(&[1; 32]).await.is_none());
        let made = kept.get_or_make([1; 32], async { Ok::<_, ()>("made".to_owned()) }).await;
        assert_eq!(made.as_deref(), Ok(&"made".to_owned()));
    }
}
