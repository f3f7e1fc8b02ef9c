//! The list and map for other sites: what it lists is what the API answers, what it lets load, and the snippet that shows it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
};

use geo::{CoordsIter, Validation};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use crate::{
    oracle::{Oracle, project_file},
    support::TestApp,
};

/// The items of the list, each from its tag on, by id of the place, in order.
fn items(page: &str) -> Vec<(String, String)> {
    let list = page.split("<ol class=\"places\">").nth(1).unwrap().split("</ol>").next().unwrap();
    let item = |text: &str| (format!("place:{}", text.split('"').next().unwrap()), text.to_owned());
    list.split("<li id=\"plek-").skip(1).map(item).collect()
}

fn listed(page: &str) -> Vec<String> {
    items(page).into_iter().map(|(id, _)| id).collect()
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

async fn page(app: &TestApp, parameters: &str) -> String {
    let (status, body) = app.body(&format!("/embed{parameters}")).await;
    assert_eq!(status, 200, "{parameters}: {body}");
    body
}

/// Addresses, and what they ask as a filter of the API.
fn asked() -> Vec<(&'static str, Value)> {
    vec![
        ("?municipality=GM0148", json!({ "within": { "municipalities": ["GM0148"] } })),
        (
            "?municipality=dalfsen,Ommen&kind=&near=&radius=",
            json!({ "within": { "municipalities": ["GM0148", "GM0175"] } }),
        ),
        ("?kind=KULTURHUS&kind=mfa", json!({ "kinds": ["KULTURHUS", "MFA"] })),
        (
            "?facility=BIBLIOTHEEK&activity=KOFFIEMOMENT",
            json!({ "facilities": { "any": ["BIBLIOTHEEK"] }, "activities": { "any": ["KOFFIEMOMENT"] } }),
        ),
        ("?settlement=nieuwleusen", json!({ "within": { "settlements": ["settlement:NL.TOP10NL.132596129"] } })),
        (
            "?near=6.257,52.509&radius=5000",
            json!({ "within": { "circle": { "center": { "wgs84": { "lon": 6.257, "lat": 52.509 } }, "radius": 5000 } } }),
        ),
        (
            "?municipality=GM0148&near=6.2569,52.5091&radius=4600&lang=en",
            json!({ "and": [
            { "within": { "municipalities": ["GM0148"] } },
            { "within": { "circle": { "center": { "wgs84": { "lon": 6.257, "lat": 52.509 } }, "radius": 4600 } } },
        ] }),
        ),
    ]
}

#[tokio::test]
async fn the_list_is_what_the_api_answers() {
    let app = TestApp::shared().await;
    let everything = page(&app, "").await;
    assert_eq!(sorted(listed(&everything)), Oracle::seed().answer(&json!({}), false));
    for (parameters, filter) in asked() {
        let [certain, possible] = [app.places(&filter, false).await, app.places(&filter, true).await];
        assert!(!certain.is_empty(), "{parameters} finds nothing");
        let page = page(&app, parameters).await;
        assert_eq!(sorted(listed(&page)), sorted(certain.clone()), "{parameters}");
        // Unknown is not "no", and is told.
        let undecided = possible.len() - certain.len();
        let told =
            page.contains("niet bekend of ze eraan voldoen") || page.contains("niet bekend of die eraan voldoet");
        assert_eq!(told, undecided > 0 && !parameters.contains("lang=en"), "{parameters}: {undecided} undecided");
        if told && undecided > 1 {
            assert!(page.contains(&format!("Van {undecided} andere plekken")), "{parameters}");
        }
    }
}

/// By the haversine formula on a sphere, which is within 0.2 % of the plane of RD here: the earth is rounder from north to south.
fn great_circle_m(lon: f64, lat: f64, other_lon: f64, other_lat: f64) -> f64 {
    let (phi, other_phi) = (lat.to_radians(), other_lat.to_radians());
    let half = |from: f64, to: f64| ((to - from) / 2.0).sin().powi(2);
    let h = half(phi, other_phi) + phi.cos() * other_phi.cos() * half(lon.to_radians(), other_lon.to_radians());
    2.0 * 6_383_000.0 * h.sqrt().asin()
}

#[tokio::test]
async fn distances_are_told_nearest_first_with_their_uncertainty_from_a_rounded_point() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let rounded = page(&app, "?near=6.2,52.5").await;
    assert_eq!(page(&app, "?near=6.20049,52.49951").await, rounded, "finer than the point is used");
    assert!(page(&app, "?radius=5000").await.contains("de grens van 5 km telt daarom niet"));
    assert!(rounded.contains("52,500 noorderbreedte, 6,200 oosterlengte"));
    let mut last = 0.0;
    let mut coarse = 0;
    for (id, item) in items(&rounded) {
        let Some(at) = oracle.place(&id).at else {
            assert!(item.contains("afstand niet bekend"), "{id}");
            continue;
        };
        let distance = great_circle_m(6.2, 52.5, at.lon, at.lat);
        assert!(distance >= last * 0.996 - 0.1, "{id} is out of order");
        last = distance;
        let told = item.split("<b>").nth(1).unwrap().split("</b>").next().unwrap();
        let words = told.trim_start_matches("op ").trim_start_matches("ongeveer ").split(" (").next().unwrap();
        let (number, unit) = words.rsplit_once(' ').unwrap();
        if words != "minder dan 100 m" {
            let number: f64 = number.replace(',', ".").parse().unwrap();
            let metres = if unit == "km" { number * 1_000.0 } else { number };
            assert!((metres - distance).abs() <= 50.1 + 0.002 * distance, "{id}: {told}, measured {distance}");
        }
        let is_coarse = item.contains("data-radius");
        assert_eq!(told.contains("ongeveer") && told.contains("schelen"), is_coarse, "{id}: {told}");
        coarse += usize::from(is_coarse);
    }
    assert!(coarse > 50, "{coarse} coarse places");
}

#[tokio::test]
async fn what_it_cannot_answer_it_refuses_with_a_sentence_and_lists_everything() {
    let app = TestApp::shared().await;
    for (parameters, reason) in [
        ("municipality=Amsterdam", "`Amsterdam` is niet een van de 25 gemeenten van Overijssel"),
        ("kind=kerk", "`kerk` is geen waarde van `kind`; er zijn"),
        ("settlement=nergens", "`nergens` is geen kern; noem er een zoals in een adres of met TOP10NL-id"),
        ("near=52.509,6.257&lang=en", "look swapped"),
        ("near=6.257", "`near` is `6.257`; verwacht wordt lengte,breedte"),
        ("near=NaN,52.5", "NaN"),
        ("near=6.257,52.509&radius=-5", "`radius` is `-5`; verwacht wordt meer dan 0 en hoogstens 150000 meter"),
        ("radius=inf", "`radius` is `inf`"),
        ("lang=de", "`de` is geen waarde van `lang`; er zijn nl en en"),
        ("basemap=osm", "`osm` is geen waarde van `basemap`"),
        ("gemeente=Dalfsen", "`gemeente` is hier geen parameter; gebruik municipality"),
        ("near=6.2,52.5&near=6.3,52.5", "`near` staat er twee keer; noem er één"),
    ] {
        let response = app.get(&format!("/embed?{parameters}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{parameters}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        let page = response.text().await.unwrap();
        let refusal = page.split("class=\"refusal\"").nth(1).unwrap().split("</p>").next().unwrap();
        assert!(refusal.contains(reason), "{parameters}: {refusal}");
        assert_eq!(items(&page).len(), 282, "{parameters}");
    }
    let hostile = app.get("/embed?settlement=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await.text().await.unwrap();
    assert!(!hostile.contains("<script>alert(1)"));
    assert_eq!(app.get("/embed?edition=2020-01-01-000000000000").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn any_site_may_frame_it_and_it_loads_from_pdok_only_where_that_was_asked() {
    let app = TestApp::shared().await;
    let policy = async |path: &str| {
        let response = app.get(path).await;
        assert!(!response.headers().contains_key(header::SET_COOKIE), "{path}");
        assert!(!response.headers().contains_key(header::X_FRAME_OPTIONS), "{path}");
        response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
    };
    let own = policy("/embed?municipality=GM0148").await;
    assert_eq!(
        own.split("; ").collect::<BTreeSet<_>>(),
        BTreeSet::from([
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors *",
        ])
    );
    let brt = policy("/embed?basemap=brt").await;
    assert_eq!(brt.replace(" https://service.pdok.nl", ""), own);
    assert_eq!(policy("/embed?basemap=own").await, own);
    assert_eq!(policy("/embed?basemap=brt&kind=kerk").await, own, "a refusal shows nothing of elsewhere");
    let maker = policy("/embed/maker").await;
    assert!(maker.contains("frame-ancestors 'none'") && !maker.contains("script-src"), "{maker}");
    let page = page(&app, "?basemap=brt").await;
    assert!(page.contains("BRT-A, Kadaster/PDOK"));
    for address in page.split(" src=\"").skip(1).chain(page.split(" href=\"").skip(1)) {
        let (address, rest) = address.split_once('"').unwrap();
        // What is followed, and not loaded: the site of a place, in a window of its own.
        let is_followed = rest.starts_with(" target=\"_blank\" rel=\"noopener\">");
        assert!(address.starts_with('/') || address.starts_with('#') || is_followed, "{address}");
    }
}

#[tokio::test]
async fn its_symbols_are_those_of_the_map_for_documents() {
    let app = TestApp::shared().await;
    let (status, svg) = app.body("/map.svg").await;
    assert_eq!(status, 200);
    // The outline is written around another point and in another size, so its commands are compared, and its colour.
    let look = |drawn: &str| {
        let outline = drawn.rsplit(" d=\"").next().unwrap();
        let commands: String = outline.split('"').next().unwrap().chars().filter(char::is_ascii_alphabetic).collect();
        (commands, outline.split("fill=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
    };
    let on_paper: BTreeMap<String, _> = svg
        .split("<g class=\"place\" data-id=\"")
        .skip(1)
        .map(|drawn| (drawn.split('"').next().unwrap().to_owned(), look(drawn.split("</g>").next().unwrap())))
        .collect();
    let page = page(&app, "").await;
    let mut looks = BTreeSet::new();
    for (id, item) in items(&page) {
        let symbol = item.split("</svg>").next().unwrap();
        if let Some(expected) = on_paper.get(&id) {
            let seen = look(symbol.split("</g>").next().unwrap());
            assert_eq!(seen, *expected, "{id}");
            looks.insert(seen);
            assert!(!item.contains("data-radius"), "{id}");
        } else {
            assert!(symbol.contains("stroke-dasharray") && item.contains("data-radius"), "{id} is coarse on paper");
        }
    }
    assert!(on_paper.len() > 100 && looks.len() >= 7, "{looks:?}");
}

#[tokio::test]
async fn the_ground_is_the_borders_and_villages_of_the_edition_and_light_enough_to_load() {
    let app = TestApp::shared().await;
    let path = format!("/embed/ground.geojson?edition={}", app.edition());
    let request = app.client.get(format!("{}{path}", app.url)).header(header::ACCEPT_ENCODING, "gzip");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/geo+json");
    let packed = response.bytes().await.unwrap();
    assert!(packed.len() < 150_000, "{} bytes", packed.len());
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).unwrap();
    let ground: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(ground["edition"], app.edition());
    for name in ["CBS / Kadaster", "TOP10NL"] {
        assert!(ground["attribution"].as_str().unwrap().contains(name));
    }
    let features = ground["features"].as_array().unwrap();
    let of = |kind: &str| features.iter().filter(|feature| feature["properties"]["kind"] == kind).count();
    assert_eq!(of("municipality"), 25);
    assert!(of("settlement") > 150);
    // Simplified and rounded, but no outline crosses itself.
    for feature in features {
        let polygons = polygons(&feature["geometry"]);
        assert!(polygons.is_valid(), "{} {:?}", feature["properties"], polygons.validation_errors());
    }
    // Its borders are those of the API, to the step of its decimals.
    let border = app
        .graphql("{ municipality(by: { code: \"GM0148\" }) { boundary } }", json!({}))
        .await["municipality"]["boundary"]
        .clone();
    let own = features.iter().find(|feature| feature["properties"]["id"] == "GM0148").unwrap();
    let corners = |geometry: &Value| polygons(geometry).coords_iter().collect::<Vec<_>>();
    let (seen, expected) = (corners(&own["geometry"]), corners(&border));
    let is_near =
        |one: &geo::Coord, other: &geo::Coord| (one.x - other.x).abs().max((one.y - other.y).abs()) <= 0.000_051;
    for (ones, others) in [(&seen, &expected), (&expected, &seen)] {
        let alone = ones.iter().find(|one| !others.iter().any(|other| is_near(one, other)));
        assert_eq!(alone, None, "a corner of one is none of the other");
    }
}

#[tokio::test]
async fn an_edition_that_is_named_is_passed_on() {
    let app = TestApp::shared().await;
    let edition = app.edition();
    let page = page(&app, &format!("?municipality=GM0148&edition={edition}")).await;
    assert!(page.contains(&format!("/place/kulturhus-trefkoele-dalfsen?edition={edition}")));
    assert!(page.contains(&format!("<input type=\"hidden\" name=\"edition\" value=\"{edition}\">")));
    assert!(page.contains(&format!("/embed/ground.geojson?edition={edition}")));
}

/// The text of the only `<textarea>`, with the escapes of HTML undone once.
fn snippet(page: &str) -> String {
    let text = page.split("<textarea").nth(1).unwrap().split_once('>').unwrap().1.split("</textarea>").next().unwrap();
    text.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&")
}

#[tokio::test]
async fn the_maker_writes_a_frame_that_shows_what_was_chosen() {
    let app = TestApp::shared().await;
    let response = app
        .get("/embed/maker?municipality=dalfsen&lang=en&height=500&basemap=own&kind=KULTURHUS&kind=MFA&facility=SPORT")
        .await;
    assert_eq!(response.status(), StatusCode::OK);
    let page = response.text().await.unwrap();
    let frame = snippet(&page);
    let address = frame.split("src=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    assert_eq!(address, format!("{}/embed?facility=SPORT&kind=KULTURHUS,MFA&lang=en&municipality=GM0148", app.url));
    for part in [
        " title=\"Meeting places in the municipality of Dalfsen\"",
        " lang=\"en\"",
        " loading=\"lazy\"",
        " height=\"500\"",
        " sandbox=\"allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox\"",
    ] {
        assert!(frame.contains(part), "{part} is not in {frame}");
    }
    let shown = app.client.get(&address).send().await.unwrap();
    assert_eq!(shown.status(), StatusCode::OK);
    let filter = json!({
        "kinds": ["KULTURHUS", "MFA"],
        "facilities": { "any": ["SPORT"] },
        "within": { "municipalities": ["GM0148"] },
    });
    assert_eq!(sorted(listed(&shown.text().await.unwrap())), sorted(app.places(&filter, false).await));
    for (parameters, reason) in [
        ("height=10", "verwacht worden hele pixels van 300 tot 2000"),
        ("kind=kerk", "is geen waarde"),
        ("x=1", "is hier geen parameter"),
    ] {
        let response = app.get(&format!("/embed/maker?{parameters}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{parameters}");
        assert!(response.text().await.unwrap().contains(reason), "{parameters}");
    }
    // What is shown in the page itself asks nobody else.
    let brt = app.get("/embed/maker?basemap=brt").await.text().await.unwrap();
    assert!(snippet(&brt).contains("/embed?basemap=brt&amp;lang=nl") && !brt.contains("<iframe class"));
    assert!(page.contains("<iframe class"));
    assert!(app.get("/").await.text().await.unwrap().contains("href=\"/embed/maker\""));
}

#[tokio::test]
async fn the_snippet_of_the_documents_is_what_the_maker_writes() {
    let app = TestApp::shared().await;
    let request = app.client.get(format!("{}/embed/maker?municipality=GM0148", app.url));
    let page = request.header(header::HOST, "127.0.0.1:8080").send().await.unwrap().text().await.unwrap();
    let document = std::fs::read_to_string(project_file("docs/embed-and-maps.md")).unwrap();
    assert!(document.contains(&format!("```html\n{}\n```", snippet(&page))), "{}", snippet(&page));
}

#[tokio::test]
async fn the_maker_writes_no_address_that_somebody_else_chose() {
    let app = TestApp::shared().await;
    for (host, scheme, expected) in [
        ("plekken.example.nl", Some("https"), "https://plekken.example.nl/embed?lang=nl"),
        ("plekken.example.nl", None, "/embed?lang=nl"),
        ("plekken.example.nl", Some("javascript"), "/embed?lang=nl"),
        ("x.nl\"onload=\"alert(1)", Some("https"), "/embed?lang=nl"),
        ("user:secret@x.nl", Some("https"), "/embed?lang=nl"),
    ] {
        let mut request = app.client.get(format!("{}/embed/maker", app.url)).header(header::HOST, host);
        if let Some(scheme) = scheme {
            request = request.header("x-forwarded-proto", scheme);
        }
        let response = request.send().await.unwrap();
        if response.status() == StatusCode::BAD_REQUEST {
            continue; // Refused before it reached us.
        }
        assert_eq!(response.headers()[header::CACHE_CONTROL], "private, no-cache", "{host}");
        let page = response.text().await.unwrap();
        assert!(snippet(&page).contains(&format!("<iframe src=\"{expected}\"")), "{host}: {}", snippet(&page));
        assert_eq!(page.contains("/embed, zoals https://"), expected.starts_with('/'), "{host}");
    }
}

/// The polygons of a GeoJSON geometry, read by the crate of that name.
fn polygons(geometry: &Value) -> geo::MultiPolygon<f64> {
    let read: geojson::Geometry = serde_json::from_value(geometry.clone()).unwrap();
    match geo::Geometry::<f64>::try_from(read).unwrap() {
        geo::Geometry::Polygon(polygon) => polygon.into(),
        geo::Geometry::MultiPolygon(polygons) => polygons,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_frame_tells_what_a_visitor_needs_and_keeps_its_municipality() {
    let app = TestApp::start_changed(&[
        "UPDATE place SET opening_hours = 'Mo-Fr 09:00-17:00' WHERE key = 'kulturhus-trefkoele-dalfsen'".to_owned(),
    ])
    .await;
    let page =
        app.get("/embed?municipality=GM0148&kind=kulturhus&accent=7A1F5C&font=serif").await.text().await.unwrap();
    let (_, entry) = page.split_once("<li id=\"plek-kulturhus-trefkoele-dalfsen\"").unwrap();
    let entry = entry.split("</li>").next().unwrap();
    for told in
        ["Sport, Bibliotheek", "9:00", "href=\"https://www.trefkoeleplus.nl\" target=\"_blank\" rel=\"noopener\""]
    {
        assert!(entry.contains(told), "{told}: {entry}");
    }
    assert!(
        page.contains("href=\"/embed?accent=7a1f5c&#38;font=serif&#38;municipality=GM0148\" data-load"),
        "what clears the choice"
    );
    let theme = page.split("<link rel=\"stylesheet\" href=\"").find(|rest| rest.starts_with("/embed/theme")).unwrap();
    let theme = theme.split('"').next().unwrap().replace("&#38;", "&");
    let sheet = app.get(&theme).await;
    assert_eq!(sheet.headers()["content-type"], "text/css; charset=utf-8");
    assert!(sheet.text().await.unwrap().contains("--accent: #7a1f5c;"));
    let plain = app.get("/embed?municipality=GM0148").await.text().await.unwrap();
    assert!(!plain.contains("data-load") && !plain.contains("theme.css"), "nothing was chosen by a visitor");
    let (status, pale) = app.body("/embed?accent=ffff00").await;
    assert!(status == 400 && pale.contains("`ffff00` is geen kleur waarop wit te lezen is"), "{status}");
    // A postcode is its middle, as everywhere.
    let near = app.get("/embed?postcode=7721&radius=2000").await.text().await.unwrap();
    assert!(near.contains("met postcode 7721") && near.contains("plek-kulturhus-trefkoele-dalfsen"), "{near}");
    // Where visitors are is asked only where the site says so.
    let maker =
        async |asked: &str| app.get(&format!("/embed/maker?municipality=GM0148{asked}")).await.text().await.unwrap();
    assert!(!maker("").await.contains("allow=&#34;geolocation"));
    assert!(maker("&geolocation=yes").await.contains("allow=&#34;geolocation&#34;"));
}
