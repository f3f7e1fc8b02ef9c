//! Table `withdrawal`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A place that was taken out of all editions.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "withdrawal")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) place: String,
    pub(crate) reason: String,
    pub(crate) withdrawn_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
