//! Table `policy_claim`.

use sea_orm::entity::prelude::*;

/// What a source says of one property of a policy document.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_claim")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_name = "document")]
    pub(crate) subject: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) source: String,
    pub(crate) authority: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) statement: String,
    pub(crate) stated: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
