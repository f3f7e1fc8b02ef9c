//! Finds where addresses are: by asking PDOK Locatieserver, or from what is known already.
//!
//! Only the command `noaber geocode` calls the network, and an import takes over what is known. A user's query does neither: what was
//! found is in the database, as a claim beside the others, and so in the edition.
//!
//! - [`wanted()`]: which places are looked up
//! - [`query`]: an address as questions, [`answer`]: what came back, [`accept`]: whether that is it
//! - [`pdok`]: the client, [`run`]: the loop around it
//! - [`offline`]: what is known already
//! - [`apply`]: what was found, put into the books; [`locate()`]: all of it for places without a location, as an import ends

pub mod accept;
pub mod answer;
pub mod apply;
pub mod choose;
pub mod locate;
pub mod offline;
pub mod pdok;
pub mod query;
pub mod run;
pub mod wanted;

pub use choose::{Only, wanted, wanted_place};
pub use locate::locate;
pub use wanted::Wanted;
