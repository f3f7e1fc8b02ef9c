//! Where postcodes are, as far as known addresses tell.

use std::collections::{BTreeMap, BTreeSet};

use roaring::RoaringBitmap;

use super::{Edition, PlaceEntry, SettlementEntry};
use crate::{model::Postcode, spatial::Rd};

/// Where a postcode is.
#[derive(Clone, Debug, PartialEq)]
pub struct PostcodeArea {
    /// The middle of the known addresses with it, RD metres.
    pub middle: Rd,
    /// How far its addresses can be from there, metres: as far as the known ones, and once the district or village in which they stand.
    pub uncertainty_m: f64,
    /// The places with it, closed ones included.
    pub places: RoaringBitmap,
}

/// Of a place in no outline: as far as a village reaches.
const A_VILLAGE_M: f64 = 1_000.0;

/// All postcodes of known addresses, with letters and without.
pub(super) struct Postcodes(BTreeMap<Postcode, PostcodeArea>);

impl Postcodes {
    pub(super) fn of(places: &[PlaceEntry], settlements: &[SettlementEntry]) -> Self {
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
        Self(found.into_iter().map(|(postcode, known)| (postcode, area(&known))).collect())
    }
}

fn area(known: &[(u32, Rd, f64)]) -> PostcodeArea {
    // Addresses are far fewer than 2⁵³.
    #[expect(clippy::cast_precision_loss, reason = "a count of addresses is far below 2^53")]
    let count = known.len().max(1) as f64;
    let mean = |of: fn(&Rd) -> f64| known.iter().map(|(_, rd, _)| of(rd)).sum::<f64>() / count;
    let middle = Rd { x: mean(|rd| rd.x), y: mean(|rd| rd.y) };
    let farthest = known.iter().map(|(_, rd, _)| (rd.x - middle.x).hypot(rd.y - middle.y)).fold(0.0, f64::max);
    let around = known.iter().map(|(_, _, radius)| *radius).fold(0.0, f64::max);
    let places = known.iter().map(|(index, ..)| *index).collect();
    PostcodeArea { middle, uncertainty_m: (farthest + around).round(), places }
}

impl Edition {
    /// Where a postcode is; of one with letters that is not known, where the one of four digits is. `None`: no address with it is known.
    pub fn postcode(&self, postcode: &Postcode) -> Option<&PostcodeArea> {
        self.postcodes.0.get(postcode).or_else(|| self.postcodes.0.get(&postcode.area()))
    }

    /// The postcodes that begin with `text`, without white space and in capitals: those of four digits, and with five characters or more those
    /// with letters.
    pub fn postcodes_beginning(&self, text: &str) -> impl Iterator<Item = (&Postcode, &PostcodeArea)> {
        let wants_whole = text.len() > 4;
        self.postcodes.0.iter().filter(move |(postcode, _)| {
            let plain = postcode.to_string().replace(' ', "");
            postcode.is_whole() == wants_whole && plain.starts_with(text)
        })
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
}
