//! What nobody would write on purpose: files, queries and hours that were changed at random. Nothing may panic, and no request may end in
//! an error of ours.
//!
//! A dozen of each, always the same; where `NOABER_TEST_FUZZ_SECONDS` says so, others for so many seconds each. On stable, so
//! without knowing which lines are reached: cargo-fuzz needs nightly, and a build of everything that the rest of the tests has no use for.

use std::{
    fs,
    hint::black_box,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use chrono::{NaiveDate, Utc};
use clap::Args;
use noaber::{
    calendar::{Hours, Schedule, hours::Language},
    edition::Edition,
    graphql::{guard, limits::Limits},
    ingest::{
        activities, cbs_areas,
        import::{Context, Import as _, SourceFile, SourceKind},
        osm, places, policy, polling_places, settlements, survey,
    },
    model::Books,
    seed,
};
use serde_json::json;

use crate::{desk::Desk, support::TestApp};

/// Cases of each where nobody asks for more.
const FEW: usize = 12;

/// How many cases there are.
struct Cases {
    changes: Changes,
    until: Option<Instant>,
    left: usize,
}

impl Cases {
    fn new() -> Self {
        let seconds = std::env::var("NOABER_TEST_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
        let state = if seconds.is_some() { u64::try_from(now & u128::from(u64::MAX)).unwrap() } else { 1 };
        let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
        Self { changes: Changes(state | 1), until, left: FEW }
    }

    /// The next input, made of one of `seeds`.
    fn next(&mut self, seeds: &[Vec<u8>]) -> Option<Vec<u8>> {
        match self.until {
            Some(until) if Instant::now() > until => return None,
            None if self.left == 0 => return None,
            _ => self.left = self.left.saturating_sub(1),
        }
        Some(self.changes.of(seeds))
    }
}

/// Chance, by xorshift.
struct Changes(u64);

impl Changes {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }

    /// One of `seeds` with some changes.
    fn of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        const ODD: [&[u8]; 30] = [
            b"",
            b"\0",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\"",
            b"'",
            b";",
            b",",
            b"\t",
            b"\r\n",
            b"{",
            b"}",
            b"[",
            b"]",
            b"(",
            b"-1",
            b"0",
            b"1e309",
            b"99999999999999999999",
            b"NaN",
            b"null",
            b"\xc3\xa9",
            b"\xf0\x9f\x8f\xa0",
            b"24:00",
            b"9999-12-31",
            b"0000-00-00",
            b"=1+1",
            b"\xe2\x80\xae",
            b"a@b.nl",
            b"RRULE:FREQ=SECONDLY;INTERVAL=0",
        ];
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let most = if self.below(4) == 0 { bytes.len() } else { 12 };
            let length = self.below(most).min(bytes.len() - at);
            match self.below(6) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 => drop(bytes.drain(at..at + length)),
                2 => {
                    let some = bytes[at..at + length].to_vec();
                    let to = self.below(bytes.len() + 1);
                    bytes.splice(to..to, some);
                }
                3 => drop(bytes.splice(at..at + length, ODD[self.below(ODD.len())].iter().copied())),
                4 => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len() + 1);
                    let length = self.below(200).min(other.len() - from);
                    bytes.splice(at..at, other[from..from + length].iter().copied());
                }
                _ => bytes.truncate(bytes.len() - length.min(bytes.len())),
            }
        }
        bytes
    }
}

/// Runs what must not panic; an input that makes it do so is kept.
fn harmless<T>(what: &str, input: &[u8], run: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let file = std::env::temp_dir().join(format!("noaber-fuzz-{}", what.replace(' ', "-")));
        fs::write(&file, input).unwrap();
        panic!("{what}: the input is in {}: {:?}", file.display(), String::from_utf8_lossy(input).get(..500));
    })
}

/// The options of a source where nobody gives any but these.
fn options<O: Args>(given: &[&str]) -> O {
    let command = O::augment_args(clap::Command::new("fuzz").no_binary_name(true));
    O::from_arg_matches(&command.get_matches_from(given)).unwrap()
}

fn import<S: SourceKind>(seeds: &[Vec<u8>], ending: &str, given: &[&str]) {
    let facts = seed::read().unwrap();
    let edition = Edition::build(facts.clone()).unwrap();
    let books = Books { facts, ledger: noaber::model::Ledger::default() };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("list.{ending}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut cases, mut taken, mut all) = (Cases::new(), 0, 0);
    let own = options::<S::Options>(given);
    while let Some(input) = cases.next(seeds) {
        fs::write(&file, &input).unwrap();
        all += 1;
        let watch = |_: &str| -> noaber::ingest::progress::Watch { Arc::new(|_, _| ()) };
        let context = Context { facts: &books.facts, edition: &edition, now: Utc::now(), progress: &watch };
        let read = || {
            let import = runtime.block_on(S::read(&[SourceFile::at(&file)], &own, &context)).ok()?;
            Some(import.apply(&books, &edition, context.now))
        };
        taken += usize::from(harmless(S::NAME, &input, read).is_some());
    }
    eprintln!("{}: {all} files, {taken} of which something could be read", S::NAME);
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_of_places_policy_and_activities() {
    let desk = Desk::new().await;
    let template = |what: &str, format: &str| {
        let file = format!("{what}.{format}");
        desk.done(&["template", what, "--municipality", "GM0148", "--filled", "--format", format, "--output", &file]);
        fs::read(desk.path(&file)).unwrap()
    };
    let (lists, policies) = (["csv", "xlsx"].map(|format| template("places", format)), template("policies", "csv"));
    let geojson = br#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[6.3,52.5]},"properties":{"naam":"Buurthuis","gemeente":"Dalfsen","plaats":"Dalfsen","openingstijden":"Mo-Fr 09:00-17:00"}}]}"#;
    let programmes = [fixture("activities_synthetic.csv"), fixture("activities_near_oldemarkt.csv")];
    tokio::task::spawn_blocking(move || {
        import::<places::import::Places>(&lists[..1], "csv", &[]);
        import::<places::import::Places>(&lists[1..], "xlsx", &[]);
        import::<places::import::Places>(&[geojson.to_vec()], "geojson", &[]);
        import::<policy::import::Policies>(&[policies], "csv", &[]);
        import::<activities::import::Activities>(&programmes, "csv", &[]);
    })
    .await
    .unwrap();
}

#[test]
fn calendars_and_services() {
    let calendar = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTART;TZID=Europe/Amsterdam:20261201T100000\r\nDTEND;TZID=Europe/Amsterdam:20261201T113000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601T000000Z\r\nEXDATE;TZID=Europe/Amsterdam:20261208T100000\r\nSUMMARY:Koffie\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".to_vec();
    import::<activities::import::Activities>(&[calendar], "ics", &["--place", "de-wiekelaar-oudleusen"]);
    let service = json!({ "contents": [{ "id": "a", "name": "Koffie", "status": "active", "organization": { "id": "b", "name": "De Wiekelaar" },
        "service_at_locations": [{ "location": { "id": "c", "name": "De Wiekelaar", "addresses": [{ "address_1": "G.W. Spiegelstraat 6", "postal_code": "7722 ST", "city": "Oudleusen" }] } }],
        "schedules": [{ "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "10:00Z", "valid_from": "2026-12-01" }] }] });
    import::<activities::import::Activities>(&[service.to_string().into_bytes()], "json", &[]);
}

#[test]
fn maps_polling_places_and_answers() {
    import::<osm::import::Osm>(&[fixture("overpass.json")], "json", &[]);
    import::<osm::import::Osm>(&[fixture("places.osm.pbf")], "osm.pbf", &[]);
    import::<polling_places::import::PollingPlaces>(&[fixture("polling_places.csv")], "csv", &[]);
    import::<settlements::import::Settlements>(&[fixture("top10nl_plaats.gml")], "gml", &[]);
    import::<survey::import::Survey>(&[fixture("survey_synthetic.csv")], "csv", &[]);
    let area = json!({ "type": "FeatureCollection", "features": [{ "type": "Feature",
        "geometry": { "type": "Polygon", "coordinates": [[[6.2, 52.4], [6.3, 52.4], [6.3, 52.5], [6.2, 52.4]]] },
        "properties": { "wijkcode": "WK014801", "wijknaam": "Wijk 01", "gemeentecode": "GM0148", "gemeentenaam": "Dalfsen", "aantal_inwoners": 1000, "jaar": 2024 } }] });
    import::<cbs_areas::import::CbsAreas>(&[area.to_string().into_bytes()], "geojson", &[]);
}

#[test]
fn opening_hours_and_schedules() {
    let hours = [
        "Mo-Fr 09:00-17:00; PH off",
        "24/7",
        "Dec 25-Jan 02 off; We[1] 10:00-12:00",
        "sunrise-sunset",
        "week 1-52/2 Mo 08:00+",
        "2026 Mo-Su,PH 00:00-24:00 \"op afspraak\"",
    ];
    let hours = hours.map(|text| text.as_bytes().to_vec());
    let (mut cases, mut right) = (Cases::new(), 0);
    let day = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    while let Some(input) = cases.next(&hours) {
        let text = String::from_utf8_lossy(&input);
        harmless("opening hours", &input, || {
            if let Ok(hours) = Hours::parse(&text) {
                right += 1;
                black_box((hours.at(Utc::now()), hours.next_change(Utc::now()), hours.next_opening(Utc::now())));
                black_box((hours.opens_on(chrono::Weekday::Mon, day), hours.text(Language::Dutch)));
            }
        });
    }
    let rules = [
        "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2",
        "FREQ=MONTHLY;BYDAY=1FR,-1SU;COUNT=9",
        "FREQ=DAILY;UNTIL=20270101",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    ];
    let rules = rules.map(|text| text.as_bytes().to_vec());
    let mut cases = Cases::new();
    let hour = chrono::NaiveTime::from_hms_opt(2, 30, 0).unwrap();
    while let Some(input) = cases.next(&rules) {
        let text = String::from_utf8_lossy(&input);
        harmless("schedules", &input, || schedule(&text, day, hour));
    }
    eprintln!("opening hours: {right} that are some");
}

fn schedule(rule: &str, day: NaiveDate, hour: chrono::NaiveTime) {
    if let Ok(schedule) = Schedule::parse(rule, Some(hour), None, Some(day), None, &[]) {
        let now = Utc::now();
        black_box((schedule.rrule(), schedule.text(Language::Dutch), schedule.next(now), schedule.weekdays()));
        black_box(schedule.occurrences(now, now + chrono::TimeDelta::days(400), 50));
    }
}

#[test]
fn the_text_of_queries() {
    let queries: Vec<Vec<u8>> =
        noaber::examples::EXAMPLES.iter().map(|example| example.query().as_bytes().to_vec()).collect();
    let (mut cases, limits) = (Cases::new(), Limits::default());
    while let Some(input) = cases.next(&queries) {
        let text = String::from_utf8_lossy(&input);
        harmless("queries", &input, || {
            if guard::check_text(&text, &limits, |_| ()).is_ok()
                && let Ok(document) = async_graphql::parser::parse_query(&text)
            {
                let _ = guard::check_document(&document, &limits);
            }
        });
    }
}

#[tokio::test]
async fn requests_with_areas_cursors_and_queries() {
    let app = TestApp::shared().await;
    let page = app.graphql("{ places(first: 2) { pageInfo { endCursor } } }", json!({})).await;
    let cursors = [page["places"]["pageInfo"]["endCursor"].as_str().unwrap().as_bytes().to_vec()];
    let areas = [
        json!({ "type": "Polygon", "coordinates": [[[6.0, 52.3], [6.6, 52.3], [6.6, 52.7], [6.0, 52.3]]] }),
        json!({ "type": "Feature", "properties": null, "geometry": { "type": "MultiPolygon", "coordinates": [[[[6.0, 52.3], [6.6, 52.3], [6.6, 52.7], [6.0, 52.3]], [[6.3, 52.4], [6.4, 52.4], [6.4, 52.45], [6.3, 52.4]]]] } }),
    ]
    .map(|area| area.to_string().into_bytes());
    let queries: Vec<Vec<u8>> =
        noaber::examples::EXAMPLES.iter().map(|example| example.query().as_bytes().to_vec()).collect();
    let mut cases = [Cases::new(), Cases::new(), Cases::new()];
    loop {
        let [cursor, area, query] = &mut cases;
        let (Some(cursor), Some(area), Some(query)) = (cursor.next(&cursors), area.next(&areas), query.next(&queries))
        else {
            break;
        };
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let (cursor, area, query) = (text(cursor), text(area), text(query));
        let area: serde_json::Value = serde_json::from_str(&area).unwrap_or(json!(area));
        for (query, variables) in [
            ("query ($after: String) { places(first: 2, after: $after) { nodes { id } } }", json!({ "after": cursor })),
            (
                "query ($area: GeoJSON) { places(filter: { within: { geometry: $area } }) { totalCount } }",
                json!({ "area": area }),
            ),
            (&query, json!({})),
        ] {
            let (status, body) = app.response(query, variables.clone()).await;
            let is_ours = body.to_string().contains("INTERNAL_SERVER_ERROR");
            assert!(status.as_u16() < 500 && !is_ours, "{query} {variables}: {status} {body}");
        }
    }
}
