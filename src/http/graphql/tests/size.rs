//! Queries that are too large, too deep or too dear.

use super::*;

/// Row 1.
#[tokio::test]
async fn deep_nesting_is_refused_before_the_parser_sees_it() {
    let server = TestServer::start().await;
    for depth in [65, 1_600, 5_000, 20_000] {
        for query in [
            format!("{{f(a:{}{})}}", "[".repeat(depth), "]".repeat(depth)),
            format!("{}{}", "{a".repeat(depth), "}".repeat(depth)),
            format!("{{f(a:{}1{})}}", "{a:".repeat(depth), "}".repeat(depth)),
            format!("query($v: Int = {}{}) {{f}}", "[".repeat(depth), "]".repeat(depth)),
            format!("query($v: {}Int{}) {{f}}", "[".repeat(depth), "]".repeat(depth)),
            // The parser reads the first two quotes as an empty string when no block string ends.
            format!("{{f(a:[\"\"\"a\" {}", "[".repeat(depth)),
        ] {
            let started = Instant::now();
            let (status, code, _) = server.query(&query).await.refused();
            // The longest of them do not fit into a body.
            assert!(matches!(status, 400 | 413), "{status} {code}");
            assert!(matches!(code.as_str(), "LIMIT_EXCEEDED" | "GRAPHQL_PARSE_FAILED"), "{code}");
            assert!(started.elapsed() < Duration::from_millis(250), "{:?}", started.elapsed());
        }
    }
    server.query("{hello}").await.json();
}

/// Row 2.
#[tokio::test]
async fn fragments_that_double_are_refused_in_linear_time() {
    let server = TestServer::start().await;
    for levels in [13, 18] {
        let mut query = "{...F0}".to_owned();
        for level in 0..levels {
            let _ = write!(query, " fragment F{level} on Query {{...F{0} ...F{0}}}", level + 1);
        }
        let _ = write!(query, " fragment F{levels} on Query {{hello}}");
        let started = Instant::now();
        server.query(&query).await.assert_refused(400, "LIMIT_EXCEEDED", "");
        assert!(started.elapsed() < Duration::from_millis(250), "{:?}", started.elapsed());
    }
    let wide = format!(
        "{{...A}} fragment A on Query {{{0}}} fragment B on Query {{{1}}} fragment C on Query {{{2}}} fragment D on Query {{{3}}}",
        "...B ".repeat(10),
        "...C ".repeat(10),
        "...D ".repeat(10),
        "hello ".repeat(10),
    );
    server.query(&wide).await.assert_refused(400, "LIMIT_EXCEEDED", "selections");
}

/// Row 2b and the fragment cycle of row 28.
#[tokio::test]
async fn a_long_chain_of_fragments_and_a_cycle_are_refused() {
    let server = TestServer::start().await;
    let mut chain = "{...F0}".to_owned();
    for level in 0..200 {
        let _ = write!(chain, " fragment F{level} on Query {{...F{}}}", level + 1);
    }
    chain.push_str(" fragment F200 on Query {hello}");
    server.query(&chain).await.assert_refused(400, "LIMIT_EXCEEDED", "nests more than 20");
    let cycle = "{...A} fragment A on Query {...B} fragment B on Query {...A}";
    server.query(cycle).await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "spreads itself");
    let unused = "{hello} fragment A on Query {...A}";
    server.query(unused).await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "spreads itself");
}

/// Row 3.
#[tokio::test]
async fn nested_pages_of_a_hundred_are_refused_by_their_cost() {
    let server = TestServer::start().await;
    let query = "{places(first:100){nodes{nearby(first:100){nodes{nearby(first:100){nodes{id}}}}}}}";
    server.query(query).await.assert_refused(400, "LIMIT_EXCEEDED", "costs 1111");
    let hidden = "query($n:Int=100){places(first:$n){...P}} fragment P on PlaceConnection{nodes{...Q}}
        fragment Q on Place{nearby(first:$n){nodes{nearby(first:$n){nodes{id}}}}}";
    server.query(hidden).await.assert_refused(400, "LIMIT_EXCEEDED", "costs 1111");
    let modest = server.query("{places(first:10){nodes{nearby(first:10){nodes{id}}}}}").await;
    assert_eq!(modest.json()["data"]["places"]["nodes"].as_array().unwrap().len(), 10);
}

/// Row 4.
#[tokio::test]
async fn ten_thousand_aliases_are_refused() {
    let server = TestServer::start().await;
    for count in [51, 10_000] {
        let aliases: String = (0..count).fold(String::new(), |mut text, index| {
            let _ = write!(text, "a{index}:code ");
            text
        });
        let query = format!("{{municipalities{{{aliases}}}}}");
        let started = Instant::now();
        let answer = server.query(&query).await;
        if count == 51 {
            answer.assert_refused(400, "LIMIT_EXCEEDED", "51 aliases");
        } else {
            let (status, code, _) = answer.refused();
            assert!((400..=413).contains(&status) && code == "LIMIT_EXCEEDED");
        }
        assert!(started.elapsed() < Duration::from_millis(250));
    }
    let roots = "hello ".repeat(21);
    server.query(&format!("{{{roots}}}")).await.assert_refused(400, "LIMIT_EXCEEDED", "21 root fields");
}

/// Row 6.
#[tokio::test]
async fn a_thousand_mistakes_give_ten_errors_and_a_short_answer() {
    let server = TestServer::start().await;
    let unknown: String = (0..1_900).fold(String::new(), |mut text, index| {
        let _ = write!(text, "x{index} ");
        text
    });
    let unused: String = (0..300).fold(String::new(), |mut text, index| {
        let _ = write!(text, "fragment F{index} on Query {{hello}} ");
        text
    });
    for query in [
        format!("{{municipalities{{{unknown}}}}}"),
        format!("{{hello}} {unused}"),
        format!("{{hello {}}}", "@aa".repeat(900)),
        format!("{{hello {}}}", "@include(if:true)".repeat(300)),
        format!("{{hello {}}}", "@include(if:true)".repeat(2)),
        format!("{{municipalities{{{}}}}}", "x".repeat(60_000)),
        format!("{{echo(text: {}\"{}\")}}", "x".repeat(30_000), "y".repeat(30_000)),
    ] {
        let answer = server.query(&query).await;
        let (status, _, message) = answer.refused();
        assert_eq!(status, 400, "{message}");
        let json = answer.json();
        let errors = json["errors"].as_array().unwrap();
        assert!(errors.len() <= 10 && answer.body.len() < 16_384);
        for error in errors {
            let message = error["message"].as_str().unwrap();
            assert!(message.chars().count() <= 300, "{message}");
            assert!(!message.contains(&"x".repeat(61)) && !message.contains(&"y".repeat(61)), "{message}");
        }
    }
}

/// Row 7.
#[tokio::test]
async fn an_unknown_directive_is_refused_wherever_it_stands() {
    let server = TestServer::start().await;
    for query in [
        "{__typename @aa}",
        "{hello @aa}",
        "query @aa {hello}",
        "{...@aa{hello}}",
        "{...F @aa} fragment F on Query {hello}",
        "{...F} fragment F on Query @aa {hello}",
        "query($t:String @aa){echo(text:$t)}",
        "{__typename @skip}",
        "{__typename @skip(if:1)}",
        "{__typename @skip(unless:true)}",
        "{__typename(a:1)}",
        "{__typename{a}}",
        "query @skip(if:true){hello}",
    ] {
        server.query(query).await.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "");
    }
    assert_eq!(
        server.query("{__typename hello @skip(if:true)}").await.json(),
        json!({"data": {"__typename": "Query"}})
    );
}

/// Row 10.
#[tokio::test]
async fn a_parse_error_does_not_repeat_the_query() {
    let server = TestServer::start().await;
    for query in
        ["{f(a:\"secret\" ", "{ secret secret: secret ! }", "secret", "", "{", "{hello(}", "\u{0}", "{a(b:1e400)}"]
    {
        let answer = server.query(query).await;
        answer.assert_refused(400, "GRAPHQL_PARSE_FAILED", "The query is not GraphQL");
        assert!(!String::from_utf8_lossy(&answer.body).contains("secret"));
    }
    let deep = "{a".repeat(30_000);
    let answer = server.query(&deep).await;
    answer.assert_refused(400, "LIMIT_EXCEEDED", "");
    assert!(answer.body.len() < 300);
}

/// Row 29.
#[tokio::test]
async fn the_introspection_of_tools_passes_and_a_circular_one_does_not() {
    let server = TestServer::start().await;
    let answer = server.query(INTROSPECTION).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(answer.json()["data"]["__schema"]["queryType"]["name"], "Query");
    let circular = format!("{{__schema{{types{}{{name}}{}}}}}", "{fields{type".repeat(6), "}}".repeat(6));
    server.query(&circular).await.assert_refused(400, "LIMIT_EXCEEDED", "costs");
    // A type or a fragment with the name of the field does not change the count.
    let renamed = circular.replace("{__schema", "{__type:__schema");
    server.query(&renamed).await.assert_refused(400, "LIMIT_EXCEEDED", "costs");
}
