//! What noaber knows, as plain types without input or output.
//!
//! [`Facts`] is the whole of it: what the seed is read into, what the database stores and gives back, and what an
//! edition is built from.

mod activity;
mod claim;
mod code;
mod contact;
mod facts;
mod geocoding;
pub mod journal;
mod language;
mod layer;
mod ledger;
mod partial_date;
mod plain;
mod policy_statement;
mod postcode;
mod seed_base;
mod statement;
mod survey;
pub mod vocabulary;

pub use activity::{Activity, ActivitySchedule, served};
pub use claim::{Authority, Claim, Claims, Original, Property, Said};
pub(crate) use code::excerpt;
pub use code::{CodeError, MunicipalityCode, NeighbourhoodCode};
pub use contact::ContactPoint;
#[cfg(test)]
pub(crate) use facts::every_field;
pub use facts::{
    Address, Facts, Location, Municipality, Neighbourhood, Place, PlaceSource, PolicyDocument, PolicyStatus,
    PostcodePoint, Settlement, Source, Themed,
};
pub use geocoding::{Geocoding, GeocodingState, Provider};
pub use language::{Language, Last};
pub use layer::Layer;
pub use ledger::{Books, Ledger, Pair, PairKey};
pub use partial_date::{PartialDate, PartialDateError};
pub(crate) use plain::underscored;
pub use plain::{Cell, PLAIN, PlainField, PlainKind, plain_field};
pub use policy_statement::PolicyStatement;
pub use postcode::{Postcode, PostcodeError};
pub use seed_base::SeedBase;
pub use statement::Statement;
pub use survey::{Survey, SurveyAnswer, SurveyBase, SurveyFinding, SurveyInstrument, SurveyQuestion, SurveyTotal};
