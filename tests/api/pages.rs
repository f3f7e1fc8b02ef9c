//! Pages for people, health for those who keep it running, and what there is not.

use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use crate::{
    oracle::{Oracle, Place},
    support::{CONTACT, TestApp},
};

/// A text as it stands in HTML.
fn escaped(text: &str) -> Vec<String> {
    let html = text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;");
    vec![html.replace('\'', "&#39;"), text.replace('&', "&amp;").replace('\'', "&#x27;"), text.to_owned()]
}

fn is_listed(page: &str, place: &Place) -> bool {
    page.contains(&format!("\"plek-{}\"", place.row["key"]))
        && escaped(&place.row["name"]).iter().any(|name| page.contains(name))
}

#[tokio::test]
async fn both_pages_list_every_open_place_and_not_the_closed_one() {
    let app = TestApp::start().await;
    let oracle = Oracle::seed();
    for (path, language) in [("/", "nl"), ("/en", "en")] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        let page = response.text().await.unwrap();
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{path}");
        let missing: Vec<String> = oracle
            .places
            .iter()
            .filter(|place| !place.is_closed() && !is_listed(&page, place))
            .map(Place::id)
            .collect();
        assert_eq!(missing, [""; 0], "{path}");
        let closed = oracle.places.iter().find(|place| place.is_closed()).unwrap();
        assert!(!is_listed(&page, closed));
        let edition = app.graphql("{ dataset { edition } }", json!({})).await;
        assert!(page.contains(edition["dataset"]["edition"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn the_form_of_a_page_filters_its_list() {
    let app = TestApp::start().await;
    let oracle = Oracle::seed();
    for (parameters, filter) in [
        ("municipality=GM0148", json!({ "within": { "municipalities": ["GM0148"] } })),
        ("municipality=dalfsen&kind=&facility=&bbox=", json!({ "within": { "municipalities": ["GM0148"] } })),
        (
            "kind=KULTURHUS&facility=BIBLIOTHEEK",
            json!({ "kinds": ["KULTURHUS"], "facilities": { "any": ["BIBLIOTHEEK"] } }),
        ),
        (
            "bbox=6.0,52.4,6.4,52.65",
            json!({ "within": { "bbox": { "west": 6.0, "south": 52.4, "east": 6.4, "north": 52.65 } } }),
        ),
    ] {
        let expected = oracle.answer(&filter, false);
        assert!(!expected.is_empty());
        for path in ["/", "/en"] {
            let response = app.get(&format!("{path}?{parameters}")).await;
            assert_eq!(response.status(), StatusCode::OK, "{parameters}");
            let page = response.text().await.unwrap();
            let listed: Vec<String> =
                oracle.places.iter().filter(|place| is_listed(&page, place)).map(Place::id).collect();
            assert_eq!(listed, expected, "{path}?{parameters}");
        }
    }
}

#[tokio::test]
async fn a_page_that_cannot_filter_says_why_and_lists_everything() {
    let app = TestApp::start().await;
    let oracle = Oracle::seed();
    for (parameters, reason) in [
        ("municipality=Amsterdam", "is not one of the 25 municipalities of Overijssel"),
        ("kind=kerk", "is not a value of"),
        ("bbox=52.4,6.0,52.65,6.4", "the box looks swapped"),
    ] {
        let response = app.get(&format!("/?{parameters}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{parameters}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        let page = response.text().await.unwrap();
        assert!(page.contains(reason), "{parameters}");
        assert_eq!(oracle.places.iter().filter(|place| is_listed(&page, place)).count(), 255, "{parameters}");
    }
    // Links carry parameters of others.
    let linked = app.get("/?utm_source=nieuwsbrief&kind=MFA").await;
    assert_eq!(linked.status(), StatusCode::OK);
    assert!(linked.text().await.unwrap().contains(" van 255 plekken voldoen"));
    assert!(app.get("/?lang=en").await.text().await.unwrap().contains("<html lang=\"en\">"));
    let hostile = app.get("/?municipality=%3Cscript%3Ealert(1)%3C/script%3E").await.text().await.unwrap();
    assert!(!hostile.contains("<script>alert(1)"));
}

#[tokio::test]
async fn a_page_tells_the_browser_to_load_nothing_from_elsewhere() {
    let app = TestApp::start().await;
    for path in ["/", "/en", "/examples", "/en/examples", "/graphiql", "/?kind=kerk"] {
        let response = app.get(path).await;
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(policy.contains("default-src 'none'") || policy.contains("default-src 'self'"), "{path}: {policy}");
        assert!(!policy.contains("http:") && !policy.contains("https:") && !policy.contains('*'), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors"), "{path}: {policy}");
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(response.headers().contains_key("api-version"));
    }
}

#[tokio::test]
async fn health_is_told_apart_as_live_and_ready() {
    let app = TestApp::start().await;
    let edition = app.graphql("{ dataset { edition } }", json!({})).await["dataset"]["edition"].clone();
    for (path, expected) in [
        ("/health/live", json!({ "status": "live" })),
        ("/health/ready", json!({ "status": "ready", "edition": edition, "database": "answers" })),
    ] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(response.json::<Value>().await.unwrap(), expected);
    }
}

#[tokio::test]
async fn what_there_is_not_is_a_problem_in_json() {
    let app = TestApp::start().await;
    for path in ["/nergens", "/places", "/graphql/x", "/assets/nergens.js", "/assets/..%2fCargo.toml"] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json", "{path}");
        let problem: Value = response.json().await.unwrap();
        assert_eq!(problem["status"], 404);
        assert!(problem["detail"].is_string());
    }
    for path in ["/", "/en", "/examples", "/places.csv", "/places.geojson", "/schema.graphql", "/health/live"] {
        let response = app.client.post(format!("{}{path}", app.url)).body("x").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(response.headers()[header::ALLOW], "GET, HEAD", "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json", "{path}");
        let head = app.client.head(format!("{}{path}", app.url)).send().await.unwrap();
        assert_eq!(head.status(), StatusCode::OK, "{path}");
        assert!(head.bytes().await.unwrap().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn the_page_on_privacy_says_how_to_ask_and_what_was_removed() {
    let app = TestApp::start().await;
    for (path, title, none) in [
        ("/privacy", "Privacy en verwijderen", "Er is nog geen plek verwijderd."),
        ("/en/privacy", "Privacy and removal", "No place has been removed yet."),
    ] {
        let page = app.get(path).await.text().await.unwrap();
        assert!(page.contains(title) && page.contains(none), "{page}");
        assert!(page.contains(&format!("href=\"mailto:{CONTACT}?subject=")), "{page}");
    }
    let landing = app.get("/en").await.text().await.unwrap();
    assert!(landing.contains("href=\"/en/privacy\""));
    noaber::library::withdraw(app.library().store(), "de-wiekelaar-oudleusen", "op verzoek van <de eigenaar>")
        .await
        .unwrap();
    let page = app.get("/privacy").await.text().await.unwrap();
    assert!(
        page.contains("<code>de-wiekelaar-oudleusen</code></td><td>op verzoek van &#60;de eigenaar&#62;</td>"),
        "{page}"
    );
    assert!(!page.contains("Er is nog geen plek verwijderd."));
}
