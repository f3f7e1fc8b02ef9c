//! Areas: boxes, circles and polygons against brute force, codes and ids, and what is refused.

use serde_json::{Value, json};

use crate::{
    oracle::{Oracle, Place, Random, Settlement, Truth},
    support::TestApp,
};

async fn measured(app: &TestApp) -> Oracle {
    let mut oracle = Oracle::seed();
    oracle.measure(&app.located().await);
    oracle
}

fn within(area: Value) -> Value {
    json!({ "within": area })
}

/// Looks whether an area is answered as the oracle says; how many places lie in it.
async fn agree(app: &TestApp, oracle: &Oracle, area: Value) -> usize {
    let filter = within(area);
    let expected = oracle.answer(&filter, false);
    assert_eq!(app.places(&filter, false).await, expected, "{filter}");
    expected.len()
}

#[tokio::test]
async fn boxes_and_circles_hold_what_lies_in_them() {
    let app = TestApp::shared().await;
    let oracle = measured(&app).await;
    let mut random = Random(7);
    let mut held = 0;
    for _ in 0..60 {
        let (west, south) = (random.between(5.7, 6.9), random.between(52.1, 52.8));
        let (width, height) = (random.between(0.01, 0.6), random.between(0.01, 0.4));
        held += agree(
            &app,
            &oracle,
            json!({ "bbox": { "west": west, "south": south, "east": west + width, "north": south + height } }),
        )
        .await;
        let center =
            json!({ "rd": { "x": random.between(185_000.0, 270_000.0), "y": random.between(460_000.0, 540_000.0) } });
        held +=
            agree(&app, &oracle, json!({ "circle": { "center": center, "radius": random.between(100.0, 40_000.0) } }))
                .await;
    }
    assert!(held > 1_000, "{held}");
}

/// A star around a point: straight edges, not crossing, with dents.
fn star(random: &mut Random, lon: f64, lat: f64, least: f64, most: f64) -> Vec<[f64; 2]> {
    let corners = 5 + random.below(20);
    let mut ring: Vec<[f64; 2]> = (0..corners)
        .map(|corner| {
            let angle = std::f64::consts::TAU * f64::from(u32::try_from(corner).unwrap())
                / f64::from(u32::try_from(corners).unwrap());
            let radius = random.between(least, most);
            [lon + radius * angle.cos(), lat + radius * 0.6 * angle.sin()]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

#[tokio::test]
async fn polygons_hold_what_lies_in_them_and_not_what_lies_in_their_holes() {
    let app = TestApp::shared().await;
    let oracle = measured(&app).await;
    let mut random = Random(11);
    let (mut held, mut in_holes) = (0, 0);
    for _ in 0..40 {
        let (lon, lat) = (random.between(6.0, 6.8), random.between(52.2, 52.7));
        let outer = star(&mut random, lon, lat, 0.2, 0.5);
        let hole = star(&mut random, lon, lat, 0.05, 0.11);
        let whole = json!({ "type": "Polygon", "coordinates": [outer] });
        let pierced = json!({ "type": "Polygon", "coordinates": [outer, hole] });
        let without = agree(&app, &oracle, json!({ "geometry": whole })).await;
        let with = agree(&app, &oracle, json!({ "geometry": pierced })).await;
        held += with;
        in_holes += without - with;
        // An island in the hole, and all of it as a Feature.
        let island = star(&mut random, lon, lat, 0.005, 0.03);
        let both = json!({ "type": "MultiPolygon", "coordinates": [[outer, hole], [island]] });
        let islanded = agree(&app, &oracle, json!({ "geometry": both })).await;
        assert!(islanded >= with);
        let feature = json!({ "type": "Feature", "properties": { "name": "eigen gebied" }, "geometry": both });
        assert_eq!(agree(&app, &oracle, json!({ "geometry": feature })).await, islanded);
    }
    assert!(held > 500 && in_holes > 50, "{held}, {in_holes}");
}

#[tokio::test]
async fn which_way_a_ring_runs_does_not_matter() {
    let app = TestApp::shared().await;
    let there = json!([[[6.0, 52.4], [6.4, 52.4], [6.4, 52.6], [6.0, 52.6], [6.0, 52.4]]]);
    let back = json!([[[6.0, 52.4], [6.0, 52.6], [6.4, 52.6], [6.4, 52.4], [6.0, 52.4]]]);
    let mut answers = Vec::new();
    for coordinates in [there, back] {
        answers.push(
            app.places(&within(json!({ "geometry": { "type": "Polygon", "coordinates": coordinates } })), false).await,
        );
    }
    let bbox = json!({ "west": 6.0, "south": 52.4, "east": 6.4, "north": 52.6 });
    answers.push(app.places(&within(json!({ "bbox": bbox })), false).await);
    assert!(answers[0].len() > 20 && answers.iter().all(|answer| *answer == answers[0]));
}

#[tokio::test]
async fn the_edge_belongs_to_an_area() {
    let app = TestApp::shared().await;
    let oracle = measured(&app).await;
    for place in oracle.places.iter().filter(|place| !place.is_closed()).step_by(9) {
        let (at, rd) = (place.at.unwrap(), place.rd.unwrap());
        let (lon, lat) = (at.lon, at.lat);
        // Each a box or triangle with the place on an edge or corner.
        for area in [
            json!({ "bbox": { "west": lon, "south": lat, "east": lon + 0.01, "north": lat + 0.01 } }),
            json!({ "bbox": { "west": lon - 0.01, "south": lat - 0.01, "east": lon, "north": lat } }),
            json!({ "bbox": { "west": lon - 0.01, "south": lat, "east": lon + 0.01, "north": lat + 0.01 } }),
            json!({ "geometry": { "type": "Polygon", "coordinates": [[[lon, lat], [lon + 0.01, lat], [lon, lat + 0.01], [lon, lat]]] } }),
            json!({ "geometry": { "type": "Polygon", "coordinates": [
                [[lon, lat - 0.01], [lon + 0.01, lat], [lon, lat + 0.01], [lon, lat - 0.01]],
            ] } }),
        ] {
            assert!(app.places(&within(area.clone()), false).await.contains(&place.id()), "{} {area}", place.id());
        }
        // RD coordinates are told in centimetres, so a circle is known to hold its edge within one.
        let circle = |radius: f64| json!({ "circle": { "center": { "rd": { "x": rd.x + 300.0, "y": rd.y + 400.0 } }, "radius": radius } });
        assert!(app.places(&within(circle(500.01)), false).await.contains(&place.id()));
        assert!(!app.places(&within(circle(499.99)), false).await.contains(&place.id()));
    }
}

#[tokio::test]
async fn a_circle_in_degrees_is_the_same_circle() {
    let app = TestApp::shared().await;
    let query =
        r#"{ node(id: "settlement:NL.TOP10NL.132597206") { ... on Settlement { location { lon lat rd { x y } } } } }"#;
    let data = app.graphql(query, json!({})).await;
    let at = &data["node"]["location"];
    let mut answers = Vec::new();
    for center in [json!({ "wgs84": { "lon": at["lon"], "lat": at["lat"] } }), json!({ "rd": at["rd"] })] {
        answers.push(app.places(&within(json!({ "circle": { "center": center, "radius": 5_000 } })), false).await);
    }
    assert!(answers[0].len() > 3);
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn a_municipality_holds_the_places_filed_under_it() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let data = app.graphql("{ municipalities { code placeCount places { totalCount } } }", json!({})).await;
    let municipalities = data["municipalities"].as_array().unwrap();
    assert_eq!(municipalities.len(), 25);
    let mut all = 0;
    for municipality in municipalities {
        let count = agree(&app, &oracle, json!({ "municipalities": [municipality["code"]] })).await;
        assert_eq!(municipality["placeCount"], count);
        assert_eq!(municipality["places"]["totalCount"], count);
        all += count;
    }
    assert_eq!(all, 282);
}

#[tokio::test]
async fn a_settlement_holds_its_parts_and_perhaps_what_is_known_to_its_whole_only() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    // Every settlement of which something is known, and some that are empty.
    let is_told = |settlement: &&Settlement| {
        let id = settlement.properties["id"].as_str().unwrap();
        oracle.places.iter().any(|place| place.settlements.contains(id) || place.perhaps.contains(id))
    };
    let told = oracle.settlements.iter().filter(is_told);
    let (mut unknown, mut nested) = (0, 0);
    for settlement in told.chain(oracle.settlements.iter().take(20)) {
        let filter = within(json!({ "settlements": [settlement.id()] }));
        let (surely, perhaps) = (oracle.answer(&filter, false), oracle.answer(&filter, true));
        assert_eq!(app.places(&filter, false).await, surely, "{filter}");
        assert_eq!(app.places(&filter, true).await, perhaps, "{filter} with unknown");
        unknown += perhaps.len() - surely.len();
        nested += usize::from(!settlement.ancestors.is_empty() && !surely.is_empty());
    }
    assert!(unknown > 100 && nested > 20, "{unknown}, {nested}");
    let one = |place: &&Place| place.row["precision"] == "SETTLEMENT" && !place.perhaps.is_empty();
    let place = oracle.places.iter().find(one).unwrap();
    let part = place.perhaps.first().unwrap();
    let filter = within(json!({ "settlements": [format!("settlement:{part}")] }));
    assert_eq!(oracle.truth(&filter, place), Truth::Unknown);
}

#[tokio::test]
async fn several_areas_hold_together_what_each_holds() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    agree(&app, &oracle, json!({ "municipalities": ["GM0148", "GM0160", "GM0148"] })).await;
    let some: Vec<String> = oracle.settlements.iter().step_by(7).map(Settlement::id).collect();
    agree(&app, &oracle, json!({ "settlements": some })).await;
}

#[tokio::test]
async fn without_neighbourhoods_a_code_of_one_is_refused_and_the_list_is_empty() {
    let app = TestApp::start_changed(&["DELETE FROM neighbourhood".to_owned()]).await;
    let query = r#"{ neighbourhoods { totalCount nodes { id } } municipality(by: { code: "GM0193" }) { neighbourhoods { id } } }"#;
    let data = app.graphql(query, json!({})).await;
    assert_eq!(data["neighbourhoods"], json!({ "totalCount": 0, "nodes": [] }));
    assert_eq!(data["municipality"]["neighbourhoods"], json!([]));
    let refused = refusal(&app, json!({ "neighbourhoods": ["WK019310"] })).await;
    insta::assert_snapshot!(refused, @"BAD_USER_INPUT: `WK019310` cannot be asked: this edition has no CBS neighbourhoods; `settlements` hold villages, districts and hamlets");
}

async fn refusal(app: &TestApp, area: Value) -> String {
    let query = "query ($area: AreaInput) { places(filter: { within: $area }) { totalCount } }";
    app.refusal(query, json!({ "area": area })).await
}

async fn polygon_refusal(app: &TestApp, coordinates: Value) -> String {
    refusal(app, json!({ "geometry": { "type": "Polygon", "coordinates": coordinates } })).await
}

#[tokio::test]
async fn points_in_the_wrong_place_are_refused_with_what_would_be_right() {
    let app = TestApp::shared().await;
    let at = async |point: Value| {
        let query = "query ($at: PointInput!) { municipality(by: { at: $at }) { code } }";
        app.refusal(query, json!({ "at": point })).await
    };
    let mut told = Vec::new();
    for point in [
        json!({ "wgs84": { "lon": 52.5, "lat": 6.1 } }),
        json!({ "wgs84": { "lon": 203_000, "lat": 503_000 } }),
        json!({ "wgs84": { "lon": 13.4, "lat": 52.5 } }),
        json!({ "wgs84": { "lon": 200, "lat": 52.5 } }),
        json!({ "wgs84": { "lon": 6.1, "lat": 95 } }),
        json!({ "rd": { "x": 503_000, "y": 203_000 } }),
        json!({ "rd": { "x": 6.1, "y": 52.5 } }),
        json!({ "rd": { "x": 900_000, "y": 503_000 } }),
    ] {
        told.push(at(point).await);
    }
    insta::assert_snapshot!(told.join("\n"), @r"
        BAD_USER_INPUT: longitude 52.5 and latitude 6.1 look swapped; send longitude 6.1 and latitude 52.5
        BAD_USER_INPUT: longitude 203000 and latitude 503000 look like RD New metres; send them as `rd`, or send degrees
        BAD_USER_INPUT: longitude 13.4, latitude 52.5 is outside the Netherlands; expected longitude 3 to 8 and latitude 50 to 54
        BAD_USER_INPUT: longitude 200 is not between -180 and 180 degrees; in Overijssel it is between 5.7 and 7.1
        BAD_USER_INPUT: latitude 95 is not between -90 and 90 degrees; in Overijssel it is between 52.1 and 52.9
        BAD_USER_INPUT: RD x 503000 and y 203000 look swapped; send x 203000 and y 503000
        BAD_USER_INPUT: x 6.1 and y 52.5 look like degrees, not RD New metres; send them as longitude 6.1 and latitude 52.5 instead of `rd`
        BAD_USER_INPUT: RD x 900000, y 503000 is outside the Netherlands; expected x from -7000 to 300000 and y from 289000 to 629000 metres
    ");
}

#[tokio::test]
async fn boxes_and_circles_that_are_none_are_refused_with_what_would_be_right() {
    let app = TestApp::shared().await;
    let bbox = |west: f64, south: f64, east: f64, north: f64| json!({ "bbox": { "west": west, "south": south, "east": east, "north": north } });
    let circle =
        |radius: f64| json!({ "circle": { "center": { "rd": { "x": 203_000, "y": 503_000 } }, "radius": radius } });
    let mut told = Vec::new();
    for area in [
        bbox(52.4, 6.0, 52.6, 6.4),
        bbox(6.4, 52.4, 6.0, 52.6),
        bbox(6.0, 52.6, 6.4, 52.4),
        bbox(200_000.0, 500_000.0, 210_000.0, 510_000.0),
        circle(0.0),
        circle(-5.0),
        circle(150_001.0),
    ] {
        told.push(refusal(&app, area).await);
    }
    insta::assert_snapshot!(told.join("\n"), @r"
        BAD_USER_INPUT: the box looks swapped; send west 6, south 52.4, east 6.4, north 52.6
        BAD_USER_INPUT: the box has west 6.4 and east 6; west must not be more than east
        BAD_USER_INPUT: the box has south 52.6 and north 52.4; south must not be more than north
        BAD_USER_INPUT: 200000, 500000 looks like RD New metres; a box or polygon takes longitude and latitude in degrees, here 6.049692, 52.485864
        BAD_USER_INPUT: radius 0 is not a distance that is served; expected more than 0 and at most 150000 metres
        BAD_USER_INPUT: radius -5 is not a distance that is served; expected more than 0 and at most 150000 metres
        BAD_USER_INPUT: radius 150001 is not a distance that is served; expected more than 0 and at most 150000 metres
    ");
}

#[tokio::test]
async fn polygons_that_are_none_are_refused_with_where_and_what_would_be_right() {
    let app = TestApp::shared().await;
    let mut told = Vec::new();
    for coordinates in [
        json!([[[6.0, 52.4], [6.4, 52.4], [6.4, 52.6], [6.0, 52.6]]]),
        json!([[[6.0, 52.4], [6.4, 52.6], [6.4, 52.4], [6.0, 52.6], [6.0, 52.4]]]),
        json!([[[52.4, 6.0], [52.4, 6.4], [52.6, 6.4], [52.4, 6.0]]]),
        json!([[[200_000, 500_000], [210_000, 500_000], [210_000, 510_000], [200_000, 500_000]]]),
        json!([[[6.0, 52.4], [6.4, 52.4], [6.0, 52.4]]]),
        json!([[[6.0, 52.4], [6.2, 52.5], [6.4, 52.6], [6.0, 52.4]]]),
        json!([[6.0, 52.4], [6.4, 52.4], [6.4, 52.6], [6.0, 52.4]]),
        json!([[["6.0", "52.4"], [6.4, 52.4], [6.4, 52.6], ["6.0", "52.4"]]]),
        json!([]),
        json!([
            [[6.0, 52.4], [6.4, 52.4], [6.4, 52.6], [6.0, 52.6], [6.0, 52.4]],
            [[6.5, 52.4], [6.6, 52.4], [6.6, 52.5], [6.5, 52.4]],
        ]),
        json!([
            [[6.0, 52.4], [6.4, 52.4], [6.4, 52.6], [6.0, 52.6], [6.0, 52.4]],
            [[6.3, 52.5], [6.6, 52.5], [6.6, 52.55], [6.3, 52.5]],
        ]),
    ] {
        told.push(polygon_refusal(&app, coordinates).await);
    }
    let many: Vec<[f64; 2]> =
        (0..2_001).map(|step| [6.0 + f64::from(step) * 1e-4, 52.4 + f64::from(step % 2) * 1e-3]).collect();
    told.push(polygon_refusal(&app, json!([many])).await);
    let square = json!([[[6.0, 52.4], [6.4, 52.4], [6.4, 52.6], [6.0, 52.6], [6.0, 52.4]]]);
    for geometry in [
        json!({ "type": "Point", "coordinates": [6.1, 52.5] }),
        json!({ "type": "FeatureCollection", "features": [] }),
        json!({ "type": "Feature", "properties": {}, "geometry": null }),
        json!({ "coordinates": square }),
        json!({ "type": "MultiPolygon", "coordinates": [square, square] }),
        json!({ "type": "Polygon", "coordinates": square, "crs": { "type": "name", "properties": { "name": "EPSG:28992" } } }),
        json!(r#"{"type":"Polygon","coordinates":[]}"#),
    ] {
        told.push(refusal(&app, json!({ "geometry": geometry })).await);
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
        BAD_USER_INPUT: `coordinates[0]` is not closed: it starts at [6, 52.4] and ends at [6, 52.6]; repeat the first position at the end
        BAD_USER_INPUT: `coordinates[0]` crosses itself at [6.2, 52.5]; a ring must not cross, so reorder its positions or split it into two polygons
        BAD_USER_INPUT: `coordinates[0][0]`: longitude 52.4 and latitude 6 look swapped; send longitude 6 and latitude 52.4
        BAD_USER_INPUT: `coordinates[0][0]`: 200000, 500000 looks like RD New metres; a box or polygon takes longitude and latitude in degrees, here 6.049692, 52.485864
        BAD_USER_INPUT: `coordinates[0]` has 3 positions; a ring has at least 4, the last equal to the first
        BAD_USER_INPUT: `coordinates[0]` encloses no area: all its positions lie on one line through [6, 52.4]; send a ring with three corners or more
        BAD_USER_INPUT: `coordinates[0][0]` must be a position, an array of longitude and latitude in degrees, but is a number
        BAD_USER_INPUT: `coordinates[0][0]` must be a position, an array of longitude and latitude in degrees, but is not of numbers
        BAD_USER_INPUT: `coordinates` is empty; an area has at least one polygon, and a polygon at least its outer ring
        BAD_USER_INPUT: `coordinates[1]` is a hole but lies outside its outer ring at [6.5, 52.4]; send it as a polygon of its own in a MultiPolygon
        BAD_USER_INPUT: `coordinates[0]` crosses `coordinates[1]` at [6.4, 52.5]; rings must not cross
        BAD_USER_INPUT: the geometry has 2001 positions; at most 2000 are accepted, so simplify it or ask in parts
        BAD_USER_INPUT: a Point is not an area; send a Polygon or MultiPolygon, or a Feature with one of them
        BAD_USER_INPUT: a FeatureCollection is not an area; send the `geometry` of the feature that you mean
        BAD_USER_INPUT: the Feature has no `geometry`; send a Polygon or MultiPolygon in it
        BAD_USER_INPUT: the GeoJSON object has no `type`; send `"type": "Polygon"` with its `coordinates`
        BAD_USER_INPUT: `coordinates[0][0]` and `coordinates[1][0]` share a line at [6.2, 52.4]; rings may touch in single points only, so merge them
        BAD_USER_INPUT: the `crs` member names `EPSG:28992`, but GeoJSON is in longitude and latitude (CRS84, RFC 7946); convert the coordinates and leave `crs` out
        BAD_USER_INPUT: `$area.geometry` must be a GeoJSON object, never text, not the text "{"type":"Polygon","coordinates":[]}".
    "#);
}

#[tokio::test]
async fn codes_and_ids_that_are_none_are_refused_with_what_would_be_right() {
    let app = TestApp::shared().await;
    let mut told = Vec::new();
    for area in [
        json!({ "municipalities": ["GM153"] }),
        json!({ "municipalities": ["GM0363"] }),
        json!({ "municipalities": ["Zwolle"] }),
        json!({ "municipalities": ["GM0193", ""] }),
        json!({ "settlements": ["NL.TOP10NL.132597206"] }),
        json!({ "settlements": ["settlement:nergens"] }),
        json!({ "settlements": ["municipality:GM0193"] }),
    ] {
        told.push(refusal(&app, area).await);
    }
    for by in [
        json!({ "code": "GM0363" }),
        json!({ "code": "Zwolle" }),
        json!({ "id": "GM0193" }),
        json!({ "id": "place:t-aahoes-aadorp" }),
    ] {
        let query = "query ($by: MunicipalityBy!) { municipality(by: $by) { code } }";
        told.push(app.refusal(query, json!({ "by": by })).await);
    }
    for filter in [json!({ "codes": ["0193"] }), json!({ "codes": ["GM0344"] })] {
        let query = "query ($filter: MunicipalityFilter) { municipalities(filter: $filter) { code } }";
        told.push(app.refusal(query, json!({ "filter": filter })).await);
    }
    insta::assert_snapshot!(told.join("\n"), @r"
        BAD_USER_INPUT: `GM153` is not a CBS municipality code; expected `GM` and four digits, such as `GM0193`
        BAD_USER_INPUT: `GM0363` is not one of the 25 municipalities of Overijssel; `municipalities { code name }` lists them
        BAD_USER_INPUT: `Zwolle` is not a CBS municipality code; expected `GM` and four digits, such as `GM0193`; Zwolle has `GM0193`
        BAD_USER_INPUT: `` is not a CBS municipality code; expected `GM` and four digits, such as `GM0193`
        BAD_USER_INPUT: `NL.TOP10NL.132597206` is neither the id nor the slug of a settlement of this edition; `settlements { nodes { id slug name } }` lists them
        BAD_USER_INPUT: `settlement:nergens` is neither the id nor the slug of a settlement of this edition; `settlements { nodes { id slug name } }` lists them
        BAD_USER_INPUT: `municipality:GM0193` is neither the id nor the slug of a settlement of this edition; `settlements { nodes { id slug name } }` lists them
        BAD_USER_INPUT: `GM0363` is not one of the 25 municipalities of Overijssel; `municipalities { code name }` lists them
        BAD_USER_INPUT: `Zwolle` is not a CBS municipality code; expected `GM` and four digits, such as `GM0193`; Zwolle has `GM0193`
        BAD_USER_INPUT: `GM0193` is not an id; an id is what a field `id` gave, such as `place:de-schalm-dalfsen`, `municipality:GM0193` or `settlement:NL.TOP10NL.132597206`
        BAD_USER_INPUT: `place:t-aahoes-aadorp` is not the id of a municipality; those look like `municipality:GM0193`
        BAD_USER_INPUT: `0193` is not a CBS municipality code; expected `GM` and four digits, such as `GM0193`
        BAD_USER_INPUT: `GM0344` is not one of the 25 municipalities of Overijssel; `municipalities { code name }` lists them
    ");
}

#[tokio::test]
async fn an_input_of_exactly_one_field_is_refused_with_none_and_with_two() {
    let app = TestApp::shared().await;
    let mut told = Vec::new();
    for area in
        [json!({}), json!({ "municipalities": ["GM0193"], "settlements": [] }), json!({ "municipalities": null })]
    {
        told.push(refusal(&app, area).await);
    }
    for query in [
        "{ places(filter: { within: {} }) { totalCount } }",
        r#"{ places(filter: { within: { municipalities: ["GM0193"], settlements: [] } }) { totalCount } }"#,
        "{ place(by: {}) { id } }",
        r#"{ municipality(by: { code: "GM0193", name: "Zwolle" }) { code } }"#,
        "{ nearestPlaces(to: {}) { totalCount } }",
    ] {
        told.push(app.refusal(query, json!({})).await);
    }
    insta::assert_snapshot!(told.join("\n"), @r"
        BAD_USER_INPUT: `$area` must have exactly one of bbox, circle, geometry, municipalities, neighbourhoods, settlements; it has 0.
        BAD_USER_INPUT: `$area` must have exactly one of bbox, circle, geometry, municipalities, neighbourhoods, settlements; it has 2.
        BAD_USER_INPUT: `$area.municipalities` must not be null: it is the one field of `AreaInput`.
        GRAPHQL_VALIDATION_FAILED: `places(filter).within` must have exactly one of bbox, circle, geometry, municipalities, neighbourhoods, settlements; it has 0.
        GRAPHQL_VALIDATION_FAILED: `places(filter).within` must have exactly one of bbox, circle, geometry, municipalities, neighbourhoods, settlements; it has 2.
        GRAPHQL_VALIDATION_FAILED: `place(by)` must have exactly one of id, slug, identifier; it has 0.
        GRAPHQL_VALIDATION_FAILED: `municipality(by)` must have exactly one of id, code, name, at; it has 2.
        GRAPHQL_VALIDATION_FAILED: `nearestPlaces(to)` must have exactly one of wgs84, rd, postcode; it has 0.
    ");
}
