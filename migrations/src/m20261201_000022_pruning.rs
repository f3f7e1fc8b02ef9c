//! Which editions are kept whatever their age, and since when others are not; the same of what revisions said.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, belongs_to, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    // Beside the table of editions, which an older program, or one on tables of an earlier release, reads as it is.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("edition_mark")
                    .col(integer("edition").primary_key())
                    .col(text_null("kept"))
                    .col(timestamp_with_time_zone_null("asked_at"))
                    .col(timestamp_with_time_zone_null("pruned_at"))
                    .foreign_key(&mut belongs_to("edition_mark", "edition", "edition", "number"))
                    .to_owned(),
            )
            .await?;
        let pruned = timestamp_with_time_zone_null("pruned_at");
        manager.alter_table(Table::alter().table("revision").add_column(pruned).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("revision").drop_column("pruned_at").to_owned()).await?;
        drop_tables(manager, &["edition_mark"]).await
    }
}
