//! Which source supports which field of a place: read from the database, for all places of a page at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, sea_query::Expr};

use super::{Store, StoreError, entity, load};
use crate::model::Source;

/// The sources of a place, each with the fields it supports; ascending by id of the source.
pub type PlaceProvenance = Vec<(Source, Vec<String>)>;

/// So many places are named in a statement; of more, all are read: a statement has a bounded number of parameters, 32,766 on SQLite.
const MOST_NAMED: usize = 10_000;

impl Store {
    /// The sources of each of `places` (their keys) in the edition of that id, in one statement. A place without sources
    /// gets its empty list. `None`: the tables hold another edition by now, see [`Store::archived_provenance`].
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn provenance(
        &self,
        edition: &str,
        places: &[String],
    ) -> Result<Option<HashMap<String, PlaceProvenance>>, StoreError> {
        use entity::{place_source, source};

        let to_source: sea_orm::RelationDef = place_source::Entity::belongs_to(source::Entity)
            .from(place_source::Column::Source)
            .to(source::Column::Id)
            .into();
        let wanted = match places.len() {
            0..=MOST_NAMED => place_source::Entity::find().filter(place_source::Column::Place.is_in(places)),
            _ => place_source::Entity::find(),
        };
        let rows = wanted
            .select_only()
            .columns([place_source::Column::Place, place_source::Column::Field])
            .columns([source::Column::Id, source::Column::Layer, source::Column::Title, source::Column::Url])
            .column(source::Column::Licence)
            .columns([source::Column::Published, source::Column::Retrieved])
            // In the same statement, so that the answer and the edition it is of cannot come apart.
            .expr_as(Expr::cust("(SELECT id FROM edition ORDER BY number DESC LIMIT 1)"), "newest")
            .join(JoinType::InnerJoin, to_source)
            .into_model::<Row>()
            .all(&self.db)
            .await
            .map_err(StoreError::Read)?;
        if rows.first().is_none_or(|row| row.newest.as_deref() != Some(edition)) {
            return Ok(None);
        }
        let mut found: HashMap<String, Vec<(source::Model, Vec<String>)>> = HashMap::new();
        for Row { place, field, id, layer, title, url, licence, published, retrieved, newest: _ } in rows {
            let sources = found.entry(place).or_default();
            match sources.iter_mut().find(|(known, _)| known.id == id) {
                Some((_, fields)) => fields.push(field),
                None => {
                    sources.push((source::Model { id, layer, title, url, licence, published, retrieved }, vec![field]))
                }
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
            // Where all were read, only of those that are asked for.
            answer.entry(place).and_modify(|known| *known = provenance);
        }
        Ok(Some(answer))
    }
}

/// A field of a place with a source that supports it, and the edition that the tables hold.
#[derive(FromQueryResult)]
struct Row {
    place: String,
    field: String,
    id: String,
    layer: String,
    title: String,
    url: Option<String>,
    licence: Option<String>,
    published: Option<String>,
    retrieved: Option<NaiveDate>,
    newest: Option<String>,
}
