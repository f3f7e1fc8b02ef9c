//! Facts into a database and back, on PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite; what the
//! database and the edition refuse; and what is known of the seed from elsewhere.

use std::{collections::HashSet, fmt::Debug};

use chrono::NaiveDate;
use noaber::{
    edition::Edition,
    model::{
        Activity, ActivitySchedule, Authority, Books, Claim, ContactPoint, Facts, Ledger, Neighbourhood, Original,
        Pair, PairKey, PolicyStatement, PostcodePoint, Property, Source, Statement, SurveyTotal,
        vocabulary::{
            ActivityType, Audience, FacilityType, InventoryStatus, LegalForm, NeighbourhoodLevel, Owner, PlaceStatus,
            RunBy, SettlementKind,
        },
    },
    seed,
    store::{Store, StoreError},
};
use sea_orm::ConnectionTrait;

use crate::database::{TestDatabase, column, tables};

fn seed() -> Facts {
    seed::read().expect("the seed can be read")
}

async fn migrated(database: &TestDatabase) -> Store {
    let store = Store::open(&database.url).await.expect("the database opens");
    store.migrate().await.expect("the database is migrated");
    store
}

/// Compares item by item, so that a difference is one line and not a province of coordinates.
fn same<T: PartialEq + Debug>(what: &str, found: &[T], expected: &[T]) {
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, expected, "{what}, number {index}");
    }
    assert_eq!(found.len(), expected.len(), "number of {what}");
}

fn same_facts(found: &Facts, expected: &Facts) {
    // Taken apart, so that a new field does not compile until it is compared.
    let Facts {
        layers,
        sources,
        municipalities,
        settlements,
        neighbourhoods,
        places,
        place_sources,
        policy_documents,
        policy_statuses,
        survey,
        survey_totals,
        activities,
        postcodes,
    } = found;
    same("layers", layers, &expected.layers);
    same("sources", sources, &expected.sources);
    same("municipalities", municipalities, &expected.municipalities);
    same("settlements", settlements, &expected.settlements);
    same("neighbourhoods", neighbourhoods, &expected.neighbourhoods);
    same("places", places, &expected.places);
    same("place sources", place_sources, &expected.place_sources);
    same("policy documents", policy_documents, &expected.policy_documents);
    same("policy statuses", policy_statuses, &expected.policy_statuses);
    same("survey questions", &survey.questions, &expected.survey.questions);
    assert_eq!(survey, &expected.survey);
    same("survey totals", survey_totals, &expected.survey_totals);
    same("activities", activities, &expected.activities);
    same("postcodes", postcodes, &expected.postcodes);
}

#[tokio::test]
async fn the_seed_comes_back_as_it_was_stored_and_is_the_same_edition() {
    let database = TestDatabase::fresh().await;
    let store = migrated(&database).await;
    assert!(store.is_empty().await.unwrap());
    store.save(&seed()).await.unwrap();
    assert!(!store.is_empty().await.unwrap());
    let loaded = store.load().await.unwrap();
    same_facts(&loaded, &seed());
    // The seed's own id does not depend on the database, so this makes that of SQLite and of PostgreSQL the same too.
    assert_eq!(Edition::build(loaded).unwrap().id, Edition::build(seed()).unwrap().id);

    // Also for who opens it next.
    store.close().await;
    same_facts(&Store::open(&database.url).await.unwrap().load().await.unwrap(), &seed());
}

/// An activity with something in every field, as a source of the seed says it.
fn activity(facts: &Facts, source: usize) -> Activity {
    let day = "2026-12-25".parse().ok();
    let schedule = ActivitySchedule {
        rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU".to_owned(),
        start: "19:30:00".parse().ok(),
        end: "01:00:00".parse().ok(),
        valid_from: day,
        valid_through: day,
        except: day.into_iter().collect(),
    };
    Activity {
        key: "bridge \"'\\ ß".to_owned(),
        source: facts.sources[source].id.clone(),
        authority: Authority::Organisation,
        place: facts.places[0].key.clone(),
        name: "Bridge; DROP TABLE activity; --".to_owned(),
        activity_type: Some(ActivityType::Bridge),
        status: Some(PlaceStatus::Planned),
        schedule: vec![schedule],
        audiences: vec![Audience::Iedereen, Audience::Ouderen],
        min_age: Some(0),
        max_age: Some(i32::MAX),
        free: Some(false),
        cost: Some("€ 2,50".to_owned()),
        registration_required: Some(true),
        referral_required: Some(false),
        organiser: Some("Stichting ’t Hoekje".to_owned()),
        contact: Some(ContactPoint {
            role: ContactPoint::GENERAL.to_owned(),
            organisation: None,
            url: None,
            email: Some("info@example.org".to_owned()),
            phone: None,
        }),
        website: Some("https://www.example.org".to_owned()),
        stated: "2026-11".parse().ok(),
        updated_at: "2026-12-01T09:00:00Z".parse().expect("a moment"),
    }
}

/// The seed with a value in each field that is empty in it everywhere, and texts that are hard on a database.
fn every_field() -> Facts {
    let mut facts = seed();
    let municipality = &mut facts.municipalities[0];
    municipality.inventory = InventoryStatus::Incomplete;
    municipality.expected_places = Some(0);
    municipality.contact = Some(ContactPoint {
        role: "accommodatiebeleid".to_owned(),
        organisation: None,
        phone: None,
        url: Some("https://www.example.org/?a=1&b='2'".to_owned()),
        email: Some("accommodaties@example.org".to_owned()),
    });
    facts.municipalities[1].contact =
        Some(ContactPoint { role: String::new(), organisation: None, url: None, email: None, phone: None });
    facts.municipalities[2].population = None;
    let (code, boundary) = (facts.municipalities[0].code.clone(), facts.municipalities[0].boundary.clone());
    let number = code.as_str().trim_start_matches("GM").to_owned();
    for (code_of_area, level) in
        [(format!("WK{number}00"), NeighbourhoodLevel::Wijk), (format!("BU{number}00AB"), NeighbourhoodLevel::Buurt)]
    {
        facts.neighbourhoods.push(Neighbourhood {
            code: code_of_area.parse().expect("a code"),
            name: "'t Möll\"nwiek; DROP TABLE place; -- \\ % _ \u{1f3e1}\r\n\tß".to_owned(),
            level,
            municipality: code.clone(),
            population: (level == NeighbourhoodLevel::Wijk).then_some(i32::MAX),
            boundary: boundary.clone(),
        });
    }
    facts.survey_totals = vec![total(&facts, "place.board-size", "unknown"), total(&facts, "place.board-size", "9")];
    facts.activities = vec![activity(&facts, 0), activity(&facts, 1)];
    facts.postcodes = ["7721", "7721 AB"]
        .map(|text| PostcodePoint {
            postcode: text.parse().unwrap(),
            lon: 0.1 + 0.2,
            lat: -0.0,
            radius_m: f64::MIN_POSITIVE,
        })
        .to_vec();
    let place = &mut facts.places[0];
    place.alternative_names = ["Z", "a", "É", "e", "", " "].map(str::to_owned).to_vec();
    place.facilities = vec![FacilityType::Sport];
    place.absent_facilities = vec![FacilityType::Theater, FacilityType::Bibliotheek];
    place.activities = vec![ActivityType::Bingo];
    place.absent_activities = vec![ActivityType::GymYoga];
    place.status = Some(PlaceStatus::Planned);
    place.legal_form = Some(LegalForm::Stichting);
    place.run_by = Some(RunBy::Volunteers);
    place.founded_year = Some(-1);
    place.cultural_programme = Some(false);
    place.wheelchair_accessible = Some(false);
    place.opening_hours = Some("Mo-Fr 09:00-17:00; PH off".to_owned());
    place.owned_by = Some(Owner::Church);
    place.contact = Some(ContactPoint {
        role: "beheer \"'\\".to_owned(),
        organisation: Some("Stichting ’t Hoekje".to_owned()),
        url: None,
        email: Some("info@example.org".to_owned()),
        phone: Some("038 4214545".to_owned()),
    });
    place.updated_at = "2026-11-25T23:59:59.999999Z".parse().expect("a time");
    let location = place.location.as_mut().expect("the first place has a location");
    location.lon = 0.1 + 0.2 + 6.0;
    location.uncertainty_radius_m = 1e-300;
    facts.places[1].location = None;
    facts.places[1].address = None;
    facts.in_order()
}

/// What a source says of a subject.
fn claim<P: Property>(subject: &str, statement: P, source: &Source, authority: Authority) -> Claim<P> {
    let stated = NaiveDate::from_ymd_opt(2026, 12, 1).filter(|_| authority == Authority::Municipality);
    Claim { subject: subject.to_owned(), source: source.id.clone(), authority, statement, stated }
}

/// Claims of each kind, a place and a document as they were before them, and pairs with and without a decision.
fn a_ledger(facts: &Facts) -> Ledger {
    let (place, document) = (facts.places[3].clone(), facts.policy_documents[3].clone());
    let mut ledger = Ledger::default();
    for statement in place.statements() {
        ledger.places.note(claim(&place.key, statement, &facts.sources[0], Authority::Municipality));
    }
    for statement in [Statement::Website(None), Statement::Name("'; -- \u{1f3e1}".to_owned())] {
        ledger.places.note(claim(&place.key, statement, &facts.sources[1], Authority::Openstreetmap));
    }
    let shown = PolicyStatement::shows(facts.policy_statuses[0].status, "Zo staat het er: “'”.".to_owned());
    for (statement, authority) in (document.statements().into_iter().map(|said| (said, Authority::Municipality)))
        .chain([(shown, Authority::Municipality), (PolicyStatement::Year(-1), Authority::Web)])
    {
        let source = &facts.sources[usize::from(authority == Authority::Web)];
        ledger.policy.note(claim(&document.key, statement, source, authority));
    }
    let (key, statuses) = (document.key.clone(), facts.policy_statuses[..2].to_vec());
    ledger.policy.remember("another", || Original { subject: document, support: statuses });
    assert!(ledger.policy.by_subject.contains_key(&key));
    ledger.places.originals =
        [(place.key.clone(), Original { subject: place, support: facts.place_sources[..2].to_vec() })].into();
    for (record, same) in [("GM0148/het honk/dalfsen", None), ("GM0148/de zaal/dalfsen", Some(true))] {
        let key = PairKey { record: record.to_owned(), place: "x".to_owned() };
        let pair = Pair {
            source: "y".to_owned(),
            label: "Het Honk".to_owned(),
            likeness: "other-name".to_owned(),
            same,
            decided: same.and(NaiveDate::from_ymd_opt(2026, 12, 2)),
        };
        ledger.pairs.insert(key, pair);
    }
    ledger
}

/// Makes the books what they are to be, under an id that no edition checked.
async fn change(store: &Store, after: &Books) -> Result<Option<i32>, StoreError> {
    store.revise("a test", |_| Some((after.clone(), "2026-12-01-test".to_owned()))).await
}

#[tokio::test]
async fn what_differs_between_two_states_of_the_books_is_written_and_can_be_taken_back() {
    let database = TestDatabase::fresh().await;
    let store = migrated(&database).await;
    store.save(&seed()).await.unwrap();
    let before = store.books().await.unwrap();
    same_facts(&before.facts, &seed());
    assert_eq!(before.ledger, Ledger::default());

    let mut facts = every_field();
    facts.sources[2].retrieved = NaiveDate::from_ymd_opt(2026, 12, 1);
    facts.sources.push(Source { id: "zzz".to_owned(), ..facts.sources[0].clone() });
    facts.policy_documents[0].year = Some(1999);
    facts.place_sources[7].fields.push("website".to_owned());
    let facts = facts.in_order();
    let after = Books { ledger: a_ledger(&facts), facts };
    change(&store, &after).await.unwrap();
    let stored = store.books().await.unwrap();
    same_facts(&stored.facts, &after.facts);
    assert_eq!(stored.ledger, after.ledger);

    // With the source that was new: what an archived edition names stands in the archive.
    let back = before.clone();
    change(&store, &back).await.unwrap();
    let stored = store.books().await.unwrap();
    same_facts(&stored.facts, &back.facts);
    assert_eq!(stored.ledger, back.ledger);
}

#[tokio::test]
async fn a_change_that_breaks_a_rule_of_the_database_changes_nothing() {
    let database = TestDatabase::fresh().await;
    let store = migrated(&database).await;
    store.save(&seed()).await.unwrap();
    let before = store.books().await.unwrap();
    let mut after = before.clone();
    after.ledger = a_ledger(&after.facts);
    after.facts.places[0].name = "Changed".to_owned();
    // The last thing written refers to nothing.
    let claim = after.ledger.policy.all().next().unwrap().clone();
    after.ledger.policy.note(Claim { source: "nobody".to_owned(), ..claim });
    assert!(change(&store, &after).await.is_err());
    let stored = store.books().await.unwrap();
    same_facts(&stored.facts, &before.facts);
    assert_eq!(stored.ledger, before.ledger);
}

#[tokio::test]
async fn every_field_comes_back_also_those_that_the_seed_leaves_empty() {
    let database = TestDatabase::fresh().await;
    let store = migrated(&database).await;
    store.save(&every_field()).await.unwrap();
    same_facts(&store.load().await.unwrap(), &every_field());
}

/// A total of ten places, of whom three gave the answer.
fn total(facts: &Facts, question: &str, answer: &str) -> SurveyTotal {
    let source = facts.sources[0].id.clone();
    SurveyTotal { question: question.to_owned(), answer: answer.to_owned(), count: 3, base: 10, source }
}

/// Puts a reference to the key given, or elsewhere.
type Breaking = fn(&mut Facts, String);

#[tokio::test]
async fn facts_with_a_reference_to_nothing_are_stored_not_at_all() {
    let nowhere = || "nowhere".to_owned();
    let broken: [(&str, Breaking); 12] = [
        ("settlement of a municipality", |facts, _| facts.settlements[0].municipality = elsewhere()),
        ("settlement in a parent", |facts, nowhere| facts.settlements[0].parent = Some(nowhere)),
        ("place in a municipality", |facts, _| facts.places[0].municipality = elsewhere()),
        ("place at a settlement's point", |facts, nowhere| {
            facts.places[0].location.as_mut().expect("it has one").outline = Some(nowhere);
        }),
        ("source of a place", |facts, nowhere| facts.place_sources[0].source = nowhere),
        ("place of a source", |facts, nowhere| facts.place_sources[0].place = nowhere),
        ("source of a document", |facts, nowhere| facts.policy_documents[0].source = nowhere),
        ("document of a status", |facts, nowhere| facts.policy_statuses[0].document = nowhere),
        ("base of a question", |facts, nowhere| facts.survey.questions[0].base = nowhere),
        ("source of the report", |facts, nowhere| facts.survey.sources.push(nowhere)),
        ("answer of a total", |facts, nowhere| facts.survey_totals = vec![total(facts, "place.board-size", &nowhere)]),
        // In the last table of all.
        ("source of a total", |facts, nowhere| {
            facts.survey_totals = vec![SurveyTotal { source: nowhere, ..total(facts, "place.board-size", "9") }];
        }),
    ];
    let database = TestDatabase::fresh().await;
    let store = migrated(&database).await;
    let db = database.connect().await;
    for (what, break_it) in broken {
        let mut facts = seed();
        break_it(&mut facts, nowhere());
        let error = store.save(&facts).await.expect_err(what).to_string();
        assert!(error.starts_with("the facts cannot be stored: "), "{what}: {error}");
        for table in tables(&db).await.iter().filter(|table| *table != "seaql_migrations") {
            let query = format!("SELECT 'a row' FROM {table} LIMIT 1");
            assert_eq!(column(&db, &query, &query).await, [""; 0], "{what}: {table}");
        }
    }
    store.save(&seed()).await.unwrap();
}

fn elsewhere() -> noaber::model::MunicipalityCode {
    "GM9999".parse().expect("a code")
}

#[tokio::test]
async fn storing_twice_is_refused_and_changes_nothing() {
    let database = TestDatabase::fresh().await;
    let store = migrated(&database).await;
    store.save(&seed()).await.unwrap();
    store.save(&seed()).await.unwrap_err();
    same_facts(&store.load().await.unwrap(), &seed());
}

#[tokio::test]
async fn the_database_keeps_references_whole() {
    let database = TestDatabase::fresh().await;
    let store = migrated(&database).await;
    store.save(&seed()).await.unwrap();
    let db = database.connect().await;
    for statement in [
        "DELETE FROM source",
        "DELETE FROM settlement WHERE parent IS NULL",
        "INSERT INTO place_name (place, name) VALUES ('nowhere', 'x')",
        "UPDATE place SET municipality = 'GM9999'",
        "UPDATE policy_document SET source = 'nowhere'",
    ] {
        let error = db.execute_unprepared(statement).await.expect_err(statement).to_string().to_lowercase();
        assert!(error.contains("foreign key"), "{statement}: {error}");
    }
    same_facts(&store.load().await.unwrap(), &seed());

    // What belongs to a place goes with it, and nothing else does.
    let gone = &seed().places[0].key;
    db.execute_unprepared(&format!("DELETE FROM place WHERE key = '{gone}'")).await.unwrap();
    let mut expected = seed();
    expected.places.remove(0);
    expected.place_sources.retain(|link| link.place != *gone);
    same_facts(&store.load().await.unwrap(), &expected);
}

#[tokio::test]
async fn a_stored_value_that_cannot_be_is_refused_by_table_row_and_value() {
    let database = TestDatabase::fresh().await;
    let store = migrated(&database).await;
    store.save(&seed()).await.unwrap();
    let db = database.connect().await;
    let set = |value: &str| format!("UPDATE place SET last_confirmed = {value} WHERE key = 't-aahoes-aadorp'");
    db.execute_unprepared(&set("'gisteren'")).await.unwrap();
    insta::assert_snapshot!(store.load().await.unwrap_err(), @"table place, row `t-aahoes-aadorp`: `gisteren` is no date");
    db.execute_unprepared(&set("NULL")).await.unwrap();
    db.execute_unprepared("DELETE FROM survey").await.unwrap();
    insta::assert_snapshot!(store.load().await.unwrap_err(), @"table survey is empty; the 2024 report belongs to the data");
}

/// The seed with the first places and the settlements that they need: as whole, and quicker to build.
fn few() -> Facts {
    let mut facts = seed();
    facts.places.truncate(12);
    facts.neighbourhoods.clear();
    let places: HashSet<_> = facts.places.iter().map(|place| place.key.clone()).collect();
    facts.place_sources.retain(|link| places.contains(&link.place));
    let mut needed: HashSet<String> =
        facts.places.iter().filter_map(|place| place.location.as_ref()?.outline.clone()).collect();
    loop {
        let held = facts.settlements.iter().filter(|settlement| needed.contains(&settlement.id));
        let parents: Vec<String> = held.filter_map(|settlement| settlement.parent.clone()).collect();
        let known = needed.len();
        needed.extend(parents);
        if needed.len() == known {
            break;
        }
    }
    facts.settlements.retain(|settlement| needed.contains(&settlement.id));
    assert!(facts.settlements.len() > 2, "there are settlements to break");
    facts
}

fn refusal(break_it: impl FnOnce(&mut Facts)) -> String {
    let mut facts = few();
    break_it(&mut facts);
    match Edition::build(facts) {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.0.join("\n"),
    }
}

#[test]
fn facts_that_are_right_make_an_edition() {
    assert_eq!(refusal(|_| ()), "accepted");
    assert_eq!(Edition::build(every_field()).map(|edition| edition.places().len()).ok(), Some(285));
}

#[test]
fn a_total_of_too_few_places_is_no_edition() {
    let with = |base, count| {
        refusal(|facts| {
            facts.survey_totals = vec![SurveyTotal { base, count, ..total(facts, "place.board-size", "9") }];
        })
    };
    insta::assert_snapshot!(with(9, 3), @"the total of `place.board-size` is over 9 places; fewer than 10 are not told");
    insta::assert_snapshot!(with(10, 11), @"11 of 10 places cannot have answered `9` to `place.board-size`");
}

#[test]
fn a_reference_to_nothing_is_named() {
    insta::assert_snapshot!(refusal(|facts| facts.place_sources[0].source = "web-0".to_owned()), @"activiteitencentrum-het-zumpke-enter names source `web-0`, which is not there");
    insta::assert_snapshot!(refusal(|facts| facts.place_sources[1].place = "nowhere".to_owned()), @"source `web-0102717727` supports `nowhere`, which is no place");
    insta::assert_snapshot!(refusal(|facts| facts.policy_documents[0].source = "web-0".to_owned()), @"policy-001 names source `web-0`, which is not there");
    insta::assert_snapshot!(refusal(|facts| facts.policy_statuses[0].document = "policy-0".to_owned()), @"a policy status names document `policy-0`, which is not there");
    insta::assert_snapshot!(refusal(|facts| facts.survey.sources.push("web-0".to_owned())), @"the report names source `web-0`, which is not there");
    insta::assert_snapshot!(refusal(|facts| facts.survey.questions[0].base = "nobody".to_owned()), @"question `municipality.interview` was asked of `nobody`, which is no base");
    let nobody = |facts: &mut Facts| facts.survey_totals = vec![total(facts, "place.board-size", "12")];
    insta::assert_snapshot!(refusal(nobody), @"a total is of answer `12` to question `place.board-size`, which is not there");
    let unsaid = |facts: &mut Facts| {
        facts.survey_totals = vec![SurveyTotal { source: "web-0".to_owned(), ..total(facts, "place.board-size", "9") }];
    };
    insta::assert_snapshot!(refusal(unsaid), @"place.board-size names source `web-0`, which is not there");
    insta::assert_snapshot!(refusal(|facts| facts.settlements[0].parent = Some("NL.TOP10NL.0".to_owned())), @"settlement `NL.TOP10NL.118518202` has a parent that is not there");
    insta::assert_snapshot!(refusal(|facts| facts.settlements[0].municipality = elsewhere()), @"`NL.TOP10NL.118518202` is in municipality GM9999, which is not there");
    insta::assert_snapshot!(refusal(|facts| facts.places[0].municipality = elsewhere()), @"`activiteitencentrum-het-zumpke-enter` is in municipality GM9999, which is not there");
    insta::assert_snapshot!(
        refusal(|facts| facts.places[0].location.as_mut().unwrap().outline = Some("NL.TOP10NL.0".to_owned())),
        @"the location of `activiteitencentrum-het-zumpke-enter` is that of a settlement that is not there"
    );
}

#[test]
fn a_location_without_a_source_is_refused() {
    insta::assert_snapshot!(
        refusal(|facts| {
            for link in &mut facts.place_sources {
                link.fields.retain(|field| link.place != "activiteitencentrum-het-zumpke-enter" || field != "location");
            }
        }),
        @"the location of `activiteitencentrum-het-zumpke-enter` has no source"
    );
}

#[test]
fn a_settlement_that_holds_itself_is_refused() {
    insta::assert_snapshot!(refusal(|facts| facts.settlements[0].parent = Some(facts.settlements[0].id.clone())), @"settlement `NL.TOP10NL.118518202` is its own ancestor");
    insta::assert_snapshot!(
        refusal(|facts| {
            facts.settlements[0].parent = Some(facts.settlements[1].id.clone());
            facts.settlements[1].parent = Some(facts.settlements[0].id.clone());
        }),
        @r"
        settlement `NL.TOP10NL.118518202` is its own ancestor
        settlement `NL.TOP10NL.128455187` is its own ancestor
        "
    );
}

#[test]
fn an_outline_that_is_none_is_refused() {
    insta::assert_snapshot!(refusal(|facts| facts.settlements[0].outline = "POLYGON EMPTY".to_owned()), @"the outline of NL.TOP10NL.118518202 cannot be read: Error while deserializing GeoJSON: expected value at line 1 column 1");
    insta::assert_snapshot!(
        refusal(|facts| facts.settlements[0].outline = r#"{"type":"Point","coordinates":[6.1,52.5]}"#.to_owned()),
        @"the outline of NL.TOP10NL.118518202 cannot be read: it is no Polygon or MultiPolygon"
    );
    insta::assert_snapshot!(
        refusal(|facts| facts.municipalities[0].boundary = r#"{"type":"Polygon","coordinates":[[[6.1],[6.2],[6.3],[6.1]]]}"#.to_owned()),
        @"the boundary of GM0141 cannot be read: a position is not longitude and latitude"
    );
    insta::assert_snapshot!(
        refusal(|facts| facts.municipalities[0].boundary = r#"{"type":"Polygon","coordinates":[]}"#.to_owned()),
        @"the boundary of GM0141 cannot be read: a polygon has no ring"
    );
    insta::assert_snapshot!(
        refusal(|facts| facts.municipalities[0].boundary = r#"{"type":"MultiPolygon","coordinates":[]}"#.to_owned()),
        @"the boundary of GM0141 cannot be read: it has no polygon"
    );
    insta::assert_snapshot!(
        refusal(|facts| {
            facts.municipalities[0].boundary =
                r#"{"type":"Polygon","coordinates":[[[6.1,52.5],[6.2,52.5],[6.2,52.6]]]}"#.to_owned();
        }),
        @"the boundary of GM0141 cannot be read: a ring is not four positions or more, the last equal to the first"
    );
}

#[test]
fn a_place_abroad_is_refused() {
    insta::assert_snapshot!(refusal(|facts| facts.places[0].location.as_mut().unwrap().lon = 13.4), @"the location of `activiteitencentrum-het-zumpke-enter` cannot be right: longitude 13.4, latitude 52.291992 is outside the Netherlands; expected longitude 3 to 8 and latitude 50 to 54");
    insta::assert_snapshot!(
        refusal(|facts| {
            let location = facts.places[0].location.as_mut().unwrap();
            (location.lon, location.lat) = (location.lat, location.lon);
        }),
        @"the location of `activiteitencentrum-het-zumpke-enter` cannot be right: longitude 52.291992 and latitude 6.577156 look swapped; send longitude 6.577156 and latitude 52.291992"
    );
    insta::assert_snapshot!(refusal(|facts| facts.places[0].location.as_mut().unwrap().lat = f64::NAN), @"the location of `activiteitencentrum-het-zumpke-enter` cannot be right: 6.577156, NaN is not a pair of finite numbers; send longitude and latitude in degrees, such as 6.1 and 52.5, or RD metres as `rd`");
}

#[test]
fn two_of_one_slug_two_statuses_and_no_municipality_are_refused() {
    insta::assert_snapshot!(refusal(|facts| facts.municipalities[1].slug = facts.municipalities[0].slug.clone()), @"two municipalities have the slug `almelo`");
    insta::assert_snapshot!(refusal(|facts| facts.settlements[1].slug = facts.settlements[0].slug.clone()), @"two settlements have the slug `marienberg`");
    insta::assert_snapshot!(
        refusal(|facts| {
            use noaber::model::{Themed, vocabulary::VisionStatus};
            let mut other = facts.policy_statuses.iter().find(|status| matches!(status.status, Themed::Vision(_))).unwrap().clone();
            other.status = Themed::Vision(VisionStatus::Planned);
            facts.policy_statuses.push(other);
        }),
        @"GM0148 has two different policy statuses on Vision"
    );
    assert!(refusal(|facts| facts.municipalities.clear()).lines().any(|fault| fault == "there is no municipality"));
}

#[test]
fn all_faults_are_told_together() {
    let faults = refusal(|facts| {
        facts.sources[0].layer = "nowhere".to_owned();
        facts.place_sources[0].source = "web-0".to_owned();
        facts.settlements[0].outline.clear();
        facts.places[0].location.as_mut().unwrap().lat = 0.0;
    });
    assert_eq!(faults.lines().count(), 4, "{faults}");
}

/// Numbers of seed/README.md, and through it of the publications that it names.
#[test]
fn the_seed_has_the_rows_and_totals_that_were_published() {
    let seed = seed();
    assert_eq!(seed.places.len(), 285);
    assert_eq!(seed.municipalities.len(), 25);
    assert_eq!(seed.settlements.len(), 1138);
    assert_eq!(seed.policy_documents.len(), 237);
    assert_eq!(seed.neighbourhoods.len(), 276);
    // CBS Wijk- en Buurtkaart 2024.
    let of_wijken: Option<i32> = seed.neighbourhoods.iter().map(|wijk| wijk.population).sum();
    assert_eq!(of_wijken, Some(1_188_985));

    // CBS, Gebieden in Nederland 2024.
    let inhabitants: Option<i32> = seed.municipalities.iter().map(|municipality| municipality.population).sum();
    assert_eq!(inhabitants, Some(1_189_033));
    // CBS table 85039NED.
    let land: Option<f64> = seed.municipalities.iter().map(|municipality| municipality.land_area_km2).sum();
    assert!((land.unwrap() - 3319.0).abs() < 0.05, "{land:?}");
    // Inhabitants are counted once, however settlements lie in each other.
    let own: f64 = seed.settlements.iter().filter_map(|settlement| settlement.own_population).sum();
    assert!((own - 1_118_700.0).abs() < 0.5, "{own}");
    assert!(seed.settlements.iter().any(|settlement| settlement.kind == SettlementKind::Woonkern));

    // A status is a judgement on a decision that is in force: where these become many, somebody was too quick.
    assert!((1..20).contains(&seed.policy_statuses.len()), "{}", seed.policy_statuses.len());

    // The report: 140 of 325 places answered, and all 25 municipalities.
    let base = |key: &str| seed.survey.bases.iter().find(|base| base.key == key).map(|base| base.size);
    assert_eq!((base("places_responded"), base("municipalities")), (Some(140), Some(25)));
    for question in &seed.survey.questions {
        let size = base(&question.base).unwrap();
        for count in question.answers.iter().filter_map(|answer| answer.count) {
            assert!((0..=size).contains(&count), "{}: {count} of {size}", question.key);
        }
    }
}

#[test]
fn each_place_stands_in_its_municipality_and_its_location_has_one_source() {
    let edition = Edition::build(seed()).unwrap();
    let seed = seed();
    for entry in edition.places() {
        let key = &entry.facts.key;
        let links = seed.place_sources.iter().filter(|link| link.place == *key);
        assert_eq!(links.filter(|link| link.fields.iter().any(|field| field == "location")).count(), 1, "{key}");
        let at = entry.facts.location.as_ref().unwrap();
        let point = noaber::spatial::Wgs84 { lon: at.lon, lat: at.lat };
        assert_eq!(edition.municipality_at(point), Some(entry.municipality), "{key}");
    }
}

/// Every text of a JSON value, with the path to it.
fn texts(path: String, value: &serde_json::Value, found: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::String(text) => found.push((path, text.clone())),
        serde_json::Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| texts(format!("{path}/{index}"), item, found));
        }
        serde_json::Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| texts(format!("{path}/{name}"), field, found));
        }
        _ => {}
    }
}

fn has_mail_address(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let mut at = text.match_indices('@');
    at.any(|(index, _)| text[..index].ends_with(is_part) && text[index + 1..].starts_with(is_part))
}

/// Ten digits after one zero, nine after +31 or 0031, whatever stands between them.
fn has_phone_number(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    (0..characters.len()).any(|start| {
        let before = start.checked_sub(1).map(|before| characters[before]);
        // Part of a longer number, an address on the web or an id.
        if before.is_some_and(|before| before.is_alphanumeric() || "-/._=".contains(before)) {
            return false;
        }
        let mut digits = String::new();
        for c in &characters[start..] {
            match c {
                '0'..='9' => digits.push(*c),
                '+' if digits.is_empty() => digits.push('+'),
                ' ' | '-' | '(' | ')' | '.' | '\u{a0}' | '\u{2011}' | '\u{2013}' if !digits.is_empty() => {}
                _ => break,
            }
        }
        let national = digits.strip_prefix("+31").or_else(|| digits.strip_prefix("0031"));
        let national = national.map(|rest| rest.trim_start_matches('0')).or_else(|| digits.strip_prefix('0'));
        national.is_some_and(|rest| rest.len() == 9 && !rest.starts_with('0'))
    })
}

#[test]
fn no_text_of_the_seed_has_a_mail_address_or_a_phone_number() {
    for (text, expected) in [
        ("mail naar iemand@example.org", true),
        ("@dorpshuis op sociale media", false),
        ("bel 06-12345678", true),
        ("tel. (0572) 36 09 49", true),
        ("+31 (0)38 123 45 67", true),
        ("0031381234567", true),
        ("NL.TOP10NL.132596442, web-0102717727", false),
        ("in 2022, 2023 en 2024", false),
    ] {
        assert_eq!(has_mail_address(text) || has_phone_number(text), expected, "{text}");
    }
    let mut found = Vec::new();
    texts(String::new(), &serde_json::to_value(seed()).unwrap(), &mut found);
    assert!(found.len() > 10_000, "{} texts", found.len());
    let personal: Vec<_> = found
        .iter()
        .filter(|(path, _)| !path.ends_with("/boundary") && !path.ends_with("/outline"))
        .filter(|(_, text)| has_mail_address(text) || has_phone_number(text))
        .collect();
    assert!(personal.is_empty(), "{personal:#?}");
}
