//! The source `cbs-areas`: wijken, buurten and municipal borders in the columns of the Wijk- en Buurtkaart of CBS and
//! Kadaster, or of the Gebiedsindelingen.
//!
//! The wijken or buurten of a file replace those of their municipalities as a whole, a border and a number of inhabitants
//! those of the municipality; its name, and everything else, stays. What is older than what is known is left aside.

mod apply;
pub mod source;
