//! Coverage on the real data: `cargo bench --profile dist --bench coverage`.
//!
//! Read the figures as ratios within one run. The baseline of the figures is every settlement against every place; that of
//! the polygons is the same overlay of every disc and outline as it is given, without looking which of them say something about
//! the area. The answers of both are checked to be the same before anything is timed.

use std::hint::black_box;
use std::sync::Arc;

use async_graphql::Request;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use geo::{Area, BooleanOps, Buffer, MultiPolygon, Polygon, unary_union};
use noaber::{
    edition::{
        BESIDE_M, Edition, Known, PlaceFilter, Whereabouts, Within,
        coverage::{Bound, Coverage},
    },
    graphql::{coverage::CoverageCache, hot, limits::Limits, schema},
    seed,
    spatial::{
        Crs,
        coverage::{Around, Disc, Parts, circle_polygon, parts_around},
        geojson,
    },
};

const REACH_M: f64 = 2_000.0;

/// People surely and possibly within reach.
fn covered(coverage: &Coverage) -> [f64; 2] {
    [Bound::AtLeast, Bound::AtMost].map(|bound| coverage.figures(bound, |_| true).covered)
}

/// The same by every settlement and every place.
fn brute_force(edition: &Edition, filter: &PlaceFilter) -> [f64; 2] {
    // The selection is the same; it is the distances that are compared.
    let selection = edition.coverage(REACH_M, filter, Some(&Within::Settlements(vec![]))).places;
    let known: Vec<(u32, Whereabouts<'_>)> =
        selection.possible.iter().filter_map(|place| Some((place, edition.whereabouts(place)?))).collect();
    let mut covered = [0.0; 2];
    for (index, settlement) in (0..).zip(edition.settlements()) {
        let Some(people) = settlement.facts.own_population else { continue };
        let from = edition.inner_point(index);
        let mut nearest = [f64::INFINITY; 2];
        for (place, of) in &known {
            if selection.certain.contains(*place) {
                nearest[0] = nearest[0].min(of.at_most_m(from).unwrap_or(f64::INFINITY));
            }
            nearest[1] = nearest[1].min(of.at_least_m(from));
        }
        for (sum, metres) in covered.iter_mut().zip(nearest) {
            if metres <= REACH_M {
                *sum += people;
            }
        }
    }
    covered
}

/// What places surely and possibly reach: discs, and what is around their outlines.
struct Reaches<'a> {
    sure: Vec<Disc>,
    possible: Vec<Disc>,
    around: Vec<Around<'a>>,
}

fn reaches<'a>(edition: &'a Edition, filter: &PlaceFilter) -> Reaches<'a> {
    let selection = edition.coverage(REACH_M, filter, Some(&Within::Settlements(vec![]))).places;
    let mut reaches = Reaches { sure: Vec::new(), possible: Vec::new(), around: Vec::new() };
    for place in &selection.possible {
        let Some(of) = edition.whereabouts(place) else { continue };
        if of.is_located() {
            reaches.possible.push(Disc { centre: of.middle, radius_m: REACH_M + of.spread_m });
            if selection.certain.contains(place) && REACH_M > of.spread_m {
                reaches.sure.push(Disc { centre: of.middle, radius_m: REACH_M - of.spread_m });
            }
        }
        let around = |known: &Known<'a>| Around { area: known.ground.area(), distance_m: REACH_M + BESIDE_M };
        reaches.around.extend(of.grounds.iter().map(around));
    }
    reaches
}

/// The parts by the overlay alone.
fn overlay(area: &MultiPolygon<f64>, reaches: &Reaches<'_>) -> [MultiPolygon<f64>; 3] {
    let circles = |discs: &[Disc]| -> Vec<Polygon<f64>> {
        discs.iter().map(|disc| circle_polygon(disc.centre, disc.radius_m)).collect()
    };
    let around = reaches.around.iter().flat_map(|around| around.area.buffer(around.distance_m));
    let surely = unary_union(&circles(&reaches.sure));
    let possibly = unary_union(&circles(&reaches.possible).into_iter().chain(around).collect::<Vec<_>>());
    [area.intersection(&surely), area.intersection(&possibly).difference(&surely), area.difference(&possibly)]
}

fn written(parts: &Parts) -> [String; 3] {
    [&parts.covered, &parts.uncertain, &parts.uncovered].map(|part| geojson::computed(part, Crs::Crs84))
}

fn coverage(criterion: &mut Criterion) {
    let facts = seed::read().expect("the seed of this build is tested");
    let edition = Arc::new(Edition::build(facts.in_order()).expect("good facts"));
    let filter = PlaceFilter::default();

    let figures = || covered(&edition.coverage(black_box(REACH_M), &filter, None));
    let by_hand = || brute_force(&edition, &filter);
    assert!(figures().iter().zip(by_hand()).all(|(one, other)| (one - other).abs() < 0.5));
    let mut group = criterion.benchmark_group("figures of the province");
    group.bench_function("index", |b| b.iter(figures));
    group.bench_function("every pair", |b| b.iter(by_hand));
    group.finish();

    let all = reaches(&edition, &filter);
    let municipality = Within::Municipalities(vec![0]);
    for (name, area) in [("province", None), ("municipality", Some(&municipality))] {
        let area = edition.area_rd(area);
        let ours = || parts_around(black_box(&area), &all.sure, &all.possible, &all.around);
        let (found, plain) = (ours(), overlay(&area, &all));
        for (part, plain) in [&found.covered, &found.uncertain, &found.uncovered].into_iter().zip(&plain) {
            assert!((part.unsigned_area() - plain.unsigned_area()).abs() < 1e3, "{name}");
        }
        let mut group = criterion.benchmark_group("three polygons");
        group.bench_function(BenchmarkId::new("parts", name), |b| b.iter(ours));
        group.bench_function(BenchmarkId::new("overlay of every disc", name), |b| b.iter(|| overlay(&area, &all)));
        group.bench_function(BenchmarkId::new("written", name), |b| b.iter(|| written(black_box(&found))));
        group.finish();
    }

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (schema, limits) = (schema(), Arc::new(Limits::default()));
    let answer = |query: &str, cache: &Arc<CoverageCache>| {
        let request = Request::new(query).data(edition.clone()).data(limits.clone()).data(cache.clone());
        let response = runtime.block_on(schema.execute(request));
        assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
        hot::data(&response)
    };
    for (name, fields) in [
        ("figures", "atLeast { populationCovered shareCovered averageDistance } atMost { populationCovered }"),
        ("geometries", "coveredGeometry uncertainGeometry uncoveredGeometry"),
    ] {
        let query = format!("{{ coverage(maxDistance: 2000) {{ {fields} }} }}");
        let kept = Arc::new(CoverageCache::of(16 << 20));
        let mut group = criterion.benchmark_group("request of the province");
        group.bench_function(BenchmarkId::new("first", name), |b| {
            b.iter(|| answer(&query, &Arc::new(CoverageCache::of(16 << 20))));
        });
        group.bench_function(BenchmarkId::new("kept", name), |b| b.iter(|| answer(&query, &kept)));
        group.finish();
    }
}

criterion_group!(benches, coverage);
criterion_main!(benches);
