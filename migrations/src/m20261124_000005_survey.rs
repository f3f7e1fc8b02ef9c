//! The published figures of the 2024 report.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, belongs_to, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 7] = [
    "survey",
    "survey_base",
    "survey_question",
    "survey_answer",
    "survey_instrument",
    "survey_finding",
    "survey_source",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("survey")
                    .col(integer("id").primary_key())
                    .col(text("title"))
                    .col(text("publisher"))
                    .col(string("fieldwork"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("survey_base")
                    .col(string("key").primary_key())
                    .col(integer("position"))
                    .col(integer("size"))
                    .col(text_null("note"))
                    .col(double_null("published_response_percentage"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("survey_question")
                    .col(string("key").primary_key())
                    .col(integer("position"))
                    .col(text("section"))
                    .col(string("about"))
                    .col(string("base"))
                    .col(boolean("multiple"))
                    .col(text_null("legibility"))
                    .foreign_key(&mut belongs_to("survey_question", "base", "survey_base", "key"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("survey_answer")
                    .col(string("question"))
                    .col(string("key"))
                    .col(string_null("part_of"))
                    .col(integer("position"))
                    .col(text("label_nl"))
                    .col(text("label_en"))
                    .col(integer_null("count"))
                    .col(double_null("published_percentage"))
                    .col(string("legibility"))
                    .primary_key(Index::create().col("question").col("key"))
                    .foreign_key(&mut belongs_to("survey_answer", "question", "survey_question", "key"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("survey_instrument")
                    .col(string("key").primary_key())
                    .col(integer("position"))
                    .col(text("label_nl"))
                    .col(text("label_en"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("survey_finding")
                    .col(string("key").primary_key())
                    .col(integer("position"))
                    .col(string("kind"))
                    .col(text("section"))
                    .col(text("text_nl"))
                    .col(text("text_en"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("survey_source")
                    .col(string("source").primary_key())
                    .col(integer("position"))
                    .foreign_key(ForeignKey::create().from("survey_source", "source").to("source", "id"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
