//! Price against time, for each kind of what is paid: `cargo bench --profile dist --bench prices`.
//!
//! One line a kind: what it is, its price in units, the microseconds of a processor that it took (the least of a few runs, each asked
//! anew), and the one by the other. A price is true where that is between a half and two.

use std::{sync::Arc, time::Instant};

use noaber::{
    app::App,
    config::Config,
    graphql::{coerce, cost, limits::Limits, schema_map::SchemaMap, sdl},
    http::Service,
};
use poem::{Endpoint, Request, http::Method};

/// How often each is asked.
const RUNS: usize = 5;

/// A query whose answer is not kept: `{n}` is another number each time.
const QUERIES: [(&str, &str); 12] = [
    ("a list of a hundred, plain", "{ places(first: 100) { nodes { a{n}: id name kind facilities } } }"),
    ("a list of a hundred, municipalities", "{ places(first: 100) { nodes { a{n}: id municipality { name } } } }"),
    ("facets", "{ places { a{n}: totalCount facets { municipalities { value count } kinds { value count } } } }"),
    ("clusters", "{ places { a{n}: totalCount clusters(cellSize: 1000) { count } } }"),
    ("text with a typing error", "{ places(filter: { text: \"Trefkole {n}\" }) { totalCount } }"),
    ("statistics by settlement", "{ a{n}: placeStatistics(groupBy: [SETTLEMENT]) { count share } }"),
    ("boundaries", "{ a{n}: municipalities { boundary } }"),
    ("coverage, figures", "{ coverage(maxDistance: 2{n}) { population atLeast { shareCovered } } }"),
    ("coverage, an area", "{ coverage(maxDistance: 2{n}) { coveredArea } }"),
    (
        "coverage, three geometries",
        "{ coverage(maxDistance: 2{n}) { coveredGeometry uncertainGeometry uncoveredGeometry } }",
    ),
    (
        "coverage of a municipality, an area",
        "{ municipality(by: { code: \"GM0148\" }) { coverage(maxDistance: 2{n}) { coveredArea } } }",
    ),
    ("coverage, improvements", "{ coverage(maxDistance: 2{n}) { improvements(first: 5) { populationUncertain } } }"),
];

/// An address whose answer is not kept, and its price.
const ADDRESSES: [(&str, &str, u64); 5] = [
    ("the list as a page", "/?lat=52.{n}&lon=6.5", 10_000),
    ("GeoJSON", "/places.geojson?lat=52.{n}&lon=6.5", 100_000),
    ("CSV", "/places.csv?lat=52.{n}&lon=6.5", 50_000),
    ("a map as SVG", "/map.svg?title={n}", 100_000),
    ("a map as PNG", "/map.png?title={n}", 500_000),
];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite://{}?mode=rwc", folder.path().join("noaber.db").display());
    let variables = [("NOABER_DATABASE".to_owned(), database), ("NOABER_LISTEN".to_owned(), "127.0.0.1:0".to_owned())];
    let config = Config::read(Default::default(), variables.into_iter()).expect("settings");
    let app = runtime.block_on(App::start(&config)).expect("a service");
    let (routes, _) = Service::of(app.library.clone()).routes().expect("a schema");
    let routes = Arc::new(routes);
    let (map, limits) = (SchemaMap::from_sdl(&sdl()).expect("our own schema"), Limits::default());
    let price = |query: &str| {
        let document = async_graphql::parser::parse_query(query).expect("a query");
        let document = coerce::resolve_values(&map, &limits, document, None, &serde_json::Map::new())
            .unwrap_or_else(|refused| panic!("{query}: {refused:?}"));
        let operation = coerce::select(&document, None).expect("an operation");
        cost::cost(&map, &limits, &document, &operation.node)
    };
    let least_us = |request: &dyn Fn(usize) -> Request| {
        let times = (0..RUNS).map(|run| {
            let request = request(run);
            let began = Instant::now();
            let answer = runtime.block_on(routes.get_response(request));
            assert!(answer.status().is_success(), "{}", answer.status());
            began.elapsed().as_micros()
        });
        times.min().unwrap_or_default()
    };
    let number = |text: &str, run: usize| text.replace("{n}", &format!("{}", 101 + run));
    let tell = |name: &str, price: u64, us: u128| {
        #[expect(clippy::cast_precision_loss, reason = "a ratio to be read by somebody")]
        let ratio = price as f64 / us.max(1) as f64;
        eprintln!("{name:<40} {price:>9} units {us:>9} µs {ratio:>8.2}");
    };
    for (name, query) in QUERIES {
        let ask = |run| {
            let body = serde_json::json!({ "query": number(query, run) }).to_string();
            Request::builder().method(Method::POST).uri_str("/graphql").content_type("application/json").body(body)
        };
        tell(name, price(&number(query, 0)), least_us(&ask));
    }
    for (name, address, price) in ADDRESSES {
        tell(name, price, least_us(&|run| Request::builder().uri_str(number(address, run)).finish()));
    }
}
