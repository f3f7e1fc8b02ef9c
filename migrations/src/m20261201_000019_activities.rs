//! What is held at places and when, as each source says it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 1] = ["activity"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    // No foreign key to the place: a place that changes is written anew.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("activity")
                    .col(string("key"))
                    .col(string("source"))
                    .col(string("place"))
                    .col(text("facts"))
                    .primary_key(Index::create().col("key").col("source"))
                    .foreign_key(ForeignKey::create().from("activity", "source").to("source", "id"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
