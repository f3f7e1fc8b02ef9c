//! Table `source`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

/// A publication that supports facts.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "source")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    /// Empty only until `Store::migrate` has said it.
    pub(crate) layer: String,
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) licence: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) retrieved: Option<NaiveDate>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
