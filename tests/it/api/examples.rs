//! The documented queries answer something.

use serde_json::{Value, json};

use crate::oracle::project_file;

#[tokio::test]
async fn every_documented_query_is_answered_with_something() {
    let app = super::activities::with_programme().await;
    let mut count = 0;
    for entry in std::fs::read_dir(project_file("examples/queries")).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(path.extension().unwrap(), "graphql");
        let query = std::fs::read_to_string(&path).unwrap();
        let data = app.graphql(&query, json!({})).await;
        for (field, value) in data.as_object().unwrap() {
            assert!(!is_nothing(value), "{}: {field} is {value}", path.display());
        }
        count += 1;
    }
    assert!(count >= 10, "{count}");
}

/// Null, an empty list, or a connection without items.
fn is_nothing(value: &Value) -> bool {
    let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    value.is_null()
        || is_empty(value)
        || value["totalCount"] == 0
        || is_empty(&value["nodes"])
        || is_empty(&value["edges"])
}
