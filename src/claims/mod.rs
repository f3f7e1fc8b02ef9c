//! Who says what of a place, and who wins: claims come in, and what is served is decided anew.
//!
//! - [`record`]: what a source says; [`apply`] takes it into the books
//! - [`identity`]: how alike a record and a place are; `candidates`: with which places a record is compared; [`linkage`]:
//!   which of them it is about
//! - [`plausibility`]: whether its point can be right; `shifted`: whether a list has slid by a row
//! - `precedence`: whose word counts, whatever it is about; [`place`] and [`policy`]: what is served of a place and of the
//!   policy of a municipality; [`reconcile`]: how a place comes to be served anew
//! - [`programme`]: what is held at places, told whole by whoever holds it
//! - [`retract`]: what a source says no longer; [`without_layer`]: the books as if a layer had never been there
//! - [`newer_seed`]: the same claims on what a newer seed says
//! - [`revert`]: the books as if a revision had never been, or a source had said nothing
//! - [`elements`]: the elements of a map that stand for places
//! - [`concern`]: what is to be told of a record

mod address;
mod address_parts;
pub mod apply;
mod candidates;
pub mod concern;
pub mod elements;
pub mod identity;
pub mod linkage;
pub mod newer_seed;
pub mod place;
pub mod plausibility;
pub mod policy;
mod precedence;
pub mod programme;
pub mod reconcile;
pub mod record;
pub mod retract;
pub mod revert;
mod shifted;
pub mod without_layer;

pub use apply::Intake;
pub use concern::Concern;
pub use precedence::{PollingLists, RULES};
pub use record::{At, Record, Sender};
