//! Table `policy_document`.

use sea_orm::entity::prelude::*;

/// A document on a municipality's policy.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_document")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) municipality: String,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) stance: Option<String>,
    pub(crate) year: Option<i32>,
    pub(crate) summary: String,
    pub(crate) source: String,
    pub(crate) described_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
