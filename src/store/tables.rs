//! What can be told of a database without changing anything in it: of which release its tables are, and whether what is kept in it
//! is what was put there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use noaber_migrations::{Migrator, MigratorTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, Statement};
use sea_orm_migration::SchemaManager;

use super::{
    Store, StoreError,
    entity::{archive, edition, edition_part},
    parts,
};

/// Of which release the tables are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Of this one.
    Current,
    /// Of an earlier one, or there are none: these migrations have yet to be made.
    Older(Vec<String>),
    /// Of a later one, which made these migrations.
    Newer(Vec<String>),
}

/// Contents of the archive that are read at a time.
const AT_A_TIME: usize = 50;

impl Store {
    /// Of which release the tables are.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn tables(&self) -> Result<Tables, StoreError> {
        const MADE: &str = "seaql_migrations";
        let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
        if !SchemaManager::new(&self.db).has_table(MADE).await.map_err(StoreError::Read)? {
            return Ok(Tables::Older(known));
        }
        let asked = Statement::from_string(self.db.get_database_backend(), format!("SELECT version FROM {MADE}"));
        let rows = self.db.query_all_raw(asked).await.map_err(StoreError::Read)?;
        let made = rows.iter().map(|row| row.try_get_by(0)).collect::<Result<BTreeSet<String>, _>>();
        let made = made.map_err(StoreError::Read)?;
        let newer: Vec<String> = made.iter().filter(|name| !known.contains(name)).cloned().collect();
        if !newer.is_empty() {
            return Ok(Tables::Newer(newer));
        }
        let pending: Vec<String> = known.into_iter().filter(|name| !made.contains(name)).collect();
        Ok(if pending.is_empty() { Tables::Current } else { Tables::Older(pending) })
    }

    /// What SQLite finds wrong with its file, a sentence each; nothing of PostgreSQL, which does so for itself.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the file cannot be read at all.
    pub async fn damage(&self) -> Result<Vec<String>, StoreError> {
        if self.db.get_database_backend() != DbBackend::Sqlite {
            return Ok(Vec::new());
        }
        let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check(20)");
        let rows = self.db.query_all_raw(asked).await.map_err(StoreError::Read)?;
        let told = rows.iter().map(|row| row.try_get_by(0)).collect::<Result<Vec<String>, _>>();
        Ok(told.map_err(StoreError::Read)?.into_iter().filter(|line| line != "ok").collect())
    }

    /// Reads all that is archived; the ids of editions of which some is not what was recorded, each with what is wrong, and how many
    /// editions there are.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn damaged_editions(&self) -> Result<(Vec<(String, String)>, usize), StoreError> {
        let editions = self.readable().await?.order_by_asc(edition::Column::Number).all(&self.db).await;
        let editions = editions.map_err(StoreError::Read)?;
        let mut digests: BTreeMap<String, BTreeSet<i32>> = BTreeMap::new();
        let mut named: HashMap<i32, BTreeSet<String>> = HashMap::new();
        for row in edition_part::Entity::find().all(&self.db).await.map_err(StoreError::Read)? {
            digests.entry(row.digest).or_default().insert(row.edition);
            named.entry(row.edition).or_default().insert(row.part);
        }
        let mut faults: BTreeMap<i32, String> = BTreeMap::new();
        for edition in &editions {
            let parts = named.get(&edition.number);
            if let Some(missing) = parts::ALWAYS.iter().find(|part| !parts.is_some_and(|parts| parts.contains(**part)))
            {
                faults.insert(edition.number, format!("part {missing} is missing"));
            }
        }
        let all: Vec<&String> = digests.keys().collect();
        for some in all.chunks(AT_A_TIME) {
            let rows =
                archive::Entity::find().filter(archive::Column::Digest.is_in(some.iter().map(|one| one.as_str())));
            let rows = rows.all(&self.db).await.map_err(StoreError::Read)?;
            let mut read: HashMap<String, Vec<u8>> = rows.into_iter().map(|row| (row.digest, row.bytes)).collect();
            for digest in some {
                let fault = match read.remove(*digest) {
                    Some(bytes) => parts::unpack(digest, &bytes).err().map(|cause| cause.to_string()),
                    None => Some(format!("content {digest} is missing")),
                };
                if let Some(fault) = fault {
                    for number in &digests[*digest] {
                        faults.entry(*number).or_insert_with(|| fault.clone());
                    }
                }
            }
        }
        let of = |edition: &edition::Model| Some((edition.id.clone(), faults.get(&edition.number)?.clone()));
        Ok((editions.iter().filter_map(of).collect(), editions.len()))
    }
}
