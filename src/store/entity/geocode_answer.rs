//! Table `geocode_answer`.

use sea_orm::entity::prelude::*;

/// What a geocoder answered to a question.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "geocode_answer")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) provider: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) question: String,
    pub(crate) asked_at: ChronoDateTimeUtc,
    pub(crate) status: i32,
    #[sea_orm(column_type = "Text")]
    pub(crate) body: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
