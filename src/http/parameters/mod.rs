//! The parameters of all addresses but `/graphql`: one vocabulary, each meaning the same wherever it can mean something.
//!
//! - `name`: what there is; `address`: which address takes which; `describe`: what each means, for programs
//! - `read`: from an address and into one
//! - `places`: what is asked of places, which an edition answers; `activities`: of what is held there
//! - `directory`: of a directory of services, and of a feed
//! - `refused`, `words`: why not, in both languages
//!
//! What only maps have (`coverage`, `title`, …) is understood in `map/parameters.rs`.

mod activities;
mod address;
mod describe;
mod directory;
mod name;
mod places;
mod read;
mod refused;
mod words;

pub(in crate::http) use self::{
    activities::{ActivityChoice, WEEKDAYS},
    address::{Address, FileAs, FileOf},
    directory::{DirectoryChoice, followed_to},
    name::{Name, is_of_trackers},
    places::{Near, PlaceChoice, distance, municipality},
    read::{Parameters, named_edition, percent_encode},
    refused::{Refused, Trouble},
};
