//! Table `revision_change`.

use sea_orm::entity::prelude::*;

/// What a revision said of one thing.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revision_change")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) subject: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) source: String,
    pub(crate) manner: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) before: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub(crate) said: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
