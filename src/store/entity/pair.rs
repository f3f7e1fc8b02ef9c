//! Table `pair`.

use sea_orm::entity::prelude::*;

/// A record and a place that may be the same, and what a person decided.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pair")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) record: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) place: String,
    pub(crate) source: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) label: String,
    pub(crate) likeness: String,
    pub(crate) same: Option<bool>,
    pub(crate) decided: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
