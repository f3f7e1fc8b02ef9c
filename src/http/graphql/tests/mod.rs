//! The endpoint on a small schema, over a real socket: one test for each way to send something bad.

mod answers;
mod documents;
mod door;
mod oracle;
mod size;
mod suite;
mod transport;
mod values;

use std::fmt::Write as _;
use std::io::Read as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Enum, ErrorExtensions, ID, InputObject, InputValueError,
    InputValueResult, Object, OneofObject, Scalar, ScalarType, Schema, SimpleObject, Value,
};
use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;
use poem::listener::TcpAcceptor;
use poem::{Route, Server};
use proptest::prelude::*;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, IF_NONE_MATCH};
use reqwest::{Method, StatusCode};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::request::ALLOW;
use super::{CACHE_FOR, GraphqlEndpoint};
use crate::graphql::limits::{Limits, apply_builder_limits};
use crate::graphql::moment::Moment;

const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";

/// graphql-js asks this with every option; GraphiQL and code generators ask it at their start.
const INTROSPECTION: &str = include_str!("../../../../tests/audits/introspection.graphql");

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
            Value::String(_) => Err(InputValueError::custom("a date has ten characters, such as 2024-03-15")),
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
        (0..usize::try_from(self.0).unwrap_or(0)).map(Place).collect()
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

    #[expect(clippy::too_many_arguments, reason = "one field that takes every kind of input")]
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
        (0..25).map(|index| Municipality { code: format!("GM{index:04}") }).collect()
    }

    async fn runs(&self, ctx: &Context<'_>) -> usize {
        ctx.data_unchecked::<Arc<Runs>>().0.fetch_add(1, Ordering::SeqCst)
    }

    /// A count that holds until the next whole hour.
    async fn hourly(&self, ctx: &Context<'_>) -> usize {
        let next = |now: DateTime<Utc>| DateTime::from_timestamp(now.timestamp() / 3_600 * 3_600 + 3_600, 0);
        let runs = ctx.data_unchecked::<Arc<Runs>>().0.fetch_add(1, Ordering::SeqCst);
        ctx.data_unchecked::<Arc<Moment>>().read(|now| (runs, next(now)))
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
        Some(Err(error.extend_with(|_, extensions| extensions.set("code", "BAD_CURSOR"))))
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
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The status, the first code and the first message of a request that was refused: it has no data.
    #[track_caller]
    fn refused(&self) -> (u16, String, String) {
        let json = self.json();
        assert!(json.get("data").is_none(), "{json}");
        let error = &json["errors"][0];
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), text(&error["extensions"]["code"]), text(&error["message"]))
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
        Self::at(limits, Utc::now).await
    }

    async fn at(limits: Limits, clock: fn() -> DateTime<Utc>) -> Self {
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
        let endpoint = GraphqlEndpoint::new(schema, limits, pin).unwrap().with_clock(clock);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = TcpAcceptor::from_std(listener).unwrap();
        tokio::spawn(Server::new_with_acceptor(acceptor).run(Route::new().at("/graphql", endpoint)));
        Self { address, client: reqwest::Client::new(), runs, edition }
    }

    fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    fn post(&self, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
        self.client.post(self.url()).header(CONTENT_TYPE, JSON).header(ACCEPT, GRAPHQL).body(body)
    }

    async fn query(&self, query: &str) -> Answer {
        self.with_variables(query, json!({})).await
    }

    async fn with_variables(&self, query: &str, variables: Json) -> Answer {
        self.send(self.post(json!({ "query": query, "variables": variables }).to_string())).await
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
        while let Ok(Ok(read @ 1..)) = tokio::time::timeout(Duration::from_secs(2), stream.read(&mut part)).await {
            answer.extend_from_slice(&part[..read]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    }
}
