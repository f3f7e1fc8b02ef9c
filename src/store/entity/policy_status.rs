//! Table `policy_status`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

/// What a municipality decided on a theme.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_status")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) municipality: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) theme: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) status: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) document: String,
    pub(crate) ground: String,
    pub(crate) assessed: NaiveDate,
    pub(crate) stated_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
