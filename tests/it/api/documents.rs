//! Queries that others send: documents that mean two things at once, and texts written as tools write them.

use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{oracle::project_file, support::TestApp};

/// Refused as a whole, with the code of a document that does not fit, and a text that has all of `parts`.
async fn is_refused(app: &TestApp, query: &str, parts: &[&str]) -> Value {
    let (status, body) = app.response(query, json!({})).await;
    let error = &body["errors"][0];
    assert_eq!((status, body.get("data")), (StatusCode::BAD_REQUEST, None), "{query}\n{body:#}");
    assert_eq!(error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{query}\n{body:#}");
    let message = error["message"].as_str().unwrap();
    assert!(parts.iter().all(|part| message.contains(part)), "{query}\n{message}");
    error.clone()
}

#[tokio::test]
async fn no_answer_mixes_two_municipalities_under_one_key() {
    let app = TestApp::shared().await;
    let query = "{municipality(by:{code:\"GM0193\"}){name} ...F} fragment F on Query{municipality(by:{code:\"GM0148\"}){population slug}}";
    let error = is_refused(
        &app,
        query,
        &[
            "Two fields would both be `municipality` in the answer",
            "line 1, column 2",
            "line 1, column 67: `municipality` has different arguments",
        ],
    )
    .await;
    assert_eq!(error["locations"], json!([{ "line": 1, "column": 2 }, { "line": 1, "column": 67 }]));
    for (query, part) in [
        (
            "query($a:String!=\"GM0193\" $b:String!=\"GM0148\"){municipality(by:{code:$a}){name} municipality(by:{code:$b}){slug}}",
            "arguments",
        ),
        ("{places(first:1){nodes{name}} ...on Query{places(first:2){nodes{slug}}}}", "arguments"),
        ("{places(first:1){nodes{x:name} nodes{x:slug}}}", "different fields"),
        (
            "{search(text:\"a\"){...on Municipality{x:population} ...on Settlement{x:name}}}",
            "`population: Int` and `name: String!`",
        ),
        ("{node(id:\"x\"){...on Place{x:name} ...on Municipality{x:population}}}", "different types"),
    ] {
        is_refused(&app, query, &[part]).await;
    }
    // What can be merged is: each asks for the same, or for what excludes one another.
    let query = "{municipality(by:{code:\"GM0148\"}){name} ...F search(text:\"Dalfsen\",first:1){...on Place{x:name} ...on Municipality{x:slug}}}
        fragment F on Query{municipality(by:{code:\"GM0148\"}){slug name}}";
    let data = app.graphql(query, json!({})).await;
    assert_eq!(data["municipality"], json!({ "name": "Dalfsen", "slug": "dalfsen" }));
    assert_eq!(data["search"], json!([{ "x": "dalfsen" }]));
}

#[tokio::test]
async fn a_filter_with_one_field_twice_is_refused() {
    let app = TestApp::shared().await;
    for query in [
        "{places(filter:{kinds:[DORPSHUIS],kinds:[MFA]}){totalCount}}",
        "query($f:PlaceFilter={kinds:[DORPSHUIS] kinds:[MFA]}){places(filter:$f){totalCount}}",
        "{places(filter:{or:[{text:\"a\"},{kinds:[MFA] kinds:[MFA]}]}){totalCount}}",
    ] {
        is_refused(&app, query, &["field `kinds` twice, at line 1, column "]).await;
    }
    let query = "{places(filter:{within:{geometry:{type:\"Polygon\",type:\"Point\",coordinates:[[[6,52],[7,52],[7,53],[6,52]]]}}}){totalCount}}";
    is_refused(&app, query, &["field `type` twice"]).await;
}

/// As `json.dumps` and JavaScript write a house: in two halves.
#[tokio::test]
async fn a_text_may_be_written_with_every_escape() {
    let app = TestApp::shared().await;
    let escapes = [
        r"Dalfsen \uD83C\uDFE0",
        r"Dalfsen \ud83c\udfe0",
        r"Dalfsen \u{1F3E0}",
        r"\u0044alfsen",
        "Dalfsen 🏠",
        r"Dalfse\u{6e}",
    ];
    for text in escapes {
        let query = format!("{{search(text:\"{text}\",first:1){{...on Municipality{{code}}}}}}");
        assert_eq!(app.graphql(&query, json!({})).await["search"], json!([{ "code": "GM0148" }]), "{text}");
    }
    for (text, part) in
        [(r"\uD83C", "`\\uD83C` is half a character"), (r"\uDFE0\uD83C", "half"), (r"\u{110000}", "is no character")]
    {
        let refusal = app.refusal(&format!("{{\n search(text:\"{text}\"){{__typename}}}}"), json!({})).await;
        assert!(refusal.starts_with("GRAPHQL_PARSE_FAILED: ") && refusal.contains(part), "{refusal}");
    }
    // What follows is where the text has it.
    let (_, body) = app.response(r#"{search(text:"\uD83C\uDFE0"){nope}}"#, json!({})).await;
    assert_eq!(body["errors"][0]["locations"], json!([{ "line": 1, "column": 30 }]), "{body}");
}

#[tokio::test]
async fn an_error_is_in_its_line_whatever_ends_the_lines() {
    let app = TestApp::shared().await;
    for (query, line, column) in [
        ("{\n\n  nope\n}", 3, 3),
        ("{\r\r  nope\r}", 3, 3),
        ("{\r\n\r\n  nope\r\n}", 3, 3),
        ("{ # a\r dataset { edition }\r\n\r nope }", 4, 2),
        ("{ places(filter: { text: \"\"\"a\r\r b\"\"\" }) { nope } }", 3, 12),
        ("{\r\r  places(first: ) }", 3, 17),
    ] {
        let (_, body) = app.response(query, json!({})).await;
        assert_eq!(body["errors"][0]["locations"], json!([{ "line": line, "column": column }]), "{query:?}\n{body}");
    }
}

#[tokio::test]
async fn a_misspelt_name_is_told_with_the_right_one() {
    let app = TestApp::shared().await;
    for (query, told) in [
        ("{municipalties{name}}", "`Query` has no field `municipalties`. Did you mean `municipalities`?"),
        ("{places(frist:1){totalCount}}", "`places` has no argument `frist`. Did you mean `first`?"),
        ("{places{totalcount}}", "`PlaceConnection` has no field `totalcount`. Did you mean `totalCount`?"),
        ("{places{zzz}}", "`PlaceConnection` has no field `zzz`."),
        (
            "{...Plaats} fragment Plaatsen on Query{__typename}",
            "The fragment `Plaats` does not exist. Did you mean `Plaatsen`?",
        ),
    ] {
        assert_eq!(is_refused(&app, query, &[]).await["message"], told);
    }
    let query = "{municipalities{...on Place{name}}}";
    is_refused(&app, query, &["A fragment on `Place` cannot stand where a `Municipality` is"]).await;
    is_refused(&app, "{dataset @include(if:true) @include(if:true){edition}}", &["`@include` stands there twice"])
        .await;
    is_refused(&app, "{places(first:2.0){totalCount}}", &["must be an Int"]).await;
}

/// What CBS calls Hengelo since 2024, wherever a municipality is named.
#[tokio::test]
async fn hengelo_is_known_by_its_official_name() {
    let app = TestApp::shared().await;
    for name in ["Hengelo (O.)", "hengelo (o)", "Hengelo (Ov.)", "gemeente Hengelo", "Hengelo"] {
        let data = app.graphql("query($n:String!){municipality(by:{name:$n}){code}}", json!({ "n": name })).await;
        assert_eq!(data["municipality"], json!({ "code": "GM0164" }), "{name}");
    }
    for name in ["Hengelo (Gld)", "Hengelo (Gelderland)", "O", "(O.)"] {
        let data = app.graphql("query($n:String!){municipality(by:{name:$n}){code}}", json!({ "n": name })).await;
        assert_eq!(data["municipality"], Value::Null, "{name}");
    }
    let own = app.body("/places.csv?municipality=GM0164").await;
    assert_eq!(own.0, 200);
    assert_eq!(app.body("/places.csv?municipality=Hengelo%20(O.)").await, own);
    let (status, page) = app.body("/municipality/Hengelo%20(O.)").await;
    assert!(status == 200 && page.contains("GM0164"), "{status}");
    let query =
        "query($t:String!){search(text:$t,first:1){...on Municipality{code}} places(filter:{text:$t}){totalCount}}";
    let plain = app.graphql(query, json!({ "t": "Hengelo" })).await;
    assert_eq!(plain["search"], json!([{ "code": "GM0164" }]));
    assert_eq!(app.graphql(query, json!({ "t": "Hengelo (O.)" })).await, plain);
    let refusal = app.refusal("{municipality(by:{code:\"Hengelo (O.)\"}){name}}", json!({})).await;
    assert!(refusal.contains("Hengelo has `GM0164`"), "{refusal}");
}

#[tokio::test]
async fn a_code_may_be_written_in_small_letters() {
    let app = TestApp::shared().await;
    let query = "{municipality(by:{code:\"gm0148\"}){code} other:municipality(by:{id:\"municipality:gm0148\"}){code}
        node(id:\"municipality:gm0148\"){id} places(filter:{within:{municipalities:[\"Gm0148\"]}}){totalCount}}";
    let data = app.graphql(query, json!({})).await;
    assert_eq!((&data["municipality"]["code"], &data["other"]["code"]), (&json!("GM0148"), &json!("GM0148")));
    assert_eq!(data["node"]["id"], "municipality:GM0148");
    let places = app.places(&json!({ "within": { "municipalities": ["GM0148"] } }), false).await;
    assert_eq!(data["places"]["totalCount"], places.len());
    assert_eq!(app.body("/places.csv?municipality=gm0148").await, app.body("/places.csv?municipality=GM0148").await);
    assert_eq!(app.body("/municipality/gm0148").await.0, 200);
}

#[tokio::test]
async fn the_extent_of_an_answer_is_a_box_to_ask_with() {
    let app = TestApp::shared().await;
    let query = "query($f:PlaceFilter){places(filter:$f,first:1){totalCount extent nodes{name location{lon lat}}}}";
    let one = app.graphql(query, json!({ "f": { "text": "Trefkoele" } })).await;
    let sides: Vec<f64> = serde_json::from_value(one["places"]["extent"].clone()).unwrap();
    let [west, south, east, north] = sides[..] else { panic!("{one}") };
    assert_eq!((west, south), (east, north));
    let name = &one["places"]["nodes"][0]["name"];
    let within = |west: f64, south: f64, east: f64, north: f64| {
        let bbox = json!({ "west": west, "south": south, "east": east, "north": north });
        json!({ "f": { "within": { "bbox": bbox } } })
    };
    let again = app.graphql(query, within(west, south, east, north)).await;
    assert_eq!((&again["places"]["nodes"][0]["name"], &again["places"]["extent"]), (name, &one["places"]["extent"]));
    // Lines: a height and no width, a width and no height.
    for line in [within(west, 52.0, east, 53.0), within(6.0, south, 7.0, north)] {
        assert!(app.graphql(query, line).await["places"]["totalCount"].as_u64() >= Some(1));
    }
    assert_eq!(app.graphql(query, within(6.0, 52.0, 6.0, 52.0)).await["places"]["totalCount"], 0);
    // In addresses too, a map of it included.
    let bbox = format!("bbox={west},{south},{east},{north}");
    let (status, csv) = app.body(&format!("/places.csv?{bbox}")).await;
    assert!(status == 200 && csv.contains(name.as_str().unwrap()), "{status} {csv}");
    let (status, map) = app.body(&format!("/map.svg?{bbox}&labels=all")).await;
    assert!(status == 200 && map.contains(name.as_str().unwrap()), "{status}");
    for path in ["/", "/embed", "/places.geojson"] {
        assert_eq!(app.body(&format!("{path}?{bbox}")).await.0, 200, "{path}");
    }
    let coverage =
        "query($a:AreaInput){coverage(maxDistance:1000,area:$a){population atLeast{shareCovered} uncoveredGeometry}}";
    let area = json!({ "a": { "bbox": { "west": west, "south": south, "east": east, "north": north } } });
    let (status, body) = app.response(coverage, area).await;
    assert!(status == StatusCode::OK && body["errors"][0]["extensions"]["code"] != "INTERNAL_SERVER_ERROR", "{body}");
    let refusal = app.refusal(query, within(7.0, 52.0, 6.0, 53.0)).await;
    assert_eq!(refusal, "BAD_USER_INPUT: the box has west 7 and east 6; west must not be more than east");
}

/// The address of a GET with `extensions` and nothing else.
fn by_digest(app: &TestApp, extensions: &Value) -> String {
    let encoded: String = extensions.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{}/graphql?extensions={encoded}", app.url)
}

fn digest_of(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Apollo and urql look for these words, send the whole query then, and its digest alone from then on.
#[tokio::test]
async fn a_query_is_asked_by_its_digest_once_it_was_answered() {
    let app = TestApp::shared().await;
    let url = format!("{}/graphql", app.url);
    let query = "query ByDigest { municipality(by: { code: \"GM0148\" }) { name } }";
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": digest_of(query) } });
    let json = |request: reqwest::RequestBuilder| async move {
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.headers().clone(), answer.json::<Value>().await.unwrap())
    };
    for (accept, expected) in [("application/json", 200), ("application/graphql-response+json", 400)] {
        let post = app.client.post(&url).json(&json!({ "operationName": "A", "extensions": extensions }));
        let get = app.client.get(by_digest(&app, &extensions));
        for request in [post, get] {
            let (status, headers, body) = json(request.header("accept", accept)).await;
            assert_eq!((status, &headers["cache-control"]), (expected, &"no-store".parse().unwrap()));
            let expected =
                json!([{ "message": "PersistedQueryNotFound", "extensions": { "code": "PERSISTED_QUERY_NOT_FOUND" } }]);
            assert_eq!(body, json!({ "errors": expected }));
        }
    }
    // A digest of something else changes nothing of what is known, and what is refused is not known from then on.
    let other = json!({ "persistedQuery": { "version": 1, "sha256Hash": digest_of("{__typename}") } });
    let (status, _, body) = json(app.client.post(&url).json(&json!({ "query": query, "extensions": other }))).await;
    assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (400, &json!("BAD_REQUEST")), "{body}");
    let wrong = "query Wrong { nothing }";
    let of_wrong = json!({ "persistedQuery": { "version": 1, "sha256Hash": digest_of(wrong) } });
    json(app.client.post(&url).json(&json!({ "query": wrong, "extensions": of_wrong }))).await;
    for unknown in [&other, &of_wrong] {
        let (_, _, body) = json(app.client.get(by_digest(&app, unknown))).await;
        assert_eq!(body["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    }
    // With its query it is a query, and then known, by POST and GET.
    let expected = json!({ "data": { "municipality": { "name": "Dalfsen" } } });
    let whole = json!({ "query": query, "extensions": extensions });
    assert_eq!(json(app.client.post(&url).json(&whole)).await.2, expected);
    assert_eq!(json(app.client.post(&url).json(&json!({ "extensions": extensions }))).await.2, expected);
    let (status, headers, body) = json(app.client.get(by_digest(&app, &extensions))).await;
    assert_eq!((status, body), (200, expected));
    assert!(headers["cache-control"].to_str().unwrap().starts_with("public, max-age="));
    let again = app.client.get(by_digest(&app, &extensions)).header("if-none-match", &headers["etag"]);
    assert_eq!(again.send().await.unwrap().status(), 304);
    for extensions in [json!({}), json!({ "persistedQuery": null }), json!({ "other": {} })] {
        let (_, _, body) = json(app.client.post(&url).json(&json!({ "extensions": extensions }))).await;
        assert_eq!(body["errors"][0]["message"], "`query` is missing.", "{extensions}");
    }
}

#[tokio::test]
async fn documented_queries_are_known_by_their_digest_from_the_start() {
    let app = TestApp::shared().await;
    let file = std::fs::read_to_string(project_file("examples/queries/places-of-a-municipality.graphql")).unwrap();
    let query = file.split_once("query ").map(|(_, rest)| format!("query {}", rest.trim_end())).unwrap();
    for text in [file.as_str(), query.as_str()] {
        let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": digest_of(text) } });
        let body: Value = app.client.get(by_digest(&app, &extensions)).send().await.unwrap().json().await.unwrap();
        assert_eq!(body["data"]["municipality"]["name"], "Dalfsen", "{body}");
    }
}

#[tokio::test]
async fn a_text_that_is_no_id_of_an_edition_is_the_callers_mistake() {
    let app = TestApp::shared().await;
    let told = "is not the id of an edition; those look like `2026-11-30-2f7330b9f63e`";
    for (id, shown) in [("latest", "latest"), ("2026-11-24", "2026-11-24"), ("%27%20OR%201=1", "' OR 1=1")] {
        let (status, body) = app.body(&format!("/graphql?query=%7B__typename%7D&edition={id}")).await;
        let error = &serde_json::from_str::<Value>(&body).unwrap()["errors"][0];
        assert_eq!((status, &error["extensions"]["code"]), (200, &json!("BAD_USER_INPUT")), "{body}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&format!("`{shown}` {told}")), "{message}");
        for path in ["/places.csv", "/places.geojson", "/map.svg", "/", "/en", "/embed"] {
            let (status, body) = app.body(&format!("{path}?edition={id}")).await;
            assert!(status == 400 && body.contains("is not the id of an edition"), "{path}: {status} {body}");
        }
    }
    let query = "{changes(since:\"gisteren\"){totalCount}}";
    let refusal = app.refusal(query, json!({})).await;
    assert!(refusal.starts_with(&format!("BAD_USER_INPUT: `gisteren` {told}")), "{refusal}");
}
