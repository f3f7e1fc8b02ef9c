use std::collections::BTreeSet;

use geo::polygon;

use super::*;
use crate::ingest::settlements::apply::{outline_of, within};

/// The committed rows were computed by another program from the outlines as they were published; ours are those outlines
/// simplified to 25 m, so figures of small hamlets differ.
#[test]
fn the_committed_rows_come_out_of_the_committed_outlines() {
    let facts = crate::testing::facts();
    let outlines = facts.settlements.iter().map(|known| Outline { slug: None, ..outline_of(known, false).unwrap() });
    let outlines: Vec<Outline> = outlines.collect();
    let derived = derive(&outlines, &within(&facts));
    assert_eq!(derived.len(), 1_138, "every one of them is ours");
    let (mut parents, mut own, mut shares) = (BTreeSet::new(), BTreeSet::new(), 0);
    for known in &facts.settlements {
        let found = &derived[&known.id];
        assert_eq!((&found.municipality, &found.slug), (&known.municipality, &known.slug));
        if found.parent != known.parent {
            parents.insert(known.slug.as_str());
        }
        if found.own_population != known.own_population {
            own.insert(known.slug.as_str());
        }
        let off = (found.share_in_municipality - known.share_in_municipality).abs();
        assert!(off < 0.08, "{}: {off}", known.slug);
        shares += u32::from(off > 0.0005);
        let off = (found.area_ha / known.area_ha - 1.0).abs();
        assert!(off < 0.1 || (found.area_ha - known.area_ha).abs() < 2.0, "{}: {off}", known.slug);
    }
    // Zandweerd and Zwolse Wijk are one area under two names: which of them is the smaller is decided by what was cut off.
    // Of 't Klooster it decides whether 80 % lies in its parent.
    assert_eq!(parents, BTreeSet::from(["schrijversbuurt", "t-klooster", "zandweerd-noord", "zandweerd-zuid"]));
    let expected = [
        // As above; then 't Klooster with the parts that its parent scales down.
        "zandweerd",
        "zwolse-wijk",
        "t-klooster",
        "de-kruumte",
        "middenbuurt",
        "noordeinde",
        "poeste",
        "vliegerstaart",
        "zuideinde-steenwijkerland",
    ];
    assert_eq!(own, BTreeSet::from(expected));
    assert_eq!(shares, 78, "within simplification");
    let all: f64 = derived.values().filter_map(|derived| derived.own_population).sum();
    assert!((all - 1_118_700.0).abs() < 15.0, "own inhabitants add up to those of the outlines at the top: {all}");
}

fn outline(id: &str, name: &str, population: Option<i32>, [west, south, east, north]: [f64; 4]) -> Outline {
    let area = polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)];
    Outline {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: SettlementKind::Woonkern,
        population,
        area: MultiPolygon(vec![area]),
        slug: None,
        is_gone: false,
    }
}

/// Two municipalities of a square kilometre, side by side.
fn two() -> Vec<Within> {
    let within = |code: &str, slug: &str, west: f64| Within {
        code: code.parse().unwrap(),
        slug: slug.to_owned(),
        area: outline("", "", None, [west, 0.0, west + 1_000.0, 1_000.0]).area,
    };
    vec![within("GM0001", "links", 0.0), within("GM0002", "rechts", 1_000.0)]
}

#[test]
fn an_outline_belongs_to_who_has_most_of_it_and_to_nobody_when_half_lies_outside() {
    let outlines = [
        outline("a", "Over de Grens", None, [700.0, 0.0, 1_100.0, 100.0]),
        // A hair more than half of it lies north of both.
        outline("b", "Buiten", None, [100.0, 900.0, 200.0, 1_101.0]),
        outline("c", "Half", None, [300.0, 900.0, 400.0, 1_100.0]),
    ];
    let derived = derive(&outlines, &two());
    assert_eq!(derived.keys().collect::<Vec<_>>(), ["a", "c"]);
    let a = &derived["a"];
    assert_eq!((a.municipality.as_str(), a.share_in_municipality, a.area_ha), ("GM0001", 0.75, 4.0));
    assert_eq!(derived["c"].share_in_municipality, 0.5);
}

#[test]
fn a_parent_is_the_smallest_larger_outline_with_four_fifths_of_the_child() {
    let outlines = [
        outline("town", "Stad", Some(1_000), [0.0, 0.0, 1_000.0, 1_000.0]),
        outline("ward", "Wijk", Some(500), [0.0, 0.0, 500.0, 500.0]),
        // 80 % of it lies in the ward.
        outline("in", "Erin", Some(100), [420.0, 0.0, 520.0, 100.0]),
        // 79 % only.
        outline("out", "Eruit", Some(100), [421.0, 200.0, 521.0, 300.0]),
    ];
    let derived = derive(&outlines, &two());
    let parent = |id: &str| derived[id].parent.as_deref();
    assert_eq!(
        [parent("town"), parent("ward"), parent("in"), parent("out")],
        [None, Some("town"), Some("ward"), Some("town")]
    );
    let own = |id: &str| derived[id].own_population;
    assert_eq!([own("town"), own("ward"), own("in"), own("out")], [Some(400.0), Some(400.0), Some(100.0), Some(100.0)]);
}

#[test]
fn children_with_more_inhabitants_than_their_parent_are_scaled_down_with_all_below_them() {
    let outlines = [
        outline("town", "Stad", Some(300), [0.0, 0.0, 1_000.0, 1_000.0]),
        outline("one", "Een", Some(400), [0.0, 0.0, 500.0, 500.0]),
        outline("part", "Deel", Some(100), [0.0, 0.0, 100.0, 100.0]),
        outline("two", "Twee", Some(200), [500.0, 500.0, 900.0, 900.0]),
        outline("unknown", "Onbekend", None, [500.0, 0.0, 600.0, 100.0]),
    ];
    let derived = derive(&outlines, &two());
    let own = |id: &str| derived[id].own_population;
    // 600 in 300: halved. One has 300 of its own and 100 in its part.
    assert_eq!([own("town"), own("one"), own("part"), own("two")], [Some(0.0), Some(150.0), Some(50.0), Some(100.0)]);
    assert_eq!(own("unknown"), None, "not known is not none");
}

#[test]
fn what_is_gone_holds_nothing_and_counts_nowhere() {
    let mut outlines = [
        outline("new", "Nieuw", Some(300), [0.0, 0.0, 900.0, 900.0]),
        outline("gone", "Oud", Some(250), [0.0, 0.0, 800.0, 800.0]),
        outline("part", "Deel", Some(100), [0.0, 0.0, 100.0, 100.0]),
    ];
    outlines[1].is_gone = true;
    let derived = derive(&outlines, &two());
    assert_eq!(derived["part"].parent.as_deref(), Some("new"));
    assert_eq!((derived["gone"].parent.as_deref(), derived["gone"].own_population), (Some("new"), None));
    assert_eq!(derived["new"].own_population, Some(200.0));
}

#[test]
fn a_known_slug_stays_and_the_others_take_what_is_free() {
    let place =
        |id: &str, population, west: f64| outline(id, "'t Lóo", Some(population), [west, 0.0, west + 10.0, 10.0]);
    let mut outlines = [
        place("1", 5, 0.0),
        place("2", 9, 20.0),
        place("3", 7, 1_500.0),
        place("4", 1, 40.0),
        place("5", 1, 60.0),
        place("6", 1, 80.0),
    ];
    let of =
        |outlines: &[Outline]| derive(outlines, &two()).into_values().map(|derived| derived.slug).collect::<Vec<_>>();
    let fresh = [
        "t-loo-links",
        "t-loo",
        "t-loo-rechts",
        "t-loo-links-woonkern",
        "t-loo-links-woonkern-2",
        "t-loo-links-woonkern-3",
    ];
    assert_eq!(of(&outlines), fresh);
    outlines[5].slug = Some("t-loo".to_owned());
    assert_eq!(of(&outlines)[5], "t-loo");
    assert_eq!(of(&outlines)[1], "t-loo-links", "the name is taken, however many live here");
}

#[test]
fn a_simplified_outline_is_within_25_metres_and_valid() {
    use geo::{Distance as _, Euclidean, Point, Validation as _};
    let corner = |step: u32| {
        let angle = f64::from(step) / 400.0 * std::f64::consts::TAU;
        let radius = 800.0 + 10.0 * f64::from(step % 3);
        Coord { x: 210_000.0 + radius * angle.cos(), y: 500_000.0 + radius * angle.sin() }
    };
    let area = MultiPolygon(vec![geo::Polygon::new((0..400).map(corner).collect(), vec![])]);
    let simple = crs::to_rd(&simplified(&area));
    assert!(simple.0[0].exterior().0.len() < 80, "{}", simple.0[0].exterior().0.len());
    assert!(simple.is_valid());
    let line = simple.0[0].exterior();
    let off = area.0[0].exterior().coords().map(|at| Euclidean.distance(&Point::from(*at), line)).fold(0.0, f64::max);
    assert!(off > 5.0 && off < 25.1, "{off} m");
}
