//! Activities: from a sheet, a calendar and a social directory into the downloads, and round again.

use std::process::Command;

use serde_json::Value;

use crate::{
    desk::{Desk, ending},
    support::TestApp,
};

const PLACE: &str = "kulturhus-trefkoele-dalfsen";

const SHEET: &str = "sleutel plek;activiteit;dag;begintijd;eindtijd;vanaf;t/m;niet op;voor wie;kosten;organisatie\n\
    kulturhus-trefkoele-dalfsen;Bridge;dinsdag;19:30;22:00;1-9-2026;;22-12-2026;ouderen;2,50;Bridgeclub Dalfsen\n\
    kulturhus-trefkoele-dalfsen;Bridge;1e vr van de maand;14:00;;;;;;;\n\
    kulturhus-trefkoele-dalfsen;\"Koken, \"\"voor; mannen\"\"\";25-3-2030;17:00;20:00;;;;mannen;gratis;\n\
    de-wiekelaar-oudleusen;Soos;;;;;;;iedereen;;\n";

/// A service with the sheet in it.
async fn with_activities() -> TestApp {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("activiteiten.csv");
    std::fs::write(&file, SHEET).unwrap();
    let before = app.edition();
    app.run(&["ingest", "activities", file.to_str().unwrap()]);
    app.until("the activities are served", |library| library.served().id != before).await;
    app
}

#[tokio::test]
async fn a_sheet_a_calendar_and_services_are_taken_with_a_report_in_dutch() {
    let desk = Desk::new().await;
    desk.write("lijst.csv", SHEET);
    let said = desk.done(&["ingest", "activities", "lijst.csv"]);
    assert!(
        said.starts_with("Rijen: 4, niet overgenomen: 0.\nActiviteiten: nieuw 3, gewijzigd 0, verdwenen 0"),
        "{said}"
    );
    let again = desk.done(&["ingest", "activities", "lijst.csv"]);
    assert_eq!(ending(&again), "Er is niets veranderd; de editie blijft dezelfde.");

    desk.write(
        "agenda.ics",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Yoga\r\nDTSTART;TZID=Europe/Amsterdam:20261207T100000\r\n\
         RRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Elke seconde\r\nDTSTART:20261207T100000Z\r\n\
         RRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    );
    let refused = desk.run(&["ingest", "activities", "agenda.ics"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.error.contains("geef die met --place SLEUTEL"), "{}", refused.error);
    let calendar =
        ["ingest", "activities", "agenda.ics", "--place", PLACE, "--by", "organisation", "--title", "De Trefkoele"];
    let said = desk.done(&calendar);
    assert!(said.contains("nieuw 1") && said.contains("herhaalt zich vaker dan eens per dag"), "{said}");
    let unknown = desk.run(&["ingest", "activities", "agenda.ics", "--place", "nergens"]);
    assert!(unknown.error.contains("er is geen plek met de sleutel “nergens”"), "{}", unknown.error);

    desk.write(
        "hsds.json",
        r#"[{"id":"1","name":"Samen eten","organization":{"name":"Welzijn"},"service_at_locations":[{"location":{"name":"De Wiekelaar","addresses":[{"city":"Oudleusen"}]},
            "schedules":[{"freq":"WEEKLY","byday":"TH","opens_at":"12:00","closes_at":"13:30"}]}]}]"#,
    );
    let said = desk.done(&["ingest", "activities", "hsds.json", "--by", "organisation", "--title", "Sociale kaart"]);
    assert!(said.contains("Samen eten [de-wiekelaar-oudleusen]"), "{said}");
    let facts = desk.books().await.facts;
    let told: Vec<(&str, &str)> =
        facts.activities.iter().map(|activity| (activity.key.as_str(), activity.source.as_str())).collect();
    assert_eq!(told.len(), 5, "{told:?}");

    // What the municipality names no longer is gone, what others told stays.
    desk.write("minder.csv", SHEET.lines().take(3).collect::<Vec<_>>().join("\n"));
    let said = desk.done(&["ingest", "activities", "minder.csv"]);
    assert!(said.contains("verdwenen 1") && said.contains("Koken, \"voor; mannen\""), "{said}");
    let names: Vec<String> = desk.books().await.facts.activities.into_iter().map(|activity| activity.name).collect();
    assert_eq!(names, ["Bridge", "Samen eten", "Soos", "Yoga"]);
}

#[tokio::test]
async fn the_template_that_was_filled_in_comes_back_as_it_was() {
    let desk = Desk::new().await;
    desk.write("lijst.csv", SHEET);
    desk.done(&["ingest", "activities", "lijst.csv"]);
    let before = desk.books().await.facts;
    for file in ["terug.xlsx", "terug.csv"] {
        let format = file.rsplit('.').next().unwrap();
        desk.done(&[
            "template",
            "activities",
            "--municipality",
            "Dalfsen",
            "--filled",
            "--format",
            format,
            "--output",
            file,
        ]);
        let said = desk.done(&["ingest", "activities", file]);
        assert_eq!(ending(&said), "Er is niets veranderd; de editie blijft dezelfde.", "{file}: {said}");
    }
    assert_eq!(desk.books().await.facts, before);
}

#[tokio::test]
async fn downloads_of_activities_are_read_by_others_and_by_ourselves() {
    let app = with_activities().await;
    let response = app.get("/activities.ics").await;
    assert_eq!(response.headers()["content-type"], "text/calendar; charset=utf-8; component=VEVENT");
    let calendar = response.text().await.unwrap();
    assert!(calendar.lines().all(|line| line.len() <= 75), "lines are folded");
    assert!(calendar.contains("DTSTART;TZID=Europe/Amsterdam:20260901T193000\r\n"));
    assert!(calendar.contains("EXDATE;TZID=Europe/Amsterdam:20261222T193000\r\n"));
    assert!(calendar.contains("SUMMARY:Koken\\, \"voor\\; mannen\"\r\n"));
    assert!(!calendar.contains("Soos"), "nobody knows when");
    // Twice the same bytes, so that a subscription sees a change only where there is one.
    assert_eq!(app.body("/activities.ics").await.1, calendar);

    for (parameters, rules) in [
        ("", 3),
        ("?weekday=tu", 2),
        ("?weekday=mo", 1),
        ("?on=2026-12-22", 0),
        ("?on=2026-12-15", 2),
        ("?on=2030-03-25", 1),
        ("?audience=ouderen", 2),
        ("?free=yes", 1),
        ("?activity=bridge", 2),
        ("?activity=bingo", 0),
        ("?text=koken", 1),
        ("?municipality=zwolle", 0),
        ("?facility=filmhuis&kind=dorpshuis", 0),
    ] {
        let (status, text) = app.body(&format!("/activities.ics{parameters}")).await;
        assert_eq!((status, text.matches("BEGIN:VEVENT").count()), (200, rules), "{parameters}");
        let (_, table) = app.body(&format!("/activities.csv{parameters}")).await;
        let rows = csv::Reader::from_reader(table.as_bytes()).records().count();
        // Of one that is for everyone nobody knows when.
        let unknown = usize::from(matches!(parameters, "" | "?audience=ouderen"));
        assert_eq!(rows, rules + unknown, "{parameters}: {table}");
    }
    for (wrong, sentence) in [
        ("weekday=di", "`di` is not a value of `weekday`; there are MO, TU"),
        ("on=morgen", "expected a day, such as 2026-12-05"),
        ("age=-1", "expected an age from 0 to 120"),
        ("free=maybe", "`maybe` is not a value of `free`"),
        ("audience=honden", "`honden` is not a value of `audience`"),
    ] {
        let (status, body) = app.body(&format!("/activities.ics?{wrong}")).await;
        assert_eq!(status, 400, "{wrong}");
        assert!(body.contains(sentence), "{wrong}: {body}");
    }

    // The table says what is known already.
    let desk = Desk::new().await;
    desk.write("lijst.csv", SHEET);
    desk.done(&["ingest", "activities", "lijst.csv"]);
    desk.write("activities.csv", app.body("/activities.csv").await.1);
    let said = desk.done(&["ingest", "activities", "activities.csv"]);
    assert!(said.contains("nieuw 0, gewijzigd 0, verdwenen 0"), "{said}");
}

/// Others read the calendar: ical.js, which is Thunderbird's, and node-ical.
#[tokio::test]
async fn calendar_libraries_find_the_days_that_the_api_tells() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/audits");
    if !std::path::Path::new(folder).join("node_modules/node-ical").exists() {
        eprintln!("note: the packages of tests/audits are not installed (npm ci): no other program reads the calendar");
        return;
    }
    let app = with_activities().await;
    let mut command = Command::new("node");
    command.arg(format!("{folder}/calendar.mjs")).arg(format!("{}/activities.ics", app.url));
    command.args(["2026-12-01T00:00:00Z", "2027-02-01T00:00:00Z"]);
    // The service answers on this thread.
    let output = tokio::task::spawn_blocking(move || command.output().expect("node runs")).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    let query = "{ activities(first: 100) { nodes { name
        occurrences(from: \"2026-12-01T00:00:00Z\", until: \"2027-02-01T00:00:00Z\", first: 100) { start end } } } }";
    let told = app.graphql(query, serde_json::json!({})).await;
    let mut right: Vec<(String, String)> = Vec::new();
    for node in told["activities"]["nodes"].as_array().unwrap() {
        for one in node["occurrences"].as_array().unwrap() {
            right.push((node["name"].as_str().unwrap().to_owned(), one["start"].as_str().unwrap().to_owned()));
        }
    }
    right.sort();
    assert_eq!(right.len(), 8 + 2, "eight Tuesdays without 22 December, and two first Fridays: {right:?}");
    let [by_ical_js, by_node_ical]: [Vec<(String, String)>; 2] = serde_json::from_value(read).unwrap();
    assert_eq!(by_ical_js, right);
    assert_eq!(by_node_ical, right);
}

#[tokio::test]
async fn the_page_of_a_place_tells_what_is_on_in_both_languages() {
    let app = with_activities().await;
    let page = app.body(&format!("/place/{PLACE}")).await.1;
    for text in [
        "<h2 id=\"te-doen\">Wat er te doen is</h2>",
        "Elke dinsdag, 19:30 tot 22:00 uur, vanaf 1 september 2026, niet op 22 december 2026",
        "De eerste vrijdag van de maand, om 14:00 uur",
        "Voor ouderen · Kosten: € 2,50 · Organisatie: Bridgeclub Dalfsen",
        "Opgave van de gemeente Dalfsen",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    let page = app.body(&format!("/en/place/{PLACE}")).await.1;
    assert!(page.contains("Every Tuesday, 19:30 to 22:00, from 1 September 2026"), "{page}");
    assert!(page.contains("For older people · Costs: € 2,50 · Organised by Bridgeclub Dalfsen"), "{page}");
    assert!(app.body("/place/de-wiekelaar-oudleusen").await.1.contains("wanneer is niet bij ons bekend"));
    assert!(!app.body("/place/kulturhus-de-marke-hengevelde").await.1.contains("te-doen"));
}
