//! Table `edition`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// An edition that was published.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "edition")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i32,
    pub(crate) id: String,
    pub(crate) published_at: DateTime<Utc>,
    pub(crate) places: i32,
    pub(crate) note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
