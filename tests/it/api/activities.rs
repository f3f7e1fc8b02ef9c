//! Activities with a time, of a made-up programme that was imported: held against the file, read anew, day by day.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, Days, Duration, NaiveDate, NaiveTime, Utc};
use serde_json::{Value, json};

use crate::{oracle::project_file, support::TestApp};

const FILE: &str = "tests/fixtures/activities_synthetic.csv";

/// The service with the made-up programme.
pub(super) async fn with_programme() -> TestApp {
    let app = TestApp::start().await;
    let before = app.edition();
    let file = project_file(FILE);
    let file = file.to_str().unwrap();
    app.run(&["ingest", "activities", file, "--by", "organisation", "--title", "Verzonnen programma"]);
    app.until("the programme is served", |library| library.served().id != before).await;
    app
}

/// A row of the file.
struct Row {
    name: String,
    place: String,
    cells: Vec<String>,
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string(project_file(FILE)).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<String> = line.split(';').map(str::to_owned).collect();
        Row { name: cells[1].clone(), place: cells[0].clone(), cells }
    });
    rows.collect()
}

impl Row {
    /// Whether it is held on a day; `None`: not known. By hand for the six ways in which the file says it.
    fn is_on(&self, day: NaiveDate) -> Option<bool> {
        let weekday = day.weekday().num_days_from_monday();
        Some(match self.cells[3].as_str() {
            "" => return None,
            "dinsdag" => weekday == 1,
            "ma en do" => weekday == 0 || weekday == 3,
            "za" => weekday == 5,
            "ma t/m vr" => weekday < 5 && !["2026-12-25", "2027-01-01"].contains(&day.to_string().as_str()),
            "om de week op vrijdag" => {
                let first: NaiveDate = "2026-01-09".parse().unwrap();
                day >= first && (day - first).num_days() % 14 == 0
            }
            "woensdag" => weekday == 2,
            "1e dinsdag van de maand" => weekday == 1 && day.day() <= 7,
            "zondag" => weekday == 6,
            other => panic!("{other}"),
        })
    }

    fn time(&self, cell: usize) -> Option<NaiveTime> {
        format!("{}:00", self.cells[cell]).parse().ok()
    }

    /// Begin and end on a day, on the clock of the Netherlands in the winter half year and in 2026.
    fn times(&self, day: NaiveDate) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)> {
        let start = self.time(4)?;
        let end =
            self.time(5).map(|end| if end > start { day.and_time(end) } else { (day + Days::new(1)).and_time(end) });
        Some((utc(day.and_time(start)), end.map(utc)))
    }
}

/// Summer time from 29 March to 25 October 2026, both at one o'clock UTC.
fn utc(local: chrono::NaiveDateTime) -> DateTime<Utc> {
    let at = |day: &str, hour| day.parse::<NaiveDate>().unwrap().and_hms_opt(hour, 0, 0).unwrap();
    let is_summer = local >= at("2026-03-29", 2) && local < at("2026-10-25", 3);
    (local - Duration::hours(if is_summer { 2 } else { 1 })).and_utc()
}

/// Names of the activities for which a filter is TRUE, and of those for which it is UNKNOWN.
async fn ask(app: &TestApp, filter: Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let query = "query ($filter: ActivityFilter) {
        sure: activities(filter: $filter, first: 100) { totalCount nodes { name } }
        all: activities(filter: $filter, includeUnknown: true, first: 100) { totalCount nodes { name } }
    }";
    let data = app.graphql(query, json!({ "filter": filter })).await;
    let names = |list: &Value| -> BTreeSet<String> {
        let nodes = list["nodes"].as_array().unwrap();
        assert_eq!(list["totalCount"], nodes.len());
        nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
    };
    let (sure, all) = (names(&data["sure"]), names(&data["all"]));
    assert!(sure.is_subset(&all));
    let unknown = all.difference(&sure).cloned().collect();
    (sure, unknown)
}

fn names<'a>(rows: impl Iterator<Item = &'a Row>) -> BTreeSet<String> {
    rows.map(|row| row.name.clone()).collect()
}

#[tokio::test]
async fn every_day_around_both_changes_of_the_clock_is_as_the_file_says() {
    let app = with_programme().await;
    let rows = rows();
    for first in ["2026-03-27", "2026-10-22", "2026-12-24"] {
        let mut day: NaiveDate = first.parse().unwrap();
        for _ in 0..9 {
            let (sure, unknown) = ask(&app, json!({ "on": day.to_string() })).await;
            assert_eq!(sure, names(rows.iter().filter(|row| row.is_on(day) == Some(true))), "{day}");
            assert_eq!(unknown, names(rows.iter().filter(|row| row.is_on(day).is_none())), "{day}");
            day = day.succ_opt().unwrap();
        }
    }
    // Parts of the nights in which the clock is set: what lasts beyond midnight, and what has no time.
    for (from, until) in [
        ("2026-03-28T23:30:00+01:00", "2026-03-29T01:00:00+01:00"),
        ("2026-03-29T03:15:00+02:00", "2026-03-29T03:45:00+02:00"),
        ("2026-03-29T03:30:00+02:00", "2026-03-29T09:00:00+02:00"),
        ("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T03:00:00+01:00", "2026-10-25T03:29:00+01:00"),
        ("2026-10-25T03:30:00+01:00", "2026-10-25T04:00:00+01:00"),
        ("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"),
        ("2026-12-01T18:00:00+01:00", "2026-12-01T20:00:00+01:00"),
    ] {
        let moment = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (begin, end) = (moment(from), moment(until));
        let value = |row: &Row| {
            let mut found = if row.cells[3].is_empty() { None } else { Some(false) };
            for offset in 0..4 {
                let day = begin.date_naive() - Days::new(2) + Days::new(offset);
                if row.is_on(day) != Some(true) {
                    continue;
                }
                let (midnight, next) =
                    (utc(day.and_hms_opt(0, 0, 0)?), utc((day + Days::new(1)).and_hms_opt(0, 0, 0)?));
                let is_so = match row.times(day) {
                    Some((starts, ends)) => Some(starts < end && ends.map_or(starts >= begin, |ends| ends > begin)),
                    None if begin <= midnight && next <= end => Some(true),
                    None if midnight < end && next > begin => None,
                    None => Some(false),
                };
                found = match (found, is_so) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (None, _) | (_, None) => None,
                    _ => Some(false),
                };
            }
            found
        };
        let (sure, unknown) = ask(&app, json!({ "between": { "from": from, "until": until } })).await;
        assert_eq!(sure, names(rows.iter().filter(|row| value(row) == Some(true))), "{from} {until}");
        assert_eq!(unknown, names(rows.iter().filter(|row| value(row).is_none())), "{from} {until}");
    }
}

#[tokio::test]
async fn the_times_of_an_activity_are_on_the_clock_of_the_netherlands() {
    let app = with_programme().await;
    for row in rows() {
        for first in ["2026-03-20", "2026-10-18"] {
            let first: NaiveDate = first.parse().unwrap();
            let (from, until) =
                (utc(first.and_hms_opt(0, 0, 0).unwrap()), utc((first + Days::new(20)).and_hms_opt(0, 0, 0).unwrap()));
            let query = "query ($text: String, $from: DateTime, $until: DateTime) {
                activities(filter: { text: $text }) { nodes {
                    name place { slug } occurrences(from: $from, until: $until, first: 100) { start end }
                } }
            }";
            let variables = json!({ "text": row.name, "from": from, "until": until });
            let data = app.graphql(query, variables).await;
            let nodes = data["activities"]["nodes"].as_array().unwrap();
            let node = nodes.iter().find(|node| node["name"] == row.name.as_str()).unwrap();
            assert_eq!(node["place"]["slug"], row.place.as_str());
            let days = (-1..20_i64).map(|offset| first + Duration::days(offset));
            let held = days.filter(|day| row.is_on(*day) == Some(true)).filter_map(|day| row.times(day));
            let held = held.filter(|(start, end)| *start < until && end.map_or(*start >= from, |end| end > from));
            let text = |moment: DateTime<Utc>| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
            let expected: Vec<Value> =
                held.map(|(start, end)| json!({ "start": text(start), "end": end.map(text) })).collect();
            assert_eq!(node["occurrences"], json!(expected), "{}", row.name);
        }
    }
    let weekdays = app
        .graphql(
            "{ activities(filter: { text: \"inloop\" }) { nodes { schedule { rrule weekdays start end except nl: text en: text(language: EN) } } } }",
            json!({}),
        )
        .await;
    let schedule = &weekdays["activities"]["nodes"][0]["schedule"][0];
    assert_eq!(schedule["weekdays"], json!(["MO", "TU", "WE", "TH", "FR"]));
    assert_eq!((&schedule["start"], &schedule["end"]), (&json!("09:30"), &json!("11:30")));
    assert_eq!(schedule["except"], json!(["2026-12-25", "2027-01-01"]));
    assert!(schedule["nl"].as_str().unwrap().contains("9:30 tot 11:30 uur"), "{schedule}");
}

#[tokio::test]
async fn what_is_asked_of_activities_is_true_false_or_unknown() {
    let app = with_programme().await;
    let rows = rows();
    let cell = |row: &Row, at: usize| Some(row.cells[at].clone()).filter(|text| !text.is_empty());
    let flag = |row: &Row, at: usize, wanted: &str| cell(row, at).map(|text| text == wanted);
    let audience = |row: &Row, one: &str| cell(row, 9).map(|all| all.contains("Iedereen") || all.contains(one));
    let age = |row: &Row, age: i32| {
        let (least, most) = (cell(row, 10), cell(row, 11));
        let number = |text: Option<String>| text.map(|text| text.parse::<i32>().unwrap());
        (least.is_some() || most.is_some())
            .then(|| number(least).is_none_or(|least| age >= least) && number(most).is_none_or(|most| age <= most))
    };
    let kind = |row: &Row| cell(row, 2).map(|kind| kind == "Bridge");
    let tuesday = |row: &Row| match row.cells[3].as_str() {
        "" => None,
        days => Some(["dinsdag", "ma t/m vr", "1e dinsdag van de maand"].contains(&days)),
    };
    type Said<'a> = Box<dyn Fn(&Row) -> Option<bool> + 'a>;
    let and = |one: Option<bool>, other: Option<bool>| match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    let cases: Vec<(Value, Said<'_>)> = vec![
        (json!({}), Box::new(|_| Some(true))),
        (json!({ "types": ["BRIDGE"] }), Box::new(kind)),
        (json!({ "weekdays": ["TU"] }), Box::new(tuesday)),
        (json!({ "not": { "weekdays": ["TU"] } }), Box::new(|row| tuesday(row).map(|is| !is))),
        (json!({ "free": true }), Box::new(|row| flag(row, 12, "ja"))),
        (json!({ "free": false }), Box::new(|row| flag(row, 12, "nee"))),
        (json!({ "registrationRequired": false }), Box::new(|row| flag(row, 14, "nee"))),
        (json!({ "referralRequired": true }), Box::new(|row| flag(row, 15, "ja"))),
        (json!({ "audiences": ["OUDEREN"] }), Box::new(|row| audience(row, "Ouderen"))),
        (json!({ "audiences": ["KINDEREN"] }), Box::new(|row| audience(row, "Kinderen"))),
        (json!({ "age": 8 }), Box::new(|row| age(row, 8))),
        (json!({ "age": 54 }), Box::new(|row| age(row, 54))),
        (json!({ "and": [{ "types": ["BRIDGE"] }, { "age": 60 }] }), Box::new(|row| and(kind(row), age(row, 60)))),
        (
            json!({ "places": { "within": { "municipalities": ["GM0150"] } } }),
            Box::new(|row| Some(row.place.ends_with("deventer"))),
        ),
    ];
    for (filter, said) in cases {
        let (sure, unknown) = ask(&app, filter.clone()).await;
        assert_eq!(sure, names(rows.iter().filter(|row| said(row) == Some(true))), "{filter}");
        assert_eq!(unknown, names(rows.iter().filter(|row| said(row).is_none())), "{filter}");
    }
    let (found, _) = ask(&app, json!({ "text": "verzonnen bridgeclub" })).await;
    assert_eq!(found, names(rows.iter().filter(|row| row.cells[16] == "Verzonnen bridgeclub")));
}

#[tokio::test]
async fn places_are_asked_by_what_they_offer_and_tell_it() {
    let app = with_programme().await;
    let all: BTreeSet<String> = rows().iter().map(|row| format!("place:{}", row.place)).collect();
    let bridge: BTreeSet<String> =
        rows().iter().filter(|row| row.cells[2] == "Bridge").map(|row| format!("place:{}", row.place)).collect();
    let filter = json!({ "programme": { "types": ["BRIDGE"] } });
    let sure: BTreeSet<String> = app.places(&filter, false).await.into_iter().collect();
    assert_eq!(sure, bridge);
    let open: BTreeSet<String> = app.places(&json!({}), false).await.into_iter().collect();
    let perhaps: BTreeSet<String> = app.places(&filter, true).await.into_iter().collect();
    // FALSE where a programme is known and has none; of de Wiekelaar the flea market may be of any type.
    let none: BTreeSet<String> = ["buurthuis-t-hovenhuus-deventer", "huis-van-de-wijk-rivierenwijk-deventer"]
        .map(|key| format!("place:{key}"))
        .into();
    assert_eq!(perhaps, open.difference(&none).cloned().collect());
    let with: BTreeSet<String> =
        app.places(&json!({ "not": { "missing": ["PROGRAMME"] } }), false).await.into_iter().collect();
    assert_eq!(with, all);

    let query = "{ place(by: { slug: \"wijkcentrum-de-schalm-deventer\" }) {
        completeness { missing } programme(orderBy: { field: NAME, direction: DESC }) { totalCount nodes { id name } }
    } }";
    let place = &app.graphql(query, json!({})).await["place"];
    assert!(!place["completeness"]["missing"].as_array().unwrap().contains(&json!("PROGRAMME")));
    let own: Vec<&str> =
        place["programme"]["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect();
    assert_eq!(own, ["Open bridge (verzonnen)", "Nachtwake (verzonnen)", "Bridge voor beginners (verzonnen)"]);

    // By id, by slug, by search; with its source.
    let id = &place["programme"]["nodes"][0]["id"];
    let slug = id.as_str().unwrap().strip_prefix("activity:").unwrap();
    let query = "query ($id: ID!, $slug: String!) {
        node(id: $id) { id ... on Activity { name } } activity(by: { slug: $slug }) { id sources { title licence } lastConfirmed }
        search(text: \"open bridge\", types: [ACTIVITY]) { ... on Activity { id } }
    }";
    let data = app.graphql(query, json!({ "id": id, "slug": slug })).await;
    assert_eq!((&data["node"]["id"], &data["node"]["name"]), (id, &json!("Open bridge (verzonnen)")));
    assert_eq!((&data["activity"]["id"], &data["search"][0]["id"]), (id, id));
    assert_eq!(data["activity"]["sources"], json!([{ "title": "Verzonnen programma", "licence": "CC0-1.0" }]));
    assert_eq!(data["activity"]["lastConfirmed"], "2026-11-25");
}

#[tokio::test]
async fn a_list_is_the_same_page_by_page_and_its_rows_count_what_a_filter_finds() {
    let app = with_programme().await;
    for (field, direction) in [("NAME", "ASC"), ("PLACE", "ASC"), ("NEXT", "DESC")] {
        let query = |first: usize| {
            format!(
                "query ($after: String) {{ activities(orderBy: {{ field: {field}, direction: {direction} }}, first: {first}, after: $after) {{ \
                 totalCount nodes {{ id name place {{ name }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
            )
        };
        let whole = app.walk(&query(100), json!({}), "activities").await;
        assert_eq!(whole.len(), rows().len());
        assert_eq!(app.walk(&query(3), json!({}), "activities").await, whole, "{field}");
    }
    let query = "{ activities { facets { types { value count } weekdays { value label count } audiences { value count } municipalities { value count } } } }";
    let data = app.graphql(query, json!({})).await;
    let facets = &data["activities"]["facets"];
    for (facet, field) in [("types", "types"), ("weekdays", "weekdays"), ("audiences", "audiences")] {
        let counted = facets[facet].as_array().unwrap();
        assert!(counted.len() > 3, "{facet}");
        for row in counted {
            let (found, _) = ask(&app, json!({ field: [row["value"]] })).await;
            assert_eq!(row["count"], found.len(), "{row}");
        }
    }
    assert_eq!(facets["municipalities"], json!([{ "value": "GM0150", "count": 8 }, { "value": "GM0148", "count": 2 }]));
    assert!(facets["weekdays"].as_array().unwrap().iter().any(|row| row["label"] == "dinsdag"));
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_name() {
    let app = with_programme().await;
    let span = |from: &str, until: &str| {
        format!("{{ activities(filter: {{ between: {{ from: \"{from}\", until: \"{until}\" }} }}) {{ totalCount }} }}")
    };
    for (query, expected) in [
        (span("2026-12-01T20:00:00Z", "2026-12-01T20:00:00Z"), "`until` is 2026-12-01T20:00:00Z, which is not later than `from`"),
        (span("2026-12-01T20:00:00Z", "2030-12-01T20:00:00Z"), "a span has at most 731"),
        (span("0001-01-01T00:00:00Z", "2026-12-01T20:00:00Z"), "`from` is 0001-01-01T00:00:00Z; times of activities are asked of the years 2000 to 2099"),
        ("{ activities(filter: { on: \"9999-12-31\" }) { totalCount } }".to_owned(), "`on` is 9999-12-31"),
        ("{ activities { nodes { occurrences(first: 101) { start } } } }".to_owned(), "`first` is 101; a page has 1 to 100 items"),
        ("{ activities { nodes { occurrences(from: \"2026-12-02T00:00:00Z\", until: \"2026-12-01T00:00:00Z\") { start } } } }".to_owned(), "which is not later than `from`"),
        ("{ activity(by: { id: \"place:de-wiekelaar-oudleusen\" }) { name } }".to_owned(), "is not the id of an activity; those begin with `activity:`"),
    ] {
        let (_, body) = app.response(&query, json!({})).await;
        let error = &body["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{query}: {body}");
        assert!(error["message"].as_str().unwrap().contains(expected), "{query}: {error}");
    }
    let nobody = app.graphql("{ activity(by: { slug: \"nergens\" }) { name } }", json!({})).await;
    assert_eq!(nobody, json!({ "activity": null }));
}

#[tokio::test]
async fn a_programme_is_a_change_and_goes_with_a_place_that_is_withdrawn() {
    let app = TestApp::start().await;
    let before = app.edition();
    let file = project_file(FILE);
    app.run(&[
        "ingest",
        "activities",
        file.to_str().unwrap(),
        "--by",
        "organisation",
        "--title",
        "Verzonnen programma",
    ]);
    app.until("the programme is served", |library| library.served().id != before).await;
    let with = app.edition();
    let query = "query ($since: String!) { changes(since: $since, first: 100) { nodes { kind id name } } }";
    let data = app.graphql(query, json!({ "since": before })).await;
    let added: BTreeSet<String> = data["changes"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(added, names(rows().iter()));
    assert!(data["changes"]["nodes"].as_array().unwrap().iter().all(|node| node["kind"] == "ADDED"));
    // The edition before had none, and can still be read.
    let ask = async |edition: &str| -> BTreeSet<String> {
        let body = app
            .body(&format!("/graphql?edition={edition}&query=%7Bactivities(first:100)%7Bnodes%7Bname%7D%7D%7D"))
            .await
            .1;
        let data: Value = serde_json::from_str(&body).unwrap();
        let nodes = data["data"]["activities"]["nodes"].as_array().unwrap_or_else(|| panic!("{body}"));
        nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ask(&before).await, BTreeSet::new());
    assert_eq!(ask(&with).await, names(rows().iter()));

    app.run(&["withdraw", "place:wijkcentrum-de-schalm-deventer", "--reason", "asked by the owner"]);
    app.until("it is withdrawn", |library| library.served().place_by_key("wijkcentrum-de-schalm-deventer").is_none())
        .await;
    let rows = rows();
    let left = names(rows.iter().filter(|row| row.place != "wijkcentrum-de-schalm-deventer"));
    assert_eq!(ask(&app.edition()).await, left);
    assert_eq!(ask(&with).await, left, "of the archived edition too");
}

#[tokio::test]
async fn the_agenda_has_every_time_of_the_week_and_each_activity_a_page() {
    let app = with_programme().await;
    let (from, until) = ("2026-12-07T00:00:00+01:00", "2026-12-14T00:00:00+01:00");
    let query = "query($from: DateTime!, $until: DateTime!, $filter: ActivityFilter) {
        activities(filter: $filter, first: 100) { nodes { slug occurrences(from: $from, until: $until, first: 50) { start } } }
    }";
    for (asked, filter) in [
        ("", json!({})),
        ("&municipality=GM0150", json!({ "places": { "within": { "municipalities": ["GM0150"] } } })),
        ("&free=yes", json!({ "free": true })),
        ("&audience=ouderen", json!({ "audiences": ["OUDEREN"] })),
    ] {
        let told = app.graphql(query, json!({ "from": from, "until": until, "filter": filter })).await;
        let mut expected: Vec<String> = Vec::new();
        for node in told["activities"]["nodes"].as_array().unwrap() {
            let times = node["occurrences"].as_array().unwrap().len();
            expected.extend(std::iter::repeat_n(node["slug"].as_str().unwrap().to_owned(), times));
        }
        expected.sort();
        assert!(!expected.is_empty(), "{asked}");
        for prefix in ["", "/en"] {
            let page = app.get(&format!("{prefix}/agenda?week=2026-12-07{asked}")).await.text().await.unwrap();
            // Those with a time of day, which the API tells as times.
            let timed = page.split("<li><span class=\"time\">").skip(1).filter(|rest| !rest.starts_with("<span"));
            let link = format!("<a href=\"{prefix}/activity/");
            let mut listed: Vec<String> =
                timed.map(|rest| rest.split(&link).nth(1).unwrap().split('"').next().unwrap().to_owned()).collect();
            listed.sort();
            assert_eq!(listed, expected, "{prefix}/agenda {asked}");
        }
    }
    let page = app.get("/agenda?week=2026-12-07&weekday=su").await.text().await.unwrap();
    assert_eq!(page.matches("<section class=\"day\" aria-labelledby=\"dag-2026-").count(), 1, "Sundays only");
    assert!(page.contains("zondag 13 december") && page.contains("Rommelmarkt"), "{page}");
    let slug = app.graphql("{ activities(filter: { text: \"bingo\" }) { nodes { slug } } }", json!({})).await;
    let slug = slug["activities"]["nodes"][0]["slug"].as_str().unwrap().to_owned();
    let page = app.get(&format!("/activity/{slug}")).await.text().await.unwrap();
    assert!(
        page.contains("Kosten: € 5") && page.contains("20:00–22:30") && page.contains("href=\"/place/huis-van-de-wijk"),
        "{page}"
    );
    let calendar = app.get(&format!("/activity/{slug}.ics")).await.text().await.unwrap();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1, "{calendar}");
    // Where it is held, in the village and in the municipality it is told too.
    for path in ["/place/huis-van-de-wijk-rivierenwijk-deventer", "/municipality/deventer", "/settlement/deventer"] {
        let page = app.get(path).await;
        let age = page.headers()["cache-control"].to_str().unwrap().to_owned();
        assert!(age.starts_with("public, max-age="), "{path}: {age}");
        assert!(page.text().await.unwrap().contains("Inloop (verzonnen)"), "{path}");
    }
    assert_eq!(app.get("/activity/nergens").await.status(), 404);
    // What tells of today is repeated no longer than until midnight, whichever edition it is of.
    let edition = app.edition();
    for path in [
        "/place/huis-van-de-wijk-rivierenwijk-deventer",
        "/municipality/deventer",
        "/settlement/deventer",
        "/agenda",
        &format!("/activity/{slug}"),
        &format!("/activity/{slug}.ics"),
        "/activities.ics",
        "/activities.csv",
        "/activities.xlsx",
    ] {
        let response = app.get(&format!("{path}?edition={edition}")).await;
        let age = response.headers()["cache-control"].to_str().unwrap();
        let age: i64 = age.strip_prefix("public, max-age=").unwrap().parse().unwrap();
        let of_day = noaber::calendar::local(chrono::Utc::now()).time();
        let left = 86_400 - i64::from(chrono::Timelike::num_seconds_from_midnight(&of_day));
        assert!(
            age <= left + 1 || of_day < chrono::NaiveTime::from_hms_opt(3, 0, 0).unwrap(),
            "{path}: {age} of {left}"
        );
        assert!(age < 86_400 || left > 86_398, "{path}");
    }
}
