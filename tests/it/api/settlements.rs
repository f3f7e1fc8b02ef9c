//! Settlements: the tree, their places, where they lie.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    oracle::{Oracle, Outline, Settlement},
    support::TestApp,
};

const SERVED: &str = "id slug name kind population ownPopulation placeCount location { lon lat } municipality { code }
    parent { id } places(first: 1) { totalCount }";

#[tokio::test]
async fn a_settlement_is_served_as_its_feature_says_with_the_places_that_surely_lie_in_it() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let served = app.all("settlements", SERVED).await;
    assert_eq!((served.len(), oracle.settlements.len()), (1_138, 1_138));
    let mut counted = 0;
    for settlement in &oracle.settlements {
        let expected = &settlement.properties;
        let key = expected["id"].as_str().unwrap();
        let count = oracle.places.iter().filter(|place| !place.is_closed() && place.settlements.contains(key)).count();
        let parent = expected["parent"].as_str().map(|parent| json!({ "id": format!("settlement:{parent}") }));
        let found = served.iter().find(|found| found["id"] == *settlement.id()).unwrap();
        assert_eq!(
            *found,
            json!({
                "id": settlement.id(), "slug": expected["slug"], "name": expected["name"], "kind": expected["kind"],
                "population": expected["population"], "ownPopulation": expected["ownPopulation"], "placeCount": count,
                "location": { "lon": expected["lon"], "lat": expected["lat"] },
                "municipality": { "code": expected["municipality"] }, "parent": parent,
                "places": { "totalCount": count },
            })
        );
        counted += count;
    }
    assert!(counted > 255, "{counted}");
}

#[tokio::test]
async fn a_whole_has_the_places_of_its_parts() {
    let app = TestApp::shared().await;
    let served = app.all("settlements", "id parent { id } places(first: 100) { nodes { id } totalCount }").await;
    let places = |settlement: &Value| -> BTreeSet<String> {
        let nodes = settlement["places"]["nodes"].as_array().unwrap();
        assert_eq!(settlement["places"]["totalCount"], nodes.len());
        nodes.iter().map(|place| place["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut parts = 0;
    for part in served.iter().filter(|settlement| settlement["parent"] != Value::Null) {
        let whole = served.iter().find(|settlement| settlement["id"] == part["parent"]["id"]).unwrap();
        assert!(places(whole).is_superset(&places(part)), "{part} {whole}");
        parts += usize::from(!places(part).is_empty());
    }
    assert!(parts > 20, "{parts}");
}

#[tokio::test]
async fn an_address_lies_in_the_outlines_that_hold_its_point_and_in_what_those_are_part_of() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let query = "query ($in: ID!) {
        places(filter: { within: { settlements: [$in] }, precision: [ADDRESS] }, first: 100, includeUnknown: true) { nodes { id } }
    }";
    let mut held = 0;
    for settlement in &oracle.settlements {
        let data = app.graphql(query, json!({ "in": settlement.id() })).await;
        let nodes = data["places"]["nodes"].as_array().unwrap();
        let found: BTreeSet<&str> = nodes.iter().map(|place| place["id"].as_str().unwrap()).collect();
        let parts = oracle.settlements.iter().filter(|part| {
            part.id() == settlement.id() || part.ancestors.iter().any(|up| settlement.properties["id"] == **up)
        });
        let parts: Vec<&Settlement> = parts.collect();
        for place in oracle.places.iter().filter(|place| place.row["precision"] == "ADDRESS" && !place.is_closed()) {
            let at = place.at.unwrap();
            let is_inside = parts.iter().any(|part| part.outline.contains(at));
            let is_nowhere = !oracle.settlements.iter().any(|other| other.outline.contains(at));
            // Just outside every outline a place belongs to the village of its name.
            let is_named = is_nowhere && parts.iter().any(|part| part.properties["name"] == *place.row["settlement"]);
            assert_eq!(found.contains(&*place.id()), is_inside || is_named, "{} {}", place.id(), settlement.id());
            held += usize::from(is_inside);
        }
    }
    assert!(held > 200, "{held}");
}

#[tokio::test]
async fn settlements_are_filtered_by_municipality_population_area_and_name() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let bbox = |settlement: &Settlement| {
        (6.0..=6.4).contains(&settlement.at().lon) && (52.4..=52.65).contains(&settlement.at().lat)
    };
    type Wanted<'a> = Box<dyn Fn(&Settlement) -> bool + 'a>;
    let population = |settlement: &Settlement| settlement.properties["population"].as_i64();
    let ancestor = |settlement: &Settlement| settlement.ancestors.iter().any(|up| up == "NL.TOP10NL.132596635");
    let cases: [(Value, Wanted<'_>); 7] = [
        (json!({}), Box::new(|_| true)),
        (
            json!({ "municipalities": ["GM0148", "GM0177"] }),
            Box::new(|one| one.properties["municipality"] == "GM0148" || one.properties["municipality"] == "GM0177"),
        ),
        (json!({ "minPopulation": 500 }), Box::new(|one| population(one).is_some_and(|known| known >= 500))),
        (json!({ "minPopulation": 0 }), Box::new(|one| population(one).is_some())),
        (json!({ "within": { "bbox": { "west": 6.0, "south": 52.4, "east": 6.4, "north": 52.65 } } }), Box::new(bbox)),
        (
            json!({ "within": { "settlements": ["settlement:NL.TOP10NL.132596635"] } }),
            Box::new(|one| one.properties["id"] == "NL.TOP10NL.132596635" || ancestor(one)),
        ),
        (
            json!({ "within": { "municipalities": ["GM0193"] }, "minPopulation": 5_000 }),
            Box::new(|one| {
                one.properties["municipality"] == "GM0193" && population(one).is_some_and(|known| known >= 5_000)
            }),
        ),
    ];
    let query = "query ($filter: SettlementFilter, $after: String) {
        settlements(filter: $filter, first: 100, after: $after) { nodes { id } totalCount pageInfo { hasNextPage endCursor } }
    }";
    for (filter, wanted) in cases {
        let expected: Vec<String> = oracle.settlements.iter().filter(|one| wanted(one)).map(Settlement::id).collect();
        let mut found: Vec<String> = app
            .walk(query, json!({ "filter": filter }), "settlements")
            .await
            .iter()
            .map(|node| node["id"].as_str().unwrap().to_owned())
            .collect();
        found.sort_unstable();
        assert!(!expected.is_empty(), "{filter}");
        assert_eq!(found, expected, "{filter}");
    }
    let named = app.graphql(query, json!({ "filter": { "text": "dalfsen" } })).await;
    assert!(named["settlements"]["totalCount"].as_u64().unwrap() >= 1, "{named}");
}

#[tokio::test]
async fn an_outline_is_the_seed_s() {
    let app = TestApp::shared().await;
    let query = "query ($id: ID!) { node(id: $id) { ... on Settlement { boundary rd: boundary(crs: RD) location { rd { x y } } } } }";
    for settlement in Oracle::seed().settlements.iter().step_by(40) {
        let data = app.graphql(query, json!({ "id": settlement.id() })).await;
        let served = &data["node"];
        let outline = Outline::of(&served["boundary"]);
        assert_eq!(outline.polygons(), settlement.outline.polygons());
        // The inner point lies inside, in metres as in degrees.
        assert!(outline.contains(settlement.at()), "{}", settlement.id());
        let rd = &served["location"]["rd"];
        let at = crate::oracle::Degrees { lon: rd["x"].as_f64().unwrap(), lat: rd["y"].as_f64().unwrap() };
        assert!(Outline::of(&served["rd"]).contains(at), "{}", settlement.id());
    }
}
