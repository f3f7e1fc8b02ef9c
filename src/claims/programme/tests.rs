use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::{
    claims::{revert, without_layer::leave_out},
    model::{
        ActivitySchedule,
        journal::{Change, Journal, RevisionRecord, changes},
        vocabulary::Audience,
    },
};

/// What is sent: by whom, of which places, and each activity as place, name and rule.
type File = (usize, BTreeSet<usize>, Vec<(usize, usize, usize)>);

static BOOKS: LazyLock<Books> = LazyLock::new(crate::testing::books);

fn moment(hour: u32) -> DateTime<Utc> {
    format!("2026-12-01T{hour:02}:00:00Z").parse().unwrap()
}

fn source(id: &str, published: &str) -> (Source, Layer) {
    let layer = Layer::of_statements("CC0-1.0");
    let source = Source {
        id: id.to_owned(),
        layer: layer.key.clone(),
        title: id.to_owned(),
        url: None,
        licence: Some("CC0-1.0".to_owned()),
        published: published.parse().ok(),
        retrieved: None,
    };
    (source, layer)
}

/// Keys of places of the seed.
fn place(number: usize) -> String {
    BOOKS.facts.places[number * 7].key.clone()
}

fn activity(place: &str, name: &str, cost: &str) -> Activity {
    Activity {
        key: format!("{name}-{place}"),
        source: String::new(),
        authority: Authority::Web,
        place: place.to_owned(),
        name: name.to_owned(),
        activity_type: None,
        status: None,
        schedule: vec![ActivitySchedule {
            rrule: "FREQ=WEEKLY;BYDAY=TU".to_owned(),
            start: "19:30:00".parse().ok(),
            end: None,
            valid_from: None,
            valid_through: None,
            except: Vec::new(),
        }],
        audiences: vec![Audience::Ouderen, Audience::Iedereen],
        min_age: None,
        max_age: None,
        free: None,
        cost: Some(cost.to_owned()),
        registration_required: None,
        referral_required: None,
        organiser: None,
        contact: None,
        website: None,
        stated: None,
        updated_at: moment(0),
    }
}

struct Kept {
    books: Books,
    revisions: Vec<RevisionRecord>,
    changes: Vec<(i32, Change)>,
}

impl Kept {
    fn new() -> Self {
        Self { books: BOOKS.clone(), revisions: Vec::new(), changes: Vec::new() }
    }

    fn take(&mut self, (id, day): (&str, &str), places: &[usize], activities: Vec<Activity>, hour: u32) -> Taken {
        let (source, layer) = source(id, day);
        let authority = if id.starts_with("gemeente") { Authority::Municipality } else { Authority::Organisation };
        let places = places.iter().map(|number| place(*number)).collect();
        let activities =
            activities.into_iter().map(|activity| Activity { stated: day.parse().ok(), ..activity }).collect();
        let mut after = self.books.clone();
        let taken = take(&mut after, source, layer, authority, &places, activities, moment(hour));
        self.write(after, &Journal { uttered: taken.uttered.clone(), ..Journal::default() });
        taken
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

    fn revert(&mut self, number: i32) -> revert::Reverted {
        let reverted = revert::revision(&self.books, &self.revisions, &self.changes, number, moment(12)).unwrap();
        let journal = Journal { reverts: Some(number), settled: reverted.settled.clone(), ..Journal::default() };
        self.write(reverted.books.clone(), &journal);
        reverted
    }

    /// What is told, whenever it changed.
    fn state(&self) -> (Vec<Activity>, Vec<Source>) {
        let mut activities = self.books.facts.activities.clone();
        activities.iter_mut().for_each(|activity| activity.updated_at = moment(0));
        (activities, self.books.facts.sources.clone())
    }
}

fn keys(keys: &BTreeSet<String>) -> Vec<&str> {
    keys.iter().map(String::as_str).collect()
}

#[test]
fn the_newest_file_of_a_sender_is_all_that_it_says_of_the_places_in_it() {
    let (a, b) = (place(0), place(1));
    let mut kept = Kept::new();
    let first = vec![activity(&a, "bridge", "€ 2"), activity(&a, "bingo", "€ 3"), activity(&b, "koor", "€ 1")];
    let taken = kept.take(("welzijn", "2026-11-01"), &[0, 1], first.clone(), 9);
    assert_eq!(taken.added.len(), 3);
    let before = kept.books.clone();
    // The same once more.
    let taken = kept.take(("welzijn", "2026-11-01"), &[0, 1], first.clone(), 10);
    assert_eq!((taken.added.len(), taken.changed.len(), taken.confirmed.len(), taken.ended.len()), (0, 0, 3, 0));
    assert_eq!(kept.books, before);
    // A later one of one of the places: the other is let be.
    let taken = kept.take(("welzijn", "2026-11-02"), &[0], vec![activity(&a, "bridge", "€ 4")], 11);
    assert_eq!(keys(&taken.changed), [format!("bridge-{a}")]);
    assert_eq!(keys(&taken.ended), [format!("bingo-{a}")]);
    let told: Vec<(&str, DateTime<Utc>)> =
        kept.books.facts.activities.iter().map(|activity| (activity.name.as_str(), activity.updated_at)).collect();
    assert_eq!(told, [("bridge", moment(11)), ("koor", moment(9))]);
    // An older one.
    let now = kept.books.clone();
    let taken = kept.take(("welzijn", "2026-10-31"), &[0, 1], first, 12);
    assert!(taken.is_older && taken.uttered.is_empty());
    assert_eq!(kept.books, now);
    // Said again on a later day, it is confirmed and does not change.
    let taken = kept.take(("welzijn", "2026-11-09"), &[1], vec![activity(&b, "koor", "€ 1")], 13);
    assert_eq!(keys(&taken.confirmed), [format!("koor-{b}")]);
    let koor = kept.books.facts.activities.last().unwrap();
    assert_eq!((koor.updated_at, koor.stated.as_ref().map(|day| day.as_str())), (moment(9), Some("2026-11-09")));
    // An empty list of a place.
    assert_eq!(kept.take(("welzijn", "2026-11-10"), &[0, 1], Vec::new(), 14).ended.len(), 2);
    assert_eq!(kept.books.facts.activities, []);
}

#[test]
fn rules_of_one_name_add_up_and_unknown_places_have_none() {
    let a = place(0);
    let mut friday = activity(&a, "bingo", "€ 3");
    friday.schedule[0].rrule = "FREQ=WEEKLY;BYDAY=FR".to_owned();
    let mut kept = Kept::new();
    kept.books.ledger.withdrawn.insert(place(1));
    let all = vec![
        activity(&a, "bingo", "€ 3"),
        friday.clone(),
        friday,
        activity("nergens", "koor", "€ 1"),
        activity(&place(1), "koor", "€ 1"),
    ];
    let taken = kept.take(("welzijn", "2026-11-01"), &[0, 1], all, 9);
    assert_eq!(keys(&taken.added), [format!("bingo-{a}")]);
    let rules: Vec<&str> = kept.books.facts.activities[0].schedule.iter().map(|rule| rule.rrule.as_str()).collect();
    assert_eq!(rules, ["FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=FR"]);
}

#[test]
fn the_strongest_voice_is_served_and_of_equals_the_later() {
    let a = place(0);
    let mut kept = Kept::new();
    kept.take(("gemeente-x", "2026-01-01"), &[0], vec![activity(&a, "bridge", "gratis")], 9);
    let taken = kept.take(("welzijn", "2026-11-01"), &[0], vec![activity(&a, "bridge", "€ 2")], 9);
    assert_eq!(keys(&taken.confirmed), [format!("bridge-{a}")], "what is served is as it was");
    let best = |kept: &Kept| served(&kept.books.facts.activities).values().next().unwrap()[0].cost.clone().unwrap();
    assert_eq!(best(&kept), "gratis");
    kept.take(("gemeente-x", "2026-11-02"), &[0], Vec::new(), 9);
    kept.take(("beheerder", "2026-11-03"), &[0], vec![activity(&a, "bridge", "€ 5")], 9);
    assert_eq!(best(&kept), "€ 5");
    assert_eq!(served(&kept.books.facts.activities).len(), 1);
}

#[test]
fn a_layer_that_goes_takes_its_activities_with_it() {
    let mut kept = Kept::new();
    kept.take(("welzijn", "2026-11-01"), &[0], vec![activity(&place(0), "bridge", "€ 2")], 9);
    let (layer, without) = leave_out(&kept.books, "statements-cc0-1.0").unwrap();
    assert_eq!(layer, "statements-cc0-1.0");
    assert_eq!(without, *BOOKS);
}

#[test]
fn a_source_is_taken_back_with_its_activities_and_a_place_that_was_withdrawn_gets_none_back() {
    let mut kept = Kept::new();
    kept.take(
        ("welzijn", "2026-11-01"),
        &[0, 1],
        vec![activity(&place(0), "bridge", "€ 2"), activity(&place(1), "koor", "€ 2")],
        9,
    );
    let reverted = revert::source(&kept.books, &kept.revisions, &kept.changes, "welzijn", moment(12)).unwrap();
    assert_eq!(reverted.books, *BOOKS);
    assert_eq!(reverted.activities.len(), 2);
    kept.revert(1);
    assert_eq!(kept.books, *BOOKS);
    kept.books.ledger.withdrawn.insert(place(0));
    kept.revert(2);
    let told: Vec<&str> = kept.books.facts.activities.iter().map(|activity| activity.name.as_str()).collect();
    assert_eq!(told, ["koor"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn taking_one_import_back_leaves_what_the_others_would_have_made(
        imports in prop::collection::vec(
            (0..3_usize, prop::collection::btree_set(0..3_usize, 1..3), prop::collection::vec((0..3_usize, 0..3_usize, 0..2_usize), 0..6)),
            1..5,
        ),
        which in any::<prop::sample::Index>(),
    ) {
        let import = |kept: &mut Kept, number: usize, (from, places, said): &File| {
            let sender = ["gemeente-x", "welzijn", "beheerder"][*from];
            let places: Vec<usize> = places.iter().copied().collect();
            let said = said.iter().filter(|(at, ..)| places.contains(at));
            let said = said.map(|(at, name, cost)| activity(&place(*at), ["bridge", "bingo", "koor"][*name], ["€ 1", "€ 2"][*cost]));
            kept.take((sender, &format!("2026-11-{:02}", number + 1)), &places, said.collect(), 9);
        };
        let all = |skipped: Option<usize>| {
            let mut kept = Kept::new();
            for (number, said) in imports.iter().enumerate().filter(|(number, _)| Some(*number) != skipped) {
                import(&mut kept, number, said);
            }
            kept
        };
        let which = which.index(imports.len());
        let mut kept = all(None);
        kept.revert(i32::try_from(which).unwrap() + 1);
        prop_assert_eq!(kept.state(), all(Some(which)).state());
        let last = i32::try_from(imports.len()).unwrap() + 1;
        kept.revert(last);
        prop_assert_eq!(kept.state(), all(None).state());
    }
}
