//! Pages for people, health for those who keep it running, and what there is not.

use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use crate::{
    oracle::{Oracle, Place, seed_csv},
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
async fn what_is_not_known_is_a_list_to_work_through() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    for (query, count) in [("", 282), ("?municipality=dalfsen", 0)] {
        let text = app.get(&format!("/gaps.csv{query}")).await.text().await.unwrap();
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert!(if count == 0 { (5..100).contains(&rows.len()) } else { rows.len() == count }, "{}", rows.len());
        for row in &rows {
            let place = oracle.places.iter().find(|place| place.id() == row[0]).unwrap();
            assert_eq!(row[8].split(';').collect::<Vec<_>>(), place.missing(), "{}", place.id());
        }
        let gaps: Vec<usize> =
            rows.iter().map(|row| row[7].parse::<usize>().unwrap() - row[6].parse::<usize>().unwrap()).collect();
        assert!(gaps.is_sorted_by(|a, b| a >= b), "{gaps:?}");
    }
    // The page of a municipality has each of its places, and the list in which to fill in what is known.
    for (path, words) in [("/gaps", "openingstijden"), ("/en/gaps", "opening hours")] {
        let (status, page) = app.body(&format!("{path}?municipality=dalfsen")).await;
        assert!(status == 200 && page.contains(words) && page.contains("/template.xlsx?municipality=GM0148"), "{page}");
        let of_dalfsen =
            oracle.places.iter().filter(|place| place.row["municipality"] == "GM0148" && !place.is_closed());
        for place in of_dalfsen {
            assert!(page.contains(&format!("/place/{}\"", place.row["key"])), "{}", place.id());
        }
        let (status, page) = app.body(path).await;
        assert!(status == 200 && page.matches("?municipality=GM").count() == 25 && !page.contains("/template.xlsx"));
    }
    let workbook = app.get("/template.xlsx?municipality=Dalfsen").await;
    assert_eq!(workbook.status(), StatusCode::OK);
    assert!(workbook.bytes().await.unwrap().starts_with(b"PK"));
    for query in ["", "?municipality=GM0363", "?municipality=dalfsen,ommen"] {
        let (status, body) = app.body(&format!("/template.xlsx{query}")).await;
        assert!(status == 400 && body.contains("?municipality=GM0148"), "{status} {body}");
    }
}

#[tokio::test]
async fn both_pages_list_every_open_place_and_not_the_closed_one() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    for (path, language) in [("/places", "nl"), ("/en/places", "en")] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        let page = response.text().await.unwrap();
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{path}");
        let pages = app.pages(path).await;
        assert_eq!(pages.len(), 255_usize.div_ceil(50), "{path}");
        for place in &oracle.places {
            let times = pages.iter().filter(|page| is_listed(page, place)).count();
            assert_eq!(times, usize::from(!place.is_closed()), "{path}: {}", place.id());
        }
        assert!(pages.iter().all(|page| page.matches("id=\"plek-").count() <= 50), "{path}");
        let edition = app.graphql("{ dataset { edition } }", json!({})).await;
        assert!(page.contains(edition["dataset"]["edition"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn the_form_of_a_page_filters_its_list() {
    let app = TestApp::shared().await;
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
        // The list once stood on the first page, where links still lead.
        for path in ["/", "/en/places"] {
            let response = app.get(&format!("{path}?{parameters}")).await;
            assert_eq!(response.status(), StatusCode::OK, "{parameters}");
            let pages = app.pages(&format!("{path}?{parameters}")).await.concat();
            let listed: Vec<String> =
                oracle.places.iter().filter(|place| is_listed(&pages, place)).map(Place::id).collect();
            assert_eq!(listed, expected, "{path}?{parameters}");
        }
    }
}

#[tokio::test]
async fn a_page_that_cannot_filter_says_why_and_lists_everything() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    for (parameters, reason) in [
        ("municipality=Amsterdam", "is niet een van de 25 gemeenten van Overijssel"),
        ("kind=kerk", "is geen waarde van"),
        ("bbox=52.4,6.0,52.65,6.4", "`bbox` is `52.4,6.0,52.65,6.4`; verwacht wordt"),
        ("page=7", "`page` is `7`; verwacht wordt een bladzijde van 1 tot en met 6"),
        ("gemeente=Zwolle", "`gemeente` is hier geen parameter; gebruik municipality, settlement, kind"),
    ] {
        let response = app.get(&format!("/?{parameters}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{parameters}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        let page = response.text().await.unwrap();
        assert!(page.contains(reason), "{parameters}");
        assert_eq!(oracle.places.iter().filter(|place| is_listed(&page, place)).count(), 50, "{parameters}");
        assert!(page.contains("282 plekken in 25 gemeenten"), "{parameters}");
    }
    // Links carry parameters of those who count visitors.
    let linked = app.get("/?utm_source=nieuwsbrief&kind=MFA").await;
    assert_eq!(linked.status(), StatusCode::OK);
    assert!(linked.text().await.unwrap().contains(" van 282 plekken voldoen"));
    assert!(app.get("/?lang=en").await.text().await.unwrap().contains("<html lang=\"en\">"));
    let hostile = app.get("/?municipality=%3Cscript%3Ealert(1)%3C/script%3E").await.text().await.unwrap();
    assert!(!hostile.contains("<script>alert(1)"));
}

#[tokio::test]
async fn a_page_tells_the_browser_to_load_nothing_from_elsewhere() {
    let app = TestApp::shared().await;
    for path in ["/", "/en", "/places", "/search?text=dalfsen", "/examples", "/en/examples", "/graphiql", "/?kind=kerk"]
    {
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
        (
            "/health/ready",
            json!({ "status": "ready", "edition": edition, "database": "answers", "secondsSinceDatabaseAnswered": 0 }),
        ),
    ] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let mut told = response.json::<Value>().await.unwrap();
        if let Some(ago) = told.get_mut("secondsSinceDatabaseAnswered") {
            // Longer on a busy machine.
            assert!(ago.is_u64());
            *ago = json!(0);
        }
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn what_there_is_not_is_a_problem_in_json() {
    let app = TestApp::shared().await;
    for path in ["/nergens", "/plekken", "/graphql/x", "/assets/nergens.js", "/assets/..%2fCargo.toml"] {
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

/// What a browser says that it reads when somebody goes to an address.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

#[tokio::test]
async fn who_reads_a_refusal_in_a_browser_gets_a_page_in_the_language_of_the_address() {
    let app = TestApp::shared().await;
    let no_edition = "Er is geen editie `2020-01-01-0123456789ab`; zonder `edition` komt de nieuwste.";
    for (path, status, language, sentence) in [
        ("/kaart", 404, "nl", "Er is niets op `/kaart`; op `/` staat wat er is."),
        ("/en/map", 404, "en", "There is nothing at `/en/map`; `/` lists what there is."),
        ("/engels", 404, "nl", "Er is niets op `/engels`; op `/` staat wat er is."),
        ("/a<b>&c", 404, "nl", "Er is niets op `/a%3Cb%3E&c`; op `/` staat wat er is."),
        ("/assets/nope.css", 404, "nl", "Zo’n bestand is er niet."),
        ("/?edition=2020-01-01-0123456789ab", 404, "nl", no_edition),
        ("/embed?edition=2020-01-01-0123456789ab", 404, "nl", no_edition),
        ("/place/x?edition=2020-01-01-0123456789ab", 404, "nl", no_edition),
        ("/en/examples?edition=2020-01-01-0123456789ab", 404, "en", "There is no edition `2020-01-01-0123456789ab`;"),
        ("/map.png?width=5", 400, "nl", "`width` is `5`; verwacht wordt een maat in millimeter van 60 tot 1200."),
        ("/map.png?scale=9&lang=en", 400, "en", "`scale` is `9`; expected dots per inch from 36 to 300."),
        ("/map.svg?coverage=-1", 400, "nl", "`coverage` is `-1`; verwacht wordt een afstand van meer dan 0"),
        ("/map.svg?title=%E4%B8%AD", 400, "nl", "In `title` staat het teken `中` (U+4E2D);"),
        ("/map.svg?bbox=0,0,1,1", 400, "nl", "daarin ligt niets van Overijssel"),
        ("/map.svg?width=100&height=400", 400, "nl", "de een is hoogstens 3 keer de ander"),
        ("/places.csv?kind=kasteel", 400, "nl", "`kasteel` is geen waarde van `kind`;"),
        ("/schema.graphql?x=1", 400, "nl", "`x` is hier geen parameter;"),
    ] {
        let url = format!("{}{path}", app.url);
        let response = app.client.get(&url).header(header::ACCEPT, BROWSER).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8", "{path}");
        assert!(response.headers().contains_key("content-security-policy"), "{path}");
        let page = response.text().await.unwrap();
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{path}: {page}");
        assert!(escaped(sentence).iter().any(|sentence| page.contains(sentence)), "{path}: {page}");

        // A program, and a picture or script in a page, get the same sentence in JSON, or their own kind of answer.
        for accept in ["*/*", "image/avif,image/webp,*/*;q=0.8", "application/json", "text/html;q=0, */*"] {
            let response = app.client.get(&url).header(header::ACCEPT, accept).send().await.unwrap();
            assert_eq!(response.status().as_u16(), status, "{path} {accept}");
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json", "{path} {accept}");
        }
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
    app.until("the withdrawal is seen", |library| library.generation() > 0).await;
    let page = app.get("/privacy").await.text().await.unwrap();
    assert!(
        page.contains("<code>de-wiekelaar-oudleusen</code></td><td>op verzoek van &#60;de eigenaar&#62;</td>"),
        "{page}"
    );
    assert!(!page.contains("Er is nog geen plek verwijderd."));
}

#[tokio::test]
async fn every_place_has_a_page_with_every_fact_and_its_sources() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    for place in oracle.places.iter().step_by(9) {
        let key = &place.row["key"];
        let page = app.get(&format!("/place/{key}")).await;
        assert_eq!(page.status(), StatusCode::OK, "{key}");
        let page = page.text().await.unwrap();
        for column in ["name", "settlement", "website", "founded_year", "street"] {
            let value = &place.row[column];
            assert!(
                value.is_empty() || escaped(value).iter().any(|text| page.contains(text)),
                "{key}: {column} {value}"
            );
        }
        // Nothing known is said in words, as often as nothing is known.
        let unknown = ["kind", "status", "website", "legal_form", "run_by", "founded_year", "opening_hours"]
            .into_iter()
            .filter(|column| place.row[*column].is_empty())
            .count();
        assert!(page.matches("niet bij ons bekend").count() > unknown, "{key}");
        let query = "query($slug: String!) { place(by: { slug: $slug }) { sources { title } name } }";
        let known = app.graphql(query, json!({ "slug": key })).await;
        for source in known["place"]["sources"].as_array().unwrap() {
            let title = source["title"].as_str().unwrap();
            assert!(escaped(title).iter().any(|text| page.contains(text)), "{key}: {title}");
        }
        assert!(page.contains(&format!("mailto:{CONTACT}?subject=")) && page.contains(&format!("Sleutel%3A%20{key}")));
    }
}

#[tokio::test]
async fn the_page_of_a_place_says_the_same_to_machines() {
    let app = TestApp::shared().await;
    let key = "kulturhus-trefkoele-dalfsen";
    let page = app.get(&format!("/en/place/{key}")).await.text().await.unwrap();
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let data: Value = serde_json::from_str(json).unwrap();
    let query = "query($slug: String!) { place(by: { slug: $slug }) {
        name location { lat } address { postcode } facilities
    } }";
    let known = app.graphql(query, json!({ "slug": key })).await;
    let known = &known["place"];
    assert_eq!((&data["@type"], &data["name"]), (&json!("CivicStructure"), &known["name"]));
    assert_eq!(data["geo"]["latitude"], known["location"]["lat"]);
    assert_eq!(data["address"]["postalCode"], known["address"]["postcode"]);
    assert!(data["amenityFeature"].as_array().unwrap().len() >= known["facilities"].as_array().unwrap().len());
}

#[tokio::test]
async fn a_closed_place_tells_machines_that_it_is_closed() {
    let app = TestApp::start().await;
    let places = seed_csv("places.csv");
    let data = async |prefix: &str, key: &str| -> Value {
        let page = app.get(&format!("{prefix}/place/{key}")).await.text().await.unwrap();
        let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    };
    let find = |kind: &str, status: &str| places.iter().find(|row| row["kind"] == kind && row["status"] == status);
    let closed = find("OVERIG", "CLOSED").unwrap();
    for (prefix, said) in [("", "Gesloten"), ("/en", "Closed")] {
        let data = data(prefix, &closed["key"]).await;
        assert_eq!((&data["publicAccess"], &data["description"]), (&json!(false), &json!(said)));
    }
    let other = data("/en", &find("OVERIG", "OPEN").unwrap()["key"]).await;
    assert_eq!((&other["publicAccess"], &other["description"]), (&Value::Null, &Value::Null), "nothing is said");
    let kulturhus = data("/en", &find("KULTURHUS", "OPEN").unwrap()["key"]).await;
    assert_eq!((&kulturhus["publicAccess"], &kulturhus["description"]), (&Value::Null, &json!("Kulturhus")));
    app.publish(&["UPDATE place SET status = 'CLOSED' WHERE key = 'kulturhus-trefkoele-dalfsen'"]).await;
    assert_eq!(data("", "kulturhus-trefkoele-dalfsen").await["description"], json!("Kulturhus (gesloten)"));
}

#[tokio::test]
async fn a_coarse_place_has_no_point_for_machines_and_says_so_to_people() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let place =
        oracle.places.iter().find(|place| place.row["precision"] == "SETTLEMENT" && !place.is_closed()).unwrap();
    let page = app.get(&format!("/place/{}", place.row["key"])).await.text().await.unwrap();
    assert!(!page.contains("GeoCoordinates"));
    assert!(page.contains("waar het gebouw precies staat, is niet bekend"), "{page}");
}

#[tokio::test]
async fn a_place_that_is_not_there_and_one_that_was_removed_are_told_apart() {
    let app = TestApp::start().await;
    let none = app.get("/place/nergens").await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
    assert_eq!(none.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8", "a citizen reads it");
    assert!(none.text().await.unwrap().contains("Er is geen plek met de sleutel ‘nergens’."));
    let capitals = app.get("/en/place/De-Wiekelaar-Oudleusen").await;
    assert_eq!((capitals.status(), capitals.url().path()), (StatusCode::OK, "/en/place/de-wiekelaar-oudleusen"));
    noaber::library::withdraw(app.library().store(), "de-wiekelaar-oudleusen", "op verzoek").await.unwrap();
    app.until("it is gone", |library| library.served().place_by_key("de-wiekelaar-oudleusen").is_none()).await;
    let gone = app.get("/en/place/de-wiekelaar-oudleusen").await;
    assert_eq!(gone.status(), StatusCode::GONE);
    assert!(gone.text().await.unwrap().contains("was removed from the data on"));
}

#[tokio::test]
async fn pages_answers_and_texts_count_the_same_places_and_say_how_many_are_closed() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let of = |code: &str, is_closed: bool| {
        let all = oracle.places.iter().filter(|place| place.row["municipality"] == code);
        all.filter(|place| place.is_closed() == is_closed).count()
    };
    let query =
        "{ municipalities { code slug placeCount places { totalCount } } dataset { placeCount closedPlaceCount }
        places { totalCount } coverage(maxDistance: 1000) { note } }";
    let data = app.graphql(query, json!({})).await;
    let mut with_closed = 0;
    for municipality in data["municipalities"].as_array().unwrap() {
        let (code, slug) = (municipality["code"].as_str().unwrap(), municipality["slug"].as_str().unwrap());
        let (in_use, closed) = (of(code, false), of(code, true));
        with_closed += closed;
        assert_eq!(
            (&municipality["placeCount"], &municipality["places"]["totalCount"]),
            (&json!(in_use), &json!(in_use))
        );
        for (path, places, and_closed) in [
            (format!("/municipality/{slug}"), "bekende plekken", "bekende plekken, en 1 gesloten"),
            (format!("/en/municipality/{slug}"), "known places", "known places, and 1 closed"),
        ] {
            let page = app.get(&path).await.text().await.unwrap();
            let label = if closed == 0 { places } else { and_closed };
            assert!(page.contains(&format!("<dt>{label}</dt><dd>{in_use}</dd>")), "{path}: {in_use} {closed}");
        }
    }
    assert_eq!(with_closed, 3);
    let all = oracle.places.len() - with_closed;
    assert_eq!(data["dataset"], json!({ "placeCount": all, "closedPlaceCount": with_closed }));
    assert_eq!(data["places"]["totalCount"], all);
    let note = data["coverage"]["note"].as_str().unwrap();
    assert!(note.contains(&format!("er zijn {all} plekken bekend (gesloten niet meegeteld)")), "{note}");
    let page = app.get("/data").await.text().await.unwrap();
    assert!(page.contains(&format!("<dt>plekken</dt><dd>{all}</dd>")));
    assert!(app.get("/").await.text().await.unwrap().contains(&format!("lijst: {all} plekken zijn bekend")));
}

#[tokio::test]
async fn the_page_of_a_municipality_has_its_places_and_its_policy() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    for (path, code) in [("/municipality/dalfsen", "GM0148"), ("/en/municipality/GM0150", "GM0150")] {
        let page = app.get(path).await.text().await.unwrap();
        let own: Vec<&Place> = oracle.places.iter().filter(|place| place.row["municipality"] == code).collect();
        assert!(!own.is_empty());
        for place in own {
            assert!(page.contains(&format!("/place/{}\"", place.row["key"])), "{path}: {}", place.row["key"]);
        }
        let query = "query($code: String!) { municipality(by: { code: $code }) { policy { documents { title source { url } } } } }";
        let known = app.graphql(query, json!({ "code": code })).await;
        for document in known["municipality"]["policy"]["documents"].as_array().unwrap() {
            let title = document["title"].as_str().unwrap();
            assert!(escaped(title).iter().any(|text| page.contains(text)), "{path}: {title}");
        }
    }
    let dalfsen = app.get("/municipality/dalfsen").await.text().await.unwrap();
    let (_, rest) = dalfsen.split_once("<img src=\"/map.svg").unwrap();
    let map = format!("/map.svg{}", rest.split_once('"').unwrap().0.replace("&#38;", "&"));
    let drawn = app.get(&map).await;
    assert_eq!(
        (drawn.status(), &drawn.headers()[header::CONTENT_TYPE]),
        (StatusCode::OK, &"image/svg+xml".parse().unwrap()),
        "{map}"
    );
    assert!(dalfsen.contains("Visie en/of beleid ontwikkeld en vastgesteld"));
    assert!(dalfsen.contains("Dat heeft de gemeente niet gezegd."));
    let none = app.get("/municipality/amsterdam").await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
    // An edition in the address goes with the links.
    let edition = app.edition();
    let named = app.get(&format!("/municipality/dalfsen?edition={edition}")).await.text().await.unwrap();
    assert!(named.contains(&format!("?edition={edition}\">")));
    for path in ["/municipality/dalfsen", "/place/kulturhus-trefkoele-dalfsen", "/privacy"] {
        let other = |prefix: &str, edition: &str| format!("class=\"language\" href=\"{prefix}{path}{edition}\"");
        let named = format!("?edition={edition}");
        for (from, to) in [("", "/en"), ("/en", "")] {
            let page = app.get(&format!("{from}{path}{named}")).await.text().await.unwrap();
            assert!(page.contains(&other(to, &named)), "{from}{path}");
            let page = app.get(&format!("{from}{path}")).await.text().await.unwrap();
            assert!(page.contains(&other(to, "")), "{from}{path}");
        }
    }
    let odd = app.get("/privacy?edition=%22%3E%26x=1").await.text().await.unwrap();
    assert!(odd.contains("class=\"language\" href=\"/en/privacy\""), "{odd}");
}

/// What stands between `begin` and the next quotation mark, each time.
fn marked<'a>(page: &'a str, begin: &'a str) -> impl Iterator<Item = String> + 'a {
    page.split(begin).skip(1).map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"))
}

#[tokio::test]
async fn every_page_says_where_it_is_and_leads_to_the_rest() {
    let app = TestApp::shared().await;
    let reached = [("host", "plekken.example.nl"), ("x-forwarded-proto", "https")];
    for path in [
        "/",
        "/places",
        "/places?kind=MFA",
        "/search?text=dalfsen",
        "/settlement/oldemarkt",
        "/agenda",
        "/changes",
        "/data",
        "/examples",
        "/gaps",
        "/privacy",
        "/embed/maker",
        "/map/maker",
        "/place/kulturhus-trefkoele-dalfsen",
        "/municipality/dalfsen",
    ] {
        for (prefix, find) in [("", "Zoek een plek"), ("/en", "Find a place")] {
            let path = format!("{prefix}{}", if prefix == "/en" && path == "/" { "" } else { path });
            let mut request = app.client.get(format!("{}{path}", app.url)).header("accept", "text/html");
            for (name, value) in reached {
                request = request.header(name, value);
            }
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let page = response.text().await.unwrap();
            let address = format!("https://plekken.example.nl{path}");
            assert_eq!(marked(&page, "<link rel=\"canonical\" href=\"").collect::<Vec<_>>(), [&*address], "{path}");
            assert_eq!(marked(&page, "<meta property=\"og:url\" content=\"").next().as_ref(), Some(&address), "{path}");
            let alternates: Vec<String> = marked(&page, "<link rel=\"alternate\" href=\"").collect();
            assert!(alternates.len() == 2 && alternates.contains(&address), "{path}: {alternates:?}");
            let picture = marked(&page, "<meta property=\"og:image\" content=\"").next().unwrap();
            assert!(picture.starts_with("https://plekken.example.nl/map.png?"), "{path}: {picture}");
            for link in ["places", "agenda", "examples", "data"] {
                assert!(page.contains(&format!("<li><a href=\"{prefix}/{link}\"")), "{path}: {link}");
            }
            assert!(page.contains(&format!(">{find}</a>")), "{path}");
            // What another address is told is not kept for this one.
            let own = app.client.get(format!("{}{path}", app.url)).header("accept", "text/html").send().await.unwrap();
            let own = own.text().await.unwrap();
            assert!(!own.contains("plekken.example.nl") && own.contains(&format!("\"{}{path}\"", app.url)), "{path}");
        }
    }
    let icon = app.get("/favicon.ico").await;
    assert_eq!(icon.headers()[header::CONTENT_TYPE], "image/vnd.microsoft.icon");
    assert!(icon.bytes().await.unwrap().starts_with(&[0, 0, 1, 0]));
    // The pictures can be drawn.
    for page in ["/settlement/oldemarkt", "/place/kulturhus-trefkoele-dalfsen", "/municipality/dalfsen"] {
        let page = app.get(page).await.text().await.unwrap();
        let picture = marked(&page, "<meta property=\"og:image\" content=\"").next().unwrap();
        let small = picture.strip_prefix(&app.url).unwrap().replace("scale=200", "scale=36");
        assert_eq!(app.get(&small).await.status(), StatusCode::OK, "{small}");
    }
}

#[tokio::test]
async fn the_first_page_has_a_search_box_and_every_municipality_twice() {
    let app = TestApp::shared().await;
    let names = app.graphql("{ municipalities { slug placeCount } }", json!({})).await;
    for prefix in ["", "/en"] {
        let page = app.get(if prefix.is_empty() { "/" } else { prefix }).await.text().await.unwrap();
        for municipality in names["municipalities"].as_array().unwrap() {
            let link = format!("<a href=\"{prefix}/municipality/{}\"", municipality["slug"].as_str().unwrap());
            assert_eq!(page.matches(&link).count(), 2, "{link}: on the map and in the list");
        }
        assert!(
            page.contains(&format!("<form class=\"seek\" role=\"search\" method=\"get\" action=\"{prefix}/search\""))
        );
        assert_eq!(page.matches("id=\"plek-").count(), 0, "the list stands elsewhere");
        assert!(page.len() < 80_000, "{} bytes", page.len());
    }
}

#[tokio::test]
async fn what_is_typed_leads_to_a_page_that_is_there() {
    let app = TestApp::shared().await;
    for (typed, first) in [
        ("oldemarkt", "/settlement/oldemarkt"),
        ("trefkoele", "/place/kulturhus-trefkoele-dalfsen"),
        ("Dalfsen", "/municipality/dalfsen"),
        ("7416", "/places?postcode=7416"),
        ("Zutphenselaan", "/places?municipality=GM0150&text=Zutphenselaan%20Deventer"),
        ("bridge", "/places?activity=BRIDGE"),
        ("bibliotheek", "/places?facility=BIBLIOTHEEK"),
    ] {
        let page = app.get(&format!("/search?text={typed}")).await.text().await.unwrap();
        let found: Vec<String> = marked(page.split("<ol id=\"gevonden\"").nth(1).unwrap(), "<li><a href=\"").collect();
        assert_eq!(found[0], first, "{typed}: {found:?}");
        let (status, there) = app.body(first).await;
        assert_eq!(status, 200, "{first}");
        assert!(!first.starts_with("/places") || there.contains("id=\"plek-"), "{first} finds nothing");
    }
    let none = app.get("/search?text=qqqqqq").await.text().await.unwrap();
    assert!(none.contains("Niets gevonden bij ‘qqqqqq’") && !none.contains("gevonden\" class"), "{none}");
    let long = app.get(&format!("/en/search?text={}", "a".repeat(201))).await;
    assert_eq!(long.status(), StatusCode::BAD_REQUEST);
    assert!(long.text().await.unwrap().contains("`text` has 201 characters"));
    let hostile = app.get("/search?text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await.text().await.unwrap();
    assert!(!hostile.contains("<script>alert"));
}

#[tokio::test]
async fn a_village_without_a_place_has_the_nearest_ones() {
    let app = TestApp::shared().await;
    let query = "{ settlement(by: { slug: \"oldemarkt\" }) { location { lon lat } } }";
    let at = app.graphql(query, json!({})).await["settlement"]["location"].clone();
    let query = "query($at: PointInput!) { nearestPlaces(to: $at, first: 8) { nodes { slug } } }";
    let nearest = app.graphql(query, json!({ "at": { "wgs84": { "lon": at["lon"], "lat": at["lat"] } } })).await;
    let expected: Vec<&str> = nearest["nearestPlaces"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["slug"].as_str().unwrap())
        .collect();
    let page = app.get("/settlement/oldemarkt").await.text().await.unwrap();
    let listed: Vec<String> = marked(&page, "<h3><a href=\"/place/").collect();
    assert_eq!(listed, expected);
    assert!(page.contains("In Oldemarkt zelf kennen we geen plek; die kan er wel zijn."));
    let (status, none) = app.body("/settlement/nergens").await;
    assert!(status == 404 && none.contains("geen dorp, stad, wijk of buurtschap"), "{none}");
}

#[tokio::test]
async fn what_changed_is_told_with_old_and_new_values() {
    let app = TestApp::start().await;
    let old = app.edition();
    // As a browser asks: programs get the feed.
    let read = async |path: &str| {
        let request = app.client.get(format!("{}{path}", app.url)).header("accept", "text/html");
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    let first = read("/changes").await.1;
    assert!(first.contains("is er hier geen andere") && first.contains(&old));
    app.publish(&["UPDATE place SET status = 'CLOSED', name = 'Anders' WHERE key = 'de-wiekelaar-oudleusen'"]).await;
    let since = format!("/changes?since={old}");
    for path in ["/changes", &since, "/changes?municipality=dalfsen"] {
        let page = read(path).await.1;
        assert!(page.contains("1 wijziging tussen editie"), "{path}: {page}");
        assert!(page.contains("<a href=\"/place/de-wiekelaar-oudleusen\">Anders</a>"), "{path}");
        assert!(page.contains("<td data-label=\"Was\">De Wiekelaar</td><td data-label=\"Is\">Anders</td>"), "{path}");
        assert!(page.contains("<td data-label=\"Was\">In gebruik</td><td data-label=\"Is\">Gesloten</td>"), "{path}");
    }
    assert!(app.get("/en/changes?municipality=Zwolle").await.text().await.unwrap().contains("nothing changed"));
    for (wrong, reason) in [
        ("since=2020-01-01-0123456789ab", "een van de edities"),
        ("municipality=x", "25 gemeenten"),
        ("page=2", "bladzijde"),
    ] {
        let (status, page) = read(&format!("/changes?{wrong}")).await;
        assert!(status == 400 && page.contains(reason), "{wrong}: {status}");
    }
}

#[tokio::test]
async fn a_map_for_a_document_is_made_on_a_page() {
    let app = TestApp::shared().await;
    let page =
        app.get("/map/maker?municipality=dalfsen&kind=kulturhus&coverage=2000&width=120").await.text().await.unwrap();
    let (_, rest) = page.split_once("<img src=\"/map.svg").unwrap();
    let map = format!("/map.svg{}", rest.split('"').next().unwrap().replace("&#38;", "&"));
    let (status, drawn) = app.body(&map).await;
    assert_eq!(status, 200, "{map}");
    let wanted = app.body("/map.svg?municipality=GM0148&kind=KULTURHUS&coverage=2000&width=120&lang=nl").await.1;
    assert_eq!(drawn, wanted, "what is seen is what was chosen");
    assert!(page.contains("<option value=\"GM0148\" selected>") && page.contains("value=\"KULTURHUS\" checked"));
    let png = marked(&page, "<a class=\"take\" href=\"").next().unwrap();
    assert!(png.starts_with("/map.png?") && png.contains("municipality=GM0148") && png.contains("scale=200"), "{png}");
    let (status, refused) = app.body("/map/maker?title=%E4%B8%AD").await;
    assert!(
        status == 400 && refused.contains("in `title` staat het teken") && !refused.contains("<img src=\"/map"),
        "{refused}"
    );
}
