//! What each revision said, in and out of its tables.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Condition,
};

use super::{
    Revision, StoreError,
    entity::{edition, revision, revision_change},
    json::to_json,
    save, unknown,
};
use crate::model::journal::{Change, List, Manner, RevisionRecord, Slot};

/// So many keys stand in a statement.
const KEYS_A_STATEMENT: usize = 200;

/// So many rows are made before they are written.
const ROWS_AT_ONCE: usize = 10_000;

/// The names of the manners.
const SAID: &str = "SAID";
const SET: &str = "SET";
/// It was said, and stood there already: then it is not written twice.
const SAID_AGAIN: &str = "SAID_AGAIN";

/// Writes down what a revision said.
pub(super) async fn write(
    db: &DatabaseTransaction,
    edition: Option<i32>,
    reverts: Option<i32>,
    changes: Vec<Change>,
) -> Result<(), DbErr> {
    let last = revision::Entity::find().order_by_desc(revision::Column::Number).one(db).await?;
    let number = last.map_or(1, |last| last.number + 1);
    let row = revision::Model { number, edition, reverts, pruned_at: None };
    revision::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    let mut rows = Vec::new();
    for Change { slot, manner, before, said } in changes {
        // Not all at once: there may be millions of them.
        if rows.len() >= ROWS_AT_ONCE {
            save::insert(db, std::mem::take(&mut rows)).await?;
        }
        let is_known = manner == Manner::Said && before == said;
        let manner = match manner {
            _ if is_known => SAID_AGAIN,
            Manner::Said => SAID,
            Manner::Set => SET,
        };
        rows.push(revision_change::Model {
            revision: number,
            list: slot.list.name().to_owned(),
            subject: slot.subject,
            key: slot.key,
            source: slot.source,
            manner: manner.to_owned(),
            before: before.filter(|_| !is_known).as_ref().map(to_json).transpose()?,
            said: said.as_ref().map(to_json).transpose()?,
        });
    }
    save::insert(db, rows).await
}

impl Revision {
    /// All revisions of which it is known what they said, ascending.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn revisions(&self) -> Result<Vec<RevisionRecord>, StoreError> {
        let rows = revision::Entity::find().order_by_asc(revision::Column::Number).all(&*self.transaction).await;
        let told = |revision::Model { number, edition, reverts, pruned_at }| RevisionRecord {
            number,
            edition,
            reverts,
            pruned_at,
        };
        Ok(rows.map_err(StoreError::Read)?.into_iter().map(told).collect())
    }

    /// The numbers of the recorded editions with that id, ascending.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn editions_called(&self, id: &str) -> Result<Vec<i32>, StoreError> {
        let rows = edition::Entity::find().filter(edition::Column::Id.eq(id)).order_by_asc(edition::Column::Number);
        let rows = rows.all(&*self.transaction).await.map_err(StoreError::Read)?;
        Ok(rows.into_iter().map(|row| row.number).collect())
    }

    /// Why an edition was made, where that was said.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn note_of(&self, edition: i32) -> Result<Option<String>, StoreError> {
        let row = edition::Entity::find_by_id(edition).one(&*self.transaction).await.map_err(StoreError::Read)?;
        Ok(row.and_then(|row| row.note))
    }

    /// What some revisions said, and all that any revision said of the same slots and of the names that they hold as former
    /// ones, ascending by revision; what this release cannot read is left out.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer, [`StoreError::Value`] for what is no JSON.
    pub async fn changes_beside(&self, revisions: &BTreeSet<i32>) -> Result<Vec<(i32, Change)>, StoreError> {
        let own = revision_change::Column::Revision.is_in(revisions.iter().copied());
        let own = read(&*self.transaction, Condition::all().add(own)).await?;
        let former = own.iter().filter_map(|(_, change)| change.former_name());
        let slots = former.chain(own.iter().map(|(_, change)| change.slot.shared())).collect();
        self.on(slots).await
    }

    /// What `source` said of municipalities, and what others said of the same, ascending by revision.
    ///
    /// # Errors
    /// As [`Revision::changes_beside`].
    pub async fn changes_of_municipalities(&self, source: &str) -> Result<Vec<(i32, Change)>, StoreError> {
        let own = Condition::all()
            .add(revision_change::Column::List.eq(List::Municipalities.name()))
            .add(revision_change::Column::Source.eq(source));
        let own = read(&*self.transaction, own).await?;
        self.on(own.into_iter().map(|(_, change)| change.slot.shared()).collect()).await
    }

    async fn on(&self, slots: BTreeSet<Slot>) -> Result<Vec<(i32, Change)>, StoreError> {
        let subjects: BTreeSet<&str> = slots.iter().map(|slot| slot.subject.as_str()).collect();
        let subjects: Vec<&str> = subjects.into_iter().collect();
        let mut found = Vec::new();
        for subjects in subjects.chunks(KEYS_A_STATEMENT) {
            let of_them = revision_change::Column::Subject.is_in(subjects.iter().copied());
            let changes = read(&*self.transaction, Condition::all().add(of_them)).await?;
            found.extend(changes.into_iter().filter(|(_, change)| slots.contains(&change.slot.shared())));
        }
        found.sort_by_key(|(revision, _)| *revision);
        Ok(found)
    }
}

async fn read(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<(i32, Change)>, StoreError> {
    const TABLE: &str = "revision_change";
    let rows = revision_change::Entity::find().filter(which).order_by_asc(revision_change::Column::Revision);
    let mut changes = Vec::new();
    for row in rows.all(db).await.map_err(StoreError::Read)? {
        let Some(list) = List::ALL.into_iter().find(|list| list.name() == row.list) else { continue };
        let kept = |text: Option<String>| match text {
            None => Ok(Some(None)),
            Some(text) => Ok(unknown::readable(TABLE, &row.subject, &text)?.map(Some)),
        };
        let (Some(before), Some(said)) = (kept(row.before)?, kept(row.said)?) else { continue };
        let is_known = row.manner == SAID_AGAIN;
        let before = if is_known { said.clone() } else { before };
        let manner = if row.manner == SET { Manner::Set } else { Manner::Said };
        let slot = Slot { list, subject: row.subject, key: row.key, source: row.source };
        changes.push((row.revision, Change { slot, manner, before, said }));
    }
    Ok(changes)
}
