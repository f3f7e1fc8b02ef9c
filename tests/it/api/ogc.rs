//! OGC API Features under `/ogc`, against what GraphQL answers and what the seed says.

use std::collections::BTreeSet;

use reqwest::header;
use serde_json::{Value, json};

use crate::support::TestApp;

const RD: &str = "http://www.opengis.net/def/crs/EPSG/0/28992";

async fn ogc(app: &TestApp, path: &str) -> Value {
    let (status, body) = app.body(&format!("/ogc{path}")).await;
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

/// The ids of all pages of items, by the link from each to the next.
async fn walked(app: &TestApp, path: &str) -> Vec<String> {
    let (mut ids, mut next) = (Vec::new(), Some(format!("/ogc{path}")));
    while let Some(path) = next {
        let page: Value = serde_json::from_str(&app.body(&path).await.1).unwrap();
        let features = page["features"].as_array().unwrap();
        assert_eq!(page["numberReturned"], features.len());
        ids.extend(features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()));
        let links = page["links"].as_array().unwrap();
        let link = links.iter().find(|link| link["rel"] == "next").map(|link| link["href"].as_str().unwrap());
        next = link.map(|link| link.strip_prefix(app.url.as_str()).unwrap().to_owned());
    }
    ids
}

#[tokio::test]
async fn items_are_the_places_that_graphql_answers_whatever_is_asked() {
    let app = TestApp::shared().await;
    for (asked, filter) in [
        ("", json!({})),
        ("&kind=mfa", json!({ "kinds": ["MFA"] })),
        ("&facilities=BIBLIOTHEEK", json!({ "facilities": { "any": ["BIBLIOTHEEK"] } })),
        (
            "&municipalityCode=GM0148&kind=DORPSHUIS",
            json!({ "within": { "municipalities": ["GM0148"] }, "kinds": ["DORPSHUIS"] }),
        ),
        ("&municipality=Zwolle", json!({ "within": { "municipalities": ["GM0193"] } })),
    ] {
        let found = walked(&app, &format!("/collections/places/items?limit=50{asked}")).await;
        let known: BTreeSet<String> = app.places(&filter, false).await.into_iter().collect();
        assert_eq!(found.len(), known.len(), "{asked}: each once");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), known, "{asked}");
    }
    // A box is of what has a point; the standard wants the rest in every box.
    let bbox = json!({ "bbox": { "west": 6.0, "south": 52.4, "east": 6.4, "north": 52.65 } });
    let mut known: BTreeSet<String> = app.places(&json!({ "within": bbox }), false).await.into_iter().collect();
    let located = app.located().await;
    let without = located.iter().filter(|place| place["location"].is_null());
    known.extend(without.map(|place| place["id"].as_str().unwrap().to_owned()));
    let open: BTreeSet<String> = app.places(&json!({}), false).await.into_iter().collect();
    let known: BTreeSet<String> = known.intersection(&open).cloned().collect();
    for asked in [
        "bbox=6.0,52.4,6.4,52.65",
        "bbox=6.0,52.4,0,6.4,52.65,100",
        "bbox=52.4,6.0,52.65,6.4&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
    ] {
        let found = walked(&app, &format!("/collections/places/items?limit=1000&{asked}")).await;
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), known, "{asked}");
    }
}

#[tokio::test]
async fn an_interval_asks_when_a_place_last_changed() {
    let app = TestApp::shared().await;
    let all = app.walk("query ($after: String) { places(first: 100, after: $after) { nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }", json!({}), "places").await;
    let day = all[0]["updatedAt"].as_str().unwrap().split('T').next().unwrap().to_owned();
    let on = |day: &str| all.iter().filter(|place| place["updatedAt"].as_str().unwrap().starts_with(day)).count();
    for (asked, count) in [
        (day.clone(), on(&day)),
        (
            format!("{day}T00:00:00Z/.."),
            all.iter().filter(|place| place["updatedAt"].as_str() >= Some(day.as_str())).count(),
        ),
        ("../1999-12-31".to_owned(), 0),
    ] {
        let page = ogc(&app, &format!("/collections/places/items?limit=1&datetime={asked}")).await;
        assert_eq!(page["numberMatched"], count, "{asked}");
    }
}

#[tokio::test]
async fn a_system_of_coordinates_is_that_of_the_answer_and_is_told() {
    let app = TestApp::shared().await;
    let query = "{ place(by: { slug: \"kulturhus-trefkoele-dalfsen\" }) { id location { lon lat rd { x y } } } }";
    let place = app.graphql(query, json!({})).await["place"].clone();
    let at = format!("/ogc/collections/places/items/{}", place["id"].as_str().unwrap());
    let number = |path: &str| place.pointer(path).and_then(Value::as_f64).unwrap();
    let (lon, lat) = (number("/location/lon"), number("/location/lat"));
    let rd = [number("/location/rd/x"), number("/location/rd/y")];
    // Of a sphere, as EPSG has it.
    let radius = 6_378_137.0;
    let north = (std::f64::consts::FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln();
    let mercator = [radius * lon.to_radians(), radius * north];
    for (crs, expected, within) in [
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", [lon, lat], 1e-6),
        ("http://www.opengis.net/def/crs/EPSG/0/4258", [lat, lon], 1e-6),
        (RD, rd, 0.06),
        ("http://www.opengis.net/def/crs/EPSG/0/3857", mercator, 0.12),
    ] {
        let response = app.get(&format!("{at}?crs={crs}")).await;
        assert_eq!(response.headers()["content-crs"], format!("<{crs}>").as_str());
        let feature: Value = response.json().await.unwrap();
        for (axis, expected) in expected.into_iter().enumerate() {
            let found = feature["geometry"]["coordinates"][axis].as_f64().unwrap();
            assert!((found - expected).abs() <= within, "{crs}: {found} is not {expected}");
        }
    }
    // The same box in metres.
    let [x, y] = rd;
    let sides = format!("{},{},{},{}", x - 1.0, y - 1.0, x + 1.0, y + 1.0);
    let page = ogc(&app, &format!("/collections/places/items?limit=1000&bbox-crs={RD}&bbox={sides}")).await;
    assert!(page["features"].as_array().unwrap().iter().any(|feature| feature["id"] == place["id"]));
}

#[tokio::test]
async fn what_there_is_is_found_from_the_landing_page_alone() {
    let app = TestApp::shared().await;
    // Programs that join addresses ask with a slash.
    assert_eq!(ogc(&app, "").await["links"][2], ogc(&app, "/").await["links"][2]);
    let mut to_see: Vec<String> = vec!["/ogc".to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(path) = to_see.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let response = app.get(&path).await;
        assert_eq!(response.status(), 200, "{path}");
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let value: Value = response.json().await.unwrap();
        let links = value["links"].as_array().into_iter().flatten();
        let of_collections = value["collections"].as_array().into_iter().flatten();
        for link in links.chain(of_collections.flat_map(|one| one["links"].as_array().unwrap())) {
            let Some(path) = link["href"].as_str().unwrap().strip_prefix(app.url.as_str()) else { continue };
            if link["rel"] == "self" && path == "/ogc" {
                assert_eq!(link["type"], kind.as_str());
            }
            if link["type"] != "text/html" {
                to_see.push(path.to_owned());
            }
        }
    }
    assert!(seen.len() >= 4 + 4 * 11, "only {} were found: {seen:#?}", seen.len());
    assert!(seen.contains("/ogc/api") && seen.contains("/ogc/collections/survey/schema"), "{seen:#?}");
}

#[tokio::test]
async fn who_opens_an_address_in_a_browser_gets_a_page_of_the_same() {
    let app = TestApp::shared().await;
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let asked = |path: &str, accept: &'static str| {
        app.client.get(format!("{}/ogc{path}", app.url)).header(header::ACCEPT, accept).send()
    };
    let item = "/collections/places/items/place:kulturhus-trefkoele-dalfsen";
    for path in [
        "",
        "/api",
        "/conformance",
        "/collections",
        "/collections/places",
        "/collections/survey/queryables",
        "/collections/activities/schema",
        "/collections/policies/items",
        item,
    ] {
        let page = asked(path, browser).await.unwrap();
        assert_eq!(page.status(), 200, "{path}");
        assert!(page.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"), "{path}");
        assert_eq!(page.headers()[header::VARY], "Accept, Accept-Encoding", "{path}");
        let page = page.text().await.unwrap();
        assert!(
            page.contains("<html lang=\"nl\">") && page.contains(&format!("href=\"/ogc{path}?lang=en\"")),
            "{path}: {page}"
        );
        // Whatever is liked, an address can say what it is to be.
        let json = asked(&format!("{path}?f=json"), browser).await.unwrap();
        assert!(json.headers()[header::CONTENT_TYPE].to_str().unwrap().contains("json"), "{path}");
        for accept in ["*/*", "application/json", "application/geo+json, text/html;q=0.5"] {
            let json = asked(path, accept).await.unwrap();
            assert!(json.headers()[header::CONTENT_TYPE].to_str().unwrap().contains("json"), "{path}: {accept}");
        }
    }
    // What GeoJSON says of an item stands on its page; what it does not know too.
    let feature = ogc(&app, item).await;
    let page = app.body(&format!("/ogc{item}?f=html&lang=en")).await.1;
    assert!(page.contains("<html lang=\"en\">") && page.contains("not known"), "{page}");
    for name in ["name", "street", "postcode", "municipality", "attribution"] {
        let told = match &feature["properties"][name] {
            Value::Array(all) => all[0].as_str().unwrap().to_owned(),
            one => one.as_str().unwrap().to_owned(),
        };
        assert!(page.contains(&told), "{name}: {told}");
    }
    // A walk by the link to the next page sees each item once.
    let (mut seen, mut next) = (Vec::new(), Some("/ogc/collections/settlements/items?f=html&limit=500".to_owned()));
    while let Some(path) = next {
        let page = app.body(&path).await.1;
        let (list, rest) = page.split_once("<ul class=\"plain\">").unwrap().1.split_once("</ul>").unwrap();
        let items = list.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        seen.extend(items);
        let to_next = rest.split_once("\" rel=\"next\"").map(|(before, _)| before.rsplit_once("href=\"").unwrap().1);
        next = to_next.map(|href| href.replace("&#38;", "&").strip_prefix(app.url.as_str()).unwrap().to_owned());
    }
    let count = ogc(&app, "/collections/settlements/items?limit=1").await["numberMatched"].as_u64().unwrap();
    assert_eq!(seen.len() as u64, count);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len() as u64, count, "each once");
}

#[tokio::test]
async fn its_description_has_every_address_and_every_column() {
    let app = TestApp::shared().await;
    let response = app.get("/ogc/api").await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/vnd.oai.openapi+json;version=3.0");
    let api: Value = response.json().await.unwrap();
    assert_eq!(api["servers"][0]["url"], format!("{}/ogc", app.url).as_str());
    let limit = &api["components"]["parameters"]["limit"];
    assert_eq!(limit["schema"], json!({ "type": "integer", "minimum": 1, "maximum": 1000, "default": 100 }));
    assert_eq!((&limit["style"], &limit["explode"]), (&json!("form"), &json!(false)));
    for (path, item) in api["paths"].as_object().unwrap() {
        if path.contains('{') {
            continue;
        }
        let path = format!("/ogc{}", path.trim_end_matches('/'));
        let response = app.get(&path).await;
        assert_eq!(response.status(), 200, "{path}");
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
        assert!(item["get"]["responses"]["200"]["content"][kind].is_object(), "{path}: {kind}");
    }
    let parameters = |path: &str| -> BTreeSet<String> {
        let all = api["paths"][path]["get"]["parameters"].as_array().unwrap();
        let name = |one: &Value| match one["$ref"].as_str() {
            Some(known) => known.rsplit('/').next().unwrap().to_owned(),
            None => one["name"].as_str().unwrap().to_owned(),
        };
        all.iter().map(name).collect()
    };
    for collection in noaber::collections::all() {
        let at = format!("/collections/{}", collection.name);
        let asked = ogc(&app, &format!("{at}/queryables")).await;
        let told = parameters(&format!("{at}/items"));
        for name in asked["properties"].as_object().unwrap().keys().filter(|name| *name != "geometry") {
            assert!(told.contains(name), "{} {name}", collection.name);
        }
        let refused = app.body(&format!("/ogc{at}/items?gemeente=Zwolle")).await;
        assert_eq!(refused.0, 400);
        for name in told {
            assert!(refused.1.contains(&name), "{} takes {name}, and does not say so: {}", collection.name, refused.1);
        }
    }
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let app = TestApp::shared().await;
    for (path, status, sentence) in [
        ("/collections/polls", 404, "there is no collection `polls`; there are places"),
        ("/collections/places/items/place:nergens", 404, "`place:nergens` is no id in `places`"),
        ("/collections/places/items?limit=0", 400, "`limit` is `0`; it is a whole number from 1 to 1000"),
        ("/collections/places/items?limit=5&limit=6", 400, "`limit` is given twice"),
        ("/collections/places/items?bbox=1,2,3", 400, "`bbox` is `1,2,3`; it is four numbers"),
        ("/collections/places/items?crs=EPSG:3035", 400, "`crs` is `EPSG:3035`; there are"),
        ("/collections/places/items?datetime=gisteren", 400, "`datetime` is `gisteren`; it is a day"),
        ("/collections/places/items?lang=de", 400, "`lang` is `de`; it is nl or en"),
        ("/collections/places?limit=5", 400, "`limit` is not a parameter here"),
        ("/collections/places/items?edition=1999-01-01-000000000000", 404, "edition"),
    ] {
        let (found, body) = app.body(&format!("/ogc{path}")).await;
        assert_eq!(found, status, "{path}: {body}");
        assert!(body.contains(sentence), "{path}: {body}");
    }
}
