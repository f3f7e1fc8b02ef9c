//! Table `revision`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A revision of the books of which it is known what it said.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i32,
    pub(crate) edition: Option<i32>,
    pub(crate) reverts: Option<i32>,
    pub(crate) pruned_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
