//! What a caller asks: each input is turned into a type of the edition once, at the door.

mod area;
mod filter;
mod lookup;

pub use area::{AreaInput, Point, PointInput};
pub use filter::{MunicipalityFilter, NeighbourhoodFilter, PlaceFilter, SettlementFilter, search_text};
pub use lookup::{
    IdentifierInput, MunicipalityBy, MunicipalityOrder, MunicipalityOrderField, PlaceBy, PlaceOrder, SettlementBy,
};
