//! What imports say of places, what was there before them, and what persons decided of doubtful pairs.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 3] = ["place_base", "claim", "pair"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    // No foreign key to `place`: a place is written anew when it changes, and its claims stay.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create().table("place_base").col(string("place").primary_key()).col(text("facts")).to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("claim")
                    .col(string("place"))
                    .col(string("key"))
                    .col(string("source"))
                    .col(string("authority"))
                    .col(text("statement"))
                    .col(date_null("stated"))
                    .primary_key(Index::create().col("place").col("key").col("source"))
                    .foreign_key(ForeignKey::create().from("claim", "source").to("source", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("pair")
                    .col(string("record"))
                    .col(string("place"))
                    .col(string("source"))
                    .col(text("label"))
                    .col(string("likeness"))
                    .col(boolean_null("same"))
                    .col(date_null("decided"))
                    .primary_key(Index::create().col("record").col("place"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
