//! noaber.
