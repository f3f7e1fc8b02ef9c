//! Statistics and clusters, against the seed's rows counted one by one and an own projection.

use std::{
    collections::{BTreeMap, BTreeSet},
    f64::consts::PI,
};

use serde_json::{Value, json};

use crate::{
    oracle::{Degrees, GAPS, Oracle, Place, seed_csv, seed_json, statements},
    support::TestApp,
};

/// Dimension, and its field in the facets.
const DIMENSIONS: [(&str, Option<&str>); 13] = [
    ("MUNICIPALITY", Some("municipalities")),
    ("SETTLEMENT", Some("settlements")),
    ("NEIGHBOURHOOD", Some("neighbourhoods")),
    ("OWNED_BY", Some("ownedBy")),
    ("KIND", Some("kinds")),
    ("FACILITY", Some("facilities")),
    ("ACTIVITY", Some("activities")),
    ("LEGAL_FORM", Some("legalForms")),
    ("RUN_BY", Some("runBy")),
    ("PRECISION", Some("precision")),
    ("STATUS", Some("statuses")),
    ("CONFIRMED", None),
    ("WHEELCHAIR_ACCESSIBLE", Some("wheelchairAccessible")),
];

const QUERY: &str = "query ($by: [PlaceDimension!]!, $filter: PlaceFilter) {
    placeStatistics(groupBy: $by, filter: $filter) {
        keys { dimension value nl: label en: label(language: EN) } count share placesPer10000 inventory
    }
    places(filter: $filter, first: 1) { totalCount }
}";

fn filters() -> [Value; 6] {
    [
        json!({}),
        json!({ "within": { "municipalities": ["GM0148", "GM0160", "GM0193"] } }),
        json!({ "facilities": { "any": ["BIBLIOTHEEK", "HORECA"] } }),
        json!({ "not": { "kinds": ["OVERIG"] }, "precision": ["ADDRESS"] }),
        json!({ "status": ["CLOSED", "PLANNED"] }),
        json!({ "kinds": [] }),
    ]
}

/// The service and the oracle on the seed with gaps: places without kind or location, a planned one.
async fn with_gaps() -> (TestApp, Oracle) {
    (TestApp::start_changed(&statements(&GAPS)).await, Oracle::changed(&GAPS))
}

/// The values that a place has of a dimension; none: not known.
fn values(place: &Place, dimension: &str) -> Vec<Option<String>> {
    let cell = |column: &str| place.known(column).map(str::to_owned).into_iter().collect();
    let list = |column: &str| place.list(column).into_iter().map(str::to_owned).collect();
    let known: Vec<String> = match dimension {
        "MUNICIPALITY" => cell("municipality"),
        "SETTLEMENT" => place.settlements.iter().map(|id| format!("settlement:{id}")).collect(),
        "NEIGHBOURHOOD" => {
            place.known("lon").and(wijk_of_places().get(place.known("key").unwrap()).cloned()).into_iter().collect()
        }
        "OWNED_BY" => cell("owned_by"),
        "KIND" => cell("kind"),
        "FACILITY" => list("facilities"),
        "ACTIVITY" => list("activities"),
        "LEGAL_FORM" => cell("legal_form"),
        "RUN_BY" => cell("run_by"),
        "PRECISION" => cell("precision"),
        "STATUS" => cell("status"),
        "CONFIRMED" => place.known("last_confirmed").map(|date| date[..4].to_owned()).into_iter().collect(),
        "WHEELCHAIR_ACCESSIBLE" => cell("wheelchair_accessible"),
        other => panic!("the oracle does not know {other}"),
    };
    if known.is_empty() { vec![None] } else { known.into_iter().map(Some).collect() }
}

/// The wijk that shapely has each place in, where there is one.
pub(crate) fn wijk_of_places() -> BTreeMap<String, String> {
    let text = include_str!("../../fixtures/wijk_of_places_shapely.csv");
    let pairs = text.lines().skip(2).map(|line| line.split_once(',').unwrap());
    pairs.filter(|(_, wijk)| !wijk.is_empty()).map(|(place, wijk)| (place.to_owned(), wijk.to_owned())).collect()
}

/// An area: its names, inhabitants and what its municipality says of its list.
struct Area {
    name: String,
    population: Option<f64>,
    is_told_without_places: bool,
}

fn areas(oracle: &Oracle) -> BTreeMap<String, Area> {
    let features = seed_json("municipalities.geojson");
    let municipality = |feature: &Value| {
        let own = &feature["properties"];
        let area = Area {
            name: own["name"].as_str().unwrap().to_owned(),
            population: own["population"].as_f64(),
            is_told_without_places: true,
        };
        (own["code"].as_str().unwrap().to_owned(), area)
    };
    let mut areas: BTreeMap<String, Area> = features["features"].as_array().unwrap().iter().map(municipality).collect();
    for feature in seed_json("neighbourhoods.geojson")["features"].as_array().unwrap() {
        let own = &feature["properties"];
        let area = Area {
            name: own["name"].as_str().unwrap().to_owned(),
            population: own["population"].as_f64().filter(|known| *known > 0.0),
            is_told_without_places: true,
        };
        areas.insert(own["code"].as_str().unwrap().to_owned(), area);
    }
    for settlement in &oracle.settlements {
        let population = settlement.properties["population"].as_f64().filter(|known| *known > 0.0);
        let name = settlement.properties["name"].as_str().unwrap().to_owned();
        areas.insert(settlement.id(), Area { name, population, is_told_without_places: population.is_some() });
    }
    areas
}

/// Dutch and English labels by vocabulary and term.
fn labels() -> BTreeMap<(String, String), [String; 2]> {
    let label = |row: crate::oracle::Row| {
        let key = (row["vocabulary"].clone(), row["value"].clone());
        (key, [row["label_nl"].clone(), row["label_en"].clone()])
    };
    seed_csv("vocabularies.csv").into_iter().map(label).collect()
}

fn vocabulary(dimension: &str) -> &str {
    match dimension {
        "KIND" => "PlaceKind",
        "FACILITY" => "FacilityType",
        "ACTIVITY" => "ActivityType",
        "LEGAL_FORM" => "LegalForm",
        "RUN_BY" => "RunBy",
        "OWNED_BY" => "Owner",
        "PRECISION" => "LocationPrecision",
        "STATUS" => "PlaceStatus",
        other => panic!("{other} has no terms"),
    }
}

fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (number * scale).round() / scale
}

/// What must be answered: counted place by place.
fn expected(oracle: &Oracle, by: &[&str], filter: &Value) -> Vec<Value> {
    let (areas, labels) = (areas(oracle), labels());
    let answer = oracle.answer(filter, false);
    let mut counts: BTreeMap<Vec<Option<String>>, u32> = BTreeMap::new();
    for id in &answer {
        let place = oracle.place(id);
        let mut keys: Vec<Vec<Option<String>>> = vec![Vec::new()];
        for dimension in by {
            let with = |key: &Vec<Option<String>>| {
                let key = key.clone();
                values(place, dimension).into_iter().map(move |value| [key.clone(), vec![value]].concat())
            };
            keys = keys.iter().flat_map(with).collect();
        }
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let start = match by {
        ["MUNICIPALITY"] => "GM",
        ["SETTLEMENT"] => "settlement:",
        ["NEIGHBOURHOOD"] => "WK",
        _ => "none",
    };
    for (id, area) in &areas {
        if id.starts_with(start) && area.is_told_without_places {
            counts.entry(vec![Some(id.clone())]).or_default();
        }
    }
    let mut rows: Vec<(Vec<Option<String>>, u32)> = counts.into_iter().collect();
    rows.sort_by_key(|(key, count)| {
        let last = |value: &Option<String>| (value.is_none(), value.clone());
        (std::cmp::Reverse(*count), key.iter().map(last).collect::<Vec<_>>())
    });
    let row = |(key, count): (Vec<Option<String>>, u32)| {
        let own: Vec<&Area> = key.iter().flatten().filter_map(|value| areas.get(value)).collect();
        let by_one = by.iter().filter(|one| ["MUNICIPALITY", "SETTLEMENT", "NEIGHBOURHOOD"].contains(one)).count() == 1;
        let area = own.first().filter(|_| by_one);
        let per = area.and_then(|area| area.population).map(|known| rounded(f64::from(count) * 10_000.0 / known, 2));
        let total = u32::try_from(answer.len()).unwrap();
        let share = (total > 0).then(|| rounded(f64::from(count) / f64::from(total), 4));
        let keys = by.iter().zip(&key).map(|(dimension, value)| {
            let [nl, en] = match value {
                None => ["onbekend".to_owned(), "unknown".to_owned()],
                Some(value) => match areas.get(value) {
                    Some(area) => [area.name.clone(), area.name.clone()],
                    None if *dimension == "CONFIRMED" => [value.clone(), value.clone()],
                    None if *dimension == "WHEELCHAIR_ACCESSIBLE" => {
                        let is = value == "true";
                        [if is { "ja" } else { "nee" }.to_owned(), if is { "yes" } else { "no" }.to_owned()]
                    }
                    None => labels[&(vocabulary(dimension).to_owned(), value.clone())].clone(),
                },
            };
            json!({ "dimension": dimension, "value": value, "nl": nl, "en": en })
        });
        json!({
            "keys": keys.collect::<Vec<_>>(), "count": count, "share": share, "placesPer10000": per,
            "inventory": area.map(|_| "UNKNOWN"),
        })
    };
    rows.into_iter().map(row).collect()
}

/// Rows with every number as a float, since 1 and 1.0 are one number in JSON.
fn compare(served: &Value, expected: &[Value], context: &str) {
    let served = served.as_array().unwrap();
    for (row, wanted) in served.iter().zip(expected) {
        for field in ["keys", "count", "inventory"] {
            assert_eq!(row[field], wanted[field], "{context}: {row} {wanted}");
        }
        for field in ["share", "placesPer10000"] {
            assert_eq!(row[field].as_f64(), wanted[field].as_f64(), "{context}: {field} of {row}");
        }
    }
    assert_eq!(served.len(), expected.len(), "{context}");
}

#[tokio::test]
async fn every_dimension_is_counted_as_place_by_place() {
    let (app, oracle) = with_gaps().await;
    for filter in filters() {
        for (dimension, _) in DIMENSIONS {
            let data = app.graphql(QUERY, json!({ "by": [dimension], "filter": filter })).await;
            let context = format!("{dimension} of {filter}");
            compare(&data["placeStatistics"], &expected(&oracle, &[dimension], &filter), &context);
            // Of one value each, the rows add up to the list.
            let rows = data["placeStatistics"].as_array().unwrap();
            let sum: u64 = rows.iter().map(|row| row["count"].as_u64().unwrap()).sum();
            let total = data["places"]["totalCount"].as_u64().unwrap();
            if ["MUNICIPALITY", "KIND", "LEGAL_FORM", "RUN_BY", "PRECISION"].contains(&dimension) {
                assert_eq!(sum, total, "{context}");
            } else {
                assert!(sum >= total, "{context}");
            }
        }
    }
}

#[tokio::test]
async fn pairs_are_counted_as_place_by_place() {
    let (app, oracle) = with_gaps().await;
    for by in [
        ["MUNICIPALITY", "KIND"],
        ["KIND", "MUNICIPALITY"],
        ["FACILITY", "ACTIVITY"],
        ["SETTLEMENT", "FACILITY"],
        ["MUNICIPALITY", "SETTLEMENT"],
        ["LEGAL_FORM", "RUN_BY"],
        ["PRECISION", "KIND"],
        ["NEIGHBOURHOOD", "MUNICIPALITY"],
        ["ACTIVITY", "PRECISION"],
    ] {
        for filter in filters() {
            let data = app.graphql(QUERY, json!({ "by": by, "filter": filter })).await;
            compare(&data["placeStatistics"], &expected(&oracle, &by, &filter), &format!("{by:?} of {filter}"));
        }
    }
}

#[tokio::test]
async fn areas_without_places_are_told_by_one_area_alone() {
    let app = TestApp::shared().await;
    let zwolle = json!({ "within": { "municipalities": ["GM0193"] } });
    let rows = |data: &Value| data["placeStatistics"].as_array().unwrap().clone();
    let one = rows(&app.graphql(QUERY, json!({ "by": ["MUNICIPALITY"], "filter": zwolle })).await);
    assert_eq!(one.len(), 25);
    assert_eq!(one[0]["keys"][0]["nl"], "Zwolle");
    assert!(one[1..].iter().all(|row| row["count"] == 0 && row["placesPer10000"] == 0.0 && row["share"] == 0.0));
    let crossed = rows(&app.graphql(QUERY, json!({ "by": ["MUNICIPALITY", "PRECISION"], "filter": zwolle })).await);
    assert!(crossed.iter().all(|row| row["count"] != 0 && row["keys"][0]["nl"] == "Zwolle"));
    // Nothing matches: shares are null, areas still have their zero.
    let none = rows(&app.graphql(QUERY, json!({ "by": ["MUNICIPALITY"], "filter": { "kinds": [] } })).await);
    assert_eq!(none.len(), 25);
    assert!(none.iter().all(|row| row["share"].is_null() && row["placesPer10000"] == 0.0));
    let settlements = rows(&app.graphql(QUERY, json!({ "by": ["SETTLEMENT"] })).await);
    assert!(settlements.len() > 1_000 && settlements.iter().any(|row| row["count"] == 0), "{}", settlements.len());
}

#[tokio::test]
async fn what_a_municipality_says_of_its_list_stands_beside_its_figures() {
    let complete = "UPDATE municipality SET inventory = 'COMPLETE' WHERE code = 'GM0148'".to_owned();
    let app = TestApp::start_changed(&[complete]).await;
    let oracle = Oracle::seed();
    let of = |id: &str| oracle.settlements.iter().find(|settlement| settlement.id() == id).unwrap();
    for by in [vec!["MUNICIPALITY"], vec!["MUNICIPALITY", "KIND"], vec!["SETTLEMENT"], vec!["FACILITY", "SETTLEMENT"]] {
        let data = app.graphql(QUERY, json!({ "by": by })).await;
        let mut seen = BTreeSet::new();
        for row in data["placeStatistics"].as_array().unwrap() {
            let keys = row["keys"].as_array().unwrap();
            let area =
                keys.iter().find(|key| ["MUNICIPALITY", "SETTLEMENT"].contains(&key["dimension"].as_str().unwrap()));
            let municipality = area.unwrap()["value"].as_str().map(|value| match value.starts_with("settlement:") {
                true => of(value).properties["municipality"].as_str().unwrap(),
                false => value,
            });
            let inventory = municipality.map(|code| if code == "GM0148" { "COMPLETE" } else { "UNKNOWN" });
            assert_eq!(row["inventory"].as_str(), inventory, "{row}");
            seen.insert(inventory);
        }
        assert!(seen.contains(&Some("COMPLETE")) && seen.contains(&Some("UNKNOWN")), "{by:?}");
    }
    // Where two areas cross, nobody counted inhabitants.
    let data = app.graphql(QUERY, json!({ "by": ["SETTLEMENT", "MUNICIPALITY"] })).await;
    let rows = data["placeStatistics"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["placesPer10000"].is_null() && row["inventory"].is_null()));
}

#[tokio::test]
async fn facets_are_the_rows_of_the_statistics_that_have_places_and_a_value() {
    let (app, _) = with_gaps().await;
    for filter in filters() {
        for (dimension, facet) in DIMENSIONS {
            let Some(facet) = facet else { continue };
            let query = format!(
                "query ($filter: PlaceFilter) {{
                    placeStatistics(groupBy: [{dimension}], filter: $filter) {{ keys {{ value label }} count }}
                    places(filter: $filter, first: 1) {{ facets {{ {facet} {{ value label count }} }} }}
                }}"
            );
            let data = app.graphql(&query, json!({ "filter": filter })).await;
            let rows = data["placeStatistics"].as_array().unwrap().iter();
            let rows = rows.filter(|row| row["count"] != 0 && !row["keys"][0]["value"].is_null());
            let flat = |row: &Value| {
                let key = &row["keys"][0];
                json!({ "value": key["value"], "label": key["label"], "count": row["count"] })
            };
            let expected: Vec<Value> = rows.map(flat).collect();
            assert_eq!(data["places"]["facets"][facet], json!(expected), "{dimension} of {filter}");
        }
    }
}

#[tokio::test]
async fn places_are_counted_by_one_or_two_different_dimensions() {
    let app = TestApp::shared().await;
    let by = |by: &str| format!("{{ placeStatistics(groupBy: {by}) {{ count }} }}");
    insta::assert_snapshot!(app.refusal(&by("[]"), json!({})).await, @"BAD_USER_INPUT: `groupBy` has 0 dimensions; places are counted by one or two");
    insta::assert_snapshot!(app.refusal(&by("[KIND, RUN_BY, KIND]"), json!({})).await, @"BAD_USER_INPUT: `groupBy` has 3 dimensions; places are counted by one or two");
    insta::assert_snapshot!(app.refusal(&by("[LEGAL_FORM, LEGAL_FORM]"), json!({})).await, @"BAD_USER_INPUT: `groupBy` has LEGAL_FORM twice; give it once, or cross it with another dimension");
    let one = app.graphql(&by("KIND"), json!({})).await;
    assert_eq!(one, app.graphql(&by("[KIND]"), json!({})).await);
}

/// The cell of 64 pixels in which a web map of that zoom shows a point, by the formula of the tile naming of
/// OpenStreetMap (logarithm of tangent and secant).
fn cell(at: Degrees, zoom: i32) -> (i64, i64) {
    let pixels = 256.0 * 2_f64.powi(zoom);
    let latitude = at.lat * PI / 180.0;
    let x = (at.lon + 180.0) / 360.0 * pixels;
    let y = (1.0 - (latitude.tan() + 1.0 / latitude.cos()).ln() / PI) / 2.0 * pixels;
    #[expect(clippy::cast_possible_truncation, reason = "below 2^31")]
    let number = |pixel: f64| (pixel / 64.0).floor() as i64;
    (number(x), number(y))
}

#[tokio::test]
async fn at_every_zoom_clusters_hold_all_located_places_by_the_pixels_of_the_map() {
    let (app, oracle) = with_gaps().await;
    let query = "query ($filter: PlaceFilter, $zoom: Int!) {
        places(filter: $filter, first: 1) { clusters(zoom: $zoom) { location { lon lat } count extent place { id } } }
    }";
    for filter in [json!({}), json!({ "within": { "municipalities": ["GM0153", "GM0193"] } }), json!({ "kinds": [] })] {
        let answer = oracle.answer(&filter, false);
        let located: Vec<(&Place, Degrees)> =
            answer.iter().map(|id| oracle.place(id)).filter_map(|place| Some((place, place.at?))).collect();
        for zoom in 0..=22 {
            let mut cells: BTreeMap<(i64, i64), Vec<(&Place, Degrees)>> = BTreeMap::new();
            for (place, at) in &located {
                cells.entry(cell(*at, zoom)).or_default().push((place, *at));
            }
            let data = app.graphql(query, json!({ "filter": filter, "zoom": zoom })).await;
            let clusters = data["places"]["clusters"].as_array().unwrap();
            let counts: Vec<usize> =
                clusters.iter().map(|cluster| usize::try_from(cluster["count"].as_u64().unwrap()).unwrap()).collect();
            assert_eq!(counts.iter().sum::<usize>(), located.len(), "zoom {zoom} of {filter}");
            assert!(counts.is_sorted_by(|a, b| a >= b), "zoom {zoom}: {counts:?}");
            assert_eq!(clusters.len(), cells.len(), "zoom {zoom} of {filter}");
            for cluster in clusters {
                let of = |name: &str| cluster["location"][name].as_f64().unwrap();
                let extent: Vec<f64> =
                    cluster["extent"].as_array().unwrap().iter().map(|edge| edge.as_f64().unwrap()).collect();
                // Its southwest corner lies in the cell, which is a rectangle in degrees too.
                let members = &cells[&cell(Degrees { lon: extent[0], lat: extent[1] }, zoom)];
                assert_eq!(cluster["count"], members.len(), "zoom {zoom}: {cluster}");
                let lons = || members.iter().map(|(_, at)| at.lon);
                let lats = || members.iter().map(|(_, at)| at.lat);
                let wanted = [
                    lons().fold(f64::INFINITY, f64::min),
                    lats().fold(f64::INFINITY, f64::min),
                    lons().fold(f64::NEG_INFINITY, f64::max),
                    lats().fold(f64::NEG_INFINITY, f64::max),
                ];
                assert_eq!(extent, wanted, "zoom {zoom}: {cluster}");
                let count = f64::from(u32::try_from(members.len()).unwrap());
                assert!((of("lon") - lons().sum::<f64>() / count).abs() < 1e-6, "zoom {zoom}: {cluster}");
                assert!((of("lat") - lats().sum::<f64>() / count).abs() < 1e-6, "zoom {zoom}: {cluster}");
                assert!((wanted[0]..=wanted[2]).contains(&of("lon")) && (wanted[1]..=wanted[3]).contains(&of("lat")));
                let only = if members.len() == 1 { json!({ "id": members[0].0.id() }) } else { Value::Null };
                assert_eq!(cluster["place"], only, "zoom {zoom}: {cluster}");
            }
        }
    }
}

#[tokio::test]
async fn clusters_are_of_the_whole_list_and_the_same_each_time() {
    let app = TestApp::shared().await;
    let query =
        |page: &str| format!("{{ places({page}) {{ clusters(zoom: 9) {{ location {{ lon lat }} count extent }} }} }}");
    let whole = app.graphql(&query("first: 100"), json!({})).await;
    for page in ["first: 1", "last: 3", "first: 2, orderBy: { field: UPDATED, direction: DESC }"] {
        assert_eq!(app.graphql(&query(page), json!({})).await, whole, "{page}");
    }
    let again = TestApp::shared().await;
    assert_eq!(again.graphql(&query("first: 100"), json!({})).await, whole);
}

#[tokio::test]
async fn a_zoom_that_web_maps_do_not_have_is_refused() {
    let app = TestApp::shared().await;
    let query = "query ($zoom: Int!) { places { clusters(zoom: $zoom) { count } } }";
    insta::assert_snapshot!(app.refusal(query, json!({ "zoom": 23 })).await, @"BAD_USER_INPUT: zoom 23 is not between 0 and 22; 0 shows the whole world in one tile, 9 the province, 15 a village");
    insta::assert_snapshot!(app.refusal(query, json!({ "zoom": -1 })).await, @"BAD_USER_INPUT: zoom -1 is not between 0 and 22; 0 shows the whole world in one tile, 9 the province, 15 a village");
}
