use std::sync::Arc;

use async_graphql::{Request, Value};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::{
    edition::Edition,
    graphql::{ApiSchema, hot::data, limits::Limits, schema},
    seed,
};

/// Fields with a plan, as far as they need no selection of their own.
const PLACE: [&str; 22] = [
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
    "culturalProgramme",
    "legalForm",
    "foundedYear",
    "runBy",
    "openingHours",
    "wheelchairAccessible",
    "website",
    "updatedAt",
    "__typename",
];
const MUNICIPALITY: [&str; 9] =
    ["id", "code", "slug", "name", "population", "landArea", "placeCount", "inventory", "__typename"];
const SETTLEMENT: [&str; 8] = ["id", "slug", "name", "kind", "population", "ownPopulation", "placeCount", "__typename"];
const ADDRESS: [&str; 5] = ["street", "houseNumber", "postcode", "settlement", "line"];
const LOCATION: [&str; 6] = ["lon", "lat", "precision", "uncertaintyRadius", "rd { x y }", "rd { y } rd { x }"];

/// Some fields of a list, some of them under another name or in a fragment, some twice.
fn some(fields: &'static [&'static str], on: &'static str) -> BoxedStrategy<String> {
    let field = (prop::sample::select(fields), 0..6_u8, 0..3_u8).prop_map(move |(field, way, number)| match way {
        // An alias of a field with a selection would stand before its name as well.
        0 => format!("other{number}: {field}"),
        1 => format!("... on {on} {{ {field} }}"),
        2 => format!("... {{ {field} }}"),
        _ => field.to_owned(),
    });
    prop::collection::vec(field, 1..5)
        .prop_filter_map("one key, two fields", |fields| {
            let aliases: Vec<&String> = fields.iter().filter(|field| field.starts_with("other")).collect();
            let key = |field: &String| field.split(':').next().unwrap().to_owned();
            let conflict = aliases.iter().any(|a| aliases.iter().any(|b| key(a) == key(b) && a != b));
            (!conflict).then(|| fields.join(" "))
        })
        .boxed()
}

fn settlement() -> BoxedStrategy<String> {
    let parts = (some(&SETTLEMENT, "Settlement"), some(&MUNICIPALITY, "Municipality"), some(&SETTLEMENT, "Settlement"));
    (parts, 0..4_u8)
        .prop_map(|((own, municipality, parent), shape)| match shape {
            0 => own,
            1 => format!("{own} municipality {{ {municipality} }}"),
            2 => format!("parent {{ {parent} }} {own}"),
            _ => format!("parent {{ parent {{ name }} municipality {{ {municipality} }} }} {own}"),
        })
        .boxed()
}

fn place() -> BoxedStrategy<String> {
    let nested = prop_oneof![
        some(&MUNICIPALITY, "Municipality").prop_map(|fields| format!("municipality {{ {fields} }}")),
        settlement().prop_map(|fields| format!("settlementArea {{ {fields} }}")),
        some(&ADDRESS, "Address").prop_map(|fields| format!("address {{ {fields} }}")),
        some(&LOCATION, "Location").prop_map(|fields| format!("location {{ {fields} }}")),
        Just("...Common".to_owned()),
    ];
    (some(&PLACE, "Place"), prop::collection::vec(nested, 0..3), some(&PLACE, "Place"))
        .prop_filter("one key, two fields", |(a, _, b)| !(a.contains("other") && b.contains("other")))
        .prop_map(|(before, nested, after)| format!("{before} {} {after}", nested.join(" ")))
        .boxed()
}

struct Service {
    schema: ApiSchema,
    edition: Arc<Edition>,
}

impl Service {
    fn new() -> Self {
        Self { schema: schema(), edition: Arc::new(Edition::build(seed::read().unwrap()).unwrap()) }
    }

    /// The data of an answer, and whether a list wrote itself.
    fn ask(&self, query: &str) -> (Json, bool) {
        let request = Request::new(query).data(self.edition.clone()).data(Arc::new(Limits::default()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let response = runtime.block_on(self.schema.execute(request));
        assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
        (serde_json::from_slice(&data(&response)).unwrap(), has_bytes(&response.data))
    }
}

fn has_bytes(value: &Value) -> bool {
    match value {
        Value::Binary(_) => true,
        Value::Object(fields) => fields.values().any(has_bytes),
        Value::List(items) => items.iter().any(has_bytes),
        _ => false,
    }
}

fn without_slow(json: &mut Json) {
    match json {
        Json::Object(fields) => {
            fields.shift_remove("slow");
            fields.values_mut().for_each(without_slow);
        }
        Json::Array(items) => items.iter_mut().for_each(without_slow),
        _ => {}
    }
}

#[test]
fn a_list_that_writes_itself_answers_as_the_executor_does() {
    let service = Service::new();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let lists = prop::sample::select(vec![
        "places(first: 40, orderBy: { field: KIND, direction: DESC }) { nodes { # } }",
        "places(first: 30) { edges { cursor node { # } } }",
        "nearestPlaces(to: { wgs84: { lon: 6.3, lat: 52.4 } }, first: 30) { edges { distance node { # } cursor } nodes { # } }",
        "municipality(by: { code: \"GM0193\" }) { places(first: 30) { nodes { # } } }",
    ]);
    runner
        .run(&(lists, place()), |(list, fields)| {
            let fragment = "fragment Common on Place { name municipality { code ... on Municipality { slug } } ...Identity } \
                            fragment Identity on Node { id __typename }";
            let ask = |fields: &str| service.ask(&format!("query {{ {} }} {fragment}", list.replace('#', fields)));
            // The fragment is used either way, so that it need not be left out.
            let fields = format!("{fields} ...Common");
            let (fast, is_fast) = ask(&fields);
            let (mut slow, is_slow) = ask(&format!("{fields} slow: feature"));
            without_slow(&mut slow);
            prop_assert!(is_fast && !is_slow, "{}", fields);
            // As text, so that the order of the fields is compared too.
            prop_assert_eq!(fast.to_string(), slow.to_string());
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_field_with_a_plan_answers_as_its_resolver_does() {
    let service = Service::new();
    let [place, municipality, settlement, address] =
        [&PLACE[..], &MUNICIPALITY, &SETTLEMENT, &ADDRESS].map(|fields| fields.join(" "));
    let fields = format!(
        "{place} municipality {{ {municipality} }} settlementArea {{ {settlement} parent {{ {settlement} }} \
         municipality {{ name }} }} address {{ {address} }} \
         location {{ lon lat precision uncertaintyRadius rd {{ x y }} }}"
    );
    let ask = |fields: &str| {
        service.ask(&format!("{{ places(first: 100, includeUnknown: true) {{ nodes {{ {fields} }} }} }}"))
    };
    let (fast, is_fast) = ask(&fields);
    let (mut slow, is_slow) = ask(&format!("{fields} slow: feature"));
    without_slow(&mut slow);
    assert!(is_fast && !is_slow);
    assert_eq!(fast.to_string(), slow.to_string());
}

#[test]
fn a_list_that_is_asked_twice_has_the_fields_of_both() {
    let service = Service::new();
    let once = service.ask("{ places(first: 2) { nodes { name kind } edges { cursor node { name } } } }");
    assert!(once.1);
    for twice in [
        "{ places(first: 2) { nodes { name } nodes { kind } edges { cursor } edges { node { name } } } }",
        "{ places(first: 2) { nodes { name } edges { cursor node { name } } } places(first: 2) { nodes { kind } } }",
        "{ places(first: 2) { ...A ...B } } fragment A on PlaceConnection { nodes { name } } \
         fragment B on PlaceConnection { nodes { kind } edges { cursor node { name } } }",
        "{ ... { places(first: 2) { nodes { name } } } places(first: 2) { ... on PlaceConnection { nodes { kind } } \
         edges { cursor ... { node { name } } } } }",
    ] {
        assert_eq!(service.ask(twice).0, once.0, "{twice}");
    }
    let nested = "{ municipality(by: { code: \"GM0193\" }) { places(first: 2) { nodes { name } } } \
                  municipality(by: { code: \"GM0193\" }) { places(first: 2) { nodes { kind } } } }";
    assert_eq!(service.ask(nested).0["municipality"]["places"]["nodes"][0].as_object().unwrap().len(), 2);
}

#[test]
fn skipped_fields_are_not_written() {
    let service = Service::new();
    let query =
        "{ places(first: 1) { nodes { id name @skip(if: true) slug @include(if: false) kind @include(if: true) } } }";
    let (json, is_fast) = service.ask(query);
    let keys: Vec<&String> = json["places"]["nodes"][0].as_object().unwrap().keys().collect();
    assert!(is_fast);
    assert_eq!(keys, ["id", "kind"]);
}

#[test]
fn settlements_write_themselves_too() {
    let service = Service::new();
    let fields = "id name kind population ownPopulation placeCount parent { name } municipality { name landArea }";
    let ask = |fields: &str| service.ask(&format!("{{ settlements(first: 100) {{ nodes {{ {fields} }} }} }}"));
    let (fast, is_fast) = ask(fields);
    let (mut slow, is_slow) = ask(&format!("{fields} slow: boundary"));
    without_slow(&mut slow);
    assert!(is_fast && !is_slow);
    assert_eq!(fast.to_string(), slow.to_string());
}

/// Each field of the objects that a search finds and that a list of values has, as far as it has a plan.
#[test]
fn hits_and_facets_write_themselves_too() {
    let service = Service::new();
    let both = |query: &str, fields: &str, slow: &str| {
        let ask = |fields: &str| service.ask(&query.replace('#', fields));
        let (fast, is_fast) = ask(fields);
        let (mut as_ever, is_slow) = ask(&format!("{fields} {slow}"));
        without_slow(&mut as_ever);
        assert!(is_fast && !is_slow, "{query}");
        assert_eq!(fast.to_string(), as_ever.to_string());
        fast
    };
    let hit = "__typename ... on Node { id } \
        ... on Place { name settlement municipality { name } } ... on Municipality { name placeCount } \
        ... on Neighbourhood { code name level municipality { code } population } ... on Settlement { name kind parent { name } } \
        ... on FacilityTypeInfo { type label placeCount } ... on ActivityTypeInfo { type label placeCount } \
        ... on PostcodeHit { postcode location { lon lat rd { x y } } placeCount } \
        ... on StreetHit { street settlement municipality { name } placeCount } ... on SearchHit { also: __typename }";
    let mut types = std::collections::BTreeSet::new();
    for text in ["hengelo", "bi", "sport", "7411", "de", "kerkstraat", "dalfsn", "koffie", "wijk"] {
        let slow =
            "... on Place { slow: feature } ... on Municipality { slow: boundary } ... on Settlement { slow: boundary }
            ... on Neighbourhood { slow: boundary } ... on FacilityTypeInfo { slow: osmTags }";
        let hits = both(&format!("{{ search(text: \"{text}\", first: 100) {{ # }} }}"), hit, slow);
        types.extend(hits["search"].as_array().unwrap().iter().map(|hit| hit["__typename"].to_string()));
    }
    assert!(types.len() >= 7, "{types:?}");

    let values = ["kinds", "municipalities", "neighbourhoods", "settlements", "facilities", "statuses", "precision"];
    for values in values {
        let query = format!("{{ places(filter: {{ text: \"kulturhus\" }}) {{ facets {{ {values} {{ # }} }} }} }}");
        both(&query, "value label count parent neighbourhood", "slow: label(language: EN)");
    }
}
