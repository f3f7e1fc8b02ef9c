//! From the files of others to facts: read, check, match, decide, publish.
//!
//! A file becomes [`table`]s of text, a table's rows become statements ([`row`], by the columns of [`mod@column`]), and
//! an [`Intake`] takes them into the books: it matches them with the known places, holds them against the other data and
//! decides anew what is served. What could not be taken is told in a [`report`].

pub mod areas;
pub mod batch;
mod candidates;
mod cell;
mod cells;
pub mod check;
pub mod column;
mod elements;
pub mod heading;
mod hours;
pub mod matching;
pub mod municipality;
pub mod osm;
mod personal;
pub mod places;
pub mod policy;
pub mod polling;
pub mod report;
pub mod resolve;
mod retract;
pub mod row;
pub mod rule;
pub(crate) mod serve;
mod style;
pub mod summary;
pub mod survey;
pub mod table;
pub mod take;
mod tell;
pub mod template;
pub mod watch;
pub mod without;
pub mod workbook;

pub use cell::defuse;
pub use personal::redacted;
pub use take::{At, Concern, Intake, Record, SAME_ELEMENT, Sender, Taken};

/// Where the text of CC0 1.0 stands.
const CC0: &str = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl";

/// Where the text of CC BY 4.0 stands.
const CC_BY: &str = "https://creativecommons.org/licenses/by/4.0/deed.nl";
