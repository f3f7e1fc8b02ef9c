//! What a caller asks: each input is turned into a type of the edition once, at the door.

mod area;
mod filter;
mod lookup;

pub use area::{AreaInput, Point, PointInput};
pub use filter::{
    ActivityFilter, MunicipalityFilter, NeighbourhoodFilter, PlaceFilter, SettlementFilter, checked_moment,
    search_text, span,
};
pub use lookup::{
    ActivityBy, ActivityOrder, IdentifierInput, MunicipalityBy, MunicipalityOrder, MunicipalityOrderField, PlaceBy,
    PlaceOrder, SettlementBy,
};
