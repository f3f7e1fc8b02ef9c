//! What imports say of documents of municipal policy, and what was there before them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 2] = ["policy_base", "policy_claim"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    // No foreign key to `policy_document`: documents are written anew when one changes, and their claims stay.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("policy_base")
                    .col(string("document").primary_key())
                    .col(text("facts"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("policy_claim")
                    .col(string("document"))
                    .col(string("key"))
                    .col(string("source"))
                    .col(string("municipality"))
                    .col(string("authority"))
                    .col(text("statement"))
                    .col(date("stated"))
                    .primary_key(Index::create().col("document").col("key").col("source"))
                    .foreign_key(ForeignKey::create().from("policy_claim", "source").to("source", "id"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
