//! `/feeds/…` and `/changes`: what a program that follows hears of, and what it does not miss. That they are feeds of RPDE,
//! `tests/judges/feeds` judges by OpenActive's validator.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::TestApp;

/// Reads a feed to its end: what it says last of each thing, and where it goes on.
async fn follow(app: &TestApp, from: &str) -> (BTreeMap<String, String>, String) {
    let (mut said, mut next) = (BTreeMap::new(), from.to_owned());
    loop {
        let page: Value = app.get(&next).await.json().await.unwrap();
        let items = page["items"].as_array().unwrap();
        for item in items {
            let text = |name: &str| item[name].as_str().unwrap().to_owned();
            assert_eq!(item.get("data").is_some(), item["state"] == "updated", "{item}");
            said.insert(text("id"), text("state"));
        }
        let goes_on = page["next"].as_str().unwrap().strip_prefix(&app.url).unwrap().to_owned();
        if items.is_empty() {
            assert_eq!(goes_on, next);
            return (said, next);
        }
        next = goes_on;
    }
}

#[tokio::test]
async fn who_follows_hears_of_what_changed_and_left_and_of_nothing_else() {
    let app = TestApp::start().await;
    let (said, end) = follow(&app, "/feeds/places").await;
    let all = app.library().served().places().len();
    assert_eq!((said.len(), said.values().all(|state| state == "updated")), (all, true));
    assert_eq!(follow(&app, &end).await.0, BTreeMap::new());

    app.publish(&["UPDATE place SET website = 'https://a.example' WHERE key = 'de-wiekelaar-oudleusen'"]).await;
    let (said, end) = follow(&app, &end).await;
    let one = |id: &str, state: &str| BTreeMap::from([(id.to_owned(), state.to_owned())]);
    assert_eq!(said, one("place:de-wiekelaar-oudleusen", "updated"));

    let before = app.edition();
    app.run(&["withdraw", "t-aahoes-aadorp", "--reason", "Op verzoek"]);
    app.until("the place is gone", |library| library.served().id != before).await;
    let (said, end) = follow(&app, &end).await;
    assert_eq!(said, one("place:t-aahoes-aadorp", "deleted"));

    // Another process finds the same, from the archive.
    let beside = app.beside().await;
    assert_eq!(follow(&beside, &end).await.0, BTreeMap::new());
    let (whole, _) = follow(&beside, "/changes").await;
    assert_eq!(whole.len(), all);
    assert_eq!(whole["place:t-aahoes-aadorp"], "deleted");

    for (asked, sentence) in [
        ("afterId=x", "`afterId` counts from a moment"),
        ("afterTimestamp=gisteren", "`afterTimestamp` is `gisteren`; take the address that stood in `next`"),
        ("limit=5", "`limit` is not a parameter here; use afterTimestamp or afterId"),
    ] {
        let (status, body) = app.body(&format!("/feeds/places?{asked}")).await;
        assert!(status == 400 && body.contains(sentence), "{asked}: {body}");
    }
}
