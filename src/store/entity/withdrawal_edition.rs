//! Table `withdrawal_edition`.

use sea_orm::entity::prelude::*;

/// An edition that a place was taken out of.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "withdrawal_edition")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) place: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) edition: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
