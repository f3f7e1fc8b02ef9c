//! Municipalities, settlements and CBS neighbourhoods.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{WHOLE, belongs_to, drop_tables};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 3] = ["municipality", "settlement", "neighbourhood"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("municipality")
                    .col(string("code").primary_key())
                    .col(string("slug").unique_key())
                    .col(string("name"))
                    .col(integer_null("population"))
                    .col(date_null("population_date"))
                    .col(double_null("land_area_km2"))
                    .col(integer_null("land_area_year"))
                    .col(double("label_lon"))
                    .col(double("label_lat"))
                    .col(string("inventory"))
                    .col(integer_null("expected_places"))
                    .col(string_null("contact_role"))
                    .col(text_null("contact_url"))
                    .col(string_null("contact_email"))
                    .col(text("boundary"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("settlement")
                    .col(string("id").primary_key())
                    .col(string("slug").unique_key())
                    .col(string("name"))
                    .col(string("kind"))
                    .col(string("municipality"))
                    .col(string_null("parent"))
                    .col(integer_null("population"))
                    .col(double_null("own_population"))
                    .col(date_null("population_date"))
                    .col(double("lon"))
                    .col(double("lat"))
                    .col(double("area_ha"))
                    .col(double("share_in_municipality"))
                    .col(text("outline"))
                    .foreign_key(&mut belongs_to("settlement", "municipality", "municipality", "code"))
                    .foreign_key(ForeignKey::create().from("settlement", "parent").to("settlement", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("neighbourhood")
                    .col(string("code").primary_key())
                    .col(string("name"))
                    .col(string("level"))
                    .col(string("municipality"))
                    .col(integer_null("population"))
                    .col(text("boundary"))
                    .foreign_key(&mut belongs_to("neighbourhood", "municipality", "municipality", "code"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES).await
    }
}
