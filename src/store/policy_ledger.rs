//! What is kept of claims on policy documents, in and out of its tables.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, Iterable, sea_query::OnConflict};

use super::{
    StoreError,
    entity::{policy_base, policy_claim},
    json::to_json,
    save, unknown,
};
use crate::model::{Ledger, MunicipalityCode, PolicyClaim};

pub(super) async fn load(db: &impl ConnectionTrait, ledger: &mut Ledger) -> Result<(), StoreError> {
    for row in policy_base::Entity::find().all(db).await.map_err(StoreError::Read)? {
        if let Some(base) = unknown::readable("policy_base", &row.document, &row.facts)? {
            ledger.policy_bases.insert(row.document, base);
        }
    }
    for row in policy_claim::Entity::find().all(db).await.map_err(StoreError::Read)? {
        let municipality: MunicipalityCode = row.municipality.parse().map_err(|_| StoreError::Value {
            table: "policy_claim",
            row: row.document.clone(),
            value: row.municipality.clone(),
            expected: "the code of a municipality",
        })?;
        let authority = unknown::readable("policy_claim", &row.document, &format!("\"{}\"", row.authority))?;
        let statement = unknown::readable("policy_claim", &row.document, &row.statement)?;
        let (Some(authority), Some(statement)) = (authority, statement) else { continue };
        let claim = PolicyClaim {
            authority,
            statement,
            municipality,
            document: row.document,
            source: row.source,
            stated: row.stated,
        };
        ledger.policy_claims.entry(claim.document.clone()).or_default().push(claim);
    }
    for claims in ledger.policy_claims.values_mut() {
        claims.sort_by_cached_key(|claim| (claim.statement.key(), claim.source.clone()));
    }
    Ok(())
}

/// Writes what differs. A base never changes, and never goes.
pub(super) async fn change(db: &DatabaseTransaction, old: &Ledger, new: &Ledger) -> Result<(), DbErr> {
    let mut bases = Vec::new();
    for (key, base) in new.policy_bases.iter().filter(|(key, _)| !old.policy_bases.contains_key(*key)) {
        bases.push(policy_base::Model { document: key.clone(), facts: to_json(base)? });
    }
    // One that cannot be read in this release stays.
    save::upsert(db, bases, OnConflict::column(policy_base::Column::Document).do_nothing().to_owned()).await?;

    let (was, is) = (claims(old), claims(new));
    for (document, key, source) in was.keys().filter(|key| !is.contains_key(*key)) {
        let id = ((*document).to_owned(), key.clone(), (*source).to_owned());
        policy_claim::Entity::delete_by_id(id).exec(db).await?;
    }
    let mut rows = Vec::new();
    for ((_, key, _), claim) in is.iter().filter(|(key, claim)| was.get(*key) != Some(*claim)) {
        rows.push(policy_claim::Model {
            document: claim.document.clone(),
            key: key.clone(),
            source: claim.source.clone(),
            municipality: claim.municipality.to_string(),
            authority: to_json(&claim.authority)?.trim_matches('"').to_owned(),
            statement: to_json(&claim.statement)?,
            stated: claim.stated,
        });
    }
    use policy_claim::Column;
    let known =
        OnConflict::columns([Column::Document, Column::Key, Column::Source]).update_columns(Column::iter()).to_owned();
    save::upsert(db, rows, known).await
}

/// Claims by document, key of the statement and source.
fn claims(ledger: &Ledger) -> BTreeMap<(&str, String, &str), &PolicyClaim> {
    let claims = ledger.policy_claims.values().flatten();
    claims.map(|claim| ((claim.document.as_str(), claim.statement.key(), claim.source.as_str()), claim)).collect()
}
