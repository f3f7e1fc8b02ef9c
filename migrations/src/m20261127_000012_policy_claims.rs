//! What imports say of documents of municipal policy, and what was there before them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Who says so, where that is not the compilation.
const SAID_BY: [(&str, &str); 2] = [("policy_document", "described_by"), ("policy_status", "stated_by")];

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
            .await?;
        for (table, column) in SAID_BY {
            let add = Table::alter().table(table).add_column(string_null(column)).to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in SAID_BY.into_iter().rev() {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        drop_tables(manager, &TABLES).await
    }
}
