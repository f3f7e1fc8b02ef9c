//! What cannot be answered: a code and a sentence, never a cause.

use noaber::library::Answer;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::TestApp;

#[tokio::test]
async fn every_error_has_a_code() {
    let app = TestApp::shared().await;
    for (query, variables) in [
        ("", json!({})),
        ("{", json!({})),
        ("{ nothing }", json!({})),
        ("{ places(first: \"x\") { totalCount } }", json!({})),
        ("{ places { totalCount } place { id } }", json!({})),
        ("{ places(orderBy: { field: COLOUR, direction: ASC }) { totalCount } }", json!({})),
        ("query ($f: PlaceFilter) { places(filter: $f) { totalCount } }", json!({ "f": { "colour": 1 } })),
        ("query ($f: PlaceFilter) { places(filter: $f) { totalCount } }", json!({ "f": { "kinds": ["KERK"] } })),
        ("query ($s: DateTime) { places(filter: { updatedSince: $s }) { totalCount } }", json!({ "s": "gisteren" })),
        ("{ places(filter: { updatedSince: \"2024-03-15\" }) { totalCount } }", json!({})),
        ("mutation { places { totalCount } }", json!({})),
        ("{ place(by: { id: \"x\" }) { id } }", json!({})),
        ("{ a: place(by: { id: \"x\" }) { id } b: place(by: { id: \"y\" }) { id } dataset { edition } }", json!({})),
        ("{ places(after: \"x\") { totalCount } }", json!({})),
        ("{ municipality(by: { code: \"x\" }) { code } }", json!({})),
    ] {
        let (_, body) = app.response(query, variables).await;
        let errors = body["errors"].as_array().unwrap_or_else(|| panic!("{query} is answered: {body}"));
        for error in errors {
            assert!(error["extensions"]["code"].is_string(), "{query}: {error}");
            assert!(
                error["message"].as_str().is_some_and(|text| !text.is_empty() && text.len() < 400),
                "{query}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn what_went_well_is_answered_beside_what_did_not() {
    let app = TestApp::shared().await;
    let query = "{ wrong: place(by: { id: \"x\" }) { id } place(by: { id: \"municipality:GM0193\" }) { id } dataset { municipalityCount } }";
    let (status, body) = app.response(query, json!({})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["data"], json!({ "wrong": null, "place": null, "dataset": { "municipalityCount": 25 } }));
    let errors = body["errors"].as_array().unwrap();
    let mut told: Vec<String> = errors
        .iter()
        .map(|error| format!("{} {}: {}", error["path"], error["extensions"]["code"], error["message"]))
        .collect();
    told.sort_unstable();
    insta::assert_snapshot!(told.join("\n"), @r#"
        ["place"] "BAD_USER_INPUT": "`municipality:GM0193` is not the id of a place; those begin with `place:`"
        ["wrong"] "BAD_USER_INPUT": "`x` is not an id; an id is what a field `id` gave, such as `place:de-schalm-dalfsen`, `municipality:GM0193` or `settlement:NL.TOP10NL.132597206`"
    "#);
}

#[tokio::test]
async fn a_nul_in_a_text_is_refused_or_finds_nothing() {
    let app = TestApp::shared().await;
    for query in [
        "query ($t: String!) { search(text: $t) { __typename } }",
        "query ($t: String!) { places(filter: { text: $t }) { totalCount } }",
        "query ($t: String!) { place(by: { slug: $t }) { id } }",
        "query ($t: String!) { municipality(by: { name: $t }) { code } }",
    ] {
        let (status, body) = app.response(query, json!({ "t": "hei\0no" })).await;
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{query}");
        let code = &body["errors"][0]["extensions"]["code"];
        assert!(code == "BAD_USER_INPUT" || body.get("errors").is_none(), "{query}: {body}");
        assert_ne!(code, "INTERNAL_SERVER_ERROR");
    }
    let response = app.get("/places.csv?municipality=%00").await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_id_of_something_else_is_refused_by_name() {
    let app = TestApp::shared().await;
    let mut told = Vec::new();
    for query in [
        "{ place(by: { id: \"municipality:GM0193\" }) { id } }",
        "{ place(by: { id: \"t-aahoes-aadorp\" }) { id } }",
        "{ municipality(by: { id: \"settlement:NL.TOP10NL.132597206\" }) { id } }",
        "{ places(filter: { within: { settlements: [\"place:t-aahoes-aadorp\"] } }) { totalCount } }",
    ] {
        told.push(app.refusal(query, json!({})).await);
    }
    insta::assert_snapshot!(told.join("\n"), @r"
        BAD_USER_INPUT: `municipality:GM0193` is not the id of a place; those begin with `place:`
        BAD_USER_INPUT: `t-aahoes-aadorp` is not an id; an id is what a field `id` gave, such as `place:de-schalm-dalfsen`, `municipality:GM0193` or `settlement:NL.TOP10NL.132597206`
        BAD_USER_INPUT: `settlement:NL.TOP10NL.132597206` is not the id of a municipality; those look like `municipality:GM0193`
        BAD_USER_INPUT: `place:t-aahoes-aadorp` is neither the id nor the slug of a settlement of this edition; `settlements { nodes { id slug name } }` lists them
    ");
}

#[tokio::test]
async fn without_its_database_the_edition_is_served_and_the_rest_fails_without_a_cause() {
    let app = TestApp::start().await;
    let fine = "{ places(first: 3) { totalCount nodes { name location { lon } } } }";
    app.graphql(fine, json!({})).await;
    app.lose_database().await;

    // From the edition.
    let query = "{ places(first: 2) { totalCount nodes { name municipality { name } feature } facets { kinds { count } } } survey { title } }";
    let data = app.graphql(query, json!({})).await;
    assert_eq!(data["places"]["totalCount"], 282);
    assert_eq!(app.get("/").await.status(), StatusCode::OK);
    assert_eq!(app.get("/health/live").await.status(), StatusCode::OK);

    // Where it comes from as well.
    let query = "{ place(by: { slug: \"t-aahoes-aadorp\" }) { sources { title fields } confirmedBy { title } location { source { title } } } }";
    assert!(app.graphql(query, json!({})).await["place"].to_string().contains("fields"));
    for path in
        ["/places.csv", "/places.geojson?municipality=GM0148", "/place/t-aahoes-aadorp", "/en/municipality/dalfsen"]
    {
        assert_eq!(app.get(path).await.status(), StatusCode::OK, "{path}");
    }

    // From the database: what is noted of a place, who was withdrawn, old editions.
    let query = "{ place(by: { slug: \"t-aahoes-aadorp\" }) { name identifiers { value } } dataset { placeCount } }";
    let (status, body) = app.response(query, json!({})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["data"], json!({ "place": null, "dataset": { "placeCount": 282 } }));
    let errors = body["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0]["extensions"]["code"], "DATABASE_UNAVAILABLE");
    is_without_cause(&body);
    for path in ["/place/nergens", "/privacy", "/places.csv?edition=2020-01-01-0123456789ab"] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(response.headers()["retry-after"], "5");
        let problem: Value = response.json().await.unwrap();
        assert_eq!(problem["code"], "DATABASE_UNAVAILABLE");
        is_without_cause(&problem);
    }
    let old = app.get("/graphql?edition=2020-01-01-0123456789ab&query=%7Bdataset%7Bedition%7D%7D").await;
    assert_eq!((old.status(), old.headers()["retry-after"].to_str().unwrap()), (StatusCode::SERVICE_UNAVAILABLE, "5"));

    // It serves, and says that the database does not answer.
    app.until("the look fails", |library| library.database().0 == Answer::Missing).await;
    let ready = app.get("/health/ready").await;
    assert_eq!(ready.status(), StatusCode::OK);
    let ready: Value = ready.json().await.unwrap();
    assert_eq!((&ready["status"], &ready["database"]), (&json!("ready"), &json!("does not answer")));
    assert!(ready["secondsSinceDatabaseAnswered"].is_u64(), "{ready}");
    is_without_cause(&ready);
}

fn is_without_cause(body: &Value) {
    let text = body.to_string().to_lowercase();
    for word in ["sql", "postgres", "pool", "connection", "noaber_test", "no such table", "closed", "timed out"] {
        assert!(!text.contains(word), "`{word}` in {text}");
    }
}

#[tokio::test]
async fn a_failure_is_not_remembered_as_an_answer() {
    let app = TestApp::start().await;
    app.lose_database().await;
    let query = "{ places(first: 1) { nodes { identifiers { value } } } }";
    for _ in 0..2 {
        assert!(app.refusal(query, json!({})).await.starts_with("DATABASE_UNAVAILABLE: "));
    }
}
