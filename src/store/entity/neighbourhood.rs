//! Table `neighbourhood`.

use sea_orm::entity::prelude::*;

/// A CBS wijk or buurt.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "neighbourhood")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) level: String,
    pub(crate) municipality: String,
    pub(crate) population: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub(crate) boundary: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
