//! Table `place_base`.

use sea_orm::entity::prelude::*;

/// A place of the seed as it was before the first claim on it, as JSON.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place_base")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_name = "place")]
    pub(crate) subject: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) facts: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
