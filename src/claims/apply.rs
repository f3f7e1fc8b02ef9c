//! Takes records into the books: the one way in which a place changes.
//!
//! Pure: the same books and records give the same books, whatever the database. A record that cannot be taken is told and
//! left out; it never takes the others with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    address_parts,
    concern::Concern,
    elements::{self, SAME_ELEMENT},
    identity::{Identity, Likeness},
    linkage::{Match, Register},
    place::is_contradicted,
    plausibility::Surroundings,
    precedence::PollingLists,
    programme,
    reconcile::{remember, serve},
    record::{At, Record, Sender},
    retract::{forget, forget_if_unclaimed, is_named, retract, retract_of},
    shifted::shifted,
};
use crate::{
    edition::Edition,
    model::{
        Address, Authority, Books, Claim, Facts, Ledger, MunicipalityCode, Pair, PairKey, Place, PlaceSource, Source,
        Statement, SurveyTotal,
        journal::{Manner, Uttered},
        vocabulary::PlaceStatus,
    },
    search::fold,
    spatial::Wgs84,
};

/// What the records of one sender did.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
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
    /// All that was said, be it that it was known already.
    pub uttered: Vec<Uttered>,
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

/// Books while records are taken into them, by one sender after the other.
pub struct Intake<'a> {
    edition: &'a Edition,
    surroundings: Surroundings<'a>,
    now: DateTime<Utc>,
    /// All that is served besides the places and their sources.
    facts: Facts,
    served: BTreeMap<String, Place>,
    links: BTreeMap<String, Vec<PlaceSource>>,
    lists: PollingLists,
    register: Register,
    ledger: Ledger,
}

impl<'a> Intake<'a> {
    /// The books of which `edition` was built; what changes does so at `now`.
    pub fn of(books: &Books, edition: &'a Edition, now: DateTime<Utc>) -> Self {
        let Books { mut facts, ledger } = books.clone();
        let mut links: BTreeMap<String, Vec<PlaceSource>> = BTreeMap::new();
        for link in std::mem::take(&mut facts.place_sources) {
            links.entry(link.place.clone()).or_default().push(link);
        }
        let places = std::mem::take(&mut facts.places);
        Self {
            edition,
            surroundings: Surroundings::of(edition, &[]),
            now,
            register: Register::of(&places),
            lists: PollingLists::of(&facts.sources),
            served: places.into_iter().map(|place| (place.key.clone(), place)).collect(),
            links,
            facts,
            ledger,
        }
    }

    /// Takes `records` of `sender` into the books.
    pub fn take(&mut self, sender: &Sender, records: &[Record]) -> Taken {
        self.surroundings.surround(records);
        let supersedes = is_newest(&self.facts, sender);
        let shifted = shifted(records, |record| self.known_address(record));
        let mut taking = Taking {
            shifted,
            sender,
            supersedes,
            spoken: if sender.restates && !supersedes { last_spoken(&self.ledger, sender) } else { BTreeMap::new() },
            before: BTreeMap::new(),
            rows: BTreeMap::new(),
            said: BTreeSet::new(),
            left_out: BTreeSet::new(),
            asked: BTreeSet::new(),
            contradicting: BTreeSet::new(),
            uttered: Vec::new(),
            elements: records.iter().filter_map(|record| record.at.element()).collect(),
            concerns: Vec::new(),
            refused: 0,
            passed_over: 0,
            intake: self,
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
        taking.finish(heard)
    }

    /// The address that is known of the one place with the name of a record.
    fn known_address(&self, record: &Record) -> Option<&Address> {
        let municipality = record.municipality.as_ref()?;
        let identity = Identity::new(record.names(), record.settlement().unwrap_or_default(), None, None);
        let found = self.register.find(municipality, &identity, &BTreeMap::new(), |_| true);
        let mut places = found.places();
        let key = places.next().filter(|_| places.next().is_none())?;
        self.served.get(key)?.address.as_ref()
    }

    /// The books as they are now.
    pub fn into_books(mut self) -> Books {
        self.facts.places = self.served.into_values().collect();
        self.facts.place_sources = self.links.into_values().flatten().collect();
        programme::without_places(&mut self.facts);
        Books { facts: self.facts.in_order(), ledger: self.ledger }
    }

    /// Notes who sent something, and the layer that it belongs to.
    fn introduce(&mut self, sender: &Sender) {
        match self.facts.sources.iter_mut().find(|source| source.id == sender.source.id) {
            Some(source) => {
                let published = sender.source.published.clone().max(source.published.take());
                *source = Source { published, ..sender.source.clone() };
            }
            None => self.facts.sources.push(sender.source.clone()),
        }
        // What is told of a layer that is known stays.
        if !self.facts.layers.iter().any(|layer| layer.key == sender.layer.key) {
            self.facts.layers.push(sender.layer.clone());
        }
    }
}

/// Whether what the sender says now takes the place of what it said before, whatever day stands at the single statements.
fn is_newest(facts: &Facts, sender: &Sender) -> bool {
    let known = facts.sources.iter().find(|source| source.id == sender.source.id);
    let published = known.and_then(|source| source.published.as_ref());
    sender.is_whole || (sender.restates && sender.source.published.as_ref() >= published)
}

/// The last day on which the sender said anything of a place, by key.
fn last_spoken(ledger: &Ledger, sender: &Sender) -> BTreeMap<String, NaiveDate> {
    let last = |claims: &[Claim<Statement>]| {
        claims.iter().filter(|claim| claim.source == sender.source.id).filter_map(|claim| claim.stated).max()
    };
    let claims = ledger.places.by_subject.iter();
    claims.filter_map(|(place, claims)| Some((place.clone(), last(claims)?))).collect()
}

fn is_synthetic(sender: &Sender) -> bool {
    sender.source.id == SurveyTotal::SYNTHETIC_SOURCE
}

/// Whether nobody says anything of a place but made-up answers. Where its address or village is was looked up, and says nothing.
fn is_made_up(ledger: &Ledger, place: &str) -> bool {
    let looked_up = ledger.geocodings.get(place).map(|found| found.source.as_str());
    let mut claims = ledger.places.of(place).iter().filter(|claim| Some(claim.source.as_str()) != looked_up).peekable();
    claims.peek().is_some()
        && !ledger.places.originals.contains_key(place)
        && claims.all(|claim| claim.source == SurveyTotal::SYNTHETIC_SOURCE)
}

/// What one sender says, while it is heard.
struct Taking<'a, 'b> {
    intake: &'b mut Intake<'a>,
    sender: &'b Sender,
    /// The places that are served anew, as they were before; `None`: they were not.
    before: BTreeMap<String, Option<Place>>,
    /// The lists of which the rows are shifted, with how many tell a neighbour's address.
    shifted: BTreeMap<(Arc<str>, MunicipalityCode), usize>,
    /// Whether what is said now takes the place of what the sender said before.
    supersedes: bool,
    /// Of a sender that restates and said something later before: when it last spoke of a place.
    spoken: BTreeMap<String, NaiveDate>,
    /// The row in which a place was named.
    rows: BTreeMap<String, u32>,
    /// Place and statement, by key, of all that was said now.
    said: BTreeSet<(String, String)>,
    /// Place and statement, by key, of what was said now and left out; what was said of it before stays.
    left_out: BTreeSet<(String, String)>,
    /// All that was said now, with how it counts.
    uttered: Vec<Uttered>,
    /// The elements of a map that are there now.
    elements: BTreeSet<&'b str>,
    /// What identifies the records that had to be recognised.
    asked: BTreeSet<String>,
    /// Keys of the places of which something else is served than what was said.
    contradicting: BTreeSet<String>,
    concerns: Vec<(At, Concern)>,
    refused: usize,
    passed_over: usize,
}

impl Taking<'_, '_> {
    /// The key of the place that the record was taken for; `None`: it is about no meeting place.
    fn take(&mut self, record: &Record) -> Result<Option<String>, Concern> {
        let Some((key, municipality)) = self.place_of(record)? else { return Ok(None) };
        if let Some(row) = self.rows.get(&key)
            && !self.sender.may_repeat
        {
            return Err(Concern::Repeated(*row));
        }
        self.rows.entry(key.clone()).or_insert(record.at.row);
        let known = self.intake.served.get(&key).map(|place| place.settlement.as_str());
        let settlements: Vec<&str> = record.settlement().into_iter().chain(known).collect();
        let suspicion = self.intake.surroundings.suspicion(record, &municipality, &settlements);
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
        let stated = record.stated;
        let municipality_said = Statement::Municipality(municipality.clone());
        let statements = record.statements.iter().filter(|statement| match statement {
            Statement::Municipality(_) => false,
            Statement::Location(_) => suspicion.is_none(),
            _ => true,
        });
        let mut is_older = false;
        let former_name = self.former_name(&key, record, stated);
        let former_name = former_name.filter(|name| {
            !record.statements.contains(name) && !record.cleared.iter().any(|field| field == name.field())
        });
        let statements: Vec<Statement> =
            statements.chain([&municipality_said]).cloned().chain(former_name.clone()).filter(counts).collect();
        if statements.is_empty() && record.cleared.is_empty() {
            return Ok(Some(key));
        }
        if self.spoken.get(&key).copied() > stated {
            self.concerns.push((record.at.clone(), Concern::Older));
            return Ok(Some(key));
        }
        if let Some(place) = self.intake.served.get(&key) {
            remember(
                &mut self.intake.ledger,
                place,
                self.intake.links.get(&key).map(Vec::as_slice).unwrap_or_default(),
            );
        }
        is_older |= self.clear(&key, record);
        let mut spoken = Vec::new();
        for statement in statements {
            // Of several records of one place the first is heard; the others only add to it.
            if !self.said.insert((key.clone(), statement.key())) && self.sender.may_repeat {
                continue;
            }
            spoken.push(statement.clone());
            let source = &self.sender.source.id;
            if self.supersedes {
                let property = statement.key();
                let is_former = |claim: &Claim<Statement>| claim.source == *source && claim.statement.key() == property;
                self.intake.ledger.places.take_out(&key, is_former);
            }
            let claim = Claim {
                subject: key.clone(),
                source: source.clone(),
                authority: self.sender.authority,
                statement,
                stated,
            };
            // A former name is nothing that is said now, and goes with what was.
            if former_name.as_ref() != Some(&claim.statement) {
                let manner = if self.supersedes { Manner::Set } else { Manner::Said };
                self.uttered.push(Uttered::of_place(claim.clone(), manner));
            }
            let is_noted = address_parts::note(&mut self.intake.ledger.places, claim);
            is_older |= !is_noted;
        }
        if is_older {
            self.concerns.push((record.at.clone(), Concern::Older));
        }
        if let Some(suspicion) = suspicion {
            self.left_out.insert((key.clone(), "location".to_owned()));
            self.concerns.push((record.at.clone(), Concern::Location(suspicion)));
        }
        self.serve(&key, &municipality);
        self.tell_contradictions(record, &key, &spoken);
        self.remember_element(record, &key);
        Ok(Some(key))
    }

    /// Takes back what the sender said of the properties that the record clears; whether it said any of it on a later day,
    /// which stands.
    fn clear(&mut self, key: &str, record: &Record) -> bool {
        let source = &self.sender.source.id;
        let mut is_older = false;
        for property in &record.cleared {
            let is_meant = |claim: &Claim<Statement>| {
                claim.source == *source
                    && (claim.statement.key() == *property || claim.statement.field() == property.as_str())
            };
            let is_later = |claim: &Claim<Statement>| is_meant(claim) && claim.stated > record.stated;
            let stands = self.intake.ledger.places.of(key).iter().any(is_later);
            is_older |= stands;
            let is_taken =
                self.intake.ledger.places.take_out(key, |claim| is_meant(claim) && claim.stated <= record.stated);
            if !is_taken && !stands {
                self.concerns.push((record.at.clone(), Concern::NothingToClear(property.clone())));
            }
        }
        is_older
    }

    /// Whether the sender's word on name and whereabouts of the place counts: it was the first to name it, or it is one
    /// whose word on that always does.
    fn introduces(&self, key: &str) -> bool {
        let own = |claim: &Claim<Statement>| {
            claim.source == self.sender.source.id && matches!(claim.statement, Statement::Name(_))
        };
        !self.sender.only_recognises
            || !self.intake.served.contains_key(key)
            || self.intake.ledger.places.of(key).iter().any(own)
    }

    /// Takes back what the sender said before and does not say now; a place that nobody else named goes with it.
    fn take_back(&mut self, heard: &BTreeSet<String>) -> BTreeSet<String> {
        let mut taken_back = BTreeSet::new();
        let source = &self.sender.source.id;
        let mut said = std::mem::take(&mut self.said);
        said.append(&mut self.left_out);
        let touched = if self.sender.is_whole {
            retract(&mut self.intake.ledger, source, &said, &self.asked)
        } else if self.sender.restates && self.supersedes {
            let known = elements::by_place(&self.intake.ledger, source);
            // What another element said of the place may still hold where that element is not in this map.
            let is_whole =
                |place: &&String| known.get(place.as_str()).is_none_or(|known| known.is_subset(&self.elements));
            let places: Vec<String> = heard.iter().filter(is_whole).cloned().collect();
            retract_of(&mut self.intake.ledger, source, &places, &said)
        } else {
            return taken_back;
        };
        let mut gone = BTreeSet::new();
        for key in touched {
            match self.intake.served.get(&key).map(|place| place.municipality.clone()) {
                Some(municipality) if is_named(&self.intake.ledger, &key) => {
                    self.serve(&key, &municipality);
                    forget_if_unclaimed(&mut self.intake.ledger, &key);
                }
                _ => {
                    self.note_before(&key);
                    self.intake.served.remove(&key);
                    self.intake.links.remove(&key);
                    self.intake.register.remove(&key);
                    gone.insert(key.clone());
                }
            }
            taken_back.insert(key);
        }
        forget(&mut self.intake.ledger, &gone);
        taken_back
    }

    /// Keeps for which place an element of a map was taken.
    fn remember_element(&mut self, record: &Record, place: &str) {
        let Some(element) = record.at.element() else { return };
        let source = self.sender.source.id.clone();
        let key = PairKey { record: format!("{source}/{element}"), place: place.to_owned() };
        self.intake.ledger.pairs.entry(key).or_insert_with(|| Pair {
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
            let pair = self.intake.ledger.pairs.get(&PairKey { record, place: place.to_owned() });
            pair.is_some_and(|pair| pair.same == Some(true))
        })
    }

    /// The name that the sender gave before, which stays one of the names.
    fn former_name(&self, key: &str, record: &Record, stated: Option<NaiveDate>) -> Option<Statement> {
        let now = record.name()?;
        let claims = self.intake.ledger.places.of(key);
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
            let Some(place) = self.intake.served.get(key) else {
                let withdrawn = self.intake.ledger.withdrawn.contains(key);
                return Err(if withdrawn { Concern::Withdrawn(key.clone()) } else { Concern::UnknownKey(key.clone()) });
            };
            return match &record.municipality {
                Some(stated) if *stated != place.municipality => {
                    Err(Concern::OtherMunicipality(key.clone(), place.municipality.clone()))
                }
                _ if is_synthetic(self.sender) && !is_made_up(&self.intake.ledger, key) => {
                    Err(Concern::KnownToOthers(key.clone()))
                }
                _ if !is_synthetic(self.sender) && is_made_up(&self.intake.ledger, key) => {
                    Err(Concern::MadeUp(key.clone()))
                }
                _ => Ok(Some((key.clone(), place.municipality.clone()))),
            };
        }
        let municipality = record.municipality.clone().ok_or(Concern::NoMunicipality)?;
        if let Some(rows) = self.shifted.get(&(record.at.file.clone(), municipality.clone())) {
            return Err(Concern::Shifted(*rows));
        }
        if self.intake.edition.municipality_by_code(&municipality).is_none() {
            return Err(Concern::UnknownMunicipality(municipality));
        }
        let name = record.name().ok_or(Concern::Nameless)?;
        let settlement = record.settlement().unwrap_or_default();
        let at = record.location().map(|location| Wgs84 { lon: location.lon, lat: location.lat });
        let identity = Identity::new(record.names(), settlement, record.address(), at);
        let fingerprint = format!("{municipality}/{}/{}", fold(name), fold(settlement));
        self.asked.insert(fingerprint.clone());
        let pair_with = |place: &str| PairKey { record: fingerprint.clone(), place: place.to_owned() };
        let ledger = &self.intake.ledger;
        let pairs = ledger.pairs.range(pair_with("")..).take_while(|(key, _)| key.record == fingerprint);
        let decided: BTreeMap<&str, bool> =
            pairs.filter_map(|(key, pair)| Some((key.place.as_str(), pair.same?))).collect();
        // Nothing real is taken for something made up.
        let may_be = |place: &str| is_synthetic(self.sender) || !is_made_up(ledger, place);
        let found = match self.intake.register.find(&municipality, &identity, &decided, may_be) {
            // What was renamed, or has moved, is what it was; where neither name nor address agree it is not among these.
            Match::Doubtful(candidates) => {
                let same = candidates.iter().find(|(place, _)| self.is_same_element(record, place));
                same.map(|(place, likeness)| Match::Known(place.clone(), *likeness))
                    .unwrap_or(Match::Doubtful(candidates))
            }
            found => found,
        };
        if is_synthetic(self.sender)
            && let Some(key) = found.places().find(|key| !is_made_up(&self.intake.ledger, key))
        {
            return Err(Concern::KnownToOthers(key.to_owned()));
        }
        match found {
            Match::Known(key, likeness) => {
                if !decided.contains_key(key.as_str())
                    && self.intake.served.get(&key).is_some_and(|place| place.name != name)
                {
                    self.concerns.push((record.at.clone(), Concern::Recognised(pair_with(&key), likeness)));
                }
                Ok(Some((key, municipality)))
            }
            Match::New if !record.may_be_new => Ok(None),
            // That something else stands at the same address says nothing of a meeting place; that it has the name of one does.
            Match::Doubtful(candidates)
                if !record.may_be_new && candidates.iter().all(|(_, likeness)| *likeness == Likeness::OtherName) =>
            {
                Ok(None)
            }
            Match::Doubtful(candidates) => {
                let label = [Some(name.to_owned()), record.address().map(|address| address.line(settlement))];
                let label = label.into_iter().flatten().collect::<Vec<_>>().join(", ");
                for (place, likeness) in &candidates {
                    self.intake.ledger.pairs.entry(pair_with(place)).or_insert_with(|| Pair {
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
                key if self.intake.ledger.withdrawn.contains(&key) => Err(Concern::Withdrawn(key)),
                key => Ok(Some((key, municipality))),
            },
        }
    }

    /// The name and the settlement, unless the name ends in it; with a number where that is taken.
    fn new_key(&self, name: &str, settlement: &str) -> String {
        let (name, settlement) = (fold(name), fold(settlement));
        let text = if name.ends_with(&settlement) { name } else { format!("{name} {settlement}") };
        let key = text.replace(' ', "-");
        let claims = &self.intake.ledger.places.by_subject;
        let taken = |key: &String| self.intake.served.contains_key(key) || claims.contains_key(key);
        let numbered = (2..).map(|number| format!("{key}-{number}"));
        std::iter::once(key.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or(key)
    }

    fn tell_postcode(&mut self, record: &Record, municipality: &MunicipalityCode) {
        let postcode = record.address().and_then(|address| address.postcode.clone());
        let Some(postcode) = postcode else { return };
        let known = self.intake.surroundings.municipalities_of_postcode(&postcode);
        if !known.is_empty() && !known.contains(municipality) {
            self.concerns.push((record.at.clone(), Concern::Postcode(postcode)));
        }
    }

    /// Tells what is served otherwise than it was said now, by a stronger voice or a later one.
    fn tell_contradictions(&mut self, record: &Record, key: &str, said: &[Statement]) {
        let Some(place) = self.intake.served.get(key) else { return };
        let shown = place.statements();
        for said in said {
            let Some(shown) = shown.iter().find(|shown| is_contradicted(said, shown)) else { continue };
            self.contradicting.insert(key.to_owned());
            // Of a map there would be no end of it, and answers to a questionnaire are told nowhere.
            if [Authority::PollingPlaces, Authority::Web].contains(&self.sender.authority) {
                let concern = Concern::Contradicted { said: Box::new(said.clone()), shown: Box::new(shown.clone()) };
                self.concerns.push((record.at.clone(), concern));
            }
        }
    }

    /// Decides anew what is served of a place.
    fn serve(&mut self, key: &str, municipality: &MunicipalityCode) {
        self.note_before(key);
        let intake = &mut *self.intake;
        let before = intake.served.get(key).zip(intake.links.get(key).map(Vec::as_slice).or(Some(&[])));
        let (place, sources) = serve(&mut intake.ledger, key, municipality, before, &intake.lists, intake.now);
        intake.register.add(&place);
        intake.links.insert(key.to_owned(), sources);
        intake.served.insert(key.to_owned(), place);
    }

    /// Keeps how a place was served before the first change.
    fn note_before(&mut self, key: &str) {
        if !self.before.contains_key(key) {
            self.before.insert(key.to_owned(), self.intake.served.get(key).cloned());
        }
    }

    fn finish(mut self, heard: BTreeSet<String>) -> Taken {
        let taken_back = self.take_back(&heard);
        let served = &self.intake.served;
        let (mut added, mut changed, mut confirmed) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        for key in &heard {
            match (self.before.get(key), served.get(key)) {
                (Some(None), _) | (None, None) => drop(added.insert(key.clone())),
                (Some(Some(before)), Some(after)) => {
                    let differences = differences(before, after);
                    if differences.is_empty() && self.contradicting.contains(key) {
                        // It was said otherwise, and that is told.
                    } else if differences.is_empty() {
                        confirmed.insert(key.clone());
                    } else {
                        changed.insert(key.clone(), differences);
                    }
                }
                // It was named, and nothing was said of it.
                (None, Some(_)) => drop(confirmed.insert(key.clone())),
                (Some(Some(_)), None) => {}
            }
        }
        let covered: BTreeSet<&MunicipalityCode> =
            heard.iter().filter_map(|key| served.get(key)).map(|place| &place.municipality).collect();
        let missing = served.values().filter(|place| {
            self.sender.is_inventory
                && covered.contains(&place.municipality)
                && place.status != Some(PlaceStatus::Closed)
                && !heard.contains(&place.key)
        });
        let missing = missing.map(|place| place.key.clone()).collect();
        if !heard.is_empty() {
            self.uttered.extend(Uttered::of_source(self.sender.source.clone(), self.sender.layer.clone()));
            self.intake.introduce(self.sender);
        }
        // What was found out is known to who comes next.
        for (key, before) in self.before {
            before.iter().for_each(|place| self.intake.surroundings.unlearn(place));
            if let Some(place) = self.intake.served.get(&key) {
                self.intake.surroundings.learn(place);
            }
        }
        Taken {
            concerns: self.concerns,
            added,
            changed,
            confirmed,
            missing,
            taken_back,
            refused: self.refused,
            passed_over: self.passed_over,
            uttered: self.uttered,
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

#[cfg(test)]
mod tests;
