//! The migrations on a fresh database, on PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use noaber_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::database::{TestDatabase, column, tables};

/// Where sea-orm notes which migrations have run.
const NOTED: &str = "seaql_migrations";

const TABLES: [&str; 42] = [
    "activity",
    "archive",
    "claim",
    "edition",
    "edition_mark",
    "edition_part",
    "geocode_answer",
    "geocoding",
    "layer",
    "municipality",
    "neighbourhood",
    "pair",
    "place",
    "place_activity",
    "place_base",
    "place_facility",
    "place_name",
    "place_source",
    "policy_base",
    "policy_claim",
    "policy_document",
    "policy_document_theme",
    "policy_status",
    "postcode",
    "precedence",
    "revision",
    "revision_change",
    NOTED,
    "seed",
    "settlement",
    "source",
    "survey",
    "survey_answer",
    "survey_base",
    "survey_finding",
    "survey_instrument",
    "survey_question",
    "survey_source",
    "survey_total",
    "wiping",
    "withdrawal",
    "withdrawal_edition",
];

/// Columns, keys and indices of all tables, as the database itself has them.
async fn definitions(db: &DatabaseConnection) -> Vec<String> {
    let mut definitions = column(
        db,
        "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master",
        "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
             FROM information_schema.columns WHERE table_schema = 'public'
         UNION ALL
         SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
             FROM pg_constraint WHERE connamespace = 'public'::regnamespace
         UNION ALL
         SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    )
    .await;
    definitions.sort_unstable();
    definitions
}

/// Migrations that have run, each with the time of it.
async fn noted(db: &DatabaseConnection) -> Vec<String> {
    let query = format!("SELECT version || ' ' || applied_at FROM {NOTED} ORDER BY version");
    column(db, &query, &query).await
}

#[tokio::test]
async fn up_down_up_leaves_what_up_made() {
    let database = TestDatabase::fresh().await;
    let db = database.connect().await;
    assert_eq!(tables(&db).await, [""; 0]);

    Migrator::up(&db, None).await.unwrap();
    assert_eq!(tables(&db).await, TABLES);
    let first = definitions(&db).await;
    assert!(first.len() > TABLES.len(), "{first:#?}");

    Migrator::down(&db, None).await.unwrap();
    assert_eq!(tables(&db).await, [NOTED]);
    assert_eq!(noted(&db).await, [""; 0]);

    Migrator::up(&db, None).await.unwrap();
    assert_eq!(definitions(&db).await, first);
}

#[tokio::test]
async fn each_migration_undoes_what_it_did() {
    let database = TestDatabase::fresh().await;
    let db = database.connect().await;
    let mut states = Vec::new();
    Migrator::install(&db).await.unwrap();
    for _ in Migrator::migrations() {
        states.push(definitions(&db).await);
        Migrator::up(&db, Some(1)).await.unwrap();
    }
    assert_eq!(tables(&db).await, TABLES, "step by step is the same as all at once");
    for (before, migration) in states.iter().zip(Migrator::migrations()).rev() {
        Migrator::down(&db, Some(1)).await.unwrap();
        assert_eq!(definitions(&db).await, *before, "after undoing {}", migration.name());
    }
}

#[tokio::test]
async fn running_them_twice_changes_nothing() {
    let database = TestDatabase::fresh().await;
    let db = database.connect().await;
    Migrator::up(&db, None).await.unwrap();
    let (once, noted_once) = (definitions(&db).await, noted(&db).await);
    assert_eq!(noted_once.len(), Migrator::migrations().len());
    Migrator::up(&db, None).await.unwrap();
    assert_eq!(definitions(&db).await, once);
    assert_eq!(noted(&db).await, noted_once);
}

#[tokio::test]
async fn a_migration_that_fails_halfway_leaves_nothing_and_can_run_again() {
    let database = TestDatabase::fresh().await;
    let db = database.connect().await;
    // The second table of the second migration; what a killed process leaves is the same as what a failed one does.
    db.execute_unprepared("CREATE TABLE settlement (id integer)").await.unwrap();
    Migrator::up(&db, None).await.unwrap_err();
    assert_eq!(tables(&db).await, ["layer", NOTED, "settlement", "source", "term"]);

    db.execute_unprepared("DROP TABLE settlement").await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    assert_eq!(tables(&db).await, TABLES);
}
