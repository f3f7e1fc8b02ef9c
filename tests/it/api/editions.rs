//! Editions: a new one is served without a stop, an old one stays readable, what is withdrawn is in none of them.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use noaber::library;
use serde_json::{Value, json};

use crate::support::TestApp;

const PLACE: &str = "de-wiekelaar-oudleusen";

/// A place that no seed has, with a source of its own and one that it shares.
const ADDED: [&str; 5] = [
    "INSERT INTO source (id, layer, title, url) VALUES ('web-kwakelborg', 'place-facts', 'Site van Huis Kwakelborg', 'https://kwakelborg.example/')",
    "INSERT INTO place (key, name, municipality, settlement, street, house_number, postcode, lon, lat, precision, uncertainty_radius_m, updated_at)
     VALUES ('proefplek', 'Huis Kwakelborg', 'GM0193', 'Zwolle', 'Kwakelborgstraat', '1', '8011 ZZ', 6.09, 52.51, 'ADDRESS', 0, '2026-11-25 00:00:00+00:00')",
    "INSERT INTO place_name (place, name) VALUES ('proefplek', 'De oude Kwakelborg')",
    "INSERT INTO place_source (place, source, field) VALUES ('proefplek', 'web-kwakelborg', 'name')",
    "INSERT INTO place_source (place, source, field)
     VALUES ('proefplek', (SELECT min(source) FROM place_source WHERE place = 'de-wiekelaar-oudleusen'), 'location')",
];

fn renamed(name: &str) -> String {
    format!("UPDATE place SET name = '{name}' WHERE key = '{PLACE}'")
}

/// Gives the first source of the place another title.
fn retitled(title: &str) -> String {
    format!(
        "UPDATE source SET title = '{title}' WHERE id = (SELECT min(source) FROM place_source WHERE place = '{PLACE}')"
    )
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// What is asked of an edition, as addresses without the edition.
fn addresses() -> Vec<String> {
    let query = "{ dataset { edition placeCount sources { title } } places(first: 100, orderBy: { field: NAME, direction: DESC }) {
        nodes { id name sources { title fields } location { source { title } } } pageInfo { endCursor } } }";
    vec![
        format!("/graphql?query={}", encoded(query)),
        "/places.csv".to_owned(),
        "/places.geojson".to_owned(),
        "/places.csv?municipality=GM0148".to_owned(),
    ]
}

fn of(address: &str, edition: &str) -> String {
    format!("{address}{}edition={edition}", if address.contains('?') { '&' } else { '?' })
}

#[tokio::test]
async fn an_old_edition_answers_as_it_did_when_it_was_served_from_memory_and_from_the_archive() {
    let app = TestApp::start().await;
    let old = app.edition();
    let mut before = Vec::new();
    for address in addresses() {
        let (status, body) = app.body(&address).await;
        assert_eq!(status, 200, "{address}");
        assert_eq!(app.body(&of(&address, &old)).await.1, body, "the edition that is served, by name: {address}");
        before.push((address, body));
    }
    let closed = format!("DELETE FROM place WHERE key = (SELECT max(key) FROM place WHERE key <> '{PLACE}')");
    let mut changes = vec![renamed("Anders"), retitled("Andere titel"), closed];
    changes.extend(ADDED.map(str::to_owned));
    let new = app.publish(&changes.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_ne!(new, old);

    // One that began afterwards has the old edition in the archive only.
    let beside = app.beside().await;
    assert_eq!(beside.edition(), new);
    for (address, body) in &before {
        for app in [&app, &beside] {
            let now = app.body(address).await.1;
            assert!(now != *body, "{address} did not change");
            let response = app.get(&of(address, &old)).await;
            assert_eq!(response.headers()["cache-control"], "public, max-age=86400");
            assert!(response.text().await.unwrap() == *body, "{address} of {old}");
        }
    }

    // By POST too, and the pages.
    let body = json!({ "query": "{ dataset { edition } place(by: { slug: \"de-wiekelaar-oudleusen\" }) { sources { title } } }" });
    let ask = beside.client.post(format!("{}/graphql?edition={old}", beside.url)).json(&body);
    let answer: Value = ask.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["data"]["dataset"]["edition"], json!(old));
    assert!(!answer.to_string().contains("Andere titel"), "{answer}");
    for page in ["/?municipality=dalfsen", "/en?municipality=dalfsen"] {
        let (status, html) = beside.body(&of(page, &old)).await;
        assert!(status == 200 && html.contains(&old) && !html.contains("Anders"), "{page}");
        assert!(html.contains(&format!("/places.csv?edition={old}")), "{page}");
        assert!(beside.body(page).await.1.contains("Anders"), "{page}");
    }
}

#[tokio::test]
async fn an_edition_that_there_is_none_of_is_refused() {
    let app = TestApp::shared().await;
    for id in ["2020-01-01-0123456789ab", "2026-11-24-000000000000"] {
        let (status, body) = app.body(&format!("/graphql?query=%7B__typename%7D&edition={id}")).await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (400, &json!("EDITION_UNAVAILABLE")), "{body}");
        assert!(body["errors"][0]["message"].as_str().unwrap().contains("`noaber editions` lists"), "{body}");
        for path in ["/places.csv", "/places.geojson", "/", "/en"] {
            let (status, body) = app.body(&format!("{path}?edition={id}")).await;
            assert!(status == 404 && body.contains("there is no edition"), "{path}: {status} {body}");
        }
    }
    let served = app.edition();
    let twice = format!("edition={served}&edition={served}");
    assert_eq!(app.body(&format!("/graphql?query=%7B__typename%7D&{twice}")).await.0, 400);
    assert_eq!(app.body(&format!("/places.csv?{twice}")).await.0, 400);
    assert_eq!(app.body("/places.csv?edition=").await.0, 200);
}

#[tokio::test]
async fn eight_clients_see_no_failure_and_no_mixture_while_editions_come_and_go() {
    let app = Arc::new(TestApp::start().await);
    // Before the clients begin the place has the name and the title of edition 0.
    let name = |number: usize| format!("Naam {number}");
    let title = |number: usize| format!("Titel {number}");
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let change = |number: usize| [renamed(&name(number)), retitled(&title(number))];
    let first = change(0);
    numbers.insert(app.publish(&[first[0].as_str(), first[1].as_str()]).await, 0);

    let is_over = Arc::new(AtomicBool::new(false));
    let seen: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
    let clients: Vec<_> = (0..8)
        .map(|client| {
            let (app, is_over, seen) = (app.clone(), is_over.clone(), seen.clone());
            tokio::spawn(async move {
                let mut round = 0;
                while !is_over.load(Ordering::Relaxed) {
                    round += 1;
                    // Each text is new, so that no answer comes from the cache.
                    let query = format!(
                        "{{ a{client}_{round}: __typename dataset {{ edition }} place(by: {{ slug: \"{PLACE}\" }}) {{ name sources {{ title }} }} }}"
                    );
                    let mut data = app.graphql(&query, json!({})).await;
                    let edition = data["dataset"]["edition"].as_str().unwrap().to_owned();
                    seen.lock().unwrap().push((edition, data["place"].take().to_string()));
                    if client % 4 == 0 {
                        let (status, csv) = app.body("/places.csv?municipality=GM0148").await;
                        assert_eq!(status, 200, "{csv}");
                        let mut csv = csv::Reader::from_reader(csv.as_bytes());
                        let edition = csv.headers().unwrap().iter().position(|name| name == "edition").unwrap();
                        let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
                        let row = rows.iter().find(|row| row[0] == format!("place:{PLACE}")).unwrap();
                        seen.lock().unwrap().push((row[edition].to_owned(), row[1].to_owned()));
                    }
                }
            })
        })
        .collect();
    for number in 1..=3 {
        let next = change(number);
        numbers.insert(app.publish(&[next[0].as_str(), next[1].as_str()]).await, number);
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    is_over.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.unwrap();
    }
    let seen = seen.lock().unwrap();
    let mut answers = HashMap::<usize, usize>::new();
    for (edition, text) in seen.iter() {
        let number = numbers[edition];
        *answers.entry(number).or_default() += 1;
        for other in 0..=3 {
            assert_eq!(text.contains(&name(other)), other == number, "edition {number}: {text}");
            // A row of the download has no titles.
            assert_eq!(text.contains(&title(other)), other == number && text.contains("sources"), "{number}: {text}");
        }
    }
    assert!(answers.len() >= 3, "too few editions were met to say anything: {answers:?}");
}

#[tokio::test]
async fn a_cursor_of_an_old_edition_is_refused_and_goes_on_where_its_edition_is_named() {
    let app = TestApp::start().await;
    let old = app.edition();
    let page = "query ($after: String) { places(first: 2, after: $after) { nodes { name } pageInfo { endCursor } } }";
    let first = app.graphql(page, json!({})).await;
    let after = json!({ "after": first["places"]["pageInfo"]["endCursor"] });
    let second = app.graphql(page, after.clone()).await;
    let new = app.publish(&[&renamed("Aaa")]).await;
    assert_eq!(
        app.refusal(page, after.clone()).await,
        format!(
            "BAD_CURSOR: the cursor in `after` belongs to edition `{old}`, and edition `{new}` is read; go on with it at \
             `/graphql?edition={old}`, or start again without it"
        )
    );
    let ask = app.client.post(format!("{}/graphql?edition={old}", app.url));
    let answer: Value =
        ask.json(&json!({ "query": page, "variables": after })).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["data"], second);
}

#[tokio::test]
async fn an_edition_that_cannot_be_built_leaves_the_old_one_serving_and_is_told() {
    let app = TestApp::start().await;
    let old = app.edition();
    let query =
        format!("{{ dataset {{ edition }} place(by: {{ slug: \"{PLACE}\" }}) {{ name sources {{ title }} }} }}");
    let before = app.graphql(&query, json!({})).await;
    let label = "UPDATE source SET layer = 'nowhere' WHERE id = 'cbs-85039ned'";
    let faulty = app.record(&[&retitled("Nieuw"), label]).await;
    app.until("the fault is told", |library| library.not_published().is_some()).await;

    let (status, ready) = app.body("/health/ready").await;
    let ready: Value = serde_json::from_str(&ready).unwrap();
    assert_eq!((status, &ready["status"], &ready["edition"]), (200, &json!("ready"), &json!(old)), "{ready}");
    assert_eq!(ready["notPublished"]["edition"], json!(faulty));
    assert!(
        ready["notPublished"]["reason"].as_str().unwrap().contains("is of layer `nowhere`, which is not there"),
        "{ready}"
    );
    // Anew, not from the cache: the tables have another edition by now.
    let again = query.replacen("{ ", "{ again: __typename ", 1);
    let after = app.graphql(&again, json!({})).await;
    assert_eq!((&after["dataset"], &after["place"]), (&before["dataset"], &before["place"]));

    let repaired = "UPDATE source SET layer = 'land-area' WHERE id = 'cbs-85039ned'";
    app.publish(&[repaired]).await;
    let ready: Value = serde_json::from_str(&app.body("/health/ready").await.1).unwrap();
    assert_eq!(ready.get("notPublished"), None, "{ready}");
    assert!(app.graphql(&query, json!({})).await["place"].to_string().contains("Nieuw"));
}

#[tokio::test]
async fn a_database_that_goes_stops_neither_serving_nor_the_look_for_a_new_edition() {
    let app = TestApp::start().await;
    let edition = app.edition();
    app.lose_database().await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let data = app.graphql("{ dataset { edition } places(first: 1) { nodes { name } } }", json!({})).await;
    assert_eq!(data["dataset"]["edition"], json!(edition));
    assert_eq!(app.library().not_published(), None);
}

#[tokio::test]
async fn what_is_withdrawn_is_in_no_answer_of_any_edition_and_its_id_is_told() {
    let app = TestApp::start().await;
    let seed = app.edition();
    let with = app.publish(&ADDED).await;
    let later = app.publish(&[&renamed("Later")]).await;
    let gone = app.publish(&["DELETE FROM place WHERE key = 'proefplek'"]).await;
    let beside = app.beside().await;
    let changes = |since: &str| {
        format!(
            "/graphql?query={}",
            encoded(&format!("{{ changes(since: \"{since}\", first: 100) {{ nodes {{ kind id name }} }} }}"))
        )
    };
    let mut asked: Vec<String> = vec![changes(&with), changes(&later)];
    for edition in [&with, &later] {
        asked.extend(addresses().iter().map(|address| of(address, edition)));
        asked.push(of("/", edition));
    }
    // Everything is warm: in the caches, on the shelf.
    for app in [&app, &beside] {
        let mut found = 0;
        for address in &asked {
            found += usize::from(app.body(address).await.1.contains("Kwakelborg"));
        }
        assert!(found >= 8, "only {found} of {} answers have it", asked.len());
    }

    let withdrawn = library::withdraw(app.library().store(), "proefplek", "asked by its owner").await.unwrap();
    // The last of the three had no more than the source that the place left behind; without it there is a new edition.
    assert_eq!(withdrawn.editions, 3);
    assert!(![&seed, &with, &later, &gone].contains(&&withdrawn.edition));
    for app in [&app, &beside] {
        app.until("the withdrawal is seen", |library| library.generation() > 0).await;
        assert_eq!(app.edition(), withdrawn.edition);
        for address in &asked {
            let (status, body) = app.body(address).await;
            assert!(status == 200 && !body.contains("wakelborg"), "{address}: {status}");
        }
        let (_, geojson) = app.body(&of("/places.geojson", &later)).await;
        let geojson: Value = serde_json::from_str(&geojson).unwrap();
        assert_eq!((&geojson["edition"], &geojson["withdrawn"]), (&json!(later), &json!(["place:proefplek"])));
        let (_, geojson) = app.body(&of("/places.geojson", &seed)).await;
        assert!(!geojson.contains("withdrawn"), "the seed never had it");
    }
}

#[tokio::test]
async fn what_is_withdrawn_while_nothing_new_can_be_served_does_not_come_back_with_the_next_edition() {
    let app = TestApp::start().await;
    let with = app.publish(&ADDED).await;
    app.record(&["UPDATE source SET layer = 'nowhere' WHERE id = 'cbs-85039ned'"]).await;
    library::withdraw(app.library().store(), "proefplek", "asked by its owner").await.unwrap();
    app.until("the withdrawal is seen", |library| library.generation() > 0).await;
    assert_eq!(app.edition(), with, "nothing else can be served");
    for address in [
        "/places.csv",
        "/graphql?query=%7Bplaces(last:100)%7Bnodes%7Bname%7D%7D%20search(text:%22Kwakelborg%22)%7B__typename%7D%7D",
    ] {
        let (status, body) = app.body(address).await;
        assert!(status == 200 && !body.contains("wakelborg"), "{address}: {status}");
    }
    app.publish(&["UPDATE source SET layer = 'land-area' WHERE id = 'cbs-85039ned'"]).await;
    for address in ["/places.csv".to_owned(), of("/places.csv", &with)] {
        let (status, body) = app.body(&address).await;
        assert!(status == 200 && !body.contains("wakelborg"), "{address}: {status}");
    }
}
