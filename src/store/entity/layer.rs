//! Table `layer`.

use sea_orm::entity::prelude::*;

/// A layer of data with its licence.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "layer")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) licence: String,
    pub(crate) licence_url: Option<String>,
    pub(crate) attribution: String,
    pub(crate) reference_date: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
