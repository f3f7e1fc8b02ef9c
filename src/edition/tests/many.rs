//! What is found by indices and orders among ten thousand invented places, against looking at each of them.

use std::{
    cmp::Ordering,
    sync::{Arc, LazyLock},
};

use proptest::prelude::*;
use roaring::RoaringBitmap;

use super::invented;
use crate::{
    edition::{Dimension, DimensionValue, Direction, Edition, Members, PlaceFilter, PlaceOrderField, Within},
    model::{
        Place,
        vocabulary::{PlaceKind, PlaceStatus, Term as _},
    },
    search::fold,
    spatial::Area,
};

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Arc::new(Edition::build(invented::facts(10_000)).expect("good facts")));

fn corners() -> impl Strategy<Value = [f64; 4]> {
    // From a street to more than the province.
    let width = prop_oneof![0.001..0.05, 0.05..0.4, 0.4..3.0_f64];
    (5.8..7.0_f64, 52.1..52.8_f64, width)
        .prop_map(|(lon, lat, width)| [lon - width, lat - width / 1.5, lon + width, lat + width / 1.5])
}

fn orders() -> impl Strategy<Value = (PlaceOrderField, Direction)> {
    use PlaceOrderField::{Confirmed, Kind, Municipality, Name, Updated};
    let fields = prop::sample::select(vec![Name, Municipality, Kind, Confirmed, Updated]);
    (fields, prop::sample::select(vec![Direction::Asc, Direction::Desc]))
}

/// How two places stand in an order by what is known of them; what is not known is last, and equals are by key.
fn compare(a: &Place, b: &Place, field: PlaceOrderField, direction: Direction) -> Ordering {
    let name = |place: &Place| fold(&place.name);
    let municipality = |place: &Place| {
        let index = EDITION.municipality_by_code(&place.municipality).expect("a municipality");
        fold(&EDITION.municipality(index).facts.name)
    };
    let in_direction = |order: Ordering| if direction == Direction::Asc { order } else { order.reverse() };
    let order = match field {
        PlaceOrderField::Name => in_direction(name(a).cmp(&name(b))),
        PlaceOrderField::Municipality => in_direction((municipality(a), name(a)).cmp(&(municipality(b), name(b)))),
        PlaceOrderField::Kind => match (a.kind, b.kind) {
            (Some(one), Some(other)) => in_direction((one.ordinal(), name(a)).cmp(&(other.ordinal(), name(b)))),
            (one, other) => other.is_some().cmp(&one.is_some()),
        },
        // No invented place has been confirmed.
        PlaceOrderField::Confirmed => Ordering::Equal,
        PlaceOrderField::Updated => in_direction(a.updated_at.cmp(&b.updated_at)),
    };
    order.then_with(|| a.key.cmp(&b.key))
}

/// Those for which all holds, by looking at each.
fn scan(kind: Option<PlaceKind>, corners: Option<[f64; 4]>) -> Vec<u32> {
    let holds = |place: &Place| {
        let is_inside = |[west, south, east, north]: [f64; 4]| {
            let at = place.location.as_ref().expect("all are located");
            west <= at.lon && at.lon <= east && south <= at.lat && at.lat <= north
        };
        place.status != Some(PlaceStatus::Closed)
            && kind.is_none_or(|kind| place.kind == Some(kind))
            && corners.is_none_or(is_inside)
    };
    (0..).zip(EDITION.places()).filter(|(_, entry)| holds(&entry.facts)).map(|(index, _)| index).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_of_a_list_is_what_sorting_all_that_a_scan_finds_gives(
        corners in prop::option::of(corners()),
        kind in prop::option::of(prop::sample::select(PlaceKind::all().collect::<Vec<_>>())),
        (field, direction) in orders(),
        most in 1..150_usize,
        from: prop::sample::Index,
    ) {
        let filter = PlaceFilter {
            kinds: kind.map(|kind| vec![kind]),
            within: corners.map(|[west, south, east, north]| Within::Area(Area::bbox(west, south, east, north).expect("a box"))),
            ..PlaceFilter::default()
        };
        let members = || Members::of(&EDITION, filter.clone(), None, false);
        let mut expected = scan(kind, corners);
        prop_assert_eq!(members().all().clone(), expected.iter().copied().collect::<RoaringBitmap>());
        expected.sort_by(|a, b| compare(&EDITION.place(*a).facts, &EDITION.place(*b).facts, field, direction));
        let first = &expected[..most.min(expected.len())];
        prop_assert_eq!(members().first_sorted(field, direction, None, most), first);
        prop_assert_eq!(&EDITION.sorted(members().all(), field, direction), &expected);
        if !expected.is_empty() {
            let at = from.index(expected.len());
            let next = &expected[at..(at + most).min(expected.len())];
            prop_assert_eq!(members().first_sorted(field, direction, Some(expected[at]), most), next);
        }
    }

    #[test]
    fn places_are_counted_as_one_by_one(corners in prop::option::of(corners())) {
        let members: RoaringBitmap = scan(None, corners).into_iter().collect();
        let counted = EDITION.count_by(&members, Dimension::Kind);
        for kind in PlaceKind::all() {
            let expected = members.iter().filter(|index| EDITION.place(*index).facts.kind == Some(kind)).count() as u64;
            let is_it = |value| matches!(value, DimensionValue::Term { term, .. } if term == kind.name());
            let found = counted.iter().find(|count| is_it(count.value)).map_or(0, |count| count.count);
            prop_assert_eq!(found, expected, "{}", kind.name());
        }
    }

    #[test]
    fn the_nearest_of_a_kind_are_the_first_of_all_by_distance(lon in 5.9..7.0_f64, lat in 52.15..52.8_f64, most in 1..40_usize, limit in prop::option::of(100.0..20_000.0_f64)) {
        let centre = crate::spatial::Wgs84 { lon, lat }.to_rd();
        let members = scan(Some(PlaceKind::Mfa), None);
        let distance = |index: &u32| EDITION.place(*index).rd.expect("all are located").distance_m(centre);
        let mut expected: Vec<(u32, f64)> = members.iter().map(|index| (*index, distance(index))).collect();
        expected.retain(|(_, distance)| limit.is_none_or(|limit| *distance <= limit));
        expected.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        expected.truncate(most);
        prop_assert_eq!(EDITION.nearest_of(&members.into_iter().collect(), centre, limit, most), expected);
    }
}

#[test]
fn an_edition_without_places_has_none_in_a_box() {
    let empty = Arc::new(Edition::build(invented::facts(0)).expect("good facts"));
    let within = Some(Within::Area(Area::bbox(6.0, 52.0, 7.0, 53.0).expect("a box")));
    let members = Members::of(&empty, PlaceFilter { within, ..PlaceFilter::default() }, None, false);
    assert!(members.first_sorted(PlaceOrderField::Name, Direction::Desc, None, 9).is_empty());
    assert!(members.all().is_empty());
}
