//! Whole GraphQL requests in memory, on the real data and on invented multiples of it:
//! `cargo bench --profile dist --bench requests`.
//!
//! `known/…` is what it costs to say that a client has an answer already, of each address, beside `known/graphql, sent`, an answer of the
//! API that is kept and sent whole: none of the others may cost twice as much.
//!
//! Read the figures as ratios within one run. The baseline of a list of places that writes itself is the same list through
//! the executor of async-graphql, brought about by one more field that has no plan and is null everywhere.

use std::sync::Arc;

use async_graphql::{Request, parser::parse_query};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use noaber::{
    app::App,
    config::Config,
    edition::Edition,
    graphql::{
        ApiSchema, hot,
        limits::Limits,
        schema,
        schema_map::SchemaMap,
        sdl,
        validation::{input_object, merge},
    },
    http, seed,
};
use poem::{Endpoint, Response, http::header};

const BOX: &str = "within: { bbox: { west: 6.0, south: 52.3, east: 6.6, north: 52.6 } }";
const FIELDS: &str = "id name kind location { lon lat } municipality { code name } facilities activities";

/// The real places, each several times with a key of its own and moved a little: invented data.
fn edition(times: u32) -> Arc<Edition> {
    let mut facts = seed::read().expect("the seed of this build is tested");
    let (places, sources) = (facts.places.clone(), facts.place_sources.clone());
    for copy in 1..times {
        let rename = |key: &str| format!("{key}-{copy}");
        let moved = f64::from(copy % 100) * 0.000_1;
        facts.places.extend(places.iter().cloned().map(|mut place| {
            place.key = rename(&place.key);
            if let Some(location) = &mut place.location {
                location.lon += moved;
            }
            place
        }));
        facts.place_sources.extend(sources.iter().cloned().map(|mut link| {
            link.place = rename(&link.place);
            link
        }));
    }
    Arc::new(Edition::build(facts.in_order()).expect("copies of good facts"))
}

struct Service {
    runtime: tokio::runtime::Runtime,
    schema: ApiSchema,
    limits: Arc<Limits>,
    edition: Arc<Edition>,
}

impl Service {
    fn answer(&self, query: &str) -> Vec<u8> {
        let request = Request::new(query).data(self.edition.clone()).data(self.limits.clone());
        let response = self.runtime.block_on(self.schema.execute(request));
        assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
        hot::data(&response)
    }
}

fn requests(criterion: &mut Criterion) {
    for times in [1, 40, 400] {
        let edition = edition(times);
        let count = edition.places().len();
        let service = Service {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"),
            schema: schema(),
            limits: Arc::new(Limits::default()),
            edition,
        };
        let list = |fields: &str| format!("{{ places(filter: {{ {BOX} }}, first: 100) {{ nodes {{ {fields} }} }} }}");
        let queries = [
            ("list of a hundred/writes itself", list(FIELDS)),
            ("list of a hundred/executor", list(&format!("{FIELDS} neighbourhood {{ code }}"))),
            (
                "ten nearest/with distance",
                "{ nearestPlaces(to: { wgs84: { lon: 6.3, lat: 52.45 } }, maxDistance: 5000, first: 10) { edges { distance node { id name } } } }".to_owned(),
            ),
            ("count/by municipality and kind", "{ places { totalCount facets { municipalities { value count } kinds { value count } } } }".to_owned()),
            ("text/with a typing error", "{ places(filter: { text: \"Trefkole\" }, first: 20) { totalCount nodes { id name } } }".to_owned()),
            ("geojson/a hundred features", format!("{{ places(filter: {{ {BOX} }}, first: 100) {{ featureCollection }} }}")),
        ];
        for (name, query) in &queries {
            let (group, function) = name.split_once('/').expect("a group and a function");
            let mut group = criterion.benchmark_group(group);
            group.bench_function(BenchmarkId::new(function, count), |b| b.iter(|| service.answer(query)));
            group.finish();
        }
    }
}

/// What is asked of each address that may be kept.
const KNOWN: [&str; 14] = [
    "/",
    "/examples",
    "/place/de-wiekelaar-oudleusen",
    "/municipality/dalfsen",
    "/privacy",
    "/graphiql",
    "/embed",
    "/embed/maker",
    "/embed/ground.geojson",
    "/places.geojson",
    "/places.csv",
    "/map.svg?of=dalfsen&coverage=2000",
    "/schema.graphql",
    "/assets/explorer.js",
];

fn known(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config {
        listen: "127.0.0.1:0".parse().expect("an address"),
        database: format!("sqlite://{}?mode=rwc", folder.path().join("noaber.db").display())
            .parse()
            .expect("an address"),
        log: "warn".to_owned(),
        pdok: String::new(),
        contact: None,
        publisher: None,
        publisher_url: None,
        memory: noaber::admission::Memory::default(),
        rate_limit: None,
        trusted_proxies: Vec::new(),
        metrics: None,
        access: noaber::store::Access::default(),
        trust_clock: false,
    };
    let app = runtime.block_on(App::start(&config)).expect("a service");
    let (routes, _) = http::Service::of(app.library.clone()).routes().expect("a schema");
    let get = |address: &str, tag: Option<&str>| -> Response {
        let mut request = poem::Request::builder().uri_str(address).header(header::ACCEPT_ENCODING, "gzip");
        if let Some(tag) = tag {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        runtime.block_on(routes.get_response(request.finish()))
    };
    let query = "/graphql?query=%7Bplaces(first:100)%7Bnodes%7Bid%20name%20kind%20location%7Blon%20lat%7D%7D%7D%7D";
    let mut group = criterion.benchmark_group("known");
    assert_eq!(get(query, None).status(), 200);
    group.bench_function("graphql, sent", |b| b.iter(|| get(query, None)));
    for address in KNOWN.into_iter().chain([query]) {
        let first = get(address, None);
        let tag = first.headers()[header::ETAG].to_str().expect("a tag").to_owned();
        assert_eq!(get(address, Some(&tag)).status(), 304, "{address}");
        let name = address.split('?').next().unwrap_or_default();
        group.bench_function(name, |b| b.iter(|| get(address, Some(&tag))));
    }
    group.finish();
}

/// What it costs to see that no fields conflict, beside reading the same document: `…/merged` is to stay below `…/parsed`,
/// whatever the document is like.
fn documents(criterion: &mut Criterion) {
    let map = SchemaMap::from_sdl(&sdl()).expect("our own schema");
    let limits = Limits { max_selections: 1_000_000, ..Limits::default() };
    let nested = (0..9).fold("id".to_owned(), |inner, _| format!("nearby{{nodes{{id name {inner}}}}}"));
    let fragments = |count: usize, body: &dyn Fn(usize) -> String| -> String {
        (0..count).map(|at| format!(" fragment F{at} on Place{{id {}}}", body(at))).collect()
    };
    let doubling = |at: usize| {
        let next = if at == 29 { "name".to_owned() } else { format!("...F{}", at + 1) };
        format!("a:nearby{{nodes{{{next}}}}} b:nearby{{nodes{{{next}}}}}")
    };
    let all_after = |at: usize| (at + 1..60).map(|next| format!("...F{next} ")).collect::<String>();
    let documents = [
        ("one field five thousand times", format!("{{places{{nodes{{{}}}}}}}", "name ".repeat(5_000))),
        ("nine levels, twice", format!("{{places{{nodes{{{nested} {nested}}}}}}}")),
        ("fragments that double at each level", format!("{{places{{nodes{{...F0}}}}}}{}", fragments(30, &doubling))),
        ("fragments that spread all others", format!("{{places{{nodes{{...F0}}}}}}{}", fragments(60, &all_after))),
    ];
    for (name, text) in &documents {
        let document = parse_query(text).expect("a document");
        let mut group = criterion.benchmark_group(*name);
        group.bench_function("parsed", |b| b.iter(|| parse_query(text)));
        group.bench_function("merged", |b| b.iter(|| merge::check(&map, &limits, &document).expect("no conflict")));
        group.bench_function("objects", |b| b.iter(|| input_object::check(text, 10).expect("no field twice")));
        group.finish();
    }
}

criterion_group!(benches, requests, known, documents);
criterion_main!(benches);
