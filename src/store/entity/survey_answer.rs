//! Table `survey_answer`.

use sea_orm::entity::prelude::*;

/// An answer with its published figures.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_answer")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) question: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) part_of: Option<String>,
    pub(crate) position: i32,
    pub(crate) label_nl: String,
    pub(crate) label_en: String,
    pub(crate) count: Option<i32>,
    pub(crate) published_percentage: Option<f64>,
    pub(crate) legibility: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
