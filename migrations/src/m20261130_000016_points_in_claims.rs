//! The point of an address that was looked up stands once: in the claim by which it is served, or with what waits for a
//! person or was rejected.

use sea_orm_migration::{prelude::*, schema::*};

use crate::WHOLE;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The rows of the table while it is made anew; SQLite cannot change a column.
const KEEP: &str = "CREATE TABLE geocoding_kept AS SELECT * FROM geocoding";
const DONE: &str = "DROP TABLE geocoding_kept";

/// What is served without a claim is served by somebody else, and is looked up again if need be.
const FILL: &str = "INSERT INTO geocoding (place, provider, source, asked, matched, score, lon, lat, precision, \
                    uncertainty_radius_m, outline, found_on, nummeraanduiding, adresseerbaar_object, state, reason) \
     SELECT place, provider, source, asked, matched, score, \
            CASE WHEN state <> 'ACCEPTED' THEN lon END, CASE WHEN state <> 'ACCEPTED' THEN lat END, \
            CASE WHEN state <> 'ACCEPTED' THEN precision END, \
            CASE WHEN state <> 'ACCEPTED' THEN uncertainty_radius_m END, \
            CASE WHEN state <> 'ACCEPTED' THEN outline END, \
            found_on, nummeraanduiding, adresseerbaar_object, state, reason \
     FROM geocoding_kept WHERE state <> 'ACCEPTED' OR EXISTS (SELECT 1 FROM claim \
     WHERE claim.place = geocoding_kept.place AND claim.source = geocoding_kept.source AND claim.key = 'location')";

/// Points are not read out of claims: what is served stays served, and is told no more of.
const FORMER: &str = "INSERT INTO geocoding (place, provider, source, asked, matched, score, lon, lat, precision, \
                      uncertainty_radius_m, outline, found_on, nummeraanduiding, adresseerbaar_object, state, reason) \
     SELECT place, provider, source, asked, matched, score, lon, lat, precision, uncertainty_radius_m, outline, found_on, \
            nummeraanduiding, adresseerbaar_object, state, reason \
     FROM geocoding_kept WHERE lon IS NOT NULL";

/// The table, with the columns of a point.
fn table(point: [ColumnDef; 4]) -> TableCreateStatement {
    let [lon, lat, precision, uncertainty_radius_m] = point;
    Table::create()
        .table("geocoding")
        .col(string("place").primary_key())
        .col(string("provider"))
        .col(string("source"))
        .col(text("asked"))
        .col(text("matched"))
        .col(double_null("score"))
        .col(lon)
        .col(lat)
        .col(precision)
        .col(uncertainty_radius_m)
        .col(string_null("outline"))
        .col(date("found_on"))
        .col(string_null("nummeraanduiding"))
        .col(string_null("adresseerbaar_object"))
        .col(string("state"))
        .col(text_null("reason"))
        .to_owned()
}

async fn remake(manager: &SchemaManager<'_>, table: TableCreateStatement, fill: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    db.execute_unprepared(KEEP).await?;
    manager.drop_table(Table::drop().table("geocoding").to_owned()).await?;
    manager.create_table(table).await?;
    db.execute_unprepared(fill).await?;
    db.execute_unprepared(DONE).await.map(drop)
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let point =
            [double_null("lon"), double_null("lat"), string_null("precision"), double_null("uncertainty_radius_m")];
        remake(manager, table(point), FILL).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let point = [double("lon"), double("lat"), string("precision"), double("uncertainty_radius_m")];
        remake(manager, table(point), FORMER).await
    }
}
