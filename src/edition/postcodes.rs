//! Where postcodes are: by their outlines where a file of postcodes was imported, else as far as known addresses tell.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use roaring::RoaringBitmap;

use super::{Edition, PlaceEntry, SettlementEntry};
use crate::{
    model::{Postcode, PostcodePoint},
    spatial::{Rd, Wgs84},
};

/// Where a postcode is.
#[derive(Clone, Debug, PartialEq)]
pub struct PostcodeArea {
    /// The middle of its outline, else of the known addresses with it, RD metres.
    pub middle: Rd,
    /// How far its addresses can be from there, metres: as far as its outline reaches; else as far as the known ones, and once the district or
    /// village in which they stand.
    pub uncertainty_m: f64,
    /// The places with it, closed ones included.
    pub places: RoaringBitmap,
}

/// Of a place in no outline: as far as a village reaches.
const A_VILLAGE_M: f64 = 1_000.0;

/// All postcodes that were imported or are of known addresses, with letters and without.
pub(super) struct Postcodes(BTreeMap<Postcode, PostcodeArea>);

impl Postcodes {
    pub(super) fn of(places: &[PlaceEntry], settlements: &[SettlementEntry], outlined: &[PostcodePoint]) -> Self {
        let mut found: BTreeMap<Postcode, Vec<(u32, Rd, f64)>> = BTreeMap::new();
        for (index, entry) in (0..).zip(places) {
            let written = entry.facts.address.as_ref().and_then(|address| address.postcode.as_deref());
            let Some(postcode) = written.and_then(|text| text.parse::<Postcode>().ok()) else { continue };
            let Some(rd) = entry.rd.filter(|_| entry.facts.is_at_address()) else { continue };
            let around = entry.settlement.map(|index| settlements[index as usize].facts.uncertainty_radius_m());
            let known = (index, rd, around.unwrap_or(A_VILLAGE_M));
            if postcode.is_whole() {
                found.entry(postcode.area()).or_default().push(known);
            }
            found.entry(postcode).or_default().push(known);
        }
        let mut all: BTreeMap<Postcode, PostcodeArea> =
            found.into_iter().map(|(postcode, known)| (postcode, area(&known))).collect();
        for (postcode, (middle, uncertainty_m)) in outlines(outlined) {
            match all.get_mut(&postcode) {
                Some(area) => (area.middle, area.uncertainty_m) = (middle, uncertainty_m),
                None => {
                    drop(all.insert(postcode, PostcodeArea { middle, uncertainty_m, places: RoaringBitmap::new() }))
                }
            }
        }
        Self(all)
    }
}

/// The middle of each outline with how far it reaches; those of four digits also where only those with letters have outlines.
fn outlines(outlined: &[PostcodePoint]) -> BTreeMap<Postcode, (Rd, f64)> {
    let mut own = BTreeMap::new();
    let mut parts: BTreeMap<Postcode, Vec<(Rd, f64)>> = BTreeMap::new();
    for point in outlined {
        let reach = (Wgs84 { lon: point.lon, lat: point.lat }.to_rd(), point.radius_m);
        if point.postcode.is_whole() {
            parts.entry(point.postcode.area()).or_default().push(reach);
        }
        own.insert(point.postcode.clone(), reach);
    }
    for (area, parts) in parts {
        own.entry(area).or_insert_with(|| {
            let middle = middle(parts.iter().map(|(rd, _)| *rd));
            let reach = parts.iter().map(|(rd, radius)| rd.distance_m(middle) + radius).fold(0.0, f64::max);
            (middle, reach.ceil())
        });
    }
    own
}

/// The mean of points.
fn middle(points: impl ExactSizeIterator<Item = Rd> + Clone) -> Rd {
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer addresses and postcodes than 2^53")]
    let count = points.len().max(1) as f64;
    let mean = |of: fn(Rd) -> f64| points.clone().map(of).sum::<f64>() / count;
    Rd { x: mean(|rd| rd.x), y: mean(|rd| rd.y) }
}

fn area(known: &[(u32, Rd, f64)]) -> PostcodeArea {
    let middle = middle(known.iter().map(|(_, rd, _)| *rd));
    let farthest = known.iter().map(|(_, rd, _)| rd.distance_m(middle)).fold(0.0, f64::max);
    let around = known.iter().map(|(_, _, radius)| *radius).fold(0.0, f64::max);
    let places = known.iter().map(|(index, ..)| *index).collect();
    PostcodeArea { middle, uncertainty_m: (farthest + around).round(), places }
}

impl Edition {
    /// Where a postcode is; of one with letters that is not known, where the one of four digits is. `None`: neither an outline nor an address with it
    /// is known.
    pub fn postcode(&self, postcode: &Postcode) -> Option<&PostcodeArea> {
        self.postcodes.0.get(postcode).or_else(|| self.postcodes.0.get(&postcode.area()))
    }

    /// The postcodes that begin with `text`, without white space and in capitals: those of four digits, and with five characters or more those
    /// with letters.
    pub fn postcodes_beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a Postcode, &'a PostcodeArea)> {
        let wants_whole = text.len() > 4;
        let from = self.postcodes.0.range::<str, _>((Bound::Included(text), Bound::Unbounded));
        let beginning = from.take_while(move |(postcode, _)| Borrow::<str>::borrow(*postcode).starts_with(text));
        beginning.filter(move |(postcode, _)| postcode.is_whole() == wants_whole)
    }

    /// The first two digits of the postcodes that are known, ascending.
    pub fn postcode_regions(&self) -> Vec<String> {
        let regions: BTreeSet<&str> = self.postcodes.0.keys().map(|postcode| &postcode.four()[..2]).collect();
        regions.into_iter().map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::vocabulary::LocationPrecision, seed};

    #[test]
    fn a_postcode_is_in_the_middle_of_its_known_addresses_and_says_how_far_they_reach() {
        let facts = seed::read().unwrap();
        let edition = Edition::build(facts.clone()).unwrap();
        let of = |text: &str| edition.postcode(&text.parse().unwrap());
        let known: Vec<Rd> = facts
            .places
            .iter()
            .filter(|place| {
                let postcode = place.address.as_ref().and_then(|address| address.postcode.as_deref());
                postcode.is_some_and(|postcode| postcode.starts_with("7416"))
                    && place.location.as_ref().is_some_and(|at| at.precision == LocationPrecision::Address)
            })
            .filter_map(|place| edition.place(edition.place_by_key(&place.key).unwrap()).rd)
            .collect();
        let area = of("7416").unwrap();
        assert!(!known.is_empty() && area.places.len() == known.len() as u64);
        for rd in &known {
            assert!((rd.x - area.middle.x).hypot(rd.y - area.middle.y) <= area.uncertainty_m);
        }
        assert!(area.uncertainty_m > 100.0);
        // Letters that nobody knows: the four digits tell where.
        assert_eq!(of("7416 ZZ"), Some(area));
        assert_eq!(of("1012 AB"), None);
        assert_eq!(of("7416 ZJ").map(|area| area.places.len()), Some(1));
        assert!(
            edition.postcode_regions().contains(&"74".to_owned())
                && !edition.postcode_regions().contains(&"10".to_owned())
        );
        let beginning =
            |text: &str| edition.postcodes_beginning(text).map(|(code, _)| code.to_string()).collect::<Vec<_>>();
        assert!(beginning("7416").contains(&"7416".to_owned()) && beginning("7416").len() == 1);
        assert_eq!(beginning("7416ZJ"), ["7416 ZJ"]);
    }
    /// An edition with these postcodes, each the circle of 60 m around a point.
    fn with(points: &[(&str, f64, f64)]) -> Edition {
        let mut facts = seed::read().unwrap();
        facts.postcodes = points
            .iter()
            .map(|(text, lon, lat)| PostcodePoint {
                postcode: text.parse().unwrap(),
                lon: *lon,
                lat: *lat,
                radius_m: 60.0,
            })
            .collect();
        Edition::build(facts.in_order()).unwrap()
    }

    #[test]
    fn an_imported_postcode_is_where_its_outline_is_and_keeps_the_places_with_it() {
        let before = with(&[]);
        let edition = with(&[("7416 ZJ", 6.18, 52.25), ("7411 AB", 6.16, 52.25), ("7411 AC", 6.162, 52.25)]);
        let of = |text: &str| edition.postcode(&text.parse().unwrap()).unwrap();
        let at = Wgs84 { lon: 6.18, lat: 52.25 }.to_rd();
        assert!(of("7416 ZJ").middle.distance_m(at) < 0.01 && of("7416 ZJ").uncertainty_m == 60.0);
        assert_eq!(of("7416 ZJ").places, before.postcode(&"7416 ZJ".parse().unwrap()).unwrap().places);
        assert!(of("7411 AB").places.is_empty());
        // The four digits hold both of those with letters.
        let four = of("7411");
        for part in ["7411 AB", "7411 AC"] {
            assert!(four.middle.distance_m(of(part).middle) + 60.0 <= four.uncertainty_m);
        }
        assert!(four.uncertainty_m < 140.0);
        assert_eq!(of("7411 ZZ"), four);
        let beginning =
            |text: &str| edition.postcodes_beginning(text).map(|(code, _)| code.to_string()).collect::<Vec<_>>();
        assert_eq!(beginning("7411A"), ["7411 AB", "7411 AC"]);
        assert_eq!(beginning("7411"), ["7411"]);
        assert!(before.id != edition.id);
    }
}
