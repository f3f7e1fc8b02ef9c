//! Table `term`.

use sea_orm::entity::prelude::*;

/// A label of a vocabulary or of one of its terms.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "term")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) vocabulary: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) value: String,
    pub(crate) label_nl: String,
    pub(crate) label_en: String,
    pub(crate) description_nl: Option<String>,
    pub(crate) description_en: Option<String>,
    pub(crate) osm_tags: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
