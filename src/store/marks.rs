//! What is noted of editions: that somebody cites them, that they were asked for, and that they went.

use std::{collections::BTreeMap, sync::atomic::Ordering};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    sea_query::{OnConflict, Query, SelectStatement},
};
use sea_orm_migration::SchemaManager;

use super::{SMALL, Store, StoreError, entity::edition_mark, error::writing, in_time};

/// Keys a statement, as in `save`.
const KEYS_A_STATEMENT: usize = 200;

/// What is noted of editions, by number.
pub(super) async fn marks(db: &impl ConnectionTrait) -> Result<BTreeMap<i32, edition_mark::Model>, StoreError> {
    let rows = edition_mark::Entity::find().all(db).await.map_err(StoreError::Read)?;
    Ok(rows.into_iter().map(|mark| (mark.edition, mark)).collect())
}

/// The numbers of the editions that went, for a statement.
pub(super) fn pruned_numbers() -> SelectStatement {
    Query::select()
        .column(edition_mark::Column::Edition)
        .from(edition_mark::Entity)
        .and_where(edition_mark::Column::PrunedAt.is_not_null())
        .to_owned()
}

/// Notes something of editions beside what is noted of them already.
pub(super) async fn mark(
    db: &impl ConnectionTrait,
    editions: &[i32],
    columns: &[edition_mark::Column],
    of: impl Fn(i32) -> edition_mark::Model,
) -> Result<(), StoreError> {
    let known = OnConflict::column(edition_mark::Column::Edition).update_columns(columns.iter().copied()).to_owned();
    for some in editions.chunks(KEYS_A_STATEMENT) {
        let rows = some.iter().map(|number| of(*number).into_active_model());
        edition_mark::Entity::insert_many(rows)
            .on_conflict(known.clone())
            .exec_without_returning(db)
            .await
            .map_err(writing)?;
    }
    Ok(())
}

impl Store {
    /// Whether there are marks of editions: tables of an earlier release, which can be read, have none.
    pub(super) async fn has_marks(&self) -> Result<bool, StoreError> {
        if self.has_marks.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let table = SchemaManager::new(&self.unmetered);
        let asked = async { table.has_table("edition_mark").await.map_err(StoreError::Read) };
        let has = Box::pin(in_time(SMALL, asked)).await?;
        self.has_marks.store(has, Ordering::Relaxed);
        Ok(has)
    }
}
