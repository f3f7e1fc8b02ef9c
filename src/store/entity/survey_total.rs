//! Table `survey_total`.

use sea_orm::entity::prelude::*;

/// How many of those who answered a questionnaire gave an answer.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_total")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) question: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) answer: String,
    pub(crate) count: i32,
    pub(crate) base: i32,
    pub(crate) source: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
