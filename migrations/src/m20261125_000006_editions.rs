//! Published editions, and what was withdrawn from them.
//!
//! An edition is a row and its parts; a part is a list of facts, kept once whatever number of editions have it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, belongs_to, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 5] = ["archive", "edition", "edition_part", "withdrawal", "withdrawal_edition"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create().table("archive").col(string("digest").primary_key()).col(blob("bytes")).to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("edition")
                    .col(integer("number").primary_key())
                    .col(string("id"))
                    .col(timestamp_with_time_zone("published_at"))
                    .col(integer("places"))
                    .col(text_null("note"))
                    .to_owned(),
            )
            .await?;
        // Not unique: data that is put back as it was is the same edition again, under a number of its own.
        manager
            .create_index(Index::create().name("edition_by_id").table("edition").col("id").col("number").to_owned())
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("edition_part")
                    .col(integer("edition"))
                    .col(string("part"))
                    .col(string("digest"))
                    .primary_key(Index::create().col("edition").col("part"))
                    .foreign_key(&mut belongs_to("edition_part", "edition", "edition", "number"))
                    .foreign_key(ForeignKey::create().from("edition_part", "digest").to("archive", "digest"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("edition_part_by_digest").table("edition_part").col("digest").to_owned())
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("withdrawal")
                    .col(string("place").primary_key())
                    .col(text("reason"))
                    .col(timestamp_with_time_zone("withdrawn_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("withdrawal_edition")
                    .col(string("place"))
                    .col(integer("edition"))
                    .primary_key(Index::create().col("place").col("edition"))
                    .foreign_key(&mut belongs_to("withdrawal_edition", "place", "withdrawal", "place"))
                    .foreign_key(&mut belongs_to("withdrawal_edition", "edition", "edition", "number"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
