//! A release with a newer seed, on a database that an earlier one filled and imported into: what it knows comes in, and what anybody
//! stated stands.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read as _,
    process::Stdio,
};

use noaber::{
    app,
    edition::Edition,
    library,
    model::{Books, Facts, Place, SeedBase},
    seed,
    store::Store,
};
use sea_orm::ConnectionTrait;

use crate::{
    cli::{Server, noaber as program, run},
    database::TestDatabase,
    releases::{config, left_by, releases},
};

fn place<'a>(facts: &'a Facts, key: &str) -> Option<&'a Place> {
    facts.places.iter().find(|place| place.key == key)
}

/// What the place is but for the moment of its last change.
fn timeless(place: &Place) -> Place {
    Place { updated_at: chrono::DateTime::UNIX_EPOCH, ..place.clone() }
}

/// Keys of places of which somebody claims something.
fn claimed(books: &Books) -> BTreeSet<&str> {
    books.ledger.places.all().map(|claim| claim.subject.as_str()).collect()
}

#[tokio::test]
async fn what_nobody_claims_is_what_the_newer_seed_says_and_what_is_claimed_stands() {
    let newer = seed::read().unwrap().in_order();
    for release in releases() {
        let database = left_by(&release).await;
        let (store, ..) = app::prepare(&config(&database)).await.unwrap();
        let (books, withdrawn) = (store.books().await.unwrap(), "kulturhus-de-mozaiek-lemelerveld");
        let facts = &books.facts;
        let claimed = claimed(&books);
        for own in &newer.places {
            match place(facts, &own.key) {
                None => assert_eq!(own.key, withdrawn),
                Some(served) if !claimed.contains(own.key.as_str()) => assert_eq!(served, own),
                Some(served) => {
                    // What the municipality said of it, and what only the seed knows.
                    let base = &books.ledger.places.originals[&own.key];
                    assert_eq!(base.subject, *own, "the base of {} is the newer one", own.key);
                    assert_eq!(served.key, own.key);
                }
            }
        }
        // The hours that the municipality gave; the owner that the newer seed found.
        let spil = place(facts, "kulturhus-de-spil-nieuwleusen").unwrap();
        assert_eq!(spil.opening_hours.as_deref(), Some("Mo-Fr 09:00-17:00"));
        assert_eq!(spil.owned_by, place(&newer, &spil.key).unwrap().owned_by);
        assert!(spil.owned_by.is_some());
        // Places that imports made, made-up ones here, are as they were.
        let former = store.facts_numbered(8).await.unwrap().unwrap();
        for key in ["het-proeflokaal-ommen", "wijkcentrum-t-verzonnen-hoekje-hengelo", "inloop-de-fabel-lemelerveld"] {
            let (was, is) = (place(&former, key).unwrap(), place(facts, key).unwrap());
            assert_eq!(timeless(is), timeless(was), "{key}");
        }
        // Wijken, documents, sources and layers of the newer seed.
        assert_eq!(facts.neighbourhoods, newer.neighbourhoods);
        let keys: BTreeSet<&str> = facts.policy_documents.iter().map(|document| document.key.as_str()).collect();
        assert!(newer.policy_documents.iter().all(|document| keys.contains(document.key.as_str())));
        for key in ["place-facts", "neighbourhoods", "openstreetmap", "questionnaire"] {
            assert!(facts.layers.iter().any(|layer| layer.key == key), "{key}");
        }
        // The withdrawn one is nowhere, nor what only it rested on.
        assert!(place(facts, withdrawn).is_none() && !facts.place_sources.iter().any(|link| link.place == withdrawn));
        let text = serde_json::to_string(&facts.sources).unwrap();
        assert!(!text.contains("delemelervelder"), "a page about the withdrawn place alone");
        // Old editions are what they were.
        let first = library::read(&store, "2026-11-24-c2640acaea17").await.unwrap();
        assert_eq!(first.places().len(), 255);
        store.close().await;
    }
}

#[tokio::test]
async fn check_tells_beforehand_what_the_next_start_takes_in_and_changes_nothing() {
    for release in releases() {
        let database = left_by(&release).await;
        let before = rows(&database).await;
        let check = || run(&mut program(&["check", "--language", "en", "--database", &database.url]));
        let told = check();
        assert_eq!(told.code, Some(0), "{}", told.error);
        let own = Edition::id_of(&seed::read().unwrap()).unwrap();
        let line = told.out.lines().last().unwrap();
        let expected = format!(
            "newer seed: the database was filled with 2026-11-24-c2640acaea17; the next start takes in {own} ("
        );
        assert!(line.starts_with(&expected), "{line}");
        assert!(line.contains("neighbourhoods: 276 new") && line.ends_with("; what others stated stands"), "{line}");
        assert_eq!(rows(&database).await, before, "nothing is written");

        let (store, ..) = app::prepare(&config(&database)).await.unwrap();
        store.close().await;
        assert!(!check().out.contains("newer seed"), "it has it now");
    }
}

/// How many rows the tables have that matter here.
async fn rows(database: &TestDatabase) -> BTreeMap<&'static str, String> {
    let db = database.connect().await;
    let mut counted = BTreeMap::new();
    for table in ["edition", "archive", "place", "claim", "source"] {
        let query = format!("SELECT CAST(count(*) AS TEXT) FROM {table}");
        counted.insert(table, crate::database::column(&db, &query, &query).await.remove(0));
    }
    db.close().await.unwrap();
    counted
}

#[tokio::test]
async fn a_seed_that_the_database_has_had_is_not_taken_in_again_and_nor_is_one_of_an_earlier_day() {
    let database = TestDatabase::filled().await;
    let (store, edition, _) = app::prepare(&config(&database)).await.unwrap();
    assert_eq!(store.seeds(&[]).await.unwrap(), std::slice::from_ref(&edition.id));
    let base = store.seed_base().await.unwrap().unwrap();
    assert_eq!(base, SeedBase::of(&seed::read().unwrap().in_order()));
    store.close().await;
    // As if a later release had been there since.
    for later in ["2026-12-24-0123456789ab", "2999-01-01-0123456789ab"] {
        let db = database.connect().await;
        db.execute_unprepared(&format!("UPDATE seed SET id = '{later}'")).await.unwrap();
        db.close().await.unwrap();
        let (store, again, _) = app::prepare(&config(&database)).await.unwrap();
        assert_eq!((again.id, store.editions().await.unwrap().len()), (edition.id.clone(), 1), "{later}");
        store.close().await;
    }
}

#[tokio::test]
async fn a_database_that_says_nothing_of_its_seed_is_left_alone() {
    let database = TestDatabase::filled().await;
    let db = database.connect().await;
    db.execute_unprepared("DELETE FROM seed").await.unwrap();
    db.execute_unprepared("UPDATE edition SET id = '2020-01-01-0123456789ab', note = 'somebody else'").await.unwrap();
    db.execute_unprepared(
        "UPDATE place SET website = 'https://voorbeeld.example' WHERE key = 'de-wiekelaar-oudleusen'",
    )
    .await
    .unwrap();
    db.close().await.unwrap();
    let store = Store::open(&database.url).await.unwrap();
    library::record(&store, Some("somebody else")).await.unwrap();
    store.close().await;
    let (store, ..) = app::prepare(&config(&database)).await.unwrap();
    let facts = store.load().await.unwrap();
    let website = place(&facts, "de-wiekelaar-oudleusen").unwrap().website.clone();
    assert_eq!(website.as_deref(), Some("https://voorbeeld.example"));
    store.close().await;
}

#[tokio::test]
async fn a_database_from_before_seeds_were_written_down_is_told_and_brought_up_to_date_too() {
    let database = TestDatabase::filled().await;
    let db = database.connect().await;
    for statement in [
        "DROP TABLE seed",
        "DELETE FROM seaql_migrations WHERE version = 'm20261201_000020_seeds'",
        "UPDATE edition SET id = '2026-11-24-d0f58640e560', note = 'found at the start'",
    ] {
        db.execute_unprepared(statement).await.unwrap();
    }
    db.close().await.unwrap();
    let told = run(&mut program(&["check", "--language", "en", "--database", &database.url]));
    let last = told.out.lines().last().unwrap();
    assert!(
        last.contains("was filled with 2026-11-24-d0f58640e560") && last.contains("(nothing changes)"),
        "{}",
        told.out
    );
    let (store, edition, _) = app::prepare(&config(&database)).await.unwrap();
    assert_eq!(store.seeds(&[]).await.unwrap(), ["2026-11-24-d0f58640e560".to_owned(), edition.id]);
    store.close().await;
}

#[tokio::test]
async fn a_start_that_ends_in_the_middle_leaves_the_old_seed_and_the_next_takes_in_the_newer() {
    for release in releases() {
        let database = left_by(&release).await;
        // SQLite alone has a trigger that one can set in a line; the transaction is the same.
        if !database.url.starts_with("sqlite:") {
            return;
        }
        let store = noaber::store::Store::open(&database.url).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
        let before = rows(&database).await;
        // The seed is noted last, when all else is written.
        let db = database.connect().await;
        let trigger = "CREATE TRIGGER killed BEFORE INSERT ON seed BEGIN SELECT RAISE(ABORT, 'killed'); END";
        db.execute_unprepared(trigger).await.unwrap();
        let error = app::prepare(&config(&database)).await.err().unwrap();
        assert!(format!("{error:#}").contains("killed"), "{error:#}");
        assert_eq!(rows(&database).await, before);
        db.execute_unprepared("DROP TRIGGER killed").await.unwrap();
        db.close().await.unwrap();
        let (store, ..) = app::prepare(&config(&database)).await.unwrap();
        assert_eq!(store.seeds(&[]).await.unwrap().len(), 2);
        assert_ne!(rows(&database).await, before);
        store.close().await;
    }
}

#[tokio::test]
async fn a_first_edition_that_is_damaged_keeps_out_the_newer_seed_and_no_start() {
    for release in releases() {
        let database = left_by(&release).await;
        let db = database.connect().await;
        let nothing = if db.get_database_backend() == sea_orm::DbBackend::Sqlite { "x'00'" } else { "'\\x00'::bytea" };
        let first = "SELECT digest FROM edition_part WHERE edition = 1 AND part = 'places'";
        db.execute_unprepared(&format!("UPDATE archive SET bytes = {nothing} WHERE digest = ({first})")).await.unwrap();
        db.close().await.unwrap();
        let mut command = program(&["serve", "--listen", "127.0.0.1:0", "--database", &database.url]);
        let mut server = Server::begin(command.stderr(Stdio::piped()));
        assert!(server.get("/places.csv").starts_with("HTTP/1.1 200"));
        assert!(server.told.contains("database as it was"), "{}", server.told);
        server.signal("TERM");
        let mut log = String::new();
        server.errors().read_to_string(&mut log).unwrap();
        assert!(log.contains("the newer seed was not taken in") && log.contains("put back a backup"), "{log}");
    }
}
