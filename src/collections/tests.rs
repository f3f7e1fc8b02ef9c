use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use async_graphql::Request;
use serde_json::{Value as Json, json};

use super::*;
use crate::{
    edition::Edition,
    graphql::{limits::Limits, schema},
    model::{
        Activity, ActivitySchedule, Authority, ContactPoint, Facts, Language, Place, SurveyTotal, every_field,
        vocabulary,
    },
    seed,
};

/// The seed, with a place that has a value in every field, an activity that has, and a total of a questionnaire.
fn facts() -> Facts {
    let mut facts = seed::read().unwrap();
    let place = &mut facts.places[7];
    let Place { key, municipality, location, settlement, .. } = place.clone();
    *place = Place { key: key.clone(), municipality, location, settlement, ..every_field() };
    facts.sources[0].retrieved = "2026-11-24".parse().ok();
    let source = facts.sources[0].id.clone();
    let rule = |rrule: &str| ActivitySchedule {
        rrule: rrule.to_owned(),
        start: "19:30:00".parse().ok(),
        end: None,
        valid_from: "2026-01-06".parse().ok(),
        valid_through: None,
        except: Vec::new(),
    };
    facts.activities.push(Activity {
        key: format!("bridge-{key}"),
        source: source.clone(),
        authority: Authority::Organisation,
        place: key,
        name: "=Bridge; \"voor\" iedereen".to_owned(),
        activity_type: Some(vocabulary::ActivityType::Bridge),
        status: Some(vocabulary::PlaceStatus::Open),
        schedule: vec![rule("FREQ=WEEKLY;BYDAY=TU"), rule("FREQ=WEEKLY;BYDAY=TH")],
        audiences: vec![vocabulary::Audience::Iedereen, vocabulary::Audience::Ouderen],
        min_age: Some(12),
        max_age: Some(99),
        free: Some(false),
        cost: Some("€ 2,50".to_owned()),
        registration_required: Some(true),
        referral_required: Some(false),
        organiser: Some("Bridgeclub".to_owned()),
        contact: Some(ContactPoint {
            role: "balie".to_owned(),
            organisation: Some("Bridgeclub".to_owned()),
            url: Some("https://bridge.example".to_owned()),
            email: Some("info@bridge.example".to_owned()),
            phone: Some("038 4214545".to_owned()),
        }),
        website: Some("https://bridge.example".to_owned()),
        stated: "2026-11".parse().ok(),
        updated_at: "2026-12-01T00:00:00Z".parse().unwrap(),
    });
    let question = &facts.survey.questions[0];
    facts.survey_totals.push(SurveyTotal {
        question: question.key.clone(),
        answer: question.answers[0].key.clone(),
        count: 12,
        base: 20,
        source,
    });
    facts
}

static EDITION: LazyLock<Arc<Edition>> = LazyLock::new(|| Arc::new(Edition::build(facts()).unwrap()));

fn ask(query: &str) -> Json {
    let request = Request::new(query).data(EDITION.clone()).data(Arc::new(Limits::default()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let response = runtime.block_on(schema().execute(request));
    assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
    serde_json::from_slice(&crate::graphql::hot::data(&response)).unwrap()
}

#[test]
fn every_cell_is_of_the_type_of_its_column_and_every_id_is_unique() {
    for collection in all() {
        let mut ids = BTreeSet::new();
        let mut known = BTreeSet::new();
        for row in 0..collection.len(&EDITION) {
            let id = collection.id(&EDITION, row);
            assert!(!id.is_empty() && ids.insert(id.clone()), "{}: {id} is there twice", collection.name);
            assert!(!id.contains(['/', '?', '#', ' ']), "{}: {id} is no part of an address", collection.name);
            assert!(!collection.layers(&EDITION, row).is_empty(), "{} {id} has no layer", collection.name);
            for column in &collection.columns {
                let cell = column.cell(&EDITION, row);
                assert!(column.kind.has(&cell), "{} {id} {}: {cell:?}", collection.name, column.name);
                if !cell.is_unknown() {
                    known.insert(column.name);
                }
                for text in [cell.clone().told(Language::En), cell.told(Language::Nl)] {
                    assert_ne!(text, "null");
                }
            }
            match (collection.shape, collection.geometry(&EDITION, row)) {
                (Some(Shape::Point), None | Some(Geometry::Point(_))) | (None, None) => {}
                (Some(Shape::MultiPolygon), Some(Geometry::Area(area))) => assert!(!area.0.is_empty()),
                (shape, other) => panic!("{} {id}: {shape:?} {other:?}", collection.name),
            }
        }
        // Nothing in these facts says it.
        let silent = match collection.name {
            "municipalities" => &[
                "expectedPlaces",
                "contactRole",
                "contactOrganisation",
                "contactUrl",
                "contactEmail",
                "contactPhone",
                "sources",
            ][..],
            "settlements" | "neighbourhoods" => &["sources"],
            "policies" => &["contactMoment"],
            _ => &[],
        };
        for column in &collection.columns {
            let is_silent = silent.contains(&column.name);
            assert_eq!(known.contains(column.name), !is_silent, "{} {}", collection.name, column.name);
        }
    }
}

#[test]
fn names_are_unique_and_as_they_are_written_elsewhere() {
    let names: BTreeSet<&str> = all().iter().map(|collection| collection.name).collect();
    assert_eq!(names.len(), all().len());
    for collection in all() {
        assert_eq!(by_name(collection.name).map(|found| found.name), Some(collection.name));
        let first = collection.columns.first().map(|column| (column.name, column.role));
        assert_eq!(first, Some(("id", Role::Id)), "{}", collection.name);
        let mut names = BTreeSet::new();
        for column in &collection.columns {
            assert!(names.insert(column.name) && column.name.chars().all(|letter| letter.is_ascii_alphanumeric()));
            assert!(column.csv.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{}", column.csv);
            for words in [column.label, column.description] {
                for text in [words.nl, words.en] {
                    assert!(!text.is_empty() && !text.ends_with('.'), "{} {}: {text:?}", collection.name, column.name);
                }
            }
            if let Kind::Term(list) | Kind::Terms(list) = column.kind {
                assert!(vocabulary::label(list, "").is_some(), "{list}");
            }
        }
        assert_eq!(names.len(), collection.columns.iter().map(|column| &column.csv).collect::<BTreeSet<_>>().len());
    }
    assert_eq!(by_name("polls").map(|found| found.name), None);
}

/// Where the schema has each column: a path from the node, and whether the answer is as it stands.
fn compare(collection: &str, nodes: &[Json], paths: &[(&str, &str)], elsewhere: &[&str]) {
    let collection = by_name(collection).unwrap();
    let told: BTreeSet<&str> = paths.iter().map(|(column, _)| *column).chain(elsewhere.iter().copied()).collect();
    let own: BTreeSet<&str> = collection.columns.iter().map(|column| column.name).collect();
    assert_eq!(told, own, "{}: compared, or said why not", collection.name);
    let rows: BTreeMap<String, u32> =
        (0..collection.len(&EDITION)).map(|row| (collection.id(&EDITION, row), row)).collect();
    assert_eq!(rows.len(), nodes.len(), "{}", collection.name);
    for node in nodes {
        let row = rows[node["id"].as_str().unwrap()];
        for (name, path) in paths {
            let cell = serde_json::to_value(collection.column(name).unwrap().cell(&EDITION, row)).unwrap();
            let answer = node.pointer(path).cloned().unwrap_or_default();
            let same = cell == answer || cell.as_f64().zip(answer.as_f64()).is_some_and(|(a, b)| a == b);
            assert!(same, "{} {} {name}: {cell} is not {answer}", collection.name, node["id"]);
        }
    }
}

#[test]
fn a_place_has_in_its_columns_what_the_schema_answers() {
    let mut nodes = Vec::new();
    let mut after = json!(null);
    loop {
        let answer = ask(&format!(
            "{{ places(first: 100, after: {after}, filter: {{ status: [OPEN, PLANNED, CLOSED] }}, includeUnknown: true) {{ nodes {{
                id slug name alternativeNames kind kindBasis status lastConfirmed settlement facilities activities absentFacilities
                absentActivities openingHours openingHoursText wheelchairAccessible culturalProgramme website runBy ownedBy legalForm
                foundedYear updatedAt municipality {{ code name }} address {{ street houseNumber postcode line }}
                location {{ lon lat rd {{ x y }} precision uncertaintyRadius }} contact {{ role organisation url email phone }}
                settlementArea {{ id }} neighbourhood {{ code }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        ));
        let page = &answer["places"];
        nodes.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if page["pageInfo"]["hasNextPage"] != true {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    let same = [
        "id",
        "slug",
        "name",
        "alternativeNames",
        "kind",
        "kindBasis",
        "status",
        "lastConfirmed",
        "settlement",
        "facilities",
        "activities",
        "absentFacilities",
        "absentActivities",
        "openingHours",
        "openingHoursText",
        "wheelchairAccessible",
        "culturalProgramme",
        "website",
        "runBy",
        "ownedBy",
        "legalForm",
        "foundedYear",
        "updatedAt",
    ];
    let pointers: Vec<String> = same.iter().map(|name| format!("/{name}")).collect();
    let mut paths: Vec<(&str, &str)> = same.into_iter().zip(pointers.iter().map(String::as_str)).collect();
    paths.extend([
        ("municipalityCode", "/municipality/code"),
        ("municipality", "/municipality/name"),
        ("street", "/address/street"),
        ("houseNumber", "/address/houseNumber"),
        ("postcode", "/address/postcode"),
        ("address", "/address/line"),
        ("lon", "/location/lon"),
        ("lat", "/location/lat"),
        ("precision", "/location/precision"),
        ("uncertaintyRadius", "/location/uncertaintyRadius"),
        ("contactRole", "/contact/role"),
        ("contactOrganisation", "/contact/organisation"),
        ("contactUrl", "/contact/url"),
        ("contactEmail", "/contact/email"),
        ("contactPhone", "/contact/phone"),
        ("settlementAreaId", "/settlementArea/id"),
        ("neighbourhoodCode", "/neighbourhood/code"),
    ]);
    // Rounded otherwise, or told by other fields.
    let elsewhere =
        ["rdX", "rdY", "kindLabel", "confirmedFrom", "confirmedTo", "sources", "licence", "attribution", "edition"];
    compare("places", &nodes, &paths, &elsewhere);
    let places = by_name("places").unwrap();
    for node in &nodes {
        let row = EDITION.place_by_key(node["slug"].as_str().unwrap()).unwrap();
        for (column, axis) in [("rdX", "x"), ("rdY", "y")] {
            let metres: f64 = places.column(column).unwrap().written(&EDITION, row).parse().unwrap();
            assert!((metres - node["location"]["rd"][axis].as_f64().unwrap()).abs() <= 0.06, "{node}");
        }
    }
}

#[test]
fn a_municipality_and_a_settlement_have_in_their_columns_what_the_schema_answers() {
    let answer = ask(
        "{ municipalities { id code slug name population populationDate landArea placeCount placesPer10000 inventory expectedPlaces
            labelPoint { lon lat } policy { vision financialSupport otherSupport ambition contactMoment documents { title } }
            settlements { id slug name kind population ownPopulation populationDate placeCount location { lon lat } parent { id name }
                municipality { code name } } } }",
    );
    let municipalities = answer["municipalities"].as_array().unwrap();
    let same = [
        "id",
        "code",
        "slug",
        "name",
        "population",
        "populationDate",
        "landArea",
        "placeCount",
        "placesPer10000",
        "inventory",
        "expectedPlaces",
    ];
    let pointers: Vec<String> = same.iter().map(|name| format!("/{name}")).collect();
    let mut paths: Vec<(&str, &str)> = same.into_iter().zip(pointers.iter().map(String::as_str)).collect();
    paths.extend([("lon", "/labelPoint/lon"), ("lat", "/labelPoint/lat")]);
    let contact = ["contactRole", "contactOrganisation", "contactUrl", "contactEmail", "contactPhone"];
    let elsewhere: Vec<&str> = contact
        .into_iter()
        .chain(["landAreaYear", "rdX", "rdY", "sources", "licence", "attribution", "edition"])
        .collect();
    compare("municipalities", municipalities, &paths, &elsewhere);

    let settlements: Vec<Json> =
        municipalities.iter().flat_map(|one| one["settlements"].as_array().unwrap()).cloned().collect();
    let same = ["id", "slug", "name", "kind", "population", "ownPopulation", "populationDate", "placeCount"];
    let pointers: Vec<String> = same.iter().map(|name| format!("/{name}")).collect();
    let mut paths: Vec<(&str, &str)> = same.into_iter().zip(pointers.iter().map(String::as_str)).collect();
    paths.extend([
        ("lon", "/location/lon"),
        ("lat", "/location/lat"),
        ("parentId", "/parent/id"),
        ("parent", "/parent/name"),
        ("municipalityCode", "/municipality/code"),
        ("municipality", "/municipality/name"),
    ]);
    compare(
        "settlements",
        &settlements,
        &paths,
        &["area", "shareInMunicipality", "rdX", "rdY", "sources", "licence", "attribution", "edition"],
    );

    let policies = by_name("policies").unwrap();
    assert_eq!(policies.len(&EDITION) as usize, municipalities.len());
    for municipality in municipalities {
        let mut rows = 0..policies.len(&EDITION);
        let row = rows.find(|row| policies.id(&EDITION, *row) == municipality["id"]).unwrap();
        for theme in ["vision", "financialSupport", "otherSupport", "ambition", "contactMoment"] {
            let cell = serde_json::to_value(policies.column(theme).unwrap().cell(&EDITION, row)).unwrap();
            assert_eq!(cell, municipality["policy"][theme], "{} {theme}", municipality["name"]);
        }
        let documents = policies.column("documentCount").unwrap().written(&EDITION, row).into_owned();
        assert_eq!(documents, municipality["policy"]["documents"].as_array().unwrap().len().to_string());
    }
}

#[test]
fn a_cell_is_written_for_programs_and_told_to_people() {
    let activities = by_name("activities").unwrap();
    let read = |name: &str| activities.column(name).unwrap().cell(&EDITION, 0);
    let told = |name: &str, language| read(name).told(language).into_owned();
    for (name, written, nl, en) in [
        ("type", "BRIDGE", "Bridge", "Bridge"),
        ("audiences", "IEDEREEN|OUDEREN", "Iedereen; Ouderen", "Everyone; Older people"),
        ("free", "false", "nee", "no"),
        ("lastConfirmed", "2026-11", "2026-11", "2026-11"),
        (
            "rrule",
            "FREQ=WEEKLY;BYDAY=TU|FREQ=WEEKLY;BYDAY=TH",
            "FREQ=WEEKLY;BYDAY=TU; FREQ=WEEKLY;BYDAY=TH",
            "FREQ=WEEKLY;BYDAY=TU; FREQ=WEEKLY;BYDAY=TH",
        ),
        ("minAge", "12", "12", "12"),
    ] {
        let row = [
            activities.column(name).unwrap().written(&EDITION, 0).into_owned(),
            told(name, Language::Nl),
            told(name, Language::En),
        ];
        assert_eq!(row, [written, nl, en], "{name}");
    }
    assert!(told("when", Language::En).contains("Tuesday") && told("when", Language::Nl).contains("dinsdag"));
    assert_eq!(Value::number(f64::NAN), Value::Unknown);
}
