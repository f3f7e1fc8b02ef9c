//! Claims on policy have the shape of those on places: of which municipality a document is, is a claim like the others.

use sea_orm_migration::{prelude::*, schema::*};

use crate::WHOLE;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The rows of the table while it is made anew; SQLite cannot put a column back where it was.
const KEEP: &str = "CREATE TABLE policy_claim_kept AS SELECT * FROM policy_claim";
const DONE: &str = "DROP TABLE policy_claim_kept";

/// All that was said, as it was said.
const SAID: &str = "INSERT INTO policy_claim (document, key, source, authority, statement, stated) \
                    SELECT document, key, source, authority, statement, stated FROM policy_claim_kept";

/// A source speaks with one voice, and a document has one municipality.
const MUNICIPALITY: &str = "INSERT INTO policy_claim (document, key, source, authority, statement, stated) \
     SELECT document, 'municipality', source, MIN(authority), \
            '{\"property\":\"municipality\",\"value\":\"' || MIN(municipality) || '\"}', MAX(stated) \
     FROM policy_claim_kept GROUP BY document, source";

/// The code stands behind the 36 characters `{\"property\":\"municipality\",\"value\":\"`.
const FORMER: &str = "INSERT INTO policy_claim (document, key, source, municipality, authority, statement, stated) \
     SELECT said.document, said.key, said.source, SUBSTR(of.statement, 37, 6), said.authority, said.statement, said.stated \
     FROM policy_claim_kept said JOIN policy_claim_kept of \
     ON of.document = said.document AND of.source = said.source AND of.key = 'municipality' \
     WHERE said.key <> 'municipality' AND said.stated IS NOT NULL";

fn table() -> TableCreateStatement {
    Table::create()
        .table("policy_claim")
        .primary_key(Index::create().col("document").col("key").col("source"))
        .foreign_key(ForeignKey::create().from("policy_claim", "source").to("source", "id"))
        .to_owned()
}

async fn remake(manager: &SchemaManager<'_>, table: TableCreateStatement, fill: &[&str]) -> Result<(), DbErr> {
    let db = manager.get_connection();
    db.execute_unprepared(KEEP).await?;
    manager.drop_table(Table::drop().table("policy_claim").to_owned()).await?;
    manager.create_table(table).await?;
    for statement in fill {
        db.execute_unprepared(statement).await?;
    }
    db.execute_unprepared(DONE).await.map(drop)
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table()
            .col(string("document"))
            .col(string("key"))
            .col(string("source"))
            .col(string("authority"))
            .col(text("statement"))
            .col(date_null("stated"))
            .to_owned();
        remake(manager, table, &[SAID, MUNICIPALITY]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table()
            .col(string("document"))
            .col(string("key"))
            .col(string("source"))
            .col(string("municipality"))
            .col(string("authority"))
            .col(text("statement"))
            .col(date("stated"))
            .to_owned();
        remake(manager, table, &[FORMER]).await
    }
}
