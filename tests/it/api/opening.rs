//! Opening hours: what is open at a moment, over the whole way to the bytes.

use serde_json::{Value, json};

use crate::support::TestApp;

/// Two places that are open at other times, one by appointment, one whose hours nobody can read; of all others none are known.
const HOURS: [(&str, &str); 4] = [
    ("kulturhus-trefkoele-dalfsen", "Mo-Fr 09:00-17:00; PH off"),
    ("wijkcentrum-de-schalm-deventer", "Fr 20:00-02:00"),
    ("de-wiekelaar-oudleusen", "Mo-Su 00:00-24:00 \"op afspraak\""),
    ("t-aahoes-aadorp", "soms"),
];

async fn app() -> TestApp {
    let set = |(key, hours): (&str, &str)| format!("UPDATE place SET opening_hours = '{hours}' WHERE key = '{key}'");
    let none = "UPDATE place SET opening_hours = NULL".to_owned();
    let changes: Vec<String> = [none].into_iter().chain(HOURS.map(set)).collect();
    TestApp::start_changed(&changes).await
}

#[tokio::test]
async fn what_is_open_at_a_moment_is_true_false_or_unknown() {
    let app = app().await;
    // Planned places are not open, whatever the moment.
    let planned = app.places(&json!({ "status": ["PLANNED"] }), false).await.len();
    assert_eq!(planned, 6);
    let total = app.places(&json!({}), false).await.len();
    for (at, open, closed) in [
        ("2026-12-04T12:00:00+01:00", &["kulturhus-trefkoele-dalfsen"][..], 1),
        ("2026-12-05T01:30:00+01:00", &["wijkcentrum-de-schalm-deventer"], 1),
        ("2026-12-05T02:00:00+01:00", &[], 2),
        // Christmas Day is a Friday.
        ("2026-12-25T12:00:00+01:00", &[], 2),
    ] {
        let filter = json!({ "openAt": at });
        let expected: Vec<String> = open.iter().map(|key| format!("place:{key}")).collect();
        assert_eq!(app.places(&filter, false).await, expected, "{at}");
        assert_eq!(app.places(&filter, true).await.len(), total - closed - planned, "{at}");
        assert_eq!(app.places(&json!({ "not": filter }), false).await.len(), closed + planned, "{at}");
    }
    assert_eq!(app.places(&json!({ "openOn": ["SA", "SU"] }), false).await, [""; 0]);
    assert_eq!(app.places(&json!({ "openOn": ["FR"] }), false).await.len(), 2);
    assert_eq!(app.places(&json!({ "openOn": [] }), true).await, [""; 0]);
}

#[tokio::test]
async fn an_answer_that_depends_on_now_says_how_long_it_holds_and_others_do_as_before() {
    let app = app().await;
    let place = |key: &str, fields: &str| format!("/graphql?query={{place(by:{{slug:%22{key}%22}}){{{fields}}}}}");
    let ask = async |key: &str, fields: &str| {
        let answer = app.get(&place(key, fields).replace(' ', "%20")).await;
        let kept = answer.headers()["cache-control"].to_str().unwrap().to_owned();
        let mut body: Value = answer.json().await.unwrap();
        (body["data"]["place"].take(), kept)
    };
    let seconds = |kept: &str| kept.strip_prefix("public, max-age=").unwrap().parse::<u32>().unwrap();
    let (answer, kept) = ask("kulturhus-trefkoele-dalfsen", "openNow").await;
    assert!(answer["openNow"].is_boolean() && seconds(&kept) <= 60, "{answer} {kept}");
    let (answer, kept) = ask("de-wiekelaar-oudleusen", "openNow nextOpening openingHoursText").await;
    assert_eq!(
        answer,
        json!({ "openNow": null, "nextOpening": null, "openingHoursText": "maandag tot en met zondag op afspraak" })
    );
    assert_eq!(kept, "public, max-age=60");
    let (answer, kept) = ask("t-aahoes-aadorp", "openNow openingHours openingHoursText").await;
    assert_eq!(answer, json!({ "openNow": null, "openingHours": "soms", "openingHoursText": null }));
    assert_eq!(kept, "public, max-age=60");
    let page = app.get("/en/place/kulturhus-trefkoele-dalfsen").await.text().await.unwrap();
    assert!(page.contains("Monday to Friday 9:00 to 17:00; on public holidays closed"));
}

#[tokio::test]
async fn the_page_of_a_place_says_whether_it_is_open_and_machines_when() {
    let app = app().await;
    for (key, _) in HOURS {
        let query = "query($slug: String!) { place(by: { slug: $slug }) { openNow openingHoursText(language: NL) } }";
        let known = app.graphql(query, json!({ "slug": key })).await["place"].clone();
        let page = app.get(&format!("/place/{key}")).await;
        let age: u64 = page.headers()["cache-control"].to_str().unwrap().rsplit('=').next().unwrap().parse().unwrap();
        assert!(age <= 60, "{key}");
        let page = page.text().await.unwrap();
        let said = (page.contains("<strong>Nu open"), page.contains("<strong>Nu gesloten"));
        let is_open = known["openNow"].as_bool();
        assert_eq!(said, (is_open == Some(true), is_open == Some(false)), "{key}: {known}");
        let machines = page.contains("\"openingHours\":[\"Mo-Fr 09:00-17:00\"]");
        assert_eq!(machines, key.starts_with("kulturhus-trefkoele"), "{key}");
        let never_for_people = page.contains("op afspraak");
        assert_eq!(never_for_people, key.starts_with("de-wiekelaar"), "{key}");
    }
}
