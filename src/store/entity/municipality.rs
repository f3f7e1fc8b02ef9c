//! Table `municipality`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

/// A municipality.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "municipality")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) population: Option<i32>,
    pub(crate) population_date: Option<NaiveDate>,
    pub(crate) land_area_km2: Option<f64>,
    pub(crate) land_area_year: Option<i32>,
    pub(crate) label_lon: f64,
    pub(crate) label_lat: f64,
    pub(crate) inventory: String,
    pub(crate) expected_places: Option<i32>,
    pub(crate) contact_role: Option<String>,
    pub(crate) contact_url: Option<String>,
    pub(crate) contact_email: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub(crate) boundary: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
