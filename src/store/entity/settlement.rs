//! Table `settlement`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

/// A TOP10NL settlement.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "settlement")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) municipality: String,
    pub(crate) parent: Option<String>,
    pub(crate) population: Option<i32>,
    pub(crate) own_population: Option<f64>,
    pub(crate) population_date: Option<NaiveDate>,
    pub(crate) lon: f64,
    pub(crate) lat: f64,
    pub(crate) area_ha: f64,
    pub(crate) share_in_municipality: f64,
    #[sea_orm(column_type = "Text")]
    pub(crate) outline: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
