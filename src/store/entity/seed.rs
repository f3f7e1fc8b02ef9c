//! Table `seed`.

use sea_orm::entity::prelude::*;

/// A seed that the database has had.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "seed")]
pub(crate) struct Model {
    /// Ascending: the last is the one that it has.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i32,
    /// Its id as an edition.
    pub(crate) id: String,
    /// Of the last what has to be known of it later: JSON, gzip.
    pub(crate) base: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
