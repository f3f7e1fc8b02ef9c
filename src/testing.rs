//! What tests of several rooms stand on: the seed, read once and built once.

use std::sync::{Arc, LazyLock};

use crate::{
    edition::Edition,
    model::{Books, Facts, Ledger},
    seed,
};

static FACTS: LazyLock<Facts> = LazyLock::new(|| seed::read().expect("the seed can be read").in_order());

/// The edition of the seed.
pub(crate) static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Arc::new(Edition::build(FACTS.clone()).expect("the seed is an edition")));

/// The facts of the seed, to be changed.
pub(crate) fn facts() -> Facts {
    FACTS.clone()
}

/// The books of a database that has the seed and nothing else.
pub(crate) fn books() -> Books {
    Books { facts: facts(), ledger: Ledger::default() }
}
