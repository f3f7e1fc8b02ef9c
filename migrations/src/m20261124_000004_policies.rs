//! Policy documents of municipalities, and what they decided.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, belongs_to, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 3] = ["policy_document", "policy_document_theme", "policy_status"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("policy_document")
                    .col(string("key").primary_key())
                    .col(string("municipality"))
                    .col(text("title"))
                    .col(string("kind"))
                    .col(string_null("stance"))
                    .col(integer_null("year"))
                    .col(text("summary"))
                    .col(string("source"))
                    .foreign_key(&mut belongs_to("policy_document", "municipality", "municipality", "code"))
                    .foreign_key(ForeignKey::create().from("policy_document", "source").to("source", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("policy_document_theme")
                    .col(string("document"))
                    .col(string("theme"))
                    .primary_key(Index::create().col("document").col("theme"))
                    .foreign_key(&mut belongs_to("policy_document_theme", "document", "policy_document", "key"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("policy_status")
                    .col(string("municipality"))
                    .col(string("theme"))
                    .col(string("status"))
                    .col(string("document"))
                    .col(text("ground"))
                    .col(date("assessed"))
                    .primary_key(Index::create().col("municipality").col("theme").col("status").col("document"))
                    .foreign_key(&mut belongs_to("policy_status", "municipality", "municipality", "code"))
                    .foreign_key(&mut belongs_to("policy_status", "document", "policy_document", "key"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
