//! Table `edition_mark`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// What is noted of an edition after it was published: why it is kept, when it was asked for, and since when it is gone.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "edition_mark")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) edition: i32,
    pub(crate) kept: Option<String>,
    pub(crate) asked_at: Option<DateTime<Utc>>,
    pub(crate) pruned_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
