//! Table `archive`.

use sea_orm::entity::prelude::*;

/// A list of facts, once for all editions that have it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "archive")]
pub(crate) struct Model {
    /// SHA-256 of the JSON, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) digest: String,
    /// The JSON, gzip.
    pub(crate) bytes: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
