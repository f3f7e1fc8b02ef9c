//! Search: what people type.

use serde_json::{Value, json};

use crate::{oracle::Oracle, support::TestApp};

async fn hits(app: &TestApp, text: &str) -> Vec<String> {
    let query = "query ($text: String!) { search(text: $text, first: 100) {
        __typename ... on Place { name } ... on Municipality { name } ... on Settlement { name }
        ... on Neighbourhood { name } ... on StreetHit { name: street } ... on PostcodeHit { name: postcode }
        ... on FacilityTypeInfo { name: label } ... on ActivityTypeInfo { name: label }
    } }";
    let data = app.graphql(query, json!({ "text": text })).await;
    let hit = |hit: &Value| format!("{} {}", hit["__typename"].as_str().unwrap(), hit["name"].as_str().unwrap());
    data["search"].as_array().unwrap().iter().map(hit).collect()
}

#[tokio::test]
async fn a_place_is_found_with_typing_errors_and_without_its_signs() {
    let app = TestApp::shared().await;
    for (text, name) in [
        ("Trefkole", "Trefkoele+"),
        ("trefkoele", "Trefkoele+"),
        ("mollnwiek", "Möll'nwiek"),
        ("MÖLL’NWIEK", "Möll'nwiek"),
        ("moll nwiek", "Möll'nwiek"),
    ] {
        let best = hits(&app, text).await.into_iter().take(3).collect::<Vec<_>>();
        assert!(best.iter().any(|hit| hit.starts_with("Place ") && hit.contains(name)), "{text}: {best:?}");
    }
}

#[tokio::test]
async fn an_article_is_no_matter_in_any_spelling() {
    let app = TestApp::shared().await;
    let plain = hits(&app, "aahoes").await;
    assert_eq!(plain[0], "Place 't Aahoes");
    for text in ["'t aahoes", "t aahoes", "het aahoes", "’t Aahoes", "`t aahoes"] {
        assert_eq!(hits(&app, text).await[0], plain[0], "{text}");
    }
    for text in ["het westerdok", "'t westerdok", "’T Westerdok", "westerdok"] {
        assert_eq!(hits(&app, text).await.first().map(String::as_str), Some("Place Buurthuis Het Westerdok"), "{text}");
    }
}

#[tokio::test]
async fn a_municipality_comes_before_the_settlement_of_its_name() {
    let app = TestApp::shared().await;
    for name in ["Zwolle", "Dalfsen", "Ommen", "Raalte"] {
        assert_eq!(
            hits(&app, &name.to_lowercase()).await[..2],
            [format!("Municipality {name}"), format!("Settlement {name}")]
        );
    }
}

#[tokio::test]
async fn every_name_of_a_place_finds_it() {
    let app = TestApp::shared().await;
    let query = "query ($text: String!) { search(text: $text, first: 100) { ... on Place { id } } }";
    for place in Oracle::seed().places.iter().step_by(3) {
        for name in [place.list("alternative_names"), vec![place.row["name"].as_str()]].concat() {
            let data = app.graphql(query, json!({ "text": name })).await;
            let found = data["search"].as_array().unwrap().contains(&json!({ "id": place.id() }));
            assert!(found, "{name} does not find {}", place.id());
        }
    }
}

#[tokio::test]
async fn the_text_of_a_filter_looks_in_names_settlements_and_dutch_labels() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let count = async |filter: Value| app.places(&filter, false).await;
    // By name, with a typing error.
    assert!(count(json!({ "text": "Trefkole" })).await.contains(&"place:kulturhus-trefkoele-dalfsen".to_owned()));
    // By village.
    let heino = count(json!({ "text": "heino" })).await;
    let in_heino = oracle.places.iter().filter(|place| place.row["settlement"] == "Heino" && !place.is_closed());
    assert!(in_heino.clone().count() > 0 && in_heino.clone().all(|place| heino.contains(&place.id())), "{heino:?}");
    // By facility, in Dutch.
    let libraries = count(json!({ "text": "bibliotheek" })).await;
    let with_one = oracle.answer(&json!({ "facilities": { "any": ["BIBLIOTHEEK"] } }), false);
    assert!(with_one.len() > 10 && with_one.iter().all(|id| libraries.contains(id)));
    // By activity, and all words must be found.
    let bingo = count(json!({ "text": "bingo" })).await;
    assert!(!bingo.is_empty());
    let both = count(json!({ "text": "bingo bibliotheek" })).await;
    assert!(both.iter().all(|id| bingo.contains(id) && libraries.contains(id)));
    // Text is true or false, never unknown.
    assert_eq!(app.places(&json!({ "text": "bingo" }), true).await, bingo);
    assert_eq!(count(json!({ "not": { "text": "bingo" } })).await.len(), 282 - bingo.len());
    assert_eq!(count(json!({ "text": "qqqqqqqqqqqq" })).await, [""; 0]);
}

#[tokio::test]
async fn nothing_is_found_by_nothing_and_so_many_by_first() {
    let app = TestApp::shared().await;
    for text in ["", "  ", "!?", "qqqqqqqqqqqq"] {
        assert_eq!(hits(&app, text).await, [""; 0], "{text:?}");
    }
    let query = "query ($first: Int) { search(text: \"dorpshuis\", first: $first) { __typename } }";
    for (first, count) in [(json!(1), 1), (json!(3), 3), (json!(null), 20)] {
        let data = app.graphql(query, json!({ "first": first })).await;
        assert_eq!(data["search"].as_array().unwrap().len(), count);
    }
}
