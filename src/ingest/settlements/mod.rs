//! The source `settlements`: the object type Plaats of TOP10NL (BRT, Kadaster), with the inhabitants that CBS counted.
//!
//! The settlements of a file replace those of the municipalities that it has settlements of; `derive` computes the rest
//! anew for all. What is known keeps its slug and, where that still lies inside, its point. An outline that is gone while the
//! location of a place refers to it stays, without inhabitants: the place says so of itself, and nobody else changes that.
//! What a row that was refused may be about is not gone.

pub(crate) mod apply;
pub mod derive;
pub mod import;
pub mod source;
