//! What was confirmed when, what is not known, which editions there are, and what changed.

use serde_json::{Value, json};

use crate::{
    oracle::{Oracle, Place, seed_csv},
    support::TestApp,
};

/// The first day of a date and the first day after it.
fn days(date: &str) -> (String, String) {
    let numbers: Vec<u32> = date.split('-').map(|part| part.parse().unwrap()).collect();
    let text = |year: u32, month: u32, day: u32| format!("{year:04}-{month:02}-{day:02}");
    match numbers[..] {
        [year] => (text(year, 1, 1), text(year + 1, 1, 1)),
        [year, 12] => (text(year, 12, 1), text(year + 1, 1, 1)),
        [year, month] => (text(year, month, 1), text(year, month + 1, 1)),
        // Days compare as text, the one after as well.
        _ => (date.to_owned(), format!("{date}~")),
    }
}

/// Whether a place was confirmed since a date, by the seed.
fn confirmed(place: &Place, since: &str) -> Option<bool> {
    let (first, after) = days(place.known("last_confirmed")?);
    let (since, _) = days(since);
    if first >= since { Some(true) } else { (after <= since).then_some(false) }
}

#[tokio::test]
async fn what_was_confirmed_is_asked_in_both_directions_and_undated_places_are_unknown() {
    let app = TestApp::start().await;
    let oracle = Oracle::seed();
    let open = || oracle.places.iter().filter(|place| !place.is_closed());
    let ids = |wanted: &dyn Fn(Option<bool>) -> bool, since: &str| {
        let mut ids: Vec<String> = open().filter(|place| wanted(confirmed(place, since))).map(Place::id).collect();
        ids.sort();
        ids
    };
    let ask = async |filter: Value, unknown: bool| {
        let mut found = app.places(&filter, unknown).await;
        found.sort();
        found
    };
    for since in ["2023", "2023-03-15", "2023-03-16", "2024", "2024-06", "1999", "2999"] {
        assert_eq!(ask(json!({ "confirmedSince": since }), false).await, ids(&|is| is == Some(true), since), "{since}");
        assert_eq!(
            ask(json!({ "notConfirmedSince": since }), false).await,
            ids(&|is| is == Some(false), since),
            "{since}"
        );
        assert_eq!(ask(json!({ "confirmedSince": since }), true).await, ids(&|is| is != Some(false), since), "{since}");
        assert_eq!(
            ask(json!({ "notConfirmedSince": since }), true).await,
            ids(&|is| is != Some(true), since),
            "{since}"
        );
    }
    assert!(!ids(&|is| is.is_none(), "2023").is_empty());
    let refusal = app.refusal("{ places(filter: { confirmedSince: \"soms\" }) { totalCount } }", json!({})).await;
    assert!(refusal.contains("`places(filter).confirmedSince` must be a PartialDate"), "{refusal}");
}

#[tokio::test]
async fn the_longest_unconfirmed_come_first_and_each_names_the_source_that_confirms_it() {
    let app = TestApp::start().await;
    let query =
        "query ($after: String) { places(orderBy: { field: CONFIRMED, direction: ASC }, first: 100, after: $after) {
        nodes { id lastConfirmed confirmedBy { publishedAt } } pageInfo { hasNextPage endCursor }
    } }";
    let nodes = app.walk(query, json!({}), "places").await;
    let dates: Vec<Option<&str>> = nodes.iter().map(|node| node["lastConfirmed"].as_str()).collect();
    let known = dates.iter().take_while(|date| date.is_some()).count();
    assert!(known > 200 && dates[known..].iter().all(Option::is_none), "undated ones come last");
    assert!(dates[..known].is_sorted());
    for node in &nodes {
        let source = &node["confirmedBy"];
        assert_eq!(source.is_null(), node["lastConfirmed"].is_null(), "{node}");
        assert!(source.is_null() || source["publishedAt"] == node["lastConfirmed"], "{node}");
    }
}

#[tokio::test]
async fn what_is_missing_of_a_place_a_municipality_and_a_list_is_the_same() {
    let app = TestApp::start().await;
    let oracle = Oracle::seed();
    let is_known = |place: &Place, field: &str| !place.missing().contains(&field);
    let query = "query ($after: String) { places(first: 100, after: $after) {
        nodes { id completeness { known total missing } } pageInfo { hasNextPage endCursor }
    } }";
    for node in app.walk(query, json!({}), "places").await {
        let place = oracle.place(node["id"].as_str().unwrap());
        let missing = place.missing();
        let told: Vec<&str> =
            node["completeness"]["missing"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        assert_eq!(told, missing, "{node}");
        assert_eq!(node["completeness"]["known"], json!(14 - missing.len()));
        assert_eq!(node["completeness"]["total"], 14);
    }
    let of_deventer = |place: &&Place| place.row["municipality"] == "GM0150" && !place.is_closed();
    let places: Vec<&Place> = oracle.places.iter().filter(of_deventer).collect();
    let data = app
        .graphql(
            "{ municipality(by: { code: \"GM0150\" }) { completeness { field known total share } confirmedShare(since: \"2023\") } }",
            json!({}),
        )
        .await;
    let rounded = |part: usize| (part as f64 / places.len() as f64 * 10_000.0).round() / 10_000.0;
    for row in data["municipality"]["completeness"].as_array().unwrap() {
        let field = row["field"].as_str().unwrap();
        let known = places.iter().filter(|place| is_known(place, field)).count();
        assert_eq!(
            (row["known"].as_u64(), row["total"].as_u64()),
            (Some(known as u64), Some(places.len() as u64)),
            "{field}"
        );
        assert_eq!(row["share"].as_f64(), Some(rounded(known)), "{field}");
        let filter = json!({ "missing": [field], "within": { "municipalities": ["GM0150"] } });
        assert_eq!(app.places(&filter, true).await.len(), places.len() - known, "{field}");
    }
    let since = places.iter().filter(|place| confirmed(place, "2023") == Some(true)).count();
    assert_eq!(data["municipality"]["confirmedShare"].as_f64(), Some(rounded(since)));
    assert_eq!(app.places(&json!({ "missing": [] }), true).await, [""; 0]);
    let wheelchair = app.places(&json!({ "wheelchairAccessible": true }), false).await;
    assert_eq!(wheelchair, oracle_flag(&oracle, "true"));
    assert_eq!(app.places(&json!({ "wheelchairAccessible": false }), false).await, oracle_flag(&oracle, "false"));
}

fn oracle_flag(oracle: &Oracle, wanted: &str) -> Vec<String> {
    let has = |place: &&Place| !place.is_closed() && place.known("wheelchair_accessible") == Some(wanted);
    let mut found: Vec<&Place> = oracle.places.iter().filter(has).collect();
    found.sort_by_key(|place| place.id());
    found.into_iter().map(Place::id).collect()
}

#[tokio::test]
async fn editions_are_listed_newest_first_and_a_change_tells_what_was_said_before() {
    let app = TestApp::start().await;
    let old = app.edition();
    let new = app
        .publish(&["UPDATE place SET name = 'Anders', status = 'CLOSED', opening_hours = 'Mo 09:00-10:00', street = 'Nieuwe weg', house_number = '1'
             WHERE key = 'de-wiekelaar-oudleusen'"])
        .await;
    let data = app
        .graphql(
            "query ($since: String!) {
                dataset { nl: citation citation(language: EN) editions { id places } one: editions(first: 1) { id } }
                changes(since: $since) { nodes { id fields values { field before after } } }
            }",
            json!({ "since": old }),
        )
        .await;
    let count = seed_csv("places.csv").len();
    let listed = json!([{ "id": new, "places": count }, { "id": old, "places": count }]);
    assert_eq!(data["dataset"]["editions"], listed);
    assert_eq!(data["dataset"]["one"], json!([{ "id": new }]));
    for (field, word) in [("nl", "editie"), ("citation", "edition")] {
        let text = data["dataset"][field].as_str().unwrap();
        assert!(text.contains(&format!("{word} {new}")) && text.contains("2026") && text.ends_with('.'), "{text}");
    }
    let change = &data["changes"]["nodes"][0];
    assert_eq!(change["fields"], json!(["address", "name", "openingHours", "status"]));
    let street = "G.W. Spiegelstraat 6, 7722 ST Oudleusen";
    assert_eq!(
        change["values"],
        json!([
            { "field": "address", "before": street, "after": "Nieuwe weg 1, 7722 ST Oudleusen" },
            { "field": "name", "before": "De Wiekelaar", "after": "Anders" },
            { "field": "openingHours", "before": null, "after": "Mo 09:00-10:00" },
            { "field": "status", "before": "OPEN", "after": "CLOSED" },
        ])
    );
    let refusal = app.refusal("{ dataset { editions(first: 0) { id } } }", json!({})).await;
    assert!(refusal.starts_with("BAD_USER_INPUT"), "{refusal}");
}

#[tokio::test]
async fn a_place_is_known_to_other_registers_and_may_be_another_one() {
    let app = TestApp::start().await;
    let row = |record: &str, place: &str, source: &str, same: &str| {
        format!(
            "INSERT INTO pair (record, place, source, label, likeness, same)
             VALUES ('{record}', '{place}', '{source}', '', 'same-element', {same})"
        )
    };
    let place = "de-wiekelaar-oudleusen";
    app.publish(&[
        &row("openstreetmap/way/102", place, "openstreetmap", "true"),
        &row("openstreetmap/node/7", place, "openstreetmap", "false"),
        // A record that may be one or the other, and one that is the first by its name.
        &row("GM0148/wiekelaar/oudleusen", place, "lijst", "NULL"),
        &row("GM0148/wiekelaar/oudleusen", "kulturhus-hoonhorst", "lijst", "NULL"),
        &row("GM0148/de wiekelaar/oudleusen", "kulturhus-trefkoele-dalfsen", "lijst", "NULL"),
        &row("GM0148/elders/oudleusen", "t-aahoes-aadorp", "lijst", "false"),
        "UPDATE place SET founded_year = 1901 WHERE key = 'de-wiekelaar-oudleusen'",
    ])
    .await;
    let fields = "slug identifiers { scheme value url } possibleDuplicates { slug }";
    let query = format!("query ($by: PlaceBy!) {{ place(by: $by) {{ {fields} }} }}");
    let ask = async |by: Value| app.graphql(&query, json!({ "by": by })).await["place"].take();
    let wiekelaar = json!({
        "slug": place,
        "identifiers": [{ "scheme": "OSM", "value": "way/102", "url": "https://www.openstreetmap.org/way/102" }],
        "possibleDuplicates": [{ "slug": "kulturhus-hoonhorst" }, { "slug": "kulturhus-trefkoele-dalfsen" }],
    });
    assert_eq!(ask(json!({ "slug": place })).await, wiekelaar);
    let osm = |value: &str| json!({ "identifier": { "scheme": "OSM", "value": value } });
    assert_eq!(ask(osm("way/102")).await, wiekelaar);
    assert_eq!(ask(osm("node/7")).await, Value::Null);
    assert_eq!(
        ask(json!({ "slug": "kulturhus-trefkoele-dalfsen" })).await["possibleDuplicates"],
        json!([{ "slug": place }])
    );
    assert_eq!(ask(json!({ "slug": "t-aahoes-aadorp" })).await["possibleDuplicates"], json!([]));
    assert_eq!(
        ask(json!({ "identifier": { "scheme": "BAG_ADDRESS", "value": "0148200000000001" } })).await,
        Value::Null
    );
    for (scheme, value) in [("OSM", "102"), ("OSM", "way/x"), ("BAG_ADDRESS", "148")] {
        let by = json!({ "identifier": { "scheme": scheme, "value": value } });
        let refusal = app.refusal(&query, json!({ "by": by })).await;
        assert!(refusal.starts_with(&format!("BAD_USER_INPUT: `{value}` is not ")), "{refusal}");
    }
}

#[tokio::test]
async fn a_postcode_is_a_point_that_says_how_unsure_it_is() {
    let app = TestApp::start().await;
    let query = "query ($to: PointInput!, $unknown: Boolean, $after: String) {
        nearestPlaces(to: $to, filter: { activities: { any: [BRIDGE] } }, includeUnknown: $unknown, first: 1, after: $after) {
            origin { lon lat } originUncertainty totalCount facets { municipalities { count } }
            edges { distance node { slug } } pageInfo { endCursor }
        }
    }";
    let ask = async |postcode: &str, unknown: bool| {
        let mut data = app.graphql(query, json!({ "to": { "postcode": postcode }, "unknown": unknown })).await;
        data["nearestPlaces"].take()
    };
    let (whole, four) = (ask("7416 ZJ", true).await, ask("7416", true).await);
    assert!(whole["originUncertainty"].as_f64().unwrap() > 0.0 && four["originUncertainty"].as_f64().unwrap() > 0.0);
    // Letters that nobody knows: the middle of the four digits.
    assert_eq!(ask("7416xx", true).await["origin"], four["origin"]);
    let sure = ask("7416", false).await;
    assert!(sure["totalCount"].as_u64() < four["totalCount"].as_u64());
    let counted: u64 =
        four["facets"]["municipalities"].as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum();
    assert_eq!(Some(counted), four["totalCount"].as_u64());
    // The next page goes on.
    let after = &four["pageInfo"]["endCursor"];
    let next = app.graphql(query, json!({ "to": { "postcode": "7416" }, "unknown": true, "after": after })).await;
    let distance = |list: &Value| list["edges"][0]["distance"].as_f64().unwrap();
    assert!(distance(&next["nearestPlaces"]) >= distance(&four));
    let exact = app.graphql(query, json!({ "to": { "wgs84": { "lon": 6.16, "lat": 52.26 } } })).await;
    assert_eq!(exact["nearestPlaces"]["originUncertainty"].as_f64(), Some(0.0));
    for (postcode, part) in [
        ("1012 AB", "`1012 AB` is not a postcode of Overijssel; those that are known begin with 74, "),
        ("7499", "no address with postcode `7499` is known"),
        ("74", "`74` is not a postcode; expected four digits"),
        ("Deventer", "`Deventer` is not a postcode"),
    ] {
        let refusal = app.refusal(query, json!({ "to": { "postcode": postcode } })).await;
        assert!(refusal.starts_with("BAD_USER_INPUT: ") && refusal.contains(part), "{refusal}");
    }
    let circle = json!({ "within": { "circle": { "center": { "postcode": "7416" }, "radius": 2000 } } });
    assert!(!app.places(&circle, false).await.is_empty());
}

#[tokio::test]
async fn a_settlement_is_found_by_its_slug_and_a_search_kept_to_an_area() {
    let app = TestApp::start().await;
    let query =
        "{ settlement(by: { slug: \"dalfsen\" }) { id name kind } none: settlement(by: { slug: \"nergens\" }) { id } }";
    let data = app.graphql(query, json!({})).await;
    let id = data["settlement"]["id"].as_str().unwrap();
    assert_eq!((&data["settlement"]["name"], &data["none"]), (&json!("Dalfsen"), &Value::Null));
    let within = |name: &str| json!({ "within": { "settlements": [name] } });
    assert_eq!(app.places(&within("dalfsen"), true).await, app.places(&within(id), true).await);
    let kinds = "{ settlements(kinds: [WOONKERN], first: 100) { nodes { kind } } municipality(by: { code: \"GM0148\" }) { settlements(kinds: [WOONKERN]) { kind } } }";
    let data = app.graphql(kinds, json!({})).await;
    for list in [&data["settlements"]["nodes"], &data["municipality"]["settlements"]] {
        assert!(list.as_array().unwrap().iter().all(|one| one["kind"] == "WOONKERN") && list[0].is_object());
    }

    let query = "query ($text: String!, $within: AreaInput, $types: [SearchType!]) { search(text: $text, within: $within, types: $types) {
        __typename ... on Place { slug } ... on ActivityTypeInfo { type label placeCount }
        ... on PostcodeHit { postcode location { lon } placeCount } ... on StreetHit { street settlement municipality { name } placeCount }
    } }";
    let ask = async |variables: Value| app.graphql(query, variables).await["search"].take();
    assert_eq!(ask(json!({ "text": "bridge" })).await[0]["type"], "BRIDGE");
    let street = ask(json!({ "text": "Zutphenselaan", "types": ["STREET"] })).await;
    assert_eq!(
        street,
        json!([{ "__typename": "StreetHit", "street": "Zutphenselaan", "settlement": "Deventer", "municipality": { "name": "Deventer" }, "placeCount": 1 }])
    );
    let postcode = ask(json!({ "text": "7416 zj", "within": { "municipalities": ["GM0150"] } })).await;
    assert_eq!(
        (&postcode[0]["postcode"], &postcode[1]["slug"]),
        (&json!("7416 ZJ"), &json!("speeltuin-de-driehoek-deventer"))
    );
    assert_eq!(ask(json!({ "text": "7416", "within": { "municipalities": ["GM0193"] } })).await, json!([]));
    assert_eq!(app.places(&json!({ "text": "Zutphenselaan" }), false).await, ["place:buurthuis-wijk-16-deventer"]);
    assert!(
        app.places(&json!({ "text": "deventer bridge" }), false)
            .await
            .contains(&"place:cultuurhuus-braakhekke-bathmen".to_owned())
    );
}
