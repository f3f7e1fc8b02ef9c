//! What is noted of places beside the facts: by which names others know them, and which records may be them.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    SMALL, Store, StoreError,
    entity::{geocoding, pair},
    geocoding::ACCEPTED,
    in_time,
};

/// What is noted of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceNotes {
    /// Elements of a map that were taken for it, such as `node/101`, ascending.
    pub elements: Vec<String>,
    /// BAG id of its address.
    pub nummeraanduiding: Option<String>,
    /// Records that may be this place, which nobody has decided yet.
    pub records: BTreeSet<String>,
    /// Keys of the other places that one of these records, or the record that this place is, may be.
    pub others: BTreeSet<String>,
}

impl Store {
    /// What is noted of places, by key; each with the record that it is itself.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn notes(&self, places: &[(String, String)]) -> Result<HashMap<String, PlaceNotes>, StoreError> {
        in_time(SMALL, self.all_notes(places)).await
    }

    async fn all_notes(&self, places: &[(String, String)]) -> Result<HashMap<String, PlaceNotes>, StoreError> {
        let keys = || places.iter().map(|(place, _)| place.as_str());
        let mut notes: HashMap<String, PlaceNotes> =
            keys().map(|place| (place.to_owned(), PlaceNotes::default())).collect();
        let taken = pair::Entity::find().filter(pair::Column::Place.is_in(keys())).filter(pair::Column::Same.eq(true));
        for row in taken.order_by_asc(pair::Column::Record).all(&self.db).await.map_err(StoreError::Read)? {
            // A record of a list is known by its municipality, name and settlement, an element by its source.
            let element = row.record.strip_prefix(&row.source).and_then(|rest| rest.strip_prefix('/'));
            if let (Some(element), Some(notes)) = (element, notes.get_mut(&row.place)) {
                notes.elements.push(element.to_owned());
            }
        }
        let found = geocoding::Entity::find().filter(geocoding::Column::Place.is_in(keys()));
        let found = found.filter(geocoding::Column::State.eq(ACCEPTED));
        for row in found.all(&self.db).await.map_err(StoreError::Read)? {
            if let Some(notes) = notes.get_mut(&row.place) {
                notes.nummeraanduiding = row.nummeraanduiding;
            }
        }
        let undecided = pair::Entity::find().filter(pair::Column::Same.is_null());
        let undecided = undecided.all(&self.db).await.map_err(StoreError::Read)?;
        for (place, own_record) in places {
            let Some(notes) = notes.get_mut(place) else { continue };
            let own = undecided.iter().filter(|row| row.place == *place);
            notes.records = own.map(|row| row.record.clone()).collect();
            let others = undecided.iter().filter(|row| {
                row.place != *place && (row.record == *own_record || notes.records.contains(&row.record))
            });
            notes.others = others.map(|row| row.place.clone()).collect();
        }
        Ok(notes)
    }

    /// The place for which an element of a map was taken, such as `node/101`; of several the first by key.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn place_of_element(&self, element: &str) -> Result<Option<String>, StoreError> {
        let rows = pair::Entity::find().filter(pair::Column::Record.ends_with(format!("/{element}")));
        let rows = rows.filter(pair::Column::Same.eq(true)).order_by_asc(pair::Column::Place);
        let rows = in_time(SMALL, async { rows.all(&self.db).await.map_err(StoreError::Read) }).await?;
        let is_it = |row: &pair::Model| row.record == format!("{}/{element}", row.source);
        Ok(rows.into_iter().find(is_it).map(|row| row.place))
    }

    /// The place whose address has that id in the BAG; of several the first by key.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn place_of_address(&self, nummeraanduiding: &str) -> Result<Option<String>, StoreError> {
        let rows = geocoding::Entity::find().filter(geocoding::Column::Nummeraanduiding.eq(nummeraanduiding));
        let rows = rows.filter(geocoding::Column::State.eq(ACCEPTED)).order_by_asc(geocoding::Column::Place);
        let row = in_time(SMALL, async { rows.one(&self.db).await.map_err(StoreError::Read) }).await?;
        Ok(row.map(|row| row.place))
    }
}
