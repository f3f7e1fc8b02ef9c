//! What only the other data can tell of a record: that its point lies far from its village, or is that of another address.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::OnceLock,
};

use super::{address::contradicts, record::Record};
use crate::{
    edition::Edition,
    model::{Address, Location, MunicipalityCode, Place, Statement, vocabulary::LocationPrecision},
    search::fold,
    spatial::{Border, Region, Wgs84, crs},
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
    /// Addresses and names of the known places at a point, by key.
    known: HashMap<(i64, i64), BTreeMap<String, (Address, String)>>,
    /// Addresses at a point and the lines of the file that give them, in its order.
    given: HashMap<(i64, i64), Vec<(Address, String)>>,
    /// How many known addresses begin with these four digits, by municipality.
    postcodes: HashMap<String, BTreeMap<MunicipalityCode, usize>>,
    of_municipalities: Borders,
    of_settlements: Borders,
}

/// Borders by index, each made when it is first asked for.
struct Borders(Vec<OnceLock<Border>>);

impl Borders {
    fn of<T>(regions: &[T]) -> Self {
        Self(regions.iter().map(|_| OnceLock::new()).collect())
    }

    /// The distance in metres from a point to the border of the region of that index.
    fn distance_m(&self, index: u32, region: &Region, from: Wgs84) -> f64 {
        let border = || Border::of(&crs::to_rd(region.polygons()));
        self.0.get(index as usize).map_or(f64::INFINITY, |known| known.get_or_init(border).distance_m(from.to_rd()))
    }
}

impl<'a> Surroundings<'a> {
    /// The surroundings of `records`: what is known, and the records themselves.
    pub fn of(edition: &'a Edition, records: &[Record]) -> Self {
        let mut settlements: HashMap<(u32, String), Vec<u32>> = HashMap::new();
        for (index, entry) in (0..).zip(edition.settlements()) {
            settlements.entry((entry.municipality, fold(&entry.facts.name))).or_default().push(index);
        }
        let mut surroundings = Self {
            edition,
            settlements,
            known: HashMap::new(),
            given: HashMap::new(),
            postcodes: HashMap::new(),
            of_municipalities: Borders::of(edition.municipalities()),
            of_settlements: Borders::of(edition.settlements()),
        };
        for entry in edition.places() {
            surroundings.learn(&entry.facts);
        }
        surroundings.surround(records);
        surroundings
    }

    /// Holds what comes next against these records, and no others.
    pub(super) fn surround(&mut self, records: &[Record]) {
        self.given.clear();
        for record in records {
            if let (Some(location), Some(address)) = (record.location(), record.address()) {
                self.given.entry(spot(location)).or_default().push((address.clone(), record.at.label()));
            }
        }
    }

    /// Adds what is known of a place.
    pub(super) fn learn(&mut self, place: &Place) {
        if let Some((spot, address)) = at_address(place) {
            let there = self.known.entry(spot).or_default();
            there.insert(place.key.clone(), (address.clone(), place.name.clone()));
        }
        if let Some(digits) = digits_of(place) {
            let there = self.postcodes.entry(digits.to_owned()).or_default();
            *there.entry(place.municipality.clone()).or_default() += 1;
        }
    }

    /// Takes out what was known of a place.
    pub(super) fn unlearn(&mut self, place: &Place) {
        if let Some((spot, _)) = at_address(place)
            && let Some(there) = self.known.get_mut(&spot)
        {
            there.remove(&place.key);
        }
        if let Some(there) = digits_of(place).and_then(|digits| self.postcodes.get_mut(digits))
            && let Some(addresses) = there.get_mut(&place.municipality)
        {
            *addresses = addresses.saturating_sub(1);
            there.retain(|_, addresses| *addresses > 0);
        }
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
        if region.contains(at) || self.of_municipalities.distance_m(municipality, region, at) <= BORDER_M {
            return None;
        }
        let there = self.edition.municipality_at(at).map(|index| self.edition.municipality(index).facts.name.clone());
        Some(Suspicion::OutsideMunicipality(there))
    }

    fn far_from(&self, municipality: u32, settlements: &[&str], at: Wgs84) -> Option<Suspicion> {
        let named = settlements.iter().filter_map(|name| self.settlements.get(&(municipality, fold(name))));
        let away = named.flatten().map(|&index| {
            let region = &self.edition.settlement(index).region;
            if region.contains(at) { 0.0 } else { self.of_settlements.distance_m(index, region, at) }
        });
        let away_m = away.fold(f64::INFINITY, f64::min);
        // Infinite where no settlement of the name is known.
        (away_m.is_finite() && away_m > SETTLEMENT_M).then_some(Suspicion::OutsideSettlement(away_m))
    }

    fn shared(&self, record: &Record, location: &Location) -> Option<Suspicion> {
        let address = record.address()?;
        let spot = spot(location);
        let known = self.known.get(&spot).into_iter().flat_map(BTreeMap::values);
        let mut others = known.chain(self.given.get(&spot).into_iter().flatten());
        let other = others.find(|(other, _)| contradicts(address, other))?;
        Some(Suspicion::SharedPoint(other.1.clone()))
    }

    /// The municipalities in which addresses with these four digits are known; empty where there are none.
    pub fn municipalities_of_postcode(&self, postcode: &str) -> BTreeSet<&MunicipalityCode> {
        let there = postcode.get(..4).and_then(|digits| self.postcodes.get(digits));
        there.into_iter().flat_map(BTreeMap::keys).collect()
    }
}

/// Where the address of a place is, where both are known.
fn at_address(place: &Place) -> Option<((i64, i64), &Address)> {
    let location = place.location.as_ref().filter(|_| place.is_at_address())?;
    Some((spot(location), place.address.as_ref()?))
}

/// The first four digits of the postcode of a place.
fn digits_of(place: &Place) -> Option<&str> {
    place.address.as_ref()?.postcode.as_deref()?.get(..4)
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
