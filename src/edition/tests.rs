#[path = "../../benches/http/invented.rs"]
pub(crate) mod invented;
mod many;

use serde_json::json;

use super::{Dimension, Edition, Hit, Meaning, Node, PlaceEntry, PlaceFilter, Within};
use crate::{
    model::{
        Facts, Neighbourhood,
        vocabulary::{LocationPrecision, NeighbourhoodLevel},
    },
    seed,
    spatial::Area,
};

/// A box around the centre of Dalfsen, and a smaller one in it: west, south, east, north.
const WIJK: [f64; 4] = [6.20, 52.48, 6.32, 52.53];
const BUURT: [f64; 4] = [6.24, 52.50, 6.27, 52.52];

fn outline([west, south, east, north]: [f64; 4]) -> String {
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({ "type": "Polygon", "coordinates": [ring] }).to_string()
}

fn with_neighbourhoods() -> Facts {
    let mut facts = seed::read().unwrap();
    let neighbourhood = |code: &str, level, corners| Neighbourhood {
        code: code.parse().unwrap(),
        name: format!("Verzonnen {code}"),
        level,
        municipality: "GM0148".parse().unwrap(),
        population: None,
        boundary: outline(corners),
    };
    facts.neighbourhoods = vec![
        neighbourhood("WK014800", NeighbourhoodLevel::Wijk, WIJK),
        neighbourhood("BU01480001", NeighbourhoodLevel::Buurt, BUURT),
    ];
    facts.in_order()
}

/// Whether all of the outline that is known of a place lies in a box, which has no dents.
fn holds(edition: &Edition, entry: &PlaceEntry, [west, south, east, north]: [f64; 4]) -> bool {
    let outline = entry.facts.location.as_ref().and_then(|location| location.outline.as_deref()).unwrap();
    let region = &edition.settlement(edition.settlement_by_id(outline).unwrap()).region;
    let mut corners = region.polygons().0.iter().flat_map(|polygon| polygon.exterior().coords());
    corners.all(|corner| (west..=east).contains(&corner.x) && (south..=north).contains(&corner.y))
}

/// Whether a part of that outline lies in a box, or none in either of the boxes.
fn meets_any(edition: &Edition, entry: &PlaceEntry, corners: [f64; 4]) -> bool {
    let outline = entry.facts.location.as_ref().and_then(|location| location.outline.as_deref()).unwrap();
    let region = &edition.settlement(edition.settlement_by_id(outline).unwrap()).region;
    let meets =
        |[west, south, east, north]: [f64; 4]| region.intersects(&Area::bbox(west, south, east, north).unwrap());
    meets(corners) || !meets(WIJK)
}

#[test]
fn a_place_belongs_to_the_finest_neighbourhood_around_its_address_and_a_wijk_holds_its_buurten() {
    let edition = Edition::build(with_neighbourhoods()).unwrap();
    let find = |code: &str| edition.neighbourhood_by_code(&code.parse().unwrap()).unwrap();
    let (wijk, buurt) = (find("WK014800"), find("BU01480001"));
    let mut seen = [0; 4];
    for (asked, corners) in [(wijk, WIJK), (buurt, BUURT)] {
        let filter = PlaceFilter { within: Some(Within::Neighbourhoods(vec![asked])), ..PlaceFilter::default() };
        let selected = edition.select(&filter);
        for (index, entry) in (0..).zip(edition.places()) {
            let location = entry.facts.location.as_ref().unwrap();
            let is_in = |[west, south, east, north]: [f64; 4]| {
                (west..=east).contains(&location.lon) && (south..=north).contains(&location.lat)
            };
            let is_here = entry.facts.municipality.as_str() == "GM0148";
            // At an address it is there; else all of the outline that is known of it has to be.
            let at_address = location.precision == LocationPrecision::Address;
            let is_held =
                |corners| if at_address { is_in(corners) } else { is_here && holds(&edition, entry, corners) };
            let finest = if is_held(BUURT) { Some(buurt) } else { is_held(WIJK).then_some(wijk) };
            assert_eq!(entry.neighbourhood, finest, "{}", entry.facts.key);
            let is_certain = is_held(corners);
            // What is around an address is not known where no neighbourhood is.
            let is_near = if at_address { entry.neighbourhood.is_none() } else { meets_any(&edition, entry, corners) };
            let may_be = is_certain || (is_here && is_near);
            assert_eq!(selected.certain.contains(index), is_certain, "{}", entry.facts.key);
            assert_eq!(selected.possible.contains(index), may_be, "{}", entry.facts.key);
            seen[usize::from(is_certain) + 2 * usize::from(may_be)] += 1;
        }
    }
    assert!(seen[0] > 0 && seen[2] > 0 && seen[3] > 0, "each case occurs: {seen:?}");
}

#[test]
fn a_neighbourhood_is_found_by_its_name_code_and_area() {
    let edition = Edition::build(with_neighbourhoods()).unwrap();
    let buurt = edition.neighbourhood_by_code(&"BU01480001".parse().unwrap()).unwrap();
    let wijk = edition.neighbourhood_by_code(&"WK014800".parse().unwrap()).unwrap();
    assert_eq!(edition.search("verzonnen BU01480001", None, None, 1), [Hit::Node(Node::Neighbourhood(buurt))]);
    assert!(edition.is_neighbourhood_within(buurt, &Within::Neighbourhoods(vec![wijk])));
    assert!(!edition.is_neighbourhood_within(wijk, &Within::Neighbourhoods(vec![buurt])));
    let dalfsen = edition.municipality_by_code(&"GM0148".parse().unwrap()).unwrap();
    assert_eq!(edition.municipality(dalfsen).neighbourhoods, [buurt, wijk]);
}

#[test]
fn statistics_by_neighbourhood_count_a_place_in_its_buurt_and_its_wijk_and_tell_the_empty_ones() {
    let mut facts = with_neighbourhoods();
    // A buurt of some metres in which no place lies.
    facts.neighbourhoods.push(Neighbourhood {
        code: "BU01480002".parse().unwrap(),
        boundary: outline([6.2001, 52.4801, 6.2002, 52.4802]),
        population: Some(40),
        ..facts.neighbourhoods[0].clone()
    });
    let edition = Edition::build(facts.in_order()).unwrap();
    let members = edition.select(&PlaceFilter::default()).certain;
    let groups = edition.statistics(&members, Dimension::Neighbourhood, None);
    let rows: Vec<(Option<String>, u64)> = groups
        .iter()
        .map(|group| (group.values[0].map(|value| edition.value_text(value).into_owned()), group.count))
        .collect();
    let count = |[west, south, east, north]: [f64; 4]| {
        let is_in = |index: &u32| {
            let entry = edition.place(*index);
            let location = entry.facts.location.as_ref().unwrap();
            if location.precision != LocationPrecision::Address {
                return entry.facts.municipality.as_str() == "GM0148"
                    && holds(&edition, entry, [west, south, east, north]);
            }
            (west..=east).contains(&location.lon) && (south..=north).contains(&location.lat)
        };
        members.iter().filter(is_in).count() as u64
    };
    let code = |code: &str| Some(code.to_owned());
    let mut expected = vec![
        (None, members.len() - count(WIJK)),
        (code("WK014800"), count(WIJK)),
        (code("BU01480001"), count(BUURT)),
        (code("BU01480002"), 0),
    ];
    // Most places first; of two equal ones the code decides, and BU comes before WK.
    expected[1..3].sort_by_key(|(code, count)| (std::cmp::Reverse(*count), code.clone()));
    assert_eq!(rows, expected);
    assert!(count(BUURT) > 0);
    let empty = groups[3].values[0].unwrap();
    assert_eq!(edition.value_population(empty), Some(40));
    assert_eq!(edition.value_meaning(empty), Meaning::Name("Verzonnen BU01480001"));
}

#[test]
fn facts_with_a_fault_are_no_edition_and_every_fault_is_told() {
    let mut facts = seed::read().unwrap();
    facts.sources[0].layer = "nowhere".to_owned();
    facts.settlements[0].outline = "{}".to_owned();
    let (first, second) = (facts.settlements[1].id.clone(), facts.settlements[2].id.clone());
    facts.settlements[1].parent = Some(second);
    facts.settlements[2].parent = Some(first);
    facts.places[0].location.as_mut().unwrap().lat = 41.0;
    let faults = Edition::build(facts).map(|_| ()).unwrap_err().0;
    for wanted in
        ["is of layer `nowhere`, which is not there", "the outline of", "is its own ancestor", "cannot be right"]
    {
        assert!(faults.iter().any(|fault| fault.contains(wanted)), "{wanted}: {faults:?}");
    }
}

#[test]
fn the_id_of_an_edition_follows_the_facts_and_nothing_else() {
    let id = |facts: Facts| Edition::build(facts).unwrap().id;
    let seed = || seed::read().unwrap();
    assert_eq!(id(seed()), id(seed()));
    let mut shuffled = seed();
    shuffled.places.reverse();
    shuffled.place_sources.rotate_left(100);
    assert_eq!(id(shuffled.in_order()), id(seed()));
    let mut changed = seed();
    changed.places[7].wheelchair_accessible = Some(false);
    assert_ne!(id(changed), id(seed()));
}
