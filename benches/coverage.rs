//! Coverage on the real data: `cargo bench --profile dist --bench coverage`.
//!
//! Read the figures as ratios within one run. The baseline of the figures is every settlement against every place; that of
//! the polygons is the same overlay of every disc as it is given, without looking which of them say something about the
//! area. The answers of both are checked to be the same before anything is timed.

use std::hint::black_box;
use std::sync::Arc;

use async_graphql::Request;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use geo::{Area, BooleanOps, MultiPolygon, unary_union};
use noaber::{
    edition::{
        Edition, PlaceFilter, Within,
        coverage::{Bound, Coverage},
    },
    graphql::{coverage::CoverageCache, hot, limits::Limits, schema},
    seed,
    spatial::{
        Crs,
        coverage::{Disc, Parts, circle_polygon, parts},
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
    let mut covered = [0.0; 2];
    for (index, settlement) in (0..).zip(edition.settlements()) {
        let Some(people) = settlement.facts.own_population else { continue };
        let from = edition.inner_point(index);
        let mut nearest = [f64::INFINITY; 2];
        for (index, place) in (0..).zip(edition.places()) {
            let Some((location, at)) = place.facts.location.as_ref().zip(place.rd) else { continue };
            let metres = from.distance_m(at);
            if selection.certain.contains(index) {
                nearest[0] = nearest[0].min(metres + location.uncertainty_radius_m);
            }
            if selection.possible.contains(index) {
                nearest[1] = nearest[1].min((metres - location.uncertainty_radius_m).max(0.0));
            }
        }
        for (sum, metres) in covered.iter_mut().zip(nearest) {
            if metres <= REACH_M {
                *sum += people;
            }
        }
    }
    covered
}

/// The discs that places surely and possibly reach.
fn discs(edition: &Edition, filter: &PlaceFilter) -> [Vec<Disc>; 2] {
    let selection = edition.coverage(REACH_M, filter, Some(&Within::Settlements(vec![]))).places;
    let around = |selected: &roaring::RoaringBitmap, sign: f64| {
        let disc = |index| {
            let entry = edition.place(index);
            let (location, centre) = entry.facts.location.as_ref().zip(entry.rd)?;
            Some(Disc { centre, radius_m: REACH_M + sign * location.uncertainty_radius_m })
        };
        selected.iter().filter_map(disc).filter(|disc| disc.radius_m > 0.0).collect()
    };
    [around(&selection.certain, -1.0), around(&selection.possible, 1.0)]
}

/// The parts by the overlay alone.
fn overlay(area: &MultiPolygon<f64>, [sure, possible]: &[Vec<Disc>; 2]) -> [MultiPolygon<f64>; 3] {
    let reach = |discs: &[Disc]| -> MultiPolygon<f64> {
        let circles: Vec<_> = discs.iter().map(|disc| circle_polygon(disc.centre, disc.radius_m)).collect();
        unary_union(&circles)
    };
    let (surely, possibly) = (reach(sure), reach(possible));
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

    let both = discs(&edition, &filter);
    let municipality = Within::Municipalities(vec![0]);
    for (name, area) in [("province", None), ("municipality", Some(&municipality))] {
        let area = edition.area_rd(area);
        let ours = || parts(black_box(&area), &both[0], &both[1]);
        let (found, plain) = (ours(), overlay(&area, &both));
        for (part, plain) in [&found.covered, &found.uncertain, &found.uncovered].into_iter().zip(&plain) {
            assert!((part.unsigned_area() - plain.unsigned_area()).abs() < 1e3, "{name}");
        }
        let mut group = criterion.benchmark_group("three polygons");
        group.bench_function(BenchmarkId::new("parts", name), |b| b.iter(ours));
        group.bench_function(BenchmarkId::new("overlay of every disc", name), |b| b.iter(|| overlay(&area, &both)));
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
        let kept = Arc::new(CoverageCache::default());
        let mut group = criterion.benchmark_group("request of the province");
        group.bench_function(BenchmarkId::new("first", name), |b| {
            b.iter(|| answer(&query, &Arc::new(CoverageCache::default())));
        });
        group.bench_function(BenchmarkId::new("kept", name), |b| b.iter(|| answer(&query, &kept)));
        group.finish();
    }
}

criterion_group!(benches, coverage);
criterion_main!(benches);
