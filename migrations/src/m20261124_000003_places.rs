//! The meeting places: what is known of each, and which source supports which field.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, belongs_to, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 5] = ["place", "place_name", "place_facility", "place_activity", "place_source"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("place")
                    .col(string("key").primary_key())
                    .col(string("name"))
                    .col(string_null("kind"))
                    .col(string_null("kind_basis"))
                    .col(string_null("status"))
                    .col(string_null("last_confirmed"))
                    .col(string("municipality"))
                    .col(string("settlement"))
                    .col(string_null("neighbourhood"))
                    .col(string_null("street"))
                    .col(string_null("house_number"))
                    .col(string_null("postcode"))
                    .col(double_null("lon"))
                    .col(double_null("lat"))
                    .col(string_null("precision"))
                    .col(double_null("uncertainty_radius_m"))
                    .col(string_null("outline"))
                    .col(text_null("website"))
                    .col(string_null("legal_form"))
                    .col(integer_null("founded_year"))
                    .col(boolean_null("cultural_programme"))
                    .col(string_null("run_by"))
                    .col(text_null("opening_hours"))
                    .col(boolean_null("wheelchair_accessible"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(&mut belongs_to("place", "municipality", "municipality", "code"))
                    .foreign_key(ForeignKey::create().from("place", "outline").to("settlement", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("place_name")
                    .col(string("place"))
                    .col(string("name"))
                    .primary_key(Index::create().col("place").col("name"))
                    .foreign_key(&mut belongs_to("place_name", "place", "place", "key"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("place_facility")
                    .col(string("place"))
                    .col(string("facility"))
                    .col(boolean("present"))
                    .primary_key(Index::create().col("place").col("facility"))
                    .foreign_key(&mut belongs_to("place_facility", "place", "place", "key"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("place_activity")
                    .col(string("place"))
                    .col(string("activity"))
                    .col(boolean("present"))
                    .primary_key(Index::create().col("place").col("activity"))
                    .foreign_key(&mut belongs_to("place_activity", "place", "place", "key"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("place_source")
                    .col(string("place"))
                    .col(string("source"))
                    .col(string("field"))
                    .primary_key(Index::create().col("place").col("source").col("field"))
                    .foreign_key(&mut belongs_to("place_source", "place", "place", "key"))
                    .foreign_key(ForeignKey::create().from("place_source", "source").to("source", "id"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
