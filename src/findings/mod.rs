//! What there is to tell of what was read: the rules, and the findings of a file as a report.
//!
//! - [`rule`]: every rule with its sentences in Dutch and English, and its [`severity`]
//! - [`report`]: which cell or row runs into which rule
//! - [`personal_data`] sees what must not be shown, [`formula`] what a spreadsheet must not compute

pub mod formula;
pub mod personal_data;
pub mod report;
pub mod rule;
pub mod severity;

pub use formula::defuse;
pub use personal_data::redacted;
pub use report::{Finding, Report};
pub use rule::Rule;
pub use severity::Severity;
