//! Taking a place out of everything that is kept, for the sake of somebody's privacy.
//!
//! What stays is its key, the reason and the day. An archived edition from which something was taken keeps its id as a
//! label, so that a citation still leads to it.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, Set,
    sea_query::{Expr, OnConflict, Query},
};
use serde::de::DeserializeOwned;

use super::{
    Store, StoreError, activities,
    archive::{self, keep, newest, writing},
    entity::{self, edition, edition_part, withdrawal, withdrawal_edition},
    load,
    parts::{self, Content},
};
use crate::model::{Activity, Facts, Place, PlaceSource, PolicyDocument, Source, Survey, SurveyTotal};

/// A place that was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Its key.
    pub place: String,
    /// Why.
    pub reason: String,
    /// When.
    pub withdrawn_at: DateTime<Utc>,
}

/// What a withdrawal did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// In how many editions the place was.
    pub editions: usize,
    /// The newest edition, which is without it.
    pub edition: String,
}

impl Store {
    /// Takes a place out of the tables and of every recorded edition, together with the sources that support nothing else,
    /// and records the edition that is left. All of it, or nothing. `id_of` names the facts that are left.
    ///
    /// # Errors
    /// [`StoreError::NoPlace`] when neither the tables nor an edition have it, [`StoreError::Refused`] with what `id_of`
    /// said, [`StoreError::Raced`] when another writer was first.
    pub async fn withdraw(
        &self,
        key: &str,
        reason: &str,
        id_of: impl FnOnce(&Facts) -> Result<String, String>,
    ) -> Result<Withdrawn, StoreError> {
        let transaction = self.begin_change().await?;
        let db = &*transaction;
        let mut archive = Archive::read(db).await?;
        let editions = archive.take_out(db, key).await?;
        let is_live = take_from_tables(db, key, &archive.suspects).await?;
        if editions.is_empty() && !is_live {
            return Err(StoreError::NoPlace(key.to_owned()));
        }
        note(db, key, reason, &editions).await?;
        let facts = load::load(db).await?;
        let id = id_of(&facts).map_err(StoreError::Refused)?;
        if newest(db).await?.is_none_or(|newest| newest.id != id) {
            archive::record(db, &id, Some(&format!("place:{key} withdrawn")), &facts).await?;
        }
        transaction.commit().await.map_err(writing)?;
        self.wipe().await;
        Ok(Withdrawn { editions: editions.len(), edition: id })
    }

    /// A number that grows with every withdrawal, also with that of a place that had come back. Not among
    /// [`Store::statements`].
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn withdrawal_count(&self) -> Result<u64, StoreError> {
        let places = withdrawal::Entity::find().count(&self.unmetered).await.map_err(StoreError::Read)?;
        let editions = withdrawal_edition::Entity::find().count(&self.unmetered).await.map_err(StoreError::Read)?;
        Ok(places + editions)
    }

    /// All withdrawals, by key. A place among them must not be brought in again.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn withdrawals(&self) -> Result<Vec<Withdrawal>, StoreError> {
        let rows = withdrawal::Entity::find().order_by_asc(withdrawal::Column::Place).all(&self.db).await;
        let told = |row: withdrawal::Model| Withdrawal {
            place: row.place,
            reason: row.reason,
            withdrawn_at: row.withdrawn_at,
        };
        Ok(rows.map_err(StoreError::Read)?.into_iter().map(told).collect())
    }

    /// Overwrites what SQLite only marked as free, in the file and in its log. PostgreSQL does so in its own time.
    async fn wipe(&self) {
        if self.db.get_database_backend() != sea_orm::DbBackend::Sqlite {
            return;
        }
        for statement in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
            // The place is gone all the same; a long reader beside us may hold its old pages for a while.
            if let Err(cause) = self.db.execute_unprepared(statement).await {
                tracing::warn!(%cause, statement, "the file still has deleted bytes in it");
            }
        }
    }
}

/// The recorded editions as far as a place can be in them.
struct Archive {
    /// Digest by edition and part.
    parts: HashMap<i32, HashMap<String, String>>,
    /// Sources of the place: they may name it, and go where they support nothing else.
    suspects: HashSet<String>,
}

impl Archive {
    async fn read(db: &DatabaseTransaction) -> Result<Self, StoreError> {
        let mut parts: HashMap<i32, HashMap<String, String>> = HashMap::new();
        for row in edition_part::Entity::find().all(db).await.map_err(StoreError::Read)? {
            parts.entry(row.edition).or_default().insert(row.part, row.digest);
        }
        Ok(Self { parts, suspects: HashSet::new() })
    }

    /// Takes a place out of every edition; the numbers of those that had it.
    async fn take_out(&mut self, db: &DatabaseTransaction, key: &str) -> Result<BTreeSet<i32>, StoreError> {
        let mut changed = BTreeSet::new();
        let without = |places: &mut Vec<Place>| places.retain(|place| place.key != key);
        changed.extend(self.rewrite(db, parts::PLACES, without).await?);
        let mut suspects = HashSet::new();
        let without = |links: &mut Vec<PlaceSource>| {
            suspects.extend(links.iter().filter(|link| link.place == key).map(|link| link.source.clone()));
            links.retain(|link| link.place != key);
        };
        changed.extend(self.rewrite(db, parts::PLACE_SOURCES, without).await?);
        let without = |activities: &mut Vec<Activity>| {
            let own = activities.iter().filter(|activity| activity.place == key);
            suspects.extend(own.map(|activity| activity.source.clone()));
            activities.retain(|activity| activity.place != key);
        };
        changed.extend(self.rewrite(db, parts::ACTIVITIES, without).await?);
        let live = entity::place_source::Entity::find().filter(entity::place_source::Column::Place.eq(key));
        suspects.extend(live.all(db).await.map_err(StoreError::Read)?.into_iter().map(|row| row.source));
        let live = entity::activity::Entity::find().filter(entity::activity::Column::Place.eq(key));
        suspects.extend(live.all(db).await.map_err(StoreError::Read)?.into_iter().map(|row| row.source));
        self.suspects = suspects;
        changed.extend(self.take_out_sources(db).await?);

        let orphaned = archive_orphans();
        db.execute(&orphaned).await.map_err(writing)?;
        for number in &changed {
            let digest = &self.parts[number][parts::PLACES];
            let places: Vec<Place> = content(db, digest).await?;
            let row = edition::ActiveModel {
                number: Set(*number),
                places: Set(i32::try_from(places.len()).unwrap_or(i32::MAX)),
                ..Default::default()
            };
            row.update(db).await.map_err(writing)?;
        }
        Ok(changed)
    }

    /// Changes a part in all editions, once per content; the numbers of the editions in which it changed.
    async fn rewrite<T: DeserializeOwned + serde::Serialize + PartialEq>(
        &mut self,
        db: &DatabaseTransaction,
        part: &str,
        mut change: impl FnMut(&mut Vec<T>),
    ) -> Result<Vec<i32>, StoreError> {
        let digests: BTreeSet<String> = self.parts.values().filter_map(|parts| parts.get(part).cloned()).collect();
        let mut changed = Vec::new();
        for old in digests {
            let mut list: Vec<T> = content(db, &old).await?;
            let length = list.len();
            change(&mut list);
            if list.len() != length {
                let of: Vec<i32> = self.with(part, &old);
                self.replace(db, part, &of, &Content::of(&list)?).await?;
                changed.extend(of);
            }
        }
        Ok(changed)
    }

    /// The editions with that content.
    fn with(&self, part: &str, digest: &str) -> Vec<i32> {
        let has = |parts: &HashMap<String, String>| parts.get(part).is_some_and(|other| other == digest);
        self.parts.iter().filter(|(_, parts)| has(parts)).map(|(number, _)| *number).collect()
    }

    async fn replace(
        &mut self,
        db: &DatabaseTransaction,
        part: &str,
        editions: &[i32],
        content: &Content,
    ) -> Result<(), StoreError> {
        keep(db, content).await?;
        edition_part::Entity::update_many()
            .col_expr(edition_part::Column::Digest, Expr::value(content.digest.clone()))
            .filter(edition_part::Column::Part.eq(part))
            .filter(edition_part::Column::Edition.is_in(editions.iter().copied()))
            .exec(db)
            .await
            .map_err(writing)?;
        for number in editions {
            self.parts.entry(*number).or_default().insert(part.to_owned(), content.digest.clone());
        }
        Ok(())
    }

    /// Takes the suspects out of each edition in which nothing names them any more.
    async fn take_out_sources(&mut self, db: &DatabaseTransaction) -> Result<Vec<i32>, StoreError> {
        const NAMING: [&str; 6] = [
            parts::SOURCES,
            parts::PLACE_SOURCES,
            parts::POLICY_DOCUMENTS,
            parts::SURVEY,
            parts::SURVEY_TOTALS,
            parts::ACTIVITIES,
        ];
        if self.suspects.is_empty() {
            return Ok(Vec::new());
        }
        // Editions with the same lists are done together.
        let mut alike: HashMap<[String; 6], Vec<i32>> = HashMap::new();
        for (number, parts) in &self.parts {
            let digests = NAMING.map(|part| parts.get(part).cloned().unwrap_or_default());
            alike.entry(digests).or_default().push(*number);
        }
        let mut changed = Vec::new();
        for ([sources, links, documents, survey, totals, activities], editions) in alike {
            let mut list: Vec<Source> = content(db, &sources).await?;
            if !list.iter().any(|source| self.suspects.contains(&source.id)) {
                continue;
            }
            let links: Vec<PlaceSource> = content(db, &links).await?;
            let documents: Vec<PolicyDocument> = content(db, &documents).await?;
            let survey: Survey = content(db, &survey).await?;
            // Editions from before there were any have no such part.
            let totals: Vec<SurveyTotal> = if totals.is_empty() { Vec::new() } else { content(db, &totals).await? };
            let activities: Vec<Activity> =
                if activities.is_empty() { Vec::new() } else { content(db, &activities).await? };
            let used: HashSet<&str> = (links.iter().map(|link| link.source.as_str()))
                .chain(documents.iter().map(|document| document.source.as_str()))
                .chain(survey.sources.iter().map(String::as_str))
                .chain(totals.iter().map(|total| total.source.as_str()))
                .chain(activities.iter().map(|activity| activity.source.as_str()))
                .collect();
            let length = list.len();
            list.retain(|source| used.contains(source.id.as_str()) || !self.suspects.contains(&source.id));
            if list.len() != length {
                self.replace(db, parts::SOURCES, &editions, &Content::of(&list)?).await?;
                changed.extend(editions);
            }
        }
        Ok(changed)
    }
}

async fn content<T: DeserializeOwned>(db: &DatabaseTransaction, digest: &str) -> Result<T, StoreError> {
    let row = entity::archive::Entity::find_by_id(digest).one(db).await.map_err(StoreError::Read)?;
    let row = row.ok_or_else(|| StoreError::Archive(format!("content {digest} is missing")))?;
    parts::read(&row.bytes)
}

/// Deletes content that no edition has.
fn archive_orphans() -> sea_orm::sea_query::DeleteStatement {
    let used = Query::select().column(edition_part::Column::Digest).from(edition_part::Entity).to_owned();
    Query::delete()
        .from_table(entity::archive::Entity)
        .and_where(Expr::col(entity::archive::Column::Digest).in_subquery(used).not())
        .to_owned()
}

/// Deletes a place, and those of `suspects` that support nothing else; whether it was there.
async fn take_from_tables(db: &DatabaseTransaction, key: &str, suspects: &HashSet<String>) -> Result<bool, StoreError> {
    use entity::{
        activity, claim, geocode_answer, geocoding, pair, place, place_base, place_source, policy_claim,
        policy_document, revision_change, source, survey_source, survey_total,
    };

    // Its names, facilities, activities and links go with it.
    let deleted = place::Entity::delete_by_id(key).exec(db).await.map_err(writing)?.rows_affected;
    activities::forget(db, key).await.map_err(writing)?;
    // What is kept beside it for later imports: they name its address.
    claim::Entity::delete_many().filter(claim::Column::Subject.eq(key)).exec(db).await.map_err(writing)?;
    pair::Entity::delete_many().filter(pair::Column::Place.eq(key)).exec(db).await.map_err(writing)?;
    // What each revision said of it as well, whatever else has that key: a pair names its record, and nothing brings it back.
    revision_change::Entity::delete_many()
        .filter(revision_change::Column::Subject.eq(key))
        .exec(db)
        .await
        .map_err(writing)?;
    place_base::Entity::delete_by_id(key).exec(db).await.map_err(writing)?;
    geocoding::Entity::delete_by_id(key).exec(db).await.map_err(writing)?;
    // Which of the answers hold its address is not told by them; what is needed of the others is asked again.
    geocode_answer::Entity::delete_many().exec(db).await.map_err(writing)?;
    for suspect in suspects {
        let links = place_source::Entity::find().filter(place_source::Column::Source.eq(suspect));
        let documents = policy_document::Entity::find().filter(policy_document::Column::Source.eq(suspect));
        let report = survey_source::Entity::find().filter(survey_source::Column::Source.eq(suspect));
        let totals = survey_total::Entity::find().filter(survey_total::Column::Source.eq(suspect));
        let offered = activity::Entity::find().filter(activity::Column::Source.eq(suspect));
        let claims = claim::Entity::find().filter(claim::Column::Source.eq(suspect));
        let policies = policy_claim::Entity::find().filter(policy_claim::Column::Source.eq(suspect));
        let used = links.count(db).await.map_err(StoreError::Read)?
            + documents.count(db).await.map_err(StoreError::Read)?
            + report.count(db).await.map_err(StoreError::Read)?
            + totals.count(db).await.map_err(StoreError::Read)?
            + offered.count(db).await.map_err(StoreError::Read)?
            + claims.count(db).await.map_err(StoreError::Read)?
            + policies.count(db).await.map_err(StoreError::Read)?;
        if used == 0 {
            source::Entity::delete_by_id(suspect.as_str()).exec(db).await.map_err(writing)?;
            let by_it = revision_change::Column::Source.eq(suspect);
            revision_change::Entity::delete_many().filter(by_it).exec(db).await.map_err(writing)?;
        }
    }
    Ok(deleted > 0)
}

/// Leaves the key, the reason and the day, and which editions it is about.
async fn note(db: &DatabaseTransaction, key: &str, reason: &str, editions: &BTreeSet<i32>) -> Result<(), StoreError> {
    let row = withdrawal::Model { place: key.to_owned(), reason: reason.to_owned(), withdrawn_at: Utc::now() };
    // A place that came back and is withdrawn once more.
    let again = OnConflict::column(withdrawal::Column::Place)
        .update_columns([withdrawal::Column::Reason, withdrawal::Column::WithdrawnAt])
        .to_owned();
    withdrawal::Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(db)
        .await
        .map_err(writing)?;
    for edition in editions {
        let row = withdrawal_edition::Model { place: key.to_owned(), edition: *edition };
        let known = OnConflict::columns([withdrawal_edition::Column::Place, withdrawal_edition::Column::Edition])
            .do_nothing()
            .to_owned();
        withdrawal_edition::Entity::insert(row.into_active_model())
            .on_conflict(known)
            .exec_without_returning(db)
            .await
            .map_err(writing)?;
    }
    Ok(())
}
