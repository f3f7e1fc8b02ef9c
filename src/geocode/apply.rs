//! What was found, put into the books: accepted points become claims, doubtful ones wait for a person.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Wanted,
    accept::{Hit, Verdict},
    query::fingerprint,
    wanted_place,
};
use crate::{
    ingest::serve::{remember, serve},
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
                applying.keep(&current, provider, hit, GeocodingState::Waiting, reason);
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
    let found = applying.books.ledger.geocodings.get_mut(key)?;
    if found.state == GeocodingState::Accepted || found.asked != fingerprint(&current) {
        return None;
    }
    found.state = GeocodingState::Accepted;
    let location = found.location.clone();
    applying.state(key, current.authority, &location);
    Some(applying.finish())
}

/// Notes that what was found is wrong, and takes it back where it is served; `None` where nothing was found.
pub fn reject(books: &Books, key: &str, now: DateTime<Utc>) -> Option<Books> {
    let mut applying = Applying::of(books, now);
    let found = applying.books.ledger.geocodings.get_mut(key)?;
    let was = std::mem::replace(&mut found.state, GeocodingState::Rejected);
    if was == GeocodingState::Rejected {
        return None;
    }
    if was == GeocodingState::Accepted {
        let source = found.source.clone();
        applying.take_back(key, &source);
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
            location: hit.location.clone(),
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
        self.books.ledger.note(Claim {
            place: key.to_owned(),
            source: source.clone(),
            authority,
            statement,
            stated: None,
        });
        name_source(&mut self.books.facts, &source, self.now.date_naive());
        self.serve(key);
    }

    fn take_back(&mut self, key: &str, source: &str) {
        if let Some(claims) = self.books.ledger.claims.get_mut(key) {
            claims.retain(|claim| claim.source != source || claim.statement.key() != "location");
        }
        self.serve(key);
    }

    fn serve(&mut self, key: &str) {
        let Some(place) = self.places.get(key) else { return };
        let links = self.links.get(key).map(Vec::as_slice).unwrap_or_default();
        let municipality = place.municipality.clone();
        let (place, links) = serve(&mut self.books.ledger, key, &municipality, Some((place, links)), self.now);
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
            title: "PDOK Locatieserver (BAG), Kadaster".to_owned(),
            url: Some("https://www.pdok.nl/pdok-locatieserver".to_owned()),
            licence: Some(licence()),
            published: None,
            retrieved: Some(today),
        },
        _ if facts.sources.iter().any(|source| source.id == id) => return,
        _ => Source {
            id: id.to_owned(),
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
