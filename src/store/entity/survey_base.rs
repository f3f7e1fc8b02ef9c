//! Table `survey_base`.

use sea_orm::entity::prelude::*;

/// A group that was asked.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_base")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) position: i32,
    pub(crate) size: i32,
    pub(crate) note: Option<String>,
    pub(crate) published_response_percentage: Option<f64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
