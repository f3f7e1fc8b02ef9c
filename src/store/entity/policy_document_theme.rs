//! Table `policy_document_theme`.

use sea_orm::entity::prelude::*;

/// A theme of a document.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_document_theme")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) document: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) theme: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
