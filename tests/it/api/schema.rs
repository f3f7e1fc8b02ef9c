//! The schema: as reviewed, described whole, and of one piece with the data.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    oracle::{project_file, seed_csv},
    support::TestApp,
};

#[tokio::test]
async fn the_served_schema_is_the_reviewed_one() {
    let app = TestApp::shared().await;
    let reviewed = std::fs::read_to_string(project_file("schema/schema.graphql")).unwrap();
    let response = app.get("/schema.graphql").await;
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    let served = response.text().await.unwrap();
    let differing = served.lines().zip(reviewed.lines()).find(|(served, reviewed)| served != reviewed);
    assert_eq!(differing, None, "the served line and that of schema/schema.graphql; `noaber schema` prints it anew");
    assert_eq!(served.trim_end(), reviewed.trim_end());
}

async fn introspected(app: &TestApp) -> Vec<Value> {
    let query = "{ __schema { types {
        kind name description
        fields(includeDeprecated: true) { name description args { name description } }
        inputFields { name description }
        enumValues(includeDeprecated: true) { name description }
    } } }";
    let data = app.graphql(query, json!({})).await;
    data["__schema"]["types"].as_array().unwrap().clone()
}

fn list<'a>(of: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    of[field].as_array().into_iter().flatten()
}

/// Whether the specification of GraphQL describes a type.
fn is_of_graphql(one: &Value) -> bool {
    let name = one["name"].as_str().unwrap();
    name.starts_with("__") || ["Boolean", "Float", "ID", "Int", "String"].contains(&name)
}

#[tokio::test]
async fn everything_in_the_schema_is_described() {
    let app = TestApp::shared().await;
    let (mut undescribed, mut count) = (Vec::new(), 0);
    let mut look = |path: String, what: &Value| {
        count += 1;
        if what["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
            undescribed.push(path);
        }
    };
    for one in introspected(&app).await {
        let name = one["name"].as_str().unwrap();
        if is_of_graphql(&one) {
            continue;
        }
        look(name.to_owned(), &one);
        for part in ["fields", "inputFields", "enumValues"] {
            for member in list(&one, part) {
                let path = format!("{name}.{}", member["name"].as_str().unwrap());
                look(path.clone(), member);
                for argument in list(member, "args") {
                    look(format!("{path}({})", argument["name"].as_str().unwrap()), argument);
                }
            }
        }
    }
    assert_eq!(undescribed, [""; 0]);
    assert!(count > 500, "{count}");
}

#[tokio::test]
async fn descriptions_speak_to_users_not_of_the_code() {
    let app = TestApp::shared().await;
    let own: Vec<Value> = introspected(&app).await.into_iter().filter(|one| !is_of_graphql(one)).collect();
    let all = json!(own).to_string();
    for word in ["crate::", "derive", " struct ", "TODO", "](", "async-graphql", "sea-orm", "u32", "Option<"] {
        let found = all.find(word).map(|at| all[..at].chars().rev().take(120).collect::<String>());
        let found = found.map(|before| before.chars().rev().collect::<String>());
        assert_eq!(found, None, "a description says `{word}` after this");
    }
}

#[tokio::test]
async fn what_a_source_supports_is_a_field_of_a_place() {
    let app = TestApp::shared().await;
    let types = introspected(&app).await;
    let place = types.iter().find(|one| one["name"] == "Place").unwrap();
    let fields: BTreeSet<&str> = list(place, "fields").map(|field| field["name"].as_str().unwrap()).collect();
    let links = seed_csv("place_sources.csv");
    let told: BTreeSet<&str> = links.iter().flat_map(|link| link["fields"].split('|')).collect();
    assert!(told.contains("location"));
    assert_eq!(told.difference(&fields).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[tokio::test]
async fn every_enum_of_the_domain_has_its_labels() {
    let app = TestApp::shared().await;
    let types = introspected(&app).await;
    let rows = seed_csv("vocabularies.csv");
    let data = app.graphql("{ vocabularies { name nl: label en: label(language: EN) terms { value nl: label en: label(language: EN) description } } }", json!({})).await;
    let vocabularies = data["vocabularies"].as_array().unwrap();
    let told: BTreeSet<&str> = rows.iter().map(|row| row["vocabulary"].as_str()).collect();
    assert_eq!(vocabularies.len(), told.len());
    for vocabulary in vocabularies {
        let of = |row: &&crate::oracle::Row| vocabulary["name"] == row["vocabulary"];
        let own: Vec<_> = rows.iter().filter(of).collect();
        assert_eq!([&vocabulary["nl"], &vocabulary["en"]], [&json!(own[0]["label_nl"]), &json!(own[0]["label_en"])]);
        let terms: Vec<Value> = own[1..]
            .iter()
            .map(|row| {
                let description = Some(row["description_nl"].as_str()).filter(|text| !text.is_empty());
                json!({ "value": row["value"], "nl": row["label_nl"], "en": row["label_en"], "description": description })
            })
            .collect();
        assert_eq!(vocabulary["terms"], json!(terms), "{vocabulary}");
        let of_schema = types.iter().find(|one| one["name"] == vocabulary["name"] && one["kind"] == "ENUM");
        let of_schema = of_schema.unwrap_or_else(|| panic!("{} is no enum of the schema", vocabulary["name"]));
        let values: Vec<&Value> = list(of_schema, "enumValues").map(|value| &value["name"]).collect();
        assert_eq!(values, terms.iter().map(|term| &term["value"]).collect::<Vec<_>>(), "{}", vocabulary["name"]);
    }
}

#[tokio::test]
async fn the_limits_that_are_told_are_the_limits_that_hold() {
    let app = TestApp::shared().await;
    let query = "{ dataset { limits { defaultPageSize maxPageSize maxIds maxTextLength maxGeometryVertices maxDistance maxAliases maxRootFields } } }";
    let data = app.graphql(query, json!({})).await;
    let limit = |name: &str| {
        data["dataset"]["limits"][name]
            .as_u64()
            .or(data["dataset"]["limits"][name].as_f64().map(|limit| limit as u64))
            .unwrap()
    };
    let ids = |count: u64| vec!["place:t-aahoes-aadorp"; usize::try_from(count).unwrap()];
    let nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let most = app.graphql(nodes, json!({ "ids": ids(limit("maxIds")) })).await;
    assert_eq!(most["nodes"].as_array().unwrap().len() as u64, limit("maxIds"));
    insta::assert_snapshot!(app.refusal(nodes, json!({ "ids": ids(limit("maxIds") + 1) })).await, @"BAD_USER_INPUT: 101 ids were asked; at most 100 can be at once");
    let search = "query ($text: String!) { search(text: $text) { __typename } }";
    let text = |count: u64| "é".repeat(usize::try_from(count).unwrap());
    app.graphql(search, json!({ "text": text(limit("maxTextLength")) })).await;
    insta::assert_snapshot!(app.refusal(search, json!({ "text": text(limit("maxTextLength") + 1) })).await, @"BAD_USER_INPUT: the text has 201 characters; at most 200 are searched for");
    let page = "query ($first: Int) { places(first: $first) { nodes { id } } }";
    app.graphql(page, json!({ "first": limit("maxPageSize") })).await;
    app.refusal(page, json!({ "first": limit("maxPageSize") + 1 })).await;
    let default = app.graphql(page, json!({})).await;
    assert_eq!(default["places"]["nodes"].as_array().unwrap().len() as u64, limit("defaultPageSize"));
    let roots = |count: u64| (0..count).map(|n| format!("a{n}: dataset {{ edition }} ")).collect::<String>();
    app.graphql(&format!("{{ {} }}", roots(limit("maxRootFields"))), json!({})).await;
    insta::assert_snapshot!(app.refusal(&format!("{{ {} }}", roots(limit("maxRootFields") + 1)), json!({})).await, @"LIMIT_EXCEEDED: The operation has 21 root fields; at most 20 are answered at once.");
}
