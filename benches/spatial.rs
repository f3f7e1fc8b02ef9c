//! The place index against the scans it replaces, on invented points: `cargo bench --profile dist --bench spatial`.
//!
//! Read the figures as ratios within one run: each group has the index and its baseline, a linear scan of the same
//! points, whose answer is checked to be the same before anything is timed.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use noaber::spatial::{Area, PlaceIndex, Rd, Wgs84};

/// Invented points spread over the box of Overijssel, by a fixed sequence (R2 of Roberts), so that every run has the same.
fn points(count: u32) -> Vec<(u32, Wgs84)> {
    let at = |index: u32| {
        let fraction = |step: f64| (0.5 + step * f64::from(index)).fract();
        Wgs84 {
            lon: 5.8 + 1.3 * fraction(0.754_877_666_246_692_7),
            lat: 52.1 + 0.8 * fraction(0.569_840_290_998_053_2),
        }
    };
    (0..count).map(|index| (index, at(index))).collect()
}

fn scan(places: &[(u32, Wgs84, Rd)], area: &Area) -> Vec<u32> {
    places.iter().filter(|(_, degrees, metres)| area.contains(*degrees, *metres)).map(|(index, ..)| *index).collect()
}

fn sorted(places: &[(u32, Wgs84, Rd)], centre: Rd) -> Vec<(u32, f64)> {
    let mut all: Vec<(u32, f64)> = places.iter().map(|(index, _, at)| (*index, centre.distance_m(*at))).collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    all.truncate(10);
    all
}

fn spatial(criterion: &mut Criterion) {
    let centre = Wgs84 { lon: 6.3, lat: 52.45 }.to_rd();
    for count in [325, 10_000, 100_000] {
        let places = points(count);
        let index = PlaceIndex::new(places.iter().copied());
        let converted: Vec<_> = places.iter().map(|(index, at)| (*index, *at, at.to_rd())).collect();
        let areas = [
            ("box", Area::bbox(6.25, 52.42, 6.35, 52.48).expect("a box in Overijssel")),
            ("circle", Area::circle(centre, 2_000.0, 100_000.0).expect("a circle of two kilometres")),
        ];
        for (name, area) in &areas {
            assert_eq!(index.within(area), scan(&converted, area));
            let mut group = criterion.benchmark_group(format!("within a {name}"));
            group.bench_function(BenchmarkId::new("index", count), |b| b.iter(|| index.within(black_box(area))));
            group.bench_function(BenchmarkId::new("scan", count), |b| b.iter(|| scan(&converted, black_box(area))));
            group.finish();
        }
        let ten = |centre| index.nearest(centre, None).take(10).collect::<Vec<_>>();
        let ids = |found: Vec<(u32, f64)>| found.into_iter().map(|(index, _)| index).collect::<Vec<_>>();
        assert_eq!(ids(ten(centre)), ids(sorted(&converted, centre)));
        let mut group = criterion.benchmark_group("ten nearest");
        group.bench_function(BenchmarkId::new("index", count), |b| b.iter(|| ten(black_box(centre))));
        group.bench_function(BenchmarkId::new("sort", count), |b| b.iter(|| sorted(&converted, black_box(centre))));
        group.finish();
    }
}

criterion_group!(benches, spatial);
criterion_main!(benches);
