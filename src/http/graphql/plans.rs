//! Documents that have been read and checked, so that who sends one again is not read again.
//!
//! Known by their text and not by their tokens: errors tell line and column. Whoever sends a document that is refused is told anew each time.

use std::sync::Arc;

use moka::sync::Cache;

use crate::graphql::coerce::Operation;

/// Bytes that all of them may take.
const MOST_BYTES: u64 = 8 << 20;

/// How many bytes a document takes, read and checked, for each byte of its text: a field of two letters and a blank is some two hundred.
const BYTES_PER_BYTE: usize = 80;

/// What one takes besides.
const OVERHEAD: usize = 512;

/// A document and the name of the operation of it that is asked.
type Key = (Arc<str>, Option<Arc<str>>);

/// Checked operations, bounded by their bytes.
pub(super) struct Plans(Cache<Key, Arc<Operation>>);

impl Default for Plans {
    fn default() -> Self {
        let weigh = |(text, _): &Key, _: &Arc<Operation>| {
            u32::try_from(text.len() * BYTES_PER_BYTE + OVERHEAD).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build())
    }
}

impl Plans {
    /// The operation of a document, which `check` reads where it is not known.
    ///
    /// # Errors
    /// Those of `check`.
    pub(super) fn get_or_check<E>(
        &self,
        text: &Arc<str>,
        name: Option<&str>,
        check: impl FnOnce() -> Result<Operation, E>,
    ) -> Result<Arc<Operation>, E> {
        let key = (text.clone(), name.map(Arc::from));
        if let Some(known) = self.0.get(&key) {
            return Ok(known);
        }
        let checked = Arc::new(check()?);
        self.0.insert(key, checked.clone());
        Ok(checked)
    }
}
