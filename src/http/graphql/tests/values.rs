//! Values that do not fit their types.

use super::*;

/// Row 5: bounds are the resolvers'; a number that is no Int never reaches them.
#[tokio::test]
async fn a_page_size_that_is_no_int_is_refused() {
    let server = TestServer::start().await;
    for first in ["2147483648", "-2147483649", "1.5", "\"3\"", "[1,2]"] {
        let query = format!("{{places(first:{first}){{totalCount}}}}");
        server.query(&query).await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "`places(first)");
        let query = "query($n:Int){places(first:$n){totalCount}}";
        let given = json!({ "n": serde_json::from_str::<Json>(first).unwrap() });
        server.with_variables(query, given).await.assert_refused(400, "BAD_USER_INPUT", "`$n");
    }
}

/// Row 23.
#[tokio::test]
async fn a_one_of_input_has_exactly_one_key_that_is_not_null() {
    let server = TestServer::start().await;
    for by in ["{}", "{id: 1, slug: \"a\"}", "{id: null}", "{id: null, slug: \"a\"}", "{nr: 1}", "[]", "3"] {
        let query = format!("{{echo(by:{by})}}");
        server.query(&query).await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "`echo(by)");
        let json = by.replace("id:", "\"id\":").replace("slug:", "\"slug\":").replace("nr:", "\"nr\":");
        let given = json!({"by": serde_json::from_str::<Json>(&json).unwrap()});
        let query = "query($by:By){echo(by:$by)}";
        if by == "[]" {
            continue;
        }
        server.with_variables(query, given).await.assert_refused(400, "BAD_USER_INPUT", "`$by");
    }
    let nullable = "query($id:ID){echo(by:{id:$id})}";
    server.with_variables(nullable, json!({"id": "1"})).await.assert_refused(
        400,
        "GRAPHQL_VALIDATION_FAILED",
        "used where `ID!` is wanted",
    );
    let right = server.with_variables("query($by:By){echo(by:$by)}", json!({"by": {"id": 7}})).await;
    assert!(right.json()["data"]["echo"].as_str().unwrap().contains("Id(ID(\"7\"))"), "{}", right.json());
}

/// Row 24.
#[tokio::test]
async fn numbers_that_do_not_exist_are_refused() {
    let server = TestServer::start().await;
    server.query("{echo(float:1e400)}").await.assert_refused(400, "GRAPHQL_PARSE_FAILED", "");
    for raw in ["1e400", "NaN", "Infinity"] {
        let body = format!(r#"{{"query":"query($f:Float){{echo(float:$f)}}","variables":{{"f":{raw}}}}}"#);
        server.send(server.post(body)).await.assert_refused(400, "BAD_REQUEST", "not JSON");
    }
    server.query("{echo(number:2147483648)}").await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "an Int");
    let query = "query($n:Int){echo(number:$n)}";
    server.with_variables(query, json!({"n": 2_147_483_648_i64})).await.assert_refused(400, "BAD_USER_INPUT", "an Int");
}

/// Row 25.
#[tokio::test]
async fn variables_nested_a_thousand_deep_are_refused() {
    let server = TestServer::start().await;
    for depth in [128, 1_000, 30_000] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let body = format!(r#"{{"query":"{{hello}}","variables":{{"x":{nested}}}}}"#);
        server.send(server.post(body)).await.assert_refused(400, "BAD_REQUEST", "recursion limit");
    }
}

/// Row 26.
#[tokio::test]
async fn text_that_is_not_utf8_is_refused_and_nul_reaches_no_resolver() {
    let server = TestServer::start().await;
    let body = r#"{"query":"{hello}"}"#;
    let utf16: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        [b"\xEF\xBB\xBF".as_slice(), body.as_bytes()].concat(),
        utf16,
        br#"{"query":"{hello}","variables":{"x":"\ud800"}}"#.to_vec(),
        b"{\"query\":\"{hello}\0\"}".to_vec(),
        b"{\"query\":\"{hello}\xFF\"}".to_vec(),
    ] {
        server.send(server.post(bytes)).await.assert_refused(400, "BAD_REQUEST", "not JSON");
    }
    let query = "query($t:String $f:Filter){echo(text:$t filter:$f)}";
    for variables in [json!({"t": "a\0b"}), json!({"f": {"not": {"text": "\0"}}}), json!({"f": {"by": {"id": "\0"}}})] {
        server.with_variables(query, variables).await.assert_refused(400, "BAD_USER_INPUT", "U+0000");
    }
    server.query("{echo(text:\"\\u0000\")}").await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "U+0000");
}

/// Row 28, besides the cycle.
#[tokio::test]
async fn what_does_not_exist_is_refused_by_name() {
    let server = TestServer::start().await;
    for (query, part) in [
        ("{echo(text:$t)}", "`$t` is not defined"),
        ("{...F}", "F"),
        ("query($t:Strin){echo(text:$t)}", "does not exist"),
        ("query($t:Place){echo(text:$t)}", "which is no input"),
        ("query($t:String){hello}", "never used"),
        ("query($t:String $t:String){echo(text:$t)}", "twice"),
        ("{hello} fragment F on Query{hello}", "never used"),
        ("{nothing}", "nothing"),
        ("{hello(a:1)}", "a"),
        ("{places}", "places"),
        ("{hello{a}}", "hello"),
        ("query A{hello} query B{nothing}", "nothing"),
        ("query A{hello} query B{...F}", "does not exist"),
        ("query A{hello} query B{echo(number:\"x\")}", "an Int"),
    ] {
        let operation = if query.contains("query A") { json!("A") } else { Json::Null };
        let body = json!({"query": query, "operationName": operation}).to_string();
        server.send(server.post(body)).await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", part);
    }
}

#[tokio::test]
async fn wrong_variables_are_refused_before_anything_runs() {
    let server = TestServer::start().await;
    let query = "query($t:String $k:Kind $f:Filter $d:Date $i:[ID!]){
        runs echo(text:$t kind:$k filter:$f date:$d ids:$i)}";
    for (variables, message) in [
        (json!({"t": 1}), "`$t` must be a String, not 1."),
        (json!({"k": "KERK"}), "`$k` must be a value of `Kind`: KULTURHUS, DORPSHUIS; not the text \"KERK\"."),
        (json!({"f": {"kinds": ["DORPSHUIS", null]}}), "`$f.kinds[1]` must not be null; its type is `Kind!`."),
        (json!({"f": {"kind": "X"}}), "`$f` has no field `kind`; `Filter` has kinds, text, by, point, not."),
        (json!({"f": {"point": {"lon": 6.1}}}), "`$f.point` lacks `lat: Float!`, which `Point` requires."),
        (json!({"f": {"not": {"by": {}}}}), "`$f.not.by` must have exactly one of id, slug; it has 0."),
        (json!({"f": 3}), "`$f` must be an object of the type `Filter`, not 3."),
        (json!({"d": 3}), "`$d` must be a Date, text such as \"2024-03-15\", not 3."),
        (json!({"i": [true]}), "`$i[0]` must be an ID, text or a whole number, not true."),
    ] {
        let (status, code, got) = server.with_variables(query, variables).await.refused();
        assert_eq!((status, code.as_str(), got.as_str()), (400, "BAD_USER_INPUT", message));
    }
    assert_eq!(server.runs.0.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_variable_fits_its_place_or_is_refused() {
    let server = TestServer::start().await;
    for (query, wanted) in [
        ("query($v:Float!){echo(number:$v)}", "Int"),
        ("query($v:Int!){echo(float:$v)}", "Float"),
        ("query($v:ID){echo(ids:[$v])}", "ID!"),
        ("query($v:ID){echo(ids:$v)}", "[ID!]"),
        ("query($v:[ID]){echo(ids:$v)}", "[ID!]"),
        ("query($v:Boolean){hello @skip(if:$v)}", "Boolean!"),
        ("query($v:String){echo(filter:{kinds:$v})}", "[Kind!]"),
        ("query($v:Float){echo(filter:{point:{lon:$v lat:1}})}", "Float!"),
    ] {
        let part = format!("is used where `{wanted}` is wanted");
        server.query(query).await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", &part);
    }
    // async-graphql alone refuses the first of these, and gives the third argument as null.
    for (query, variables, echo) in [
        ("query($v:[ID!]!){echo(ids:$v)}", json!({"v": [1, "b"]}), "Some([ID(\"1\"), ID(\"b\")]) 7"),
        ("query($v:ID!){echo(ids:[$v,\"c\"])}", json!({"v": "b"}), "Some([ID(\"b\"), ID(\"c\")]) 7"),
        ("query($v:Int){echo(seven:$v)}", json!({}), "None 7"),
        ("query($v:Int=9){echo(seven:$v)}", json!({}), "None 9"),
        ("query($v:Int=9){echo(seven:$v)}", json!({"v": 8}), "None 8"),
        ("query($v:Boolean=true){hello @skip(if:$v) echo}", json!({}), "None 7"),
        ("query($v:Kind){...F} fragment F on Query{echo(kind:$v)}", json!({"v": "DORPSHUIS"}), "None 7"),
        ("query($v:String){echo(filter:{text:$v})}", json!({}), "None None 7"),
    ] {
        let answer = server.with_variables(query, variables).await;
        let json = answer.json();
        let got = json["data"]["echo"].as_str().unwrap_or_else(|| panic!("{query}: {json}"));
        assert!(got.ends_with(echo), "{query}: {got}");
    }
    let null = server.with_variables("query($v:Int=9){echo(seven:$v)}", json!({"v": null})).await;
    null.assert_refused(400, "BAD_USER_INPUT", "`$v` must not be null: it is used where `Int!` is wanted.");
}

#[tokio::test]
async fn a_large_variable_is_not_multiplied_without_end() {
    let server = TestServer::start().await;
    let uses = "echo(text:$t) ".repeat(20);
    let query = format!("query($t:String){{{uses}}}");
    let large = server.with_variables(&query, json!({"t": "x".repeat(60_000)})).await;
    large.assert_refused(400, "LIMIT_EXCEEDED", "variables take more than");
}

#[tokio::test]
async fn a_date_that_is_none_is_refused_before_anything_runs() {
    let server = TestServer::start().await;
    for answer in [
        server.with_variables("query($d:Date){echo(date:$d)}", json!({"d": "gisteren"})).await,
        server.with_variables("{echo(date:\"2024-02-30\")}", json!({})).await,
    ] {
        let error = &answer.json()["errors"][0];
        assert!(answer.json().get("data").is_none(), "{error}");
        assert!(error["message"].as_str().unwrap().contains("must be a Date, text such as \"2024-03-15\""), "{error}");
    }
}
