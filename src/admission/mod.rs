//! What requests may take of the machine together: memory, and processors.
//!
//! - `memory`: the one figure from which follows how much is kept
//! - `lane`: work that takes a processor, so much at a time; `lanes`: which work goes where
//! - `rate`: how much of all that one client may take
//! - `stop`: how such work learns that it is for nobody any more

mod lane;
mod lanes;
mod memory;
mod rate;
mod stop;

pub use lane::{Lane, Unfinished};
pub use lanes::Lanes;
pub use memory::{Memory, MemoryError};
pub use rate::{Client, Exceeded, RateError, RateLimit, RatePolicy, Standing};
pub use stop::Stop;
