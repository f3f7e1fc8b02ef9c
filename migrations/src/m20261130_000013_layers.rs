//! The layer of each source; and the words of the vocabularies, which come with the program, leave the database.
//!
//! What layer a source is of is said by `Store::migrate`, which also says it for archived editions.

use sea_orm_migration::{prelude::*, schema::*};

use crate::WHOLE;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("source").add_column(string("layer").default("")).to_owned()).await?;
        manager.drop_table(Table::drop().table("term").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("term")
                    .col(string("vocabulary"))
                    .col(string("value"))
                    .col(text("label_nl"))
                    .col(text("label_en"))
                    .col(text_null("description_nl"))
                    .col(text_null("description_en"))
                    .col(text("osm_tags"))
                    .primary_key(Index::create().col("vocabulary").col("value"))
                    .to_owned(),
            )
            .await?;
        manager.alter_table(Table::alter().table("source").drop_column("layer").to_owned()).await
    }
}
