use std::f64::consts::PI;

use geo::{Contains, Length, LinesIter, Validation};
use proptest::prelude::*;

use super::super::crs::to_rd;
use super::super::geojson::{self, parse_area};
use super::super::oracle::{comb, overijssel, polygons};
use super::super::validity;
use super::super::{Border, Crs, Region};
use super::*;

const ZWOLLE: Rd = Rd { x: 203_000.0, y: 503_000.0 };
const NOTHING: MultiPolygon<f64> = MultiPolygon(vec![]);

fn square(west: f64, south: f64, side_m: f64) -> MultiPolygon<f64> {
    let corner = Coord { x: west, y: south };
    MultiPolygon(vec![Rect::new(corner, corner + Coord { x: side_m, y: side_m }).to_polygon()])
}

fn disc(x: f64, y: f64, radius_m: f64) -> Disc {
    Disc { centre: Rd { x, y }, radius_m }
}

/// The municipalities by their code, in RD metres.
fn municipalities() -> Vec<(String, MultiPolygon<f64>)> {
    let collection: serde_json::Value =
        serde_json::from_str(include_str!("../../../../seed/municipalities.geojson")).unwrap();
    let outline = |feature: &serde_json::Value| {
        let code = feature["properties"]["code"].as_str().unwrap().to_owned();
        (code, to_rd(&parse_area(&feature["geometry"], 100_000).unwrap()))
    };
    collection["features"].as_array().unwrap().iter().map(outline).collect()
}

/// The places, each with its uncertainty radius.
fn places() -> Vec<(Rd, f64)> {
    let mut reader = csv::Reader::from_reader(include_str!("../../../../seed/places.csv").as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let columns = ["lon", "lat", "uncertainty_radius"].map(column);
    let place = |row: csv::StringRecord| {
        let [lon, lat, uncertainty_m] = columns.map(|column| row[column].parse().ok());
        Some((Wgs84 { lon: lon?, lat: lat? }.to_rd(), uncertainty_m.unwrap_or(0.0)))
    };
    reader.records().filter_map(|row| place(row.unwrap())).collect()
}

/// The discs that places surely and possibly reach.
fn discs(places: &[(Rd, f64)], radius_m: f64) -> [Vec<Disc>; 2] {
    [-1.0, 1.0].map(|sign| {
        let disc = |&(centre, uncertainty_m)| Disc { centre, radius_m: radius_m + sign * uncertainty_m };
        places.iter().map(disc).collect()
    })
}

fn all(parts: &Parts) -> [&MultiPolygon<f64>; 3] {
    [&parts.covered, &parts.uncertain, &parts.uncovered]
}

fn sum_km2(parts: &Parts) -> f64 {
    parts.covered_km2() + parts.uncertain_km2() + parts.uncovered_km2()
}

fn written(part: &MultiPolygon<f64>, crs: Crs) -> serde_json::Value {
    serde_json::from_str(&geojson::computed(part, crs)).unwrap()
}

/// The coordinates of a written geometry.
fn read(written: &serde_json::Value) -> MultiPolygon<f64> {
    let array = |value: &serde_json::Value| value.as_array().unwrap().clone();
    let ring = |ring: &serde_json::Value| -> LineString<f64> {
        array(ring).iter().map(|at| (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())).collect()
    };
    let polygon = |rings: &serde_json::Value| {
        let mut rings = array(rings).iter().map(ring).collect::<Vec<_>>().into_iter();
        Polygon::new(rings.next().unwrap(), rings.collect())
    };
    match written["type"].as_str().unwrap() {
        "Polygon" => MultiPolygon(vec![polygon(&written["coordinates"])]),
        _ => array(&written["coordinates"]).iter().map(polygon).collect(),
    }
}

/// Why written parts would be refused, or are not the parts, in degrees and in metres. (ETRS89 has the numbers of CRS84.)
fn fault(parts: &Parts) -> Option<String> {
    let decimals = |number: f64, scale: f64| ((number * scale).round() / scale - number).abs() < 1e-12;
    for (number, part) in all(parts).into_iter().enumerate() {
        for (crs, scale) in [(Crs::Crs84, 1e6), (Crs::Rd, 1e2)] {
            let written = written(part, crs);
            let polygons = read(&written);
            let checked = if crs == Crs::Rd || polygons.0.is_empty() {
                // RD is not GeoJSON to `parse_area`, whose rules are these, and nothing is no area.
                validity::check(&polygons, |polygon, ring| format!("{polygon} {ring:?}"))
            } else {
                parse_area(&written, 1_000_000).map(drop)
            };
            if let Err(error) = checked {
                return Some(format!("{number} {crs:?}: {error}"));
            }
            if !polygons.coords_iter().all(|at| decimals(at.x, scale) && decimals(at.y, scale)) {
                return Some(format!("{number} {crs:?}: decimals"));
            }
            let metres = if crs == Crs::Rd { polygons } else { to_rd(&polygons) };
            // An edge moves by the half of a decimal at most: 6 cm.
            let edge_m: f64 = part.lines_iter().map(|edge| Euclidean.length(&edge)).sum();
            let off_m2 = (metres.unsigned_area() - part.unsigned_area()).abs();
            if off_m2 > edge_m * 0.06 + 1.0 {
                return Some(format!("{number} {crs:?}: {off_m2} m² of {}", part.unsigned_area()));
            }
            let whole_m2 = part.unsigned_area();
            let speck =
                |polygon: &Polygon<f64>| polygon.unsigned_area() < whole_m2 * 0.9e-4 && polygon.unsigned_area() < 0.99;
            if metres.iter().any(speck) {
                return Some(format!("{number} {crs:?}: a speck"));
            }
        }
    }
    None
}

#[test]
fn the_parts_of_real_areas_are_those_that_shapely_computes() {
    let municipalities = municipalities();
    let places = places();
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(include_str!("../../../../tests/fixtures/coverage_shapely.csv").as_bytes());
    let mut rows = 0;
    for row in reader.records().map(Result::unwrap) {
        let area = match &row[0] {
            "Overijssel" => union(municipalities.iter().map(|(_, outline)| outline)),
            code => municipalities.iter().find(|(other, _)| other == code).unwrap().1.clone(),
        };
        let [radius_m, expected @ ..] = [1, 2, 3, 4].map(|column| row[column].parse::<f64>().unwrap());
        let [sure, possible] = discs(&places, radius_m);
        let parts = parts(&area, &sure, &possible);
        for (part, expected_km2) in all(&parts).into_iter().zip(expected) {
            assert!(part.is_valid(), "{row:?}");
            // Half a percent; of a part as small as a field, a thousandth of a km².
            let off_km2 = (km2(part) - expected_km2).abs();
            assert!(off_km2 < (expected_km2 * 0.005).max(0.001), "{row:?}: {}", km2(part));
        }
        // That of the whole province takes a quarter of a minute where nothing is optimised.
        if rows % 5 == 1 {
            assert_eq!(fault(&parts), None, "{row:?}");
        }
        // A square metre for each speck; by the non-zero rule it was a hectare.
        assert!((sum_km2(&parts) - km2(&area)).abs() < 2e-5, "{row:?}: {} of {}", sum_km2(&parts), km2(&area));
        rows += 1;
    }
    assert_eq!(rows, 20);
}

#[test]
fn a_circle_has_the_area_of_a_circle_and_its_edge_is_nowhere_far_from_it() {
    for radius_m in [0.5, 1_000.0, 10_000.0, 100_000.0] {
        let polygon = circle_polygon(ZWOLLE, radius_m);
        assert!(polygon.is_valid());
        assert_eq!(polygon.exterior().0.len(), 129);
        assert!((polygon.signed_area() / (PI * radius_m * radius_m) - 1.0).abs() < 1e-9);
        for edge in polygon.exterior().lines() {
            for at in [edge.start, edge.start + edge.delta() / 2.0] {
                let from_centre_m = ZWOLLE.distance_m(Rd { x: at.x, y: at.y });
                assert!((from_centre_m / radius_m - 1.0).abs() < 0.000_25, "{from_centre_m} of {radius_m}");
            }
        }
    }
}

#[test]
fn without_a_disc_everything_is_uncovered() {
    let area = square(200_000.0, 500_000.0, 1_000.0);
    let numbers = [0.0, -5.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    let mut none: Vec<Disc> = numbers.iter().map(|&radius_m| disc(200_500.0, 500_500.0, radius_m)).collect();
    none.extend(numbers[2..].iter().map(|&x| disc(x, 500_500.0, 100.0)));
    none.push(disc(198_000.0, 500_500.0, 1_999.0));
    for (sure, possible) in [(&[][..], &[][..]), (&none, &none), (&[], &none)] {
        let parts = parts(&area, sure, possible);
        assert_eq!((&parts.covered, &parts.uncertain), (&NOTHING, &NOTHING));
        assert!((parts.uncovered_km2() - 1.0).abs() < 1e-9);
    }
}

#[test]
fn an_area_of_nothing_has_three_parts_of_nothing() {
    let not_a_number = MultiPolygon(vec![circle_polygon(Rd { x: f64::NAN, y: 0.0 }, 1.0)]);
    let flat = MultiPolygon(vec![Polygon::new(vec![(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)].into(), vec![])]);
    let empty = MultiPolygon(vec![Polygon::new(LineString(vec![]), vec![])]);
    for area in [NOTHING, not_a_number, flat, empty] {
        let discs = [disc(0.0, 0.0, 5.0)];
        let parts = parts(&area, &discs, &discs);
        assert_eq!(all(&parts), [&NOTHING; 3]);
    }
}

#[test]
fn a_disc_of_any_size_that_holds_the_area_covers_all_of_it() {
    let area = square(200_000.0, 500_000.0, 1_000.0);
    for radius_m in [800.0, 1e6, 1e12, f64::MAX] {
        let parts = parts(&area, &[disc(200_500.0, 500_500.0, radius_m)], &[]);
        assert!((parts.covered_km2() - 1.0).abs() < 1e-9, "{radius_m}");
        assert_eq!((&parts.uncertain, &parts.uncovered), (&NOTHING, &NOTHING));
    }
    let parts = parts(&area, &[], &[disc(200_500.0, 500_500.0, 1e12)]);
    assert!((parts.uncertain_km2() - 1.0).abs() < 1e-9);
    assert_eq!((&parts.covered, &parts.uncovered), (&NOTHING, &NOTHING));
}

#[test]
fn a_disc_may_cover_a_corner_from_outside() {
    let area = square(200_000.0, 500_000.0, 10_000.0);
    let parts = parts(&area, &[disc(200_000.0, 500_000.0, 4_000.0)], &[disc(200_000.0, 500_000.0, 5_000.0)]);
    assert!((parts.covered_km2() - PI * 4.0).abs() < 0.001);
    assert!((parts.uncertain_km2() - PI * 9.0 / 4.0).abs() < 0.001);
}

#[test]
fn a_disc_that_just_reaches_the_area_counts() {
    let area = square(200_000.0, 500_000.0, 1_000.0);
    let parts = parts(&area, &[disc(198_000.0, 500_500.0, 2_001.0)], &[]);
    assert!((50.0..150.0).contains(&(parts.covered_km2() * 1e6)), "{}", parts.covered_km2());
}

#[test]
fn thousands_of_discs_around_one_point_are_the_widest_of_them() {
    let area = square(198_000.0, 498_000.0, 10_000.0);
    let mut many: Vec<Disc> = (1..=5_000).map(|step| disc(203_000.0, 503_000.0, f64::from(step) / 5.0)).collect();
    many.extend(vec![disc(203_000.0, 503_000.0, 1_000.0); 5_000]);
    assert_eq!(relevant(&many, area.bounding_rect().unwrap()), [disc(203_000.0, 503_000.0, 1_000.0)]);
    assert_eq!(parts(&area, &many, &many), parts(&area, &[disc(203_000.0, 503_000.0, 1_000.0)], &[]));
}

#[test]
fn a_sure_disc_is_possible_too_when_the_possible_ones_lack_it() {
    let area = square(198_000.0, 498_000.0, 10_000.0);
    let [sure, narrower] = [3_000.0, 1_000.0].map(|radius_m| disc(203_000.0, 503_000.0, radius_m));
    let parts = parts(&area, &[sure], &[narrower]);
    assert!((parts.covered_km2() - PI * 9.0).abs() < 0.001);
    assert_eq!(parts.uncertain, NOTHING);
    assert!((parts.uncovered_km2() - (100.0 - PI * 9.0)).abs() < 0.001);
}

#[test]
fn what_two_polygons_of_an_area_share_counts_once() {
    let mut area = square(200_000.0, 500_000.0, 2_000.0);
    area.0.extend(square(201_000.0, 500_000.0, 2_000.0));
    let parts = parts(&area, &[disc(201_500.0, 501_000.0, 400.0)], &[]);
    assert!((parts.covered_km2() - PI * 0.16).abs() < 1e-6);
    assert!((sum_km2(&parts) - 6.0).abs() < 1e-6);
}

#[test]
fn specks_are_left_out_and_a_small_area_is_not_a_speck() {
    let area = square(200_000.0, 500_000.0, 1_000.0);
    // The disc reaches over the edge of the area by 2 mm: a part 2.8 m long.
    let grazed = parts(&area, &[disc(200_500.0, 499_500.0, 500.002)], &[]);
    assert_eq!(grazed.covered, NOTHING);
    let garden = square(200_000.0, 500_000.0, 0.8);
    let parts = parts(&garden, &[disc(200_000.0, 500_000.0, 0.4)], &[]);
    assert!((parts.covered_km2() * 1e6 - PI * 0.04).abs() < 1e-3);
    assert!((parts.uncovered_km2() * 1e6 - (0.64 - PI * 0.04)).abs() < 1e-3);
}

#[test]
fn parts_are_written_in_each_system() {
    let area = square(200_000.0, 500_000.0, 10_000.0);
    let parts = parts(&area, &[disc(205_000.0, 505_000.0, 2_000.0)], &[disc(205_000.0, 505_000.0, 3_000.0)]);
    for part in all(&parts) {
        let degrees = read(&written(part, Crs::Crs84));
        assert_eq!(read(&written(part, Crs::Etrs89)), degrees);
        assert!((km2(&to_rd(&degrees)) - km2(part)).abs() < 0.002);
    }
    let rd = written(&parts.uncovered, Crs::Rd);
    assert!(rd["coordinates"][0].as_array().unwrap().contains(&serde_json::json!([210_000.0, 500_000.0])), "{rd}");
    assert_eq!(rd["coordRefSys"], "http://www.opengis.net/def/crs/EPSG/0/28992");
    assert_eq!(geojson::computed(&NOTHING, Crs::Crs84), geojson::geometry(&NOTHING, Crs::Crs84).to_string());
}

#[test]
fn the_written_parts_of_every_municipality_are_accepted_as_areas() {
    let places = places();
    let some: Vec<(Rd, f64)> = places.iter().copied().step_by(12).collect();
    // At each distance with all places or with some, in turn.
    for (number, (code, outline)) in municipalities().into_iter().enumerate() {
        let area = union([&outline]);
        for (turn, radius_m) in [500.0, 1_000.0, 2_000.0, 5_000.0].into_iter().enumerate() {
            let places = if (number + turn) % 2 == 0 { &places } else { &some };
            let [sure, possible] = discs(places, radius_m);
            let parts = parts(&area, &sure, &possible);
            assert_eq!(fault(&parts), None, "{code}, {radius_m} m, {} places", places.len());
        }
    }
}

#[test]
fn no_hairs_run_along_the_arcs_of_places_that_are_known_exactly() {
    let places = places();
    for (code, outline) in municipalities() {
        let [sure, possible] = discs(&places, 1_000.0);
        let parts = parts(&union([&outline]), &sure, &possible);
        for at in parts.uncertain.coords_iter().map(|at| Rd { x: at.x, y: at.y }) {
            let mut coarse = places.iter().filter(|(_, uncertainty_m)| *uncertainty_m > 0.0);
            let is_near = |(centre, uncertainty_m): &(Rd, f64)| centre.distance_m(at) < 1_001.0 + uncertainty_m;
            assert!(coarse.any(is_near), "{code}: {at:?}");
        }
    }
}

#[test]
fn the_edge_of_a_box_follows_its_parallel() {
    let bbox = Bbox::new(5.7, 52.1, 7.1, 52.9).unwrap();
    let polygons = bbox_polygons(&bbox);
    assert!(polygons.is_valid());
    let border = Border::of(&polygons);
    for step in 0..=1_400_u32 {
        for lat in [52.1, 52.9] {
            let from = Wgs84 { lon: 5.7 + f64::from(step) / 1_000.0, lat }.to_rd();
            let off_m = border.distance_m(from);
            assert!(off_m < 1.0, "{off_m}");
        }
    }
    // Between the corners alone the parallel is 200 m off: that is why.
    let corners = to_rd(&MultiPolygon(vec![Rect::new((5.7, 52.1), (7.1, 52.9)).to_polygon()]));
    assert!(Border::of(&corners).distance_m(Wgs84 { lon: 6.4, lat: 52.1 }.to_rd()) > 200.0);
}

#[test]
fn a_box_is_cut_to_where_rd_is_defined() {
    let around = |west, south, east, north| bbox_polygons(&Bbox::new(west, south, east, north).unwrap());
    let whole = around(-180.0, -90.0, 180.0, 90.0);
    assert!(whole.is_valid() && whole.0[0].exterior().0.len() < 600);
    assert_eq!(whole, around(3.0, 50.0, 8.0, 54.0));
    assert_eq!(around(13.0, 52.0, 14.0, 53.0), NOTHING);
    assert_eq!(around(6.0, 54.0, 7.0, 55.0), NOTHING);
}

#[test]
fn any_area_is_polygons_in_metres() {
    let bbox = Area::bbox(6.0, 52.25, 6.5, 52.5).unwrap();
    let same = Area::polygon(MultiPolygon(vec![Rect::new((6.0, 52.25), (6.5, 52.5)).to_polygon()]));
    assert!((km2(&area_polygons(&bbox)) - km2(&area_polygons(&same))).abs() < 1e-9);
    let circle = Area::circle(ZWOLLE, 1_000.0, 50_000.0).unwrap();
    assert_eq!(area_polygons(&circle).0, [circle_polygon(ZWOLLE, 1_000.0)]);
    assert_eq!(area_polygons(&Area::Polygon(Region::new(NOTHING))), NOTHING);
}

#[test]
fn the_province_is_the_sum_of_its_municipalities() {
    let municipalities = municipalities();
    let province = union(municipalities.iter().map(|(_, outline)| outline));
    let sum_km2: f64 = municipalities.iter().map(|(_, outline)| km2(outline)).sum();
    assert!(province.is_valid());
    assert!(province.iter().all(|polygon| polygon.interiors().is_empty()));
    assert!((km2(&province) - sum_km2).abs() < 0.001, "{} and {sum_km2}", km2(&province));
    let zwolle = &municipalities.iter().find(|(code, _)| code == "GM0193").unwrap().1;
    assert!((km2(&intersection(zwolle, &province)) - km2(zwolle)).abs() < 1e-5);
    assert_eq!(union([]), NOTHING);
    assert_eq!(union([&NOTHING]), NOTHING);
}

#[test]
fn a_gap_between_neighbours_is_closed_and_a_hole_stays() {
    // Four strips around a hole of 0.5 m by 998 m, and around one of 50 m by 998 m.
    let around = |width_m: f64| {
        let strip = |west: f64, south: f64, east: f64, north: f64| {
            MultiPolygon(vec![Rect::new((west, south), (east, north)).to_polygon()])
        };
        union(&[
            strip(0.0, 0.0, 100.0, 1_000.0),
            strip(100.0 + width_m, 0.0, 200.0, 1_000.0),
            strip(0.0, 0.0, 200.0, 1.0),
            strip(0.0, 999.0, 200.0, 1_000.0),
        ])
    };
    assert!((around(0.5).unsigned_area() - 200_000.0).abs() < 0.1);
    assert!((around(50.0).unsigned_area() - (200_000.0 - 50.0 * 998.0)).abs() < 0.1);
}

#[test]
fn what_two_areas_share_is_their_overlap() {
    let (one, other) = (square(0.0, 0.0, 1_000.0), square(600.0, 0.0, 1_000.0));
    assert!((km2(&intersection(&one, &other)) - 0.4).abs() < 1e-9);
    assert_eq!(intersection(&one, &square(1_000.0, 0.0, 1_000.0)), NOTHING);
    assert_eq!(intersection(&one, &NOTHING), NOTHING);
    assert_eq!(intersection(&NOTHING, &one), NOTHING);
}

fn any_disc() -> impl Strategy<Value = Disc> {
    // Among them equal ones and ones around one point.
    let radius_m = prop_oneof![4 => 50.0..15_000.0, 2 => Just(2_000.0), 1 => Just(0.0)];
    let centre = prop_oneof![4 => overijssel().prop_map(Wgs84::to_rd), 1 => Just(ZWOLLE)];
    (centre, radius_m).prop_map(|(centre, radius_m)| Disc { centre, radius_m })
}

fn any_discs() -> impl Strategy<Value = Vec<Disc>> {
    proptest::collection::vec(any_disc(), 0..25)
}

/// How far a point is from the edge of the nearest circle or of the area, beyond what a circle's sides deviate.
fn is_clear(area: &MultiPolygon<f64>, discs: &[&Disc], at: Rd) -> bool {
    let point = Point::new(at.x, at.y);
    let clear = |disc: &&Disc| (disc.centre.distance_m(at) - disc.radius_m).abs() > disc.radius_m * 0.000_3 + 0.1;
    area.lines_iter().all(|edge| Euclidean.distance(&edge, &point) > 0.1) && discs.iter().all(clear)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_point_is_in_the_part_that_the_distances_say(
        comb in comb(), sure in any_discs(), possible in any_discs(), points in proptest::collection::vec(overijssel(), 60),
    ) {
        let area = to_rd(&polygons(&comb));
        let parts = parts(&area, &sure, &possible);
        let discs: Vec<&Disc> = sure.iter().chain(&possible).collect();
        for at in points.into_iter().map(Wgs84::to_rd).filter(|at| is_clear(&area, &discs, *at)) {
            let reached = |discs: &[Disc]| discs.iter().any(|disc| disc.centre.distance_m(at) < disc.radius_m);
            let point = Point::new(at.x, at.y);
            let holds = area.contains(&point);
            let (surely, possibly) = (reached(&sure), reached(&sure) || reached(&possible));
            let expected = [holds && surely, holds && possibly && !surely, holds && !possibly];
            prop_assert_eq!(all(&parts).map(|part| part.contains(&point)), expected, "{:?}", at);
        }
    }

    #[test]
    fn parts_are_valid_and_add_up_to_the_area(comb in comb(), sure in any_discs(), possible in any_discs()) {
        let area = to_rd(&polygons(&comb));
        let parts = parts(&area, &sure, &possible);
        for part in all(&parts) {
            prop_assert!(part.is_valid(), "{:?}", part.validation_errors());
            prop_assert!(part.iter().all(|polygon| polygon.unsigned_area() >= SMALLEST_M2));
        }
        // Edges of up to 85 km, rounded to a tenth of a millimetre.
        prop_assert!((sum_km2(&parts) - km2(&area)).abs() < 5e-5, "{} of {}", sum_km2(&parts), km2(&area));
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            let shared = all(&parts)[one].intersection(all(&parts)[other]);
            prop_assert!(km2(&shared) < 5e-5, "{one} and {other} share {} km²", km2(&shared));
        }
    }

    #[test]
    fn written_parts_are_valid(
        comb in comb(), sure in any_discs(), possible in any_discs(), wider in proptest::collection::vec(-6.0..4.0_f64, 25),
    ) {
        // Around each sure disc one that is wider by a micrometre to ten kilometres: rings, and tips where they end.
        let around = sure.iter().zip(wider).map(|(disc, power)| Disc { radius_m: disc.radius_m + 10_f64.powf(power), ..*disc });
        let possible: Vec<Disc> = possible.into_iter().chain(around).collect();
        let parts = parts(&to_rd_along_edges(&polygons(&comb)), &sure, &possible);
        prop_assert_eq!(fault(&parts), None);
    }

    #[test]
    fn a_wider_reach_or_one_disc_more_never_takes_from_what_is_covered(
        comb in comb(), discs in any_discs(), other in any_disc(), factor in 1.0..1.5_f64,
    ) {
        let area = to_rd(&polygons(&comb));
        let wider: Vec<Disc> = discs.iter().map(|disc| Disc { radius_m: disc.radius_m * factor, ..*disc }).collect();
        let more: Vec<Disc> = discs.iter().copied().chain([other]).collect();
        let before = parts(&area, &discs, &[]);
        for after in [parts(&area, &wider, &[]), parts(&area, &more, &[])] {
            prop_assert!(after.covered_km2() > before.covered_km2() - 5e-5);
            prop_assert!(km2(&before.covered.difference(&after.covered)) < 5e-5);
        }
        // What may be reached is not covered, and takes only from what is uncovered.
        let after = parts(&area, &discs, &more);
        prop_assert_eq!(&after.covered, &before.covered);
        prop_assert!(after.uncovered_km2() < before.uncovered_km2() + 5e-5);
    }

    #[test]
    fn the_order_of_the_discs_changes_nothing(comb in comb(), discs in any_discs()) {
        let area = to_rd(&polygons(&comb));
        let reversed: Vec<Disc> = discs.iter().rev().copied().collect();
        prop_assert_eq!(parts(&area, &discs, &[]), parts(&area, &reversed, &reversed));
    }

    #[test]
    fn long_edges_are_divided(comb in comb()) {
        let degrees = polygons(&comb);
        let along = to_rd_along_edges(&degrees);
        prop_assert!(along.is_valid());
        prop_assert!(along.lines_iter().all(|edge| Euclidean.length(&edge) < STRAIGHT_M * 1.001));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Held against the distance to the area, point by point; beside an edge either may come out.
    #[test]
    fn what_is_around_an_outline_is_uncertain_and_nothing_else(
        number in 0_usize..25,
        distance_m in 300.0..9_000.0,
        east in 0.05..0.95,
        north in 0.05..0.95,
        with_disc in any::<bool>(),
    ) {
        let municipalities = municipalities();
        let province = union(municipalities.iter().map(|(_, outline)| outline));
        let outline = &municipalities[number].1;
        let ground = super::super::Ground::of(outline);
        let centre = ground.middle().unwrap();
        let sure: Vec<Disc> = with_disc.then_some(Disc { centre, radius_m: 2_000.0 }).into_iter().collect();
        let parts = parts_around(&province, &sure, &[], &[Around { area: outline, distance_m }]);
        prop_assert_eq!(fault(&parts), None);
        let whole_km2 = km2(&province);
        prop_assert!((sum_km2(&parts) - whole_km2).abs() < 0.01, "{} {}", sum_km2(&parts), whole_km2);
        let bounds = province.bounding_rect().unwrap();
        for step in 0..40_u32 {
            let turn = |share: f64, by: f64| (share + f64::from(step) * by).fract();
            let at = Coord {
                x: bounds.min().x + turn(east, 0.618_034) * bounds.width(),
                y: bounds.min().y + turn(north, 0.754_878) * bounds.height(),
            };
            let from = Rd { x: at.x, y: at.y };
            let (near_m, disc_m) = (ground.nearest_m(from), from.distance_m(centre));
            if (near_m - distance_m).abs() < distance_m * 1e-3 || (disc_m - 2_000.0).abs() < 2.0 {
                continue;
            }
            let is_in_disc = with_disc && disc_m < 2_000.0;
            prop_assert!(!parts.uncovered.contains(&at) || near_m > distance_m, "{at:?} {near_m}");
            prop_assert!(!parts.uncertain.contains(&at) || (near_m < distance_m && !is_in_disc), "{at:?} {near_m}");
            prop_assert_eq!(parts.covered.contains(&at), is_in_disc && province.contains(&at), "{:?} {}", at, near_m);
        }
    }
}

#[test]
fn a_reach_around_an_outline_that_holds_all_leaves_nothing_surely_out_of_reach() {
    let (area, village) = (square(200_000.0, 500_000.0, 3_000.0), square(200_500.0, 500_500.0, 300.0));
    let parts = parts_around(&area, &[], &[], &[Around { area: &village, distance_m: 150_000.0 }]);
    assert_eq!((parts.uncertain_km2(), parts.uncovered_km2()), (9.0, 0.0));
    for distance_m in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let parts = parts_around(&area, &[], &[], &[Around { area: &village, distance_m }]);
        assert_eq!((parts.uncertain_km2(), parts.uncovered_km2()), (0.0, 9.0));
    }
}
