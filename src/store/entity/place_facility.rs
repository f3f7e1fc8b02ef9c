//! Table `place_facility`.

use sea_orm::entity::prelude::*;

/// A facility known to be at a place, or known not to be.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place_facility")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) place: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) facility: String,
    pub(crate) present: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
