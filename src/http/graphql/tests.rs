//! The endpoint on a small schema, over a real socket: one test for each way to send something bad.

use std::fmt::Write as _;
use std::io::Read as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Enum, ErrorExtensions, ID, InputObject,
    InputValueError, InputValueResult, Object, OneofObject, Scalar, ScalarType, Schema,
    SimpleObject, Value,
};
use flate2::read::GzDecoder;
use poem::listener::TcpAcceptor;
use poem::{Route, Server};
use proptest::prelude::*;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, IF_NONE_MATCH,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{GraphqlEndpoint, request::ALLOW};
use crate::graphql::limits::{Limits, apply_builder_limits};

const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";

/// graphql-js asks this with every option; GraphiQL and code generators ask it at their start.
const INTROSPECTION: &str = include_str!("../../../tests/audits/introspection.graphql");

#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Kulturhus,
    Dorpshuis,
}

#[derive(OneofObject, Debug)]
enum By {
    Id(ID),
    Slug(String),
}

#[derive(InputObject, Debug)]
struct Filter {
    kinds: Option<Vec<Kind>>,
    text: Option<String>,
    by: Option<By>,
    point: Option<Point>,
    not: Option<Box<Filter>>,
}

#[derive(InputObject, Debug)]
struct Point {
    lon: f64,
    lat: f64,
}

#[derive(Debug)]
struct Date(String);

#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if text.len() == 10 => Ok(Self(text)),
            Value::String(_) => Err(InputValueError::custom(
                "a date has ten characters, such as 2024-03-15",
            )),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

struct Place(usize);

#[Object]
impl Place {
    async fn id(&self) -> ID {
        ID(format!("place-{}", self.0))
    }

    async fn name(&self) -> &str {
        "Trefkoele+"
    }

    async fn nearby(&self, first: Option<i32>) -> PlaceConnection {
        PlaceConnection(first.unwrap_or(20))
    }
}

struct PlaceConnection(i32);

#[Object]
impl PlaceConnection {
    async fn nodes(&self) -> Vec<Place> {
        (0..usize::try_from(self.0).unwrap_or(0))
            .map(Place)
            .collect()
    }

    async fn total_count(&self) -> i32 {
        self.0
    }
}

#[derive(SimpleObject)]
struct Municipality {
    code: String,
}

#[derive(Default)]
struct Runs(AtomicUsize);

struct Edition(String);

struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "hallo"
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one field that takes every kind of input"
    )]
    async fn echo(
        &self,
        text: Option<String>,
        number: Option<i32>,
        float: Option<f64>,
        kind: Option<Kind>,
        by: Option<By>,
        filter: Option<Filter>,
        date: Option<Date>,
        ids: Option<Vec<ID>>,
        #[graphql(default = 7)] seven: i32,
    ) -> String {
        format!("{text:?} {number:?} {float:?} {kind:?} {by:?} {filter:?} {date:?} {ids:?} {seven}")
    }

    async fn places(&self, first: Option<i32>) -> PlaceConnection {
        PlaceConnection(first.unwrap_or(20))
    }

    async fn municipalities(&self) -> Vec<Municipality> {
        (0..25)
            .map(|index| Municipality {
                code: format!("GM{index:04}"),
            })
            .collect()
    }

    async fn runs(&self, ctx: &Context<'_>) -> usize {
        ctx.data_unchecked::<Arc<Runs>>()
            .0
            .fetch_add(1, Ordering::SeqCst)
    }

    async fn edition(&self, ctx: &Context<'_>) -> String {
        ctx.data_unchecked::<Edition>().0.clone()
    }

    async fn slow(&self) -> bool {
        tokio::time::sleep(Duration::from_secs(60)).await;
        true
    }

    async fn busy(&self) -> bool {
        std::thread::sleep(Duration::from_millis(700));
        true
    }

    async fn panic(&self) -> bool {
        assert!(std::hint::black_box(false), "the roof is on fire");
        true
    }

    async fn database(&self) -> Option<async_graphql::Result<bool>> {
        Some(Err("db: SELECT * FROM place".into()))
    }

    async fn cursor(&self) -> Option<async_graphql::Result<bool>> {
        let error = async_graphql::Error::new("`!!` is not a cursor of this list.");
        Some(Err(error.extend_with(|_, extensions| {
            extensions.set("code", "BAD_CURSOR")
        })))
    }
}

struct TestServer {
    address: SocketAddr,
    client: reqwest::Client,
    runs: Arc<Runs>,
    edition: Arc<std::sync::Mutex<String>>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{error}: {}", String::from_utf8_lossy(&self.body));
        })
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The status, the first code and the first message of a request that was refused: it has no data.
    #[track_caller]
    fn refused(&self) -> (u16, String, String) {
        let json = self.json();
        assert!(json.get("data").is_none(), "{json}");
        let error = &json["errors"][0];
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        (
            self.status.as_u16(),
            text(&error["extensions"]["code"]),
            text(&error["message"]),
        )
    }

    #[track_caller]
    fn assert_refused(&self, status: u16, code: &str, part: &str) {
        let (got, got_code, message) = self.refused();
        assert_eq!((got, got_code.as_str()), (status, code), "{message}");
        assert!(message.contains(part), "{message}");
        assert!(self.header("content-type").ends_with("; charset=utf-8"));
        assert!(self.body.len() < 16_384);
    }
}

impl TestServer {
    async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    async fn with(limits: Limits) -> Self {
        let runs = Arc::new(Runs::default());
        let edition = Arc::new(std::sync::Mutex::new("2025-11-24".to_owned()));
        let schema = Schema::build(Query, EmptyMutation, EmptySubscription).data(Arc::clone(&runs));
        let schema = apply_builder_limits(schema, &limits).finish();
        let pinned = Arc::clone(&edition);
        let pin = move |request: &mut async_graphql::Request| {
            let name = pinned.lock().unwrap().clone();
            request.data.insert(Edition(name.clone()));
            name
        };
        let endpoint = GraphqlEndpoint::new(schema, limits, pin).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = TcpAcceptor::from_std(listener).unwrap();
        tokio::spawn(
            Server::new_with_acceptor(acceptor).run(Route::new().at("/graphql", endpoint)),
        );
        Self {
            address,
            client: reqwest::Client::new(),
            runs,
            edition,
        }
    }

    fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer {
            status,
            headers,
            body: response.bytes().await.unwrap().to_vec(),
        }
    }

    fn post(&self, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
        self.client
            .post(self.url())
            .header(CONTENT_TYPE, JSON)
            .header(ACCEPT, GRAPHQL)
            .body(body)
    }

    async fn query(&self, query: &str) -> Answer {
        self.with_variables(query, json!({})).await
    }

    async fn with_variables(&self, query: &str, variables: Json) -> Answer {
        self.send(self.post(json!({ "query": query, "variables": variables }).to_string()))
            .await
    }

    fn get(&self, parameters: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let mut url = reqwest::Url::parse(&self.url()).unwrap();
        url.query_pairs_mut().extend_pairs(parameters);
        self.client.get(url).header(ACCEPT, GRAPHQL)
    }

    /// Sends bytes as they are and reads until the server closes.
    async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        // The server may answer and close before it has read everything: that is the point.
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let mut part = [0; 4096];
        while let Ok(Ok(read @ 1..)) =
            tokio::time::timeout(Duration::from_secs(2), stream.read(&mut part)).await
        {
            answer.extend_from_slice(&part[..read]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// Row 1.
#[tokio::test]
async fn deep_nesting_is_refused_before_the_parser_sees_it() {
    let server = TestServer::start().await;
    for depth in [65, 1_600, 5_000, 20_000] {
        for query in [
            format!("{{f(a:{}{})}}", "[".repeat(depth), "]".repeat(depth)),
            format!("{}{}", "{a".repeat(depth), "}".repeat(depth)),
            format!("{{f(a:{}1{})}}", "{a:".repeat(depth), "}".repeat(depth)),
            format!(
                "query($v: Int = {}{}) {{f}}",
                "[".repeat(depth),
                "]".repeat(depth)
            ),
            format!(
                "query($v: {}Int{}) {{f}}",
                "[".repeat(depth),
                "]".repeat(depth)
            ),
            // The parser reads the first two quotes as an empty string when no block string ends.
            format!("{{f(a:[\"\"\"a\" {}", "[".repeat(depth)),
        ] {
            let started = Instant::now();
            let (status, code, _) = server.query(&query).await.refused();
            // The longest of them do not fit into a body.
            assert!(matches!(status, 400 | 413), "{status} {code}");
            assert!(
                matches!(code.as_str(), "LIMIT_EXCEEDED" | "GRAPHQL_PARSE_FAILED"),
                "{code}"
            );
            assert!(
                started.elapsed() < Duration::from_millis(250),
                "{:?}",
                started.elapsed()
            );
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
            let _ = write!(
                query,
                " fragment F{level} on Query {{...F{0} ...F{0}}}",
                level + 1
            );
        }
        let _ = write!(query, " fragment F{levels} on Query {{hello}}");
        let started = Instant::now();
        server
            .query(&query)
            .await
            .assert_refused(400, "LIMIT_EXCEEDED", "");
        assert!(
            started.elapsed() < Duration::from_millis(250),
            "{:?}",
            started.elapsed()
        );
    }
    let wide = format!(
        "{{...A}} fragment A on Query {{{0}}} fragment B on Query {{{1}}} fragment C on Query {{{2}}} fragment D on Query {{{3}}}",
        "...B ".repeat(10),
        "...C ".repeat(10),
        "...D ".repeat(10),
        "hello ".repeat(10),
    );
    server
        .query(&wide)
        .await
        .assert_refused(400, "LIMIT_EXCEEDED", "selections");
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
    server
        .query(&chain)
        .await
        .assert_refused(400, "LIMIT_EXCEEDED", "nests more than 20");
    let cycle = "{...A} fragment A on Query {...B} fragment B on Query {...A}";
    server
        .query(cycle)
        .await
        .assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "spreads itself");
    let unused = "{hello} fragment A on Query {...A}";
    server
        .query(unused)
        .await
        .assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "spreads itself");
}

/// Row 3.
#[tokio::test]
async fn nested_pages_of_a_hundred_are_refused_by_their_cost() {
    let server = TestServer::start().await;
    let query =
        "{places(first:100){nodes{nearby(first:100){nodes{nearby(first:100){nodes{id}}}}}}}";
    server
        .query(query)
        .await
        .assert_refused(400, "LIMIT_EXCEEDED", "costs 1111");
    let hidden =
        "query($n:Int=100){places(first:$n){...P}} fragment P on PlaceConnection{nodes{...Q}}
        fragment Q on Place{nearby(first:$n){nodes{nearby(first:$n){nodes{id}}}}}";
    server
        .query(hidden)
        .await
        .assert_refused(400, "LIMIT_EXCEEDED", "costs 1111");
    let modest = server
        .query("{places(first:10){nodes{nearby(first:10){nodes{id}}}}}")
        .await;
    assert_eq!(
        modest.json()["data"]["places"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        10
    );
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
    server.query(&format!("{{{roots}}}")).await.assert_refused(
        400,
        "LIMIT_EXCEEDED",
        "21 root fields",
    );
}

/// Row 5: bounds are the resolvers'; a number that is no Int never reaches them.
#[tokio::test]
async fn a_page_size_that_is_no_int_is_refused() {
    let server = TestServer::start().await;
    for first in ["2147483648", "-2147483649", "1.5", "\"3\"", "[1,2]"] {
        let query = format!("{{places(first:{first}){{totalCount}}}}");
        server.query(&query).await.assert_refused(
            400,
            "GRAPHQL_VALIDATION_FAILED",
            "`places(first)",
        );
        let query = "query($n:Int){places(first:$n){totalCount}}";
        let given = json!({ "n": serde_json::from_str::<Json>(first).unwrap() });
        server
            .with_variables(query, given)
            .await
            .assert_refused(400, "BAD_USER_INPUT", "`$n");
    }
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
        format!(
            "{{echo(text: {}\"{}\")}}",
            "x".repeat(30_000),
            "y".repeat(30_000)
        ),
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
            assert!(
                !message.contains(&"x".repeat(61)) && !message.contains(&"y".repeat(61)),
                "{message}"
            );
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
        server
            .query(query)
            .await
            .assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "");
    }
    assert_eq!(
        server
            .query("{__typename hello @skip(if:true)}")
            .await
            .json(),
        json!({"data": {"__typename": "Query"}})
    );
}

/// Row 8.
#[tokio::test]
async fn a_batch_is_refused() {
    let server = TestServer::start().await;
    let batch = json!(vec![json!({"query": "{hello}"}); 1000]).to_string();
    server.send(server.post(batch)).await.assert_refused(
        400,
        "BAD_REQUEST",
        "one request at a time",
    );
    server.send(server.post("[]")).await.assert_refused(
        400,
        "BAD_REQUEST",
        "one request at a time",
    );
}

/// Row 9.
#[tokio::test]
async fn a_large_body_is_refused_before_it_has_arrived() {
    let server = TestServer::start().await;
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";
    // Announced, and never sent.
    let answer = server
        .raw(format!("{head}Content-Length: 33554432\r\n\r\n").as_bytes())
        .await;
    assert!(
        answer.starts_with("HTTP/1.1 413 ") && answer.contains("\"code\":\"LIMIT_EXCEEDED\""),
        "{answer}"
    );
    // Not announced, and not ended.
    let chunk = format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n10100\r\n{}\r\n",
        " ".repeat(0x10100)
    );
    let answer = server.raw(chunk.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    let fits = json!({"query": "{hello}", "variables": {"x": "x".repeat(65_000)}}).to_string();
    assert_eq!(server.send(server.post(fits)).await.status, 200);
}

/// A body that never ends.
#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let server = TestServer::with(Limits {
        timeout_ms: 100,
        ..Limits::default()
    })
    .await;
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";
    let answer = server
        .raw(format!("{head}Content-Length: 100\r\n\r\n{{").as_bytes())
        .await;
    assert!(
        answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"code\":\"TIMEOUT\""),
        "{answer}"
    );
}

/// Row 10.
#[tokio::test]
async fn a_parse_error_does_not_repeat_the_query() {
    let server = TestServer::start().await;
    for query in [
        "{f(a:\"secret\" ",
        "{ secret secret: secret ! }",
        "secret",
        "",
        "{",
        "{hello(}",
        "\u{0}",
        "{a(b:1e400)}",
    ] {
        let answer = server.query(query).await;
        answer.assert_refused(400, "GRAPHQL_PARSE_FAILED", "The query is not GraphQL");
        assert!(!String::from_utf8_lossy(&answer.body).contains("secret"));
    }
    let deep = "{a".repeat(30_000);
    let answer = server.query(&deep).await;
    answer.assert_refused(400, "LIMIT_EXCEEDED", "");
    assert!(answer.body.len() < 300);
}

/// Row 11.
#[tokio::test]
async fn only_json_in_utf8_is_read() {
    let server = TestServer::start().await;
    let body = r#"{"query":"{hello}"}"#;
    let send = |content_type: Option<&str>| {
        let request = server
            .client
            .post(server.url())
            .header(ACCEPT, GRAPHQL)
            .body(body);
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
        send(refused)
            .await
            .assert_refused(415, "BAD_REQUEST", "application/json");
    }
    for accepted in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=\"UTF-8\"",
    ] {
        assert_eq!(send(Some(accepted)).await.status, 200, "{accepted}");
    }
    let compressed = server
        .send(server.post(body).header("content-encoding", "gzip"))
        .await;
    compressed.assert_refused(415, "BAD_REQUEST", "compressed");
}

/// Row 12.
#[tokio::test]
async fn other_methods_are_refused_and_told_which_are_allowed() {
    let server = TestServer::start().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let request = server
            .client
            .request(method, server.url())
            .header(CONTENT_TYPE, JSON);
        let answer = server.send(request.body(r#"{"query":"{hello}"}"#)).await;
        answer.assert_refused(405, "BAD_REQUEST", "GET and POST");
        assert_eq!(answer.header("allow"), ALLOW);
    }
    let head = server
        .client
        .head(format!("{}?query={{hello}}", server.url()));
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
        server.send(
            server
                .client
                .post(server.url())
                .header(CONTENT_TYPE, JSON)
                .header(ACCEPT, accept)
                .body(body),
        )
    };
    for (accept, expected) in [
        (GRAPHQL, "application/graphql-response+json; charset=utf-8"),
        (JSON, "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
    ] {
        let answer = send(accept).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, expected)
        );
        assert_eq!(answer.header("vary"), "Accept, Accept-Encoding");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.json(), json!({"data": {"hello": "hallo"}}));
    }
    send("text/html")
        .await
        .assert_refused(406, "BAD_REQUEST", "application/json");
}

/// Row 14.
#[tokio::test]
async fn a_refused_query_has_no_data_and_its_status_follows_the_media_type() {
    let server = TestServer::start().await;
    for (body, code) in [
        (json!({"query": "{"}), "GRAPHQL_PARSE_FAILED"),
        (json!({"query": "{nothing}"}), "GRAPHQL_VALIDATION_FAILED"),
        (
            json!({"query": "query($n:Int!){places(first:$n){totalCount}}"}),
            "BAD_USER_INPUT",
        ),
        (
            json!({"query": "query A{hello} query B{hello}"}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({"query": "query A{hello}", "operationName": "B"}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({"query": "{hello}", "operationName": "B"}),
            "GRAPHQL_VALIDATION_FAILED",
        ),
    ] {
        server
            .send(server.post(body.to_string()))
            .await
            .assert_refused(400, code, "");
        let json = server
            .client
            .post(server.url())
            .header(CONTENT_TYPE, JSON)
            .header(ACCEPT, JSON);
        server
            .send(json.body(body.to_string()))
            .await
            .assert_refused(200, code, "");
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
        (
            "{\"query\":\"{hello}\",\"variables\":[7]}",
            "`variables` must be an object",
        ),
        (
            "{\"query\":\"{hello}\",\"operationName\":7}",
            "`operationName` must be text",
        ),
        (
            "{\"query\":\"{hello}\",\"extensions\":\"x\"}",
            "`extensions` must be an object",
        ),
    ] {
        server
            .send(server.post(body))
            .await
            .assert_refused(400, "BAD_REQUEST", part);
    }
}

/// Rows 17 and 18.
#[tokio::test]
async fn a_get_reads_the_operation_name_and_takes_empty_parameters_as_absent() {
    let server = TestServer::start().await;
    let query = "query A{a:hello} query B($n:Int){b:echo(number:$n)}";
    let answer = server
        .send(server.get(&[("query", query), ("operationName", "B"), ("variables", "")]))
        .await;
    assert_eq!(
        answer.json()["data"]["b"],
        "None None None None None None None None 7"
    );
    let answer = server
        .send(server.get(&[
            ("query", query),
            ("operationName", "B"),
            ("variables", r#"{"n":3}"#),
        ]))
        .await;
    assert_eq!(
        answer.json()["data"]["b"],
        "None Some(3) None None None None None None 7"
    );
    for (parameters, part) in [
        (vec![("query", "")], "`query` is missing"),
        (vec![], "`query` is missing"),
        (
            vec![("query", "{hello}"), ("variables", "{")],
            "`variables` is not JSON",
        ),
        (
            vec![("query", "{hello}"), ("variables", "[]")],
            "`variables` must be an object",
        ),
        (
            vec![("query", "{hello}"), ("query", "{hello}")],
            "given twice",
        ),
    ] {
        server
            .send(server.get(&parameters))
            .await
            .assert_refused(400, "BAD_REQUEST", part);
    }
}

/// Row 19.
#[tokio::test]
async fn a_mutation_by_get_is_refused() {
    let server = TestServer::start().await;
    let answer = server.send(server.get(&[("query", "mutation{x}")])).await;
    answer.assert_refused(405, "BAD_REQUEST", "only run a query");
    assert_eq!(answer.header("allow"), "POST");
    server.query("mutation{x}").await.assert_refused(
        400,
        "GRAPHQL_VALIDATION_FAILED",
        "queries only",
    );
    server.query("subscription{x}").await.assert_refused(
        400,
        "GRAPHQL_VALIDATION_FAILED",
        "queries only",
    );
}

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
    assert_eq!(
        (answer.status.as_u16(), &json["data"]),
        (200, &json!({"hello": "hallo", "database": null}))
    );
    let error = &json["errors"][0];
    assert_eq!(
        (&error["message"], &error["path"]),
        (&json!("internal error"), &json!(["database"]))
    );
    assert_eq!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    assert!(error["extensions"]["requestId"].is_string());
    let error = &server.query("{cursor}").await.json()["errors"][0];
    assert_eq!(error["extensions"]["code"], "BAD_CURSOR");
    assert_eq!(error["message"], "`!!` is not a cursor of this list.");
}

/// Row 23.
#[tokio::test]
async fn a_one_of_input_has_exactly_one_key_that_is_not_null() {
    let server = TestServer::start().await;
    for by in [
        "{}",
        "{id: 1, slug: \"a\"}",
        "{id: null}",
        "{id: null, slug: \"a\"}",
        "{nr: 1}",
        "[]",
        "3",
    ] {
        let query = format!("{{echo(by:{by})}}");
        server
            .query(&query)
            .await
            .assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "`echo(by)");
        let json = by
            .replace("id:", "\"id\":")
            .replace("slug:", "\"slug\":")
            .replace("nr:", "\"nr\":");
        let given = json!({"by": serde_json::from_str::<Json>(&json).unwrap()});
        let query = "query($by:By){echo(by:$by)}";
        if by == "[]" {
            continue;
        }
        server
            .with_variables(query, given)
            .await
            .assert_refused(400, "BAD_USER_INPUT", "`$by");
    }
    let nullable = "query($id:ID){echo(by:{id:$id})}";
    server
        .with_variables(nullable, json!({"id": "1"}))
        .await
        .assert_refused(
            400,
            "GRAPHQL_VALIDATION_FAILED",
            "used where `ID!` is wanted",
        );
    let right = server
        .with_variables("query($by:By){echo(by:$by)}", json!({"by": {"id": 7}}))
        .await;
    assert!(
        right.json()["data"]["echo"]
            .as_str()
            .unwrap()
            .contains("Id(ID(\"7\"))"),
        "{}",
        right.json()
    );
}

/// Row 24.
#[tokio::test]
async fn numbers_that_do_not_exist_are_refused() {
    let server = TestServer::start().await;
    server
        .query("{echo(float:1e400)}")
        .await
        .assert_refused(400, "GRAPHQL_PARSE_FAILED", "");
    for raw in ["1e400", "NaN", "Infinity"] {
        let body =
            format!(r#"{{"query":"query($f:Float){{echo(float:$f)}}","variables":{{"f":{raw}}}}}"#);
        server
            .send(server.post(body))
            .await
            .assert_refused(400, "BAD_REQUEST", "not JSON");
    }
    server
        .query("{echo(number:2147483648)}")
        .await
        .assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "an Int");
    let query = "query($n:Int){echo(number:$n)}";
    server
        .with_variables(query, json!({"n": 2_147_483_648_i64}))
        .await
        .assert_refused(400, "BAD_USER_INPUT", "an Int");
}

/// Row 25.
#[tokio::test]
async fn variables_nested_a_thousand_deep_are_refused() {
    let server = TestServer::start().await;
    for depth in [128, 1_000, 30_000] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let body = format!(r#"{{"query":"{{hello}}","variables":{{"x":{nested}}}}}"#);
        server
            .send(server.post(body))
            .await
            .assert_refused(400, "BAD_REQUEST", "recursion limit");
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
        server
            .send(server.post(bytes))
            .await
            .assert_refused(400, "BAD_REQUEST", "not JSON");
    }
    let query = "query($t:String $f:Filter){echo(text:$t filter:$f)}";
    for variables in [
        json!({"t": "a\0b"}),
        json!({"f": {"not": {"text": "\0"}}}),
        json!({"f": {"by": {"id": "\0"}}}),
    ] {
        server
            .with_variables(query, variables)
            .await
            .assert_refused(400, "BAD_USER_INPUT", "U+0000");
    }
    server
        .query("{echo(text:\"\\u0000\")}")
        .await
        .assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "U+0000");
}

/// Row 27.
#[tokio::test]
async fn a_long_uri_is_refused() {
    let server = TestServer::start().await;
    let long = server
        .send(server.get(&[("query", &format!("{{hello}}#{}", "x".repeat(9_000)))]))
        .await;
    long.assert_refused(414, "LIMIT_EXCEEDED", "by POST");
    let post = server
        .client
        .post(format!("{}?{}", server.url(), "x".repeat(9_000)))
        .body("{}");
    server
        .send(post)
        .await
        .assert_refused(414, "LIMIT_EXCEEDED", "by POST");
    let huge = format!(
        "GET /graphql?query={} HTTP/1.1\r\nHost: x\r\n\r\n",
        "x".repeat(1_000_000)
    );
    let answer = server.raw(huge.as_bytes()).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
        "{answer}"
    );
    assert_eq!(server.query("{hello}").await.status, 200);
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
        let operation = if query.contains("query A") {
            json!("A")
        } else {
            Json::Null
        };
        let body = json!({"query": query, "operationName": operation}).to_string();
        server
            .send(server.post(body))
            .await
            .assert_refused(400, "GRAPHQL_VALIDATION_FAILED", part);
    }
}

/// Row 29.
#[tokio::test]
async fn the_introspection_of_tools_passes_and_a_circular_one_does_not() {
    let server = TestServer::start().await;
    let answer = server.query(INTROSPECTION).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(
        answer.json()["data"]["__schema"]["queryType"]["name"],
        "Query"
    );
    let circular = format!(
        "{{__schema{{types{}{{name}}{}}}}}",
        "{fields{type".repeat(6),
        "}}".repeat(6)
    );
    server
        .query(&circular)
        .await
        .assert_refused(400, "LIMIT_EXCEEDED", "costs");
    // A type or a fragment with the name of the field does not change the count.
    let renamed = circular.replace("{__schema", "{__type:__schema");
    server
        .query(&renamed)
        .await
        .assert_refused(400, "LIMIT_EXCEEDED", "costs");
}

#[tokio::test]
async fn an_operation_that_takes_too_long_is_given_up() {
    let server = TestServer::with(Limits {
        timeout_ms: 100,
        ..Limits::default()
    })
    .await;
    let started = Instant::now();
    server
        .query("{slow}")
        .await
        .assert_refused(503, "TIMEOUT", "longer than 100 ms");
    assert!(started.elapsed() < Duration::from_secs(2));
}

/// A resolver that never waits cannot be cancelled, but it does not keep the caller.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_that_never_waits_does_not_hold_up_its_answer() {
    let server = TestServer::with(Limits {
        timeout_ms: 100,
        ..Limits::default()
    })
    .await;
    let started = Instant::now();
    server
        .query("{busy}")
        .await
        .assert_refused(503, "TIMEOUT", "");
    assert!(
        started.elapsed() < Duration::from_millis(600),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn wrong_variables_are_refused_before_anything_runs() {
    let server = TestServer::start().await;
    let query = "query($t:String $k:Kind $f:Filter $d:Date $i:[ID!]){
        runs echo(text:$t kind:$k filter:$f date:$d ids:$i)}";
    for (variables, message) in [
        (json!({"t": 1}), "`$t` must be a String, not 1."),
        (
            json!({"k": "KERK"}),
            "`$k` must be a value of `Kind`: KULTURHUS, DORPSHUIS; not the text \"KERK\".",
        ),
        (
            json!({"f": {"kinds": ["DORPSHUIS", null]}}),
            "`$f.kinds[1]` must not be null; its type is `Kind!`.",
        ),
        (
            json!({"f": {"kind": "X"}}),
            "`$f` has no field `kind`; `Filter` has kinds, text, by, point, not.",
        ),
        (
            json!({"f": {"point": {"lon": 6.1}}}),
            "`$f.point` lacks `lat: Float!`, which `Point` requires.",
        ),
        (
            json!({"f": {"not": {"by": {}}}}),
            "`$f.not.by` must have exactly one of id, slug; it has 0.",
        ),
        (
            json!({"f": 3}),
            "`$f` must be an object of the type `Filter`, not 3.",
        ),
        (
            json!({"d": 3}),
            "`$d` must be a Date, text such as \"2024-03-15\", not 3.",
        ),
        (
            json!({"i": [true]}),
            "`$i[0]` must be an ID, text or a whole number, not true.",
        ),
    ] {
        let (status, code, got) = server.with_variables(query, variables).await.refused();
        assert_eq!(
            (status, code.as_str(), got.as_str()),
            (400, "BAD_USER_INPUT", message)
        );
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
        (
            "query($v:Float){echo(filter:{point:{lon:$v lat:1}})}",
            "Float!",
        ),
    ] {
        let part = format!("is used where `{wanted}` is wanted");
        server
            .query(query)
            .await
            .assert_refused(400, "GRAPHQL_VALIDATION_FAILED", &part);
    }
    // async-graphql alone refuses the first of these, and gives the third argument as null.
    for (query, variables, echo) in [
        (
            "query($v:[ID!]!){echo(ids:$v)}",
            json!({"v": [1, "b"]}),
            "Some([ID(\"1\"), ID(\"b\")]) 7",
        ),
        (
            "query($v:ID!){echo(ids:[$v,\"c\"])}",
            json!({"v": "b"}),
            "Some([ID(\"b\"), ID(\"c\")]) 7",
        ),
        ("query($v:Int){echo(seven:$v)}", json!({}), "None 7"),
        ("query($v:Int=9){echo(seven:$v)}", json!({}), "None 9"),
        ("query($v:Int=9){echo(seven:$v)}", json!({"v": 8}), "None 8"),
        (
            "query($v:Boolean=true){hello @skip(if:$v) echo}",
            json!({}),
            "None 7",
        ),
        (
            "query($v:Kind){...F} fragment F on Query{echo(kind:$v)}",
            json!({"v": "DORPSHUIS"}),
            "None 7",
        ),
        (
            "query($v:String){echo(filter:{text:$v})}",
            json!({}),
            "None None 7",
        ),
    ] {
        let answer = server.with_variables(query, variables).await;
        let json = answer.json();
        let got = json["data"]["echo"]
            .as_str()
            .unwrap_or_else(|| panic!("{query}: {json}"));
        assert!(got.ends_with(echo), "{query}: {got}");
    }
    let null = server
        .with_variables("query($v:Int=9){echo(seven:$v)}", json!({"v": null}))
        .await;
    null.assert_refused(400, "GRAPHQL_VALIDATION_FAILED", "");
}

#[tokio::test]
async fn a_large_variable_is_not_multiplied_without_end() {
    let server = TestServer::start().await;
    let uses = "echo(text:$t) ".repeat(20);
    let query = format!("query($t:String){{{uses}}}");
    let large = server
        .with_variables(&query, json!({"t": "x".repeat(60_000)}))
        .await;
    large.assert_refused(400, "LIMIT_EXCEEDED", "variables come to more than");
}

#[tokio::test]
async fn a_custom_scalar_is_read_by_its_resolver_and_says_why_not() {
    let server = TestServer::start().await;
    let answer = server
        .with_variables("query($d:Date){echo(date:$d)}", json!({"d": "gisteren"}))
        .await;
    let error = &answer.json()["errors"][0];
    assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{error}");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("ten characters"),
        "{error}"
    );
}

#[tokio::test]
async fn the_same_question_is_answered_once_in_an_edition() {
    let server = TestServer::start().await;
    let first = server.query("{runs edition}").await.json();
    assert_eq!(first["data"], json!({"runs": 0, "edition": "2025-11-24"}));
    for same in [
        "{runs,edition}",
        " { runs # how often\n edition } ",
        "{\n\truns\r\n\tedition\n}",
    ] {
        assert_eq!(server.query(same).await.json(), first);
    }
    assert_eq!(
        server
            .send(server.get(&[("query", "{runs edition}")]))
            .await
            .json(),
        first
    );
    assert_eq!(
        server.query("{edition runs}").await.json()["data"]["runs"],
        1
    );
    assert_eq!(
        server
            .with_variables("{runs edition}", json!({"x": 1}))
            .await
            .json()["data"]["runs"],
        2
    );
    "2025-11-25".clone_into(&mut server.edition.lock().unwrap());
    assert_eq!(
        server.query("{runs edition}").await.json()["data"],
        json!({"runs": 3, "edition": "2025-11-25"})
    );
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
    assert_eq!(plain.header("cache-control"), super::CACHE_FOR);
    assert_eq!(plain.header("content-encoding"), "");
    let gzip = server
        .send(server.get(&[query]).header(ACCEPT_ENCODING, "gzip"))
        .await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert_eq!(gzip.header("content-length"), gzip.body.len().to_string());
    let mut unpacked = Vec::new();
    GzDecoder::new(gzip.body.as_slice())
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, plain.body);
    let json = server
        .send(
            server.get(&[query]).headers(
                [(ACCEPT, HeaderValue::from_static(JSON))]
                    .into_iter()
                    .collect(),
            ),
        )
        .await;
    let tags = [
        plain.header("etag"),
        gzip.header("etag"),
        json.header("etag"),
    ];
    assert!(
        tags.iter().all(|tag| tag.starts_with('"')) && tags[0] != tags[1] && tags[0] != tags[2],
        "{tags:?}"
    );
    for given in [
        tags[0].to_owned(),
        format!("W/{}", tags[0]),
        format!("\"x\", {}", tags[0]),
        "*".to_owned(),
    ] {
        let again = server
            .send(server.get(&[query]).header(IF_NONE_MATCH, &given))
            .await;
        assert_eq!(
            (
                again.status.as_u16(),
                again.body.len(),
                again.header("etag")
            ),
            (304, 0, tags[0]),
            "{given}"
        );
    }
    let other = server
        .send(server.get(&[query]).header(IF_NONE_MATCH, tags[1]))
        .await;
    assert_eq!(other.status, 200);
    let post = server
        .send(
            server
                .post(r#"{"query":"{hello}"}"#)
                .header(IF_NONE_MATCH, "*"),
        )
        .await;
    assert_eq!((post.status.as_u16(), post.header("etag")), (200, ""));
    let error = server.send(server.get(&[("query", "{nothing}")])).await;
    assert_eq!(
        (error.header("cache-control"), error.header("etag")),
        ("no-store", "")
    );
}

#[tokio::test]
async fn any_page_may_ask() {
    let server = TestServer::start().await;
    let answer = server
        .send(server.client.request(Method::OPTIONS, server.url()))
        .await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (204, 0));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-methods"), ALLOW);
    assert_eq!(
        answer.header("access-control-allow-headers"),
        "Content-Type, Accept, If-None-Match"
    );
    for answer in [server.query("{hello}").await, server.query("{").await] {
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-expose-headers"), "ETag");
    }
}

/// The 61 audits of graphql-http, the reference suite of GraphQL over HTTP.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_61_audits_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audits");
    assert!(
        folder.join("node_modules/graphql-http").is_dir(),
        "the audits are not installed: run `npm ci` in tests/audits, as scripts/test does"
    );
    let server = TestServer::start().await;
    let url = server.url();
    let output = tokio::task::spawn_blocking(move || {
        std::process::Command::new("node")
            .arg("audits.mjs")
            .arg(url)
            .current_dir(folder)
            .output()
    });
    let output = output.await.unwrap().expect("node is installed");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{lines}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(lines.ends_with("61 of 61 audits are ok\n"), "{lines}");
}

/// Pieces that bring random texts near to GraphQL and JSON.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "\"",
            "\"\"\"",
            "\\",
            "$",
            "@",
            "...",
            ":",
            "=",
            "!",
            "#",
            "\n",
            "query ",
            "fragment F on Query",
            "{hello}",
            "{\"query\":\"",
            "\"}",
            "\",\"variables\":{",
            "null",
            "1e9",
            "-",
            "on ",
            "echo",
            "places(first:3)",
            "@skip(if:true)",
            "__schema",
            "...F",
            "\u{feff}",
            "\\u0000",
            "\\ud800",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[test]
fn random_bytes_never_give_a_fault_of_ours_nor_an_answer_that_is_not_json() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(TestServer::start());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(256));
    let inputs = (noise(), any::<bool>());
    let result = runner.run(&inputs, |(bytes, wrapped)| {
        let body = match std::str::from_utf8(&bytes) {
            Ok(text) if wrapped => json!({ "query": text }).to_string().into_bytes(),
            _ => bytes,
        };
        let answer = runtime.block_on(server.send(server.post(body)));
        prop_assert!(
            answer.status.as_u16() < 500,
            "{}",
            String::from_utf8_lossy(&answer.body)
        );
        let json: Json = serde_json::from_slice(&answer.body).unwrap_or_default();
        prop_assert!(json.is_object());
        let codes = json["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .all(|e| e["extensions"]["code"].is_string());
        prop_assert!(codes, "{}", json);
        Ok(())
    });
    result.unwrap();
}
