//! What programs find by themselves: `/openapi.json`, the addresses behind `/v1`, and the record for catalogues.

use reqwest::{StatusCode, header};
use serde_json::Value;

use crate::support::{CONTACT, TestApp};

#[tokio::test]
async fn every_address_is_behind_its_version_too_and_links_keep_it() {
    let app = TestApp::shared().await;
    for path in ["/places.csv?kind=mfa", "/ogc/conformance", "/tiles/places/9/264/168", "/schema.graphql", "/dcat.ttl"]
    {
        let (bare, versioned) = (app.get(path).await, app.get(&format!("/v1{path}")).await);
        assert_eq!((bare.status(), versioned.status()), (StatusCode::OK, StatusCode::OK), "{path}");
        assert_eq!(bare.headers()[header::ETAG], versioned.headers()[header::ETAG], "{path}");
    }
    let file = app.get("/v1/files/places.csv?kind=mfa").await;
    assert_eq!(file.headers()[header::ETAG], app.get("/places.csv?kind=mfa").await.headers()[header::ETAG]);
    let page: Value = app.get("/v1/ogc/collections/places/items?limit=5").await.json().await.unwrap();
    for link in page["links"].as_array().unwrap() {
        let href = link["href"].as_str().unwrap();
        assert!(href.starts_with(&format!("{}/v1/ogc/", app.url)), "{href}");
        assert_eq!(app.get(href.strip_prefix(app.url.as_str()).unwrap()).await.status(), StatusCode::OK, "{href}");
    }
    let bare: Value = app.get("/ogc/collections/places/items?limit=5").await.json().await.unwrap();
    assert!(!bare["links"].to_string().contains("/v1"));
    for path in ["/v1x/places.csv", "/v1/nothing", "/files/places", "/v2/places.csv"] {
        assert_eq!(app.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_description_has_every_file_and_who_operates_this() {
    let app = TestApp::shared().await;
    let api: Value = app.get("/openapi.json?lang=en").await.json().await.unwrap();
    assert_eq!(api["servers"][0]["url"], format!("{}/v1", app.url).as_str());
    let contact = &api["info"]["contact"];
    assert_eq!((&contact["name"], &contact["email"]), (&"Gemeente Voorbeeld".into(), &CONTACT.into()));
    for path in ["/files/places.csv", "/files/places.geojson", "/files/activities.csv", "/files/activities.ics"] {
        let answer = app.get(&format!("/v1{path}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap();
        let kind = kind.split(';').next().unwrap();
        assert!(api["paths"][path]["get"]["responses"]["200"]["content"][kind].is_object(), "{path}: {kind}");
    }
    assert_eq!(app.body("/v1").await, app.body("/openapi.json").await);
    let app = TestApp::start_configured(|config| {
        (config.publisher, config.publisher_url, config.contact) = (None, None, None);
    })
    .await;
    let api: Value = app.get("/openapi.json").await.json().await.unwrap();
    assert!(api["info"].get("contact").is_none(), "who is not known is not in it");
    // Nor is a record made up.
    let (status, body) = app.body("/dcat").await;
    assert!(status == 404 && body.contains("`NOABER_PUBLISHER`"), "{status} {body}");
}

#[tokio::test]
async fn the_record_is_turtle_or_json_of_the_edition_that_is_served() {
    let app = TestApp::shared().await;
    let ask = |accept: &'static str| app.client.get(format!("{}/dcat", app.url)).header(header::ACCEPT, accept).send();
    let turtle = ask("*/*").await.unwrap();
    assert_eq!(turtle.headers()[header::CONTENT_TYPE], "text/turtle; charset=utf-8");
    assert_eq!(turtle.headers()[header::VARY], "Accept, Accept-Encoding");
    let turtle = turtle.text().await.unwrap();
    for part in [
        "dcat:Catalog",
        &format!("\"{}\"", app.edition()),
        "\"Sociale ontmoetingsplekken in Overijssel\"@nl",
        &format!("<mailto:{CONTACT}>"),
        "https://identifier.overheid.nl/tooi/id/gemeente/gm0193",
        &format!("<{}/places.csv>", app.url),
        "licence/CC_BY_4_0",
    ] {
        assert!(turtle.contains(part), "{part}\n{turtle}");
    }
    let json = ask("application/ld+json").await.unwrap();
    assert_eq!(json.headers()[header::CONTENT_TYPE], "application/ld+json");
    let json: Value = json.json().await.unwrap();
    assert!(json["@graph"].as_array().is_some_and(|graph| graph.len() > 20), "{json}");
    // What is under another licence is there without it as well.
    assert!(!turtle.contains("without=openstreetmap"));
}
