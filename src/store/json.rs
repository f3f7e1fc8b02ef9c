//! Columns that hold JSON.

use sea_orm::DbErr;
use serde::{Serialize, de::DeserializeOwned};

use super::StoreError;

/// What stands in a column of a row.
pub(super) fn json<T: DeserializeOwned>(table: &'static str, row: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Value {
        table,
        row: row.to_owned(),
        value: text.to_owned(),
        expected: "JSON that this version can read",
    })
}

/// What is put into one.
pub(super) fn to_json(value: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|cause| DbErr::Custom(cause.to_string()))
}
