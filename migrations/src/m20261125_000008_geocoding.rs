//! What geocoders answered, and what was made of it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 2] = ["geocode_answer", "geocoding"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    // No foreign key to `place`: a place is written anew when it changes, and what was decided of it stays.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("geocode_answer")
                    .col(string("provider"))
                    .col(string("question"))
                    .col(timestamp_with_time_zone("asked_at"))
                    .col(integer("status"))
                    .col(text("body"))
                    .primary_key(Index::create().col("provider").col("question"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("geocoding")
                    .col(string("place").primary_key())
                    .col(string("provider"))
                    .col(string("source"))
                    .col(text("asked"))
                    .col(text("matched"))
                    .col(double_null("score"))
                    .col(double("lon"))
                    .col(double("lat"))
                    .col(string("precision"))
                    .col(double("uncertainty_radius_m"))
                    .col(string_null("outline"))
                    .col(date("found_on"))
                    .col(string_null("nummeraanduiding"))
                    .col(string_null("adresseerbaar_object"))
                    .col(string("state"))
                    .col(text_null("reason"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
