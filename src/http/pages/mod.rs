//! The pages for people, a folder each: `mod.rs` answers and fills the view from the edition, `view.rs` is what the page shows, strings
//! and numbers, `words.rs` its sentences in both languages, and the template stands beside them.
//!
//! What they share: `frame` is what they have around them, `list` places as lines and what can be chosen among them, `programme` what is on by day, `language` how numbers
//! and dates are written and where pages live, `links` what a link may carry, `words` how sentences are written down, `page` the policies
//! with which pages are sent, `assets` the files that they load. The list and map for other sites is a room of its own, `http/embed`.
//!
//! No page sets a cookie, and none loads anything from elsewhere but the map for other sites where it was asked for the national base map.
//! Only the explorer needs a script; with one, the search box suggests.

pub(in crate::http) mod activity;
pub(in crate::http) mod agenda;
pub(in crate::http) mod assets;
pub(in crate::http) mod changes;
pub(in crate::http) mod data;
pub(in crate::http) mod examples;
pub(in crate::http) mod explorer;
pub(in crate::http) mod features;
pub(in crate::http) mod frame;
pub(in crate::http) mod gaps;
pub(in crate::http) mod landing;
pub(in crate::http) mod language;
pub(in crate::http) mod links;
pub(in crate::http) mod list;
pub(in crate::http) mod maker;
pub(in crate::http) mod map_maker;
pub(in crate::http) mod missing;
pub(in crate::http) mod municipality;
pub(in crate::http) mod page;
pub(in crate::http) mod place;
pub(in crate::http) mod places;
pub(in crate::http) mod privacy;
pub(in crate::http) mod programme;
pub(in crate::http) mod search;
pub(in crate::http) mod settlement;
pub(in crate::http) mod words;
