//! Activities in and out of their table.

use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, Iterable, QueryFilter, sea_query::OnConflict,
};

use super::{StoreError, entity::activity, save, unknown};
use crate::model::Activity;

/// All of them; what this release cannot read is left out, and stays.
pub(super) async fn load(db: &impl ConnectionTrait) -> Result<Vec<Activity>, StoreError> {
    let mut activities = Vec::new();
    for row in activity::Entity::find().all(db).await.map_err(StoreError::Read)? {
        activities.extend(unknown::readable::<Activity>("activity", &row.key, &row.facts)?);
    }
    Ok(activities)
}

/// Writes what differs between two lists.
pub(super) async fn change(db: &DatabaseTransaction, old: &[Activity], new: &[Activity]) -> Result<(), DbErr> {
    let (was, is) = (by_key(old), by_key(new));
    for (key, source) in was.keys().filter(|key| !is.contains_key(*key)) {
        activity::Entity::delete_by_id(((*key).to_owned(), (*source).to_owned())).exec(db).await?;
    }
    let changed = is.iter().filter(|(key, activity)| was.get(*key) != Some(*activity));
    let rows = changed.map(|(_, activity)| save::activity_row(activity)).collect::<Result<Vec<_>, DbErr>>()?;
    let known = OnConflict::columns([activity::Column::Key, activity::Column::Source])
        .update_columns(activity::Column::iter())
        .to_owned();
    save::upsert(db, rows, known).await
}

/// Deletes those of a place.
pub(super) async fn forget(db: &DatabaseTransaction, place: &str) -> Result<(), DbErr> {
    activity::Entity::delete_many().filter(activity::Column::Place.eq(place)).exec(db).await.map(drop)
}

fn by_key(activities: &[Activity]) -> BTreeMap<(&str, &str), &Activity> {
    activities.iter().map(|activity| ((activity.key.as_str(), activity.source.as_str()), activity)).collect()
}
