//! Table `geocoding`.

use sea_orm::entity::prelude::*;

/// Where an address was found, and what became of it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "geocoding")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) place: String,
    pub(crate) provider: String,
    pub(crate) source: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) asked: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) matched: String,
    pub(crate) score: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) lat: Option<f64>,
    pub(crate) precision: Option<String>,
    pub(crate) uncertainty_radius_m: Option<f64>,
    pub(crate) outline: Option<String>,
    pub(crate) found_on: Date,
    pub(crate) nummeraanduiding: Option<String>,
    pub(crate) adresseerbaar_object: Option<String>,
    pub(crate) state: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
