use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::{
    claims::{At, Intake, Record, Sender},
    model::{
        Address, Authority, Layer,
        journal::{Journal, changes},
        vocabulary::{FacilityType, PlaceKind},
    },
    testing::EDITION,
};

static BOOKS: LazyLock<Books> = LazyLock::new(crate::testing::books);

/// A place of the seed in Dalfsen.
const DALFSEN: &str = "de-wiekelaar-oudleusen";

fn now() -> DateTime<Utc> {
    "2026-12-01T09:00:00Z".parse().unwrap()
}

fn sender(id: &str, authority: Authority) -> Sender {
    let layer = Layer::of_statements("CC0-1.0");
    Sender {
        source: Source {
            id: id.to_owned(),
            layer: layer.key.clone(),
            title: id.to_owned(),
            url: None,
            licence: Some("CC0-1.0".to_owned()),
            published: None,
            retrieved: None,
        },
        authority,
        layer,
        may_repeat: true,
        is_inventory: false,
        is_whole: false,
        restates: false,
        only_recognises: false,
    }
}

fn municipality() -> Sender {
    sender("municipality-GM0148", Authority::Municipality)
}

fn web() -> Sender {
    sender("list-web", Authority::Web)
}

fn about(key: &str, day: &str, statements: Vec<Statement>) -> Record {
    Record {
        at: At { file: "x.csv".into(), sheet: None, row: 2 },
        key: Some(key.to_owned()),
        municipality: None,
        may_be_new: true,
        stated: day.parse().ok(),
        statements,
        cleared: Vec::new(),
    }
}

fn new_place(name: &str, day: &str, more: Vec<Statement>) -> Record {
    let own = vec![Statement::Name(name.to_owned()), Statement::Settlement("Dalfsen".to_owned())];
    Record {
        key: None,
        municipality: "GM0148".parse().ok(),
        statements: own.into_iter().chain(more).collect(),
        ..about("", day, Vec::new())
    }
}

/// Books with all that was written down of them, as the store keeps it.
#[derive(Clone)]
struct Kept {
    books: Books,
    revisions: Vec<RevisionRecord>,
    changes: Vec<(i32, Change)>,
}

impl Kept {
    fn new() -> Self {
        Self { books: BOOKS.clone(), revisions: Vec::new(), changes: Vec::new() }
    }

    fn import(mut self, sender: &Sender, records: &[Record]) -> Self {
        let mut intake = Intake::of(&self.books, &EDITION, now());
        let uttered = intake.take(sender, records).uttered;
        let after = intake.into_books();
        self.write(after, &Journal { uttered, ..Journal::default() });
        self
    }

    fn write(&mut self, after: Books, journal: &Journal) {
        let number = i32::try_from(self.revisions.len()).unwrap() + 1;
        self.changes.extend(changes(&self.books, &after, journal.clone()).into_iter().map(|change| (number, change)));
        self.revisions.push(RevisionRecord {
            number,
            edition: Some(number),
            reverts: journal.reverts,
            pruned_at: None,
        });
        self.books = after;
    }

    fn try_revert(&mut self, number: i32) -> Result<Reverted, NotRevertible> {
        let reverted = revision(&self.books, &self.revisions, &self.changes, number, now())?;
        let journal = Journal { reverts: Some(number), settled: reverted.settled.clone(), ..Journal::default() };
        self.write(reverted.books.clone(), &journal);
        Ok(reverted)
    }

    fn revert(mut self, number: i32) -> Self {
        self.try_revert(number).unwrap();
        self
    }

    fn revert_source(mut self, id: &str) -> Self {
        let reverted = source(&self.books, &self.revisions, &self.changes, id, now()).unwrap();
        let journal = Journal { settled: reverted.settled.clone(), ..Journal::default() };
        self.write(reverted.books.clone(), &journal);
        self
    }

    /// What is served, whenever it changed, and the claims on which it rests.
    fn state(&self) -> (Facts, Claims<Statement>) {
        let mut facts = self.books.facts.clone();
        for place in &mut facts.places {
            place.updated_at = now();
        }
        let mut claims = self.books.ledger.places.clone();
        claims.originals.values_mut().for_each(|original| original.subject.updated_at = now());
        (facts, claims)
    }

    fn place(&self, key: &str) -> Option<&Place> {
        self.books.facts.places.iter().find(|place| place.key == key)
    }
}

fn library(is_there: bool) -> Statement {
    Statement::Facility(FacilityType::Bibliotheek, is_there)
}

#[test]
fn what_a_wrong_file_said_is_taken_back_with_the_places_that_it_alone_brought() {
    let mut kept = Kept::new().import(
        &municipality(),
        &[
            about(DALFSEN, "2026-11-25", vec![Statement::Name("De Wikelaar".to_owned()), library(false)]),
            new_place("Buurthuis De Vergissing", "2026-11-25", vec![Statement::Kind(PlaceKind::Buurthuis)]),
        ],
    );
    assert_ne!(kept.state(), Kept::new().state());
    let reverted = kept.try_revert(1).unwrap();
    assert_eq!(kept.state(), Kept::new().state());
    let gone: Vec<&str> = reverted.gone.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(gone, ["Buurthuis De Vergissing"]);
    let keys: Vec<&str> = reverted.changed[0].1.iter().map(|difference| difference.key.as_str()).collect();
    assert!(keys.contains(&"name") && keys.contains(&"facilities.BIBLIOTHEEK"), "{keys:?}");
    assert_eq!(reverted.standing, 0);
    assert!(!kept.books.facts.sources.iter().any(|source| source.id == "municipality-GM0148"));
    assert!(!kept.books.facts.layers.iter().any(|layer| layer.key == "statements-cc0-1.0"));
    // And put back.
    let imported = Kept::new().import(
        &municipality(),
        &[about(DALFSEN, "2026-11-25", vec![library(false)]), new_place("De Vergissing", "2026-11-25", Vec::new())],
    );
    let again = imported.clone().revert(1).revert(2);
    assert_eq!(again.state(), imported.state());
    assert_eq!(again.revert(3).state(), Kept::new().state());
}

#[test]
fn what_was_said_again_or_by_others_stands() {
    let first = [about(DALFSEN, "2026-11-25", vec![library(false), Statement::FoundedYear(1900)])];
    let second = [about(DALFSEN, "2026-11-25", vec![library(false), Statement::FoundedYear(1950)])];
    let mut kept = Kept::new().import(&municipality(), &first).import(&municipality(), &second);
    let reverted = kept.try_revert(1).unwrap();
    assert_eq!(kept.state(), Kept::new().import(&municipality(), &second).state());
    assert!(reverted.standing > 0);
    // Who takes back the later one gets what the earlier one said.
    let back = Kept::new().import(&municipality(), &first).import(&municipality(), &second).revert(2);
    assert_eq!(back.state(), Kept::new().import(&municipality(), &first).state());
    // Both.
    assert_eq!(back.revert(1).state(), Kept::new().state());
}

#[test]
fn a_place_that_another_names_stays_as_that_one_says() {
    let wrong = new_place("Het Nieuwe Honk", "2026-11-25", vec![library(true)]);
    let right = new_place("Het Nieuwe Honk", "2026-11-20", vec![library(false)]);
    let kept =
        Kept::new().import(&municipality(), std::slice::from_ref(&wrong)).import(&web(), std::slice::from_ref(&right));
    assert_eq!(kept.revert(1).state(), Kept::new().import(&web(), &[right]).state());
}

#[test]
fn a_mistyped_name_does_not_stay_as_a_former_one() {
    let mistyped = [about(DALFSEN, "2026-11-25", vec![Statement::Name("De Weikelaar".to_owned())])];
    let right = [about(DALFSEN, "2026-11-26", vec![Statement::Name("Kulturhus De Wiekelaar".to_owned())])];
    let kept = Kept::new().import(&municipality(), &mistyped).import(&municipality(), &right);
    let names = |kept: &Kept| kept.place(DALFSEN).unwrap().alternative_names.clone();
    assert!(names(&kept).contains(&"De Weikelaar".to_owned()));
    let kept = kept.revert(1);
    assert!(!names(&kept).contains(&"De Weikelaar".to_owned()), "{:?}", names(&kept));
    assert_eq!(kept.state(), Kept::new().import(&municipality(), &right).state());
    assert!(names(&kept.revert(3)).contains(&"De Weikelaar".to_owned()));
}

#[test]
fn a_source_is_taken_back_whole_and_comes_back_whole() {
    let imported = Kept::new()
        .import(&municipality(), &[about(DALFSEN, "2026-11-25", vec![library(false)])])
        .import(&web(), &[about(DALFSEN, "2026-11-26", vec![Statement::FoundedYear(1950)])])
        .import(&municipality(), &[new_place("De Vergissing", "2026-11-25", Vec::new())]);
    let without = imported.clone().revert_source("municipality-GM0148");
    let alone = Kept::new().import(&web(), &[about(DALFSEN, "2026-11-26", vec![Statement::FoundedYear(1950)])]);
    assert_eq!(without.state(), alone.state());
    assert_eq!(without.revert(4).state(), imported.state());
}

#[test]
fn what_is_taken_back_already_or_says_nothing_is_refused() {
    let mut kept = Kept::new().import(&municipality(), &[about(DALFSEN, "2026-11-25", vec![library(false)])]).revert(1);
    assert_eq!(kept.try_revert(1).unwrap_err(), NotRevertible::Already(2));
    for id in ["municipality-GM0148", "dalfsennet.nl", "no-such-source"] {
        assert_eq!(source(&kept.books, &[], &[], id, now()).unwrap_err(), NotRevertible::NoClaims, "{id}");
    }
}

#[test]
fn a_place_that_was_withdrawn_does_not_come_back() {
    let mut kept =
        Kept::new().import(&municipality(), &[new_place("De Vergissing", "2026-11-25", Vec::new())]).revert(1);
    kept.books.ledger.withdrawn.insert("de-vergissing-dalfsen".to_owned());
    let kept = kept.revert(2);
    assert!(kept.place("de-vergissing-dalfsen").is_none());
    assert!(kept.books.ledger.places.of("de-vergissing-dalfsen").is_empty());
}

/// What a file might say: of which place (some are new), on which day, what of it.
type Said = (usize, usize, usize);

fn record((place, day, what): &Said) -> Record {
    const DAYS: [&str; 4] = ["2020-01-01", "2026-11-24", "2026-11-25", "2026-11-26"];
    let address = |street: Option<&str>, postcode: Option<&str>| {
        let part = |text: Option<&str>| text.map(str::to_owned);
        Statement::Address(Address {
            street: part(street),
            house_number: part(street.and(Some("1"))),
            postcode: part(postcode),
        })
    };
    let statements = match what % 8 {
        0 => vec![library(true), Statement::FoundedYear(1950)],
        1 => vec![library(false), Statement::Kind(PlaceKind::Overig)],
        2 => vec![Statement::FoundedYear(1980), Statement::Website(None)],
        3 => vec![address(Some("Fabelweg"), None)],
        4 => vec![address(None, Some("9999 ZZ"))],
        5 => vec![address(Some("Sprookjeslaan"), Some("9998 AA")), Statement::WheelchairAccessible(true)],
        6 => vec![Statement::Neighbourhood("De Fabel".to_owned())],
        _ => vec![Statement::AlternativeName("De Fabel".to_owned()), library(true)],
    };
    let day = DAYS[day % DAYS.len()];
    match place % 4 {
        // At another address it would wait for a person, who is to say whether it is the same.
        3 => {
            let statements = statements.into_iter().filter(|statement| !matches!(statement, Statement::Address(_)));
            new_place("Buurthuis De Fabel", day, statements.collect())
        }
        number => about(&BOOKS.facts.places[number * 7].key, day, statements),
    }
}

fn of_sender(number: usize) -> Sender {
    match number % 3 {
        0 => municipality(),
        1 => sender("list-organisation", Authority::Organisation),
        _ => web(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn taking_one_import_back_leaves_what_the_others_would_have_made(
        imports in prop::collection::vec((0..3_usize, prop::collection::vec((0..8_usize, 0..4_usize, 0..8_usize), 1..6)), 1..5),
        which in any::<prop::sample::Index>(),
    ) {
        let all = |skipped: Option<usize>| {
            let kept = imports.iter().enumerate().filter(|(number, _)| Some(*number) != skipped);
            kept.fold(Kept::new(), |kept, (_, (from, said))| {
                kept.import(&of_sender(*from), &said.iter().map(record).collect::<Vec<_>>())
            })
        };
        let which = which.index(imports.len());
        let number = i32::try_from(which).unwrap() + 1;
        let kept = all(None);
        let without = kept.clone().revert(number);
        prop_assert_eq!(without.state(), all(Some(which)).state());
        let last = i32::try_from(imports.len()).unwrap() + 1;
        let again = without.revert(last);
        prop_assert_eq!(again.state(), kept.state());
        prop_assert_eq!(again.revert(last + 1).state(), all(Some(which)).state());
    }
}
