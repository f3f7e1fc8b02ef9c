//! What only the other data can tell of a record: that its point lies far from its village, or is that of another address.

use std::collections::{BTreeSet, HashMap};

use super::{precedence::contradicts, record::Record};
use crate::{
    edition::Edition,
    model::{Address, Location, MunicipalityCode, Statement, vocabulary::LocationPrecision},
    search::fold,
    spatial::{Rd, Wgs84, coverage, crs},
};

/// The published boundaries are generalised: a point this near to one may lie on either side.
const BORDER_M: f64 = 100.0;

/// An address this far outside the outline of its settlement does not belong to it. A scattered village reaches some
/// hundred metres beyond its outline; what is wrong in the polling lists is wrong by kilometres.
const SETTLEMENT_M: f64 = 1_500.0;

/// Why a point or a postcode is not taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Suspicion {
    /// The point lies outside the municipality: in the one of that name, or in none that is known.
    OutsideMunicipality(Option<String>),
    /// The point lies so many metres outside the outline of the settlement.
    OutsideSettlement(f64),
    /// The same point is given for another address, on that line of the file or at the known place of that name.
    SharedPoint(String),
}

/// What records are held against.
pub struct Surroundings<'a> {
    edition: &'a Edition,
    settlements: HashMap<(u32, String), Vec<u32>>,
    points: HashMap<(i64, i64), Vec<(Address, String)>>,
}

impl<'a> Surroundings<'a> {
    /// The surroundings of `records`: what is known, and the records themselves.
    pub fn of(edition: &'a Edition, records: &[Record]) -> Self {
        let mut settlements: HashMap<(u32, String), Vec<u32>> = HashMap::new();
        for (index, entry) in (0..).zip(edition.settlements()) {
            settlements.entry((entry.municipality, fold(&entry.facts.name))).or_default().push(index);
        }
        let mut points: HashMap<(i64, i64), Vec<(Address, String)>> = HashMap::new();
        let known = edition.places().iter().filter(|entry| entry.facts.is_at_address());
        let known = known.filter_map(|entry| {
            Some((entry.facts.location.as_ref()?, entry.facts.address.as_ref()?, entry.facts.name.clone()))
        });
        let given =
            records.iter().filter_map(|record| Some((record.location()?, record.address()?, record.at.label())));
        for (location, address, label) in known.chain(given) {
            points.entry(spot(location)).or_default().push((address.clone(), label));
        }
        Self { edition, settlements, points }
    }

    /// What is suspect about the point of a record; nothing where it has none.
    ///
    /// Of several `settlements` (the one that the record names, and the hamlet in which the place is known to be) it has to
    /// lie near one.
    pub fn suspicion(
        &self,
        record: &Record,
        municipality: &MunicipalityCode,
        settlements: &[&str],
    ) -> Option<Suspicion> {
        let location = record.location().filter(|location| location.precision == LocationPrecision::Address)?;
        let at = Wgs84 { lon: location.lon, lat: location.lat };
        self.astray(municipality, settlements, at).or_else(|| self.shared(record, location))
    }

    /// What is suspect about a point of something in that municipality and one of those settlements.
    pub fn astray(&self, municipality: &MunicipalityCode, settlements: &[&str], at: Wgs84) -> Option<Suspicion> {
        let municipality = self.edition.municipality_by_code(municipality)?;
        self.outside(municipality, at).or_else(|| self.far_from(municipality, settlements, at))
    }

    /// How far the outline of a settlement reaches from a point, metres; of the outlines of that name the one that reaches
    /// least far. `None` where there is none.
    pub fn reach_m(&self, municipality: &MunicipalityCode, settlement: &str, from: Wgs84) -> Option<f64> {
        let municipality = self.edition.municipality_by_code(municipality)?;
        let from = from.to_rd();
        let reach = self.settlements.get(&(municipality, fold(settlement)))?.iter().map(|&index| {
            let corners = self.edition.settlement(index).region.polygons().iter().flat_map(|part| part.exterior());
            let corners = corners.map(|corner| Wgs84 { lon: corner.x, lat: corner.y }.to_rd());
            corners.map(|corner| corner.distance_m(from)).fold(0.0, f64::max)
        });
        reach.min_by(f64::total_cmp)
    }

    fn outside(&self, municipality: u32, at: Wgs84) -> Option<Suspicion> {
        let region = self.edition.boundary(municipality)?;
        if region.contains(at) || distance_m(region.polygons(), at.to_rd()) <= BORDER_M {
            return None;
        }
        let there = self.edition.municipality_at(at).map(|index| self.edition.municipality(index).facts.name.clone());
        Some(Suspicion::OutsideMunicipality(there))
    }

    fn far_from(&self, municipality: u32, settlements: &[&str], at: Wgs84) -> Option<Suspicion> {
        let named = settlements.iter().filter_map(|name| self.settlements.get(&(municipality, fold(name))));
        let away = named.flatten().map(|&index| {
            let region = &self.edition.settlement(index).region;
            if region.contains(at) { 0.0 } else { distance_m(region.polygons(), at.to_rd()) }
        });
        let away_m = away.fold(f64::INFINITY, f64::min);
        // Infinite where no settlement of the name is known.
        (away_m.is_finite() && away_m > SETTLEMENT_M).then_some(Suspicion::OutsideSettlement(away_m))
    }

    fn shared(&self, record: &Record, location: &Location) -> Option<Suspicion> {
        let address = record.address()?;
        let others = self.points.get(&spot(location))?;
        let other = others.iter().find(|(other, _)| contradicts(address, other))?;
        Some(Suspicion::SharedPoint(other.1.clone()))
    }

    /// The municipalities in which addresses with these four digits are known; empty where there are none.
    pub fn municipalities_of_postcode(&self, postcode: &str) -> BTreeSet<&MunicipalityCode> {
        let digits = postcode.get(..4).unwrap_or_default();
        let places = self.edition.places().iter().map(|entry| &entry.facts);
        let there = places.filter(|place| {
            let known = place.address.as_ref().and_then(|address| address.postcode.as_deref());
            known.is_some_and(|known| !digits.is_empty() && known.starts_with(digits))
        });
        there.map(|place| &place.municipality).collect()
    }
}

fn distance_m(outline: &crate::spatial::MultiPolygon<f64>, from: Rd) -> f64 {
    coverage::distance_to_border_m(&crs::to_rd(outline), from)
}

/// To the metre: two addresses whose points differ by less were given one point.
fn spot(location: &Location) -> (i64, i64) {
    let rd = Wgs84 { lon: location.lon, lat: location.lat }.to_rd();
    #[expect(clippy::cast_possible_truncation, reason = "metres within the Netherlands")]
    let metre = |value: f64| value.round() as i64;
    (metre(rd.x), metre(rd.y))
}

impl Record {
    /// The point that the record gives.
    pub fn location(&self) -> Option<&Location> {
        self.statements.iter().find_map(|statement| match statement {
            Statement::Location(location) => Some(location),
            _ => None,
        })
    }

    /// The address that the record gives.
    pub fn address(&self) -> Option<&Address> {
        self.statements.iter().find_map(|statement| match statement {
            Statement::Address(address) => Some(address),
            _ => None,
        })
    }
}
