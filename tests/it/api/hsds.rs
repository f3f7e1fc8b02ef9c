//! `/hsds/`: what a social directory asks, against what the API says. That it is HSDS, `tests/judges/hsds` judges by its schemas.

use std::collections::BTreeSet;

use chrono::DateTime;
use noaber::model::{Activity, Authority};
use serde_json::{Value, json};

use crate::{desk::Desk, support::TestApp};

async fn page(app: &TestApp, address: &str) -> Value {
    let (status, body) = app.body(address).await;
    assert_eq!(status, 200, "{address}: {body}");
    serde_json::from_str(&body).unwrap()
}

fn contents(page: &Value) -> &Vec<Value> {
    page["contents"].as_array().unwrap()
}

/// One service for all three: it takes longer to start than to ask.
#[tokio::test]
async fn a_directory_lists_what_the_api_lists_answers_what_is_asked_and_is_read_back_as_it_was() {
    let app = super::activities::with_programme().await;
    it_lists_what_the_api_lists(&app).await;
    it_is_asked_by_organization_term_change_and_postcode(&app).await;
    what_is_written_is_what_is_read(&app).await;
}

async fn it_lists_what_the_api_lists(app: &TestApp) {
    let data = app
        .graphql("{ activities(first: 100) { totalCount nodes { name organiser place { name } } } }", json!({}))
        .await;
    let all = page(app, "/hsds/services?full=true&per_page=1000").await;
    assert_eq!(all["total_items"], data["activities"]["totalCount"]);
    let told = |service: &Value| {
        let place = &service["service_at_locations"][0]["location"]["name"];
        json!({ "name": service["name"], "organiser": service["organization"]["name"], "place": { "name": place } })
            .to_string()
    };
    let mut told: Vec<String> = contents(&all).iter().map(told).collect();
    let nodes = data["activities"]["nodes"].as_array().unwrap();
    let mut expected: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected);

    // Pages of it are the same list, and lines too.
    let count = contents(&all).len();
    let mut paged = Vec::new();
    for number in 1..=count.div_ceil(4) {
        let page = page(app, &format!("/hsds/services?per_page=4&page={number}")).await;
        assert_eq!(
            (page["page_number"].as_u64(), page["first_page"].as_bool()),
            (Some(number as u64), Some(number == 1))
        );
        paged.extend(contents(&page).iter().map(|service| service["id"].clone()));
    }
    let ids: Vec<Value> = contents(&all).iter().map(|service| service["id"].clone()).collect();
    assert_eq!(paged, ids);
    let (_, lines) = app.body("/hsds/services?format=ndjson").await;
    let lines: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone()).collect();
    assert_eq!(lines, ids);
    let minimal = page(app, "/hsds/services?minimal=true").await;
    assert_eq!(contents(&minimal)[0].as_object().unwrap().len(), 3);
    assert_eq!(minimal["size"], count);

    // One by itself is that of the list in full; what is not there is not there.
    for kind in ["services", "service_at_locations"] {
        let list = page(app, &format!("/hsds/{kind}?full=true&per_page=1&page=3")).await;
        let id = contents(&list)[0]["id"].as_str().unwrap();
        assert_eq!(page(app, &format!("/hsds/{kind}/{id}")).await, contents(&list)[0]);
    }
    for unknown in ["services/x", "locations/00000000-0000-0000-0000-000000000000", "nothing"] {
        assert_eq!(app.body(&format!("/hsds/{unknown}")).await.0, 404, "{unknown}");
    }
    assert_eq!(page(app, "/hsds/").await, page(app, "/hsds").await);
}

async fn it_is_asked_by_organization_term_change_and_postcode(app: &TestApp) {
    let names = |page: &Value| -> BTreeSet<String> {
        let name = |item: &Value| item["name"].as_str().or(item["service"]["name"].as_str()).unwrap().to_owned();
        contents(page).iter().map(name).collect()
    };
    let club = page(app, "/hsds/organizations?search=bridgeclub&full=true").await;
    assert_eq!(names(&club).into_iter().collect::<Vec<_>>(), ["Verzonnen bridgeclub"]);
    let of_club: BTreeSet<String> = contents(&club)[0]["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect();
    let id = contents(&club)[0]["id"].as_str().unwrap();
    assert_eq!(names(&page(app, &format!("/hsds/services?organization_id={id}")).await), of_club);
    assert_eq!(of_club.len(), 2);
    assert_eq!(page(app, &format!("/hsds/organizations/{id}")).await["name"], "Verzonnen bridgeclub");

    let terms = page(app, "/hsds/taxonomy_terms?per_page=1000").await;
    let bridge = contents(&terms).iter().find(|term| term["code"] == "BRIDGE").unwrap();
    let of_type = page(app, &format!("/hsds/services?taxonomy_term_id={}", bridge["id"].as_str().unwrap())).await;
    let data = app.graphql("{ activities(filter: { types: [BRIDGE] }) { totalCount } }", json!({})).await;
    assert_eq!(of_type["total_items"], data["activities"]["totalCount"]);

    let taxonomies = page(app, "/hsds/taxonomies?search=audience").await;
    let taxonomy = contents(&taxonomies)[0]["id"].as_str().unwrap();
    let of_it = page(app, &format!("/hsds/taxonomy_terms?taxonomy_id={taxonomy}&per_page=1000")).await;
    let audiences: Vec<&Value> = contents(&terms).iter().filter(|term| term["taxonomy"] == "Audience").collect();
    assert!(audiences.len() > 3);
    assert_eq!(contents(&of_it).iter().collect::<Vec<_>>(), audiences);
    let found = page(app, "/hsds/taxonomy_terms?search=bridge").await;
    assert_eq!(contents(&found).as_slice(), std::slice::from_ref(bridge));
    // Those of which somebody told for whom they are.
    let told = page(app, &format!("/hsds/services?taxonomy_id={taxonomy}&full=true&per_page=1000")).await;
    let all = page(app, "/hsds/services?full=true&per_page=1000").await;
    let has_audience = |one: &&Value| {
        let attributes = one["attributes"].as_array().into_iter().flatten();
        attributes.clone().any(|attribute| attribute["link_type"] == "audiences")
    };
    assert!(contents(&told).len() < contents(&all).len());
    assert_eq!(
        contents(&told).iter().collect::<Vec<_>>(),
        contents(&all).iter().filter(has_audience).collect::<Vec<_>>()
    );

    for (since, is_all) in [("2000-01-01", true), ("2999-01-01T00:00:00Z", false)] {
        let found = page(app, &format!("/hsds/services?modified_after={since}")).await;
        assert_eq!(found["empty"], !is_all, "{since}");
    }
    let near = page(app, "/hsds/locations?postcode=7411&proximity=1500&per_page=1000").await;
    let query = "{ nearestPlaces(to: { postcode: \"7411\" }, maxDistance: 1500, first: 100) { nodes { name } } }";
    let data = app.graphql(query, json!({})).await;
    let nodes = data["nearestPlaces"]["nodes"].as_array().unwrap();
    let expected: BTreeSet<String> = nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect();
    assert!(expected.len() > 1);
    assert_eq!(names(&near), expected);
    let at = page(app, "/hsds/service_at_locations?postcode=7411&proximity=1500").await;
    assert!(contents(&at).iter().all(|at| expected.contains(at["location"]["name"].as_str().unwrap())));
    assert!(!contents(&at).is_empty());

    for (asked, sentence) in [
        ("services?per_page=1001", "`per_page` is `1001`; expected a number from 1 to 1000"),
        ("services?page=99", "`page` is `99`; expected a page from 1 to"),
        ("services?full=yes", "`yes` is not a value of `full`; there are true and false"),
        ("services?modified_after=gisteren", "`modified_after` is `gisteren`; expected a moment or a day"),
        ("services?organization_id=1", "`1` is not a UUID"),
        ("services?postcode=7411", "`postcode` is not a parameter here"),
        ("locations?postcode=7411", "`postcode` needs a distance"),
        ("locations?proximity=5000", "`proximity` counts from the middle of a postcode"),
        ("locations?postcode=74&proximity=5000", "`74` is not a postcode"),
        ("locations?postcode=1011&proximity=5000", "no address with postcode `1011` is known"),
        ("locations?postcode=7411&proximity=far", "`proximity` is `far`; expected more than 0"),
    ] {
        let (status, body) = app.body(&format!("/hsds/{asked}")).await;
        assert!(status == 400 && body.contains(sentence), "{asked}: {status} {body}");
    }
}

async fn what_is_written_is_what_is_read(app: &TestApp) {
    let (_, services) = app.body("/hsds/services?full=true&per_page=1000").await;
    let desk = Desk::new().await;
    desk.write("hsds.json", &services);
    desk.done(&["ingest", "activities", "hsds.json", "--title", "Sociale kaart"]);
    let told = desk.books().await.facts.activities;
    let edition = app.library().served();
    let told: Vec<Activity> = told.into_iter().map(plain).collect();
    // What is over is not listed.
    let today = noaber::calendar::local(chrono::Utc::now()).date();
    let listed = edition.activities().iter().filter(|entry| !entry.is_over(today));
    let served: Vec<Activity> = listed.map(|entry| plain(entry.facts.clone())).collect();
    assert_eq!(served.len(), 10);
    assert_eq!(told, served);
}

/// Without who says so, and when it came in.
fn plain(activity: Activity) -> Activity {
    let rest =
        Activity { source: String::new(), authority: Authority::Web, updated_at: DateTime::UNIX_EPOCH, ..activity };
    Activity { stated: None, ..rest }
}
