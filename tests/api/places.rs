//! Places: counts, filters, facets, GeoJSON.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn the_closed_place_is_listed_only_where_a_status_is_asked() {
    let app = TestApp::start().await;
    let query = "query ($filter: PlaceFilter) { places(filter: $filter, includeUnknown: true) { totalCount } }";
    let count = async |filter| app.graphql(query, json!({ "filter": filter })).await["places"]["totalCount"].clone();
    assert_eq!(count(json!(null)).await, 255);
    assert_eq!(count(json!({ "status": ["OPEN", "PLANNED", "CLOSED"] })).await, 256);
}
