//! What is kept of claims on policy documents, in and out of its tables.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use super::{
    StoreError,
    entity::{policy_base, policy_claim},
    json::{json, to_json},
    save,
};
use crate::model::{Ledger, MunicipalityCode, PolicyClaim};

pub(super) async fn load(db: &impl ConnectionTrait, ledger: &mut Ledger) -> Result<(), StoreError> {
    for row in policy_base::Entity::find().all(db).await.map_err(StoreError::Read)? {
        let base = json("policy_base", &row.document, &row.facts)?;
        ledger.policy_bases.insert(row.document, base);
    }
    for row in policy_claim::Entity::find().all(db).await.map_err(StoreError::Read)? {
        let municipality: MunicipalityCode = row.municipality.parse().map_err(|_| StoreError::Value {
            table: "policy_claim",
            row: row.document.clone(),
            value: row.municipality.clone(),
            expected: "the code of a municipality",
        })?;
        let claim = PolicyClaim {
            authority: json("policy_claim", &row.document, &format!("\"{}\"", row.authority))?,
            statement: json("policy_claim", &row.document, &row.statement)?,
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
    save::insert(db, bases).await?;

    let keys: BTreeSet<&String> = old.policy_claims.keys().chain(new.policy_claims.keys()).collect();
    let mut rows = Vec::new();
    for key in keys.into_iter().filter(|key| old.policy_claims.get(*key) != new.policy_claims.get(*key)) {
        if old.policy_claims.contains_key(key) {
            policy_claim::Entity::delete_many().filter(policy_claim::Column::Document.eq(key)).exec(db).await?;
        }
        for claim in new.policy_claims.get(key).into_iter().flatten() {
            rows.push(policy_claim::Model {
                document: claim.document.clone(),
                key: claim.statement.key(),
                source: claim.source.clone(),
                municipality: claim.municipality.to_string(),
                authority: to_json(&claim.authority)?.trim_matches('"').to_owned(),
                statement: to_json(&claim.statement)?,
                stated: claim.stated,
            });
        }
    }
    save::insert(db, rows).await
}
