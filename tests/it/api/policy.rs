//! Municipal policy: what the assessed decisions say, and nothing else.

use serde_json::{Value, json};

use crate::{
    oracle::{Row, seed_csv},
    support::TestApp,
};

const THEMES: [(&str, &str); 5] = [
    ("VISION", "vision"),
    ("FINANCIAL_SUPPORT", "financialSupport"),
    ("OTHER_SUPPORT", "otherSupport"),
    ("AMBITION", "ambition"),
    ("CONTACT_MOMENT", "contactMoment"),
];

fn document(row: &Row) -> Value {
    let text = |column: &str| Some(row[column].as_str()).filter(|cell| !cell.is_empty());
    let themes: Vec<&str> = row["themes"].split('|').collect();
    json!({
        "title": row["title"], "kind": row["kind"], "stance": text("stance"),
        "year": text("year").map(|year| year.parse::<i32>().unwrap()), "themes": themes, "summary": row["summary"],
    })
}

const DOCUMENT: &str = "{ title kind stance year themes summary }";

#[tokio::test]
async fn every_assessed_status_is_served_with_the_decision_it_stands_on_and_no_other() {
    let app = TestApp::shared().await;
    let (statuses, documents) = (seed_csv("policy_status.csv"), seed_csv("policy_documents.csv"));
    let basis: String =
        THEMES.iter().map(|(theme, field)| format!("b_{field}: basis(theme: {theme}) {DOCUMENT} ")).collect();
    let fields: String = THEMES.iter().map(|(_, field)| format!("{field} ")).collect();
    let data = app.graphql(&format!("{{ municipalities {{ code policy {{ {fields} {basis} }} }} }}"), json!({})).await;
    let mut told = 0;
    for municipality in data["municipalities"].as_array().unwrap() {
        let policy = &municipality["policy"];
        for (theme, field) in THEMES {
            let own = |row: &&Row| municipality["code"] == row["municipality"] && row["theme"] == theme;
            let rows: Vec<&Row> = statuses.iter().filter(own).collect();
            let values: Vec<&str> = rows.iter().map(|row| row["status"].as_str()).collect();
            let expected = match (values.as_slice(), theme) {
                ([], _) => Value::Null,
                (values, "FINANCIAL_SUPPORT" | "OTHER_SUPPORT") => json!(values),
                ([value], _) => json!(value),
                (several, _) => panic!("{several:?} of one theme"),
            };
            assert_eq!(policy[field], expected, "{municipality} {theme}");
            let grounds =
                rows.iter().map(|row| documents.iter().find(|other| other["key"] == row["document"]).unwrap());
            let grounds: Vec<Value> = grounds.map(document).collect();
            assert_eq!(policy[format!("b_{field}")], json!(grounds), "{municipality} {theme}");
            told += rows.len();
        }
    }
    assert_eq!(told, statuses.len());
}

#[tokio::test]
async fn every_document_is_served_newest_first_undated_last() {
    let app = TestApp::shared().await;
    let documents = seed_csv("policy_documents.csv");
    let query = format!(
        "query ($code: String!) {{ municipality(by: {{ code: $code }}) {{ policy {{
            documents {DOCUMENT} vision: documents(theme: VISION) {DOCUMENT} sources: documents {{ source {{ title url fields }} }}
        }} }} }}"
    );
    let codes = app.graphql("{ municipalities { code } }", json!({})).await;
    let sources = seed_csv("sources.csv");
    let mut served = 0;
    for municipality in codes["municipalities"].as_array().unwrap() {
        let data = app.graphql(&query, json!({ "code": municipality["code"] })).await;
        let policy = &data["municipality"]["policy"];
        let found = policy["documents"].as_array().unwrap();
        let rows: Vec<&Row> = documents.iter().filter(|row| municipality["code"] == row["municipality"]).collect();
        let sorted = |values: Vec<Value>| {
            let mut texts: Vec<String> = values.iter().map(ToString::to_string).collect();
            texts.sort_unstable();
            texts
        };
        assert_eq!(sorted(found.clone()), sorted(rows.iter().map(|row| document(row)).collect()));
        let years: Vec<i64> = found.iter().map(|document| document["year"].as_i64().unwrap_or(i64::MIN)).collect();
        assert!(years.is_sorted_by(|a, b| a >= b), "{years:?}");
        let on_vision = found.iter().filter(|one| one["themes"].as_array().unwrap().contains(&json!("VISION")));
        assert_eq!(policy["vision"].as_array().unwrap().iter().collect::<Vec<_>>(), on_vision.collect::<Vec<_>>());
        for source in policy["sources"].as_array().unwrap() {
            let known = |row: &Row| {
                source["source"]["title"] == row["title"]
                    && source["source"]["url"].as_str().unwrap_or("") == row["url"]
            };
            assert!(sources.iter().any(known), "{source}");
        }
        served += found.len();
    }
    assert_eq!(served, 237);
}
