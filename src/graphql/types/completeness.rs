//! What is known and what is not.

use async_graphql::SimpleObject;

use crate::edition::PlaceField;

/// Which of the fields of a place are known (volledigheid).
#[derive(Clone, Debug, SimpleObject)]
pub struct Completeness {
    /// How many fields are known (bekend).
    pub known: i32,
    /// How many fields are counted (totaal).
    pub total: i32,
    /// Those that are not known (ontbreekt).
    pub missing: Vec<PlaceField>,
}

/// Of how many places a field is known (volledigheid per veld).
#[derive(Clone, Debug, SimpleObject)]
pub struct FieldCompleteness {
    /// The field (veld).
    pub field: PlaceField,
    /// Of how many places it is known (bekend).
    pub known: i32,
    /// How many places there are that are not closed (totaal).
    pub total: i32,
    /// `known` / `total`, 0 to 1, four decimals (aandeel); 0 where there are no places.
    pub share: f64,
}
