use std::sync::LazyLock;

use super::*;
use crate::{
    ingest::outcome,
    model::{
        Authority, Language,
        vocabulary::{ActivityType, Audience},
    },
};

const PLACE: &str = "kulturhus-trefkoele-dalfsen";

fn books() -> Books {
    crate::testing::books()
}

fn now() -> DateTime<Utc> {
    "2026-12-01T09:00:00Z".parse().unwrap()
}

fn said() -> Said {
    Said { by: Authority::Municipality, title: None, url: None, licence: None, on: None, municipality: None }
}

fn read_as(name: &str, bytes: &[u8], place: Option<&str>) -> Result<File, ImportError> {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(&crate::testing::facts(), now().date_naive()));
    read_bytes(bytes, &SourceFile { path: name.into(), name: name.into() }, place, &WORDS)
}

fn taken(name: &str, text: &str, place: Option<&str>) -> (Outcome, String) {
    let file = read_as(name, text.as_bytes(), place).unwrap_or_else(|cause| panic!("{}", cause.message(Language::En)));
    let outcome = import(&books(), &[file], &said(), now());
    let told = outcome.report.to_text(Language::En, 100);
    (outcome, told)
}

fn the<'a>(outcome: &'a Outcome, name: &str) -> &'a Activity {
    let found = outcome.books.facts.activities.iter().find(|activity| activity.name == name);
    found.unwrap_or_else(|| panic!("{name}: {:#?}", outcome.report.to_text(Language::En, 100)))
}

fn a_place() -> Place {
    let facts = crate::testing::facts();
    let named = |place: &&Place| place.name.contains("Trefkoele") && place.municipality.as_str() == "GM0148";
    facts.places.iter().find(named).unwrap().clone()
}

#[test]
fn rows_as_a_volunteer_writes_them_become_activities() {
    let place = a_place();
    let table = format!(
        "plek;plaats;activiteit;dag;begintijd;eindtijd;vanaf;niet op;voor wie;leeftijd vanaf;kosten;aanmelden;organisatie;contact: telefoon\n\
         {name};{town};Bridge voor beginners;dinsdag;19.30;22.00 uur;1-9-2026;22-12-2026 | 29-12-2026;senioren;50+;2,50;nee;Bridgeclub Dalfsen;0529 431 000\n\
         {name};{town};Bingo;1e vr van de maand;20:00;;;;iedereen;;gratis;;;\n\
         {name};{town};Bingo;zondag 14:00-16:00;;;;;;;;;;\n\
         {name};{town};Koor;half acht;;;;;;;=1+1;;Jan de Vries;06-12345678\n\
         {name};{town};;ma;;;;;;;;;;\n\
         Nergens;{town};Yoga;ma;;;;;;;;;;\n",
        name = place.name,
        town = place.settlement,
    );
    let (outcome, told) = taken("activiteiten.csv", &table, None);
    let bridge = the(&outcome, "Bridge voor beginners");
    assert_eq!((bridge.place.as_str(), bridge.activity_type), (place.key.as_str(), Some(ActivityType::Bridge)));
    assert_eq!(bridge.key, format!("bridge-voor-beginners-{}", place.key));
    let one = &bridge.schedule[0];
    assert_eq!((one.rrule.as_str(), one.except.len()), ("FREQ=WEEKLY;BYDAY=TU", 2));
    assert_eq!((one.start, one.end), ("19:30:00".parse().ok(), "22:00:00".parse().ok()));
    assert_eq!(one.valid_from, "2026-09-01".parse().ok());
    assert_eq!(bridge.audiences, [Audience::Ouderen]);
    assert_eq!((bridge.min_age, bridge.max_age), (Some(50), None));
    assert_eq!((bridge.free, bridge.cost.as_deref()), (Some(false), Some("€ 2,50")));
    assert_eq!((bridge.registration_required, bridge.referral_required), (Some(false), None));
    assert_eq!(bridge.organiser.as_deref(), Some("Bridgeclub Dalfsen"));
    assert_eq!(bridge.contact.as_ref().and_then(|contact| contact.phone.as_deref()), Some("0529 431000"));
    assert_eq!(bridge.source, "municipality-GM0148");
    let bingo = the(&outcome, "Bingo");
    let rules: Vec<&str> = bingo.schedule.iter().map(|one| one.rrule.as_str()).collect();
    assert_eq!(rules, ["FREQ=MONTHLY;BYDAY=1FR", "FREQ=WEEKLY;BYDAY=SU"], "two rows are one activity");
    assert_eq!((bingo.free, bingo.cost.as_deref()), (Some(true), None));
    // What cannot be taken of a row is told, and the rest of it goes in.
    let choir = the(&outcome, "Koor");
    assert!(choir.schedule.is_empty() && choir.cost.is_none() && choir.organiser.is_none() && choir.contact.is_none());
    for sentence in ["half acht", "no place that is known", "has no name", "name of a person", "=1+1"] {
        assert!(told.contains(sentence), "{sentence}: {told}");
    }
    assert!(!told.contains("de Vries") && !told.contains("12345678"), "a report is mailed around: {told}");
    assert_eq!((outcome.records, outcome.refused), (6, 2));
}

#[test]
fn a_calendar_of_a_board_is_taken_as_it_is() {
    let place = a_place();
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test\r\n\
        BEGIN:VTIMEZONE\r\nTZID:Europe/Amsterdam\r\nEND:VTIMEZONE\r\n\
        BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Bridge\\, voor beginners en g\r\n evorderden\r\nDTSTART;TZID=Europe/Amsterdam:20260901T193000\r\n\
        DTEND;TZID=Europe/Amsterdam:20260901T220000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601T170000Z\r\nEXDATE;TZID=Europe/Amsterdam:20261222T193000\r\n\
        ORGANIZER;CN=Jan de Vries:mailto:jan@example.org\r\nDESCRIPTION:Bel Jan\r\n\
        BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nACTION:DISPLAY\r\nSUMMARY:x\r\nEND:VALARM\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;TZID=Europe/Amsterdam:20261201T193000\r\nSUMMARY:Bridge\\, voor beginners en gevorderden\r\n\
        DTSTART;TZID=Europe/Amsterdam:20261202T200000\r\nDTEND;TZID=Europe/Amsterdam:20261202T220000\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Kerstmarkt\r\nDTSTART;VALUE=DATE:20261212\r\nDTEND;VALUE=DATE:20261214\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:Lezing\r\nDTSTART:20260715T180000Z\r\nDURATION:PT1H30M\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:4\r\nSUMMARY:Bestuur\r\nCLASS:PRIVATE\r\nDTSTART:20260715T180000Z\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:5\r\nSUMMARY:Elke seconde\r\nDTSTART:20260715T180000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:6\r\nSUMMARY:Elders\r\nDTSTART;TZID=Mars/Olympus:20260715T180000\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:7\r\nSUMMARY:Zonder begin\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:8\r\nSUMMARY:Overleg\r\nSTATUS:CANCELLED\r\nDTSTART:20260715T180000Z\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:9\r\nSUMMARY:New York\r\nDTSTART;TZID=America/New_York:20260715T180000\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nnonsense without a colon\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    let (outcome, told) = taken("agenda.ics", calendar, Some(&place.key));
    let bridge = the(&outcome, "Bridge, voor beginners en gevorderden");
    let rules: Vec<_> =
        bridge.schedule.iter().map(|one| (one.rrule.as_str(), one.valid_from.unwrap().to_string())).collect();
    assert_eq!(
        rules,
        [("FREQ=WEEKLY;BYDAY=TU", "2026-09-01".to_owned()), ("FREQ=DAILY;COUNT=1", "2026-12-02".to_owned())]
    );
    // 1 June 2027 at 19:00 in summer is before half past seven, so that the last time is a week earlier.
    assert_eq!(bridge.schedule[0].valid_through, "2027-05-31".parse().ok());
    let except: Vec<String> = bridge.schedule[0].except.iter().map(ToString::to_string).collect();
    assert_eq!(except, ["2026-12-01", "2026-12-22"], "one was moved, one left out");
    let market = &the(&outcome, "Kerstmarkt").schedule[0];
    assert_eq!((market.rrule.as_str(), market.start), ("FREQ=DAILY;COUNT=2", None));
    let lecture = &the(&outcome, "Lezing").schedule[0];
    assert_eq!((lecture.start, lecture.end), ("20:00:00".parse().ok(), "21:30:00".parse().ok()), "UTC in summer");
    assert_eq!(outcome.books.facts.activities.len(), 3);
    for sentence in
        ["private event", "more often than daily", "no time zone “Mars/Olympus”", "cannot be read", "America/New_York"]
    {
        assert!(told.contains(sentence), "{sentence}: {told}");
    }
    let all = format!("{:?}", outcome.books.facts.activities);
    assert!(!all.contains("Jan"), "nobody is named: {all}");
    assert!(read_as("agenda.ics", calendar.as_bytes(), None).is_err(), "a calendar does not say where it is");
}

#[test]
fn services_of_hsds_are_taken_at_each_of_their_locations() {
    let place = a_place();
    let services = serde_json::json!({ "contents": [{
        "id": "1", "name": "Walking football", "status": "active", "minimum_age": 55, "url": "https://voetbal.example",
        "organization": { "name": "SV Dalfsen" },
        "cost_options": [{ "amount": 2.5, "currency": "EUR", "option": "per keer" }],
        "contacts": [{ "name": "Jan de Vries" }],
        "phones": [{ "number": "0529 431000" }],
        "service_at_locations": [{
            "location": { "name": place.name, "addresses": [{ "city": place.settlement }] },
            "schedules": [{ "freq": "WEEKLY", "byday": "MO,TH", "interval": 2, "dtstart": "2026-09-07", "opens_at": "10:00", "closes_at": "11:30:00" },
                          { "freq": "SECONDLY" }]
        }],
    }, { "id": "2", "name": 7, "service_at_locations": [] }, { "id": "3", "name": "Nergens", "schedules": [] }]});
    let (outcome, told) = taken("hsds.json", &services.to_string(), None);
    let football = the(&outcome, "Walking football");
    assert_eq!(football.place, place.key);
    assert_eq!(football.schedule[0].rrule, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH");
    assert_eq!(football.schedule.len(), 1);
    assert_eq!(
        (football.min_age, football.free, football.cost.as_deref()),
        (Some(55), Some(false), Some("€ 2,50 (per keer)"))
    );
    assert_eq!((outcome.records, outcome.refused), (3, 2));
    for sentence in ["more often than daily", "no service of HSDS", "has no place"] {
        assert!(told.contains(sentence), "{sentence}: {told}");
    }
    assert!(!format!("{football:?}").contains("Jan"));
}

#[test]
fn what_a_service_says_too_long_or_of_a_person_is_told_as_that() {
    let place = a_place();
    let service = |fields: serde_json::Value| {
        let mut service = serde_json::json!({ "id": "1", "name": "Bingo", "service_at_locations": [{
            "location": { "name": place.name, "addresses": [{ "city": place.settlement }] } }] });
        service.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let (outcome, told) = taken("hsds.json", &serde_json::json!({ "contents": [service] }).to_string(), None);
        (outcome.report.findings().iter().map(|finding| finding.rule).collect::<Vec<_>>(), told)
    };
    let long = "heel ".repeat(50);
    for (fields, rule) in [
        (serde_json::json!({ "name": long }), Rule::ServiceTextTooLong),
        (serde_json::json!({ "organization": { "name": long } }), Rule::ServiceTextTooLong),
        (serde_json::json!({ "fees_description": long }), Rule::ServiceTextTooLong),
        (serde_json::json!({ "organization": { "name": "Jan de Vries" } }), Rule::PersonInsteadOfOrganisation),
        (serde_json::json!({ "url": "https://www.linkedin.com/in/jan-de-vries" }), Rule::PersonNamed),
        (serde_json::json!({ "url": "javascript:alert(1)" }), Rule::WebsiteShape),
    ] {
        let (rules, told) = service(fields.clone());
        assert_eq!(rules, [rule], "{fields}");
        assert!(!told.contains("ries"), "{told}");
    }
}

#[test]
fn the_same_file_twice_changes_nothing_and_what_is_left_out_is_gone() {
    let place = a_place();
    let table = |rows: &str| format!("sleutel plek;activiteit;dag\n{}", rows.replace('@', &place.key));
    let read = |text: &str| read_as("a.csv", text.as_bytes(), None).ok().unwrap();
    let first = import(&books(), &[read(&table("@;Bridge;di\n@;Bingo;vr\n"))], &said(), now());
    let later = now() + chrono::Duration::days(1);
    let again = import(&first.books, &[read(&table("@;Bridge;di\n@;Bingo;vr\n"))], &said(), now());
    assert_eq!(again.books.facts, first.books.facts);
    let less = import(&first.books, &[read(&table("@;Bingo;vr\n"))], &said(), later);
    assert_eq!(less.tallies[0].removed, [format!("Bridge [{}]", place.key)]);
    let names: Vec<&str> = less.books.facts.activities.iter().map(|activity| activity.name.as_str()).collect();
    assert_eq!(names, ["Bingo"]);
    // An edition can be made of it.
    let edition = crate::edition::Edition::build(books().facts).unwrap();
    let made =
        outcome::import(&books(), &edition, |books, _| import(books, &[read(&table("@;Bingo;vr\n"))], &said(), now()));
    assert!(made.is_ok());
}

#[test]
fn the_filled_template_says_what_is_known_already() {
    use crate::ingest::tabular::template::TemplateFormat;
    let place = a_place();
    let rows = "sleutel plek;activiteit;dag;begintijd;eindtijd;vanaf;t/m;niet op;voor wie;leeftijd vanaf;gratis;kosten;aanmelden;verwijzing;organisatie;contact: e-mail;webpagina;stand;herhaalregel\n\
        @;Bridge;di;19:30;22:00;1-9-2026;1-6-2027;22-12-2026;ouderen | vrouwen;50;;€ 12 per maand;ja;nee;Bridgeclub;info@bridge.example;https://bridge.example;Open;\n\
        @;Bridge;om de week op vr;9:00;;4-9-2026;;;;;;;;;;;;;\n\
        @;Markt;25-12-2026;10:00;;;;;;;ja;;;;;;;;\n\
        @;Koor;1e en laatste di van de maand;20:00;;;;;;;;;;;;;;;\n\
        @;Dansen;;;;1-9-2026;;;;;;;;;;;;;FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2\n\
        @;Soos;;;;;;;;;;;;;;;;;\n";
    let rows = rows
        .replace('@', &place.key)
        .replace("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2", "\"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2\"");
    let first = import(&books(), &[read_as("a.csv", rows.as_bytes(), None).ok().unwrap()], &said(), now());
    assert_eq!(first.refused, 0, "{}", first.report.to_text(Language::En, 50));
    assert_eq!(first.books.facts.activities.len(), 5);
    for format in [TemplateFormat::Csv, TemplateFormat::Xlsx] {
        let today = now().date_naive();
        let bytes =
            super::super::template::template(&first.books.facts, &place.municipality, true, format, today).unwrap();
        let file = read_as("again.xlsx", &bytes, None).ok().unwrap();
        let again = import(&first.books, &[file], &Said { on: Some(today), ..said() }, now());
        assert_eq!(
            again.books.facts.activities,
            first.books.facts.activities,
            "{format:?}: {}",
            again.report.to_text(Language::En, 50)
        );
    }
}

proptest::proptest! {
    #[test]
    fn no_calendar_and_no_json_makes_it_panic(text in "(BEGIN:VEVENT|END:VEVENT|DTSTART|;TZID=|:2026|0101T|1900|00Z|RRULE:FREQ=DAILY|;COUNT=|EXDATE|RDATE|DURATION:P|T1H|\r\n|\n| |,|;|:|=|\"|é|x){0,40}") {
        for text in [format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n{text}"), format!("{{\"contents\":[{text}]}}")] {
            let _ = read_as("a.ics", text.as_bytes(), Some(PLACE));
        }
    }
}
