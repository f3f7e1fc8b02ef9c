//! What is known already: the point of the same address, or else the outline that holds the place, as the seed has it.

use std::collections::HashMap;

use super::{
    accept::{Hit, Verdict},
    query::{HouseNumber, postcode},
    wanted::Wanted,
};
use crate::{
    model::{
        Address, Books, Location, MunicipalityCode, Settlement, Statement,
        vocabulary::{LocationPrecision, SettlementKind},
    },
    search::fold,
};

/// The source of the outlines.
pub const OUTLINES: &str = "top10nl-plaats-2026";

/// A postcode and a house number in it.
type Spot = (String, HouseNumber);

/// What the books know of where things are.
pub struct Known<'a> {
    addresses: HashMap<Spot, Vec<Point>>,
    outlines: HashMap<(MunicipalityCode, String), Vec<&'a Settlement>>,
}

struct Point {
    municipality: MunicipalityCode,
    place: String,
    label: String,
    location: Location,
    source: String,
}

impl<'a> Known<'a> {
    /// What `books` know.
    pub fn of(books: &'a Books) -> Self {
        let mut addresses: HashMap<Spot, Vec<Point>> = HashMap::new();
        let mut add = |address: &Address, point: Point| {
            if let Some(spot) = spot(address) {
                addresses.entry(spot).or_default().push(point);
            }
        };
        for place in books.facts.places.iter().filter(|place| place.is_at_address()) {
            let (Some(address), Some(location)) = (&place.address, &place.location) else { continue };
            let links = books.facts.place_sources.iter().filter(|link| link.place == place.key);
            let source =
                links.filter(|link| link.fields.iter().any(|field| field == "location")).map(|link| &link.source);
            let Some(source) = source.min() else { continue };
            let label = address.line(&place.settlement);
            add(address, point(place.municipality.clone(), &place.key, label, location, source));
        }
        // Also what is overruled: that the place is elsewhere does not move the address.
        for (key, claims) in &books.ledger.places.by_subject {
            let Some(place) = books.facts.places.iter().find(|place| place.key == *key) else { continue };
            for claim in claims {
                let Statement::Location(location) = &claim.statement else { continue };
                let address = claims.iter().filter(|other| other.source == claim.source).find_map(|other| {
                    let Statement::Address(address) = &other.statement else { return None };
                    Some(address)
                });
                if let Some(address) = address.filter(|_| location.precision == LocationPrecision::Address) {
                    let label = address.line(&place.settlement);
                    add(address, point(place.municipality.clone(), key, label, location, &claim.source));
                }
            }
        }
        let mut outlines: HashMap<_, Vec<&Settlement>> = HashMap::new();
        for outline in &books.facts.settlements {
            outlines.entry((outline.municipality.clone(), fold(&outline.name))).or_default().push(outline);
        }
        Self { addresses, outlines }
    }

    /// Where a place is by what is known.
    pub fn find(&self, wanted: &Wanted) -> Verdict {
        let hits = [self.address(wanted), self.neighbourhood(wanted), self.settlement(wanted)];
        let hit = hits.into_iter().flatten().find(|hit| wanted.is_improved_by(&hit.location));
        hit.map_or(Verdict::Nothing, Verdict::Accepted)
    }

    fn address(&self, wanted: &Wanted) -> Option<Hit> {
        let points = self.addresses.get(&spot(wanted.address.as_ref()?)?)?;
        let of_others = |point: &&Point| point.municipality == wanted.municipality && point.place != wanted.place;
        let point = points.iter().find(of_others)?;
        Some(hit(point.location.clone(), point.label.clone(), &point.source))
    }

    fn neighbourhood(&self, wanted: &Wanted) -> Option<Hit> {
        let named = self.named(wanted, wanted.neighbourhood.as_deref()?);
        let inside = |outline: &&Settlement| outline.kind != SettlementKind::Woonkern;
        let mut named = named.iter().copied().filter(inside);
        match (named.next(), named.next()) {
            (Some(outline), None) => Some(within(outline, LocationPrecision::Neighbourhood)),
            // Two districts of a name: either would be a guess.
            _ => None,
        }
    }

    fn settlement(&self, wanted: &Wanted) -> Option<Hit> {
        let rank = |outline: &&Settlement| (outline.kind == SettlementKind::Woonkern, outline.area_ha);
        let named = self.named(wanted, &wanted.settlement).iter().copied();
        // The village rather than the hamlet of its name; of two hamlets the larger, which is the less sure.
        let outline = named.max_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal))?;
        Some(within(outline, LocationPrecision::Settlement))
    }

    fn named(&self, wanted: &Wanted, name: &str) -> &[&'a Settlement] {
        self.outlines.get(&(wanted.municipality.clone(), fold(name))).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The inner point of an outline, and the radius of a circle of its area.
fn within(outline: &Settlement, precision: LocationPrecision) -> Hit {
    let location = Location {
        lon: outline.lon,
        lat: outline.lat,
        precision,
        uncertainty_radius_m: outline.uncertainty_radius_m(),
        outline: Some(outline.id.clone()),
    };
    hit(location, outline.name.clone(), OUTLINES)
}

fn hit(location: Location, matched: String, source: &str) -> Hit {
    Hit {
        location,
        matched,
        score: None,
        source: Some(source.to_owned()),
        nummeraanduiding: None,
        adresseerbaar_object: None,
    }
}

fn point(municipality: MunicipalityCode, place: &str, label: String, location: &Location, source: &str) -> Point {
    Point { municipality, place: place.to_owned(), label, location: location.clone(), source: source.to_owned() }
}

fn spot(address: &Address) -> Option<Spot> {
    Some((postcode(address.postcode.as_deref()?)?, HouseNumber::parse(address.house_number.as_deref()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geocode::{Only, wanted, wanted_place};

    fn books() -> Books {
        crate::testing::books()
    }

    #[test]
    fn what_the_seed_knows_by_its_outlines_is_found_again() {
        let books = books();
        let known = Known::of(&books);
        let (mut same, mut coarse) = (0, 0);
        for place in &books.facts.places {
            let Some(location) = place.location.as_ref().filter(|_| !place.is_at_address()) else { continue };
            coarse += 1;
            let mut wanted = wanted_place(&books, &place.key).unwrap();
            wanted.location = None;
            if let Verdict::Accepted(hit) = known.find(&wanted) {
                same += usize::from(hit.location == *location);
                assert!(hit.source.is_some());
            }
        }
        // The others lie in an outline of another name than the seed's source has.
        assert!(same * 10 >= coarse * 8, "{same} of {coarse}");
    }

    #[test]
    fn the_point_of_the_same_postcode_and_number_is_taken_with_its_source() {
        let mut books = books();
        let other = books.facts.places.iter().find(|place| {
            place.is_at_address() && place.address.as_ref().is_some_and(|address| spot(address).is_some())
        });
        let other = other.unwrap().clone();
        let mut place = other.clone();
        place.key = "zz-hetzelfde-huis".to_owned();
        place.location = None;
        place.address = place.address.map(|address| Address {
            house_number: address.house_number.map(|number| format!(" {} ", number.to_uppercase())),
            ..address
        });
        books.facts.places.push(place);
        let [wanted] = &wanted(&books, Only::Missing)[..] else { panic!("one place has no location") };
        let Verdict::Accepted(hit) = Known::of(&books).find(wanted) else { panic!("nothing found") };
        assert_eq!(Some(&hit.location), other.location.as_ref());
        let link = books.facts.place_sources.iter().find(|link| Some(&link.source) == hit.source.as_ref());
        assert!(link.is_some());
    }

    #[test]
    fn nothing_is_found_that_is_coarser_than_what_is_known() {
        let books = books();
        let known = Known::of(&books);
        for wanted in wanted(&books, Only::CoarserThanAddress) {
            if let Verdict::Accepted(hit) = known.find(&wanted) {
                assert!(hit.location.precision < wanted.location.unwrap().precision, "{}", wanted.place);
            }
        }
    }
}
