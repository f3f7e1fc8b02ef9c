//! What was found, put into the books: accepted points become claims, doubtful ones wait for a person.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    accept::{Hit, Verdict},
    choose::wanted_place,
    query::fingerprint,
    wanted::Wanted,
};
use crate::{
    claims::{
        PollingLists,
        reconcile::{remember, serve},
    },
    model::{
        Authority, Books, Claim, Facts, Geocoding, GeocodingState, Layer, Location, Place, PlaceSource, Provider,
        Source, Statement,
    },
};

/// The source of what PDOK Locatieserver finds.
pub const PDOK: &str = "pdok-locatieserver";

/// The layer of what it finds.
const LAYER: &str = "addresses";

/// What was done with what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// The books afterwards.
    pub books: Books,
    /// Keys of the places that have another location now, with where they were.
    pub located: Vec<(String, Option<Location>)>,
    /// Keys of the places about which a person has to say.
    pub waiting: Vec<String>,
    /// Keys of the places about which nothing of use was found.
    pub not_found: Vec<String>,
    /// Keys of the places that went, or whose address changed, while they were looked up.
    pub overtaken: Vec<String>,
}

impl Applied {
    /// That nothing was found.
    pub fn untouched(books: Books) -> Self {
        Self { books, located: Vec::new(), waiting: Vec::new(), not_found: Vec::new(), overtaken: Vec::new() }
    }
}

/// Takes back the points that were taken over from what is known for another address or village than the place has now; `None` where
/// there are none.
pub fn forget_outdated(books: &Books, now: DateTime<Utc>) -> Option<Books> {
    let is_outdated = |(key, found): &(&String, &Geocoding)| {
        let is_taken_over = found.provider == Provider::Offline && found.state == GeocodingState::Accepted;
        is_taken_over && wanted_place(books, key).is_some_and(|current| fingerprint(&current) != found.asked)
    };
    let outdated: Vec<(String, String)> = books
        .ledger
        .geocodings
        .iter()
        .filter(is_outdated)
        .map(|(key, found)| (key.clone(), found.source.clone()))
        .collect();
    if outdated.is_empty() {
        return None;
    }
    let mut applying = Applying::of(books, now);
    for (key, source) in outdated {
        applying.books.ledger.geocodings.remove(&key);
        applying.take_back(&key, &source);
    }
    Some(applying.finish())
}

/// Puts what was found into the books.
///
/// The books may be others than those of which the places were looked up: what has changed since is left alone.
pub fn apply(books: &Books, provider: Provider, found: &[(Wanted, Verdict)], now: DateTime<Utc>) -> Applied {
    let mut applying = Applying::of(books, now);
    let (mut located, mut waiting) = (Vec::new(), Vec::new());
    let (mut not_found, mut overtaken) = (Vec::new(), Vec::new());
    for (wanted, verdict) in found {
        let key = &wanted.place;
        let Some(current) = wanted_place(books, key).filter(|current| fingerprint(current) == fingerprint(wanted))
        else {
            overtaken.push(key.clone());
            continue;
        };
        match verdict {
            Verdict::Nothing => not_found.push(key.clone()),
            Verdict::Doubtful(hit, doubt) => {
                let reason = Some(doubt.to_string());
                applying.keep(&current, provider, hit, GeocodingState::Waiting(hit.location.clone()), reason);
                waiting.push(key.clone());
            }
            Verdict::Accepted(hit) if current.is_improved_by(&hit.location) => {
                applying.keep(&current, provider, hit, GeocodingState::Accepted, None);
                applying.state(key, current.authority, &hit.location);
                located.push((key.clone(), current.location));
            }
            // Somebody else was as good meanwhile.
            Verdict::Accepted(_) => overtaken.push(key.clone()),
        }
    }
    Applied { books: applying.finish(), located, waiting, not_found, overtaken }
}

/// Serves what waits for a person, or was rejected; `None` where nothing does.
pub fn accept(books: &Books, key: &str, now: DateTime<Utc>) -> Option<Books> {
    let current = wanted_place(books, key)?;
    let mut applying = Applying::of(books, now);
    let found = applying.books.ledger.geocodings.get_mut(key).filter(|found| found.asked == fingerprint(&current))?;
    match std::mem::replace(&mut found.state, GeocodingState::Accepted) {
        GeocodingState::Accepted => return None,
        GeocodingState::Waiting(location) | GeocodingState::Rejected(location) => {
            applying.state(key, current.authority, &location);
        }
    }
    Some(applying.finish())
}

/// Notes that what was found is wrong, and takes it back where it is served; `None` where nothing was found.
pub fn reject(books: &Books, key: &str, now: DateTime<Utc>) -> Option<Books> {
    let mut applying = Applying::of(books, now);
    let location = applying.books.ledger.found_at(key)?.clone();
    let found = applying.books.ledger.geocodings.get_mut(key)?;
    match std::mem::replace(&mut found.state, GeocodingState::Rejected(location)) {
        GeocodingState::Rejected(_) => return None,
        GeocodingState::Waiting(_) => {}
        GeocodingState::Accepted => {
            let source = found.source.clone();
            applying.take_back(key, &source);
        }
    }
    Some(applying.finish())
}

struct Applying {
    books: Books,
    places: BTreeMap<String, Place>,
    links: BTreeMap<String, Vec<PlaceSource>>,
    now: DateTime<Utc>,
}

impl Applying {
    fn of(books: &Books, now: DateTime<Utc>) -> Self {
        let mut links: BTreeMap<String, Vec<PlaceSource>> = BTreeMap::new();
        for link in &books.facts.place_sources {
            links.entry(link.place.clone()).or_default().push(link.clone());
        }
        let places = books.facts.places.iter().map(|place| (place.key.clone(), place.clone())).collect();
        Self { books: books.clone(), places, links, now }
    }

    fn keep(&mut self, wanted: &Wanted, provider: Provider, hit: &Hit, state: GeocodingState, reason: Option<String>) {
        let found = Geocoding {
            provider,
            source: hit.source.clone().unwrap_or_else(|| PDOK.to_owned()),
            asked: fingerprint(wanted),
            matched: hit.matched.clone(),
            score: hit.score,
            found_on: self.now.date_naive(),
            nummeraanduiding: hit.nummeraanduiding.clone(),
            adresseerbaar_object: hit.adresseerbaar_object.clone(),
            state,
            reason,
        };
        self.books.ledger.geocodings.insert(wanted.place.clone(), found);
    }

    /// Serves a location under the source of what was found.
    fn state(&mut self, key: &str, authority: Authority, location: &Location) {
        let Some(place) = self.places.get(key) else { return };
        let Some(source) = self.books.ledger.geocodings.get(key).map(|found| found.source.clone()) else { return };
        remember(&mut self.books.ledger, place, self.links.get(key).map(Vec::as_slice).unwrap_or_default());
        let statement = Statement::Location(location.clone());
        // Not dated: that the address is there does not confirm that the place is.
        self.books.ledger.places.note(Claim {
            subject: key.to_owned(),
            source: source.clone(),
            authority,
            statement,
            stated: None,
        });
        name_source(&mut self.books.facts, &source, self.now.date_naive());
        self.serve(key);
    }

    fn take_back(&mut self, key: &str, source: &str) {
        let is_its = |claim: &Claim<Statement>| claim.source == source && claim.statement.key() == "location";
        self.books.ledger.places.take_out(key, is_its);
        self.serve(key);
    }

    fn serve(&mut self, key: &str) {
        let Some(place) = self.places.get(key) else { return };
        let links = self.links.get(key).map(Vec::as_slice).unwrap_or_default();
        let municipality = place.municipality.clone();
        let lists = PollingLists::of(&self.books.facts.sources);
        let (place, links) = serve(&mut self.books.ledger, key, &municipality, Some((place, links)), &lists, self.now);
        self.places.insert(key.to_owned(), place);
        self.links.insert(key.to_owned(), links);
    }

    fn finish(mut self) -> Books {
        self.books.facts.places = self.places.into_values().collect();
        self.books.facts.place_sources = self.links.into_values().flatten().collect();
        Books { facts: self.books.facts.in_order(), ledger: self.books.ledger }
    }
}

/// Sees that a source is there to be referred to, and with PDOK's the layer that carries its licence.
fn name_source(facts: &mut Facts, id: &str, today: NaiveDate) {
    let licence = || "CC-BY-4.0".to_owned();
    let source = match id {
        PDOK => Source {
            id: id.to_owned(),
            layer: LAYER.to_owned(),
            title: "PDOK Locatieserver (BAG), Kadaster".to_owned(),
            url: Some("https://www.pdok.nl/pdok-locatieserver".to_owned()),
            licence: Some(licence()),
            published: None,
            retrieved: Some(today),
        },
        _ if facts.sources.iter().any(|source| source.id == id) => return,
        _ => Source {
            id: id.to_owned(),
            layer: "settlements".to_owned(),
            title: "BRT TOP10NL Plaats (Kadaster)".to_owned(),
            url: None,
            licence: Some(licence()),
            published: None,
            retrieved: None,
        },
    };
    facts.sources.retain(|other| other.id != id);
    facts.sources.push(source);
    if id == PDOK {
        facts.layers.retain(|layer| layer.key != LAYER);
        facts.layers.push(Layer {
            key: LAYER.to_owned(),
            title: "Ligging van adressen (BAG, via PDOK Locatieserver)".to_owned(),
            licence: licence(),
            licence_url: Some("https://creativecommons.org/licenses/by/4.0/deed.nl".to_owned()),
            attribution: "Bron: Kadaster/PDOK".to_owned(),
            reference_date: Some(today.into()),
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        claims::{At, Intake, Record, Sender},
        edition::{Edition, PlaceFilter, coverage::Bound},
        geocode::{Only, wanted},
        model::{Address, vocabulary::LocationPrecision},
        spatial::Rd,
    };

    static BOOKS: LazyLock<Books> = LazyLock::new(crate::testing::books);

    fn now() -> DateTime<Utc> {
        "2026-12-01T09:00:00Z".parse().unwrap()
    }

    fn hit(lon: f64, lat: f64, precision: LocationPrecision, radius_m: f64) -> Hit {
        Hit {
            location: Location { lon, lat, precision, uncertainty_radius_m: radius_m, outline: None },
            matched: "Laan 1, 7777ZZ Ergens".to_owned(),
            score: Some(1.0),
            source: None,
            nummeraanduiding: None,
            adresseerbaar_object: None,
        }
    }

    fn place<'a>(books: &'a Books, key: &str) -> &'a Place {
        books.facts.places.iter().find(|place| place.key == key).unwrap()
    }

    /// A place that stands in the middle of its village and has a street.
    fn coarse() -> Wanted {
        let wanted = wanted(&BOOKS, Only::CoarserThanAddress);
        wanted
            .into_iter()
            .find(|wanted| wanted.address.as_ref().is_some_and(|address| address.street.is_some()))
            .unwrap()
    }

    fn accepted(books: &Books, wanted: &Wanted, hit: Hit) -> Applied {
        apply(books, Provider::Pdok, &[(wanted.clone(), Verdict::Accepted(hit))], now())
    }

    #[test]
    fn a_location_replaces_only_a_coarser_one() {
        let wanted = coarse();
        let at = wanted.location.clone().unwrap();
        for (precision, radius_m, is_taken) in [
            (LocationPrecision::Address, 0.0, true),
            (LocationPrecision::Street, at.uncertainty_radius_m - 1.0, true),
            (LocationPrecision::Street, at.uncertainty_radius_m + 1.0, false),
            (at.precision, 1.0, false),
            (LocationPrecision::Settlement, 1.0, false),
        ] {
            let applied = accepted(&BOOKS, &wanted, hit(at.lon + 0.001, at.lat, precision, radius_m));
            assert_eq!(applied.located.len(), usize::from(is_taken), "{precision:?} ±{radius_m}");
            assert_eq!(applied.books == *BOOKS, !is_taken, "{precision:?} ±{radius_m}");
        }
    }

    #[test]
    fn what_changed_meanwhile_is_left_alone() {
        let mut wanted = coarse();
        let at = wanted.location.clone().unwrap();
        let exact = || hit(at.lon, at.lat, LocationPrecision::Address, 0.0);
        wanted.address = Some(Address { street: None, house_number: None, postcode: Some("9999 ZZ".to_owned()) });
        let applied = accepted(&BOOKS, &wanted, exact());
        assert_eq!((&applied.overtaken, applied.books == *BOOKS), (&vec![wanted.place.clone()], true));
    }

    #[test]
    fn a_point_goes_with_the_address_for_which_it_was_looked_up() {
        let wanted = coarse();
        let at = wanted.location.clone().unwrap();
        let books = accepted(&BOOKS, &wanted, hit(at.lon + 0.001, at.lat, LocationPrecision::Address, 0.0)).books;
        assert!(place(&books, &wanted.place).is_at_address());
        let told = |street: &str| {
            let address =
                Address { street: Some(street.to_owned()), house_number: Some("77".to_owned()), postcode: None };
            let record = Record {
                at: At { file: "x.csv".into(), sheet: None, row: 2 },
                key: Some(wanted.place.clone()),
                municipality: None,
                may_be_new: true,
                stated: None,
                statements: vec![Statement::Address(address)],
                cleared: Vec::new(),
            };
            let sender = Sender {
                source: Source {
                    id: "municipality".to_owned(),
                    layer: books.facts.layers[0].key.clone(),
                    title: "Opgave".to_owned(),
                    url: None,
                    licence: None,
                    published: None,
                    retrieved: None,
                },
                authority: Authority::Municipality,
                layer: books.facts.layers[0].clone(),
                may_repeat: false,
                is_inventory: false,
                only_recognises: false,
                is_whole: false,
                restates: false,
            };
            let edition = Edition::build(books.facts.clone()).unwrap();
            let mut intake = Intake::of(&books, &edition, now());
            intake.take(&sender, &[record]);
            intake.into_books()
        };
        let moved = told("Heel Andere Straat");
        assert_eq!(place(&moved, &wanted.place).location, wanted.location, "what was known before");
        assert!(!moved.ledger.geocodings.contains_key(&wanted.place));
        let street = wanted.address.as_ref().unwrap().street.clone().unwrap();
        if wanted.address.as_ref().unwrap().house_number.is_none() {
            let told = told(&street);
            assert!(place(&told, &wanted.place).is_at_address(), "the same street, now with its number");
        }
    }

    #[test]
    fn a_point_speaks_with_the_voice_of_its_address() {
        let mut books = BOOKS.clone();
        let wanted = coarse();
        let key = &wanted.place;
        let base = place(&books, key).clone();
        remember(&mut books.ledger, &base, &[]);
        books.ledger.places.note(Claim {
            subject: key.clone(),
            source: "municipality".to_owned(),
            authority: Authority::Municipality,
            statement: Statement::Address(base.address.unwrap()),
            stated: None,
        });
        assert_eq!(wanted.authority, Authority::Web);
        assert_eq!(wanted_place(&books, key).unwrap().authority, Authority::Municipality);
    }

    /// How many people surely have a place near, at two distances.
    fn at_least(books: &Books) -> [f64; 2] {
        let edition = Edition::build(books.facts.clone()).unwrap();
        [1_000.0, 2_500.0].map(|reach_m| {
            edition.coverage(reach_m, &PlaceFilter::default(), None).figures(Bound::AtLeast, |_| true).covered
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

        // A finer location within the circle of the coarser one: what surely was within reach still is.
        #[test]
        fn no_location_gets_coarser_and_no_sure_coverage_falls(
            draws in prop::collection::vec((0.0..1.0_f64, 0.0..std::f64::consts::TAU, 0..3_u8, 0.0..1.0_f64), 97),
        ) {
            let found: Vec<(Wanted, Verdict)> = wanted(&BOOKS, Only::CoarserThanAddress)
                .into_iter()
                .zip(draws)
                .map(|(wanted, (distance, angle, kind, share))| {
                    let at = wanted.location.clone().unwrap();
                    let (precision, radius_m) = match kind {
                        0 => (LocationPrecision::Address, 0.0),
                        1 => (LocationPrecision::Street, at.uncertainty_radius_m * share),
                        _ => (LocationPrecision::Settlement, at.uncertainty_radius_m * 3.0),
                    };
                    let from = crate::spatial::Wgs84 { lon: at.lon, lat: at.lat }.to_rd();
                    let away_m = distance * (at.uncertainty_radius_m - radius_m).max(0.0);
                    let point = Rd { x: from.x + away_m * angle.cos(), y: from.y + away_m * angle.sin() }.to_wgs84();
                    (wanted, Verdict::Accepted(hit(point.lon, point.lat, precision, radius_m)))
                })
                .collect();
            let applied = apply(&BOOKS, Provider::Pdok, &found, now());
            prop_assert!(!applied.located.is_empty());
            for (before, after) in BOOKS.facts.places.iter().zip(&applied.books.facts.places) {
                let (was, is) = (before.location.as_ref().unwrap(), after.location.as_ref().unwrap());
                prop_assert!(is.precision <= was.precision && is.uncertainty_radius_m <= was.uncertainty_radius_m);
                prop_assert_eq!((&before.address, &before.last_confirmed), (&after.address, &after.last_confirmed));
            }
            let (before, after) = (at_least(&BOOKS), at_least(&applied.books));
            // The two conversions between degrees and metres are a hair apart.
            prop_assert!(after[0] >= before[0] - 1e-6 && after[1] >= before[1] - 1e-6, "{before:?} {after:?}");
        }
    }
}
