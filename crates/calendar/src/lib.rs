//! When something is: opening hours in OpenStreetMap's notation, and the clock of the Netherlands. It knows nothing of places.

pub mod clock;
pub mod hours;

pub use clock::local;
pub use hours::{Hours, State};
