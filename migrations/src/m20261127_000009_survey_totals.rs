//! Totals of the answers to a questionnaire.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 1] = ["survey_total"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("survey_total")
                    .col(string("question"))
                    .col(string("answer"))
                    .col(integer("count"))
                    .col(integer("base"))
                    .col(string("source"))
                    .primary_key(Index::create().col("question").col("answer"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("survey_total", ("question", "answer"))
                            .to("survey_answer", ("question", "key")),
                    )
                    .foreign_key(ForeignKey::create().from("survey_total", "source").to("source", "id"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
