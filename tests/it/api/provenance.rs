//! Where facts come from, and what is asked of the database while answering.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    oracle::{Row, seed_csv},
    support::TestApp,
};

#[tokio::test]
async fn what_stands_in_the_edition_needs_no_statement() {
    let app = TestApp::start().await;
    let before = app.statements();
    let query = "{
        more: places(last: 100) { nodes { slug sources { title url fields } confirmedBy { title } location { lon source { title } } } }
        places(first: 100) { nodes { name municipality { name policy { documents { source { title } } } } } facets { kinds { count } } }
        survey { title sources { title } }
        dataset { sources { title } }
        search(text: \"heino\") { __typename }
    }";
    app.graphql(query, json!({})).await;
    assert_eq!(app.statements() - before, 0);
}

#[tokio::test]
async fn the_same_question_is_not_asked_of_the_database_twice() {
    let app = TestApp::start().await;
    let query = "{ places(first: 50) { nodes { identifiers { value } } } }";
    let answer = app.graphql(query, json!({})).await;
    let before = app.statements();
    assert_eq!(app.graphql(query, json!({})).await, answer);
    assert_eq!(app.statements() - before, 0);
}

#[tokio::test]
async fn every_source_of_a_place_is_served_with_the_fields_it_supports() {
    let app = TestApp::shared().await;
    let sources: BTreeMap<String, Row> =
        seed_csv("sources.csv").into_iter().map(|row| (row["id"].clone(), row)).collect();
    let mut expected: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut locations: BTreeMap<String, Value> = BTreeMap::new();
    let mut links = seed_csv("place_sources.csv");
    links.sort_by(|a, b| (&a["place"], &a["source"]).cmp(&(&b["place"], &b["source"])));
    for link in &links {
        let source = &sources[&link["source"]];
        let text = |column: &str| Some(source[column].as_str()).filter(|cell| !cell.is_empty());
        let mut fields: Vec<&str> = link["fields"].split('|').collect();
        fields.sort_unstable();
        let served = json!({
            "title": source["title"], "url": text("url"), "licence": text("licence"),
            "publishedAt": text("published"), "retrievedAt": text("retrieved"), "fields": fields,
        });
        let id = format!("place:{}", link["place"]);
        if fields.contains(&"location") {
            locations.insert(id.clone(), served.clone());
        }
        expected.entry(id).or_default().push(served);
    }
    let query = "query ($after: String) {
        places(filter: { status: [OPEN, PLANNED, CLOSED] }, includeUnknown: true, first: 100, after: $after) {
            nodes {
                id
                sources { title url licence publishedAt retrievedAt fields }
                location { source { title url licence publishedAt retrievedAt fields } }
            }
            pageInfo { hasNextPage endCursor }
        }
    }";
    let nodes = app.walk(query, json!({}), "places").await;
    assert_eq!(nodes.len(), 285);
    let mut served = 0;
    for node in nodes {
        let id = node["id"].as_str().unwrap();
        assert_eq!(node["sources"], json!(expected[id]), "{id}");
        assert_eq!(node["location"]["source"], locations[id], "{id}");
        served += expected[id].len();
    }
    assert_eq!(served, links.len());
}
