//! The database schema of noaber, one migration per change, frozen once released.
//!
//! The SQL is what SQLite and PostgreSQL have in common: texts, numbers, dates, foreign keys. Terms of a vocabulary are
//! stored by the name they have in the GraphQL schema; geometry is stored as GeoJSON text, because the database never
//! answers a spatial question.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261124_000001_sources;
mod m20261124_000002_areas;
mod m20261124_000003_places;
mod m20261124_000004_policies;
mod m20261124_000005_survey;
mod m20261125_000006_editions;
mod m20261125_000007_claims;
mod m20261125_000008_geocoding;
mod m20261127_000009_survey_totals;
mod m20261127_000012_policy_claims;
mod m20261130_000013_layers;
mod m20261130_000014_owner_and_contact;
mod m20261130_000015_one_shape_of_claims;
mod m20261130_000016_points_in_claims;
mod m20261130_000017_precedence;
mod m20261130_000018_journal;
mod m20261201_000019_activities;
mod m20261201_000020_seeds;
mod m20261201_000021_wiping;
mod m20261201_000022_pruning;
mod m20261201_000023_postcodes;

/// Runs the migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_sources::Migration),
            Box::new(m20261124_000002_areas::Migration),
            Box::new(m20261124_000003_places::Migration),
            Box::new(m20261124_000004_policies::Migration),
            Box::new(m20261124_000005_survey::Migration),
            Box::new(m20261125_000006_editions::Migration),
            Box::new(m20261125_000007_claims::Migration),
            Box::new(m20261125_000008_geocoding::Migration),
            Box::new(m20261127_000009_survey_totals::Migration),
            Box::new(m20261127_000012_policy_claims::Migration),
            Box::new(m20261130_000013_layers::Migration),
            Box::new(m20261130_000014_owner_and_contact::Migration),
            Box::new(m20261130_000015_one_shape_of_claims::Migration),
            Box::new(m20261130_000016_points_in_claims::Migration),
            Box::new(m20261130_000017_precedence::Migration),
            Box::new(m20261130_000018_journal::Migration),
            Box::new(m20261201_000019_activities::Migration),
            Box::new(m20261201_000020_seeds::Migration),
            Box::new(m20261201_000021_wiping::Migration),
            Box::new(m20261201_000022_pruning::Migration),
            Box::new(m20261201_000023_postcodes::Migration),
        ]
    }
}

/// Each migration is done whole or not at all, on SQLite too, where that is not the default: a process killed between two
/// tables would leave the first of them behind, and no later start could make it again.
pub(crate) const WHOLE: Option<bool> = Some(true);

/// A foreign key column of `table` to `to_table`; rows that belong to a deleted one go with it.
pub(crate) fn belongs_to(
    table: &'static str,
    column: &'static str,
    to_table: &'static str,
    to_column: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to_table, to_column).on_delete(ForeignKeyAction::Cascade).to_owned()
}

/// Drops the tables, the last one first.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables.iter().rev() {
        manager.drop_table(Table::drop().table(*table).to_owned()).await?;
    }
    Ok(())
}
