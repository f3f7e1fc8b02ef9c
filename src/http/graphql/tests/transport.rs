//! HTTP: methods, media types, bodies and parameters.

use super::*;

/// Row 8.
#[tokio::test]
async fn a_batch_is_refused() {
    let server = TestServer::start().await;
    let batch = json!(vec![json!({"query": "{hello}"}); 1000]).to_string();
    server.send(server.post(batch)).await.assert_refused(400, "BAD_REQUEST", "one request at a time");
    server.send(server.post("[]")).await.assert_refused(400, "BAD_REQUEST", "one request at a time");
}

/// Row 9.
#[tokio::test]
async fn a_large_body_is_refused_before_it_has_arrived() {
    let server = TestServer::start().await;
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";
    // Announced, and never sent.
    let answer = server.raw(format!("{head}Content-Length: 33554432\r\n\r\n").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("\"code\":\"LIMIT_EXCEEDED\""), "{answer}");
    // Not announced, and not ended.
    let chunk = format!("{head}Transfer-Encoding: chunked\r\n\r\n10100\r\n{}\r\n", " ".repeat(0x10100));
    let answer = server.raw(chunk.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    let fits = json!({"query": "{hello}", "variables": {"x": "x".repeat(65_000)}}).to_string();
    assert_eq!(server.send(server.post(fits)).await.status, 200);
}

/// A body that never ends.
#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let server = TestServer::with(Limits { timeout_ms: 100, ..Limits::default() }).await;
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";
    let answer = server.raw(format!("{head}Content-Length: 100\r\n\r\n{{").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"code\":\"TIMEOUT\""), "{answer}");
}

/// Row 11.
#[tokio::test]
async fn only_json_in_utf8_is_read() {
    let server = TestServer::start().await;
    let body = r#"{"query":"{hello}"}"#;
    let send = |content_type: Option<&str>| {
        let request = server.client.post(server.url()).header(ACCEPT, GRAPHQL).body(body);
        server.send(match content_type {
            Some(content_type) => request.header(CONTENT_TYPE, content_type),
            None => request,
        })
    };
    for refused in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data"),
        Some("application/graphql"),
        Some("application/json; charset=utf-16"),
        Some("application/jsonp"),
    ] {
        send(refused).await.assert_refused(415, "BAD_REQUEST", "application/json");
    }
    for accepted in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""] {
        assert_eq!(send(Some(accepted)).await.status, 200, "{accepted}");
    }
    let compressed = server.send(server.post(body).header("content-encoding", "gzip")).await;
    compressed.assert_refused(415, "BAD_REQUEST", "compressed");
}

/// Row 12.
#[tokio::test]
async fn other_methods_are_refused_and_told_which_are_allowed() {
    let server = TestServer::start().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let request = server.client.request(method, server.url()).header(CONTENT_TYPE, JSON);
        let answer = server.send(request.body(r#"{"query":"{hello}"}"#)).await;
        answer.assert_refused(405, "BAD_REQUEST", "GET and POST");
        assert_eq!(answer.header("allow"), ALLOW);
    }
    let head = server.client.head(format!("{}?query={{hello}}", server.url()));
    let answer = server.send(head).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    assert_eq!(answer.header("content-length"), "26");
}

/// Row 13.
#[tokio::test]
async fn the_media_type_is_the_one_that_was_asked_for() {
    let server = TestServer::start().await;
    let send = |accept: &'static str| {
        let body = r#"{"query":"{hello}"}"#;
        server.send(server.client.post(server.url()).header(CONTENT_TYPE, JSON).header(ACCEPT, accept).body(body))
    };
    for (accept, expected) in [
        (GRAPHQL, "application/graphql-response+json; charset=utf-8"),
        (JSON, "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
    ] {
        let answer = send(accept).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, expected));
        assert_eq!(answer.header("vary"), "Accept, Accept-Encoding");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.json(), json!({"data": {"hello": "hallo"}}));
    }
    send("text/html").await.assert_refused(406, "BAD_REQUEST", "application/json");
}

/// Row 14.
#[tokio::test]
async fn a_refused_query_has_no_data_and_its_status_follows_the_media_type() {
    let server = TestServer::start().await;
    for (body, code) in [
        (json!({"query": "{"}), "GRAPHQL_PARSE_FAILED"),
        (json!({"query": "{nothing}"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "query($n:Int!){places(first:$n){totalCount}}"}), "BAD_USER_INPUT"),
        (json!({"query": "query A{hello} query B{hello}"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "query A{hello}", "operationName": "B"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "{hello}", "operationName": "B"}), "GRAPHQL_VALIDATION_FAILED"),
    ] {
        server.send(server.post(body.to_string())).await.assert_refused(400, code, "");
        let json = server.client.post(server.url()).header(CONTENT_TYPE, JSON).header(ACCEPT, JSON);
        server.send(json.body(body.to_string())).await.assert_refused(200, code, "");
    }
}

/// Rows 15 and 16.
#[tokio::test]
async fn a_body_that_is_no_request_is_told_what_is_wrong() {
    let server = TestServer::start().await;
    for (body, part) in [
        ("NONSENSE", "not JSON"),
        ("", "body is empty"),
        ("1", "must be a JSON object"),
        ("{\"query\":1}", "`query` must be text"),
        ("{\"qeury\":\"{hello}\"}", "`query` is missing"),
        ("{\"query\":null}", "`query` is missing"),
        ("{\"query\":\"{hello}\",\"variables\":[7]}", "`variables` must be an object"),
        ("{\"query\":\"{hello}\",\"operationName\":7}", "`operationName` must be text"),
        ("{\"query\":\"{hello}\",\"extensions\":\"x\"}", "`extensions` must be an object"),
    ] {
        server.send(server.post(body)).await.assert_refused(400, "BAD_REQUEST", part);
    }
}

/// Rows 17 and 18.
#[tokio::test]
async fn a_get_reads_the_operation_name_and_takes_empty_parameters_as_absent() {
    let server = TestServer::start().await;
    let query = "query A{a:hello} query B($n:Int){b:echo(number:$n)}";
    let answer = server.send(server.get(&[("query", query), ("operationName", "B"), ("variables", "")])).await;
    assert_eq!(answer.json()["data"]["b"], "None None None None None None None None 7");
    let answer =
        server.send(server.get(&[("query", query), ("operationName", "B"), ("variables", r#"{"n":3}"#)])).await;
    assert_eq!(answer.json()["data"]["b"], "None Some(3) None None None None None None 7");
    for (parameters, part) in [
        (vec![("query", "")], "`query` is missing"),
        (vec![], "`query` is missing"),
        (vec![("query", "{hello}"), ("variables", "{")], "`variables` is not JSON"),
        (vec![("query", "{hello}"), ("variables", "[]")], "`variables` must be an object"),
        (vec![("query", "{hello}"), ("query", "{hello}")], "given twice"),
    ] {
        server.send(server.get(&parameters)).await.assert_refused(400, "BAD_REQUEST", part);
    }
}

/// Row 19.
#[tokio::test]
async fn a_mutation_by_get_is_refused() {
    let server = TestServer::start().await;
    let answer = server.send(server.get(&[("query", "mutation{x}")])).await;
    answer.assert_refused(405, "BAD_REQUEST", "only run a query");
    assert_eq!(answer.header("allow"), "POST");
    server.query("mutation{x}").await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "queries only");
    server.query("subscription{x}").await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "queries only");
}

/// Row 27.
#[tokio::test]
async fn a_long_uri_is_refused() {
    let server = TestServer::start().await;
    let long = server.send(server.get(&[("query", &format!("{{hello}}#{}", "x".repeat(9_000)))])).await;
    long.assert_refused(414, "LIMIT_EXCEEDED", "by POST");
    let post = server.client.post(format!("{}?{}", server.url(), "x".repeat(9_000))).body("{}");
    server.send(post).await.assert_refused(414, "LIMIT_EXCEEDED", "by POST");
    let huge = format!("GET /graphql?query={} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(1_000_000));
    let answer = server.raw(huge.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert_eq!(server.query("{hello}").await.status, 200);
}
