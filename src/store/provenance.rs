//! Which source supports which field of a place: read from the database, for all places of a page at once.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Store, StoreError, entity, load};
use crate::model::Source;

/// The sources of a place, each with the fields it supports; ascending by id of the source.
pub type PlaceProvenance = Vec<(Source, Vec<String>)>;

impl Store {
    /// The sources of each of `places` (their keys), in one statement. A place without sources gets its empty list.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn provenance(&self, places: &[String]) -> Result<HashMap<String, PlaceProvenance>, StoreError> {
        use entity::{place_source, source};

        let rows = place_source::Entity::find()
            .filter(place_source::Column::Place.is_in(places))
            .find_also_linked(ToSource)
            .all(&self.db)
            .await
            .map_err(StoreError::Read)?;
        let mut found: HashMap<String, Vec<(source::Model, Vec<String>)>> = HashMap::new();
        for (link, source) in rows {
            let Some(source) = source else { continue };
            let sources = found.entry(link.place).or_default();
            match sources.iter_mut().find(|(known, _)| known.id == source.id) {
                Some((_, fields)) => fields.push(link.field),
                None => sources.push((source, vec![link.field])),
            }
        }
        let mut answer: HashMap<String, PlaceProvenance> =
            places.iter().map(|place| (place.clone(), Vec::new())).collect();
        for (place, sources) in found {
            let mut provenance = PlaceProvenance::with_capacity(sources.len());
            for (source, mut fields) in sources {
                fields.sort_unstable();
                provenance.push((load::source(source)?, fields));
            }
            provenance.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
            answer.insert(place, provenance);
        }
        Ok(answer)
    }
}

/// From a row of `place_source` to the source it names.
struct ToSource;

impl sea_orm::Linked for ToSource {
    type FromEntity = entity::place_source::Entity;
    type ToEntity = entity::source::Entity;

    fn link(&self) -> Vec<sea_orm::RelationDef> {
        vec![
            entity::place_source::Entity::belongs_to(entity::source::Entity)
                .from(entity::place_source::Column::Source)
                .to(entity::source::Column::Id)
                .into(),
        ]
    }
}
