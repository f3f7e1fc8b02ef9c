//! Taking a place out of everything that is kept, for the sake of somebody's privacy.
//!
//! What stays is its key, the reason and the day. An archived edition from which something was taken keeps its id as a
//! label, so that a citation still leads to it.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait, ExprTrait as _, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, Set, Statement,
    sea_query::{Expr, OnConflict},
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    SMALL, Store, StoreError, activities,
    archive::{self, delete_orphans, keep, newest},
    entity::{self, edition, edition_mark, edition_part, wiping, withdrawal, withdrawal_edition},
    error::{self, writing},
    in_time, load, notices,
    parts::{self, Content},
};
use crate::model::Facts;

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
    /// Ids of editions that are damaged, so that it cannot be told whether it was in them; they were left as they are.
    pub damaged: Vec<String>,
    /// Whether its bytes are overwritten in the file of SQLite. Where not, the next start does it, or the same command again.
    pub is_wiped: bool,
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
            let known = withdrawal::Entity::find_by_id(key).one(db).await.map_err(StoreError::Read)?;
            let newest = newest(db).await?;
            drop(transaction);
            return match newest.filter(|_| known.is_some()) {
                // Said again, because it could not be finished.
                Some(newest) if !archive.damaged.is_empty() || self.is_wiping_due().await? => Ok(Withdrawn {
                    editions: 0,
                    edition: newest.id,
                    damaged: self.ids_of(&archive.damaged_editions()).await?,
                    is_wiped: self.wipe().await,
                }),
                _ => Err(StoreError::NoPlace(key.to_owned())),
            };
        }
        note(db, key, reason, &editions).await?;
        let facts = load::load(db).await?;
        let id = id_of(&facts).map_err(StoreError::Refused)?;
        if newest(db).await?.is_none_or(|newest| newest.id != id) {
            archive::record(db, &id, Some(&format!("place:{key} withdrawn")), &facts).await?;
        }
        notices::tell(db).await.map_err(writing)?;
        if db.get_database_backend() == DbBackend::Sqlite {
            // With the rest or not at all: whatever happens next, the next start finds that it is to be done.
            let row = wiping::Model { due: 1 }.into_active_model();
            let known = OnConflict::column(wiping::Column::Due).do_nothing().to_owned();
            wiping::Entity::insert(row).on_conflict(known).exec_without_returning(db).await.map_err(writing)?;
        }
        transaction.commit().await.map_err(writing)?;
        let damaged = self.ids_of(&archive.damaged_editions()).await?;
        Ok(Withdrawn { editions: editions.len(), edition: id, damaged, is_wiped: self.wipe().await })
    }

    async fn ids_of(&self, numbers: &BTreeSet<i32>) -> Result<Vec<String>, StoreError> {
        let rows = edition::Entity::find().filter(edition::Column::Number.is_in(numbers.iter().copied()));
        let rows = rows.order_by_asc(edition::Column::Number).all(&self.db).await.map_err(StoreError::Read)?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// A number that grows whenever something is taken out of what was published: with every withdrawal, also with that of a place
    /// that had come back, and with every edition that is pruned. Not among [`Store::statements`].
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn removals(&self) -> Result<u64, StoreError> {
        let has_marks = self.has_marks().await?;
        let counted = async {
            let places = withdrawal::Entity::find().count(&self.unmetered).await?;
            let pruned = match has_marks {
                true => {
                    edition_mark::Entity::find()
                        .filter(edition_mark::Column::PrunedAt.is_not_null())
                        .count(&self.unmetered)
                        .await?
                }
                false => 0,
            };
            Ok(places + withdrawal_edition::Entity::find().count(&self.unmetered).await? + pruned)
        };
        in_time(SMALL, async { counted.await.map_err(StoreError::Read) }).await
    }

    /// All withdrawals, by key. A place among them must not be brought in again.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn withdrawals(&self) -> Result<Vec<Withdrawal>, StoreError> {
        let rows = withdrawal::Entity::find().order_by_asc(withdrawal::Column::Place);
        let rows = in_time(SMALL, async { rows.all(&self.db).await.map_err(StoreError::Read) }).await?;
        let told = |row: withdrawal::Model| Withdrawal {
            place: row.place,
            reason: row.reason,
            withdrawn_at: row.withdrawn_at,
        };
        Ok(rows.into_iter().map(told).collect())
    }

    /// Whether bytes of what was withdrawn have yet to be overwritten.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn is_wiping_due(&self) -> Result<bool, StoreError> {
        Ok(wiping::Entity::find().one(&self.db).await.map_err(StoreError::Read)?.is_some())
    }

    /// Overwrites what SQLite only marked as free, in the file and in its log; whether that is done. PostgreSQL does so in its own
    /// time.
    pub async fn wipe(&self) -> bool {
        if self.db.get_database_backend() != DbBackend::Sqlite {
            return true;
        }
        let wiped = async {
            self.db.execute_unprepared("VACUUM").await?;
            fold(&self.db).await?;
            wiping::Entity::delete_many().exec(&self.db).await?;
            // The note itself is not what has to go, so that this may fail.
            fold(&self.db).await
        };
        // The place is gone all the same; a long reader beside us may hold its old pages for a while.
        let done = wiped.await;
        if let Err(cause) = &done {
            tracing::warn!("the file still has deleted bytes in it: {}", error::said(cause));
        }
        done.is_ok()
    }
}

/// Empties the log of SQLite into the file.
async fn fold(db: &DatabaseConnection) -> Result<(), DbErr> {
    let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let busy: i32 = db.query_one_raw(asked).await?.map_or(Ok(0), |row| row.try_get_by(0))?;
    if busy == 0 { Ok(()) } else { Err(DbErr::Custom("somebody reads from its log".to_owned())) }
}

/// The recorded editions as far as a place can be in them.
struct Archive {
    /// Digest by edition and part.
    parts: HashMap<i32, HashMap<String, String>>,
    /// Sources of the place: they may name it, and go where they support nothing else.
    suspects: HashSet<String>,
    /// Digests of content that is damaged.
    damaged: HashSet<String>,
}

/// What is read of an item, whatever else the release that wrote it knew of it.
#[derive(Deserialize)]
struct Named {
    #[serde(alias = "place", alias = "id")]
    key: String,
}

#[derive(Deserialize)]
struct Held {
    place: String,
}

#[derive(Deserialize)]
struct Sourced {
    source: String,
    described_by: Option<String>,
}

#[derive(Deserialize)]
struct Stated {
    stated_by: Option<String>,
}

#[derive(Deserialize)]
struct Sources {
    sources: Vec<String>,
}

impl Archive {
    async fn read(db: &DatabaseTransaction) -> Result<Self, StoreError> {
        let mut parts: HashMap<i32, HashMap<String, String>> = HashMap::new();
        for row in edition_part::Entity::find().all(db).await.map_err(StoreError::Read)? {
            parts.entry(row.edition).or_default().insert(row.part, row.digest);
        }
        Ok(Self { parts, suspects: HashSet::new(), damaged: HashSet::new() })
    }

    /// Takes a place out of every edition; the numbers of those that had it.
    async fn take_out(&mut self, db: &DatabaseTransaction, key: &str) -> Result<BTreeSet<i32>, StoreError> {
        let mut changed = BTreeSet::new();
        let mut suspects = HashSet::new();
        changed.extend(self.rewrite(db, parts::PLACES, key, |_| ()).await?);
        let sourced = |link: &str| {
            if let Ok(link) = serde_json::from_str::<Sourced>(link) {
                suspects.insert(link.source);
            }
        };
        changed.extend(self.rewrite(db, parts::PLACE_SOURCES, key, sourced).await?);
        let mut tellers = HashSet::new();
        let told = |activity: &str| {
            if let Ok(activity) = serde_json::from_str::<Sourced>(activity) {
                tellers.insert(activity.source);
            }
        };
        changed.extend(self.rewrite(db, parts::ACTIVITIES, key, told).await?);
        suspects.extend(tellers);
        let live = entity::place_source::Entity::find().filter(entity::place_source::Column::Place.eq(key));
        suspects.extend(live.all(db).await.map_err(StoreError::Read)?.into_iter().map(|row| row.source));
        let live = entity::activity::Entity::find().filter(entity::activity::Column::Place.eq(key));
        suspects.extend(live.all(db).await.map_err(StoreError::Read)?.into_iter().map(|row| row.source));
        self.suspects = suspects;
        changed.extend(self.take_out_sources(db).await?);

        delete_orphans(db).await?;
        for number in &changed {
            let Some(digest) = self.parts.get(number).and_then(|parts| parts.get(parts::PLACES)).cloned() else {
                continue;
            };
            let Some(json) = self.content(db, &digest).await? else { continue };
            let places = items(&json)?.len();
            let row = edition::ActiveModel {
                number: Set(*number),
                places: Set(i32::try_from(places).unwrap_or(i32::MAX)),
                ..Default::default()
            };
            row.update(db).await.map_err(writing)?;
        }
        Ok(changed)
    }

    /// The JSON of content; `None` where it is damaged, which is noted: one damaged edition must not keep a place in all others.
    async fn content(&mut self, db: &DatabaseTransaction, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let row = entity::archive::Entity::find_by_id(digest).one(db).await.map_err(StoreError::Read)?;
        match row.map(|row| parts::unpack(digest, &row.bytes)) {
            Some(Ok(json)) => Ok(Some(json)),
            Some(Err(cause)) => {
                tracing::error!(%cause, "an archived edition is left as it is");
                self.damaged.insert(digest.to_owned());
                Ok(None)
            }
            None => {
                self.damaged.insert(digest.to_owned());
                Ok(None)
            }
        }
    }

    /// The editions of which some content is damaged.
    fn damaged_editions(&self) -> BTreeSet<i32> {
        let is_damaged = |parts: &HashMap<String, String>| parts.values().any(|digest| self.damaged.contains(digest));
        self.parts.iter().filter(|(_, parts)| is_damaged(parts)).map(|(number, _)| *number).collect()
    }

    /// Takes the items of a place out of a part of all editions, once per content, and shows each to `gone`; the numbers of the
    /// editions in which it changed. An item is not read further than to whom it belongs: of what another release wrote, the
    /// rest stays as it is.
    async fn rewrite(
        &mut self,
        db: &DatabaseTransaction,
        part: &str,
        key: &str,
        mut gone: impl FnMut(&str),
    ) -> Result<Vec<i32>, StoreError> {
        let digests: BTreeSet<String> = self.parts.values().filter_map(|parts| parts.get(part).cloned()).collect();
        let mut changed = Vec::new();
        for old in digests {
            let Some(json) = self.content(db, &old).await? else { continue };
            let mut left = items(&json)?;
            let length = left.len();
            left.retain(|item| {
                let is_of = is_of(part, item.get(), key);
                if is_of {
                    gone(item.get());
                }
                !is_of
            });
            if left.len() != length {
                let of: Vec<i32> = self.with(part, &old);
                let content = Content::of(&left)?;
                self.replace(db, part, &of, &content).await?;
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
        const NAMING: [&str; 7] = [
            parts::SOURCES,
            parts::PLACE_SOURCES,
            parts::POLICY_DOCUMENTS,
            parts::POLICY_STATUSES,
            parts::SURVEY,
            parts::SURVEY_TOTALS,
            parts::ACTIVITIES,
        ];
        if self.suspects.is_empty() {
            return Ok(Vec::new());
        }
        // Editions with the same lists are done together.
        let mut alike: HashMap<[String; 7], Vec<i32>> = HashMap::new();
        for (number, parts) in &self.parts {
            let digests = NAMING.map(|part| parts.get(part).cloned().unwrap_or_default());
            alike.entry(digests).or_default().push(*number);
        }
        let mut changed = Vec::new();
        for (digests, editions) in alike {
            let mut read = Vec::with_capacity(digests.len());
            for digest in &digests {
                // Editions from before there were any have no such part.
                let json = if digest.is_empty() { Some(b"[]".to_vec()) } else { self.content(db, digest).await? };
                read.extend(json);
            }
            let [sources, links, documents, statuses, survey, totals, activities] = &read[..] else { continue };
            let mut list = items(sources)?;
            let is_suspect = |source: &RawValue| {
                serde_json::from_str::<Named>(source.get()).ok().filter(|named| self.suspects.contains(&named.key))
            };
            if !list.iter().any(|source| is_suspect(source).is_some()) {
                continue;
            }
            let mut used: HashSet<String> = HashSet::new();
            for of in [links, documents, totals, activities] {
                let of: Vec<Sourced> = serde_json::from_slice(of).map_err(unreadable)?;
                used.extend(of.into_iter().flat_map(|one| [Some(one.source), one.described_by]).flatten());
            }
            let statuses: Vec<Stated> = serde_json::from_slice(statuses).map_err(unreadable)?;
            used.extend(statuses.into_iter().filter_map(|status| status.stated_by));
            used.extend(serde_json::from_slice::<Sources>(survey).map_err(unreadable)?.sources);
            let length = list.len();
            list.retain(|source| is_suspect(source).is_none_or(|named| used.contains(&named.key)));
            if list.len() != length {
                let content = Content::of(&list)?;
                self.replace(db, parts::SOURCES, &editions, &content).await?;
                changed.extend(editions);
            }
        }
        Ok(changed)
    }
}

/// Whether an item of a part is that place, or of it.
fn is_of(part: &str, item: &str, key: &str) -> bool {
    // An activity has a key of its own beside that of its place.
    match part {
        parts::ACTIVITIES => serde_json::from_str::<Held>(item).is_ok_and(|held| held.place == key),
        _ => serde_json::from_str::<Named>(item).is_ok_and(|named| named.key == key),
    }
}

/// The items of a list, each as it is written.
fn items(json: &[u8]) -> Result<Vec<&RawValue>, StoreError> {
    serde_json::from_slice(json).map_err(unreadable)
}

fn unreadable(cause: serde_json::Error) -> StoreError {
    StoreError::Archive(cause.to_string())
}

/// Deletes a place, and those of `suspects` that support nothing else; whether it was there.
async fn take_from_tables(db: &DatabaseTransaction, key: &str, suspects: &HashSet<String>) -> Result<bool, StoreError> {
    use entity::{
        activity, claim, geocode_answer, geocoding, pair, place, place_base, place_source, policy_claim,
        policy_document, policy_status, revision_change, source, survey_source, survey_total,
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
        let is_named = policy_document::Column::Source.eq(suspect).or(policy_document::Column::DescribedBy.eq(suspect));
        let documents = policy_document::Entity::find().filter(is_named);
        let statuses = policy_status::Entity::find().filter(policy_status::Column::StatedBy.eq(suspect));
        let report = survey_source::Entity::find().filter(survey_source::Column::Source.eq(suspect));
        let totals = survey_total::Entity::find().filter(survey_total::Column::Source.eq(suspect));
        let offered = activity::Entity::find().filter(activity::Column::Source.eq(suspect));
        let claims = claim::Entity::find().filter(claim::Column::Source.eq(suspect));
        let policies = policy_claim::Entity::find().filter(policy_claim::Column::Source.eq(suspect));
        let used = links.count(db).await.map_err(StoreError::Read)?
            + documents.count(db).await.map_err(StoreError::Read)?
            + statuses.count(db).await.map_err(StoreError::Read)?
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
