//! The ledger in and out of its tables, and the difference between two states of the books written in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, Iterable, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::{StoreError, activities, claims, entity::*, save, unknown};
use crate::model::{Books, Facts, Ledger, Pair, PairKey, Place, PlaceSource, PolicyDocument, PolicyStatus, Settlement};

/// Keys a statement, as in `save`.
const KEYS_A_STATEMENT: usize = 200;

/// The whole books; those who read them to change them hold the lock of [`super::archive::begin`].
pub(super) async fn books(db: &impl ConnectionTrait) -> Result<Books, StoreError> {
    Ok(Books { facts: super::load::load(db).await?, ledger: load(db).await? })
}

/// The ledger alone.
pub(super) async fn load(db: &impl ConnectionTrait) -> Result<Ledger, StoreError> {
    let mut ledger = Ledger {
        places: claims::load(db).await?,
        policy: claims::load(db).await?,
        geocodings: super::geocoding::load(db).await?,
        ..Ledger::default()
    };
    for row in pair::Entity::find().all(db).await.map_err(StoreError::Read)? {
        let key = PairKey { record: row.record, place: row.place };
        let pair =
            Pair { source: row.source, label: row.label, likeness: row.likeness, same: row.same, decided: row.decided };
        ledger.pairs.insert(key, pair);
    }
    for row in withdrawal::Entity::find().all(db).await.map_err(StoreError::Read)? {
        ledger.withdrawn.insert(row.place);
    }
    Ok(ledger)
}

/// Writes what differs between two states of the books.
pub(super) async fn change(db: &DatabaseTransaction, before: &Books, after: &Books) -> Result<(), DbErr> {
    let (old, new) = (&before.facts, &after.facts);
    reference(db, old, new).await?;
    for municipality in added(&old.municipalities, &new.municipalities, |municipality| &municipality.code) {
        let row = save::municipality_row(municipality.clone());
        upsert::<municipality::Entity, _>(db, row, municipality::Column::Code, municipality::Column::iter()).await?;
    }
    let is_gone = settlements(db, &old.settlements, &new.settlements).await?;
    if old.neighbourhoods != new.neighbourhoods {
        neighbourhood::Entity::delete_many().exec(db).await?;
        save::neighbourhoods(db, &new.neighbourhoods).await?;
    }
    if old.postcodes != new.postcodes {
        postcode::Entity::delete_many().exec(db).await?;
        save::postcodes(db, &new.postcodes).await?;
    }
    places(db, old, new).await?;
    forget_settlements(db, &is_gone).await?;
    policies(db, old, new).await?;
    if old.survey != new.survey {
        survey(db, new).await?;
    } else if old.survey_totals != new.survey_totals {
        survey_total::Entity::delete_many().exec(db).await?;
        save::survey_totals(db, &new.survey_totals).await?;
    }
    activities::change(db, &old.activities, &new.activities).await?;
    ledger(db, &before.ledger, &after.ledger).await?;
    // What nothing rests on any more, now that all that did is gone.
    for source in old.sources.iter().filter(|source| !new.sources.iter().any(|other| other.id == source.id)) {
        source::Entity::delete_by_id(source.id.as_str()).exec(db).await?;
    }
    for layer in old.layers.iter().filter(|layer| !new.layers.iter().any(|other| other.key == layer.key)) {
        layer::Entity::delete_by_id(layer.key.as_str()).exec(db).await?;
    }
    Ok(())
}

/// Writes the report anew, and the totals that refer to its questions.
async fn survey(db: &DatabaseTransaction, new: &Facts) -> Result<(), DbErr> {
    survey_total::Entity::delete_many().exec(db).await?;
    survey_source::Entity::delete_many().exec(db).await?;
    survey_finding::Entity::delete_many().exec(db).await?;
    survey_instrument::Entity::delete_many().exec(db).await?;
    survey_answer::Entity::delete_many().exec(db).await?;
    survey_question::Entity::delete_many().exec(db).await?;
    survey_base::Entity::delete_many().exec(db).await?;
    survey::Entity::delete_many().exec(db).await?;
    save::survey(db, &new.survey).await?;
    save::survey_totals(db, &new.survey_totals).await
}

/// Writes new and changed layers and sources.
pub(super) async fn reference(db: &DatabaseTransaction, old: &Facts, new: &Facts) -> Result<(), DbErr> {
    for layer in new.layers.iter().filter(|layer| !old.layers.contains(layer)) {
        upsert::<layer::Entity, _>(db, save::layer_row(layer.clone()), layer::Column::Key, layer::Column::iter())
            .await?;
    }
    for source in added(&old.sources, &new.sources, |source| &source.id) {
        upsert::<source::Entity, _>(db, save::source_row(source.clone()), source::Column::Id, source::Column::iter())
            .await?;
    }
    Ok(())
}

/// Writes new and changed settlements, a parent before its children; the ids of those that are gone, which go once no place
/// refers to them.
async fn settlements(db: &DatabaseTransaction, old: &[Settlement], new: &[Settlement]) -> Result<Vec<String>, DbErr> {
    let changed: Vec<Settlement> = added(old, new, |settlement| &settlement.id).into_iter().cloned().collect();
    // A slug that passes from one to another is free only once both have let go of it; one with a space is nobody's.
    let is: BTreeMap<&str, &str> =
        new.iter().map(|settlement| (settlement.id.as_str(), settlement.slug.as_str())).collect();
    let gone: Vec<String> =
        old.iter().filter(|known| !is.contains_key(known.id.as_str())).map(|known| known.id.clone()).collect();
    let letting_go = old.iter().filter(|known| is.get(known.id.as_str()) != Some(&known.slug.as_str()));
    for Settlement { id, .. } in letting_go {
        settlement::Entity::update_many()
            .col_expr(settlement::Column::Slug, Expr::value(format!("{id} is between two slugs")))
            .filter(settlement::Column::Id.eq(id.as_str()))
            .exec(db)
            .await?;
    }
    for row in save::settlement_rows(&changed) {
        upsert::<settlement::Entity, _>(db, row, settlement::Column::Id, settlement::Column::iter()).await?;
    }
    Ok(gone)
}

async fn forget_settlements(db: &DatabaseTransaction, gone: &[String]) -> Result<(), DbErr> {
    // Parents of one another among them.
    for ids in gone.chunks(KEYS_A_STATEMENT) {
        settlement::Entity::update_many()
            .col_expr(settlement::Column::Parent, Expr::value(Option::<String>::None))
            .filter(settlement::Column::Id.is_in(ids))
            .exec(db)
            .await?;
    }
    for ids in gone.chunks(KEYS_A_STATEMENT) {
        settlement::Entity::delete_many().filter(settlement::Column::Id.is_in(ids)).exec(db).await?;
    }
    Ok(())
}

/// What is new or other than before, by key; both lists are ascending by key.
fn added<'a, T: PartialEq, K: Ord + ?Sized>(old: &'a [T], new: &'a [T], key: fn(&T) -> &K) -> Vec<&'a T> {
    let is_old =
        |item: &&T| old.binary_search_by(|other| key(other).cmp(key(item))).is_ok_and(|index| old[index] == **item);
    new.iter().filter(|item| !is_old(item)).collect()
}

async fn upsert<E, M>(
    db: &DatabaseTransaction,
    row: M,
    key: E::Column,
    columns: impl Iterator<Item = E::Column>,
) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::ActiveModel: Send,
    M: IntoActiveModel<E::ActiveModel>,
{
    E::insert(row.into_active_model())
        .on_conflict(OnConflict::column(key).update_columns(columns).to_owned())
        .exec_without_returning(db)
        .await
        .map(drop)
}

async fn places(db: &DatabaseTransaction, old: &Facts, new: &Facts) -> Result<(), DbErr> {
    let (was, is) = (by_key(old), by_key(new));
    let changed: BTreeSet<&str> =
        was.keys().chain(is.keys()).copied().filter(|key| was.get(key) != is.get(key)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let unread = unknown::Unread::of(db).await?;
    let keys: Vec<&str> = changed.iter().copied().collect();
    for keys in keys.chunks(KEYS_A_STATEMENT) {
        // The rows that belong to a place go with it.
        place::Entity::delete_many().filter(place::Column::Key.is_in(keys.iter().copied())).exec(db).await?;
    }
    let kept: Vec<&Place> = new.places.iter().filter(|place| changed.contains(place.key.as_str())).collect();
    let links = new.place_sources.iter().filter(|link| changed.contains(link.place.as_str()));
    save::places(db, &kept, links).await?;
    unread.put_back(db, &kept.iter().map(|place| place.key.as_str()).collect()).await
}

/// Writes the documents of which anything is otherwise, with their statuses.
async fn policies(db: &DatabaseTransaction, old: &Facts, new: &Facts) -> Result<(), DbErr> {
    let (was, is) = (by_document(old), by_document(new));
    let changed: BTreeSet<&str> =
        was.keys().chain(is.keys()).copied().filter(|key| was.get(key) != is.get(key)).collect();
    let keys: Vec<&str> = changed.iter().copied().collect();
    for keys in keys.chunks(KEYS_A_STATEMENT) {
        // Themes and statuses go with the documents they belong to.
        let gone = policy_document::Column::Key.is_in(keys.iter().copied());
        policy_document::Entity::delete_many().filter(gone).exec(db).await?;
    }
    let is_changed = |key: &str| changed.contains(key);
    let documents: Vec<_> = new.policy_documents.iter().filter(|document| is_changed(&document.key)).cloned().collect();
    let statuses: Vec<_> = new.policy_statuses.iter().filter(|status| is_changed(&status.document)).cloned().collect();
    save::policies(db, &documents, &statuses).await
}

fn by_document(facts: &Facts) -> BTreeMap<&str, (&PolicyDocument, Vec<&PolicyStatus>)> {
    let mut documents: BTreeMap<&str, (&PolicyDocument, Vec<&PolicyStatus>)> =
        facts.policy_documents.iter().map(|document| (document.key.as_str(), (document, Vec::new()))).collect();
    for status in &facts.policy_statuses {
        if let Some((_, statuses)) = documents.get_mut(status.document.as_str()) {
            statuses.push(status);
        }
    }
    documents
}

fn by_key(facts: &Facts) -> BTreeMap<&str, (&Place, Vec<&PlaceSource>)> {
    let mut places: BTreeMap<&str, (&Place, Vec<&PlaceSource>)> =
        facts.places.iter().map(|place| (place.key.as_str(), (place, Vec::new()))).collect();
    for link in &facts.place_sources {
        if let Some((_, links)) = places.get_mut(link.place.as_str()) {
            links.push(link);
        }
    }
    places
}

async fn ledger(db: &DatabaseTransaction, old: &Ledger, new: &Ledger) -> Result<(), DbErr> {
    claims::change(db, &old.places, &new.places).await?;
    claims::change(db, &old.policy, &new.policy).await?;
    for (key, _) in old.pairs.iter().filter(|(key, _)| !new.pairs.contains_key(*key)) {
        pair::Entity::delete_by_id((key.record.clone(), key.place.clone())).exec(db).await?;
    }
    for (key, pair) in new.pairs.iter().filter(|(key, pair)| old.pairs.get(*key) != Some(*pair)) {
        let row = pair::Model {
            record: key.record.clone(),
            place: key.place.clone(),
            source: pair.source.clone(),
            label: pair.label.clone(),
            likeness: pair.likeness.clone(),
            same: pair.same,
            decided: pair.decided,
        };
        pair::Entity::insert(row.into_active_model())
            .on_conflict(
                OnConflict::columns([pair::Column::Record, pair::Column::Place])
                    .update_columns(pair::Column::iter())
                    .to_owned(),
            )
            .exec_without_returning(db)
            .await?;
    }
    super::geocoding::change(db, old, new).await
}
