//! Table `survey_finding`.

use sea_orm::entity::prelude::*;

/// A reason, conclusion or recommendation.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_finding")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) position: i32,
    pub(crate) kind: String,
    pub(crate) section: String,
    pub(crate) text_nl: String,
    pub(crate) text_en: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
