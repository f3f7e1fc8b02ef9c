//! What each revision of the books said, so that one can be taken back without what others said.
//!
//! Revisions of earlier releases have no row here.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, belongs_to, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    // No foreign key to places, documents and sources: what was said of them stays when they go.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("revision")
                    .col(integer("number").primary_key())
                    .col(integer_null("edition"))
                    .col(integer_null("reverts"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("revision_change")
                    .col(integer("revision"))
                    .col(string("list"))
                    .col(string("subject"))
                    .col(string("key"))
                    .col(string("source"))
                    .col(string("manner"))
                    .col(text_null("before"))
                    .col(text_null("said"))
                    .primary_key(Index::create().col("revision").col("list").col("subject").col("key").col("source"))
                    .foreign_key(&mut belongs_to("revision_change", "revision", "revision", "number"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("revision_change_subject").table("revision_change").col("subject").to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["revision", "revision_change"]).await
    }
}
