//! Claims and what was there before them, in and out of their tables: two for places, two for policy, of one shape.

use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, Iterable,
    PrimaryKeyToColumn, PrimaryKeyTrait, QueryFilter, sea_query::OnConflict,
};

use super::{
    StoreError,
    entity::{claim, place_base, policy_base, policy_claim},
    json::to_json,
    save, unknown,
};
use crate::model::{Claim, Claims, Original, PolicyStatement, Property, Statement};

/// So many rows are made before they are written.
const ROWS_AT_ONCE: usize = 10_000;

/// So many keys stand in a statement.
const KEYS_A_STATEMENT: usize = 200;

/// A row of a table of claims.
pub(super) struct ClaimRow {
    subject: String,
    key: String,
    source: String,
    authority: String,
    statement: String,
    stated: Option<chrono::NaiveDate>,
}

/// A row of a table of what was there before.
pub(super) struct OriginalRow {
    subject: String,
    facts: String,
}

/// Properties that have tables.
pub(super) trait Kept: Property {
    /// The name of the table of claims.
    const CLAIMS: &'static str;
    /// The name of the table of what was there before.
    const ORIGINALS: &'static str;
    /// The table of claims.
    type Claims: EntityTrait<
            Model: IntoActiveModel<<Self::Claims as EntityTrait>::ActiveModel> + From<ClaimRow> + Into<ClaimRow> + Send,
            ActiveModel: Send,
            PrimaryKey: PrimaryKeyTrait<ValueType = (String, String, String)>,
        >;
    /// The table of what was there before.
    type Originals: EntityTrait<
            Model: IntoActiveModel<<Self::Originals as EntityTrait>::ActiveModel>
                       + From<OriginalRow>
                       + Into<OriginalRow>
                       + Send,
            ActiveModel: Send,
            PrimaryKey: PrimaryKeyTrait<ValueType = String>,
        >;
}

/// Makes the tables of a property those of [`Kept`].
macro_rules! kept {
    ($property:ty: $claims:ident, $originals:ident) => {
        impl Kept for $property {
            const CLAIMS: &'static str = stringify!($claims);
            const ORIGINALS: &'static str = stringify!($originals);
            type Claims = $claims::Entity;
            type Originals = $originals::Entity;
        }
        rows!($claims ClaimRow { subject, key, source, authority, statement, stated });
        rows!($originals OriginalRow { subject, facts });
    };
}

/// Makes the rows of a table those of its shape.
macro_rules! rows {
    ($table:ident $row:ident { $($column:ident),* }) => {
        impl From<$table::Model> for $row {
            fn from(row: $table::Model) -> Self {
                Self { $($column: row.$column),* }
            }
        }

        impl From<$row> for $table::Model {
            fn from(row: $row) -> Self {
                Self { $($column: row.$column),* }
            }
        }
    };
}

kept!(Statement: claim, place_base);
kept!(PolicyStatement: policy_claim, policy_base);

/// The columns that identify a row.
fn identity<E: EntityTrait>() -> impl Iterator<Item = E::Column> {
    E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column)
}

/// All claims of a sort; what this release cannot read is left out.
pub(super) async fn load<P: Kept>(db: &impl ConnectionTrait) -> Result<Claims<P>, StoreError> {
    let mut claims = Claims::default();
    for row in P::Originals::find().all(db).await.map_err(StoreError::Read)? {
        let row: OriginalRow = row.into();
        if let Some(original) = unknown::readable::<Original<P>>(P::ORIGINALS, &row.subject, &row.facts)? {
            claims.originals.insert(row.subject, original);
        }
    }
    for row in P::Claims::find().all(db).await.map_err(StoreError::Read)? {
        let row: ClaimRow = row.into();
        let authority = unknown::readable(P::CLAIMS, &row.subject, &format!("\"{}\"", row.authority))?;
        let statement = unknown::readable(P::CLAIMS, &row.subject, &row.statement)?;
        let (Some(authority), Some(statement)) = (authority, statement) else { continue };
        let claim = Claim { subject: row.subject, source: row.source, authority, statement, stated: row.stated };
        claims.by_subject.entry(claim.subject.clone()).or_default().push(claim);
    }
    for claims in claims.by_subject.values_mut() {
        claims.sort_by_cached_key(|claim| (claim.statement.key(), claim.source.clone()));
    }
    Ok(claims)
}

/// Writes what differs between two states of the claims of a sort.
pub(super) async fn change<P: Kept>(db: &DatabaseTransaction, old: &Claims<P>, new: &Claims<P>) -> Result<(), DbErr> {
    let gone = old.originals.keys().filter(|key| !new.originals.contains_key(*key));
    let gone: Vec<&str> = gone.map(String::as_str).collect();
    for keys in gone.chunks(KEYS_A_STATEMENT) {
        for subject in identity::<P::Originals>() {
            P::Originals::delete_many().filter(subject.is_in(keys.iter().copied())).exec(db).await?;
        }
    }
    let mut originals: Vec<<P::Originals as EntityTrait>::Model> = Vec::new();
    for (key, original) in new.originals.iter().filter(|(key, _)| !old.originals.contains_key(*key)) {
        originals.push(OriginalRow { subject: key.clone(), facts: to_json(original)? }.into());
    }
    // One that cannot be read in this release stays.
    save::upsert(db, originals, OnConflict::columns(identity::<P::Originals>()).do_nothing().to_owned()).await?;
    let mut others: Vec<<P::Originals as EntityTrait>::Model> = Vec::new();
    let is_other = |key: &String, original: &Original<P>| old.originals.get(key).is_some_and(|old| old != original);
    for (key, original) in new.originals.iter().filter(|(key, original)| is_other(key, original)) {
        others.push(OriginalRow { subject: key.clone(), facts: to_json(original)? }.into());
    }
    let newer = OnConflict::columns(identity::<P::Originals>())
        .update_columns(<P::Originals as EntityTrait>::Column::iter())
        .to_owned();
    save::upsert(db, others, newer).await?;

    let known = OnConflict::columns(identity::<P::Claims>())
        .update_columns(<P::Claims as EntityTrait>::Column::iter())
        .to_owned();
    let mut rows: Vec<<P::Claims as EntityTrait>::Model> = Vec::new();
    for subject in old.by_subject.keys().chain(new.by_subject.keys().filter(|key| !old.by_subject.contains_key(*key))) {
        let (was, is) = (old.of(subject), new.of(subject));
        if was == is {
            continue;
        }
        let was: BTreeMap<(String, &str), &Claim<P>> = by_key(was);
        let is: BTreeMap<(String, &str), &Claim<P>> = by_key(is);
        // One by one, so that what another release said of the same subject, and this one cannot read, stays.
        for (key, source) in was.keys().filter(|key| !is.contains_key(*key)) {
            let id = (subject.clone(), key.clone(), (*source).to_owned());
            P::Claims::delete_by_id(id).exec(db).await?;
        }
        for ((key, _), claim) in is.into_iter().filter(|(key, claim)| was.get(key) != Some(claim)) {
            rows.push(row(key, claim)?.into());
        }
        // Not all at once: there may be millions of them.
        if rows.len() >= ROWS_AT_ONCE {
            save::upsert(db, std::mem::take(&mut rows), known.clone()).await?;
        }
    }
    save::upsert(db, rows, known).await
}

/// Claims on a subject by key of the statement and source.
fn by_key<P: Property>(claims: &[Claim<P>]) -> BTreeMap<(String, &str), &Claim<P>> {
    claims.iter().map(|claim| ((claim.statement.key(), claim.source.as_str()), claim)).collect()
}

fn row<P: Property>(key: String, claim: &Claim<P>) -> Result<ClaimRow, DbErr> {
    Ok(ClaimRow {
        subject: claim.subject.clone(),
        key,
        source: claim.source.clone(),
        authority: to_json(&claim.authority)?.trim_matches('"').to_owned(),
        statement: to_json(&claim.statement)?,
        stated: claim.stated,
    })
}
