//! Where facts come from, under which licence, and the words they are told in.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 3] = ["layer", "source", "term"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("layer")
                    .col(string("key").primary_key())
                    .col(text("title"))
                    .col(string("licence"))
                    .col(string_null("licence_url"))
                    .col(text("attribution"))
                    .col(string_null("reference_date"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("source")
                    .col(string("id").primary_key())
                    .col(text("title"))
                    .col(text_null("url"))
                    .col(string_null("licence"))
                    .col(string_null("published"))
                    .col(date_null("retrieved"))
                    .to_owned(),
            )
            .await?;
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
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
