//! Table `edition_part`.

use sea_orm::entity::prelude::*;

/// A list of facts of an edition.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "edition_part")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) edition: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) part: String,
    pub(crate) digest: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
