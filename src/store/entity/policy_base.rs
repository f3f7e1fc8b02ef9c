//! Table `policy_base`.

use sea_orm::entity::prelude::*;

/// A policy document as it was before the first claim, as JSON.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_base")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_name = "document")]
    pub(crate) subject: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) facts: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
