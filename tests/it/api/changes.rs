//! `changes(since:)`, held against the two editions as they are served, field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::TestApp;

/// The lists of things with an id, and what is known of each of them by itself, one line a field.
const LISTS: [(&str, &str, bool); 4] = [
    (
        "places",
        "name alternativeNames kind kindBasis status lastConfirmed municipality { id } settlement
         address { street houseNumber postcode line } location { lon lat precision uncertaintyRadius } website legalForm
         foundedYear facilities absentFacilities activities absentActivities culturalProgramme runBy openingHours
         wheelchairAccessible sources { title url licence publishedAt fields }",
        true,
    ),
    (
        "municipalities",
        "name slug population populationDate landArea boundary labelPoint { lon lat } inventory expectedPlaces
         contactPoint { role url email } policy { vision financialSupport otherSupport ambition contactMoment
         documents { title kind stance year themes summary source { title url } } }",
        false,
    ),
    (
        "settlements",
        "name slug kind municipality { id } parent { id } population populationDate ownPopulation location { lon lat } boundary",
        true,
    ),
    ("neighbourhoods", "name level municipality { id } population boundary", true),
];

/// CBS has not been imported; without some wijken there would be none to compare.
const NEIGHBOURHOODS: [&str; 2] = [
    "INSERT INTO neighbourhood (code, name, level, municipality, population, boundary)
     VALUES ('WK019301', 'Assendorp', 'WIJK', 'GM0193', 100, (SELECT boundary FROM municipality WHERE code = 'GM0193'))",
    "INSERT INTO neighbourhood (code, name, level, municipality, population, boundary)
     VALUES ('WK019302', 'Berkum', 'WIJK', 'GM0193', NULL, (SELECT boundary FROM municipality WHERE code = 'GM0193'))",
];

type Things = BTreeMap<String, Value>;

/// Everything of an edition by id.
async fn things(app: &TestApp, edition: &str) -> Things {
    let mut things = Things::new();
    for (list, selection, is_paged) in LISTS {
        let mut after = Value::Null;
        loop {
            let query = match (list, is_paged) {
                ("places", _) => format!(
                    "query ($after: String) {{ list: places(filter: {{ status: [OPEN, PLANNED, CLOSED] }}, includeUnknown: true, first: 100, after: $after) {{ nodes {{ id {selection} }} pageInfo {{ hasNextPage endCursor }} }} }}"
                ),
                (_, true) => format!(
                    "query ($after: String) {{ list: {list}(first: 100, after: $after) {{ nodes {{ id {selection} }} pageInfo {{ hasNextPage endCursor }} }} }}"
                ),
                (_, false) => format!("{{ list: {list} {{ id {selection} }} }}"),
            };
            let body = json!({ "query": query, "variables": { "after": after } });
            let ask = app.client.post(format!("{}/graphql?edition={edition}", app.url)).json(&body);
            let mut answer: Value = ask.send().await.unwrap().json().await.unwrap();
            assert!(answer.get("errors").is_none(), "{answer}");
            let mut list = answer["data"]["list"].take();
            let nodes = if is_paged { list["nodes"].take() } else { list.take() };
            let Value::Array(nodes) = nodes else { panic!("no nodes") };
            things.extend(nodes.into_iter().map(|node| (node["id"].as_str().unwrap().to_owned(), node)));
            if !is_paged || list["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = list["pageInfo"]["endCursor"].clone();
        }
    }
    things
}

/// What became of everything, from the two answers alone.
fn expected(before: &Things, now: &Things) -> Vec<Value> {
    let ids: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let change = |id: &&String| {
        let told = |kind: &str, thing: &Value, fields: Vec<&str>| {
            let node = if kind == "REMOVED" { Value::Null } else { json!({ "id": id }) };
            Some(json!({ "kind": kind, "id": id, "name": thing["name"], "fields": fields, "node": node }))
        };
        match (before.get(*id), now.get(*id)) {
            (None, Some(new)) => told("ADDED", new, Vec::new()),
            (Some(old), None) => told("REMOVED", old, Vec::new()),
            (Some(old), Some(new)) => {
                let old = old.as_object().unwrap();
                let differs = |field: &&String| old[*field] != new[*field];
                let mut fields: Vec<&str> = old.keys().filter(differs).map(String::as_str).collect();
                fields.sort_unstable();
                if fields.is_empty() { None } else { told("CHANGED", new, fields) }
            }
            (None, None) => None,
        }
    };
    ids.iter().filter_map(change).collect()
}

const CHANGES: &str = "query ($since: String!, $first: Int, $after: String) {
    changes(since: $since, first: $first, after: $after) {
        nodes { kind id name fields node { id } }
        edges { cursor node { id } }
        totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}";

/// Changes of every kind, of every list.
const STATEMENTS: [&str; 19] = [
    "UPDATE place SET name = 'Anders', status = 'CLOSED', street = 'Nieuwe weg', lon = lon + 0.001, updated_at = '2026-11-25 00:00:00+00:00'
     WHERE key = 'de-wiekelaar-oudleusen'",
    "UPDATE place SET kind = 'OVERIG', kind_basis = 'STATED', last_confirmed = '2026-11', website = 'https://example.org/',
     legal_form = 'OVERIG', founded_year = 1900, cultural_programme = false, run_by = 'VOLUNTEERS', opening_hours = 'Mo 09:00-10:00',
     wheelchair_accessible = false WHERE key = (SELECT min(key) FROM place)",
    "DELETE FROM place_facility WHERE place = (SELECT min(place) FROM place_facility)",
    "INSERT INTO place_facility (place, facility, present) VALUES ((SELECT max(key) FROM place), 'GGD', false)",
    "INSERT INTO place_activity (place, activity, present) VALUES ((SELECT max(key) FROM place), 'BINGO', true)",
    "INSERT INTO place_name (place, name) VALUES ((SELECT max(key) FROM place), 'Ook zo genoemd')",
    // Alone no change: bookkeeping.
    "UPDATE place SET updated_at = '2026-11-25 00:00:00+00:00' WHERE key LIKE 'd%' AND key <> 'de-wiekelaar-oudleusen'",
    "UPDATE source SET retrieved = '2026-11-25' WHERE id IN (SELECT source FROM policy_document)",
    "UPDATE source SET title = 'Andere titel' WHERE id = (SELECT max(source) FROM place_source)",
    "DELETE FROM place WHERE key = 'huis-aan-de-dijk' OR key = (SELECT max(key) FROM place WHERE key LIKE 'k%')",
    "INSERT INTO place (key, name, municipality, settlement, updated_at)
     VALUES ('aaa-proef', 'Proef', 'GM0193', 'Zwolle', '2026-11-25 00:00:00+00:00')",
    "INSERT INTO place_source (place, source, field) VALUES ('aaa-proef', (SELECT min(source) FROM place_source), 'name')",
    "UPDATE municipality SET population = population + 1, expected_places = 3, contact_role = 'accommodatiebeleid' WHERE code = 'GM0193'",
    "UPDATE municipality SET inventory = 'COMPLETE', label_lon = label_lon + 0.001 WHERE code = 'GM0150'",
    "UPDATE policy_document SET summary = 'Anders samengevat.' WHERE key = 'policy-011'",
    "DELETE FROM policy_status WHERE municipality = 'GM0160'",
    "UPDATE neighbourhood SET population = 101, name = 'Assendorp-Noord' WHERE code = 'WK019301'",
    "DELETE FROM neighbourhood WHERE code = 'WK019302'",
    "UPDATE settlement SET population = 7, own_population = 7, name = 'Elders' WHERE id = (SELECT min(id) FROM settlement)",
];

#[tokio::test]
async fn added_changed_and_removed_are_told_with_the_fields_that_differ_in_the_answers() {
    let app = TestApp::start().await;
    let old = app.publish(&NEIGHBOURHOODS).await;
    let new = app.publish(&STATEMENTS).await;
    let (before, now) = (things(&app, &old).await, things(&app, &new).await);
    let expected = expected(&before, &now);
    for kind in ["ADDED", "CHANGED", "REMOVED"] {
        assert!(expected.iter().any(|change| change["kind"] == kind), "nothing is {kind}");
    }
    assert!(expected.len() >= 12, "{}", expected.len());

    let mut data = app.graphql(CHANGES, json!({ "since": old, "first": 100 })).await;
    assert_eq!(data["changes"]["nodes"], json!(expected));
    assert_eq!(data["changes"]["totalCount"], json!(expected.len()));
    let edges = data["changes"]["edges"].take();
    let ids: Vec<&Value> = edges.as_array().unwrap().iter().map(|edge| &edge["node"]["id"]).collect();
    assert_eq!(ids, expected.iter().map(|change| &change["id"]).collect::<Vec<_>>());

    // The other way round, from the old edition: what was added is removed.
    let backwards = self::expected(&now, &before);
    let body = json!({ "query": CHANGES, "variables": { "since": new, "first": 100 } });
    let ask = app.client.post(format!("{}/graphql?edition={old}", app.url)).json(&body);
    let answer: Value = ask.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["data"]["changes"]["nodes"], json!(backwards));

    // Page by page it is the same list, and a page before a page is told.
    let mut paged = Vec::new();
    let mut after = Value::Null;
    loop {
        let mut data = app.graphql(CHANGES, json!({ "since": old, "first": 5, "after": after })).await;
        let Value::Array(nodes) = data["changes"]["nodes"].take() else { panic!("no nodes") };
        assert_eq!(data["changes"]["pageInfo"]["hasPreviousPage"], json!(!paged.is_empty()));
        paged.extend(nodes);
        if data["changes"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = data["changes"]["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(paged, expected);
}

#[tokio::test]
async fn from_an_edition_to_itself_nothing_changed_and_from_none_it_is_refused() {
    let app = TestApp::start().await;
    let data = app.graphql(CHANGES, json!({ "since": app.edition() })).await;
    assert_eq!((&data["changes"]["nodes"], &data["changes"]["totalCount"]), (&json!([]), &json!(0)));
    assert_eq!(
        app.refusal(CHANGES, json!({ "since": "2020-01-01-0123456789ab" })).await,
        "EDITION_UNAVAILABLE: there is no edition `2020-01-01-0123456789ab`; `noaber editions` lists those that can be read, \
         `dataset { edition }` names the one that is served"
    );
    // A cursor belongs to one `since`.
    let old = app.edition();
    app.publish(&STATEMENTS).await;
    let newer = app.publish(&["UPDATE place SET name = 'Nog anders' WHERE key = 'de-wiekelaar-oudleusen'"]).await;
    let data = app.graphql(CHANGES, json!({ "since": old, "first": 1 })).await;
    let after = &data["changes"]["pageInfo"]["endCursor"];
    let refusal = app.refusal(CHANGES, json!({ "since": newer, "after": after })).await;
    assert!(refusal.starts_with("BAD_CURSOR: the cursor in `after` belongs to another list"), "{refusal}");
}
