//! The source `policies`: documents of municipal policy, and what they show that a municipality decided.
//!
//! A row a document, in the columns of the template. A status stands on a document and has a ground: the sentence or decision
//! in it that says so. As with places, what the municipality says wins over the web, an empty cell is no statement, a row
//! that is left out is listed and not taken away, and what is overruled is kept.

pub(super) mod apply;
mod column;
pub mod import;
mod row;
pub mod source;
pub mod template;

pub use column::{Column, PolicyWords};
pub use row::{PolicyRow, Shown};
