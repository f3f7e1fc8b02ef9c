//! Rows with terms that this release does not have: they are read as far as they can be, and stay as they are.
//!
//! Whoever changes a place writes it anew, so what was not read of it is kept aside meanwhile and put back.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use serde::de::DeserializeOwned;

use super::{
    StoreError,
    entity::{place, place_activity, place_facility},
    save,
};
use crate::model::{
    Facts,
    vocabulary::{ActivityType, FacilityType, KindBasis, LegalForm, Owner, PlaceKind, PlaceStatus, RunBy, Term},
};

/// What stored JSON says; `None` where it needs a term or a property that this release does not have.
pub(super) fn readable<T: DeserializeOwned>(
    table: &'static str,
    row: &str,
    text: &str,
) -> Result<Option<T>, StoreError> {
    match serde_json::from_str(text) {
        Ok(value) => Ok(Some(value)),
        Err(cause) if cause.is_data() => {
            tracing::warn!("table {table}, row `{row}`: {cause}; this release leaves it out, and it is kept as it is");
            Ok(None)
        }
        Err(_) => Err(StoreError::Value {
            table,
            row: row.to_owned(),
            value: text.to_owned(),
            expected: "JSON that this version can read",
        }),
    }
}

/// Settles what rested on settlements that cannot be read, given with their parents: what lies in one lies in its parent,
/// and a place that was located by one is not located.
pub(super) fn without_settlements(facts: &mut Facts, gone: &BTreeMap<String, Option<String>>) {
    if gone.is_empty() {
        return;
    }
    for settlement in &mut facts.settlements {
        // Outlines that hold each other would go round for ever.
        for _ in 0..=gone.len() {
            match settlement.parent.as_ref().and_then(|parent| gone.get(parent)) {
                Some(above) => settlement.parent = above.clone(),
                None => break,
            }
        }
    }
    for place in &mut facts.places {
        let outline = place.location.as_ref().and_then(|location| location.outline.as_ref());
        if outline.is_some_and(|outline| gone.contains_key(outline)) {
            place.location = None;
        }
    }
}

/// What of places is not read.
pub(super) struct Unread {
    facilities: Vec<place_facility::Model>,
    activities: Vec<place_activity::Model>,
    cells: Vec<(place::Column, String, String)>,
}

impl Unread {
    /// Of all places.
    pub(super) async fn of(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let mut cells = Vec::new();
        for (column, known) in [
            (place::Column::Kind, names::<PlaceKind>()),
            (place::Column::KindBasis, names::<KindBasis>()),
            (place::Column::Status, names::<PlaceStatus>()),
            (place::Column::LegalForm, names::<LegalForm>()),
            (place::Column::RunBy, names::<RunBy>()),
            (place::Column::OwnedBy, names::<Owner>()),
        ] {
            // A null is in no list and outside none.
            let rows = place::Entity::find().select_only().column(place::Column::Key).column(column);
            let rows = rows.filter(column.is_not_in(known)).into_tuple::<(String, String)>().all(db).await?;
            cells.extend(rows.into_iter().map(|(place, value)| (column, place, value)));
        }
        let facilities = place_facility::Column::Facility.is_not_in(names::<FacilityType>());
        let activities = place_activity::Column::Activity.is_not_in(names::<ActivityType>());
        Ok(Self {
            facilities: place_facility::Entity::find().filter(facilities).all(db).await?,
            activities: place_activity::Entity::find().filter(activities).all(db).await?,
            cells,
        })
    }

    /// Puts back what belongs to the places of these keys, which were written anew; what was said since then stands.
    pub(super) async fn put_back(self, db: &DatabaseTransaction, written: &BTreeSet<&str>) -> Result<(), DbErr> {
        let is_written = |place: &str| written.contains(place);
        save::insert(db, self.facilities.into_iter().filter(|row| is_written(&row.place))).await?;
        save::insert(db, self.activities.into_iter().filter(|row| is_written(&row.place))).await?;
        for (column, key, value) in self.cells.into_iter().filter(|(_, place, _)| is_written(place)) {
            place::Entity::update_many()
                .col_expr(column, Expr::value(value))
                .filter(place::Column::Key.eq(key))
                .filter(column.is_null())
                .exec(db)
                .await?;
        }
        Ok(())
    }
}

fn names<T: Term>() -> Vec<&'static str> {
    T::all().map(Term::name).collect()
}
