//! Table `survey_question`.

use sea_orm::entity::prelude::*;

/// A question of the report.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_question")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) position: i32,
    pub(crate) section: String,
    pub(crate) about: String,
    pub(crate) base: String,
    pub(crate) multiple: bool,
    pub(crate) legibility: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
