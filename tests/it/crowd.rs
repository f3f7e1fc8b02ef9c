//! More than can be done at once: who is answered, who is told to come again, and what goes on meanwhile.

use futures_util::future::join_all;
use noaber::admission::RatePolicy;
use reqwest::{StatusCode, header::RETRY_AFTER};
use serde_json::json;

use crate::support::TestApp;

/// Coverage with all its geometries, which nobody has asked before: a query of the highest price that is answered.
fn dear(number: usize) -> String {
    format!(
        "{{ coverage(maxDistance: {}.5) {{ coveredGeometry uncertainGeometry uncoveredGeometry }} }}",
        2_000 + number
    )
}

#[tokio::test]
async fn dear_queries_wait_or_are_told_to_come_again_and_cheap_ones_are_answered() {
    let app = TestApp::start().await;
    let asked = join_all((0..64).map(|number| {
        let body = json!({ "query": dear(number) }).to_string();
        let request = app.client.post(format!("{}/graphql", app.url)).body(body);
        request.header("content-type", "application/json").send()
    }));
    let cheap = async {
        for number in 0..20 {
            let query = format!("{{ places(first: {}) {{ nodes {{ name }} }} }}", number + 1);
            app.graphql(&query, json!({})).await;
            assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK);
        }
    };
    let (answers, ()) = tokio::join!(asked, cheap);
    let mut answered = 0;
    for answer in answers {
        let answer = answer.unwrap();
        match answer.status() {
            StatusCode::OK => answered += 1,
            StatusCode::SERVICE_UNAVAILABLE => {
                assert_eq!(answer.headers()[RETRY_AFTER], "5");
                let body: serde_json::Value = answer.json().await.unwrap();
                let code = body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default();
                assert!(["SERVICE_UNAVAILABLE", "TIMEOUT"].contains(&code), "{body}");
                assert!(body.get("data").is_none(), "{body}");
            }
            other => panic!("{other}"),
        }
    }
    assert!(answered > 0, "nobody was answered");
}

#[tokio::test]
async fn what_many_ask_at_once_is_made_once_and_all_get_it() {
    let app = TestApp::start().await;
    for path in ["/places.geojson", "/places.csv", "/map.svg", "/map.png", "/"] {
        let answers = join_all((0..100).map(|_| async {
            let answer = app.get(path).await;
            (answer.status(), answer.bytes().await.unwrap())
        }));
        let ready = async {
            for _ in 0..10 {
                assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK, "{path}");
            }
        };
        let (answers, ()) = tokio::join!(answers, ready);
        assert!(answers.iter().all(|(status, _)| *status == StatusCode::OK), "{path}");
        assert!(answers.iter().all(|(_, bytes)| *bytes == answers[0].1), "{path}");
    }
}

#[tokio::test]
async fn who_has_taken_what_it_may_is_told_when_to_come_again_and_health_is_told_to_anybody() {
    let app = TestApp::start_configured(|config| {
        config.rate_limit = RatePolicy::read("1000000", false).unwrap();
        // So that what it says of whom it asks for is believed.
        config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let get = |path: &str, client: &str| {
        app.client.get(format!("{}{path}", app.url)).header("x-forwarded-for", client).send()
    };
    let few = get("/graphql?query={__typename}", "192.0.2.2").await.unwrap();
    assert_eq!(few.status(), StatusCode::OK);
    assert_eq!(few.headers()["ratelimit-policy"], "\"default\";q=1000000;w=60");
    assert!(few.headers()["ratelimit"].to_str().unwrap().starts_with("\"default\";r=999"), "{:?}", few.headers());
    // Each has a price of 25,000, another answer, and next to no work.
    let asked =
        |number: usize| format!("/graphql?query={{changes(since:\"{}\",first:{number}){{totalCount}}}}", app.edition());
    let mut number = 1;
    let refused = loop {
        let answer = get(&asked(number), "192.0.2.2").await.unwrap();
        match answer.status() {
            StatusCode::OK => assert!(number < 90, "nobody is refused"),
            _ => break answer,
        }
        number += 1;
    };
    assert!(number > 35, "{number}");
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = refused.headers()[RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    let body: serde_json::Value = refused.json().await.unwrap();
    assert_eq!(body["errors"][0]["extensions"]["code"], "RATE_LIMITED", "{body}");
    let page = get("/map.png", "192.0.2.2").await.unwrap();
    assert_eq!(page.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.headers()["content-type"], "application/problem+json");
    let again = &asked(number);
    assert_eq!(get(again, "192.0.2.3").await.unwrap().status(), StatusCode::OK, "another client");
    for _ in 0..200 {
        assert_eq!(get("/health/ready", "192.0.2.2").await.unwrap().status(), StatusCode::OK);
    }
}

/// The names are an interface: dashboards and alarms are built on them.
#[tokio::test]
async fn figures_are_served_on_a_listener_of_their_own() {
    let app = TestApp::start_configured(|config| config.metrics = Some(([127, 0, 0, 1], 0).into())).await;
    app.get("/").await;
    app.graphql("{ places(first: 3) { nodes { name } } }", json!({})).await;
    assert_eq!(app.get("/metrics").await.status(), StatusCode::NOT_FOUND);
    let text = app.client.get(format!("http://{}/metrics", app.metrics.unwrap())).send().await.unwrap();
    let text = text.text().await.unwrap();
    let names: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    noaber_http_requests counter
    noaber_http_request_duration_seconds histogram
    noaber_price_units counter
    noaber_rate_limited_requests counter
    noaber_lane_waiting gauge
    noaber_lane_refused gauge
    noaber_edition_places gauge
    noaber_database_answers gauge
    noaber_database_answered_ago_seconds gauge
    process_resident_memory_bytes gauge
    ");
    for line in [
        "noaber_http_requests_total{route=\"/graphql\",status=\"200\"} 1",
        "noaber_http_requests_total{route=\"page\",status=\"200\"} 1",
        &format!("noaber_edition_places{{edition=\"{}\"}} 282", app.edition()),
        "noaber_lane_waiting{lane=\"heavy\"} 0",
        "noaber_database_answers 1",
    ] {
        assert!(text.lines().any(|there| there == line), "{line}\n{text}");
    }
    // The dashboard asks for nothing that there is not.
    let dashboard = include_str!("../../docs/grafana-dashboard.json");
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let asked =
        dashboard.split(|c| !is_of_name(c)).filter(|word| word.starts_with("noaber_") || word.starts_with("process_"));
    let asked: std::collections::BTreeSet<&str> = asked.collect();
    assert_eq!(asked.len(), 8, "{asked:?}");
    for name in asked {
        assert!(text.contains(name), "{name}\n{text}");
    }
}

#[tokio::test]
async fn more_of_the_dearest_than_one_request_may_ask_is_refused_by_its_price() {
    let app = TestApp::start().await;
    let geometries = "coveredGeometry uncertainGeometry uncoveredGeometry";
    let aliases = |count: usize| {
        let fields: Vec<String> =
            (0..count).map(|i| format!("a{i}: coverage(maxDistance: {}) {{ {geometries} }}", 1_000 + i)).collect();
        format!("{{ {} }}", fields.join(" "))
    };
    app.graphql(&aliases(1), json!({})).await;
    for count in [2, 16] {
        assert!(app.refusal(&aliases(count), json!({})).await.starts_with("LIMIT_EXCEEDED: The operation costs "));
    }
    // A star whose rays cross the province: each is cut into many pieces where the area is laid on the map.
    let ray = |i: i32| json!([6.5 + f64::from(i % 2) * 0.9, 52.0 + f64::from(i) * 0.000_5]);
    let mut ring: Vec<_> = (0..1_999).map(ray).collect();
    ring.push(ring[0].clone());
    let area = json!({ "area": { "geometry": { "type": "Polygon", "coordinates": [ring] } } });
    let query = "query($area: AreaInput) { coverage(maxDistance: 2000, area: $area) { population } }";
    assert!(app.refusal(query, area).await.starts_with("LIMIT_EXCEEDED: "));
}
