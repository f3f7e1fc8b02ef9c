//! Nearest places: order and distances against every place, measured.

use serde_json::{Value, json};

use crate::{
    oracle::{Metres, Oracle, Place, Random},
    support::TestApp,
};

const NEAREST: &str = "query ($x: Float!, $y: Float!, $most: Float, $filter: PlaceFilter, $after: String) {
    nearestPlaces(to: { rd: { x: $x, y: $y } }, maxDistance: $most, filter: $filter, first: 100, after: $after) {
        edges { distance node { id } }
        totalCount
        pageInfo { hasNextPage endCursor }
    }
}";

/// Coordinates and distances are told in centimetres: two points and the distance between them are at most 2 cm off.
const ROUNDING_M: f64 = 0.02;

async fn measured(app: &TestApp) -> Oracle {
    let mut oracle = Oracle::seed();
    oracle.measure(&app.located().await);
    oracle
}

/// Id and distance of each place, in the order of the answer.
async fn nearest(app: &TestApp, from: Metres, most: Option<f64>, filter: &Value) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    let mut after = Value::Null;
    loop {
        let variables = json!({ "x": from.x, "y": from.y, "most": most, "filter": filter, "after": after });
        let data = app.graphql(NEAREST, variables).await;
        let list = &data["nearestPlaces"];
        found.extend(list["edges"].as_array().unwrap().iter().map(edge));
        if list["pageInfo"]["hasNextPage"] == false {
            assert_eq!(list["totalCount"], found.len());
            return found;
        }
        after = list["pageInfo"]["endCursor"].clone();
    }
}

fn edge(edge: &Value) -> (String, f64) {
    (edge["node"]["id"].as_str().unwrap().to_owned(), edge["distance"].as_f64().unwrap())
}

/// Looks whether an answer holds `expected` and no other place, nearest first, equally far ones by id.
fn check(found: &[(String, f64)], from: Metres, expected: &[&Place]) {
    let mut ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
    let place = |id: &str| *expected.iter().find(|place| place.id() == id).unwrap_or_else(|| panic!("{id}"));
    for (id, distance) in found {
        let expected = place(id).rd.unwrap().distance(from);
        assert!((distance - expected).abs() <= ROUNDING_M, "{id}: {distance}, not {expected}");
    }
    for pair in ids.windows(2) {
        let (a, b) = (place(pair[0]), place(pair[1]));
        if a.at == b.at {
            assert!(pair[0] < pair[1], "{pair:?} stand in one point");
        } else {
            let (a, b) = (a.rd.unwrap().distance(from), b.rd.unwrap().distance(from));
            assert!(a <= b + ROUNDING_M, "{pair:?}: {a} before {b}");
        }
    }
    ids.sort_unstable();
    let mut expected: Vec<String> = expected.iter().map(|place| place.id()).collect();
    expected.sort_unstable();
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn places_come_by_distance_from_any_point() {
    let app = TestApp::shared().await;
    let oracle = measured(&app).await;
    let open: Vec<&Place> = oracle.places.iter().filter(|place| !place.is_closed()).collect();
    let mut random = Random(5);
    for _ in 0..12 {
        let from = Metres { x: random.between(180_000.0, 272_000.0), y: random.between(456_000.0, 543_000.0) };
        check(&nearest(&app, from, None, &json!(null)).await, from, &open);
        let most = random.between(2_000.0, 30_000.0);
        let near: Vec<&Place> = open.iter().copied().filter(|place| place.rd.unwrap().distance(from) <= most).collect();
        check(&nearest(&app, from, Some(most), &json!(null)).await, from, &near);
        let filter = json!({ "kinds": ["MFA", "DORPSHUIS"] });
        let some = oracle.answer(&filter, false);
        let some: Vec<&Place> = near.into_iter().filter(|place| some.contains(&place.id())).collect();
        check(&nearest(&app, from, Some(most), &filter).await, from, &some);
    }
}

#[tokio::test]
async fn a_place_exactly_so_far_away_is_found() {
    let app = TestApp::shared().await;
    let oracle = measured(&app).await;
    // From a place to itself the distance is exactly 0.
    let query = "query ($lon: Float!, $lat: Float!) {
        nearestPlaces(to: { wgs84: { lon: $lon, lat: $lat } }, maxDistance: 0) { edges { distance node { id } } totalCount }
    }";
    for place in oracle.places.iter().filter(|place| !place.is_closed()).step_by(20) {
        let at = place.at.unwrap();
        let data = app.graphql(query, json!({ "lon": at.lon, "lat": at.lat })).await;
        let found: Vec<(String, f64)> = data["nearestPlaces"]["edges"].as_array().unwrap().iter().map(edge).collect();
        let there: Vec<&Place> =
            oracle.places.iter().filter(|other| other.at == place.at && !other.is_closed()).collect();
        check(&found, place.rd.unwrap(), &there);
        assert!(found.iter().all(|(_, distance)| *distance == 0.0), "{found:?}");
    }
    // Elsewhere coordinates are told in centimetres, so the limit is known within two.
    let (place, from) = (&oracle.places[0], Metres { x: 240_000.0, y: 480_000.0 });
    let distance = place.rd.unwrap().distance(from);
    let found =
        async |most| nearest(&app, from, Some(most), &json!(null)).await.iter().any(|(id, _)| *id == place.id());
    assert!(found(distance + 0.02).await && !found(distance - 0.02).await);
}

#[tokio::test]
async fn places_that_share_a_point_come_by_id() {
    let app = TestApp::shared().await;
    let oracle = measured(&app).await;
    let shared: Vec<&Place> = oracle
        .places
        .iter()
        .filter(|place| oracle.places.iter().filter(|other| other.at == place.at).count() > 2)
        .collect();
    assert!(shared.len() >= 9, "{}", shared.len());
    for place in shared {
        let found = nearest(&app, place.rd.unwrap(), Some(1.0), &json!(null)).await;
        let ids: Vec<&String> = found.iter().map(|(id, _)| id).collect();
        assert!(ids.len() > 2 && ids.is_sorted(), "{ids:?}");
    }
}

#[tokio::test]
async fn nearby_a_place_are_the_others() {
    let app = TestApp::shared().await;
    let oracle = measured(&app).await;
    let query = "query ($slug: String!, $filter: PlaceFilter) { place(by: { slug: $slug }) {
        nearby(maxDistance: 4000, first: 100, filter: $filter) { edges { distance node { id } } totalCount }
    } }";
    let mut neighbours = 0;
    for place in oracle.places.iter().step_by(5) {
        for filter in [json!(null), json!({ "status": ["OPEN"] })] {
            let data = app.graphql(query, json!({ "slug": place.row["key"], "filter": filter })).await;
            let nearby = &data["place"]["nearby"];
            let found: Vec<(String, f64)> = nearby["edges"].as_array().unwrap().iter().map(edge).collect();
            let from = place.rd.unwrap();
            let is_near = |other: &&Place| {
                other.id() != place.id()
                    && other.rd.unwrap().distance(from) <= 4_000.0
                    && if filter.is_null() { !other.is_closed() } else { other.row["status"] == "OPEN" }
            };
            let expected: Vec<&Place> = oracle.places.iter().filter(is_near).collect();
            check(&found, from, &expected);
            assert_eq!(nearby["totalCount"], found.len());
            neighbours += found.len();
        }
    }
    assert!(neighbours > 100, "{neighbours}");
}

#[tokio::test]
async fn a_settlement_counts_from_its_inner_point() {
    let app = TestApp::shared().await;
    let oracle = measured(&app).await;
    let query = "query ($id: ID!) { node(id: $id) { ... on Settlement {
        location { rd { x y } }
        nearestPlaces(first: 100) { edges { distance node { id } } totalCount pageInfo { hasNextPage } }
    } } }";
    for settlement in oracle.settlements.iter().step_by(150) {
        let data = app.graphql(query, json!({ "id": settlement.id() })).await;
        let (rd, list) = (&data["node"]["location"]["rd"], &data["node"]["nearestPlaces"]);
        let from = Metres { x: rd["x"].as_f64().unwrap(), y: rd["y"].as_f64().unwrap() };
        assert_eq!(list["totalCount"], 282);
        assert_eq!(list["pageInfo"]["hasNextPage"], true);
        let found: Vec<(String, f64)> = list["edges"].as_array().unwrap().iter().map(edge).collect();
        let mut expected: Vec<&Place> = oracle.places.iter().filter(|place| !place.is_closed()).collect();
        expected.sort_by(|a, b| a.rd.unwrap().distance(from).total_cmp(&b.rd.unwrap().distance(from)));
        // The hundredth may be as far as the next.
        let last = expected[99].rd.unwrap().distance(from);
        assert!((found[99].1 - last).abs() <= 2.0 * ROUNDING_M, "{found:?}");
        let within: Vec<&Place> =
            expected.into_iter().filter(|place| found.iter().any(|(id, _)| *id == place.id())).collect();
        check(&found, from, &within);
    }
}

#[tokio::test]
async fn a_distance_that_is_none_is_refused() {
    let app = TestApp::shared().await;
    let mut told = Vec::new();
    for most in [-1.0, 150_000.5] {
        told.push(app.refusal(NEAREST, json!({ "x": 203_000, "y": 503_000, "most": most })).await);
    }
    let nearby = "{ place(by: { slug: \"t-aahoes-aadorp\" }) { nearby(maxDistance: -0.5) { totalCount } } }";
    told.push(app.refusal(nearby, json!({})).await);
    insta::assert_snapshot!(told.join("\n"), @r"
        BAD_USER_INPUT: `maxDistance` is -1; a distance is 0 to 150000 metres
        BAD_USER_INPUT: `maxDistance` is 150000.5; a distance is 0 to 150000 metres
        BAD_USER_INPUT: `maxDistance` is -0.5; a distance is 0 to 150000 metres
    ");
    let furthest = app.graphql(NEAREST, json!({ "x": 203_000, "y": 503_000, "most": 150_000 })).await;
    assert_eq!(furthest["nearestPlaces"]["totalCount"], 282);
}
