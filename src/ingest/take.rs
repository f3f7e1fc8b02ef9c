//! Takes records into the books: the one way in which a place changes.
//!
//! Pure: the same books and records give the same books, whatever the database. A record that cannot be taken is told and
//! left out; it never takes the others with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    edition::Edition,
    model::{
        Authority, Books, Claim, Layer, MunicipalityCode, Pair, PairKey, Place, PlaceSource, Source, Statement,
        vocabulary::PlaceStatus,
    },
    search::fold,
    spatial::Wgs84,
};

use super::{
    check::{Surroundings, Suspicion},
    matching::{Identity, Likeness, Match, Register},
    retract::{forget, forget_if_unclaimed, is_named, retract},
    serve::{remember, serve},
};

/// How a pair of an element of a map and the place that it was taken for is told from those that look alike.
pub const SAME_ELEMENT: &str = "same-element";

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// Name of the file.
    pub file: Arc<str>,
    /// Name of the sheet, where there are sheets; of a map the element.
    pub sheet: Option<Arc<str>>,
    /// Number of the row, as a spreadsheet shows it; 0 where there are no rows.
    pub row: u32,
}

impl At {
    /// The element of a map, `way/123`.
    pub(super) fn element(&self) -> Option<&str> {
        self.sheet.as_deref().filter(|_| self.row == 0)
    }

    /// What a sentence calls it.
    pub(super) fn label(&self) -> String {
        match self.element() {
            Some(element) => format!("{}, {element}", self.file),
            None => format!("{}, rij {}", self.file, self.row),
        }
    }
}

/// What a file says of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it stands.
    pub at: At,
    /// The key of the place, where the file gives it.
    pub key: Option<String>,
    /// The municipality, where the file gives it.
    pub municipality: Option<MunicipalityCode>,
    /// Whether it is about a meeting place also where none is known; else it is passed over then.
    pub may_be_new: bool,
    /// The day on which it was said; `None`: that of the import.
    pub stated: Option<NaiveDate>,
    /// What it says.
    pub statements: Vec<Statement>,
}

/// Who sends the records.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    /// The source under which its claims are kept.
    pub source: Source,
    /// How much its word counts.
    pub authority: Authority,
    /// The layer of data that it belongs to.
    pub layer: Layer,
    /// Whether several records may be one place, as polling stations in one building are.
    pub may_repeat: bool,
    /// Whether it tells of a municipality every place that there is, so that one it does not name is worth a word.
    pub is_inventory: bool,
    /// Whether its names and addresses only serve to recognise a known place, and are not among what it says of it.
    pub only_recognises: bool,
    /// Whether the records are all that it says, so that what it said before and does not say now is taken back.
    pub is_whole: bool,
}

/// Why a record, or a part of it, was not taken, or what else is to be told of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Concern {
    /// Neither municipality nor key of a known place.
    NoMunicipality,
    /// A code of no municipality that is known.
    UnknownMunicipality(MunicipalityCode),
    /// No place has the key.
    UnknownKey(String),
    /// The place of the key lies in another municipality, that of the code.
    OtherMunicipality(String, MunicipalityCode),
    /// A new place without a name or a settlement.
    Nameless,
    /// The same place as on another row.
    Repeated(u32),
    /// It may be one of these places, and a person has to say.
    Doubtful(Vec<(String, Likeness)>),
    /// The place of that key was withdrawn for somebody's privacy.
    Withdrawn(String),
    /// The sender said otherwise on a later day, and that stands.
    Older,
    /// The point was left out.
    Location(Suspicion),
    /// The postcode is known in other municipalities only.
    Postcode(String),
    /// The record, by the key under which a person can decide on it, was taken for the place of that key.
    Recognised(PairKey, Likeness),
}

/// What an import did.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The books afterwards.
    pub books: Books,
    /// What is to be told, in the order of the records.
    pub concerns: Vec<(At, Concern)>,
    /// Keys of the places that were not known before.
    pub added: BTreeSet<String>,
    /// Keys of the places that are served otherwise than before, with the keys of what differs.
    pub changed: BTreeMap<String, Vec<Difference>>,
    /// Keys of the places of which everything that was said was known.
    pub confirmed: BTreeSet<String>,
    /// Keys of open places of the municipalities in the file that it does not name.
    pub missing: BTreeSet<String>,
    /// Keys of the places of which the sender took something back.
    pub taken_back: BTreeSet<String>,
    /// How many records were not taken.
    pub refused: usize,
    /// How many were about something that is no meeting place, as far as is known.
    pub passed_over: usize,
}

/// A property that is served otherwise than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The key of the statement.
    pub key: String,
    /// What was served, if anything.
    pub before: Option<Statement>,
    /// What is served now, if anything.
    pub after: Option<Statement>,
}

/// Takes `records` of `sender` into the books of which `edition` was built.
///
/// What was not dated counts as said on the day of `now`.
pub fn take(books: &Books, edition: &Edition, sender: &Sender, records: &[Record], now: DateTime<Utc>) -> Taken {
    let mut taking = Taking {
        surroundings: Surroundings::of(edition, records),
        edition,
        sender,
        now,
        served: books.facts.places.iter().map(|place| (place.key.clone(), place.clone())).collect(),
        links: links_by_place(books),
        register: Register::of(&books.facts.places),
        ledger: books.ledger.clone(),
        rows: BTreeMap::new(),
        said: BTreeSet::new(),
        asked: BTreeSet::new(),
        concerns: Vec::new(),
        refused: 0,
        passed_over: 0,
    };
    let mut heard = BTreeSet::new();
    for record in records {
        match taking.take(record) {
            Ok(Some(key)) => drop(heard.insert(key)),
            Ok(None) => taking.passed_over += 1,
            Err(concern) => {
                taking.concerns.push((record.at.clone(), concern));
                taking.refused += 1;
            }
        }
    }
    taking.finish(books, heard)
}

fn links_by_place(books: &Books) -> BTreeMap<String, Vec<PlaceSource>> {
    let mut links: BTreeMap<String, Vec<PlaceSource>> = BTreeMap::new();
    for link in &books.facts.place_sources {
        links.entry(link.place.clone()).or_default().push(link.clone());
    }
    links
}

struct Taking<'a> {
    surroundings: Surroundings<'a>,
    edition: &'a Edition,
    sender: &'a Sender,
    now: DateTime<Utc>,
    served: BTreeMap<String, Place>,
    links: BTreeMap<String, Vec<PlaceSource>>,
    register: Register,
    ledger: crate::model::Ledger,
    /// The row in which a place was named.
    rows: BTreeMap<String, u32>,
    /// Place and statement, by key, of all that was said now.
    said: BTreeSet<(String, String)>,
    /// What identifies the records that had to be recognised.
    asked: BTreeSet<String>,
    concerns: Vec<(At, Concern)>,
    refused: usize,
    passed_over: usize,
}

impl Taking<'_> {
    /// The key of the place that the record was taken for; `None`: it is about no meeting place.
    fn take(&mut self, record: &Record) -> Result<Option<String>, Concern> {
        let Some((key, municipality)) = self.place_of(record)? else { return Ok(None) };
        if let Some(row) = self.rows.get(&key)
            && !self.sender.may_repeat
        {
            return Err(Concern::Repeated(*row));
        }
        self.rows.entry(key.clone()).or_insert(record.at.row);
        let known = self.served.get(&key).map(|place| place.settlement.as_str());
        let settlements: Vec<&str> = record.settlement().into_iter().chain(known).collect();
        let suspicion = self.surroundings.suspicion(record, &municipality, &settlements);
        self.tell_postcode(record, &municipality);

        let introduces = self.introduces(&key);
        let counts = |statement: &Statement| match statement {
            Statement::Name(_) | Statement::Settlement(_) | Statement::Municipality(_) => introduces,
            Statement::AlternativeName(_)
            | Statement::Neighbourhood(_)
            | Statement::Address(_)
            | Statement::Location(_) => !self.sender.only_recognises,
            _ => true,
        };
        let stated = Some(record.stated.unwrap_or_else(|| self.now.date_naive()));
        let municipality_said = Statement::Municipality(municipality.clone());
        let statements = record.statements.iter().filter(|statement| match statement {
            Statement::Municipality(_) => false,
            Statement::Location(_) => suspicion.is_none(),
            _ => true,
        });
        let mut is_older = false;
        let former_name = self.former_name(&key, record, stated);
        let statements: Vec<Statement> =
            statements.chain([&municipality_said]).cloned().chain(former_name).filter(counts).collect();
        if statements.is_empty() {
            return Ok(Some(key));
        }
        if let Some(place) = self.served.get(&key) {
            remember(&mut self.ledger, place, self.links.get(&key).map(Vec::as_slice).unwrap_or_default());
        }
        for statement in statements {
            // Of several records of one place the first is heard; the others only add to it.
            if !self.said.insert((key.clone(), statement.key())) && self.sender.may_repeat {
                continue;
            }
            let is_noted = self.ledger.note(Claim {
                place: key.clone(),
                source: self.sender.source.id.clone(),
                authority: self.sender.authority,
                statement,
                stated,
            });
            is_older |= !is_noted;
        }
        if is_older {
            self.concerns.push((record.at.clone(), Concern::Older));
        }
        if let Some(suspicion) = suspicion {
            self.concerns.push((record.at.clone(), Concern::Location(suspicion)));
        }
        self.serve(&key, &municipality);
        self.remember_element(record, &key);
        Ok(Some(key))
    }

    /// Whether the sender's word on name and whereabouts of the place counts: it was the first to name it, or it is one
    /// whose word on that always does.
    fn introduces(&self, key: &str) -> bool {
        let own =
            |claim: &Claim| claim.source == self.sender.source.id && matches!(claim.statement, Statement::Name(_));
        !self.sender.only_recognises
            || !self.served.contains_key(key)
            || self.ledger.claims.get(key).is_some_and(|claims| claims.iter().any(own))
    }

    /// Takes back what the sender said before and does not say now; a place that nobody else named goes with it.
    fn take_back(&mut self) -> BTreeSet<String> {
        let mut taken_back = BTreeSet::new();
        if !self.sender.is_whole {
            return taken_back;
        }
        for key in retract(&mut self.ledger, &self.sender.source.id, &self.said, &self.asked) {
            match self.served.get(&key).map(|place| place.municipality.clone()) {
                Some(municipality) if is_named(&self.ledger, &key) => {
                    self.serve(&key, &municipality);
                    forget_if_unclaimed(&mut self.ledger, &key);
                }
                _ => {
                    self.served.remove(&key);
                    self.links.remove(&key);
                    forget(&mut self.ledger, &key);
                }
            }
            taken_back.insert(key);
        }
        taken_back
    }

    /// Keeps for which place an element of a map was taken.
    fn remember_element(&mut self, record: &Record, place: &str) {
        let Some(element) = record.at.element() else { return };
        let source = self.sender.source.id.clone();
        let key = PairKey { record: format!("{source}/{element}"), place: place.to_owned() };
        self.ledger.pairs.entry(key).or_insert_with(|| Pair {
            source,
            label: String::new(),
            likeness: SAME_ELEMENT.to_owned(),
            same: Some(true),
            decided: None,
        });
    }

    /// Whether an element of a map was taken for that place before.
    fn is_same_element(&self, record: &Record, place: &str) -> bool {
        record.at.element().is_some_and(|element| {
            let record = format!("{}/{element}", self.sender.source.id);
            let pair = self.ledger.pairs.get(&PairKey { record, place: place.to_owned() });
            pair.is_some_and(|pair| pair.same == Some(true))
        })
    }

    /// The name that the sender gave before, which stays one of the names.
    fn former_name(&self, key: &str, record: &Record, stated: Option<NaiveDate>) -> Option<Statement> {
        let now = record.name()?;
        let claims = self.ledger.claims.get(key)?;
        // A name that was given on a later day is not a former one.
        let own = claims.iter().filter(|claim| claim.source == self.sender.source.id && claim.stated <= stated);
        let mut names =
            own.filter_map(|claim| if let Statement::Name(name) = &claim.statement { Some(name) } else { None });
        // Polling lists and maps spell names as it suits them.
        let is_heard = self.sender.authority >= Authority::Web;
        names.find(|name| is_heard && fold(name) != fold(now)).cloned().map(Statement::AlternativeName)
    }

    /// The place that a record is about, known or new.
    fn place_of(&mut self, record: &Record) -> Result<Option<(String, MunicipalityCode)>, Concern> {
        if let Some(key) = &record.key {
            let Some(place) = self.served.get(key) else {
                let withdrawn = self.ledger.withdrawn.contains(key);
                return Err(if withdrawn { Concern::Withdrawn(key.clone()) } else { Concern::UnknownKey(key.clone()) });
            };
            return match &record.municipality {
                Some(stated) if *stated != place.municipality => {
                    Err(Concern::OtherMunicipality(key.clone(), place.municipality.clone()))
                }
                _ => Ok(Some((key.clone(), place.municipality.clone()))),
            };
        }
        let municipality = record.municipality.clone().ok_or(Concern::NoMunicipality)?;
        if self.edition.municipality_by_code(&municipality).is_none() {
            return Err(Concern::UnknownMunicipality(municipality));
        }
        let name = record.name().ok_or(Concern::Nameless)?;
        let settlement = record.settlement().unwrap_or_default();
        let at = record.location().map(|location| Wgs84 { lon: location.lon, lat: location.lat });
        let identity = Identity::new(record.names(), settlement, record.address().cloned(), at);
        let fingerprint = format!("{municipality}/{}/{}", fold(name), fold(settlement));
        self.asked.insert(fingerprint.clone());
        let pair_with = |place: &str| PairKey { record: fingerprint.clone(), place: place.to_owned() };
        let pairs = &self.ledger.pairs;
        let decided = |place: &str| pairs.get(&pair_with(place)).and_then(|pair| pair.same);
        let found = match self.register.find(&municipality, &identity, decided) {
            // What was renamed, or has moved, is what it was; where neither name nor address agree it is not among these.
            Match::Doubtful(candidates) => {
                let same = candidates.iter().find(|(place, _)| self.is_same_element(record, place));
                same.map(|(place, likeness)| Match::Known(place.clone(), *likeness))
                    .unwrap_or(Match::Doubtful(candidates))
            }
            found => found,
        };
        match found {
            Match::Known(key, likeness) => {
                if decided(&key).is_none() && self.served.get(&key).is_some_and(|place| place.name != name) {
                    self.concerns.push((record.at.clone(), Concern::Recognised(pair_with(&key), likeness)));
                }
                Ok(Some((key, municipality)))
            }
            Match::Doubtful(_) | Match::New if !record.may_be_new => Ok(None),
            Match::Doubtful(candidates) => {
                let label = [Some(name.to_owned()), record.address().map(|address| address.line(settlement))];
                let label = label.into_iter().flatten().collect::<Vec<_>>().join(", ");
                for (place, likeness) in &candidates {
                    self.ledger.pairs.entry(pair_with(place)).or_insert_with(|| Pair {
                        source: self.sender.source.id.clone(),
                        label: label.clone(),
                        likeness: likeness.code().to_owned(),
                        same: None,
                        decided: None,
                    });
                }
                Err(Concern::Doubtful(candidates))
            }
            Match::New if settlement.is_empty() => Err(Concern::Nameless),
            Match::New => match self.new_key(name, settlement) {
                // Only its key is left to know it by.
                key if self.ledger.withdrawn.contains(&key) => Err(Concern::Withdrawn(key)),
                key => Ok(Some((key, municipality))),
            },
        }
    }

    /// The name and the settlement, unless the name ends in it; with a number where that is taken.
    fn new_key(&self, name: &str, settlement: &str) -> String {
        let (name, settlement) = (fold(name), fold(settlement));
        let text = if name.ends_with(&settlement) { name } else { format!("{name} {settlement}") };
        let key = text.replace(' ', "-");
        let taken = |key: &String| self.served.contains_key(key) || self.ledger.claims.contains_key(key);
        let numbered = (2..).map(|number| format!("{key}-{number}"));
        std::iter::once(key.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or(key)
    }

    fn tell_postcode(&mut self, record: &Record, municipality: &MunicipalityCode) {
        let postcode = record.address().and_then(|address| address.postcode.clone());
        let Some(postcode) = postcode else { return };
        let known = self.surroundings.municipalities_of_postcode(&postcode);
        if !known.is_empty() && !known.contains(municipality) {
            self.concerns.push((record.at.clone(), Concern::Postcode(postcode)));
        }
    }

    /// Decides anew what is served of a place.
    fn serve(&mut self, key: &str, municipality: &MunicipalityCode) {
        let before = self.served.get(key).zip(self.links.get(key).map(Vec::as_slice).or(Some(&[])));
        let (place, sources) = serve(&mut self.ledger, key, municipality, before, self.now);
        self.register.add(&place);
        self.links.insert(key.to_owned(), sources);
        self.served.insert(key.to_owned(), place);
    }

    fn finish(mut self, before: &Books, heard: BTreeSet<String>) -> Taken {
        let taken_back = self.take_back();
        let mut facts = before.facts.clone();
        let was: BTreeMap<&str, &Place> = before.facts.places.iter().map(|place| (place.key.as_str(), place)).collect();
        let (mut added, mut changed, mut confirmed) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        for key in &heard {
            match (was.get(key.as_str()), self.served.get(key)) {
                (None, _) => drop(added.insert(key.clone())),
                (Some(before), Some(after)) => {
                    let differences = differences(before, after);
                    if differences.is_empty() {
                        confirmed.insert(key.clone());
                    } else {
                        changed.insert(key.clone(), differences);
                    }
                }
                (Some(_), None) => {}
            }
        }
        let covered: BTreeSet<&MunicipalityCode> =
            heard.iter().filter_map(|key| self.served.get(key)).map(|place| &place.municipality).collect();
        let missing = self.served.values().filter(|place| {
            self.sender.is_inventory
                && covered.contains(&place.municipality)
                && place.status != Some(PlaceStatus::Closed)
                && !heard.contains(&place.key)
        });
        let missing = missing.map(|place| place.key.clone()).collect();
        if !heard.is_empty() {
            match facts.sources.iter_mut().find(|source| source.id == self.sender.source.id) {
                Some(source) => {
                    let published = self.sender.source.published.clone().max(source.published.take());
                    *source = Source { published, ..self.sender.source.clone() };
                }
                None => facts.sources.push(self.sender.source.clone()),
            }
            // What is told of a layer that is known stays.
            if !facts.layers.iter().any(|layer| layer.key == self.sender.layer.key) {
                facts.layers.push(self.sender.layer.clone());
            }
        }
        facts.places = self.served.into_values().collect();
        facts.place_sources = self.links.into_values().flatten().collect();
        let books = Books { facts: facts.in_order(), ledger: self.ledger };
        Taken {
            books,
            concerns: self.concerns,
            added,
            changed,
            confirmed,
            missing,
            taken_back,
            refused: self.refused,
            passed_over: self.passed_over,
        }
    }
}

/// What is served of a place otherwise than before.
pub fn differences(before: &Place, after: &Place) -> Vec<Difference> {
    let by_key = |place: &Place| -> BTreeMap<String, Statement> {
        place.statements().into_iter().map(|statement| (statement.key(), statement)).collect()
    };
    let (mut before, mut after) = (by_key(before), by_key(after));
    let keys: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let pairs = keys.into_iter().map(|key| Difference { before: before.remove(&key), after: after.remove(&key), key });
    pairs.filter(|difference| !is_same(difference.before.as_ref(), difference.after.as_ref())).collect()
}

/// A kind that was read from the name and is now stated is confirmed, not changed.
fn is_same(before: Option<&Statement>, after: Option<&Statement>) -> bool {
    match (before, after) {
        (Some(Statement::KindFromName(before)), Some(Statement::Kind(after))) => before == after,
        _ => before == after,
    }
}

impl Record {
    /// The name that the record gives.
    pub fn name(&self) -> Option<&str> {
        self.statements.iter().find_map(|statement| match statement {
            Statement::Name(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The settlement that the record gives.
    pub fn settlement(&self) -> Option<&str> {
        self.statements.iter().find_map(|statement| match statement {
            Statement::Settlement(settlement) => Some(settlement.as_str()),
            _ => None,
        })
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.statements.iter().filter_map(|statement| match statement {
            Statement::Name(name) | Statement::AlternativeName(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::{
        model::{
            Address, Ledger, Location,
            vocabulary::{FacilityType, LocationPrecision, PlaceKind},
        },
        seed,
    };

    static BOOKS: LazyLock<Books> = LazyLock::new(|| Books { facts: seed::read().unwrap(), ledger: Ledger::default() });
    static EDITION: LazyLock<Edition> = LazyLock::new(|| edition(&BOOKS));

    fn edition(books: &Books) -> Edition {
        Edition::build(books.facts.clone()).unwrap()
    }

    fn now() -> DateTime<Utc> {
        "2026-12-01T09:00:00Z".parse().unwrap()
    }

    fn sender(id: &str, authority: Authority) -> Sender {
        let source = Source {
            id: id.to_owned(),
            title: format!("Opgave {id}"),
            url: None,
            licence: Some("CC0-1.0".to_owned()),
            published: None,
            retrieved: None,
        };
        let layer = BOOKS.facts.layers[0].clone();
        Sender {
            source,
            authority,
            layer,
            may_repeat: authority == Authority::PollingPlaces,
            is_inventory: true,
            only_recognises: false,
            is_whole: false,
        }
    }

    fn municipality() -> Sender {
        sender("municipality-GM0148", Authority::Municipality)
    }

    fn record(row: u32, statements: Vec<Statement>) -> Record {
        let at = At { file: "dalfsen.csv".into(), sheet: None, row };
        Record {
            at,
            key: None,
            municipality: Some("GM0148".parse().unwrap()),
            may_be_new: true,
            stated: None,
            statements,
        }
    }

    /// As a clerk sends them back, who states what was read from a name.
    fn as_records(places: impl Iterator<Item = Place>) -> Vec<Record> {
        let stated = |statement| match statement {
            Statement::KindFromName(kind) => Statement::Kind(kind),
            other => other,
        };
        let record = |(row, place): (u32, Place)| {
            let statements = place.statements().into_iter().map(stated).collect();
            Record { key: Some(place.key.clone()), municipality: None, ..record(row, statements) }
        };
        (2..).zip(places).map(record).collect()
    }

    fn of_dalfsen() -> Vec<Record> {
        as_records(BOOKS.facts.places.iter().filter(|place| place.municipality.as_str() == "GM0148").cloned())
    }

    fn name(text: &str) -> Statement {
        Statement::Name(text.to_owned())
    }

    fn settlement(text: &str) -> Statement {
        Statement::Settlement(text.to_owned())
    }

    fn address(street: &str, number: &str, postcode: &str) -> Statement {
        let some = |text: &str| Some(text.to_owned());
        Statement::Address(Address { street: some(street), house_number: some(number), postcode: some(postcode) })
    }

    fn point(lon: f64, lat: f64) -> Statement {
        let precision = LocationPrecision::Address;
        Statement::Location(Location { lon, lat, precision, uncertainty_radius_m: 0.0, outline: None })
    }

    fn served<'a>(taken: &'a Taken, key: &str) -> &'a Place {
        taken.books.facts.places.iter().find(|place| place.key == key).unwrap()
    }

    #[test]
    fn an_unchanged_row_confirms_the_place_and_nothing_else() {
        let taken = take(&BOOKS, &EDITION, &municipality(), &of_dalfsen(), now());
        assert_eq!((taken.concerns.len(), taken.added.len(), taken.changed.len()), (0, 0, 0));
        assert_eq!(taken.confirmed.len(), of_dalfsen().len());
        assert!(taken.missing.is_empty());
        for before in &BOOKS.facts.places {
            let after = served(&taken, &before.key);
            let confirmed = before.municipality.as_str() == "GM0148";
            let mut expected = before.clone();
            if confirmed {
                expected.last_confirmed = Some("2026-12-01".parse().unwrap());
                expected.updated_at = now();
                if expected.kind.is_some() {
                    expected.kind_basis = Some(crate::model::vocabulary::KindBasis::Stated);
                }
            }
            assert_eq!(after, &expected);
        }
        edition(&taken.books);
    }

    #[test]
    fn the_same_file_twice_changes_nothing() {
        let mut records = of_dalfsen();
        records.push(record(
            90,
            vec![name("Het Nieuwe Honk"), settlement("Dalfsen"), Statement::Kind(PlaceKind::Buurthuis)],
        ));
        records
            .push(record(91, vec![name("Jeugdhonk"), settlement("Lemelerveld"), address("Nergens", "1", "8151 ZZ")]));
        let first = take(&BOOKS, &EDITION, &municipality(), &records, now());
        assert_eq!(first.added.len(), 2);
        let second = take(&first.books, &edition(&first.books), &municipality(), &records, now());
        assert_eq!(second.books, first.books);
        assert_eq!((second.added.len(), second.changed.len(), second.confirmed.len()), (0, 0, records.len()));
    }

    #[test]
    fn a_row_that_cannot_be_taken_is_told_and_the_others_go_in() {
        let mut records = of_dalfsen();
        let first = records[0].clone();
        records.push(Record { at: At { row: 90, ..first.at.clone() }, ..first.clone() });
        records.push(Record { key: Some("no-such-place".to_owned()), ..record(91, vec![name("X")]) });
        records.push(Record {
            key: first.key.clone(),
            municipality: Some("GM0193".parse().unwrap()),
            ..record(92, vec![])
        });
        records.push(Record {
            municipality: Some("GM0363".parse().unwrap()),
            ..record(93, vec![name("X"), settlement("Amsterdam")])
        });
        records.push(Record { municipality: None, ..record(94, vec![name("X"), settlement("Dalfsen")]) });
        records.push(record(95, vec![name("Zonder plaats")]));
        let taken = take(&BOOKS, &EDITION, &municipality(), &records, now());
        let told: Vec<(u32, Concern)> = taken.concerns.iter().map(|(at, concern)| (at.row, concern.clone())).collect();
        assert_eq!(
            told,
            [
                (90, Concern::Repeated(2)),
                (91, Concern::UnknownKey("no-such-place".to_owned())),
                (92, Concern::OtherMunicipality(first.key.unwrap(), "GM0148".parse().unwrap())),
                (93, Concern::UnknownMunicipality("GM0363".parse().unwrap())),
                (94, Concern::NoMunicipality),
                (95, Concern::Nameless),
            ]
        );
        assert_eq!((taken.refused, taken.confirmed.len()), (6, of_dalfsen().len()));
    }

    #[test]
    fn a_place_that_the_file_does_not_name_is_listed_and_stays_open() {
        let mut records = of_dalfsen();
        let left_out = records.remove(0).key.unwrap();
        let taken = take(&BOOKS, &EDITION, &municipality(), &records, now());
        assert_eq!(taken.missing, BTreeSet::from([left_out.clone()]));
        assert_eq!(Some(served(&taken, &left_out)), BOOKS.facts.places.iter().find(|place| place.key == left_out));
    }

    #[test]
    fn a_place_that_the_municipality_closes_is_closed_and_no_longer_missed() {
        let closed = of_dalfsen()[0].key.clone();
        let row = Record { key: closed.clone(), ..record(2, vec![Statement::Status(PlaceStatus::Closed)]) };
        let first = take(&BOOKS, &EDITION, &municipality(), &[row], now());
        assert_eq!(served(&first, closed.as_deref().unwrap()).status, Some(PlaceStatus::Closed));
        let others = of_dalfsen().split_off(1);
        let second = take(&first.books, &edition(&first.books), &municipality(), &others, now());
        assert!(second.missing.is_empty());
    }

    #[test]
    fn what_the_municipality_overrules_comes_back_when_it_says_so() {
        let key = of_dalfsen()[0].key.clone();
        let say = |present| {
            vec![Record {
                key: key.clone(),
                ..record(2, vec![Statement::Facility(FacilityType::Bibliotheek, present)])
            }]
        };
        let first = take(&BOOKS, &EDITION, &municipality(), &say(false), now());
        assert_eq!(served(&first, key.as_deref().unwrap()).absent_facilities, [FacilityType::Bibliotheek]);
        let second = take(&first.books, &edition(&first.books), &municipality(), &say(true), now());
        assert!(served(&second, key.as_deref().unwrap()).facilities.contains(&FacilityType::Bibliotheek));
        // A weaker voice changes nothing, but is kept.
        let map = sender("osm", Authority::Openstreetmap);
        let third = take(&second.books, &edition(&second.books), &map, &say(false), now());
        assert!(served(&third, key.as_deref().unwrap()).facilities.contains(&FacilityType::Bibliotheek));
        let claims = &third.books.ledger.claims[key.as_deref().unwrap()];
        assert!(claims.iter().any(|claim| claim.source == "osm"));
    }

    #[test]
    fn the_order_of_two_imports_does_not_matter_to_what_is_served() {
        let map = sender("osm", Authority::Openstreetmap);
        let key = of_dalfsen()[1].key.clone();
        let one = vec![Record { key: key.clone(), ..record(2, vec![name("Anders"), Statement::Kind(PlaceKind::Mfa)]) }];
        let other = vec![Record {
            key: key.clone(),
            ..record(2, vec![Statement::Kind(PlaceKind::Overig), Statement::WheelchairAccessible(true)])
        }];
        let both = |(a, first): (&Sender, &[Record]), (b, second): (&Sender, &[Record])| {
            let taken = take(&BOOKS, &EDITION, a, first, now());
            take(&taken.books, &edition(&taken.books), b, second, now()).books
        };
        let (municipality, map) = ((&municipality(), one.as_slice()), (&map, other.as_slice()));
        assert_eq!(both(municipality, map), both(map, municipality));
    }

    #[test]
    fn a_point_far_from_its_village_or_in_another_municipality_is_left_out_and_the_row_is_taken() {
        let rows = [
            // Zwolle's market square, and a field between Dalfsen and Nieuwleusen.
            (vec![name("Honk A"), settlement("Dalfsen"), point(6.0918, 52.5126)], "OutsideMunicipality"),
            (vec![name("Honk B"), settlement("Dalfsen"), point(6.2790, 52.5830)], "OutsideSettlement"),
        ];
        for (statements, expected) in rows {
            let taken = take(&BOOKS, &EDITION, &municipality(), &[record(2, statements)], now());
            let [(_, Concern::Location(suspicion))] = taken.concerns.as_slice() else { panic!("{:?}", taken.concerns) };
            assert!(format!("{suspicion:?}").starts_with(expected), "{suspicion:?}");
            let key = taken.added.first().unwrap();
            assert_eq!(served(&taken, key).location, None);
        }
    }

    #[test]
    fn two_addresses_on_one_point_are_both_suspect() {
        let at = point(6.2590, 52.5060);
        let rows = [
            record(2, vec![name("Honk A"), settlement("Dalfsen"), address("Straat", "1", "7721 AA"), at.clone()]),
            record(3, vec![name("Honk B"), settlement("Dalfsen"), address("Weg", "9", "7721 BB"), at.clone()]),
            record(
                4,
                vec![name("Honk C"), settlement("Dalfsen"), address("Plein", "2", "7721 CC"), point(6.2601, 52.5070)],
            ),
        ];
        let taken = take(&BOOKS, &EDITION, &municipality(), &rows, now());
        let told: Vec<u32> = taken.concerns.iter().map(|(at, _)| at.row).collect();
        assert_eq!(told, [2, 3]);
        assert!(
            taken.concerns.iter().all(|(_, concern)| matches!(concern, Concern::Location(Suspicion::SharedPoint(_))))
        );
    }

    #[test]
    fn a_doubtful_row_waits_and_a_decision_is_respected() {
        let known = BOOKS.facts.places.iter().find(|place| {
            place.municipality.as_str() == "GM0148"
                && place
                    .address
                    .as_ref()
                    .is_some_and(|address| address.house_number.is_some() && address.postcode.is_some())
        });
        let known = known.unwrap();
        let row = record(
            2,
            vec![
                name("Iets heel anders"),
                Statement::Settlement(known.settlement.clone()),
                Statement::Address(known.address.clone().unwrap()),
            ],
        );
        let taken = take(&BOOKS, &EDITION, &municipality(), std::slice::from_ref(&row), now());
        assert_eq!(taken.books.facts, BOOKS.facts);
        let (key, pair) = taken.books.ledger.pairs.first_key_value().unwrap();
        assert_eq!((key.place.as_str(), pair.same, pair.likeness.as_str()), (known.key.as_str(), None, "other-name"));
        for same in [true, false] {
            let mut books = taken.books.clone();
            books.ledger.pairs.get_mut(key).unwrap().same = Some(same);
            let again = take(&books, &EDITION, &municipality(), std::slice::from_ref(&row), now());
            assert_eq!(again.added.len(), usize::from(!same));
            assert_eq!(again.changed.contains_key(&known.key), same);
            assert_eq!(again.refused, 0);
        }
    }

    #[test]
    fn what_was_said_later_stands_whichever_file_comes_first() {
        let key = of_dalfsen()[0].key.clone();
        let on = |date: &str, text: &str, present| Record {
            key: key.clone(),
            stated: Some(date.parse().unwrap()),
            ..record(2, vec![name(text), Statement::Facility(FacilityType::Bibliotheek, present)])
        };
        let (old, new) = (on("2026-03-01", "Oude Naam", true), on("2026-11-20", "Nieuwe Naam", false));
        let both = |first: &Record, second: &Record| {
            let taken = take(&BOOKS, &EDITION, &municipality(), std::slice::from_ref(first), now());
            take(&taken.books, &edition(&taken.books), &municipality(), std::slice::from_ref(second), now())
        };
        let (forth, back) = (both(&old, &new), both(&new, &old));
        let at = key.as_deref().unwrap();
        for taken in [&forth, &back] {
            let place = served(taken, at);
            assert_eq!(
                (place.name.as_str(), &place.absent_facilities[..]),
                ("Nieuwe Naam", &[FacilityType::Bibliotheek][..])
            );
            assert_eq!(place.last_confirmed.as_ref().map(|date| date.as_str()), Some("2026-11-20"));
        }
        assert!(served(&forth, at).alternative_names.contains(&"Oude Naam".to_owned()), "a former name stays a name");
        assert!(back.concerns.iter().any(|(_, concern)| *concern == Concern::Older));
        let new_alone = take(&BOOKS, &EDITION, &municipality(), std::slice::from_ref(&new), now());
        assert_eq!(back.books.facts, new_alone.books.facts, "the older file changes nothing that is served");
    }

    #[test]
    fn a_place_that_was_withdrawn_does_not_come_back() {
        let mut books = BOOKS.clone();
        books.ledger.withdrawn.insert("het-nieuwe-honk-dalfsen".to_owned());
        let by_name = record(2, vec![name("Het nieuwe Honk"), settlement("Dalfsen")]);
        let by_key = Record { key: Some("het-nieuwe-honk-dalfsen".to_owned()), ..record(3, vec![name("Anders")]) };
        let taken = take(&books, &EDITION, &municipality(), &[by_name, by_key], now());
        let withdrawn = Concern::Withdrawn("het-nieuwe-honk-dalfsen".to_owned());
        let told: Vec<&Concern> = taken.concerns.iter().map(|(_, concern)| concern).collect();
        assert_eq!(told, [&withdrawn, &withdrawn]);
        assert_eq!(taken.books, books);
    }

    #[test]
    fn several_polling_stations_in_one_building_are_one_place() {
        let polls = sender("polls", Authority::PollingPlaces);
        let row = |row, text| record(row, vec![name(text), settlement("Dalfsen"), address("Straat", "1", "7721 AA")]);
        let taken = take(&BOOKS, &EDITION, &polls, &[row(2, "De Zaal (A)"), row(3, "De Zaal (B)")], now());
        assert_eq!(
            (taken.added.len(), taken.concerns.iter().filter(|(_, c)| !matches!(c, Concern::Recognised(..))).count()),
            (1, 0)
        );
    }
}
