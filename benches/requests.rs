//! Whole GraphQL requests in memory, on the real data and on invented multiples of it:
//! `cargo bench --profile dist --bench requests`.
//!
//! Read the figures as ratios within one run. The baseline of a list of places that writes itself is the same list through
//! the executor of async-graphql, brought about by one more field that has no plan and is null everywhere.

use std::sync::Arc;

use async_graphql::Request;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use noaber::{
    edition::Edition,
    graphql::{ApiSchema, hot, limits::Limits, schema},
    seed,
};

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

criterion_group!(benches, requests);
criterion_main!(benches);
