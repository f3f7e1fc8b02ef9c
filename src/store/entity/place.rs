//! Table `place`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A meeting place, without what it has several of.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) kind: Option<String>,
    pub(crate) kind_basis: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) last_confirmed: Option<String>,
    pub(crate) municipality: String,
    pub(crate) settlement: String,
    pub(crate) neighbourhood: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) house_number: Option<String>,
    pub(crate) postcode: Option<String>,
    pub(crate) lon: Option<f64>,
    pub(crate) lat: Option<f64>,
    pub(crate) precision: Option<String>,
    pub(crate) uncertainty_radius_m: Option<f64>,
    pub(crate) outline: Option<String>,
    pub(crate) website: Option<String>,
    pub(crate) legal_form: Option<String>,
    pub(crate) founded_year: Option<i32>,
    pub(crate) cultural_programme: Option<bool>,
    pub(crate) run_by: Option<String>,
    pub(crate) owned_by: Option<String>,
    pub(crate) opening_hours: Option<String>,
    pub(crate) wheelchair_accessible: Option<bool>,
    /// JSON.
    pub(crate) contact: Option<String>,
    pub(crate) updated_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
