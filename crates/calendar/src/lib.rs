//! When something is: opening hours in OpenStreetMap's notation, recurrence rules of iCalendar, and the clock of the Netherlands. It knows nothing of
//! places.

pub mod clock;
pub mod hours;
pub mod recurrence;
mod words;

pub use clock::{local, next_midnight};
pub use hours::{Hours, State};
pub use recurrence::{Occurrence, Schedule};
