//! What is answered: kept, compressed, conditional, masked.

use super::*;

/// Row 20.
#[tokio::test]
async fn a_panic_is_an_error_with_an_id_and_the_connection_lives() {
    let server = TestServer::start().await;
    let answer = server.query("{hello panic}").await;
    answer.assert_refused(500, "INTERNAL_SERVER_ERROR", "internal error");
    let json = answer.json();
    assert!(json["errors"][0]["extensions"]["requestId"].is_string());
    assert!(!json.to_string().contains("roof"));
    assert_eq!(server.query("{hello}").await.status, 200);
}

/// Rows 21 and 22.
#[tokio::test]
async fn the_text_of_a_fault_is_masked_and_a_coded_error_is_not() {
    let server = TestServer::start().await;
    let answer = server.query("{hello database}").await;
    let json = answer.json();
    assert_eq!((answer.status.as_u16(), &json["data"]), (200, &json!({"hello": "hallo", "database": null})));
    let error = &json["errors"][0];
    assert_eq!((&error["message"], &error["path"]), (&json!("internal error"), &json!(["database"])));
    assert_eq!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    assert!(error["extensions"]["requestId"].is_string());
    let error = &server.query("{cursor}").await.json()["errors"][0];
    assert_eq!(error["extensions"]["code"], "BAD_CURSOR");
    assert_eq!(error["message"], "`!!` is not a cursor of this list.");
}

#[tokio::test]
async fn an_operation_that_takes_too_long_is_given_up() {
    let server = TestServer::with(Limits { timeout_ms: 100, ..Limits::default() }).await;
    let started = Instant::now();
    server.query("{slow}").await.assert_refused(503, "TIMEOUT", "longer than 100 ms");
    assert!(started.elapsed() < Duration::from_secs(2));
}

/// A resolver that never waits cannot be cancelled, but it does not keep the caller.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_that_never_waits_does_not_hold_up_its_answer() {
    let server = TestServer::with(Limits { timeout_ms: 100, ..Limits::default() }).await;
    let started = Instant::now();
    server.query("{busy}").await.assert_refused(503, "TIMEOUT", "");
    assert!(started.elapsed() < Duration::from_millis(600), "{:?}", started.elapsed());
}

/// What is kept of a document is the same for all who send it: not which operation they ask, with what, nor where in another text a word stands.
#[tokio::test]
async fn a_document_that_is_sent_again_is_answered_by_what_is_sent_with_it() {
    let server = TestServer::start().await;
    let document = "query A($n: Int) { places(first: $n) { totalCount } } query B { hello }";
    let ask = |name: &str, n: Json| {
        let body = json!({ "query": document, "operationName": name, "variables": { "n": n } });
        server.send(server.post(body.to_string()))
    };
    for n in [3, 4, 3] {
        assert_eq!(ask("A", n.into()).await.json()["data"], json!({ "places": { "totalCount": n } }));
    }
    assert_eq!(ask("B", Json::Null).await.json()["data"], json!({ "hello": "hallo" }));
    ask("A", "three".into()).await.assert_refused(400, "BAD_USER_INPUT", "`$n");
    ask("C", Json::Null).await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "`C`");
    for (text, line, column) in [("{hello cursor}", 1, 8), ("{\n  hello\n  cursor }", 3, 3), ("{hello cursor}", 1, 8)] {
        let error = &server.query(text).await.json()["errors"][0];
        assert_eq!(error["locations"], json!([{ "line": line, "column": column }]), "{text}");
    }
}

#[tokio::test]
async fn the_same_question_is_answered_once_in_an_edition() {
    let server = TestServer::start().await;
    let first = server.query("{runs edition}").await.json();
    assert_eq!(first["data"], json!({"runs": 0, "edition": "2025-11-24"}));
    for same in ["{runs,edition}", " { runs # how often\n edition } ", "{\n\truns\r\n\tedition\n}"] {
        assert_eq!(server.query(same).await.json(), first);
    }
    assert_eq!(server.send(server.get(&[("query", "{runs edition}")])).await.json(), first);
    assert_eq!(server.query("{edition runs}").await.json()["data"]["runs"], 1);
    assert_eq!(server.with_variables("{runs edition}", json!({"x": 1})).await.json()["data"]["runs"], 2);
    "2025-11-25".clone_into(&mut server.edition.lock().unwrap());
    assert_eq!(server.query("{runs edition}").await.json()["data"], json!({"runs": 3, "edition": "2025-11-25"}));
    // An answer with an error is not kept.
    server.query("{runs database}").await;
    server.query("{runs database}").await;
    assert_eq!(server.runs.0.load(Ordering::SeqCst), 6);
}

#[tokio::test]
async fn a_get_has_a_tag_for_each_representation_and_is_not_sent_again() {
    let server = TestServer::start().await;
    let query = ("query", "{places(first:100){nodes{id name}}}");
    let plain = server.send(server.get(&[query])).await;
    assert_eq!(plain.header("cache-control"), CACHE_FOR);
    assert_eq!(plain.header("content-encoding"), "");
    let gzip = server.send(server.get(&[query]).header(ACCEPT_ENCODING, "gzip")).await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert_eq!(gzip.header("content-length"), gzip.body.len().to_string());
    let mut unpacked = Vec::new();
    GzDecoder::new(gzip.body.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    let json = server
        .send(server.get(&[query]).headers([(ACCEPT, HeaderValue::from_static(JSON))].into_iter().collect()))
        .await;
    let tags = [plain.header("etag"), gzip.header("etag"), json.header("etag")];
    assert!(tags.iter().all(|tag| tag.starts_with('"')) && tags[0] != tags[1] && tags[0] != tags[2], "{tags:?}");
    for given in [tags[0].to_owned(), format!("W/{}", tags[0]), format!("\"x\", {}", tags[0]), "*".to_owned()] {
        let again = server.send(server.get(&[query]).header(IF_NONE_MATCH, &given)).await;
        assert_eq!((again.status.as_u16(), again.body.len(), again.header("etag")), (304, 0, tags[0]), "{given}");
    }
    let other = server.send(server.get(&[query]).header(IF_NONE_MATCH, tags[1])).await;
    assert_eq!(other.status, 200);
    let post = server.send(server.post(r#"{"query":"{hello}"}"#).header(IF_NONE_MATCH, "*")).await;
    assert_eq!((post.status.as_u16(), post.header("etag")), (200, ""));
    let error = server.send(server.get(&[("query", "{nothing}")])).await;
    assert_eq!((error.header("cache-control"), error.header("etag")), ("no-store", ""));
}

#[tokio::test]
async fn an_answer_of_the_moment_is_kept_until_the_next_change_and_no_longer() {
    static NOW: AtomicI64 = AtomicI64::new(3_600 * 400_000);
    let clock = || DateTime::from_timestamp(NOW.load(Ordering::SeqCst), 0).unwrap();
    let server = TestServer::at(Limits::default(), clock).await;
    let ask = async || {
        let answer = server.send(server.get(&[("query", "{hourly}")])).await;
        (answer.json()["data"]["hourly"].as_u64().unwrap(), answer.header("cache-control").to_owned())
    };
    for (after, runs, kept_for) in [
        (0, 0, "public, max-age=60"),
        (1_800, 0, "public, max-age=60"),
        (3_590, 0, "public, max-age=10"),
        (3_600, 1, "public, max-age=60"),
        (3_601, 1, "public, max-age=60"),
        (90_000, 2, "public, max-age=60"),
    ] {
        NOW.store(3_600 * 400_000 + after, Ordering::SeqCst);
        assert_eq!(ask().await, (runs, kept_for.to_owned()), "{after} s later");
    }
    // What does not depend on it is kept as long as ever.
    let other = server.query("{runs}").await.json();
    NOW.fetch_add(1_000_000, Ordering::SeqCst);
    assert_eq!(server.query("{runs}").await.json(), other);
}

#[tokio::test]
async fn any_page_may_ask() {
    let server = TestServer::start().await;
    let answer = server.send(server.client.request(Method::OPTIONS, server.url())).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (204, 0));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-methods"), ALLOW);
    assert_eq!(answer.header("access-control-allow-headers"), "*, Authorization");
    for answer in [server.query("{hello}").await, server.query("{").await] {
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let read = answer.header("access-control-expose-headers");
        for name in ["ETag", "Content-Length", "Retry-After"] {
            assert!(read.split(", ").any(|one| one == name), "{name}: {read}");
        }
    }
}
